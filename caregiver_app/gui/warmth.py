"""Temperatures in the scale that a family uses: written, read, and bounded."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from caregiver_app.domain.watch import HIGHEST_READING_C, LOWEST_READING_C
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

CELSIUS: Final = "c"
FAHRENHEIT: Final = "f"
SCALES: Final = ((CELSIUS, "°C"), (FAHRENHEIT, "°F"))
_SETTING: Final = "watch.scale"
_FREEZING_F: Final = Decimal(32)
_F_PER_C: Final = Decimal(9) / Decimal(5)
_LOWEST_F: Final = Decimal(80)
"""A reading from here on can only be degrees Fahrenheit."""
_EXAMPLES: Final = {CELSIUS: "38.2", FAHRENHEIT: "100.8"}


def scale_of(house: Household) -> str:
    """Return the scale that the family used last, "c" or "f"."""
    known = house.settings.shown(_SETTING, CELSIUS)
    return known if known == FAHRENHEIT else CELSIUS


def remember_scale(house: Household, scale: str) -> None:
    """Keep which scale the family uses."""
    house.settings.remember(watch__scale=scale)


def to_celsius(reading: Decimal, scale: str) -> float:
    """Return a reading in degrees Celsius; `scale` is "c" or "f"."""
    celsius = reading if scale == CELSIUS else (reading - _FREEZING_F) / _F_PER_C
    return round(float(celsius), 2)


def in_scale(celsius: float, scale: str) -> Decimal:
    """Return degrees Celsius as a thermometer of that scale shows them, with one decimal."""
    exact = Decimal(str(celsius))
    shown = exact if scale == CELSIUS else exact * _F_PER_C + _FREEZING_F
    return shown.quantize(Decimal("0.1"))


def warmth_words(celsius: float, scale: str) -> str:
    """Return "38.2 °C" or "100.8 °F"."""
    return f"{in_scale(celsius, scale)} {dict(SCALES)[scale]}"


def scale_meant(reading: Decimal) -> str | None:
    """Return the scale in which a number can be a body temperature, None where in neither."""
    if reading >= _LOWEST_F:
        return FAHRENHEIT
    low, high = Decimal(str(LOWEST_READING_C)), Decimal(str(HIGHEST_READING_C))
    return CELSIUS if low <= reading <= high else None


def complaint(reading: Decimal, scale: str) -> str | None:
    """Return a sentence when a reading cannot be a body temperature in that scale."""
    low, high = (int(in_scale(bound, scale)) for bound in (LOWEST_READING_C, HIGHEST_READING_C))
    if low <= reading <= high:
        return None
    return tr(
        "{reading} cannot be a body temperature. Type one between {low} and {high}, like {like}.",
        reading=f"{reading}\u00a0{dict(SCALES)[scale]}",
        low=low,
        high=f"{high}\u00a0{dict(SCALES)[scale]}",
        like=_EXAMPLES[scale],
    )
