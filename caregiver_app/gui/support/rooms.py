"""The four rooms as cards: choosing one shows its notes, choosing it again shows all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from caregiver_app.domain.entities import ROOMS
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.support.model import room_icon, room_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.chips import paint_disc
from caregiver_app.gui.words import count_text, tr

_NARROW: Final = 560
_PAD: Final = 16
_DISC: Final = 44


class RoomCard(QPushButton):
    """One room: its icon, its name and how many notes it holds."""

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

    def set_count(self, count: int) -> None:
        """Say how many notes there are."""
        none = tr("no notes yet")
        self._second = count_text(count, "{count} note", "{count} notes") if count else none
        self.setAccessibleDescription(self._second)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for disc and words."""
        theme = self._theme
        name = QFontMetrics(theme.font("strong"))
        second = QFontMetrics(theme.font("second"))
        pad = theme.px(_PAD)
        height = 2 * pad + theme.px(_DISC) + theme.px(8) + name.height() + second.height()
        return QSize(name.horizontalAdvance(room_name(self.room)) + 2 * pad + 2, height)

    def minimumSizeHint(self) -> QSize:
        """The name is never cut."""
        return self.sizeHint()

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
        pad, disc = theme.px(_PAD), theme.px(_DISC)
        paint_disc(painter, theme, QRect(pad, pad, disc, disc), room_icon(self.room), "primary",
                   "tint", 24)  # fmt: skip
        top = pad + disc + theme.px(8)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("primary" if chosen else "ink"))
        height = painter.fontMetrics().height()
        painter.drawText(QRect(pad, top, self.width() - pad, height), 0, room_name(self.room))
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        below = QRect(pad, top + height, self.width() - pad, painter.fontMetrics().height())
        painter.drawText(below, 0, self._second)


class RoomCards(QWidget):
    """All four; at most one is chosen."""

    chosen = Signal(object)
    """The room, or None for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(tr("Rooms"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.cards = {room: RoomCard(theme, room) for room in ROOMS}
        for card in self.cards.values():
            card.clicked.connect(lambda _=False, one=card: self._take(one))
        theme.changed.connect(self._place)
        self._place()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Say how many notes each room holds."""
        for room, card in self.cards.items():
            card.set_count(counts.get(room, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four in a row, or two and two."""
        super().resizeEvent(event)
        self._place()

    def _take(self, card: RoomCard) -> None:
        for other in self.cards.values():
            if other is not card:
                other.setChecked(False)
        self.chosen.emit(card.room if card.isChecked() else None)

    def _place(self) -> None:
        pairs = self.width() < _NARROW or self._theme.scale >= LARGE
        across = 2 if pairs else 4
        for number, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, number // across, number % across)
