"""Opening the data without its newest part, where only the write-ahead log is damaged.

The log is never thrown away: it gets another name, under which erasing finds it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from caregiver_app.errors import DataDamaged
from caregiver_app.storage import files
from caregiver_app.storage.checks import problems_in
from caregiver_app.storage.connection import (
    connect,
    disk_trouble,
    log_is_ours,
    log_of,
    shared_memory_of,
)
from caregiver_app.storage.migrations import APPLICATION_ID

_ASIDE: Final = "caregiver-damaged-log-%Y-%m-%dT%H%M%S.sqlite3"


def opens_without_log(path: Path) -> bool:
    """Tell whether only the log of a data file is damaged: every row of the file itself is whole.

    Not a byte changes. A log that was half moved into the file leaves that one damaged.
    """
    try:
        if log_is_ours(path):
            return False
        with closing(connect(path, "frozen")) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            return ours and not problems_in(connection)
    except (sqlite3.Error, OSError):
        return False


def put_log_aside(path: Path, now: datetime) -> Path:
    """Give the damaged log of a data file that nobody has open another name; return its path.

    Raises:
        DataDamaged: the log is not what is damaged, or not alone; nothing was touched.
        DataReadOnly, DiskTrouble: it could not be renamed; nothing was touched.
    """
    if not opens_without_log(path):
        raise DataDamaged("data.damaged", path=str(path))
    aside = path.with_name(now.astimezone(UTC).strftime(_ASIDE))
    try:
        if log_of(path).is_file():
            files.give_second_name(log_of(path), aside)
            files.close_to_others(aside)
            log_of(path).unlink()
        else:
            # A folder, say: it has no second name, and what is in it is not ours.
            log_of(path).replace(aside)
        # It is the index of that log, and of no other.
        shared_memory_of(path).unlink(missing_ok=True)
        files.sync_folder(path.parent)
    except OSError as error:
        raise disk_trouble(error, path) from error
    return aside
