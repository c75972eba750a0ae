"""What one change did to the rows, kept so that it can be taken back while the window is open."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from caregiver_app.storage.rows import Row
from caregiver_app.values import value

DEPTH = 50
"""How many steps can be taken back."""

Key = tuple[str, str]


class Change:
    """One change while it is being made; afterwards it tells which entries are different now.

    `kinds` and `ids` name them; `keys` holds both together. Changes of one `visit` (not "") that
    follow each other are one step.
    """

    def __init__(self, label_key: str, values: Mapping[str, object], visit: str = "") -> None:
        self.label_key = label_key
        self.values = values
        self.visit = visit
        self.images: dict[Key, tuple[Row | None, Row | None]] = {}
        self.due: dict[str, int | None] = {}

    @property
    def keys(self) -> frozenset[Key]:
        """Kind and id of every entry that was written or removed."""
        return frozenset(self.images)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of which something changed."""
        return frozenset(kind for kind, _ in self.images)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the entries that changed."""
        return frozenset(entry for _, entry in self.images)

    def note(self, key: Key, before: Row | None, after: Row | None) -> None:
        """Remember that a row became `after`; forget it when that is what it was at first."""
        first = self.images[key][0] if key in self.images else before
        if first == after:
            self.images.pop(key, None)
        else:
            self.images[key] = (first, after)

    def note_due(self, entry: str, before: int | None) -> None:
        """Remember when an entry was due before this change first touched it."""
        self.due.setdefault(entry, before)

    def goes_on_in(self, later: Change) -> bool:
        """Tell whether a later change belongs to this step: the same visit, and nobody between."""
        same = bool(self.visit) and self.visit == later.visit
        return same and all(
            self.images[key][1] == before
            for key, (before, _) in later.images.items()
            if key in self.images
        )

    def join(self, inner: Change) -> None:
        """Take over what a change inside this one, or the next one of its visit, did."""
        for key, (before, after) in inner.images.items():
            self.note(key, before, after)
        for entry, due in inner.due.items():
            self.note_due(entry, due)


@value
class UndoneStep:
    """A step that was taken back: its label, and the kinds and ids that are as before."""

    label_key: str
    values: Mapping[str, object]
    kinds: frozenset[str]
    ids: frozenset[str]


Steps = deque[Change]


def add_step(steps: Steps, change: Change) -> None:
    """Add a change as the newest step, or to the newest one where it goes on with that."""
    if steps and steps[-1].goes_on_in(change):
        steps[-1].join(change)
        if not steps[-1].images:
            steps.pop()
    elif change.images:
        steps.append(change)


def no_steps() -> Steps:
    """Return an empty list of steps; the oldest falls out when there are too many."""
    return deque(maxlen=DEPTH)
