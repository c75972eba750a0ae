"""One damaged entry: the window stays, the rest is shown, the newest good backup is offered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.loss_sheets import DamageSheet, UnreadLine
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.options import Place
from caregiver_app.services.demo import fill
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


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_damaged_entry_leaves_the_rest_of_every_tab_and_the_window(
    qtbot, qapp, tmp_path: Path, kind: str
):
    home = enter_rosa(tmp_path)
    fill(home.house)
    home.house.backups.make()
    with closing(sqlite3.connect(home.house.care.store.path)) as raw:
        assert raw.execute(DAMAGES[kind]).rowcount > 0
        raw.commit()
    theme = dressed(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    window = make_window(home.house, theme, actions, lambda: Later, tab_class)
    window.show()
    qtbot.waitExposed(window)
    beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    assert beside.begin(window) is None, "the window stays"
    ringer = beside.ringer(window, theme, lambda: True)
    said: list[str] = []
    window.say = said.append
    for tab, words in SEEN.items():
        window.open(tab)
        page = window.page(tab)
        assert words in visible_text(page), tab
        assert "Tampered" not in visible_text(page)
    assert window.page("calendar").agenda.rows.rowCount() > 5
    assert [one for one in said if "damaged" in one] == []
    qtbot.waitUntil(lambda: isinstance(window.files.sheet, DamageSheet))
    _go_through(window)
    ringer.end()
    beside.end()
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    home.close()


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
