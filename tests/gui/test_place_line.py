"""What the window says of the place where everything is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui import place_line
from caregiver_app.gui.place_line import PlaceLine, line_below
from caregiver_app.gui.theme import Theme
from caregiver_app.integrations.surroundings import Lying
from caregiver_app.services import kept_files
from caregiver_app.storage.database import DATA_NAME, open_store
from tests.gui.tabs_family import NOW, Family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    folder = tmp_path / "data"
    folder.mkdir()
    made = rosas_family(folder)
    yield made
    made.close()


def shown(qtbot: QtBot, family: Family, asked: list[bool] | None = None) -> PlaceLine:
    body, head = QWidget(), QWidget()
    column = QVBoxLayout(body)
    column.addWidget(head)
    qtbot.addWidget(body)
    ask = [] if asked is None else asked
    line = line_below(head, family.house, Theme(), lambda: ask.append(True))
    line.body_of_window = body
    assert column.indexOf(line) == 1
    body.show()
    return line


def test_where_all_is_well_nothing_is_said(qtbot: QtBot, family: Family):
    line = shown(qtbot, family)
    assert not line.isVisible()
    line.look()
    assert not line.isVisible()


def test_a_folder_that_goes_away_is_told_until_it_is_back(
    qtbot: QtBot, family: Family, tmp_path: Path
):
    asked: list[bool] = []
    line = shown(qtbot, family, asked)
    family.folder.rename(tmp_path / "gone")
    line.look()
    assert line.isVisible()
    words = visible_text(line)
    assert "Nothing you write now can be kept" in words
    assert "are not where they were" in words
    qtbot.mouseClick(line.save, LEFT)
    assert asked == [True]
    assert not line.meant.isVisible()
    (tmp_path / "gone").rename(family.folder)
    line.look()
    assert not line.isVisible()


def test_it_looks_by_itself(qtbot: QtBot, family: Family, monkeypatch):
    monkeypatch.setattr(place_line, "_LOOK_MS", 20)
    line = shown(qtbot, family)
    shutil.rmtree(family.folder)
    qtbot.waitUntil(line.isVisible, timeout=5000)
    assert not family.folder.exists()


def test_a_vanished_folder_takes_nothing_and_gives_everything_elsewhere(
    qtbot: QtBot, family: Family, tmp_path: Path
):
    shutil.rmtree(family.folder)
    note = Note(id="n1", person="", text="typed after", at=NOW)
    with pytest.raises(DiskTrouble) as told:
        family.house.support.save_note(note)
    assert told.value.key == "data.vanished"
    copy = tmp_path / "elsewhere.sqlite3"
    family.house.backups.make(copy)
    assert not family.folder.exists()
    (tmp_path / "new").mkdir()
    copy.rename(tmp_path / "new" / DATA_NAME)
    with open_store(tmp_path / "new", now=NOW) as store:
        assert [one.name for one in store.all(type(family.house.people.people()[0]))] == [
            "Rosa Marín"
        ]


def test_a_file_that_took_its_place_is_told(qtbot: QtBot, family: Family):
    line = shown(qtbot, family)
    coming = family.folder / "coming"
    shutil.copyfile(family.folder / DATA_NAME, coming)
    coming.replace(family.folder / DATA_NAME)
    line.look()
    assert "Another file took the place" in visible_text(line)


@pytest.mark.parametrize("is_copy", [False, True])
def test_what_can_only_be_read_is_told_as_long_as_it_is_so(
    qtbot: QtBot, family: Family, monkeypatch, is_copy: bool
):
    store = family.house.care.store
    store.read_only = True
    monkeypatch.setattr(type(store), "is_copy", property(lambda _self: is_copy))
    line = shown(qtbot, family)
    words = visible_text(line)
    assert "You can look, but nothing can be kept." in words
    assert ("private copy of 18:00" in words) == is_copy
    assert line.save.isVisible()
    line.look()
    assert line.isVisible()


@pytest.mark.parametrize(
    ("where", "named"),
    [(Lying("Dropbox"), "Dropbox"), (Lying("", "SSHFS"), "SSHFS")],
)
def test_a_synchronised_or_far_folder_is_asked_about_once(
    qtbot: QtBot, family: Family, monkeypatch, where: Lying, named: str
):
    monkeypatch.setattr(kept_files, "lying", lambda _folder: where)
    line = shown(qtbot, family)
    assert named in visible_text(line)
    assert "Safer is a folder on this computer" in visible_text(line)
    qtbot.mouseClick(line.meant, LEFT)
    assert not line.isVisible()
    assert not shown(qtbot, family).isVisible()
    monkeypatch.setattr(kept_files, "lying", lambda _folder: Lying("Nextcloud"))
    assert shown(qtbot, family).isVisible(), "another place is asked about again"


def test_what_cannot_be_kept_of_the_answer_is_told(qtbot: QtBot, family: Family, monkeypatch):
    monkeypatch.setattr(kept_files, "lying", lambda _folder: Lying("Dropbox"))
    line = shown(qtbot, family)

    def refuse(**_values: str) -> None:
        raise DiskTrouble("disk.full", path="x")

    monkeypatch.setattr(family.house.settings, "remember", refuse)
    qtbot.mouseClick(line.meant, LEFT)
    assert line.isVisible()
    assert "disk is full" in visible_text(line)


def test_it_leaves_closed_data_alone(qtbot: QtBot, family: Family):
    line = shown(qtbot, family)
    family.close()
    line.look()
    assert not line._timer.isActive()


@pytest.mark.parametrize(("width", "scale", "beside"), [(1280, 1.0, True), (900, 1.0, False),
                                                        (1280, 2.0, False)])  # fmt: skip
def test_the_button_stands_where_there_is_room_for_it(
    qtbot: QtBot, family: Family, monkeypatch, theme: Theme, width: int, scale: float, beside: bool
):
    monkeypatch.setattr(kept_files, "lying", lambda _folder: Lying("Dropbox"))
    theme.set_scale(scale)
    line = PlaceLine(family.house, theme, lambda: None)
    qtbot.addWidget(line)
    line.resize(width, 300)
    line.show()
    line.look()
    QApplication.processEvents()
    button, words = line.meant.geometry(), line.consequence.geometry()
    assert (button.left() > words.right()) == beside
    assert (button.top() > words.bottom()) != beside
