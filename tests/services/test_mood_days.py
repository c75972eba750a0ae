"""Moods along the days: whose they are, on which day they fall, and no figure of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import MOODS, Note
from caregiver_app.domain.times import instant
from caregiver_app.services.mood_days import IN_WORDS, mood_days, mood_span, told_about
from caregiver_app.services.watch_charts import Span
from tests.factories import NEW_YORK, line, moment
from tests.fakes import Home

TODAY = date(2026, 11, 20)


@pytest.fixture
def rosa(home: Home) -> Home:
    """Infusions on 3 and 17 November; today is Friday 20 November."""
    home.clock.at("2026-11-01T12:00")
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="Mei"),
        line("plan", id="p", person="rosa", medicine="infliximab", first="2026-11-03T09:30",
             zone=NEW_YORK, offsets=[0, 2], every=8),
    )  # fmt: skip
    home.clock.at("2026-11-20T12:00")
    return home


def wrote(home: Home, mood: str, at: str, person: str = "rosa", **more: object) -> Note:
    """Keep a note that was written at a moment of the family's clock."""
    care, written = home.house.care, instant(moment(at), NEW_YORK)
    note = Note(id=care.new_id(), person=person, text="words", at=written, mood=mood)
    note = replace(note, created=written, changed=written, **more)
    with care.change("done.note_added"):
        care.store.put(note)
    return note


def days(home: Home, first: date, last: date = TODAY, about: str = "person"):
    return mood_days(home.house.care, "rosa", about, Span(first, last))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-18T00:00", 18),
        ("2026-11-18T12:00", 18),
        ("2026-11-18T23:59", 18),
        ("2026-11-19T00:01", 19),
    ],
)
def test_a_mood_falls_on_the_day_of_the_familys_clock(rosa: Home, at: str, day: int):
    wrote(rosa, "calm", at)
    found = days(rosa, date(2026, 11, 16))
    assert found.told == {day - 16: {"calm": 1}}


def test_nothing_of_the_days_before_and_after_is_in_it(rosa: Home):
    for at in ("2026-11-09T23:59", "2026-11-10T00:00", "2026-11-12T23:59", "2026-11-13T00:00"):
        wrote(rosa, "calm", at)
    found = days(rosa, date(2026, 11, 10), date(2026, 11, 12))
    assert found.told == {0: {"calm": 1}, 2: {"calm": 1}}


def test_the_two_that_a_note_can_be_about_are_never_mixed(rosa: Home):
    wrote(rosa, "calm", "2026-11-18T12:00")
    wrote(rosa, "low", "2026-11-18T13:00", about="carer")
    wrote(rosa, "so-so", "2026-11-18T14:00", person="mei")
    care = rosa.house.care
    assert days(rosa, date(2026, 11, 18)).told == {0: {"calm": 1}}
    assert days(rosa, date(2026, 11, 18), about="carer").told == {0: {"low": 1}}
    assert told_about(care, "rosa") == ("person", "carer")
    assert told_about(care, "mei") == ("person",)


def test_days_without_a_mood_are_left_out(rosa: Home):
    wrote(rosa, "", "2026-11-18T12:00")
    gone = wrote(rosa, "low", "2026-11-18T13:00")
    rosa.house.support.remove_note(gone.id)
    assert days(rosa, date(2026, 11, 1)).told == {}
    assert told_about(rosa.house.care, "rosa") == ()


def test_a_stretch_counts_days_not_notes_and_keeps_every_mood(rosa: Home):
    wrote(rosa, "low", "2026-11-09T08:00")
    wrote(rosa, "low", "2026-11-09T20:00")
    wrote(rosa, "low", "2026-11-11T20:00")
    wrote(rosa, "calm", "2026-11-15T23:00")
    span = Span(date(2026, 11, 9), TODAY, "week")
    found = mood_days(rosa.house.care, "rosa", "person", span)
    assert {number: dict(moods) for number, moods in found.told.items()} == {
        0: {"calm": 1, "low": 2}
    }
    assert [one.day.day for one in found.infusions] == [17]


@pytest.mark.parametrize(
    ("reach", "first", "unit"),
    [
        ("weeks", date(2026, 10, 24), "day"),
        ("months", date(2026, 8, 17), "week"),
        ("year", date(2025, 11, 17), "week"),
        ("all", date(2026, 11, 9), "day"),
    ],
)
def test_how_far_back_it_reaches(rosa: Home, reach: str, first: date, unit: str):
    wrote(rosa, "calm", "2026-11-09T08:00")
    span = mood_span(rosa.house.care, "rosa", "person", reach)
    assert (span.first, span.last, span.unit) == (first, TODAY, unit)


def test_all_of_nothing_is_the_last_weeks_and_other_reaches_are_refused(rosa: Home):
    span = mood_span(rosa.house.care, "rosa", "carer", "all")
    assert span.days == 28
    for reach in ("infusion", "ever"):
        with pytest.raises(KeyError):
            mood_span(rosa.house.care, "rosa", "person", reach)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 90 * 24 * 60 - 1), st.sampled_from(MOODS),
            st.sampled_from(("person", "carer")),
        ),
        max_size=12,
    ),
    st.sampled_from(("weeks", "months", "year", "all")),
)  # fmt: skip
def test_every_mood_that_was_chosen_shows_once_and_no_other(
    rosa: Home, notes: list[tuple[int, str, str]], reach: str
):
    care = rosa.house.care
    for one in care.store.all(Note):
        with care.change("done.note_removed"):
            care.store.remove(Note, one.id, care.now)
    wanted: set[tuple[date, str]] = set()
    for minutes, mood, about in notes:
        at = datetime.combine(TODAY, datetime.min.time()) - timedelta(minutes=minutes)
        wrote(rosa, mood, f"{at:%Y-%m-%dT%H:%M}", about=about)
        if mood and about == "person":
            wanted.add((at.date(), mood))
    span = mood_span(care, "rosa", "person", reach)
    found = mood_days(care, "rosa", "person", span)
    counted = sum(sum(moods.values()) for moods in found.told.values())
    assert counted == len({one for one in wanted if span.first <= one[0] <= span.last})
    for moods in found.told.values():
        assert list(moods) == [mood for mood in IN_WORDS if mood in moods]
