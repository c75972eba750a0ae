"""Words in several fonts and inks that wrap together: `Block` for painters, `Spans` as a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QWidget

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import in_one_line

_ENDLESS: Final = 100_000
_MOST_WIDTHS: Final = 6


class Span(NamedTuple):
    """Some words in one text role and one ink role."""

    text: str
    role: FontRole = "body"
    ink: str = "ink"


class _Laid(NamedTuple):
    layouts: list[QTextLayout]
    height: int
    enough: float
    """From this width on it looks the same: nothing wraps."""


Paragraph = Sequence[Span]


class Block:
    """Paragraphs of spans, wrapped to a width: between words, and within one that is too long."""

    def __init__(self, theme: Theme, paragraphs: Sequence[Paragraph], *, gap: int = 1) -> None:
        """`gap` is the space between paragraphs, in px at 100 %."""
        self._theme, self._gap = theme, gap
        self._paragraphs = [one for one in paragraphs if any(span.text for span in one)]
        self._laid: dict[int, _Laid] = {}

    @property
    def text(self) -> str:
        """All of it as plain text, a line for each paragraph."""
        return "\n".join("".join(span.text for span in one) for one in self._paragraphs)

    def forget(self) -> None:
        """Lay out anew: fonts or colours have changed."""
        self._laid.clear()

    def natural_width(self) -> int:
        """Return how wide it is when nothing has to wrap."""
        layouts = self._lay_out(_ENDLESS).layouts
        return round(_widest(layouts)) + 1

    def height(self, width: int) -> int:
        """Return how tall it is at that width."""
        return self._lay_out(width).height

    def end_of_first(self, width: int) -> QPointF:
        """Return where the last line of the first paragraph ends, at its baseline's middle."""
        layouts = self._lay_out(width).layouts
        if not layouts:
            return QPointF()
        line = layouts[0].lineAt(layouts[0].lineCount() - 1)
        place = layouts[0].position() + line.position()
        return place + QPointF(line.naturalTextWidth(), line.height() / 2)

    def paint(self, painter: QPainter, place: QPointF, width: int) -> None:
        """Paint it with its top left corner at `place`."""
        for layout in self._lay_out(width).layouts:
            layout.draw(painter, place)

    def _lay_out(self, width: int) -> _Laid:
        """Return the words wrapped to a width; a page asks for the same few widths many times."""
        found = self._laid.get(width)
        if found is None:
            if len(self._laid) > _MOST_WIDTHS:
                self._laid.clear()
            found = self._laid_out(width) if width == _ENDLESS else self._lay_out(_ENDLESS)
            if width < found.enough:
                found = self._laid_out(width)
            self._laid[width] = found
        return found

    def _laid_out(self, width: int) -> _Laid:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layouts: list[QTextLayout] = []
        top, space = 0.0, self._theme.px(self._gap)
        for paragraph in self._paragraphs:
            layout = self._layout_of(paragraph)
            layout.setTextOption(option)
            layout.beginLayout()
            height = 0.0
            while (line := layout.createLine()).isValid():
                line.setLineWidth(max(1, width))
                line.setPosition(QPointF(0, height))
                height += line.height()
            layout.endLayout()
            layout.setPosition(QPointF(0, top))
            layouts.append(layout)
            top += height + space
        # All lines begin at the left, so more room than the widest needs changes nothing.
        return _Laid(layouts, round(max(0.0, top - space)), _widest(layouts) + 1)

    def _layout_of(self, paragraph: Paragraph) -> QTextLayout:
        theme, start = self._theme, 0
        words = in_one_line("".join(span.text for span in paragraph))
        layout = QTextLayout(words, theme.font(paragraph[0].role))
        formats: list[QTextLayout.FormatRange] = []
        for span in paragraph:
            look = QTextCharFormat()
            look.setFont(theme.font(span.role))
            look.setForeground(theme.colour(span.ink))
            reach = QTextLayout.FormatRange()
            # Qt counts in UTF-16, where what lies beyond the first plane takes two places.
            length = len(span.text.encode("utf-16-le")) // 2
            reach.start, reach.length, reach.format = start, length, look  # pyright: ignore[reportAttributeAccessIssue]
            formats.append(reach)
            start += length
        layout.setFormats(formats)
        return layout


def _widest(layouts: Sequence[QTextLayout]) -> float:
    return max((one.lineAt(0).naturalTextWidth() for one in layouts), default=0.0)


class Spans(QLabel):
    """A label that paints a block; a reader hears its plain text."""

    def __init__(self, theme: Theme, *, gap: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._gap = theme, gap
        self._block = Block(theme, ())
        self.setTextFormat(Qt.TextFormat.PlainText)
        follow_width(self)
        theme.changed.connect(self._settle)

    def set_paragraphs(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show other words."""
        block = Block(self._theme, paragraphs, gap=self._gap)
        self._block = block
        self.setText(block.text)
        self._settle()

    def _settle(self) -> None:
        self._block.forget()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The wrapped words."""
        return self._block.height(width)

    def sizeHint(self) -> QSize:
        """One line for each paragraph where there is room."""
        width = self._block.natural_width()
        return QSize(width, self._block.height(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(min(self._theme.px(120), self._block.natural_width()), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the words."""
        self._block.paint(QPainter(self), QPointF(0, 0), self.width())
