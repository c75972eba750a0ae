"""The rest of a day: medicines, the watch window, the next days, and the doors to other pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Appointment, CheckIn, Medicine, Person, Plan
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.today.pills import PillRow
from caregiver_app.gui.today.watch_card import WatchCard
from tests.gui.tabs_family import NOW, ZONE, Family, open_family, settled_family
from tests.gui.today.page import Page, add_mei, opened, pill, seen, settle, state_of

FOLIC = "fol/2026-03-20T08:00/0"
EVENING = "eye/2026-03-20T21:00/0"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    pill(family, "fol", "Folic acid", 8)
    pill(family, "mtx", "Methotrexate", 18, day=6, rule="FREQ=WEEKLY")
    pill(family, "eye", "Eye drops", 21)
    return opened(qtbot, family)


def row(page: Page, title: str) -> PillRow:
    return next(one for one in page.tab.pills.rows.values() if one.pill.title == title)


def tick(qtbot: QtBot, page: Page, title: str) -> None:
    qtbot.mouseClick(row(page, title), Qt.MouseButton.LeftButton, pos=QPoint(200, 20))
    settle()


# ---- medicines of today ------------------------------------------------------------------------
def test_the_medicines_of_today_and_how_many_are_taken(qtbot: QtBot, page: Page) -> None:
    assert page.pills() == [
        ("8:00", "Folic acid", "open"), ("18:00", "Methotrexate", "open"),
        ("21:00", "Eye drops", "open"),
    ]  # fmt: skip
    assert "0 of 3 taken" in seen(page.tab.pills)
    tick(qtbot, page, "Folic acid")
    assert "1 of 3 taken" in seen(page.tab.pills)


def test_a_tick_is_kept_and_answers_the_reminder(qtbot: QtBot, page: Page, family: Family) -> None:
    assert "Folic acid" in page.titles()
    tick(qtbot, page, "Folic acid")
    kept = family.house.care.store.get(Answer, FOLIC)
    assert kept is not None
    assert (kept.state, kept.answered) == ("done", NOW)
    assert row(page, "Folic acid").isChecked()
    assert row(page, "Folic acid").pill.fact == "taken 18:00"
    todays = [one.waiting.ids for one in page.tab.waiting.rows.values()]
    assert (FOLIC,) not in todays


def test_it_can_be_ticked_before_its_hour_and_by_keys(
    qtbot: QtBot, page: Page, family: Family
) -> None:
    row(page, "Eye drops").setFocus()
    qtbot.keyClick(row(page, "Eye drops"), Qt.Key.Key_Space)
    settle()
    assert state_of(family, EVENING) == "done"
    page.at("2026-03-20T21:05")
    assert EVENING not in [one.id for one in family.house.reminders.open_now()]


def test_done_in_the_list_ticks_the_medicine_too(page: Page, family: Family) -> None:
    chosen = next(r for ids, r in page.tab.waiting.rows.items() if ids == (FOLIC,))
    page.click(chosen.done_button)
    assert row(page, "Folic acid").isChecked()
    family.house.care.undo()
    settle()
    assert not row(page, "Folic acid").isChecked()


def test_unticking_takes_the_last_change_back(qtbot: QtBot, page: Page, family: Family) -> None:
    tick(qtbot, page, "Folic acid")
    tick(qtbot, page, "Folic acid")
    assert state_of(family, FOLIC) is None
    assert not row(page, "Folic acid").isChecked()
    assert page.tab.pills.words.isHidden()


def test_an_older_tick_stays_and_says_why(qtbot: QtBot, page: Page, family: Family) -> None:
    tick(qtbot, page, "Folic acid")
    family.house.settings.set("emergency_number", "112")
    tick(qtbot, page, "Folic acid")
    assert row(page, "Folic acid").isChecked()
    assert state_of(family, FOLIC) == "done"
    assert "Undo (Ctrl+Z)" in page.tab.pills.words.text()
    assert page.tab.pills.words.isVisible()
    assert family.house.settings.text("emergency_number", "") == "112"


def test_a_weekly_medicine_says_its_day_and_the_rest_what_the_family_wrote(
    qtbot: QtBot, page: Page, family: Family
) -> None:
    family.house.people.save_medicine(
        Medicine(id="m", person="rosa", name="Eye drops", directions="both eyes")
    )
    assert row(page, "Methotrexate").pill.chip == "Only on Fridays"
    assert "Only on Fridays" in row(page, "Methotrexate").accessibleDescription()
    assert (row(page, "Eye drops").pill.fact, row(page, "Eye drops").pill.chip) == ("both eyes", "")
    assert row(page, "Folic acid").pill.fact == ""
    tick(qtbot, page, "Methotrexate")
    assert row(page, "Methotrexate").pill.chip == ""


def test_a_note_with_the_appointment_counts_before_the_list(page: Page, family: Family) -> None:
    family.house.people.save_medicine(
        Medicine(id="m", person="rosa", name="Drops", directions="from the list")
    )
    pill(family, "drops", "Drops", 12, note="left eye only\nsecond line")
    assert row(page, "Drops").pill.fact == "left eye only"


def test_skipped_is_told_apart_and_can_be_ticked_after_all(
    qtbot: QtBot, page: Page, family: Family
) -> None:
    family.house.reminders.answer(FOLIC, "skipped", reason="")
    assert (row(page, "Folic acid").pill.state, row(page, "Folic acid").pill.fact) == (
        "skipped", "skipped",
    )  # fmt: skip
    assert "0 of 3 taken" in seen(page.tab.pills)
    tick(qtbot, page, "Folic acid")
    assert row(page, "Folic acid").isChecked()


def test_without_medicines_there_is_no_card(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    assert not page.tab.pills.isVisible()
    pill(family, "fol", "Folic acid", 8)
    settle()
    assert page.tab.pills.isVisible()


def test_many_medicines_are_folded_around_those_still_open(qtbot: QtBot, family: Family) -> None:
    for number in range(12):
        pill(family, f"p{number:02}", f"Pill {number:02}", 6 + number)
    for number in range(3):
        family.house.reminders.answer(f"p{number:02}/2026-03-20T{6 + number:02}:00/0", "done")
    page = opened(qtbot, family)
    assert [title for _, title, _ in page.pills()] == [f"Pill {n:02}" for n in range(3, 11)]
    assert "3 of 12 taken" in seen(page.tab.pills)
    page.click(page.tab.pills.fold)
    assert len(page.pills()) == 12
    page.click(page.tab.pills.fold)
    assert len(page.pills()) == 8


def test_a_medicine_for_any_time_of_the_day(qtbot: QtBot, page: Page, family: Family) -> None:
    family.house.agenda.save(
        Appointment(id="any", uid="", person="rosa", type="medication", title="Vitamin",
                    start=AllDay(date(2026, 3, 20)))
    )  # fmt: skip
    assert page.pills()[0] == ("any time", "Vitamin", "open")
    tick(qtbot, page, "Vitamin")
    assert row(page, "Vitamin").isChecked()


def test_tomorrow_the_ticks_are_open_again(qtbot: QtBot, page: Page) -> None:
    tick(qtbot, page, "Folic acid")
    page.at("2026-03-21T00:00")
    assert page.pills() == [("8:00", "Folic acid", "open"), ("21:00", "Eye drops", "open")]


def test_with_several_people_each_medicine_says_whose(page: Page, family: Family) -> None:
    add_mei(family)
    pill(family, "vit", "维生素 D", 9, person="mei")
    page.tab.refresh(None)
    settle()
    assert row(page, "维生素 D").pill.badge == "王梅"
    assert "王梅" in row(page, "维生素 D").accessibleDescription()
    page.tab.set_person("mei")
    settle()
    assert page.pills() == [("9:00", "维生素 D", "open")]
    assert row(page, "维生素 D").pill.badge == ""


# ---- the watch window --------------------------------------------------------------------------
def card(page: Page, person: str = "rosa") -> WatchCard:
    return page.tab.watch_cards[person]


def test_the_watch_window_says_its_day_and_its_next_check_in(page: Page) -> None:
    one = card(page)
    assert one.title.text() == "Watching, day 3 of 14"
    assert one.fact.text() == "ends 31 Mar"
    assert one.line.text() == "After infusion 1, Tue 17 Mar. 7-day check-in on Tue 24 Mar."
    assert "Today is day 3" in one.strip.accessibleDescription()


def test_a_check_in_of_today_by_its_hour(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path, NOW - timedelta(days=5))
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    family.house.plans.save(
        Plan(id="p1", uid="", person="rosa", medicine="infliximab", offsets=(0, 2), every=8,
             first=Zoned(datetime(2026, 3, 17, 9, 30), ZONE), minutes=140)
    )  # fmt: skip
    page = opened(qtbot, family)
    page.at("2026-03-17T13:00")
    assert card(page).line.text().endswith("2-hour check-in due 13:50.")
    page.at("2026-03-17T14:00")
    assert card(page).line.text().endswith("2-hour check-in not marked yet.")
    assert card(page).title.text() == "Watching, day 0 of 14"
    page.at("2026-03-17T09:00")
    assert page.tab.watch_cards == {}
    family.close()


def test_days_with_an_entry_are_ticked_and_todays_check_in_is_known(
    page: Page, family: Family
) -> None:
    check_in = CheckIn(id="", person="rosa", date=date(2026, 3, 18), pain=2)
    family.house.watch.check_in(check_in)
    assert page.tab.model.watched[0].written == {1}
    assert card(page).check_in.isVisible()
    family.house.watch.check_in(CheckIn(id="", person="rosa", date=date(2026, 3, 20)))
    settle()
    assert page.tab.model.watched[0].written == {1, 3}
    assert not card(page).check_in.isVisible(), "what is done is not the thing to do any more"
    assert card(page).again.words == "Today\u2019s check-in"
    page.click(card(page).again)
    assert page.asked == [("watch", "checkin_today", "")]


def test_checking_in_and_logging_a_sign_go_to_the_side_effects(page: Page) -> None:
    page.click(card(page).check_in)
    page.click(card(page).log)
    assert page.asked == [("watch", "checkin_today", ""), ("watch", "", "")]


def test_with_several_people_the_card_names_whose_and_takes_it_along(
    qtbot: QtBot, page: Page, family: Family
) -> None:
    add_mei(family)
    page.at("2026-03-24T09:00")
    assert card(page, "mei").title.text() == "Watching 王梅, day 1 of 14"
    page.click(card(page, "mei").log)
    page.click(card(page, "rosa").check_in)
    assert page.asked == [("watch", "person", "mei"), ("watch", "checkin_today", "rosa")]


def test_there_is_one_primary_button_on_the_screen(page: Page, family: Family) -> None:
    def primaries() -> list[str]:
        found = page.tab.findChildren(type(card(page).check_in))
        return [one.words for one in found if one.isVisible()]

    assert primaries() == ["Check in for today"]
    add_mei(family)
    page.at("2026-03-24T09:00")
    assert len(page.tab.watch_cards) == 2
    assert primaries() == ["Check in for today"]


def test_after_a_last_infusion_the_therapy_plan_is_the_one_thing(
    qtbot: QtBot, tmp_path: Path
) -> None:
    family = open_family(tmp_path, NOW - timedelta(days=9))
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    family.house.plans.save(
        Plan(id="p1", uid="", person="rosa", medicine="rituximab", offsets=(0,), every=None,
             first=Zoned(datetime(2026, 3, 17, 9, 30), ZONE), minutes=140)
    )  # fmt: skip
    family.clock.at = NOW
    page = opened(qtbot, family)
    assert page.tab.empty is not None
    assert page.tab.empty.isVisible()
    assert card(page).isVisible()
    assert not card(page).check_in.isVisible()
    assert card(page).again.words == "Check in for today"
    family.close()


def test_nobody_is_watched_and_there_is_no_card(page: Page) -> None:
    page.at("2026-03-31T08:00")
    assert list(page.tab.watch_cards) == ["rosa"]
    page.at("2026-06-20T09:00")
    assert page.tab.watch_cards == {}


# ---- the next days -----------------------------------------------------------------------------
def test_the_next_three_things(page: Page, family: Family) -> None:
    family.house.agenda.save(
        Appointment(id="lab", uid="", person="rosa", type="lab", title="Blood test",
                    start=Zoned(datetime(2026, 3, 27, 9, 15), ZONE))
    )  # fmt: skip
    assert page.things() == [
        "Tue 24, 8:00: 7-day check-in", "Fri 27, 9:15: Blood test", "Fri 27, 18:00: Methotrexate",
    ]  # fmt: skip
    for cell in page.tab.strip.cells:
        page.click(cell)
    assert page.asked == [
        ("watch", "", ""), ("calendar", "appointment", "lab"), ("calendar", "appointment", "mtx"),
    ]  # fmt: skip


def test_later_today_and_tomorrow_have_words(page: Page, family: Family) -> None:
    for entry, title, start in (
        ("a", "Later", datetime(2026, 3, 20, 20, 0)),
        ("b", "Soon", datetime(2026, 3, 21, 9, 0)),
    ):
        family.house.agenda.save(
            Appointment(id=entry, uid="", person="rosa", type="other", title=title,
                        start=Floating(start))
        )  # fmt: skip
    assert page.things()[:2] == ["Today, 20:00: Later", "Tomorrow, 9:00: Soon"]
    family.clock.at = NOW + timedelta(hours=2, minutes=1)
    page.tab.turn()
    settle()
    assert page.things()[0] == "Tomorrow, 9:00: Soon"


def test_for_everybody_each_thing_says_whose(page: Page, family: Family) -> None:
    add_mei(family)
    family.house.agenda.save(
        Appointment(id="lab", uid="", person="mei", type="lab", title="Blood test",
                    start=AllDay(date(2026, 3, 22)))
    )  # fmt: skip
    assert page.things()[0] == "Sun 22 · 王梅: Blood test"
    page.click(page.tab.strip.cells[1])
    assert page.asked == [("watch", "person", "rosa")]


def test_open_calendar(page: Page) -> None:
    assert page.tab.next_head.link is not None
    page.click(page.tab.next_head.link)
    assert page.asked == [("calendar", "", "")]


def test_nothing_ahead_and_the_heading_is_gone(qtbot: QtBot, tmp_path: Path) -> None:
    family = open_family(tmp_path)
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    page = opened(qtbot, family)
    assert not page.tab.next_head.isVisible()
    assert not page.tab.strip.isVisible()
    family.close()
