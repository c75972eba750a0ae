"""Places and clocks in words: the city of a zone, an hour in both, and where the clocks change."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from caregiver_app.domain.times import (
    AllDay,
    Moment,
    Zoned,
    after_gap,
    in_zone,
    instant,
    is_folded,
    is_in_gap,
    wall,
    zone_for,
)
from caregiver_app.gui.words import short_date, time_text, tr

_COORDINATED: Final = ("UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich")


def city(zone: str) -> str:
    """Return how a zone is called: "New York" for America/New_York."""
    name = zone.rpartition("/")[2].replace("_", " ")
    return "UTC" if name in _COORDINATED else name


def both_times(moment: Moment, home: str) -> str:
    """Return "9:30 in New York · 15:30 here", or the hour alone where it is one and the same.

    An all-day moment has no hour: "".
    """
    if isinstance(moment, AllDay):
        return ""
    there = time_text(moment.local)
    if not isinstance(moment, Zoned) or moment.zone == home:
        return there
    here = _here(moment, home)
    return tr("{time} in {city} · {here} here", time=there, city=city(moment.zone), here=here)


def _here(moment: Zoned, home: str) -> str:
    """Return the hour at home, with the day where that is another one."""
    local = in_zone(instant(moment, home), home).replace(tzinfo=None)
    if local.date() == moment.local.date():
        return time_text(local)
    return f"{short_date(local.date())} {time_text(local)}"


def gap_words(moment: Moment, home: str) -> str:
    """Return a sentence where the clocks skip the hour of a single moment, "" where they do not."""
    if isinstance(moment, AllDay) or not is_in_gap(moment.local, zone_for(moment, home)):
        return ""
    zone = zone_for(moment, home)
    return tr(
        "The clocks in {city} skip {time} on this day. The next possible time is {next}.",
        city=city(zone),
        time=time_text(moment.local),
        next=time_text(after_gap(moment.local, zone)),
    )


def fold_words(moment: Moment, home: str) -> str:
    """Return a line where the hour comes twice, saying which of the two is meant, else ""."""
    if isinstance(moment, AllDay) or not is_folded(moment.local, zone_for(moment, home)):
        return ""
    return tr(
        "{time} comes twice that night: the first {time} is meant, before the clocks go back.",
        time=time_text(moment.local),
    )


def moved_by_gap(moment: Moment, home: str) -> datetime | None:
    """Return when a repeated moment happens on a day on which the clocks skip its hour."""
    zone = zone_for(moment, home)
    if isinstance(moment, AllDay) or not is_in_gap(wall(moment), zone):
        return None
    return after_gap(wall(moment), zone)
