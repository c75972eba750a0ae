"""Which days of a month or year can be repeated on, as they follow from a first date.

A choice is named by what the first date is in its month, not by a number: "the fourth Tuesday"
becomes "the second Friday" when another first date is chosen.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from caregiver_app.domain.recurrence import Rule
from caregiver_app.gui.rule_words import day_of_year, ordinal
from caregiver_app.gui.words import month_text, tr, weekday_name
from caregiver_app.values import value

DAY: Final = "day"
NTH: Final = "nth"
LAST: Final = "last"
END: Final = "end"
OTHER: Final = "other"
NUMBER: Final = "number"
"""In the two fields of another day: a day of the month by its number."""
MOST_NTH: Final = 4
"""A fifth Tuesday is missing in most months: from there on it is the last one."""
_WEEK: Final = 7
_LEAP: Final = (2, 29)


@value
class Days:
    """The part of a rule that says which days of its month, or of its year."""

    month_days: tuple[int, ...] = ()
    numbered: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()


def nth_of(first: date) -> int:
    """Return which of its weekday a date is in its month: 2 for the second Tuesday."""
    return (first.day - 1) // _WEEK + 1


def is_last_of(first: date) -> bool:
    """Tell whether a date is the last of its weekday in its month."""
    return first.day + _WEEK > monthrange(first.year, first.month)[1]


def is_month_end(first: date) -> bool:
    """Tell whether a date is the last day of its month."""
    return first.day == monthrange(first.year, first.month)[1]


def choices(frequency: str, first: date) -> list[tuple[str, str]]:
    """Return what is offered for a first date, as (key, words)."""
    weekday = weekday_name(first.weekday())
    yearly = frequency == "YEARLY"
    month = month_text(first).partition(" ")[0]
    day = day_of_year(first) if yearly else tr("day {day}", day=first.day)
    found = [(DAY, tr("On {day}", day=day))]
    if nth_of(first) <= MOST_NTH:
        found.append((NTH, _counted(nth_of(first), weekday, month if yearly else "")))
    if is_last_of(first):
        found.append((LAST, _counted(-1, weekday, month if yearly else "")))
    if not yearly:
        found.append((END, tr("On the last day of the month")))
        found.append((OTHER, tr("On another day of the month…")))
    return found


def _counted(number: int, weekday: str, month: str) -> str:
    if month:
        words = tr("On the {nth} {weekday} of {month}")
        return words.format(nth=ordinal(number), weekday=weekday, month=month)
    return tr("On the {nth} {weekday}", nth=ordinal(number), weekday=weekday)


def days_of(key: str, frequency: str, first: date) -> Days:
    """Return what a choice means for a first date."""
    months = (first.month,) if frequency == "YEARLY" else ()
    if key == NTH:
        return Days(numbered=((nth_of(first), first.weekday()),), months=months)
    if key == LAST:
        return Days(numbered=((-1, first.weekday()),), months=months)
    if key == END:
        return Days(month_days=(-1,))
    if frequency == "YEARLY":
        return Days()
    return Days(month_days=(first.day,))


def key_of(rule: Rule, first: date) -> str | None:
    """Return the choice that a rule is for a first date, OTHER for another day, None for no such.

    None: the rule asks for what the form cannot show.
    """
    shown = Days(rule.month_days, rule.numbered, rule.months)
    if shown == Days() or shown == Days((first.day,), (), (first.month,)):
        return DAY
    for key, _ in choices(rule.frequency, first):
        if key != OTHER and days_of(key, rule.frequency, first) == shown:
            return key
    if rule.frequency == "YEARLY" or rule.months:
        return None
    single = (rule.month_days, rule.numbered)
    if len(rule.month_days) == 1 and not rule.numbered and rule.month_days[0] >= -1:
        return OTHER if rule.month_days[0] > 0 else END
    if len(rule.numbered) == 1 and not single[0] and -1 <= rule.numbered[0][0] <= MOST_NTH:
        return OTHER
    return None


def fitting_key(key: str, first: date) -> str:
    """Return what becomes of a choice for another first date: the nearest that this one is."""
    if key == LAST and not is_last_of(first):
        return NTH
    if key == NTH and nth_of(first) > MOST_NTH:
        return LAST
    if key == END and not is_month_end(first):
        return DAY
    return key


def is_shown(rule: Rule, first: date) -> bool:
    """Tell whether the form has a field for all that a rule asks for."""
    odd = rule.year_days or rule.weeks or rule.hours or rule.minutes or rule.seconds
    if odd or rule.positions:
        return False
    others = rule.numbered or rule.month_days or rule.months
    if rule.frequency == "DAILY":
        return not (others or rule.weekdays)
    if rule.frequency == "WEEKLY":
        return not others and (not rule.week_start or rule.interval == 1)
    return not rule.weekdays and key_of(rule, first) is not None


def left_out_words(frequency: str, days: Days, first: date) -> str:
    """Return what has to be known of days that some months or years do not have, else ""."""
    if frequency == "YEARLY":
        if not days.numbered and (first.month, first.day) == _LEAP:
            return tr(
                "29 February comes in leap years only: other years are left out. Choose another "
                "first date if it should come every year."
            )
        return ""
    if len(days.month_days) == 1 and days.month_days[0] > 28:
        day = ordinal(days.month_days[0]) if days.month_days[0] < 6 else _nth(days.month_days[0])
        return tr(
            "Months without a {day} are left out. Choose the last day of the month if it should "
            "come in each.",
            day=day,
        )
    return ""


def _nth(day: int) -> str:
    return {29: tr("29th"), 30: tr("30th"), 31: tr("31st")}[day]
