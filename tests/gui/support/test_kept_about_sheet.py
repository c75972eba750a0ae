"""“Show what I keep about Rosa”: the pages to look at, with the notes ticked at first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Note
from caregiver_app.gui import printing
from caregiver_app.gui.support import kept_about_sheet
from caregiver_app.gui.support.kept_about_sheet import KeptAboutSheet, open_kept_about
from caregiver_app.gui.theme import Theme
from caregiver_app.services import kept_about
from tests.gui.tabs_family import Family, rosas_family, visible_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    for text, about in (("about her", "person"), ("about me", "carer")):
        made.house.support.save_note(
            Note(id="", person="rosa", text=text, about=about, at=made.clock.at)
        )
    yield made
    made.close()


@pytest.fixture
def sheet(qtbot: QtBot, family: Family, theme: Theme) -> Iterator[KeptAboutSheet]:
    window = QWidget()
    window.resize(1280, 860)
    qtbot.addWidget(window)
    window.show()
    open_kept_about(theme, family.house, "rosa", window)
    (made,) = window.findChildren(KeptAboutSheet)
    qtbot.waitExposed(made)
    yield made
    made.done(0)


def rows_of(sheet: KeptAboutSheet, monkeypatch) -> list[str]:
    """The texts of the pages that are laid out now."""
    seen: list[str] = []

    def pages(page):
        seen.extend(row.text for part in page.sections for row in part.rows)
        return real(page)

    real = kept_about_sheet.kept_about_pages
    monkeypatch.setattr(kept_about_sheet, "kept_about_pages", pages)
    sheet.look_again()
    monkeypatch.undo()
    return seen


def test_it_opens_with_the_notes_about_the_person(sheet, qtbot, monkeypatch):
    assert sheet.windowTitle() == "What I keep", "no name in the title of a window"
    assert "What I keep about Rosa" in visible_text(sheet)
    assert sheet.notes.accessibleName() == "Notes about Rosa"
    assert sheet.notes.accessibleDescription() == "1 note"
    assert sheet.notes.state == "done"
    rows = rows_of(sheet, monkeypatch)
    assert "about her" in rows
    assert "about me" not in rows
    assert "Rosa" not in sheet.file_name()


def test_without_the_tick_no_note_is_there(sheet, qtbot, monkeypatch):
    qtbot.keyClick(sheet.notes, Qt.Key.Key_Space)
    assert sheet.notes.state == "open"
    rows = rows_of(sheet, monkeypatch)
    assert "about her" not in rows
    assert "Rheumatoid arthritis" in rows


@pytest.fixture
def much(monkeypatch) -> None:
    monkeypatch.setattr(kept_about, "MUCH", 0)


def test_where_there_is_much_it_begins_with_the_last_year(much, sheet, qtbot):
    assert sheet.since.value() == "year"
    qtbot.mouseClick(sheet.since.segments[0], LEFT)
    assert sheet.since.value() == "all"


def test_it_is_saved_as_a_file_that_only_its_owner_reads(sheet, qtbot, monkeypatch, tmp_path):
    target = tmp_path / "kept.pdf"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda _parent, _name: target)
    qtbot.mouseClick(sheet.save, LEFT)
    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_mode & 0o777 == 0o600
    assert "Rosa" not in target.read_bytes().decode("latin-1").partition("/Title")[2][:200]
