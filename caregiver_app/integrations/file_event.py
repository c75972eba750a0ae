"""One VEVENT of a calendar file in the program's own terms (RFC 5545 3.6.1 and 3.8).

What cannot be read is left out by itself and told in a remark; what other programs wrote and we do
not understand stays with the event, line by line. Nothing that a file names is opened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.domain.recurrence import expand, last_date, read_rule, rule_text
from caregiver_app.domain.rules import LARGEST
from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned, to_text, wall, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.content import one_line, plain
from caregiver_app.integrations.file_alarms import read_alarms
from caregiver_app.integrations.file_series import MOST_DATES, ONE_DATE, OWN_LENGTH
from caregiver_app.integrations.foreign_rules import (
    as_days,
    is_sub_daily,
    mended,
    two_ends,
    within_count,
)
from caregiver_app.integrations.foreign_zones import ForeignZones, utc
from caregiver_app.integrations.incoming import Incoming, Remark, zone_and_text
from caregiver_app.integrations.lines import Component, Line, unescaped
from caregiver_app.integrations.marks import DATE_NAME, KIND_NAME, NO_LENGTH, replaced_date
from caregiver_app.integrations.moments import (
    after,
    as_of,
    end_of,
    minutes_between,
    out_of_gap,
    read_duration,
    read_moment,
)
from caregiver_app.values import value

LONGEST_MINUTES: Final = 366 * 1440
_MOST_UNREAD: Final = 5
_STATUS: Final = {"TENTATIVE": "planned", "CONFIRMED": "booked", "CANCELLED": "cancelled"}
_DROPPED: Final = ("ATTACH", "ORGANIZER", "ATTENDEE")
_READ: Final = frozenset(
    ("", "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION",
     "STATUS", "RRULE", "EXRULE", "EXDATE", "RDATE", "RECURRENCE-ID", "SEQUENCE", "CREATED",
     "LAST-MODIFIED", DATE_NAME, *_DROPPED),
)  # fmt: skip
_REPETITION: Final = ("RRULE", "RDATE", "EXDATE", "EXRULE")
_FOLLOWING: Final = "THISANDFUTURE"
_A_DAY: Final = timedelta(days=1)


@value
class _Series:
    """A repetition: where it starts, its rule ("" for none) and dates beside it.

    `without_dates` tells that it ends before it begins.
    """

    start: Moment
    rule: str = ""
    dates: tuple[str, ...] = ()
    without_dates: bool = False


class EventReading:
    """Reads one VEVENT."""

    def __init__(self, event: Component, zones: ForeignZones) -> None:
        """`zones` are those of the event's file.

        What is not kept is counted in `dropped`; `named` is the date that the event replaces.
        """
        self._event, self._zones = event, zones
        self.dropped: Counter[str] = Counter()
        self.named: Moment | None = None
        self._remarks: list[Remark] = []
        self._lengths: dict[str, int] = {}
        self._less: dict[Moment, tuple[str, ...]] = {}
        for line in event.lines:
            if line.name in _DROPPED:
                self.dropped[line.name] += 1

    def _remark(self, key: str, **values: object) -> None:
        self._remarks.append(Remark(key=key, values=told(values)))

    def incoming(self) -> list[Incoming]:
        """Return the event, and after it each date that has a length of its own.

        Raises:
            InputRefused: it has no start that can be read, or no dates at all.
        """
        line, start = self._start()
        self._unread_lines()
        minutes = self._minutes(start)
        replaced = self._event.first("RECURRENCE-ID")
        # One date of a series does not repeat, whatever some programs copy into it.
        series = self._series(line, start) if replaced is None else _Series(start)
        series = self._with_dates(series, minutes) if replaced is None else series
        start = series.start if series.rule else out_of_gap(series.start)
        text, zone = zone_and_text(start)
        alarms = read_alarms(self._event, start, minutes, self._zones, repeats=bool(series.rule))
        for action in alarms.others:
            self.dropped[f"VALARM {action}"] += 1
        # A repetition that is none, or that nobody can read, means nothing to us.
        left = () if series.rule else _REPETITION
        no_length = minutes == 0 and self._length(start) == 0
        kind, extra = self._kind_and_extra(alarms.kept, left, no_length=no_length)
        one = Incoming(
            uid=self._uid(),
            line=self._event.number,
            start=text,
            zone=zone,
            minutes=minutes,
            original="" if replaced is None else self._original(replaced, start),
            following=replaced is not None and replaced.param("RANGE").upper() == _FOLLOWING,
            title=title_of(self._event),
            place=_cut(self._words("LOCATION")),
            note=self._note(),
            status=_STATUS.get(self._words("STATUS").strip().upper(), ""),
            rrule=series.rule,
            exdates=self._left_out(start) if series.rule else (),
            rdates=series.dates,
            alarms=alarms.leads,
            sequence=self._sequence(),
            created=self._stamp("CREATED"),
            changed=self._stamp("LAST-MODIFIED") or self._stamp("DTSTAMP"),
            extra=extra,
            remarks=tuple(self._remarks),
            kind=kind,
        )
        return [one, *self._of_own_length(one)]

    def _unread_lines(self) -> None:
        unread = self._event.all("")
        for line in unread[:_MOST_UNREAD]:
            self._remark("import.line_unread", line=line.number, text=line.text.strip()[:40])
        if len(unread) > _MOST_UNREAD:
            self._remark("import.lines_unread", count=len(unread) - _MOST_UNREAD)

    # -- When --------------------------------------------------------------------------------------

    def _start(self) -> tuple[Line, Moment]:
        refused: InputRefused | None = None
        for line in self._event.all("DTSTART"):
            try:
                start = read_moment(line, line.value, self._zones)
            except InputRefused as error:
                refused = refused or error
            else:
                self._tell_zone(line, start)
                return line, start
        raise refused or InputRefused("import.no_start", "start")

    def _tell_zone(self, line: Line, start: Moment) -> None:
        tzid = line.param("TZID")
        if tzid and not isinstance(start, AllDay) and self._zones.find(tzid, wall(start)) is None:
            known = self._zones.describes(tzid)
            self._remark("import.own_zone" if known else "import.unknown_zone", zone=tzid[:80])

    def _minutes(self, start: Moment) -> int:
        minutes = self._length(start)
        if minutes is None:
            self._remark("import.end_unread")
            minutes = 1440 if isinstance(start, AllDay) else 0
        if minutes > LONGEST_MINUTES:
            self._remark("import.cut_length")
        return min(minutes, LONGEST_MINUTES)

    def _length(self, start: Moment) -> int | None:
        """Return the minutes that it lasts, None where what the file says cannot be read."""
        end, duration = self._event.first("DTEND"), self._event.first("DURATION")
        if end is not None:
            try:
                over = end_of(start, read_moment(end, end.value, self._zones))
            except InputRefused:
                over = None
            if over is not None and not _is_before(over, start):
                return minutes_between(start, over)
            if duration is None:
                return None
        if duration is None:
            return 1440 if isinstance(start, AllDay) else 0
        length = read_duration(duration.value)
        if length is None or timedelta(days=length[0]) + length[1] < timedelta():
            return None
        return after(start, length)

    def _series(self, line: Line, start: Moment) -> _Series:
        """Return the repetition that the rules of the event make."""
        rules = self._event.all("RRULE")
        series = _Series(start)
        for place, rule in enumerate(rules):
            series = self._by_rule(rule.value, line, start)
            if series.rule:
                more = self._written_out(rules[place + 1 :], series.start)
                return replace(series, dates=(*series.dates, *more))
        return series

    def _by_rule(self, written: str, line: Line, start: Moment) -> _Series:
        text, count = within_count(mended(written, start))
        if count:
            self._remark("import.count_cut", count=count, most=LARGEST)
        if is_sub_daily(text):
            text = as_days(text, start) or text
        tzid = line.param("TZID")
        try:
            if tzid and isinstance(start, Zoned) and self._zones.find(tzid, start.local) is None:
                return self._by_own_zone(text, line, start)
            reading = read_rule(_one_end(text, start), start)
        except InputRefused as refused:
            if refused.key == "rule.ends_first":
                return _Series(start, without_dates=True)
            if refused.key == "rule.often" or is_sub_daily(text):
                self.dropped["RRULE"] += 1
                self._remark("import.sub_daily")
            else:
                self._remark("import.rule_unread", rule=written[:80])
            return _Series(start)
        rule = rule_text(reading.rule)
        if reading.matches_start:
            return _Series(start, rule)
        first = next(expand(start, replace(reading.rule, until=None), wall(start)), None)
        if first is None:
            return _Series(start)
        self._remark("import.start_differs")
        return _Series(with_wall(start, first), rule, (to_text(start),))

    def _by_own_zone(self, text: str, line: Line, start: Zoned) -> _Series:
        """Return the dates of a rule in a zone that only the file knows, written out in UTC.

        Raises:
            InputRefused: the rule cannot be read.
        """
        bare = Line(line.name, {}, line.value.strip().rstrip("Zz"), line.number, line.text)
        local = wall(read_moment(bare, bare.value, ForeignZones(())))
        rule = read_rule(_one_end(text, Floating(local)), Floating(local)).rule
        last = None
        if rule.until is not None and "Z" in text.upper().partition("UNTIL=")[2].partition(";")[0]:
            last, rule = rule.until, replace(rule, until=rule.until + _A_DAY)
        found: list[datetime] = []
        for each in islice(expand(Floating(local), rule, local), MOST_DATES):
            at = self._zones.instant(line.param("TZID"), each)
            if at is not None and (last is None or at.replace(tzinfo=None) <= last):
                found.append(at.replace(tzinfo=None))
        self._tell_end(found)
        return _Series(start, ONE_DATE, tuple(to_text(with_wall(start, at)) for at in found))

    def _with_dates(self, series: _Series, minutes: int) -> _Series:
        """Return the repetition with the dates that the event names one by one.

        Raises:
            InputRefused: it has no dates.
        """
        named = self._named_dates("RDATE", series.start, minutes)
        rdates = sorted({*series.dates, *named})
        if series.without_dates:
            less = self._left_out(series.start)
            left = [text for text in rdates if text not in less]
            if not left:
                raise InputRefused("import.no_dates", "start")
            begins = with_wall(series.start, datetime.fromisoformat(left[0]))
            return _Series(begins, ONE_DATE, tuple(left[1:]))
        rule = series.rule or (ONE_DATE if rdates else "")
        if not rule and to_text(series.start) in self._left_out(series.start):
            raise InputRefused("import.left_out", "start")
        return replace(series, rule=rule, dates=tuple(rdates))

    def _left_out(self, start: Moment) -> tuple[str, ...]:
        if start not in self._less:
            less = self._written_out(self._event.all("EXRULE"), start)
            named = self._named_dates("EXDATE", start, 0)
            self._less[start] = tuple(sorted({*named, *less}))
        return self._less[start]

    def _written_out(self, rules: list[Line], start: Moment) -> list[str]:
        """Return the dates of rules beside the first one, for which we have no room as rules."""
        found: list[str] = []
        for line in rules:
            text = mended(line.value, start)
            text = (as_days(text, start) or "") if is_sub_daily(text) else text
            try:
                rule = read_rule(_one_end(text, start), start).rule
            except InputRefused as refused:
                if refused.key != "rule.ends_first":
                    self._remark("import.rule_unread", rule=line.value[:80])
                continue
            dates = list(islice(expand(start, rule, wall(start)), MOST_DATES))
            self._tell_end(dates)
            found += [to_text(with_wall(start, local)) for local in dates]
        return found

    def _tell_end(self, dates: list[datetime]) -> None:
        """Remark where the dates of a rule that is written out stop."""
        if len(dates) == MOST_DATES:
            self._remark("import.written_out", day=dates[-1].date().isoformat())

    def _named_dates(self, name: str, start: Moment, minutes: int) -> list[str]:
        """Return the dates that lines of a name list; periods leave their own lengths behind."""
        found: list[str] = []
        for line in self._event.all(name):
            for text in line.value.split(","):
                if not text.strip():
                    continue
                begins, _, ends = text.partition("/")
                try:
                    moment = read_moment(line, begins, self._zones)
                    found.append(to_text(with_wall(start, as_of(start, moment))))
                except InputRefused:
                    self._remark("import.date_unread", text=text[:40])
                    continue
                if ends and name == "RDATE":
                    self._period(line, found[-1], moment, ends, minutes)
        if len(found) > MOST_DATES:
            raise InputRefused("import.many_dates", "start", most=MOST_DATES)
        return found

    def _period(self, line: Line, text: str, begins: Moment, ends: str, minutes: int) -> None:
        """Remember the length of a date that is a PERIOD where it differs (RFC 5545 3.8.5.2)."""
        length = read_duration(ends)
        try:
            if length is not None:
                own = after(begins, length)
            else:
                own = minutes_between(begins, end_of(begins, read_moment(line, ends, self._zones)))
        except InputRefused:
            self._remark("import.date_unread", text=ends[:40])
            return
        if own != minutes and own <= LONGEST_MINUTES:
            self._lengths[text] = own

    def _of_own_length(self, one: Incoming) -> list[Incoming]:
        """Return the dates of a series that last longer or shorter, as changed dates of it."""
        return [
            replace(one, start=text, original=text, minutes=minutes, rrule="", exdates=(),
                    rdates=(), remarks=(), sequence=OWN_LENGTH)
            for text, minutes in self._lengths.items()
            if one.rrule and text not in one.exdates
        ]  # fmt: skip

    def _original(self, line: Line, start: Moment) -> str:
        """Return which date is replaced, in its own kind of time until its series is known."""
        told = replaced_date(self._event)
        named = read_moment(line, line.value, self._zones)
        self.named = named if told is None else Floating(told)
        if isinstance(self.named, AllDay):
            return to_text(self.named)
        return to_text(with_wall(start, as_of(start, self.named)))

    # -- What --------------------------------------------------------------------------------------

    def _uid(self) -> str:
        line = self._event.first("UID")
        uid = "" if line is None else one_line(unescaped(line.value))
        if uid:
            return uid
        from hashlib import sha256

        # The same event without a name gets the same one again.
        lines = "\n".join(one.text for one in self._event.lines if one.name != "DTSTAMP")
        return f"{sha256(lines.encode('utf-8', 'replace')).hexdigest()[:32]}@without-uid"

    def _words(self, name: str) -> str:
        line = self._event.first(name)
        return "" if line is None else unescaped(line.value)

    def _note(self) -> str:
        """Return the description, before it what is too long for its own place, then what is over.

        RFC 5545 3.6.1 allows one title, place and description each; some files have more.
        """
        found: list[str] = []
        for name in ("LOCATION", "SUMMARY", "DESCRIPTION"):
            all_of_it = [plain(unescaped(line.value)).strip() for line in self._event.all(name)]
            if name == "DESCRIPTION":
                found += all_of_it
            elif all_of_it and len(one_line(all_of_it[0])) > texts.TITLE_LIMIT:
                found.insert(0, one_line(all_of_it[0]))
            found += [] if name == "DESCRIPTION" else all_of_it[1:]
        note = "\n\n".join(text for text in found if text)
        if len(note) > texts.TEXT_LIMIT:
            self._remark("import.note_cut")
        return note[: texts.TEXT_LIMIT]

    def _sequence(self) -> int:
        text = self._words("SEQUENCE").strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def _stamp(self, name: str) -> str:
        at = utc(self._words(name))
        return "" if at is None or not 1900 <= at.year <= 2200 else at.isoformat()

    def _kind_and_extra(
        self, alarms: tuple[Component, ...], unused: tuple[str, ...], *, no_length: bool
    ) -> tuple[str, str]:
        """Return the kind of appointment, and what only other programs understand, as lines."""
        kind, blocks = "", list[str]()
        for line in self._event.lines:
            if line.name in _READ and not (line.name in unused and _is_kept(line)):
                continue
            told_kind = line.value.strip() if line.name == KIND_NAME and not kind else ""
            if told_kind in APPOINTMENT_TYPES:
                kind = told_kind
            else:
                blocks.append(_as_written(line))
        if no_length and (self._event.first("DTEND") or self._event.first("DURATION")):
            blocks.append(NO_LENGTH)
        parts = [part for part in self._event.parts if part.name != "VALARM"]
        blocks += ["\n".join(_written(part)) for part in (*alarms, *parts)]
        kept, room = list[str](), texts.TEXT_LIMIT
        for block in blocks:
            if len(block) < room:
                kept.append(block)
                room -= len(block) + 1
        if len(kept) < len(blocks):
            self._remark("import.extra_cut", count=len(blocks) - len(kept))
        return kind, "\n".join(kept)


def _one_end(text: str, start: Moment) -> str:
    """Return a rule with that one of its two ends which comes first.

    Raises:
        InputRefused: the rule cannot be read.
    """
    both = two_ends(text)
    if both is None:
        return text
    counted, ended = both
    until = read_rule(ended, start).rule.until
    last = last_date(start, read_rule(counted, start).rule)
    return ended if until is not None and last is not None and until < last else counted


def _is_before(end: Moment, start: Moment) -> bool:
    if isinstance(end, Zoned) and isinstance(start, Zoned) and end.zone != start.zone:
        return minutes_between(start, end) == 0 and minutes_between(end, start) > 0
    return wall(end) < wall(start)


def _is_kept(line: Line) -> bool:
    """Tell whether a line about a repetition that is none is written back."""
    return not (line.name == "RRULE" and is_sub_daily(line.value))


def _as_written(line: Line) -> str:
    return plain(line.text).replace("\n", " ")


def _written(part: Component) -> list[str]:
    inner = [line for each in part.parts for line in _written(each)]
    own = [_as_written(line) for line in part.lines]
    return [f"BEGIN:{part.name}", *own, *inner, f"END:{part.name}"]


def title_of(component: Component) -> str:
    """Return what a component is called, "" where it says nothing."""
    line = component.first("SUMMARY")
    return "" if line is None else _cut(unescaped(line.value))


def _cut(text: str) -> str:
    whole = one_line(text)
    return whole if len(whole) <= texts.TITLE_LIMIT else f"{whole[: texts.TITLE_LIMIT - 1]}…"


def told(values: dict[str, object]) -> dict[str, str]:
    """Return the values of a remark as texts."""
    return {name: str(value) for name, value in values.items()}
