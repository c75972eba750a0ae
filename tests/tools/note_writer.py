"""Writes into the quick entry of a real tab over a real data file until it is killed.

    python -m tests.tools.note_writer FOLDER TEXT

It says "typed" after the last key and then goes on waiting.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caregiver_app.bootstrap import more, new_id
from caregiver_app.clock import SystemClock
from caregiver_app.gui.support.tab import SupportTab
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import household
from caregiver_app.storage.database import open_store


def main(folder: Path, text: str) -> None:
    """Show the tab, type, say so, and wait."""
    application = QApplication([])
    clock = SystemClock()
    house = household(open_store(folder, now=clock.now()), clock, new_id, more)
    tab = SupportTab(house, Theme())
    house.care.changes.listen(tab.refresh)
    tab.show()

    def write() -> None:
        QTest.keyClicks(tab.notes.entry.words.area, text)
        print("typed", flush=True)

    QTimer.singleShot(0, write)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
