"""The four rooms as cards in a row: choosing one opens it, choosing it again closes it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from caregiver_app.domain.entities import ROOMS
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.support.model import room_name
from caregiver_app.gui.support.room_drawings import HEIGHT, WIDTH, paint_room
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.text import set_tip
from caregiver_app.gui.words import tr

_PAD: Final = 16
_GAP: Final = 12


class RoomCard(QPushButton):
    """One room: its drawing, its name and a second line."""

    def __init__(self, theme: Theme, room: str) -> None:
        super().__init__()
        self._theme, self.room = theme, room
        self._second = ""
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(room_name(room))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def second(self) -> str:
        """The second line."""
        return self._second

    def set_second(self, words: str) -> None:
        """Change the second line."""
        if words != self._second:
            self._second = words
            self.setAccessibleDescription(words)
            set_tip(self, words)
            self.updateGeometry()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for drawing and words."""
        theme = self._theme
        name, second = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("second"))
        pad = theme.px(_PAD)
        words = max(name.horizontalAdvance(room_name(self.room)), second.horizontalAdvance(
            self._second))  # fmt: skip
        wide = max(words, theme.px(WIDTH)) + 2 * pad + 2
        tall = 2 * pad + theme.px(HEIGHT) + theme.px(8) + name.height() + second.height() + 2
        return QSize(wide, tall)

    def minimumSizeHint(self) -> QSize:
        """The name is never cut; the second line may be."""
        name = QFontMetrics(self._theme.font("strong")).horizontalAdvance(room_name(self.room))
        pad = 2 * self._theme.px(_PAD) + 2
        return QSize(max(name, self._theme.px(WIDTH)) + pad, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the card."""
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.5 if chosen else 1.0
        painter.setPen(QPen(theme.colour("primary" if chosen else "edge"), width))
        painter.setBrush(theme.colour("sunk" if self.underMouse() and not chosen else "card"))
        inset = width / 2
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)
        pad, tall = theme.px(_PAD), theme.px(HEIGHT)
        painter.save()
        painter.translate(pad, pad)
        painter.scale(theme.px(WIDTH) / WIDTH, tall / HEIGHT)
        paint_room(painter, theme, self.room)
        painter.restore()
        top, room = pad + tall + theme.px(8), self.width() - 2 * pad
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("primary" if chosen else "ink"))
        height = painter.fontMetrics().height()
        painter.drawText(QRect(pad, top, room, height), 0, room_name(self.room))
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        metrics = painter.fontMetrics()
        line = metrics.elidedText(self._second, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(pad, top + height, room, metrics.height()), 0, line)


class RoomCards(QWidget):
    """All four; at most one is chosen."""

    chosen = Signal(object)
    """The room, or None once it was closed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._across = 0
        self._is_choosing = False
        self.setAccessibleName(tr("Rooms"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.cards = {room: RoomCard(theme, room) for room in ROOMS}
        for card in self.cards.values():
            # Not `clicked`: a screen reader's "toggle" turns the card without a click.
            card.toggled.connect(partial(self._take, card))
        theme.changed.connect(self._place)
        self._place()

    def choose(self, room: str | None) -> None:
        """Mark a room as the chosen one, or none; no signal."""
        self._is_choosing = True
        for card in self.cards.values():
            card.setChecked(card.room == room)
        self._is_choosing = False

    def minimumSizeHint(self) -> QSize:
        """Two of them side by side."""
        least = [card.minimumSizeHint() for card in self.cards.values()]
        wide = 2 * max(one.width() for one in least) + _GAP
        rows = len(least) // max(1, self._across)
        return QSize(wide, rows * least[0].height() + (rows - 1) * _GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four in a row, or two and two."""
        super().resizeEvent(event)
        self._place()

    def _take(self, card: RoomCard, checked: bool) -> None:
        if not self._is_choosing:
            room = card.room if checked else None
            self.choose(room)
            self.chosen.emit(room)

    def _place(self) -> None:
        least = max(card.minimumSizeHint().width() for card in self.cards.values())
        pairs = self.width() < 4 * least + 3 * _GAP or self._theme.scale >= LARGE
        across = 2 if pairs else 4
        if across == self._across:
            return
        self._across = across
        for number, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, number // across, number % across)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self.updateGeometry()
