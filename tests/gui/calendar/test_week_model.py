"""What a week knows: days, items in the reader's zone, and the words that are heard."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.entities import BlockedDays, Person
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.calendar.week.model import WeekModel, week_of, week_start
from tests.gui.calendar.family import appointment

TUESDAY = date(2026, 3, 31)


def shown(home, day: date = TUESDAY, person: str | None = None, **more):
    return week_of(home.house, day, person, 0, **more)


def said(home, title: str, day: date = TUESDAY) -> str:
    return next(one.sentence() for one in shown(home, day).items if one.title == title)


def found(home, title: str, day: date = TUESDAY):
    return next(one for one in shown(home, day).items if one.title == title)


@pytest.mark.parametrize(("first", "day"), [(0, 30), (6, 29), (5, 28), (2, 25)])
def test_a_week_begins_on_the_day_that_was_chosen(first, day):
    assert week_start(TUESDAY, first) == date(2026, 3, day)


def test_a_week_has_seven_days_and_marks_today(home):
    week = shown(home, date(2026, 3, 20))
    assert [day.day.day for day in week.days] == [16, 17, 18, 19, 20, 21, 22]
    assert [day.today for day in week.days].index(True) == 4
    assert week.now == datetime(2026, 3, 20, 10)
    assert week.days[1].watching is not None


def test_a_day_and_a_block_say_all_that_is_to_know(home):
    home.house.agenda.set_ride("plan~2", "Ana", "1", "08:40")
    appointment(home, "lab", "Blood test", "2026-03-31T08:00", place="Willow Lane")
    week = shown(home)
    assert (
        week.days[1]
        .sentence()
        .startswith("Tuesday 31 March 2026, 2 items: Lab, Blood test 8:00; Infus")
    )
    assert said(home, "Infusion 2") == (
        "Infusion 2, 9:30 to 12:00, planned, Driver: Ana, leave 8:40, Willow Lane, Tuesday 31 March"
    )
    assert said(home, "Blood test") == (
        "Lab, Blood test, 8:00 to 8:30, Willow Lane, Tuesday 31 March"
    )
    assert "9:30–12:00" in found(home, "Infusion 2").tip()
    assert found(home, "Infusion 2").lead == 50


def test_nobody_is_told_to_leave_for_what_was_cancelled(home):
    more = {"driver": "Ana", "leave_at": "08:40", "type": "follow-up"}
    appointment(home, "off", "Dr Sol", "2026-03-31T14:00", status="cancelled", **more)
    assert "leave" not in said(home, "Dr Sol")
    assert found(home, "Dr Sol").lead == 0


def test_with_two_people_each_block_names_its_person(home):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "mei", "Dr Sol", "2026-03-31T14:00", person="mei", type="follow-up")
    assert said(home, "Dr Sol").startswith("Follow-up, Dr Sol, 王梅, 14:00 to 14:30")
    assert found(home, "Dr Sol").colour in (1, 2)
    assert found(home, "Dr Sol").colour != found(home, "Infusion 2").colour
    alone = shown(home, person="mei")
    assert [(one.title, one.person) for one in alone.items] == [("Dr Sol", "")]


def test_the_state_is_said(home):
    appointment(home, "eye", "Eye clinic", "2026-04-01T10:00", status="cancelled")
    appointment(home, "lab", "Blood test", "2026-04-01T11:00", status="done")
    assert "cancelled" in said(home, "Eye clinic")
    assert "done" in said(home, "Blood test")
    assert not found(home, "Eye clinic").can_move
    assert "No driver yet" in said(home, "Infusion 2")


def test_an_hour_in_another_zone_stands_here_and_is_said_there(home):
    start = Zoned(datetime(2026, 4, 1, 15), "Europe/Berlin")
    appointment(home, "call", "Call", "2026-04-01T10:00", start=start)
    one = found(home, "Call")
    assert (one.first, one.start) == (date(2026, 4, 1), 9 * 60)
    assert "15:00 in Europe/Berlin" in one.sentence()
    assert "15:00 in Europe/Berlin" in one.tip()


def test_what_is_in_the_gap_stands_at_its_end(home):
    gap = date(2026, 3, 8)  # New York goes from 2:00 to 3:00
    appointment(
        home, "pill", "Pill", "2026-03-01T10:00", start=Floating(datetime(2026, 3, 1, 2, 30)),
        type="medication", rrule="FREQ=WEEKLY", minutes=0,
    )  # fmt: skip
    one = next(item for item in shown(home, gap).items if item.title == "Pill")
    assert (one.first, one.start) == (gap, 3 * 60)
    assert one.key == "pill|2026-03-08T02:30"


def test_across_the_change_a_night_ends_by_the_clock_on_the_wall(home):
    appointment(home, "night", "Night", "2026-03-07T23:00", minutes=300)
    forward = found(home, "Night", date(2026, 3, 8))
    assert forward.on(date(2026, 3, 8)) == (0, 5 * 60)
    appointment(home, "short", "Short", "2026-11-01T01:30", minutes=60)
    back = found(home, "Short", date(2026, 11, 1))
    assert (back.start, back.end) == (90, 150)


def test_whole_days_and_long_things_lie_above_the_hours(home):
    appointment(home, "papers", "Papers", "2026-04-01T10:00", start=AllDay(date(2026, 4, 1)))
    appointment(home, "stay", "Stay", "2026-04-01T20:00", minutes=2 * 1440)
    appointment(home, "night", "Night", "2026-04-01T22:00", minutes=240)
    assert found(home, "Papers").lies_over_days
    stay = found(home, "Stay")
    assert stay.lies_over_days
    assert (stay.first, stay.last, stay.end) == (date(2026, 4, 1), date(2026, 4, 3), 20 * 60)
    assert not found(home, "Night").lies_over_days
    assert "Wednesday 1 April to Friday 3 April" in stay.sentence()


def test_what_ends_at_midnight_is_not_the_next_day(home):
    appointment(home, "late", "Late", "2026-04-01T22:00", minutes=120)
    one = found(home, "Late")
    assert (one.last, one.end, one.until) == (date(2026, 4, 1), 1440, "0:00")


def test_kinds_and_everyday_medicines_can_be_left_out(home):
    appointment(home, "lab", "Blood test", "2026-03-31T08:00")
    appointment(
        home, "pill", "Pill", "2026-03-20T20:00", rrule="FREQ=DAILY", type="medication",
        start=Floating(datetime(2026, 3, 20, 20)),
    )  # fmt: skip
    assert len(shown(home).items) == 9
    assert len(shown(home, everyday=False).items) == 2
    assert [one.title for one in shown(home, kinds={"lab"}).items] == ["Blood test"]


def test_a_screen_reader_gets_a_line_for_each_day_and_each_thing(home):
    appointment(home, "stay", "Stay", "2026-03-28T20:00", minutes=3 * 1440)
    appointment(home, "lab", "Blood test", "2026-03-31T08:00")
    model = WeekModel()
    model.set_week(shown(home))
    model.set_free("9:00 to 9:30, free")
    words = [model.data(model.index(row), Qt.ItemDataRole.AccessibleTextRole)
             for row in range(model.rowCount())]  # fmt: skip
    assert len(words) == 7 + 3 + 1
    assert words[1].startswith("Lab, Stay")
    assert words[2].startswith("Tuesday 31 March 2026, 3 items")
    assert words[3].startswith("Lab, Blood test")
    assert words[-1] == "9:00 to 9:30, free"
    assert model.index_of_key("lab|2026-03-31T08:00").row() == 3
    assert not model.index_of_key("gone").isValid()


def test_days_that_do_not_suit_say_why(home):
    home.house.blocked.save(BlockedDays(id="", first=TUESDAY, last=TUESDAY, reason="Ana is away"))
    day = shown(home).days[1]
    assert "doesn’t suit: Ana is away" in day.sentence()
    model = WeekModel()
    model.set_week(shown(home))
    tip = model.data(model.index_of_day(TUESDAY), Qt.ItemDataRole.ToolTipRole)
    assert tip == "doesn’t suit: Ana is away"
