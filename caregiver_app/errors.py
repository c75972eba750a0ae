"""What can go wrong for the person at the keyboard, each with its exit code and a plain sentence.

An error carries a message key and values; `caregiver_app.messages` turns them into words.
"""

from __future__ import annotations

import errno
from pathlib import Path

EXIT_OK = 0
EXIT_USAGE = 2
EXIT_DAMAGED = 10
EXIT_NEWER = 11
EXIT_BUSY = 12
EXIT_READ_ONLY = 13
EXIT_DISK = 14
EXIT_REFUSED = 20


class UserError(Exception):
    """Something a person can understand and mend.

    `key` names the sentence, `values` fill it, `field` is the form field or JSON field that it
    stands beside, `exit_code` is what the command line answers.
    """

    exit_code = EXIT_REFUSED

    def __init__(self, key: str, /, field: str | None = None, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.field = field
        self.values = values

    def __str__(self) -> str:
        from_values = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({from_values})"


class InputRefused(UserError):
    """The typed or given input cannot be taken as it is."""


class FormRefused(InputRefused):
    """Several fields of one form are wrong; `errors` holds each one's own error."""

    def __init__(self, errors: list[InputRefused]) -> None:
        super().__init__("form.refused", count=len(errors))
        self.errors = errors


class AsksFirst(InputRefused):
    """A treatment visit's date would change: the delay dialog has to be answered first."""


class DataDamaged(UserError):
    """The data file cannot be trusted; `offer` is the newest good backup's path, if any."""

    exit_code = EXIT_DAMAGED

    def __init__(self, key: str, /, offer: str | None = None, **values: object) -> None:
        super().__init__(key, None, **values)
        self.offer = offer


class DataNewer(UserError):
    """The data file was written by a newer version of the program."""

    exit_code = EXIT_NEWER


class DataBusy(UserError):
    """Another program held the data file's lock for five seconds."""

    exit_code = EXIT_BUSY


class DataReadOnly(UserError):
    """The data folder or file cannot be written to."""

    exit_code = EXIT_READ_ONLY


class DiskTrouble(UserError):
    """The disk is full or failed; nothing was recorded."""

    exit_code = EXIT_DISK


class DataAway(DiskTrouble):
    """A diary was kept in this folder and is not there now; nothing was made in its place.

    `offer` is the path of the newest good backup that is known of elsewhere, if any.
    """

    def __init__(self, key: str, /, offer: str | None = None, **values: object) -> None:
        super().__init__(key, None, **values)
        self.offer = offer


class DataLost(DataAway):
    """Something stood in this folder's diary, and its file is missing, with no backup beside it."""

    exit_code = EXIT_DAMAGED


def disk_trouble(error: OSError, path: Path) -> UserError:
    """Return what an operating system error on a data file means to a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskTrouble("disk.full", path=str(path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return DataReadOnly("data.read_only", path=str(path))
    return DiskTrouble("disk.trouble", path=str(path))
