"""The side-effect watchlist: writing down what was seen, and which day after an infusion it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from caregiver_app.domain import texts
from caregiver_app.domain.advice import MedicineInfo
from caregiver_app.domain.entities import (
    Appointment,
    CheckIn,
    Medicine,
    Person,
    Plan,
    SideEffect,
)
from caregiver_app.domain.reminders import CHECK_INS
from caregiver_app.domain.times import day_of, instant, refuse_gap, wall
from caregiver_app.domain.watch import FEVER, Tier, check_temperature, days_since, urgency
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.reminders import ReminderService
from caregiver_app.values import value

_SCALES = ("pain", "fatigue", "stiffness", "sleep", "mood")
_HIGHEST = 10
_LATEST = time(23, 59)


@value
class SinceInfusion:
    """How many days after which infusion something was: `number` is None without a plan."""

    days: int
    number: int | None
    title: str
    visit: Appointment


class WatchService:
    """Side effects and check-ins."""

    def __init__(self, care: Care, reminders: ReminderService) -> None:
        self._care = care
        self._reminders = reminders

    def urgency_of(self, entry: SideEffect) -> Tier:
        """Return the most urgent of sign, severity, medicine rule and fever limit.

        Raises:
            InputRefused: the temperature is not one that a person can have.
        """
        reference = self._care.reference
        sign = reference.sign(entry.sign)
        medicines = [one for known in self._medicines(entry.person).values() for one in known]
        return urgency(
            None if sign is None else sign.tier,
            entry.severity,
            {severity.grade: severity.tier for severity in reference.severities},
            entry.temperature_c,
            self.fever_limit(entry.person),
            # Infusion medicines mostly do; the stricter reading is the safe one.
            lowers_immunity=True,
            infection=sign is not None and sign.infection,
            medicine_tier=max(
                (
                    item.tier
                    for medicine in medicines
                    for item in medicine.watch
                    if entry.sign in item.signs
                ),
                default=None,
            ),
            fever=entry.sign == FEVER,
            fever_emergency=any(medicine.fever_emergency for medicine in medicines),
        )

    def fever_limit(self, person: str) -> float:
        """Return the fever limit in degrees Celsius: the one the team gave, else the usual one."""
        found = self._care.store.get(Person, person) if person else None
        usual = self._care.reference.fever_c
        return usual if found is None or found.fever_c is None else found.fever_c

    def fever_medicines(self, person: str) -> tuple[str, ...]:
        """Return the medicines, as typed, that make fever an emergency for a person."""
        known = self._medicines(person)
        return tuple(
            name for name, medicines in known.items() if any(m.fever_emergency for m in medicines)
        )

    def _medicines(self, person: str) -> dict[str, tuple[MedicineInfo, ...]]:
        """Return what the reference knows of a person's medicines; "" means everybody's."""
        care = self._care
        equal = {"person": person} if person else {}
        names = [plan.medicine for plan in care.store.all(Plan, **equal)]
        names += [one.name for one in care.store.all(Medicine, **equal) if not one.past]
        return {name: care.reference.medicines_in(name) for name in names}

    def sign_name(self, sign: str) -> str:
        """Return the plain name of a sign; the family's own words stay as they are."""
        found = self._care.reference.sign(sign)
        return sign if found is None else found.name

    def save(self, entry: SideEffect) -> SideEffect:
        """Keep a new or corrected side effect; correcting one works its urgency out anew.

        Raises:
            FormRefused: fields are wrong.
        """
        self.check(entry)
        care = self._care
        with care.change("done.side_effect", sign=self.sign_name(entry.sign)):
            old = care.store.get(SideEffect, entry.id) if entry.id else None
            person = care.whose(entry.person, old)
            kept = replace(
                care.stamped(entry, old),
                person=person.id,
                sign=texts.title(entry.sign, "sign"),
                text=texts.paragraphs(entry.text),
                urgency=self.urgency_of(replace(entry, person=person.id)).value,
            )
            care.store.put(kept)
        return kept

    def check(self, entry: SideEffect) -> None:
        """Look whether a side effect can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(entry.sign, "sign"),
            lambda: texts.whole(entry.severity, 1, 4, "severity"),
            lambda: refuse_gap(entry.at, "at"),
            lambda: texts.paragraphs(entry.text),
            lambda: entry.temperature_c is None or check_temperature(entry.temperature_c),
        )

    def remove(self, entry_id: str) -> None:
        """Delete a side effect; undo brings it back."""
        found = self._care.store.get(SideEffect, entry_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=entry_id)
        with self._care.change("done.side_effect_removed", sign=self.sign_name(found.sign)):
            self._care.store.remove(SideEffect, entry_id, self._care.now)

    def get(self, entry_id: str) -> SideEffect | None:
        """Return one side effect by id."""
        return self._care.store.get(SideEffect, entry_id)

    def entries(
        self, first: date, last: date, person: str | None = None
    ) -> list[SideEffect | CheckIn]:
        """Return side effects and check-ins of the days `first` to `last`, newest first."""
        home = self._care.home
        found: list[SideEffect | CheckIn] = [
            *self._care.store.side_effects_between(first, last, person=person),
            *self._care.store.checkins_between(first, last, person=person),
        ]

        def order(entry: SideEffect | CheckIn) -> tuple[date, float]:
            if isinstance(entry, CheckIn):
                return entry.date, entry.created.timestamp()
            return day_of(entry.at, home), instant(entry.at, home).timestamp()

        return sorted(found, key=order, reverse=True)

    def since(self, person: str, day: date, hour: time = _LATEST) -> SinceInfusion | None:
        """Return how many days after the person's latest infusion `day` is, None before any.

        An infusion that was cancelled does not count; one planned for `day` does, from its
        `hour` on.
        """
        visit = self._care.store.last_visit_before(person, f"{day.isoformat()}T{hour:%H:%M}")
        if visit is None:
            return None
        days = days_since(wall(visit.start).date(), day)
        return SinceInfusion(days, visit.dose, visit.title, visit)

    def check_numbers(self, entry: CheckIn) -> None:
        """Look whether a check-in can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            *(lambda name=name: self._check_scale(entry, name) for name in _SCALES),
            lambda: texts.paragraphs(entry.text),
        )

    def check_in(self, entry: CheckIn) -> CheckIn:
        """Keep how a day was; one without numbers says "nothing today".

        A check-in of today answers the person's reminders that ask for one now.

        Raises:
            FormRefused: a number is not 0 to 10, or the text cannot be taken.
        """
        self.check_numbers(entry)
        care = self._care
        with care.change("done.checkin", day=entry.date.isoformat()):
            old = care.store.get(CheckIn, entry.id) if entry.id else None
            person = care.whose(entry.person, old)
            kept = replace(
                care.stamped(entry, old),
                person=person.id,
                text=texts.paragraphs(entry.text),
            )
            care.store.put(kept)
            if kept.date == care.today:
                for reminder in self._reminders.open_now():
                    if reminder.person == person.id and reminder.what in CHECK_INS:
                        self._reminders.answer(reminder.id, "done")
        return kept

    @staticmethod
    def _check_scale(entry: CheckIn, name: str) -> None:
        value: int | None = getattr(entry, name)
        if value is not None:
            texts.whole(value, 0, _HIGHEST, name)

    def remove_check_in(self, entry_id: str) -> None:
        """Delete a check-in; undo brings it back."""
        found = self._care.store.get(CheckIn, entry_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=entry_id)
        with self._care.change("done.checkin_removed", day=found.date.isoformat()):
            self._care.store.remove(CheckIn, entry_id, self._care.now)
