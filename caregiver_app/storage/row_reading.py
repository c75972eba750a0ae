"""Reading rows from the data file: every checksum looked at, and what is asked again read once."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from caregiver_app.domain.entities import Entity
from caregiver_app.errors import DataDamaged
from caregiver_app.storage import checks
from caregiver_app.storage.backups import looked_again, newest_good_backup
from caregiver_app.storage.connection import translated
from caregiver_app.storage.rows import Codec, Row, are_sums_of, codec_for, quoted

E = TypeVar("E", bound=Entity)


class RowReader:
    """Reads the rows of one open data file for what asks for entries.

    All methods raise DataDamaged, DataBusy or DiskTrouble when the file cannot be read.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self._seen: dict[tuple[str, str, tuple[object, ...]], list[Any]] | None = None
        self._seen_after = 0
        self._seen_version: int | None = None
        self._left_out: set[str] | None = None
        self._is_sound = False
        """Whether the structure of the file was looked at since it was opened, and is whole."""
        self._beside = 0
        """How many rows this program wrote that are no data, such as whose turn it is."""

    @contextmanager
    def one_look(self) -> Generator[None]:
        """Read only once what is asked for again before the block ends.

        What this program writes meanwhile is seen at once, what another writes perhaps not.
        """
        outer = self._seen, self._seen_version
        if self._seen is None:
            self._seen, self._seen_version = {}, self.data_version()
        try:
            yield
        finally:
            self._seen, self._seen_version = outer

    def data_version(self) -> int:
        """Return a number that changes whenever another program wrote to the file."""
        return int(self._rows("PRAGMA data_version")[0][0])

    def quick_check(self) -> list[str]:
        """Look for damage in the file's structure; any thread may call it.

        Returns:
            What is wrong, in plain ids and counts; empty when all is well.
        """
        found = checks.quick_check(self.path)
        self._is_sound = not found
        return found

    def _look_before_writing(self) -> None:
        """Refuse to write into a file whose structure is damaged, before the first write.

        Raises:
            DataDamaged: it is; `offer` is the newest good backup.
        """
        if self._is_sound:
            return
        try:
            found = checks.quick_problems(self._connection)
        except sqlite3.Error as error:
            raise self._meaning(error) from error
        if found:
            raise looked_again(DataDamaged("data.damaged", path=str(self.path)), self.path)
        self._is_sound = True

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Run a query for another module of storage."""
        return self._rows(sql, values)

    def entities(self, kind: str, where: str, values: Sequence[object]) -> list[Entity]:
        """Return the entries of the kind with that name that fulfil an SQL condition."""
        return self._entities(codec_for(kind), where, values)

    def sound_rows(self, kind: str, where: str, values: Sequence[object]) -> list[Row]:
        """Return the rows of the kind with that name that fulfil an SQL condition, undecoded.

        Their columns are the codec's, in its order.

        Raises:
            DataDamaged: one of them is not as it was written.
        """
        return self._sound(codec_for(kind), where, values)

    def sound_columns(
        self, kind: str, names: Sequence[str], where: str, values: Sequence[object]
    ) -> list[tuple[Any, ...]]:
        """Return some columns of such rows, each as a tuple; all of every row is checked.

        Raises:
            DataDamaged: one of them is not as it was written.
        """
        codec = codec_for(kind)
        wanted = ",".join(map(quoted, names))
        sql = f"SELECT {wanted},{codec.text},[crc] FROM {quoted(kind)} WHERE {where}"  # noqa: S608
        rows = self._rows(sql, values)
        if not rows:
            return [()] * len(names)
        *columns, texts, sums = zip(*rows, strict=True)
        if are_sums_of(texts, sums):
            return columns
        # Damaged, or SQLite writes a value in another way than `checksum` does.
        every = list(zip(*self._sound(codec, where, values), strict=True))
        return [every[codec.columns.index(name)] for name in names]

    def _entities(self, codec: Codec[E], where: str, values: Sequence[object]) -> list[E]:
        if self._seen is None or self._left_out is not None or self._connection.in_transaction:
            return self._decoded(codec, where, values)
        if self._seen_after != self._connection.total_changes:
            self._seen_after = self._connection.total_changes
            self._seen.clear()
        asked = (codec.kind, where, tuple(values))
        found = self._seen.get(asked)
        if found is None:
            found = self._seen[asked] = self._decoded(codec, where, values)
        return list(found)

    def _decoded(self, codec: Codec[E], where: str, values: Sequence[object]) -> list[E]:
        return [codec.decode(row) for row in self._sound(codec, where, values)]

    @contextmanager
    def in_parts(self) -> Generator[set[str]]:
        """Leave out what cannot be read, instead of refusing, until the block ends.

        For what has to be told whatever state the data is in. What is given is the kinds of which
        something was left out; a block within another one shares that one's.
        """
        outer = self._left_out
        self._left_out = found = set[str]() if outer is None else outer
        try:
            yield found
        finally:
            self._left_out = outer

    def _readable(
        self, codec: Codec[Any], where: str, values: Sequence[object], left_out: set[str]
    ) -> list[Row]:
        rows: list[Row] = []
        try:
            rows += self._connection.execute(f"{codec.select} WHERE {where}", values)
        except sqlite3.Error:
            # No second look and no search for a backup: both take longer than help may.
            left_out.add(codec.kind)
        good = [row for row in rows if codec.damaged((row,)) is None]
        if len(good) < len(rows):
            left_out.add(codec.kind)
        return good

    def _sound(self, codec: Codec[Any], where: str, values: Sequence[object]) -> list[Row]:
        if self._left_out is not None and not self._connection.in_transaction:
            return self._readable(codec, where, values, self._left_out)
        rows = self._rows(f"{codec.select} WHERE {where}", values)
        damaged = codec.damaged(rows)
        if damaged is not None:
            offer = newest_good_backup(self.path.parent)
            raise DataDamaged(
                "data.row_damaged",
                offer=None if offer is None else str(offer),
                kind=codec.kind,
                id=damaged[0],
            )
        return rows

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._meaning(error) from error

    def _meaning(self, error: sqlite3.Error) -> Exception:
        meaning = translated(error, self.path)
        return looked_again(meaning, self.path) if isinstance(meaning, DataDamaged) else meaning
