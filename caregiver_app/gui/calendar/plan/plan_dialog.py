"""The therapy plan: copied from the clinic's letter, previewed, compared, then kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import LONG_AGO, Person, Plan
from caregiver_app.domain.prefill import Prefill
from caregiver_app.domain.times import Floating, wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused, UserError
from caregiver_app.gui.calendar.form.forms import person_choices, person_pill
from caregiver_app.gui.calendar.plan.ask_card import AskCard
from caregiver_app.gui.calendar.plan.edit_plan_dialog import EditPlanDialog
from caregiver_app.gui.calendar.plan.parts_list import PartsList
from caregiver_app.gui.calendar.plan.plan_preview import PlanPreview
from caregiver_app.gui.calendar.plan.plan_sheet import PlanSheet, with_clinic
from caregiver_app.gui.calendar.plan.schedule_fields import ScheduleFields
from caregiver_app.gui.calendar.plan.sticky import Sticky
from caregiver_app.gui.calendar.plan.usual_card import UsualCard
from caregiver_app.gui.medicine_info.sheet import MedicinesSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.plan_proposals import double_of

__all__ = ("EditPlanDialog", "PlanDialog", "PlanSheet")

_WAIT_MS: Final = 150
_WATCH_DAYS: Final = 14
_WIDTH: Final = 1120
_OVERLAPS: Final = "plan.overlaps"


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
            width=_WIDTH,
            parent=parent,
        )
        self.name: LineField | None = None
        self.whom: ChoiceField | None = None
        self._add_person(people, whom)
        self._watch_by_program = self.watch.text()
        self._beside = False
        self.about: MedicinesSheet | None = None
        """The look-up that lies over the form."""
        self.usual = UsualCard(theme, house.reference)
        self.another = AskCard(theme, tr("Yes, this is another one"), tr("No, let me look again"))
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
        self._connect()
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
        form = QWidget()
        left = QVBoxLayout(form)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(14)
        for widget in (
            self.trouble, self.name, self.whom, self.medicine, self.another, self.usual,
            self.schedule, self.clinic, self.brings,
        ):  # fmt: skip
            if widget is not None:
                left.addWidget(widget)
        left.addStretch(1)
        self._side = Sticky(self.preview, self.area)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(26)
        self._columns.addWidget(form, 53)
        self._columns.addWidget(self._side, 47)
        self.body.addLayout(self._columns)
        for widget in (self.safety, self.compared):
            self.add(widget)

    def _connect(self) -> None:
        self.medicine.changed.connect(self._medicine_typed)
        self.schedule.changed.connect(self._follow_schedule)
        self.clinic.changed.connect(self._timer.start)
        self.usual.fill_in.connect(self._fill_in)
        self.usual.replace_asked.connect(self._replace_with)
        self.usual.more_asked.connect(self._tell_more)
        self.another.yes.clicked.connect(self._save_beside)
        self.another.no.clicked.connect(self._look_again)
        self.compared.state_changed.connect(self._may_save)
        if self.whom is not None:
            self.whom.changed.connect(self._forget_answer)
            self.whom.changed.connect(self.offer_clinics)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is no room for two; the dates then come below the form."""
        narrow = self.width() < self.theme.px(900) or self.theme.scale >= 1.5
        self._side.set_rests(rests=narrow)
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

    def whose(self) -> str:
        """Return whose plan it is, "" while nobody is there yet or chosen."""
        return self.plan.person if self.whom is None else self.whom.value() or ""

    def later_parts(self) -> PartsList:
        """Return the later parts."""
        return self.schedule.parts

    def reveal(self) -> None:
        """Open what is folded over a complaint."""
        super().reveal()
        self.schedule.reveal()

    def draft(self) -> Plan | None:
        """Return the plan that stands in the fields, None while it cannot be read."""
        watch = self.watch.value()
        if watch is None:
            return None
        named = replace(
            self.plan,
            person=self.whose(),
            medicine=self.medicine.text(),
            watch_days=watch,
            off=self.brings.off(),
        )
        return self.schedule.draft(with_clinic(named, self.clinic.kept()))

    def look_ahead(self) -> None:
        """Show the dates that saving would bring."""
        self._timer.stop()
        self.preview.show_plan(self.draft())

    def _follow_schedule(self) -> None:
        at_home = self.schedule.is_all_at_home
        self.brings.set_at_home(at_home=at_home)
        self.preview.show_at_home(at_home=at_home)
        self._timer.start()

    def _medicine_typed(self) -> None:
        info = self.medicine.info()
        self.usual.show_medicine(info)
        self._propose_watch(_WATCH_DAYS if info is None else info.watch_days)
        self.brings.say_usual(info)
        # The card says it too.
        self.safety.setVisible(self.usual.isHidden())
        self._forget_answer()
        self._timer.start()

    def _propose_watch(self, days: int) -> None:
        """Put the medicine's length of watching in, unless somebody typed another one."""
        if self.watch.text() == self._watch_by_program:
            self.watch.set_value(days)
            self._watch_by_program = self.watch.text()

    def _fill_in(self, filling: Prefill) -> None:
        """Fill in at once what replaces nothing that was typed by hand; else ask."""
        typed = self.schedule.typed_by_hand()
        if typed:
            self.usual.ask(typed)
            return
        self._replace_with(filling)

    def _replace_with(self, filling: Prefill) -> None:
        self.schedule.fill_in(filling)
        self.usual.filled()
        self._propose_watch(filling.watch_days)
        self.look_ahead()
        self.schedule.day.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_more(self, medicine: str) -> None:
        """Lay what is known of a medicine over the form; the form stays as it is."""
        self.about = MedicinesSheet(self.house, self.theme, medicine, leads=False, parent=self)
        self.about.finished.connect(self.about.deleteLater)
        self.about.open()

    def _may_save(self) -> None:
        ready = self.compared.state == "done"
        self.primary.setEnabled(ready)
        missing = tr("To save, tick that you compared it with the clinic’s letter.")
        self.note.setText(tr("No doses are kept here.") if ready else missing)

    # -- Another plan for the same medicine -------------------------------------------------------

    def refuse(self, error: UserError) -> None:
        """Ask where there is a plan for this medicine already; say everything else."""
        if isinstance(error, AsksFirst) and error.key == _OVERLAPS:
            self.another.ask(self._overlap_words(error))
            self.area.ensureWidgetVisible(self.another, 0, 40)
            return
        super().refuse(error)

    def _overlap_words(self, error: UserError) -> str:
        plan = self.draft()
        other = None if plan is None else double_of(self.house.care, plan)
        if other is None:
            return explain(error)
        known = self.house.people.person(other.person)
        return tr(
            "{person} already has a plan for {medicine} since {day}. Is this another one?",
            person=tr("This person") if known is None else called(known),
            medicine=other.medicine,
            day=plain_date(wall(other.first).date()),
        )

    def _save_beside(self) -> None:
        self._beside = True
        self.another.hide()
        self.try_to_save()

    def _look_again(self) -> None:
        self.another.hide()
        self.medicine.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget_answer(self) -> None:
        self._beside = False
        self.another.hide()

    # -- Keeping ----------------------------------------------------------------------------------

    def keep(self) -> Plan | None:
        """Keep person, clinic and plan as one change."""
        self.look_ahead()
        good = self.schedule.complain()
        good = self._complain_person() and good
        good = self.brings.complain() and good
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
            clinic = self.keep_clinic(person.id)
            ready = replace(plan, person=person.id, clinic=clinic)
            return house.plans.save(ready, past_happened=happened, beside=self._beside)

    def _complain_person(self) -> bool:
        if self.whom is not None and self.whom.value() is None:
            self.whom.set_error(tr("Choose whom this plan is for."))
            return False
        if self.name is not None and not self.name.value():
            self.name.set_error(tr("Write a name. A first name is enough."))
            return False
        return True


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
