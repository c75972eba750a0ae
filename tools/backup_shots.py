"""Pictures of backups and damage: restoring, a passphrase, what vanished, what cannot be read."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from caregiver_app.domain.entities import Note
from caregiver_app.gui.backup_words import lack_text
from caregiver_app.gui.loss_sheets import DamageSheet
from caregiver_app.gui.restore_sheet import Homecoming
from caregiver_app.gui.safekeeping import Safekeeping
from caregiver_app.gui.trouble import TroubleWindow
from caregiver_app.messages import words
from caregiver_app.services.backups import Difference
from tools.taking import Shot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tools.studio import Studio

BACKUP = Path("/home/family/caregiver/backups/caregiver-2026-03-19T2130.sqlite3")
_WORDS = "three words in a row"


def restore(one: Studio, *, locked: bool = False) -> None:
    """Show what a backup would change, or the question for its passphrase."""
    care, backups = one.house.care, one.house.backups
    name = "caregiver-2026-03-19T2130"
    if locked:
        made = backups.make_sealed(one.folder / f"{name}.sealed", _WORDS)
    else:
        made = backups.make(one.folder / f"{name}.sqlite3")
    person = next(iter(one.house.people.people()), None)
    with care.change("done.note", undoable=False):
        for number in range(3 if person else 0):
            at = care.now - timedelta(hours=number)
            entry = Note(id=f"shot{number}", person=person.id if person else "", text="Tea", at=at)
            care.store.put(entry)
    one.window.files.ask_restore(made)


def locked(one: Studio) -> None:
    """Show the question for a passphrase."""
    restore(one, locked=True)


def lock(one: Studio) -> None:
    """Show what is asked before a backup is locked."""
    one.window.files.home.back_up_locked()


def vanished(one: Studio) -> None:
    """Show what is said when entries are gone."""
    one.house.backups.make()
    safe = Safekeeping(one.house, one.theme, one.window)
    safe.say_vanished({"note": (24, 3), "side_effect": (12, 0)})


def damage(one: Studio) -> None:
    """Show what is said when the day's look found damage."""
    when = "yesterday, 21:30"
    one.window.files.open(DamageSheet(one.theme, when, one.window))


def trouble(one: Studio) -> QWidget:
    """Show what is said when the data cannot be opened."""
    said = words("data.damaged", path="/home/family/caregiver.sqlite3")
    home = Homecoming(
        restore=lambda _backup: None,
        changes=lambda _backup: None,
        unseal=lambda backup, _passphrase: backup,
        today=date(2026, 3, 20),
    )
    lacks = [Difference(group="note", only_now=3), Difference(group="visit", only_now=1)]
    window = TroubleWindow(said, BACKUP, home, lacks=lack_text(lacks), theme=one.theme)
    window.resize(window.sizeHint())
    window.show()
    return window


BACKUP_SHOTS = (
    Shot("restore", restore, when_empty=True),
    Shot("restore_locked", locked),
    Shot("lock_backup", lock),
    Shot("vanished", vanished),
    Shot("damage_found", damage),
    Shot("trouble", trouble, when_empty=True),
)
