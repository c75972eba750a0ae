"""Keeping the chosen rows of a preview, as one change.

What was chosen may be part of a file only. A series always leaves out the dates that have entries
of their own afterwards; a changed date whose series is not taken is an appointment of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES, Appointment
from caregiver_app.domain.moved_rules import Shift
from caregiver_app.domain.series import Carried, carried_one, is_date, moment_of, wall_of
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.changed_dates import ChangedDates
from caregiver_app.services.import_matching import loose_uid
from caregiver_app.services.import_rows import UNCHANGED, Preview, Row
from caregiver_app.services.weekly import refuse_too_often

_STEP: Final = 100
_LOOKED: Final = 500


class Taking:
    """One preview while it is taken."""

    def __init__(
        self,
        care: Care,
        preview: Preview,
        chosen: Collection[int] | None,
        kinds: Mapping[int, str],
    ) -> None:
        self._care, self._dates = care, ChangedDates(care)
        self._rows: list[Row] = []
        self._others: list[Row] = []
        for place, row in enumerate(preview.rows):
            meant = chosen is None or place in chosen
            if meant and row.can_be_taken:
                self._rows.append(_of_kind(row, kinds.get(place)))
            else:
                self._others.append(row)
        self._put: dict[str, Appointment] = {}
        self._gone: set[str] = set()
        self._taken: dict[str, list[Appointment]] = {}
        self._events = {row.kept.id: row.event for row in self._rows if row.kept is not None}
        self._carried: list[Carried] = []

    def steps(self) -> Iterator[int]:
        """Keep everything, and give now and then how much was kept so far.

        Raises:
            InputRefused: the calendar has changed since the preview, or a kind cannot be taken.
        """
        if not self._rows:
            return
        care, total = self._care, len(self._rows)
        armed: set[str] = set()
        with care.change("done.imported", armed=armed, count=total):
            for _ in self._refuse_stale():
                yield 0
            for _ in self._gather():
                yield 0
            waiting = self._in_order()
            # Answers go along last, and are looked at with what they went to.
            later = {one.source for one in self._carried} | {one.target for one in self._carried}
            for first in range(0, len(waiting), _STEP):
                part = waiting[first : first + _STEP]
                care.store.put_all(part)
                ready = {one.id for one in part} - later
                care.rearm(ready)
                armed |= ready
                yield min(first + _STEP, total)
            for entry in sorted(self._gone):
                care.store.remove(Appointment, entry, care.now)
            self._dates.carry(self._carried)
        yield total

    # -- Is it still so? ---------------------------------------------------------------------------

    def _refuse_stale(self) -> Iterator[None]:
        """Refuse what was looked at before something else changed it.

        Raises:
            InputRefused: an entry is not as it was in the preview, or what was new is there.
        """
        store = self._care.store
        for first in range(0, len(self._rows), _LOOKED):
            rows = self._rows[first : first + _LOOKED]
            old = {row.old.id: row.old for row in rows if row.old is not None}
            if {one.id: one for one in store.by_ids(Appointment, old)} != old:
                raise InputRefused("import.changed_since")
            fresh = {(one.uid, one.original) for row in rows if (one := row.kept) is not None
                     and row.old is None}  # fmt: skip
            there = store.with_uids({uid for uid, _ in fresh})
            if any((one.uid, one.original) in fresh for one in there):
                raise InputRefused("import.changed_since")
            yield
        self._check_kinds()

    def _check_kinds(self) -> None:
        """Refuse a chosen type that there is not, or that would make a medicine come too often."""
        for row in self._rows:
            if row.old is not None or row.kept is None or row.kept.type == row.kind:
                continue
            texts.one_of(row.kept.type, APPOINTMENT_TYPES, "type")
            if row.kept.type == "medication":
                beside = [one.kept for one in self._rows if one.kept is not None]
                refuse_too_often(self._care, row.kept, "type", beside=beside)

    # -- What is written ---------------------------------------------------------------------------

    def _gather(self) -> Iterator[None]:
        """Work out every entry that is put or removed."""
        whose = ""
        for place, row in enumerate(self._rows):
            if place % _LOOKED == 0:
                yield
            if row.goes and row.old is not None:
                self._gone.add(row.old.id)
            elif row.kept is not None:
                kept = row.kept
                if not kept.person:
                    whose = whose or self._care.person(None).id
                    kept = replace(kept, person=whose)
                self._put[kept.id] = kept
        self._gather_unchanged()
        for one in self._put.values():
            if one.series is not None:
                self._taken.setdefault(one.series, []).append(one)
        touched = self._touched()
        stored = {one.id: one for one in self._care.store.by_ids(Appointment, touched)}
        for place, series in enumerate(sorted(touched)):
            self._settle(series, stored.get(series))
            if place % _STEP == 0:
                yield
        if any(row.old is not None for row in self._rows):
            self._carry_moved()

    def _gather_unchanged(self) -> None:
        """Take what is as it was, but has another place in a series that is taken."""
        for row in self._others:
            if row.state != UNCHANGED or row.old is None or row.kept is None:
                continue
            if row.kept.series in self._put or row.old.series in self._put:
                self._put[row.kept.id] = row.kept

    def _touched(self) -> set[str]:
        """Return the series of which a date or the rule is taken."""
        found = {one.series for one in self._put.values() if one.series is not None}
        found |= {
            row.old.series
            for row in self._rows
            if row.old is not None and row.old.series is not None
        }
        found |= {one.id for one in self._put.values() if one.rrule}
        found |= {row.old.id for row in self._rows if row.old is not None and row.old.rrule}
        return {one for one in found if one}

    def _settle(self, series: str, stored: Appointment | None) -> None:
        """Let a series and its changed dates fit each other."""
        master = self._put.get(series, stored)
        if master is not None and not master.rrule:
            master = None
        before = [] if stored is None else self._dates.of(series)
        for row in before:
            if row.id not in self._put and row.id not in self._gone:
                self._along(row, stored, master)
        rows = {row.id: row for row in before if row.id not in self._gone}
        rows |= {one.id: one for one in self._taken.get(series, ())}
        live: set[str] = set()
        for entry, row in rows.items():
            one = self._put.get(entry, row)
            if one.series != series:
                continue
            if master is None or not self._has(master, one.original):
                self._put[entry] = loosened(one)
            else:
                live.add(one.original)
                self._carry_new(one, stored)
        if master is not None:
            self._leave_out(series, master, stored, before, live)

    def _along(
        self, row: Appointment, stored: Appointment | None, master: Appointment | None
    ) -> None:
        """Let a changed date that is not taken itself follow its series."""
        if master is None:
            self._put[row.id] = loosened(row)
        elif stored is not None and stored.start != master.start:
            there = Shift(stored.start, master.start).key(row.original)
            if self._has(master, there):
                self._put[row.id] = replace(row, original=there, uid=master.uid)

    @staticmethod
    def _has(master: Appointment, original: str) -> bool:
        try:
            moment_of(master, original)
        except InputRefused:
            return False
        return is_date(master, wall_of(original))

    def _leave_out(
        self,
        series: str,
        master: Appointment,
        stored: Appointment | None,
        before: Iterable[Appointment],
        live: Collection[str],
    ) -> None:
        """Let a series leave out exactly the dates of the file, or of itself, and changed ones."""
        event = self._events.get(series)
        if event is not None:
            base = set(event.exdates)
        else:
            said = {date for row in self._rows if row.goes and row.event is not None
                    and row.old is not None and row.old.series == series
                    for date in row.event.exdates}  # fmt: skip
            theirs = {row.original for row in before}
            base = {date for date in master.exdates if date not in theirs or date in said}
        wanted = tuple(sorted(base | set(live)))
        if wanted != master.exdates:
            self._put[series] = replace(master, exdates=wanted)
        elif event is None and series in self._put and stored == master:
            del self._put[series]

    def _carry_new(self, one: Appointment, series: Appointment | None) -> None:
        """Let the answers to a date go along when it becomes an entry of its own, unmoved."""
        if series is None or one.original in series.exdates or not self._has(series, one.original):
            return
        moment = moment_of(series, one.original)
        if one.start == moment:
            self._carried.append(carried_one(series.id, one.id, moment))

    def _carry_moved(self) -> None:
        for row in self._rows:
            if row.old is not None and row.kept is not None:
                self._carried += self._dates.moved(row.old, row.kept)
            elif row.goes and row.old is not None and row.old.series is not None:
                self._carried += self._back(row.old, row.old.series)

    def _back(self, old: Appointment, series: str) -> list[Carried]:
        """Return what goes back to a series when a date of it is as the series says again."""
        master = self._put.get(series) or self._care.store.get(Appointment, series)
        if master is None or not self._has(master, old.original):
            return []
        moment = moment_of(master, old.original)
        return [carried_one(old.id, series, moment)] if old.start == moment else []

    def _in_order(self) -> list[Appointment]:
        """Return what is put, series before their changed dates, which name them."""
        return sorted(self._put.values(), key=lambda one: one.series is not None)


def loosened(one: Appointment) -> Appointment:
    """Return a changed date as an appointment of its own, known by its UID and that date."""
    return replace(one, uid=loose_uid(one.uid, one.original), series=None, original="")


def _of_kind(row: Row, kind: str | None) -> Row:
    if kind is None or row.old is not None or row.kept is None:
        return row
    return replace(row, kept=replace(row.kept, type=kind))
