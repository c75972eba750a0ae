"""What waits on Today: its words, its order, and what Done, Later and Skip do to the data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Appointment, Medicine
from caregiver_app.domain.times import Floating, Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.gui.answer_pause import PAUSE_MS
from caregiver_app.gui.pick_time_sheet import PickTimeSheet
from tests.gui.tabs_family import NOW, ZONE, Family, settled_family
from tests.gui.today.page import (
    Page,
    add_mei,
    opened,
    pill,
    say_in_time,
    seen,
    settle,
    settle_reminders,
    state_of,
    wall_utc,
)

EYE = "eye/2026-03-19T21:00/0"
MTX = "mtx/2026-03-20T18:00/0"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


def two_pills(family: Family) -> None:
    """Eye drops of Thursday 21:00, and methotrexate of now."""
    pill(family, "eye", "Eye drops", 21, day=19, rule="")
    pill(family, "mtx", "Methotrexate", 18, day=20, rule="")
    say_in_time(family)


@pytest.fixture
def page(qtbot: QtBot, family: Family) -> Page:
    two_pills(family)
    return opened(qtbot, family)


# ---- words -------------------------------------------------------------------------------------
def test_rows_stand_oldest_first_with_their_time_and_person(page: Page) -> None:
    assert page.titles() == ["Eye drops", "Methotrexate"]
    overdue, now = page.row("Eye drops"), page.row("Methotrexate")
    assert (overdue.waiting.chip, overdue.waiting.overdue) == ("Not marked yet · Thu 21:00", True)
    assert (now.waiting.chip, now.waiting.overdue) == ("Due now · 18:00", False)
    assert "Rosa Marín" in overdue.about.accessibleDescription()
    assert "Not marked yet · Thu 21:00" in overdue.about.accessibleDescription()
    assert "2 reminders, oldest first" in seen(page.tab.waiting)


def test_overdue_is_an_alarm_rail_and_anything_else_the_colour_of_its_kind(page: Page) -> None:
    def rail(title: str) -> str:
        row = page.row(title)
        return row.grab().toImage().pixelColor(2, row.height() // 2).name().upper()

    assert rail("Eye drops") == page.theme.tokens.alarm
    assert rail("Methotrexate") == page.theme.tokens.medication


def test_the_words_of_time_turn_with_the_minute(page: Page, family: Family) -> None:
    family.clock.at = NOW + timedelta(minutes=20)
    page.tab.turn()
    assert page.row("Methotrexate").waiting.chip == "Not marked yet · 18:00"


def test_a_hidden_tab_is_right_when_it_is_seen_again(page: Page, family: Family) -> None:
    page.tab.hide()
    family.clock.at = NOW + timedelta(minutes=20)
    page.tab.show()
    settle()
    assert page.row("Methotrexate").waiting.chip == "Not marked yet · 18:00"


def test_what_the_family_wrote_about_a_medicine_stands_below(page: Page, family: Family) -> None:
    family.house.people.save_medicine(
        Medicine(id="", person="rosa", name="eye drops", directions="both eyes\nas the clinic said")
    )
    assert page.row("Eye drops").waiting.more == ("both eyes",)


def test_what_was_due_before_it_was_entered_is_still_to_do(page: Page, family: Family) -> None:
    family.house.agenda.save(
        Appointment(id="late", uid="", person="rosa", type="follow-up", title="Dr Sol",
                    start=Floating(datetime(2026, 3, 21, 9, 0)), reminders=(10080,))
    )  # fmt: skip
    row = page.row("Dr Sol")
    assert (row.waiting.chip, row.waiting.overdue) == ("Still to do", False)
    assert row.waiting.more == ("Tomorrow, 9:00",)


def test_a_step_is_split_into_what_and_how_and_loses_no_word(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    family.clock.at = wall_utc("2026-03-24T08:30")
    for one in family.house.reminders.open_now():
        if one.what not in ("auth7", "ride7"):
            family.house.reminders.answer(one.id, "done")
    family.house.reminders.answer("p1~2:ride7/2026-03-31T09:30/10080", "done")
    settle()
    (row,) = page.tab.waiting.rows.values()
    assert row.waiting.title == "Ask the clinic"
    assert row.waiting.more == (
        "Day, place, how long, visitors, food; does the approval cover this day?",
    )
    family.house.care.undo()
    family.house.reminders.answer("p1~2:auth7/2026-03-31T09:30/10080", "done")
    settle()
    (row,) = page.tab.waiting.rows.values()
    assert row.waiting.title == "Book the ride and the time off"
    assert row.waiting.more == ("For Infusion 2, Tue 31 Mar",)


def test_two_hours_before_a_visit_its_morning_stands_below(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.at("2026-03-31T07:31")
    page.unfold()
    row = page.row("Infusion 2")
    assert row.waiting.more[0] == "Today, 9:30 · Willow Lane"
    assert any("Temperature once more" in words for words in row.waiting.more)


def test_nothing_waiting_is_said_kindly(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    assert "Nothing is waiting for you just now." in seen(page.tab.waiting)
    assert page.tab.waiting.fold.isHidden()
    assert page.tab.waiting.beyond.isHidden()


# ---- where a row leads -------------------------------------------------------------------------
def test_the_title_opens_what_it_is_about(page: Page) -> None:
    page.click(page.row("Eye drops").about)
    assert page.asked == [("calendar", "appointment", "eye")]


def test_steps_lead_to_the_bag_and_check_ins_to_the_check_in(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    page.at("2026-03-24T08:30")
    leads = {one.waiting.asked for one in page.tab.waiting.rows.values() if not one.lines}
    (group,) = [one for one in page.tab.waiting.rows.values() if one.lines]
    leads |= {line.asked for line in group.waiting.lines}
    assert ("bag", "visit", "p1~2") in leads
    assert ("watch", "checkin_asked", "") in leads


def test_with_several_people_a_check_in_names_whose(qtbot: QtBot, family: Family) -> None:
    add_mei(family)
    page = opened(qtbot, family)
    page.at("2026-03-24T08:30")
    page.unfold()
    leads = {line.asked for row in page.tab.waiting.rows.values() for line in row.waiting.lines}
    assert ("watch", "checkin_asked", "rosa") in leads


# ---- answers -----------------------------------------------------------------------------------
def test_done_is_kept_and_the_row_goes(page: Page, family: Family) -> None:
    page.click(page.row("Eye drops").done_button)
    assert state_of(family, EYE) == "done"
    assert page.titles() == ["Methotrexate"]
    assert "1 reminder" in seen(page.tab.waiting)


def test_undo_brings_the_row_back(page: Page, family: Family) -> None:
    page.click(page.row("Eye drops").done_button)
    family.house.care.undo()
    settle()
    assert page.titles() == ["Eye drops", "Methotrexate"]
    assert state_of(family, EYE) == "shown"


def test_later_offers_the_moments_of_the_panel_and_keeps_the_chosen_one(
    page: Page, family: Family
) -> None:
    menu = page.tab.waiting.later_menu(page.row("Methotrexate"))
    assert [action.text() for action in menu.actions()] == [
        "In 10 minutes", "In 1 hour", "This evening, 19:00", "Tomorrow, 9:00", "Pick a time…",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    settle()
    kept = family.house.care.store.get(Answer, MTX)
    assert kept is not None
    assert (kept.state, kept.until) == ("later", datetime(2026, 3, 21, 13, 0, tzinfo=UTC))
    assert page.titles() == ["Eye drops"]
    page.at("2026-03-21T09:01")
    assert "Methotrexate" in page.titles()


def test_the_later_button_opens_the_menu(qtbot: QtBot, page: Page) -> None:
    page.click(page.row("Methotrexate").later_button)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    settle()
    assert page.titles() == ["Eye drops", "Methotrexate"]


def pick_sheet(page: Page) -> PickTimeSheet:
    menu = page.tab.waiting.later_menu(page.row("Methotrexate"))
    menu.actions()[-1].trigger()
    settle()
    sheet = page.tab.desk.sheet
    assert isinstance(sheet, PickTimeSheet)
    return sheet


def test_a_time_of_ones_own_can_be_picked(page: Page, family: Family) -> None:
    sheet = pick_sheet(page)
    page.click(sheet.primary)
    assert sheet.hour.error(), "an hour is asked for"
    sheet.hour.set_text("7:00")
    page.click(sheet.primary)
    assert sheet.isVisible(), "a time that is past is refused, and what was typed stays"
    assert sheet.hour.error()
    assert state_of(family, MTX) == "shown"
    sheet.hour.set_text("21:15")
    page.click(sheet.primary)
    kept = family.house.care.store.get(Answer, MTX)
    assert kept is not None
    assert kept.until == wall_utc("2026-03-20T21:15")
    assert page.titles() == ["Eye drops"]


def test_skip_asks_for_a_reason_that_may_stay_empty(page: Page, family: Family) -> None:
    row = page.row("Methotrexate")
    page.click(row.skip_button)
    assert state_of(family, MTX) == "shown", "asked first"
    assert row.reason is not None
    page.click(row.reason.skip_now)
    assert state_of(family, MTX) == "skipped"
    assert page.titles() == ["Eye drops"]


def test_a_reason_is_kept(qtbot: QtBot, page: Page, family: Family) -> None:
    row = page.row("Methotrexate")
    page.click(row.skip_button)
    assert row.reason is not None
    assert row.reason.line.hasFocus()
    qtbot.keyClicks(row.reason.line, "The clinic said so")
    qtbot.keyClick(row.reason.line, Qt.Key.Key_Return)
    settle()
    kept = family.house.care.store.get(Answer, MTX)
    assert kept is not None
    assert (kept.state, kept.reason) == ("skipped", "The clinic said so")


def test_what_was_typed_stays_while_another_reminder_comes(
    qtbot: QtBot, page: Page, family: Family
) -> None:
    row = page.row("Methotrexate")
    page.click(row.skip_button)
    assert row.reason is not None
    qtbot.keyClicks(row.reason.line, "Out of")
    page.click(page.row("Eye drops").done_button)
    assert page.row("Methotrexate").reason is row.reason
    assert row.reason.line.text() == "Out of"
    assert row.reason.isVisible()


def test_a_refused_answer_is_explained_in_place(
    page: Page, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_ids: object, **_more: object) -> None:
        raise InputRefused("reminder.unknown", "id", id="x")

    monkeypatch.setattr(family.house.reminders, "answer_all", refuse)
    page.click(page.row("Eye drops").done_button)
    assert page.tab.waiting.wrong.isVisible()
    assert page.titles() == ["Eye drops", "Methotrexate"]


def test_the_keyboard_goes_on_to_the_next_row(page: Page) -> None:
    page.row("Eye drops").done_button.setFocus()
    page.click(page.row("Eye drops").done_button)
    assert page.row("Methotrexate").done_button.hasFocus()


@pytest.mark.parametrize("button", ["done_button", "later_button", "skip_button"])
def test_a_second_press_at_the_same_place_is_not_for_the_next_reminder(
    qtbot: QtBot, page: Page, family: Family, button: str
) -> None:
    first, tab = getattr(page.row("Eye drops"), button), page.tab
    spot = first.mapTo(tab, first.rect().center())
    page.click(page.row("Eye drops").done_button)
    row = page.row("Methotrexate")
    wanted = getattr(row, button)
    assert tab.childAt(spot) is wanted, "the rows moved up"
    page.watch.ms += PAUSE_MS - 1
    qtbot.mouseClick(wanted, Qt.MouseButton.LeftButton, pos=wanted.mapFrom(tab, spot))
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(wanted, key)
    settle()
    assert state_of(family, MTX) == "shown"
    assert row.reason is None
    assert QApplication.activePopupWidget() is None
    assert page.titles() == ["Methotrexate"]


def test_after_a_moment_the_same_place_answers_again(
    qtbot: QtBot, page: Page, family: Family
) -> None:
    page.click(page.row("Eye drops").done_button)
    page.watch.ms += PAUSE_MS
    qtbot.mouseClick(page.row("Methotrexate").done_button, Qt.MouseButton.LeftButton)
    assert state_of(family, MTX) == "done"


# ---- lines of a day's notice -------------------------------------------------------------------
def test_lines_of_one_notice_stand_together_each_with_its_own_done(
    qtbot: QtBot, family: Family
) -> None:
    page = opened(qtbot, family)
    family.clock.at = wall_utc("2026-03-27T20:00")
    settle_reminders(family)
    page.at("2026-03-28T09:00")
    (row,) = page.tab.waiting.rows.values()
    ids = row.waiting.ids
    assert len(ids) > 2
    assert row.waiting.title == f"{len(ids)} things for Saturday 28 March"
    page.click(row.lines[0][0])
    assert page.asked[-1] == ("bag", "visit", "p1~2")
    page.click(row.lines[0][1])
    assert [state_of(family, one) for one in ids[:2]] == ["done", None]
    (row,) = page.tab.waiting.rows.values()
    assert row.waiting.ids == ids[1:]
    page.click(row.done_button)
    assert {state_of(family, one) for one in ids} == {"done"}
    family.house.care.undo()
    assert [state_of(family, one) for one in ids] == ["done", *[None] * (len(ids) - 1)]


# ---- many --------------------------------------------------------------------------------------
def test_many_are_folded_and_unfolded(qtbot: QtBot, family: Family) -> None:
    for number in range(11):
        pill(family, f"pill{number:02}", f"Pill {number}", 6 + number, day=20, rule="")
    page = opened(qtbot, family)
    assert page.titles() == [f"Pill {number}" for number in range(8)]
    assert page.tab.waiting.fold.words == "Show all 11"
    page.click(page.tab.waiting.fold)
    assert page.titles() == [f"Pill {number}" for number in range(11)]
    page.click(page.tab.waiting.fold)
    assert len(page.titles()) == 8
    page.click(page.row("Pill 0").done_button)
    assert page.titles() == [f"Pill {number}" for number in range(1, 9)], "the next one comes up"


def test_a_reminder_can_be_brought_into_sight(qtbot: QtBot, family: Family) -> None:
    for number in range(11):
        pill(family, f"pill{number:02}", f"Pill {number}", 6 + number, day=20, rule="")
    page = opened(qtbot, family)
    page.tab.open_item("reminder", "pill10/2026-03-20T16:00/0")
    settle()
    row = page.row("Pill 10")
    assert row.done_button.hasFocus()
    assert not row.visibleRegion().isEmpty()


# ---- several people ----------------------------------------------------------------------------
def test_one_persons_list_never_hides_that_somebody_else_has_more(
    qtbot: QtBot, family: Family
) -> None:
    add_mei(family)
    settle_reminders(family)
    two_pills(family)
    pill(family, "vit", "维生素 D", 9, day=20, rule="", person="mei")
    say_in_time(family)
    page = opened(qtbot, family, "rosa")
    assert page.titles() == ["Eye drops", "Methotrexate"]
    assert page.tab.waiting.beyond.words == "1 more for 王梅"
    page.click(page.tab.waiting.beyond)
    assert page.titles() == ["Eye drops", "维生素 D", "Methotrexate"]
    page.tab.set_person("mei")
    settle()
    assert page.titles() == ["维生素 D"]
    page.tab.set_person(None)
    settle()
    assert page.titles() == ["Eye drops", "维生素 D", "Methotrexate"]
    assert page.tab.waiting.beyond.isHidden()


def test_each_row_says_whose_it_is(qtbot: QtBot, family: Family) -> None:
    add_mei(family)
    settle_reminders(family)
    pill(family, "vit", "维生素 D", 9, day=20, rule="", person="mei")
    page = opened(qtbot, family)
    row = page.row("维生素 D")
    assert (row.waiting.name, row.waiting.colour) == ("王梅", 2)
    assert "王梅" in row.about.accessibleDescription()


def test_an_appointments_own_reminder_says_when_it_is(page: Page, family: Family) -> None:
    family.house.agenda.save(
        Appointment(id="sol", uid="", person="rosa", type="follow-up", title="Dr Sol",
                    place="Level 2", note="Bring the list", reminders=(5000,),
                    start=Zoned(datetime(2026, 3, 23, 14, 0), ZONE))
    )  # fmt: skip
    row = page.row("Dr Sol")
    assert row.waiting.more == ("Mon 23, 14:00 · Level 2 · Bring the list",)
