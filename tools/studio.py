"""A window of the made-up family, or of nobody, on a copy of the data: where scenes are shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from caregiver_app.bootstrap import tab_class
from caregiver_app.clock import GivenClock
from caregiver_app.gui.app import make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.focus_ring import FocusRing
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.ringer import Delivered, Ringer
from caregiver_app.gui.theme import Theme
from caregiver_app.services.demo import fill
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.storage.database import open_store

NOW = datetime(2026, 3, 20, 18, 4, tzinfo=UTC)
ZONE = "Europe/London"
"""Where the made-up family lives; set `TZ` to it before anything here is called."""


@dataclass(frozen=True)
class Variant:
    """How the window looks: `mode` light or dark, `scale` of the text, `size` in pixels."""

    name: str
    mode: Literal["light", "dark"] = "light"
    scale: float = 1.0
    size: tuple[int, int] = (1280, 860)
    filled: bool = True


VARIANTS = (
    Variant("light"),
    Variant("dark", mode="dark"),
    Variant("large", scale=2.0),
    Variant("narrow", size=(900, 860)),
    Variant("empty", filled=False),
)


@dataclass
class Studio:
    """One window on one copy of the data, before its picture is taken."""

    app: QApplication
    house: Household
    theme: Theme
    window: MainWindow
    clock: GivenClock
    folder: Path
    filled: bool

    def settle(self) -> None:
        """Let everything be laid out and painted."""
        for _ in range(6):
            self.app.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def tops(self) -> list[QWidget]:
        """Return the windows that are seen: this one and what lies over it."""
        panel = None if self.window.ringer is None else self.window.ringer.panel
        over = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        over = [one for one in over if one not in (self.window, panel)]
        return [self.window, *sorted(over, key=_depth)]

    def clear(self) -> None:
        """Close what lies over the tabs, so that another scene can be shown."""
        for over in reversed(self.tops()[1:]):
            if isinstance(over, QDialog):
                over.done(0)
            else:
                over.close()
            if over.parentWidget() is None:
                over.deleteLater()
        if self.window.ringer is not None:
            self.window.ringer.panel.hide()
        self.window.head.search.clear()
        self.window.leave_layer()
        self.window.focus_page()
        self.window.banner.dismiss()
        self.settle()

    def shown(self, alone: QWidget | None) -> QPixmap:
        """Return the window with what lies over it, or one widget alone."""
        self.settle()
        if alone is not None:
            return alone.grab()
        whole = self.window.grab()
        painter = QPainter(whole)
        corner = self.window.mapToGlobal(QPoint(0, 0))
        for over in self.tops()[1:]:
            painter.drawPixmap(over.mapToGlobal(QPoint(0, 0)) - corner, over.grab())
        painter.end()
        return whole


def _depth(one: QWidget) -> int:
    """Count the windows that lie under this one."""
    below, found = one.parentWidget(), 0
    while below is not None:
        below, found = below.window().parentWidget(), found + 1
    return found


class Quiet:
    """A desktop that takes every notice and shows none."""

    ok, reason_key = True, "notify.sent"

    def send_async(
        self,
        title: str,  # noqa: ARG002
        body: str,  # noqa: ARG002
        done: Callable[[Delivered], None],
        key: str = "",  # noqa: ARG002
    ) -> None:
        """Say at once that it arrived."""
        done(self)

    def withdraw(self, keys: Collection[str]) -> None:
        """There is nothing to take away."""

    def when_clicked(self, clicked: Callable[[str], None]) -> None:
        """Nobody ever clicks one."""


@contextmanager
def opened(folder: Path, clock: GivenClock) -> Generator[Household]:
    """Open the data with ids that are the same each time."""
    numbers = count(1)
    with open_store(folder, now=NOW) as store:
        yield household(store, clock, lambda: f"made{next(numbers)}", lambda: More)


@contextmanager
def studio(app: QApplication, variant: Variant, data: Path, *, filled: bool) -> Generator[Studio]:
    """Show a window on a copy of the data."""
    clock = GivenClock(NOW, running=False)
    folder = data.parent / "data"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(data, folder)
    with opened(folder, clock) as house:
        theme = Theme()
        theme.set_mode(variant.mode)
        theme.set_scale(variant.scale)
        theme.apply(app)
        actions = AppActions(house.backups.make, lambda _path: None, lambda: False)
        window = make_window(house, theme, actions, lambda: Later, tab_class, demo=filled)
        with house.care.change("done.remembered", undoable=False):
            # The window follows the settings whenever one of them changes.
            house.settings.put("look.mode", variant.mode)
            house.settings.put("look.scale", str(round(variant.scale * 100)))
        window.resize(*variant.size)
        window.show()
        window.bridge.start()
        ring = FocusRing(theme, app)
        window.ringer = Ringer(house, theme, Quiet(), holds_claim=lambda: True, parent=window)
        window.ringer.start()
        one = Studio(app, house, theme, window, clock, folder, filled)
        one.settle()
        window.ringer.panel.hide()
        window.activateWindow()
        window.show_waiting()
        try:
            yield one
        finally:
            put_away(one)
            ring.deleteLater()
            one.settle()


def put_away(one: Studio) -> None:
    """Close everything."""
    one.window.bridge.stop()
    shown = [over for over in QApplication.topLevelWidgets() if over.isVisible()]
    if one.window.ringer is not None:
        one.window.ringer.stop()
        shown.append(one.window.ringer.panel)
    for over in shown:
        over.hide()
    for over in shown:
        # What has a parent goes with it; what was never seen belongs to somebody else.
        if over.parentWidget() is None:
            over.deleteLater()


def data_for(made: Path, *, filled: bool) -> Path:
    """Return the folder with the made-up family or with nobody, made once."""
    folder = made / ("family" if filled else "nobody")
    if not folder.exists():
        with opened(folder, GivenClock(NOW, running=False)) as house:
            if filled:
                fill(house)
            else:
                house.reminders.refresh_if_moved()
    return folder
