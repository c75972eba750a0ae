"""What a family may type, and the sentence when it cannot be taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain import texts
from caregiver_app.errors import InputRefused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Dr Sol", "Dr Sol"),
        ("  Ärztin  ", "Ärztin"),
        ("头痛", "头痛"),
        ("مرحبا", "مرحبا"),
        ("👩‍⚕️ visit", "👩‍⚕️ visit"),
        ("x" * 200, "x" * 200),
        (" " * 500 + "x", "x"),
    ],
)
def test_a_title(typed: str, kept: str):
    assert texts.title(typed) == kept


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "text.empty"),
        (" \t ", "text.control"),
        ("\u200b\u200e", "text.empty"),
        ("\u00a0", "text.empty"),
        ("x" * 201, "text.long"),
        ("x" * 10_000, "text.long"),
        ("a\nb", "text.control"),
        ("a\0b", "text.control"),
        ("a\x1b[31mb", "text.control"),
        ("a\x85b", "text.control"),
        ("a\u2028b", "text.control"),
        ("\ud800", "text.control"),
        ("\ud83d\ude00", "text.control"),  # two halves are no character either
    ],
)
def test_a_title_that_is_refused(typed: str, key: str):
    with pytest.raises(InputRefused) as refused:
        texts.title(typed)
    assert refused.value.key == key


def test_paragraphs():
    assert texts.paragraphs("a\r\nb\rc\td\n\n") == "a\nb\nc\td"
    assert texts.paragraphs("") == ""
    assert len(texts.paragraphs("x" * texts.TEXT_LIMIT)) == texts.TEXT_LIMIT
    for typed, key in (("x" * (texts.TEXT_LIMIT + 1), "text.long"), ("a\x07", "text.control")):
        with pytest.raises(InputRefused) as refused:
            texts.paragraphs(typed)
        assert refused.value.key == key


@pytest.mark.parametrize("good", ["a", "a/b:c~d", "头", "x" * 100])
def test_an_id_comes_back_unchanged(good: str):
    assert texts.identifier(good) == good


@pytest.mark.parametrize(
    ("bad", "key"),
    [("", "id.length"), ("x" * 101, "id.length"), ("a b", "id.characters"),
     ("a\u00a0b", "id.characters"), ("a\u2028", "id.characters"), ("a\x07", "id.characters"),
     ("\ud800", "id.characters")],
)  # fmt: skip
def test_an_id_that_is_refused(bad: str, key: str):
    with pytest.raises(InputRefused) as refused:
        texts.identifier(bad)
    assert refused.value.key == key


@given(st.text(max_size=300))
def test_what_a_title_takes_is_one_clean_line(typed: str):
    try:
        kept = texts.title(typed)
    except InputRefused:
        return
    assert kept == kept.strip()
    assert len(kept.splitlines()) == 1
    kept.encode()
    assert texts.title(kept) == kept


def test_choices_and_numbers():
    assert texts.one_of("a", ("a", "b"), "x") == "a"
    assert texts.whole(10, 0, 10, "x") == 10
    for check in (lambda: texts.one_of("c", ("a", "b"), "x"), lambda: texts.whole(11, 0, 10, "x")):
        with pytest.raises(InputRefused) as refused:
            check()
        assert refused.value.field == "x"


def test_all_problems_of_a_form_come_together():
    problems = texts.problems_of(
        [
            lambda: texts.title("", "a"),
            lambda: texts.title("b", "b"),
            lambda: texts.whole(1, 2, 3, "c"),
        ]
    )
    assert [problem.field for problem in problems] == ["a", "c"]
