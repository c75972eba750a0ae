"""Erasing for good: entries, all about a person, or everything; out of the program's copies too.

What is asked is told first, with counts. The work may be done in any thread; a kill or a full disk
delays it to the next start, it never leaves it half decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from datetime import timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from caregiver_app.domain.entities import KINDS, Person
from caregiver_app.errors import UserError
from caregiver_app.services import known_places
from caregiver_app.services.backups import is_sealed
from caregiver_app.services.care import Care, Change
from caregiver_app.services.clinic_calls import DRAFT
from caregiver_app.services.deleted import DAYS
from caregiver_app.services.feed import FeedService
from caregiver_app.services.known_places import PLACE
from caregiver_app.services.settings import Settings
from caregiver_app.storage import elsewhere, erasing
from caregiver_app.storage.backups import DATA_NAME, listed
from caregiver_app.storage.belongings import Wanted
from caregiver_app.storage.erasing import Outcome
from caregiver_app.values import value

__all__ = ("ErasingService", "Outcome", "Scope")

_OWN: Final = frozenset(("setting", "due_index"))
"""Kinds that nobody would miss by name."""
_MUCH: Final = 8_000_000
"""Bytes of a data file with some ten thousand entries."""


@value(kw_only=True)
class Scope:
    """What would be erased.

    `counts` is how many entries of each kind that can be seen, `deleted` how many more that can
    still be brought back; of entries alone `counts` is both. `copies` is how many backups and other
    copies of the program hold it, `elsewhere` how many of them in the second folder, `every` how
    many there are at all. `feed` is the path of the calendar file that holds it ("": none).
    `second` is the second folder for backups ("": none), `away` tells that it is not there now.
    `locked` are the backups with a passphrase that lie where the program looks and that it cannot
    erase anything in.
    """

    wanted: Wanted
    counts: Mapping[str, int]
    deleted: Mapping[str, int] = field(default_factory=dict[str, int])
    copies: int = 0
    elsewhere: int = 0
    every: int = 0
    feed: str = ""
    second: str = ""
    away: bool = False
    locked: tuple[Path, ...] = ()


class ErasingService:
    """Tells what would go, and erases it.

    `alone` is held while it works: whoever makes a copy of the data meanwhile would keep the words.
    """

    def __init__(self, care: Care, feed: FeedService) -> None:
        self._care, self._feed = care, feed
        self._settings = Settings(care)
        self.alone = Lock()

    @property
    def takes_long(self) -> bool:
        """Whether there is so much that counting what goes may take a second or more."""
        try:
            return self._care.store.path.stat().st_size > _MUCH
        except OSError:
            return False

    # -- Before -----------------------------------------------------------------------------------

    def of_entries(self, keys: Iterable[tuple[str, str]]) -> Scope:
        """Return what goes with these entries, each by kind and id."""
        return self._scope(Wanted(keys=tuple(keys)))

    def of_person(self, person_id: str) -> Scope:
        """Return what goes with a person.

        Raises:
            InputRefused: the person is not there any more.
        """
        person: Person = self._care.person(person_id)
        chosen = self._feed.choice()
        feed = chosen.path if chosen is not None and chosen.person == person.id else ""
        draft = ("setting", f"{DRAFT}{person.id}")
        return self._scope(Wanted(people=(person.id,), keys=(draft,)), feed)

    def of_everything(self) -> Scope:
        """Return what goes with everything."""
        chosen = self._feed.choice()
        return self._scope(Wanted(everything=True), "" if chosen is None else chosen.path)

    def _scope(self, wanted: Wanted, feed: str = "") -> Scope:
        path = self._care.store.path
        found = erasing.counted(path, wanted, self._care.now - timedelta(days=DAYS))
        living, deleted = (_of_theirs(one) for one in (found.living, found.deleted))
        if not (wanted.people or wanted.everything):
            living, deleted = dict(Counter(living) + Counter(deleted)), {}
        second = self._settings.text(PLACE, "")
        copies = erasing.copies(path.parent, second)
        hold = erasing.holding(copies, wanted, found)
        return Scope(
            wanted=wanted,
            counts=living,
            deleted=deleted,
            copies=len(hold),
            elsewhere=sum(bool(second) and one.parent == Path(second) for one in hold),
            every=len(copies),
            feed=feed,
            second=second,
            away=bool(second) and not elsewhere.is_there(Path(second)),
            locked=_locked((path.parent, *([Path(second)] if second else [])), copies),
        )

    # -- Doing it ---------------------------------------------------------------------------------

    def begin(self, scope: Scope, *, delete_feed: bool) -> None:
        """Let go of the calendar file that is kept up to date, where it holds what is erased.

        Raises:
            DataReadOnly: nothing can be written, or the file not be deleted; nothing was erased.
            DiskTrouble: the data file is not where it was opened any more; nothing was erased.
        """
        gone = self._care.store.absence()
        if gone is not None:
            raise gone
        if self._care.store.read_only:
            raise self._care.store.refusal
        if scope.feed:
            self._feed.stop(delete=delete_feed)

    def erase(
        self,
        scope: Scope,
        *,
        remove_copies: bool,
        told: Callable[[int, int], object] | None = None,
    ) -> Outcome:
        """Erase it; any thread may call this. `told` hears how many of how many files are done.

        Raises:
            DataReadOnly, DataBusy, DiskTrouble, DataDamaged: nothing was erased.
        """
        path, now = self._care.store.path, self._care.now
        with self.alone:
            erasing.erase(
                path, scope.wanted, remove_copies=remove_copies, now=now, second=scope.second
            )
            if scope.wanted.everything:
                with suppress(OSError):
                    known_places.forget(path.parent)
            try:
                return erasing.finish(path, now, told) or Outcome()
            except UserError as error:
                # It is decided by now; whatever this is, it only delays the rest.
                return Outcome(trouble=error)

    def go_on(self) -> Outcome | None:
        """Do what an earlier erasing left undone, None where that is nothing; any thread may.

        Raises:
            DataBusy, DiskTrouble, DataDamaged: the data cannot be read.
        """
        if self._care.store.read_only or self._care.store.absence() is not None:
            return None
        with self.alone:
            return erasing.finish(self._care.store.path, self._care.now)

    def ended(self) -> None:
        """Let everything look again; nothing is left to be taken back."""
        self._care.store.forget_steps()
        self._care.look_for_kept_zone()
        self._care.changes.publish(Change(frozenset(KINDS)))


def _of_theirs(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind: count for kind, count in counts.items() if kind not in _OWN}


def _locked(folders: Iterable[Path], copies: Iterable[Path]) -> tuple[Path, ...]:
    """Return the backups with a passphrase in these folders that are none of the copies."""
    goes = set(copies)
    found = [path for folder in folders for path in listed(folder) if path not in goes]
    # Whoever opens and closes the data file or what is beside it takes SQLite's locks from it.
    others = (path for path in found if not path.name.startswith(DATA_NAME))
    return tuple(sorted(path for path in others if is_sealed(path)))
