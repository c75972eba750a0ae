"""The bag tab at every width and size of text: no word cut, none on another, all can be hit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.theme import Theme
from tests.gui import fit
from tests.gui.bag.showing import row, visit_of
from tests.gui.tabs_family import Family, rosas_family, shown

LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    house = made.house
    visit = visit_of(made)
    rosa = house.people.person("rosa")
    assert rosa is not None
    house.people.save_person(replace(rosa, name=LONG))
    house.bags.set_brings(visit, "water", "person")
    house.bags.set_brings(visit, "snacks", "carer")
    house.bags.set_paper(visit, "paperwork", "sent", f"with Dr. 王梅, {LONG}")
    house.bags.set_state(visit, "photo_id", "not_needed")
    house.bags.set_state(visit, "insurance_card", "packed")
    house.bags.add(visit, f"{LONG} 王梅的红豆汤", "things")
    house.bags.add(visit, "x" * 120, "papers")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("width", "scale", "mode"),
    [(1280, 1.0, "light"), (900, 1.0, "dark"), (640, 1.25, "light"), (1280, 2.0, "light")],
)
def test_words_have_room(qtbot: QtBot, family: Family, width: int, scale: float, mode: str) -> None:
    theme = Theme()
    theme.set_mode(mode)
    theme.set_scale(scale)
    tab = BagTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    qtbot.addWidget(shown(tab, theme, width))
    tab.maybe.fold.set_open(opened=True)
    tab.things.add_line.field.set_text("something")
    row(tab, "Photo ID").say_wrong("The disk is full, so nothing was recorded.")
    for _ in range(4):
        QApplication.processEvents()
    found = [
        *fit.cut_words(tab),
        *fit.overlapping(tab),
        *fit.untold(tab),
        *fit.colliding(tab),
        *fit.sticking_out(tab),
        *fit.small_targets(tab),
    ]
    assert not found, "\n".join(found)
