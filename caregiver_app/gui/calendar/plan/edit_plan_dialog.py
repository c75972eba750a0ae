"""A kept plan: what may change is changed here, its dates only with the clinic's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.phases import parts_of
from caregiver_app.domain.plans import DateChange
from caregiver_app.domain.times import wall
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.calendar.form.forms import LengthFields, day_words, person_pill
from caregiver_app.gui.calendar.plan.date_lines import DateLine, DateList
from caregiver_app.gui.calendar.plan.delay_dialog import DeletePlanDialog
from caregiver_app.gui.calendar.plan.first_length import FirstLength
from caregiver_app.gui.calendar.plan.folded_card import FoldedCard
from caregiver_app.gui.calendar.plan.kit_field import KitField
from caregiver_app.gui.calendar.plan.parts_list import PartsList
from caregiver_app.gui.calendar.plan.plan_sheet import PlanSheet
from caregiver_app.gui.calendar.plan.rhythm_fields import GOES_ON, LAST_DAY, UntilFields
from caregiver_app.gui.plan_words import part_text, schedule_words, zone_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, plain_date, short_date, time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household

_SETTLED: Final = 30
"""After so many milliseconds a form that was opened has its place."""


class ChangesCard(Card):
    """Every date that would come or go, and the tick without which none does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Before and after"), fact=" ", tone="edge", parent=parent)
        self.none = Text(tr("No visit of the next two years changes."), "body", "soft")
        self.dates = DateList(theme, tr("Before and after"))
        self.all = QuietButton(theme, tr("Show all"))
        self.agreed = TickRow(theme, tr("The clinic decided this"), fades=False)
        self.add(self.none)
        self.add(self.dates)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.agreed)
        self.all.clicked.connect(self._show_all)
        self.hide()

    @property
    def has_agreed(self) -> bool:
        """Whether the tick is set."""
        return self.agreed.state == "done"

    def tell(self, changes: list[DateChange], today: date) -> None:
        """Show what would change."""
        count = len(changes)
        self.dates.set_lines([_line(one, today) for one in changes])
        self.dates.setVisible(bool(changes))
        self.none.setVisible(not changes)
        self.all.setVisible(self.dates.has_more())
        self.all.set_words(tr("Show all {count}", count=count))
        told = count_text(count, "{count} visit changes", "{count} visits change")
        self.set_fact(told if count else "")
        self.show()

    def _show_all(self) -> None:
        self.dates.show_all()
        self.all.hide()
        self.dates.setFocus()


class EditPlanDialog(PlanSheet):
    """What a plan says beside its dates; it can end, and more parts can follow."""

    why_asked = Signal(str)
    """It was given a last day, and somebody wants to write down why it ended; the plan's id."""

    def __init__(
        self, house: Household, theme: Theme, plan: Plan, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            house,
            theme,
            plan,
            subtitle=tr("What the clinic’s letter said."),
            primary=tr("Save"),
            width=680,
            parent=parent,
        )
        pill = person_pill(house, theme, plan.person)
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self.length = LengthFields(theme, plan.minutes)
        self.first_length = FirstLength(theme, plan.minutes_first)
        self.first_length.setVisible(wall(plan.first).date() >= house.care.today)
        self.ending = FoldedCard(theme, tr("When it ends"))
        self.until = UntilFields(theme, lambda: house.care.today, self)
        self.until.set_value(plan.count, plan.last)
        self.why = TickRow(theme, tr("After that, write down why it ended"), fades=False)
        self._offers_why = False
        self.parts = PartsList(theme, first=len(plan.phases) + 2)
        self.kit = KitField(theme)
        self.kit.set_value(plan.kit)
        self.changes = ChangesCard(theme)
        self.delete_button = QuietButton(theme, tr("Delete this plan…"))
        self._lay_out()
        self.until.changed.connect(self._settle)
        self.parts.changed.connect(self._settle)
        self.changes.agreed.state_changed.connect(self._settle)
        self.delete_button.clicked.connect(self._ask_delete)
        self.accepted.connect(self._lead_to_why)
        self._settle()

    def _lay_out(self) -> None:
        self.ending.hold(self.until.kind, self.until.count, self.until.last, self.why)
        for widget in (
            self.trouble, self.medicine, self._dates_card(), self.ending, self.parts, self.changes,
            self.kit, self.length, self.first_length, self.clinic, self.brings, self.safety,
        ):  # fmt: skip
            self.add(widget)
        self.body.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _dates_card(self) -> Card:
        plan, dates = self.plan, Card(self.theme, tr("Its dates"), tone="sunk")
        first = wall(plan.first)
        said = tr(
            "First on {day}, {time} ({zone}). {rhythm}.",
            day=day_words(first.date(), self.house.care.today),
            time=time_text(first),
            zone=zone_words(plan.first),
            rhythm=schedule_words(plan),
        )
        dates.add(Text(said))
        for number, phase in enumerate(plan.phases, start=2):
            told = tr("Part {number}: {part}", number=number, part=part_text(phase))
            dates.add(Text(told))
        dates.add(Text(words("plan.dates_fixed"), "second", "soft"))
        return dates

    def fields_by_name(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {
            **super().fields_by_name(),
            "minutes": self.length.hours,
            "minutes_first": self.first_length.hours,
            "count": self.until.count,
            "last": self.until.last,
            "kit": self.kit,
        }

    def later_parts(self) -> PartsList:
        """Return the parts that are added now."""
        return self.parts

    def reveal(self) -> None:
        """Open what is folded over a complaint."""
        super().reveal()
        if self.until.count.error() or self.until.last.error():
            self.ending.set_open(is_open=True)

    def show_ending(self) -> None:
        """Open what says when the plan ends, and begin there with a last day."""
        self.ending.set_open(is_open=True)
        if self.until.kind.value() == GOES_ON:
            self.until.kind.set_value(LAST_DAY)
        self._settle()
        begin = self.until.last if self.until.kind.value() == LAST_DAY else self.until.kind
        begin.setFocus()
        # Once it has its place: the form takes its size while it is shown.
        QTimer.singleShot(_SETTLED, self, self._see_ending)

    def _see_ending(self) -> None:
        self.area.ensureWidgetVisible(self.ending, 0, 20)

    def offer_why(self) -> None:
        """Offer to lead on to why it ended, once it has a last day; `why_asked` then asks."""
        self._offers_why = True
        self._settle()

    def _lead_to_why(self) -> None:
        if self.why.state == "done" and self.until.last_day() is not None:
            self.why_asked.emit(self.plan.id)

    # -- What would change ------------------------------------------------------------------------

    def draft(self) -> Plan | None:
        """Return the plan with what stands here, None while something cannot be read."""
        watch, minutes, parts = self.watch.value(), self.length.value(), self.parts.value()
        first = self.first_length.value()
        if watch is None or minutes is None or first is None or parts is None:
            return None
        if not self.until.is_readable():
            return None
        phases = (*self.plan.phases, *parts)
        at_home = self.plan.at_home or any(phase.at_home for phase in phases)
        return replace(
            self.plan,
            medicine=self.medicine.text(),
            watch_days=watch,
            minutes=minutes,
            minutes_first=None if first in (0, minutes) else first,
            count=self.until.visits(),
            last=self.until.last_day(),
            phases=phases,
            kit=self.kit.value() if at_home else (),
            off=self.brings.off(),
        )

    def _changes_dates(self, plan: Plan) -> bool:
        before = (self.plan.count, self.plan.last, self.plan.phases)
        return before != (plan.count, plan.last, plan.phases)

    def _settle(self) -> None:
        kept = [phase.at_home for phase in parts_of(self.plan)]
        self.kit.setVisible(any(kept) or self.parts.any_at_home)
        later = [part.is_at_home for part in self.parts.parts]
        self.brings.set_at_home(at_home=all((*kept, *later)))
        self.why.setVisible(self._offers_why and self.until.kind.value() == LAST_DAY)
        self.ending.say(self._end_words())
        plan = self.draft()
        asks = plan is not None and self._changes_dates(plan)
        if plan is not None and asks:
            asks = self._tell_changes(plan)
        if not asks:
            self.changes.hide()
        ready = not asks or self.changes.has_agreed
        self.primary.setEnabled(ready)
        self.note.setText("" if ready else tr("Nothing changes until the box is ticked."))

    def _tell_changes(self, plan: Plan) -> bool:
        try:
            changes = self.house.plans.preview_change(plan)
        except UserError:
            # Beside its field this stands once Save is pressed.
            return False
        self.changes.tell(changes, self.house.care.today)
        return True

    def _end_words(self) -> str:
        count, last = self.until.visits(), self.until.last_day()
        if last is not None:
            return tr("The last day is {day}.", day=plain_date(last))
        if count is not None:
            return count_text(count, "{count} visit in all.", "{count} visits in all.")
        return tr("No end date. Stop it, or say how many visits there are.")

    # -- Keeping ----------------------------------------------------------------------------------

    def keep(self) -> Plan | None:
        """Keep the clinic and what changes of the plan as one change."""
        good = self.brings.complain()
        for length in (self.length, self.first_length):
            if length.value() is None:
                length.hours.set_error(tr("Hours and minutes are whole numbers."))
                good = False
        good = self.until.complain() and good
        good = self.parts.complain() and good
        plan = self.draft()
        if plan is None or not good:
            self.reveal()
            self.focus_first_error()
            return None
        house = self.house
        problems = house.plans.check(plan)
        if problems:
            raise FormRefused(problems)
        with house.care.change("done.plan", medicine=plan.medicine.strip()):
            clinic = self.keep_clinic(plan.person)
            return house.plans.save(replace(plan, clinic=clinic), agreed=self.changes.has_agreed)

    def _ask_delete(self) -> None:
        asking = DeletePlanDialog(self.house, self.theme, self.plan, parent=self)
        asking.accepted.connect(self.accept)
        asking.open()


def _line(change: DateChange, today: date) -> DateLine:
    before = wall(change.before).date()
    said = short_date(before, year=before.year != today.year)
    if change.added:
        return DateLine(change.dose, said, note=tr("comes anew"))
    if change.after is None:
        return DateLine(change.dose, tr("no visit any more"), before=said, warn=True)
    after = wall(change.after).date()
    return DateLine(change.dose, short_date(after, year=after.year != today.year), before=said)
