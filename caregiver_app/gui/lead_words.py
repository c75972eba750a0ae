"""How long before something a reminder comes: said in words, and read as it is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from caregiver_app.domain.times import ALL_DAY_HOUR, MINUTES_A_DAY
from caregiver_app.gui.words import count_text, length_text, time_text, tr

LONGEST_LEAD: Final = 366 * MINUTES_A_DAY
"""Minutes: no reminder comes earlier than a year before."""
_HOUR: Final = 60
_WEEK: Final = 7 * MINUTES_A_DAY
_UNITS: Final = (
    ("m min mins minute minutes", 1),
    ("h hr hrs hour hours", _HOUR),
    ("d day days", MINUTES_A_DAY),
    ("w wk wks week weeks", _WEEK),
)
_NUMBERS: Final = (
    ("a an one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("half", 0.5),
)
_PART: Final = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?|[^\W\d_]+)\s*([^\W\d_]+)\.?")
_BARE: Final = re.compile(r"\d{1,6}")
_BETWEEN: Final = re.compile(r"[\s,]*(?:and\b)?[\s,]*")


def lead_words(minutes: int, *, all_day: bool = False) -> str:
    """Return "1 day before", "2 hours before" or "at the time"; of a whole day "the day before"."""
    if minutes == 0:
        return tr("on the day") if all_day else tr("at the time")
    if all_day and minutes == MINUTES_A_DAY:
        return tr("the day before")
    if minutes % _WEEK == 0:
        return count_text(minutes // _WEEK, "{count} week before", "{count} weeks before")
    if minutes % MINUTES_A_DAY == 0:
        return count_text(minutes // MINUTES_A_DAY, "{count} day before", "{count} days before")
    days, rest = divmod(minutes, MINUTES_A_DAY)
    if days:
        whole = count_text(days, "{count} day", "{count} days")
        return tr("{days} and {length} before", days=whole, length=length_text(rest))
    return tr("{length} before", length=length_text(minutes))


def leads_words(leads: Iterable[int], *, all_day: bool = False) -> str:
    """Return "1 day before, 2 hours before"."""
    return ", ".join(lead_words(lead, all_day=all_day) for lead in leads)


def what_comes(
    leads: Sequence[int], *, usual: bool, all_day: bool = False, leaves: bool = False
) -> str:
    """Return in a line what rings by itself and what comes with the day's notice.

    `usual` tells that nobody chose these lead times for this appointment alone, `leaves` that the
    time to leave rings as well.
    """
    lines = [lead for lead in leads if usual and lead and lead % MINUTES_A_DAY == 0]
    rings = [lead for lead in leads if lead not in lines]
    said: list[str] = []
    if rings:
        told = leads_words(rings, all_day=all_day)
        said.append(tr("Rings by itself: {leads}.", leads=told))
    if lines:
        told = leads_words(lines, all_day=all_day)
        said.append(tr("With the day’s notice: {leads}.", leads=told))
    if leaves:
        said.append(tr("The time to leave rings by itself."))
    if not said:
        return tr("Nothing rings. It stands on its day on Today and in the calendar.")
    if rings and all_day:
        hour = time_text(ALL_DAY_HOUR)
        said.append(tr("It has no hour of its own, so it counts from {hour}.", hour=hour))
    return " ".join(said)


def read_lead(text: str) -> int | None:
    """Return the minutes that "45 minutes", "1 h 30", "2 days" or "half an hour" mean, or None."""
    plain = " ".join(text.lower().split()).removesuffix(tr("before")).strip()
    plain = plain.replace("half an hour", "30 min").replace("an hour and a half", "90 min")
    total, at, last = 0.0, 0, 0
    while at < len(plain):
        part = _PART.match(plain, at)
        if part is None:
            rest = _BARE.fullmatch(plain, at)
            # "1 h 30": what follows hours without a word are minutes.
            if rest is None or last != _HOUR or int(rest[0]) >= _HOUR:
                return None
            total += int(rest[0])
            break
        count, unit = _number(part[1]), _unit(part[2])
        if count is None or not unit or (last and unit >= last):
            return None
        total, last, at = total + count * unit, unit, part.end()
        between = _BETWEEN.match(plain, at)
        at = at if between is None else between.end()
    whole = round(total)
    return whole if last and whole == total and 0 <= whole <= LONGEST_LEAD else None


def lead_complaint(text: str) -> str:
    """Return the sentence about a lead time that could not be read."""
    plain = text.strip()
    if _BARE.fullmatch(plain):
        return tr(
            "{number} of what? Write {number} minutes, {number} hours or {number} days.",
            number=plain,
        )
    return tr("Write it like 45 minutes, 3 hours or 2 days, a year at most.")


def _unit(word: str) -> int:
    return next((minutes for names, minutes in _UNITS if word in tr(names).split()), 0)


def _number(word: str) -> float | None:
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return next((number for names, number in _NUMBERS if word in tr(names).split()), None)
