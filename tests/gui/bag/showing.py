"""Opening the bag tab of the made-up family, and finding things in it as a person does."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from caregiver_app.gui.bag.items import ItemCard, ItemRow
from caregiver_app.gui.bag.tab import BagTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.services.bags import BagLine
from tests.gui.tabs_family import Family, button, shown

S = TypeVar("S", bound=Sheet)


def opened(qtbot: QtBot, family: Family, visit: str = "", *, width: int = 1280) -> BagTab:
    """Show the tab, at the next visit or at the one with an id."""
    theme = Theme()
    tab = BagTab(family.house, theme)
    family.house.care.changes.listen(tab.refresh)
    if visit:
        tab.open_item("visit", visit)
    qtbot.addWidget(shown(tab, theme, width))
    return tab


def visit_of(family: Family) -> str:
    """Return the id of the next visit."""
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    return visit.id


def row(tab: BagTab, label: str) -> ItemRow:
    """Return the row of an item."""
    for card in (tab.papers, tab.things):
        for one in card.items.values():
            if one.item.label == label:
                return one
    raise AssertionError(label)


def labels(card: ItemCard) -> list[str]:
    """Return the items of a list as they stand on the screen."""
    QApplication.processEvents()
    rows = sorted(card.items.values(), key=lambda one: one.y())
    return [one.tick.accessibleName() for one in rows if one.isVisible()]


def click(qtbot: QtBot, tab: BagTab, words: str) -> None:
    """Press a button by its words."""
    qtbot.mouseClick(button(tab, words), Qt.MouseButton.LeftButton)


def tick(qtbot: QtBot, one: ItemRow) -> None:
    """Click on the box of an item."""
    qtbot.mouseClick(one.tick, Qt.MouseButton.LeftButton, pos=QPoint(8, one.tick.height() // 2))


def menu_of(one: ItemRow) -> QMenu:
    """Open the menu beside an item."""
    one.more.click()
    QApplication.processEvents()
    return one.findChildren(QMenu)[-1]


def action(menu: QMenu, words: str) -> QAction:
    """Return a line of a menu."""
    for one in menu.actions():
        if one.text().replace("&&", "&") == words:
            return one
    raise AssertionError(f"no {words!r} among {[one.text() for one in menu.actions()]}")


def choose(one: ItemRow, words: str) -> None:
    """Choose a line of the menu beside an item."""
    menu = menu_of(one)
    action(menu, words).trigger()
    menu.close()
    QApplication.processEvents()


def drag(one: ItemRow, to: QPoint, *, lets_go: bool = True) -> None:
    """Drag a row to a point of the screen."""
    start = QPoint(60, one.tick.height() // 2)
    points = [one.tick.mapToGlobal(start), one.tick.mapToGlobal(start) + QPoint(0, 30), to]
    _mouse(one, QEvent.Type.MouseButtonPress, points[0])
    for point in points[1:]:
        _mouse(one, QEvent.Type.MouseMove, point)
    if lets_go:
        _mouse(one, QEvent.Type.MouseButtonRelease, to)
    QApplication.processEvents()


def _mouse(one: ItemRow, kind: QEvent.Type, spot: QPoint) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    moves, ends = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
    event = QMouseEvent(
        kind,
        QPointF(one.tick.mapFromGlobal(spot)),
        QPointF(spot),
        none if moves else left,
        none if ends else left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(one.tick, event)


def sheet_of(kind: type[S]) -> S:
    """Return the form that lies open."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert found
    return found[-1]


def line_of(family: Family, label: str, visit: str = "") -> BagLine:
    """Return what is kept of an item."""
    bag = family.house.bags.bag(visit or visit_of(family))
    return next(line for line in (*bag.lines, *bag.maybe) if line.label == label)


def state_of(family: Family, label: str) -> str:
    """Return what became of an item of the next visit's bag."""
    return line_of(family, label).state


def let_commits_fail(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk fail whenever a change is about to be kept."""
    store = family.house.care.store
    real = store.change

    @contextmanager
    def failing(label: str, /, **values: Any) -> Generator[object]:
        with real(label, **values) as made:
            yield made
            failed = sqlite3.OperationalError("disk I/O error")
            failed.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise failed

    monkeypatch.setattr(store, "change", failing)
