"""The operations that are tried at every file call, and what may be there afterwards.

Each begins with a data folder and goes from one state to the next; a line of `add` is a step of
its own. A state is compared as a whole: a folder that is in none of them has lost or invented
something.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from caregiver_app.integrations import sealed
from caregiver_app.storage import erasing
from caregiver_app.storage.backups import all_backups, is_good, listed
from caregiver_app.storage.checks import full_check, kinds_in, recorded_counts, row_counts, vanished
from caregiver_app.storage.connection import connect_unchanged, look
from caregiver_app.storage.database import DATA_NAME, open_store
from tests.factories import line
from tests.tools.faults import PASSPHRASE, WarmProgram

NOW = "2026-03-20T18:04+00:00"
_AT = datetime(2026, 3, 20, 18, 5, tzinfo=UTC)
FIXTURES = Path(__file__).parents[1] / "storage" / "fixtures"
_UNSTEADY = ("created", "changed", "crc", "person")
DATA, BESIDE, STICK, LOCKED = "data", "beside", "stick", "copy.sealed"
ERASED = "Zeisigkanarienwort"

State = tuple[tuple[object, ...], ...]


def nothing_more(disk: Path) -> State:
    return ()


@dataclass(frozen=True)
class Operation:
    """One thing that a family does, as a start of the program.

    It works on a disk with two folders: the data and what lies beside it. `arguments` has "{data}"
    and "{beside}" where they are meant; `drive` is for what no command does. `kinds` are those by
    which its states are told apart, with what `unopened` finds before the next start and `also`
    after it; `answers` is whether it prints an ACK for each step; else its end with 0 is the one.
    """

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[WarmProgram, Path, Path], object]
    typed: str = ""
    drive: bool = False
    kinds: tuple[str, ...] = ("note",)
    answers: bool = False
    unopened: Callable[[Path], State] = nothing_more
    also: Callable[[Path], State] = nothing_more
    harmless: bool = False
    """Whether it is no harm that it was done though it said no: one more copy, a newer file."""

    def words(self, disk: Path) -> list[str]:
        """Return the arguments of one start."""
        data = disk / DATA
        told = [one.format(data=data, beside=disk / BESIDE) for one in self.arguments]
        return told if self.drive else ["--data-dir", str(data), "--now", NOW, *told]

    def state(self, disk: Path) -> State:
        """Open the folder as the next start does and return what is in it and beside it."""
        data = disk / DATA
        first = self.unopened(disk)
        with open_store(data, now=_AT) as store:
            assert not store.read_only
            assert store.full_check() == []
            assert store.vanished() == {}
        return first + rows_in(data / DATA_NAME, self.kinds) + self.also(disk)


def rows_in(path: Path, kinds: tuple[str, ...]) -> State:
    """Return every row of these kinds, without what differs from run to run."""
    connection = connect_unchanged(path)
    try:
        found: list[tuple[object, ...]] = []
        for kind in kinds:
            cursor = connection.execute(f"SELECT * FROM {kind} ORDER BY id")  # noqa: S608
            names = [one[0] for one in cursor.description]
            steady = [place for place, name in enumerate(names) if name not in _UNSTEADY]
            # By its uid, where an id is made up anew with each import.
            drop = names.index("id") if "uid" in names else -1
            found += [(kind, *(row[place] for place in steady if place != drop)) for row in cursor]
        return tuple(sorted(found, key=repr))
    finally:
        connection.close()


def looks_whole(data: Path) -> list[str]:
    """Return what a full look finds wrong in a folder, as `check` would say it."""
    path = data / DATA_NAME
    problems = full_check(path)
    connection = connect_unchanged(path)
    try:
        gone = vanished(recorded_counts(data), row_counts(connection))
    finally:
        connection.close()
    return problems + [f"{kind}: {now} of {was}" for kind, (was, now) in gone.items()]


# ---- what else is compared -----------------------------------------------------------------------
def _own_backups(disk: Path) -> State:
    return _whole(all_backups(disk / DATA))


def _second_backups(disk: Path) -> State:
    return _whole(listed(disk / BESIDE / STICK))


def _whole(backups: list[Path]) -> State:
    assert all(is_good(one) for one in backups), "a backup under its name is not whole"
    return (("backups", len(backups)),)


def _locked_backup(disk: Path) -> State:
    """Return what is in the locked backup; whatever has its name has to open."""
    locked = disk / BESIDE / LOCKED
    if not locked.exists():
        return ()
    with tempfile.TemporaryDirectory() as place:
        plain = Path(place) / DATA_NAME
        with plain.open("wb") as file:
            sealed.unseal(locked, file, PASSPHRASE)
        assert is_good(plain)
        return (("locked", rows_in(plain, ("note",))),)


def _erased_everywhere(disk: Path) -> State:
    """Go on as the next start does, and tell whether the word is in any byte of the disk."""
    outcome = erasing.finish(disk / DATA / DATA_NAME, _AT)
    assert outcome is None or outcome.trouble is None
    copies = all_backups(disk / DATA) + listed(disk / BESIDE / STICK)
    assert all(is_good(one) for one in copies), "a backup under its name is not whole"
    found = [path for path in disk.rglob("*") if path.is_file()]
    return (("holds", any(ERASED.encode() in path.read_bytes() for path in found)),)


def _version(disk: Path) -> State:
    return (("version", look(disk / DATA / DATA_NAME).version),)


def _stored_rows(version: int) -> Callable[[Path], State]:
    """Hold every row that was stored against what is there now, word by word."""
    stored = _words_of(FIXTURES / f"schema-{version}.sqlite3")
    columns = {kind: tuple(next(iter(rows.values()), {})) for kind, rows in stored.items()}

    def compare(disk: Path) -> State:
        now = _words_of(disk / DATA / DATA_NAME)
        for kind, rows in stored.items():
            same = {
                entry: {name: words[name] for name in columns[kind]}
                for entry, words in now[kind].items()
                if entry in rows
            }
            assert same == rows, f"{kind}: what was stored is not there as it was"
            assert len(now[kind]) == len(rows), f"{kind}: more than was stored"
        copies = [one for one in all_backups(disk / DATA) if one.name.startswith("before-mig")]
        assert copies, "no copy of what was before"
        assert all(_words_of(one) == stored for one in copies)
        return ()

    return compare


def _words_of(path: Path) -> dict[str, dict[str, dict[str, object]]]:
    """Return every kind's rows by id, each column by its name."""
    connection = connect_unchanged(path)
    try:
        found: dict[str, dict[str, dict[str, object]]] = {}
        for kind in kinds_in(connection):
            cursor = connection.execute(f"SELECT * FROM [{kind}]")  # noqa: S608
            names = [one[0] for one in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor]
            # Its checksum is made anew with every new column.
            found[kind] = {
                str(row["id"]): {name: value for name, value in row.items() if name != "crc"}
                for row in rows
            }
        return found
    finally:
        connection.close()


# ---- what they begin with ------------------------------------------------------------------------
def notes(*ids: str, text: str = "one") -> str:
    return "".join(line("note", id=one, room="listening", text=text) + "\n" for one in ids)


def _some_notes(program: WarmProgram, data: Path, beside: Path) -> None:
    ended = program.run(
        ["--data-dir", data, "--now", NOW, "add"], typed=notes("n1", "n2", "n3", text="before")
    )
    assert ended.code == 0, ended.err


def _a_calendar(program: WarmProgram, data: Path, beside: Path) -> None:
    _some_notes(program, data, beside)
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:u{number}\r\nDTSTAMP:20260101T000000Z\r\n"
        f"DTSTART:202604{number + 10}T090000Z\r\nSUMMARY:Lab {number}\r\nEND:VEVENT\r\n"
        for number in range(5)
    )
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n"
    (beside / "clinic.ics").write_text(f"{head}{events}END:VCALENDAR\r\n")


def _a_copy_and_later_notes(program: WarmProgram, data: Path, beside: Path) -> None:
    _some_notes(program, data, beside)
    ended = program.run(["--data-dir", data, "--now", NOW, "backup", beside / "copy.sqlite3"])
    assert ended.code == 0, ended.err
    ended = program.run(["--data-dir", data, "--now", NOW, "add"], typed=notes("n4", "n5"))
    assert ended.code == 0, ended.err


def _a_locked_copy_and_later_notes(program: WarmProgram, data: Path, beside: Path) -> None:
    _some_notes(program, data, beside)
    told = ["--data-dir", data, "--now", NOW]
    ended = program.run([*told, "backup", beside / LOCKED, "--passphrase"])
    assert ended.code == 0, ended.err
    assert program.run([*told, "add"], typed=notes("n4", "n5")).code == 0


def _a_second_place(program: WarmProgram, data: Path, beside: Path) -> None:
    """Two backups, of which the older is on the stick already."""
    stick = beside / STICK
    stick.mkdir()
    _some_notes(program, data, beside)
    assert program.run([data, "choose", stick], drive=True).code == 0
    for name in ("caregiver-2026-03-19T0900.sqlite3", "caregiver-2026-03-20T0900.sqlite3"):
        assert program.run(["--data-dir", data, "--now", NOW, "backup"]).code == 0
        all_backups(data)[0].rename(data / "backups" / name)
        if "19T" in name:
            assert program.run([data, "follow"], drive=True).code == 0


def _a_deleted_note(program: WarmProgram, data: Path, beside: Path) -> None:
    _some_notes(program, data, beside)
    assert program.run([data, "delete", "n1", "n2"], drive=True).code == 0


def _with_a_backup(program: WarmProgram, data: Path, beside: Path) -> None:
    """Notes, of which one holds the word, and a backup that holds them."""
    told = ["--data-dir", data, "--now", NOW]
    typed = notes("n1", text=ERASED) + notes("n2", "n3", text="stays")
    assert program.run([*told, "add"], typed=typed).code == 0
    assert program.run([*told, "backup"]).code == 0


def _with_a_stick(program: WarmProgram, data: Path, beside: Path) -> None:
    """The same, and the backup on a stick as well."""
    (beside / STICK).mkdir()
    _with_a_backup(program, data, beside)
    for act in (["choose", str(beside / STICK)], ["follow"]):
        assert program.run([data, *act], drive=True).code == 0


def _stored(version: int) -> Callable[[WarmProgram, Path, Path], None]:
    def put(program: WarmProgram, data: Path, beside: Path) -> None:
        data.mkdir(mode=0o700)
        shutil.copyfile(FIXTURES / f"schema-{version}.sqlite3", data / DATA_NAME)
        (data / DATA_NAME).chmod(0o600)

    return put


def _nothing(program: WarmProgram, data: Path, beside: Path) -> None:
    """A first start: not even the folder is there."""


STORED = sorted(int(path.stem.removeprefix("schema-")) for path in FIXTURES.glob("schema-*"))
MIGRATIONS = [
    Operation(
        f"migrate from schema {version}",
        ("check",),
        _stored(version),
        kinds=(),
        unopened=_version,
        also=_stored_rows(version),
        harmless=True,
    )
    for version in STORED
]
ERASING = [
    Operation("erase", ("{data}", "erase", "n1"), _with_a_backup, drive=True, answers=True,
              also=_erased_everywhere),
    Operation("erase all", ("{data}", "erase-all"), _with_a_stick, drive=True,
              also=_erased_everywhere),
]  # fmt: skip
OPERATIONS = [
    Operation("first start", ("add",), _nothing, typed=notes("n1"), answers=True),
    Operation("add", ("add",), _some_notes, typed=notes("n4", "n5"), answers=True),
    Operation("edit", ("add",), _some_notes, typed=notes("n1", "n2", text="after"), answers=True),
    Operation("delete", ("{data}", "delete", "n1", "n2"), _some_notes, drive=True, answers=True),
    Operation("import", ("import", "--yes", "{beside}/clinic.ics"), _a_calendar,
              kinds=("note", "appointment")),
    Operation("backup", ("backup",), _some_notes, also=_own_backups, harmless=True),
    Operation("locked backup", ("backup", f"{{beside}}/{LOCKED}", "--passphrase"), _some_notes,
              also=_locked_backup, harmless=True),
    Operation("second place", ("{data}", "follow"), _a_second_place, drive=True,
              also=_second_backups, harmless=True),
    Operation("restore", ("restore", "{beside}/copy.sqlite3"), _a_copy_and_later_notes),
    Operation("restore locked", ("restore", f"{{beside}}/{LOCKED}"),
              _a_locked_copy_and_later_notes),
    Operation("wipe", ("{data}", "wipe"), _a_deleted_note, drive=True),
    *ERASING,
    MIGRATIONS[-1],
]  # fmt: skip
