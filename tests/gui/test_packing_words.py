"""What is missing in a bag, in the words of reminders, of Today and of the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.packing_words import open_words, packed_words, still_words
from caregiver_app.gui.reminder_order import in_order
from caregiver_app.gui.reminder_places import place_of
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.services.bags import BagLine
from caregiver_app.services.reminders import Notice
from tests.gui.tabs_family import ZONE, Family, settled_family
from tests.gui.today.page import wall_utc

VISIT = "p1~2"
THREE_DAYS = "2026-03-28T08:00"
EVENING = "2026-03-30T19:00"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def words(family: Family) -> ReminderWords:
    return ReminderWords(family.house)


def item(label: str, group: str = "things", **more: str) -> BagLine:
    line = BagLine(label, label, group, "to_pack", essential=True, own=True)
    return replace(line, **more)


def due(family: Family, wall: str, what: str, owner: str = VISIT) -> Reminder:
    family.clock.at = wall_utc(wall)
    found = family.house.reminders.open_now()
    return next(one for one in found if (one.what, one.owner) == (what, owner))


def leave(family: Family, *keys: str, visit: str = VISIT) -> None:
    """Pack everything but these."""
    for line in family.house.bags.bag(visit).lines:
        if line.key not in keys:
            family.house.bags.set_state(visit, line.key, "packed")


def follow_up(family: Family) -> None:
    start = Zoned(datetime(2026, 3, 26, 10, 0), ZONE)
    family.house.agenda.save(
        Appointment(id="v", uid="", person="rosa", type="follow-up", title="Dr Ito", start=start)
    )


# ---- naming ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ([], ""),
        (["Water"], "Water"),
        (["Water", "Charger"], "Water and Charger"),
        (["Water", "Charger", "枕头"], "Water, Charger and 枕头"),
        (["Water", "Charger", "枕头", "Snacks"], "Water, Charger and 2 more"),
        (["Questions, pen", "Charger", "Snacks"], "Questions, pen; Charger and Snacks"),
        (["Questions, pen", "A", "B", "C", "D"], "Questions, pen; A and 3 more"),
    ],
)
def test_two_are_named_and_the_rest_is_counted(labels: list[str], said: str) -> None:
    assert open_words([item(label) for label in labels]) == said


def test_what_a_family_calls_an_item_is_never_read_as_a_gap_to_fill() -> None:
    assert open_words([item("{last}"), item("{some} & {more}")]) == "{last} and {some} & {more}"


def test_things_come_before_papers_and_what_is_packed_is_not_named() -> None:
    lines = [
        item("Order", "papers", way="sent"), item("Water"), item("Book", state="packed"),
        item("Pillow", state="not_needed"),
    ]  # fmt: skip
    assert still_words(lines) == "Still to pack: Water and Order (sent, not back yet)"
    assert still_words(lines[2:]) == ""


def test_how_far_a_bag_is(family: Family) -> None:
    def said() -> str:
        return packed_words(family.house.bags.bag(VISIT))

    lines = family.house.bags.bag(VISIT).lines
    assert said() == "Not packed yet"
    family.house.bags.set_state(VISIT, "water", "packed")
    assert said() == f"1 of {len(lines)} packed"
    leave(family, "photo_id")
    family.house.bags.set_state(VISIT, "photo_id", "not_needed")
    assert said() == f"All {len(lines) - 1} packed"
    for line in lines:
        family.house.bags.set_state(VISIT, line.key, "not_needed")
    assert said() == "Nothing to pack"


# ---- reminders ---------------------------------------------------------------------------------
def test_three_days_before_the_open_papers_are_named(family: Family, words: ReminderWords) -> None:
    leave(family, "photo_id", "paperwork", "water")
    family.house.bags.set_paper(VISIT, "paperwork", "sent", "")
    names = {one.key: one.label for one in family.house.bags.bag(VISIT).lines}
    title = words.title(due(family, THREE_DAYS, "papers"))
    assert title.startswith("Papers still open for ")
    assert ", Tue 31 Mar: " in title
    assert f"{names['paperwork']} (sent, not back yet)" in title
    assert names["photo_id"] in title
    assert names["water"] not in title


def test_the_evening_before_what_is_missing_is_named(family: Family, words: ReminderWords) -> None:
    leave(family, "water", "photo_id")
    names = {one.key: one.label for one in family.house.bags.bag(VISIT).lines}
    one = due(family, EVENING, "pack1")
    assert words.title(one) == f"Still to pack: {names['water']} and {names['photo_id']}"
    assert place_of(one, several=False) == ("bag", "visit", VISIT)
    known = {one.minutes: one for one in family.house.reminders.open_now() if one.what == "lead"}
    assert words.said(known[1440]).lines == (), "of an infusion's bag a line of its own speaks"


def test_a_line_of_the_days_notice_names_it_too(family: Family, words: ReminderWords) -> None:
    leave(family, "water")
    label = next(one.label for one in family.house.bags.bag(VISIT).lines if one.key == "water")
    family.clock.at = wall_utc(EVENING)
    found = family.house.reminders.open_now()
    groups = in_order(found, family.house.care.today, family.house.care.home, ())
    said = [words.part_words(group, part) for group in groups for part in group.parts]
    assert any(one.startswith(f"Still to pack: {label}") for one in said)
    leave(family)
    found = family.house.reminders.open_now()
    groups = in_order(found, family.house.care.today, family.house.care.home, ())
    said = [words.part_words(group, part) for group in groups for part in group.parts]
    assert not any("pack" in one.lower() for one in said)
    assert said, "the evening's other lines stay"


def test_the_day_before_a_follow_up_says_what_is_missing(
    family: Family, words: ReminderWords
) -> None:
    follow_up(family)
    missing = family.house.bags.missing("v").lines
    one = due(family, "2026-03-25T08:00", "lead", "v")
    (said,) = words.said(one).lines
    assert said == still_words(missing)
    family.house.people.save_person(replace(_person(family), details_in_notices=True))
    assert words.desktop(Notice((one,), digest=True))[1] == (
        f"Rosa Marín: Dr Ito, Thu 26 Mar 10:00 · {said}"
    )
    leave(family, visit="v")
    assert words.said(one).lines == ()
    assert words.desktop(Notice((one,), digest=True))[1] == "Rosa Marín: Dr Ito, Thu 26 Mar 10:00"


def test_two_hours_before_nobody_packs_any_more(family: Family, words: ReminderWords) -> None:
    follow_up(family)
    family.clock.at = wall_utc("2026-03-26T08:00")
    last = next(one for one in family.house.reminders.open_now() if one.minutes == 120)
    assert words.said(last).lines == ()


def test_nobody_who_did_not_choose_it_hears_of_the_bag_on_the_desktop(
    family: Family, words: ReminderWords
) -> None:
    one = due(family, EVENING, "pack1")
    assert "pack" not in words.desktop(Notice((one,), digest=True))[1].lower()


def _person(family: Family) -> Person:
    found = family.house.people.person("rosa")
    assert found is not None
    return found
