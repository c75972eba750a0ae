"""`ChoiceCard`: a radio button as a whole card, with a bold name and a line of consequence."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import breakable

_CIRCLE = 22


class ChoiceCard(QRadioButton):
    """One choice. Cards of the same parent exclude each other; none is chosen at the start."""

    def __init__(
        self,
        theme: Theme,
        key: str,
        name: str,
        consequence: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.key = key
        self._name = name
        self._consequence = consequence
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        follow_width(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription(consequence)
        self.toggled.connect(self.update)
        theme.changed.connect(self._resettle)

    def set_consequence(self, text: str) -> None:
        """Change the second line, for example when the count is known."""
        self._consequence = text
        self.setAccessibleDescription(text)
        self._resettle()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card can be clicked."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses like Space; arrows move without choosing until something is chosen."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        width = 260 + self._left()
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """Words wrap."""
        return QSize(self._left() + 120, self._theme.px(62))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The wrapped words and the padding, at least as tall as the look has it."""
        name, line = self._heights(width - self._left() - self._theme.px(14))
        return max(self._theme.px(72), name + line + self._theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the card."""
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2.0 if chosen else 1.0
        painter.setPen(QPen(theme.colour("primary" if chosen else "edge"), width))
        ground = "tint" if chosen else "sunk" if self.underMouse() else "card"
        painter.setBrush(theme.colour(ground if self.isEnabled() else "sunk"))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        side = theme.icon_px(_CIRCLE)
        spot = QRect(theme.px(15), (self.height() - side) // 2, side, side)
        paint_radio(painter, theme, spot, chosen=chosen)
        left, room = self._left(), self.width() - self._left() - theme.px(14)
        name, line = self._heights(room)
        top = (self.height() - name - line) // 2
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font("strong"))
        painter.drawText(QRect(left, top, room, name), flags, breakable(self._name))
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("ink" if chosen else "soft"))
        place = QRect(left, top + name, room, line)
        painter.drawText(place, flags, breakable(self._consequence))

    def _left(self) -> int:
        return self._theme.px(15) + self._theme.icon_px(_CIRCLE) + self._theme.px(12)

    def _heights(self, room: int) -> tuple[int, int]:
        box = QRect(0, 0, max(60, room), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        strong = QFontMetrics(self._theme.font("strong"))
        name = strong.boundingRect(box, flags, breakable(self._name))
        if not self._consequence:
            return name.height(), 0
        metrics = QFontMetrics(self._theme.font("second"))
        line = metrics.boundingRect(box, flags, breakable(self._consequence))
        return name.height(), line.height() + 2

    def _resettle(self) -> None:
        self.updateGeometry()
        self.update()


def choice_group(parent: QWidget, cards: list[ChoiceCard]) -> QButtonGroup:
    """Make `cards` exclude each other wherever they stand; nothing is chosen by it."""
    group = QButtonGroup(parent)
    for card in cards:
        group.addButton(card)
    return group


def paint_radio(painter: QPainter, theme: Theme, box: QRect, *, chosen: bool) -> None:
    """Paint the round mark of a choice."""
    circle = QRectF(box).adjusted(1, 1, -1, -1)
    painter.save()
    painter.setPen(QPen(theme.colour("primary" if chosen else "edge"), 2))
    painter.setBrush(theme.colour("primary" if chosen else "card"))
    painter.drawEllipse(circle)
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_primary"))
        inner = circle.width() * 0.32
        painter.drawEllipse(circle.adjusted(inner, inner, -inner, -inner))
    painter.restore()
