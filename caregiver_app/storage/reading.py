"""Reading entries from the data file: by id, by field, by window of days, by words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from caregiver_app.domain.entities import (
    KINDS,
    LONG_AGO,
    Answer,
    Appointment,
    CheckIn,
    Dose,
    Entity,
    Note,
    SideEffect,
)
from caregiver_app.storage import search
from caregiver_app.storage.belongings import Wanted, belongings
from caregiver_app.storage.migrations import INFUSION
from caregiver_app.storage.row_reading import RowReader
from caregiver_app.storage.rows import (
    codec_for,
    codec_of,
    from_micros,
    quoted,
    to_micros,
)
from caregiver_app.storage.search import Hit

E = TypeVar("E", bound=Entity)

_MARGIN = timedelta(days=2)
_ONE_DAY = timedelta(days=1)
_ONCE = "rrule = '' AND deleted IS NULL"
_COUNT = "SELECT count(*) FROM"
_SEARCH = (
    "SELECT search_entry.kind, search_entry.entry FROM search"
    " JOIN search_entry ON search_entry.number = search.rowid WHERE search MATCH ?"
)
_BEST_FIRST = " ORDER BY bm25(search, 4.0, 1.0), search.rowid DESC LIMIT ?"


class Reader(RowReader):
    """Answers questions from one open data file. Every row's checksum is checked when it is read.

    All methods raise DataDamaged, DataBusy or DiskTrouble when the file cannot be read.
    """

    def get(self, kind: type[E], entry: str, *, deleted: bool = False) -> E | None:
        """Return the entry of that kind with that id, or None.

        Args:
            kind: its class.
            entry: its id.
            deleted: also return it when it was removed (its words may be wiped by then).
        """
        alive = "" if deleted else " AND deleted IS NULL"
        found = self._entities(codec_of(kind), f"id = ?{alive}", (entry,))
        return found[0] if found else None

    def by_ids(self, kind: type[E], ids: Iterable[str], *, deleted: bool = False) -> list[E]:
        """Return those of the entries of that kind with these ids that there are.

        With `deleted` also those that were removed (their words may be wiped by then).
        """
        named = "id IN (SELECT value FROM json_each(?))"
        which = named if deleted else f"{named} AND deleted IS NULL"
        wanted = (json.dumps(sorted(ids)),)
        return self._entities(codec_of(kind), f"{which} ORDER BY created, id", wanted)

    def all(self, kind: type[E], **equal: object) -> list[E]:
        """Return the entries of a kind whose fields equal those given, oldest first.

        Raises:
            TypeError: no such field, or a value of the wrong type.
        """
        codec = codec_of(kind)
        wanted = codec.equal_columns(**equal)
        conditions = ["deleted IS NULL"] + [
            f"{quoted(name)} IS NULL" if value is None else f"{quoted(name)} = ?"
            for name, value in wanted.items()
        ]
        given = [value for value in wanted.values() if value is not None]
        return self._entities(codec, f"{' AND '.join(conditions)} ORDER BY created, id", given)

    def removed_since(self, kind: type[E], since: datetime) -> list[tuple[E, datetime]]:
        """Return the removed entries of a kind, each with when it was, newest first.

        Args:
            kind: its class.
            since: only those removed at that instant or later.
        """
        codec = codec_of(kind)
        rows = self._sound(codec, "deleted >= ? ORDER BY deleted DESC, id", (to_micros(since),))
        return [(codec.decode(row), from_micros(row[-2])) for row in rows]

    def parts_of(self, kind: str, entry: str) -> dict[str, set[str]]:
        """Return the ids of an entry and of what belongs to it, by kind, removed or not."""
        return belongings(self._connection.execute, Wanted(keys=((kind, entry),)))

    def ids(self, kind: type[E]) -> list[str]:
        """Return the ids of all entries of a kind, oldest first: for what is too much at once."""
        rows = self._rows(
            f"SELECT id FROM {quoted(codec_of(kind).kind)}"  # noqa: S608
            " WHERE deleted IS NULL ORDER BY created, id"
        )
        return [entry for (entry,) in rows]

    # --- Appointments --------------------------------------------------------------------------

    def appointments_between(
        self, first: date, last: date, *, person: str | None = None
    ) -> list[Appointment]:
        """Return the appointments that may touch the days `first` to `last`, both included.

        The single ones by the wall clock, two days more on either side (whatever the reader's
        zone), however long they last; and all repeating ones, which are for the caller to expand.
        Single ones come first, in order of their start.
        """
        codec = codec_of(Appointment)
        whose, who = _person_clause(person)
        low, high = (first - _MARGIN).isoformat(), (last + _MARGIN + _ONE_DAY).isoformat()
        long_low = (first - _MARGIN - _ONE_DAY).isoformat()
        # "+" keeps SQLite from the person's index: the one of long appointments is much smaller.
        long = self._entities(
            codec,
            f"{_ONCE} AND minutes > 1440 AND start < ?{whose.replace('person', '+person')}"
            " AND julianday(start) + minutes / 1440.0 >= julianday(?) ORDER BY start, id",
            (long_low, *who, low),
        )
        single = self._entities(
            codec,
            f"{_ONCE} AND start >= ? AND start < ?{whose} ORDER BY start, id",
            (long_low, high, *who),
        )
        repeating = self._entities(
            codec, f"rrule <> '' AND deleted IS NULL{whose} ORDER BY id", who
        )
        return long + single + repeating

    def visits(self, plan: str, *, deleted: bool = False) -> list[Appointment]:
        """Return the visits of a plan in order of their dose, removed ones only when asked."""
        alive = "" if deleted else " AND deleted IS NULL"
        return self._entities(codec_of(Appointment), f"plan = ?{alive} ORDER BY dose, id", (plan,))

    def last_visit_before(self, person: str, wall: str) -> Appointment | None:
        """Return a person's newest infusion that starts at or before a wall time.

        An infusion is a plan's visit or a single appointment of type infusion, not cancelled.

        Args:
            person: the person's id.
            wall: like 2026-11-24T09:30, or a bare date (then infusions of that day's hours are
                after it).
        """
        found = self._entities(
            codec_of(Appointment),
            f"{INFUSION} AND person = ? AND start <= ? ORDER BY start DESC, id LIMIT 1",
            (person, wall),
        )
        return found[0] if found else None

    def next_visits(
        self, person: str | None, from_day: date, limit: int, *, last_day: date = date.max
    ) -> list[Appointment]:
        """Return the first `limit` infusions that start on `from_day` or later, to `last_day`.

        With `person` None those of everybody.
        """
        whose, who = _person_clause(person)
        # A wall time of the last day stands behind its bare date.
        return self._entities(
            codec_of(Appointment),
            f"{INFUSION} AND start >= ? AND start < ?{whose} ORDER BY start, id LIMIT ?",
            (from_day.isoformat(), f"{last_day.isoformat()}~", *who, limit),
        )

    # --- What was written down -----------------------------------------------------------------

    def side_effects_between(
        self, first: date, last: date, *, person: str | None = None
    ) -> list[SideEffect]:
        """Return the side effects whose wall time lies on the days `first` to `last`, in order."""
        whose, who = _person_clause(person)
        return self._entities(
            codec_of(SideEffect),
            f"deleted IS NULL AND at >= ? AND at < ?{whose} ORDER BY at, created, id",
            (first.isoformat(), (last + _ONE_DAY).isoformat(), *who),
        )

    def doses_between(self, first: date, last: date, *, person: str | None = None) -> list[Dose]:
        """Return the doses whose wall time lies on the days `first` to `last`, in order."""
        whose, who = _person_clause(person)
        return self._entities(
            codec_of(Dose),
            f"deleted IS NULL AND at >= ? AND at < ?{whose} ORDER BY at, created, id",
            (first.isoformat(), (last + _ONE_DAY).isoformat(), *who),
        )

    def with_uids(self, uids: Collection[str]) -> list[Appointment]:
        """Return the appointments that calendar files know by one of these UIDs."""
        return self._entities(
            codec_of(Appointment),
            "uid IN (SELECT value FROM json_each(?)) AND deleted IS NULL ORDER BY start, id",
            (json.dumps(sorted(uids)),),
        )

    def changed_dates(self, series: str) -> list[Appointment]:
        """Return the dates of a series that were changed on their own, in order."""
        return self._entities(
            codec_of(Appointment),
            "series = ? AND deleted IS NULL ORDER BY original, id",
            (series,),
        )

    def signs_of(self, person: str) -> list[str]:
        """Return the signs that were written down for a person, the most frequent first."""
        rows = self._rows(
            "SELECT sign FROM side_effect WHERE deleted IS NULL AND person = ?"
            " GROUP BY sign ORDER BY count(*) DESC, max(at) DESC",
            (person,),
        )
        return [sign for (sign,) in rows]

    def checkins_between(
        self, first: date, last: date, *, person: str | None = None
    ) -> list[CheckIn]:
        """Return the check-ins of the days `first` to `last`, both included, in order."""
        whose, who = _person_clause(person)
        return self._entities(
            codec_of(CheckIn),
            f"deleted IS NULL AND date >= ? AND date <= ?{whose} ORDER BY date, created, id",
            (first.isoformat(), last.isoformat(), *who),
        )

    def notes(self, *, limit: int | None = None, person: str | None = None) -> list[Note]:
        """Return the newest notes, newest first; all of them when `limit` is None."""
        whose, who = _person_clause(person)
        return self._entities(
            codec_of(Note),
            f"deleted IS NULL{whose} ORDER BY at DESC, id LIMIT ?",
            (*who, -1 if limit is None else limit),
        )

    # --- Answers to reminders, and when entries are due ----------------------------------------

    def answers_between(self, first_due: datetime, last_due: datetime) -> list[Answer]:
        """Return the answers to reminders that were due in that span, both ends included."""
        return self._entities(
            codec_of(Answer),
            "due >= ? AND due <= ? AND deleted IS NULL ORDER BY due, id",
            (to_micros(first_due), to_micros(last_due)),
        )

    def answers_of(self, entry: str, since: datetime | None = None) -> dict[str, Answer]:
        """Return the answers to an entry's reminders by their id, in order of their due time.

        Args:
            entry: the entry's id.
            since: only those due at that instant or later.
        """
        later = "" if since is None else " AND due >= ?"
        given = (entry,) if since is None else (entry, to_micros(since))
        found = self._entities(
            codec_of(Answer), f"entry = ?{later} AND deleted IS NULL ORDER BY due, id", given
        )
        return {answer.id: answer for answer in found}

    def with_answers(self, entries: Iterable[str]) -> frozenset[str]:
        """Return those of the entries of which any reminder was said or answered."""
        rows = self._rows(
            "SELECT DISTINCT entry FROM answer WHERE deleted IS NULL"
            " AND entry IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(entries)),),
        )
        return frozenset(entry for (entry,) in rows)

    def open_answers(
        self,
        state: Literal["shown", "later"],
        entry: str | None = None,
        *,
        at_most: int | None = None,
    ) -> list[Answer]:
        """Return what was said and waits, or was postponed, the oldest first.

        Args:
            state: "shown" or "later".
            entry: only those of this entry.
            at_most: only those that were said at most so often.
        """
        whose, who = ("", ()) if entry is None else (" AND entry = ?", (entry,))
        often = "" if at_most is None else f" AND said <= {at_most:d}"
        return self._entities(
            codec_of(Answer),
            f"state = '{state}' AND deleted IS NULL{whose}{often} ORDER BY created, id",
            who,
        )

    def postponed_entries(self) -> frozenset[str]:
        """Return the entries of which any reminder was postponed."""
        rows = self._rows(
            "SELECT DISTINCT entry FROM answer WHERE state = 'later' AND deleted IS NULL"
        )
        return frozenset(entry for (entry,) in rows)

    def shown_entries(self, at_most: int) -> frozenset[str]:
        """Return the entries of which any reminder waits and was said at most so often."""
        rows = self._rows(
            "SELECT DISTINCT entry FROM answer"
            " WHERE state = 'shown' AND deleted IS NULL AND said <= ?",
            (at_most,),
        )
        return frozenset(entry for (entry,) in rows)

    def answer_ids(self, entries: Iterable[str], since: datetime | None = None) -> set[str]:
        """Return the ids of all answers to the reminders of these entries.

        Args:
            entries: their ids.
            since: only of those due at that instant or later.
        """
        rows = self._rows(
            "SELECT id FROM answer WHERE entry IN (SELECT value FROM json_each(?))"
            " AND deleted IS NULL AND due >= ?",
            (json.dumps(sorted(entries)), to_micros(LONG_AGO if since is None else since)),
        )
        return {id_ for (id_,) in rows}

    def answered(self, ids: Collection[str]) -> frozenset[str]:
        """Return those of the ids of reminders that have an answer, whatever it is."""
        rows = self._rows(
            "SELECT id FROM answer WHERE id IN (SELECT value FROM json_each(?))"
            " AND deleted IS NULL",
            (json.dumps(list(ids)),),
        )
        return frozenset(id_ for (id_,) in rows)

    def answers_by_ids(self, ids: Collection[str]) -> dict[str, Answer]:
        """Return those of the answers with these ids that there are."""
        wanted = json.dumps(list(ids))
        found = self._entities(
            codec_of(Answer),
            "id IN (SELECT value FROM json_each(?)) AND deleted IS NULL ORDER BY due, id",
            (wanted,),
        )
        return {answer.id: answer for answer in found}

    def due_entries(self, now: datetime) -> list[tuple[str, datetime]]:
        """Return the entries that are due at `now`, and since when, the longest due first."""
        rows = self._rows(
            "SELECT entry, next_due FROM due_index WHERE next_due <= ? ORDER BY next_due, entry",
            (to_micros(now) // 1_000_000,),
        )
        return [(entry, from_micros(seconds * 1_000_000)) for entry, seconds in rows]

    def next_due(self) -> datetime | None:
        """Return when the next entry is due (perhaps in the past), or None when none is."""
        ((seconds,),) = self._rows("SELECT min(next_due) FROM due_index")
        return None if seconds is None else from_micros(seconds * 1_000_000)

    def turn_holder(self, what: str) -> str | None:
        """Return who took the turn at something last and did not give it back, None for nobody."""
        rows = self._rows("SELECT holder FROM turn WHERE what = ?", (what,))
        return rows[0][0] if rows else None

    def mark(self) -> tuple[int, int]:
        """Return what is another one once anybody has written, here or in another program.

        Within one look it is that of its beginning, as what was read by then.
        """
        version = self.data_version() if self._seen_version is None else self._seen_version
        return version, self._connection.total_changes - self._beside

    def due_is_empty(self) -> bool:
        """Tell whether no entry has a due time (so that the index may have to be filled)."""
        return not self._rows("SELECT 1 FROM due_index LIMIT 1")

    # --- Searching -----------------------------------------------------------------------------

    def search(
        self, query: str, *, kinds: Sequence[str] | None = None, limit: int = 50
    ) -> list[Hit]:
        """Return the entries in which all typed words occur, best first.

        The last word may be the beginning of a word; accents and case don't matter; Chinese,
        Japanese and Korean characters are found in any run. Nothing that is typed is refused.

        Args:
            query: as typed.
            kinds: only entries of these kinds.
            limit: at most so many.
        """
        expression = search.match_expression(query)
        if expression is None:
            return []
        where, given = search.kinds_clause(kinds)
        rows = self._rows(f"{_SEARCH}{where}{_BEST_FIRST}", (expression, *given, limit))
        return [hit for kind, entry in rows for hit in self._hit(kind, entry, query)]

    def _hit(self, kind: str, entry: str, query: str) -> Iterable[Hit]:
        codec = codec_for(kind)
        for row in self._sound(codec, "id = ? AND deleted IS NULL", (entry,)):
            title, body = search.texts_of(kind, row)
            snippet = search.snippet_of(f"{title}\n{body}".strip(), query)
            yield Hit(kind, entry, snippet, search.title_of(title, body))

    # --- About the file ------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """Return how many entries of each kind there are, removed ones left out."""
        return {
            kind: int(self._rows(f"{_COUNT} {quoted(kind)} WHERE deleted IS NULL")[0][0])
            for kind in KINDS
        }


def _person_clause(person: str | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if person is None else (" AND person = ?", (person,))
