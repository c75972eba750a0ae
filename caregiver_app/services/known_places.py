"""The folders in which this computer kept a diary, so that one that is away is not begun anew.

They stand in one small file outside of every data folder: paths, and nothing else. A folder that
the system throws away by itself is never remembered, nor a diary in which nothing stands yet, nor
one that only commands were used on: a script may throw its folder away.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from platformdirs import user_state_path

from caregiver_app.errors import DataAway, DataLost, UserError
from caregiver_app.storage import files
from caregiver_app.storage.backups import (
    BACKUPS_NAME,
    DATA_NAME,
    all_backups,
    entries,
    is_good,
    listed,
    newest_good_backup,
    stamped,
)
from caregiver_app.storage.checks import COUNTS_NAME, recorded_counts
from caregiver_app.storage.restoring import RESTORING

if TYPE_CHECKING:
    from caregiver_app.services.household import Household

NAME: Final = "known-places.json"
PLACE: Final = "backup.folder"
"""The setting that names the second folder for backups, "" for none."""
_MOST: Final = 50
_Known = dict[str, str]
"""For each data folder its second place for backups, "" for none; the newest last."""


def memory() -> Path:
    """Return the file that remembers; it may not be there."""
    return user_state_path("caregiver-companion", appauthor=False) / NAME


def absent(folder: Path) -> DataAway | None:
    """Return what a person has to know where a diary was kept in `folder` and is not there now.

    Nothing is made or changed. None: it is there, or there never was one, or the system cannot
    tell: whoever opens it hears what is in the way.
    """
    with suppress(OSError):
        return _absent(folder)
    return None


def _absent(folder: Path) -> DataAway | None:
    if files.is_there(folder / DATA_NAME):
        return None
    counted = any(many for kind, many in recorded_counts(folder).items() if kind != "setting")
    if not counted and _named(folder) not in _read():
        return None
    if folder.exists() and not os.access(folder, os.R_OK | os.X_OK):
        # It may be there: whoever opens it says who may read it.
        return None
    if all_backups(folder) or any(one.name.startswith(RESTORING) for one in listed(folder)):
        # Whoever opens it names the backup, or ends the restore.
        return None
    found = newest_good_elsewhere(folder)
    offer = None if found is None else str(found)
    if counted:
        return DataLost(_lost(folder), offer=offer, path=str(folder / DATA_NAME))
    return DataAway("data.away", offer=offer, path=str(folder))


def _lost(folder: Path) -> str:
    """Return the message for a missing file; backups that cannot be read may well be there."""
    try:
        entries(folder / BACKUPS_NAME)
    except OSError:
        return "data.lost_unread"
    return "data.lost"


def second_place(folder: Path) -> Path | None:
    """Return the second place for backups of a folder's diary, if it is known."""
    second = _read().get(_named(folder), "")
    return Path(second) if second else None


def newest_good_elsewhere(folder: Path) -> Path | None:
    """Return the newest whole backup in the second place of a folder's diary, if it is known."""
    second = second_place(folder)
    found = [] if second is None else stamped(second)
    return next((path for _, path in found if is_good(path)), None)


def newest_good_anywhere(folder: Path) -> Path | None:
    """Return the newest whole backup beside the data, or else in the second place."""
    return newest_good_backup(folder) or newest_good_elsewhere(folder)


def follow(house: Household) -> None:
    """Remember where this household's diary lies, or forget it where nothing is in it any more.

    What cannot be read or written disturbs nobody: the next start does it.
    """
    with suppress(OSError, UserError):
        folder = house.care.store.path.parent
        if _passes(folder):
            return
        if house.care.store.is_bare():
            forget(folder)
        else:
            _write({_named(folder): house.settings.text(PLACE, "")})


def forget(folder: Path) -> None:
    """Forget a folder; a file that would remember nothing goes.

    Raises:
        OSError: it cannot be written.
    """
    known = _read()
    if _named(folder) in known:
        _write({}, without=_named(folder))


def begin_anew(folder: Path) -> None:
    """Let the next start make a new diary where one is missing; one that is there stays.

    Raises:
        OSError: it cannot be written.
    """
    missing = not files.is_there(folder / DATA_NAME)
    forget(folder)
    if missing:
        (folder / COUNTS_NAME).unlink(missing_ok=True)


def _passes(folder: Path) -> bool:
    """Tell whether a folder lies where the system throws things away by itself."""
    return folder.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve())


def _named(folder: Path) -> str:
    return os.path.abspath(folder)  # noqa: PTH100 - links stay: what they lead to may be away


def _write(told: _Known, *, without: str = "") -> None:
    before = _read()
    known = {folder: second for folder, second in before.items() if folder not in told} | told
    known.pop(without, None)
    if before == known:
        return
    path = memory()
    if not known:
        path.unlink(missing_ok=True)
        return
    newest = list(known.items())[-_MOST:]
    lines = [{"folder": folder, "backups": second} for folder, second in newest]
    files.make_folder(path.parent)
    files.write_private(path, json.dumps({"places": lines}, indent=1))


def _read() -> _Known:
    try:
        told = json.loads(memory().read_text(encoding="utf-8"))
        return {
            str(one["folder"]): str(one.get("backups", ""))
            for one in cast("list[dict[str, object]]", told["places"])
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
