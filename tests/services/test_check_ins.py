"""Check-ins: one a day and person, what they answer, what is kept of a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.entities import CheckIn, Person, Version
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from caregiver_app.services.check_ins import says_nothing
from caregiver_app.services.entry_history import versions
from tests.factories import line, plan
from tests.fakes import Home

TODAY = date(2026, 11, 21)
YESTERDAY = date(2026, 11, 20)


def day(on: date = TODAY, **told: object) -> CheckIn:
    return CheckIn(**{"id": "", "person": "", "date": on, **told})  # type: ignore[arg-type]


def open_check_ins(home: Home) -> list[str]:
    steps = ("c2", "c24", "c72", "c7", "c14")
    return [one.what for one in home.house.reminders.open_now() if one.what in steps]


# ---- one a day ---------------------------------------------------------------------------------
def test_a_check_in_after_nothing_completes_it(home: Home):
    watch = home.house.watch
    nothing = watch.check_in(day())
    assert says_nothing(nothing)
    kept = watch.check_in(day(pain=4, possible=" A short walk ", flare=True))
    assert kept.id == nothing.id
    (only,) = home.house.care.store.all(CheckIn)
    assert (only.pain, only.possible, only.flare) == (4, "A short walk", True)
    assert not says_nothing(only)


def test_nothing_after_a_check_in_takes_nothing_away(home: Home):
    watch = home.house.watch
    watch.check_in(day(pain=4, mood=0, text="Tired", possible="Stayed in bed", flare=True))
    watch.check_in(day())
    (only,) = home.house.care.store.all(CheckIn)
    assert (only.pain, only.mood, only.text, only.flare) == (4, 0, "Tired", True)


def test_a_second_one_keeps_both_texts_and_takes_the_newer_numbers(home: Home):
    watch = home.house.watch
    watch.check_in(day(pain=4, text="Tired"))
    watch.check_in(day(pain=2, sleep=7, text="Better after lunch"))
    (only,) = home.house.care.store.all(CheckIn)
    assert (only.pain, only.sleep, only.text) == (2, 7, "Tired\nBetter after lunch")


def test_each_person_and_each_day_has_one(home: Home):
    for who in ("rosa", "mei"):
        home.house.people.save_person(Person(id=who, name=who))
    for on in (YESTERDAY, TODAY):
        for who in ("rosa", "mei"):
            home.house.watch.check_in(day(on, person=who, pain=1))
    assert len(home.house.care.store.all(CheckIn)) == 4
    found = home.house.watch.check_ins.of_day("mei", YESTERDAY)
    assert found is not None
    assert (found.person, found.date) == ("mei", YESTERDAY)


def test_what_a_file_brought_twice_stays_twice(home: Home):
    home.add(line("checkin", id="a", date="2026-11-21", pain=1))
    home.add(line("checkin", id="b", date="2026-11-21", pain=2))
    assert {one.id for one in home.house.care.store.all(CheckIn)} == {"a", "b"}


# ---- corrections -------------------------------------------------------------------------------
def test_a_correction_keeps_how_it_was_and_undo_takes_both_back(home: Home):
    watch, care = home.house.watch, home.house.care
    kept = watch.check_in(day(pain=4))
    watch.check_in(replace(kept, pain=6))
    (version,) = versions(care, kept.id)
    assert '"pain": 4' in version.was
    watch.check_in(replace(kept, pain=6))
    assert len(versions(care, kept.id)) == 1, "the same again is no correction"
    care.undo()
    assert versions(care, kept.id) == []
    assert watch.check_ins.get(kept.id) == kept


def test_what_is_deleted_takes_its_past_along_and_undo_brings_all_back(home: Home):
    watch, care = home.house.watch, home.house.care
    kept = watch.check_in(day(pain=4))
    watch.check_in(replace(kept, pain=6))
    watch.remove_check_in(kept.id)
    assert care.store.all(Version) == []
    assert watch.check_ins.get(kept.id) is None
    care.undo()
    assert len(versions(care, kept.id)) == 1
    with pytest.raises(InputRefused):
        watch.remove_check_in("nobody")


# ---- what cannot be kept -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"pain": 11}, ["pain"]),
        ({"stiffness": -1, "mood": 12}, ["stiffness", "mood"]),
        ({"possible": "\x07"}, ["possible"]),
        ({"text": "x" * 200_000}, ["text"]),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(home: Home, fields: dict, wrong: list[str]):
    with pytest.raises(FormRefused) as refused:
        home.house.watch.check_in(day(**fields))
    assert [one.field for one in refused.value.errors] == wrong
    assert home.house.care.store.all(CheckIn) == []
    with pytest.raises((FormRefused, InputRefused)):
        home.add(line("checkin", date="2026-11-20", **fields))


def test_a_day_to_come_has_a_sentence(home: Home):
    check_ins = home.house.watch.check_ins
    check_ins.check_day(TODAY)
    with pytest.raises(InputRefused) as refused:
        check_ins.check_day(date(2026, 11, 22))
    assert refused.value.field == "date"
    assert "is still to come" in explain(refused.value)


# ---- the family's words ------------------------------------------------------------------------
def test_the_words_used_last_come_first_and_once(home: Home):
    watch = home.house.watch
    (person,) = [watch.check_in(day(date(2026, 11, 17), possible="A short walk")).person]
    watch.check_in(day(date(2026, 11, 18), possible="Sat outside"))
    watch.check_in(day(date(2026, 11, 19), possible="A short walk"))
    watch.check_in(day(date(2026, 1, 19), possible="Long ago"))
    assert watch.check_ins.words(person, 5) == ["A short walk", "Sat outside"]
    assert watch.check_ins.words(person, 1) == ["A short walk"]
    assert watch.check_ins.words("nobody", 5) == []


# ---- the reminders that ask --------------------------------------------------------------------
@pytest.fixture
def asked(home: Home) -> Home:
    """Infusion on Friday at 9:30; on Saturday at 10 the 2-hour and the 24-hour one ask."""
    home.clock.at("2026-11-20T08:00")
    home.house.plans.save(plan("2026-11-20T09:30"))
    home.clock.at("2026-11-21T10:00")
    assert open_check_ins(home) == ["c2", "c24"]
    return home


def test_one_of_today_answers_all_that_ask(asked: Home):
    asked.house.watch.check_in(day(pain=1))
    assert open_check_ins(asked) == []
    asked.house.care.undo()
    assert open_check_ins(asked) == ["c2", "c24"], "one undo for both"


def test_one_of_yesterday_answers_what_asked_yesterday(asked: Home):
    asked.house.watch.check_in(day(YESTERDAY, pain=1))
    assert open_check_ins(asked) == ["c24"]


def test_one_of_another_day_answers_nothing(asked: Home):
    asked.house.watch.check_in(day(date(2026, 11, 19), pain=1))
    assert open_check_ins(asked) == ["c2", "c24"]


def test_the_day_that_is_asked_about(asked: Home):
    (person,) = {one.person for one in asked.house.care.store.visits("p1")}
    check_ins = asked.house.watch.check_ins
    assert check_ins.asked_day(person) == TODAY, "one asks about today too"
    asked.clock.at("2026-11-21T00:30")
    assert check_ins.asked_day(person) == YESTERDAY, "only the evening's one asks"
    asked.clock.at("2026-11-23T09:00")
    assert check_ins.asked_day(person) == date(2026, 11, 23)
    assert check_ins.asked_day("nobody") == date(2026, 11, 23)
