"""A medicine that ended: its old times still lead to it, and no form forgets it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.gui.calendar.form.appointment_parts import MedicineField
from caregiver_app.gui.medicines.history_sheet import HistorySheet
from caregiver_app.gui.medicines.room import MedicineRoom
from caregiver_app.gui.theme import Theme
from tests.factories import line
from tests.fakes import Home
from tests.gui.calendar.family import rosas_home
from tests.gui.tabs_family import shown, visible_text


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    made.add(
        line("medicine", id="old", person="rosa", name="Sulfasalazine"),
        line("appointment", id="once", person="rosa", type="medication", title="The yellow ones",
             start="2026-03-18T08:00", medicine="old"),
        line("medicine", id="other", person="rosa", name="Folic acid"),
    )  # fmt: skip
    made.house.people.end_medicine("old", "March 2026", "Upset stomach")
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(shown(made, theme, 1000, 860))
    return made


def test_an_old_time_leads_to_its_history(home: Home, theme: Theme, page: QWidget) -> None:
    room = MedicineRoom(home.house, theme, page)
    room.history_for(home.visit("once"))
    sheet = room.sheet
    assert isinstance(sheet, HistorySheet)
    assert "Sulfasalazine" in visible_text(sheet)
    sheet.done(0)


def test_the_form_offers_it_only_where_it_was_chosen(
    qtbot: QtBot, home: Home, theme: Theme
) -> None:
    field = MedicineField(theme, home.house)
    qtbot.addWidget(field)
    field.show_list("rosa", None)
    assert field.box.findText("Sulfasalazine") < 0
    assert field.box.findText("Folic acid") >= 0
    field.show_list("rosa", "old")
    assert (field.value(), field.text()) == ("old", "Sulfasalazine")
