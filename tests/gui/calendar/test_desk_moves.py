"""What hands and keys do to an appointment: moved, stretched, copied, cancelled, deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.form.scope_dialog import RefusedSheet, ScopeDialog
from caregiver_app.gui.calendar.form.when_sheet import WhenSheet
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog, MoveDialog
from caregiver_app.gui.widgets.header_bar import PersonPill
from tests.gui.calendar.family import appointment, at

LAB, FOURTH = "lab|2026-03-24T08:00", date(2026, 3, 26)


@pytest.fixture
def desk(home, theme, qtbot):
    page = QWidget()
    page.resize(900, 700)
    page.show()
    qtbot.waitExposed(page)
    made = Desk(home.house, theme, page)
    appointment(home, "lab", "Blood test", "2026-03-24T08:00", leave_at="07:30")
    appointment(home, "w", "Physio", "2026-03-24T10:00", rrule="FREQ=WEEKLY;BYDAY=TU", type="other")
    yield made
    while made.sheet is not None:
        made.sheet.done(0)
    page.close()


FILE = "Save as a calendar file…"


def undo(home) -> str:
    return home.house.care.undo()[0]


def words(desk: Desk, key: str) -> list[str]:
    return [action.text() for action in desk.menu_for(key).actions()]


def test_a_single_one_moves_at_once_and_one_undo_takes_it_back(home, desk):
    before = home.dump()
    desk.move(LAB, FOURTH)
    assert desk.sheet is None
    assert home.visit("lab").start == at("2026-03-26T08:00")
    desk.move("lab|2026-03-26T08:00", FOURTH, time(9, 15))
    assert home.visit("lab").start == at("2026-03-26T09:15")
    assert home.visit("lab").leave_at == "08:45"
    assert [undo(home), undo(home)] == ["done.moved", "done.moved"]
    assert home.dump() == before


def test_where_it_stands_already_nothing_happens(home, desk):
    before = home.dump()
    desk.move(LAB, date(2026, 3, 24))
    desk.move("w|2026-03-31T10:00", date(2026, 3, 31), time(10))
    desk.stretch("w|2026-03-31T10:00", 30)
    assert desk.sheet is None
    assert home.dump() == before


@pytest.mark.parametrize(
    ("start", "hour", "there"),
    [
        (AllDay(date(2026, 3, 24)), None, AllDay(FOURTH)),
        (Floating(datetime(2026, 3, 24, 8)), time(9), Floating(datetime(2026, 3, 26, 9))),
        # 23:00 in Berlin is 18:00 here, and the day of this calendar is meant.
        (Zoned(datetime(2026, 3, 24, 23), "Europe/Berlin"), None,
         Zoned(datetime(2026, 3, 26, 23), "Europe/Berlin")),
        (Zoned(datetime(2026, 3, 25, 1), "Europe/Berlin"), time(19, 30),
         Zoned(datetime(2026, 3, 27, 0, 30), "Europe/Berlin")),
        (Zoned(datetime(2026, 3, 25, 1), "Europe/Berlin"), None,
         Zoned(datetime(2026, 3, 27, 1), "Europe/Berlin")),
    ],
)  # fmt: skip
def test_each_kind_of_time_lands_on_the_day_that_is_shown(home, desk, start, hour, there):
    appointment(home, "x", "Call", "2026-03-24T08:00", start=start)
    day = home.house.agenda.between(date(2026, 3, 24), date(2026, 3, 24))
    assert "x" in [one.appointment.id for one in day]
    desk.move("x|", FOURTH, hour)
    assert home.visit("x").start == there


def test_a_visit_dropped_on_another_day_opens_the_delay_dialog_and_stays(home, desk, qtbot):
    before = home.dump()
    desk.move("plan~2|2026-03-31T09:30", date(2026, 4, 2))
    asking = desk.sheet
    assert isinstance(asking, MoveDialog)
    assert asking.day.value() == date(2026, 4, 2)
    assert asking.time.value() == time(9, 30)
    assert asking.choice() is None
    assert home.dump() == before
    asking.reject()
    assert home.dump() == before
    desk.move("plan~2|2026-03-31T09:30", date(2026, 4, 2), time(11))
    asking = desk.sheet
    assert asking.time.value() == time(11)
    asking.cards[0].click()
    asking.agreed.click()
    qtbot.mouseClick(asking.primary, Qt.MouseButton.LeftButton)
    assert home.visit("plan~2").start == at("2026-04-02T11:00")
    undo(home)
    assert home.dump() == before


def test_another_hour_and_length_of_a_visit_ask_nothing(home, desk):
    desk.move("plan~2|2026-03-31T09:30", date(2026, 3, 31), time(11))
    desk.stretch("plan~2|2026-03-31T11:00", 180)
    assert desk.sheet is None
    assert (home.visit("plan~2").start, home.visit("plan~2").minutes) == (
        at("2026-03-31T11:00"), 180,
    )  # fmt: skip


def test_a_series_asks_how_far_and_stays_until_then(home, desk):
    before = home.dump()
    desk.move("w|2026-04-07T10:00", date(2026, 4, 8), time(11))
    asking = desk.sheet
    assert isinstance(asking, ScopeDialog)
    assert home.dump() == before
    asking.card("one").click()
    asking.primary.click()
    assert desk.sheet is None
    (row,) = home.house.care.store.changed_dates("w")
    assert row.start == at("2026-04-08T11:00")
    # The changed date is dragged on by its own row.
    desk.move(f"{row.id}|2026-04-08T11:00", date(2026, 4, 9))
    desk.sheet.card("one").click()
    desk.sheet.primary.click()
    assert home.visit(row.id).start == at("2026-04-09T11:00")
    assert [undo(home), undo(home)] == ["done.moved", "done.moved"]
    assert home.dump() == before


def test_stretching_a_series_asks_too(home, desk):
    desk.stretch("w|2026-04-07T10:00", 90)
    desk.sheet.card("all").click()
    desk.sheet.primary.click()
    assert home.visit("w").minutes == 90


def test_an_hour_that_does_not_exist_is_said(home, desk):
    appointment(home, "n", "Night", "2027-03-10T02:30")
    desk.move("n|2027-03-10T02:30", date(2027, 3, 14))
    assert isinstance(desk.sheet, RefusedSheet)
    assert "does not exist" in desk.sheet.said.text()
    assert home.visit("n").start == at("2027-03-10T02:30")


def test_what_is_gone_meanwhile_is_said(home, desk):
    home.house.agenda.remove("lab")
    desk.move(LAB, FOURTH)
    assert "not there any more" in desk.sheet.said.text()
    assert words(desk, LAB) == []


def test_moving_by_form(home, desk):
    desk.ask_move(LAB)
    asking = desk.sheet
    assert isinstance(asking, WhenSheet)
    asking.day.set_text("30 Feb 2026")
    asking.primary.click()
    assert asking.isVisible()
    asking.day.set_value(FOURTH)
    asking.time.set_value(time(9))
    asking.primary.click()
    assert not asking.isVisible()
    assert home.visit("lab").start == at("2026-03-26T09:00")
    desk.ask_move("w|2026-04-07T10:00")
    desk.sheet.day.set_value(date(2026, 4, 8))
    desk.sheet.primary.click()
    assert isinstance(desk.sheet, ScopeDialog)
    desk.sheet.done(0)
    desk.ask_move("plan~2|2026-03-31T09:30")
    assert isinstance(desk.sheet, MoveDialog)


def test_a_copy_is_made_on_the_day_that_is_given(home, desk):
    desk.duplicate("w|2026-04-07T10:00")
    desk.sheet.day.set_value(date(2026, 4, 9))
    desk.sheet.primary.click()
    (copied,) = [
        one.appointment for one in home.house.agenda.between(date(2026, 4, 9), date(2026, 4, 9))
    ]
    assert (copied.title, copied.rrule, copied.series) == ("Physio", "", None)
    desk.duplicate("plan~2|2026-03-31T09:30")
    assert isinstance(desk.sheet, RefusedSheet)


def test_cancelling_keeps_it_and_it_is_taken_up_again(home, desk):
    desk.cancel(LAB)
    assert home.visit("lab").status == "cancelled"
    assert words(desk, LAB)[:2] == ["Open", "Take it up again"]
    desk.restore(LAB)
    assert home.visit("lab").status == "booked"
    desk.cancel("w|2026-04-07T10:00")
    desk.sheet.card("one").click()
    desk.sheet.primary.click()
    (row,) = home.house.care.store.changed_dates("w")
    assert row.status == "cancelled"
    desk.restore(f"{row.id}|2026-04-07T10:00")
    assert home.house.care.store.changed_dates("w") == []
    desk.cancel("plan~2|2026-03-31T09:30")
    assert isinstance(desk.sheet, EndVisitDialog)
    assert home.visit("plan~2").status == "planned"


def test_what_the_menu_offers(home, desk):
    home.house.agenda.set_ride("lab", "Ana", "1", "07:30")
    assert words(desk, LAB) == [
        "Open", "Move…", "Copy…", "Cancel", "Delete…", "Slip for the driver…", FILE,
    ]  # fmt: skip
    series, visit = "w|2026-04-07T10:00", "plan~2|2026-03-31T09:30"
    assert words(desk, series) == ["Open", "Move…", "Copy…", "Cancel…", "Delete…", FILE]
    assert words(desk, visit) == [
        "About this visit…", "Hour, place and reminders…", "Move…", "Cancel…", "Delete…", FILE,
    ]  # fmt: skip
    menu = desk.menu_for(LAB)
    menu.actions()[3].trigger()
    assert home.visit("lab").status == "cancelled"


@pytest.mark.parametrize(
    ("key", "sheet"),
    [
        (Qt.Key.Key_M, WhenSheet),
        (Qt.Key.Key_D, WhenSheet),
        (Qt.Key.Key_C, ScopeDialog),
        (Qt.Key.Key_Delete, ScopeDialog),
    ],
)
def test_keys(desk, key, sheet):
    assert desk.take_key(key, "w|2026-04-07T10:00")
    assert isinstance(desk.sheet, sheet)
    assert not desk.take_key(Qt.Key.Key_X, "w|2026-04-07T10:00")
    assert not desk.take_key(key, "day:2026-03-24")


def test_the_form_of_one_date_asks_how_far_it_goes(home, desk, qtbot):
    desk.open_row("w|2026-04-07T10:00")
    form = desk.sheet
    assert isinstance(form, AppointmentDialog)
    form.title_field.set_text("Hand therapy")
    form.primary.click()
    asking = desk.sheet
    assert isinstance(asking, ScopeDialog)
    assert form.isVisible()
    asking.done(0)
    assert desk.sheet is form, "what was typed stays"
    assert home.visit("w").title == "Physio"
    form.primary.click()
    desk.sheet.card("following").click()
    desk.sheet.primary.click()
    assert desk.sheet is None
    assert not form.isVisible()
    titles = [
        one.appointment.title
        for one in home.house.agenda.between(date(2026, 3, 24), date(2026, 4, 14))
        if one.appointment.type == "other"
    ]
    assert titles == ["Physio", "Physio", "Hand therapy", "Hand therapy"]


def test_the_form_with_nothing_changed_just_closes(home, desk):
    before = home.dump()
    desk.open_row("w|2026-04-07T10:00")
    form = desk.sheet
    form.primary.click()
    assert desk.sheet is None
    assert home.dump() == before


def test_one_changed_date_cannot_repeat_by_itself(home, desk):
    row = home.house.series.move("w", "2026-04-07T10:00", at("2026-04-08T11:00")).entry
    desk.open_row(f"{row}|2026-04-08T11:00")
    form = desk.sheet
    with pytest.raises(InputRefused) as refused:
        desk._take(f"{row}|2026-04-08T11:00", replace(home.visit(row), rrule="FREQ=DAILY"))
    assert refused.value.key == "series.no_repeat"
    assert desk.sheet is form


def test_the_form_of_a_changed_date_asks_too_and_cancelling_from_it_as_well(home, desk):
    row = home.house.series.move("w", "2026-04-07T10:00", at("2026-04-08T11:00")).entry
    desk.open_row(f"{row}|2026-04-08T11:00")
    desk.sheet.title_field.set_text("Hand therapy")
    desk.sheet.primary.click()
    desk.sheet.card("one").click()
    desk.sheet.primary.click()
    assert desk.sheet is None
    assert (home.visit(row).title, home.visit("w").title) == ("Hand therapy", "Physio")
    desk.open_row("w|2026-04-14T10:00")
    form = desk.sheet
    form.cancel_asked.emit("w")
    desk.sheet.card("one").click()
    desk.sheet.primary.click()
    assert not form.isVisible()
    rows = home.house.care.store.changed_dates("w")
    assert [one.status for one in rows] == ["booked", "cancelled"]


def test_with_several_people_each_question_names_whose_it_is(home, desk):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(
        home, "m", "Walk", "2026-03-24T10:00", rrule="FREQ=WEEKLY", type="other", person="mei"
    )
    desk.move("m|2026-03-31T10:00", date(2026, 4, 1))
    assert "王梅" in [pill.words for pill in desk.sheet.findChildren(PersonPill)]
    desk.sheet.done(0)
    desk.move("plan~2|2026-03-31T09:30", date(2026, 4, 1))
    assert "Rosa" in [pill.words for pill in desk.sheet.findChildren(PersonPill)]
