"""The second step: the therapy that is under way, and when it comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.times import wall
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.calendar.form.forms import moment_of, needed
from caregiver_app.gui.calendar.plan.medicine_field import MedicineField
from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog, PlanDialog, PlanSheet
from caregiver_app.gui.first_run.plan_parts import EarlierOnes, KeptPlan, NextDates
from caregiver_app.gui.first_run.step import StepPage
from caregiver_app.gui.plan_words import unit_choices
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, NumberField
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.first_run import FirstRunService
from caregiver_app.services.household import Household

_WAIT_MS: Final = 150
_NAMELESS: Final = "-"


class PlanStep(StepPage):
    """Medicine, next date, hour and gap, as typed; a kept plan is told instead."""

    key: ClassVar[str] = "plan"

    def __init__(self, house: Household, theme: Theme, first_run: FirstRunService) -> None:
        super().__init__(theme, tr("Which therapy, and when next?"), _to_copy())
        self._house, self._first_run = house, first_run
        self._plan: Plan | None = None
        self.sheet: PlanSheet | None = None
        self.form = self._make_form()
        self.kept = KeptPlan(theme)
        self.dates = NextDates(theme)
        for part in (self.form, self.kept, self.dates):
            self.add(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.look_ahead)
        for field in self.fields_by_name().values():
            field.changed.connect(self._timer.start)
        self.every.changed.connect(self._hint_at_empty)
        self.starting.clicked.connect(self._open_whole_form)
        self.kept.again.clicked.connect(self._type_again)
        self.kept.change.clicked.connect(self._change_kept)

    def _make_form(self) -> QWidget:
        house, theme = self._house, self.theme
        self.medicine = MedicineField(theme, house.reference)
        self.day = DateField(theme, tr("Next infusion"), today=lambda: house.care.today)
        self.time = TimeField(theme, tr("At what time"))
        self.every = NumberField(theme, tr("Then every"), least=1, hint=_nothing_follows())
        self.unit = ChoiceField(theme, tr("Counted in"), unit_choices(), chosen="week")
        self.earlier = EarlierOnes(theme, today=lambda: house.care.today)
        self.starting = QuietButton(theme, tr("It starts with starting doses"))
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self.medicine)
        column.addLayout(self.row_of(self.day, self.time, stretches=(3, 2)))
        column.addLayout(self.row_of(self.every, self.unit))
        column.addWidget(self.earlier)
        column.addWidget(self.starting, 0, Qt.AlignmentFlag.AlignLeft)
        return form

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {
            "medicine": self.medicine,
            "first": self.day,
            "time": self.time,
            "every": self.every,
            "unit": self.unit,
            "earlier": self.earlier.last,
        }

    def first_stop(self) -> QWidget:
        """Return the first field, or what can be done with a plan that is kept."""
        return self.medicine.control if self._plan is None else self.kept.change

    # -- Showing ----------------------------------------------------------------------------------

    def load(self) -> None:
        """Tell the plan that is kept; without one show the fields as they were left."""
        self._plan = self._first_run.plan()
        self.form.setVisible(self._plan is None)
        self.kept.setVisible(self._plan is not None)
        wrote = tr("This is what you wrote. Its dates stand in the calendar.")
        self.sentence.setText(_to_copy() if self._plan is None else wrote)
        if self._plan is not None:
            label = self._house.care.store.undo_label()
            coming = next(iter(self._first_run.dates()), None)
            fresh = label is not None and label[0] == "done.plan"
            self.kept.tell(self._plan, coming, fresh=fresh)
        self.look_ahead()

    def look_ahead(self) -> None:
        """Show the next dates, kept or to come from what stands in the fields."""
        self._timer.stop()
        if self._plan is not None:
            self.dates.show_days(self._first_run.dates(), self._house.care.today)
            return
        plan, days = self.draft(), list[date]()
        if plan is not None:
            plan = plan if plan.medicine.strip() else replace(plan, medicine=_NAMELESS)
            if not self._first_run.check_plan(plan):
                days = self._days_of(plan)
        self.dates.show_days(days, self._house.care.today)

    def _days_of(self, plan: Plan) -> list[date]:
        try:
            return [wall(one.start).date() for one in self._house.plans.preview(plan)]
        except FormRefused:
            # Too many visits; beside the field this stands once Next is pressed.
            return []

    def _hint_at_empty(self) -> None:
        self.every.set_hint("" if self.every.text().strip() else _nothing_follows())

    # -- Keeping ----------------------------------------------------------------------------------

    def draft(self) -> Plan | None:
        """Return the plan that stands in the fields, None while it cannot be read."""
        day, at, every = self.day.value(), self.time.value(), self.every.value()
        if day is None or at is None or (self.every.text().strip() and every is None):
            return None
        return Plan(
            id="",
            uid="",
            person="",
            medicine=self.medicine.text(),
            first=moment_of(day, at, self._house.care.home),
            offsets=(0,),
            every=every,
            unit=self.unit.value() or "",
        )

    def keep(self) -> bool:
        """Keep a new plan; one that is kept already stays as it is."""
        if self._plan is not None:
            return True
        good = self._complain()
        plan = self.draft()
        if plan is None or not good:
            self.focus_first_error()
            return False
        self._first_run.keep_plan(plan, self.earlier.day())
        return True

    def _complain(self) -> bool:
        """Say beside each field what is missing or cannot be read; return whether all is well."""
        good = needed(self.day, tr("Give the next date, as the clinic’s letter says."))
        good = needed(self.time, tr("Give its hour too, as the clinic’s letter says.")) and good
        if not self.medicine.value():
            self.medicine.set_error(tr("Write the medicine’s name, as it stands in the letter."))
            good = False
        if self.every.text().strip() and self.every.value() is None:
            self.every.set_error(words("plan.every", value=self.every.text().strip()))
            good = False
        return self.earlier.complain() and good

    # -- Other ways -------------------------------------------------------------------------------

    def _open_whole_form(self) -> None:
        person = self._first_run.person()
        sheet = PlanDialog(
            self._house, self.theme, person=None if person is None else person.id, parent=self
        )
        self._hand_over(sheet)
        sheet.saved.connect(self._saved_whole)
        self._open(sheet)

    def _hand_over(self, sheet: PlanDialog) -> None:
        """Let the whole form begin with what was typed here, read or not."""
        schedule = sheet.schedule
        sheet.medicine.set_text(self.medicine.text())
        schedule.day.set_text(self.day.text())
        schedule.time.set_text(self.time.text())
        schedule.every.set_text(self.every.text())
        schedule.unit.set_value(self.unit.value())
        schedule.every_unit.set_value(self.unit.value())
        sheet.look_ahead()

    def _saved_whole(self, _plan: str) -> None:
        self.over.emit()

    def _change_kept(self) -> None:
        if self._plan is not None:
            self._open(EditPlanDialog(self._house, self.theme, self._plan, parent=self))

    def _type_again(self) -> None:
        """Take the plan back that was kept last; what was typed stands in the fields again."""
        try:
            self._house.care.undo()
        except UserError as error:
            self.explain(error)
            return
        self.load()
        self.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, sheet: PlanSheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None


def _to_copy() -> str:
    return tr("Copy what the clinic’s letter or card says. Nothing is filled in for you.")


def _nothing_follows() -> str:
    return tr("Empty: nothing follows")
