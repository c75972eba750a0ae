"""Today inside the window: every part of it leads to a page that really opens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Authorisation, Person
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.bag.cards import RideSheet
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.care_plan.insurance_sheets import ApprovalSheet
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.today.tab import TodayTab
from caregiver_app.gui.visit.sheet import VisitSheet
from caregiver_app.gui.watchlist.check_in_sheet import CheckInSheet
from caregiver_app.gui.watchlist.tab import WatchTab
from tests.gui.tabs_family import ZONE, Family, settled_family
from tests.gui.today.page import add_mei, pill, settle, shown_window, wall_utc


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    made.house.settings.remember(first_run="done")
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, family: Family) -> Iterator[MainWindow]:
    with shown_window(qtbot, family) as made:
        yield made


def today(window: MainWindow) -> TodayTab:
    window.open("today")
    page = window.page("today")
    assert isinstance(page, TodayTab)
    settle()
    return page


def sheet(kind: type[QDialog]) -> QDialog:
    settle()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    (one,) = found
    return one


def shown_page(window: MainWindow) -> object:
    settle()
    return window.stack.currentWidget()


def test_the_window_begins_here(window: MainWindow) -> None:
    assert isinstance(shown_page(window), TodayTab)


def test_open_visit_lays_its_sheet_over_the_page(window: MainWindow) -> None:
    today(window).hero.open_visit.click()
    assert sheet(VisitSheet).close()
    assert isinstance(shown_page(window), TodayTab)


def test_the_bag_and_the_ride(window: MainWindow) -> None:
    today(window).hero.fragments[0].click()
    page = shown_page(window)
    assert isinstance(page, BagTab)
    assert "Tuesday 31 March" in page.head.title.text()
    today(window).hero.fragments[1].click()
    form = sheet(RideSheet)
    assert isinstance(form, RideSheet)
    form.driver.set_text("Ana")
    form.primary.click()
    assert today(window).hero.fragments[1].fragment.value == "Ana"


def test_the_ride_is_that_of_the_person_in_the_hero(window: MainWindow, family: Family) -> None:
    add_mei(family)
    today(window).hero.fragments[1].click()
    form = sheet(RideSheet)
    assert isinstance(form, RideSheet)
    form.driver.set_text("Bo")
    form.primary.click()
    visit = family.house.agenda.next_visit("mei")
    assert visit is not None
    assert visit.driver == "Bo"


@pytest.mark.parametrize("several", [False, True])
def test_an_approval_that_is_not_there_yet(
    window: MainWindow, family: Family, *, several: bool
) -> None:
    whose = "rosa"
    if several:
        add_mei(family)
        whose = "mei"
    today(window).hero.fragments[2].click()
    assert isinstance(shown_page(window), CarePlanTab)
    form = sheet(ApprovalSheet)
    assert isinstance(form, ApprovalSheet)
    form.last.set_value(date(2026, 12, 31))
    form.primary.click()
    settle()
    (kept,) = family.house.people.authorisations()
    assert kept.person == whose
    assert today(window).hero.fragments[2].fragment.value == "31 Dec, covers this"


def test_an_approval_that_is_there(window: MainWindow, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    family.house.people.save_authorisation(
        Authorisation(id="a", person="rosa", last=date(2026, 3, 27))
    )
    today(window).amber.button.click()
    form = sheet(ApprovalSheet)
    assert form.close()


def test_a_lab_before_the_visit(window: MainWindow, family: Family) -> None:
    family.house.agenda.save(
        Appointment(id="lab", uid="", person="rosa", type="lab", title="Blood test",
                    start=Zoned(datetime(2026, 3, 21, 9, 15), ZONE))
    )  # fmt: skip
    today(window).hero.fragments[3].click()
    assert sheet(AppointmentDialog).close()


def test_the_check_in_of_today_and_a_sign(window: MainWindow, family: Family) -> None:
    page = today(window)
    page.watch_cards["rosa"].check_in.click()
    assert isinstance(shown_page(window), WatchTab)
    form = sheet(CheckInSheet)
    assert isinstance(form, CheckInSheet)
    form.scales["mood"].set_value("6")
    form.primary.click()
    assert not today(window).watch_cards["rosa"].check_in.isVisible()
    today(window).watch_cards["rosa"].log.click()
    assert isinstance(shown_page(window), WatchTab)


def test_somebody_elses_sign_is_logged_for_them(window: MainWindow, family: Family) -> None:
    add_mei(family)
    family.clock.at = wall_utc("2026-03-24T09:00")
    window.bridge.look()
    today(window).watch_cards["mei"].log.click()
    page = shown_page(window)
    assert isinstance(page, WatchTab)
    assert page.log.title.text() == "How is 王梅 today?"


def test_a_reminder_opens_what_it_is_about(window: MainWindow, family: Family) -> None:
    pill(family, "eye", "Eye drops", 17, day=20, rule="")
    window.bridge.changed.emit(None)
    (row,) = today(window).waiting.rows.values()
    row.about.click()
    assert sheet(AppointmentDialog).close()


def test_the_calendar_and_the_number(window: MainWindow) -> None:
    page = today(window)
    assert page.next_head.link is not None
    page.next_head.link.click()
    assert shown_page(window) is window.page("calendar")
    today(window).quiet.button.click()
    settle()
    assert window.stack.currentWidget() is not window.page("today")


def test_at_midnight_the_window_turns_the_page(window: MainWindow, family: Family) -> None:
    page = today(window)
    assert "11 days" in page.hero.words.text()
    family.clock.at = wall_utc("2026-03-21T00:00")
    window.bridge.look()
    settle()
    assert "10 days" in page.hero.words.text()


def test_undo_in_the_window_brings_a_reminder_back(window: MainWindow, family: Family) -> None:
    pill(family, "eye", "Eye drops", 17, day=20, rule="")
    window.bridge.changed.emit(None)
    page = today(window)
    (row,) = page.waiting.rows.values()
    row.done_button.click()
    settle()
    assert page.waiting.rows == {}
    assert window.banner.words() == "Eye drops: done"
    window.undo()
    settle()
    (row,) = page.waiting.rows.values()
    assert row.waiting.title == "Eye drops"
