"""Saving a calendar file: every choice is in the bytes, and an empty choice is refused kindly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.export_dialog import ExportDialog
from caregiver_app.gui.calendar.outgoing import parts
from caregiver_app.gui.calendar.outgoing.parts import amount_words, counted
from caregiver_app.services.exporter import EVERYTHING
from tests.fakes import Home
from tests.gui.calendar.family import appointment
from tests.gui.tabs_family import visible_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def family(home: Home) -> Home:
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "lab", "Blood test", "2026-03-24T08:00", place="Willow Lane")
    appointment(home, "w", "Physio", "2026-03-24T10:00", rrule="FREQ=WEEKLY;BYDAY=TU", type="other")
    appointment(home, "eyes", "Eye clinic", "2026-05-05T09:00", person="mei", type="follow-up")
    return home


@pytest.fixture
def page(qtbot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1280, 860)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


@pytest.fixture
def opened(qtbot, theme, family: Home, page: QWidget) -> Iterator[ExportDialog]:
    made = ExportDialog(family.house, theme, page)
    made.open()
    qtbot.waitExposed(made)
    settle(qtbot, made)
    yield made
    made.done(0)
    made.deleteLater()


def settle(qtbot, sheet: ExportDialog) -> None:
    """Let the counting catch up with what was chosen."""
    qtbot.waitUntil(lambda: not sheet._later.isActive())


def save(qtbot, sheet: ExportDialog, file: Path) -> str:
    sheet.path.set_text(str(file))
    qtbot.mouseClick(sheet.primary, LEFT)
    return "" if not file.exists() else file.read_text(encoding="utf-8")


def titles(text: str) -> list[str]:
    lines = text.splitlines()
    return [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]


def turn(qtbot, sheet: ExportDialog, *kinds: str) -> None:
    for kind in kinds:
        qtbot.mouseClick(sheet.what.rows[kind], LEFT)
    settle(qtbot, sheet)


def test_it_says_how_much_goes_into_the_file(qtbot, opened, family, tmp_path):
    everything = len(family.house.exporter.chosen(EVERYTHING))
    assert opened.amount.text() == f"{everything} appointments, 1 of them repeating"
    written: list[Path] = []
    opened.exported.connect(written.append)
    said = save(qtbot, opened, tmp_path / "all.ics")
    assert len(titles(said)) == everything
    assert {"Blood test (Rosa Amador)", "Eye clinic (王梅)"} <= set(titles(said))
    assert written == [tmp_path / "all.ics"]
    assert not opened.isVisible()


def test_one_person_is_offered_only_where_there_are_several(qtbot, theme, home, opened, page):
    assert opened.what.whose.isVisible()
    opened.what.whose.set_value("mei")
    settle(qtbot, opened)
    assert opened.amount.text() == "1 appointment"


def test_of_one_person_alone(qtbot, opened, tmp_path):
    opened.what.whose.set_value("mei")
    assert titles(save(qtbot, opened, tmp_path / "mei")) == []
    assert titles((tmp_path / "mei.ics").read_text(encoding="utf-8")) == ["Eye clinic (王梅)"]


def test_somebody_alone_is_not_asked_whose(theme, home, page):
    sheet = ExportDialog(home.house, theme, page)
    assert not sheet.what.whose.isVisibleTo(sheet)
    sheet.deleteLater()


def test_only_the_kinds_that_are_ticked(qtbot, opened, tmp_path):
    turn(qtbot, opened, "infusion", "other", "drive", "medication", "follow-up")
    assert opened.amount.text() == "1 appointment"
    assert titles(save(qtbot, opened, tmp_path / "lab.ics")) == ["Blood test (Rosa Amador)"]


def test_only_some_days(qtbot, opened, tmp_path):
    opened.range.set_value("some")
    opened.range.changed.emit("some")
    settle(qtbot, opened)
    assert opened.amount.text() == "Give the first and the last day."
    qtbot.mouseClick(opened.primary, LEFT)
    assert opened.isVisible()
    assert opened.first.error() == "Give the first day."
    opened.first.set_value(date(2026, 5, 5))
    opened.last.set_value(date(2026, 5, 4))
    save(qtbot, opened, tmp_path / "may.ics")
    assert opened.last.error() == "The last day is before the first."
    opened.last.set_value(date(2026, 5, 5))
    settle(qtbot, opened)
    assert opened.amount.text() == "2 appointments, 1 of them repeating"
    said = save(qtbot, opened, tmp_path / "may.ics")
    assert "Eye clinic (王梅)" in titles(said)
    assert "Blood test (Rosa Amador)" not in titles(said)


def test_neutral_titles_say_nothing_of_health(qtbot, opened, tmp_path):
    qtbot.mouseClick(opened.neutral, LEFT)
    said = save(qtbot, opened, tmp_path / "n.ics")
    assert set(titles(said)) == {"Appointment"}
    assert "Willow" not in said


def test_nothing_ticked_is_refused_kindly(qtbot, opened, tmp_path):
    turn(qtbot, opened, *opened.what.rows)
    sentence = "Nothing is ticked. Tick at least one kind of appointment."
    assert opened.amount.text() == sentence
    assert save(qtbot, opened, tmp_path / "none.ics") == ""
    assert sentence in visible_text(opened.trouble)
    assert opened.isVisible()
    turn(qtbot, opened, "lab")
    assert titles(save(qtbot, opened, tmp_path / "none.ics")) == ["Blood test (Rosa Amador)"]


def test_nothing_found_is_refused_kindly(qtbot, opened, tmp_path):
    turn(qtbot, opened, "infusion", "other", "lab", "medication", "follow-up")
    assert save(qtbot, opened, tmp_path / "none.ics") == ""
    assert "There is nothing to save so far." in visible_text(opened.trouble)


def test_it_says_who_ignores_alarms_and_who_can_read_it(opened):
    said = visible_text(opened)
    for part in (
        "Google",
        "Apple",
        "Outlook",
        "This program rings by itself while it is open.",
        "can read it",
    ):
        assert part in said


def test_a_file_that_is_there_is_asked_about(qtbot, opened, tmp_path):
    file = tmp_path / "there.ics"
    file.write_text("mine")
    assert save(qtbot, opened, file) == "mine"
    assert opened.path.error() == "There is such a file already. Save again to replace it."
    assert len(titles(save(qtbot, opened, file))) > 3


def test_what_was_chosen_in_the_chooser_needs_no_question(qtbot, opened, tmp_path, monkeypatch):
    file = tmp_path / "there.ics"
    file.write_text("mine")

    class Dialogs:
        @staticmethod
        def getSaveFileName(*_asked: object) -> tuple[str, str]:
            return str(file), ""

    monkeypatch.setattr(parts, "QFileDialog", Dialogs)
    qtbot.mouseClick(opened.choose, LEFT)
    assert opened.path.value() == str(file)
    qtbot.mouseClick(opened.primary, LEFT)
    assert len(titles(file.read_text(encoding="utf-8"))) > 3


def test_no_place_is_a_sentence_beside_the_field(qtbot, opened):
    opened.path.set_text("  ")
    qtbot.mouseClick(opened.primary, LEFT)
    assert opened.path.error() == "Choose where the file goes."
    opened.path.set_text("/nowhere/at/all.ics")
    qtbot.mouseClick(opened.primary, LEFT)
    assert "There is no place called" in (opened.path.error() or "")


def test_the_way_to_a_file_that_is_kept_up_to_date(qtbot, opened):
    with qtbot.waitSignal(opened.feed_asked):
        qtbot.mouseClick(opened.feed, LEFT)
    assert not opened.isVisible()


# -- One appointment ------------------------------------------------------------------------------


@pytest.fixture
def desk(theme, family: Home, page: QWidget) -> Iterator[Desk]:
    made = Desk(family.house, theme, page)
    yield made
    while made.sheet is not None:
        made.sheet.done(0)


def test_one_appointment_alone(qtbot, desk, tmp_path):
    menu = desk.menu_for("lab|2026-03-24T08:00")
    menu.actions()[-1].trigger()
    sheet = desk.sheet
    assert isinstance(sheet, ExportDialog)
    assert sheet.title.text() == "Save as a calendar file"
    assert sheet.subtitle.text() == "Blood test"
    assert "It repeats" not in visible_text(sheet)
    assert not sheet.what.isVisible()
    assert not sheet.range.isVisible()
    assert titles(save(qtbot, sheet, tmp_path / "one.ics")) == ["Blood test (Rosa Amador)"]


@pytest.mark.parametrize("key", ["w|2026-04-07T10:00", "changed|"])
def test_of_a_date_of_a_series_the_whole_series_goes(qtbot, family, desk, tmp_path, key):
    series = family.house.series
    shown = series.shown("w", "2026-03-31T10:00")
    series.change("w", "2026-03-31T10:00", replace(shown, title="Physio in the pool"), "one")
    changed = family.house.care.store.changed_dates("w")[0]
    desk.save_file(key.replace("changed", changed.id))
    sheet = desk.sheet
    assert isinstance(sheet, ExportDialog)
    assert "the whole series goes into the file" in visible_text(sheet)
    settle(qtbot, sheet)
    assert sheet.amount.text() == "1 appointment, which repeats"
    said = save(qtbot, sheet, tmp_path / "series.ics")
    assert sorted(titles(said)) == ["Physio (Rosa Amador)", "Physio in the pool (Rosa Amador)"]
    assert "RRULE:" in said


def test_the_keyboard_reaches_it(qtbot, family, show, tmp_path):
    tab = show(family)
    tab.agenda.choose("lab|2026-03-24T08:00")
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(tab.agenda, asked)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.keyClick(menu, Qt.Key.Key_Up)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert isinstance(tab.desk.sheet, ExportDialog)
    assert "Blood test" in visible_text(tab.desk.sheet)


def test_what_is_gone_opens_nothing(desk):
    desk.save_file("nobody|")
    assert desk.sheet is None


# -- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "repeating", "words"),
    [
        (23, 4, "23 appointments, 4 of them repeating"),
        (23, 0, "23 appointments"),
        (1, 0, "1 appointment"),
        (1, 1, "1 appointment, which repeats"),
        (2, 2, "2 appointments, all of them repeating"),
    ],
)
def test_the_amount_in_words(count: int, repeating: int, words: str):
    assert amount_words(count, repeating) == words


def test_changed_dates_belong_to_their_series(family):
    series = family.house.series
    shown = series.shown("w", "2026-03-31T10:00")
    before = counted(family.house.exporter.chosen(EVERYTHING))
    series.change("w", "2026-03-31T10:00", replace(shown, title="Pool"), "one")
    assert counted(family.house.exporter.chosen(EVERYTHING)) == before
