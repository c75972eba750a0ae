"""Days that don't suit, in words."""

from __future__ import annotations

from datetime import date

from caregiver_app.domain.entities import BlockedDays
from caregiver_app.gui.words import long_date, short_date, short_weekday, tr


def days_words(blocked: BlockedDays, today: date) -> str:
    """Return which days are meant: "Tuesday 31 March", "Mon, Thu from ... to ..."."""
    first = blocked.first
    far = first.year != today.year or (blocked.last or first).year != today.year
    if blocked.last == first:
        return long_date(first, year=far)
    begins = short_date(first, year=far)
    span = tr("from {first} on", first=begins)
    if blocked.last is not None:
        span = tr("{first} to {last}", first=begins, last=short_date(blocked.last, year=far))
    if not blocked.weekdays:
        return span
    names = ", ".join(short_weekday(day) for day in blocked.weekdays)
    return tr("{weekdays}, {span}", weekdays=names, span=span)
