"""What still goes on, above the list: each with one button that asks since when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.painted import PaintedButton
from caregiver_app.gui.tokens import RADIUS_BUTTON
from caregiver_app.gui.watchlist.timeline import paint_mark
from caregiver_app.gui.watchlist.written_model import Line
from caregiver_app.gui.widgets.buttons import TonalButton
from caregiver_app.gui.widgets.spans import Block, Span
from caregiver_app.gui.words import tr

_LEFT: Final = 28


class GoingButton(PaintedButton):
    """A line with its mark; pressing it opens the entry."""

    def __init__(self, theme: Theme, line: Line) -> None:
        self._block = Block(theme, ())
        super().__init__(theme)
        self.line = line
        goes_on = tr("Still going on")
        together = goes_on.replace(" ", "\N{NO-BREAK SPACE}")
        quiet = [Span(f"{line.second}. ", "second", "soft"), Span(together, "second", "ink")]
        self._block = Block(theme, ([Span(line.title, "strong")], quiet))
        self.setAccessibleName(f"{line.spoken}, {goes_on}")
        self.setProperty("focusRing", "inside")

    def heightForWidth(self, width: int) -> int:
        """As tall as the wrapped words, at least the target."""
        theme = self._theme
        return max(theme.px(44), self._block.height(self._room(width)) + theme.px(10))

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def _room(self, width: int) -> int:
        return max(60, width - self._theme.px(_LEFT) - self._theme.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw mark and words."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self.ground_role("card")))
            painter.drawRoundedRect(self.rect(), RADIUS_BUTTON, RADIUS_BUTTON)
        side = theme.px(16)
        dot = QRectF(theme.px(4), theme.px(7), side, side)
        paint_mark(painter, theme, dot, self.line.mark)
        place = QPointF(theme.px(_LEFT), theme.px(5))
        self._block.paint(painter, place, self._room(self.width()))


class GoingRows(QWidget):
    """A row for each sign that goes on."""

    opened = Signal(str)
    """The key of a line that was pressed."""
    over = Signal(str, object)
    """The key of a line that is over, and the button below which it is asked since when."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self.rows: list[tuple[GoingButton, TonalButton]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines; the keyboard stays where it was, as far as that row is still there."""
        if tuple(lines) == self._lines:
            return
        held = next((row for row, (_, end) in enumerate(self.rows) if end.hasFocus()), None)
        self._lines = tuple(lines)
        clear_layout(self._column)
        self.rows = [self._row(line) for line in lines]
        self.setVisible(bool(lines))
        if held is not None and self.rows:
            end = self.rows[min(held, len(self.rows) - 1)][1]
            end.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, line: Line) -> tuple[GoingButton, TonalButton]:
        words = GoingButton(self._theme, line)
        words.clicked.connect(lambda: self.opened.emit(line.key))
        name = tr("It is over: {sign}", sign=line.title)
        end = TonalButton(self._theme, tr("It is over"), name=name)
        end.clicked.connect(lambda: self.over.emit(line.key, end))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(10)
        row.addWidget(words, 1)
        row.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        for widget in (words, end):
            # Only what is shown can take the keyboard.
            widget.show()
        return words, end
