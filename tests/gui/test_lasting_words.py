"""Until when something lasts, on Today, in reminders, results of a search and the box "Go to"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.times import AllDay, Zoned
from caregiver_app.gui.calendar.jump_model import JumpFinder
from caregiver_app.gui.reminder_order import Group
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.search.wording import Wording
from caregiver_app.gui.today.model import TodayModel
from caregiver_app.gui.today.waiting_words import WaitingWords
from caregiver_app.services.search import SearchService
from tests.fakes import NEW_YORK, Home
from tests.gui.calendar.family import NOW, appointment, rosas_home

DAY = 1440


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    yield made
    made.close()


def stay(start: str) -> Zoned:
    return Zoned(datetime.fromisoformat(start), NEW_YORK)


@pytest.mark.parametrize(
    ("start", "minutes", "said"),
    [
        (AllDay(date(2026, 3, 18)), 4 * DAY, "Until tomorrow"),  # today is Friday the 20th
        (AllDay(date(2026, 3, 18)), 3 * DAY, "Until today"),
        (AllDay(date(2026, 3, 18)), 10 * DAY, "Until Fri 27"),
        (AllDay(date(2026, 3, 20)), 5 * DAY, "Today, until Tue 24"),
        (AllDay(date(2026, 3, 24)), 4 * DAY, "Tue 24, until Fri 27"),
        (AllDay(date(2026, 3, 24)), 31 * DAY, "Tue 24, until Thu 23 Apr"),
        (AllDay(date(2026, 3, 24)), DAY, "Tue 24"),
        (stay("2026-03-19T20:00"), 36 * 60, "Until tomorrow, 8:00"),
        (stay("2026-03-20T08:00"), 36 * 60, "Today, 8:00, until tomorrow"),
        (stay("2026-03-24T20:00:30"), 36 * 60, "Tue 24, 20:00, until Thu 26"),
    ],
)
def test_today_says_until_when(home, start, minutes, said):
    appointment(home, "away", "Away", "2026-03-24T10:00", start=start, minutes=minutes)
    model = TodayModel(home.house)
    model.read()
    assert [thing.when for thing in model.things if thing.title == "Away"] == [said]


def test_today_looks_again_when_a_stay_is_over(home):
    start = stay("2026-03-19T20:00")
    appointment(home, "away", "Away", "2026-03-24T10:00", start=start, minutes=15 * 60)
    model = TodayModel(home.house)
    model.read()
    assert any(thing.title == "Away" for thing in model.things)
    assert not model.is_past()
    home.clock.on(hours=2)
    assert model.is_past()
    model.read()
    assert not any(thing.title == "Away" for thing in model.things)


def reminders(home: Home) -> dict[int, str]:
    """The words of what is waiting about "Away", by its lead."""
    words = ReminderWords(home.house)
    return {
        one.minutes: words.said(one).title
        for one in home.house.reminders.open_now()
        if one.owner == "away"
    }


@pytest.mark.parametrize(
    ("start", "minutes", "title", "second"),
    [
        (AllDay(date(2026, 3, 24)), 3 * DAY,
         "Away, Tue 24 Mar, all day, until Thu 26 Mar", "Tomorrow, until Thu 26 Mar"),
        (AllDay(date(2026, 3, 24)), DAY, "Away, Tue 24 Mar", "Tomorrow"),
        (stay("2026-03-24T20:00:15"), 36 * 60,
         "Away, Tue 24 Mar 20:00, until Thu 26 Mar", "Tomorrow, 20:00, until Thu 26 Mar"),
    ],
)  # fmt: skip
def test_a_reminder_says_the_last_day(home, start, minutes, title, second):
    appointment(
        home, "away", "Away", "2026-03-24T10:00", start=start, minutes=minutes,
        reminders=(DAY,), type="other",
    )  # fmt: skip
    home.clock.moment = NOW + timedelta(days=3, hours=11)
    home.tick()
    assert reminders(home) == {DAY: title}
    row = WaitingWords(home.house)
    (found,) = [one for one in home.house.reminders.open_now() if one.owner == "away"]
    assert row.row(Group("away", "one", (found,)), several=False).more[0] == second
    assert home.clock.moment > datetime(2026, 3, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "said"),
    [
        (AllDay(date(2026, 3, 24)), 3 * DAY, "Tue 24 Mar to Thu 26 Mar"),
        (AllDay(date(2026, 12, 30)), 4 * DAY, "Wed 30 Dec to Sat 2 Jan 2027"),
        (AllDay(date(2026, 3, 24)), DAY, "Tue 24 Mar"),
        (stay("2026-03-24T20:00"), 36 * 60, "Tue 24 Mar to Thu 26 Mar"),
        (stay("2026-03-24T20:00:15"), 60, "Tue 24 Mar, 20:00"),
    ],
)
def test_a_result_of_the_search_says_both_days(home, start, minutes, said):
    appointment(home, "away", "Away", "2026-03-24T10:00", start=start, minutes=minutes)
    results = SearchService(home.house).find("away")
    wording = Wording(home.house, results)
    lines = [one for group in results.groups for one in wording.group(group)]
    assert [one.fact for one in lines if one.title == "Away"] == [said]


def test_the_box_that_goes_there_says_until_when(home):
    start = AllDay(date(2026, 3, 24))
    appointment(home, "away", "Away", "2026-03-24T10:00", start=start, minutes=3 * DAY)
    model = JumpFinder(home.house)
    found = next(one for one in model.find("away") if one.title == "Away")
    assert found.second == "Tue 24 Mar · until Thu 26 Mar · in 4 days"
