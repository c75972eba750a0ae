"""The month, the list beside it, and the keys that act on both."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.entities import Appointment, Person, Plan
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.calendar.agenda_model import agenda_from
from caregiver_app.gui.calendar.form.scope_dialog import ScopeDialog
from caregiver_app.gui.calendar.month_model import days_of, weeks_of
from caregiver_app.gui.calendar.plan.delay_dialog import EndVisitDialog
from caregiver_app.gui.visit.sheet import VisitSheet
from tests.gui.calendar.family import appointment, at

MARCH = date(2026, 3, 20)


def cell(tab, day: date) -> str:
    index = tab.month.days.index_of(day)
    return index.data(Qt.ItemDataRole.AccessibleTextRole)


def rows(tab) -> list[str]:
    return [row.sentence() for row in tab.agenda.rows.rows]


@pytest.mark.parametrize(
    ("month", "start", "first", "count"),
    [
        (date(2026, 3, 20), 0, date(2026, 2, 23), 6),
        (date(2026, 3, 20), 6, date(2026, 3, 1), 5),
        (date(2027, 2, 1), 0, date(2027, 2, 1), 4),
        (date(2026, 12, 31), 0, date(2026, 11, 30), 5),
    ],
)
def test_a_month_has_the_weeks_that_it_touches(month, start, first, count):
    weeks = weeks_of(month, start)
    assert weeks[0] == first
    assert len(weeks) == count


def test_a_cell_says_everything_of_its_day(home, show):
    tab = show(home)
    appointment(home, "lab", "Blood test", "2026-03-31T08:00")
    said = cell(tab, date(2026, 3, 31))
    assert said == (
        "Tuesday 31 March 2026, 2 items: Lab, Blood test 8:00; "
        "Infusion 2 9:30, planned, no driver yet; watching for signs, day 0 of 14"
    )
    assert cell(tab, MARCH).startswith("Today, Friday 20 March 2026, nothing planned")


def test_the_watch_line_starts_and_ends_with_the_visits(home):
    days = {d.day: d for week in days_of(home.house, MARCH, None) for d in week}
    first, last = days[date(2026, 3, 17)].watching, days[date(2026, 3, 31)].watching
    assert first.starts
    assert not first.before
    assert last.ends
    assert last.starts, "the next window begins on the day on which this one ends"
    assert days[date(2026, 3, 16)].watching is None


def test_with_two_people_each_mark_names_its_person_and_no_line_is_drawn(home):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    home.house.plans.save(
        Plan(
            id="other", uid="other", person="mei", medicine="vedolizumab",
            first=at("2026-03-24T13:00"), offsets=(0,), every=None,
        )
    )  # fmt: skip
    everybody = {d.day: d for week in days_of(home.house, MARCH, None) for d in week}
    assert [m.person for m in everybody[date(2026, 3, 24)].marks] == ["王梅"]
    assert all(d.watching is None for d in everybody.values())
    rosa = {d.day: d for week in days_of(home.house, MARCH, "rosa") for d in week}
    assert rosa[date(2026, 3, 24)].marks == ()
    assert rosa[date(2026, 3, 24)].watching is not None


def test_what_lasts_for_days_stands_on_each_of_them_in_month_and_list(home):
    appointment(home, "stay", "Stay", "2026-03-24T20:00", minutes=2 * 1440)
    days = {d.day: d for week in days_of(home.house, MARCH, None) for d in week}
    on = [day for day, found in days.items() if any(m.title == "Stay" for m in found.marks)]
    assert on == [date(2026, 3, 24), date(2026, 3, 25), date(2026, 3, 26)]
    listed = [r for r in agenda_from(home.house, MARCH, None).rows if r.title == "Stay"]
    assert [r.second for r in listed] == [
        "day 1 of 3 · until Thu 26 Mar, 20:00",
        "day 2 of 3 · until Thu 26 Mar, 20:00",
        "day 3 of 3 · until 20:00",
    ]
    assert [r.time for r in listed] == ["20:00", "", ""]


def test_the_list_tells_days_medicine_place_and_ride(home, show):
    tab = show(home)
    said = rows(tab)
    assert said[0] == "Tuesday 31 March, in 11 days"
    assert said[1] == (
        "9:30, Infusion 2, infliximab, 2 h 30 min · Willow Lane, No driver yet, Planned"
    )
    home.house.agenda.set_ride("plan~2", "Ana", "1", "08:40")
    home.house.agenda.set_status("plan~2", "booked")
    assert "leave 8:40" in rows(tab)[1]
    assert rows(tab)[1].endswith("Driver: Ana, Booked")


def test_an_injection_at_home_needs_no_driver_and_is_at_home(home, show):
    home.house.plans.save(
        Plan(
            id="pen", uid="pen", person="rosa", medicine="adalimumab", first=at("2026-03-25T10:00"),
            offsets=(0,), every=None, at_home=True, clinic="clinic", minutes=30,
        )
    )  # fmt: skip
    (pen,) = (one for one in rows(show(home)) if "adalimumab" in one)
    assert pen == "Medicine, 10:00, Injection 1, adalimumab, 30 minutes · at home, Planned"
    days = {d.day: d for week in days_of(home.house, MARCH, None) for d in week}
    (mark,) = days[date(2026, 3, 25)].marks
    assert not mark.needs_driver


def test_the_hour_to_leave_is_of_this_clock(home, show):
    start = Zoned(datetime(2026, 3, 27, 18, 15), "Europe/London")
    appointment(home, "a", "Call", "2026-03-27T14:15", start=start, leave_at="17:30")
    (call,) = (one for one in rows(show(home)) if "Call" in one)
    assert "leave 13:30" in call


def test_the_list_goes_on_for_two_years_and_reaches_on_when_scrolled(home, show, qtbot):
    appointment(home, "pill", "Pill", "2026-03-20T20:00", rrule="FREQ=DAILY", type="other")
    tab = show(home)
    before = tab.agenda.rows.rowCount()
    bar = tab.agenda.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: tab.agenda.rows.rowCount() > before)
    found = agenda_from(home.house, MARCH, None, enough=10_000)
    assert sum(row.title.startswith("Infusion") for row in found.rows) == 14


def test_a_cancelled_one_is_struck_through_and_a_done_one_says_so(home, show):
    appointment(home, "eye", "Eye clinic", "2026-03-24T10:00", status="cancelled")
    appointment(home, "lab", "Blood test", "2026-03-25T10:00", status="done")
    tab = show(home)
    found = {row.title: row for row in tab.agenda.rows.rows}
    assert found["Eye clinic"].struck
    assert found["Eye clinic"].chip == "Cancelled"
    assert found["Blood test"].chip == "Done"


def test_an_hour_in_another_zone_stands_here_and_says_what_it_is_there(home, show):
    appointment(
        home, "call", "Call", "2026-03-24T10:00",
        start=Zoned(datetime(2026, 3, 24, 15, 0), "Europe/Berlin"),
    )  # fmt: skip
    tab = show(home)
    row = next(r for r in tab.agenda.rows.rows if r.title == "Call")
    assert row.time == "10:00"
    assert "15:00 in Berlin · 10:00 here" in row.second


def test_an_all_day_item_has_no_hour(home, show):
    appointment(home, "papers", "Papers", "2026-03-24T10:00", start=AllDay(date(2026, 3, 24)))
    row = next(r for r in show(home).agenda.rows.rows if r.title == "Papers")
    assert row.time == ""
    assert "all day" in row.second


# -- Keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "day"),
    [
        (Qt.Key.Key_Right, date(2026, 3, 21)),
        (Qt.Key.Key_Left, date(2026, 3, 19)),
        (Qt.Key.Key_Down, date(2026, 3, 27)),
        (Qt.Key.Key_Up, date(2026, 3, 13)),
        (Qt.Key.Key_PageDown, date(2026, 4, 20)),
        (Qt.Key.Key_PageUp, date(2026, 2, 20)),
    ],
)
def test_keys_move_the_day(home, show, qtbot, key, day):
    tab = show(home)
    qtbot.keyClick(tab.month, key)
    assert tab.chosen_day == day
    assert tab.month.chosen().day == day
    qtbot.keyClick(tab.month, Qt.Key.Key_Home)
    assert tab.chosen_day == MARCH


def test_going_over_the_end_of_the_month_turns_the_page(home, show, qtbot):
    tab = show(home)
    tab.go(date(2026, 3, 31))
    qtbot.keyClick(tab.month, Qt.Key.Key_Right)
    assert tab.chosen_day == date(2026, 4, 1)
    assert tab.heading.text() == "April 2026"
    qtbot.keyClick(tab.month, Qt.Key.Key_T)
    assert tab.heading.text() == "March 2026"


def test_a_click_on_a_day_lists_from_there(home, show, qtbot):
    tab = show(home)
    index = tab.month.days.index_of(date(2026, 4, 1))
    spot = tab.month.visualRect(index).center()
    qtbot.mouseClick(tab.month.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: tab.heading.text() == "April 2026")
    assert rows(tab)[0].startswith("Tuesday 28 April")


def test_the_buttons_turn_the_months(home, show, qtbot):
    tab = show(home)
    qtbot.mouseClick(tab.nav.forward, Qt.MouseButton.LeftButton)
    assert tab.heading.text() == "April 2026"
    qtbot.mouseClick(tab.nav.back, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.nav.back, Qt.MouseButton.LeftButton)
    assert tab.heading.text() == "February 2026"
    qtbot.mouseClick(tab.nav.today, Qt.MouseButton.LeftButton)
    assert tab.chosen_day == MARCH


def test_enter_opens_the_only_entry_of_a_day(home, show, qtbot):
    tab = show(home)
    tab.go(date(2026, 3, 31))
    qtbot.keyClick(tab.month, Qt.Key.Key_Return)
    assert isinstance(tab.desk.sheet, VisitSheet)
    assert tab.desk.sheet.visit.id == "plan~2"


def test_enter_on_a_full_day_goes_to_the_list(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-31T08:00")
    tab = show(home)
    tab.go(date(2026, 3, 31))
    qtbot.keyClick(tab.month, Qt.Key.Key_Return)
    assert tab.agenda.current_key() == "lab|2026-03-31T08:00"
    qtbot.keyClick(tab.agenda, Qt.Key.Key_Return)
    assert tab.desk.sheet.kept.id == "lab"


def test_n_and_enter_on_an_empty_day_add_on_that_day(home, show, qtbot):
    tab = show(home)
    for key in (Qt.Key.Key_N, Qt.Key.Key_Return):
        qtbot.keyClick(tab.month, Qt.Key.Key_Down)
        qtbot.keyClick(tab.month, key)
        assert tab.desk.sheet.when.day.value() == tab.chosen_day
        tab.desk.sheet.done(0)


def test_delete_takes_a_single_appointment_away_and_undo_brings_it_back(home, show, qtbot):
    appointment(home, "lab", "Blood test", "2026-03-24T08:00")
    tab = show(home)
    tab.go(date(2026, 3, 24))
    qtbot.keyClick(tab.month, Qt.Key.Key_Delete)
    assert home.house.agenda.get("lab") is None
    assert "nothing planned" in cell(tab, date(2026, 3, 24))
    home.house.care.undo()
    assert "Blood test" in cell(tab, date(2026, 3, 24))


def test_delete_on_a_visit_asks_for_the_clinic(home, show, qtbot):
    tab = show(home)
    tab.go(date(2026, 3, 31))
    qtbot.keyClick(tab.month, Qt.Key.Key_Delete)
    assert isinstance(tab.desk.sheet, EndVisitDialog)
    assert home.house.agenda.get("plan~2") is not None


def test_delete_in_the_list_asks_which_dates_of_a_series(home, show, qtbot):
    appointment(
        home, "pill", "Methotrexate", "2026-03-20T18:00",
        start=Floating(datetime(2026, 3, 20, 18)), type="medication", rrule="FREQ=WEEKLY",
    )  # fmt: skip
    tab = show(home)
    tab.agenda.choose("pill|2026-03-27T18:00")
    tab.agenda.setFocus()
    qtbot.waitUntil(tab.agenda.hasFocus)
    qtbot.keyClick(tab.agenda, Qt.Key.Key_Delete)
    asking = tab.desk.sheet
    assert isinstance(asking, ScopeDialog)
    assert not asking.primary.isEnabled()
    qtbot.mouseClick(asking.card("one"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(asking.primary, Qt.MouseButton.LeftButton)
    days = [r.key for r in tab.agenda.rows.rows if r.title == "Methotrexate"]
    assert days[:2] == ["pill|2026-03-20T18:00", "pill|2026-04-03T18:00"]
    tab.desk.delete_row("pill|2026-04-03T18:00")
    tab.desk.sheet.card("all").click()
    tab.desk.sheet.primary.click()
    assert home.house.agenda.get("pill") is None


# -- Narrow, large, empty -------------------------------------------------------------------------


def test_narrow_shows_the_list_first_and_the_month_on_demand(home, show, qtbot):
    tab = show(home, 880, 600)
    assert tab.agenda.isVisible()
    assert not tab.month.isVisible()
    assert tab.heading.text() == "Coming up"
    tab.switch.set_value("month")
    assert tab.month.isVisible()
    assert tab.month.delegate.compact
    assert tab.heading.text() == "March 2026"
    tab.resize(1280, 800)
    qtbot.waitUntil(lambda: tab.month.isVisible() and tab.agenda.isVisible())
    assert not tab.month.delegate.compact


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_nothing_is_cut_at_any_text_size(home, show, theme, scale):
    theme.set_scale(scale)
    tab = show(home, 900, 480)
    for part in (tab.switch, tab.add_button, tab.heading):
        assert part.width() >= part.minimumSizeHint().width()
        assert tab.rect().contains(part.geometry())
    assert tab.heading.sizeHint().width() <= tab.heading.width()
    theme.set_scale(1.0)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_day_of_a_small_month_is_cut(home, show, theme, qtbot, scale):
    theme.set_scale(scale)
    tab = show(home, 900, 480)
    tab.switch.set_value("month")
    qtbot.waitUntil(lambda: tab.month.rowHeight(0) >= tab.month.delegate.least_height())
    tab.go(date(2026, 3, 31))

    def seen() -> bool:
        box = tab.month.visualRect(tab.month.currentIndex())
        page = tab.stage.month_page.viewport()
        return page.rect().contains(tab.month.viewport().mapTo(page, box.center()))

    qtbot.waitUntil(seen)


def test_an_empty_calendar_offers_the_plan_and_other_ways(nobody, show, qtbot):
    tab = show(nobody)
    assert tab.stage.empty_card.isVisible()
    assert not tab.add_button.isVisible(), "one primary button a screen"
    tab.stage.start.ways.opened.emit("lab")
    assert tab.desk.sheet.kind.value() == "lab"
    tab.desk.sheet.done(0)
    nobody.house.agenda.save(
        Appointment(
            id="", uid="", person="", type="lab", title="Blood test", start=at("2026-03-24T09:00")
        )
    )
    assert not tab.stage.empty_card.isVisible()
    assert tab.add_button.isVisible()


def test_an_empty_narrow_calendar_still_offers_the_plan(nobody, show):
    tab = show(nobody, 700, 400)
    assert tab.stage.empty_page.isVisible()
    assert not tab.stage.empty_card.isVisible()


def test_nothing_further_on_says_so(home, show):
    tab = show(home)
    tab.go(date(2030, 1, 1))
    assert rows(tab) == ["Nothing planned from Tue 1 Jan on"]


def test_open_item_goes_to_the_day(home, show):
    tab = show(home)
    tab.open_item("visit", "plan~3")
    assert tab.chosen_day == date(2026, 4, 28)
    assert tab.desk.sheet.visit.id == "plan~3"
    tab.desk.sheet.done(0)
    tab.open_item("plan", "plan")
    assert tab.desk.sheet.plan.id == "plan"
    tab.open_item("visit", "gone")
