"""The master lists that bags are packed by: for every clinic or for one, item by item."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Contact
from caregiver_app.errors import UserError
from caregiver_app.gui.bag.list_item_sheet import ListItemSheet
from caregiver_app.gui.bag.list_rows import ListRows
from caregiver_app.gui.bag.lists_trouble import ListsTrouble
from caregiver_app.gui.columns import Columns, one_column
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import IconButton, QuietButton, TonalButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.text import FewLines, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

_EVERYWHERE: Final = "*"
"""Chosen in place of a clinic; no id has such a sign."""
_WITH_LISTS: Final = ("clinic", "doctor")
_NARROW_MARGIN: Final = 24
"""Px beside a page of one column."""


class ListCard(Card):
    """One group of a list: its rows, and at the foot a line in which an item is added."""

    def __init__(self, theme: Theme, title: str, label: str, add: Callable[[str], object]) -> None:
        super().__init__(theme, title)
        self._add = add
        self.rows = ListRows(theme, title)
        self.none = Text(tr("Nothing yet."), "second", "soft")
        self.field = LineField(theme, label)
        self.field.line.returnPressed.connect(self._put)
        self.button = TonalButton(theme, tr("Add it"), "add", name=f"{tr('Add it')}: {label}")
        self.button.clicked.connect(self._put)
        self.body.setSpacing(10)
        for widget in (self.rows, self.none, self.field):
            self.add(widget)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.field.changed.connect(self._show_button)
        self._show_button()

    def _show_button(self) -> None:
        self.button.setVisible(bool(self.field.text()))

    def _put(self) -> None:
        try:
            self._add(self.field.text())
        except UserError as error:
            self.field.set_error(explain(error))
        else:
            self.field.set_text("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)


class ListsPage(LateTab):
    """Which list, for which clinic, and what stands on it."""

    kinds = frozenset(("template_item", "bag_list", "contact", "person"))

    back = Signal()

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(house.care, parent)
        self._house, self._theme = house, theme
        self._template, self._contact = "", ""
        self.sheet: ListItemSheet | None = None
        """The sheet over an item, while it is open."""
        self.leave = IconButton(theme, "back", tr("Back to the bag"), key_hint="Esc")

    def open_list(self, template: str, contact: str | None = None) -> None:
        """Show a list, at one clinic or at all of them, with the keyboard on the way back.

        One that is not there shows the first list; a clinic that is gone, all of them.
        """
        self._template, self._contact = template, contact or ""
        self.look_again()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Built once -------------------------------------------------------------------------------

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        page = Columns(self._theme, stretches=(50, 50))
        self.trouble = ListsTrouble(self._house, self._theme)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        page.top.addWidget(self.trouble)
        page.top.addLayout(self._choices())
        self.what_for = Text("", "second", "soft")
        page.top.addWidget(self.what_for)
        page.top.addWidget(self.wrong)
        page.top.addSpacing(16)
        self.papers = self._card("papers", tr("Papers"), tr("Another paper"))
        self.things = self._card("things", tr("Things to take"), tr("Another thing"))
        page.left.addWidget(self.papers)
        page.left.addStretch(1)
        page.right.addWidget(self.things)
        page.right.addWidget(
            Text(tr("Alt and an arrow key, or the mouse, moves a row."), "second", "soft")
        )
        self.first_order = QuietButton(self._theme, tr("Back to the first order"), "undo")
        self.first_order.clicked.connect(self._reset_order)
        page.right.addWidget(self.first_order, 0, Qt.AlignmentFlag.AlignLeft)
        page.right.addStretch(1)
        column.addWidget(page, 1)
        self._theme.changed.connect(self._turn)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head begin where the page below it begins."""
        super().resizeEvent(event)
        if self._built:
            self._turn()

    def _head(self) -> QWidget:
        head = QWidget()
        row = self._head_row = QHBoxLayout(head)
        row.setSpacing(12)
        self.leave.clicked.connect(self.back)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(FewLines(tr("Packing lists"), "page_title"))
        about = tr("What each bag begins with. Your changes stay when the program is updated.")
        words.addWidget(FewLines(about, "body", "soft"))
        row.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return head

    def _choices(self) -> QBoxLayout:
        self.which = ChoiceField(self._theme, tr("List"), [])
        self.where = ChoiceField(self._theme, tr("At which clinic"), [])
        self.which.changed.connect(self._which_chosen)
        self.where.changed.connect(self._where_chosen)
        self._fields = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._fields.setSpacing(16)
        self._fields.addWidget(self.which, 1)
        self._fields.addWidget(self.where, 1)
        return self._fields

    def _card(self, group: str, title: str, label: str) -> ListCard:
        card = ListCard(self._theme, title, label, partial(self._add, group))
        card.rows.opened.connect(self._open)
        card.rows.moved.connect(self._move)
        return card

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        self._fields.setDirection(way)
        margin = _NARROW_MARGIN if one_column(self._theme, self.width()) else PAGE_MARGIN
        self._head_row.setContentsMargins(margin, 18, margin, 0)

    # -- Shown anew -------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.trouble.look()
        names = self._house.bag_lists.names()
        known = [one.id for one in names]
        if self._template not in known:
            self._template = known[0]
        clinics = self._clinics()
        if self._contact not in (one.id for one in clinics):
            self._contact = ""
        for field in (self.which, self.where):
            field.blockSignals(True)
        self.which.set_choices([(one.id, one.name) for one in names])
        self.which.set_value(self._template)
        visits = next(one.what_for for one in names if one.id == self._template)
        self.what_for.setText(tr("For {visits}.", visits=visits) if visits else "")
        self.what_for.setVisible(bool(visits))
        self.where.set_choices(
            [(_EVERYWHERE, tr("Every clinic")), *((one.id, one.name) for one in clinics)]
        )
        self.where.set_value(self._contact or _EVERYWHERE)
        self.where.setVisible(bool(clinics))
        for field in (self.which, self.where):
            field.blockSignals(False)
        self._show_items()

    def _show_items(self) -> None:
        items = self._house.bag_lists.items(self._template, self._at)
        bringers = self._bringers()
        for group, card in (("papers", self.papers), ("things", self.things)):
            of_group = [one for one in items if one.group == group]
            card.rows.show_items(of_group, bringers)
            card.rows.setVisible(bool(of_group))
            card.none.setVisible(not of_group)
        self.first_order.setVisible(self._house.bag_lists.has_order(self._template, self._at))

    @property
    def _at(self) -> str | None:
        return self._contact or None

    def _clinics(self) -> list[Contact]:
        return [one for one in self._house.people.contacts() if one.role in _WITH_LISTS]

    def _bringers(self) -> dict[str, str]:
        """Return the words for who brings an item; lists are for everybody who is cared for."""
        people = self._house.people.people()
        name = called(people[0]) if len(people) == 1 else ""
        return {"carer": tr("I bring"), "person": name or tr("Whom it is for"), "": ""}

    # -- Hands ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)

    def _which_chosen(self) -> None:
        if chosen := self.which.value():
            self._template = str(chosen)
            self.look_again()

    def _where_chosen(self) -> None:
        chosen = self.where.value()
        self._contact = "" if chosen in (None, _EVERYWHERE) else str(chosen)
        self.look_again()

    def _add(self, group: str, label: str) -> None:
        self._house.bag_lists.add(self._template, label, group, self._at)
        self.look_again()

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self.wrong.setText(explain(error))
        else:
            self.wrong.setText("")
        self.wrong.setVisible(bool(self.wrong.text()))
        self.look_again()

    def _move(self, key: str, to: int) -> None:
        self._try(lambda: self._house.bag_lists.move(self._template, key, to, self._at))

    def _reset_order(self) -> None:
        self._try(lambda: self._house.bag_lists.reset_order(self._template, self._at))

    def _open(self, key: str) -> None:
        lists = self._house.bag_lists
        item = next((o for o in lists.items(self._template, self._at) if o.key == key), None)
        if item is None:
            return
        name = next(one.name for one in lists.names() if one.id == self._template)
        clinic = next((one.name for one in self._clinics() if one.id == self._contact), "")
        at = clinic or tr("every clinic")
        bringers = {**self._bringers(), "": tr("Nobody named")}
        self.sheet = ListItemSheet(
            self._house, self._theme, self._template, item, self._at,
            subtitle=tr("{list}, at {clinic}", list=name, clinic=at), bringers=bringers,
            parent=self.window(),
        )  # fmt: skip
        self.sheet.finished.connect(self._closed)
        self.sheet.open()

    def _closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None
        self.look_again()
