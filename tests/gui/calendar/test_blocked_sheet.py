"""Days that don't suit: written down, changed, deleted, and seen in the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import BlockedDays, Contact, Person
from caregiver_app.gui.calendar.form.blocked_sheet import BlockedList, BlockedSheet, blocked_sheet
from caregiver_app.gui.calendar.form.day_span import days_words
from caregiver_app.gui.calendar.month_model import MonthModel, days_of
from caregiver_app.gui.calendar.month_view import MonthView
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from tests.fakes import Home
from tests.gui.calendar.family import empty_home, rosas_home
from tests.gui.tabs_family import button, shown, visible_text

TUESDAY = date(2026, 3, 31)
TODAY = date(2026, 3, 20)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> QWidget:
    made = QWidget()
    qtbot.addWidget(shown(made, theme, 1000, 860))
    return made


@pytest.fixture
def opened(theme: Theme, home: Home, page: QWidget):
    made: list[Sheet] = []

    def do(day: date | None = None) -> Sheet:
        made.append(blocked_sheet(home.house, theme, page, day))
        made[-1].open()
        return made[-1]

    yield do
    for one in made:
        if isinstance(one, BlockedList) and one.form is not None and one.form.isVisible():
            one.form.done(0)
        if one.isVisible():
            one.done(0)


def form(sheet: Sheet) -> BlockedSheet:
    assert isinstance(sheet, BlockedSheet)
    return sheet


def choose(qtbot: QtBot, within: QWidget, words: str) -> None:
    for one in within.findChildren(QRadioButton):
        if one.accessibleName() == words:
            qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
            return
    raise AssertionError(words)


def save(qtbot: QtBot, sheet: Sheet) -> None:
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)


def test_one_day_from_the_calendar(qtbot: QtBot, home: Home, opened) -> None:
    sheet = form(opened(TUESDAY))
    assert not sheet.whom.isVisible(), "one person is not asked about"
    assert not sheet.last.isVisible()
    qtbot.keyClicks(sheet.reason.control, "Ana is away")
    save(qtbot, sheet)
    (kept,) = home.house.blocked.all()
    assert (kept.first, kept.last, kept.weekdays) == (TUESDAY, TUESDAY, ())
    assert (kept.person, kept.reason) == (None, "Ana is away")
    assert not sheet.isVisible()


def test_several_days_need_their_last_one(qtbot: QtBot, home: Home, opened) -> None:
    sheet = form(opened(TUESDAY))
    choose(qtbot, sheet, "Several days")
    save(qtbot, sheet)
    assert sheet.last.error() == "Give the last day."
    sheet.last.set_text("20 March 2026")
    save(qtbot, sheet)
    assert "before the first" in (sheet.last.error() or ""), "what is refused stands beside it"
    assert sheet.isVisible()
    sheet.last.set_text("3 April 2026")
    save(qtbot, sheet)
    (kept,) = home.house.blocked.all()
    assert (kept.first, kept.last) == (TUESDAY, date(2026, 4, 3))


def test_weekdays_until_further_notice(qtbot: QtBot, home: Home, opened) -> None:
    sheet = form(opened(TUESDAY))
    choose(qtbot, sheet, "Weekdays")
    save(qtbot, sheet)
    assert sheet.weekdays.error() == "Choose at least one day of the week."
    for tick in (sheet.weekdays.days[0], sheet.weekdays.days[3]):
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    save(qtbot, sheet)
    (kept,) = home.house.blocked.all()
    assert (kept.weekdays, kept.last) == ((0, 3), None)


def test_for_one_of_several_people(qtbot: QtBot, home: Home, opened) -> None:
    home.house.people.save_person(Person(id="mei", name="王梅"))
    sheet = form(opened(TUESDAY))
    assert sheet.whom.isVisible()
    assert sheet.whom.text() == "Everybody"
    sheet.whom.set_text("王梅")
    save(qtbot, sheet)
    assert home.house.blocked.all()[0].person == "mei"


def test_a_clinic_that_is_closed(qtbot: QtBot, home: Home, opened) -> None:
    home.house.people.save_person(Person(id="mei", name="王梅"))
    clinic = next(one for one in home.house.people.contacts() if one.role == "clinic")
    sheet = form(opened(TUESDAY))
    assert sheet.clinic.text() == "A day does not suit us"
    sheet.clinic.set_text(f"{clinic.name} is closed")
    assert not sheet.whom.isVisible(), "a clinic is closed for everybody"
    save(qtbot, sheet)
    (kept,) = home.house.blocked.all()
    assert (kept.clinic, kept.person, kept.first) == (clinic.id, None, TUESDAY)
    listed = opened()
    assert f"Tuesday 31 March\n{clinic.name} is closed" in visible_text(listed)
    qtbot.mouseClick(button(listed, "Change: Tuesday 31 March"), Qt.MouseButton.LeftButton)
    sheet = listed.form
    assert sheet is not None
    assert sheet.clinic.value() == clinic.id
    sheet.clinic.set_value("")
    assert sheet.whom.isVisible()
    save(qtbot, sheet)
    assert home.house.blocked.all()[0].clinic is None


def test_without_a_clinic_nothing_is_asked(home: Home, theme: Theme, page: QWidget) -> None:
    for one in home.house.people.contacts():
        home.house.people.remove(Contact, one.id)
    sheet = BlockedSheet(home.house, theme, BlockedDays(id="", first=TUESDAY, last=TUESDAY), page)
    sheet.open()
    assert not sheet.clinic.isVisible()
    sheet.done(0)


def test_the_list_leads_to_change_and_delete(qtbot: QtBot, home: Home, opened) -> None:
    home.house.blocked.save(BlockedDays(id="b", first=TUESDAY, last=TUESDAY, reason="Away"))
    listed = opened()
    assert isinstance(listed, BlockedList)
    assert "Tuesday 31 March\nAway" in visible_text(listed)
    qtbot.mouseClick(button(listed, "Change: Tuesday 31 March"), Qt.MouseButton.LeftButton)
    sheet = listed.form
    assert sheet is not None
    sheet.reason.set_text("At work")
    save(qtbot, sheet)
    assert "At work" in visible_text(listed)
    qtbot.mouseClick(button(listed, "Change: Tuesday 31 March"), Qt.MouseButton.LeftButton)
    assert listed.form is not None
    qtbot.mouseClick(button(listed.form, "Delete these days"), Qt.MouseButton.LeftButton)
    assert home.house.blocked.all() == []
    assert "None yet" in visible_text(listed)
    save(qtbot, listed)
    assert listed.form is not None
    assert listed.form.isVisible(), "more can be added from there"


def test_what_is_kept_opens_as_it_was(home: Home, theme: Theme, page: QWidget) -> None:
    for blocked, kind, ticked in (
        (BlockedDays(id="x", first=TUESDAY, last=TUESDAY), "day", ()),
        (BlockedDays(id="x", first=TUESDAY, last=date(2026, 4, 2)), "span", ()),
        (BlockedDays(id="x", first=TUESDAY, last=None, weekdays=(2,)), "weekdays", (2,)),
        (BlockedDays(id="x", first=TUESDAY, last=None), "weekdays", tuple(range(7))),
    ):
        sheet = BlockedSheet(home.house, theme, blocked, page)
        assert sheet.kind.value() == kind
        assert sheet.weekdays.value() == ticked
        sheet.deleteLater()


@pytest.mark.parametrize(
    ("blocked", "said"),
    [
        (BlockedDays(id="", first=TUESDAY, last=TUESDAY), "Tuesday 31 March"),
        (BlockedDays(id="", first=TUESDAY, last=date(2026, 4, 3)), "Tue 31 Mar to Fri 3 Apr"),
        (BlockedDays(id="", first=TUESDAY, last=None, weekdays=(0, 3)),
         "Mon, Thu, from Tue 31 Mar on"),
        (BlockedDays(id="", first=TUESDAY, last=date(2027, 1, 4)),
         "Tue 31 Mar 2026 to Mon 4 Jan 2027"),
    ],
)  # fmt: skip
def test_the_days_in_words(blocked: BlockedDays, said: str) -> None:
    assert days_words(blocked, TODAY) == said


def test_the_calendars_add_menu_leads_there(qtbot: QtBot, home: Home, show) -> None:
    tab = show(home)
    menu = tab.add_button.menu()
    (action,) = [one for one in menu.actions() if one.text() == "Days that don’t suit…"]
    action.trigger()
    sheet = form(tab.desk.sheet)
    assert sheet.first.value() == tab.chosen_day
    save(qtbot, sheet)
    assert [one.first for one in home.house.blocked.all()] == [tab.chosen_day]


# ---- the month ---------------------------------------------------------------------------------


def test_the_month_speaks_of_it(home: Home) -> None:
    home.house.blocked.save(BlockedDays(id="", first=TUESDAY, last=TUESDAY, reason="Ana is away"))
    model = MonthModel()
    model.set_weeks(days_of(home.house, TODAY, None))
    index = model.index_of(TUESDAY)
    assert "doesn’t suit: Ana is away" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Doesn’t suit: Ana is away" in index.data(Qt.ItemDataRole.ToolTipRole)
    other = model.index_of(date(2026, 3, 30))
    assert "suit" not in other.data(Qt.ItemDataRole.AccessibleTextRole)
    assert other.data(Qt.ItemDataRole.ToolTipRole) == "Watching for signs, day 13 of 14"
    before = model.index_of(date(2026, 3, 16))
    assert before.data(Qt.ItemDataRole.ToolTipRole) is None


def test_the_month_shows_it(qtbot: QtBot, theme: Theme, tmp_path: Path) -> None:
    home = empty_home(tmp_path)
    day = date(2026, 3, 11)

    def cell() -> QImage:
        view = MonthView(theme)
        qtbot.addWidget(shown(view, theme, 760, 620))
        view.days.set_weeks(days_of(home.house, TODAY, None))
        box = view.visualRect(view.days.index_of(day)).adjusted(4, 30, -4, -4)
        return view.viewport().grab(box).toImage()

    before = cell()
    home.house.blocked.save(BlockedDays(id="", first=day, last=day))
    after = cell()
    assert before.size() == after.size()
    changed = sum(
        before.pixel(x, y) != after.pixel(x, y)
        for x in range(before.width())
        for y in range(before.height())
    )
    assert 0.03 < changed / (before.width() * before.height()) < 0.5, "lines, not a fill"
    home.close()
