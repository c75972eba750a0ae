"""No text anywhere proposes, compares or computes an amount of a medicine.

All data files that a family sees are scanned, and every string of the screens, of the printed
pages and of the services.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from caregiver_app.assets import names, read_text

PACKAGE = Path(__file__).resolve().parents[1] / "caregiver_app"
FOLDERS = ("reference", "reference/medicines", "messages", "bag", "helper", "support")
FILES = [name for folder in FOLDERS for name in names(folder) if name.endswith(".json")]
CODE = [
    path
    for folder in ("gui", "pages", "services")
    for path in sorted((PACKAGE / folder).rglob("*.py"))
    if "demo" not in path.relative_to(PACKAGE).parts
]

_NUMBER = r"(?:\d[\d.,]*|\{\w+\}|half an?|one|two|three|four|five|six|ten)"
_MEASURE = (
    r"(?:mg|mcg|µg|μg|g|gr|kg|ml|cl|dl|cc|l|iu|units?|mmol|grams?|milligrams?|micrograms?|litres?"
    r"|liters?|milliliters?|millilitres?|glass(?:es)?|cups?|tablets?|pills?|capsules?|drops?|puffs?"
    r"|sprays?|vials?|ampoules?|sachets?|spoonfuls?|teaspoons?)"
)
_CHANGE = (
    r"(?:doubl\w*|tripl\w*|halv\w*|half|rais\w*|lower\w*|increas\w*|reduc\w*|higher|larger|smaller"
    r"|extra)"
)
AMOUNT = re.compile(
    rf"(?<!\w)(?:{_NUMBER}[ \u00a0\u202f-]?{_MEASURE}|mg/kg|{_MEASURE} ?per ?kg|dose of {_NUMBER}"
    rf"|{_CHANGE} (?:the |a |an |your |their |his |her )?(?:dose|amount)s?)(?!\w)",
    re.IGNORECASE,
)
"""A number with a measure, or a dose that is made more or less."""


def amounts(text: str) -> list[str]:
    """Return every place of a text that speaks of an amount."""
    return [found[0] for found in AMOUNT.finditer(text)]


def said(node: Any) -> Iterator[str]:
    """Yield every string of a data file but what people may type to find a sign."""
    if isinstance(node, dict):
        for key, one in node.items():
            if key != "also":
                yield key
                yield from said(one)
    elif isinstance(node, list):
        for one in node:
            yield from said(one)
    elif isinstance(node, str):
        yield node


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of every string of a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


@pytest.mark.parametrize("file", FILES)
def test_no_data_file_speaks_of_an_amount(file: str):
    found = [(text, amounts(text)) for text in said(json.loads(read_text(file))) if amounts(text)]
    assert not found, f"{file}: {found}"


def test_no_string_of_the_program_speaks_of_an_amount():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text!r}"
        for path in CODE
        for line, text in strings(path)
        if amounts(text)
    ]
    assert not found, "\n".join(found)


def test_all_of_it_is_looked_at():
    assert len(FILES) > 40
    assert len(CODE) > 100
    seen = [text for _, text in strings(PACKAGE / "gui" / "calendar" / "plan" / "usual_card.py")]
    assert "Usual: {label}" in seen


@pytest.mark.parametrize(
    "text",
    [
        "take 5 mg", "2.5 ml", "{count} mg", "two tablets", "half a tablet", "1,000 units",
        "10 mg/kg", "a dose of 200", "double the dose", "a lower dose", "Increase your dose",
        "drink 2 litres", "6 glasses", "300\u00a0mg", "15-mg",
    ],
)  # fmt: skip
def test_an_amount_is_noticed(text: str):
    assert amounts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do not double, skip or rebook on your own.", "two visits, two weeks apart",
        "in 15 minutes", "38.0 °C / 100.4 °F", "never suggests, computes or compares a dose",
        "{count} in all: ", "Amount, as the clinic wrote it", "One drip, then injections",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text: str):
    assert not amounts(text)
