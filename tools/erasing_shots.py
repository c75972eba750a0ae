"""Pictures of what was deleted, erasing for good, what could not be kept, and where it all lies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from caregiver_app.domain.entities import Contact, Note
from caregiver_app.errors import DataReadOnly
from caregiver_app.gui.backup_words import lack_text
from caregiver_app.gui.not_kept import NotKeptSheet
from caregiver_app.gui.place_line import PlaceLine, line_below
from caregiver_app.gui.restore_sheet import Homecoming
from caregiver_app.gui.safekeeping import Safekeeping
from caregiver_app.gui.settings.stored_sheet import StoredSheet
from caregiver_app.gui.trouble import TroubleWindow
from caregiver_app.integrations.surroundings import Lying
from caregiver_app.messages import words
from caregiver_app.services import kept_files
from caregiver_app.services.backups import Difference
from tools.taking import Shot, page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from caregiver_app.gui.erasing.deleted_sheet import DeletedSheet
    from tools.studio import Studio

PATH = Path("/home/family/.local/share/caregiver-companion/caregiver.sqlite3")
BACKUP = PATH.parent / "backups" / "caregiver-2026-03-19T2130.sqlite3"
NOW = datetime(2026, 3, 20, 18, 4, tzinfo=UTC)
"""When the files of the pictures were changed: each time the same."""
_LONG = (
    "She slept until ten and ate half a roll. We sat by the window and she asked about the garden,"
    " the neighbours’ cat and whether the tomatoes are in yet; then she was tired again."
)


# -- Recently deleted, and erasing ----------------------------------------------------------------


def deleted(one: Studio) -> DeletedSheet:
    """Show what was deleted lately."""
    house = one.house
    if one.filled:
        house.support.save_note(Note(id="shot", person="rosa", text=_LONG, at=house.care.now))
        for note in ("shot", "note-2"):
            house.support.remove_note(note)
        house.people.remove(Contact, "willow")
        house.agenda.remove("blood-test-2026-03-27")
    one.window.files.show_deleted()
    one.settle()
    return _sheet(one)


def listed(one: Studio) -> None:
    """Show the list over the window, not alone."""
    deleted(one)


def _sheet(one: Studio) -> DeletedSheet:
    sheet = one.window.files.sheet
    if sheet is None:
        raise LookupError("no sheet")
    return sheet  # type: ignore[return-value]


def erase_one(one: Studio) -> None:
    """Show what is asked before one entry is erased; a backup holds it."""
    one.house.backups.make()
    deleted(one).rows[0].erase.click()


def erase_several(one: Studio) -> None:
    """Show what is asked before all of the list is erased."""
    deleted(one).all_button.click()


def erase_person(one: Studio) -> None:
    """Show what is asked before everything about somebody is erased, of whom there is a backup."""
    one.house.backups.make()
    one.window.files.erase_person("rosa")
    one.settle()


def erase_unsure(one: Studio) -> None:
    """Show what is said when the line was not ticked."""
    erase_person(one)
    _sheet(one).primary.click()


def erase_everything(one: Studio) -> None:
    """Show what is asked before all is erased."""
    one.house.backups.make()
    one.window.files.erase_everything()


# -- What could not be kept -----------------------------------------------------------------------


def not_kept(one: Studio, *, typed: str, can_repeat: bool = True) -> None:
    """Show what is said when the disk is full, with words in a form or without."""
    if typed:
        page(one, "support").open_item("note", "note-2")
        one.settle()
    over = one.tops()[-1]
    said = words("disk.full", path=str(PATH))
    sheet = NotKeptSheet(one.theme, said, typed, _refuse, parent=over)
    sheet.primary.setVisible(can_repeat)
    sheet.open()


def not_saved(one: Studio) -> None:
    """Show what is said when the copy elsewhere could not be written either."""
    not_kept(one, typed="Tea")
    sheet = one.tops()[-1]
    if isinstance(sheet, NotKeptSheet):
        sheet.save_to(Path("/media/stick/caregiver-notes.txt"))


def _refuse(path: Path) -> None:
    raise DataReadOnly("data.read_only", path=str(path))


# -- Where it lies --------------------------------------------------------------------------------


def stored(one: Studio) -> None:
    """Show which files there are."""
    one.house.backups.make()
    one.house.backups.choose_place(_stick(one))
    one.house.backups.follow(one.house.backups.place())
    (one.folder / "shopping.txt").write_text("milk", encoding="utf-8")
    for path in (*one.folder.rglob("*"), *_stick_of(one).iterdir()):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    sheet = StoredSheet(one.house, one.theme, one.window.files, parent=one.window)
    one.window.files.open(sheet)


def _stick(one: Studio) -> Path:
    # The same name each time: it is seen.
    stick = _stick_of(one)
    shutil.rmtree(stick, ignore_errors=True)
    stick.mkdir()
    return stick


def _stick_of(one: Studio) -> Path:
    return one.folder.parent / "stick"


def second_place(one: Studio, *, there: bool) -> None:
    """Show the part about backups with a second place, there or not, and a restore before."""
    one.house.backups.make()
    stick = _stick(one)
    one.house.backups.choose_place(stick)
    one.house.backups.follow(one.house.backups.place())
    if not there:
        shutil.rmtree(stick)
    before = "caregiver-before-restore-2026-03-19T2130.sqlite3"
    shutil.copyfile(one.house.care.store.path, one.folder / before)
    one.window.open("settings", "files")


def privacy(one: Studio, *, disk: str, lies: Lying | None = None) -> None:
    """Show what is said of the disk and the folder."""
    with (
        patch.object(kept_files, "protection", lambda _folder: disk),
        patch.object(kept_files, "lying", lambda _folder: lies or Lying()),
    ):
        one.window.open("settings", "privacy", "stored")
        one.settle()


def erasing(one: Studio) -> None:
    """Show where the Settings erase."""
    one.window.open("settings", "privacy", "erasing")


def place(one: Studio, lies: Lying) -> None:
    """Show what is said of a folder that lies elsewhere."""
    with patch.object(kept_files, "lying", lambda _folder: lies):
        _line(one)


def _line(one: Studio) -> PlaceLine:
    return line_below(one.window.head, one.house, one.theme, lambda: None)


def read_only(one: Studio, *, is_copy: bool) -> None:
    """Show what is said of a folder in which nothing can be written."""
    store = one.house.care.store
    store.read_only = True
    with patch.object(type(store), "is_copy", property(lambda _self: is_copy)):
        _line(one)
    one.settle()


def vanished_folder(one: Studio) -> None:
    """Show what is said when the folder is not there any more."""
    store = one.house.care.store
    gone = DataReadOnly("data.vanished", path=str(PATH))
    with patch.object(type(store), "absence", lambda _self: gone):
        _line(one)
    one.settle()


# -- Damage ---------------------------------------------------------------------------------------


def vanished_without(one: Studio) -> None:
    """Show what is said when entries are gone and there is no backup."""
    Safekeeping(one.house, one.theme, one.window).say_vanished({"note": (24, 3)})


def restore_refused(one: Studio) -> None:
    """Show what is said to a file that is no backup."""
    bad = one.folder / "caregiver-2026-03-19T2130.sqlite3"
    bad.write_bytes(b"not a backup" * 400)
    one.window.files.ask_restore(bad)


def trouble(key: str, *, offer: bool = False, known: bool = True) -> Callable[[Studio], QWidget]:
    """Show what is said when the data cannot be opened because of `key`."""

    def take(one: Studio) -> QWidget:
        home = Homecoming(
            restore=lambda _backup: None,
            changes=lambda _backup: None,
            unseal=lambda backup, _passphrase: backup,
            today=date(2026, 3, 20),
        )
        lacks = [Difference(group="note", only_now=3)] if known else None
        window = TroubleWindow(
            words(key, path=str(PATH)),
            BACKUP if offer else None,
            home,
            lacks=lack_text(lacks) if offer else "",
            theme=one.theme,
        )
        window.resize(window.sizeHint())
        window.show()
        return window

    return take


def trouble_refused(one: Studio) -> QWidget:
    """Show what is said when going back does not work either."""

    def refuse(_backup: Path) -> None:
        raise DataReadOnly("data.read_only", path=str(PATH))

    home = Homecoming(
        restore=refuse,
        changes=lambda _backup: None,
        unseal=lambda backup, _passphrase: backup,
        today=date(2026, 3, 20),
    )
    window = TroubleWindow(words("data.empty", path=str(PATH)), BACKUP, home, theme=one.theme)
    window.resize(window.sizeHint())
    window.show()
    if window.restore is not None:
        window.restore.click()
    return window


ERASING_SHOTS = (
    Shot("deleted", listed, when_empty=True),
    Shot("erase_one", erase_one),
    Shot("erase_several", erase_several),
    Shot("erase_person", erase_person),
    Shot("erase_unsure", erase_unsure),
    Shot("erase_everything", erase_everything, when_empty=True),
    Shot("not_kept", partial(not_kept, typed="Tea")),
    Shot("not_kept_tick", partial(not_kept, typed=""), when_empty=True),
    Shot("not_kept_once", partial(not_kept, typed="", can_repeat=False)),
    Shot("not_saved", not_saved),
    Shot("stored", stored, when_empty=True),
    Shot("second_place", partial(second_place, there=True)),
    Shot("second_place_away", partial(second_place, there=False)),
    Shot("disk_open", partial(privacy, disk="open", lies=Lying("Dropbox"))),
    Shot("disk_encrypted", partial(privacy, disk="encrypted")),
    Shot("disk_unknown", partial(privacy, disk="unknown")),
    Shot("settings_erasing", erasing, when_empty=True),
    Shot("place_synced", partial(place, lies=Lying("Dropbox"))),
    Shot("place_network", partial(place, lies=Lying("", "SSHFS")), when_empty=True),
    Shot("read_only", partial(read_only, is_copy=False), when_empty=True),
    Shot("read_only_copy", partial(read_only, is_copy=True)),
    Shot("folder_gone", vanished_folder),
    Shot("vanished_without", vanished_without),
    Shot("restore_refused", restore_refused),
    *(
        Shot(f"trouble_{name}", trouble(key, offer=offer, known=known), when_empty=True)
        for name, key, offer, known in (
            ("newer", "data.newer", False, False),
            ("busy", "data.busy", False, False),
            ("foreign", "data.foreign", True, False),
            ("missing", "data.missing", True, False),
            ("log", "data.log_damaged", True, True),
            ("disk", "disk.trouble", False, False),
            ("older", "data.read_only_older", False, False),
            ("nothing", "data.damaged", False, False),
        )
    ),
    Shot("trouble_refused", trouble_refused, when_empty=True),
)
