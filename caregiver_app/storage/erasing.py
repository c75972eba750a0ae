"""Erasing for good: out of the rows, the search table, the bytes of the file and its own copies.

One transaction takes the words out and notes what is to be done about the copies; with it erasing
is decided. What follows can be done again and again, so that a kill or a full disk only delays it:
`finish` goes on from the note, at the next start if need be.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from caregiver_app.domain.entities import KINDS, Setting
from caregiver_app.errors import DataBusy, DataDamaged, DataNewer, UserError, disk_trouble
from caregiver_app.storage import checks, files
from caregiver_app.storage.backups import (
    BACKUPS_NAME,
    copy_into,
    entries,
    looked_again,
    make_backup,
    own_place,
)
from caregiver_app.storage.belongings import (
    Execute,
    Found,
    Wanted,
    belongings,
    blank,
    empty,
    living,
)
from caregiver_app.storage.connection import (
    beside,
    connect,
    connect_unchanged,
    has_log,
    look,
    translated,
)
from caregiver_app.storage.erased import holds, write_anew
from caregiver_app.storage.leftovers import part_beside
from caregiver_app.storage.rows import codec_of, quoted, to_micros
from caregiver_app.storage.writing import writer
from caregiver_app.values import value

NOTE: Final = "erase.begun"
"""The setting that says what was decided and not done everywhere yet; "" when all is done."""

_COPIES: Final = "caregiver-*.sqlite3"
_UNFINISHED: Final = (".*.part*", ".saving-*")
_LOGS: Final = ("caregiver-*.sqlite3-wal", "caregiver-*.sqlite3-journal")
_LISTS: Final = "packing-lists-*.json"
_SECOND: Final = "caregiver-????-??-??T????.sqlite3"
"""The backups in the second folder; what else lies there is the family's own."""

Told = Callable[[int, int], object]
"""Hears how many of how many files are done."""


@value
class Begun:
    """What was decided: what to erase, and whether copies are removed or only lose the words.

    `second` is the folder of the second backups, "" for none.
    """

    wanted: Wanted
    remove_copies: bool
    second: str = ""


@value
class Outcome:
    """What became of it: how many copies lost the words, how many were removed.

    `trouble` is what keeps it from being done everywhere; the next start goes on.
    """

    cleaned: int = 0
    removed: int = 0
    trouble: UserError | None = None


def copies(folder: Path, second: str = "") -> list[Path]:
    """Return every copy of the data that the program keeps, in its folder and in a second one.

    Raises:
        DiskTrouble, DataReadOnly: a folder cannot be read; there may be more.
    """
    with _meant(folder):
        beside = [path for path in folder.glob(_COPIES) if path.is_file()]
        own = [path for path in entries(folder / BACKUPS_NAME) if path.is_file()]
        every = [*beside, *own]
        if second:
            every += [path for path in entries(Path(second)) if path.match(_SECOND)]
    return sorted(path for path in every if not path.name.endswith(("-wal", "-shm")))


@value
class Counted:
    """How many entries of each kind would go.

    `living` are those that can be seen, `deleted` those that can still be brought back. What was
    erased or wiped before has no words any more, and is not counted.
    """

    living: dict[str, int]
    deleted: dict[str, int]
    found: Found


def counted(path: Path, wanted: Wanted, since: datetime) -> Counted:
    """Return what would go from a data file; what was deleted before `since` was wiped.

    Raises:
        DataDamaged, DataBusy, DiskTrouble: it cannot be read.
    """
    with _meant(path), closing(checks.own_reader(path)) as connection:
        execute, everything = connection.execute, wanted.everything
        found = {} if everything else belongings(execute, wanted)
        kinds = checks.kinds_in(connection) if everything else list(found)
        told: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for kind in kinds:
            among = "" if everything else " AND id IN (SELECT value FROM json_each(?))"
            ids = () if everything else (json.dumps(list(found[kind])),)
            for counts, which, bounds in zip(
                told, ("deleted IS NULL", "deleted >= ?"), ((), (to_micros(since),)), strict=True
            ):
                many = execute(
                    f"SELECT count(*) FROM {quoted(kind)} WHERE {which}{among}",  # noqa: S608
                    (*bounds, *ids),
                ).fetchone()[0]
                if many:
                    counts[kind] = int(many)
        return Counted(*told, found)


def holding(among: Sequence[Path], wanted: Wanted, counted: Counted) -> list[Path]:
    """Return the copies that have words of what is to be erased; unreadable ones as well."""
    return [copy for copy in among if wanted.everything or holds(copy, wanted, counted.found)]


def erase(
    path: Path, wanted: Wanted, *, remove_copies: bool, now: datetime, second: str = ""
) -> None:
    """Take the words out of the data file in one durable step; `finish` has to follow.

    Any thread may call it. `second` is the folder of the second backups, "" for none.

    Raises:
        DataReadOnly, DataBusy, DiskTrouble, DataDamaged: nothing was erased.
    """
    with _meant(path), closing(connect(path, "write")) as connection:
        database = writer(connection)
        with database.atomic():
            # Takes the write lock before anything is read.
            database.execute("DELETE FROM due_index WHERE 0")
            before = _begun(database.execute)
            begun = Begun(
                wanted if before is None else before.wanted.joined(wanted),
                remove_copies or (before is not None and before.remove_copies),
                second or ("" if before is None else before.second),
            )
            if wanted.everything:
                # Fewer rows than were counted would look like a loss, also after a kill.
                checks.record_counts(path.parent, dict.fromkeys(KINDS, 0), {})
                empty(database.execute)
            else:
                found = belongings(database.execute, wanted)
                blank(database.execute, found, to_micros(now))
            _write_note(database.execute, _text_of(begun), now)


def finish(path: Path, now: datetime, told: Told | None = None) -> Outcome | None:
    """Do what an erasing still asks for: the file's own bytes, then every copy.

    Any thread may call it, as often as it likes. What could not be done now is left for later.

    Returns:
        What became of it, None where there was nothing to do.

    Raises:
        DataReadOnly, DataBusy, DiskTrouble, DataDamaged: the data file itself cannot be read.
    """
    begun = pending(path)
    if begun is None:
        return None
    outcome = Outcome()
    try:
        outcome = _everywhere(path, begun, now, told or _nobody)
        if outcome.trouble is None:
            with _meant(path):
                _clear_note(path, begun, now)
    except UserError as error:
        return Outcome(outcome.cleaned, outcome.removed, error)
    return outcome


def pending(path: Path) -> Begun | None:
    """Return what was decided and not done everywhere yet, None where nothing is left to do."""
    if not path.exists():
        return None
    with _meant(path), closing(checks.own_reader(path)) as connection:
        return _begun(connection.execute)


def _nobody(_done: int, _of: int) -> None:
    pass


@contextmanager
def _meant(path: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        meaning = translated(error, path)
        # SQLite calls it damage as well where the disk only failed at a page.
        raise (
            looked_again(meaning, path) if isinstance(meaning, DataDamaged) else meaning
        ) from error
    except OSError as error:
        raise disk_trouble(error, path) from error


# --- What was decided ---------------------------------------------------------------------------


def _begun(execute: Execute) -> Begun | None:
    rows = execute("SELECT value FROM setting WHERE id = ? AND deleted IS NULL", (NOTE,)).fetchall()
    told = json.loads(rows[0][0]) if rows else ""
    if not told:
        return None
    held = json.loads(told)
    wanted = Wanted(
        keys=tuple((kind, entry) for kind, entry in held["keys"]),
        people=tuple(held["people"]),
        everything=held["everything"],
    )
    return Begun(wanted, held["remove_copies"], held["second"])


def _text_of(begun: Begun) -> str:
    wanted = begun.wanted
    return json.dumps(
        {
            "keys": wanted.keys,
            "people": wanted.people,
            "everything": wanted.everything,
            "remove_copies": begun.remove_copies,
            "second": begun.second,
        }
    )


def _write_note(execute: Execute, text: str, now: datetime) -> None:
    codec = codec_of(Setting)
    note = Setting(id=NOTE, created=now, changed=now, value=json.dumps(text))
    execute(codec.upsert, codec.encode(note))


def _clear_note(path: Path, begun: Begun, now: datetime) -> None:
    with closing(connect(path, "write")) as connection:
        database = writer(connection)
        with database.atomic():
            database.execute("DELETE FROM due_index WHERE 0")
            # Somebody may have decided more meanwhile.
            if _begun(database.execute) == begun:
                _write_note(database.execute, "", now)
        seen = checks.seen_counts(connection)
        checks.record_counts(path.parent, checks.row_counts(connection), seen)


# --- Doing it everywhere ------------------------------------------------------------------------


def _everywhere(path: Path, begun: Begun, now: datetime, told: Told) -> Outcome:
    folder = path.parent
    with _meant(path):
        _clear_unfinished(folder, begun.second)
        _scrub_in_use(path)
        with closing(checks.own_reader(path)) as connection:
            found = belongings(connection.execute, begun.wanted)
    doomed = copies(folder, begun.second)
    total, cleaned, removed, trouble = len(doomed) + 1, 0, 0, None
    told(1, total)
    fresh: Path | None = None
    for done, copy in enumerate(doomed, start=2):
        try:
            with _meant(copy):
                if begun.wanted.everything or begun.remove_copies:
                    if fresh is None and not begun.wanted.everything:
                        fresh = make_backup(path, own_place(folder, now))
                    removed += copy != fresh and _removed(copy)
                elif _cleaned(copy, path, begun.wanted, found, now):
                    cleaned += 1
                else:
                    removed += _removed(copy)
        except UserError as error:
            trouble = trouble or error
        told(done, total)
    with _meant(path):
        _clear_unfinished(folder, begun.second)
        if begun.wanted.everything:
            for lists in folder.glob(_LISTS):
                lists.unlink(missing_ok=True)
    return Outcome(cleaned, removed, trouble)


def _clear_unfinished(folder: Path, second: str) -> None:
    """Remove copies that are not finished: each could hold what is erased."""
    for part in Path(second).glob(f".{_SECOND}.*.part*") if second else ():
        part.unlink(missing_ok=True)
    for place in (folder, folder / BACKUPS_NAME):
        for pattern in _UNFINISHED:
            for part in place.glob(pattern):
                part.unlink(missing_ok=True)
    for log in (one for pattern in _LOGS for one in folder.glob(pattern)):
        # Kept by a restore that found it without its file; any other goes with its copy.
        if log.is_file() and not log.with_name(log.name.rpartition("-")[0]).exists():
            log.unlink()


def _scrub_in_use(path: Path) -> None:
    """Write a data file's pages anew, and leave nothing in its log.

    Raises:
        DataBusy: another program is reading an older state of it.
    """
    with closing(connect(path, "write")) as connection:
        write_anew(connection)
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DataBusy("data.busy", path=str(path))


def _cleaned(copy: Path, path: Path, wanted: Wanted, found: Found, now: datetime) -> bool:
    """Put a copy without the words in a copy's place; False where it cannot be read.

    Raises:
        UserError, OSError, sqlite3.Error: it cannot be done now.
    """
    part = part_beside(copy)
    try:
        if has_log(copy):
            # One whole file: a log must never stand beside another file than its own.
            with closing(connect(copy, "write")) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        look(copy)
        files.make_private(part)
        with closing(connect_unchanged(copy)) as source:
            if copy_into(source, part):
                return _refuse_to_guess(copy)
        _blank_in(part, path, wanted, found, now)
        # Nothing of it is in the fresh copy, which read back well; the words may stand in it.
        *_, journal = beside(copy)
        if journal.is_file():
            journal.unlink()
        files.move_durably(part, copy)
    except DataNewer:
        return False
    except (DataDamaged, sqlite3.DatabaseError) as error:
        meaning = error if isinstance(error, DataDamaged) else translated(error, copy)
        if not isinstance(meaning, DataDamaged):
            raise
        return _refuse_to_guess(copy)
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)
    return True


def _refuse_to_guess(copy: Path) -> bool:
    """Return False for a copy that is damaged.

    Raises:
        OSError: only reading it failed; it may be sound.
    """
    if checks.reading_failed(copy):
        raise OSError(copy)
    return False


def _blank_in(part: Path, path: Path, wanted: Wanted, found: Found, now: datetime) -> None:
    with closing(connect(part, "plain")) as connection:
        database = writer(connection)
        with database.atomic():
            here = belongings(database.execute, wanted)
            for kind, ids in found.items():
                here[kind] = here.get(kind, set()) | ids
            with closing(checks.own_reader(path)) as reader:
                alive = living(reader.execute, here)
            # What is somebody else's by now stays in the copies too.
            doomed = {kind: ids - alive.get(kind, set()) for kind, ids in here.items()}
            blank(database.execute, doomed, to_micros(now))
        write_anew(connection)
        if checks.problems_in(connection):
            raise OSError(part)


def _removed(copy: Path) -> bool:
    for path in (copy, *beside(copy)):
        # A folder there is none of ours.
        if not path.is_dir():
            path.unlink(missing_ok=True)
    files.sync_folder(copy.parent)
    return True


__all__: Sequence[str] = (
    "NOTE",
    "Begun",
    "Counted",
    "Outcome",
    "Wanted",
    "copies",
    "counted",
    "erase",
    "finish",
    "holding",
    "pending",
)
