"""`HeaderBar`: the strip above the page, with the row of tools and the tabs; `PersonPill`."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import Button
from caregiver_app.gui.widgets.chips import paint_badge
from caregiver_app.gui.widgets.tab_bar import TabBar
from caregiver_app.gui.widgets.text import set_tip


class HeaderBar(QWidget):
    """Row 1: `add_left`, a stretch with the `centre` widget, `add_right`. Row 2: the tabs."""

    def __init__(self, theme: Theme, tabs: TabBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tabs = tabs
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._left, self._centre, self._right = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for part in (self._left, self._centre, self._right):
            part.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(self._left, 0)
        row.addStretch(1)
        row.addLayout(self._centre, 100)
        row.addStretch(1)
        row.addLayout(self._right, 0)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        self._column.addLayout(row)
        self._column.addWidget(tabs)
        theme.changed.connect(self._space)
        self._space()

    def add_left(self, widget: QWidget) -> None:
        """Put the person switcher here."""
        self._left.addWidget(widget)

    def add_centre(self, widget: QWidget) -> None:
        """Put the search field here."""
        self._centre.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        """Put undo, settings and Emergency here, in that order."""
        self._right.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the desk and the hairline on which the tabs stand."""
        painter = QPainter(self)
        self._theme.fill(painter, self.rect(), "desk")
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _space(self) -> None:
        across = 28 if self._theme.scale < 1.5 else 16
        self._column.setContentsMargins(across, 8, across, 0)
        self.update()


class PersonPill(Button):
    """Whose care this is; a click opens the menu that was set with `setMenu`."""

    kind = "pill"

    def __init__(self, theme: Theme, name: str, colour: int = 1, *, label: str = "") -> None:
        """`label` is the accessible name, such as "Person: Rosa"."""
        self._name, self._colour = name, colour
        self._one = True
        super().__init__(theme, name, name=label or name, tooltip=label or name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_person(
        self, name: str, colour: int = 1, *, label: str = "", everybody: bool = False
    ) -> None:
        """Show another person, or everybody, who has no initial."""
        self._name, self._colour = name, colour
        self._one = not everybody
        self.set_words(name, name=label or name)
        set_tip(self, label or name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Badge, name, arrow."""
        words = QFontMetrics(self._theme.font("strong")).horizontalAdvance(self._name)
        side = self._theme.px(32)
        arrow = self._theme.px(34) if self.menu() else self._theme.px(12)
        return QSize(min(words, 240) + side + self._theme.px(20) + arrow, self._theme.px(44))

    def minimumSizeHint(self) -> QSize:
        """The badge and the arrow at least."""
        return QSize(self._theme.px(86), self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the pill."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunk" if self.underMouse() else "page"))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        side = theme.px(32)
        disc = QRect(theme.px(6), (self.height() - side) // 2, side, side)
        if self._one:
            paint_badge(painter, theme, disc, self._name, self._colour)
        else:
            side = theme.icon_px(20)
            spot = disc.center() - QPoint(side // 2 - 1, side // 2 - 1)
            painter.drawPixmap(spot, theme.pixmap("people", "soft", 20))
        room = self.rect()
        room.setLeft(disc.right() + theme.px(10))
        if self.menu():
            picture = theme.pixmap("open-list", "soft", 18)
            arrow = theme.icon_px(18)
            spot = QPoint(self.width() - arrow - theme.px(12), (self.height() - arrow) // 2)
            painter.drawPixmap(spot, picture)
            room.setRight(spot.x() - 4)
        else:
            room.setRight(self.width() - theme.px(12))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        words = painter.fontMetrics().elidedText(
            self._name, Qt.TextElideMode.ElideRight, room.width() + 2
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
