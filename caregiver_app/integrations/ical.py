"""Writing appointments as one calendar file (RFC 5545, with NAME from RFC 7986).

The same appointments give the same bytes: events are sorted, DTSTAMP is the moment of the last
change (RFC 5545 3.8.7.2), and nothing is read from the clock. A calendar file is a copy to look
at; many programs drop its alarms, so it never replaces the program's own reminders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.recurrence import Rule, read_rule, rule_text
from caregiver_app.domain.times import (
    ALL_DAY_HOUR,
    MINUTES_A_DAY,
    AllDay,
    Floating,
    Moment,
    Zoned,
    in_zone,
    is_in_gap,
    to_text,
    wall,
    wall_instant,
    whole_days,
    with_wall,
    zone_of,
)
from caregiver_app.integrations.clock_dates import (
    NOTHING,
    ClockDates,
    clock_dates,
    is_uneven,
)
from caregiver_app.integrations.content import (
    date_text,
    escaped,
    file_bytes,
    local_text,
    one_line,
    plain,
    utc_text,
)
from caregiver_app.integrations.extra_lines import kept_lines, with_end
from caregiver_app.integrations.marks import (
    CLOCK_NAME,
    DATE_NAME,
    KIND_NAME,
    clock_mark,
    series_mark,
)
from caregiver_app.integrations.shared_dates import UTC_NAMES, Dated, shared_dates
from caregiver_app.integrations.vtimezone import vtimezone

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
_ENDLESS_YEARS = 20
"""How far a zone without yearly rules is written out for a series that has no last day."""

_NO_MOMENTS: Final[frozenset[datetime]] = frozenset()
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
    shown = escaped(NEUTRAL_NAME if neutral else one_line(name))
    known = {one.id: one for one in appointments if one.rrule}
    # A cancelled date of a series is left out of it: more readers know that than a cancelled one.
    events = [one for one in appointments if not _is_left_out(one, known)]
    events.sort(key=lambda one: _place(one, known))
    writer = _Writer(known, events, titles, alarms, places, neutral=neutral)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{escaped(f'-//Caregiver Companion//Caregiver Companion {version}//EN')}",
        "CALSCALE:GREGORIAN",
    ]
    if shown:
        lines += [f"NAME:{shown}", f"X-WR-CALNAME:{shown}"]
    for zone, (first, last) in sorted(writer.zones().items()):
        lines += vtimezone(zone, first, last)
    for one in events:
        lines += writer.event(one)
    return file_bytes([*lines, "END:VCALENDAR"])


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


def _is_left_out(one: Appointment, known: Mapping[str, Appointment]) -> bool:
    return one.series in known and one.status == "cancelled"


def _place(one: Appointment, known: Mapping[str, Appointment]) -> tuple[str, str, str, str]:
    """Return where an event stands: by its start, the changed dates of a series behind it."""
    series = known.get(one.series or "", one)
    return to_text(series.start), one.uid, one.original, one.id


class _Writer:
    """Spells events as content lines, their properties in the order that icalendar gives them."""

    def __init__(
        self,
        known: Mapping[str, Appointment],
        events: Sequence[Appointment],
        titles: Mapping[str, str],
        alarms: Mapping[str, Sequence[int]],
        places: Mapping[str, str],
        *,
        neutral: bool,
    ) -> None:
        self._known, self._events, self._neutral = known, events, neutral
        self._titles, self._alarms, self._places = titles, alarms, places
        self._rules = {one.id: read_rule(one.rrule, one.start).rule for one in known.values()}
        self._changed: dict[str, set[datetime]] = {}
        for one in events:
            series = known.get(one.series or "")
            if series is not None:
                original = _like(series.start, one.original)
                self._changed.setdefault(series.id, set()).add(original)
        self._heads = {one.uid: one.sequence for one in known.values()}
        self._clocks = {one.id: self._clock_dates(one) for one in known.values()}
        self._shared: Mapping[str, list[datetime]] = {}
        self._shared = self._shared_dates()

    def zones(self) -> dict[str, tuple[date, date]]:
        """Return the zones that the events name, and the days that each has to cover."""
        spans: dict[str, tuple[date, date]] = {}
        for one in self._events:
            if not isinstance(one.start, Zoned) or one.start.zone in UTC_NAMES:
                continue
            first, last = self._span(one)
            known = spans.get(one.start.zone, (first, last))
            spans[one.start.zone] = (min(known[0], first), max(known[1], last))
        return spans

    def event(self, one: Appointment) -> list[str]:
        """Return an entry's event; behind a series' own those that only tell when a date is."""
        series = self._known.get(one.series or "")
        if series is not None:
            return self._lines(one, self._replaced(one, series))
        if not one.rrule:
            return self._lines(one, self._alone(one) if self._is_alone(one) else [])
        lines = self._lines(one, [])
        for local, told in self._own_events(one):
            date_of = replace(one, start=with_wall(one.start, local), rrule="")
            lines += self._lines(date_of, [told], tells_clock=True)
        return lines

    def _own_events(self, series: Appointment) -> list[tuple[datetime, str]]:
        """Return dates that say what their series says, each with the line that names it."""
        own = {
            local: f"RECURRENCE-ID:{local_text(local)}"
            if bare
            else self._replacing(series, local)[0]
            for local, bare in self._clocks[series.id].own
        }
        for local in self._shared.get(series.id, ()):
            own[local] = self._replacing(series, local)[0]
        return sorted(own.items())

    def _shared_dates(self) -> Mapping[str, list[datetime]]:
        """Return the dates of series at which another one has an event of its own, by series id."""
        named: dict[str, set[str]] = {}
        for one in self._events:
            series = self._known.get(one.series or "")
            if series is not None or self._is_alone(one):
                line = (self._replaced(one, series) if series else self._alone(one))[0]
                named.setdefault(series.id if series else "", set()).add(_value(line))
        for one in self._known.values():
            if self._clocks[one.id].own:
                lines = (line for _local, line in self._own_events(one))
                named.setdefault(one.id, set()).update(map(_value, lines))
        if not named:
            return {}
        dated = [
            Dated(
                series=one,
                rule=self._rules[one.id],
                gone=self._gone(one),
                extra={_like(one.start, text) for text in one.rdates},
                added=self._clocks[one.id].added,
                named=named.get(one.id, frozenset()),
            )
            for one in self._known.values()
        ]
        return shared_dates(dated, named.get("", ()))

    def _lines(
        self, one: Appointment, replaced: list[str], *, tells_clock: bool = False
    ) -> list[str]:
        """Return one event; `replaced` are the lines that name the date which it replaces."""
        neutral, cancelled = self._neutral, one.status == "cancelled"
        title = NEUTRAL_TITLE
        if not neutral:
            title = one_line(self._titles.get(one.id, one.title)) or NEUTRAL_TITLE
        summary, changed = escaped(title), utc_text(one.changed)
        span = with_end(_span_lines(one), "" if neutral else one.extra)
        lines = [
            "BEGIN:VEVENT",
            f"SUMMARY:{summary}",
            *span,
            f"DTSTAMP:{changed}",
            f"UID:{escaped(one_line(one.uid))}",
            *replaced[:1],
            f"SEQUENCE:{self._sequence(one)}",
        ]
        mark = ""
        if one.rrule:
            repetition, mark = self._repetition(one)
            lines += repetition
        lines.append(f"CREATED:{utc_text(one.created)}")
        note = "" if neutral else escaped(plain(one.note).strip())
        if note:
            lines.append(f"DESCRIPTION:{note}")
        lines.append(f"LAST-MODIFIED:{changed}")
        place = "" if neutral else escaped(one_line(self._places.get(one.id, one.place)))
        if place:
            lines.append(f"LOCATION:{place}")
        lines.append(f"STATUS:{_STATUS[one.status]}")
        lines += replaced[1:]
        if tells_clock:
            values = (line.partition(":")[2] for line in span)
            mark = clock_mark(changed, values)
        if mark:
            lines.append(f"{CLOCK_NAME}:{mark}")
        parts: list[str] = []
        if not neutral:
            lines.append(f"{KIND_NAME}:{one.type}")
            if one.extra:
                single = () if one.rrule or tells_clock else lines
                properties, parts = kept_lines(one.extra, alarms=not cancelled, single=single)
                lines += properties
        if not cancelled:
            lines += _alarm_lines(one.start, self._alarms.get(one.id, ()), summary)
        return [*lines, *parts, "END:VEVENT"]

    def _repetition(self, one: Appointment) -> tuple[list[str], str]:
        """Return RRULE, RDATE and EXDATE of a series, and which values are only for readers."""
        start, clocks = one.start, self._clocks[one.id]
        lines = [f"RRULE:{_rule(self._rules[one.id], start)}"]
        extra, gone = {_like(start, text) for text in one.rdates}, self._gone(one)
        values = [utc_text(at) for at in clocks.unread]
        values += [local_text(local) for local in clocks.left_out if local not in gone]
        if isinstance(start, Zoned):
            # In UTC: libical takes no notice of the zone that an RDATE names.
            instants = {wall_instant(local, start.zone) for local in extra}
            values += [utc_text(at) for at in clocks.added if at not in instants]
            lines += [f"RDATE:{utc_text(at)}" for at in sorted({*clocks.added, *instants})]
        else:
            lines += [_time_line("RDATE", start, local) for local in sorted(extra)]
        left_out = sorted({*gone, *clocks.left_out})
        lines += [_time_line("EXDATE", start, local) for local in left_out]
        lines += [f"EXDATE:{utc_text(at)}" for at in clocks.unread]
        return lines, series_mark(values)

    def _gone(self, series: Appointment) -> set[datetime]:
        """Return the dates that are left out of a series; a changed one is there to be changed."""
        left_out = {_like(series.start, text) for text in series.exdates}
        return left_out - self._changed.get(series.id, _NO_MOMENTS)

    def _replaced(self, one: Appointment, series: Appointment) -> list[str]:
        """Return the lines that name the date which a changed one replaces."""
        return self._replacing(series, _like(series.start, one.original))

    def _is_alone(self, one: Appointment) -> bool:
        return bool(one.original) and one.series not in self._known

    def _sequence(self, one: Appointment) -> int:
        # Who reads a date of an older revision than its series may take it for one that is gone.
        least = self._heads.get(one.uid, 0) if self._is_alone(one) else 0
        return max(one.sequence, least)

    def _alone(self, one: Appointment) -> list[str]:
        """Return the lines that name the date which one without its series replaces."""
        local = datetime.fromisoformat(one.original)
        if "T" not in one.original:
            return [_time_line("RECURRENCE-ID", AllDay(local.date()), local)]
        start = one.start
        if isinstance(start, Zoned) and _span_lines(one)[0].endswith("Z"):
            # It begins in UTC, which both have to be in.
            return [f"RECURRENCE-ID:{utc_text(wall_instant(local, start.zone))}"]
        return self._replacing(one, local)

    def _replacing(self, series: Appointment, local: datetime) -> list[str]:
        start = series.start
        if not isinstance(start, Zoned) or start.zone in UTC_NAMES:
            return [_time_line("RECURRENCE-ID", start, local)]
        skipped = is_in_gap(local, start.zone)
        if not skipped and local not in {_like(start, text) for text in series.rdates}:
            return [_time_line("RECURRENCE-ID", start, local)]
        # It replaces an RDATE, which is written in UTC.
        told = f"RECURRENCE-ID:{utc_text(wall_instant(local, start.zone))}"
        return [told, f"{DATE_NAME}:{local_text(local)}"] if skipped else [told]

    def _clock_dates(self, series: Appointment) -> ClockDates:
        start = series.start
        if not isinstance(start, Zoned) or start.zone in UTC_NAMES:
            return NOTHING
        last = self._span(series)[1]
        changed = self._changed.get(series.id, _NO_MOMENTS)
        return clock_dates(
            series, self._rules[series.id], last, gone=self._gone(series), changed=changed
        )

    def _span(self, one: Appointment) -> tuple[date, date]:
        """Return the days that a zone has to cover for an entry."""
        first = wall(one.start).date()
        last = first + timedelta(minutes=one.minutes, days=2)
        if self._is_alone(one):
            named = datetime.fromisoformat(one.original).date()
            first, last = min(first, named), max(last, named + timedelta(days=2))
        if not one.rrule:
            return first, last
        until = self._rules[one.id].until
        endless = date(first.year + _ENDLESS_YEARS, first.month, 1)
        last = max(last, until.date() + timedelta(days=2)) if until else max(last, endless)
        extra = [datetime.fromisoformat(text).date() for text in one.rdates]
        if extra:
            first = min(first, *extra)
            last = max(last, max(extra) + timedelta(minutes=one.minutes, days=2))
        return first, last


def _value(line: str) -> str:
    return line.partition(":")[2]


def _time_line(name: str, start: Moment, local: datetime) -> str:
    """Return the wall time `local` as a property of the kind and zone of `start`."""
    if isinstance(start, AllDay):
        return f"{name};VALUE=DATE:{date_text(local)}"
    if isinstance(start, Floating):
        return f"{name}:{local_text(local)}"
    if start.zone in UTC_NAMES:
        return f"{name}:{local_text(local)}Z"
    return f"{name};TZID={start.zone}:{local_text(local)}"


def _span_lines(one: Appointment) -> list[str]:
    """Return DTSTART and DTEND, the latter `minutes` after a timed start.

    A single zoned appointment lasts so many elapsed minutes. For a series the wall times are
    written so far apart, which is how long its occurrences last but those across a clock change.
    """
    start, length = one.start, timedelta(minutes=one.minutes)
    local = wall(start)
    if isinstance(start, AllDay):
        over = local + timedelta(days=whole_days(one.minutes))
    elif (
        isinstance(start, Floating)
        or start.zone in UTC_NAMES
        or not is_uneven(local, one.minutes, start.zone)
    ):
        over = local + length
    elif one.rrule and _comes_twice(local, start.zone):
        # Readers differ about the pass, but not about how long it lasts.
        lasts = [f"DURATION:PT{one.minutes}M"] if one.minutes else []
        return [_time_line("DTSTART", start, local), *lasts]
    elif one.rrule:
        # Readers differ about a first date across a clock change, but not about its end in UTC.
        end = [f"DTEND:{utc_text(wall_instant(local, start.zone) + length)}"] if length else []
        return [_time_line("DTSTART", start, local), *end]
    else:
        return _uneven_span(start, length)
    begins = _time_line("DTSTART", start, local)
    return [begins, _time_line("DTEND", start, over)] if over > local else [begins]


def _uneven_span(start: Zoned, length: timedelta) -> list[str]:
    """Return DTSTART and DTEND of a single appointment around a clock change."""
    at = wall_instant(start.local, start.zone)
    begins, over = _real(at, start.zone), _real(at + length, start.zone)
    # Readers differ about an hour that comes twice, first or second pass: no zone, no doubt.
    if any(_comes_twice(moment.local, moment.zone) for moment in (begins, over)):
        begins = Zoned(at.replace(tzinfo=None), "UTC")
        over = with_wall(begins, wall(begins) + length)
    lines = [_time_line("DTSTART", begins, wall(begins))]
    return [*lines, _time_line("DTEND", begins, wall(over))] if length else lines


def _real(at: datetime, zone: str) -> Zoned:
    """Return the instant `at` as a wall time, which is never one that the clocks skip."""
    return Zoned(in_zone(at, zone).replace(tzinfo=None, fold=0), zone)


def _comes_twice(local: datetime, zone: str) -> bool:
    first, second = (local.replace(tzinfo=zone_of(zone), fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def _rule(rule: Rule, start: Moment) -> str:
    """Return the rule with UNTIL as RFC 5545 3.3.10 wants it for the kind of `start`."""
    text = rule_text(rule)
    if rule.until is None:
        return text
    if isinstance(start, AllDay):
        until = date_text(rule.until)
    elif isinstance(start, Floating):
        until = local_text(rule.until)
    else:
        # Of a skipped hour, the later reading: UNTIL includes what falls on it.
        until = utc_text(rule.until.replace(tzinfo=zone_of(start.zone)).astimezone(UTC))
    return _UNTIL.sub(f"UNTIL={until}", text)


def _like(start: Moment, text: str) -> datetime:
    """Return a wall time of a series; a bare date means the series' own hour on that day."""
    local = datetime.fromisoformat(text)
    if "T" in text or " " in text or isinstance(start, AllDay):
        return local
    return datetime.combine(local.date(), start.local.time())


def _alarm_lines(start: Moment, leads: Iterable[int], summary: str) -> list[str]:
    lines: list[str] = []
    for minutes in sorted(set(leads), reverse=True):
        trigger = trigger_text(minutes, all_day=isinstance(start, AllDay))
        if trigger:
            lines += ["BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}",
                      f"TRIGGER:{trigger}", "END:VALARM"]  # fmt: skip
    return lines
