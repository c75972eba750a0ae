"""Keeping the chosen rows of a preview, as one change.

What was chosen may be part of a file only. A series always leaves out the dates that have entries
of their own afterwards; a changed date whose series is not taken is kept without it, and joins it
when that comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import APPOINTMENT_TYPES, Appointment
from caregiver_app.domain.moved_rules import Shift
from caregiver_app.domain.series import (
    Carried,
    carried_one,
    date_name,
    is_alone,
    is_date,
    moment_of,
    replaced_by,
    wall_of,
)
from caregiver_app.domain.times import AllDay, on_day, parse_moment, to_text, wall, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.changed_dates import ChangedDates
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
        source: str = "",
    ) -> None:
        self._source = source
        self._care, self._dates = care, ChangedDates(care)
        self._rows: list[Row] = []
        self._others: list[Row] = []
        of_series: dict[str, str] = {}
        for place, kind in kinds.items():
            one = preview.rows[place].kept
            if one is not None and preview.rows[place].old is None:
                of_series[one.id] = kind
        for place, row in enumerate(preview.rows):
            meant = row.ticked if chosen is None else place in chosen
            if meant and row.can_be_taken:
                series = None if row.kept is None else row.kept.series
                self._rows.append(_of_kind(row, kinds.get(place, of_series.get(series or ""))))
            else:
                self._others.append(row)
        self._put: dict[str, Appointment] = {}
        self._gone: set[str] = set()
        self._taken: dict[str, list[Appointment]] = {}
        self._events = {row.kept.id: row.event for row in self._rows if row.kept is not None}
        self._carried: list[Carried] = []
        self._masters = {one.id: one for row in preview.rows if (one := row.kept) and one.rrule}

    def steps(self) -> Iterator[int]:
        """Keep everything, and give now and then how much was kept so far.

        Raises:
            InputRefused: the calendar has changed since the preview, or a kind cannot be taken.
        """
        if not self._rows:
            return
        care, total = self._care, len(self._rows)
        armed: set[str] = set()
        with self._change(armed, total):
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

    def _change(self, armed: set[str], count: int) -> AbstractContextManager[None]:
        if self._source:
            return self._care.change(
                "done.imported_file", armed=armed, count=count, file=self._source
            )
        return self._care.change("done.imported", armed=armed, count=count)

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
        for _ in self._join():
            yield
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

    def _join(self) -> Iterator[None]:
        """Let the dates that waited for a series become dates of it."""
        masters = {one.uid: one for one in self._put.values() if one.rrule}
        uids = sorted(masters)
        for first in range(0, len(uids), _LOOKED):
            for one in self._care.store.with_uids(uids[first : first + _LOOKED]):
                if is_alone(one) and one.id not in self._put and one.id not in self._gone:
                    self._joined(one, masters[one.uid])
            yield

    def _joined(self, one: Appointment, master: Appointment) -> None:
        name = date_name(master.start, replaced_by(one))
        if isinstance(master.start, AllDay) == ("T" in name):
            # A bare date means the series' own hour of that day.
            name = to_text(on_day(master.start, wall_of(name).date()))
        if self._has(master, name):
            # Newer than the file that brings its series and does not name it.
            self._put[one.id] = replace(
                one, series=master.id, original=name, person=master.person,
                sequence=master.sequence + 1, changed=self._care.now,
            )  # fmt: skip

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
        taken = {one.id: one for one in self._taken.get(series, ())}
        rows |= taken
        live: set[str] = set()
        for entry, row in rows.items():
            one = self._put.get(entry, row)
            if one.series != series:
                continue
            if master is None or not self._has(master, one.original):
                named_by = stored if entry not in taken else self._masters.get(series, stored)
                self._put[entry] = _loosened(one, named_by)
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
            self._put[row.id] = _loosened(row, stored)
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


def _loosened(one: Appointment, series: Appointment | None) -> Appointment:
    """Return a changed date without its series, by which it was named until now."""
    moment = parse_moment(one.original, None)
    if series is not None and not isinstance(moment, AllDay):
        moment = with_wall(series.start, wall(moment))
    return replace(one, series=None, original=date_name(one.start, moment))


def _of_kind(row: Row, kind: str | None) -> Row:
    if kind is None or row.old is not None or row.kept is None:
        return row
    return replace(row, kept=replace(row.kept, type=kind))
