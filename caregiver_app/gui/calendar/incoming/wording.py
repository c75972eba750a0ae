"""What a row of the preview says, in the family's words; all of it plain text on single lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Final

from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.domain.times import AllDay, Moment, Zoned, parse_moment, wall, whole_days
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.lead_chips import lead_words
from caregiver_app.gui.lasting_words import until_of
from caregiver_app.gui.rule_words import rule_words
from caregiver_app.gui.words import count_text, length_text, short_date, time_text, tr
from caregiver_app.gui.zone_words import both_times, city
from caregiver_app.messages import words
from caregiver_app.services.household import Household
from caregiver_app.services.importer import (
    NEW,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    Changed,
    Preview,
    Row,
)

KINDS: Final = {
    "infusion": "Infusion",
    "check-in": "Check-in",
    "follow-up": "Follow-up",
    "lab": "Lab",
    "medication": "Medicine",
    "drive": "Drive",
    "other": "Other",
}
STATES: Final = {NEW: "New", UPDATED: "Changed", UNCHANGED: "As it is", SKIPPED: "Left out"}
_LONGEST: Final = 300
_MOST_DATES: Final = 3
_STATUS: Final = {"planned": "Planned", "booked": "Booked", "cancelled": "Cancelled"}
_DROPPED: Final = {
    "ATTACH": ("{count} attachment", "{count} attachments"),
    "ORGANIZER": ("{count} organiser", "{count} organisers"),
    "ATTENDEE": ("{count} guest", "{count} guests"),
    "METHOD": ("{count} request to answer", "{count} requests to answer"),
    "RRULE": ("{count} repetition by the hour or minute", "{count} repetitions by the hour or minute"),  # noqa: E501
    "REQUEST-STATUS": ("{count} note of a mail program", "{count} notes of a mail program"),
    "line": ("{count} line that could not be read", "{count} lines that could not be read"),
    "VALARM EMAIL": ("{count} reminder by mail", "{count} reminders by mail"),
    "VALARM AUDIO": ("{count} reminder with a sound", "{count} reminders with a sound"),
    "VALARM PROCEDURE": ("{count} reminder that starts a program", "{count} reminders that start programs"),  # noqa: E501
}  # fmt: skip


def plain(text: str, longest: int = _LONGEST) -> str:
    """Return a text of a file as one line without anything that is not a letter or a sign."""
    kept = "".join(one if one.isprintable() else " " for one in text[: 4 * longest])
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def kind_name(kind: str) -> str:
    """Return the word for a kind of appointment."""
    return tr(KINDS.get(kind, KINDS["other"]))


def kinds() -> list[tuple[str, str]]:
    """Return every kind with its word."""
    return [(kind, kind_name(kind)) for kind in APPOINTMENT_TYPES]


def counts(preview: Preview) -> str:
    """Return "12 new, 2 changed, 30 as they are, 1 left out"."""
    found = {state: preview.count(state) for state in STATES}
    parts = [
        tr("{count} new", count=found[NEW]),
        tr("{count} changed", count=found[UPDATED]),
        count_text(found[UNCHANGED], "{count} as it is", "{count} as they are"),
        tr("{count} left out", count=found[SKIPPED]),
    ]
    return ", ".join(part for part, count in zip(parts, found.values(), strict=True) if count)


def dropped_words(dropped: Mapping[str, int]) -> str:
    """Return what of a file is not kept, "" where it is nothing."""
    parts = [_dropped(name, count) for name, count in sorted(dropped.items()) if count]
    return ", ".join(parts)


def _dropped(name: str, count: int) -> str:
    known = _DROPPED.get(name)
    if known is not None:
        return count_text(count, *known)
    if name.startswith("VALARM "):
        return count_text(
            count, "{count} reminder of another sort", "{count} reminders of another sort"
        )
    what = plain(name, 40)
    return tr("{count} times “{name}”", count=count, name=what)


class Wording:
    """Writes rows for one household as it is now."""

    def __init__(self, house: Household) -> None:
        self._home = house.care.home
        self._year = house.care.today.year
        self._each: dict[str, Callable[[Row, Changed], str]] = {
            "start": self._start,
            "zone": self._zone,
            "minutes": self._minutes,
            "status": self._status,
            "rrule": self._rule,
            "exdates": self._left_dates,
            "rdates": self._more_dates,
            "alarms": self._alarms,
        }

    def title(self, row: Row) -> str:
        """Return the title, or that there is none."""
        return plain(row.title) or tr("Without a title")

    def when(self, row: Row) -> str:
        """Return when it is, how often, and where; "" where it has no start."""
        if row.start is None:
            return ""
        parts = [self._moment(row.start)]
        one = row.kept or row.old
        if one is not None and row.event is not None and row.start == one.start:
            parts[0] = ", ".join(filter(None, (parts[0], until_of(one, row.start, self._home))))
        if row.event is not None:
            parts.append(self._rule_of(row.event.rrule, row.start))
            parts.append(plain(row.event.place, 80))
        return " · ".join(part for part in parts if part)

    def changes(self, row: Row) -> list[str]:
        """Return what the file says otherwise, a line for each field."""
        if row.goes:
            return [tr("This date is as its series says again.")]
        lines: list[str] = []
        for one in row.changes:
            each = self._each.get(one.name)
            lines.append(self._text(one) if each is None else each(row, one))
        return [line for line in lines if line]

    def remarks(self, row: Row) -> list[str]:
        """Return what there is to say about how it was understood."""
        return [plain(words(one.key, **one.values)) for one in row.remarks]

    def reason(self, row: Row) -> str:
        """Return why it is left out, with its line in the file."""
        if row.reason is None:
            return ""
        said = plain(words(row.reason.key, **row.reason.values))
        return tr("Line {line}: {said}", line=row.line, said=said)

    @staticmethod
    def moves_visit() -> str:
        """Return what to do where a file would move a treatment visit."""
        return words("import.moves_visit")

    # -- Fields -----------------------------------------------------------------------------------

    def _text(self, one: Changed) -> str:
        names = {"title": tr("Title"), "place": tr("Place"), "note": tr("Note")}
        if one.name == "extra":
            return tr("Details that only other programs read change")
        name = names.get(one.name, plain(one.name, 40))
        return self._line(name, plain(one.before, 90), plain(one.after, 90))

    def _line(self, name: str, before: str, after: str) -> str:
        nothing = tr("nothing")
        return tr(
            "{name}: {before} → {after}",
            name=name, before=before or nothing, after=after or nothing,
        )  # fmt: skip

    def _start(self, row: Row, one: Changed) -> str:
        before = None if row.old is None else row.old.start
        after = self._parsed(one.after, None if row.event is None else row.event.zone)
        if before is None or after is None:
            return self._line(tr("Start"), plain(one.before, 40), plain(one.after, 40))
        return self._line(tr("Start"), self._moment(before), self._moment(after))

    @staticmethod
    def _parsed(text: str, zone: str | None) -> Moment | None:
        try:
            return parse_moment(text, zone)
        except (InputRefused, ValueError):
            return None

    def _zone(self, _row: Row, one: Changed) -> str:
        anywhere = tr("wherever you are")
        named = [city(zone) if zone else anywhere for zone in (one.before, one.after)]
        return self._line(tr("Time zone"), *named)

    def _minutes(self, row: Row, one: Changed) -> str:
        lengths = [self._length(text, row.start) for text in (one.before, one.after)]
        return self._line(tr("Length"), *lengths)

    @staticmethod
    def _length(text: str, start: Moment | None) -> str:
        if not text.isdecimal():
            return ""
        minutes = int(text)
        if isinstance(start, AllDay):
            return count_text(whole_days(minutes), "{count} day", "{count} days")
        return length_text(minutes) if minutes else ""

    def _status(self, _row: Row, one: Changed) -> str:
        said = [tr(_STATUS.get(text, text)) for text in (one.before, one.after)]
        return self._line(tr("Status"), *said)

    def _rule(self, row: Row, one: Changed) -> str:
        start = row.start
        once = tr("only once")
        said = [(self._rule_of(text, start) if start else text) or once
                for text in (one.before, one.after)]  # fmt: skip
        return self._line(tr("Repeats"), *said)

    def _rule_of(self, rule: str, start: Moment) -> str:
        return plain(rule_words(rule, start)) if rule else ""

    def _left_dates(self, _row: Row, one: Changed) -> str:
        gone, back = self._difference(one)
        said = [tr("no longer on {days}", days=gone) if gone else "",
                tr("again on {days}", days=back) if back else ""]  # fmt: skip
        return tr("Dates: {said}", said=", ".join(filter(None, said)))

    def _more_dates(self, _row: Row, one: Changed) -> str:
        more, gone = self._difference(one)
        said = [tr("also on {days}", days=more) if more else "",
                tr("no longer also on {days}", days=gone) if gone else ""]  # fmt: skip
        return tr("Dates: {said}", said=", ".join(filter(None, said)))

    def _difference(self, one: Changed) -> tuple[str, str]:
        """Return which dates come and which go."""
        before = {text for text in one.before.split(",") if text}
        after = {text for text in one.after.split(",") if text}
        return self._days(after - before), self._days(before - after)

    def _days(self, texts: set[str]) -> str:
        named = [self._day(text) for text in sorted(texts)[:_MOST_DATES]]
        more = len(texts) - len(named)
        if more > 0:
            named.append(tr("{count} more", count=more))
        return ", ".join(named)

    def _day(self, text: str) -> str:
        moment = self._parsed(text, None)
        return plain(text, 40) if moment is None else self._moment(moment)

    def _alarms(self, _row: Row, one: Changed) -> str:
        said = [self._leads(text) for text in (one.before, one.after)]
        return self._line(tr("Reminders"), *said)

    @staticmethod
    def _leads(text: str) -> str:
        leads = [part for part in text.split(",") if part.removeprefix("-").isdecimal()]
        return ", ".join(_lead(int(part)) for part in leads) or tr("none")

    # -- Times ------------------------------------------------------------------------------------

    def _moment(self, moment: Moment) -> str:
        """Return "Tue 24 Nov, 9:30", the bare day for a whole one; here too where that differs."""
        local: datetime = wall(moment)
        day = short_date(local.date(), year=local.year != self._year)
        if isinstance(moment, AllDay):
            return day
        hour = both_times(moment, self._home) if isinstance(moment, Zoned) else time_text(local)
        return tr("{day}, {hour}", day=day, hour=hour)

    def spoken(self, row: Row, kind: str) -> Iterator[str]:
        """Give what a screen reader says of a row, part by part, its title first."""
        yield self.title(row)
        yield self.when(row)
        yield kind_name(kind) if kind else ""
        yield tr(STATES[row.state])
        if row.moves_visit:
            yield tr("moves a treatment visit")
        yield from self.changes(row)
        yield self.reason(row)
        yield from self.remarks(row)


def _lead(minutes: int) -> str:
    if minutes < 0:
        return tr("{length} after", length=length_text(-minutes))
    return lead_words(minutes)
