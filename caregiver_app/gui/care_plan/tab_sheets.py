"""Opens the sheets of the Care plan tab, one at a time, and deletes what its lists delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Authorisation, Contact, Medicine, Person
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.domain.times import wall
from caregiver_app.errors import UserError
from caregiver_app.gui.care_plan.insurance_sheets import ApprovalSheet, CallSheet
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.model import AFTER_HOURS
from caregiver_app.gui.care_plan.money_sheets import CostSheet, HelpSheet, YearSheet
from caregiver_app.gui.care_plan.person_sheet import PersonSheet
from caregiver_app.gui.care_plan.questions_dialog import QuestionsDialog
from caregiver_app.gui.care_plan.sheets import ContactSheet, Kept, remove
from caregiver_app.gui.care_plan.tried_sheet import TriedSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trying import trying
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import plain_date
from caregiver_app.messages import explain
from caregiver_app.services.household import Household


class TabSheets(QObject):
    """`sheet` is the one that lies open; `refused` says what could not be done."""

    refused = Signal(str)
    looked = Signal(str)
    """Somebody wants to see what was given of a medicine; its id."""
    about_asked = Signal(str)
    """Somebody wants to read about a medicine; its name."""
    person_added = Signal(str)

    def __init__(self, house: Household, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._house, self._theme, self._page = house, theme, page
        self.sheet: Sheet | None = None

    # -- How --------------------------------------------------------------------------------------

    def open(self, sheet: Sheet) -> None:
        """Open a sheet over the window."""
        self.sheet = sheet
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something, and tell what was refused."""
        try:
            with trying(partial(self.attempt, act), self._page):
                act()
        except UserError as error:
            self.refused.emit(explain(error))

    def delete(self, kind: type[Kept], id_: str) -> None:
        """Delete an entry; undo brings it back, and one that is gone already is told."""
        self.attempt(partial(remove, self._house, kind, id_))

    @property
    def _window(self) -> QWidget:
        return self._page.window()

    # -- The person, people to reach --------------------------------------------------------------

    def person(self, person: Person | None, field: str = "") -> None:
        """Open a person, beginning with a field; None adds somebody."""
        sheet = PersonSheet(self._house, self._theme, person, self._window, begin_with=field)
        if person is None:
            sheet.accepted.connect(lambda: self.person_added.emit(sheet.saved_person))
        self.open(sheet)

    def contact(self, contact: Contact | None) -> None:
        """Open somebody to reach."""
        if contact is not None:
            self.open(ContactSheet(self._house, self._theme, contact, self._window))

    def contact_row(self, key: str) -> Contact | None:
        """Return the contact that a row stands for."""
        return self._house.people.contact(key.removesuffix(AFTER_HOURS))

    def delete_contact(self, key: str) -> None:
        """Delete the contact of a row; one that is gone already is told."""
        self.delete(Contact, key.removesuffix(AFTER_HOURS))

    # -- Medicines --------------------------------------------------------------------------------

    def medicine(self, medicine: Medicine | None) -> None:
        """Open a medicine of the list, or what was tried before."""
        if medicine is None:
            return
        if medicine.past:
            self.open(TriedSheet(self._house, self._theme, medicine, self._window))
            return
        sheet = MedicineSheet(self._house, self._theme, medicine, self._window)
        sheet.looked.connect(self.looked)
        sheet.ended.connect(self.end_medicine)
        sheet.about_asked.connect(self.about_asked)
        self.open(sheet)

    def end_medicine(self, medicine_id: str) -> None:
        """Ask when and why a medicine of the list ended."""
        found = self._house.people.medicine(medicine_id)
        if found is not None:
            sheet = TriedSheet(self._house, self._theme, found, self._window, ending=True)
            self.open(sheet)

    def plan_ended(self, plan_id: str) -> None:
        """Ask why a plan's medicine ended; the plan itself stays as it is."""
        plan = self._house.plans.get(plan_id)
        if plan is None:
            return
        tried = Medicine(
            id="",
            person=plan.person,
            name=plan.medicine,
            past=True,
            began=plain_date(wall(plan.first).date()),
            ended="" if plan.last is None else plain_date(plan.last),
        )
        self.medicine(tried)

    # -- Insurance and money ----------------------------------------------------------------------

    def approval(self, approval: Authorisation | None, person: str) -> None:
        """Open an approval; None begins a new one."""
        self.open(ApprovalSheet(self._house, self._theme, approval, person, self._window))

    def new_call(self, person: str) -> None:
        """Begin a call of today, about the approval that reaches furthest."""
        about = self._house.people.approved_to(person)
        blank = Call(
            id="", person=person, date=self._house.care.today,
            with_whom="" if about is None else about.insurer,
            authorisation=None if about is None else about.id,
        )  # fmt: skip
        self.call(blank)

    def call(self, call: Call | None) -> None:
        """Open a call."""
        if call is not None:
            self.open(CallSheet(self._house, self._theme, call, self._window))

    def new_cost(self, person: str) -> None:
        """Begin a cost of today, in the currency of the last one."""
        last = next(iter(self._house.insurance.costs(person)), None)
        today = self._house.care.today
        blank = Cost(id="", person=person, date=today, what="", amount="")
        self.cost(blank if last is None else replace(blank, currency=last.currency))

    def cost(self, cost: Cost | None) -> None:
        """Open a cost."""
        if cost is not None:
            self.open(CostSheet(self._house, self._theme, cost, self._window))

    def new_help(self, person: str) -> None:
        """Begin a programme that helps to pay."""
        self.help(Assistance(id="", person=person, name=""))

    def help(self, programme: Assistance | None) -> None:
        """Open a programme that helps to pay."""
        if programme is not None:
            self.open(HelpSheet(self._house, self._theme, programme, self._window))

    def year(self, person: Person) -> None:
        """Open deductible and copay."""
        self.open(YearSheet(self._house, self._theme, person, self._window))

    def questions(self, person: str) -> None:
        """Open the questions for the insurer."""
        self.open(QuestionsDialog(self._house, self._theme, person, self._window))
