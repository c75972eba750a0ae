"""Which notes are found, by words and by what is chosen beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Appointment, Note
from caregiver_app.domain.times import Zoned
from caregiver_app.storage.note_finding import NoteWish, find_notes
from tests.gui.tabs_family import NOW, ZONE, Family, rosas_family


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Family]:
    made = rosas_family(tmp_path_factory.mktemp("notes"))
    yield made
    made.close()


NOTES = [
    Note(id="a", person="rosa", text="Die Ärztin war nett.", at=NOW, room="company"),
    Note(
        id="b", person="rosa", text="她今天头痛，so we walked home.", at=NOW, tags=("散步", "walk")
    ),
    Note(id="c", person="rosa", text="A walk 😀", at=NOW, about="carer", pinned=True),
    Note(id="d", person="rosa", text="Unkind words", at=NOW, mood="low", tags=("walk",)),
    Note(id="e", person="rosa", text="x\u0000y <b>bold</b>", at=NOW, room="outlets"),
]


@pytest.fixture(scope="module", autouse=True)
def _filled(family: Family) -> None:
    for age, note in enumerate(NOTES):
        family.clock.at = NOW - timedelta(days=age)
        with family.house.care.change("x"):
            made = {"created": NOW, "changed": NOW, "at": NOW - timedelta(days=age)}
            family.house.care.store.put(replace(note, text=note.text.replace("\0", "␀"), **made))
    family.clock.at = NOW


def found(family: Family, **wanted: object) -> str:
    wish = replace(NoteWish(person="rosa"), **wanted)
    return "".join(note.id for note in find_notes(family.house.care.store, wish, 100))


WANTED = [
    ({}, "abcde"),
    ({"words": "arztin"}, "a"),
    ({"words": "头痛"}, "b"),
    ({"words": "头"}, "b"),
    ({"words": "头 walk"}, "b"),
    ({"words": "wal"}, "bcd"),
    ({"words": "w"}, "abcd"),
    ({"words": "kind"}, ""),
    ({"words": "😀"}, "c"),
    ({"words": "<b>"}, "e"),
    ({"words": "  "}, "abcde"),
    ({"words": '" AND ('}, ""),
    ({"words": "散步"}, "b"),
    ({"room": "company"}, "a"),
    ({"about": "carer"}, "c"),
    ({"tag": "walk"}, "bd"),
    ({"tag": "wal"}, ""),
    ({"pinned": True}, "c"),
    ({"but": "a"}, "bcde"),
    ({"words": "walk", "about": "person", "tag": "散步"}, "b"),
    ({"person": "nobody"}, ""),
]


@pytest.mark.parametrize(("wanted", "ids"), WANTED, ids=lambda one: str(one))
def test_what_is_wanted_is_found(family: Family, wanted: dict[str, object], ids: str) -> None:
    assert found(family, **wanted) == ids


def test_no_more_than_wanted(family: Family) -> None:
    first = family.house.support.find(NoteWish(person="rosa"), 2)
    assert ([note.id for note in first.notes], first.more) == (["a", "b"], True)
    assert not family.house.support.find(NoteWish(person="rosa"), 5).more


def test_tags_of_most_notes_come_first(family: Family) -> None:
    assert family.house.support.tags("rosa") == ["walk", "散步"]
    assert family.house.support.tags("nobody") == []


ANYTHING = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(words=ANYTHING, tag=ANYTHING)
def test_whatever_is_typed_is_an_answer(family: Family, words: str, tag: str) -> None:
    found(family, words=words, tag=tag)
    result = family.house.support.find(NoteWish(person="rosa", words=words), 9)
    for note in result.notes:
        for start, length in result.marks(result.shown(note.text)):
            assert 0 <= start < start + length <= len(result.shown(note.text))


def test_visits_to_choose_from_are_the_nearest_and_the_chosen(tmp_path: Path) -> None:
    family = rosas_family(tmp_path)
    support = family.house.support
    for year in range(2010, 2026):
        start = Zoned(datetime(year, 5, 1, 9, 30), ZONE)
        family.house.agenda.save(
            Appointment(id=f"v{year}", uid="", person="rosa", type="infusion", title="Infusion",
                        start=start, minutes=60)
        )  # fmt: skip
    offered = support.visits_around("rosa", "v2011")
    days = [one.start.local.date().isoformat() for one in offered]
    assert days[:4] == ["2026-03-17", "2026-03-31", "2026-04-28", "2026-06-23"]
    assert [one.id for one in offered[4:]] == ["v2025", "v2024", "v2023", "v2022", "v2021", "v2011"]
    (first, *_) = support.visits_around("rosa", near=date(2026, 4, 20))
    assert first.start.local.date().isoformat() == "2026-04-28", "nearest to the note's own day"
    assert support.visits_around("nobody") == []
    family.close()
