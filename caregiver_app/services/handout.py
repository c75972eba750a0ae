"""Handing finished bytes (a printed page) to a file of the family's choice."""

from __future__ import annotations

from pathlib import Path

from caregiver_app.integrations.files import save_atomically


def hand_out(path: Path, data: bytes) -> None:
    """Write `data` to `path`, all or nothing, readable by its owner alone.

    Raises:
        InputRefused: the folder does not exist, or `path` cannot be the name of a file.
        DataReadOnly: the folder cannot be written to.
        DiskTrouble: the disk is full or failed; the old file is untouched.
    """
    save_atomically(path, data)
