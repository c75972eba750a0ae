"""Ideas go round; what was put away never comes back by itself, what was kept stands apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.support import CardChoice
from caregiver_app.errors import InputRefused
from caregiver_app.services.card_choices import OFFERED
from tests.gui.tabs_family import Family, open_family, rosas_family

ROOMS = sorted(OFFERED)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def round_of(family: Family, room: str, count: int, minutes: int | None = None) -> list[str]:
    found, after = list[str](), ""
    for _ in range(count):
        card = family.house.card_choices.next("rosa", room, after, minutes=minutes)
        assert card is not None
        after = card.id
        found.append(after)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_another_one_repeats_nothing_until_all_were_shown(family: Family, room: str) -> None:
    ring = [card.id for card in family.house.card_choices.ring(room)]
    assert sorted(round_of(family, room, len(ring))) == sorted(ring)
    assert round_of(family, room, 2 * len(ring))[len(ring) :] == round_of(family, room, len(ring))


def test_each_day_begins_with_another_one(family: Family) -> None:
    first = round_of(family, "listening", 1)
    family.clock.at = family.clock.at.replace(day=21)
    assert round_of(family, "listening", 1) != first


@given(st.sampled_from(ROOMS), st.sets(st.integers(0, 14)), st.integers(0, 14))
@settings(max_examples=60,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_a_put_away_one_never_comes(family: Family, room: str, away: set[int], after: int) -> None:
    choices = family.house.card_choices
    ring = choices.ring(room)
    never = {card.id for place, card in enumerate(ring) if place in away}
    for card in choices.put_away("rosa"):
        choices.bring_back("rosa", card.id)
    for id_ in never:
        choices.never("rosa", id_)
    left = [card.id for card in ring if card.id not in never]
    assert [card.id for card in choices.wanted("rosa", room)] == left
    found, last = list[str](), ring[after % len(ring)].id
    for _ in left:
        card = choices.next("rosa", room, last)
        assert card is not None
        found.append(last := card.id)
    assert sorted(found) == sorted(left)
    if not left:
        assert choices.next("rosa", room) is None


@pytest.mark.parametrize(
    ("minutes", "longest"), [(0, 0), (4, 2), (5, 5), (15, 15), (30, 30), (60, 60), (None, 60)]
)
def test_company_fits_into_the_time_there_is(
    family: Family, minutes: int | None, longest: int
) -> None:
    ring = family.house.card_choices.ring("company", minutes)
    assert max(card.minutes for card in ring) == longest
    if minutes is not None:
        lengths = [card.minutes for card in ring]
        assert lengths == sorted(lengths, reverse=True), "what fills the time comes first"


def test_keeping_putting_away_and_bringing_back(family: Family) -> None:
    house, choices = family.house, family.house.card_choices
    choices.keep("rosa", "o3")
    choices.keep("rosa", "r2")
    assert [card.id for card in choices.kept("rosa")] == ["o3", "r2"]
    assert [card.id for card in choices.kept("rosa", "listening")] == ["o3"]
    choices.never("rosa", "o3")
    assert choices.is_put_away("rosa", "o3")
    assert not choices.is_kept("rosa", "o3")
    assert [card.id for card in choices.put_away("rosa")] == ["o3"]
    assert house.care.undo() == ("done.card_never", {})
    assert choices.is_kept("rosa", "o3")
    choices.never("rosa", "o3")
    choices.bring_back("rosa", "o3")
    assert choices.is_kept("rosa", "o3")
    choices.keep("rosa", "o3", kept=False)
    assert [card.id for card in choices.kept("rosa")] == ["r2"]
    assert {one.id for one in house.care.store.all(CardChoice)} == {"rosa:o3", "rosa:r2"}


def test_decisions_are_one_persons(family: Family) -> None:
    family.house.card_choices.never("rosa", "o1")
    assert not family.house.card_choices.is_put_away("mei", "o1")
    assert family.house.card_choices.put_away(None) == ()


def test_what_is_not_there_is_refused(family: Family) -> None:
    with pytest.raises(InputRefused, match=r"card\.unknown"):
        family.house.card_choices.never("rosa", "o99")
    with pytest.raises(InputRefused, match=r"person\.unknown"):
        family.house.card_choices.keep("nobody", "o1")
    with pytest.raises(ValueError, match="no room"):
        family.house.card_choices.ring("kitchen")


def test_the_first_decision_makes_the_person(tmp_path: Path) -> None:
    family = open_family(tmp_path)
    family.house.card_choices.never(None, "o1")
    (person,) = family.house.people.people()
    assert family.house.card_choices.is_put_away(person.id, "o1")
    family.close()


def test_it_stays_after_a_restart(family: Family) -> None:
    family.house.card_choices.never("rosa", "c1")
    again = family.again()
    assert again.house.card_choices.is_put_away("rosa", "c1")
    again.close()
