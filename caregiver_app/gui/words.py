"""The gui's own words: `tr`, and dates and times as the pictures of the look write them.

What a person types as a date or a time is read here as well, so that both ways agree.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.pages.dates import (
    MONTHS,
    WEEKDAYS,
    count_text,
    day_month,
    hour_text,
    month_text,
    plain_date,
    tr,
    weekday_name,
)
from caregiver_app.pages.formats import Formats

__all__ = (
    "away_text",
    "count_text",
    "day_month",
    "day_text",
    "formats",
    "length_text",
    "long_date",
    "month_text",
    "plain_date",
    "read_date",
    "read_near",
    "read_time",
    "short_date",
    "short_weekday",
    "time_text",
    "tr",
    "use_formats",
    "weekday_name",
    "weekday_text",
)

_ISO_DATE: Final = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_DAY_FIRST: Final = r"(\d{1,2})\.?\s*([a-z]{3,9})\.?,?\s+(\d{4})"
_MONTH_FIRST: Final = r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})"
_DOTTED: Final = r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})"
_SLASHED: Final = r"(\d{1,2})\s*/\s*(\d{1,2})(?:\s*/\s*(\d{4}))?"
_YEARLESS_DOTTED: Final = r"(\d{1,2})\.\s*(\d{1,2})\.?"
_YEAR_SLASHED: Final = r"(\d{4})\s*/\s*(\d{1,2})\s*/\s*(\d{1,2})"
_YEARLESS_DAY_FIRST: Final = r"(\d{1,2})\.?\s*([a-z]{3,9})\.?"
_YEARLESS_MONTH_FIRST: Final = r"([a-z]{3,9})\.?\s+(\d{1,2})"
_MONTHS_A_YEAR: Final = 12
_YEARS_AWAY: Final = 9  # 29 February comes again after eight years at the latest
_LEADING_WEEKDAY: Final = r"^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+"
_NEAR_DAYS: Final = {"today": 0, "tomorrow": 1, "yesterday": -1}
_DAYS_A_WEEK: Final = 7
_DAYS_AHEAD: Final = r"in (\d{1,3}) days?"
_DAYS_BACK: Final = r"(\d{1,3}) days? ago"
_LAST: Final = "last "
_TIME: Final = r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(?:([ap])\.?m\.?)?"


class _Used:
    formats = Formats()


def use_formats(formats: Formats) -> bool:
    """Write and read dates and hours so from now on; tell whether that is another way."""
    changed, _Used.formats = formats != _Used.formats, formats
    return changed


def formats() -> Formats:
    """Return how dates and hours are written now."""
    return _Used.formats


# -- Writing dates and times ----------------------------------------------------------------------


def long_date(day: date, *, year: bool = False) -> str:
    """Return "Tuesday 31 March", with the year on request."""
    return _dressed(tr(WEEKDAYS[day.weekday()]), day, tr(MONTHS[day.month - 1]), year=year)


def short_date(day: date, *, year: bool = False) -> str:
    """Return "Tue 31 Mar", with the year on request."""
    weekday = tr(WEEKDAYS[day.weekday()][:3])
    return _dressed(weekday, day, tr(MONTHS[day.month - 1][:3]), year=year)


def weekday_text(day: date) -> str:
    """Return "Tuesday"."""
    return tr(WEEKDAYS[day.weekday()])


def short_weekday(number: int) -> str:
    """Return "Mon" for 0, "Sun" for 6."""
    return tr(WEEKDAYS[number][:3])


def day_text(day: date, today: date) -> str:
    """Return "Today", "Tomorrow", "Yesterday" or the long date (its year only when it differs)."""
    near = {0: "Today", 1: "Tomorrow", -1: "Yesterday"}.get((day - today).days)
    return tr(near) if near else long_date(day, year=day.year != today.year)


def away_text(day: date, today: date) -> str:
    """Return "today", "tomorrow", "in 4 days", "yesterday" or "4 days ago"."""
    days = (day - today).days
    if abs(days) <= 1:
        return tr(("today", "tomorrow", "yesterday")[days])
    return tr("in {count} days", count=days) if days > 0 else tr("{count} days ago", count=-days)


def time_text(moment: time | datetime) -> str:
    """Return "9:30", or "9:30 am" where days have halves."""
    return hour_text(moment, halves=_Used.formats.halves)


def length_text(minutes: int) -> str:
    """Return "2 h 30 min", "2 hours" or "45 minutes"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return count_text(rest, "{count} minute", "{count} minutes")
    if not rest:
        return count_text(hours, "{count} hour", "{count} hours")
    return tr("{hours} h {minutes} min", hours=hours, minutes=rest)


def _dressed(weekday: str, day: date, month: str, *, year: bool) -> str:
    text = f"{weekday} {day.day} {month}"
    return f"{text} {day.year}" if year else text


# -- Reading what was typed -----------------------------------------------------------------------


def read_date(text: str, today: date | None = None, *, past: bool = False) -> date | None:
    """Return the date that `text` names, or None when it names none.

    Understood are 2026-11-24, 24 Nov 2026, 24.11.2026, Nov 24 2026, with or without a weekday;
    with `today` also 24 Nov, which is the next such day from then on, or with `past` the last one
    up to then. 11/24/2026 and 24/11/2026 are read in the order of the country, or in the only one
    that makes a date.
    """
    plain = re.sub(_LEADING_WEEKDAY, "", _tidy(text))
    parts: tuple[int | None, int | None, int | None] = (None, None, None)
    if hit := re.fullmatch(_ISO_DATE, plain):
        parts = (int(hit[1]), int(hit[2]), int(hit[3]))
    elif hit := re.fullmatch(_DOTTED, plain):
        parts = (int(hit[3]), int(hit[2]), int(hit[1]))
    elif hit := re.fullmatch(_DAY_FIRST, plain):
        parts = (int(hit[3]), _month_number(hit[2]), int(hit[1]))
    elif hit := re.fullmatch(_MONTH_FIRST, plain):
        parts = (int(hit[3]), _month_number(hit[1]), int(hit[2]))
    elif hit := re.fullmatch(_YEAR_SLASHED, plain):
        parts = (int(hit[1]), int(hit[2]), int(hit[3]))
    elif (hit := re.fullmatch(_SLASHED, plain)) and hit[3]:
        parts = (int(hit[3]), *_month_and_day(int(hit[1]), int(hit[2])))
    year, month, day = parts
    if year is None or month is None or day is None:
        return None if today is None else _such_day(plain, today, past=past)
    return _date_or_none(year, month, day)


def _month_and_day(first: int, second: int) -> tuple[int, int]:
    """Return the month and the day of two numbers with a slash between them."""
    month_first = _Used.formats.month_first
    if max(first, second) > _MONTHS_A_YEAR:
        month_first = second > first
    return (first, second) if month_first else (second, first)


def _such_day(plain: str, today: date, *, past: bool) -> date | None:
    if hit := re.fullmatch(_YEARLESS_DAY_FIRST, plain):
        day, month = int(hit[1]), _month_number(hit[2])
    elif hit := re.fullmatch(_YEARLESS_MONTH_FIRST, plain):
        day, month = int(hit[2]), _month_number(hit[1])
    elif hit := re.fullmatch(_YEARLESS_DOTTED, plain):
        day, month = int(hit[1]), int(hit[2])
    elif (hit := re.fullmatch(_SLASHED, plain)) and not hit[3]:
        month, day = _month_and_day(int(hit[1]), int(hit[2]))
    else:
        return None
    if month is None:
        return None
    found = (
        _date_or_none(today.year + (-away if past else away), month, day)
        for away in range(_YEARS_AWAY)
    )
    fits = (one for one in found if one is not None and (one <= today if past else one >= today))
    return next(fits, None)


def read_near(text: str, today: date, *, past: bool = False) -> date | None:
    """Return the day that "tomorrow", "4 days ago" or a weekday names, or None for none.

    A weekday is the next such day from `today` on, or with `past` the last one up to then; "last
    Tuesday" is the last one before today.
    """
    plain = _tidy(text)
    if hit := re.fullmatch(_DAYS_AHEAD, plain):
        return today + timedelta(days=int(hit[1]))
    if hit := re.fullmatch(_DAYS_BACK, plain):
        return today - timedelta(days=int(hit[1]))
    if plain.startswith(_LAST):
        return _read_weekday(plain.removeprefix(_LAST), today - timedelta(days=1), past=True)
    for name, away in _NEAR_DAYS.items():
        if plain in (name, tr(name)):
            return today + timedelta(days=away)
    return _read_weekday(plain, today, past=past)


def _read_weekday(plain: str, today: date, *, past: bool) -> date | None:
    for number, long in enumerate(WEEKDAYS):
        short = plain.rstrip(".")
        if tr(long).lower() == short or (len(short) >= 3 and long.lower().startswith(short)):
            away = (number - today.weekday()) % _DAYS_A_WEEK
            return today + timedelta(days=away - _DAYS_A_WEEK if past and away else away)
    return None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _tidy(text: str) -> str:
    return " ".join(text.lower().split())


def read_time(text: str) -> time | None:
    """Return the time that `text` names (9:30, 09.30, 930, 9:30 pm, 9), or None."""
    hit = re.fullmatch(_TIME, text.strip().lower())
    if hit is None:
        return None
    hour, minute = int(hit[1]), int(hit[2] or 0)
    if hit[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if hit[3] == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _month_number(word: str) -> int | None:
    for number, month in enumerate(MONTHS, start=1):
        if len(word) >= 3 and (month.lower().startswith(word) or tr(month).lower() == word):
            return number
    return None
