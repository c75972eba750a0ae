"""When a plan's visits are: the first, the starting ones, and how often after them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Regimen
from caregiver_app.domain.entities import Plan
from caregiver_app.domain.times import Floating, Moment, Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.forms import LengthFields, moment_of, needed
from caregiver_app.gui.calendar.plan.offsets_field import OffsetsField
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, NumberField, ZoneField
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words

UNITS: Final = (("day", "days"), ("week", "weeks"), ("month", "months"))


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
        self.zone = ZoneField(theme, tr("Time zone"), zone=zone)
        self.length = LengthFields(theme, 120)
        self.offsets = OffsetsField(theme)
        self.every = NumberField(theme, tr("Then every"), least=1, hint=_nothing_follows())
        self.unit = ChoiceField(
            theme, tr("Counted in"), [(key, tr(name)) for key, name in UNITS], chosen="week"
        )
        self.then = NumberField(theme, "", least=1)
        self.then.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(_row((self.day, 3), (self.time, 2)))
        column.addLayout(_row((self.zone, 3), (self.length, 3)))
        column.addWidget(self.offsets)
        column.addLayout(_row((self.every, 1), (self.unit, 1)))
        column.addWidget(self.then)
        for field in self.fields().values():
            field.changed.connect(self.changed)
        self.length.minutes.changed.connect(self.changed)
        self.unit.changed.connect(self._count_in)
        self.every.changed.connect(self._hint_at_empty)
        self._count_in()

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which a plan's errors come."""
        return {
            "first": self.day,
            "time": self.time,
            "zone": self.zone,
            "minutes": self.length.hours,
            "offsets": self.offsets,
            "every": self.every,
            "unit": self.unit,
            "then": self.then,
        }

    def fill_in(self, regimen: Regimen, minutes: int) -> None:
        """Take a regimen over as a proposal; it stays to be compared and changed."""
        self.unit.set_value(regimen.unit)
        self.offsets.set_value(regimen.offsets)
        self.every.set_value(regimen.every)
        follows = None if regimen.every is None else regimen.offsets[-1] + regimen.every
        differs = regimen.then is not None and regimen.then != follows
        self.then.set_value(regimen.then if differs else None)
        self.then.setVisible(differs)
        self.length.set_value(minutes)

    def first(self) -> Moment | None:
        """Return the first visit's moment, None while something of it is missing or wrong."""
        day, at, zone = self.day.value(), self.time.value(), self.zone.value()
        if day is None or at is None or not self.zone.is_known():
            return None
        return moment_of(day, at, zone)

    def draft(self, plan: Plan) -> Plan | None:
        """Return `plan` with what stands in the fields, None where something cannot be read."""
        first, offsets, minutes = self.first(), self.offsets.value(), self.length.value()
        unreadable = self.every.text().strip() and self.every.value() is None
        unreadable = unreadable or (self.then.text().strip() and self.then.value() is None)
        if first is None or offsets is None or minutes is None or unreadable:
            return None
        return Plan(
            id=plan.id,
            uid=plan.uid,
            person=plan.person,
            medicine=plan.medicine,
            first=first,
            offsets=offsets,
            every=self.every.value(),
            unit=self.unit.value() or "week",
            then=self.then.value(),
            minutes=minutes,
            watch_days=plan.watch_days,
            clinic=plan.clinic,
        )

    def complain(self) -> bool:
        """Say beside each field what is missing or cannot be read; return whether all is well."""
        good = needed(self.day, tr("Give the first visit’s date, as the clinic’s letter says."))
        good = needed(self.time, words("plan.no_hour")) and good
        if not self.zone.is_known():
            wrong = InputRefused("time.unknown_zone", "zone", zone=self.zone.value())
            self.zone.set_error(explain(wrong))
            good = False
        if self.offsets.value() is None:
            self.offsets.set_error(tr("Each starting visit is a whole number, such as 0, 2, 6."))
            good = False
        if self.every.text().strip() and self.every.value() is None:
            self.every.set_error(words("plan.every", value=self.every.text().strip()))
            good = False
        if self.length.value() is None:
            self.length.hours.set_error(tr("Hours and minutes are whole numbers."))
            good = False
        return good

    def _hint_at_empty(self) -> None:
        self.every.set_hint("" if self.every.text().strip() else _nothing_follows())

    def _count_in(self) -> None:
        unit = dict(UNITS).get(self.unit.value() or "week", "weeks")
        self.offsets.set_unit(tr("{unit} from the first", unit=tr(unit)))
        self.then.set_label(tr("First one after these, {unit} from the first", unit=tr(unit)))


def schedule_words(plan: Plan) -> str:
    """Return a plan's dates as one sentence: "Weeks 0, 2, 6, then every 8 weeks"."""
    unit = tr(dict(UNITS)[plan.unit])
    starts = ", ".join(str(number) for number in plan.offsets)
    text = tr("{unit} {starts}", unit=unit.capitalize(), starts=starts)
    if plan.every is not None:
        text += tr(", then every {every} {unit}", every=plan.every, unit=unit)
    return text


def zone_words(moment: Moment) -> str:
    """Return the zone of a moment."""
    if isinstance(moment, Zoned):
        return moment.zone
    return tr("wherever you are") if isinstance(moment, Floating) else ""


def _nothing_follows() -> str:
    return tr("Empty: nothing follows")


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for widget, stretch in parts:
        row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
    return row
