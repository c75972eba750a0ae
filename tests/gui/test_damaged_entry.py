"""One damaged entry: the window stays, the rest is shown, the newest good backup is offered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.loss_sheets import DamageSheet, UnreadLine
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.widgets.segmented import Segment
from caregiver_app.options import Place
from caregiver_app.services.demo import fill
from caregiver_app.services.household import Household
from caregiver_app.values import value
from tests.gui.calendar.family import dressed, enter_rosa
from tests.gui.tabs_family import visible_text

LINE = "A part can’t be read and is left out of what you see."
DAMAGES = {
    "medicine": "UPDATE medicine SET name = 'Tampered'",
    "plan": "UPDATE plan SET crc = crc + 1",
    "appointment": "UPDATE appointment SET crc = crc + 1 WHERE id IN"
                   " (SELECT id FROM appointment WHERE deleted IS NULL AND rrule != '' LIMIT 1)",
    "side_effect": "UPDATE side_effect SET crc = crc + 1",
    "contact": "UPDATE contact SET crc = crc + 1",
    "setting": "UPDATE setting SET crc = crc + 1 WHERE id = 'emergency_number'",
    "every setting": "UPDATE setting SET crc = crc + 1",
    "answer": "UPDATE answer SET crc = crc + 1",
    "company": "UPDATE company SET crc = crc + 1",
}  # fmt: skip
SEEN = {
    "today": "infusion",
    "calendar": "Coming up",
    "watch": "Severe allergic reaction",
    "bag": "bag for Tuesday",
    "support": "You could say",
    "care": "Rosa",
}
"""Words that each tab shows whatever is left out of it."""


@value
class Opened:
    """A window on a diary, its services and the programs beside it, and what it said."""

    window: MainWindow
    house: Household
    said: list[str]

    def damage(self, sql: str) -> None:
        with closing(sqlite3.connect(self.house.care.store.path)) as raw:
            assert raw.execute(sql).rowcount > 0
            raw.commit()


@pytest.fixture
def opened(qtbot, qapp, tmp_path: Path) -> Iterator[Callable[[str], Opened]]:
    """Open the window on a full diary of which `sql` damaged a part."""
    home = enter_rosa(tmp_path)
    fill(home.house)
    home.house.backups.make()
    theme = dressed(qapp)
    ends: list[Callable[[], object]] = []

    def make(sql: str = "") -> Opened:
        said: list[str] = []
        if sql:
            with closing(sqlite3.connect(home.house.care.store.path)) as raw:
                assert raw.execute(sql).rowcount > 0
                raw.commit()
        actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
        window = make_window(home.house, theme, actions, lambda: Later, tab_class)
        window.show()
        qtbot.waitExposed(window)
        beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
        assert beside.begin(window) is None, "the window stays"
        ringer = beside.ringer(window, theme, lambda: True)
        window.say = said.append
        ends.extend((ringer.end, beside.end, window.bridge.stop, window.hide, window.deleteLater))
        return Opened(window, home.house, said)

    yield make
    for end in ends:
        end()
    home.close()


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_entry_leaves_the_rest_of_every_tab_and_the_window(qtbot, opened, kind: str):
    shown = opened(DAMAGES[kind])
    window = shown.window
    for tab, words in SEEN.items():
        window.open(tab)
        page = window.page(tab)
        assert words in visible_text(page), tab
        assert "Tampered" not in visible_text(page)
    assert window.page("calendar").agenda.rows.rowCount() > 5
    assert [one for one in shown.said if "damaged" in one] == []
    qtbot.waitUntil(lambda: isinstance(window.files.sheet, DamageSheet))
    _go_through(window)


def test_what_is_looked_at_later_leaves_out_what_cannot_be_read(qtbot, opened):
    """A tab that is open already: more of the list, another chart, a folded heading."""
    shown = opened()
    window = shown.window
    watch, care = (_opened(window, tab) for tab in ("watch", "care"))
    window.open("watch")
    watch.show_charts("cycles")
    charts = watch.beside("charts")
    shown.damage("UPDATE side_effect SET crc = crc + 1")
    shown.damage("UPDATE authorisation SET crc = crc + 1")
    (timeline,) = (one for one in charts.findChildren(Segment) if one.words == "Timeline")
    timeline.click()
    assert "The same, as a table" in visible_text(charts)
    charts.back.emit()
    watch.written.all.click()
    assert "What you wrote" in visible_text(watch)
    window.open("care")
    care.papers.fold.set_open(opened=True)
    care.papers.numbers.click()
    assert [one for one in shown.said if "damaged" in one] == []
    assert window.findChildren(UnreadLine)


def _opened(window: MainWindow, tab: str) -> QWidget:
    window.open(tab)
    return window.page(tab)


def _go_through(window: MainWindow) -> None:
    """The sheet offers the backup once; the line goes on saying so and brings it back."""
    sheet = window.files.sheet
    assert isinstance(sheet, DamageSheet)
    assert "The newest good backup is from" in visible_text(sheet)
    assert sheet.primary.isVisible()
    sheet.done(0)
    (line,) = window.findChildren(UnreadLine)
    assert LINE in visible_text(line)
    line.button.click()
    again = window.files.sheet
    assert isinstance(again, DamageSheet)
    again.done(0)
    window.open("emergency")
    # Over a form that lies open it is a window of its own.
    own = [one for one in QApplication.topLevelWidgets() if isinstance(one, EmergencyWindow)]
    assert window.is_in_emergency or any(one.isVisible() for one in own)
    for one in own:
        one.close()
