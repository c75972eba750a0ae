"""`Chip`, a small word with a ground; `Badge`, a person's initial; `IconDisc`, an icon on a disc.

The `paint_...` functions draw the same for lists and grids.
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from caregiver_app.domain.texts import name_letters
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CHIP
from caregiver_app.gui.widgets.text import set_tip

ChipKind = Literal["booked", "done", "overdue", "ask", "plain", "open", "cancelled"]
# For each kind the colour of its words, its ground and its outline, and its icon.
_KINDS: Final[dict[str, tuple[str, str, str, str]]] = {
    "booked": ("primary", "tint", "tint_line", ""),
    "done": ("soft", "sunk", "line", "done"),
    "overdue": ("alarm", "alarm_tint", "alarm_line", "time"),
    "ask": ("warn", "warn_tint", "warn_line", ""),
    "plain": ("soft", "sunk", "line", ""),
    "open": ("warn", "warn_tint", "warn", ""),
    "cancelled": ("soft", "card", "edge", ""),
}


class Chip(QLabel):
    """A status in a word; `icon` None takes the kind's own, "" none at all."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ChipKind = "plain",
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind: ChipKind = kind
        self._icon = icon
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_chip(self, text: str, kind: ChipKind, icon: str | None = None) -> None:
        """Change word, kind and icon."""
        if (text, kind, icon) == (self.text(), self._kind, self._icon):
            return
        self._kind, self._icon = kind, icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for icon and word."""
        return chip_size(self._theme, self.text(), self._kind, self._icon)

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        paint_chip(QPainter(self), self._theme, self.rect(), self.text(), self._kind, self._icon)


def chip_size(theme: Theme, text: str, kind: ChipKind, icon: str | None = None) -> QSize:
    """Return the size of a chip."""
    _font, metrics, high, _ascent = theme.letters("second_strong")
    sign = _KINDS[kind][3] if icon is None else icon
    width = metrics.horizontalAdvance(text) + 2 * theme.px(9)
    if sign:
        width += theme.icon_px(15) + theme.px(5)
    return QSize(width, max(theme.px(25), high + 6))


def paint_chip(
    painter: QPainter,
    theme: Theme,
    box: QRect,
    text: str,
    kind: ChipKind,
    icon: str | None = None,
) -> None:
    """Paint a chip into `box`; too little room cuts the word with "…"."""
    words, ground, outline, own = _KINDS[kind]
    sign = own if icon is None else icon
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour(outline), 1)
    if kind in ("open", "cancelled"):
        pen.setDashPattern([3, 2.5])
    painter.setPen(pen)
    painter.setBrush(theme.colour(ground))
    frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, RADIUS_CHIP, RADIUS_CHIP)
    letters = theme.letters("second" if kind in ("done", "plain") else "second_strong")
    painter.setFont(letters.font)
    painter.setPen(theme.colour(words))
    room = box.adjusted(theme.px(9), 0, -theme.px(9), 0)
    if sign:
        side = theme.icon_px(15)
        spot = QPoint(room.left(), box.center().y() - side // 2 + 1)
        painter.drawPixmap(spot, theme.pixmap(sign, words, 15))
        room.setLeft(room.left() + side + theme.px(5))
    shown = letters.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 2)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


class Badge(QLabel):
    """A person's initial on a disc, in that person's colour (1 or 2); called by the whole name."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        colour: int = 1,
        *,
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.set_person(name, colour)

    def set_person(self, name: str, colour: int = 1) -> None:
        """Show another person."""
        self._colour = colour
        self._name = name
        self.setText(initial(name))
        self.setAccessibleName(name)
        set_tip(self, name)
        self.update()

    def sizeHint(self) -> QSize:
        """Round."""
        side = self._theme.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Round."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        paint_badge(QPainter(self), self._theme, self.rect(), self._name, self._colour)


def initial(name: str) -> str:
    """Return the letter that stands for a person."""
    return name_letters(name).upper() or "?"


def paint_badge(
    painter: QPainter, theme: Theme, box: QRect, name: str, colour: int, letters: str = ""
) -> None:
    """Paint a person's disc into the square `box`; `letters` stand instead of the initial."""
    role = f"person_{1 if colour % 2 else 2}"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(role), 1))
    painter.setBrush(theme.colour(f"{role}_tint"))
    painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
    font = theme.font("strong")
    font.setPixelSize(max(8, round(box.height() * (0.42 if len(letters) > 1 else 0.48))))
    painter.setFont(font)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters or initial(name))
    painter.restore()


class IconDisc(QWidget):
    """An icon on a round tinted ground; decoration, so it has no name."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        *,
        role: str = "primary",
        ground: str = "tint",
        size: int = 44,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon, self._role, self._ground, self._size = icon, role, ground, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Round."""
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        big = 24 if self._size >= 44 else 20
        paint_disc(
            QPainter(self), self._theme, self.rect(), self._icon, self._role, self._ground, big
        )


def paint_disc(
    painter: QPainter,
    theme: Theme,
    box: QRect,
    icon: str,
    role: str,
    ground: str,
    size: int = 18,
) -> None:
    """Paint an icon on a disc into the square `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawEllipse(box)
    side = theme.icon_px(size)
    spot = QPoint(box.left() + (box.width() - side) // 2, box.top() + (box.height() - side) // 2)
    painter.drawPixmap(spot, theme.pixmap(icon, role, size))
    painter.restore()
