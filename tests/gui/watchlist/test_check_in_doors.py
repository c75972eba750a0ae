"""A reminder that asks how it is leads straight into the form of that person and day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import CheckIn
from caregiver_app.domain.reminders import CHECK_INS
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.reminder_places import place_of
from caregiver_app.gui.today.tab import TodayTab
from caregiver_app.gui.watchlist.check_in_sheet import CheckInSheet
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import Family, rosas_family, visible_text
from tests.gui.today.page import add_mei, settle, shown_window, wall_utc


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    made.house.settings.remember(first_run="done")
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, family: Family) -> Iterator[MainWindow]:
    with shown_window(qtbot, family) as made:
        yield made


def form() -> CheckInSheet:
    settle()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, CheckInSheet)]
    (one,) = [w for w in found if w.isVisible()]
    return one


def asking(family: Family) -> list[str]:
    return [one.what for one in family.house.reminders.open_now() if one.what in CHECK_INS]


def follow(window: MainWindow, family: Family, what: str, *, several: bool = False) -> None:
    """Go where the "Open" of a reminder goes, of the latest one that asks."""
    one = [one for one in family.house.reminders.open_now() if one.what == what][-1]
    window.open(*place_of(one, several=several))


def write(sheet: CheckInSheet, digit: Qt.Key) -> None:
    target = sheet.focusWidget()
    assert target is not None
    QTest.keyClick(target, digit)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()


@pytest.mark.parametrize(
    ("what", "at", "day"),
    [
        ("c2", "2026-03-17T14:30", date(2026, 3, 17)),
        ("c24", "2026-03-18T08:30", date(2026, 3, 18)),
        ("c72", "2026-03-20T18:00", date(2026, 3, 20)),
        ("c7", "2026-03-24T09:00", date(2026, 3, 24)),
    ],
)
def test_each_one_opens_the_form_and_is_answered_by_it(
    window: MainWindow, family: Family, what: str, at: str, day: date
) -> None:
    family.clock.at = wall_utc(at)
    follow(window, family, what)
    sheet = form()
    assert sheet.focusWidget() in sheet.scales["pain"].segments
    write(sheet, Qt.Key.Key_3)
    assert isinstance(window.page("watch"), WatchTab)
    assert [(one.date, one.pain) for one in family.house.care.store.all(CheckIn)] == [(day, 3)]
    assert asking(family) == []
    family.house.care.undo()
    assert what in asking(family)
    assert family.house.care.store.all(CheckIn) == []


def test_after_midnight_it_is_about_the_day_that_ended(window: MainWindow, family: Family) -> None:
    family.clock.at = wall_utc("2026-03-18T00:30")
    follow(window, family, "c2")
    sheet = form()
    assert "Tuesday 17 March" in visible_text(sheet)
    write(sheet, Qt.Key.Key_5)
    (entry,) = family.house.care.store.all(CheckIn)
    assert entry.date == date(2026, 3, 17)
    assert asking(family) == []


def test_from_today_it_is_one_press(window: MainWindow, family: Family) -> None:
    family.clock.at = wall_utc("2026-03-17T14:30")
    page = window.page("today")
    assert isinstance(page, TodayTab)
    page.look_again()
    settle()
    rows = [row for row in page.waiting.rows.values() if ":c2/" in "".join(row.waiting.ids)]
    (row,) = rows
    QTest.mouseClick(row.about, Qt.MouseButton.LeftButton)
    write(form(), Qt.Key.Key_0)
    assert [one.pain for one in family.house.care.store.all(CheckIn)] == [0]
    assert asking(family) == []


def test_with_several_people_it_is_that_persons(window: MainWindow, family: Family) -> None:
    add_mei(family)
    family.clock.at = wall_utc("2026-03-23T16:30")
    follow(window, family, "c2", several=True)
    sheet = form()
    assert "王梅 · Monday 23 March" in visible_text(sheet)
    write(sheet, Qt.Key.Key_2)
    assert [one.person for one in family.house.care.store.all(CheckIn)] == ["mei"]
    left = {one.person for one in family.house.reminders.open_now() if one.what in CHECK_INS}
    assert left == {"rosa"}, "another person's are not answered"


def test_what_the_card_says_of_today(window: MainWindow, family: Family) -> None:
    window.open("watch")
    settle()
    page = window.page("watch")
    assert isinstance(page, WatchTab)
    assert "Leave out what you do not know." in visible_text(page.written)
    watch, today = family.house.watch, family.house.care.today
    watch.check_in(CheckIn(id="", person="rosa", date=today))
    settle()
    assert "Today: nothing so far." in visible_text(page.written)
    watch.check_in(
        CheckIn(id="", person="rosa", date=today, flare=True, possible="Stayed in bed", pain=7)
    )
    settle()
    assert "Today: pain 7, a day of a flare. Stayed in bed" in visible_text(page.written)
