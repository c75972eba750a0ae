"""A row shows that it is under the mouse, chosen, or where the keys act; and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.rows import Row, RowList

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def theme(qtbot) -> Theme:
    made = Theme()
    made.apply(QApplication.instance())
    return made


@pytest.fixture
def rows(qtbot, theme: Theme) -> RowList:
    made = RowList(theme, "What is coming up")
    qtbot.addWidget(made)
    made.set_rows([Row(key=key, title=f"Row {key}") for key in ("a", "b", "c")])
    made.resize(320, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def spot(rows: RowList, place: int) -> QPoint:
    """A point of a row where nothing but its ground is painted."""
    box = rows.visualRect(rows.rows.index(place, 0))
    return QPoint(box.right() - 24, box.center().y())


def grounds(rows: RowList) -> list[QColor]:
    picture = rows.viewport().grab().toImage()
    return [picture.pixelColor(spot(rows, place)) for place in range(rows.rows.rowCount())]


def test_only_the_row_under_the_mouse_is_sunk(qtbot, rows: RowList, theme: Theme):
    plain = grounds(rows)
    assert theme.colour("sunk") not in plain
    qtbot.mouseMove(rows.viewport(), spot(rows, 1))
    qtbot.waitUntil(lambda: grounds(rows)[1] == theme.colour("sunk"))
    assert [grounds(rows)[0], grounds(rows)[2]] == [plain[0], plain[2]]
    qtbot.mouseMove(rows.viewport(), spot(rows, 2))
    qtbot.waitUntil(lambda: grounds(rows)[2] == theme.colour("sunk"))
    assert grounds(rows)[1] == plain[1]
    below = QPoint(20, rows.viewport().height() - 4)
    qtbot.mouseMove(rows.viewport(), below)
    qtbot.waitUntil(lambda: grounds(rows) == plain)


def test_the_chosen_row_is_tinted_and_the_keys_are_seen(qtbot, rows: RowList, theme: Theme):
    rows.clearFocus()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=spot(rows, 0))
    qtbot.mouseMove(rows.viewport(), QPoint(20, rows.viewport().height() - 4))
    assert grounds(rows)[0] == theme.colour("tint")
    assert grounds(rows)[1] != theme.colour("tint")
    index = rows.rows.index(0, 0)
    assert rows.state_of(index) == (True, False, rows.hasFocus())
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current_key() == "b"
    assert grounds(rows)[1] == theme.colour("tint")
    assert rows.state_of(rows.rows.index(1, 0)) == (True, False, True)
    assert rows.state_of(index) == (False, False, False)
