"""What is stored where: every file that the program keeps, and what is said of the place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from caregiver_app import claim
from caregiver_app.integrations.surroundings import Lying, Protection, lying, protection
from caregiver_app.services import known_places
from caregiver_app.services.backups import SEALED_SUFFIX
from caregiver_app.services.household import Household
from caregiver_app.services.template_file import COPY
from caregiver_app.storage.backups import BACKUPS_NAME, DATA_NAME
from caregiver_app.storage.checks import COUNTS_NAME
from caregiver_app.values import value

DATA: Final = "data"
BACKUPS: Final = "backups"
EARLIER: Final = "earlier"
"""Data files that a restore kept, or that were put aside because they were damaged."""
LISTS: Final = "lists"
COUNTS: Final = "counts"
MARKS: Final = "marks"
"""Empty or nearly empty files that say which window is open and which one rings."""
OTHERS: Final = "others"
"""Files in the data folder that this program did not make, or that hold what it half made."""
FEED: Final = "feed"
SECOND: Final = "second"
PLACES: Final = "places"
"""Which folders of this computer held a diary."""
KINDS: Final = (DATA, BACKUPS, EARLIER, LISTS, COUNTS, MARKS, OTHERS, FEED, SECOND, PLACES)
"""In the order in which they are shown; the last three lie outside of the data folder."""

ACCEPTED: Final = "window.place"
"""The setting that holds the place about which the family said that it is meant so."""

_MARKS: Final = frozenset((claim.RINGING, claim.FEED, claim.OPEN))


@value
class Kept:
    """Files of one kind: where, how many, their bytes together, when the last was changed."""

    kind: str
    place: Path
    count: int
    size: int
    changed: datetime | None


class KeptFiles:
    """Looks at the data folder, and at what the family chose outside of it."""

    def __init__(self, house: Household) -> None:
        self._house = house

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._house.care.store.path.parent

    def all(self) -> list[Kept]:
        """Return what is kept, kind by kind; a kind of which there is nothing is left out."""
        found: dict[str, list[Path]] = {}
        for path in _files(self.folder):
            found.setdefault(self._kind(path), []).append(path)
        kept = [self._summed(kind, found[kind]) for kind in KINDS if kind in found]
        chosen = self._house.feed.choice()
        if chosen is not None and Path(chosen.path).is_file():
            kept.append(_sum(FEED, Path(chosen.path), [Path(chosen.path)]))
        remembers = known_places.memory()
        places = [_sum(PLACES, remembers, [remembers])] if remembers.is_file() else []
        return kept + self._second() + places

    def _second(self) -> list[Kept]:
        place = self._house.backups.place()
        if place is None or not place.is_there:
            return []
        copies = [path for path in _files(place.folder, deep=False) if _is_copy(path.name)]
        return [_sum(SECOND, place.folder, copies)] if copies else []

    def _summed(self, kind: str, paths: list[Path]) -> Kept:
        places = {DATA: self.folder / DATA_NAME, BACKUPS: self.folder / BACKUPS_NAME}
        return _sum(kind, places.get(kind, paths[0] if len(paths) == 1 else self.folder), paths)

    def _kind(self, path: Path) -> str:
        within = path.relative_to(self.folder)
        name = within.parts[0]
        if len(within.parts) > 1:
            return BACKUPS if name == BACKUPS_NAME and _is_copy(path.name) else OTHERS
        if name in (DATA_NAME, f"{DATA_NAME}-wal", f"{DATA_NAME}-shm"):
            return DATA
        if name in _MARKS:
            return MARKS
        kinds = {COPY: LISTS, COUNTS_NAME: COUNTS}
        if name in kinds:
            return kinds[name]
        return EARLIER if name.startswith("caregiver-") and ".sqlite3" in name else OTHERS

    def lying(self) -> Lying:
        """Return what synchronises the data folder, and which network it is on."""
        return lying(self.folder)

    def asks_about_place(self) -> bool:
        """Tell whether the family has to know where the folder lies, and did not say it is so."""
        found = self.lying()
        return bool(found.synced or found.network) and self._accepted() != self._told(found)

    def accept_place(self) -> None:
        """Keep that the folder is meant to lie where it does.

        Raises:
            DataReadOnly, DataBusy, DiskTrouble: it could not be kept.
        """
        self._house.settings.remember(**{ACCEPTED: self._told(self.lying())})

    def _accepted(self) -> str:
        return self._house.settings.text(ACCEPTED, "")

    def _told(self, found: Lying) -> str:
        return f"{self.folder} {found.synced} {found.network}".strip()

    def protection(self) -> Protection:
        """Return whether the disk under the data folder looks encrypted."""
        return protection(self.folder)


def _is_copy(name: str) -> bool:
    return ".sqlite3" in name or name.endswith(SEALED_SUFFIX)


def _files(folder: Path, *, deep: bool = True) -> Iterator[Path]:
    """Yield the files of a folder in a steady order; links are not followed."""
    try:
        names = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in names:
        if entry.is_dir(follow_symlinks=False):
            if deep:
                yield from _files(Path(entry.path))
        else:
            yield Path(entry.path)


def _sum(kind: str, place: Path, paths: Iterable[Path]) -> Kept:
    sizes: list[int] = []
    times: list[float] = []
    for path in paths:
        try:
            found = path.lstat()
        except OSError:
            continue
        if stat.S_ISREG(found.st_mode):
            sizes.append(found.st_size)
            times.append(found.st_mtime)
    changed = datetime.fromtimestamp(max(times), UTC) if times else None
    return Kept(kind, place, len(sizes), sum(sizes), changed)
