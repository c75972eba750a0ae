"""A calendar file read event by event: what can be kept, what was left out, and why.

Follows RFC 5545 3.6.1 and 3.8. One event that cannot be read is left out by itself; what other
programs wrote and we do not understand stays with its event, line by line. Nothing that a file
names is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.recurrence import expand, read_rule, rule_text
from caregiver_app.domain.times import AllDay, Moment, to_text, wall, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.content import one_line, plain
from caregiver_app.integrations.file_series import MOST_DATES, ONE_DATE, in_order
from caregiver_app.integrations.foreign_zones import ForeignZones, utc
from caregiver_app.integrations.incoming import (
    Incoming,
    IncomingFile,
    Remark,
    Skipped,
    zone_and_text,
)
from caregiver_app.integrations.lines import Component, Line, components, decoded, unescaped
from caregiver_app.integrations.moments import (
    after,
    as_of,
    lead_of,
    minutes_between,
    out_of_gap,
    read_duration,
    read_moment,
)

LONGEST_MINUTES: Final = 366 * 1440
_MOST_LEADS: Final = 20
_LONGEST_LEAD: Final = 366 * 1440
_STATUS: Final = {"TENTATIVE": "planned", "CANCELLED": "cancelled"}
_DROPPED: Final = ("ATTACH", "ORGANIZER", "ATTENDEE")
_READ: Final = frozenset(
    ("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION",
     "STATUS", "RRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SEQUENCE", "CREATED",
     "LAST-MODIFIED", *_DROPPED),
)  # fmt: skip
_FOLLOWING: Final = "THISANDFUTURE"
_SUB_DAILY: Final = ("SECONDLY", "MINUTELY", "HOURLY")


def read_calendar(
    data: bytes, progress: Callable[[int], None] = lambda _line: None
) -> IncomingFile:
    """Read a calendar file.

    Args:
        data: its bytes.
        progress: is told now and then which line of the file was reached.

    Raises:
        InputRefused: the file breaks a cap (`integrations.lines`); the error names the line.
    """
    outermost, bad = components(decoded(data), progress)
    return _Reading(outermost, len(bad)).done()


class _Reading:
    """One file while it is read."""

    def __init__(self, outermost: list[Component], bad: int) -> None:
        self._events: list[Incoming] = []
        self._skipped: list[Skipped] = []
        self._dropped: Counter[str] = Counter()
        self._name = ""
        if bad:
            self._dropped["line"] = bad
        calendars = [one for one in outermost if one.name == "VCALENDAR"]
        loose = [one for one in outermost if one.name != "VCALENDAR"]
        if loose:
            calendars.append(Component("VCALENDAR", loose[0].number, parts=loose))
        for calendar in calendars:
            self._calendar(calendar)

    def done(self) -> IncomingFile:
        """Return what was read."""
        return IncomingFile(
            name=self._name,
            events=tuple(in_order(self._events)),
            skipped=tuple(self._skipped),
            dropped=dict(self._dropped),
        )

    def _calendar(self, calendar: Component) -> None:
        named = calendar.first("X-WR-CALNAME") or calendar.first("NAME")
        self._name = self._name or (one_line(unescaped(named.value)) if named else "")
        if calendar.first("METHOD") is not None:
            self._dropped["METHOD"] += 1
        default = calendar.first("X-WR-TIMEZONE")
        zones = ForeignZones(
            [part for part in calendar.parts if part.name == "VTIMEZONE"],
            "" if default is None else unescaped(default.value).strip(),
        )
        for part in calendar.parts:
            if part.name == "VEVENT":
                self._take(part, zones)
            elif part.name != "VTIMEZONE":
                self._dropped[part.name] += 1

    def _take(self, event: Component, zones: ForeignZones) -> None:
        try:
            one = _Event(event, zones)
            self._events.append(one.incoming())
            self._dropped.update(one.dropped)
        except InputRefused as refused:
            reason = Remark(key=refused.key, values=_texts(refused.values))
            title = _title(event.first("SUMMARY"))
            self._skipped.append(Skipped(line=event.number, title=title, reason=reason))


class _Event:
    """One VEVENT."""

    def __init__(self, event: Component, zones: ForeignZones) -> None:
        self._event, self._zones = event, zones
        self.dropped: Counter[str] = Counter()
        self._remarks: list[Remark] = []
        for name in _DROPPED:
            count = len(event.all(name))
            if count:
                self.dropped[name] += count

    def _remark(self, key: str, **values: object) -> None:
        self._remarks.append(Remark(key=key, values=_texts(values)))

    def incoming(self) -> Incoming:
        """Return the event.

        Raises:
            InputRefused: it has no start that can be read, or lasts longer than a year.
        """
        line = self._event.first("DTSTART")
        if line is None:
            raise InputRefused("import.no_start", "start")
        start = read_moment(line, line.value, self._zones)
        tzid = line.param("TZID")
        if tzid and not isinstance(start, AllDay) and self._zones.find(tzid, wall(start)) is None:
            self._remark("import.unknown_zone", zone=tzid[:80])
        minutes = self._minutes(start)
        replaced = self._event.first("RECURRENCE-ID")
        # One date of a series does not repeat, whatever some programs copy into it.
        start, rule, extra_dates = self._rule(start) if replaced is None else (start, "", [])
        more = self._written_out(self._event.all("RRULE")[1:], start) if rule else ()
        named = self._dates("RDATE", start) if replaced is None else []
        rdates = sorted({*extra_dates, *more, *named})
        if rdates and not rule:
            rule = ONE_DATE
        if not rule:
            start = out_of_gap(start)
        text, zone = zone_and_text(start)
        status = self._event.first("STATUS")
        return Incoming(
            uid=self._uid(),
            line=self._event.number,
            start=text,
            zone=zone,
            minutes=minutes,
            original="" if replaced is None else self._original(replaced, start),
            following=replaced is not None and replaced.param("RANGE").upper() == _FOLLOWING,
            title=_title(self._event.first("SUMMARY")),
            place=_cut(self._words("LOCATION")),
            note=self._note(),
            status=_STATUS.get("" if status is None else status.value.strip().upper(), "booked"),
            rrule=rule,
            exdates=self._left_out(start) if rule else (),
            rdates=tuple(rdates),
            alarms=self._alarms(start, minutes),
            sequence=self._sequence(),
            created=self._stamp("CREATED"),
            changed=self._stamp("LAST-MODIFIED") or self._stamp("DTSTAMP"),
            extra=self._extra(),
            remarks=tuple(self._remarks),
        )

    # -- When --------------------------------------------------------------------------------------

    def _minutes(self, start: Moment) -> int:
        end, duration = self._event.first("DTEND"), self._event.first("DURATION")
        whole_day = isinstance(start, AllDay)
        minutes = 1440 if whole_day else 0
        if end is not None:
            over = read_moment(end, end.value, self._zones)
            if isinstance(over, AllDay) != whole_day or wall(over) < wall(start):
                self._remark("import.end_unread")
            else:
                minutes = minutes_between(start, over)
        elif duration is not None:
            length = read_duration(duration.value)
            if length is None:
                self._remark("import.end_unread")
            else:
                minutes = after(start, length)
        if minutes > LONGEST_MINUTES:
            raise InputRefused("import.too_long", "minutes")
        return minutes

    def _rule(self, start: Moment) -> tuple[Moment, str, list[str]]:
        """Return the start of the series, its rule and the dates that are added to it."""
        rules = self._event.all("RRULE")
        if not rules:
            return start, "", []
        text = rules[0].value
        if any(f"FREQ={name}" in text.upper().replace(" ", "") for name in _SUB_DAILY):
            self.dropped["RRULE"] += 1
            self._remark("import.sub_daily")
            return start, "", []
        try:
            reading = read_rule(text, start)
        except InputRefused as refused:
            if refused.key == "rule.ends_first":
                return start, "", []  # RFC 5545 3.8.5.3: the start is always a date of the series
            self.dropped["RRULE"] += 1
            self._remark("import.rule_unread", rule=text[:80])
            return start, "", []
        rule = rule_text(reading.rule)
        if reading.matches_start:
            return start, rule, []
        first = next(expand(start, replace(reading.rule, until=None), wall(start)), None)
        if first is None:
            return start, "", []
        self._remark("import.start_differs")
        return with_wall(start, first), rule, [to_text(start)]

    def _left_out(self, start: Moment) -> tuple[str, ...]:
        less = self._written_out(self._event.all("EXRULE"), start)
        return tuple(sorted({*self._dates("EXDATE", start), *less}))

    def _written_out(self, rules: list[Line], start: Moment) -> list[str]:
        """Return the dates of rules beside the first one, for which we have no room as rules."""
        found: list[str] = []
        for line in rules:
            try:
                rule = read_rule(line.value, start).rule
            except InputRefused:
                self._remark("import.rule_unread", rule=line.value[:80])
                continue
            dates = list(islice(expand(start, rule, wall(start)), MOST_DATES))
            if len(dates) == MOST_DATES:
                self._remark("import.written_out", day=dates[-1].date().isoformat())
            found += [to_text(with_wall(start, local)) for local in dates]
        return found

    def _dates(self, name: str, start: Moment) -> list[str]:
        found: list[str] = []
        for line in self._event.all(name):
            for text in line.value.split(","):
                try:
                    moment = read_moment(line, text.split("/")[0], self._zones)
                except InputRefused:
                    self._remark("import.date_unread", text=text[:40])
                    continue
                found.append(to_text(with_wall(start, as_of(start, moment))))
        if len(found) > MOST_DATES:
            raise InputRefused("import.many_dates", "start", most=MOST_DATES)
        return found

    def _original(self, line: Line, start: Moment) -> str:
        """Return which date is replaced, in its own kind of time until its series is known."""
        moment = read_moment(line, line.value, self._zones)
        if isinstance(moment, AllDay):
            return to_text(moment)
        return to_text(with_wall(start, as_of(start, moment)))

    def _alarms(self, start: Moment, minutes: int) -> tuple[int, ...] | None:
        found: set[int] = set()
        for part in self._event.parts:
            if part.name != "VALARM":
                continue
            action, trigger = part.first("ACTION"), part.first("TRIGGER")
            if action is not None and action.value.strip().upper() != "DISPLAY":
                self.dropped[f"VALARM {action.value.strip().upper()[:20]}"] += 1
            lead = None if trigger is None else lead_of(trigger, start, minutes, self._zones)
            if lead is None or lead > _LONGEST_LEAD:
                self.dropped["VALARM"] += 1
            else:
                found.add(lead)
        return tuple(sorted(found, reverse=True)[:_MOST_LEADS]) if found else None

    # -- What --------------------------------------------------------------------------------------

    def _uid(self) -> str:
        line = self._event.first("UID")
        uid = "" if line is None else one_line(unescaped(line.value))
        if uid:
            return uid
        # The same event without a name gets the same one again.
        told = "\n".join(one.text for one in self._event.lines if one.name != "DTSTAMP")
        return f"{sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}@without-uid"

    def _words(self, name: str) -> str:
        line = self._event.first(name)
        return "" if line is None else unescaped(line.value)

    def _note(self) -> str:
        note = plain(self._words("DESCRIPTION")).strip()
        title = one_line(self._words("SUMMARY"))
        if len(title) > texts.TITLE_LIMIT:
            note = f"{title}\n\n{note}".strip()
        place = one_line(self._words("LOCATION"))
        if len(place) > texts.TITLE_LIMIT:
            note = f"{place}\n\n{note}".strip()
        return note[: texts.TEXT_LIMIT]

    def _sequence(self) -> int:
        text = self._words("SEQUENCE").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _stamp(self, name: str) -> str:
        at = utc(self._words(name))
        return "" if at is None or not 1900 <= at.year <= 2200 else at.isoformat()

    def _extra(self) -> str:
        """Return the lines and parts that only other programs understand."""
        lines = [plain(one.text) for one in self._event.lines if one.name not in _READ]
        for part in self._event.parts:
            if part.name != "VALARM":
                lines += _written(part)
        return "\n".join(lines)[: texts.TEXT_LIMIT]


def _written(part: Component) -> list[str]:
    inner = [line for each in part.parts for line in _written(each)]
    own = [plain(line.text) for line in part.lines]
    return [f"BEGIN:{part.name}", *own, *inner, f"END:{part.name}"]


def _title(line: Line | None) -> str:
    return "" if line is None else _cut(unescaped(line.value))


def _cut(text: str) -> str:
    whole = one_line(text)
    return whole if len(whole) <= texts.TITLE_LIMIT else f"{whole[: texts.TITLE_LIMIT - 1]}…"


def _texts(values: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
