"""The arrows beside the month stay where they are, whatever the month is called."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1280), (1.0, 820), (2.0, 1600)])
def test_the_arrows_never_move(home, show, theme, qtbot, scale, width):
    theme.set_scale(scale)
    tab = show(home, width=width)
    tab.switch.set_value("month")
    spots = set()
    for month in range(1, 13):
        for year in (2011, 2026):
            tab.go(date(year, month, 3))
            qtbot.wait(5)
            spots.add(tuple(
                button.mapTo(tab, QPoint(0, 0)).toTuple()
                for button in (tab.nav.back, tab.nav.today, tab.nav.forward)
            ))  # fmt: skip
            if tab.heading.text() != "Coming up":
                assert tab.heading.width() >= tab.heading.fontMetrics().horizontalAdvance(
                    tab.heading.text()
                )
    assert len(spots) == 1
