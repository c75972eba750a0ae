"""One damaged entry: the window stays, the rest is shown, the newest good backup is offered."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QApplication

from caregiver_app.after_paint import AfterPaint
from caregiver_app.bootstrap import tab_class
from caregiver_app.gui.app import make_window
from caregiver_app.gui.emergency.window import EmergencyWindow
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.loss_sheets import DamageSheet
from caregiver_app.options import Place
from caregiver_app.services.demo import fill
from tests.gui.calendar.family import dressed, enter_rosa
from tests.gui.tabs_family import visible_text


def test_a_damaged_entry_that_today_needs_leaves_the_rest_and_the_window(
    qtbot, qapp, tmp_path: Path
):
    home = enter_rosa(tmp_path)
    fill(home.house)
    home.house.backups.make()
    with closing(sqlite3.connect(home.house.care.store.path)) as raw:
        assert raw.execute("UPDATE medicine SET name = 'Tampered'").rowcount > 0
        raw.commit()
    theme = dressed(qapp)
    actions = AppActions(lambda path: path or Path("b"), lambda _path: None, lambda: False)
    window = make_window(home.house, theme, actions, lambda: Later, tab_class)
    window.show()
    qtbot.waitExposed(window)
    today = window.page("today")
    assert "A part of this can’t be read and is left out." in visible_text(today)
    assert "Tampered" not in visible_text(today)
    assert "infusion" in visible_text(today)
    beside = AfterPaint(Place(home.folder, home.clock, None), home.house, demo=True)
    assert beside.begin(window) is None, "the window stays"
    ringer = beside.ringer(window, theme, lambda: True)
    qtbot.waitUntil(lambda: isinstance(window.files.sheet, DamageSheet))
    sheet = window.files.sheet
    assert isinstance(sheet, DamageSheet)
    assert "The newest good backup is from" in visible_text(sheet)
    assert sheet.primary.isVisible()
    sheet.done(0)
    window.open("emergency")
    # Over a form that lies open it is a window of its own.
    own = [one for one in QApplication.topLevelWidgets() if isinstance(one, EmergencyWindow)]
    assert window.is_in_emergency or any(one.isVisible() for one in own)
    for one in own:
        one.close()
    ringer.end()
    beside.end()
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    home.close()
