"""The Care plan tab: the person, medicines and plans, people to reach, insurance and costs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Authorisation, Contact, Medicine, Person
from caregiver_app.domain.insurance import Assistance, Call, Cost
from caregiver_app.errors import UserError
from caregiver_app.gui.care_plan.cards import ReachCard
from caregiver_app.gui.care_plan.coverage import coverages_of
from caregiver_app.gui.care_plan.entries import (
    approval_lines,
    call_lines,
    calls_summary,
    cost_lines,
    costs_summary,
    has_numbers,
    help_lines,
    tried_lines,
    year_words,
)
from caregiver_app.gui.care_plan.insurance_card import InsuranceCard
from caregiver_app.gui.care_plan.medicines_card import MedicinesCard
from caregiver_app.gui.care_plan.model import as_needed_lines, lines_of, reach_of
from caregiver_app.gui.care_plan.papers_cards import MoneyCard, PapersCard
from caregiver_app.gui.care_plan.person_card import PersonCard
from caregiver_app.gui.care_plan.plan_words import plans_of
from caregiver_app.gui.care_plan.tab_sheets import TabSheets
from caregiver_app.gui.columns import one_column
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.whom import whom
from caregiver_app.gui.widgets.empty_state import EmptyState
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import ScrollArea, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

_GAP: Final = 16
_SHARES: Final = (36, 43, 40)
_THREE: Final = 960
"""Three cards side by side need a little more than other pages, and more with larger text."""
_OPEN: Final = "care.open"


class CarePlanTab(LateTab):
    """Everything about one person that stays; shown anew after every change."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"person", "contact", "medicine", "dose", "plan", "appointment"}
        | {"authorisation", "call", "cost", "assistance"}
    )
    asked = Signal(str, str, str)
    """Somebody asked for another place: a bag, what nurses wrote down, a medicine."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        make_desk: Callable[[QWidget], Desk],
        parent: QWidget | None = None,
    ) -> None:
        """`make_desk` makes what opens the forms of plans and medication times."""
        super().__init__(house.care, parent)
        self._house, self._theme = house, theme
        self._make_desk = make_desk
        self._desk: Desk | None = None
        self._chosen: str | None = None
        self.sheets = TabSheets(house, theme, self)
        self._stack = QStackedLayout(self)

    # -- The face of a tab ------------------------------------------------------------------------

    @property
    def sheet(self) -> Sheet | None:
        """The sheet that lies open, if any."""
        return self.sheets.sheet

    def set_person(self, person_id: str | None) -> None:
        """Show one person; None shows the first."""
        self._chosen = person_id
        self.look_again()

    def open_item(self, kind: str, item: str) -> None:
        """Open the sheet of a person, medicine, approval, cost ... or plan; "" goes to its card.

        A "dose" is what was given as needed. What is not there yet may be asked for by the id of
        whose it is.
        """
        if item and kind != "person" and self._house.people.person(item) is not None:
            self.set_person(item)
            item = ""
        self.ensure_built()
        self._catch_up()
        person = self._person()
        if kind == "person":
            known = self._house.people.person(item) if item else person
            self.sheets.person(known)
        elif person is not None and item:
            self._open_kept(kind, item)
        elif person is not None:
            self._go_to_card(kind, person)

    def _open_kept(self, kind: str, item: str) -> None:
        house, sheets = self._house, self.sheets
        if kind == "plan":
            self.desk.open_plan(item)
        elif kind == "contact":
            sheets.contact(sheets.contact_row(item))
        elif kind == "dose":
            self.desk.medicines.open_dose(item)
        elif kind == "medicine":
            sheets.medicine(house.people.medicine(item))
        elif kind == "authorisation":
            self._open_approval(item)
        elif kind == "call":
            sheets.call(house.insurance.call(item))
        elif kind == "cost":
            sheets.cost(house.insurance.cost(item))
        elif kind == "assistance":
            sheets.help(house.insurance.help(item))

    def _go_to_card(self, kind: str, person: Person) -> None:
        if kind == "contact":
            self._go_to(self.reach, self.reach.add_button)
        elif kind == "medicine":
            self._go_to(self.medicines, self.medicines.add_button)
        elif kind == "authorisation":
            self._go_to(self.insurance, self.insurance.add_button)
            if not self._house.people.authorisations(person.id):
                self._new_approval()
        elif kind == "call":
            self.papers.fold.set_open(opened=True)
            self._go_to(self.papers, self.papers.fold.head)
        elif kind in ("cost", "assistance"):
            self.money.fold.set_open(opened=True)
            self._go_to(self.money, self.money.fold.head)

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
        self.papers = PapersCard(theme)
        self.money = MoneyCard(theme)
        self.message = Text("", "second", "alarm")
        self.message.hide()
        page = QWidget()
        self._outer = QVBoxLayout(page)
        self._outer.setSpacing(14)
        # Begun as columns, so that the page never asks for more width than a small window has.
        self._cards = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._papers = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for row, cards in (
            (self._cards, (self.card, self.medicines, self.reach)),
            (self._papers, (self.papers, self.money)),
        ):
            row.setSpacing(_GAP)
            for card in cards:
                row.addWidget(card)
        self._outer.addWidget(self.message)
        self._outer.addLayout(self._cards, 1)
        self._outer.addWidget(self.insurance)
        self._outer.addLayout(self._papers)
        self.area = ScrollArea(page)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.empty)
        self._connect()
        self._connect_papers()
        self._unfold()
        self._settle()

    def _connect(self) -> None:
        sheets, medicines = self.sheets, self.medicines
        if self.empty.primary is not None:
            self.empty.primary.clicked.connect(self._new_person)
        self.card.edit.connect(self._edit_person)
        self.card.another.connect(self._new_person)
        medicines.plan_wanted.connect(self._new_plan)
        medicines.medicine_wanted.connect(self._with_person(self._new_medicine))
        medicines.time_wanted.connect(self._new_time)
        medicines.given_wanted.connect(self._with_person(self._gave_other))
        medicines.tried_wanted.connect(self._with_person(self._new_tried))
        medicines.tried_opened.connect(self._open_medicine)
        medicines.tried_deleted.connect(partial(sheets.delete, Medicine))
        medicines.about_asked.connect(self._ask_about)
        medicines.looked.connect(self._look_at)
        medicines.as_needed.gave.connect(self._gave)
        medicines.as_needed.looked.connect(self._look_at)
        medicines.as_needed.edited.connect(self._open_medicine)
        medicines.list.opened.connect(self._open_medicine)
        medicines.list.delete_asked.connect(partial(sheets.delete, Medicine))
        medicines.plans.changed_asked.connect(self._open_plan)
        medicines.plans.stop_asked.connect(self._stop_plan)
        medicines.plans.records_asked.connect(self._ask_records)
        medicines.plans.about_asked.connect(self._ask_about)
        medicines.plans.ended_asked.connect(sheets.plan_ended)
        self.reach.add_button.clicked.connect(self._with_person(self._new_contact))
        self.reach.list.opened.connect(partial(self._open_kept, "contact"))
        self.reach.list.delete_asked.connect(sheets.delete_contact)
        sheets.refused.connect(self._refused)
        sheets.looked.connect(self._look_at)
        sheets.about_asked.connect(self._ask_about)
        sheets.person_added.connect(self._show_new)
        self._theme.changed.connect(self._settle)

    def _connect_papers(self) -> None:
        sheets, papers, money = self.sheets, self.papers, self.money
        self.insurance.add_wanted.connect(self._new_approval)
        self.insurance.call_wanted.connect(self._with_person(sheets.new_call))
        papers.approval_opened.connect(self._open_approval)
        papers.approval_deleted.connect(partial(sheets.delete, Authorisation))
        papers.call_opened.connect(partial(self._open_kept, "call"))
        papers.call_deleted.connect(partial(sheets.delete, Call))
        papers.questions_wanted.connect(self._with_person(sheets.questions))
        money.cost_wanted.connect(self._with_person(sheets.new_cost))
        money.cost_opened.connect(partial(self._open_kept, "cost"))
        money.cost_deleted.connect(partial(sheets.delete, Cost))
        money.help_wanted.connect(self._with_person(sheets.new_help))
        money.help_opened.connect(partial(self._open_kept, "assistance"))
        money.help_deleted.connect(partial(sheets.delete, Assistance))
        money.year_wanted.connect(self._change_year)
        for card in (papers, money):
            card.turned.connect(self._turned)
            card.uncovered.connect(self._uncovered)

    # -- Shown anew -------------------------------------------------------------------------------

    def _fill(self) -> None:
        person, house = self._person(), self._house
        self._stack.setCurrentWidget(self.empty if person is None else self.area)
        self._say("")
        if person is None:
            self.setFocusProxy(self.empty.primary or self.empty)
            return
        self.setFocusProxy(self.card.pencil)
        self.card.show_person(person)
        self.medicines.show_lines(
            plans_of(house, person.id),
            lines_of(house, person.id),
            as_needed_lines(house, person.id),
            tried_lines(house.people.past_medicines(person.id)),
        )
        self.reach.show_rows(reach_of(house.people.contacts(person.id)))
        self.insurance.show_coverages(coverages_of(house, person.id))
        self._fill_papers()

    def _uncovered(self) -> None:
        self._care.show(self._fill_papers)

    def _fill_papers(self) -> None:
        """Show what stands behind the two folded headings."""
        person, insurance = self._person(), self._house.insurance
        if person is None:
            return
        today, papers, money = self._house.care.today, self.papers, self.money
        approvals = self._house.people.authorisations(person.id)
        calls, totals = insurance.calls(person.id), insurance.totals(person.id)
        programmes = insurance.assistance(person.id)
        said, warns = calls_summary(approvals, calls, today)
        papers.fold.head.set_summary(said, warns=warns)
        papers.numbers.setVisible(has_numbers(approvals, ()))
        papers.approvals.show_lines(
            approval_lines(self._house, person.id, whole=papers.numbers.whole)
        )
        papers.calls.show_lines(call_lines(calls, today))
        money.fold.head.set_summary(costs_summary(totals, today))
        money.costs.show_lines(cost_lines(insurance.costs(person.id), totals, today))
        money.numbers.setVisible(has_numbers((), programmes))
        money.help.show_lines(help_lines(programmes, today, whole=money.numbers.whole))
        money.show_year(year_words(person, today))

    def _settle(self) -> None:
        """Choose between cards side by side and one column."""
        if not self._built:
            return
        narrow = self.width() <= _THREE * self._theme.scale
        down = narrow or one_column(self._theme, self.width())
        way = QBoxLayout.Direction
        for row in (self._cards, self._papers):
            row.setDirection(way.TopToBottom if down else way.LeftToRight)
        for place, share in enumerate(_SHARES):
            self._cards.setStretch(place, 0 if down else share)
        for place in (0, 1):
            self._papers.setStretch(place, 0 if down else 1)
        for card in (self.papers, self.money):
            top = Qt.AlignmentFlag(0) if down else Qt.AlignmentFlag.AlignTop
            self._papers.setAlignment(card, top)
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

    # -- Folding ----------------------------------------------------------------------------------

    def _folds(self) -> dict[str, bool]:
        return {"papers": self.papers.fold.is_open, "money": self.money.fold.is_open}

    def _turned(self) -> None:
        """Remember what stands open."""
        opened = ",".join(name for name, is_open in self._folds().items() if is_open)
        # Where nothing can be written, the next start shows both folded.
        with suppress(UserError):
            self._house.settings.remember(care__open=opened)

    def _unfold(self) -> None:
        kept = self._house.settings.shown(_OPEN, "").split(",")
        self.papers.fold.set_open(opened="papers" in kept)
        self.money.fold.set_open(opened="money" in kept)

    # -- Hands ------------------------------------------------------------------------------------

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def _refused(self, words: str) -> None:
        """Say at the head of the page what was refused."""
        self._say(words)
        self.area.verticalScrollBar().setValue(0)

    def _go_to(self, card: QWidget, control: QWidget) -> None:
        self.area.ensureWidgetVisible(card, 0, 20)
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_person(self, act: Callable[[str], object]) -> Callable[[], None]:
        """Return what does something for the person who is shown, if there is one."""

        def run() -> None:
            person = self._person()
            if person is not None:
                act(person.id)

        return run

    def _edit_person(self, field: str) -> None:
        self.sheets.person(self._person(), field)

    def _new_person(self) -> None:
        self.sheets.person(None)

    def _show_new(self, person_id: str) -> None:
        """Show who was just added, unless the window's switcher says whom to show."""
        if self._chosen is None:
            self.set_person(person_id)

    def _new_plan(self) -> None:
        self.desk.new_plan()

    def _open_plan(self, plan_id: str) -> None:
        self.desk.open_plan(plan_id)

    def _stop_plan(self, plan_id: str) -> None:
        self.desk.open_plan(plan_id, ending=True, why=self.sheets.plan_ended)

    def _gave(self, medicine_id: str) -> None:
        self.desk.medicines.gave(medicine_id)

    def _gave_other(self, person: str) -> None:
        self.desk.medicines.gave("", person)

    def _new_time(self) -> None:
        self.desk.new_appointment(self._house.care.today, "medication")

    def _look_at(self, medicine_id: str) -> None:
        self.desk.medicines.history(medicine_id)

    def _new_medicine(self, person: str) -> None:
        self.sheets.medicine(Medicine(id="", person=person, name=""))

    def _new_tried(self, person: str) -> None:
        self.sheets.medicine(Medicine(id="", person=person, name="", past=True))

    def _open_medicine(self, medicine_id: str) -> None:
        self.sheets.medicine(self._house.people.medicine(medicine_id))

    def _ask_about(self, medicine: str) -> None:
        self.asked.emit("medicine", "medicine", medicine)

    def _ask_records(self, plan_id: str) -> None:
        plan = self._house.plans.get(plan_id)
        if plan is not None:
            self.asked.emit("visit", "records", plan.person)

    def _new_contact(self, person: str) -> None:
        self.sheets.contact(Contact(id="", person=person, name=""))

    def _new_approval(self) -> None:
        person = self._person()
        if person is not None:
            self.sheets.approval(None, person.id)

    def _open_approval(self, approval_id: str) -> None:
        found = self._house.people.authorisation(approval_id)
        if found is not None:
            self.sheets.approval(found, found.person)

    def _change_year(self) -> None:
        person = self._person()
        if person is not None:
            self.sheets.year(person)
