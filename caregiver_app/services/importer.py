"""Calendar files coming in: a preview of what would change, and taking it in as one step.

A file's event is matched by UID and RECURRENCE-ID (`import_matching`), and what changed is found by
holding it against what our own export says (`import_compare`). A date of a treatment visit is
never moved by a file: that goes through the delay dialog (one rule for every door).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import Final

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.occurrences import check_appointment, tidy
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.guard import Cancelled, read_guarded
from caregiver_app.integrations.incoming import Incoming, IncomingFile, Remark, Skipped
from caregiver_app.services.care import Care
from caregiver_app.services.exporter import ExportService
from caregiver_app.services.import_compare import in_own_zone, in_zone_of
from caregiver_app.services.import_doubles import Doubles
from caregiver_app.services.import_kinds import KindGuess, kind_words
from caregiver_app.services.import_matching import Alarms, Matching, visit_parts
from caregiver_app.services.import_rows import (
    NEW,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    Changed,
    Preview,
    Row,
)
from caregiver_app.services.import_taking import Taking
from caregiver_app.services.weekly import refuse_too_often

_STEP: Final = 100


class ImportService:
    """Takes calendar files in."""

    def __init__(
        self, care: Care, exporter: ExportService, kinds: Mapping[str, Sequence[str]]
    ) -> None:
        """`kinds` are the words by which the kind of an appointment is guessed, the first wins."""
        self._care, self._exporter = care, exporter
        self._guess = KindGuess(kinds)

    @staticmethod
    def read(
        data: bytes,
        *,
        progress: Callable[[int], None] = lambda _line: None,
        cancelled: Event | None = None,
    ) -> IncomingFile:
        """Read a calendar file in a child process; may be called from any thread.

        Args:
            data: the file's bytes.
            progress: is told at least once a second which line was reached.
            cancelled: once it is set, reading ends within a tenth of a second.

        Raises:
            InputRefused: it breaks a cap or cannot be read.
            Cancelled: `cancelled` was set.
        """
        return read_guarded(data, progress=progress, cancelled=cancelled)

    def preview(self, file: IncomingFile, person: str = "", alarms: Alarms = "file") -> Preview:
        """Return what taking a file in would do; nothing is stored.

        Args:
            file: what was read.
            person: whose new appointments are, "" for the only person.
            alarms: of new appointments: as the "file" says (none where it says nothing), the
                "usual" ones of their kind, or "none".

        Raises:
            InputRefused: nobody has that id, or something is new, there are several people and
                none was named.
        """
        steps = self.preview_in_steps(file, person, alarms)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value

    def preview_in_steps(
        self, file: IncomingFile, person: str = "", alarms: Alarms = "file"
    ) -> Generator[int, None, Preview]:
        """Do what `preview` does, and give now and then how many events were looked at.

        The preview is what the generator returns (the value of its StopIteration).
        """
        people = self._care.store.all(Person)
        whose = self._care.person(person).id if person else people[0].id if people else ""
        matching = Matching(self._care, self._exporter, file, whose, alarms)
        yield from matching.load()
        rows = yield from _Rows(self._care, matching, self._guess, file).all()
        if not person and len(people) > 1 and any(map(_asks_whose, rows)):
            raise InputRefused("person.which", "person", count=len(people))
        rows += [_skipped(one) for one in file.skipped]
        return Preview(file.name, tuple(sorted(rows, key=lambda row: row.line)), file.dropped)

    def take(
        self,
        preview: Preview,
        chosen: Collection[int] | None = None,
        kinds: Mapping[int, str] | None = None,
    ) -> int:
        """Keep the rows with these places in the preview (None: the ticked) as one undoable change.

        Args:
            preview: what `preview` gave.
            chosen: places of rows, counted from 0.
            kinds: the type of appointment of new rows, by place, where it is not the guessed one.

        Returns:
            How many were taken.

        Raises:
            InputRefused: the calendar has changed since the preview, or a type cannot be taken;
                nothing was kept.
            DataBusy, DataReadOnly, DiskTrouble: nothing was kept.
        """
        *_, taken = (0, *self.take_in_steps(preview, chosen, kinds))
        return taken

    def take_in_steps(
        self,
        preview: Preview,
        chosen: Collection[int] | None = None,
        kinds: Mapping[int, str] | None = None,
        source: str = "",
    ) -> Iterator[int]:
        """Do what `take` does, and give now and then how many were kept so far.

        `source` is the file's name, by which the change is called; "" where it has none.
        All of it is one change, which is on the disk once the iterator has ended. Whoever stops
        before that (`close` of the generator) keeps nothing, and writes nothing else meanwhile.
        """
        return Taking(self._care, preview, chosen, kinds or {}, source).steps()


class _Rows:
    """The rows of one file; the series come before their changed dates."""

    def __init__(
        self, care: Care, matching: Matching, guess: KindGuess, file: IncomingFile
    ) -> None:
        self._care, self._matching, self._guess, self._file = care, matching, guess, file
        self._doubles = Doubles(care, {one.uid for one in file.events})
        self._medicines: list[Appointment] = []
        self._same: set[tuple[str, str]] = set()

    def all(self) -> Generator[int, None, list[Row]]:
        """Return the rows of all events that were read, those of fallen dates behind them."""
        masters = [one for one in self._file.events if not one.original]
        dates = [one for one in self._file.events if one.original]
        yield from self._foresee()
        rows: list[Row] = []
        for one in (*masters, *dates):
            rows.append(self._row(one))
            if len(rows) % _STEP == 0:
                yield len(rows)
        for one in masters:
            rows += [self._fallen(row, one) for row in self._matching.fallen(one)]
        return rows

    def _foresee(self) -> Generator[int]:
        """Export together what will have to be compared in full."""
        different: set[str] = set()
        for place, one in enumerate(self._file.events):
            if place % _STEP == 0:
                yield 0
            old = self._matching.same_name(one)
            if old is None:
                continue
            entry = self._matching.entry(old)
            if entry.differing(one, self._file.name, lambda: None):
                different.add(old.uid)
            else:
                self._same.add((one.uid, one.original))
        for _ in self._matching.foresee(different):
            yield 0

    def _row(self, one: Incoming) -> Row:
        matching = self._matching
        one = matching.plain(one)
        old = matching.old(one)
        try:
            if old is None:
                return self._new(one)
            return self._known(in_own_zone(one, old), old)
        except InputRefused as refused:
            return _refused(one, old, refused)

    def _new(self, one: Incoming) -> Row:
        if self._matching.is_older(one, None):
            raise InputRefused("import.older")
        one = in_zone_of(one, self._file.zone or self._care.home)
        kept = self._sound(self._matching.made(one, self._guess.of(one)), None)
        self._settle(one, kept)
        like = self._doubles.remark(kept)
        remarks = (*one.remarks, *self._by_itself(one, None), *(() if like is None else (like,)))
        return Row(NEW, one.line, kept.title, one.moment, None, kept, kind=kept.type,
                   remarks=remarks, event=one, ticked=like is None)  # fmt: skip

    def _by_itself(self, one: Incoming, old: Appointment | None) -> tuple[Remark, ...]:
        """Tell where a changed date leaves its series, which has no such date."""
        stays = old is None or old.series is not None
        if not stays or not self._matching.is_no_date(one):
            return ()
        return (Remark(key="import.date_alone", values={"day": one.original[:10]}),)

    def _known(self, one: Incoming, old: Appointment) -> Row:
        matching = self._matching
        entry = matching.entry(old)
        fields: tuple[str, ...] = ()
        if (one.uid, one.original) not in self._same:
            fields = entry.differing(one, self._file.name, matching.teller(old))
        remarks = (*one.remarks, *self._by_itself(one, old))
        same = Row(UNCHANGED, one.line, old.title, one.moment, old, kind=old.type,
                   remarks=remarks, event=one)  # fmt: skip
        if fields and matching.is_older(one, old):
            matching.mark_older(one)
            raise InputRefused("import.older")
        held = visit_parts(old, one, fields)
        kept = matching.updated(old, one, [name for name in fields if name not in held])
        if kept is not None:
            kept = self._sound(kept, old)
        self._settle(one, kept or old)
        if not fields:
            # Its place in the series may follow that: no change of its own.
            return replace(same, kept=kept)
        return replace(same, state=UPDATED, kept=kept, changes=entry.changes(one, fields),
                       moves_visit=bool(held), ticked=not held)  # fmt: skip

    def _settle(self, one: Incoming, after: Appointment) -> None:
        if not one.original:
            self._matching.settle(one, after)

    def _fallen(self, old: Appointment, master: Incoming) -> Row:
        """Return the row of a changed date that is as its series says again, or left out."""
        date = self._matching.date_again(old, master)
        if not date:
            changes = (Changed("status", old.status, "cancelled"),)
        else:
            ruled = replace(master, start=date, original=date, exdates=(), rdates=(), rrule="",
                            status=master.status or "booked")  # fmt: skip
            entry = self._matching.entry(old)
            fields = entry.differing(ruled, self._file.name, lambda: None)
            changes = entry.changes(ruled, fields)
        return Row(UPDATED, master.line, old.title, old.start, old, changes=changes,
                   kind=old.type, goes=True, event=master)  # fmt: skip

    def _sound(self, kept: Appointment, old: Appointment | None) -> Appointment:
        """Return an entry as it is kept.

        Raises:
            InputRefused: it cannot be kept.
        """
        problems = check_appointment(kept)
        if problems:
            raise problems[0]
        if kept.type == "medication":
            refuse_too_often(self._care, kept, before=old, beside=self._medicines)
            self._medicines.append(kept)
        return tidy(kept)


def _asks_whose(row: Row) -> bool:
    """Tell whether a row is new and no date of a series, which is its person's."""
    return row.state == NEW and row.kept is not None and row.kept.series is None


def _skipped(one: Skipped) -> Row:
    return Row(SKIPPED, one.line, one.title, reason=one.reason)


def _refused(one: Incoming, old: Appointment | None, refused: InputRefused) -> Row:
    values = {name: str(told) for name, told in refused.values.items()}
    reason = Remark(key=refused.key, values=values)
    title = one.title if old is None else old.title
    return Row(SKIPPED, one.line, title, one.moment, old, kind="" if old is None else old.type,
               remarks=one.remarks, reason=reason, event=one)  # fmt: skip


__all__ = [
    "NEW",
    "SKIPPED",
    "UNCHANGED",
    "UPDATED",
    "Alarms",
    "Cancelled",
    "Changed",
    "ImportService",
    "IncomingFile",
    "Preview",
    "Row",
    "kind_words",
]
