"""The two lists of a bag: rows to tick, to reorder and to add to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from caregiver_app.gui.bag.add_line import AddLine
from caregiver_app.gui.bag.item_menu import item_menu
from caregiver_app.gui.bag.item_tick import ItemTick
from caregiver_app.gui.bag.model import Item
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip, ChipKind
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


class ItemHands(Protocol):
    """What a person can do with an item; each takes its key."""

    def set_state(self, key: str, state: str) -> None:
        """Mark it "to_pack", "packed" or "not_needed"."""
        ...

    def set_brings(self, key: str, brings: str) -> None:
        """Say who brings it: "carer", "person" or "nobody"."""
        ...

    def open_paper(self, key: str) -> None:
        """Ask where a paper is."""
        ...

    def it_is_there(self, key: str) -> None:
        """Take a paper that was sent off as arrived, and so as packed."""
        ...

    def open_source(self, key: str) -> None:
        """Go to where its words come from."""
        ...

    def move(self, key: str, to: int) -> None:
        """Put it at another place of its group, 0 is the first."""
        ...

    def remove(self, key: str) -> None:
        """Take out what the family added."""
        ...

    def add(self, label: str, group: str, scope: str) -> str:
        """Add something for "once", "always" or "clinic"; return why not, "" where it was."""
        ...


class ItemRow(QWidget):
    """One item: its tick, and a menu of all that can be done with it."""

    def __init__(self, theme: Theme, item: Item, card: ItemCard) -> None:
        super().__init__()
        self._theme, self._card = theme, card
        self.item = item
        self._lifted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(2)
        self.tick = ItemTick(theme)
        self.more = IconButton(theme, "more", "", quiet=True)
        self.more.clicked.connect(self._open_below)
        line.addWidget(self.tick, 1)
        # Beside the first line, as the box is.
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        column.addWidget(self.wrong)
        theme.changed.connect(self._space)
        self._space()
        tick = self.tick
        tick.state_changed.connect(self._ticked)
        tick.stepped.connect(self._step)
        tick.walked.connect(self._walk)
        tick.beside.connect(lambda: self.more.setFocus(Qt.FocusReason.TabFocusReason))
        self.more.installEventFilter(self)
        tick.remove_asked.connect(self._remove)
        tick.menu_asked.connect(self.open_menu)
        tick.source_asked.connect(lambda: card.hands.open_source(self.item.key))
        tick.drag_moved.connect(self._drag)
        tick.drag_ended.connect(self._end_drag)
        self._shown: Item | None = None
        self.show_item(item)

    def show_item(self, item: Item) -> None:
        """Show what became of the item."""
        self.tick.show_item(item.words, item.state)
        if item == self._shown:
            return
        self._shown = self.item = item
        self.more.setAccessibleName(tr("More about {item}", item=item.label))
        self.more.setToolTip(tr("More"))
        self.say_wrong("")

    def say_wrong(self, words: str) -> None:
        """Say below the row what was refused, and show again what is kept."""
        self.tick.show_item(self.item.words, self.item.state)
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.tick, words))

    def set_lifted(self, *, lifted: bool) -> None:
        """Show that the row is being dragged."""
        self._lifted = lifted
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys go from the menu's button to the item, and to the buttons of others."""
        if (
            watched is self.more
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not event.modifiers()
        ):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self._card.walk(self, step, beside=True)
                return True
            if event.key() == Qt.Key.Key_Left:
                self.tick.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def open_menu(self, spot: QPoint) -> None:
        """Offer all that can be done with the item."""
        card = self._card
        item_menu(self, self.item, card.hands, place=card.place_of(self), count=len(card.items),
                  person=card.person).popup(spot)  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the hairline above, and the ground of a row that is dragged."""
        painter = QPainter(self)
        if self._lifted:
            painter.fillRect(self.rect(), self._theme.colour("tint"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawLine(0, 0, self.width(), 0)

    def _space(self) -> None:
        # Its words begin where the words of the item begin.
        self.wrong.setContentsMargins(self._theme.icon_px(26) + self._theme.px(13), 0, 0, 6)

    def _open_below(self) -> None:
        self.open_menu(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _ticked(self, state: str) -> None:
        # It is seen at once; keeping it may take the disk a moment.
        self.tick.repaint()
        hands, key = self._card.hands, self.item.key
        if state == "done" and self.item.on_its_way:
            hands.it_is_there(key)
        else:
            wanted = {"open": "to_pack", "done": "packed"}.get(state, "not_needed")
            hands.set_state(key, wanted)

    def _step(self, step: int) -> None:
        card = self._card
        to = card.place_of(self) + step
        if not 0 <= to < len(card.items):
            return
        card.hands.move(self.item.key, to)
        if card.place_of(self) == to:
            said = tr("place {place} of {count}", place=to + 1, count=len(card.items))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.tick, said))

    def _walk(self, step: int) -> None:
        self._card.walk(self, step)

    def _drag(self, spot: QPoint) -> None:
        self._card.drag(self, spot)

    def _end_drag(self, stays: bool) -> None:
        self._card.end_drag(self, stays=stays)

    def _remove(self) -> None:
        if self.item.own or self.item.was_maybe:
            self._card.hands.remove(self.item.key)


class ItemCard(Card):
    """Papers, or things: rows between hairlines, and a line to add another one."""

    def __init__(self, theme: Theme, title: str, icon: str, group: str, hands: ItemHands) -> None:
        super().__init__(theme)
        self.setAccessibleName(title)
        self.hands, self.group = hands, group
        self.person = ""
        self._icon = icon
        head = QHBoxLayout()
        head.setSpacing(10)
        self._picture = QLabel()
        head.addWidget(self._picture)
        head.addWidget(Text(title, "card_title"), 1)
        self._by = Chip(theme, "", "plain")
        head.addWidget(self._by)
        self.body.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        words = tr("Add a paper") if group == "papers" else tr("Add a thing")
        self.add_line = AddLine(theme, words, lambda label, scope: hands.add(label, group, scope))
        self.body.addWidget(self.add_line)
        self.body.addStretch(1)
        self.items: dict[str, ItemRow] = {}
        self._line = DropLine(theme, self)
        theme.changed.connect(self._dress)
        self._dress()

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these items; rows that stay keep the keyboard."""
        wanted = [item.key for item in items]
        if wanted != list(self.items):
            self._arrange(items)
        for item in items:
            self.items[item.key].show_item(item)

    def set_by(self, words: str, kind: ChipKind) -> None:
        """Say by when it should be ready."""
        self._by.set_chip(words, kind)
        self._by.setVisible(bool(words))

    def place_of(self, row: ItemRow) -> int:
        """Return the place of a row, 0 is the first."""
        return list(self.items).index(row.item.key)

    def focus_row(self, key: str) -> None:
        """Give an item the keyboard, or the line below where it is not there."""
        row = self.items.get(key)
        (self.add_line.field if row is None else row.tick).setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self, row: ItemRow, step: int, *, beside: bool = False) -> None:
        """Give the keyboard to the item above or below, or to the button beside that one."""
        rows, to = list(self.items.values()), self.place_of(row) + step
        reason = Qt.FocusReason.TabFocusReason
        if to == len(rows):
            self.add_line.field.line.setFocus(reason)
        elif to >= 0:
            (rows[to].more if beside else rows[to].tick).setFocus(reason)

    # -- Dragging ---------------------------------------------------------------------------------

    def drag(self, row: ItemRow, spot: QPoint) -> None:
        """Show where a row would go, with the mouse at `spot` of the screen."""
        row.set_lifted(lifted=True)
        self._line.show_above(self._gap(spot), list(self.items.values()))
        self._scroll_to(spot)

    def end_drag(self, row: ItemRow, *, stays: bool) -> None:
        """Put a row where it was let go."""
        gap = self._line.gap
        row.set_lifted(lifted=False)
        self._line.hide()
        if not stays or gap is None:
            return
        place = self.place_of(row)
        to = gap - 1 if gap > place else gap
        if to != place:
            self.hands.move(row.item.key, to)

    def _gap(self, spot: QPoint) -> int:
        """Return above which row the mouse is, by the middles of the rows."""
        y = self.mapFromGlobal(spot).y()
        return sum(row.geometry().center().y() < y for row in self.items.values())

    def _scroll_to(self, spot: QPoint) -> None:
        page = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        if page is not None:
            inside = page.viewport().mapFromGlobal(spot)
            inside.setY(inside.y() + page.verticalScrollBar().value())
            page.ensureVisible(inside.x(), inside.y(), 0, self._theme.px(60))

    # -- Rows -------------------------------------------------------------------------------------

    def _arrange(self, items: Sequence[Item]) -> None:
        """Put the rows into another order; only what is new is made, only what is gone goes."""
        wanted = {item.key for item in items}
        focus = _focused()
        had = [
            key for key, row in self.items.items() if focus is not None and row.isAncestorOf(focus)
        ]
        next_to = self._near(had[0], wanted) if had and had[0] not in wanted else None
        for key in [key for key in self.items if key not in wanted]:
            row = self.items.pop(key)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        old, self.items = self.items, {}
        for place, item in enumerate(items):
            row = old.get(item.key) or ItemRow(self._theme, item, self)
            if self._rows.indexOf(row) != place:
                self._rows.removeWidget(row)
                self._rows.insertWidget(place, row)
            self.items[item.key] = row
            # A screen reader goes through what a card holds in this order.
            row.raise_()
        self.add_line.raise_()
        if next_to is not None:
            self.focus_row(next_to)

    def _near(self, key: str, wanted: set[str]) -> str:
        """Return the item after one that goes, else the one before it, "" where none stays."""
        keys = list(self.items)
        place = keys.index(key)
        order = (*keys[place + 1 :], *reversed(keys[:place]))
        return next((one for one in order if one in wanted), "")

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon, "primary", 20))


class DropLine(QWidget):
    """The line between two rows at which a dragged one would be let go."""

    def __init__(self, theme: Theme, card: QWidget) -> None:
        super().__init__(card)
        self._theme = theme
        self.gap: int | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_above(self, gap: int, rows: Sequence[ItemRow]) -> None:
        """Lie above the row at place `gap`, or below the last one."""
        self.gap = gap
        last = gap >= len(rows)
        box = rows[-1 if last else gap].geometry()
        y = box.bottom() if last else box.top()
        self.setGeometry(QRect(box.left(), y - 1, box.width(), 3))
        self.show()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Lie nowhere."""
        self.gap = None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        ground: QColor = self._theme.colour("primary")
        QPainter(self).fillRect(self.rect(), ground)


def _focused() -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return QApplication.focusWidget()
