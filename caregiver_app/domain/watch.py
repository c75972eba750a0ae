"""How urgent a sign is, and how long after an infusion signs are watched for.

Urgency only ever goes up: it is the most urgent of everything that is known. Nothing here
reassures, and nothing here lowers what the reference says about a sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from caregiver_app.domain.texts import whole
from caregiver_app.errors import InputRefused

FEVER: Final = "fever"
"""The id of fever among the signs of the reference."""

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
) -> Tier:
    """Return the most urgent of sign, severity, fever limit, infection and medicine rule.

    `sign_tier` is None for a sign in the family's own words: that is worth a note at least.
    `severity_tiers` holds the least tier for each severity. A reading at the fever limit is a
    call today whatever the medicine, because a medicine that the reference does not know may
    lower immunity too. `infection` says that the sign is one of infection: with a medicine that
    lowers immunity it is a call today as well. `medicine_tier` is what a rule of the medicine
    asks for. `fever` says that the sign is fever; that, or a reading at the limit, is an emergency
    where `fever_emergency` says that a medicine of theirs makes it one.

    Raises:
        InputRefused: no such severity, or the reading is no body temperature.
    """
    whole(severity, min(severity_tiers), max(severity_tiers), "severity")
    found = [sign_tier or Tier.NOTE]
    # All severities up to this one, so that a slip in the data can never make worse count less.
    found += [tier for level, tier in severity_tiers.items() if level <= severity]
    reached = temperature_c is not None and _is_fever(temperature_c, fever_c)
    if reached:
        found.append(Tier.CALL_TODAY)
    if fever_emergency and (fever or reached):
        found.append(Tier.EMERGENCY)
    if infection and lowers_immunity:
        found.append(Tier.CALL_TODAY)
    if medicine_tier is not None:
        found.append(medicine_tier)
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


def _is_fever(temperature_c: float, fever_c: float) -> bool:
    # Thermometers show one decimal. Rounding keeps 100.4 F, which is 37.999... after the sum,
    # at the limit instead of just below it.
    return round(check_temperature(temperature_c), 1) >= round(fever_c, 1)


def days_since(infusion_day: date, day: date) -> int:
    """Return the day's number after an infusion; the infusion's own day is 0."""
    return (day - infusion_day).days


def watch_window(
    end: datetime, days: int, next_start: datetime | None
) -> tuple[datetime, datetime]:
    """Return from when to when signs are watched for after a visit that ended at `end`.

    It lasts `days` days and is over earlier when the next infusion starts; from then on the next
    one's own window counts.
    """
    last = end + timedelta(days=days)
    if next_start is not None:
        last = max(end, min(last, next_start))
    return end, last
