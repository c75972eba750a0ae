"""Rosa with one tablet due, and a desktop that tests steer: what most tests of the ringer need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.ringer import Ringer
from tests.gui.ringing import Desktop, pill
from tests.gui.tabs_family import Family, settled_family


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    pill(made, "eye", "Eye drops", 18)
    yield made
    # No timer of a slow machine may look at data that is closed.
    application = QApplication.instance()
    for ringer in [] if application is None else application.findChildren(Ringer):
        ringer.stop()
    made.close()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()
