"""No sentence about signs says that something is nothing: that is for a nurse or doctor to say.

Every data file that a family sees is scanned, every message, and every string of the screens and
pages that show signs.
"""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from caregiver_app.assets import names, read_text
from tests.test_no_amounts import CODE, FILES, PACKAGE, said, strings

SHOWS_SIGNS = (
    "watchlist", "emergency", "visit", "today", "medicine_info", "search", "support", "crisis",
)  # fmt: skip
SCREENS = [
    path for path in CODE if {"pages", *SHOWS_SIGNS} & set(path.relative_to(PACKAGE).parts[:2])
]
SOOTHING = re.compile(
    r"(?<!\w)(?:harmless|(?:is|are|be|feel|feeling|quite|just) (?:normal|fine|ok(?:ay)?)(?! for)"
    r"|(?:perfectly|totally|completely) \w+|all right|alright|(?:to be|as|is|are) expected"
    r"|nothing (?:serious|bad|dangerous|to (?:worry|fear))|no (?:danger|cause|reason) (?:for|to)"
    r"|no need to|(?:do not|don['\u2019]?t|not to|need not|no need to) (?:worry|panic|be alarmed)"
    r"|not (?:serious|dangerous|urgent|an emergency|a problem|bad)|no problem|stay calm"
    r"|(?:will|should|usually|often|soon|mostly) (?:pass(?:es)?|settles?|eases?|fades?|goe?s? away"
    r"|gets? better|grows? back|clears? up|be (?:fine|ok(?:ay)?|over|gone))"
    r"|(?:passes|settles|fades|eases|clears up|goes away)(?: (?:by itself|on its own|soon|quickly))"
    r"|safe to|only natural|happens to (?:everyone|everybody|many|most)"
    r"|(?:is|are) (?:very |quite )?(?:common|usual|typical|rare)"
    r"|rarely|seldom|hardly ever|just (?:a|tired|stress|nerves)|it is nothing|reassur\w+ signs?"
    r"|side effects? (?:is|are) mild"
    r"|(?:everything|all) (?:will|is going to)"
    r"|nothing (?:will|can|is going to) (?:happen|go wrong|hurt)"
    r"|(?:will|going to|soon) (?:\w+ly )?(?:get|feel|be) (?:better|well|great|strong\w*|cured|safe)"
    r"|this (?:will|has to|is going to) (?:work|help)|definitely|for sure|guarantee\w*|certain to"
    r"|in (?:good|safe|the best) hands|we can beat|i promise|look on the bright side)(?!\w)",
    re.IGNORECASE,
)
"""Words that say that a sign is expected, harmless, short or rare, or promise how it turns out."""
ALLOWED = (
    "This shows what is usual, not what your loved one should get.",
    "What is usual",
)


def soothing(text: str) -> list[str]:
    """Return every place of a text that reassures."""
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return [found[0] for found in SOOTHING.finditer(text)]


def meant(node: Any) -> Any:
    """Return the data without what it quotes as not to be said."""
    if isinstance(node, dict):
        quoted = {"instead_of", "text"} if node.get("kind") == "avoid" else {"instead_of"}
        return {key: meant(one) for key, one in node.items() if key not in quoted}
    return [meant(one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("file", [*FILES, *(n for n in names("care") if n.endswith(".json"))])
def test_no_data_file_reassures(file: str):
    words = said(meant(json.loads(read_text(file))))
    found = [(text, soothing(text)) for text in words if soothing(text)]
    assert not found, f"{file}: {found}"


def test_no_screen_or_page_that_shows_signs_reassures():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}: {text!r}"
        for path in SCREENS
        for line, text in strings(path)
        if soothing(text)
    ]
    assert not found, "\n".join(found)


def test_all_of_it_is_looked_at():
    assert len(FILES) > 40
    looked_at = {path.relative_to(PACKAGE).as_posix() for path in SCREENS}
    assert {"gui/watchlist/tab.py", "gui/emergency/page.py", "pages/signs.py"} <= looked_at
    assert len(SCREENS) > 60
    data = json.loads(read_text("reference/signs.en.json"))
    seen = set(said(data))
    for sign in data["signs"]:
        assert {sign["tell_apart"], sign["steps"][0]["do"], *sign["avoid"]} <= seen
    medicine = json.loads(read_text("reference/medicines/rituximab.en.json"))
    assert {item["text"] for item in medicine["watch"]} <= set(said(medicine))


def test_only_what_is_not_to_be_said_is_left_out():
    cards = json.loads(read_text("support/cards.en.json"))["cards"]
    seen = set(said(meant(cards)))
    for card in cards:
        avoided = card["kind"] == "avoid"
        assert (card["text"] in seen) != avoided, card["id"]
        kept = {card[key] for key in ("why", "action", "technique") if key in card}
        assert kept <= seen, card["id"]
        assert avoided or "instead_of" not in card or card["instead_of"] not in seen, card["id"]
    assert [card["id"] for card in cards if soothing(card.get("instead_of", ""))]


@pytest.mark.parametrize(
    "text",
    [
        "This is normal.", "It is fine", "a harmless rash", "This will pass.", "as expected",
        "Don't worry about it.", "Nothing serious", "It usually settles.", "No need to call.",
        "This is common.", "It goes away by itself.", "it is not serious", "just a rash",
        "Hair will grow back.", "It rarely happens.", "is very rare", "Stay calm.",
        "They should be fine.", "not an emergency", "That is to be expected",
        "Everything will be fine.", "Nothing will happen.", "You will feel great tomorrow.",
        "This has to work.", "You will definitely get better.", "They are in good hands.",
        "You are going to feel better.", "I promise.",
    ],
)  # fmt: skip
def test_a_reassuring_sentence_is_noticed(text: str):
    assert soothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "This shows what is usual, not what your loved one should get.", "Note it and mention it",
        "If unsure, choose the more urgent level and call.", "No fever does not mean no infection.",
        "Even if they feel well.", "No waiting to see whether it goes away.", "The rash stays.",
        "Give them time: a treatment can take weeks or months to work.", "No entry that day",
        "No promise to keep it secret.", "It can take weeks to tell whether it helps.",
    ],
)  # fmt: skip
def test_other_sentences_are_left_alone(text: str):
    assert not soothing(text)
