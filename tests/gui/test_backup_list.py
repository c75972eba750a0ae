"""The list of backups behind every door, and what is said where the present file is no good."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from caregiver_app import after_paint
from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import _open
from caregiver_app.clock import SystemClock
from caregiver_app.domain.entities import Note
from caregiver_app.errors import DataAway, DataDamaged
from caregiver_app.gui.backup_list import BackupList
from caregiver_app.gui.backup_words import held_text, restored_text
from caregiver_app.gui.first_run.welcome import Welcome
from caregiver_app.gui.loss_sheets import DamageSheet
from caregiver_app.gui.restore_sheet import RestoreSheet
from caregiver_app.gui.safekeeping import Safekeeping
from caregiver_app.integrations import sealed
from caregiver_app.options import Place
from caregiver_app.storage import erasing
from caregiver_app.storage.backups import DATA_NAME
from caregiver_app.storage.logless import put_log_aside
from tests.gui.tabs_family import visible_text
from tests.gui.test_coming_home import WORDS, family, restored, window, write_notes

__all__ = ("family", "restored", "window")

LEFT = Qt.MouseButton.LeftButton


def listed(window) -> BackupList:
    window.files.restore()
    sheet = window.files.sheet
    assert isinstance(sheet, BackupList)
    return sheet


# ---- the list ------------------------------------------------------------------------------------
def test_the_known_backups_are_listed_with_what_stands_in_them(qtbot, family, window, tmp_path):
    family.house.backups.renew()
    write_notes(family, 2)
    family.clock.at += timedelta(minutes=5)
    family.house.backups.renew()
    sheet = listed(window)
    newest, older = sheet.cards
    qtbot.waitUntil(lambda: "2 notes" in newest.accessibleDescription())
    qtbot.waitUntil(lambda: "1 " in older.accessibleDescription())
    assert newest.accessibleName() == "Today, 18:05"
    assert newest.accessibleDescription().startswith("On this computer · ")
    assert "note" not in older.accessibleDescription()
    assert newest.isChecked()
    qtbot.keyClick(newest, Qt.Key.Key_Down)
    assert older.isChecked()
    qtbot.keyClick(older, Qt.Key.Key_Return)
    qtbot.mouseClick(sheet.primary, LEFT)
    asked = window.files.sheet
    assert isinstance(asked, RestoreSheet)
    assert "2 go: they are not in the backup" in visible_text(asked)
    asked.done(0)


def test_another_file_begins_in_the_second_place(qtbot, family, window, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    began: list[str] = []
    mine = family.house.backups.make(tmp_path / "mine.sqlite3")

    class Dialogs:
        @staticmethod
        def getOpenFileName(_over: object, _title: str, start: str, kinds: str) -> tuple[str, str]:
            began.append(start)
            assert "All files (*)" in kinds
            return str(mine), ""

    monkeypatch.setattr(window.files.home, "dialogs", Dialogs)
    window.files.restore()
    assert began != [str(stick)], "without any known backup the files are asked for at once"
    window.files.sheet.done(0)
    window.files.home.use_second_place(stick)
    sheet = listed(window)
    assert "On this computer and in “stick”" in sheet.cards[0].accessibleDescription()
    qtbot.mouseClick(sheet.other, LEFT)
    assert began[-1] == str(stick)
    assert isinstance(window.files.sheet, RestoreSheet)
    window.files.sheet.done(0)


def test_what_cannot_be_read_says_so(qtbot, family, window):
    made = family.house.backups.renew()
    made.write_bytes(b"no backup")
    sheet = listed(window)
    qtbot.waitUntil(lambda: "cannot be read" in sheet.cards[0].accessibleDescription())
    sheet.done(0)


def test_choosing_a_second_place_copies_what_is_there_now(family, window, tmp_path):
    family.house.backups.renew()
    write_notes(family, 3)
    family.clock.at += timedelta(minutes=1)
    stick = tmp_path / "stick"
    stick.mkdir()
    window.files.home.use_second_place(stick)
    (copy,) = stick.iterdir()
    assert after_paint.copies.counts_of(copy)["note"] == 3


@pytest.mark.parametrize(
    ("held", "said"),
    [(None, "it cannot be read"), ({}, "nothing stands in it"), ({"note": 1}, "1 note"),
     ({"visit": 14, "note": 3}, "14 visits and 3 notes"),
     ({"answer": 1}, "1 entry"), ({"answer": 9, "note": 3}, "3 notes and 9 more")],
)  # fmt: skip
def test_what_stands_in_it_in_few_words(held, said):
    assert held_text(held) == said


# ---- a passphrase --------------------------------------------------------------------------------
def test_a_locked_backup_gets_its_ending_and_overwrites_none(
    qtbot, family, window, tmp_path, monkeypatch
):
    monkeypatch.setattr(sealed, "_MEMORY_KIB", 64)
    monkeypatch.setattr(sealed, "_ROUNDS", 1)
    (tmp_path / "mine.sealed").write_bytes(b"theirs")

    class Dialogs:
        @staticmethod
        def getSaveFileName(*_asked: object) -> tuple[str, str]:
            return str(tmp_path / "mine"), ""

    monkeypatch.setattr(window.files.home, "dialogs", Dialogs)
    window.files.home._ask_where(WORDS)
    assert (tmp_path / "mine.sealed").read_bytes() == b"theirs"
    locked = tmp_path / "mine-2.sealed"
    assert locked.exists()
    window.files.ask_restore(locked)
    sheet = window.files.sheet
    line = sheet.passphrase.line
    assert line.echoMode() == QLineEdit.EchoMode.Password
    sheet.shown.click()
    assert line.echoMode() == QLineEdit.EchoMode.Normal
    line.setText(WORDS)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert not sheet.shown.isVisible()
    sheet.done(0)


# ---- where the present file is no good -----------------------------------------------------------
def closed(family) -> tuple[Path, Path]:
    write_notes(family, 3)
    made = family.house.backups.renew()
    write_notes(family, 1, "later")
    folder = family.house.care.store.path.parent
    family.house.care.store.close()
    return folder, made


def trouble(folder: Path, error, backup, theme):
    place = Place(folder, SystemClock(), _open)
    return after_paint._trouble_window(place, error, backup, theme)


def test_damage_is_told_by_what_stands_in_the_backup(qtbot, family, theme):
    folder, made = closed(family)
    data = folder / DATA_NAME
    data.write_bytes(b"x" * 5000)
    window = trouble(folder, DataDamaged("data.damaged", path=str(data)), made, theme)
    qtbot.addWidget(window)
    window.show()
    assert "caregiver-before-restore" in visible_text(window)
    qtbot.mouseClick(window.choose, LEFT)
    assert isinstance(window.sheet, BackupList)
    qtbot.mouseClick(window.sheet.primary, LEFT)
    sheet = window.sheet
    assert isinstance(sheet, RestoreSheet)
    said = visible_text(sheet)
    assert "In this backup: " in said
    assert "3 notes" in said
    assert "now" not in said.replace("is now", "")
    assert "1 note" in said
    assert "can bring it back" not in said
    assert str(folder) in said
    qtbot.mouseClick(sheet.primary, LEFT)
    assert window.goes_on
    assert AfterPaint.came_home.startswith("Restored the backup of ")
    AfterPaint.came_home = ""
    with Place(folder, SystemClock(), _open).opens() as house:
        assert house.backups.before_restore() is None, "nobody can go back to what is damaged"


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_log_can_be_left_out_where_the_rest_is_whole(qtbot, family, theme, whole):
    folder, made = closed(family)
    data, log = folder / DATA_NAME, folder / f"{DATA_NAME}-wal"
    log.write_bytes(b"garbage" * 900)
    if not whole:
        there = bytearray(data.read_bytes())
        there[8192:20000] = b"x" * (20000 - 8192)
        data.write_bytes(there)
    before = data.read_bytes()
    with pytest.raises(DataDamaged) as found, Place(folder, SystemClock(), _open).opens():
        pass
    window = trouble(folder, found.value, made, theme)
    qtbot.addWidget(window)
    window.show()
    if not whole:
        assert "Without what was written last" not in visible_text(window)
        with pytest.raises(DataDamaged):
            put_log_aside(data, SystemClock().now())
        assert log.exists()
        return
    assert "All the rest is whole." in visible_text(window)
    qtbot.mouseClick(window.shorten, LEFT)
    assert window.goes_on
    (aside,) = folder.glob("caregiver-damaged-log-*.sqlite3")
    assert aside.read_bytes() == b"garbage" * 900
    assert data.read_bytes() == before
    assert str(aside) in AfterPaint.came_home
    AfterPaint.came_home = ""
    with Place(folder, SystemClock(), _open).opens() as house:
        assert house.backups.check() == []
        assert house.care.store.get(Note, "later0") is not None
    assert aside in erasing.copies(folder), "erasing reaches it"


def test_a_missing_file_is_not_said_to_be_kept(qtbot, family, theme):
    folder, made = closed(family)
    (folder / DATA_NAME).unlink()
    for error in (DataDamaged("data.missing", path="p"), DataAway("data.away", path=str(folder))):
        window = trouble(folder, error, made, theme)
        qtbot.addWidget(window)
        window.show()
        window.ask_restore(made)
        for shown in (window, window.sheet):
            assert "not deleted: it stays" not in visible_text(shown)
            assert "is kept" not in visible_text(shown)
        window.sheet.done(0)
        window.close()


def test_an_empty_backup_is_offered_as_one(qtbot, family, window, theme, tmp_path, monkeypatch):
    empty = tmp_path / "data" / "backups" / "caregiver-2026-03-19T0800.sqlite3"
    empty.parent.mkdir()
    with Place(tmp_path / "fresh", SystemClock(), _open).opens() as house:
        house.backups.make(empty)
    safe = Safekeeping(family.house, theme, window)
    safe.say_damage()
    assert isinstance(window.files.sheet, DamageSheet)
    assert "Nothing stands in it" in visible_text(window.files.sheet)
    window.files.sheet.done(0)
    assert family.house.backups.is_damaged
    shown = trouble(empty.parent.parent, DataDamaged("data.damaged", path="p"), empty, theme)
    qtbot.addWidget(shown)
    shown.show()
    assert "Nothing stands in it" in visible_text(shown)


# ---- coming home ---------------------------------------------------------------------------------
def test_what_was_restored_is_said_once(qtbot, family, window, tmp_path):
    day = date(2026, 3, 20)
    named = Path("caregiver-2026-03-18T2130.sqlite3")
    AfterPaint.came_home = restored_text(named, None, day)
    assert AfterPaint.came_home == "Restored the backup of Wednesday 18 March, 21:30."
    assert restored_text(Path(".x.part"), None, day) == "Restored the backup that you chose."
    beside = AfterPaint(Place(tmp_path / "data", family.clock, _open), family.house, demo=True)
    beside.begin(window)
    assert window.banner.words().startswith("Restored the backup of")
    assert AfterPaint.came_home == ""
    beside.end()


def test_the_settings_are_named_where_a_restore_changes_them(family, window, tmp_path):
    backup = family.house.backups.make(tmp_path / "b.sqlite3")
    family.house.settings.set("emergency_number", "112")
    window.files.ask_restore(backup)
    said = visible_text(window.files.sheet)
    assert "The second place for backups stays as it is now." in said
    assert "settings in the backup" not in said
    window.files.sheet.done(0)


def test_whoever_brings_a_backup_finds_a_door_in_the_first_steps(qtbot, family, window, theme):
    family.house.backups.renew()
    window.begin_first_run()
    door = window.findChild(Welcome)
    door.restore.click()
    assert isinstance(window.files.sheet, BackupList)
    window.files.sheet.done(0)
