"""One apostrophe in every shown sentence: the typographic one, as in “the clinic’s letter”."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import ROOT

STRAIGHT = re.compile(r"[^\W\d_]'(?:[^\W\d_]|\s|$)")
CODE = re.compile(r"'\w+'")
"""A word of the program itself, between two marks."""
SHOWN = [*sorted((ROOT / "resources").rglob("*.en.json")), ROOT / "resources/messages/en.json"]
WINDOWS = [
    path
    for part in ("gui", "pages")
    for path in sorted((ROOT / "caregiver_app" / part).rglob("*.py"))
]


def straight(sentence: str) -> bool:
    return STRAIGHT.search(CODE.sub("", sentence)) is not None


def sentences(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for key, part in told.items():
            yield str(key)
            yield from sentences(part)
    elif isinstance(told, list):
        for part in told:
            yield from sentences(part)


def said(path: Path) -> Iterator[str]:
    """Each string that a module could show: no comment and no docstring is one."""
    tree = ast.parse(path.read_text("utf-8"))
    quiet = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in quiet:
            yield node.value


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("the clinic's letter", True),
        ("the patients' page", True),
        ("the clinic’s letter", False),
        ("an 'if' names ('any': each)", False),
        ("it's", True),
    ],
)
def test_what_counts_as_straight(sentence: str, wrong: bool):
    assert straight(sentence) == wrong


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_every_sentence_of_the_data_has_the_one_form(path: Path):
    told = json.loads(path.read_text("utf-8"))
    assert [one for one in sentences(told) if straight(one)] == []


def test_every_sentence_of_the_windows_and_pages_has_the_one_form():
    found = [f"{path.name}: {one}" for path in WINDOWS for one in said(path) if straight(one)]
    assert found == []
