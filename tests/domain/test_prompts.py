"""Which idea comes on which day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.prompts import (
    PROMPTS,
    PromptOn,
    going_round,
    prompt_entry,
    read_prompt,
)
from caregiver_app.domain.reminders import reminder_id

DAY = date(2026, 3, 20)
_ONE = timedelta(days=1)

cards = st.lists(st.sampled_from([f"c{n}" for n in range(9)]), unique=True, max_size=9)
people = st.dictionaries(st.sampled_from(["rosa", "mei", "a.b"]), cards, max_size=3)


def days(count: int) -> list[date]:
    return [DAY + step * _ONE for step in range(count)]


@given(people, st.integers(0, 40))
def test_at_most_one_a_day_and_only_what_is_wanted(
    wanted: dict[str, list[str]], count: int
) -> None:
    found = going_round([], wanted, days(count))
    assert len({one.day for one in found}) == len(found)
    assert all(one.card in wanted[one.person] for one in found)
    assert bool(found) == bool(count and any(wanted.values()))


@given(cards.filter(bool), st.integers(1, 30))
def test_none_comes_again_before_every_other_one_came(ring: list[str], count: int) -> None:
    found = [one.card for one in going_round([], {"rosa": ring}, days(count))]
    for place in range(0, count, len(ring)):
        part = found[place : place + len(ring)]
        assert len(set(part)) == len(part)
    assert max(Counter(found).values()) - min(Counter(found).get(one, 0) for one in ring) <= 1


@given(cards.filter(bool), st.integers(1, 30), st.integers(1, 30))
def test_it_goes_on_where_it_was(ring: list[str], before: int, after: int) -> None:
    whole = going_round([], {"rosa": ring}, days(before + after))
    said = whole[:before]
    assert going_round(said, {"rosa": ring}, days(before + after)) == whole[before:]


def test_a_day_keeps_what_was_said_on_it() -> None:
    said = [PromptOn(DAY, "gone", "rosa", said=True)]
    assert going_round(said, {"rosa": ["o1"]}, [DAY]) == ()


def test_people_take_turns() -> None:
    found = going_round([], {"rosa": ["o1", "o2"], "mei": ["o1"], "nobody": []}, days(4))
    assert [one.person for one in found] == [found[0].person, found[1].person] * 2
    assert {one.person for one in found} == {"rosa", "mei"}


@given(st.sampled_from(["rosa", "a.b", "0f", "她"]), st.sampled_from(["o1", "c15"]))
def test_an_idea_is_read_from_its_id(person: str, card: str) -> None:
    one = PromptOn(DAY, card, person, said=True)
    assert read_prompt(reminder_id(prompt_entry(one), DAY.isoformat(), 0)) == one


@pytest.mark.parametrize(
    "text",
    ["", "x", "rosa/2026-03-20/0", f"{PROMPTS}:o1/2026-03-20/0", f"{PROMPTS}:o1./2026-03-20/0",
     f"{PROMPTS}:o1.rosa/2026-03-20T08:00/0", f"{PROMPTS}:.rosa/2026-03-20/0"],
)  # fmt: skip
def test_anything_else_is_no_idea(text: str) -> None:
    assert read_prompt(text) is None
