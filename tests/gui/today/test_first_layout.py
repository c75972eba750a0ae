"""Today is painted as it stays: beside its scroll bar from the first paint on, no row squeezed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.calendar.desk import Desk
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.still import StillCard
from caregiver_app.gui.today.tab import TodayTab
from tests.gui.tabs_family import ZONE, Family, settled_family
from tests.gui.today.page import pill, say_in_time, settle


class AtPaint(QObject):
    """Asks something whenever a widget is painted."""

    def __init__(self, ask: Callable[[], object]) -> None:
        super().__init__()
        self.ask, self.told = ask, list[object]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask before the paint."""
        if event.type() == QEvent.Type.Paint:
            self.told.append(self.ask())
        return False


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    for hour in range(1, 9):
        pill(made, f"pill{hour}", f"Medicine {hour}", hour)
    say_in_time(made)
    for hour in (9, 10, 11):
        made.house.watch.save(
            SideEffect(
                id="", person="rosa", sign="headache", severity=1, urgency="", going_on=True,
                at=Zoned(datetime(2026, 3, 20, hour), ZONE),
            )
        )  # fmt: skip
    yield made
    made.close()


@pytest.mark.parametrize("size", [(1280, 700), (800, 700)])
def test_no_paint_shows_what_the_next_one_moves(
    qtbot: QtBot, family: Family, size: tuple[int, int]
) -> None:
    theme = Theme()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app)
    tab = TodayTab(
        family.house, theme, lambda page: Desk(family.house, theme, page),
        lambda: StillCard(family.house, theme),
    )  # fmt: skip
    qtbot.addWidget(tab)

    def look() -> tuple[int, list[int]]:
        rows = [row for row in tab.findChildren(QWidget) if type(row).__name__ == "WaitingRow"]
        area = tab.pills.parentWidget()
        assert area is not None
        return area.width(), sorted(row.height() for row in rows if row.isVisible())

    watch = AtPaint(look)
    tab.installEventFilter(watch)
    tab.resize(*size)
    tab.show()
    settle()
    settle()
    assert tab.still is not None
    assert tab.still.isVisible()
    assert watch.told
    assert look()[1], "something waits"
    assert look()[0] < size[0], "there is more than fits"
    assert watch.told == [look()] * len(watch.told)
