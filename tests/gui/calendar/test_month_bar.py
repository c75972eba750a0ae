"""The bar of an infusion in a month keeps its person inside its day, however narrow the day is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from caregiver_app.domain.entities import Person
from caregiver_app.gui.calendar import month_delegate
from caregiver_app.gui.words import use_formats
from caregiver_app.pages.formats import Formats


@pytest.mark.parametrize("halves", [False, True], ids=["24 h", "12 h"])
@pytest.mark.parametrize("width", [906, 960, 1280])
def test_the_person_stands_inside_the_bar(home, show, monkeypatch, width, halves):
    use_formats(Formats(halves=halves))
    home.house.people.save_person(Person(id="mei", name="王梅"))
    discs: list[QRect] = []
    monkeypatch.setattr(
        month_delegate, "paint_badge", lambda _painter, _theme, disc, *_more: discs.append(disc)
    )
    tab = show(home, width=width)
    tab.switch.set_value("month")
    discs.clear()
    tab.month.grab()
    assert discs
    model = tab.month.model()
    cells = [
        tab.month.visualRect(model.index(row, column))
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    assert all(any(cell.contains(disc) for cell in cells) for disc in discs)
