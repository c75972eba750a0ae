"""The list of what was found: its model, and the painter of headings, results and found words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caregiver_app.gui.growing_list import LINE_ROLE, AnyIndex, LinesModel
from caregiver_app.gui.search.lines import Marks, ResultLine
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.by_ear import follow_marks, offer
from caregiver_app.gui.widgets.chips import paint_badge, paint_disc
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import tr

_MARGIN: Final = 14
_DISC: Final = 32
_RAIL: Final = 4
_CENTRE: Final = Qt.AlignmentFlag.AlignVCenter
_CUT: Final = Qt.TextElideMode.ElideRight


class ResultsModel(LinesModel[ResultLine]):
    """The lines that were found; a tooltip says the whole of one."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.title, ResultLine.sentence)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what is painted, read out and shown under the mouse."""
        if role == Qt.ItemDataRole.ToolTipRole:
            line = super().data(index, LINE_ROLE)
            return plain_tooltip(line.sentence()) if isinstance(line, ResultLine) else None
        return super().data(index, role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A heading cannot be chosen, not even by a click."""
        flags = super().flags(index)
        return flags if flags & Qt.ItemFlag.ItemIsSelectable else Qt.ItemFlag.NoItemFlags


class ResultsDelegate(QStyledItemDelegate):
    """Paints one line. Stored words are drawn as they are, never as markup."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heights: dict[str, int] = {}
        theme.changed.connect(self._heights.clear)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:  # noqa: ARG002
        """As tall as two lines of words, headings and the rest as one."""
        line = index.data(LINE_ROLE)
        return QSize(100, self.height_of(line.shape) if isinstance(line, ResultLine) else 0)

    def height_of(self, shape: str) -> int:
        """Return how tall a line of that shape is."""
        found = self._heights.get(shape)
        if found is None:
            theme = self._theme
            strong = QFontMetrics(theme.font("strong")).height()
            second = QFontMetrics(theme.font("second")).height()
            found = {
                "heading": second + theme.px(16),
                "more": max(theme.px(44), strong + theme.px(16)),
                "result": max(theme.px(52), strong + second + theme.px(14)),
            }[shape]
            self._heights[shape] = found
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one line."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, ResultLine):
            return
        box = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.shape == "heading":
            self._paint_heading(painter, box, line, first=index.row() == 0)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                painter.fillRect(box, self._theme.colour("tint"))
                rail = QRect(box.topLeft(), QSize(_RAIL, box.height()))
                painter.fillRect(rail, self._theme.colour("primary"))
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(box, self._theme.colour("sunk"))
            paint = self._paint_more if line.shape == "more" else self._paint_result
            paint(painter, box, line, chosen=chosen)
        painter.restore()

    # -- Shapes -----------------------------------------------------------------------------------

    def _paint_heading(
        self, painter: QPainter, box: QRect, line: ResultLine, *, first: bool
    ) -> None:
        theme = self._theme
        if not first:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(box.left(), box.top() + 3, box.right(), box.top() + 3)
        margin = theme.px(_MARGIN)
        room = box.adjusted(margin, 5, -margin, 0)
        painter.setFont(theme.font("second_strong"))
        painter.setPen(theme.colour("soft"))
        count = painter.fontMetrics().horizontalAdvance(line.fact) + theme.px(8)
        words = painter.fontMetrics().elidedText(line.title, _CUT, room.width() - count)
        painter.drawText(room, _CENTRE, words)
        painter.setFont(theme.font("second"))
        painter.drawText(room, _CENTRE | Qt.AlignmentFlag.AlignRight, line.fact)

    def _paint_more(self, painter: QPainter, box: QRect, line: ResultLine, *, chosen: bool) -> None:
        theme = self._theme
        side = theme.icon_px(18)
        left = box.left() + theme.px(_MARGIN) + (theme.px(_DISC) - side) // 2
        spot = QPoint(left, box.center().y() - side // 2 + 1)
        ink = "primary" if chosen else "link"
        painter.drawPixmap(spot, theme.pixmap("open-list", ink, 18))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour(ink))
        room = box.adjusted(self._text_left(), 0, -theme.px(_MARGIN), 0)
        words = painter.fontMetrics().elidedText(line.title, _CUT, room.width())
        painter.drawText(room, _CENTRE, words)

    def _paint_result(
        self, painter: QPainter, box: QRect, line: ResultLine, *, chosen: bool
    ) -> None:
        theme = self._theme
        side = theme.px(_DISC)
        disc = QRect(box.left() + theme.px(_MARGIN), box.center().y() - side // 2 + 1, side, side)
        paint_disc(painter, theme, disc, line.icon, line.role, "card" if chosen else line.ground)
        room = box.adjusted(self._text_left(), 0, -theme.px(_MARGIN), 0)
        strong, second = theme.font("strong"), theme.font("second")
        height = QFontMetrics(strong).height()
        below = QFontMetrics(second).height() if line.second else 0
        top = room.top() + (room.height() - height - below) // 2
        first = QRect(room.left(), top, room.width(), height)
        self._paint_title(painter, self._paint_fact(painter, first, line), line, chosen=chosen)
        if line.second:
            lower = QRect(room.left(), top + height, room.width(), below)
            self._paint_marked(
                painter, lower, line.second, line.second_marks, second, "soft", chosen=chosen
            )

    def _paint_fact(self, painter: QPainter, room: QRect, line: ResultLine) -> QRect:
        """Draw the date at the right and return what is left of the room."""
        if not line.fact:
            return room
        theme = self._theme
        painter.setFont(theme.font("second", tabular=True))
        painter.setPen(theme.colour("soft"))
        painter.drawText(room, _CENTRE | Qt.AlignmentFlag.AlignRight, line.fact)
        width = painter.fontMetrics().horizontalAdvance(line.fact)
        return room.adjusted(0, 0, -width - theme.px(10), 0)

    def _paint_title(
        self, painter: QPainter, room: QRect, line: ResultLine, *, chosen: bool
    ) -> None:
        theme = self._theme
        badge = theme.px(20) if line.owner else 0
        space = QRect(room)
        if badge:
            space.setRight(room.right() - badge - theme.px(8))
        width = self._paint_marked(
            painter, space, line.title, line.title_marks, theme.font("strong"), "ink", chosen=chosen
        )
        if badge:
            left = space.left() + width + theme.px(7)
            disc = QRect(left, room.top() + (room.height() - badge) // 2, badge, badge)
            paint_badge(painter, theme, disc, line.owner, line.owner_colour)

    def _paint_marked(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        marks: Marks,
        font: QFont,
        ink: str,
        *,
        chosen: bool,
    ) -> int:
        """Draw one line of words with the found ones marked; return its width."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, _CUT, room.width())
        painter.setFont(font)
        painter.setPen(self._theme.colour(ink))
        length = len(shown) - 1 if shown != text else len(shown)
        seen = [(first, min(first + size, length)) for first, size in marks if first < length]
        if not seen:
            painter.drawText(room, _CENTRE, shown)
            return metrics.horizontalAdvance(shown)
        layout = QTextLayout(shown, font)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats([self._mark(shown, first, end, chosen=chosen) for first, end in seen])
        layout.beginLayout()
        row = layout.createLine()
        row.setLineWidth(room.width())
        layout.endLayout()
        top = room.top() + (room.height() - row.height()) / 2
        layout.draw(painter, QPointF(room.left(), top))
        return round(row.naturalTextWidth())

    def _mark(self, text: str, first: int, end: int, *, chosen: bool) -> QTextLayout.FormatRange:
        look = QTextCharFormat()
        look.setBackground(self._theme.colour("card" if chosen else "tint"))
        look.setForeground(self._theme.colour("ink"))
        look.setFontUnderline(True)
        found = QTextLayout.FormatRange()
        # Qt counts a sign beyond the first 65,536, such as an emoji, as two.
        found.start = _units(text[:first])  # pyright: ignore[reportAttributeAccessIssue]
        found.length = _units(text[first:end])  # pyright: ignore[reportAttributeAccessIssue]
        found.format = look  # pyright: ignore[reportAttributeAccessIssue]
        return found

    def _text_left(self) -> int:
        return self._theme.px(_MARGIN) + self._theme.px(_DISC) + self._theme.px(12)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class ResultsList(QListView):
    """Shows the lines. The keyboard stays in the search field; a click opens."""

    opened = Signal(object)
    """The line that was clicked."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines = ResultsModel()
        self.lines.setParent(self)
        self.painting = ResultsDelegate(theme, self)
        self.setModel(self.lines)
        self.setItemDelegate(self.painting)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        # It paints its ground itself: nothing below has to be painted anew for each letter.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.clicked.connect(self._click)
        follow_marks(self)
        offer(self, tr("Open"), lambda: self._click(self.currentIndex()))
        theme.changed.connect(self.doItemsLayout)

    def line_at(self, row: int) -> ResultLine | None:
        """Return the line of a row, None where there is none."""
        found = self.lines.index(row, 0).data(LINE_ROLE)
        return found if isinstance(found, ResultLine) else None

    def chosen(self) -> ResultLine | None:
        """Return the chosen line."""
        return self.line_at(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight, with the heading over it if it is the first."""
        index = self.lines.index(row, 0)
        self.setCurrentIndex(index)
        above = self.line_at(row - 1)
        if above is not None and above.shape == "heading":
            self.scrollTo(self.lines.index(row - 1, 0))
        self.scrollTo(index)

    def step(self, lines: int) -> None:
        """Choose the line that is so many further down or up; headings are passed over."""
        rows = [row for row in range(self.lines.rowCount()) if self._opens(row)]
        if rows:
            now = self.currentIndex().row()
            place = rows.index(now) if now in rows else 0
            self.choose(rows[max(0, min(len(rows) - 1, place + lines))])

    def choose_first(self, row: int = 0) -> None:
        """Choose the first line from `row` on that can be opened."""
        rows = range(row, self.lines.rowCount())
        found = next((place for place in rows if self._opens(place)), None)
        if found is not None:
            self.choose(found)

    def _opens(self, row: int) -> bool:
        line = self.line_at(row)
        return line is not None and bool(line.key)

    def whole_height(self) -> int:
        """Return how tall all lines are together."""
        rows = range(self.lines.rowCount())
        shapes = [line.shape for row in rows if (line := self.line_at(row)) is not None]
        return sum(map(self.painting.height_of, shapes))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, then the lines."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("card"))
        painter.end()
        super().paintEvent(event)

    def _click(self, index: QModelIndex) -> None:
        line = self.line_at(index.row())
        if line is not None and line.key:
            self.opened.emit(line)
