"""How urgent a sign is, and how long after an infusion signs are watched for.

Urgency only ever goes up: it is the most urgent of everything that is known. Nothing here
reassures, and nothing here lowers what the reference says about a sign.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from caregiver_app.domain.texts import whole
from caregiver_app.errors import InputRefused
from caregiver_app.values import value

FEVER: Final = "fever"
"""The id of fever among the signs of the reference."""

ANY: Final = "any"
"""Among the signs that make another more urgent: any sign of the body."""

SCALES: Final = ("pain", "fatigue", "stiffness", "sleep", "mood")
"""What a check-in asks for in numbers, 0 to 10, in the order in which it is asked."""

LOWEST_READING_C = 30.0
HIGHEST_READING_C = 45.0
"""A reading outside these is a slip of the finger or the other scale, not a temperature."""


class Tier(StrEnum):
    """How soon somebody must be told. Comparing goes by urgency: `EMERGENCY` is the greatest."""

    EMERGENCY = "emergency"
    CALL_TODAY = "call_today"
    NOTE = "note_and_mention"
    COMFORT = "comfort_at_home"

    @property
    def rank(self) -> int:
        """Return the place in a list that starts with the most urgent: 0 is an emergency."""
        return list(Tier).index(self)

    # Without these four a StrEnum would compare its letters, and "emergency" would come after
    # "call_today" only by chance of the alphabet.
    def __lt__(self, value: str, /) -> bool:
        return self.rank > Tier(value).rank

    def __le__(self, value: str, /) -> bool:
        return self.rank >= Tier(value).rank

    def __gt__(self, value: str, /) -> bool:
        return self.rank < Tier(value).rank

    def __ge__(self, value: str, /) -> bool:
        return self.rank <= Tier(value).rank


@value
class Together:
    """What the reference says of signs that come together.

    One of `skin` (hives, a flush) with any second sign of the body is an emergency, however mild
    both are. Every sign is one of the body but those in `apart`, so that the family's own words
    count. `joins` holds for a sign the signs that make it more urgent, and how urgent; `ANY` among
    them stands for every sign of the body. `hours` is how far apart two signs may have been seen
    to count as together.
    """

    skin: frozenset[str]
    apart: frozenset[str]
    joins: Mapping[str, tuple[tuple[frozenset[str], Tier], ...]]
    hours: int

    def tier(self, signs: Collection[str]) -> Tier | None:
        """Return what signs that were seen together ask for, None where nothing joins.

        More signs never ask for less.
        """
        body = {sign for sign in signs if sign not in self.apart}
        found = [Tier.EMERGENCY for sign in signs if sign in self.skin and body - {sign}]
        for sign in signs:
            others = set(signs) - {sign}
            there = others | {ANY} if body - {sign} else others
            found += [tier for named, tier in self.joins.get(sign, ()) if named & there]
        return max(found, default=None)


@value
class Span:
    """From when to when something was seen, in UTC; `end` is None while it goes on."""

    start: datetime
    end: datetime | None

    def is_near(self, other: Span, hours: int) -> bool:
        """Tell whether at most so many hours lie between the two, whichever came first."""
        return self._reaches(other, hours) and other._reaches(self, hours)

    def _reaches(self, other: Span, hours: int) -> bool:
        return self.end is None or self.end + timedelta(hours=hours) >= other.start


def urgency(
    sign_tier: Tier | None,
    severity: int,
    severity_tiers: Mapping[int, Tier],
    temperature_c: float | None,
    fever_c: float,
    *,
    lowers_immunity: bool,
    infection: bool = False,
    medicine_tier: Tier | None = None,
    fever: bool = False,
    fever_emergency: bool = False,
    slow_nerve: bool = False,
    nerve_medicine: bool = False,
    together: Tier | None = None,
) -> Tier:
    """Return the most urgent of all that is known; more of it never makes less.

    `sign_tier` is None for a sign in the family's own words: that is worth a note at least.
    `severity_tiers` holds the least tier for each severity. A reading at the fever limit is a
    call today whatever the medicine, because a medicine that the reference does not know may
    lower immunity too. `infection` says that the sign is one of infection: with a medicine that
    lowers immunity it is a call today as well. `medicine_tier` is what a rule of the medicine
    asks for. `fever` says that the sign is fever; that, or a reading at the limit, is an emergency
    where `fever_emergency` says that a medicine of theirs makes it one. `slow_nerve` says that
    the sign may be a slow change of mind or movement: with `nerve_medicine`, a medicine that has to
    be watched for that, it is a call today. `together` is what signs seen near it ask for with it.

    Raises:
        InputRefused: no such severity, or the reading is no body temperature.
    """
    whole(severity, min(severity_tiers), max(severity_tiers), "severity")
    found = [sign_tier or Tier.NOTE]
    # All severities up to this one, so that a slip in the data can never make worse count less.
    found += [tier for level, tier in severity_tiers.items() if level <= severity]
    reached = temperature_c is not None and is_fever(temperature_c, fever_c)
    if reached:
        found.append(Tier.CALL_TODAY)
    if fever_emergency and (fever or reached):
        found.append(Tier.EMERGENCY)
    if infection and lowers_immunity:
        found.append(Tier.CALL_TODAY)
    if slow_nerve and nerve_medicine:
        found.append(Tier.CALL_TODAY)
    found += [tier for tier in (medicine_tier, together) if tier is not None]
    return max(found)


def check_temperature(temperature_c: float, field: str = "temperature_c") -> float:
    """Return the reading when it can be a body temperature in degrees Celsius.

    Raises:
        InputRefused: it is below 30 or above 45.
    """
    if not LOWEST_READING_C <= temperature_c <= HIGHEST_READING_C:
        raise InputRefused(
            "sign.temperature",
            field,
            value=temperature_c,
            low=LOWEST_READING_C,
            high=HIGHEST_READING_C,
        )
    return temperature_c


def to_fahrenheit(celsius: float) -> float:
    """Return a temperature in degrees Fahrenheit, rounded as thermometers show it."""
    return round(celsius * 9 / 5 + 32, 1)


def is_fever(temperature_c: float, fever_c: float) -> bool:
    """Tell whether a reading in degrees Celsius is at the fever limit or above it.

    Raises:
        InputRefused: the reading is no body temperature.
    """
    # Thermometers show one decimal. Rounding keeps 100.4 F, which is 37.999... after the sum,
    # at the limit instead of just below it.
    return round(check_temperature(temperature_c), 1) >= round(fever_c, 1)


def days_since(infusion_day: date, day: date) -> int:
    """Return the day's number after an infusion; the infusion's own day is 0."""
    return (day - infusion_day).days
