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

    `kinds` and `ids` name them; `keys` holds both together.
    """

    def __init__(self, label_key: str, values: Mapping[str, object]) -> None:
        self.label_key = label_key
        self.values = values
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

    def join(self, inner: Change) -> None:
        """Take over what a change inside this one did."""
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


def no_steps() -> Steps:
    """Return an empty list of steps; the oldest falls out when there are too many."""
    return deque(maxlen=DEPTH)
