"""The list of notes: a face for the mood, the head, and the text with the found words marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QFontInfo,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from caregiver_app.gui.growing_list import (
    LINE_ROLE,
    AnyIndex,
    Cutting,
    LinesModel,
    paint_state,
    row_width,
)
from caregiver_app.gui.support.model import NoteLine
from caregiver_app.gui.theme import Theme
from caregiver_app.pages.mood_shown import mood_word

_LEFT: Final = 38
_PAD: Final = 10
_ICON: Final = 22
_MOST_LINES: Final = 6
_LEADING: Final = 1.42


class NotesModel(LinesModel[NoteLine]):
    """The notes that are shown."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.text, lambda line: f"{line.head}: {line.text}")


class NotesDelegate(Cutting):
    """Paints a note; long ones end in "…" after six lines, the whole opens with a click."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as the wrapped text."""
        line = index.data(LINE_ROLE)
        width = row_width(option)
        if not isinstance(line, NoteLine):
            return QSize(width, 0)
        layout = self._laid(line, self._room(width))
        head = QFontMetrics(self._theme.font("second")).height()
        return QSize(width, round(head + layout.boundingRect().height()) + 2 * self._theme.px(_PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one note."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, NoteLine):
            return
        theme, box = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_state(painter, theme, option)
        painter.fillRect(QRect(box.topLeft(), QSize(box.width(), 1)), theme.colour("line"))
        top = box.top() + theme.px(_PAD)
        # The faces of the buttons; a note without a mood gets a pencil.
        icon = f"mood-{line.mood}" if line.mood else "note-it"
        painter.drawPixmap(box.left() + theme.px(4), top + 2, theme.pixmap(icon, "soft", _ICON))
        left = box.left() + theme.px(_LEFT)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        metrics = painter.fontMetrics()
        room = self._room(box.width())
        head = metrics.elidedText(line.head, Qt.TextElideMode.ElideRight, room)
        # On one line whatever the script: by its foot, and never cut off above or below.
        foot = top + metrics.ascent()
        mood = mood_word(line.mood) if line.mood else ""
        strong = mood if head.startswith(mood) else ""
        if strong:
            painter.setFont(theme.font("second_strong"))
            painter.setPen(theme.colour("ink"))
            painter.drawText(QPointF(left, foot), strong)
        wide = painter.fontMetrics().horizontalAdvance(strong)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        painter.drawText(QPointF(left + wide, foot), head.removeprefix(strong))
        painter.setPen(theme.colour("ink"))
        self._laid(line, room).draw(painter, QPointF(left, top + metrics.height()))
        painter.restore()

    def cuts(self, index: AnyIndex, width: int) -> bool:
        """Tell whether a note is longer than its lines, or its head than one line."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, NoteLine):
            return False
        room = self._room(width)
        head = QFontMetrics(self._theme.font("second")).horizontalAdvance(line.head)
        return head > room or self._laid(line, room).text().endswith("…")

    def _room(self, width: int) -> int:
        return max(80, width - self._theme.px(_LEFT) - self._theme.px(6))

    def _laid(self, line: NoteLine, room: int) -> QTextLayout:
        font = self._theme.font("body")
        text = line.text.replace("\n", "\N{LINE SEPARATOR}")
        layout = self._break(text, line, room)
        if layout.lineCount() > _MOST_LINES:
            cut = layout.lineAt(_MOST_LINES - 1)
            end = cut.textStart() + max(1, cut.textLength() - 2)
            layout = self._break(f"{text[:end].rstrip()}…", line, room)
        layout.setFont(font)
        return layout

    def _break(self, text: str, line: NoteLine, room: int) -> QTextLayout:
        layout = QTextLayout(text, self._theme.font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        units = _units(line.text)
        spans = ((units(start), units(start + length)) for start, length in line.marks)
        layout.setFormats([self._marked(start, end - start) for start, end in spans])
        layout.beginLayout()
        # Inter stands closer than the look wants it, CJK fonts bring room of their own.
        least = QFontInfo(layout.font()).pixelSize() * _LEADING
        top = 0.0
        while (row := layout.createLine()).isValid():
            row.setLineWidth(room)
            row.setPosition(QPointF(0, top))
            top += max(row.height(), least)
        layout.endLayout()
        return layout

    def _marked(self, start: int, length: int) -> QTextLayout.FormatRange:
        shape = QTextLayout.FormatRange()
        shape.start, shape.length = start, length  # pyright: ignore[reportAttributeAccessIssue]
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("warn_tint"))
        look.setForeground(self._theme.colour("ink"))
        look.setFontWeight(650)
        look.setFontUnderline(True)
        shape.format = look  # pyright: ignore[reportAttributeAccessIssue]
        return shape


def _units(text: str) -> Callable[[int], int]:
    """Return what tells where a character stands as Qt counts, in UTF-16."""
    if text.isascii():
        return int
    wide = [place for place, one in enumerate(text) if ord(one) > 0xFFFF]
    return lambda at: at + bisect_left(wide, at)
