"""What the support tab offers: the shape and the words of its data files, and how they are read.

Whoever edits a file under `resources/support/` by hand learns here what is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app import assets
from caregiver_app.assets import names, read_text
from caregiver_app.domain.support import ANSWERS, QUESTIONS
from caregiver_app.domain.support_cards import (
    CARD_KINDS,
    CARD_ROOMS,
    CRISIS_PLACEHOLDERS,
    CrisisLine,
)
from caregiver_app.services import support_cards
from caregiver_app.services.reference import Reference
from caregiver_app.services.support_cards import CARDS, CRISIS, SELF_CHECK, SupportCards
from tests.test_no_amounts import amounts
from tests.test_no_reassurance import meant, soothing

FILES = (CARDS, CRISIS, SELF_CHECK)
STATUSES = ("verified here", "partly verified here", "unverified here")
CONFIDENCES = ("high", "medium", "low")
IDS = {
    "opener": "o1 o2 o3 o4 o5 o6 o7 o8 o9 o10 o11 o12",
    "habit": "l1 l2 l3 l4 l5 l6",
    "avoid": "a1 a2 a3 a4 a5 a6 a7 a8 a9",
    "promise_free": "r1 r2 r3 r4 r5 r6 r7 r8",
    "company": "c1 c2 c3 c4 c5 c6 c7 c8 c9 c10 c11 c12 c13 c14 c15",
    "outlet": "h1 h2 h3 h4 h5 h6 h7 h8",
    "self_care": "s1 s2 s3 s4 s5 s6 s7 s8",
    "help_sign": "k1 k2 k3 k4 k5",
}
ROOM_OF = {
    "opener": "listening", "habit": "listening", "avoid": "listening",
    "promise_free": "reassurance", "company": "company", "outlet": "outlets",
    "self_care": "carer", "help_sign": "carer",
}  # fmt: skip
SOURCED = {"status", "confidence", "sources"}
CARD = {"id", "room", "kind", "text", *SOURCED}
NEEDED = {
    "avoid": {"why"}, "company": {"minutes", "needs_power"}, "help_sign": {"who", "action"},
}  # fmt: skip
ALLOWED = {"opener": {"technique", "action"}, "promise_free": {"instead_of"}}
FILE = {"generated", "about", "clinician_review"}
SHORT = 160
"""Characters of a line that a tired person reads at a glance."""


def read(name: str) -> dict[str, Any]:
    return json.loads(read_text(name))


def cards() -> list[dict[str, Any]]:
    return read(CARDS)["cards"]


def sourced() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield everything that has a status, with where it stands."""
    yield from ((card["id"], card) for card in cards())
    yield "self_check", read(SELF_CHECK)
    yield "crisis", read(CRISIS)
    yield from ((step["id"], step) for step in read(CRISIS)["steps"])


def sentences(node: Any, skipped: frozenset[str] = frozenset({"about", "sources"})) -> list[str]:
    """Return every string that may be read, without the quotes of what not to say."""
    hidden = skipped | {"id", "room", "kind", "status", "confidence", "who"}
    hidden |= {"generated", "clinician_review"}

    def walk(one: Any) -> Iterator[str]:
        if isinstance(one, dict):
            for key, inner in one.items():
                if key not in hidden:
                    yield from walk(inner)
        elif isinstance(one, list):
            for inner in one:
                yield from walk(inner)
        elif isinstance(one, str) and one:
            yield one

    return list(walk(meant(node)))


SAID = [(name, text) for name in FILES for text in sentences(read(name))]


# -- shape -----------------------------------------------------------------------------------------


def test_the_three_files_are_there():
    assert names("support") == sorted(FILES)
    for name in FILES:
        assert {*FILE} <= set(read(name)), name
        assert read(name)["clinician_review"] in ("pending", "done"), name
        assert date.fromisoformat(read(name)["generated"]), name


def test_every_card_has_what_its_kind_needs_and_nothing_else():
    assert set(read(CARDS)) == {*FILE, "cards"}
    for card in cards():
        id_, kind = card["id"], card["kind"]
        needed = CARD | NEEDED.get(kind, set())
        assert kind in CARD_KINDS, id_
        assert needed <= set(card) <= needed | ALLOWED.get(kind, set()), id_
        assert card["room"] == ROOM_OF[kind], id_
        for key in set(card) - {"minutes", "needs_power", "sources"}:
            assert isinstance(card[key], str), f"{id_}: {key}"
            assert card[key].strip() == card[key] != "", f"{id_}: {key}"
        if kind == "company":
            assert type(card["minutes"]) is int, id_
            assert 0 <= card["minutes"] <= 60, id_
            assert type(card["needs_power"]) is bool, id_
        assert card.get("who", "either") in ("caregiver", "patient", "either"), id_


def test_every_idea_is_there_once():
    found = [(card["kind"], card["id"]) for card in cards()]
    assert found == [(kind, id_) for kind, ids in IDS.items() for id_ in ids.split()]
    texts = [card["text"] for card in cards()]
    assert len(set(texts)) == len(texts)
    assert set(ROOM_OF.values()) == set(CARD_ROOMS)
    assert [
        card["id"] for card in cards() if card["kind"] == "company" and not card["minutes"]
    ] == ["c12"]
    assert {card["id"] for card in cards() if card.get("needs_power")} == {"c1", "c4", "c11", "c15"}


def test_the_own_check_has_its_fields_and_no_score():
    data = read(SELF_CHECK)
    fields = {*FILE, *SOURCED, "name", "intro", "looks_back", "answers", "questions"}
    assert set(data) == fields
    assert len(data["answers"]) == len(set(data["answers"])) == ANSWERS
    assert [one["id"] for one in data["questions"]] == [f"q{n}" for n in range(1, QUESTIONS + 1)]
    for one in data["questions"]:
        assert set(one) == {"id", "text", "area", "reverse"}, one["id"]
        assert type(one["reverse"]) is bool
    assert [one["id"] for one in data["questions"] if one["reverse"]] == ["q1", "q2", "q6"]
    assert data["questions"][-1]["area"] == "safety"
    agreed = read("messages/en.json")["safety.self_check"]
    assert agreed in data["intro"]
    words = " ".join(sentences(data))
    assert not re.search(
        r"\d|\b(score|points?|total|result|steady|stretched|band)s?\b(?!, or)", words
    )


def test_the_crisis_panel_has_its_fields():
    data = read(CRISIS)
    assert set(data) == {*FILE, *SOURCED, "name", "lines", "yourself", "add", "steps"}
    ids = [line["id"] for line in data["lines"]]
    assert ids == ["emergency", "crisis_line", "crisis_text", "poison", "clinic"]
    for line in data["lines"]:
        assert set(line) == {"id", "says", "missing"}, line["id"]
        assert line["says"], line["id"]
    assert [step["id"] for step in data["steps"]] == [f"x{n}" for n in range(1, 8)]
    for step in data["steps"]:
        assert set(step) == {"id", "do", "more", *SOURCED}, step["id"]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_placeholders_stand_in_lines_of_the_crisis_panel_only():
    lines = read(CRISIS)["lines"]
    used = {name for line in lines for text in line["says"] for name in placeholders(text)}
    assert used == set(CRISIS_PLACEHOLDERS)
    inside = {text for line in lines for text in line["says"]}
    for name, text in SAID:
        assert text in inside or not re.search(r"[{}]", text), f"{name}: {text}"
    for line in lines:
        assert all(placeholders(text) for text in line["says"]), line["id"]


# -- sources ---------------------------------------------------------------------------------------


def test_what_was_checked_names_known_sources_and_our_own_ideas_name_none():
    known = read("reference/sources.en.json")["sources"]
    for id_, entry in sourced():
        assert entry["status"] in STATUSES, id_
        assert entry["confidence"] in CONFIDENCES, id_
        assert set(entry["sources"]) <= set(known), id_
        assert len(set(entry["sources"])) == len(entry["sources"]), id_
        assert bool(entry["sources"]) == (entry["status"] != "unverified here"), id_


def test_nothing_is_sure_that_only_weak_pages_or_nobody_says():
    read_ = SupportCards(Reference())
    weak = {card.id for card in read_.cards if card.evidence.is_weak}
    assert {"o7", "o10", "r1", "c1", "h3", "s2"} <= weak
    assert not weak & {"o1", "l1", "r2", "c3", "k1"}
    for id_, entry in sourced():
        evidence = Reference().evidence_of(entry["status"], entry["sources"])
        assert not (evidence.is_weak and entry["confidence"] == "high"), id_


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "text"), SAID)
def test_no_word_that_we_do_not_say(name: str, text: str):
    assert not soothing(text), name
    assert not amounts(text), name
    for what, pattern in {
        "a number of a telephone": r"\d",
        "a loud voice": "!",
        "a command": r"\b(?:you|they) (?:must|have to|need to|should|ought)\b",
        "a guessed gender": r"\b(?:he|she|him|her|hers|his|himself|herself)\b",
        "an ellipsis": "\u2026|\\.\\.\\.",
        "a link": r"(?i)https?:|www\.|\w+@\w+|\w\.(?:com|org|gov|net)\b",
        "a name to fill in": r"\{name\}",
        "a change of treatment": r"\b(?:double|rebook|dose|take the|stop taking|give them)\b",
    }.items():
        assert not re.search(pattern, text, re.IGNORECASE), f"{name} says {what}: {text}"


@pytest.mark.parametrize("card", cards(), ids=lambda card: card["id"])
def test_a_card_is_short_and_ends_a_sentence(card: dict[str, Any]):
    for key in ("text", "why", "instead_of", "action", "technique"):
        if key in card:
            assert len(card[key]) <= SHORT, key
            assert card[key][-1] in ".?", key
            assert card[key][0].isupper(), key


def test_drink_and_food_carry_the_limit_clause():
    food = re.compile(
        r"\b(drinks?|eat|water|tea|coffee|soup|snacks?|sweets|mints)\b", re.IGNORECASE
    )
    offered = [card for card in cards() if card["kind"] in ("company", "outlet", "self_care")]
    found = [card["id"] for card in offered if food.search(card["text"])]
    assert found == ["c13", "h6", "s1"]
    for card in offered:
        assert not food.search(card["text"]) or "unless a" in card["text"], card["id"]


def test_what_is_about_a_medicine_or_a_change_goes_to_the_care_team():
    by_id = {card["id"]: card for card in cards()}
    for id_ in ("a7", "h4", "k2", "k3", "k5", "h1"):
        assert "care team" in " ".join(str(one) for one in by_id[id_].values()), id_
    assert "emergency" in by_id["k3"]["action"]
    for id_ in ("k1", "k2"):
        assert "crisis panel" in by_id[id_]["action"], id_
    assert "any hour" in by_id["k3"]["action"]


def test_the_crisis_panel_is_read_in_fifteen_seconds():
    data = read(CRISIS)
    first = [line["says"][0] for line in data["lines"][:2]]
    words = " ".join([data["name"], *first, *(step["do"] for step in data["steps"])]).split()
    assert len(words) <= 60, "four words a second"
    for step in data["steps"]:
        assert len(step["do"].split()) <= 10, step["id"]


# -- what the program makes of it ------------------------------------------------------------------


@pytest.fixture
def support() -> SupportCards:
    return SupportCards(Reference())


def test_the_program_reads_all_of_it(support: SupportCards):
    assert [card.id for card in support.cards] == [entry["id"] for entry in cards()]
    for card, entry in zip(support.cards, cards(), strict=True):
        for key in set(entry) - SOURCED:
            assert getattr(card, key) == entry[key], f"{card.id}: {key}"
        assert card.evidence.status == entry["status"]
        assert [source.id for source in card.evidence.sources] == entry["sources"]
        assert not card.evidence.reviewed
    assert support.generated == date(2026, 11, 20)
    assert not support.reviewed
    check, crisis = support.self_check, support.crisis
    assert [one.text for one in check.questions] == [
        one["text"] for one in read(SELF_CHECK)["questions"]
    ]
    assert check.answers == ("Not at all", "Some days", "Most days", "Nearly always")
    assert check.evidence.status == "partly verified here"
    assert [step.do for step in crisis.steps] == [step["do"] for step in read(CRISIS)["steps"]]
    assert crisis.evidence.is_unverified
    assert not crisis.steps[0].evidence.is_weak


def test_cards_are_found_by_room_kind_and_id(support: SupportCards):
    assert {card.kind for card in support.of("listening")} == {"opener", "habit", "avoid"}
    assert [card.id for card in support.of(kind="habit")] == IDS["habit"].split()
    assert support.of("company", "outlet") == ()
    assert support.of() == support.cards
    card = support.card("r1")
    assert card is not None
    assert card.instead_of == "Everything will be fine."
    assert support.card("c12") == support.of("company")[11]
    assert support.card("o99") is None
    for room, kind in (("kitchen", None), (None, "joke"), ("opener", None)):
        with pytest.raises(ValueError, match="no cards of room"):
            support.of(room, kind)


def test_nothing_is_read_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []

    def watched(name: str) -> str:
        opened.append(name)
        return assets.read_text(name)

    monkeypatch.setattr(support_cards, "read_text", watched)
    support = SupportCards(Reference())
    assert opened == []
    assert support.self_check is support.self_check
    assert opened == [SELF_CHECK]
    assert support.crisis.steps
    assert support.cards is support.cards
    assert sorted(opened) == sorted(FILES)


@pytest.mark.parametrize("file", FILES)
def test_a_review_is_told_for_its_own_file_only(file: str, monkeypatch: pytest.MonkeyPatch):
    def reviewed(name: str) -> str:
        text = assets.read_text(name)
        return text.replace('review": "pending"', 'review": "done"') if name == file else text

    monkeypatch.setattr(support_cards, "read_text", reviewed)
    support = SupportCards(Reference())
    told = {
        CARDS: support.cards[0].evidence.reviewed,
        SELF_CHECK: support.self_check.evidence.reviewed,
        CRISIS: support.crisis.steps[0].evidence.reviewed,
    }
    assert told == {name: name == file for name in FILES}
    assert not support.reviewed


# -- the lines of the crisis panel -----------------------------------------------------------------

ALL = dict(zip(CRISIS_PLACEHOLDERS, ("E", "the Line", "L", "word to T", "C", "P"), strict=True))


def test_with_every_number_the_lines_name_them(support: SupportCards):
    told = {line.id: line.told(ALL) for line in support.crisis.lines}
    assert told["emergency"].endswith("call E.")
    assert told["crisis_line"].endswith("the Line, L")
    assert told["crisis_text"].endswith("word to T")
    assert told["clinic"].endswith("C")
    assert "Call P." in told["poison"]
    assert told["poison"].endswith(": E.")
    assert not any(line.is_missing(ALL) for line in support.crisis.lines)


@pytest.mark.parametrize("none", [{}, dict.fromkeys(CRISIS_PLACEHOLDERS, " \t")])
def test_without_numbers_the_lines_still_say_where_to_go(support: SupportCards, none: dict):
    told = {line.id: line.told(none) for line in support.crisis.lines}
    assert told == {
        "emergency": "Call your local emergency number now",
        "crisis_line": "Go to the nearest emergency department or ask someone to take you",
        "crisis_text": "",
        "poison": "Too much of a medicine, or something swallowed?"
        " Call your local emergency number now",
        "clinic": "",
    }
    assert support.crisis.add == "Add your local crisis number"
    assert all(line.is_missing(none) for line in support.crisis.lines)
    with pytest.raises(KeyError):
        support.crisis.line("fire")


def test_half_of_the_numbers_say_what_they_can(support: SupportCards):
    line, poison = support.crisis.line("crisis_line"), support.crisis.line("poison")
    assert line.told({"crisis_line_number": "L"}).endswith("person: L")
    assert line.is_missing({"crisis_line_name": "the Line"})
    alone = poison.told({"poison_line": "P"})
    assert "P" in alone
    assert alone.endswith("call your local emergency number.")
    assert poison.told({"emergency_number": "E"}).endswith("swallowed? Call E now")


TYPED = st.dictionaries(
    st.sampled_from(CRISIS_PLACEHOLDERS), st.text(alphabet=" {}!:0E+(", max_size=8)
)


@given(TYPED, st.sampled_from([line["id"] for line in read(CRISIS)["lines"]]))
def test_whatever_was_typed_stands_there_as_it_is(typed: dict[str, str], id_: str):
    entry = next(line for line in read(CRISIS)["lines"] if line["id"] == id_)
    line = CrisisLine(id_, tuple(entry["says"]), entry["missing"])
    told = line.told(typed)
    known = {name for name, text in typed.items() if text.strip()}
    fitting = [one for one in entry["says"] if placeholders(one) <= known]
    assert line.is_missing(typed) == (not fitting)
    if not fitting:
        assert told == entry["missing"]
        return
    expected = fitting[0]
    for part in re.split(r"\{\w+\}", expected):
        assert part in told
    for name in placeholders(expected):
        assert typed[name].strip() in told
