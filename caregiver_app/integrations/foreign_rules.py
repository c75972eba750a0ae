"""Repetition rules as other programs write them, put as RFC 5545 3.3.10 wants them.

What comes at the same hours of each day is a daily rule with these hours: a medicine every eight
hours. Everything else that repeats more often than daily is no appointment
(docs/decisions/0012-own-recurrence-engine.md).
"""

from __future__ import annotations

import re
from typing import Final

from caregiver_app.domain.rules import LARGEST
from caregiver_app.domain.times import MINUTES_A_DAY, AllDay, Moment, wall

_STEPS: Final = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_CLOCK: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_HOUR: Final = 60
_DATE: Final = re.compile(r"\d{8}")
_NUMBERED: Final = re.compile(r"(?<![A-Z0-9])[+-]?\d+(?=[A-Z])")
_SAYS_NOTHING: Final = (("RSCALE", "GREGORIAN"), ("SKIP", "OMIT"))


def mended(text: str, start: Moment) -> str:
    """Return an RRULE without what means nothing and with its parts as they ought to be.

    RFC 7529: RSCALE=GREGORIAN and SKIP=OMIT say what holds anyway; RFC 2445 4.3.10 allows parts of
    a program's own. Of a part that stands there twice the last counts. Numbered weekdays mean
    nothing beside days and weeks. UNTIL ought to be of the kind of the start: every other reader
    takes a bare date for its first instant, so that nothing of that day is left (what a person
    types means the whole day, decision 0012).
    """
    parts = _parts(text)
    unnumbered = parts.get("FREQ") in ("DAILY", "WEEKLY")
    found: list[str] = []
    for name, value in parts.items():
        told = value
        if name == "UNTIL":
            told = value.replace("-", "").replace(":", "")
            if _DATE.fullmatch(told) and not isinstance(start, AllDay):
                told += "T000000"
        elif name == "BYDAY" and unnumbered:
            told = _NUMBERED.sub("", value)
        if (name, value) not in _SAYS_NOTHING and not name.startswith("X-"):
            found.append(f"{name}={told}")
    return ";".join(found)


def two_ends(text: str) -> tuple[str, str] | None:
    """Return a rule that has both COUNT and UNTIL with only the one and only the other.

    RFC 5545 3.3.10 allows one of them; the other readers stop at the first that is reached.
    """
    parts = _parts(text)
    if "COUNT" not in parts or "UNTIL" not in parts:
        return None
    counted, ended = (
        ";".join(f"{name}={value}" for name, value in parts.items() if name != other)
        for other in ("UNTIL", "COUNT")
    )
    return counted, ended


def within_count(text: str) -> tuple[str, int]:
    """Return a rule with no more dates than can be kept, and how many it had, 0 if not more."""
    parts = _parts(text)
    count = _number(parts.get("COUNT", ""))
    if count <= LARGEST:
        return text, 0
    parts["COUNT"] = str(LARGEST)
    return ";".join(f"{name}={value}" for name, value in parts.items()), count


def is_sub_daily(text: str) -> bool:
    """Tell whether an RRULE repeats by the hour, minute or second."""
    return _parts(text).get("FREQ", "") in _STEPS


def as_days(text: str, start: Moment) -> str | None:
    """Return a daily RRULE with the same dates for a series from `start` on, None without one."""
    parts = _parts(text)
    frequency = parts.pop("FREQ")
    step = _STEPS[frequency] * _number(parts.pop("INTERVAL", "1"))
    if isinstance(start, AllDay) or not step or step % _HOUR or "BYSETPOS" in parts:
        return None
    if "BYSECOND" in parts and frequency == "SECONDLY":
        return None
    clock = {name: _numbers(parts.pop(name)) for name in _CLOCK[:2] if name in parts}
    if any(not numbers for numbers in clock.values()):
        return None
    first = wall(start).hour * _HOUR + wall(start).minute
    days, minutes = step // _HOUR // MINUTES_A_DAY, step // _HOUR
    if minutes % MINUTES_A_DAY == 0:
        found = {first}
    elif MINUTES_A_DAY % minutes == 0:
        days, found = 1, set(range(first % minutes, MINUTES_A_DAY, minutes))
    else:
        return None
    found = _narrowed(found, clock, frequency)
    hours = sorted({at // _HOUR for at in found})
    past = sorted({at % _HOUR for at in found})
    if not found or len(hours) * len(past) != len(found):
        return None
    told = {
        "FREQ": "DAILY",
        "INTERVAL": str(days),
        **parts,
        "BYHOUR": ",".join(map(str, hours)),
        "BYMINUTE": ",".join(map(str, past)),
    }
    return ";".join(f"{name}={value}" for name, value in told.items())


def _narrowed(found: set[int], clock: dict[str, set[int]], frequency: str) -> set[int]:
    """Return the minutes of the day that BYHOUR and BYMINUTE leave or make of them."""
    if "BYHOUR" in clock:
        found = {at for at in found if at // _HOUR in clock["BYHOUR"]}
    if "BYMINUTE" not in clock:
        return found
    if frequency == "HOURLY":
        return {at // _HOUR * _HOUR + each for at in found for each in clock["BYMINUTE"]}
    return {at for at in found if at % _HOUR in clock["BYMINUTE"]}


def _parts(text: str) -> dict[str, str]:
    """Return the parts of a rule by name, of several of one name the last."""
    bare = "".join(text.split()).upper().replace("\\", "").removeprefix("RRULE:")
    pairs = (part.partition("=") for part in bare.split(";"))
    return {name: value for name, equals, value in pairs if equals}


def _number(text: str) -> int:
    """Return a number, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _numbers(text: str) -> set[int]:
    """Return the numbers of the clock, none where one of them is not."""
    found = [_number(each) if each.strip("0") else 0 for each in text.split(",")]
    good = all(each.isascii() and each.isdigit() for each in text.split(","))
    return {each for each in found if each < _HOUR} if good else set()
