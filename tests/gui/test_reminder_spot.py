"""Where the reminder panel comes up, and that it is in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.gui.pick_time_sheet import PickTimeSheet
from caregiver_app.gui.reminder_spot import Taken, covers_what_matters, kept_corner, spot_for
from tests.gui.panel import Shown, enter, settle, shown
from tests.gui.tabs_family import Family, settled_family

ROOM = QRect(0, 0, 1280, 900)
SIZE = QSize(420, 480)


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    enter(made, "eye", "Eye drops", "2026-03-20T18:00")
    yield made
    made.close()


@pytest.fixture
def made(qtbot: QtBot, family: Family) -> Shown:
    return shown(qtbot, family)


def corner(made: Shown) -> tuple[str, str]:
    room = QApplication.primaryScreen().availableGeometry()
    middle = made.panel.geometry().center()
    return (
        "right" if middle.x() > room.center().x() else "left",
        "bottom" if middle.y() > room.center().y() else "top",
    )


def test_it_stands_at_the_bottom_right_when_nothing_is_in_use() -> None:
    assert spot_for(SIZE, ROOM, []) == QPoint(1280 - 12 - 420, 900 - 12 - 480)


@pytest.mark.parametrize(
    ("taken", "place"),
    [
        (QRect(1000, 800, 200, 60), QPoint(848, 12)),
        (QRect(1000, 0, 200, 900), QPoint(12, 408)),
        (QRect(0, 500, 1280, 300), QPoint(848, 12)),
    ],
)
def test_another_corner_is_taken_where_that_one_is_in_use(taken: QRect, place: QPoint) -> None:
    assert spot_for(SIZE, ROOM, [Taken(taken, 1000)]) == place


def test_what_matters_counts_more_than_what_is_only_covered() -> None:
    form = Taken(QRect(300, 100, 680, 700), 1)
    foot = Taken(QRect(300, 710, 680, 90), 1_000_000)
    spot = spot_for(SIZE, ROOM, [form, foot])
    assert not covers_what_matters(QRect(spot, SIZE), [form, foot])
    assert covers_what_matters(QRect(QPoint(848, 408), SIZE), [form, foot])


def test_a_small_screen_holds_all_of_it() -> None:
    room = QRect(0, 0, 1024, 600)
    assert room.contains(QRect(spot_for(QSize(420, 576), room, []), QSize(420, 576)))


def test_on_a_small_screen_the_way_to_help_stays_free(
    made: Shown, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = QRect(0, 0, 1024, 600)
    monkeypatch.setattr("caregiver_app.gui.reminder_panel.room_here", lambda _panel: room)
    for number in range(6):
        enter(family, f"p{number}", f"Tablet {number}", f"2026-03-20T1{number}:00")
    for scale in (1.0, 2.0):
        made.theme.set_scale(scale)
        made.panel.hide()
        made.show(family.house.reminders.open_now())
        assert room.contains(made.panel.geometry())
        assert made.panel.y() >= 90


def test_growing_keeps_the_corner_it_is_in() -> None:
    old = QRect(848, 600, 420, 288)
    assert kept_corner(old, SIZE, ROOM) == QPoint(848, 888 - 480)
    moved = QRect(40, 30, 420, 288)
    assert kept_corner(moved, SIZE, ROOM) == QPoint(40, 30)


def test_a_form_that_lies_open_keeps_its_buttons(made: Shown, family: Family) -> None:
    window = QWidget()
    room = QApplication.primaryScreen().availableGeometry()
    window.setGeometry(room)
    window.show()
    sheet = PickTimeSheet(family.house, made.theme, "x", lambda _at: None, parent=window)
    sheet.open()
    settle()
    made.show(family.house.reminders.open_now())
    box = QRect(sheet.primary.mapToGlobal(QPoint(0, 0)), sheet.primary.size())
    assert not made.panel.geometry().intersects(box)
    assert room.contains(made.panel.geometry())
    sheet.close()
    window.close()


def test_it_steps_aside_from_a_field_that_is_typed_in(made: Shown, family: Family) -> None:
    made.show(family.house.reminders.open_now())
    assert corner(made) == ("right", "bottom")
    window = QWidget()
    window.setGeometry(made.panel.geometry())
    line = QLineEdit(window)
    line.setGeometry(window.rect())
    window.show()
    window.activateWindow()
    line.setFocus()
    settle()
    box = QRect(line.mapToGlobal(QPoint(0, 0)), line.size())
    assert not made.panel.geometry().intersects(box)
    window.close()


def test_where_somebody_moved_it_it_stays(made: Shown, family: Family) -> None:
    made.show(family.house.reminders.open_now())
    made.panel.move(40, 30)
    enter(family, "vit", "Vitamin", "2026-03-20T17:55")
    made.panel.set_items(family.house.reminders.open_now())
    made.panel.come_up()
    settle()
    assert made.panel.pos() == QPoint(40, 30)
    made.panel.hide()
    made.panel.come_up()
    settle()
    assert corner(made) == ("right", "bottom"), "the next time it has its own place again"


def test_it_counts_in_its_title_until_it_was_looked_at(
    qtbot: QtBot, made: Shown, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda window, *_ms: marked.append(window))
    window = QWidget()
    window.show()
    made.show(family.house.reminders.open_now())
    assert made.panel.windowTitle() == "Care reminders"
    made.panel.ask_attention()
    assert made.panel.windowTitle() == "(1) Care reminders"
    assert window in marked
    assert made.panel in marked
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made.panel.ask_attention()
    made.panel.activateWindow()
    qtbot.waitUntil(made.panel.isActiveWindow)
    assert made.panel.windowTitle() == "Care reminders"
    window.close()
