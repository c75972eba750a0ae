"""What can be done with backups beyond writing one: lock it, a second place, come home from one."""

from __future__ import annotations

from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from caregiver_app.domain.times import zone_of
from caregiver_app.errors import UserError
from caregiver_app.gui.backup_list import BackupList, ask_file
from caregiver_app.gui.passphrase import LockSheet
from caregiver_app.gui.restore_sheet import Homecoming, RestoreSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.backups import SEALED_SUFFIX
from caregiver_app.services.household import Household
from caregiver_app.services.known_backups import known_backups

if TYPE_CHECKING:
    from caregiver_app.gui.file_actions import FileActions


def _with_ending(chosen: Path) -> Path:
    """Return a path with the ending of a locked backup; one that is there already stays."""
    if chosen.suffix:
        return chosen
    first = chosen.with_name(f"{chosen.name}{SEALED_SUFFIX}")
    others = (chosen.with_name(f"{chosen.name}-{number}{SEALED_SUFFIX}") for number in count(2))
    return next(path for path in chain((first,), others) if not path.exists())


class BackupDoor(QObject):
    """Opens the dialogs and sheets about backups over `window`; `files` says what came of it."""

    dialogs: type[QFileDialog] = QFileDialog

    def __init__(self, house: Household, theme: Theme, files: FileActions, window: QWidget) -> None:
        super().__init__(files)
        self._house, self._theme, self._files, self._window = house, theme, files, window

    # -- Writing ----------------------------------------------------------------------------------

    def back_up_locked(self) -> None:
        """Ask for a passphrase, then where the backup goes that opens with it only."""
        sheet = LockSheet(self._theme, parent=self._window)
        sheet.chosen.connect(self._ask_where)
        self._files.open(sheet)

    def _ask_where(self, passphrase: str) -> None:
        name = f"caregiver-backup-{self._house.care.today.isoformat()}{SEALED_SUFFIX}"
        chosen, _ = self.dialogs.getSaveFileName(
            self._window, tr("Back up with a passphrase"), str(Path.home() / name),
            tr("Backups with a passphrase (*{suffix})", suffix=SEALED_SUFFIX),
        )  # fmt: skip
        if chosen:
            self.lock(_with_ending(Path(chosen)), passphrase)

    def lock(self, path: Path, passphrase: str) -> None:
        """Write a backup with a passphrase and say where it is, or what is in the way."""
        try:
            written = self._house.backups.make_sealed(path, passphrase)
        except UserError as error:
            self._files.said.emit(explain(error))
        else:
            self._files.said.emit(tr("Locked backup written and read back: {path}", path=written))

    # -- The second place -------------------------------------------------------------------------

    def choose_second_place(self) -> None:
        """Ask for a folder that backups are copied to as well, and copy the newest at once."""
        chosen = self.dialogs.getExistingDirectory(
            self._window, tr("A second place for backups"), str(Path.home())
        )
        if chosen:
            self.use_second_place(Path(chosen))

    def use_second_place(self, folder: Path | None) -> None:
        """Copy backups to this folder as well from now on, or to none."""
        backups = self._house.backups
        try:
            backups.choose_place(folder)
            if folder is None:
                return
            if not self._house.care.store.read_only:
                # The place begins with what is here now, not with the state of this morning.
                backups.renew()
            written = backups.follow(backups.place())
        except UserError as error:
            self._files.said.emit(explain(error))
            return
        if written is None:
            self._files.said.emit(tr("Backups are copied to {path} as well.", path=folder))
        else:
            self._files.said.emit(tr("Backup written and read back: {path}", path=written))

    # -- Coming home ------------------------------------------------------------------------------

    def restore(self) -> None:
        """Ask which backup, then once more whether."""
        home = self._homecoming()
        known = home.known()
        if known:
            sheet = BackupList(self._theme, home, known, parent=self._window)
            sheet.dialogs = self.dialogs
            sheet.chosen.connect(self.ask_restore)
            self._files.open(sheet)
            return
        found = ask_file(home, self._window, self.dialogs)
        if found is not None:
            self.ask_restore(found)

    def ask_restore(self, path: Path) -> None:
        """Say what restoring would change, and do it when that is confirmed."""
        sheet = RestoreSheet(self._theme, path, self._homecoming(), parent=self._window)
        self._files.open(sheet)

    def _homecoming(self) -> Homecoming:
        care, backups = self._house.care, self._house.backups
        place, folder = backups.place(), care.store.path.parent
        second = None if place is None else place.folder
        return Homecoming(
            restore=self._files.restore_from,
            changes=backups.changes,
            unseal=backups.unsealed,
            today=care.today,
            zone=zone_of(care.home),
            known=partial(known_backups, folder, second),
            second=second,
            kept_in=folder if backups.is_damaged else None,
            is_sound=not backups.is_damaged,
        )
