"""When a plan's visits are: the first one, its rhythm, its later parts, how long they last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Phase, Plan
from caregiver_app.domain.plans import HOME_MINUTES
from caregiver_app.domain.prefill import Prefill
from caregiver_app.domain.times import Moment
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.forms import LengthFields, moment_of, needed
from caregiver_app.gui.calendar.plan.first_length import FirstLength
from caregiver_app.gui.calendar.plan.folded_card import FoldedCard
from caregiver_app.gui.calendar.plan.kit_field import KitField
from caregiver_app.gui.calendar.plan.parts_list import PartsList
from caregiver_app.gui.calendar.plan.rhythm_fields import RhythmFields
from caregiver_app.gui.calendar.plan.rows import TurningRows
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ZoneField
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import length_text, tr
from caregiver_app.messages import explain, words

_USUAL_MINUTES: Final = 120


class ScheduleFields(QWidget):
    """The fields of a new plan's dates; nothing is chosen for the family."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        today: Callable[[], date],
        zone: str,
        first_day: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.day = DateField(theme, tr("First infusion"), today=today, value=first_day)
        self.time = TimeField(theme, tr("Usual time"))
        self.length = LengthFields(theme, _USUAL_MINUTES)
        self.rhythm = RhythmFields(theme, today=today)
        self.at_home = TickRow(theme, tr("These are injections at home"), fades=False)
        self.parts = PartsList(theme)
        self.kit = KitField(theme)
        self.zone = ZoneField(theme, tr("Time zone"), zone=zone)
        self.first_length = FirstLength(theme)
        self.more = FoldedCard(theme, tr("First visit’s length, time zone"))
        self._name_rhythm()
        self._lay_out(theme)
        self._by_program = self._typed_rhythm()
        self._lengths_by_program = self._typed_lengths()
        self._lengths_by_home: dict[bool, int | None] = {}
        for field in self.fields().values():
            field.changed.connect(self._touched)
        self.length.minutes.changed.connect(self._touched)
        self.first_length.minutes.changed.connect(self._touched)
        self.rhythm.changed.connect(self._touched)
        self.parts.changed.connect(self._touched)
        self.at_home.state_changed.connect(self._turn_home)
        self._settle()

    def _name_rhythm(self) -> None:
        """The single fields of the rhythm by their own names."""
        self.offsets, self.unit = self.rhythm.offsets, self.rhythm.unit
        self.every, self.every_unit = self.rhythm.every, self.rhythm.every_unit
        self.then, self.run, self.until = self.rhythm.then, self.rhythm.run, self.rhythm.until

    def _lay_out(self, theme: Theme) -> None:
        rows = TurningRows(theme, self)
        self.more.hold(self.first_length, self.zone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(rows.row((self.day, 5), (self.time, 3), (self.length, 5)))
        column.addWidget(self.rhythm)
        column.addWidget(self.at_home)
        column.addWidget(self.parts)
        column.addWidget(self.kit)
        column.addWidget(self.more)

    # -- What stands here -------------------------------------------------------------------------

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which a plan's errors come."""
        return {
            "first": self.day,
            "time": self.time,
            "zone": self.zone,
            "minutes": self.length.hours,
            "minutes_first": self.first_length.hours,
            "kit": self.kit,
            **self.rhythm.fields(),
        }

    @property
    def is_at_home(self) -> bool:
        """Whether the first part is injections at home."""
        return self.at_home.state == "done"

    @property
    def is_all_at_home(self) -> bool:
        """Whether every part is injections at home."""
        return self.is_at_home and all(part.is_at_home for part in self.parts.parts)

    def first(self) -> Moment | None:
        """Return the first visit's moment, None while something of it is missing or wrong."""
        day, at, zone = self.day.value(), self.time.value(), self.zone.value()
        if day is None or at is None or not self.zone.is_known():
            return None
        return moment_of(day, at, zone)

    def draft(self, plan: Plan) -> Plan | None:
        """Return `plan` with what stands in the fields, None where something cannot be read."""
        first, minutes, first_minutes = self.first(), self.length.value(), self.first_length.value()
        rhythm, parts = self.rhythm.value(), self.parts.value()
        if first is None or minutes is None or first_minutes is None:
            return None
        if rhythm is None or parts is None:
            return None
        same = first_minutes in (0, minutes)
        return replace(
            plan,
            first=first,
            offsets=rhythm.offsets,
            every=rhythm.every,
            unit=rhythm.unit,
            then=rhythm.then,
            every_unit=rhythm.every_unit,
            run=rhythm.run,
            count=rhythm.count,
            last=self.rhythm.last_day(),
            at_home=self.is_at_home,
            phases=parts,
            kit=self.kit.value() if self._any_at_home() else (),
            minutes=minutes,
            minutes_first=None if same else first_minutes,
        )

    # -- Filling in -------------------------------------------------------------------------------

    def typed_by_hand(self) -> list[str]:
        """Return the labels of what was typed by hand where a filling would write."""
        now, before = self._typed_rhythm(), self._by_program
        labels = {
            "offsets": tr("Starting visits"),
            "every": tr("Then every"),
            "then": tr("First of these"),
            "run": tr("Days in a row"),
            "until": tr("Until"),
            "parts": tr("Later parts"),
        }
        return [label for name, label in labels.items() if now[name] != before[name]]

    def fill_in(self, filling: Prefill) -> None:
        """Take a published rhythm over as a proposal; it stays to be compared and changed.

        Lengths that were typed by hand stay.
        """
        rhythm = Phase(
            begins=0,
            begins_unit=filling.unit,
            offsets=filling.offsets,
            unit=filling.unit,
            every=filling.every,
            every_unit=filling.every_unit,
            then=filling.then,
        )
        self.rhythm.set_value(rhythm)
        self.parts.set_value(filling.phases)
        self._by_program = self._typed_rhythm()
        if self._typed_lengths() == self._lengths_by_program and filling.minutes is not None:
            self.length.set_value(filling.minutes)
            if filling.minutes_first is None:
                self.first_length.set_same()
            else:
                self.first_length.set_value(filling.minutes_first)
            self._lengths_by_program = self._typed_lengths()
        self._settle()

    def _typed_rhythm(self) -> dict[str, str]:
        typed = self.rhythm.typed()
        return {
            "offsets": f"{typed['offsets']} {typed['unit']}",
            "every": f"{typed['every']} {typed['every_unit']}",
            "then": typed["then"],
            "run": typed["run"],
            "until": " ".join((typed["until"], typed["count"], typed["last"])),
            "parts": str(self.parts.typed()),
        }

    def _typed_lengths(self) -> tuple[str, ...]:
        fields = (self.length.hours, self.length.minutes)
        first = (self.first_length.hours, self.first_length.minutes)
        return tuple(field.text() for field in (*fields, *first))

    # -- What is wrong ----------------------------------------------------------------------------

    def complain(self) -> bool:
        """Say beside each field what is missing or cannot be read; return whether all is well."""
        good = needed(self.day, tr("Give the first visit’s date, as the clinic’s letter says."))
        good = needed(self.time, words("plan.no_hour")) and good
        if not self.zone.is_known():
            wrong = InputRefused("time.unknown_zone", "zone", zone=self.zone.value())
            self.zone.set_error(explain(wrong))
            good = False
        for length in (self.length, self.first_length):
            if length.value() is None:
                length.hours.set_error(tr("Hours and minutes are whole numbers."))
                good = False
        good = self.rhythm.complain() and good
        good = self.parts.complain() and good
        self.reveal()
        return good

    def reveal(self) -> None:
        """Open what is folded over a complaint."""
        if self.zone.error() or self.first_length.hours.error():
            self.more.set_open(is_open=True)

    # -- Living -----------------------------------------------------------------------------------

    def _turn_home(self) -> None:
        """An injection is not as long as an infusion; a length that was typed stays."""
        if self._typed_lengths() == self._lengths_by_program:
            self._lengths_by_home[not self.is_at_home] = self.length.value()
            usual = HOME_MINUTES if self.is_at_home else _USUAL_MINUTES
            self.length.set_value(self._lengths_by_home.get(self.is_at_home) or usual)
            self._lengths_by_program = self._typed_lengths()
        self._touched()

    def _touched(self) -> None:
        self._settle()
        self.changed.emit()

    def _any_at_home(self) -> bool:
        return self.is_at_home or self.parts.any_at_home

    def _settle(self) -> None:
        home = self.is_at_home
        self.day.set_label(tr("First injection") if home else tr("First infusion"))
        self.kit.setVisible(self._any_at_home())
        first = self.first_length.value()
        same = not first or first == self.length.value()
        length = tr("as long as the others") if same else length_text(first or 0)
        zone = self.zone.text()
        if home:
            self.more.name(tr("First injection’s length, time zone"))
            self.more.say(tr("First injection: {length}. {zone}", length=length, zone=zone))
        else:
            self.more.name(tr("First visit’s length, time zone"))
            self.more.say(tr("First visit: {length}. {zone}", length=length, zone=zone))
