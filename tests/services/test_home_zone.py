"""What happens when the computer comes to another time zone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Floating, Zoned
from caregiver_app.errors import InputRefused
from tests.factories import pills
from tests.fakes import NEW_YORK, Home
from tests.gui.calendar.family import empty_home

LISBON = "Europe/Lisbon"
START = datetime(2026, 3, 20, 18, 0)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = empty_home(tmp_path)
    yield made
    made.close()


def pill(home: Home) -> Appointment:
    return home.house.agenda.save(
        Appointment(id="pill", uid="pill", person="", type="medication", title="Pill",
                    start=Floating(START), minutes=0, rrule="FREQ=DAILY")
    )  # fmt: skip


def call(home: Home) -> Appointment:
    start = Zoned(START, NEW_YORK)
    return home.house.agenda.save(
        Appointment(id="call", uid="call", person="", type="other", title="Call", start=start,
                    reminders=(60,))
    )  # fmt: skip


def due(home: Home, entry: str) -> datetime:
    return home.index()[entry]


def test_the_first_start_only_notes_the_zone(home: Home):
    pill(home)
    found = home.house.home_zone.follow()
    assert (found.asked, found.message) == (None, "")
    assert home.house.settings.text("home.zone", "") == NEW_YORK
    assert home.house.care.home == NEW_YORK


def test_another_zone_asks_until_it_is_answered_and_only_floating_times_move(home: Home):
    pill(home)
    call(home)
    zone = home.house.home_zone
    zone.follow()
    pill_before, call_before = due(home, "pill"), due(home, "call")
    home.clock.home = LISBON
    asked = zone.follow().asked
    assert asked is not None
    assert (asked.before, asked.now) == (NEW_YORK, LISBON)
    assert (asked.here.hour, asked.there.hour) == (8, 4)
    assert due(home, "pill") == pill_before - timedelta(hours=4)
    assert due(home, "call") == call_before
    home.restart()
    assert home.house.home_zone.follow().asked == asked, "nobody has answered yet"


def test_going_along_ends_the_question(home: Home):
    pill(home)
    zone = home.house.home_zone
    zone.follow()
    home.clock.home = LISBON
    zone.follow()
    zone.go_along()
    assert zone.follow().asked is None
    assert (home.house.care.home, zone.kept) == (LISBON, "")
    home.restart()
    assert home.house.home_zone.follow().asked is None


def test_keeping_holds_for_everything_and_every_program(home: Home):
    pill(home)
    zone = home.house.home_zone
    zone.follow()
    before = due(home, "pill")
    home.clock.home = LISBON
    zone.follow()
    assert due(home, "pill") != before
    zone.keep(NEW_YORK)
    assert home.house.care.home == NEW_YORK
    assert due(home, "pill") == before
    assert zone.follow().asked is None
    other = home.another()
    assert other.care.home == NEW_YORK
    other.care.store.close()
    home.clock.home = "Asia/Tokyo"
    assert zone.follow().asked is None, "what is kept is kept until it is changed"
    assert due(home, "pill") == before


def test_undo_of_keeping_asks_again(home: Home):
    pill(home)
    zone = home.house.home_zone
    zone.follow()
    home.clock.home = LISBON
    zone.follow()
    zone.keep(NEW_YORK)
    assert home.house.care.undo() is not None
    assert home.house.care.home == LISBON
    assert zone.follow().asked is not None


def test_letting_go_of_a_kept_zone_follows_the_computer_at_once(home: Home):
    pill(home)
    zone = home.house.home_zone
    zone.follow()
    zone.keep(NEW_YORK)
    home.clock.home = LISBON
    zone.follow()
    before = due(home, "pill")
    zone.go_along()
    assert home.house.care.home == LISBON
    assert due(home, "pill") == before - timedelta(hours=4)
    assert zone.follow().asked is None


def test_a_change_of_another_program_is_seen_at_the_next_look(home: Home):
    pill(home)
    home.house.home_zone.follow()
    home.clock.home = LISBON
    other = home.another()
    other.home_zone.keep(NEW_YORK)
    other.care.store.close()
    home.house.home_zone.follow()
    assert home.house.care.home == NEW_YORK


def test_nothing_is_asked_where_nothing_would_move(home: Home):
    call(home)
    home.add(pills(start="2026-01-01T08:00", rrule="FREQ=DAILY;COUNT=3"))
    zone = home.house.home_zone
    zone.follow()
    home.clock.home = LISBON
    found = zone.follow()
    assert (found.asked, found.message) == (None, "zone.shown")
    assert zone.follow().message == "", "said once"


def test_another_name_of_the_same_clock_is_no_change(home: Home):
    pill(home)
    zone = home.house.home_zone
    zone.follow()
    before = due(home, "pill")
    home.clock.home = "US/Eastern"
    found = zone.follow()
    assert (found.asked, found.message) == (None, "")
    assert due(home, "pill") == before


def test_coming_back_before_the_answer_takes_the_question_away(home: Home):
    pill(home)
    zone = home.house.home_zone
    zone.follow()
    before = due(home, "pill")
    home.clock.home = LISBON
    zone.follow()
    home.clock.home = NEW_YORK
    found = zone.follow()
    assert (found.asked, found.message) == (None, "zone.back")
    assert due(home, "pill") == before


@pytest.mark.parametrize("kept", ["Nowhere/Land", "", 3])
def test_a_kept_zone_that_is_none_counts_for_nothing(home: Home, kept: object):
    with home.house.care.change("done.remembered", undoable=False):
        home.house.settings.put("home.keep", kept)  # type: ignore[arg-type]
    assert home.house.care.home == NEW_YORK
    assert home.house.home_zone.kept == ""


def test_no_zone_can_be_kept_that_does_not_exist(home: Home):
    with pytest.raises(InputRefused):
        home.house.home_zone.keep("Nowhere/Land")


def test_the_kept_zone_is_read_once_and_not_at_each_use(home: Home, monkeypatch):
    care = home.house.care
    assert care.home == NEW_YORK
    monkeypatch.setattr(care.store, "get", None)
    assert care.home == NEW_YORK
