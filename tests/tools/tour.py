"""A walk through the whole window: every tab, page, sheet and found entry, one after the other.

    for place in walk(window, "Zeisig"):
        look(place)

As a program it fills a folder with a made-up family whose every word is WORDS, opens the window on
it as a start does, and walks:

    python -m tests.tools.tour FOLDER WORDS
"""

from __future__ import annotations

import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from caregiver_app.bootstrap import main, more, new_id
from caregiver_app.clock import GivenClock, read_now
from caregiver_app.domain.entities import KINDS, Entity
from caregiver_app.errors import UserError
from caregiver_app.services.demo import fill
from caregiver_app.services.household import household
from caregiver_app.storage.database import open_store
from caregiver_app.storage.rows import codec_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from caregiver_app.gui.main_window import MainWindow
    from caregiver_app.gui.search.lines import Target
    from caregiver_app.gui.settings.files import FilesGroup
    from caregiver_app.gui.settings.page import SettingsPage
    from caregiver_app.gui.settings.privacy import PrivacyGroup

NOW = "2026-03-20T18:04+00:00"
TABS = ("today", "calendar", "watch", "bag", "support", "care", "settings")
_READ = frozenset(
    ("rrule", "uid", "exdates", "rdates", "original", "leave_at", "extra", "phases", "off", "kit",
     "order", "benefit", "possible", "delivery", "was", "copay", "deductible")
)  # fmt: skip
_BY_KIND = {
    "cost": ("amount", "currency"),
    "side_effect": ("sign",),
    "clinic_call": ("about",),
    "plan": ("medicine",),
}
"""What the program reads as something else than words, though words may stand in it."""
_EACH_KIND = 40
_EACH_FORM = 2


def house_of_words(folder: Path, words: str, holds: Callable[[str, str], bool]) -> Counter[str]:
    """Fill a folder with a family's life in which everything that can be words is `words`.

    `holds(kind, field)` tells what that is. Returns how many entries of each kind hold them.
    """
    clock = GivenClock(read_now(NOW), running=False)
    told: Counter[str] = Counter()
    with open_store(folder, now=clock.now()) as store:
        house = household(store, clock, new_id, more)
        fill(house)
        house.settings.remember(first_run="done")
        for kind, made in KINDS.items():
            if kind in ("setting", "photo"):
                continue
            for entity in store.all(made)[-_EACH_KIND:]:
                with suppress(UserError, ValueError), house.care.change("x", undoable=False):
                    store.put(_sung(kind, entity, words, holds))
                    told[kind] += 1
        for note in store.notes()[:2]:
            # So that something was deleted lately.
            house.support.remove_note(note.id)
    return told


def _sung(kind: str, entity: Entity, words: str, holds: Callable[[str, str], bool]) -> Entity:
    told: dict[str, object] = {}
    for field in fields(entity):
        value = getattr(entity, field.name)
        if (
            not holds(kind, field.name)
            or field.name in _READ
            or field.name in _BY_KIND.get(kind, ())
        ):
            continue
        if field.type == "tuple[str, ...]":
            told[field.name] = (words,) * len(cast("tuple[str, ...]", value))
        elif field.type in ("str", "str | None"):
            told[field.name] = words
    made = replace(entity, **told)
    codec_of(type(entity)).encode(made)
    return made


def walk(window: MainWindow, word: str, *, whole: bool = True) -> Iterator[str]:
    """Go through everything that the window can show; `word` finds the entries.

    What lies open is closed behind each stop. Not `whole`, it opens one entry of each kind, and
    every page for everybody together only.
    """
    for tab in TABS:
        window.open(tab)
        yield from _stop(window, tab)
    for name, act in _sheets(window).items():
        act()
        yield from _stop(window, name)
    field = window.head.search
    for target in _targets(window, word, _EACH_FORM if whole else 1):
        window.open(target.place, target.kind, target.item)
        yield from _stop(window, f"{target.place} {target.kind}")
    field.begin()
    field.setText(word)
    yield from _stop(window, "search")
    field.clear()
    window.show_emergency()
    yield from _stop(window, "emergency")
    window.leave_layer()
    for person in window.head.pill.menu().actions() if whole else ():
        person.trigger()
        for tab in TABS[:-1]:
            window.open(tab)
            yield from _stop(window, f"{tab} of one person")


def _sheets(window: MainWindow) -> dict[str, Callable[[], object]]:
    files = window.files
    groups = cast("SettingsPage", window.page("settings")).groups
    return {
        "export": files.export,
        "feed": files.keep_up_to_date,
        "about": files.about,
        "keys": window.show_keys,
        "stored": cast("PrivacyGroup", groups["privacy"]).keeping.show_stored,
        "takeout": cast("FilesGroup", groups["files"]).take_out.click,
        "deleted": lambda: window.open("deleted"),
        "medicines": lambda: window.open("medicine"),
        "call": lambda: window.open("call"),
    }


def _targets(window: MainWindow, word: str, most: int) -> list[Target]:
    from caregiver_app.gui.search.panel import SearchPanel

    field = window.head.search
    field.begin()
    field.wanted.emit()
    field.setText(word)
    pump()
    (panel,) = window.findChildren(SearchPanel)
    panel.refresh()
    lines = [panel.list.line_at(row) for row in range(panel.list.lines.rowCount())]
    seen: Counter[tuple[str, str]] = Counter()
    found: list[Target] = []
    for line in lines:
        target = None if line is None else line.target
        if target is None or target.place in ("import", "export", "undo", "quit", "first_run"):
            continue
        seen[target.place, target.kind] += 1
        if seen[target.place, target.kind] <= most:
            found.append(target)
    field.clear()
    return found


def _stop(window: MainWindow, name: str) -> Iterator[str]:
    pump()
    yield name
    for top in opened(window):
        top.hide()
        top.deleteLater()
    pump()


def opened(window: MainWindow) -> list[QWidget]:
    """Return the other windows of the program that can be seen."""
    from PySide6.QtWidgets import QApplication

    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window]


def pump() -> None:
    """Let the window do all that waits."""
    from PySide6.QtWidgets import QApplication

    for _ in range(8):
        QApplication.processEvents()


def _walk_as_program(folder: Path, words: str) -> int:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from caregiver_app.gui import app
    from caregiver_app.gui.main_window import MainWindow
    from tests.storage.test_erasing import holds_words

    house_of_words(folder, words, holds_words)
    application = app.application()
    stops: list[str] = []

    def begin() -> None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        if not found or found[0].ringer is None:
            return
        timer.stop()
        try:
            for stop in walk(found[0], "Zeisig", whole=False):
                for top in QApplication.topLevelWidgets():
                    top.grab()
                stops.append(stop)
        except Exception:
            # The window would call it unforeseen and go on.
            traceback.print_exc()
            raise
        finally:
            found[0].end()

    timer = QTimer(application)
    timer.timeout.connect(begin)
    timer.start(300)
    code = main(["--data-dir", str(folder), "--now", NOW])
    sys.stdout.write(f"STOPS {len(stops)}\n")
    return code


if __name__ == "__main__":
    sys.exit(_walk_as_program(Path(sys.argv[1]), sys.argv[2]))
