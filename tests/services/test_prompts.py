"""Ideas in the day's notice: only where asked for, one a day, never one that was put away."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Answer, Note, Person, Setting
from caregiver_app.domain.prompts import NO_MORE, PROMPT, read_prompt
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.ringing import QuietHours
from caregiver_app.errors import InputRefused
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.services.entry_settings import check_setting
from tests.gui.tabs_family import Family, open_family, rosas_family

MORNING = datetime(2026, 3, 23, 12, 0, tzinfo=UTC)
"""Monday 23 March 2026, 8:00 in New York: the hour of the day's notice."""
_DAY = timedelta(days=1)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def ideas(family: Family) -> list[Reminder]:
    return [one for one in family.house.reminders.open_now() if one.what == PROMPT]


def say(family: Family) -> list[Reminder]:
    """Say what is due, as the window does, and return the ideas among it."""
    reminders = family.house.reminders
    due = reminders.due()
    for notice in reminders.notices(due, grouped=True):
        reminders.record(notice)
    return [one for one in due if one.what == PROMPT]


def days(family: Family, count: int, *, hour: int = 12) -> Iterator[list[Reminder]]:
    first = MORNING.replace(hour=hour)
    for step in range(count):
        family.clock.at = first + step * _DAY
        yield say(family)


def test_nothing_comes_unless_somebody_asked(family: Family) -> None:
    assert not family.house.prompts.is_on()
    assert [one for said in days(family, 10, hour=23) for one in said] == []
    assert [one for one in family.house.reminders.between() if one.reminder.what == PROMPT] == []


def test_one_comes_with_the_notice_of_each_day(family: Family) -> None:
    family.house.prompts.switch(on=True)
    assert ideas(family) == [], "the notice of the day on which it was switched on is over"
    said = list(days(family, 5))
    assert [len(one) for one in said] == [1] * 5
    assert all(one[0].due == family.clock.at - (4 - n) * _DAY for n, one in enumerate(said))
    cards = [family.house.prompts.card_of(one[0]) for one in said]
    assert len({card.id for card in cards if card}) == 5
    assert len({card.room for card in cards[:4] if card}) == 4, "the rooms take turns"


def test_it_is_a_line_of_the_one_notice(family: Family) -> None:
    family.house.prompts.switch(on=True)
    family.clock.at = MORNING
    reminders = family.house.reminders
    notices = [one for one in reminders.notices(reminders.due()) if one.digest]
    assert len(notices) == 1
    assert PROMPT in {one.what for one in notices[0].reminders}


def test_before_a_visit_it_comes_in_the_evening(family: Family) -> None:
    family.house.prompts.switch(on=True)
    family.clock.at = datetime(2026, 3, 30, 22, 59, tzinfo=UTC)
    assert say(family) == []
    family.clock.at += timedelta(minutes=1)
    assert len(say(family)) == 1


def test_quiet_hours_hold_it_back(family: Family) -> None:
    family.house.prompts.switch(on=True)
    family.house.ringing.set_quiet(QuietHours(time(22), time(9, 30)))
    family.clock.at = MORNING
    assert say(family) == []
    family.clock.at = MORNING + timedelta(minutes=90)
    assert len(say(family)) == 1


def test_quiet_hours_that_last_all_day_keep_it_away(family: Family) -> None:
    family.house.prompts.switch(on=True)
    family.house.ringing.set_quiet(QuietHours(time(7), time(6, 59)))
    said = [one for hour in (12, 18, 23) for one in next(days(family, 1, hour=hour))]
    assert said == []


def test_seen_late_in_its_day_it_is_not_called_late(family: Family) -> None:
    family.house.prompts.switch(on=True)
    family.clock.at = MORNING + timedelta(hours=9)
    (idea,) = say(family)
    assert family.house.reminders.late_among([idea]) == frozenset()
    assert family.house.reminders.notices([idea], grouped=True)[0].late is False


def test_nobody_is_asked_about_a_day_that_is_over(family: Family) -> None:
    family.house.prompts.switch(on=True)
    (first,) = next(days(family, 1))
    assert [one.id for one in ideas(family)] == [first.id]
    family.clock.at = MORNING + timedelta(hours=17)
    assert ideas(family) == []
    family.clock.at = MORNING + _DAY
    (second,) = say(family)
    assert second.id != first.id
    answers = family.house.care.store.answers_by_ids([first.id, second.id])
    assert [answers[one.id].state for one in (first, second)] == ["skipped", "shown"]


def test_no_more_like_this_is_for_ever_and_one_undo(family: Family) -> None:
    house = family.house
    house.prompts.switch(on=True)
    (idea,) = next(days(family, 1))
    card = house.prompts.card_of(idea)
    assert card is not None
    house.reminders.answer(idea.id, "skipped", reason=NO_MORE)
    assert house.card_choices.put_away("rosa") == (card,)
    assert ideas(family) == [], "no other one comes in its place"
    label = house.care.undo()
    assert label == ("done.card_never", {"count": 1, "what": "An idea for today"})
    assert house.card_choices.put_away("rosa") == ()
    assert [one.id for one in ideas(family)] == [idea.id]
    house.reminders.answer(idea.id, "skipped", reason=NO_MORE)
    came = [house.prompts.card_of(one) for said in days(family, 120, hour=23) for one in said]
    assert len(came) == 119
    assert card not in came


def test_put_away_in_its_room_it_leaves_the_panel(family: Family) -> None:
    house = family.house
    house.prompts.switch(on=True)
    (idea,) = next(days(family, 1))
    house.card_choices.never("rosa", read_prompt(idea.id).card)  # type: ignore[union-attr]
    assert ideas(family) == []
    assert say(family) == [], "one a day is enough"


def test_switched_off_it_is_gone_at_once(family: Family) -> None:
    house = family.house
    house.prompts.switch(on=True)
    next(days(family, 1))
    assert ideas(family)
    house.prompts.switch(on=False)
    assert ideas(family) == []
    assert [one for said in days(family, 3) for one in said] == []
    house.prompts.switch(on=True)
    assert say(family) == [], "the notice of that day is over"


def test_only_the_rooms_that_were_chosen(family: Family) -> None:
    prompts = family.house.prompts
    prompts.switch(on=True)
    prompts.set_rooms(["reassurance"])
    assert prompts.rooms() == ("reassurance",)
    cards = [prompts.card_of(one) for said in days(family, 9) for one in said]
    assert {card.room for card in cards if card} == {"reassurance"}
    assert len({card.id for card in cards if card}) == 8, "all eight come round"
    with pytest.raises(ValueError, match="no rooms"):
        prompts.set_rooms(["kitchen"])
    prompts.set_rooms([])
    assert not prompts.is_on()


def test_with_every_idea_put_away_nothing_comes_until_one_is_brought_back(family: Family) -> None:
    house = family.house
    house.prompts.switch(on=True)
    house.prompts.set_rooms(["outlets"])
    for card in house.card_choices.ring("outlets"):
        house.card_choices.never("rosa", card.id)
    assert [one for said in days(family, 3) for one in said] == []
    house.card_choices.bring_back("rosa", "h3")
    family.clock.at += _DAY
    (idea,) = say(family)
    assert house.prompts.card_of(idea) == house.cards.card("h3")


def test_asked_for_by_a_clock_that_ran_ahead_they_come_all_the_same(family: Family) -> None:
    family.clock.at += timedelta(days=400)
    family.house.prompts.switch(on=True)
    family.clock.at -= timedelta(days=400)
    prompts = family.house.prompts.source()
    assert prompts is not None
    assert prompts.since <= family.clock.at
    assert prompts.days[0].day == family.house.care.today


def test_whoever_comes_later_gets_ideas_as_well(tmp_path: Path) -> None:
    family = open_family(tmp_path)
    family.house.prompts.switch(on=True)
    assert [one for said in days(family, 2) for one in said] == []
    family.house.people.save_person(Person(id="mei", name="Mei"))
    family.clock.at += _DAY
    assert [one.person for one in say(family)] == ["mei"]
    family.house.people.save_person(Person(id="a:b", name="Odd"))
    said = [one.person for said in days(family, 12) for one in said]
    assert set(said) == {"mei"}
    family.close()


def test_two_people_share_the_one_a_day(family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="Mei"))
    family.house.prompts.switch(on=True)
    said = list(days(family, 6))
    assert [len(one) for one in said] == [1] * 6
    assert {one[0].person for one in said} == {"rosa", "mei"}


def test_years_of_ideas_leave_no_waiting_answers(family: Family) -> None:
    family.house.prompts.switch(on=True)
    for _ in days(family, 130):
        pass
    open_ = family.house.care.store.open_answers("shown", "prompts")
    assert len(open_) == 1


def test_the_same_after_a_restart(family: Family) -> None:
    family.house.prompts.switch(on=True)
    (idea,) = next(days(family, 1))
    again = family.again()
    assert [one.id for one in ideas(again)] == [idea.id]
    assert say(again) == []
    again.close()


@given(st.text(min_size=12, max_size=60))
@settings(max_examples=20)
def test_no_word_of_a_note_is_said(words: str) -> None:
    note = Note(id="n", person="rosa", text=f"zq{words}zq", at=MORNING)
    with tempfile.TemporaryDirectory() as name:
        family = rosas_family(Path(name))
        family.house.support.save_note(note)
        family.house.prompts.switch(on=True)
        told = ReminderWords(family.house)
        said = {told.title(one) for day in days(family, 3) for one in day}
        ours = {card.text for card in family.house.cards.cards}
        assert {words.strip("“”") for words in said} <= ours
        assert len(said) == 3
        family.close()


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("prompts.on", "yes", True),
        ("prompts.on", "", True),
        ("prompts.on", "maybe", False),
        ("prompts.rooms", "listening outlets", True),
        ("prompts.rooms", "listening kitchen", False),
    ],
)
def test_what_its_settings_may_say(name: str, value: str, good: bool) -> None:
    setting = Setting(id=name, value=json.dumps(value))
    if good:
        check_setting(setting)
    else:
        with pytest.raises(InputRefused):
            check_setting(setting)


def test_an_answer_of_an_idea_that_is_no_more_does_no_harm(family: Family) -> None:
    family.house.prompts.switch(on=True)
    care = family.house.care
    with care.change("done.reminded"):
        care.store.put(
            Answer(
                id="prompts:zz9.rosa/2026-03-23/0",
                entry="prompts",
                due=MORNING,
                state="shown",
                created=MORNING,
                changed=MORNING,
            )
        )
    family.clock.at = MORNING
    assert ideas(family) == []
