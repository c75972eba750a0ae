"""What the family's own signs, the clinic's words about a sign, and calls to the clinic say."""

from __future__ import annotations

from functools import singledispatchmethod

from caregiver_app.domain.entities import CheckIn, ClinicCall, OwnSign, SideEffect, SignChoice
from caregiver_app.domain.times import day_of
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.search.care_wording import CareWording
from caregiver_app.gui.search.said import Parts, Said, joined
from caregiver_app.gui.warmth import scale_of, warmth_words
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.services.search import Results

_ROLE, _GROUND = "check-in", "check-in-tint"


class WatchWording:
    """Writes what one thing of the watchlist says, and of the care plan by its own words."""

    def __init__(self, house: Household, results: Results) -> None:
        self._house, self._results = house, results
        self._parts, self._care = Parts(house, results), CareWording(house, results)

    @singledispatchmethod
    def said(self, of: object) -> Said:
        """Return what a thing says.

        Raises:
            TypeError: it is of no kind that is found.
        """
        return self._care.said(of)

    @said.register
    def _(self, of: SideEffect) -> Said:
        name = self._house.watch.sign_name(of.sign)
        strengths = {one.grade: one.label.lower() for one in self._house.reference.severities}
        strength = strengths.get(of.severity, "")
        reading, scale = of.temperature_c, scale_of(self._house)
        warm = "" if reading is None else warmth_words(reading, scale)
        lasts = tr("still going on") if of.going_on else ""
        found = self._parts.found((of.text, of.done, of.told), ())
        return Said(
            spoken=tr("Side effect"),
            title=", ".join(part for part in (name, strength) if part),
            second=joined(warm, lasts, found or self._results.around(of.text)),
            fact=self._parts.day(day_of(of.at, self._house.care.home)),
            icon="watch",
            role=_ROLE,
            ground=_GROUND,
        )

    @said.register
    def _(self, of: CheckIn) -> Said:
        flare = tr("a flare") if of.flare else ""
        found = self._parts.found((of.text, of.possible), (of.possible or of.text,))
        return Said(
            spoken=tr("Side effects"),
            title=tr("Check-in"),
            second=joined(flare, found),
            fact=self._parts.day(of.date),
            icon="watch",
            role=_ROLE,
            ground=_GROUND,
        )

    @said.register
    def _(self, of: OwnSign) -> Said:
        urgent = of.tier == Tier.EMERGENCY.value
        names = [name for name in of.also if self._results.marks(name)]
        other = tr("Also called: {names}", names=", ".join(names[:3])) if names else ""
        clinic = self._parts.found((of.note,), ())
        told = tr("Your clinic says: {words}", words=clinic) if clinic else ""
        own = tr("your own sign")
        return Said(
            spoken=tr("Emergency sign, your own") if urgent else tr("Your own sign"),
            title=of.name,
            second=joined(own, other, told),
            icon="emergency" if urgent else "note-it",
            role="alarm" if urgent else _ROLE,
            ground="alarm_tint" if urgent else _GROUND,
        )

    @said.register
    def _(self, of: SignChoice) -> Said:
        words = self._results.around(of.clinic)
        return Said(
            spoken=tr("What your clinic says about a sign"),
            title=self._house.watch.sign_name(of.sign),
            second=tr("Your clinic says: {words}", words=words),
            icon="note-it",
            role=_ROLE,
            ground=_GROUND,
        )

    @said.register
    def _(self, of: ClinicCall) -> Said:
        usual = of.said or of.question
        return Said(
            spoken=tr("Call to the clinic"),
            title=tr("Call with {name}", name=of.who) if of.who else tr("Call to the clinic"),
            second=self._parts.found((of.question, of.said), (usual,)),
            fact=self._parts.day(day_of(of.at, self._house.care.home)),
            icon="call",
        )
