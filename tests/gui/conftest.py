"""The look, and what most tests of the ringer need: one tablet due, and a desktop to steer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.after_paint import AfterPaint
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.theme import Theme
from tests.gui.calendar.family import dressed, wear
from tests.gui.ringing import Desktop, pill
from tests.gui.tabs_family import Family, settled_family


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """Take away what asked to be deleted: each leftover is dressed again by every later test.

    So is a sheet that is still open: every later window would take it for its own. What a restore
    says after it would be said by the next window.
    """
    yield
    application = QApplication.instance()
    if application is not None:
        while (open_still := QApplication.activeModalWidget()) is not None:
            open_still.hide()
            open_still.deleteLater()
        application.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
    AfterPaint.came_home = ""


@pytest.fixture(scope="session")
def one_theme(qapp) -> Theme:
    """Dressing the application anew for each test would cost more than all tests together."""
    return dressed(qapp)


@pytest.fixture
def theme(qapp, one_theme: Theme) -> Iterator[Theme]:
    wear(qapp, one_theme)
    yield one_theme
    one_theme.set_scale(1.0)
    one_theme.set_mode("light")


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
