"""Whole days over several days, long stays and seconds in the form of an appointment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.form.when_sheet import WhenSheet
from tests.fakes import NEW_YORK
from tests.gui.calendar.family import appointment, at

DAY = 1440
TUESDAY = date(2026, 3, 24)
LONDON = "Europe/London"
BEFORE = "The end is before the start. Give a later end."


@pytest.fixture
def opened(home, show):
    """Keep an appointment and open its form."""
    tab = show(home)

    def made(start, minutes, **more) -> AppointmentDialog:
        appointment(home, "away", "Away", "2026-03-24T10:00", start=start, minutes=minutes, **more)
        tab.desk.open_appointment("away")
        return tab.desk.sheet

    return made


def save(form, qtbot) -> None:
    qtbot.mouseClick(form.primary, Qt.MouseButton.LeftButton)


def choose_kind(form, key, qtbot) -> None:
    if form.when.change.isVisible():
        qtbot.mouseClick(form.when.change, Qt.MouseButton.LeftButton)
    segment = next(one for one in form.when.kind.segments if one.key == key)
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)


def kept(home):
    return home.house.agenda.get("away")


@pytest.mark.parametrize(
    ("start", "minutes", "more"),
    [
        (AllDay(TUESDAY), 3 * DAY, {}),
        (AllDay(TUESDAY), 0, {}),
        (AllDay(TUESDAY), 60, {}),
        (AllDay(TUESDAY), DAY + 1, {}),
        (AllDay(TUESDAY), 3 * DAY, {"rrule": "FREQ=WEEKLY", "exdates": ("2026-03-31",)}),
        (Zoned(datetime(2026, 3, 24, 9, 30, 15), NEW_YORK), 45, {}),
        (Zoned(datetime(2026, 3, 24, 23, 45, 59), LONDON), 36 * 60, {}),
        (Floating(datetime(2026, 3, 24, 9, 30, 15)), 0, {}),
        (
            Zoned(datetime(2026, 3, 24, 9, 30, 15), NEW_YORK),
            45,
            {"rrule": "FREQ=WEEKLY", "exdates": ("2026-03-31T09:30:15",),
             "rdates": ("2026-04-01T11:00:05",)},
        ),
        # ends at 1:30 when that hour comes for the second time
        (Zoned(datetime(2026, 10, 31, 20), NEW_YORK), 6 * 60 + 30, {}),
        (AllDay(TUESDAY), 366 * DAY, {}),
    ],
)  # fmt: skip
def test_a_form_that_is_saved_as_it_opened_changes_nothing(
    home, opened, qtbot, start, minutes, more
):
    form = opened(start, minutes, **more)
    home.clock.on(minutes=5)
    before, undo = home.dump(), home.house.care.store.undo_label()
    assert form.draft() == kept(home)
    save(form, qtbot)
    assert not form.isVisible()
    assert home.dump() == before
    assert home.house.care.store.undo_label() == undo


def test_the_last_day_is_shown_changed_and_kept(home, opened, qtbot):
    form = opened(AllDay(TUESDAY), 3 * DAY)
    assert form.when.last_day.isVisible()
    assert form.when.last_day.value() == date(2026, 3, 26)
    assert not form.when.end.isVisible()
    assert form.when.last_day.control.accessibleName() == "Last day"
    assert form.when.day.control.accessibleName() == "First day"
    form.when.last_day.set_text("29 Mar 2026")
    save(form, qtbot)
    assert (kept(home).start, kept(home).minutes) == (AllDay(TUESDAY), 6 * DAY)
    home.house.care.undo()
    assert kept(home).minutes == 3 * DAY


def test_the_length_stays_when_the_first_day_moves(opened, qtbot):
    form = opened(AllDay(TUESDAY), 3 * DAY)
    form.when.day.line.setFocus()
    form.when.day.line.selectAll()
    qtbot.keyClicks(form.when.day.line, "30 Dec 2026")
    assert form.when.last_day.value() == date(2027, 1, 1)
    assert form.when.minutes() == 3 * DAY


def test_the_last_hour_goes_along_when_a_stay_begins_on_another_day(opened):
    form = opened(at("2026-03-24T20:00"), 36 * 60)
    assert form.when.last.value() == date(2026, 3, 26)
    form.when.day.set_value(date(2026, 4, 1))
    assert form.when.last.value() == date(2026, 4, 3)
    assert form.when.minutes() == 36 * 60


def test_an_end_before_the_start_is_said_beside_the_last_day(home, opened, qtbot):
    form = opened(AllDay(TUESDAY), 3 * DAY)
    form.when.last_day.set_text("22 Mar 2026")
    save(form, qtbot)
    assert form.isVisible()
    assert form.when.last_day.error() == BEFORE
    assert form.when.last_day.text() == "22 Mar 2026"
    assert kept(home).minutes == 3 * DAY


def test_a_last_day_that_is_too_far_or_none_is_said_there_as_well(opened, qtbot):
    form = opened(AllDay(TUESDAY), 3 * DAY)
    form.when.last_day.set_text("30 Mar 2027")
    save(form, qtbot)
    assert form.when.last_day.error() == "It can last 366 days at most."
    form.when.last_day.set_text("")
    save(form, qtbot)
    assert form.when.last_day.error() == "Give the last day."
    assert form.isVisible()


def test_a_stay_that_ends_before_it_begins_is_said_beside_what_is_wrong(opened, qtbot):
    form = opened(at("2026-03-24T20:00"), 36 * 60)
    form.when.last.set_value(date(2026, 3, 23))
    save(form, qtbot)
    assert form.when.last.error() == BEFORE
    form.when.last.set_value(TUESDAY)
    save(form, qtbot)
    assert form.when.last.error() is None
    assert form.when.end.error() == BEFORE


def test_a_stay_becomes_whole_days_and_back_with_its_days(home, opened, qtbot):
    form = opened(at("2026-03-24T20:00"), 36 * 60)
    choose_kind(form, "all_day", qtbot)
    assert form.when.last_day.value() == date(2026, 3, 26)
    assert not form.when.last.isVisible()
    choose_kind(form, "zoned", qtbot)
    assert form.when.last.value() == date(2026, 3, 26)
    assert form.when.minutes() == 36 * 60
    choose_kind(form, "all_day", qtbot)
    save(form, qtbot)
    assert (kept(home).start, kept(home).minutes) == (AllDay(TUESDAY), 3 * DAY)


def test_what_ends_at_midnight_has_its_last_day_before_it(opened, qtbot):
    form = opened(at("2026-03-24T00:00"), 2 * DAY)
    assert form.when.last.value() == date(2026, 3, 26)
    choose_kind(form, "all_day", qtbot)
    assert form.when.last_day.value() == date(2026, 3, 25)


def test_whole_days_that_get_hours_ask_for_them_and_keep_the_last_day(opened, qtbot):
    form = opened(AllDay(TUESDAY), 3 * DAY)
    choose_kind(form, "zoned", qtbot)
    assert form.when.last.isVisible()
    assert form.when.last.value() == date(2026, 3, 26)
    save(form, qtbot)
    assert form.isVisible()
    assert form.when.start.error()
    form.when.start.set_text("9:00")
    form.when.end.set_text("8:00")
    assert form.when.minutes() == 2 * DAY - 60


def test_one_whole_day_that_gets_hours_ends_on_that_day(opened, qtbot):
    form = opened(AllDay(TUESDAY), DAY)
    choose_kind(form, "zoned", qtbot)
    assert not form.when.last.isVisible()


def test_seconds_stay_while_the_hour_does_and_are_never_shown(home, opened, qtbot):
    form = opened(Zoned(datetime(2026, 3, 24, 9, 30, 15), NEW_YORK), 45)
    assert (form.when.start.text(), form.when.end.text()) == ("9:30", "10:15")
    form.when.day.set_value(date(2026, 3, 25))
    form.when.end.set_text("10:45")
    assert form.when.minutes() == 75
    form.when.start.set_text("9:00")
    assert form.when.start_value() == at("2026-03-25T09:00")
    form.when.start.set_text("9:30")
    save(form, qtbot)
    assert kept(home).start == Zoned(datetime(2026, 3, 25, 9, 30, 15), NEW_YORK)


def test_left_out_dates_keep_their_seconds(home, opened, qtbot):
    start = Zoned(datetime(2026, 3, 24, 9, 30, 15), NEW_YORK)
    form = opened(start, 45, rrule="FREQ=WEEKLY", exdates=("2026-03-31T09:30:15",))
    form.when.end.set_text("10:45")
    assert form.draft().exdates == ("2026-03-31T09:30:15",)
    form.when.day.set_value(date(2026, 3, 17))
    assert form.draft().exdates == ("2026-03-31T09:30:15",)
    form.when.start.set_text("10:00")
    assert form.draft().exdates == ("2026-03-31T10:00",)


def test_a_repetition_that_goes_takes_its_extra_dates_along(opened, qtbot):
    form = opened(at("2026-03-24T09:30"), 45, rrule="FREQ=WEEKLY", rdates=("2026-04-01T11:00",))
    assert form.draft().rdates == ("2026-04-01T11:00",)
    qtbot.mouseClick(form.repeat.asks.segments[0], Qt.MouseButton.LeftButton)
    assert form.draft().rdates == ()


def test_the_sheet_that_moves_says_the_last_day_and_keeps_the_seconds(home, show, qtbot):
    tab = show(home)
    made = appointment(home, "away", "Away", "2026-03-24T10:00")
    days = replace(made, start=AllDay(TUESDAY), minutes=3 * DAY)
    home.house.agenda.save(days)
    tab.desk.ask_move("away|2026-03-24")
    sheet = tab.desk.sheet
    assert isinstance(sheet, WhenSheet)
    assert sheet.subtitle.text() == "Tuesday 24 March, until Thu 26 Mar"
    sheet.day.set_value(date(2026, 3, 30))
    save(sheet, qtbot)
    assert (kept(home).start, kept(home).minutes) == (AllDay(date(2026, 3, 30)), 3 * DAY)
    exact = Zoned(datetime(2026, 3, 24, 9, 30, 15), NEW_YORK)
    home.house.agenda.save(replace(kept(home), start=exact, minutes=30))
    tab.desk.ask_move("away|2026-03-24T09:30:15")
    tab.desk.sheet.day.set_value(date(2026, 3, 30))
    save(tab.desk.sheet, qtbot)
    assert kept(home).start == Zoned(datetime(2026, 3, 30, 9, 30, 15), NEW_YORK)
    tab.desk.ask_move("away|2026-03-30T09:30:15")
    tab.desk.sheet.time.set_text("10:00")
    save(tab.desk.sheet, qtbot)
    assert kept(home).start == at("2026-03-30T10:00")
