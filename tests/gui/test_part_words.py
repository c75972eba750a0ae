"""What comes with a visit has one name on every screen, and an approval is called an approval."""

from __future__ import annotations

import json
import re

from caregiver_app.assets import read_text
from caregiver_app.domain.entities import PARTS
from caregiver_app.gui.calendar.plan.brings_card import BringsCard
from caregiver_app.gui.part_words import CHECK_INS, part_name, part_note, without_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.phrases import check_in_name


def test_every_part_has_a_name_of_its_own():
    names = [part_name(key) for key in PARTS]
    assert not any(name.startswith("part.") for name in names)
    assert len(set(names)) == len(PARTS)
    assert set(CHECK_INS) < set(PARTS)


def test_the_limits_of_drink_and_food_are_always_said():
    assert part_note("hydration") == "unless a fluid limit applies"
    assert part_note("meal") == "unless the team said otherwise"


def test_the_plan_and_the_day_call_them_the_same(qtbot):
    card = BringsCard(Theme(), off=("bag", "c72"))
    qtbot.addWidget(card)
    assert card.sentence.text() == f"Without: {part_name('bag')} · {check_in_name('c72')}."
    assert without_words(("c72", "bag")) == "Bag · 72-hour check-in"


def test_the_window_says_approval():
    told = json.loads(read_text("messages/en.json")).values()
    steps = json.loads(read_text("bag/templates.en.json"))["preparation"]
    words = [*told, *(step["text"] for step in steps), *(step["why"] for step in steps)]
    assert [one for one in words if re.search("authori[sz]", one, re.IGNORECASE)] == []
