"""Take the pictures of the README from the made-up family, always on the same day."""

from __future__ import annotations

import os
import sys
import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Europe/London"

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.gui.app import application, make_window
from caregiver_app.gui.later import Later
from caregiver_app.gui.main_window import AppActions
from caregiver_app.gui.theme import Theme
from caregiver_app.services.demo import DemoClock, fill
from caregiver_app.services.household import household
from caregiver_app.services.more import More
from caregiver_app.storage.database import open_store

NOW = datetime(2026, 3, 20, 18, 4, tzinfo=UTC)
SIZE = (1280, 860)
TABS = {"calendar": "calendar", "watch": "side_effects", "bag": "bag", "support": "support"}
TARGET = ROOT / "docs" / "pictures"


def settle(app: QApplication) -> None:
    """Let everything be laid out and painted."""
    for _ in range(5):
        app.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def picture(app: QApplication, widget: QWidget, name: str) -> None:
    """Save one picture."""
    settle(app)
    widget.grab().save(str(TARGET / f"{name}.png"))
    sys.stdout.write(f"{TARGET / name}.png\n")


def main() -> None:
    """Open the demo family and walk through the tabs."""
    TARGET.mkdir(parents=True, exist_ok=True)
    app = application()
    theme = Theme()
    theme.set_mode("light")
    theme.apply(app)
    clock = DemoClock(NOW, "Europe/London")
    with tempfile.TemporaryDirectory() as made:
        with open_store(Path(made) / "data", now=NOW) as store:
            fill(household(store, clock, lambda: uuid.uuid4().hex, lambda: More), clock)
        walk(app, theme, clock, Path(made) / "data")


def walk(app: QApplication, theme: Theme, clock: DemoClock, folder: Path) -> None:
    """Open the window on the family's data and take the pictures."""
    with open_store(folder, now=NOW) as store:
        house = household(store, clock, lambda: uuid.uuid4().hex, lambda: More)
        actions = AppActions(house.backups.make, lambda _path: None, lambda: False)
        window = make_window(house, theme, actions, lambda: Later, demo=True)
        window.resize(*SIZE)
        window.show()
        for key, name in TABS.items():
            window.open(key)
            picture(app, window, name)
        theme.set_mode("dark")
        window.open("calendar")
        picture(app, window, "calendar_dark")
        theme.set_mode("light")
        theme.set_scale(2.0)
        picture(app, window, "calendar_large_text")
        window.bridge.stop()
        window.close()


if __name__ == "__main__":
    main()
