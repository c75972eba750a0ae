"""What the groups of the Settings page share: a card, a field that keeps itself, a row to open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON, TARGET
from caregiver_app.gui.trying import trying
from caregiver_app.gui.widgets.buttons import Button
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import paint_badge
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.field import field_row
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.messages import explain
from caregiver_app.services.household import Household


class Group(Card):
    """One group of settings. Fill in `kinds` and `show_kept`."""

    kinds: ClassVar[frozenset[str]] = frozenset(("setting",))
    """The kinds of things whose changes this group shows."""
    asked = Signal(str, str, str)
    """Somebody asked for another place: (place, kind, item)."""

    def __init__(self, house: Household, theme: Theme, title: str) -> None:
        super().__init__(theme, title)
        self.house, self.theme = house, theme
        self.fields: list[KeptField] = []
        self._pairs: list[QHBoxLayout] = []
        self.trouble = Text("", "second", "alarm")
        self.trouble.hide()
        self.body.setSpacing(14)

    def show_kept(self) -> None:
        """Show what is kept now; what is being typed is left alone."""
        for field in self.fields:
            field.show_kept()

    def part(self, item: str) -> QWidget | None:  # noqa: ARG002 - for groups that have parts
        """Return the part of this name, opened where it can be folded; None for no such part."""
        return None

    def add_pair(self, left: QWidget, right: QWidget) -> None:
        """Put two fields side by side; below each other where there is little room."""
        row = field_row(left, right, spacing=18)
        self._pairs.append(row)
        self.body.addLayout(row)

    def settle(self, *, narrow: bool) -> None:
        """Follow the room that there is."""
        way = QBoxLayout.Direction
        for row in self._pairs:
            row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def attempt(self, change: Callable[[], object]) -> None:
        """Change something; a refusal is said at the foot of the group."""
        self.trouble.hide()
        try:
            with trying(partial(self.attempt, change), self):
                change()
        except UserError as error:
            self.trouble.setText(explain(error))
            self.trouble.show()
            self.show_kept()


class KeptField(QObject):
    """Keeps what is typed in a field once it is left, or Enter is pressed.

    `read` gives the words for what is kept; `write` keeps what was typed, or raises a UserError,
    or returns the sentence that says what is wrong with it. What was typed then stays.
    """

    def __init__(
        self,
        field: LineField | TimeField,
        read: Callable[[], str],
        write: Callable[[], str | None],
    ) -> None:
        super().__init__(field)
        self.field = field
        self._read, self._write = read, write
        self._shown = read()
        field.set_text(self._shown)
        field.line.editingFinished.connect(self.keep)

    @property
    def is_pending(self) -> bool:
        """Whether something stands there that is not kept."""
        return self.field.text() != self._shown

    def show_kept(self) -> None:
        """Show what is kept, unless something else was typed."""
        if not self.is_pending:
            self._show()
        elif self.field.text() == self._read():
            # What could not be kept came to be so in another way.
            self.forget()

    def forget(self) -> None:
        """Show what is kept, whatever was typed."""
        self._show()
        self.field.set_error(None)

    def keep(self) -> bool:
        """Keep what was typed; tell whether nothing is left to be mended."""
        if not self.is_pending:
            return True
        try:
            with trying(self.keep, self.field):
                wrong = self._write()
        except UserError as error:
            wrong = explain(error)
        if wrong is None:
            self._show()
        self.field.set_error(wrong)
        return wrong is None

    def _show(self) -> None:
        self._shown = self._read()
        if self.field.text() != self._shown:
            self.field.set_text(self._shown)


class PersonRow(Button):
    """A person with their badge; the whole row opens what is kept about them."""

    def __init__(self, theme: Theme, name: str, colour: int, second: str) -> None:
        super().__init__(theme, name=f"{name}, {second}", tooltip=name)
        self._name, self._colour, self._second = name, colour, second
        self.setProperty("focusRing", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the name and what the row does."""
        strong = QFontMetrics(self._theme.font("strong")).height()
        second = QFontMetrics(self._theme.font("second")).height()
        height = max(self._theme.px(TARGET + 8), strong + second + self._theme.px(12))
        return QSize(self._theme.px(260), height)

    def minimumSizeHint(self) -> QSize:
        """A long name gives way."""
        return QSize(self._theme.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw badge, name, what it does, and the arrow."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("desk" if self.isDown() else "sunk"))
            painter.drawRoundedRect(self.rect(), RADIUS_BUTTON, RADIUS_BUTTON)
        side, gap = theme.px(34), theme.px(4)
        disc = QRect(gap, (self.height() - side) // 2, side, side)
        paint_badge(painter, theme, disc, self._name, self._colour)
        arrow = theme.icon_px(18)
        right = self.width() - gap - arrow
        spot = QPoint(right, (self.height() - arrow) // 2)
        painter.drawPixmap(spot, theme.pixmap("forward", "soft", 18))
        left = disc.right() + theme.px(12)
        strong = QFontMetrics(theme.font("strong"))
        second = QFontMetrics(theme.font("second"))
        top = (self.height() - strong.height() - second.height()) // 2
        room = right - gap - left
        lines: tuple[tuple[str, FontRole, str, QFontMetrics], ...] = (
            (self._name, "strong", "ink", strong),
            (self._second, "second", "soft", second),
        )
        for words, role, ink, metrics in lines:
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(ink))
            line = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPoint(left, top + metrics.ascent()), line)
            top += metrics.height()


class NavButton(Button):
    """One group's name in the list at the left; the chosen one has a rail and a tint.

    The arrow keys choose, Enter and Space go into the group.
    """

    entered = Signal()
    """Enter or Space was pressed: the keyboard wants to go into the group."""

    def __init__(self, theme: Theme, words: str, icon: str, parent: QWidget) -> None:
        super().__init__(theme, words, parent=parent)
        self._picture = icon
        self.setCheckable(True)
        self.setProperty("focusRing", "inside")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the icon and the words."""
        theme = self._theme
        width = QFontMetrics(theme.font("strong")).horizontalAdvance(self.words)
        return QSize(width + theme.px(60), theme.px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space go into the group."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw ground, rail, icon and words."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        ground = "tint" if chosen else "sunk" if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(ground))
            painter.drawRoundedRect(self.rect(), RADIUS_BUTTON, RADIUS_BUTTON)
        if chosen:
            painter.setBrush(theme.colour("primary"))
            tall = self.height() - theme.px(16)
            rail = QRect(0, (self.height() - tall) // 2, 4, tall)
            painter.drawRoundedRect(rail, 2, 2)
        role = "primary" if chosen else "soft"
        side = theme.icon_px(20)
        painter.drawPixmap(
            QPoint(theme.px(14), (self.height() - side) // 2),
            theme.pixmap(self._picture, role, 20),
        )
        painter.setFont(theme.font("strong" if chosen else "body"))
        painter.setPen(theme.colour("primary" if chosen else "ink"))
        room = self.rect().adjusted(theme.px(14) + side + theme.px(12), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.words)
