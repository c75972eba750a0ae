"""In which countries each time zone lies, as the time zone data tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

_ALSO: Final = {
    "GB": "United Kingdom, England, Scotland, Wales, Great Britain",
    "US": "USA, United States of America",
    "NL": "Holland",
    "CZ": "Czechia",
    "AE": "Emirates",
    "KR": "South Korea",
    "KP": "North Korea",
}
"""Names under which people look for a country and the data does not have it."""


@cache
def zone_countries() -> Mapping[str, str]:
    """Return the names of the countries of each zone; none where the data is not there."""
    try:
        folder = files("tzdata").joinpath("zoneinfo")
        names = dict(_rows(folder.joinpath("iso3166.tab").read_text(encoding="utf-8")))
        zones = folder.joinpath("zone.tab").read_text(encoding="utf-8")
    except (OSError, ModuleNotFoundError):
        return {}
    found: dict[str, str] = {}
    for line in zones.splitlines():
        parts = line.split("\t")
        if line.startswith("#") or len(parts) < 3:
            continue
        code, zone = parts[0], parts[2]
        told = ", ".join(part for part in (names.get(code, ""), _ALSO.get(code, "")) if part)
        found[zone] = told
    return found


def _rows(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    pairs = [line.split("\t") for line in lines]
    return [(pair[0], pair[1]) for pair in pairs if len(pair) > 1]
