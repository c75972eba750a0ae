"""How urgent a sign that was written down is, from everything that is known about the person.

`domain.watch.urgency` decides; this gathers what it asks for: what the reference and the family
say of the sign, the person's medicines and fever limit, and what else was seen near it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from caregiver_app.domain.advice import MedicineInfo, SignInfo
from caregiver_app.domain.entities import Medicine, OwnSign, Person, Plan, SideEffect
from caregiver_app.domain.times import AllDay, Moment, day_span, instant
from caregiver_app.domain.watch import FEVER, Span, Tier, is_fever, urgency
from caregiver_app.services.care import Care
from caregiver_app.services.medicine_reference import fold
from caregiver_app.storage.watching import side_effects_near
from caregiver_app.values import value

_SLOW: Final = "gradual_neuro_change"
"""A medicine that names this sign has to be watched for slow changes of mind or movement."""
_NAMING: Final = frozenset(("medicine", "plan"))
"""Kinds of entries that name a medicine."""

UNREAD: Final = ""
"""Among the names of medicines: one that cannot be read, which may be any of the reference."""


@value
class Reason:
    """One thing that makes a sign more urgent than it is by itself, and how urgent.

    `kind` tells what: "seen" (`entry`, written down near it), "reading" (`celsius`, at the fever
    limit), "fever" (with `medicine` fever is an emergency), "medicine" (`text` of the reference, on
    what to watch for with `medicine`), "infection" (a sign of it, with a medicine that may lower
    immunity), "unread" (a medicine that cannot be read may ask for it), "severity" (how strong it
    is). `medicine` is as typed.
    """

    kind: str
    tier: Tier
    entry: SideEffect | None = None
    celsius: float | None = None
    medicine: str = ""
    text: str = ""


class UrgencyService:
    """Works out urgency; it only reads. `WatchService` writes what comes of it.

    Saving an entry may make others more urgent too: hives written down at noon become an emergency
    when vomiting is written down in the evening. Whoever saves calls `raised_by` with the entry as
    it is kept, inside the same change, keeps each entry's earlier version
    (`entry_history.keep_version`) and puts what is returned: so lists never contradict each other,
    one undo takes back all of it, and `reasons` tells which entries a label has to name. Nothing is
    lowered when a partner is corrected or removed: an entry keeps the level that was shown for it
    until it is corrected itself.
    """

    def __init__(self, care: Care) -> None:
        self._care = care

    def of(self, entry: SideEffect) -> Tier:
        """Return the most urgent of sign, severity, fever limit, medicine rules and signs near it.

        A sign that the family added takes the level that the family gave it.

        Raises:
            InputRefused: the temperature is not one that a person can have.
        """
        return self._of(entry, self._near(entry), self.medicines(entry.person))

    def alone(self, entry: SideEffect) -> Tier:
        """Return how urgent an entry is when nothing else that was seen near it counts."""
        return self._of(entry, [], self.medicines(entry.person))

    def mild(
        self, person: str, signs: Iterable[str], at: Moment
    ) -> tuple[dict[str, Tier], dict[str, Tier]]:
        """Return how urgent mild signs are at a moment: alone, and with what was seen near it."""
        entries = [
            SideEffect(id="", person=person, sign=sign, severity=1, at=at, urgency="")
            for sign in signs
        ]
        near = self._near(entries[0]) if entries else []
        medicines = self.medicines(person)
        alone = {one.sign: self._of(one, [], medicines) for one in entries}
        return alone, {one.sign: self._of(one, near, medicines) for one in entries}

    def reasons(self, entry: SideEffect) -> tuple[Reason, ...]:
        """Return why an entry is more urgent than its sign is by itself, () where it is not.

        Only what asks for as much as the entry comes to, so that no two levels stand side by side.
        """
        near, medicines = self._near(entry), self.medicines(entry.person)
        level = self._of(entry, near, medicines)
        sign = self._care.reference.sign(entry.sign)
        if level <= (self._tier_of(entry, sign) or Tier.NOTE):
            return ()
        found = [
            *self._by_others(entry, near, level),
            *self._by_reading(entry),
            *self._by_medicine(entry, sign, medicines),
        ]
        if sign is not None and sign.infection:
            found.append(Reason("infection", Tier.CALL_TODAY))
        told: dict[str, Reason] = {}
        for one in found:
            if one.tier == level:
                told.setdefault(one.text or repr(one), one)
        # How strong it is was chosen by whoever reads this: it is named where nothing else is.
        return tuple(told.values()) or (Reason("severity", level),)

    def _by_others(self, entry: SideEffect, near: list[SideEffect], level: Tier) -> list[Reason]:
        together, signs, sign = self._care.reference.together, self._signs(entry), self._id(entry)
        alone = together.tier(signs)
        found: list[Reason] = []
        for other in near:
            theirs = self._signs(other)
            if self._joined(signs, theirs) != level:
                continue
            if alone == level and self._joined(frozenset({sign}), theirs) != level:
                continue
            if self._id(other) != sign:
                found.append(Reason("seen", level, entry=other))
            elif self._is_reached(other):
                found.append(Reason("reading", level, celsius=other.temperature_c))
        return found

    def _by_reading(self, entry: SideEffect) -> list[Reason]:
        if not self._is_reached(entry):
            return []
        alone = self._care.reference.together.tier(self._signs(entry))
        tier = max(alone or Tier.CALL_TODAY, Tier.CALL_TODAY)
        return [Reason("reading", tier, celsius=entry.temperature_c)]

    def _by_medicine(
        self,
        entry: SideEffect,
        sign: SignInfo | None,
        medicines: dict[str, tuple[MedicineInfo, ...]],
    ) -> list[Reason]:
        feverish = entry.sign == FEVER or self._is_reached(entry)
        slow = sign is not None and sign.slow_nerve
        found: list[Reason] = []
        for name, known in medicines.items():
            if feverish and any(one.fever_emergency for one in known):
                found.append(Reason("fever", Tier.EMERGENCY, medicine=name))
            for item in (item for one in known for item in one.watch):
                if entry.sign in item.signs:
                    found.append(Reason("medicine", item.tier, medicine=name, text=item.text))
                elif slow and _SLOW in item.signs:
                    found.append(Reason("medicine", Tier.CALL_TODAY, medicine=name, text=item.text))
        return [Reason("unread", one.tier) if one.medicine == UNREAD else one for one in found]

    def raised_by(self, entry: SideEffect) -> list[SideEffect]:
        """Return the other entries that are more urgent because of this one, as they should be.

        `urgency` of each is the new level, all else as it was; `entry` need not be kept yet. One
        that would not rise above the level it was shown with is not among them.
        """
        found: list[SideEffect] = []
        for other in self._near(entry):
            level = self._together(other, [entry])
            if other.urgency and level is not None and level > Tier(other.urgency):
                found.append(replace(other, urgency=level.value))
        return found

    def fever_limit(self, person: str) -> float:
        """Return the fever limit in degrees Celsius: the one the team gave, else the usual one."""
        found = self._care.store.get(Person, person) if person else None
        usual = self._care.reference.fever_c
        return usual if found is None or found.fever_c is None else found.fever_c

    def medicines(self, person: str) -> dict[str, tuple[MedicineInfo, ...]]:
        """Return what the reference knows of a person's medicines, by the name that was typed.

        A `person` of "" means everybody's. Where something is shown without what cannot be read,
        and a medicine is among that, `UNREAD` stands for all of the reference: which one it is
        nobody knows, and the stricter reading is the safe one.
        """
        care = self._care
        equal = {"person": person} if person else {}
        names = [plan.medicine for plan in care.store.all(Plan, **equal)]
        names += [one.name for one in care.store.all(Medicine, **equal) if not one.past]
        found = {name: care.reference.medicines_in(name) for name in names}
        if care.left_out & _NAMING:
            found[UNREAD] = care.reference.medicines
        return found

    def _of(
        self,
        entry: SideEffect,
        near: list[SideEffect],
        medicines: dict[str, tuple[MedicineInfo, ...]],
    ) -> Tier:
        reference = self._care.reference
        sign = reference.sign(entry.sign)
        taken = [one for known in medicines.values() for one in known]
        asked = [i.tier for one in taken for i in one.watch if entry.sign in i.signs]
        return urgency(
            self._tier_of(entry, sign),
            entry.severity,
            reference.severity_tiers,
            entry.temperature_c,
            self.fever_limit(entry.person),
            # Infusion medicines mostly do; the stricter reading is the safe one.
            lowers_immunity=True,
            infection=sign is not None and sign.infection,
            medicine_tier=max(asked, default=None),
            fever=entry.sign == FEVER,
            fever_emergency=any(medicine.fever_emergency for medicine in taken),
            slow_nerve=sign is not None and sign.slow_nerve,
            nerve_medicine=any(_SLOW in item.signs for one in taken for item in one.watch),
            together=self._together(entry, near),
        )

    def _tier_of(self, entry: SideEffect, sign: SignInfo | None) -> Tier | None:
        own = fold(entry.sign)
        given = [
            Tier(one.tier)
            for one in (self._care.store.all(OwnSign, person=entry.person) if entry.person else ())
            if fold(one.name) == own
        ]
        return max([*given, *([] if sign is None else [sign.tier])], default=None)

    def _together(self, entry: SideEffect, near: list[SideEffect]) -> Tier | None:
        signs = self._signs(entry)
        found = [self._joined(signs, self._signs(other)) for other in near]
        found.append(self._care.reference.together.tier(signs))
        return max((tier for tier in found if tier), default=None)

    def _joined(self, signs: frozenset[str], theirs: frozenset[str]) -> Tier | None:
        """Return what signs ask for beside each one of another entry.

        What two of the others ask for together is said of the others.
        """
        tier = self._care.reference.together.tier
        return max((found for one in theirs if (found := tier(signs | {one}))), default=None)

    def _signs(self, entry: SideEffect) -> frozenset[str]:
        """Return the sign, and fever where the reading says so."""
        sign = self._id(entry)
        return frozenset({sign, FEVER} if self._is_reached(entry) else {sign})

    def _id(self, entry: SideEffect) -> str:
        known = self._care.reference.sign(entry.sign)
        return fold(entry.sign) if known is None else known.id

    def _is_reached(self, entry: SideEffect) -> bool:
        """Tell whether its reading is at the person's fever limit."""
        limit, reading = self.fever_limit(entry.person), entry.temperature_c
        return reading is not None and is_fever(reading, limit)

    def _near(self, entry: SideEffect) -> list[SideEffect]:
        """Return the person's other entries that count as seen together with this one."""
        if not entry.person:
            return []
        hours = self._care.reference.together.hours
        span = self._span(entry)
        reach = timedelta(hours=hours)
        near = side_effects_near(
            self._care.store,
            entry.person,
            span.start - reach,
            None if span.end is None else span.end + reach,
        )
        return [
            other
            for other in near
            if other.id != entry.id and span.is_near(self._span(other), hours)
        ]

    def _span(self, entry: SideEffect) -> Span:
        start = instant(entry.at, self._care.home)
        if entry.going_on:
            return Span(start, None)
        last = start
        if isinstance(entry.at, AllDay):
            last = day_span(entry.at.day, entry.at.day, self._care.home)[1]
        return Span(start, max(last, entry.ended or last))
