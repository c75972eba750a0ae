"""Privacy in Settings: the disk, the place, the title, and what is stored where."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from caregiver_app.gui.settings.keeping_part import how_to
from caregiver_app.gui.settings.stored_sheet import StoredSheet, size_text
from caregiver_app.gui.settings.takeout_sheet import TakeoutSheet
from caregiver_app.gui.window_title import NEUTRAL, is_neutral
from caregiver_app.integrations.surroundings import Lying
from caregiver_app.services import kept_files, known_places
from caregiver_app.services.kept_files import KeptFiles
from caregiver_app.services.known_places import PLACE
from tests.gui.settings.pages import LEFT, Shown, segment, words


def part(shown: Shown):
    return shown.group("privacy").keeping


@pytest.mark.parametrize(
    ("state", "said", "how"),
    [
        ("encrypted", "looks encrypted", False),
        ("open", "does not look encrypted", True),
        ("unknown", "can’t tell", True),
    ],
)
def test_the_disk_is_told_of_honestly(qtbot, show, monkeypatch, state: str, said: str, how: bool):
    monkeypatch.setattr(kept_files, "protection", lambda _folder: state)
    shown = show()
    shown.page.open_item("privacy", "stored")
    told = part(shown)
    assert said in told.disk.text()
    assert told.how.isVisibleTo(shown.page) == how
    assert not told.how.is_open
    assert ("locks nothing" in told.meaning.text()) == how


@pytest.mark.parametrize(
    ("system", "named"),
    [("win32", "BitLocker"), ("darwin", "FileVault"), ("linux", "LUKS"), ("other", "LUKS")],
)
def test_each_system_has_its_way(system: str, named: str):
    told = " ".join(how_to(system))
    assert named in told
    assert "backup" in told
    assert "on paper" in told


@pytest.mark.parametrize(
    ("where", "named"), [(Lying("Dropbox"), "Dropbox"), (Lying("", "NFS"), "NFS"), (Lying(), "")]
)
def test_a_folder_that_others_see_is_told_of(show, monkeypatch, where: Lying, named: str):
    monkeypatch.setattr(kept_files, "lying", lambda _folder: where)
    shown = show()
    shown.page.open_item("privacy", "stored")
    assert part(shown).place.isVisibleTo(shown.page) == bool(named)
    assert named in part(shown).place.text()


def test_the_neutral_title_is_one_choice_and_one_step_back(qtbot, show):
    shown = show()
    shown.page.open_item("privacy", "stored")
    qtbot.mouseClick(segment(part(shown).titles, NEUTRAL), LEFT)
    assert is_neutral(shown.family.house)
    assert shown.undo_words() == "Title of the window changed"
    shown.family.house.care.undo()
    shown.page.refresh()
    assert not is_neutral(shown.family.house)


def sheet_of(qtbot, shown: Shown) -> StoredSheet:
    shown.page.open_item("privacy", "stored")
    qtbot.mouseClick(part(shown).stored, LEFT)
    found = shown.files.sheet
    assert isinstance(found, StoredSheet)
    return found


def test_what_is_stored_where_names_every_file(qtbot, show, family, tmp_path: Path, monkeypatch):
    house, folder = family.house, family.folder
    house.backups.make()
    house.reference.lists.keep()
    for name in ("ringing.lock", "caregiver-counts.json", "caregiver-before-restore-1.sqlite3"):
        (folder / name).write_text("0")
    (folder / "holiday.jpg").write_bytes(b"x" * 2500)
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "caregiver-2026-03-19T0800.sqlite3").write_bytes(b"y" * 5_300_000)
    (stick / "of somebody else.txt").write_text("z")
    house.settings.remember(**{PLACE: str(stick)})
    known_places._write({str(folder): str(stick)})
    kinds = {one.kind: one for one in KeptFiles(house).all()}
    assert set(kinds) == set(kept_files.KINDS) - {kept_files.FEED}
    every = sum(one.count for one in kinds.values()) - 2
    assert every == sum(path.is_file() for path in folder.rglob("*")), "no file is left out"
    sheet = sheet_of(qtbot, show())
    said = words(sheet)
    assert str(folder) in said
    assert str(known_places.memory()) in said
    for told in ("Everything you wrote", "Remembered folders", "Backups", "Earlier data",
                 "Other files in the folder", "1 file · 2.5 kB", "1 file · 5.3 MB",
                 str(stick)):  # fmt: skip
        assert told in said
    assert "somebody else" not in said


def test_without_a_second_place_and_with_one_that_is_gone(show, family, tmp_path: Path):
    kinds = {one.kind for one in KeptFiles(family.house).all()}
    assert kept_files.SECOND not in kinds
    family.house.settings.remember(**{PLACE: str(tmp_path / "not plugged in")})
    assert {one.kind for one in KeptFiles(family.house).all()} == kinds


def test_links_are_neither_followed_nor_counted(family, tmp_path: Path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "big").write_bytes(b"x" * 1_000_000)
    (family.folder / "link").symlink_to(outside)
    others = [one for one in KeptFiles(family.house).all() if one.kind == kept_files.OTHERS]
    assert sum(one.size for one in others) == 0


def test_everything_can_be_taken_out_and_erased_from_there(qtbot, show):
    shown = show()
    sheet = sheet_of(qtbot, shown)
    qtbot.mouseClick(sheet.export, LEFT)
    assert isinstance(shown.files.sheet, TakeoutSheet)
    shown.files.sheet.reject()
    asked: list[tuple[str, str, str]] = []
    shown.files.asked.connect(lambda *place: asked.append(place))
    qtbot.mouseClick(sheet_of(qtbot, shown).erase, LEFT)
    assert asked == [("settings", "privacy", "erasing")]


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (9_940, "9.9 kB"),
     (12_345, "12 kB"), (3_400_000, "3.4 MB"), (2_000_000_000, "2.0 GB")],
)  # fmt: skip
def test_sizes_are_said_as_people_read_them(size: int, told: str):
    assert size_text(size) == told


def test_keys_alone_open_the_way_to_encryption(qtbot, show, monkeypatch):
    monkeypatch.setattr(kept_files, "protection", lambda _folder: "open")
    shown = show()
    shown.page.open_item("privacy", "stored")
    fold = part(shown).how
    fold.head.setFocus()
    qtbot.keyClick(fold.head, Qt.Key.Key_Space)
    assert fold.is_open
    assert "Linux" in words(fold) or "Windows" in words(fold) or "Mac" in words(fold)
