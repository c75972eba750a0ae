"""Coming home from a backup: what it changes, its passphrase, a second place, what vanished."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import KINDS, Note
from caregiver_app.errors import DataDamaged, DiskTrouble
from caregiver_app.gui.app import make_window
from caregiver_app.gui.backup_words import change_lines, lack_text
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.keeper import Keeper
from caregiver_app.gui.later import Later
from caregiver_app.gui.loss_sheets import DamageSheet, VanishedSheet
from caregiver_app.gui.passphrase import LockSheet
from caregiver_app.gui.restore_sheet import RestoreSheet
from caregiver_app.gui.safekeeping import Safekeeping
from caregiver_app.gui.settings.files import FilesGroup
from caregiver_app.gui.settings.second_place import SecondPlacePart
from caregiver_app.integrations import sealed
from caregiver_app.messages import counted
from caregiver_app.options import Place
from caregiver_app.services.backups import Difference, is_sealed
from caregiver_app.storage import files
from caregiver_app.storage.backups import is_good
from tests.gui.tabs_family import Family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton
WORDS = "moon tea river"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(sealed, "_MEMORY_KIB", 64)
    monkeypatch.setattr(sealed, "_ROUNDS", 1)


@pytest.fixture
def family(tmp_path: Path):
    folder = tmp_path / "data"
    folder.mkdir()
    made = rosas_family(folder)
    yield made
    made.close()


@pytest.fixture
def restored() -> list[Path]:
    return []


@pytest.fixture
def window(qapp, qtbot, family: Family, theme, restored):
    def take(path: Path) -> None:
        restored.append(path)
        assert is_good(path)

    actions = AppActions(family.house.backups.make, take, lambda: False)
    shown = make_window(family.house, theme, actions, lambda: Later, tab_class)
    shown.resize(1280, 860)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.bridge.stop()
    shown.hide()
    shown.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


def write_notes(family: Family, count: int, prefix: str = "n") -> None:
    person = family.house.people.people()[0].id
    with family.house.care.change("done.note"):
        for number in range(count):
            now = family.house.care.now
            told = {"text": "x", "at": now, "created": now, "changed": now}
            entry = Note(id=f"{prefix}{number}", person=person, **told)
            family.house.care.store.put(entry)


# ---- what a restore would change -----------------------------------------------------------------
def test_the_sheet_says_what_would_change_and_when_the_backup_is_from(family, window, tmp_path):
    write_notes(family, 2)
    backup = family.house.backups.make(tmp_path / "caregiver-2026-03-17T2200.sqlite3")
    write_notes(family, 3, "later")
    window.files.ask_restore(backup)
    sheet = window.files.sheet
    assert isinstance(sheet, RestoreSheet)
    said = visible_text(sheet)
    assert "2 notes in the backup, 5 now" in said
    assert "3 go: they are not in the backup" in said
    assert "newest in the backup: today, 18:00" in said
    assert "17 March" in said
    assert "can bring it back" in said
    sheet.done(0)


def test_a_backup_with_the_same_content_says_so(family, window, tmp_path):
    backup = family.house.backups.make(tmp_path / "b.sqlite3")
    window.files.ask_restore(backup)
    assert "It holds the same as what is here now." in visible_text(window.files.sheet)
    window.files.sheet.done(0)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"no backup")])
def test_what_is_no_backup_cannot_be_restored(family, window, tmp_path, restored, spoil):
    backup = family.house.backups.make(tmp_path / "b.sqlite3")
    spoil(backup)
    window.files.ask_restore(backup)
    assert not window.files.sheet.primary.isEnabled()
    assert str(backup) in visible_text(window.files.sheet.trouble)
    window.files.sheet.done(0)
    assert restored == []


# ---- with a passphrase ---------------------------------------------------------------------------
def test_a_locked_backup_goes_out_and_comes_home(
    qtbot, family, window, tmp_path, restored, monkeypatch
):
    write_notes(family, 2)
    target = tmp_path / "mine.sealed"

    class Dialogs:
        @staticmethod
        def getSaveFileName(*_asked: object) -> tuple[str, str]:
            return str(target), ""

    home = window.files.home
    monkeypatch.setattr(home, "dialogs", Dialogs)
    home.back_up_locked()
    sheet = window.files.sheet
    assert isinstance(sheet, LockSheet)
    assert sheet.first.line.echoMode() == QLineEdit.EchoMode.Password
    for first, again, wrong in (
        ("short", "short", "at least 8 characters"),
        (WORDS, "moon tea rivers", "not the same"),
    ):
        sheet.first.line.setText(first)
        sheet.again.line.setText(again)
        qtbot.mouseClick(sheet.primary, LEFT)
        assert wrong in visible_text(sheet)
        assert not target.exists()
    sheet.shown.click()
    assert sheet.again.line.echoMode() == QLineEdit.EchoMode.Normal
    sheet.again.line.setText(WORDS)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert is_sealed(target)
    assert target.stat().st_mode & 0o077 == 0
    assert "read back" in window.banner.words()

    write_notes(family, 1, "later")
    window.files.ask_restore(target)
    sheet = window.files.sheet
    assert "in the backup" not in visible_text(sheet)
    sheet.passphrase.line.setText("moon tea")
    qtbot.mouseClick(sheet.primary, LEFT)
    assert "does not open the backup" in visible_text(sheet)
    sheet.passphrase.line.setText(WORDS)
    qtbot.mouseClick(sheet.primary, LEFT)
    assert "2 notes in the backup, 3 now" in visible_text(sheet)
    with qtbot.waitSignal(window.restored):
        qtbot.mouseClick(sheet.primary, LEFT)
    assert len(restored) == 1
    assert not restored[0].exists(), "what was opened is gone again"
    data = family.house.care.store.path.parent
    assert not list(data.glob(".*.part"))
    assert not list(tmp_path.glob(".*.part"))


def test_a_locked_backup_that_cannot_be_written_is_said(family, window, tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(files, "move_durably", full)
    window.files.home.lock(tmp_path / "mine.sealed", WORDS)
    assert window.banner.words().startswith("The disk is full")
    assert not list(tmp_path.glob("*mine*"))
    window.files.home.lock(tmp_path / "nowhere" / "mine.sealed", WORDS)
    assert "not a place for a backup" in window.banner.words()


# ---- a second place ------------------------------------------------------------------------------
def test_a_second_place_is_chosen_missed_and_given_up(qtbot, family, window, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()

    class Dialogs:
        @staticmethod
        def getExistingDirectory(*_asked: object) -> str:
            return str(stick)

    monkeypatch.setattr(window.files.home, "dialogs", Dialogs)
    window.open("settings", "files", "")
    part = window.findChild(SecondPlacePart)
    assert not part.stop.isVisible()
    qtbot.mouseClick(part.choose, LEFT)
    copies = list(stick.iterdir())
    assert len(copies) == 1
    assert is_good(copies[0])
    assert part.state.text() == "Last backup there: today, 18:00."
    family.clock.at += timedelta(hours=1)
    write_notes(family, 1)
    family.house.backups.daily(edited=True)
    place = family.house.backups.place()
    hidden = stick.rename(tmp_path / "unplugged")
    family.house.backups.follow_quietly(place)
    part.show_kept()
    assert part.state.text().startswith("Not there now.")
    hidden.rename(stick)
    family.house.backups.follow_quietly(place)
    assert len(list(stick.iterdir())) == 2
    part.show_kept()
    assert part.state.text() == "Last backup there: today, 19:00."
    qtbot.mouseClick(part.stop, LEFT)
    assert family.house.backups.place() is None
    assert not part.stop.isVisible()
    assert len(list(stick.iterdir())) == 2, "what is there stays"


def test_a_second_place_within_the_data_folder_is_refused(family, window):
    folder = family.house.care.store.path.parent
    window.files.home.use_second_place(folder)
    assert "keeps its own data" in window.banner.words()
    assert family.house.backups.place() is None


def test_what_is_in_the_way_there_is_kept_for_settings(family, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    stick.mkdir()
    backups = family.house.backups
    backups.choose_place(stick)
    backups.make()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(files, "move_durably", full)
    backups.follow_quietly(backups.place())
    assert backups.place_trouble.key == "disk.full"
    monkeypatch.undo()
    backups.follow_quietly(backups.place())
    assert backups.place_trouble is None


# ---- what vanished, what is damaged --------------------------------------------------------------
def lose_notes(family: Family) -> Path:
    write_notes(family, 12)
    made = family.house.backups.daily(edited=True)
    with closing(sqlite3.connect(family.house.care.store.path, isolation_level=None)) as raw:
        raw.execute("DELETE FROM note")
    return made


def test_vanished_entries_are_told_with_both_numbers(qtbot, family, window, theme):
    made = lose_notes(family)
    safe = Safekeeping(family.house, theme, window)
    gone = family.house.backups.vanished()
    safe.say_vanished(gone)
    sheet = window.files.sheet
    assert isinstance(sheet, VanishedSheet)
    said = visible_text(sheet)
    assert "There were 12 notes, now there are 0." in said
    assert "The newest good backup is from today, 18:00." in said
    qtbot.mouseClick(sheet.primary, LEFT)
    assert isinstance(window.files.sheet, RestoreSheet)
    assert str(made) in visible_text(window.files.sheet)
    assert "12 come back" in visible_text(window.files.sheet)
    window.files.sheet.done(0)
    assert family.house.backups.vanished() == gone


def test_that_was_me_ends_it(qtbot, family, window, theme):
    lose_notes(family)
    safe = Safekeeping(family.house, theme, window)
    safe.say_vanished(family.house.backups.vanished())
    qtbot.mouseClick(window.files.sheet.was_us, LEFT)
    assert family.house.backups.vanished() == {}
    assert not safe.sheet.isVisible()


def test_damage_found_by_the_days_look_is_told_once(family, window, theme):
    safe = Safekeeping(family.house, theme, window)
    safe.say_damage()
    first = window.files.sheet
    assert isinstance(first, DamageSheet)
    assert "There is no good backup to go back to." in visible_text(first)
    assert not first.primary.isVisible()
    safe.say_damage()
    assert window.files.sheet is first
    first.done(0)


# ---- words ---------------------------------------------------------------------------------------
NEWEST = datetime(2026, 3, 19, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "What was written after that is not in it."),
        ([], "Nothing that can still be read is missing from it."),
        (
            [Difference(group="note", only_now=3), Difference(group="visit", only_now=1)],
            "It lacks what was written after it: 3 notes and 1 visit.",
        ),
        (
            [Difference(group="note", changed=1, newest_then=NEWEST)],
            "It has an earlier state of 1 note.",
        ),
    ],
)
def test_what_a_backup_lacks_in_words(found, said):
    assert lack_text(found) == said


def test_every_kind_has_its_words():
    for kind in (*KINDS, "visit"):
        for count in (1, 2):
            told = counted(kind, count)
            assert told.startswith(f"{count} ")
            assert "_" not in told


# ---- the way back from a restore -----------------------------------------------------------------
def test_what_was_here_before_a_restore_can_be_brought_back(qtbot, family, window, tmp_path):
    window.open("settings", "files", "")
    group = window.findChild(FilesGroup)
    assert not group.bring_back.isVisible()
    write_notes(family, 2)
    kept = family.house.backups.make(
        family.house.care.store.path.with_name("caregiver-before-restore-2026-03-18T180000.sqlite3")
    )
    group.show_kept()
    assert "before the restore of " in group.bring_back.text()
    write_notes(family, 1, "later")
    qtbot.mouseClick(group.bring_back, LEFT)
    assert isinstance(window.files.sheet, RestoreSheet)
    assert str(kept) in visible_text(window.files.sheet)
    assert "2 notes in the backup, 3 now" in visible_text(window.files.sheet)
    window.files.sheet.done(0)


# ---- the look of the day -------------------------------------------------------------------------
def test_the_days_look_is_taken_even_where_no_backup_can_be_written(family, tmp_path, monkeypatch):
    place = Place(family.house.care.store.path.parent, family.clock, None)
    beside = AfterPaint(place, family.house, demo=False)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(files, "move_durably", full)
    write_notes(family, 1)
    with pytest.raises(DiskTrouble):
        beside._keep_copy(edited=False)
    with closing(sqlite3.connect(family.house.care.store.path, isolation_level=None)) as raw:
        raw.execute("UPDATE note SET text = 'tampered'")
    with pytest.raises((DataDamaged, DiskTrouble)):
        beside._keep_copy(edited=False)
    beside._looked = None
    with pytest.raises(DataDamaged):
        beside._look_through()
    beside._look_through()  # once a day


def test_damage_ends_in_the_sheet_and_a_full_disk_in_a_sentence(qtbot, family):
    changes = family.house.care.changes
    for error, heard in (
        (DataDamaged("data.damaged", path="p"), "damaged"),
        (DiskTrouble("disk.full", path="p"), "troubled"),
    ):

        def fail(_edited: bool, error=error) -> None:
            raise error

        keeper = Keeper(changes, fail)
        with qtbot.waitSignal(getattr(keeper, heard)):
            keeper.look()
        assert keeper.found_damage is (heard == "damaged")
        keeper.stop()


# ---- where Enter lands ---------------------------------------------------------------------------
def test_enter_restores_nothing(qtbot, family, window, tmp_path, restored):
    backup = family.house.backups.make(tmp_path / "b.sqlite3")
    window.files.ask_restore(backup)
    sheet = window.files.sheet
    assert sheet.focusWidget() is sheet.cancel
    qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert restored == []


def test_the_enter_that_opens_a_locked_backup_does_not_restore_it(
    qtbot, family, window, tmp_path, restored
):
    locked = family.house.backups.make_sealed(tmp_path / "mine.sealed", WORDS)
    window.files.ask_restore(locked)
    sheet = window.files.sheet
    assert sheet.focusWidget() is sheet.passphrase.line
    sheet.passphrase.line.setText(WORDS)
    qtbot.keyClick(sheet.passphrase.line, Qt.Key.Key_Return)
    assert sheet.primary.words == "Restore"
    assert sheet.focusWidget() is sheet.cancel
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    assert restored == []
    assert not sheet.isVisible()


@pytest.mark.parametrize("offer", ["", "yesterday, 21:30"])
def test_enter_never_takes_the_warning_away(qtbot, window, theme, offer):
    sheet = VanishedSheet(theme, {"note": (24, 3)}, ["There were 24."], offer, window)
    accepted: list[bool] = []
    sheet.ours.connect(lambda: accepted.append(True))
    sheet.open()
    qtbot.waitExposed(sheet)
    assert sheet.focusWidget() is (sheet.primary if offer else sheet.cancel)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    assert accepted == []
    assert not sheet.isVisible()


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Difference(group="note", then=2, now=1, only_then=1), "1 comes back"),
        (Difference(group="note", then=1, now=2, only_now=1), "1 goes: it is not in the backup"),
        (Difference(group="note", then=1, now=1, changed=1), "1 becomes as it was"),
        (Difference(group="note", then=5, now=1, only_then=4), "4 come back"),
    ],
)
def test_one_and_many_are_said_in_their_own_words(family, one, said):
    assert change_lines([one], None, family.clock.now().date())[0][1] == said
