"""The Care plan tab: the person, medicines and plans, people to reach, and the insurance."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Authorisation, Contact, Medicine, Person
from caregiver_app.errors import UserError
from caregiver_app.gui.care_plan.cards import InsuranceCard, MedicinesCard, ReachCard
from caregiver_app.gui.care_plan.coverage import coverage_of
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.model import (
    AFTER_HOURS,
    MEDICINE,
    PLAN,
    as_needed_lines,
    lines_of,
    reach_of,
)
from caregiver_app.gui.care_plan.person_card import PersonCard
from caregiver_app.gui.care_plan.person_sheet import PersonSheet
from caregiver_app.gui.care_plan.sheets import ApprovalSheet, ContactSheet
from caregiver_app.gui.columns import one_column
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.whom import whom
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

_GAP: Final = 16
_SHARES: Final = (36, 43, 40)
_THREE: Final = 960
"""Three cards side by side need a little more than other pages, and more with larger text."""


class CarePlanTab(LateTab):
    """Everything about one person that stays; shown anew after every change."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        ("person", "contact", "medicine", "dose", "authorisation", "plan", "appointment")
    )
    asked = Signal(str, str, str)
    """Somebody asked for another place: the bag of a visit."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        make_desk: Callable[[QWidget], Desk],
        parent: QWidget | None = None,
    ) -> None:
        """`make_desk` makes what opens the forms of plans and medication times."""
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._make_desk = make_desk
        self._desk: Desk | None = None
        self._chosen: str | None = None
        self.sheet: Sheet | None = None
        self._stack = QStackedLayout(self)

    # -- The face of a tab ------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Show one person; None shows the first."""
        self._chosen = person_id
        self.look_again()

    def open_item(self, kind: str, item: str) -> None:
        """Open the sheet of a person, contact, medicine, approval or plan; "" goes to its card.

        A "dose" is what was given as needed.

        An approval that is not there yet may be asked for by the id of whose it is.
        """
        if kind == "authorisation" and self._house.people.person(item) is not None:
            self.set_person(item)
            item = ""
        self.ensure_built()
        self._catch_up()
        person = self._person()
        if kind == "person":
            self._open_person(item)
        elif person is None:
            return
        elif kind == "plan":
            self.desk.open_plan(item)
        elif kind == "contact":
            self._open_contact(item) if item else self._go_to(self.reach, self.reach.add_button)
        elif kind == "dose":
            self.desk.medicines.open_dose(item)
        elif kind == "medicine":
            card = self.medicines
            self._open_medicine(item) if item else self._go_to(card, card.add_button)
        elif kind == "authorisation" and item:
            self._open_approval(item)
        elif kind == "authorisation":
            card = self.insurance
            self._go_to(card, card.add_button)
            if not self._house.people.authorisations(person.id):
                self._new_approval()

    @property
    def desk(self) -> Desk:
        """Where the calendar's forms are opened, for the person who is shown."""
        if self._desk is None:
            self._desk = self._make_desk(self)
            self._desk.bag_asked.connect(partial(self.asked.emit, "bag", "visit"))
        person = self._person()
        self._desk.person = None if person is None else person.id
        return self._desk

    def _person(self) -> Person | None:
        return whom(self._house, self._chosen)

    # -- Built once -------------------------------------------------------------------------------

    def _make(self) -> None:
        house, theme = self._house, self._theme
        self.empty = EmptyState(
            theme,
            drawing="papers",
            title=tr("Who do you look after?"),
            sentence=tr("A first name is enough to begin. Everything else can wait."),
            primary=tr("Add a person"),
            primary_icon="add",
        )
        self.card = PersonCard(house, theme)
        self.medicines = MedicinesCard(theme)
        self.reach = ReachCard(theme)
        self.insurance = InsuranceCard(theme)
        self.message = Text("", "second", "alarm")
        self.message.hide()
        page = QWidget()
        self._outer = QVBoxLayout(page)
        self._outer.setSpacing(14)
        # Begun as a column, so that the page never asks for more width than a small window has.
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._cards.setSpacing(_GAP)
        for card in (self.card, self.medicines, self.reach):
            self._cards.addWidget(card)
        self._outer.addWidget(self.message)
        self._outer.addLayout(self._cards, 1)
        self._outer.addWidget(self.insurance)
        self.area = ScrollArea(page)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.empty)
        self._connect()
        self._settle()

    def _connect(self) -> None:
        if self.empty.primary is not None:
            self.empty.primary.clicked.connect(self._new_person)
        self.card.edit.connect(self._edit_person)
        self.card.another.connect(self._new_person)
        self.medicines.plan_wanted.connect(self._new_plan)
        self.medicines.medicine_wanted.connect(self._new_medicine)
        self.medicines.time_wanted.connect(self._new_time)
        self.medicines.given_wanted.connect(self._gave_other)
        self.medicines.looked.connect(self._look_at)
        self.medicines.as_needed.gave.connect(self._gave)
        self.medicines.as_needed.looked.connect(self._look_at)
        self.medicines.as_needed.edited.connect(self._open_medicine)
        self.medicines.list.opened.connect(self._open_line)
        self.medicines.list.delete_asked.connect(self._delete_line)
        self.reach.add_button.clicked.connect(self._new_contact)
        self.reach.list.opened.connect(self._open_contact)
        self.reach.list.delete_asked.connect(self._delete_contact)
        self.insurance.add_wanted.connect(self._new_approval)
        self.insurance.opened.connect(self._open_approval)
        self._theme.changed.connect(self._settle)

    # -- Shown anew -------------------------------------------------------------------------------

    def _fill(self) -> None:
        person = self._person()
        self._stack.setCurrentWidget(self.empty if person is None else self.area)
        self._say("")
        if person is None:
            self.setFocusProxy(self.empty.primary or self.empty)
            return
        self.setFocusProxy(self.card.pencil)
        self.card.show_person(person)
        self.medicines.show_lines(
            lines_of(self._house, person.id), as_needed_lines(self._house, person.id)
        )
        self.reach.show_rows(reach_of(self._house.people.contacts(person.id)))
        self.insurance.show_coverage(coverage_of(self._house, person.id))

    def _settle(self) -> None:
        """Choose between three cards side by side and one column."""
        if not self._built:
            return
        narrow = self.width() <= _THREE * self._theme.scale
        down = narrow or one_column(self._theme, self.width())
        way = QBoxLayout.Direction
        self._cards.setDirection(way.TopToBottom if down else way.LeftToRight)
        for place, share in enumerate(_SHARES):
            self._cards.setStretch(place, 0 if down else share)
        self.insurance.settle(one_column=down)
        margin = 24 if down else PAGE_MARGIN
        self._outer.setContentsMargins(margin, 18, margin, 18)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew."""
        super().resizeEvent(event)
        self._settle()

    def minimumSizeHint(self) -> QSize:
        """A page gives way: it scrolls."""
        return QSize(320, 200)

    # -- Hands ------------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def _try(self, act: Callable[[], object]) -> None:
        """Do something, and say at the head of the page what was refused."""
        try:
            act()
        except UserError as error:
            self._say(explain(error))
            self.area.verticalScrollBar().setValue(0)

    def _go_to(self, card: QWidget, control: QWidget) -> None:
        self.area.ensureWidgetVisible(card, 0, 20)
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()

    # -- The person -------------------------------------------------------------------------------

    def _edit_person(self, field: str = "") -> None:
        self._open(
            PersonSheet(self._house, self._theme, self._person(), self.window(), begin_with=field)
        )

    def _open_person(self, person_id: str) -> None:
        person = self._house.people.person(person_id) if person_id else self._person()
        self._open(PersonSheet(self._house, self._theme, person, self.window()))

    def _new_person(self) -> None:
        sheet = PersonSheet(self._house, self._theme, None, self.window())
        sheet.accepted.connect(lambda: self._show_new(sheet.saved_person))
        self._open(sheet)

    def _show_new(self, person_id: str) -> None:
        """Show who was just added, unless the window's switcher says whom to show."""
        if self._chosen is None:
            self.set_person(person_id)

    # -- Medicines and plans ----------------------------------------------------------------------

    def _open_line(self, key: str) -> None:
        if key.startswith(PLAN):
            self.desk.open_plan(key.removeprefix(PLAN))
        else:
            self._open_medicine(key.removeprefix(MEDICINE))

    def _delete_line(self, key: str) -> None:
        """Delete a medicine; a plan asks first, in its own form."""
        if key.startswith(PLAN):
            self._open_line(key)
        else:
            medicine = key.removeprefix(MEDICINE)
            self._try(lambda: self._house.people.remove(Medicine, medicine))

    def _new_plan(self) -> None:
        self.desk.new_plan()

    def _new_time(self) -> None:
        self.desk.new_appointment(self._house.care.today, "medication")

    def _gave(self, medicine_id: str) -> None:
        self.desk.medicines.gave(medicine_id)

    def _gave_other(self) -> None:
        person = self._person()
        if person is not None:
            self.desk.medicines.gave("", person.id)

    def _look_at(self, medicine_id: str) -> None:
        self.desk.medicines.history(medicine_id)

    def _new_medicine(self) -> None:
        person = self._person()
        if person is not None:
            self._open_medicine_form(Medicine(id="", person=person.id, name=""))

    def _open_medicine(self, medicine_id: str) -> None:
        found = self._house.people.medicine(medicine_id)
        if found is not None:
            self._open_medicine_form(found)

    def _open_medicine_form(self, medicine: Medicine) -> None:
        sheet = MedicineSheet(self._house, self._theme, medicine, self.window())
        sheet.looked.connect(self._look_at)
        self._open(sheet)

    # -- People to reach --------------------------------------------------------------------------

    def _new_contact(self) -> None:
        person = self._person()
        if person is not None:
            blank = Contact(id="", person=person.id, name="")
            self._open(ContactSheet(self._house, self._theme, blank, self.window()))

    def _open_contact(self, key: str) -> None:
        found = self._house.people.contact(key.removesuffix(AFTER_HOURS))
        if found is not None:
            self._open(ContactSheet(self._house, self._theme, found, self.window()))

    def _delete_contact(self, key: str) -> None:
        contact = key.removesuffix(AFTER_HOURS)
        self._try(lambda: self._house.people.remove(Contact, contact))

    # -- Insurance --------------------------------------------------------------------------------

    def _new_approval(self) -> None:
        person = self._person()
        if person is not None:
            self._open_approval_form(None, person.id)

    def _open_approval(self, approval_id: str) -> None:
        found = self._house.people.authorisation(approval_id)
        if found is not None:
            self._open_approval_form(found, found.person)

    def _open_approval_form(self, approval: Authorisation | None, person: str) -> None:
        self._open(ApprovalSheet(self._house, self._theme, approval, person, self.window()))
