"""What was given: from the medicine's row, thirty days, marks and entries, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Dose, Medicine
from caregiver_app.domain.times import Floating, to_text
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.medicines.gave_sheet import GaveSheet, blank_dose
from caregiver_app.gui.medicines.history_sheet import HistorySheet
from caregiver_app.gui.theme import Theme
from caregiver_app.services.medicine_times import DAILY, Times
from tests.gui.care_plan.care_family import LONG, click, rows, save, sheet_of
from tests.gui.tabs_family import Family, shown, visible_text

ASK_FIRST = "Ask the clinic before giving something for fever."
TODAY = date(2026, 3, 20)
SCOLDING = ("missed", "%", "streak", "late", "forgot", "should have")


@pytest.fixture
def relief(family: Family) -> Medicine:
    return family.house.people.save_medicine(
        Medicine(id="relief", person="rosa", name="Paracetamol", as_needed=True, what_for="aches")
    )


@pytest.fixture
def folic(family: Family) -> Medicine:
    """Folic acid at 8:00 since 10 March, entered then."""
    now = family.clock.at
    family.clock.at = now - timedelta(days=10)
    found = family.house.people.medicine("folic")
    assert found is not None
    kept = family.house.medicine_times.save(found, Times((time(8),), DAILY, date(2026, 3, 10)))
    family.clock.at = now
    return kept


def given(family: Family) -> list[tuple[str, str, str, str]]:
    found = family.house.doses.between(TODAY - timedelta(days=40), TODAY)
    return [(to_text(one.at), one.name, one.what_for, one.amount) for one in found]


@pytest.fixture
def history(qtbot: QtBot, family: Family, folic: Medicine) -> Iterator[HistorySheet]:
    made = HistorySheet(family.house, Theme(), folic)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.done(0)


def press(qtbot: QtBot, widget: QWidget) -> None:
    assert widget.isVisible()
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def states(family: Family) -> list[str]:
    found = family.house.doses.history("rosa", date(2026, 3, 10), TODAY)
    return [one.mark.state for one in found.timed if one.title == "Folic acid"]


def test_gave_it_is_two_clicks_from_the_row(
    qtbot: QtBot, tab: CarePlanTab, family: Family, relief: Medicine
) -> None:
    assert not any("Paracetamol" in row for row in rows(tab.medicines.list))
    assert ASK_FIRST in visible_text(tab.medicines)
    press(qtbot, tab.medicines.as_needed.rows["relief"].give)
    sheet = sheet_of(GaveSheet)
    assert ASK_FIRST in visible_text(sheet)
    save(qtbot, sheet)
    assert given(family) == [("2026-03-20T18:00", "Paracetamol", "aches", "")]
    assert "last given 18:00" in visible_text(tab.medicines)
    family.house.care.undo()
    assert given(family) == []
    assert "last given" not in visible_text(tab.medicines)


def test_amount_and_words_are_kept_as_typed(
    qtbot: QtBot, tab: CarePlanTab, family: Family, relief: Medicine
) -> None:
    press(qtbot, tab.medicines.as_needed.rows["relief"].give)
    sheet = sheet_of(GaveSheet)
    assert isinstance(sheet, GaveSheet)
    assert sheet.amount.text() == "", "no amount is ever suggested"
    sheet.hour.set_text("9:15")
    sheet.amount.set_text(f"½ of {LONG}")
    sheet.words.set_text("王梅 helped")
    save(qtbot, sheet)
    (one,) = given(family)
    assert one == ("2026-03-20T09:15", "Paracetamol", "aches", f"½ of {LONG}")


def test_a_day_without_its_year_is_one_that_was(
    qtbot: QtBot, tab: CarePlanTab, relief: Medicine
) -> None:
    press(qtbot, tab.medicines.as_needed.rows["relief"].give)
    sheet = sheet_of(GaveSheet)
    assert isinstance(sheet, GaveSheet)
    sheet.day.set_text("1 Dec")
    assert sheet.day.value() == date(2025, 12, 1)
    sheet.done(0)


def test_a_time_ahead_is_refused_and_stays(
    qtbot: QtBot, tab: CarePlanTab, family: Family, relief: Medicine
) -> None:
    press(qtbot, tab.medicines.as_needed.rows["relief"].give)
    sheet = sheet_of(GaveSheet)
    assert isinstance(sheet, GaveSheet)
    sheet.hour.set_text("19:00")
    save(qtbot, sheet)
    assert sheet.isVisible()
    assert "has not come yet" in (sheet.hour.error() or "")
    assert sheet.hour.text() == "19:00"
    assert given(family) == []
    sheet.done(0)


def test_something_that_is_not_on_the_list_can_be_written_down(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.medicines.add_button.menu().actions()[3].trigger()
    sheet = sheet_of(GaveSheet)
    assert isinstance(sheet, GaveSheet)
    save(qtbot, sheet)
    assert sheet.name.error(), "a name is needed"
    qtbot.keyClicks(sheet.name.control, "Cough drops")
    save(qtbot, sheet)
    assert [one[1] for one in given(family)] == ["Cough drops"]


def test_writing_down_methotrexate_is_possible_and_says_what_to_do(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.medicines.add_button.menu().actions()[3].trigger()
    sheet = sheet_of(GaveSheet)
    assert isinstance(sheet, GaveSheet)
    qtbot.keyClicks(sheet.name.control, "Methotrexate")
    assert "If taken wrongly call now, even if they feel well." in visible_text(sheet)
    save(qtbot, sheet)
    assert [one[1] for one in given(family)] == ["Methotrexate"]


def test_a_search_result_opens_what_was_given(
    qtbot: QtBot, tab: CarePlanTab, family: Family, relief: Medicine
) -> None:
    kept = family.house.doses.save(
        Dose(id="", person="rosa", name="Paracetamol", medicine="relief",
             at=Floating(datetime(2026, 3, 19, 9, 0)), amount="one")
    )  # fmt: skip
    tab.open_item("dose", kept.id)
    sheet = sheet_of(GaveSheet)
    assert isinstance(sheet, GaveSheet)
    assert (sheet.hour.text(), sheet.amount.text()) == ("9:00", "one")
    click(qtbot, sheet, "Delete this entry")
    assert given(family) == []
    family.house.care.undo()
    assert len(given(family)) == 1


def test_the_history_opens_from_the_row_and_from_the_sheet(
    qtbot: QtBot, tab: CarePlanTab, family: Family, relief: Medicine, folic: Medicine
) -> None:
    press(qtbot, tab.medicines.as_needed.rows["relief"].look)
    assert isinstance(tab.desk.medicines.sheet, HistorySheet)
    tab.desk.medicines.sheet.done(0)
    tab.open_item("medicine", "folic")
    sheet = sheet_of(MedicineSheet)
    click(qtbot, sheet, "What was given: the last 30 days")
    opened = tab.desk.medicines.sheet
    assert isinstance(opened, HistorySheet)
    assert "Folic acid" in opened.title.text()
    opened.done(0)


def test_thirty_days_without_a_scolding_word(
    qtbot: QtBot, family: Family, history: HistorySheet
) -> None:
    said = visible_text(history) + " ".join(
        history.list.rows.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for place in range(history.list.rows.rowCount())
    )
    assert "not marked yet" in said.lower()
    assert "19 February 2026 to 20 March 2026" in said
    assert not [word for word in SCOLDING if word in said.lower()]
    assert len(states(family)) == 11


def test_a_day_is_marked_afterwards_and_undone(
    qtbot: QtBot, family: Family, history: HistorySheet
) -> None:
    assert "Friday 20 March, 8:00: not marked yet" in visible_text(history)
    press(qtbot, history.answer.taken)
    assert states(family)[-1] == "taken"
    assert "taken, marked 18:00" in visible_text(history.answer)
    press(qtbot, history.answer.skipped)
    assert history.answer.reason is not None
    asleep = next(one for one in history.answer.reason.choices if one.words == "Was asleep")
    press(qtbot, asleep)
    assert states(family)[-1] == "skipped"
    assert "skipped: Was asleep" in visible_text(history.answer)
    press(qtbot, history.answer.open)
    assert states(family)[-1] == "open"
    family.house.care.undo()
    assert states(family)[-1] == "skipped"


def test_a_reason_in_own_words(qtbot: QtBot, family: Family, history: HistorySheet) -> None:
    press(qtbot, history.answer.skipped)
    reason = history.answer.reason
    assert reason is not None
    qtbot.keyClicks(reason.line, "Box was empty")
    qtbot.keyClick(reason.line, Qt.Key.Key_Return)
    (last,) = family.house.doses.history("rosa", TODAY, TODAY, history._medicine).timed
    assert (last.mark.state, last.mark.reason) == ("skipped", "Box was empty")


def test_the_grid_by_keys_alone(qtbot: QtBot, family: Family, history: HistorySheet) -> None:
    grid = history.grid
    grid.setFocus()
    assert "Friday 20 March, 8:00: not marked yet" in grid.accessibleDescription()
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert "Tuesday 17 March, 8:00" in grid.accessibleDescription()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert "Tuesday 17 March, 8:00" in history.answer.about.text()
    history.list.setFocus()
    qtbot.keyClick(history.list, Qt.Key.Key_Return)
    assert history.answer.taken.hasFocus()
    qtbot.keyClick(history.answer.taken, Qt.Key.Key_Space)
    assert states(family)[7] == "taken"
    assert "taken" in grid.accessibleDescription()
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    assert "no time set" in grid.accessibleDescription()


def test_a_click_on_the_grid_chooses_the_same_day_in_the_list(
    qtbot: QtBot, history: HistorySheet
) -> None:
    spot = history.grid._cell(0, 25).center()
    qtbot.mouseClick(history.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert "Monday 16 March" in history.answer.about.text()
    assert history.list.current_key().endswith("2026-03-16T08:00")


def test_earlier_days_are_a_press_away(qtbot: QtBot, history: HistorySheet) -> None:
    assert not history.later.isEnabled()
    press(qtbot, history.earlier)
    assert "20 January 2026 to 18 February 2026" in visible_text(history)
    assert "Nothing is written down in these days." in visible_text(history)
    press(qtbot, history.later)
    assert "not marked yet" in visible_text(history)


def test_as_needed_marks_are_counted_by_day_and_edited(
    qtbot: QtBot, family: Family, relief: Medicine
) -> None:
    for hour in (7, 15):
        family.house.doses.save(
            Dose(id=f"d{hour}", person="rosa", name="Paracetamol", medicine="relief",
                 at=Floating(datetime(2026, 3, 19, hour, 0)), what_for="aches")
        )  # fmt: skip
    made = HistorySheet(family.house, Theme(), relief)
    qtbot.addWidget(made)
    made.show()
    assert ASK_FIRST in visible_text(made)
    made.grid.setFocus()
    qtbot.keyClick(made.grid, Qt.Key.Key_Left)
    assert "given 2 times" in made.grid.accessibleDescription()
    qtbot.keyClick(made.grid, Qt.Key.Key_Return)
    assert made.list.current_key() == "dose:d15"
    press(qtbot, made.answer.change)
    sheet = made.gave_sheet
    assert sheet is not None
    sheet.what_for.set_text("a headache")
    save(qtbot, sheet)
    assert [one[2] for one in given(family)] == ["aches", "a headache"]
    assert "a headache" in [row.second for row in made.list.rows.rows]
    press(qtbot, made.give)
    sheet = made.gave_sheet
    assert sheet is not None
    save(qtbot, sheet)
    assert len(given(family)) == 3
    made.done(0)


@pytest.mark.parametrize(("width", "scale"), [(1280, 1.0), (900, 2.0)])
def test_a_long_name_never_clips(
    qtbot: QtBot, family: Family, tmp_path: object, width: int, scale: float
) -> None:
    family.house.people.save_medicine(
        Medicine(id="long", person="rosa", name=f"{LONG} 王梅", as_needed=True)
    )
    theme = Theme()
    theme.set_scale(scale)
    made = HistorySheet(family.house, theme, family.house.people.medicine("long"))
    qtbot.addWidget(shown(made, theme, width, 800))
    right = made.give.mapTo(made, made.give.rect().topRight()).x()
    assert right <= made.width()
    assert LONG in made.title.text()
    made.done(0)


def test_no_part_of_a_sheet_is_ever_a_window_of_its_own(
    qtbot: QtBot, qapp: QApplication, family: Family, relief: Medicine, folic: Medicine
) -> None:
    class Watcher(QObject):
        seen: ClassVar[list[str]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            shown_now = event.type() == QEvent.Type.Show
            if shown_now and isinstance(watched, QWidget) and watched.isWindow():
                self.seen.append(type(watched).__name__)
            return False

    watcher, house, theme = Watcher(), family.house, Theme()
    qapp.installEventFilter(watcher)
    try:
        for made in (
            lambda: HistorySheet(house, theme, relief),
            lambda: HistorySheet(house, theme, folic),
            lambda: MedicineSheet(house, theme, folic, None),
            lambda: MedicineSheet(house, theme, relief, None),
            lambda: GaveSheet(house, theme, blank_dose(house, "rosa", relief)),
        ):
            sheet = made()
            qtbot.addWidget(sheet)
            sheet.show()
            assert watcher.seen == [type(sheet).__name__]
            watcher.seen.clear()
            sheet.done(0)
    finally:
        qapp.removeEventFilter(watcher)
