"""Finding a sign by two letters: every emergency that matches stands above everything else."""

from __future__ import annotations

import itertools
import json
import re
import string

import pytest

from caregiver_app.assets import read_text
from caregiver_app.domain.watch import Tier
from caregiver_app.services.reference import Reference, load

DATA = json.loads(read_text("reference/signs.en.json"))
SMALL = set(DATA["small_words"])
PAIRS = ["".join(pair) for pair in itertools.product(string.ascii_lowercase, repeat=2)]
MOST = 8
"""So many emergencies match any two letters; the place that lists them has to hold so many."""


def words(*texts: str) -> list[str]:
    plain = " ".join(texts).lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    return [word for word in re.findall(r"\w+", plain) if word not in SMALL]


WORDS = {s["id"]: words(s["name"], *s["also"], s["full"]) for s in DATA["signs"]}
FIRST = {s["id"]: words(s["name"])[0] for s in DATA["signs"]}
URGENT = {s["id"] for s in DATA["signs"] if s["tier"] == "emergency"}


def matching(letters: str) -> set[str]:
    return {id_ for id_, found in WORDS.items() if any(w.startswith(letters) for w in found)}


@pytest.mark.parametrize("first", string.ascii_lowercase)
def test_any_two_letters_put_every_emergency_first(first: str):
    for letters in (pair for pair in PAIRS if pair[0] == first):
        found = [sign.id for sign in load().find_signs(letters)]
        assert set(found) == matching(letters), letters
        urgent = [id_ for id_ in found if id_ in URGENT]
        assert found[: len(urgent)] == urgent, f"{letters}: {found}"
        own = [id_ for id_ in urgent if FIRST[id_].startswith(letters)]
        assert urgent[: len(own)] == own, f"{letters}: {urgent}"
        assert len(urgent) <= MOST, f"{letters}: {urgent}"


def test_the_order_comes_from_the_letters_not_from_the_file():
    turned = Reference()
    turned.__dict__["_signs_file"] = {**DATA, "signs": DATA["signs"][::-1]}
    for letters in PAIRS:
        urgent = [sign.id for sign in turned.find_signs(letters) if sign.id in URGENT]
        own = [id_ for id_ in urgent if FIRST[id_].startswith(letters)]
        assert urgent[: len(own)] == own, f"{letters}: {urgent}"


def test_the_test_looks_at_many():
    hits = [letters for letters in PAIRS if matching(letters) & URGENT]
    assert len(hits) > 80
    assert max(len(matching(letters) & URGENT) for letters in PAIRS) == MOST


@pytest.mark.parametrize("letters", ["tr", "sh", "br", "ca", "TR", " tr"])
def test_trouble_breathing_is_among_the_first_two(letters: str):
    assert "trouble_breathing" in [sign.id for sign in load().find_signs(letters)][:2]


@pytest.mark.parametrize("letters", sorted(word for word in SMALL if len(word) == 2))
def test_a_small_word_finds_only_longer_words(letters: str):
    assert {sign.id for sign in load().find_signs(letters)} == matching(letters)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("trouble breathing", "trouble_breathing"), ("can't breathe", "trouble_breathing"),
        ("short of breath", "trouble_breathing"), ("swollen face", "face_throat_swelling"),
        ("passed out", "fainting_low_bp"), ("throat closing", "anaphylaxis"),
        ("cant swallow", "face_throat_swelling"),
        ("tight chest", "chest_pain"), ("heart attack", "chest_pain"), ("stroke", "stroke_signs"),
        ("face drooping", "stroke_signs"), ("slurred speech", "stroke_signs"),
        ("fit", "seizure"), ("won't wake up", "sudden_confusion"),
        ("blood poisoning", "sepsis_signs"), ("stiff neck", "meningitis_signs"),
        ("coughing up blood", "vomit_blood_black_stool"), ("black poop", "vomit_blood_black_stool"),
        ("swollen leg", "clot_signs"), ("kill himself", "suicidal_thoughts"),
        ("wants to die", "suicidal_thoughts"), ("hives", "anaphylaxis"),
        ("high temperature", "fever"), ("shivering", "sepsis_signs"), ("throwing up", None),
        ("diarrhea", "diarrhoea"), ("the runs", "diarrhoea"), ("tired", "fatigue"),
        ("exhausted", "fatigue"), ("sick", "vomiting"), ("dizzy", "fainting_low_bp"),
        ("runny nose", "cold_symptoms"), ("sore throat", "cold_symptoms"),
        ("losing hair", "hair_thinning"), ("insomnia", "sleep_trouble"),
        ("overdose", "medicine_error"), ("forgot a pill", "medicine_error"),
        ("blurry", "vision_change"), ("memory", "gradual_neuro_change"),
        ("brain fog", "gradual_neuro_change"), ("itchy", "hives_rash"),
    ],
)  # fmt: skip
def test_the_words_that_people_type(typed: str, first: str | None):
    found = [sign.id for sign in load().find_signs(typed)]
    assert found, typed
    if first is not None:
        assert first in found[:3], found


def test_what_shares_a_word_with_an_emergency_tells_the_two_apart():
    """Where an emergency and a milder sign answer to one word, each says what makes it which."""
    for word in {word for id_ in URGENT for word in WORDS[id_] if len(word) > 3}:
        found = load().find_signs(word)
        if not any(sign.tier is Tier.EMERGENCY for sign in found):
            continue
        for sign in found:
            assert sign.tell_apart, f"{word}: {sign.id} does not say what tells it apart"
            assert "mergency" in sign.tell_apart or sign.tier < Tier.EMERGENCY
