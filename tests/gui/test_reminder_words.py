"""What the desktop is told: nothing of a person who did not choose it, and when it was due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.services.reminders import Notice
from tests.gui.panel import add_mei, enter
from tests.gui.tabs_family import NOW, Family, settled_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    add_mei(made)
    enter(made, "eye", "Eye drops", "2026-03-19T21:00")
    enter(made, "vit", "维生素 D", "2026-03-20T09:00", person="mei")
    enter(made, "mtx", "Methotrexate", "2026-03-20T18:00")
    yield made
    made.close()


@pytest.fixture
def words(family: Family) -> ReminderWords:
    return ReminderWords(family.house)


def found(family: Family, *owners: str) -> tuple[Reminder, ...]:
    known = {one.owner: one for one in family.house.reminders.open_now()}
    return tuple(known[one] for one in owners)


def tell_details(family: Family, person: str) -> None:
    people = family.house.people
    known = people.person(person)
    assert known is not None
    people.save_person(replace(known, details_in_notices=True))


def body(words: ReminderWords, *reminders: Reminder, late: bool = False) -> str:
    title, told = words.desktop(Notice(reminders, digest=len(reminders) > 1, late=late))
    assert title == "Care reminder"
    return told


def test_a_discreet_notice_says_its_hour_and_nothing_else(
    words: ReminderWords, family: Family
) -> None:
    (mtx,) = found(family, "mtx")
    assert body(words, mtx) == "Care reminder, 18:00"
    assert body(words, *[mtx] * 3) == "3 care reminders"


@pytest.mark.parametrize(
    ("owner", "told"),
    [("vit", "Care reminder, was due 9:00"), ("eye", "Care reminder, was due Thu 21:00")],
)
def test_a_late_one_says_when_it_was_due(
    words: ReminderWords, family: Family, owner: str, told: str
) -> None:
    assert body(words, *found(family, owner), late=True) == told


def test_long_ago_has_its_date(words: ReminderWords, family: Family) -> None:
    family.clock.at = NOW + timedelta(days=20)
    assert (
        body(words, *found(family, "eye"), late=True) == "Care reminder, was due Thu 19 Mar 21:00"
    )


def test_a_late_list_says_since_when(words: ReminderWords, family: Family) -> None:
    told = body(words, *found(family, "vit", "eye", "mtx"), late=True)
    assert told == "3 care reminders, the oldest from Thu 21:00"


def test_what_comes_alone_says_so_once_its_hour_would_be_puzzling(
    words: ReminderWords, family: Family
) -> None:
    (mtx,) = found(family, "mtx")
    family.house.reminders.answer(mtx.id, "later", until=NOW + timedelta(minutes=10))
    family.clock.at = NOW + timedelta(minutes=10)
    assert body(words, mtx) == "Care reminder, 18:00", "put off for ten minutes"
    family.clock.at = NOW + timedelta(hours=1)
    assert body(words, mtx) == "Care reminder, was due 18:00"


def test_a_single_one_that_comes_late_says_so_after_two_minutes(
    words: ReminderWords, family: Family
) -> None:
    (mtx,) = found(family, "mtx")
    family.clock.at = NOW + timedelta(minutes=2)
    assert body(words, mtx) == "Care reminder, 18:00"
    family.clock.at = NOW + timedelta(minutes=3)
    assert body(words, mtx) == "Care reminder, was due 18:00"
    tell_details(family, "rosa")
    assert body(words, mtx) == "Rosa Marín: Methotrexate, was due 18:00"


def test_details_are_a_choice_of_each_person(words: ReminderWords, family: Family) -> None:
    tell_details(family, "mei")
    eye, vit, mtx = found(family, "eye", "vit", "mtx")
    assert body(words, vit) == "王梅: 维生素 D, was due 9:00"
    assert body(words, mtx) == "Care reminder, 18:00"
    told = body(words, eye, vit, mtx)
    assert told == "王梅: 维生素 D, was due 9:00\n2 more"
    for private in ("Eye", "Metho", "Rosa"):
        assert private not in told


def test_a_very_long_list_is_told_in_part_and_counted(words: ReminderWords, family: Family) -> None:
    tell_details(family, "rosa")
    (mtx,) = found(family, "mtx")
    told = body(words, *[mtx] * 5000).splitlines()
    assert told == ["Rosa Marín: Methotrexate"] * 6 + ["4994 more"]
