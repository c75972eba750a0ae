"""The one door to the files in `resources/`: icons, words, the reference, templates, styles.

They lie beside the package in a source checkout and inside it in an installed wheel. Nothing else
in the program may know which of the two it is.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path, PurePosixPath


@cache
def _root() -> Path:
    """Return the folder that holds the resources."""
    package = Path(__file__).resolve().parent
    carried = package / "resources"
    return carried if carried.is_dir() else package.parent / "resources"


def _locate(name: str) -> Path:
    """Return the path of `name`, a path with forward slashes that stays inside the resources."""
    if name.startswith("/") or ".." in name.split("/") or "\\" in name:
        raise ValueError(f"not a resource name: {name!r}")
    return _root() / name


def read_bytes(name: str) -> bytes:
    """Return the bytes of a resource, for example `icons/bag.svg`."""
    return _locate(name).read_bytes()


def read_text(name: str) -> str:
    """Return the text (UTF-8) of a resource, for example `messages/en.json`."""
    return _locate(name).read_text(encoding="utf-8")


def path_of(name: str) -> Path:
    """Return the file of a resource, for another program that has to open it itself."""
    return _locate(name)


def names(folder: str) -> list[str]:
    """Return the sorted names (`folder/file`) of the files in one resource folder.

    A folder that does not exist has no files.
    """
    place = _locate(folder)
    if not place.is_dir():
        return []
    inside = str(PurePosixPath(folder))
    with os.scandir(place) as entries:
        return sorted(
            f"{inside}/{entry.name}"
            for entry in entries
            if entry.is_file() and not entry.name.startswith(".")
        )
