"""The events of one file beside the entries that have their UIDs, and what becomes of both.

* A changed date (RECURRENCE-ID) belongs to the series of its UID where that has such a date, also
  when only the calendar knows the series. Otherwise it is kept as a changed date without its
  series (`domain.series.is_alone`), which goes by its UID and date, whatever zone names that date.
* A file that holds a series holds the whole of it: a changed date of ours that it does not name is
  as the series says again, or left out where the series leaves it out.
* When the start of a series moves, its changed dates are found where they have moved to.
* An entry that was removed is not brought back: the event is a new entry with its UID.
* Our entry stays where the file is older: its SEQUENCE is lower and it was not changed later
  (many programs never count SEQUENCE). With an equal SEQUENCE the file holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Final, Literal

from caregiver_app.domain import texts
from caregiver_app.domain.entities import LONG_AGO, Appointment
from caregiver_app.domain.moved_rules import Shift
from caregiver_app.domain.plans import needs_question
from caregiver_app.domain.reminders import arms_anew
from caregiver_app.domain.series import (
    date_name,
    is_alone,
    is_date,
    moment_of,
    moved_to,
    wall_of,
)
from caregiver_app.domain.times import AllDay, Moment, to_text, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import Incoming, IncomingFile
from caregiver_app.integrations.moments import as_of
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.services.care import Care
from caregiver_app.services.exporter import ExportService
from caregiver_app.services.import_alone import AloneDates
from caregiver_app.services.import_compare import WHEN, Entry, bare_title, told_leads
from caregiver_app.services.reminder_settings import usual_leads

Alarms = Literal["file", "usual", "none"]

UNTITLED: Final = "Appointment"
_AT_ONCE: Final = 500
_EXPORTED: Final = 50
Name = tuple[str, str]


class Matching:
    """Which entry each event is about, and what the entry would be."""

    def __init__(
        self, care: Care, exporter: ExportService, file: IncomingFile, person: str, alarms: Alarms
    ) -> None:
        self._care, self._exporter, self._file = care, exporter, file
        self._alarms: Alarms = alarms
        self._usual = usual_leads(care).now
        self._person = person
        self._names = {"": ""}
        self._old: dict[Name, Appointment] = {}
        self._after: dict[Name, Appointment] = {}
        self._entries: dict[str, list[Appointment]] = {}
        self._in_file: dict[str, set[str]] = {}
        for event in file.events:
            if event.original:
                self._in_file.setdefault(event.uid, set()).add(event.original)
        self._live: dict[str, set[str]] = {}
        self._plain = {one.uid for one in file.events if not one.original}
        self._whole = {one.uid: one.moment for one in file.events if not one.original and one.rrule}
        self._told: dict[Name, Incoming] | None = None
        self._alone_dates: AloneDates | None = None
        self._used: set[str] = set()
        self._shifted: dict[str, dict[str, Appointment]] = {}
        self._older: set[str] = set()

    def load(self) -> Iterator[int]:
        """Find the entries of the file's UIDs, and give after each part how many were found."""
        uids = {one.uid for one in self._file.events}
        wanted = iter(sorted(uids))
        while part := list(islice(wanted, _AT_ONCE)):
            for one in self._care.store.with_uids(part):
                self._note(one)
            yield len(self._old)

    def _note(self, one: Appointment) -> None:
        self._old[one.uid, one.original] = one
        self._entries.setdefault(one.uid, []).append(one)
        if not one.original:
            self._after[one.uid, ""] = one
        # A cancelled date goes out as one that is left out; a file may name it all the same.
        named = one.status != "cancelled" or one.original in self._in_file.get(one.uid, ())
        if one.series is not None and named:
            self._live.setdefault(one.series, set()).add(one.original)

    # -- Which entry -------------------------------------------------------------------------------

    def old(self, event: Incoming) -> Appointment | None:
        """Return the entry that an event is about."""
        found = self._old.get((event.uid, event.original))
        if found is None and event.original:
            found = (
                self._old.get((event.uid, self._known_by(event, self._old)))
                or self._alone(event)
                or self._moved_along(event.uid).get(event.original)
            )
        if found is not None:
            self._used.add(found.id)
        return found

    def plain(self, event: Incoming) -> Incoming:
        """Return an event without its RECURRENCE-ID where that names an entry without a series.

        Some programs tell so that a single appointment moves: the date is that entry's own start,
        or the event already lies where the entry does.
        """
        single = self._old.get((event.uid, ""))
        if not event.original or single is None or single.rrule or event.uid in self._plain:
            return event
        if (event.uid, event.original) in self._old:
            return event
        here = to_text(single.start)
        for moment in (event.named, event.moment):
            if to_text(with_wall(single.start, as_of(single.start, moment))) == here:
                return replace(event, original="", following=False)
        return event

    def same_name(self, event: Incoming) -> Appointment | None:
        """Return the entry with exactly the UID and date of an event."""
        return self._old.get((event.uid, event.original))

    def _known_by(self, event: Incoming, masters: Mapping[Name, Appointment]) -> str:
        """Return the wall time of its series that an event names, "" where there is no series."""
        master = masters.get((event.uid, ""))
        if master is None or event.uid in self._whole:
            # Where the file has the series, its reader has named the date already.
            return "" if master is None else event.original
        return to_text(with_wall(master.start, as_of(master.start, event.named)))

    def _replaced(self, event: Incoming) -> Moment:
        """Return the date that an event of a file replaces."""
        series = self._whole.get(event.uid)
        return event.named if series is None else with_wall(series, wall_of(event.original))

    def _alone(self, event: Incoming) -> Appointment | None:
        """Return the entry for the same date of a series that is not here."""
        if event.uid not in self._entries:
            return None
        if self._alone_dates is None:
            self._alone_dates = AloneDates(self._old.values())
        found = self._alone_dates.find(event.uid, self._replaced(event))
        if found is None or found.id in self._used:
            return None
        # Another event names that one in so many words.
        return None if found.original in self._in_file[event.uid] else found

    def _moved_along(self, uid: str) -> Mapping[str, Appointment]:
        """Return the changed dates of a series by where its new start takes them."""
        if uid not in self._shifted:
            before, after = self._old.get((uid, "")), self._after.get((uid, ""))
            moved: dict[str, Appointment] = {}
            if before is not None and after is not None and before.start != after.start:
                shift = Shift(before.start, after.start)
                for row in self._entries[uid]:
                    free = row.original not in self._in_file.get(uid, ())
                    if row.series == before.id and free:
                        moved[to_text(shift.moment(moment_of(before, row.original)))] = row
            self._shifted[uid] = moved
        return self._shifted[uid]

    def settle(self, event: Incoming, after: Appointment) -> None:
        """Remember what a series will be, before its changed dates are looked at."""
        self._after[event.uid, ""] = after

    def mark_older(self, event: Incoming) -> None:
        """Remember that a file is older than what is kept of a series."""
        self._older.add(event.uid)

    def is_older(self, event: Incoming, old: Appointment | None) -> bool:
        """Tell whether what is kept is newer than an event that says otherwise."""
        if old is None:
            return bool(event.original) and event.uid in self._older
        if event.sequence >= old.sequence:
            return False
        return not event.changed or datetime.fromisoformat(event.changed) <= old.changed

    def fallen(self, event: Incoming) -> list[Appointment]:
        """Return the changed dates of a series that a file does not name any more."""
        old = self._old.get((event.uid, ""))
        if old is None or event.original or event.uid in self._older:
            return []
        return [
            row
            for row in self._entries[event.uid]
            if row.series == old.id
            and row.id not in self._used
            and not self.is_older(event, row)
            # A cancelled date goes out as one that is left out.
            and not (row.status == "cancelled" and not self.date_again(row, event))
        ]

    def date_again(self, row: Appointment, event: Incoming) -> str:
        """Return the date that a changed one is again by its series in a file, "" for none."""
        before, after = self._old[event.uid, ""], self._after[event.uid, ""]
        for name in (row.original, Shift(before.start, after.start).key(row.original)):
            fits = ("T" in name) != isinstance(after.start, AllDay) and name not in event.exdates
            if fits and after.rrule and is_date(after, wall_of(name)):
                return name
        return ""

    def entry(self, old: Appointment) -> Entry:
        """Return an entry as a calendar file would say it."""
        if old.person not in self._names:
            self._names[old.person] = self._care.name_of(old.person)
        return Entry(old, self._names[old.person], self._live.get(old.id, ()), self._usual)

    def teller(self, old: Appointment) -> Callable[[], Incoming | None]:
        """Return what gives what our own export says of an entry."""
        return partial(self._told_of, old)

    def _told_of(self, old: Appointment) -> Incoming | None:
        if self._told is None:
            self._told = {}
        if (old.uid, old.original) not in self._told:
            self._told |= self._exported(self._entries[old.uid])
        return self._told.get((old.uid, old.original))

    def foresee(self, uids: Iterable[str]) -> Iterator[int]:
        """Export what is kept under these UIDs, and give after each part how much that was."""
        self._told = self._told or {}
        wanted: list[Appointment] = []
        for uid in uids:
            wanted += self._entries.get(uid, ())
            if len(wanted) >= _EXPORTED:
                self._told |= self._exported(wanted)
                yield len(wanted)
                wanted = []
        if wanted:
            self._told |= self._exported(wanted)

    def _exported(self, entries: Collection[Appointment]) -> dict[Name, Incoming]:
        alone = [one for one in entries if is_alone(one)]
        found: dict[Name, Incoming] = {}
        for one in self._read([one for one in entries if not is_alone(one)]):
            found[one.uid, one.original] = one
        dates = AloneDates(alone)
        for one in self._read(alone):
            old = dates.find(one.uid, one.named)
            if old is not None:
                found[old.uid, old.original] = one
        return found

    def _read(self, entries: list[Appointment]) -> tuple[Incoming, ...]:
        try:
            return read_calendar(self._exporter.file_of(entries)).events if entries else ()
        except InputRefused:
            return ()

    # -- What becomes of it ------------------------------------------------------------------------

    def is_no_date(self, event: Incoming) -> bool:
        """Tell whether an event changes a date that the series of its UID does not have."""
        master = self._after.get((event.uid, ""))
        repeats = master is not None and bool(master.rrule)
        return bool(event.original) and repeats and self.series_of(event) is None

    def series_of(self, event: Incoming) -> tuple[Appointment, str] | None:
        """Return the series that has the date which an event changes, and the date's name."""
        master = self._after.get((event.uid, ""))
        if not event.original or master is None or not master.rrule:
            return None
        name = self._known_by(event, self._after)
        if ("T" in name) == isinstance(master.start, AllDay):
            return None
        return (master, name) if is_date(master, wall_of(name)) else None

    def made(self, event: Incoming, kind: str) -> Appointment:
        """Return a new entry for an event."""
        care, now = self._care, self._care.now
        series = self.series_of(event)
        entered = now
        if series is not None and event.moment == moment_of(*series):
            entered = series[0].entered
        person = self._person if series is None else series[0].person
        changed = _instant(event.changed, now)
        return Appointment(
            id=care.new_id(),
            uid=event.uid,
            person=person,
            type=kind if series is None else series[0].type,
            title=self._title(event.title, self._name_of(person)),
            start=event.moment,
            minutes=event.minutes,
            status=event.status or "booked",
            rrule=event.rrule,
            exdates=self._left_out(event),
            rdates=event.rdates,
            series=None if series is None else series[0].id,
            original=self._own_name(event, event.moment) if series is None else series[1],
            reminders=self._leads(event, None if series is None else series[0]),
            place=event.place,
            note=event.note,
            medicine=None if series is None else series[0].medicine,
            extra=event.extra,
            sequence=event.sequence,
            created=min(_instant(event.created, now), changed),
            changed=changed,
            entered=entered,
        )

    def _own_name(self, event: Incoming, start: Moment) -> str:
        """Return the name of the date that a changed one without its series replaces."""
        return date_name(start, self._replaced(event)) if event.original else ""

    def _name_of(self, person: str) -> str:
        if person not in self._names:
            self._names[person] = self._care.name_of(person)
        return self._names[person]

    @staticmethod
    def _title(said: str, person: str) -> str:
        title = bare_title(said, person)
        if not title.isascii():
            try:
                texts.title(title)
            except InputRefused as refused:
                if refused.key == "text.empty":
                    return UNTITLED
        return title.strip() or UNTITLED

    def _leads(self, event: Incoming, series: Appointment | None) -> tuple[int, ...] | None:
        if self._alarms == "none":
            return ()
        if self._alarms == "file" and event.alarms is not None:
            return event.alarms
        if self._alarms == "file" and series is None:
            # Whoever made the file chose none; what is usual here would be a surprise.
            return ()
        return None if series is None else series.reminders

    def updated(
        self, old: Appointment, event: Incoming, fields: Collection[str]
    ) -> Appointment | None:
        """Return an entry with what a file changes of it, None where nothing would change."""
        given: dict[str, object] = {
            "minutes": event.minutes, "status": event.status, "place": event.place,
            "note": event.note, "rrule": event.rrule, "rdates": event.rdates,
            "extra": event.extra,
        }  # fmt: skip
        changes = {name: given[name] for name in fields if name in given}
        if "title" in fields:
            changes["title"] = self._title(event.title, self._name_of(old.person))
        if "alarms" in fields:
            changes["reminders"] = _with_untold(event.alarms or (), old, self._usual)
        changes |= self._place_in_series(old, event, WHEN & set(fields))
        if fields and old.plan is None and not event.original:
            changes["exdates"] = self._left_out(event)
        if not fields and not changes:
            return None
        new = moved_to(old, event.moment) if WHEN & set(fields) else old
        return self._stamped(old, replace(new, **changes), event)

    def _place_in_series(
        self, old: Appointment, event: Incoming, moves: Collection[str]
    ) -> dict[str, object]:
        """Return which date of which series an entry is, as far as that changes."""
        if not event.original:
            return {}
        series = self.series_of(event)
        now: dict[str, object] = {
            "person": old.person if series is None else series[0].person,
            "series": None if series is None else series[0].id,
            "original": self._own_name(event, event.moment if moves else old.start)
            if series is None
            else series[1],
        }
        return {name: value for name, value in now.items() if getattr(old, name) != value}

    def _stamped(self, old: Appointment, new: Appointment, event: Incoming) -> Appointment:
        """Return a changed entry with the moments of its change."""
        return replace(
            new,
            sequence=max(event.sequence, old.sequence),
            changed=self._care.now,
            entered=self._care.now if arms_anew(old, new) else old.entered,
        )

    def _left_out(self, event: Incoming) -> tuple[str, ...]:
        """Return the dates that a series leaves out once the whole file is taken."""
        if not event.rrule:
            return ()
        return tuple(sorted({*event.exdates, *self._in_file.get(event.uid, ())}))


def visit_parts(old: Appointment, event: Incoming, fields: Collection[str]) -> set[str]:
    """Return the fields of a treatment visit that no file changes."""
    if old.plan is None:
        return set()
    held = {"rrule", "rdates", "exdates"} & set(fields)
    if WHEN & set(fields) and _moves_visit(old, event):
        whole_day = isinstance(event.moment, AllDay)
        held |= {"start", "zone", *(("minutes", "alarms") if whole_day else ())} & set(fields)
    if event.status == "cancelled":
        held |= {"status"} & set(fields)
    return held


def _moves_visit(old: Appointment, event: Incoming) -> bool:
    moment = event.moment
    return isinstance(moment, AllDay) or needs_question(old, moment)


def _with_untold(
    leads: Iterable[int], old: Appointment, usual: Mapping[str, tuple[int, ...]]
) -> tuple[int, ...]:
    """Return leads from a file with those of the entry that no file can tell."""
    untold = set(old.reminders or ()) - set(told_leads(old, usual))
    return tuple(sorted({*leads, *untold}, reverse=True))


def _instant(text: str, otherwise: datetime) -> datetime:
    at = datetime.fromisoformat(text).astimezone(UTC) if text else otherwise
    return max(at, LONG_AGO)
