"""The therapy plan: copied from the clinic's letter, previewed, compared, then kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import MedicineInfo, Regimen
from caregiver_app.domain.entities import LONG_AGO, Person, Plan
from caregiver_app.domain.times import Floating, wall
from caregiver_app.errors import FormRefused, InputRefused, UserError
from caregiver_app.gui.calendar.form.forms import (
    LengthFields,
    Trouble,
    clinics,
    day_words,
    person_choices,
    person_pill,
    show_errors,
)
from caregiver_app.gui.calendar.plan.clinic_fields import ClinicFields
from caregiver_app.gui.calendar.plan.delay_dialog import DeletePlanDialog
from caregiver_app.gui.calendar.plan.plan_preview import PlanPreview
from caregiver_app.gui.calendar.plan.schedule_fields import (
    ScheduleFields,
    schedule_words,
    zone_words,
)
from caregiver_app.gui.calendar.plan.usual_card import UsualCard
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField, NumberField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household

_WAIT_MS: Final = 150
_WATCH_DAYS: Final = 14


class PlanSheet(Sheet):
    """What the form of a new plan and the form of a kept one share."""

    saved = Signal(str)
    """A plan was kept; its id."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        plan: Plan,
        *,
        subtitle: str,
        primary: str,
        width: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(
            theme,
            tr("Therapy plan"),
            icon="infusion",
            primary=primary,
            subtitle=subtitle,
            width=width,
            parent=parent,
        )
        self.house = house
        self.plan = plan
        self.trouble = Trouble(theme)
        names = sorted({name for one in house.reference.medicines for name in _names(one)})
        self.medicine = LineField(
            theme, tr("Medicine"), text=plan.medicine, icon="infusion", suggestions=names
        )
        self.watch = NumberField(
            theme, tr("Watch for signs after each visit"), value=plan.watch_days, most=90,
            suffix=tr("days"),
        )  # fmt: skip
        kept = None if plan.clinic is None else house.people.contact(plan.clinic)
        self.clinic = ClinicFields(theme, clinics(house, plan.person or None), kept)
        self.safety = Text(words("safety.everywhere"), "second", "soft")
        self.confirmed.connect(self._save)

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {"medicine": self.medicine, "watch_days": self.watch, **self.clinic.fields()}

    def _save(self) -> None:
        try:
            kept = self.keep()
        except UserError as error:
            show_errors(self, self.trouble, self.fields_by_name(), error)
            return
        if kept is not None:
            self.saved.emit(kept.id)
            self.accept()

    def keep(self) -> Plan | None:
        """Keep what stands here; None when something is missing and says so."""
        raise NotImplementedError

    def _keep_clinic(self, person: str) -> str | None:
        contact = self.clinic.contact(person)
        if contact is None:
            return None
        if self.clinic.is_as(contact):
            return contact.id
        return self.house.people.save_contact(contact).id


class PlanDialog(PlanSheet):
    """A new plan."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        *,
        person: str | None = None,
        first_day: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        people = house.people.people()
        whom = person or (people[0].id if len(people) == 1 else "")
        super().__init__(
            house,
            theme,
            _blank(whom),
            subtitle=tr("Copy what the clinic’s letter says."),
            primary=tr("Save this plan"),
            width=1060,
            parent=parent,
        )
        self.name: LineField | None = None
        self.whom: ChoiceField | None = None
        self._add_person(people, whom)
        self.usual = UsualCard(theme, house.reference)
        self.schedule = ScheduleFields(
            theme, today=lambda: house.care.today, zone=house.care.home, first_day=first_day
        )
        self.preview = PlanPreview(house, theme)
        self.compared = TickRow(theme, tr("I compared this with the clinic’s letter"), fades=False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.look_ahead)
        self._lay_out()
        self.medicine.changed.connect(self._medicine_typed)
        self.schedule.changed.connect(self._timer.start)
        self.usual.fill_in.connect(self._fill_in)
        self.compared.state_changed.connect(self._may_save)
        self._may_save()

    # -- Building ---------------------------------------------------------------------------------

    def _add_person(self, people: list[Person], whom: str) -> None:
        pill = person_pill(self.house, self.theme, whom or None)
        if len(people) > 1:
            self.whom = ChoiceField(
                self.theme, tr("For whom"), person_choices(self.house), chosen=whom or None
            )
        elif pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self.name = LineField(self.theme, tr("Name of the person you care for"), icon="person")

    def _lay_out(self) -> None:
        form, side = QWidget(), QWidget()
        left, right = QVBoxLayout(form), QVBoxLayout(side)
        for column in (left, right):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(14)
        for widget in (
            self.trouble, self.name, self.whom, self.medicine, self.usual, self.schedule,
            self.watch, self.clinic, self.safety, self.compared,
        ):  # fmt: skip
            if widget is not None:
                left.addWidget(widget)
        left.addStretch(1)
        right.addWidget(self.preview)
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(26)
        self._columns.addWidget(form, 51)
        self._columns.addWidget(side, 49)
        self.body.addLayout(self._columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two; the dates then come below the form."""
        narrow = self.width() < self.theme.px(900) or self.theme.scale >= 1.5
        self.turn(self._columns, down=narrow)
        super().resizeEvent(event)

    # -- Living -----------------------------------------------------------------------------------

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        found = {**self.schedule.fields(), **super().fields_by_name()}
        # A person's name and a clinic's are both called "name"; the person's is checked first.
        if self.whom is not None:
            found["person"] = self.whom
        return found

    def draft(self) -> Plan | None:
        """Return the plan that stands in the fields, None while it cannot be read."""
        watch = self.watch.value()
        if watch is None:
            return None
        whom = self.plan.person if self.whom is None else self.whom.value() or ""
        named = replace(self.plan, person=whom, medicine=self.medicine.text(), watch_days=watch)
        return self.schedule.draft(named)

    def look_ahead(self) -> None:
        """Show the dates that saving would bring."""
        self._timer.stop()
        self.preview.show_plan(self.draft())

    def _medicine_typed(self) -> None:
        self.usual.look_up(self.medicine.value())
        self._timer.start()

    def _fill_in(self, regimen: Regimen, minutes: int) -> None:
        self.schedule.fill_in(regimen, minutes)
        self.look_ahead()
        self.schedule.day.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _may_save(self) -> None:
        ready = self.compared.state == "done"
        self.primary.setEnabled(ready)
        missing = tr("To save, tick that you compared it with the clinic’s letter.")
        self.note.setText(tr("No doses are kept here.") if ready else missing)

    # -- Keeping ----------------------------------------------------------------------------------

    def keep(self) -> Plan | None:
        """Keep person, clinic and plan as one change."""
        self.look_ahead()
        good = self.schedule.complain()
        good = self._complain_person() and good
        if self.watch.value() is None:
            self.watch.set_error(tr("Give a whole number of days, 0 for none."))
            good = False
        plan = self.draft()
        problems = [] if plan is None else self.house.plans.check(plan)
        if plan is None and not self.medicine.value():
            problems = [InputRefused("text.empty", "medicine")]
        if problems:
            raise FormRefused(problems)
        if not good or plan is None:
            self.focus_first_error()
            return None
        if self.preview.past.is_open():
            self.preview.past.complain(tr("Answer this first, then save again."))
            self.preview.past.choice.segments[0].setFocus(Qt.FocusReason.TabFocusReason)
            return None
        return self._kept(plan)

    def _kept(self, plan: Plan) -> Plan:
        house = self.house
        happened = self.preview.past.choice.value() == "yes"
        with house.care.change("done.plan", medicine=plan.medicine.strip()):
            person = house.care.person(plan.person or None)
            if self.name is not None and self.name.value():
                house.people.save_person(replace(person, name=self.name.text()))
            clinic = self._keep_clinic(person.id)
            ready = replace(plan, person=person.id, clinic=clinic)
            return house.plans.save(ready, past_happened=happened)

    def _complain_person(self) -> bool:
        if self.whom is not None and self.whom.value() is None:
            self.whom.set_error(tr("Choose whom this plan is for."))
            return False
        if self.name is not None and not self.name.value():
            self.name.set_error(tr("Write a name. A first name is enough."))
            return False
        return True


class EditPlanDialog(PlanSheet):
    """A kept plan: its dates are only told, because they move from a visit."""

    def __init__(
        self, house: Household, theme: Theme, plan: Plan, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            house,
            theme,
            plan,
            subtitle=tr("What the clinic’s letter said."),
            primary=tr("Save"),
            width=620,
            parent=parent,
        )
        pill = person_pill(house, theme, plan.person)
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.length = LengthFields(theme, plan.minutes)
        dates = Card(theme, tr("Its dates"), tone="sunk")
        first = wall(plan.first)
        said = tr(
            "First on {day}, {time} ({zone}). {rhythm}.",
            day=day_words(first.date(), house.care.today),
            time=time_text(first),
            zone=zone_words(plan.first),
            rhythm=schedule_words(plan),
        )
        dates.add(Text(said))
        dates.add(Text(words("plan.dates_fixed"), "second", "soft"))
        self.delete_button = QuietButton(theme, tr("Delete this plan…"))
        for widget in (
            self.trouble, self.medicine, dates, self.length, self.watch, self.clinic,
            self.safety,
        ):  # fmt: skip
            self.add(widget)
        self.body.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.delete_button.clicked.connect(self._ask_delete)

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {**super().fields_by_name(), "minutes": self.length.hours}

    def keep(self) -> Plan | None:
        """Keep the clinic and what may change of the plan as one change."""
        watch, minutes = self.watch.value(), self.length.value()
        if watch is None:
            self.watch.set_error(tr("Give a whole number of days, 0 for none."))
        if minutes is None:
            self.length.hours.set_error(tr("Hours and minutes are whole numbers."))
        if watch is None or minutes is None:
            self.focus_first_error()
            return None
        house = self.house
        plan = replace(self.plan, medicine=self.medicine.text(), watch_days=watch, minutes=minutes)
        problems = house.plans.check(plan)
        if problems:
            raise FormRefused(problems)
        with house.care.change("done.plan", medicine=plan.medicine.strip()):
            clinic = self._keep_clinic(plan.person)
            return house.plans.save(replace(plan, clinic=clinic))

    def _ask_delete(self) -> None:
        asking = DeletePlanDialog(self.house, self.theme, self.plan, parent=self)
        asking.accepted.connect(self.accept)
        asking.open()


def _names(medicine: MedicineInfo) -> tuple[str, ...]:
    return (*medicine.names, *medicine.brands)


def _blank(person: str) -> Plan:
    return Plan(
        id="",
        uid="",
        person=person,
        medicine="",
        first=Floating(LONG_AGO.replace(tzinfo=None)),
        offsets=(0,),
        every=None,
        watch_days=_WATCH_DAYS,
    )
