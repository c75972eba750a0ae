"""The bag tab as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.bag.cards import RideSheet
from caregiver_app.gui.bag.print_sheet import PacketSheet
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.columns import Columns
from caregiver_app.pages.bag_of_visit import page_for
from tests.gui.bag.showing import (
    action,
    choose,
    click,
    labels,
    let_commits_fail,
    line_of,
    opened,
    row,
    sheet_of,
    state_of,
    visit_of,
)
from tests.gui.tabs_family import ZONE, Family, open_family, rosas_family, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def tab(qtbot: QtBot, family: Family) -> BagTab:
    return opened(qtbot, family)


def test_the_next_visit_comes_first(tab: BagTab, family: Family) -> None:
    text = visible_text(tab)
    assert "Rosa’s bag for Tuesday 31 March" in text
    count = family.house.bags.bag(visit_of(family)).wanted
    assert f"0 of {count} packed" in text
    assert "Papers" in text
    assert "Things to take" in text
    assert "No driver yet" in text
    assert "Willow Lane" in text
    assert "555 0199" in text


def test_a_click_anywhere_in_the_row_packs(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    tick = row(tab, "Photo ID").tick
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    assert state_of(family, "Photo ID") == "packed"
    count = family.house.bags.bag(visit_of(family)).wanted
    assert f"1 of {count} packed" in visible_text(tab)
    assert tab.head.progress.value() == 1
    family.house.care.undo()
    assert row(tab, "Photo ID").tick.state == "open"


def test_not_needed_and_back(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    photo = row(tab, "Photo ID")
    choose(photo, "Not needed this time")
    assert state_of(family, "Photo ID") == "not_needed"
    count = family.house.bags.bag(visit_of(family)).wanted
    assert f"0 of {count} packed, 1 not needed" in visible_text(tab)
    qtbot.keyClick(photo.tick, Qt.Key.Key_N)
    assert state_of(family, "Photo ID") == "to_pack"


def test_maybe_comes_along_with_one_tap(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    assert "Headphones" not in labels(tab.things)
    click(qtbot, tab, "Maybe")
    rows = list(tab.maybe.rows.values())
    place = next(at for at, one in enumerate(rows) if "Headphones" in one.accessibleName())
    click(qtbot, tab, "Take Headphones along")
    assert "Headphones" in labels(tab.things)
    assert line_of(family, "Headphones") in family.house.bags.bag(visit_of(family)).lines
    following = list(tab.maybe.rows.values())[place]
    assert following.hasFocus(), "the keyboard goes on to the next one"
    choose(row(tab, "Headphones"), "Back under maybe")
    assert "Headphones" not in labels(tab.things)


def test_the_ride(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    click(qtbot, tab, "Add a driver")
    sheet = sheet_of(RideSheet)
    sheet.driver.set_text("Ana")
    assert sheet.phone.text() == "555 0117", "a contact's number is not typed twice"
    sheet.leave.set_text("25:00")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert sheet.leave.error()
    sheet.leave.set_text("8:40")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert "Ana, leave at 8:40" in visible_text(tab)
    visit = family.house.agenda.get(visit_of(family))
    assert visit is not None
    assert (visit.driver, visit.driver_phone, visit.leave_at) == ("Ana", "555 0117", "08:40")


def test_a_step_with_a_reminder_is_answered(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    phase = tab.steps.phases["d7"]
    assert phase.is_open, "the next moment stands open"
    tick = phase.rows["ride7"]
    qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    states = {line.key: line.state for line in family.house.bags.steps(visit_of(family))}
    assert states["ride7"] == "done"
    assert phase.rows["ride7"].state == "done"
    qtbot.mouseClick(phase.rows["ride7"], Qt.MouseButton.LeftButton)
    family.house.care.undo()
    assert phase.rows["ride7"].state == "open"


def test_what_a_step_answers_stands_below_it(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    phase = tab.steps.phases["d7"]
    qtbot.mouseClick(phase.rows["ride7"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(phase.rows["ride7"], Qt.MouseButton.LeftButton)
    assert phase.rows["ride7"].state == "done", "only undo takes an answer back"
    assert phase.said is not None
    QApplication.processEvents()
    assert "Undo (Ctrl+Z)" in phase.said.text()
    assert phase.said.y() >= phase.rows["ride7"].geometry().bottom()
    assert not tab.message.isVisible(), "far from where the hand is"
    let_commits_fail(family, monkeypatch)
    other = next(row for key, row in phase.rows.items() if key != "ride7")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert other.state == "open"
    assert "nothing was recorded" in phase.said.text()
    assert visible_text(tab.steps).count("Undo (Ctrl+Z)") == 0, "one thing is said at a time"


def test_what_is_said_about_the_bag_comes_into_sight(
    qtbot: QtBot, tab: BagTab, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.maybe.fold.head.click()
    QApplication.processEvents()
    bar = tab.findChildren(Columns)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    let_commits_fail(family, monkeypatch)
    qtbot.mouseClick(next(iter(tab.maybe.rows.values())), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert "nothing was recorded" in tab.message.text()
    assert not tab.message.visibleRegion().isEmpty()


def test_all_moments_of_getting_ready_are_there(qtbot: QtBot, tab: BagTab) -> None:
    text = visible_text(tab.steps)
    for words in (
        "14 days before",
        "7 days before",
        "3 days before",
        "The day before",
        "That morning",
        "In the chair",
        "Before you leave",
        "Afterwards",
    ):
        assert words in text
    click(qtbot, tab, "Show the steps: That morning")
    assert "Loose sleeves" in visible_text(tab.steps)


def test_another_visit(tab: BagTab, family: Family) -> None:
    tab.head.visit_menu.aboutToShow.emit()
    actions = tab.head.visit_menu.actions()
    assert actions[0].isChecked()
    assert "31 Mar 2026" in actions[0].text()
    actions[1].trigger()
    assert "Rosa’s bag for Tuesday 28 April" in visible_text(tab)


def test_ticks_are_there_after_a_restart(qtbot: QtBot, tab: BagTab, family: Family) -> None:
    qtbot.mouseClick(row(tab, "Photo ID").tick, Qt.MouseButton.LeftButton)
    later = family.again()
    again = opened(qtbot, later)
    assert row(again, "Photo ID").tick.state == "done"
    assert row(again, "Insurance card, approval number").tick.state == "open"
    later.close()


def test_without_a_visit_it_says_where_to_begin(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    tab = opened(qtbot, family)
    assert "No visit to pack for yet" in visible_text(tab)
    family.close()


def test_the_page_says_what_the_tab_says(tab: BagTab, family: Family) -> None:
    visit = visit_of(family)
    family.house.bags.set_state(visit, "photo_id", "packed")
    family.house.bags.set_state(visit, "water", "not_needed")
    family.house.bags.add(visit, "红豆汤", "things")
    page = page_for(family.house, visit, family.clock.at)
    assert page.person == "Rosa Marín"
    assert page.when == "Tuesday 31 March 2026, 9:30"
    assert page.phone_after_hours == "555 0199"
    assert page.printed_at == "Friday 20 March 2026, 18:00"
    states = {line.label: line.state for line in (*page.papers, *page.things)}
    assert states["Photo ID"] == "packed"
    assert states["红豆汤"] == "to_pack"
    assert "Water, unless fluids are limited" not in states
    assert page.not_this_time == ("Water, unless fluids are limited",)
    assert any("write" in str(line) for line in page.before_house)


def test_papers_are_asked_for_when_their_day_is_near(tab: BagTab, family: Family) -> None:
    family.clock.at += timedelta(days=6)
    tab.refresh(None)
    chips = [one.text() for one in tab.papers.findChildren(type(tab.papers._by))]
    assert chips == ["ready by Sat 28 Mar"]


def test_a_visit_is_opened_from_elsewhere(tab: BagTab) -> None:
    tab.open_item("visit", "p1~3")
    assert "Rosa’s bag for Tuesday 28 April" in visible_text(tab)
    tab.open_item("bag_item", "p1~2:photo_id")
    assert "Rosa’s bag for Tuesday 31 March" in visible_text(tab)
    tab.open_item("visit", "gone")
    assert "Tuesday 31 March" in visible_text(tab)


def test_a_visit_without_a_bag_says_so_and_can_have_one_after_all(
    qtbot: QtBot, tab: BagTab, family: Family
):
    visit = visit_of(family)
    assert not tab.none.isVisible()
    family.house.visits.set_part(visit, "bag", False)
    assert tab.none.isVisible()
    assert not tab.papers.isVisible()
    assert not tab.things.isVisible()
    assert not tab.maybe.isVisible()
    assert tab.steps.isVisible()
    click(qtbot, tab, "Pack one after all")
    assert "bag" not in [part.key for part in family.house.visits.parts(visit) if not part.on]
    assert tab.papers.isVisible()
    assert not tab.none.isVisible()


def test_print_opens_the_pages_of_this_visit(qtbot: QtBot, tab: BagTab) -> None:
    click(qtbot, tab, "Print")
    sheet = sheet_of(PacketSheet)
    assert sheet.isVisible()
    sheet.reject()


def test_the_bag_is_copied_as_text(tab: BagTab, family: Family) -> None:
    family.house.bags.set_state(visit_of(family), "photo_id", "packed")
    tab.head.list_menu.aboutToShow.emit()
    action(tab.head.list_menu, "Copy the bag as text").trigger()
    copied = QGuiApplication.clipboard().text()
    assert "[x] Photo ID" in copied
    assert "Copied" in visible_text(tab)


def test_without_a_list_one_can_be_chosen_by_hand(qtbot: QtBot, family: Family) -> None:
    start = Zoned(datetime(2026, 3, 25, 10, 0), ZONE)
    drive = family.house.agenda.save(
        Appointment(id="", uid="", person="rosa", type="drive", title="To the sister", start=start)
    )
    tab = opened(qtbot, family, drive.id)
    assert tab.none.isVisible()
    assert "No list belongs to this kind of visit" in visible_text(tab.none)
    assert not tab.papers.isVisible()
    tab.pick_menu.aboutToShow.emit()
    action(tab.pick_menu, "Night in hospital").trigger()
    assert not tab.none.isVisible()
    assert row(tab, "Nightclothes, robe, non-slip slippers")


def test_another_list_is_packed_by_and_the_usual_one_again(tab: BagTab, family: Family) -> None:
    tab.head.list_menu.aboutToShow.emit()
    assert action(tab.head.list_menu, "The usual one for this visit").isChecked()
    action(tab.head.list_menu, "Night in hospital").trigger()
    assert row(tab, "Nightclothes, robe, non-slip slippers")
    assert family.house.bags.bag(visit_of(family)).template == "hospital_overnight"
    tab.head.list_menu.aboutToShow.emit()
    action(tab.head.list_menu, "The usual one for this visit").trigger()
    assert row(tab, "Photo ID")


def test_the_lists_are_changed_on_a_page_of_their_own(qtbot: QtBot, tab: BagTab) -> None:
    tab.head.list_menu.aboutToShow.emit()
    action(tab.head.list_menu, "Change the lists…").trigger()
    page = tab.lists_page
    assert page is not None
    assert page.isVisible()
    page.back.emit()
    assert tab.head.lists.hasFocus()
    tab.open_item("list", "lab_visit")
    assert page.isVisible()
    titles = [one.title for one in page.papers.rows.rows.rows]
    assert "Lab order, on paper and as a photo" in titles
    tab.open_item("visit", "p1~3")
    assert "Rosa’s bag for Tuesday 28 April" in visible_text(tab)
    assert not page.isVisible()
    assert row(tab, "Photo ID").isVisible()


def test_the_reasons_are_shown_on_demand_and_stay(tab: BagTab, qtbot: QtBot, family: Family):
    why = line_of(family, "Photo ID").why
    photo = row(tab, "Photo ID").tick
    assert why
    assert why in photo.toolTip()
    low = photo.height()
    tab.head.list_menu.aboutToShow.emit()
    action(tab.head.list_menu, "Say why each thing is on the list").trigger()
    qtbot.waitUntil(lambda: photo.height() > low)
    assert photo.height() > low, "the reason takes a line of its own"
    assert why in photo.accessibleDescription()
    again = opened(qtbot, family)
    assert why not in row(again, "Photo ID").tick.toolTip(), "it stands below the name instead"


def test_what_the_clinic_allows_stands_on_top(tab: BagTab, family: Family) -> None:
    clinic = family.house.people.contact("clinic")
    assert clinic is not None
    family.house.people.save_contact(
        replace(clinic, rules_food="Own food is fine", rules_checked=date(2026, 3, 12))
    )
    assert "Own food is fine" in visible_text(tab.rules)
    assert "12 Mar" in visible_text(tab.rules)
    assert (
        tab.rules.mapTo(tab, tab.rules.rect().topLeft()).y()
        < tab.papers.mapTo(tab, tab.papers.rect().topLeft()).y()
    )
