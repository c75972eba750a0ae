"""Which day somebody means who types "next week", "tuesday", "24 Nov", "24.11." or "11/24".

Words are English; months and weekdays may be cut after three letters.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from caregiver_app.values import value

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_NEAR: Final = {
    "today": 0, "now": 0, "tomorrow": 1, "tmr": 1, "yesterday": -1,
    "the day after tomorrow": 2, "day after tomorrow": 2,
    "the day before yesterday": -2, "day before yesterday": -2,
}  # fmt: skip
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_COUNT: Final = r"(\d{1,4}|" + "|".join(_COUNTS) + ")"
_UNIT: Final = r"(day|week|fortnight|month|year)s?"
_WEEKDAY: Final = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+"
_DAY: Final = r"(\d{1,2})(?:st|nd|rd|th|\.)?"
_MONTH: Final = r"([a-z]{3,9})\.?"
_YEAR: Final = r"(\d{4}|'?\d{2})"
_KINDS: Final = {
    "infusion": ("infusion", "treatment", "visit", "treatment visit"),
    "follow-up": ("follow-up", "follow up", "followup", "follow-up visit", "checkup", "check-up"),
    "lab": ("lab", "labs", "lab test", "blood test", "bloods", "blood draw"),
    "medication": ("medicine", "medication", "pill", "dose", "medicine time"),
    "drive": ("drive", "ride"),
    "other": ("other appointment",),
    "": ("appointment", "entry", "thing"),
}
_NEXT: Final = r"(?:the |our |my )?(next|first|last|previous) (.+)"
_YEARS_AHEAD: Final = 9
"""29 February comes again after eight years at the latest."""


@value
class DayStyle:
    """How days are written here: `month_first` is 11/24, `first_weekday` 0 is Monday."""

    month_first: bool = False
    first_weekday: int = 0


@value
class Nearest:
    """The next thing of a kind ("" for any), or with `back` the last one before today."""

    kind: str
    back: bool = False


_Reader = Callable[[str, date, DayStyle], date | None]


def read_day(text: str, today: date, style: DayStyle | None = None) -> date | None:
    """Return the day that is meant, None when `text` names none.

    Without a year it is the next such day, today included; a weekday is the next one after today.
    A month alone is its first day, a number alone a day of a month.
    """
    plain = " ".join(text.casefold().replace("\u2019", "'").split()).strip(" ?!,;")
    bare = re.sub(rf"^(?:on |go to |to )?(?:{_WEEKDAY})?", "", plain)
    style = style or DayStyle()
    readers: tuple[tuple[_Reader, str], ...] = (
        (_read_near, plain),
        (_read_step, plain),
        (_read_weekday, plain),
        (_read_numbers, bare),
        (_read_named, bare),
    )
    for read, words in readers:
        try:
            found = read(words, today, style)
        except (ValueError, OverflowError):
            # Such a day is in no calendar.
            found = None
        if found is not None:
            return found
    return None


def read_nearest(text: str) -> Nearest | None:
    """Return what "next infusion" or "last blood test" asks for, None for anything else."""
    plain = " ".join(text.casefold().split()).strip(" ?!.,;")
    back = False
    if hit := re.fullmatch(_NEXT, plain):
        back, plain = hit[1] in ("last", "previous"), hit[2]
    elif plain not in _KINDS["infusion"] or plain == "visit":
        return None
    for kind, names in _KINDS.items():
        if plain in names or plain.removesuffix("s") in names:
            return Nearest(kind, back)
    return None


def next_such(month: int, day: int, today: date) -> date | None:
    """Return the first day from `today` on with that month and day; None when there is none."""
    for year in range(today.year, today.year + _YEARS_AHEAD):
        found = _date(year, month, day)
        if found is not None and found >= today:
            return found
    return None


# -- Words ----------------------------------------------------------------------------------------


def _read_near(text: str, today: date, _style: DayStyle) -> date | None:
    steps = _NEAR.get(text)
    return None if steps is None else today + timedelta(days=steps)


def _read_step(text: str, today: date, style: DayStyle) -> date | None:
    if hit := re.fullmatch(rf"(?:in )?{_COUNT} {_UNIT}(?: from (?:now|today)| ahead)?", text):
        return _stepped(today, _count(hit[1]), hit[2])
    if hit := re.fullmatch(rf"{_COUNT} {_UNIT} (?:ago|back|earlier)", text):
        return _stepped(today, -_count(hit[1]), hit[2])
    if hit := re.fullmatch(r"(next|this|last) (week|month|year)", text):
        step = {"next": 1, "this": 0, "last": -1}[hit[1]]
        return _begun(_stepped(today, step, hit[2]), hit[2], style)
    return None


def _begun(day: date, unit: str, style: DayStyle) -> date:
    """Return the first day of the week, month or year in which `day` lies."""
    if unit == "week":
        return day - timedelta(days=(day.weekday() - style.first_weekday) % 7)
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _stepped(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week", "fortnight"):
        return day + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _count(word: str) -> int:
    return _COUNTS[word] if word in _COUNTS else int(word)


def _read_weekday(text: str, today: date, _style: DayStyle) -> date | None:
    hit = re.fullmatch(r"(?:on )?(?:(next|this|last|coming) )?([a-z]{2,9})\.?", text)
    if hit is None:
        return None
    number = _place(hit[2], _WEEKDAYS, 2)
    if number is None:
        return None
    ahead = (number - today.weekday()) % 7
    if hit[1] == "last":
        return today - timedelta(days=7 - ahead)
    if hit[1] == "this":
        return today + timedelta(days=ahead)
    return today + timedelta(days=ahead or 7)


# -- Dates ----------------------------------------------------------------------------------------


def _read_numbers(text: str, today: date, style: DayStyle) -> date | None:
    if hit := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?", text):
        return date(int(hit[1]), int(hit[2]), int(hit[3]))
    if hit := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        return date(int(hit[1]), int(hit[2]), int(hit[3]))
    if hit := re.fullmatch(rf"(\d{{1,2}})\.\s*(\d{{1,2}})(?:\.\s*{_YEAR}?)?", text):
        return _dated(hit[3], int(hit[2]), int(hit[1]), today)
    if hit := re.fullmatch(rf"(\d{{1,2}})\s*[/-]\s*(\d{{1,2}})(?:\s*[/-]\s*{_YEAR})?", text):
        first, second = int(hit[1]), int(hit[2])
        month_first = style.month_first
        if max(first, second) > len(_MONTHS):
            # One order alone makes a date.
            month_first = second > first
        month, day = (first, second) if month_first else (second, first)
        return _dated(hit[3], month, day, today)
    if hit := re.fullmatch(r"(?:the )?(\d{1,2})(?:st|nd|rd|th|\.)?", text):
        return _next_numbered(int(hit[1]), today)
    return None


def _next_numbered(day: int, today: date) -> date | None:
    month = today.replace(day=1)
    for _ in range(12):
        found = _date(month.year, month.month, day)
        if found is not None and found >= today:
            return found
        month = _stepped(month, 1, "month")
    return None


def _read_named(text: str, today: date, _style: DayStyle) -> date | None:
    if hit := re.fullmatch(rf"(?:the )?{_DAY}\s*(?:of )?{_MONTH},?(?:\s*{_YEAR})?", text):
        month = _place(hit[2], _MONTHS, 3)
        return None if month is None else _dated(hit[3], month + 1, int(hit[1]), today)
    if hit := re.fullmatch(rf"{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th|\.)?(?:,?\s+{_YEAR})?", text):
        month = _place(hit[1], _MONTHS, 3)
        return None if month is None else _dated(hit[3], month + 1, int(hit[2]), today)
    if hit := re.fullmatch(rf"{_MONTH},?(?:\s*(\d{{4}}))?", text):
        month = _place(hit[1], _MONTHS, 3)
        if month is None:
            return None
        if hit[2]:
            return date(int(hit[2]), month + 1, 1)
        return next_such(month + 1, 1, today.replace(day=1))
    if hit := re.fullmatch(r"(\d{4})[-/](\d{1,2})", text):
        return date(int(hit[1]), int(hit[2]), 1)
    return None


def _dated(year: str | None, month: int, day: int, today: date) -> date | None:
    if not year:
        return next_such(month, day, today)
    number = int(year.removeprefix("'"))
    return date(number + 2000 if number < 100 else number, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _place(word: str, names: tuple[str, ...], least: int) -> int | None:
    """Return the place of the one name that `word` begins; "sept" and "tues" are beginnings too."""
    if len(word) < least:
        return None
    fitting = [place for place, name in enumerate(names) if name.startswith(word)]
    return fitting[0] if len(fitting) == 1 else None
