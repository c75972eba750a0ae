"""Writing appointments as one calendar file (RFC 5545, with NAME from RFC 7986).

The same appointments give the same bytes: events are sorted, DTSTAMP is the moment of the last
change (RFC 5545 3.8.7.2), and nothing is read from the clock. A calendar file is a copy to look
at; many programs drop its alarms, so it never replaces the program's own reminders.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from caregiver_app.domain.recurrence import read_rule, rule_text
from caregiver_app.domain.times import (
    ALL_DAY_HOUR,
    MINUTES_A_DAY,
    AllDay,
    Floating,
    Moment,
    Zoned,
    in_zone,
    to_text,
    wall,
    wall_instant,
    whole_days,
    with_wall,
    zone_of,
)
from caregiver_app.integrations.content import (
    date_text,
    escaped,
    local_text,
    one_line,
    plain,
    put,
    utc_text,
)
from caregiver_app.integrations.vtimezone import vtimezone

if TYPE_CHECKING:
    from icalendar import Calendar, Event

    from caregiver_app.domain.entities import Appointment

NEUTRAL_TITLE = "Appointment"
"""What stands in a file that is to tell nobody what an appointment is about."""

NEUTRAL_NAME = "Appointments"
"""The name of such a calendar."""

_STATUS = {
    "planned": "TENTATIVE",
    "delayed": "TENTATIVE",
    "booked": "CONFIRMED",
    "done": "CONFIRMED",
    "cancelled": "CANCELLED",
}
_UTC_NAMES = ("UTC", "Etc/UTC")
_ENDLESS_YEARS = 20
"""How far a zone without yearly rules is written out for a series that has no last day."""

_UNTIL = re.compile(r"UNTIL=[^;]*")


def write_calendar(
    appointments: Sequence[Appointment],
    *,
    name: str,
    titles: Mapping[str, str],
    alarms: Mapping[str, Sequence[int]],
    places: Mapping[str, str],
    version: str,
    neutral: bool = False,
) -> bytes:
    """Return one calendar file that holds `appointments`.

    Args:
        appointments: what to write; the order does not matter.
        name: what the calendar is called where it is read.
        titles: the summary to write, by appointment id; without one, the appointment's title.
        alarms: minutes before the start, by appointment id, as `times.lead_instant` counts them.
            One that would ring after the start (of an all-day item: after its midnight) is left
            out, because some readers turn it into one before the start.
        places: the location to write, by appointment id; without one, the appointment's place.
        version: the program's version, for PRODID.
        neutral: write "Appointment" for every summary, and no descriptions, places or names.

    Raises:
        InputRefused: an appointment has an unknown zone or a rule that cannot be read.
    """
    from icalendar import Calendar

    calendar = Calendar()
    shown = NEUTRAL_NAME if neutral else one_line(name)
    put(calendar, "VERSION", "2.0")
    put(calendar, "PRODID", escaped(f"-//Caregiver Companion//Caregiver Companion {version}//EN"))
    put(calendar, "CALSCALE", "GREGORIAN")
    put(calendar, "NAME", escaped(shown))
    put(calendar, "X-WR-CALNAME", escaped(shown))
    known = {one.id: one for one in appointments if one.rrule}
    # A cancelled date of a series is left out of it: more readers know that than a cancelled one.
    events = [one for one in appointments if not _is_left_out(one, known)]
    events.sort(key=lambda one: _place(one, known))
    live = {(one.series, one.original) for one in events if one.series in known}
    _add_zones(calendar, events)
    for one in events:
        title = NEUTRAL_TITLE if neutral else one_line(titles.get(one.id, one.title))
        event = _event(one, title or NEUTRAL_TITLE, known.get(one.series or ""), live)
        if not neutral:
            put(event, "LOCATION", escaped(one_line(places.get(one.id, one.place))))
            put(event, "DESCRIPTION", escaped(plain(one.note).strip()))
        if one.status != "cancelled":
            _add_alarms(event, one.start, alarms.get(one.id, ()), title or NEUTRAL_TITLE)
        calendar.add_component(event)
    return calendar.to_ical()


def trigger_text(minutes: int, *, all_day: bool) -> str:
    """Return a lead of `minutes` as a TRIGGER (RFC 5545 3.8.6.3), or "" when it is after the start.

    A multiple of 1440 counts calendar days, so it is written in days, which are nominal; any
    other is elapsed time, written in hours and minutes. An all-day item counts from 08:00 of its
    day, its DTSTART is the midnight before.
    """
    hour = ALL_DAY_HOUR.hour * 60 + ALL_DAY_HOUR.minute if all_day else 0
    days, rest = (minutes // MINUTES_A_DAY, 0) if minutes % MINUTES_A_DAY == 0 else (0, minutes)
    if hour and days:
        days, rest = days - 1, MINUTES_A_DAY - hour
    else:
        rest -= hour
    if rest < 0 or days < 0:
        return ""
    hours, odd = divmod(rest, 60)
    clock = (f"{hours}H" if hours else "") + (f"{odd}M" if odd else "")
    if not days and not clock:
        return "PT0S"
    return "-P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")


def _add_zones(calendar: Calendar, events: Iterable[Appointment]) -> None:
    """Add a VTIMEZONE for every zone that the events name, covering all of them."""
    spans: dict[str, tuple[date, date]] = {}
    for one in events:
        if not isinstance(one.start, Zoned) or one.start.zone in _UTC_NAMES:
            continue
        first = one.start.local.date()
        last = first + timedelta(minutes=one.minutes, days=2)
        if one.rrule:
            until = read_rule(one.rrule, one.start).rule.until
            endless = first.replace(year=first.year + _ENDLESS_YEARS, day=1)
            last = max(last, until.date() + timedelta(days=2)) if until else endless
            extra = [datetime.fromisoformat(text).date() for text in one.rdates]
            first = min(first, *extra, first)
            last = max(last, *(day + timedelta(minutes=one.minutes, days=2) for day in extra), last)
        known = spans.get(one.start.zone, (first, last))
        spans[one.start.zone] = (min(known[0], first), max(known[1], last))
    for zone, (first, last) in sorted(spans.items()):
        calendar.add_component(vtimezone(zone, first, last))


def _is_left_out(one: Appointment, known: Mapping[str, Appointment]) -> bool:
    return one.series in known and one.status == "cancelled"


def _place(one: Appointment, known: Mapping[str, Appointment]) -> tuple[str, str, str, str]:
    """Return where an event stands: by its start, the changed dates of a series behind it."""
    series = known.get(one.series or "", one)
    return to_text(series.start), one.uid, one.original, one.id


def _event(
    one: Appointment,
    title: str,
    series: Appointment | None,
    live: Collection[tuple[str | None, str]],
) -> Event:
    """Return an event; `series` is the one of which it is a changed date, `live` those that are."""
    from icalendar import Event

    event = Event()
    put(event, "UID", escaped(one_line(one.uid)))
    put(event, "DTSTAMP", utc_text(one.changed))
    put(event, "LAST-MODIFIED", utc_text(one.changed))
    put(event, "CREATED", utc_text(one.created))
    put(event, "SEQUENCE", str(one.sequence))
    put(event, "SUMMARY", escaped(title))
    put(event, "STATUS", _STATUS[one.status])
    _put_span(event, one)
    if series is not None:
        _put_time(event, "RECURRENCE-ID", series.start, _like(series.start, one.original))
    if one.rrule:
        put(event, "RRULE", _rule(one.rrule, one.start))
        left_out = {text for text in one.exdates if (one.id, text) not in live}
        # A changed extra date has to be one of the dates, so that there is one to change.
        for name, texts in (("RDATE", one.rdates), ("EXDATE", left_out)):
            for local in sorted({_like(one.start, text) for text in texts}):
                _put_time(event, name, one.start, local)
    return event


def _put_time(event: Event, name: str, start: Moment, local: datetime) -> None:
    """Add the wall time `local` as a property of the kind and zone of `start`."""
    if isinstance(start, AllDay):
        put(event, name, date_text(local), VALUE="DATE")
    elif isinstance(start, Floating):
        put(event, name, local_text(local))
    elif start.zone in _UTC_NAMES:
        put(event, name, f"{local_text(local)}Z")
    else:
        put(event, name, local_text(local), TZID=start.zone)


def _put_span(event: Event, one: Appointment) -> None:
    """Add DTSTART and DTEND, the latter `minutes` after a timed start.

    A single zoned appointment lasts so many elapsed minutes. For a series the wall times are
    written so far apart, which is how long its occurrences last but those across a clock change.
    """
    start, length = one.start, timedelta(minutes=one.minutes)
    if isinstance(start, AllDay):
        end = wall(start) + timedelta(days=whole_days(one.minutes))
    elif isinstance(start, Floating) or one.rrule:
        end = start.local + length
    else:
        at = wall_instant(start.local, start.zone)
        start, end = _real(at, start.zone), _real(at + length, start.zone)
        # Readers differ about an hour that comes twice, first or second pass: no zone, no doubt.
        if any(_comes_twice(moment.local, moment.zone) for moment in (start, end)):
            start = Zoned(at.replace(tzinfo=None), "UTC")
            end = with_wall(start, start.local + length)
        end = wall(end)
    _put_time(event, "DTSTART", start, wall(start))
    if end > wall(start):
        _put_time(event, "DTEND", start, end)


def _real(at: datetime, zone: str) -> Zoned:
    """Return the instant `at` as a wall time, which is never one that the clocks skip."""
    return Zoned(in_zone(at, zone).replace(tzinfo=None), zone)


def _comes_twice(local: datetime, zone: str) -> bool:
    first, second = (local.replace(tzinfo=zone_of(zone), fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def _rule(text: str, start: Moment) -> str:
    """Return the rule with UNTIL as RFC 5545 3.3.10 wants it for the kind of `start`."""
    rule = read_rule(text, start).rule
    if rule.until is None:
        return rule_text(rule)
    if isinstance(start, AllDay):
        until = date_text(rule.until)
    elif isinstance(start, Floating):
        until = local_text(rule.until)
    else:
        # Of a skipped hour, the later reading: UNTIL includes what falls on it.
        until = utc_text(rule.until.replace(tzinfo=zone_of(start.zone)).astimezone(UTC))
    return _UNTIL.sub(f"UNTIL={until}", rule_text(rule))


def _like(start: Moment, excluded: str) -> datetime:
    """Return an excluded wall time; a bare date means the series' own hour on that day."""
    local = datetime.fromisoformat(excluded)
    if "T" in excluded or " " in excluded or isinstance(start, AllDay):
        return local
    return datetime.combine(local.date(), start.local.time())


def _add_alarms(event: Event, start: Moment, leads: Iterable[int], title: str) -> None:
    from icalendar import Alarm

    for minutes in sorted(set(leads), reverse=True):
        trigger = trigger_text(minutes, all_day=isinstance(start, AllDay))
        if trigger:
            alarm = Alarm()
            put(alarm, "ACTION", "DISPLAY")
            put(alarm, "DESCRIPTION", escaped(title))
            put(alarm, "TRIGGER", trigger)
            event.add_component(alarm)
