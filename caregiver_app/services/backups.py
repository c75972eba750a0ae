"""Backups: dated copies that were read back, a second place for them, coming home from one."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from caregiver_app.domain.entities import Setting
from caregiver_app.errors import DataDamaged, DiskTrouble, InputRefused, UserError, disk_trouble
from caregiver_app.integrations import sealed
from caregiver_app.services.care import Care
from caregiver_app.services.known_places import PLACE, second_place
from caregiver_app.services.settings import Settings
from caregiver_app.storage import backups as copies
from caregiver_app.storage import checks, elsewhere, files, holdings, restoring
from caregiver_app.storage.connection import log_of
from caregiver_app.storage.database import open_store
from caregiver_app.storage.differences import Difference, differences, lacking
from caregiver_app.storage.leftovers import clear_beside, part_beside
from caregiver_app.storage.store import Store
from caregiver_app.values import value

LEAST_LETTERS: Final = sealed.LEAST_LETTERS
"""Characters of the shortest passphrase that a new backup takes."""
SEALED_SUFFIX: Final = sealed.SUFFIX
"""How the name of a backup with a passphrase ends."""


@value
class SecondPlace:
    """The second folder for backups: whether it is there now, and its newest backup."""

    folder: Path
    is_there: bool
    newest: datetime | None


class BackupService:
    """Copies of the open data file."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._settings = Settings(care)
        self.place_trouble: UserError | None = None
        """Why the second folder was not brought up to date the last time."""
        self.is_damaged = False
        """Whether damage was found in the open data."""
        self._good: dict[Path, bool] = {}

    @property
    def _path(self) -> Path:
        return self._care.store.path

    # --- Making them -----------------------------------------------------------------------------

    def make(self, target: Path | None = None) -> Path:
        """Write a verified backup to `target`, or a dated one beside the data; return its path.

        Raises:
            DataDamaged: the data itself does not read back well; no backup is made of it.
            DataReadOnly, DiskTrouble: it could not be written.
        """
        place = target or copies.own_place(self._path.parent, self._care.now)
        if self._care.store.absence() is not None or self._care.store.is_copy:
            return self._care.store.save_to(place)
        return copies.make_backup(self._path, place)

    def make_sealed(self, target: Path, passphrase: str) -> Path:
        """Write a backup that opens with a passphrase only, read it back and return its path.

        Raises:
            InputRefused: the passphrase is too short, or that is no place for a backup.
            DataDamaged: the data itself does not read back well; no backup is made of it.
            DataReadOnly, DiskTrouble: it could not be written.
        """
        gone = self._care.store.absence()
        if gone is not None:
            # Its plain copy lies beside the data for a moment, and nowhere else.
            raise gone
        plain, part = part_beside(self._path), part_beside(target)
        try:
            if not files.can_be_file(target):
                raise InputRefused("backup.no_folder", "file", path=str(target))
            if target.resolve() == self._path.resolve():
                raise InputRefused("backup.onto_itself", "file", path=str(target))
            copies.make_backup(self._path, plain)
            files.make_private(part)
            with part.open("wb") as file:
                sealed.seal(plain, file, passphrase)
            _compare(part, plain, passphrase)
            files.move_durably(part, target)
            clear_beside(target)
        except OSError as error:
            raise disk_trouble(error, target) from error
        finally:
            for left in (plain, part):
                _put_away(left)
        return target

    def daily(self, *, edited: bool) -> Path | None:
        """Make the day's backup, or one after 30 minutes of edits, when it is due.

        None is made while nothing stands in the diary yet.
        """
        if holdings.is_bare(self._path):
            return None
        missing = self._care.store.missing
        return copies.daily_backup(self._path.parent, self._care.now, edited, missing)

    def renew(self) -> Path | None:
        """Make a dated backup where something was written since the newest; any thread may call it.

        None: nothing was, or nothing stands in the diary yet.

        Raises:
            DataDamaged: the data itself does not read back well; no backup is made of it.
            DataReadOnly, DiskTrouble: it could not be written.
        """
        gone = self._care.store.absence()
        if gone is not None:
            raise gone
        if holdings.is_bare(self._path):
            return None
        made = copies.stamped(self._path.parent / copies.BACKUPS_NAME)
        if made and not holdings.is_behind(made[0][1], self._path):
            return None
        return copies.make_backup(self._path, copies.own_place(self._path.parent, self._care.now))

    def newest(self) -> Path | None:
        """Return the newest backup beside the data by its name, not read again; None: none yet."""
        return next(iter(copies.all_backups(self._path.parent)), None)

    # --- The second place ------------------------------------------------------------------------

    def place(self) -> SecondPlace | None:
        """Return the second folder and how it stands there, None where none was chosen."""
        told = self._settings.text(PLACE, "")
        if not told:
            return None
        folder = Path(told)
        return SecondPlace(folder, elsewhere.is_there(folder), elsewhere.newest_in(folder))

    def choose_place(self, folder: Path | None) -> None:
        """Let backups be copied to this folder as well from now on, or to none.

        Raises:
            InputRefused: it is not there, or lies within the data folder.
            DataReadOnly, DataBusy, DiskTrouble: it could not be kept.
        """
        told = ""
        if folder is not None:
            elsewhere.refused_as_place(folder, self._path.parent)
            told = str(folder.absolute())
        if told != self._settings.text(PLACE, ""):
            self._settings.set(PLACE, told)

    def follow(self, place: SecondPlace | None) -> Path | None:
        """Bring the second folder up to date, where it is there; any thread may call it.

        Raises:
            DiskTrouble, DataReadOnly, DataDamaged: it could not be written, or not read back.
        """
        if place is None:
            return None
        backups = self._path.parent / copies.BACKUPS_NAME
        return elsewhere.follow(backups, place.folder, self._care.now)

    def follow_told(self) -> list[tuple[str, Path]]:
        """Do what `follow` does at once, and return what is to be said: message keys and paths.

        Raises:
            DiskTrouble, DataReadOnly, DataDamaged: as `follow`.
        """
        second = self.place()
        if second is None:
            return []
        if not second.is_there:
            return [("backup.place_away", second.folder)]
        written = self.follow(second)
        return [] if written is None else [("backup.made", written)]

    def follow_quietly(self, place: SecondPlace | None) -> None:
        """Do what `follow` does; what is in the way is kept in `place_trouble`."""
        try:
            self.follow(place)
            self.place_trouble = None
        except UserError as error:
            self.place_trouble = error

    # --- Looking for damage ----------------------------------------------------------------------

    def check(self) -> list[str]:
        """Read every byte and row; return what is wrong, nothing when all is well.

        Raises:
            DataDamaged: it is too damaged to be read through; `offer` is the newest good backup.
            DataBusy, DiskTrouble: it cannot be read now.
        """
        try:
            return self._care.store.full_check()
        except DataDamaged as error:
            raise copies.looked_again(error, self._path) from error

    def vanished(self) -> dict[str, tuple[int, int]]:
        """Return by kind how many entries there were and are, where too many rows are gone."""
        gone = self._care.store.vanished()
        if not gone:
            return gone
        with closing(checks.own_reader(self._path)) as reader:
            now = checks.seen_counts(reader)
        return checks.as_seen(gone, checks.recorded_seen(self._path.parent), now)

    def accept_counts(self) -> None:
        """Take the present number of rows for right: somebody said that it was them."""
        self._care.store.accept_counts()

    def offer(self) -> Path | None:
        """Return the newest good backup in which what vanished is still there, if there is one."""
        folder = self._path.parent
        return copies.newest_good_backup(folder, copies.counts_before(folder))

    def newest_good(self) -> Path | None:
        """Return the newest backup beside the data that reads back well."""
        return newest_good(self._path.parent)

    # --- Coming home from one --------------------------------------------------------------------

    def changes(self, backup: Path) -> list[Difference]:
        """Return what restoring a backup would change, by kind.

        Raises:
            InputRefused: it is missing or damaged, or no backup.
            DataNewer: a newer version of the program made it.
            DiskTrouble: it cannot be read now.
        """
        restoring.verified(backup)
        return differences(backup, self._path)

    def unsealed(self, backup: Path, passphrase: str) -> Path:
        """Open a locked backup as `unsealed` does."""
        return unsealed(self._path.parent, backup, passphrase)

    def before_restore(self) -> Path | None:
        """Return the file that the last restore kept, None where there is none or it is damaged."""
        last = max(restoring.kept(self._path.parent), default=None)
        if last is None:
            return None
        if last not in self._good:
            self._good[last] = copies.is_good(last)
        return last if self._good[last] else None


def _put_away(left: Path) -> None:
    """Remove what is not needed any more; where that cannot be done, it goes a day later."""
    with suppress(OSError):
        left.unlink(missing_ok=True)


def _compare(part: Path, plain: Path, passphrase: str) -> None:
    """Open the sealed file once more and hold it against what was put into it."""
    check = part_beside(plain)
    files.make_private(check)
    try:
        with check.open("wb") as file:
            sealed.unseal(part, file, passphrase)
        if check.read_bytes() != plain.read_bytes():
            raise DiskTrouble("disk.trouble", path=str(part))
    except InputRefused as error:
        raise DiskTrouble("disk.trouble", path=str(part)) from error
    finally:
        _put_away(check)


@contextmanager
def opened(folder: Path, backup: Path, passphrase: str) -> Generator[Path]:
    """Give a sealed backup opened, as a private file in the data folder; it goes after the block.

    Raises:
        InputRefused: the passphrase is wrong, or the backup is damaged.
        DataReadOnly, DiskTrouble: it could not be read or written.
    """
    path = unsealed(folder, backup, passphrase)
    try:
        yield path
    finally:
        _put_away(path)


def unsealed(folder: Path, backup: Path, passphrase: str) -> Path:
    """Open a sealed backup as `opened` does; whoever asks for it removes the file."""
    part = part_beside(folder / copies.DATA_NAME)
    try:
        files.make_folder(folder)
        files.make_private(part)
        with part.open("wb") as file:
            sealed.unseal(backup, file, passphrase)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        _put_away(part)
        raise disk_trouble(error, backup) from error
    except BaseException:
        _put_away(part)
        raise
    return part


def is_sealed(backup: Path) -> bool:
    """Tell whether a backup asks for a passphrase; False where it cannot be read."""
    try:
        return asks_passphrase(backup)
    except UserError:
        return False


def asks_passphrase(backup: Path) -> bool:
    """Tell whether a backup asks for a passphrase; False where there is none to be read.

    Raises:
        DiskTrouble, DataReadOnly: the disk failed, so that nobody can tell.
    """
    try:
        if log_of(backup).exists():
            # It is open as a database, perhaps here: to open and close it once more would take
            # SQLite's locks from it.
            return False
        return backup.is_file() and sealed.is_sealed(backup)
    except OSError as error:
        raise disk_trouble(error, backup) from error


def lacks(backup: Path, folder: Path) -> list[Difference] | None:
    """Return what a good backup lacks of damaged data, None where nothing is known of it."""
    return lacking(backup, folder / copies.DATA_NAME)


def changes_of_damaged(folder: Path, backup: Path) -> list[Difference] | None:
    """Return what a backup would change of data that cannot be opened, as far as it can be read.

    Raises:
        InputRefused, DataNewer, DiskTrouble: it cannot be restored.
    """
    restoring.verified(backup)
    return lacks(backup, folder)


def lost(folder: Path) -> dict[str, tuple[int, int]]:
    """Return by kind how many rows there were and are where too many are gone; reads only."""
    now = copies.counts_of(folder / copies.DATA_NAME)
    gone = checks.vanished(copies.counts_before(folder), now) if now else {}
    seen = copies.seen_counts_of(folder / copies.DATA_NAME) if gone else {}
    return checks.as_seen(gone, checks.recorded_seen(folder), seen)


def newest_good(folder: Path) -> Path | None:
    """Return the newest backup of a data folder that reads back well."""
    return copies.newest_good_backup(folder)


def restore(folder: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of a data folder's file; the present file is kept.

    The second place for backups is a matter of this computer: it stays as it is now.

    Returns where the present file was kept, None when there was none.

    Raises:
        InputRefused: the backup cannot be read or is damaged; nothing changed.
        DataNewer: it was written by a newer version; nothing changed.
    """
    place = _present_place(folder)
    kept = restoring.restore(folder, backup, now=now)
    if place is not None:
        # What cannot be kept now can be chosen again; the restore is done.
        with suppress(UserError), open_store(folder, now=now) as store:
            _keep_place(store, place, now)
    return kept


def _present_place(folder: Path) -> str | None:
    """Return the second place that is chosen now, as JSON; None: nobody can tell."""
    told = holdings.setting_in(folder / copies.DATA_NAME, PLACE)
    if told is None:
        second = second_place(folder)
        return None if second is None else json.dumps(str(second), ensure_ascii=False)
    return told or json.dumps("")


def _keep_place(store: Store, place: str, now: datetime) -> None:
    found = store.get(Setting, PLACE)
    if place != (json.dumps("") if found is None else found.value):
        with store.change("done.remembered", undoable=False):
            store.put(Setting(id=PLACE, value=place, created=now, changed=now))
