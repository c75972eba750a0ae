"""The open data file: reading, durable changes, undo, due times and checks."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from caregiver_app.domain.entities import KINDS, Entity
from caregiver_app.errors import DataReadOnly, InputRefused, UserError
from caregiver_app.storage import checks, search
from caregiver_app.storage.backups import counts_before, save_open
from caregiver_app.storage.connection import primary_code
from caregiver_app.storage.presence import absence, mark_of
from caregiver_app.storage.reading import Reader
from caregiver_app.storage.rows import Codec, Row, codec_for, codec_of, quoted, to_micros
from caregiver_app.storage.undo import Change, UndoneStep, add_step, no_steps
from caregiver_app.storage.writing import Writer, writer

_TAKE_LOCK = "DELETE FROM due_index WHERE 0"
"""Changes nothing, but makes SQLite wait for the write lock before anything was read."""

_HALF_WRITTEN = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
"""What a failed write may end with after it was written down."""

_READ_EARLIER = timedelta(seconds=10)
"""Longer than a lock is waited for: another holder's clock may have been read so much later."""


class Store(Reader):
    """One open data file; made by `database.open_store`, used by the thread that opened it.

    Writes happen only inside `change`. `read_only` tells that every write raises `refusal`.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, *, read_only: bool,
        refusal: UserError | None = None,
    ) -> None:  # fmt: skip
        super().__init__(connection, path)
        self.read_only = read_only
        self.refusal = refusal or DataReadOnly("data.read_only", path=str(path))
        self._mark = mark_of(path)
        self._is_open = True
        self._writer: Writer | None = None
        self._changes: list[Change] = []
        self._steps = no_steps()
        self._wrote = False
        self._taken: dict[str, int] = {}
        self._added, self._at_first = Counter[str](), dict[str, int]()
        self.missing: dict[str, int] | None = None
        """How many rows of which kind were gone when this was opened; None before `vanished`."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- Changing ------------------------------------------------------------------------------

    @contextmanager
    def change(
        self, label_key: str, /, *, undoable: bool = True, of_visit: str = "", **values: object
    ) -> Generator[Change]:
        """Make one durable change: when the block ends, everything put in it is on the disk.

        After any exception nothing of it is. A change inside a change becomes part of the outer
        one, with which it is made durable and taken back.

        Args:
            label_key: message key of what undo says it takes back.
            undoable: False for what the program does by itself.
            of_visit: changes that name the same one and follow each other are one step of undo.
            values: for the message.

        Yields:
            The change; after the block `kinds`, `ids` and `keys` tell what is different now.

        Raises:
            DataReadOnly: the file cannot be written to.
            DataBusy: another program held the lock for five seconds.
            DiskTrouble: the disk is full or failed.
            InputRefused: something refers to an entry that is not there.
        """
        change = Change(label_key, values, of_visit)
        with self._transaction(change):
            yield change
        if self._changes:
            self._changes[-1].join(change)
        elif undoable:
            add_step(self._steps, change)

    @contextmanager
    def _transaction(self, change: Change) -> Generator[None]:
        if self.read_only:
            raise self.refusal
        gone = self.absence()
        if gone is not None:
            raise gone
        database = self._for_writing()
        depth, added = len(self._changes), Counter(self._added)
        try:
            with database.atomic():
                if not depth:
                    database.execute(_TAKE_LOCK)
                self._changes.append(change)
                try:
                    yield
                finally:
                    del self._changes[depth:]
        except sqlite3.Error as error:
            self._added = added
            if not depth and primary_code(error) in _HALF_WRITTEN:
                self._write_over(database)
            raise self._meaning(error) from error
        except BaseException:
            self._added = added
            raise
        self._wrote = True

    def _write_over(self, database: Writer) -> None:
        """Put something empty over what a failed write left in the log.

        Where only waiting for the disk failed it stands there whole, and the next start would take
        for kept what was said not to be.
        """
        with suppress(sqlite3.Error), database.atomic():
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            database.execute(f"PRAGMA user_version = {int(version)}")

    def absence(self) -> UserError | None:
        """Return what is wrong when the open file lies no more where it was opened, else None.

        Nothing can be kept then; reading goes on as long as the system lets it.
        """
        return absence(self.path, self._mark)

    @property
    def is_copy(self) -> bool:
        """Whether a copy is read, because the file and its log could not be read in place."""
        # Asked in SQL: the name of a folder need not be text that Python can read.
        asked = "SELECT file = '' FROM pragma_database_list"
        return self._mark is not None and bool(self._rows(asked)[0][0])

    def save_to(self, target: Path) -> Path:
        """Write a verified copy of what this open store holds, wherever its file is by now.

        Raises:
            InputRefused: that is no place for a file.
            DataDamaged: what is read does not read back well.
            DataReadOnly, DiskTrouble: it could not be read or written.
        """
        return save_open(self._connection, self.path, target)

    @property
    def is_changing(self) -> bool:
        """Whether a change is under way, which may still come to nothing."""
        return bool(self._changes)

    def _for_writing(self) -> Writer:
        if self._writer is None:
            self._look_before_writing()
            self._at_first = checks.recorded_counts(self.path.parent)
            self._writer = writer(self._connection)
        return self._writer

    def _open_change(self) -> Change:
        if not self._changes:
            raise RuntimeError("write to the store inside store.change()")
        return self._changes[-1]

    def put(self, entity: Entity) -> None:
        """Write an entity exactly as it is, new or in place of the one with its id.

        An entry that was removed lives again.

        Raises:
            TypeError: a field holds a value of another type (a programming error).
            InputRefused: a value that the file does not take.
            RuntimeError: outside of `change`.
        """
        codec: Codec[Any] = codec_of(type(entity))
        self._write(codec, entity.id, codec.encode(entity))

    def put_all(self, entities: Iterable[Entity]) -> None:
        """Write many entities as `put` does."""
        for entity in entities:
            self.put(entity)

    def remove(self, kind: type[Entity], entry: str, at: datetime) -> bool:
        """Remove an entry: it stays as a tombstone that no list shows.

        Args:
            kind: its class.
            entry: its id.
            at: the instant of removing.

        Returns:
            Whether there was such an entry.
        """
        codec: Codec[Any] = codec_of(kind)
        self._open_change()
        rows = self._sound(codec, "id = ? AND deleted IS NULL", (entry,))
        if rows:
            self._write(codec, entry, codec.deleted(rows[0], at))
        return bool(rows)

    def erase(self, kind: type[Entity], entry: str) -> None:
        """Take away an entry as if it had never been: one that the same step made for nothing."""
        self._write(codec_of(kind), entry, None)

    def set_due(self, entry: str, at: datetime | None) -> None:
        """Set when an entry rings next, to the second and never early; None: it does not.

        Inside `change`; undoing that change brings back the earlier time.
        """
        change = self._open_change()
        before = self._due_of(entry)
        after = None if at is None else -(-to_micros(at) // 1_000_000)
        if before != after:
            change.note_due(entry, before)
            self._write_due(entry, after)

    def _due_of(self, entry: str) -> int | None:
        rows = self._rows("SELECT next_due FROM due_index WHERE entry = ?", (entry,))
        return rows[0][0] if rows else None

    def _write_due(self, entry: str, due: int | None) -> None:
        if due is None:
            self._execute("DELETE FROM due_index WHERE entry = ?", (entry,))
        else:
            self._execute(
                "INSERT INTO due_index (entry, next_due) VALUES (?, ?)"
                " ON CONFLICT (entry) DO UPDATE SET next_due = excluded.next_due",
                (entry, due),
            )

    def _write(self, codec: Codec[Any], entry: str, after: Row | None) -> None:
        """Make the row of that id be `after` and its words findable; None takes the row away."""
        change = self._open_change()
        before = self._row(codec, entry)
        if before == after:
            return
        self._added[codec.kind] += (after is not None) - (before is not None)
        if after is None:
            self._execute(codec.erase, (entry,))
            self._taken[codec.kind] = self._taken.get(codec.kind, 0) + 1
        else:
            self._execute(codec.upsert, after)
        self._index(codec.kind, entry, before, after)
        change.note((codec.kind, entry), before, after)

    def _row(self, codec: Codec[Any], entry: str) -> Row | None:
        rows = self._rows(f"{codec.select} WHERE id = ?", (entry,))
        return rows[0] if rows else None

    def _index(self, kind: str, entry: str, before: Row | None, after: Row | None) -> None:
        old, new = _findable(kind, before), _findable(kind, after)
        if old == new:
            return
        key = (kind, entry)
        if any(old):
            numbers = self._rows(
                "SELECT number FROM search_entry WHERE kind = ? AND entry = ?", key
            )
            for number in numbers:
                self._execute("DELETE FROM search WHERE rowid = ?", number)
                self._execute("DELETE FROM search_entry WHERE number = ?", number)
        if any(new):
            cursor = self._execute("INSERT INTO search_entry (kind, entry) VALUES (?, ?)", key)
            self._execute(
                "INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)",
                (cursor.lastrowid, search.spaced(new[0]), search.spaced(new[1])),
            )

    def _execute(self, sql: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        try:
            return self._for_writing().execute(sql, values)
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    # --- Taking back ---------------------------------------------------------------------------

    def undo_label(self) -> tuple[str, Mapping[str, object]] | None:
        """Return message key and values of the step that `undo` would take back, or None."""
        return (self._steps[-1].label_key, self._steps[-1].values) if self._steps else None

    def undo(self) -> UndoneStep | None:
        """Take back the newest step: every row of it is as before, in one durable change.

        Returns:
            What was taken back, or None when there is no step.

        Raises:
            InputRefused: one of its entries was changed since; nothing was written, and the step
                is forgotten, since it can never be taken back.
        """
        if not self._steps:
            return None
        step = self._steps[-1]
        self._taken.clear()
        try:
            with self._transaction(Change(step.label_key, step.values)):
                self._bring_back(step)
        except InputRefused as error:
            self._steps.pop()
            raise InputRefused("undo.changed_since") from error
        self._steps.pop()
        if self._taken:
            # Everything is as it was already: what cannot be counted now is no loss.
            with suppress(sqlite3.Error):
                checks.lower_counts(self.path.parent, self._row_counts(), self._taken)
        return UndoneStep(step.label_key, step.values, step.kinds, step.ids)

    def forget_steps(self) -> None:
        """Forget what could be taken back: after erasing no step may hold the words."""
        self._steps.clear()

    def _bring_back(self, step: Change) -> None:
        for (kind, entry), (_, after) in step.images.items():
            if self._row(codec_for(kind), entry) != after:
                raise InputRefused("undo.changed_since")
        for (kind, entry), (before, _) in step.images.items():
            self._write(codec_for(kind), entry, before)
        for entry, before in step.due.items():
            now = self._due_of(entry)
            # Of two times the earlier: being looked at once too often never loses a ring.
            sooner = before if before is None or now is None else min(before, now)
            self._write_due(entry, sooner)

    # --- Whose turn it is ----------------------------------------------------------------------

    def take_turn(self, what: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take the turn at something for a short time, unless somebody else has it.

        It is on the disk when this returns, is no step of undo and no change of the data. A turn
        that ended, or that ends later than any can (the clock was set back), keeps nobody out.
        What the turn is for has to be read after it was taken.

        Args:
            what: what it is the turn at.
            holder: who takes it; the same one may take it again, which makes it last longer.
            now: the present instant.
            seconds: how long the turn lasts, the same for everybody.

        Returns:
            Whether it is the holder's now; never where the file cannot be written to.

        Raises:
            DataBusy, DiskTrouble: it could not be written.
        """
        if self.read_only:
            return False
        until = now + timedelta(seconds=seconds)
        bounds = to_micros(now), to_micros(until + _READ_EARLIER)
        with self._transaction(Change("storage.turn", {})), self._no_data():
            taken = self._execute(
                "INSERT INTO turn (what, holder, until) VALUES (?, ?, ?)"
                " ON CONFLICT (what) DO UPDATE SET holder = excluded.holder, until = excluded.until"
                " WHERE holder = excluded.holder OR until <= ? OR until > ?",
                (what, holder, to_micros(until), *bounds),
            )
            return taken.rowcount == 1

    def end_turn(self, what: str, holder: str) -> None:
        """Give a turn back at once; nothing happens where somebody else has it by now.

        Raises:
            DataBusy, DiskTrouble: it could not be written; the turn ends by itself.
        """
        if not self.read_only:
            with self._transaction(Change("storage.turn", {})), self._no_data():
                self._execute("DELETE FROM turn WHERE what = ? AND holder = ?", (what, holder))

    @contextmanager
    def _no_data(self) -> Generator[None]:
        """Let what is written in the block leave `mark` as it is."""
        before = self._connection.total_changes
        yield
        self._beside += self._connection.total_changes - before

    # --- Keeping house -------------------------------------------------------------------------

    def wipe_old_tombstones(self, before: datetime) -> int:
        """Wipe the words of entries that were removed before that instant; return how many.

        Id, kind and times stay. Undo cannot bring such an entry back.
        """
        # A start that finds none writes nothing, and loads nothing to write with.
        if not any(self._old_words(before)):
            return 0
        with self.change("storage.wiped", undoable=False):
            found = list(self._old_words(before))
            for codec, empty in found:
                self._write(codec, empty[0], empty)
            # Merges the search table's parts, of which old ones still hold the words.
            self._execute("INSERT INTO search (search) VALUES ('optimize')", ())
        self._checkpoint()
        return len(found)

    def _old_words(self, before: datetime) -> Iterator[tuple[Codec[Any], Row]]:
        for kind, blank in search.WORDS.items():
            codec = codec_for(kind)
            for row in self._rows(f"{codec.select} WHERE deleted < ?", (to_micros(before),)):
                if (empty := codec.with_values(row, **blank)) != row:
                    yield codec, empty

    def full_check(self) -> list[str]:
        """Return what is wrong with structure, references and every row's checksum, if anything.

        Any thread may call it.
        """
        return checks.full_check(self.path)

    def vanished(self) -> dict[str, tuple[int, int]]:
        """Return the kinds of which many rows are gone since the last close or backup.

        Returns:
            For each such kind how many rows there were and are; normally nothing.

        Raises:
            DataDamaged, DataBusy, DiskTrouble: they cannot be counted.
        """
        before = counts_before(self.path.parent)
        try:
            gone = checks.vanished(before, self._row_counts()) if before else {}
            self.missing = {kind: was - now for kind, (was, now) in gone.items()}
            return gone
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def accept_counts(self) -> None:
        """Take as many rows as there are now for right: somebody said that it was them."""
        self.missing = {}
        seen = checks.seen_counts(self._connection)
        checks.record_counts(self.path.parent, self._row_counts(), seen)

    @property
    def is_open(self) -> bool:
        """Whether the file was not closed yet."""
        return self._is_open

    def close(self) -> None:
        """Close the file; what was written moves from the log into it, and counts are recorded.

        Closing it again does nothing: a restored backup has its place by then.
        """
        if not self._is_open:
            return
        try:
            if self._wrote and not self.read_only:
                # Everything is on the disk already: what cannot be counted now is no loss.
                self._keep_counts()
                self._checkpoint()
        finally:
            self._writer, self._is_open = None, False
            self._connection.close()

    def _keep_counts(self) -> None:
        with suppress(sqlite3.Error):
            told = self.missing, self._added, self._at_first
            seen = checks.seen_counts(self._connection)
            checks.keep_counts(self.path.parent, self._row_counts(), *told, seen=seen)

    def is_bare(self) -> bool:
        """Tell whether there is nothing in it but settings, not even what was removed."""
        kinds = [kind for kind in KINDS if kind != "setting"]
        return not any(self._rows(f"SELECT 1 FROM {quoted(kind)} LIMIT 1") for kind in kinds)  # noqa: S608

    def _row_counts(self) -> dict[str, int]:
        return checks.row_counts(self._connection)

    def _checkpoint(self) -> None:
        # A busy reader or a full disk may keep it from ending. Nothing is lost then: the log is
        # as durable as the file, and the next one moves it.
        with suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _findable(kind: str, row: Row | None) -> tuple[str, str]:
    if row is None or row[-2] is not None:
        return "", ""
    return search.texts_of(kind, row)


__all__ = ["Change", "Store", "UndoneStep"]
