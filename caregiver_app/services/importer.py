"""Calendar files coming in: a preview of what would change, and taking it in as one step.

A file's event is matched by UID and RECURRENCE-ID. What changed is found by holding the event
against what our own export of the entry says, so both directions can never disagree. A date of a
treatment visit is never moved by a file: that goes through the delay dialog (one rule for every
door).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from caregiver_app.assets import read_text
from caregiver_app.domain.entities import LONG_AGO, Appointment, Person
from caregiver_app.domain.occurrences import check_appointment, tidy
from caregiver_app.domain.plans import needs_question
from caregiver_app.domain.times import Moment
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.ical import NEUTRAL_TITLE
from caregiver_app.integrations.incoming import Incoming, IncomingFile, Remark, Skipped
from caregiver_app.integrations.reader import read_calendar
from caregiver_app.services.care import Care
from caregiver_app.services.exporter import ExportService
from caregiver_app.values import value

NEW, UPDATED, UNCHANGED, SKIPPED = "new", "updated", "unchanged", "skipped"
_COMPARED: Final = (
    "title", "start", "zone", "minutes", "status", "place", "note", "rrule", "exdates", "rdates",
    "alarms", "extra",
)  # fmt: skip
_WHEN: Final = frozenset(("start", "zone"))
_UNTITLED: Final = "Appointment"


@value
class Row:
    """One event of a file in the preview: what becomes of it if it is taken.

    `state` is one of NEW, UPDATED, UNCHANGED and SKIPPED. `fields` are the names of what changes,
    `reason` why it cannot be taken, `moves_visit` that it would move or cancel a treatment visit:
    then only the rest of it can be taken.
    """

    state: str
    line: int
    title: str
    start: Moment | None = None
    old: Appointment | None = None
    kept: Appointment | None = None
    fields: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    reason: Remark | None = None
    moves_visit: bool = False


@value
class Preview:
    """What taking a file in would do: its rows in the order of the file, what was dropped."""

    name: str
    rows: tuple[Row, ...]
    dropped: Mapping[str, int]

    def count(self, state: str) -> int:
        """Return how many rows are in a state."""
        return sum(row.state == state for row in self.rows)


class ImportService:
    """Takes calendar files in."""

    def __init__(
        self, care: Care, exporter: ExportService, kinds: Mapping[str, Sequence[str]]
    ) -> None:
        """`kinds` are the words by which the kind of an appointment is guessed, the first wins."""
        self._care, self._exporter = care, exporter
        self._kinds = [(kind, _any_of(words)) for kind, words in kinds.items()]

    def preview(
        self,
        file: IncomingFile,
        person: str = "",
        *,
        check: Callable[[Appointment], object] = lambda _one: None,
    ) -> Preview:
        """Return what taking a file in would do; nothing is stored.

        Args:
            file: what was read.
            person: whose new appointments are, "" for the only person.
            check: a further check of each appointment, which may refuse it.

        Raises:
            InputRefused: there are several people and none was named.
        """
        people = self._care.store.all(Person)
        if file.events and not person and len(people) > 1:
            raise InputRefused("person.which", "person", count=len(people))
        whose = self._care.person(person).id if person else people[0].id if people else ""
        matching = _Matching(self._care, self._exporter, file, whose)
        rows = [self._row(one, matching, check) for one in file.events]
        rows += [_skipped(one) for one in file.skipped]
        return Preview(file.name, tuple(sorted(rows, key=lambda row: row.line)), file.dropped)

    def take(self, preview: Preview, chosen: Collection[int] | None = None) -> int:
        """Keep the rows with these places in the preview (None: all) as one undoable change.

        Returns how many were kept.

        Raises:
            DataBusy, DataReadOnly, DiskTrouble: nothing was kept.
        """
        care = self._care
        wanted = [
            row.kept
            for place, row in enumerate(preview.rows)
            if row.kept is not None and row.state in (NEW, UPDATED)
            and (chosen is None or place in chosen)
        ]  # fmt: skip
        if not wanted:
            return 0
        with care.change("done.imported", count=len(wanted)):
            # Series first: their changed dates name them.
            for one in sorted(wanted, key=lambda one: one.series is not None):
                care.store.put(one if one.person else replace(one, person=care.person(None).id))
            for one in wanted:
                self._leave_out(one)
        return len(wanted)

    def _leave_out(self, changed: Appointment) -> None:
        """Let a series leave out the date that was changed on its own."""
        if changed.series is None:
            return
        series = self._care.store.get(Appointment, changed.series)
        if series is not None and changed.original not in series.exdates:
            exdates = tuple(sorted({*series.exdates, changed.original}))
            self._care.store.put(replace(series, exdates=exdates))

    def _row(
        self, one: Incoming, matching: _Matching, check: Callable[[Appointment], object]
    ) -> Row:
        old = matching.old(one)
        try:
            if old is None:
                kept = matching.made(one, self.kind_of(one))
                return self._checked(Row(NEW, one.line, kept.title, one.moment, None, kept,
                                         remarks=one.remarks), check)  # fmt: skip
            told = matching.as_told(old)
            fields = _changed(one, told)
            moves = old.plan is not None and (
                needs_question(old, one.moment)
                or ("status" in fields and one.status == "cancelled")
            )
            if moves:
                fields = tuple(name for name in fields if name not in _WHEN | {"status"})
            kept = matching.updated(old, one, fields)
            state = UPDATED if fields else UNCHANGED
            row = Row(state, one.line, old.title, one.moment, old, kept, fields, one.remarks,
                      moves_visit=moves)  # fmt: skip
            return self._checked(row, check) if fields else row
        except InputRefused as refused:
            return _refused(one, refused)

    def _checked(self, row: Row, check: Callable[[Appointment], object]) -> Row:
        """Return the row with its entry as it is kept.

        Raises:
            InputRefused: it cannot be kept.
        """
        if row.kept is None:
            return row
        problems = check_appointment(row.kept)
        if problems:
            raise problems[0]
        check(row.kept)
        return replace(row, kept=tidy(row.kept))

    def kind_of(self, one: Incoming) -> str:
        """Return the kind of appointment that an event's title speaks of."""
        title = one.title.casefold()
        return next((kind for kind, words in self._kinds if words.search(title)), "other")


class _Matching:
    """The events of one file beside the entries that have their UIDs."""

    def __init__(
        self, care: Care, exporter: ExportService, file: IncomingFile, person: str
    ) -> None:
        self._care, self._person = care, person
        found = care.store.with_uids({one.uid for one in file.events})
        self._old = {(one.uid, one.original): one for one in found}
        self._told = _told(exporter, found)
        self._names = {one.id: care.name_of(one.person) for one in found}
        self._ids = {one.uid: one.id for one in found if not one.original}
        self._originals: dict[str, set[str]] = {}
        for one in (*found, *file.events):
            if one.original:
                self._originals.setdefault(one.uid, set()).add(one.original)
        self._series = {one.uid for one in file.events if one.rrule and not one.original}
        self._series |= {one.uid for one in found if one.rrule}

    def old(self, one: Incoming) -> Appointment | None:
        """Return the entry that an event is about."""
        return self._old.get((one.uid, one.original))

    def as_told(self, old: Appointment) -> Incoming | None:
        """Return what our own export says of an entry, None where it says nothing."""
        return self._told.get((old.uid, old.original))

    def made(self, one: Incoming, kind: str) -> Appointment:
        """Return a new entry for an event."""
        care, now = self._care, self._care.now
        name = care.new_id()
        belongs = bool(one.original) and one.uid in self._series
        if not one.original:
            name = self._ids.setdefault(one.uid, name)
        return Appointment(
            id=name,
            uid=one.uid,
            person=self._person,
            type=kind,
            title=one.title or _UNTITLED,
            start=one.moment,
            minutes=one.minutes,
            status=one.status,
            rrule=one.rrule,
            exdates=self._left_out(one),
            rdates=one.rdates,
            series=self._ids.setdefault(one.uid, care.new_id()) if belongs else None,
            original=one.original if belongs else "",
            reminders=one.alarms,
            place=one.place,
            note=one.note,
            extra=one.extra,
            sequence=one.sequence,
            created=_instant(one.created, now),
            changed=_instant(one.changed, now),
            entered=now,
        )

    def updated(self, old: Appointment, one: Incoming, fields: Collection[str]) -> Appointment:
        """Return an entry with what a file changes of it."""
        given: dict[str, object] = {
            "title": one.title.removesuffix(f" ({self._names[old.id]})") or old.title,
            "minutes": one.minutes, "status": one.status, "place": one.place, "note": one.note,
            "rrule": one.rrule, "exdates": self._left_out(one), "rdates": one.rdates,
            "extra": one.extra,
        }  # fmt: skip
        changes = {name: given[name] for name in fields if name in given}
        if _WHEN & set(fields):
            changes["start"] = one.moment
        if "alarms" in fields:
            changes["reminders"] = one.alarms
        if not changes:
            return old
        now = self._care.now
        moved = {"start", "minutes", "rrule", "exdates", "rdates", "status"} & set(changes)
        if moved or "reminders" in changes:
            changes["entered"] = now
        newer = max(one.sequence, old.sequence + 1) if moved else old.sequence
        return replace(old, **changes, sequence=newer, changed=now)

    def _left_out(self, one: Incoming) -> tuple[str, ...]:
        if not one.rrule:
            return one.exdates
        return tuple(sorted({*one.exdates, *self._originals.get(one.uid, ())}))


def _told(exporter: ExportService, found: Sequence[Appointment]) -> dict[tuple[str, str], Incoming]:
    if not found:
        return {}
    read = read_calendar(exporter.file_of(found))
    return {(one.uid, one.original): one for one in read.events}


def _changed(one: Incoming, told: Incoming | None) -> tuple[str, ...]:
    """Return the names of what a file says otherwise than our own export."""
    if told is None:
        return _COMPARED
    # A file with neutral titles says nothing of what it keeps quiet about.
    quiet = one.title == NEUTRAL_TITLE and not one.note and not one.place
    silent = {"title", "place", "note"} if quiet else set[str]()
    if one.alarms is None:
        silent.add("alarms")
    return tuple(
        name
        for name in _COMPARED
        if name not in silent and getattr(one, name) != getattr(told, name)
    )


def _instant(text: str, otherwise: datetime) -> datetime:
    at = datetime.fromisoformat(text).astimezone(UTC) if text else otherwise
    return max(at, LONG_AGO)


def _skipped(one: Skipped) -> Row:
    return Row(SKIPPED, one.line, one.title, reason=one.reason)


def _refused(one: Incoming, refused: InputRefused) -> Row:
    values = {name: str(told) for name, told in refused.values.items()}
    reason = Remark(key=refused.key, values=values)
    return Row(SKIPPED, one.line, one.title, one.moment, remarks=one.remarks, reason=reason)


def kind_words() -> dict[str, list[str]]:
    """Return the words by which the kind of an appointment is guessed, in the order of trying."""
    kinds: dict[str, list[str]] = json.loads(read_text("import/words.en.json"))["kinds"]
    return kinds


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word.casefold()) for word in words)})")
