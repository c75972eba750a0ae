"""Ideas come only where somebody asked for them, never once put away, and know no note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.prompts import NO_MORE, PROMPT
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.ringing import QuietHours
from caregiver_app.domain.times import in_zone
from caregiver_app.gui.reminder_words import ReminderWords
from tests.canaries import FAMILY, leaks
from tests.factories import NEW_YORK
from tests.fakes import FakeClock, Home
from tests.programs import NOW

QUIET = QuietHours(time(21), time(9))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    clock = FakeClock(datetime(2026, 1, 1, tzinfo=UTC), NEW_YORK)
    clock.at(NOW)
    made = Home(tmp_path / "data", clock)
    made.add(*FAMILY)
    yield made
    made.close()


def lived(home: Home, days: int, hours: int = 4) -> list[tuple[datetime, Reminder]]:
    """Live through so many days in steps; return the ideas that were said, and when."""
    said: list[tuple[datetime, Reminder]] = []
    for _ in range(days * 24 // hours):
        home.clock.on(hours=hours)
        for notice in home.house.reminders.notices(home.due()):
            at = in_zone(home.clock.moment, NEW_YORK)
            said += [(at, one) for one in notice.reminders if one.what == PROMPT]
            home.house.reminders.record(notice)
    return said


def test_nothing_comes_unasked(home: Home):
    assert lived(home, 20) == []


def test_asked_for_one_a_day_comes_and_none_afterwards(home: Home):
    home.house.prompts.switch(on=True)
    said = lived(home, 12)
    days = [at.date() for at, _ in said]
    assert len(days) == len(set(days)) >= 10
    home.house.prompts.switch(on=False)
    assert lived(home, 6) == []


def test_none_comes_in_quiet_hours(home: Home):
    home.house.ringing.set_quiet(QUIET)
    home.house.prompts.switch(on=True)
    said = lived(home, 8, hours=1)
    assert said
    for at, one in said:
        assert QUIET.last <= at.time() < QUIET.first, one.id


def test_what_was_put_away_never_comes_again(home: Home):
    prompts, reminders = home.house.prompts, home.house.reminders
    prompts.switch(on=True)
    gone: set[str] = set()
    for _ in range(12):
        for _, one in lived(home, 1, hours=8):
            card = prompts.card_of(one)
            assert card is not None
            assert card.id not in gone
            reminders.answer(one.id, "skipped", reason=NO_MORE)
            gone.add(card.id)
    assert len(gone) > 8
    later = lived(home, 16, hours=8)
    said = {card.id for _, one in later if (card := prompts.card_of(one)) is not None}
    assert not said & gone


def test_a_room_without_a_card_left_stays_silent(home: Home):
    prompts, choices = home.house.prompts, home.house.card_choices
    prompts.set_rooms(["reassurance"])
    for card in choices.wanted("rosa", "reassurance"):
        choices.never("rosa", card.id)
    prompts.switch(on=True)
    assert lived(home, 10) == []


def test_an_idea_knows_the_card_alone(home: Home):
    home.house.prompts.switch(on=True)
    words, texts = ReminderWords(home.house), set[str]()
    people = home.house.people
    rosa = people.person("rosa")
    assert rosa is not None
    people.save_person(replace(rosa, details_in_notices=True))
    end = home.clock.moment + timedelta(days=8)
    while home.clock.moment < end:
        for notice in home.house.reminders.notices(home.due()):
            told = (words.desktop(notice), *(words.said(one) for one in notice.reminders))
            assert leaks(repr(told)) == []
            ideas = [r for r in notice.reminders if r.what == PROMPT]
            texts |= {card.text for one in ideas if (card := home.house.prompts.card_of(one))}
            home.house.reminders.record(notice)
        home.clock.on(hours=6)
    assert len(texts) > 5
