"""5,000 reminders: all listed, at once, and no more widgets than the eye needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import Floating
from caregiver_app.gui.reminder_rows import OneRow
from tests.gui.panel import Shown, enter, settle, shown
from tests.gui.tabs_family import NOW, Family, settled_family

MANY = 5_000


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    enter(made, "drive", "Drive", "2026-03-20T17:00", kind="drive", reminders=(0,))
    yield made
    made.close()


@pytest.fixture
def many(family: Family) -> list[Reminder]:
    """5,000 overdue reminders of other things, each two minutes after the one before."""
    first = NOW - timedelta(minutes=2 * MANY)
    start = datetime(2026, 3, 1)
    return [
        Reminder(f"drive/{n}/0", "drive", "drive", "rosa", "lead",
                 Floating(start + timedelta(minutes=2 * n)), 0,
                 first + timedelta(minutes=2 * n), rings=True, type="drive")
        for n in range(MANY)
    ]  # fmt: skip


def widgets(made: Shown) -> int:
    return len(made.panel.findChildren(QWidget))


def in_view(made: Shown, widget: QWidget) -> bool:
    region = widget.visibleRegion().boundingRect()
    return region.height() >= min(widget.height(), made.panel.column.area.viewport().height()) - 1


def test_all_are_listed_without_a_widget_each(
    qtbot: QtBot, family: Family, many: list[Reminder]
) -> None:
    made = shown(qtbot, family)
    began = process_time()
    made.show(many, {one.id for one in many[:4000]})
    # About one second of it on a machine at rest; what grew with their square would take minutes.
    assert process_time() - began < 40
    assert "5000 things to look at" in made.read()
    assert len(made.panel.column.pieces) == MANY + 2, "each one, and two headings"
    assert len(made.panel.column.made) < 30


def test_scrolling_through_all_of_it_costs_no_more_widgets(
    qtbot: QtBot, family: Family, many: list[Reminder]
) -> None:
    made = shown(qtbot, family)
    made.show(many)
    bar, most, seen = made.panel.column.area.verticalScrollBar(), 0, set[str]()
    step = max(1, bar.maximum() // 60)
    for value in range(0, bar.maximum() + step, step):
        bar.setValue(value)
        settle()
        most = max(most, widgets(made))
        seen |= set(made.panel.column.made)
    assert len(seen) > 300
    assert most < 400
    last = made.panel.column.widget_at(MANY - 1)
    assert last is not None
    settle()
    assert in_view(made, last)


def test_the_last_one_can_be_answered(qtbot: QtBot, family: Family) -> None:
    for number in range(40):
        at = datetime(2026, 3, 13, 8) + timedelta(hours=4 * number)
        enter(family, f"x{number}", f"Thing {number}", at.isoformat(), kind="other", reminders=(0,))
    made = shown(qtbot, family)
    found = made.show_all()
    row = made.panel.column.widget_at(len(found) - 1)
    settle()
    assert isinstance(row, OneRow)
    made.press(row.done_button)
    assert made.state(found[-1]) == "done"
    assert len(made.panel.items) == len(found) - 1


def test_the_tab_key_comes_to_every_one_and_back(qtbot: QtBot, family: Family) -> None:
    for number in range(30):
        at = datetime(2026, 3, 13, 8) + timedelta(hours=4 * number)
        enter(family, f"x{number}", f"Thing {number}", at.isoformat(), kind="other", reminders=(0,))
    made = shown(qtbot, family)
    found = made.show_all()
    qtbot.waitUntil(made.panel.isActiveWindow)
    met: list[str] = []
    for _ in range(4 * len(found) + 8):
        focus = made.panel.focusWidget()
        if focus.accessibleName().startswith("Done: "):
            met.append(focus.accessibleName())
            assert in_view(made, focus), focus.accessibleName()
        if focus is made.panel.all_later:
            break
        made.key(Qt.Key.Key_Tab)
    assert len(met) == len(found)
    assert met == sorted(met, key=lambda name: [one for one in range(len(met)) if met[one] == name])
    made.key(Qt.Key.Key_Backtab)
    focus = made.panel.focusWidget()
    assert focus.accessibleName().startswith("Skip: ")
    assert in_view(made, focus)


def test_what_is_seen_stays_in_place_when_something_comes_above(
    qtbot: QtBot, family: Family, many: list[Reminder]
) -> None:
    made = shown(qtbot, family)
    made.show(many[100:1000])
    column = made.panel.column
    column.bring(column.pieces[400].key)
    settle()
    key = column.pieces[400].key
    widget = column.made[key]
    before = widget.mapTo(made.panel, widget.rect().topLeft()).y()
    column.set_pieces([*column.pieces[50:]])
    settle()
    again = column.made[key]
    assert again is widget, "and it is the same widget"
    assert abs(again.mapTo(made.panel, again.rect().topLeft()).y() - before) <= 1
