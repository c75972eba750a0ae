"""The driver's slip: seen, changed, and out as paper, text or calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.gui import printing
from caregiver_app.gui.calendar.form import ride_slip
from caregiver_app.gui.calendar.form.ride_slip import SlipSheet, open_slip
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import Family, button, rosas_family, shown, visible_text
from tests.pages.reading import words_of


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    clinic = made.house.people.contact("clinic")
    assert clinic is not None
    care = made.house.care
    with care.change("done.contact", name="Willow"):
        # Past the service, which would give the visits the new name as well.
        care.store.put(replace(clinic, name="Willow Infusion Center", address="12 Willow Lane"))
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(shown(made, theme, 900, 860))
    return made


@pytest.fixture
def sheet(theme: Theme, family: Family, page: QWidget) -> Iterator[SlipSheet]:
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    family.house.agenda.set_ride(visit.id, "Ana", "555 0117", "08:40")
    made = open_slip(family.house, theme, visit.id, page)
    yield made
    made.done(0)


def press(qtbot: QtBot, sheet: SlipSheet, words: str) -> None:
    qtbot.mouseClick(button(sheet, words), Qt.MouseButton.LeftButton)


def test_it_shows_what_the_driver_gets(sheet: SlipSheet) -> None:
    said = visible_text(sheet)
    for words in (
        "Drive for Rosa Marín", "Day: Tuesday 31 March 2026", "Leave at: 8:40", "Be there at: 9:30",
        "Where: Willow Lane, 12 Willow Lane", "drowsy",
    ):  # fmt: skip
        assert words in said, words
    assert "Left out, because it tells what for: Willow Infusion Center" in said
    assert "infliximab" not in said


def test_the_family_changes_each_word(qtbot: QtBot, family: Family, sheet: SlipSheet) -> None:
    sheet.where.set_text("Back entrance, 12 Willow Lane")
    sheet.pick_up.set_text("Church square")
    sheet.note.set_text("")
    qtbot.keyClicks(sheet.phone.control, "555 0100")
    said = visible_text(sheet)
    assert "Where: Back entrance, 12 Willow Lane" in said
    assert "Pick up at: Church square" in said
    assert "To reach us: 555 0100" in said
    assert "drowsy" not in sheet.preview.text()
    press(qtbot, sheet, "Copy as text")
    text = QGuiApplication.clipboard().text()
    assert "Back entrance" in text
    assert "Copied" in visible_text(sheet)
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    assert (visit.place, visit.pick_up) == ("Willow Lane", ""), "the appointment stays as it was"
    assert family.house.settings.text("slip.phone", "") == "555 0100", "asked for once"


def test_a_telling_word_is_named_and_not_forbidden(qtbot: QtBot, sheet: SlipSheet) -> None:
    assert not sheet.telling.isVisible()
    sheet.where.set_text("Infusion Center, second floor")
    assert "“Infusion” tells what the visit is for." in visible_text(sheet)
    press(qtbot, sheet, "Copy as text")
    assert "Infusion Center" in QGuiApplication.clipboard().text(), "it is theirs to decide"
    sheet.where.set_text("Second floor")
    assert not sheet.telling.isVisible()


def test_saved_as_pdf_and_for_a_calendar(
    qtbot: QtBot, sheet: SlipSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, file = tmp_path / "slip.pdf", tmp_path / "slip"
    monkeypatch.setattr(printing, "ask_pdf_path", lambda *_: paper)
    press(qtbot, sheet, "Save as PDF…")
    assert "12 Willow Lane" in words_of(paper.read_bytes())
    assert str(paper) in visible_text(sheet)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    press(qtbot, sheet, "Save for a calendar…")
    text = (tmp_path / "slip.ics").read_text().replace("\n ", "")
    assert "SUMMARY:Drive for Rosa Marín" in text
    assert "fusion" not in text


def test_what_cannot_be_written_is_said(
    qtbot: QtBot, sheet: SlipSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "ask_pdf_path", lambda *_: tmp_path / "no" / "slip.pdf")
    press(qtbot, sheet, "Save as PDF…")
    assert sheet.message.property("textInk") == "alarm"
    assert sheet.message.text()


def test_the_preview_paints_the_slip(
    qtbot: QtBot, sheet: SlipSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        ride_slip.printing, "open_preview", lambda _paint, title, _parent: asked.append(title)
    )
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert asked == ["Print the slip"]


def test_closing_asks_nothing(qtbot: QtBot, sheet: SlipSheet) -> None:
    sheet.where.set_text("Elsewhere")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
