"""What a row of the preview says, in the family's words; all of it plain text on single lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.domain.times import AllDay, Moment, Zoned, parse_moment, wall, whole_days
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.incoming.about import (
    MOVES,
    ORDER,
    entry_of,
    falls_out,
    is_cancelled,
    is_date,
    replaced,
    state_of,
    states,
)
from caregiver_app.gui.lasting_words import until_of
from caregiver_app.gui.lead_words import lead_words
from caregiver_app.gui.rule_words import rule_words
from caregiver_app.gui.search.wording import count_words
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
STATES: Final = {
    NEW: "New",
    UPDATED: "Changed",
    MOVES: "Not taken in",
    UNCHANGED: "Already here",
    SKIPPED: "Left out",
}
LOOKS_LIKE: Final = "import.looks_like"
"""The remark of what is probably there already."""
_LONGEST: Final = 300
_MOST_DATES: Final = 3
_COUNTS: Final = {
    NEW: ("{count} new", "{count} new"),
    UPDATED: ("{count} changed", "{count} changed"),
    MOVES: ("{count} would move a treatment visit", "{count} would move treatment visits"),
    UNCHANGED: ("{count} already here", "{count} already here"),
    SKIPPED: ("{count} left out", "{count} left out"),
}
_SHORT: Final = {
    "import.rule_unread": "Only its first date: the repetition could not be read",
    "import.date_unread": "One of its dates could not be read",
    "import.line_unread": "One of its lines could not be read",
}
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


def state_words(state: str, *, cancelled: bool) -> str:
    """Return what becomes of a row, and that it is cancelled where it is: "New, cancelled"."""
    said = tr(STATES[state])
    return tr("{state}, cancelled", state=said) if cancelled else said


def kind_name(kind: str) -> str:
    """Return the word for a kind of appointment."""
    return tr(KINDS.get(kind, KINDS["other"]))


def kinds() -> list[tuple[str, str]]:
    """Return every kind with its word."""
    return [(kind, kind_name(kind)) for kind in APPOINTMENT_TYPES]


def counted(count: int, one: str, many: str) -> str:
    """Return `one` or `many` with the number in it, its thousands apart."""
    return tr(one if count == 1 else many, count=count_words(count))


def counts(preview: Preview) -> str:
    """Return "12 new, 2 changed, 1 would move a treatment visit, 1 left out, 30 already here"."""
    found = states(preview)
    return ", ".join(counted(found[one], *_COUNTS[one]) for one in ORDER if found[one])


def dropped_words(dropped: Mapping[str, int]) -> str:
    """Return what of a file is not kept, "" where it is nothing."""
    parts = [_dropped(name, count) for name, count in sorted(dropped.items()) if count]
    return ", ".join(parts)


def _dropped(name: str, count: int) -> str:
    known = _DROPPED.get(name)
    if known is not None:
        return counted(count, *known)
    if name.startswith("VALARM "):
        return counted(
            count, "{count} reminder of another sort", "{count} reminders of another sort"
        )
    what = plain(name, 40)
    return tr("{count} times “{name}”", count=count_words(count), name=what)


class Wording:
    """Writes rows for one household as it is now."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._home = house.care.home
        self._series: dict[str, str] = {}
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

    def know(self, preview: Preview) -> None:
        """Take the names of series from a preview."""
        whole = [one for row in preview.rows if (one := entry_of(row)) and one.series is None]
        self._series = {one.id: one.title for one in whole}

    def title(self, row: Row) -> str:
        """Return the title, or that there is none."""
        return plain(row.title) or tr("Without a title")

    def when(self, row: Row) -> str:
        """Return when it is, how often, and where; "" where it has no start."""
        if row.start is None:
            return ""
        parts = [self.moment(row.start)]
        one = row.kept or row.old
        if one is not None and row.event is not None and row.start == one.start:
            parts[0] = ", ".join(filter(None, (parts[0], until_of(one, row.start, self._home))))
        if row.event is not None:
            parts.append(self.rule_of(row.event.rrule, row.start))
            parts.append(plain(row.event.place, 80))
        return " · ".join(part for part in parts if part)

    def place_in_series(self, row: Row) -> str:
        """Return "One date of “Physical therapy”, instead of Wed 16 Dec, 10:00", "" for others."""
        if not is_date(row):
            return ""
        named, instead = self._series_name(row), replaced(row)
        said = tr("One date of “{title}”", title=named) if named else tr("One date of a series")
        if instead is None or instead == row.start:
            return said
        return tr("{said}, instead of {moment}", said=said, moment=self.moment(instead))

    def _series_name(self, row: Row) -> str:
        one = entry_of(row)
        if one is None or one.series is None:
            return ""
        if one.series not in self._series:
            found = self._house.agenda.get(one.series)
            self._series[one.series] = "" if found is None else found.title
        return plain(self._series[one.series], 80)

    def changes(self, row: Row) -> list[str]:
        """Return what the file says otherwise, a line for each field."""
        if falls_out(row):
            return [tr("This date is no longer in its series.")]
        if row.goes:
            return [tr("This date is as its series says again.")]
        lines: list[str] = []
        for one in row.changes:
            each = self._each.get(one.name)
            lines.append(self._text(one) if each is None else each(row, one))
        return [line for line in lines if line]

    def double(self, row: Row, *, short: bool = False) -> str:
        """Return what of the calendar it looks like, "" where it looks like nothing."""
        for one in row.remarks:
            if one.key == LOOKS_LIKE and short:
                title = plain(one.values.get("title", ""), 40)
                return tr("Looks like “{title}”, which is here already", title=title)
            if one.key == LOOKS_LIKE:
                return plain(words(one.key, **one.values))
        return ""

    def remarks(self, row: Row, *, short: bool = False) -> list[str]:
        """Return what there is to say about how it was understood; `short` without raw text."""
        return [
            tr(_SHORT[one.key])
            if short and one.key in _SHORT
            else plain(words(one.key, **one.values))
            for one in row.remarks
            if one.key != LOOKS_LIKE
        ]

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
            return tr("Other programs’ own details: changed")
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
        return self._line(tr("Start"), self.moment(before), self.moment(after))

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
        said = [(self.rule_of(text, start) if start else text) or once
                for text in (one.before, one.after)]  # fmt: skip
        return self._line(tr("Repeats"), *said)

    @staticmethod
    def rule_of(rule: str, start: Moment) -> str:
        """Return how often something repeats, "" where it does not."""
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
        return plain(text, 40) if moment is None else self.moment(moment)

    def _alarms(self, _row: Row, one: Changed) -> str:
        said = [self._leads(text) for text in (one.before, one.after)]
        return self._line(tr("Reminders"), *said)

    @staticmethod
    def _leads(text: str) -> str:
        parts = [part for part in text.split(",") if part.removeprefix("-").isdecimal()]
        return leads(map(int, parts))

    # -- Times ------------------------------------------------------------------------------------

    def moment(self, moment: Moment) -> str:
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
        if is_cancelled(row):
            yield tr("Cancelled")
        yield tr(STATES[state_of(row)])
        if row.moves_visit:
            yield tr("moves a treatment visit")
        yield self.place_in_series(row)
        yield from self.changes(row)
        yield self.reason(row)
        yield self.double(row)
        yield from self.remarks(row)


def leads(minutes: Iterable[int]) -> str:
    """Return when something reminds, "none" where it does not."""
    return ", ".join(map(_lead, minutes)) or tr("none")


def _lead(minutes: int) -> str:
    if minutes < 0:
        return tr("{length} after", length=length_text(-minutes))
    return lead_words(minutes)
