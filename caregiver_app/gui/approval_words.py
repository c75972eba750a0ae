"""How Today and the calendar say that an approval ends before a coming infusion."""

from __future__ import annotations

from datetime import date

from caregiver_app.gui.words import long_date, tr


def lapse_words(name: str, last: date, title: str, day: date, today: date) -> tuple[str, str]:
    """Return what is so, and what follows from it.

    `name` is whose approval it is ("" where that needs no saying), `last` its last day; `title`
    and `day` are those of the visit that falls outside.
    """
    if name:
        fact = "{name}\u2019s approval ended {day}."
        if last >= today:
            fact = "{name}\u2019s approval ends {day}."
    else:
        fact = "The approval ended {day}." if last < today else "The approval ends {day}."
    ends, falls = (long_date(one, year=one.year != today.year) for one in (last, day))
    outside = tr(
        "{visit} on {day} falls outside: ask the insurer or the clinic.", visit=title, day=falls
    )
    return tr(fact, name=name, day=ends), outside
