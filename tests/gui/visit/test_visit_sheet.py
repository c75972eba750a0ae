"""The visit's sheet: how far it is, what it brings, and where its parts lead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt

from caregiver_app.domain.plans import Choice
from caregiver_app.domain.support import Company
from caregiver_app.gui.bag.cards import RideSheet
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.visit.done_sheet import DoneSheet
from caregiver_app.gui.visit.records_sheet import RecordsSheet
from tests.gui.calendar.family import appointment, at
from tests.gui.visit.visits import buttons, click, home_plan, opened, over, record, seen, settle


def test_it_is_headed_by_the_visit_and_tells_how_far_it_is(desk):
    sheet = opened(desk)
    assert sheet.title.text() == "Infusion 2 · Tue 31 Mar 9:30"
    assert sheet.subtitle.text() == "infliximab · Willow Lane"
    assert sheet.status.chip.text() == "Planned"
    assert "The clinic has not confirmed it yet." in seen(sheet.status)
    assert buttons(sheet) == [
        "Mark as booked", "Move…", "It happened…", "Delayed, no date yet", "Cancel this visit…",
    ]  # fmt: skip
    assert not sheet.primary.isVisible()


def test_one_click_books_and_one_takes_it_back(home, desk):
    sheet = opened(desk)
    click(sheet.status.buttons["booked"])
    assert home.visit("plan~2").status == "booked"
    assert sheet.status.chip.text() == "Booked"
    assert "Mark as booked" not in buttons(sheet)
    click(sheet.status.buttons["planned"])
    assert home.visit("plan~2").status == "planned"


def test_a_delay_without_a_new_date_keeps_every_date(home, desk):
    before = home.dates("plan")
    sheet = opened(desk)
    click(sheet.status.buttons["delayed"])
    assert home.visit("plan~2").status == "delayed"
    assert home.dates("plan") == before
    assert sheet.status.chip.text() == "Delayed"
    assert "has not confirmed the new date yet" in seen(sheet.status)


@pytest.mark.parametrize("choice", list(Choice))
def test_a_visit_that_was_moved_with_the_tick_does_not_deny_it(home, desk, choice):
    home.house.plans.move("plan~2", at("2026-04-09T09:30"), choice, agreed=True)
    sheet = opened(desk)
    assert sheet.status.chip.text() == "Moved"
    assert "Not marked as booked yet." in seen(sheet.status)
    assert "not confirmed" not in seen(sheet.status)
    assert "Delayed, no date yet" not in buttons(sheet)


def test_each_door_of_the_status_is_its_own_form(home, desk):
    sheet = opened(desk)
    for key, kind in (("move", MoveDialog), ("cancel", EndVisitDialog), ("done", DoneSheet)):
        click(sheet.status.buttons[key])
        form = over(sheet)
        assert isinstance(form, kind)
        form.reject()
        settle()
    assert home.visit("plan~2").status == "planned"


def test_a_past_visit_asks_whether_it_happened_and_moves_nothing(home, desk):
    home.clock.at("2026-04-02T18:00")
    before = home.dump()
    sheet = opened(desk)
    assert sheet.status.ask.isVisible()
    assert sheet.status.yes.words == "Yes, on Tuesday 31 March"
    assert buttons(sheet) == []
    click(sheet.status.no)
    told = seen(sheet.status)
    assert "Call the care team today. Do not double, skip or rebook on your own." in told
    assert "01632 960142" in told
    assert "01632 960199" in told
    assert buttons(sheet) == ["Move…", "Delayed, no date yet", "Cancel this visit…"]
    assert home.dump() == before


def test_yes_on_that_day_marks_it_done_and_asks_no_more(home, desk):
    home.clock.at("2026-04-02T18:00")
    later = home.dates("plan")
    sheet = opened(desk)
    click(sheet.status.yes)
    assert home.visit("plan~2").status == "done"
    assert home.dates("plan") == later
    assert not sheet.status.question.isVisible()
    assert sheet.record.isVisible()
    home.house.care.undo()
    assert home.visit("plan~2").status == "planned"


def test_a_visit_that_is_still_to_come_is_not_asked_about(home, desk):
    home.clock.at("2026-03-31T09:00")
    sheet = opened(desk)
    assert not sheet.status.question.isVisible()
    home.clock.at("2026-03-31T13:00")
    sheet.look_again()
    assert sheet.status.question.isVisible()


def test_parts_say_how_they_stand_and_lead_to_where_they_are_done(home, desk, qtbot):
    sheet = opened(desk)
    rows = sheet.parts.rows
    assert rows["bag"].state.text() == "Not packed yet"
    assert rows["ride"].state.text() == "No driver yet"
    assert rows["lab"].state.text() == "No appointment for it yet"
    assert rows["authorisation"].state.text() == "Not written down yet"
    assert rows["anything_new"].state.text() == "Not filled in yet"
    click(rows["ride"].button)
    form = over(sheet)
    assert isinstance(form, RideSheet)
    form.driver.set_text("Ana")
    click(form.primary)
    assert sheet.parts.rows["ride"].state.text() == "Ana"
    with qtbot.waitSignal(desk.asked) as asked:
        click(sheet.parts.rows["bag"].button)
    assert asked.args == ["bag", "visit", "plan~2"]
    assert desk.sheet is None


def test_a_lab_is_added_with_its_kind_and_day_and_shows_then(home, desk):
    sheet = opened(desk)
    click(sheet.parts.rows["lab"].button)
    form = desk.sheet
    assert isinstance(form, AppointmentDialog)
    assert form.kind.value() == "lab"
    assert form.kept.person == "rosa"
    form.reject()
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    sheet.look_again()
    assert sheet.parts.rows["lab"].state.text() == "Fri 27 Mar"
    assert sheet.parts.rows["lab"].line.done


def test_a_follow_up_counts_after_the_visit_only(home, desk):
    appointment(home, "f1", "Dr Sol", "2026-03-25T09:15", type="follow-up")
    sheet = opened(desk)
    assert sheet.parts.rows["follow_up"].state.text() == "No appointment for it yet"
    appointment(home, "f2", "Dr Sol", "2026-04-14T09:15", type="follow-up")
    sheet.look_again()
    assert sheet.parts.rows["follow_up"].state.text() == "Dr Sol, Tue 14 Apr"


def test_a_part_is_switched_off_for_this_visit_alone(home, desk):
    sheet = opened(desk)
    click(sheet.parts.fold.head)
    click(sheet.parts.switches["bag"])
    assert "bag" not in sheet.parts.rows
    assert [p.key for p in home.house.visits.parts("plan~2") if not p.on] == ["bag"]
    assert all(p.on for p in home.house.visits.parts("plan~3"))
    assert sheet.parts.fold.head.summary == "1 part is off"
    click(sheet.parts.plan_button)
    assert "bag" in sheet.parts.rows
    assert home.visit("plan~2").off is None


def test_what_is_unticked_stays_under_the_hand(home, desk, qtbot):
    sheet = opened(desk)
    click(sheet.parts.fold.head)
    tick = sheet.parts.switches["bag"]

    def height() -> int:
        return tick.mapTo(sheet.area.viewport(), QPoint(0, 0)).y()

    sheet.area.ensureWidgetVisible(sheet.parts.switches["c2"])
    settle()
    before, rows = height(), len(sheet.parts.rows)
    assert before > 0
    click(tick)
    assert len(sheet.parts.rows) < rows
    qtbot.waitUntil(lambda: height() == before, timeout=2000)
    click(tick)
    qtbot.waitUntil(lambda: height() == before, timeout=2000)


def test_months_ahead_there_is_nothing_to_tick_or_to_answer_yet(home, desk):
    home.clock.at("2026-03-20T10:00")
    rows = opened(desk, "plan~4").parts.rows
    assert not any(row.ticks for row in rows.values())
    assert not rows["well_enough"].button.isVisible()
    assert rows["hydration"].state.text() == "unless a fluid limit applies"
    assert rows["meal"].state.text() == "unless the team said otherwise"


def test_what_is_to_be_done_afterwards_is_not_ticked_before(home, desk):
    assert opened(desk).parts.rows["follow_up"].ticks == {}


def test_a_preparation_step_is_ticked_here(home, desk):
    sheet = opened(desk)
    reminder, tick = next(iter(sheet.parts.rows["premedication"].ticks.items()))
    click(tick)
    assert home.house.care.store.answers_of("plan~2")[reminder].state == "done"
    assert sheet.parts.rows["premedication"].ticks[reminder].state == "done"


def test_what_goes_before_is_gone_once_it_is_over(home, desk):
    home.clock.at("2026-04-02T18:00")
    assert set(opened(desk).parts.rows) == {"follow_up", "check_ins"}


def test_the_record_shows_and_is_written_from_here(home, desk):
    record(home, "plan~1", lot="IFX-0417", site="left arm")
    sheet = opened(desk, "plan~1")
    told = seen(sheet.record)
    assert "IFX-0417" in told
    assert "left arm" in told
    assert "Maker" not in told
    click(sheet.write)
    form = over(sheet)
    form.record_fields.fields["tip"].set_text("Ask for the blanket")
    click(form.primary)
    assert home.house.records.of("plan~1").tip == "Ask for the blanket"
    assert "Ask for the blanket" in seen(sheet.record)


def test_an_injection_at_home_has_its_kit_and_no_bag(home, desk):
    home_plan(home)
    record(home, "pen~1", site="left thigh")
    sheet = opened(desk, "pen~2")
    assert not sheet.parts.isVisible()
    told = seen(sheet.kit)
    assert "pen from the fridge" in told
    assert "Place on the body, last time: left thigh" in told
    assert "at home" in sheet.subtitle.text()
    assert "clinic" not in seen(sheet.status)
    home.clock.at("2026-03-10T09:00")
    sheet.look_again()
    assert buttons(sheet) == ["Move…", "It happened…", "Cancel this visit…"]
    assert "clinic" not in seen(sheet.status)


def test_all_records_and_the_form_lie_over_it(desk):
    sheet = opened(desk)
    click(sheet.records_button)
    assert isinstance(desk.sheet, RecordsSheet)
    desk.sheet.reject()
    settle()
    click(sheet.form_button)
    assert isinstance(desk.sheet, AppointmentDialog)
    assert desk.sheet.kept.id == "plan~2"


def test_a_cancelled_visit_can_be_taken_up_again(home, desk):
    home.house.plans.cancel("plan~2", agreed=True)
    sheet = opened(desk)
    assert sheet.status.chip.text() == "Cancelled"
    assert not sheet.parts.isVisible()
    click(sheet.status.buttons["take_up"])
    assert home.visit("plan~2").status != "cancelled"


def test_deleting_it_from_its_form_closes_the_sheet(home, desk):
    opened(desk)
    home.house.plans.delete("plan~2", agreed=True)
    desk.sheet.look_again()
    settle()
    assert desk.sheet is None


def test_an_infusion_without_a_plan_has_its_form(home, desk):
    appointment(home, "alone", "Iron", "2026-03-27T09:15", type="infusion")
    desk.visits.open("visit", "alone")
    assert isinstance(desk.sheet, AppointmentDialog)


def way(sheet, qtbot, steps: int = 60) -> list[object]:
    """What the Tab key comes to, from where the keyboard is."""
    found: list[object] = []
    for _ in range(steps):
        found.append(sheet.focusWidget())
        qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Tab)
    return found


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_keys_go_through_all_of_it_as_it_is_read(desk, theme, qtbot, scale):
    theme.set_scale(scale)
    sheet = opened(desk)
    sheet.activateWindow()
    rows = sheet.parts.rows
    read = [
        sheet.area, sheet.status.buttons["booked"], sheet.status.buttons["cancel"],
        rows["lab"].button, rows["ride"].button, sheet.parts.fold.head, sheet.form_button,
        sheet.records_button, sheet.cancel,
    ]  # fmt: skip
    stops = way(sheet, qtbot)
    assert [one for one in dict.fromkeys(stops) if one in read] == read
    assert sheet.primary not in stops


def test_what_was_made_anew_stands_where_it_is_read(home, desk, qtbot):
    sheet = opened(desk)
    sheet.activateWindow()
    home.house.agenda.set_ride("plan~2", "Ana", "", "")
    sheet.look_again()
    settle()
    sheet.area.setFocus()
    stops = way(sheet, qtbot)
    bag, ride = sheet.parts.rows["bag"].button, sheet.parts.rows["ride"].button
    assert stops.index(bag) < stops.index(ride) < stops.index(sheet.parts.fold.head)


def test_a_second_enter_marks_nothing(home, desk, qtbot):
    before = home.dump()
    sheet = opened(desk)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert home.dump() == before
    assert sheet.isVisible()


def test_who_sits_in_is_named_and_led_to(home, desk, qtbot):
    sheet = opened(desk)
    assert not sheet.company.isVisible(), "an empty plan draws no comment"
    blank = Company(id="", person="", visit="plan~2", who="Teo", after=60)
    home.house.company.save(blank)
    home.house.company.save(replace(blank, who="Ana", after=0))
    sheet.look_again()
    assert "Company: Ana from 9:30, Teo from 10:30" in seen(sheet)
    with qtbot.waitSignal(desk.asked) as asked:
        click(sheet.company.button)
    assert asked.args == ["support", "company", "rosa"]
