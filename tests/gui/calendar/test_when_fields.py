"""The three kinds of time in the form of an appointment."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.gui.calendar.form.when_fields import WhenFields
from caregiver_app.gui.zone_words import both_times, city
from tests.fakes import NEW_YORK
from tests.gui.calendar.family import at

TODAY = date(2026, 3, 20)
LISBON = "Europe/Lisbon"


@pytest.fixture
def when(theme, qtbot) -> WhenFields:
    made = WhenFields(theme, today=lambda: TODAY, home=NEW_YORK)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.show_moment(at("2026-03-24T09:30"), 30)
    return made


def choose(when: WhenFields, key: str, qtbot) -> None:
    if when.change.isVisible():
        qtbot.mouseClick(when.change, Qt.MouseButton.LeftButton)
    segment = next(one for one in when.kind.segments if one.key == key)
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)


def test_the_kind_is_one_quiet_line_until_it_is_asked_for(when, qtbot):
    assert when.change.words == "Time in New York · change"
    assert not when.kind.isVisible()
    assert not when.zone.isVisible()
    qtbot.keyClick(when.change, Qt.Key.Key_Space)
    assert when.kind.isVisible()
    assert not when.change.isVisible()
    assert when.kind.segments[0].hasFocus() or not when.isActiveWindow()


@pytest.mark.parametrize(
    ("key", "moment", "meaning"),
    [
        ("zoned", at("2026-03-24T09:30"), "stays at this hour in New York"),
        ("floating", Floating(datetime(2026, 3, 24, 9, 30)), "On a journey"),
        ("all_day", AllDay(date(2026, 3, 24)), "no hour of its own"),
    ],
)
def test_each_kind_is_said_and_kept(when, qtbot, key, moment, meaning):
    choose(when, key, qtbot)
    assert when.start_value() == moment
    assert meaning in when.meaning.text()
    assert when.start.isVisible() == (key != "all_day")
    assert when.zone.isVisible() == (key == "zoned")


def test_half_a_city_is_not_said_as_a_place(when, qtbot):
    choose(when, "zoned", qtbot)
    when.zone.set_text("Lisb")
    assert "Lisb" not in when.meaning.text()
    assert when.meaning.text().startswith("It stays at this hour there")


def test_without_an_hour_the_whole_day_is_offered(when, qtbot):
    when.start.set_text("")
    assert not when.complain()
    assert "All day" in when.start.error()
    assert next(one for one in when.kind.segments if one.key == "all_day").isVisible()
    choose(when, "all_day", qtbot)
    assert when.complain()


def test_medicines_are_meant_wherever_we_are_unless_somebody_says_otherwise(when, qtbot):
    when.set_usual("medication")
    assert when.start_value() == Floating(datetime(2026, 3, 24, 9, 30))
    assert when.change.words == "At this hour wherever we are · change"
    when.set_usual("lab")
    assert when.start_value() == at("2026-03-24T09:30")
    choose(when, "floating", qtbot)
    when.set_usual("lab")
    assert when.is_floating, "what was chosen stays"


def test_another_zone_tells_both_hours(when, qtbot):
    choose(when, "zoned", qtbot)
    when.zone.set_text(LISBON)
    assert when.both.isVisible()
    assert when.both.text() == "9:30 in Lisbon · 5:30 here"
    when.start.set_text("2:00")
    assert when.both.text() == "2:00 in Lisbon · Mon 23 Mar 22:00 here"
    when.zone.set_text("Nowhere")
    assert not when.both.isVisible()
    assert not when.complain()
    assert "no time zone called “Nowhere”" in when.zone.error()
    assert when.zone.text() == "Nowhere"


def test_a_kept_hour_elsewhere_shows_both_from_the_start(when):
    when.show_moment(Zoned(datetime(2026, 3, 24, 9, 30), LISBON), 30)
    assert when.both.text() == "9:30 in Lisbon · 5:30 here"
    assert when.change.words == "Time in Lisbon · change"


@pytest.mark.parametrize("key", ["zoned", "floating"])
def test_a_single_hour_in_a_gap_is_refused_with_the_next_possible_one(when, qtbot, key):
    choose(when, key, qtbot)
    when.day.set_text("14 March 2027")
    when.start.set_text("2:30")
    when.end.set_text("4:00")
    assert not when.complain()
    assert when.start.error() == (
        "The clocks in New York skip 2:30 on this day. The next possible time is 3:00."
    )
    assert when.start.text() == "2:30"
    assert when.complain(single=False), "a repeated one happens later on that day"


def test_an_hour_that_comes_twice_says_which_one_is_meant(when):
    when.day.set_text("1 November 2026")
    when.start.set_text("1:30")
    assert when.twice.isVisible()
    assert "the first 1:30 is meant, before the clocks go back" in when.twice.text()
    assert when.complain()
    when.start.set_text("3:30")
    assert not when.twice.isVisible()


def test_the_day_of_a_visit_is_fixed_and_it_has_an_hour(theme, qtbot):
    made = WhenFields(theme, today=lambda: TODAY, home=NEW_YORK, fixed_day=True)
    qtbot.addWidget(made)
    assert made.day.line.isReadOnly()
    assert [one.key for one in made.kind.segments] == ["zoned", "floating"]


@pytest.mark.parametrize(
    ("zone", "name"),
    [
        ("America/New_York", "New York"), ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/UTC", "UTC"), ("GMT", "UTC"), ("Japan", "Japan"),
    ],
)  # fmt: skip
def test_zones_are_called_by_their_city(zone, name):
    assert city(zone) == name


def test_both_hours_in_words():
    assert both_times(at("2026-03-24T09:30"), LISBON) == "9:30 in New York · 13:30 here"
    assert both_times(at("2026-03-24T09:30"), NEW_YORK) == "9:30"
    assert both_times(Floating(datetime(2026, 3, 24, 9, 30)), LISBON) == "9:30"
    assert both_times(AllDay(date(2026, 3, 24)), LISBON) == ""
