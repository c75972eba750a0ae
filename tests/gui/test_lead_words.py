"""How long before: said in words, read as typed."""

from __future__ import annotations

import pytest

from caregiver_app.gui.lead_words import lead_complaint, lead_words, read_lead, what_comes

DAY = 1440


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45 minutes", 45), ("45 min", 45), ("45m", 45), ("45 Min.", 45), ("2 days", 2 * DAY),
        ("2d", 2 * DAY), ("a day", DAY), ("one day before", DAY), ("1 week", 7 * DAY),
        ("3 hours", 180), ("1 h 30", 90), ("1 h 30 min", 90), ("1 hour and 30 minutes", 90),
        ("1.5 hours", 90), ("1,5 h", 90), ("half an hour", 30), ("an hour and a half", 90),
        ("an hour", 60), ("1 day 2 hours", DAY + 120), ("  2   Days ", 2 * DAY), ("0 minutes", 0),
        ("366 days", 366 * DAY),
    ],
)  # fmt: skip
def test_what_people_type_is_read(text: str, minutes: int):
    assert read_lead(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "", "45", "soon", "9:30", "-5 minutes", "2 moons", "30 minutes 1 hour", "1 h 1 h",
        "1 h 75", "367 days", "999999 weeks", "1.001 minutes", "0.3 minutes", "days",
        "1 day 30", "٣ دقائق", "三天",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_not_guessed(text: str):
    assert read_lead(text) is None


@pytest.mark.parametrize(
    "minutes", [0, 1, 45, 60, 90, 120, 1439, DAY, 2 * DAY, 7 * DAY, 25 * 60, 366 * DAY]
)
def test_what_is_said_is_read_back(minutes: int):
    words = lead_words(minutes)
    assert read_lead("0 min" if minutes == 0 else words) == minutes


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "on the day"), (DAY, "the day before"), (2 * DAY, "2 days before"),
     (7 * DAY, "1 week before"), (30, "30 minutes before")],
)  # fmt: skip
def test_whole_days_have_words_of_their_own(minutes: int, words: str):
    assert lead_words(minutes, all_day=True) == words


def test_more_than_a_day_is_said_in_days_and_hours():
    assert lead_words(25 * 60) == "1 day and 1 hour before"


def test_a_number_alone_is_asked_about_and_words_are_shown_how():
    assert lead_complaint(" 45 ") == (
        "45 of what? Write 45 minutes, 45 hours or 45 days."
    )  # fmt: skip
    assert lead_complaint("soon").startswith("Write it like 45 minutes")


def test_the_usual_whole_days_come_with_the_notice_and_the_rest_rings():
    said = what_comes((DAY, 120), usual=True)
    assert said == (
        "Rings by itself: 2 hours before. With the day’s notice: 1 day before."
    )  # fmt: skip


def test_what_somebody_chose_rings_by_itself_whole_days_too():
    assert what_comes((DAY, 120), usual=False) == (
        "Rings by itself: 1 day before, 2 hours before."
    )  # fmt: skip


def test_an_all_day_item_says_the_day_before_and_from_which_hour_it_counts():
    assert what_comes((DAY,), usual=True, all_day=True) == (
        "With the day’s notice: the day before."
    )  # fmt: skip
    own = what_comes((DAY,), usual=False, all_day=True)
    assert own == (
        "Rings by itself: the day before. It has no hour of its own, so it counts from 8:00."
    )  # fmt: skip


def test_without_any_it_says_where_it_stands_all_the_same():
    assert what_comes((), usual=True) == (
        "Nothing rings. It stands on its day on Today and in the calendar."
    )  # fmt: skip
    assert what_comes((), usual=True, leaves=True) == "The time to leave rings by itself."
