"""Saving everything from the Settings page: what, with which private things, where, and then."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.file_actions import AppActions, FileActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.settings import takeout_sheet
from caregiver_app.gui.settings.files import FilesGroup
from caregiver_app.gui.settings.takeout_sheet import TakeoutSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.services.entries import EntryService
from caregiver_app.services.takeout import TakeoutService
from tests.factories import line
from tests.gui.fit import cut_words, overlapping, small_targets, sticking_out, untold
from tests.gui.looks import focus_chain, undescribed, unnamed, unreached
from tests.gui.tabs_family import Family, rosas_family, visible_text
from tests.services.test_entries import PICTURE

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    (tmp_path / "data").mkdir()
    made = rosas_family(tmp_path / "data")
    entries = EntryService(made.house)
    for number in range(3):
        entries.take(line("note", person="rosa", text=f"secret {number}"))
    yield made
    made.close()


@pytest.fixture
def window(qtbot, theme: Theme) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def show(qtbot, family: Family, theme: Theme, window: QWidget, tmp_path: Path, monkeypatch):
    """Open the sheet; its files go to a folder of the test."""
    monkeypatch.setattr(takeout_sheet, "usual_folder", lambda: tmp_path)
    open_ones: list[TakeoutSheet] = []

    def made() -> TakeoutSheet:
        sheet = TakeoutSheet(family.house, theme, parent=window)
        open_ones.append(sheet)
        sheet.open()
        qtbot.waitExposed(sheet)
        return sheet

    yield made
    for sheet in open_ones:
        sheet.done(0)


def choose(qtbot, sheet: TakeoutSheet, key: str) -> None:
    card = next(card for card in sheet.cards if card.key == key)
    qtbot.mouseClick(card, LEFT)


def save(qtbot, sheet: TakeoutSheet) -> tuple[Path, str]:
    with qtbot.waitSignal(sheet.saved, timeout=5000) as saved:
        qtbot.mouseClick(sheet.primary, LEFT)
    path, missing = saved.args
    return path, missing


# ---- what goes out -----------------------------------------------------------------------------
def test_everything_without_what_is_private(show, qtbot, family: Family, tmp_path: Path):
    sheet = show()
    assert sheet.what == "everything"
    assert sheet.notes.state == "open"
    said = visible_text(sheet)
    for part in ("3 private notes (not ticked)", "Anybody who has this file can read it.",
                 "entries that were deleted"):  # fmt: skip
        assert part in said
    path, missing = save(qtbot, sheet)
    assert path.name == f"care-everything-{family.house.care.today.isoformat()}.jsonl"
    assert path.parent == tmp_path
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == TakeoutService(family.house).everything()
    assert "secret" not in path.read_text()
    assert missing.startswith("Not in it: 3 private notes (not ticked)")
    assert not sheet.isVisible()


def test_private_notes_go_along_when_ticked(show, qtbot, family: Family):
    sheet = show()
    qtbot.mouseClick(sheet.notes, LEFT)
    assert "private notes (not ticked)" not in visible_text(sheet)
    path, _ = save(qtbot, sheet)
    kinds = [json.loads(one)["kind"] for one in path.read_text().splitlines()]
    assert kinds.count("note") == len(family.house.care.store.notes())


def test_insurance_numbers_only_when_ticked(show, qtbot, family: Family, tmp_path: Path):
    EntryService(family.house).take(
        line("call", person="rosa", date="2026-03-01", with_whom="Harbour", number="REF-4711")
    )
    sheet = show()
    assert sheet.numbers.state == "open", "nothing is ticked beforehand"
    assert "insurance number" in visible_text(sheet)
    path, missing = save(qtbot, sheet)
    assert "REF-4711" not in path.read_text()
    assert "insurance number" in missing
    sheet = show()
    qtbot.mouseClick(sheet.numbers, LEFT)
    qtbot.mouseClick(sheet.primary, LEFT)  # there is one already
    path, missing = save(qtbot, sheet)
    assert "REF-4711" in path.read_text()
    assert "insurance number" not in missing


def test_photos_go_along_unless_unticked(show, qtbot, family: Family):
    sheet = show()
    assert not sheet.photos.isVisible(), "there are none"
    sheet.done(0)
    seen = line(
        "side_effect", id="s1", person="rosa", sign="fatigue", severity=1, at="2026-03-01T20:15"
    )
    EntryService(family.house).take(seen)
    EntryService(family.house).take(line("photo", entry="s1", data=PICTURE))
    sheet = show()
    assert sheet.photos.state == "done"
    assert sheet.photos.isVisible()
    path, missing = save(qtbot, sheet)
    assert PICTURE in path.read_text()
    assert "photo" not in missing
    sheet = show()
    qtbot.mouseClick(sheet.photos, LEFT)
    assert "1 photo (not ticked)" in visible_text(sheet)
    qtbot.mouseClick(sheet.primary, LEFT)  # there is one already
    path, missing = save(qtbot, sheet)
    assert PICTURE not in path.read_text()
    assert "1 photo (not ticked)" in missing
    sheet = show()
    choose(qtbot, sheet, "side-effects")
    assert not sheet.photos.isVisible()
    assert "photos" not in sheet.private


def test_no_table_holds_an_insurance_number(show, qtbot, family: Family):
    EntryService(family.house).take(
        line("call", person="rosa", date="2026-03-01", with_whom="Harbour", number="REF-4711")
    )
    sheet = show()
    qtbot.mouseClick(sheet.numbers, LEFT)
    for key in ("side-effects", "doses", "notes"):
        choose(qtbot, sheet, key)
        assert not sheet.numbers.isVisible()
        assert "numbers" not in sheet.private
    path, _ = save(qtbot, sheet)
    assert "4711" not in path.read_text("utf-8-sig")


def test_a_table_and_its_name(show, qtbot, family: Family, tmp_path: Path):
    sheet = show()
    choose(qtbot, sheet, "side-effects")
    day = family.house.care.today.isoformat()
    assert sheet.path.value() == str(tmp_path / f"care-side-effects-{day}.csv")
    assert not sheet.notes.isVisible()
    assert "Nothing is left out." in visible_text(sheet)
    path, missing = save(qtbot, sheet)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfDate and time,")
    assert missing == ""


def test_notes_alone_say_what_they_need(show, qtbot):
    sheet = show()
    choose(qtbot, sheet, "notes")
    assert sheet.notes.accessibleName() == "My private notes"
    path, _ = save(qtbot, sheet)
    assert "Left out: 3 private notes (not ticked)" in path.read_text("utf-8-sig")
    sheet = show()
    choose(qtbot, sheet, "notes")
    qtbot.mouseClick(sheet.notes, LEFT)
    qtbot.mouseClick(sheet.primary, LEFT)  # there is one already
    path, _ = save(qtbot, sheet)
    assert "secret 2" in path.read_text("utf-8-sig")


# ---- where to ----------------------------------------------------------------------------------
def test_a_name_of_ones_own_stays_and_gets_its_ending(show, qtbot, tmp_path: Path):
    sheet = show()
    sheet.path.set_text(str(tmp_path / "mine"))
    choose(qtbot, sheet, "doses")
    assert sheet.path.value() == str(tmp_path / "mine")
    path, _ = save(qtbot, sheet)
    assert path == tmp_path / "mine.csv"


def test_it_asks_before_replacing(show, qtbot, tmp_path: Path):
    there = tmp_path / "mine.jsonl"
    there.write_text("dear")
    sheet = show()
    sheet.path.set_text(str(there))
    qtbot.mouseClick(sheet.primary, LEFT)
    assert "There is such a file already." in sheet.path.error()
    assert there.read_text() == "dear"
    assert sheet.isVisible()
    path, _ = save(qtbot, sheet)
    assert path == there
    assert there.read_text().startswith('{"kind": "about"')


def test_the_chooser_has_asked_already(show, qtbot, tmp_path: Path, monkeypatch):
    there = tmp_path / "mine.jsonl"
    there.write_text("dear")
    asked: list[str] = []

    def chosen(_parent, _title, at, kinds):
        asked.extend((at, kinds))
        return str(there), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    sheet = show()
    qtbot.mouseClick(sheet.choose, LEFT)
    assert "*.jsonl" in asked[1]
    path, _ = save(qtbot, sheet)
    assert path == there


def test_without_a_place_nothing_is_saved(show, qtbot, tmp_path: Path):
    sheet = show()
    sheet.path.set_text("")
    qtbot.mouseClick(sheet.primary, LEFT)
    assert sheet.path.error() == "Choose where the file goes."
    sheet.path.set_text(str(tmp_path / "nowhere" / "x.jsonl"))
    qtbot.mouseClick(sheet.primary, LEFT)
    qtbot.waitUntil(lambda: "There is no place called" in (sheet.path.error() or ""))
    assert sheet.isVisible()
    assert sheet.primary.isEnabled()


def test_a_full_disk_is_told_and_the_sheet_stays(show, qtbot, monkeypatch):
    def full(*_given: object) -> None:
        raise DiskTrouble("export.disk", path="x")

    monkeypatch.setattr(TakeoutService, "save", full)
    sheet = show()
    qtbot.mouseClick(sheet.primary, LEFT)
    qtbot.waitUntil(lambda: sheet.trouble.isVisible())
    assert "The disk is full" in visible_text(sheet)
    assert sheet.cards[0].isEnabled()


def test_closing_stops_what_is_not_finished(show, qtbot, tmp_path: Path):
    sheet = show()
    qtbot.mouseClick(sheet.primary, LEFT)
    sheet.done(0)
    qtbot.wait(20)
    assert list(tmp_path.glob("*.jsonl")) == []


# ---- the keyboard, room, and names -------------------------------------------------------------
def test_the_keyboard_reaches_all_in_order(show, qtbot):
    sheet = show()
    chain = focus_chain(sheet)
    start = chain.index(sheet.cards[0])
    chain = chain[start:] + chain[:start]
    places = [chain.index(one) for one in (sheet.cards[0], sheet.notes, sheet.path.line,
                                           sheet.choose, sheet.cancel, sheet.primary)]  # fmt: skip
    assert places == sorted(places)
    assert unreached(sheet) == []
    qtbot.keyClick(sheet.notes, Qt.Key.Key_Space)
    assert sheet.private == {"notes"}
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow)
    sheet.cards[0].setFocus()
    qtbot.waitUntil(sheet.cards[0].hasFocus)
    qtbot.keyClick(sheet.cards[0], Qt.Key.Key_Down)
    assert sheet.what == "side-effects"


@pytest.mark.parametrize(("mode", "scale", "width"), [
    ("light", 1.0, 1280), ("dark", 1.0, 900), ("light", 2.0, 1280), ("dark", 2.0, 900),
])  # fmt: skip
def test_words_have_room(show, qtbot, theme: Theme, window: QWidget, mode, scale, width):
    theme.set_mode(mode)
    theme.set_scale(scale)
    window.resize(width, 860)
    sheet = show()
    for key in ("everything", "notes", "doses"):
        choose(qtbot, sheet, key)
        for look in (cut_words, overlapping, untold, sticking_out, unnamed, undescribed):
            assert list(look(sheet)) == [], (key, look.__name__)
        assert list(small_targets(sheet)) == []


# ---- the Settings page -------------------------------------------------------------------------
def test_the_button_of_the_settings_page(qtbot, family: Family, theme: Theme, window: QWidget,
                                         tmp_path: Path, monkeypatch):  # fmt: skip
    monkeypatch.setattr(takeout_sheet, "usual_folder", lambda: tmp_path)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    files = FileActions(family.house, theme, actions, lambda: Later, window)
    group = FilesGroup(family.house, theme, files)
    group.setParent(window)
    group.show()
    said: list[str] = []
    files.said.connect(said.append)
    qtbot.mouseClick(group.take_out, LEFT)
    sheet = files.sheet
    assert isinstance(sheet, TakeoutSheet)
    path, missing = save(qtbot, sheet)
    assert said == [f"Saved as {path}. {missing}"]
