"""The foot of the column: rows that lead to a page, parted by hairlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.painted import PaintedButton
from caregiver_app.gui.tokens import RADIUS_BUTTON
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.spans import Block, Span
from caregiver_app.gui.widgets.text import Rule, set_tip

_HEIGHT: Final = 48
_LEFT: Final = 44


class DoorRow(PaintedButton):
    """Icon, words, an arrow; the whole row leads there."""

    least = 220

    def __init__(self, theme: Theme, icon: str, words: str, *, key_hint: str = "") -> None:
        self._block = Block(theme, ([Span(words, "strong")],))
        super().__init__(theme)
        self._icon, self._hint = icon, key_hint
        self.setText(words)
        self.setAccessibleName(words)
        if key_hint:
            set_tip(self, key_hint)
        self.setProperty("focusRing", "inside")

    def heightForWidth(self, width: int) -> int:
        """As tall as the wrapped words, never below 48 px."""
        theme = self._theme
        return max(theme.px(_HEIGHT), self._block.height(self._room(width)) + theme.px(16))

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def _room(self, width: int) -> int:
        return max(60, width - self._theme.px(_LEFT) - self._theme.icon_px(18) - self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self.ground_role("card")))
            painter.drawRoundedRect(self.rect(), RADIUS_BUTTON, RADIUS_BUTTON)
        side, arrow = theme.icon_px(20), theme.icon_px(18)
        middle = self.height() // 2
        spot = QPoint(theme.px(12), middle - side // 2)
        painter.drawPixmap(spot, theme.pixmap(self._icon, "primary", 20))
        room = self._room(self.width())
        top = (self.height() - self._block.height(room)) / 2
        self._block.paint(painter, QPointF(theme.px(_LEFT), top), room)
        place = QPoint(self.width() - arrow - theme.px(12), middle - arrow // 2)
        painter.drawPixmap(place, theme.pixmap("forward", "soft", 18))


class DoorsCard(Card):
    """A card that holds the rows, close to its edge."""

    def __init__(self, theme: Theme, rows: Sequence[DoorRow]) -> None:
        super().__init__(theme)
        holder = QFrame()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, row in enumerate(rows):
            if place:
                column.addWidget(Rule())
            column.addWidget(row)
        self.add(holder)

    def _space(self) -> None:
        across, down = self._theme.px(6), self._theme.px(4)
        self.body.setContentsMargins(across, down, across, down)
