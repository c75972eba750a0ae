"""The operations that are tried at every file call, and what may be there afterwards.

Each begins with a data folder and goes from one state to the next; a line of `add` is a step of
its own. A state is compared as a whole: a folder that is in none of them has lost or invented
something.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from caregiver_app.storage.backups import all_backups, is_good
from caregiver_app.storage.checks import full_check, recorded_counts, row_counts, vanished
from caregiver_app.storage.connection import connect_unchanged
from caregiver_app.storage.database import DATA_NAME, open_store
from tests.factories import line
from tests.tools.faults import WarmProgram

NOW = "2026-03-20T18:04+00:00"
_AT = datetime(2026, 3, 20, 18, 5, tzinfo=UTC)
FIXTURES = Path(__file__).parents[1] / "storage" / "fixtures"
_UNSTEADY = ("created", "changed", "crc", "person")

State = tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Operation:
    """One thing that a family does, as a start of the program.

    `arguments` has "{data}" and "{beside}" where the data folder and the one beside it are meant;
    `drive` is for what no command does. `kinds` are those by which its states are told apart, and
    `answers` whether it prints an ACK for each step; else its end with 0 is the one.
    """

    name: str
    arguments: tuple[str, ...]
    prepare: Callable[[WarmProgram, Path, Path], None]
    typed: str = ""
    drive: bool = False
    kinds: tuple[str, ...] = ("note",)
    answers: bool = False
    keeps_backups: bool = False
    """Whether a backup is what it makes; one that came to be though it said no is no harm."""

    def words(self, data: Path, beside: Path) -> list[str]:
        """Return the arguments of one start."""
        told = [one.format(data=data, beside=beside) for one in self.arguments]
        return told if self.drive else ["--data-dir", str(data), "--now", NOW, *told]

    def state(self, data: Path) -> State:
        """Open the folder as the next start does and return what is in it."""
        with open_store(data, now=_AT) as store:
            assert not store.read_only
            assert store.full_check() == []
            assert store.vanished() == {}
        with_backups: State = ()
        if self.keeps_backups:
            backups = all_backups(data)
            assert all(is_good(one) for one in backups), "a backup under its name is not whole"
            with_backups = (("backups", len(backups)),)
        return rows_in(data / DATA_NAME, self.kinds) + with_backups


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


def _a_deleted_note(program: WarmProgram, data: Path, beside: Path) -> None:
    _some_notes(program, data, beside)
    assert program.run([data, "delete", "n1", "n2"], drive=True).code == 0


def _stored(version: int) -> Callable[[WarmProgram, Path, Path], None]:
    def put(program: WarmProgram, data: Path, beside: Path) -> None:
        data.mkdir(mode=0o700)
        shutil.copyfile(FIXTURES / f"schema-{version}.sqlite3", data / DATA_NAME)
        (data / DATA_NAME).chmod(0o600)

    return put


def _nothing(program: WarmProgram, data: Path, beside: Path) -> None:
    """A first start: not even the folder is there."""


_KEPT_BY_MIGRATIONS = ("person", "note", "appointment", "side_effect", "checkin")
STORED = sorted(int(path.stem.removeprefix("schema-")) for path in FIXTURES.glob("schema-*"))
MIGRATIONS = [
    Operation(
        f"migrate from schema {version}",
        ("check",),
        _stored(version),
        kinds=_KEPT_BY_MIGRATIONS,
    )
    for version in STORED
]
OPERATIONS = [
    Operation("first start", ("add",), _nothing, typed=notes("n1"), answers=True),
    Operation("add", ("add",), _some_notes, typed=notes("n4", "n5"), answers=True),
    Operation("edit", ("add",), _some_notes, typed=notes("n1", "n2", text="after"), answers=True),
    Operation("delete", ("{data}", "delete", "n1", "n2"), _some_notes, drive=True, answers=True),
    Operation("import", ("import", "--yes", "{beside}/clinic.ics"), _a_calendar,
              kinds=("note", "appointment")),
    Operation("backup", ("backup",), _some_notes, keeps_backups=True),
    Operation("restore", ("restore", "{beside}/copy.sqlite3"), _a_copy_and_later_notes),
    Operation("wipe", ("{data}", "wipe"), _a_deleted_note, drive=True),
    MIGRATIONS[-1],
]  # fmt: skip
