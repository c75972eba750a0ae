"""The titles in the reminder panel: what a row or a line is about; pressed, they lead there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent

from caregiver_app.gui.reminder_words import Said
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.painted import PaintedButton, paint_ground
from caregiver_app.gui.widgets.chips import paint_badge, paint_disc
from caregiver_app.gui.widgets.spans import Block, Span
from caregiver_app.gui.words import tr

LEFT: Final = 14
DISC: Final = 34
_BADGE: Final = 20


class RowTitle(PaintedButton):
    """Disc, title, badge, whose it is and when it was due; pressed, it opens what it is about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setProperty("focusRing", "inside")
        self._said: Said | None = None
        self._title, self._second = Block(theme, ()), Block(theme, ())

    def show_said(self, said: Said) -> None:
        """Show other words."""
        if said == self._said:
            return
        self._said = said
        theme = self._theme
        self._title = Block(theme, ([Span(said.title, "strong")],))
        when = Span(said.second, *(("second_strong", "alarm") if said.overdue else
                                   ("second", "soft")))  # fmt: skip
        who = [Span(f"{said.person} · ", "second", "soft")] if said.person else []
        also = [[Span(f"•  {line}", "second", "soft")] for line in said.lines]
        self._second = Block(theme, [[*who, when], *also], gap=2)
        self.setAccessibleName(tr("Open: {what}", what=said.title))
        spoken = (said.person, said.second, *said.lines)
        self.setAccessibleDescription(", ".join(part for part in spoken if part))
        self._resettle()

    def _resettle(self) -> None:
        self._title.forget()
        self._second.forget()
        super()._resettle()

    def _left(self) -> int:
        return self._theme.px(LEFT + DISC + 10)

    def _room(self, width: int) -> int:
        """Return how wide the words may be: beside the disc, before the arrow."""
        return max(60, width - self._left() - self._theme.px(18) - self._theme.icon_px(18))

    def _title_room(self, width: int) -> int:
        badge = self._theme.px(_BADGE + 8) if self._said is not None and self._said.person else 0
        return self._room(width) - badge

    def heightForWidth(self, width: int) -> int:
        """Title and second line, at least the disc."""
        theme = self._theme
        words = self._title.height(self._title_room(width)) + self._second.height(self._room(width))
        return max(theme.px(DISC), words) + theme.px(10)

    def minimumSizeHint(self) -> QSize:
        """All words stay: the column is scrolled, never squeezed."""
        return QSize(self._theme.px(160), self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        said, theme = self._said, self._theme
        if said is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            inner = self.rect().adjusted(6, 0, -6, 0)
            paint_ground(painter, theme, inner, self.ground_role("card"), outline="")
        top, side, left = theme.px(5), theme.px(DISC), self._left()
        disc = QRect(theme.px(LEFT), top, side, side)
        paint_disc(painter, theme, disc, said.icon, said.kind, f"{said.kind}-tint", 20)
        narrow, room = self._title_room(self.width()), self._room(self.width())
        self._title.paint(painter, QPointF(left, top), narrow)
        if said.person:
            small = theme.px(_BADGE)
            end = QPointF(left, top) + self._title.end_of_first(narrow)
            spot = (end + QPointF(theme.px(8), -small / 2)).toPoint()
            paint_badge(painter, theme, QRect(spot, QSize(small, small)), said.person, said.colour)
        self._second.paint(painter, QPointF(left, top + self._title.height(narrow)), room)
        arrow = theme.icon_px(18)
        spot = QPoint(self.width() - theme.px(14) - arrow, top + (side - arrow) // 2)
        painter.drawPixmap(spot, theme.pixmap("forward", "soft", 18))


class LineTitle(PaintedButton):
    """One line of a day's notice; pressed, it opens what it is about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setProperty("focusRing", "inside")
        self._words = ""
        self._block = Block(theme, ())

    def show_words(self, words: str) -> None:
        """Show other words."""
        if words == self._words:
            return
        self._words = words
        self._block = Block(self._theme, ([Span(words, "second")],))
        self.setAccessibleName(tr("Open: {what}", what=words))
        self._resettle()

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, at least the target."""
        return max(self._theme.px(44), self._block.height(width) + self._theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            inner = self.rect().adjusted(-6, 2, 0, -2)
            paint_ground(painter, self._theme, inner, self.ground_role("card"), outline="")
        top = (self.height() - self._block.height(self.width())) / 2
        self._block.paint(painter, QPointF(0, top), self.width())
