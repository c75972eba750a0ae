"""What an import is going to do, row by row, as plain values."""

from __future__ import annotations

from collections.abc import Mapping

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import Moment
from caregiver_app.integrations.incoming import Incoming, Remark
from caregiver_app.values import value

NEW, UPDATED, UNCHANGED, SKIPPED = "new", "updated", "unchanged", "skipped"


@value
class Changed:
    """One field that a file says otherwise: its name, and both sides as an export tells them.

    `name` is one of title, start, zone, minutes, status, place, note, rrule, exdates, rdates,
    alarms and extra. Lists are divided by commas, alarms are minutes before the start.
    """

    name: str
    before: str
    after: str


@value
class Row:
    """One event of a file in the preview: what becomes of it if it is taken.

    `state` is one of NEW, UPDATED, UNCHANGED and SKIPPED. `old` is the entry that it is about,
    `kept` what would be kept (None: nothing), `changes` what the file says otherwise, `kind` the
    type of appointment (of a new one: guessed), `reason` why it cannot be taken. `moves_visit`
    tells that it would move or cancel a treatment visit: that part is among the `changes`, but it
    is never taken; `kept` is None where nothing else is new. With `goes` a date that was changed
    on its own is as its series says again, so that its entry `old` is removed. `event` is what
    the file says, of a date that `goes` about its series. What is not `ticked` is only taken
    where somebody says so: what looks like an entry that is there already, or would move a visit.
    """

    state: str
    line: int
    title: str
    start: Moment | None = None
    old: Appointment | None = None
    kept: Appointment | None = None
    changes: tuple[Changed, ...] = ()
    kind: str = ""
    remarks: tuple[Remark, ...] = ()
    reason: Remark | None = None
    moves_visit: bool = False
    goes: bool = False
    event: Incoming | None = None
    ticked: bool = True

    @property
    def can_be_taken(self) -> bool:
        """Whether taking it would keep or remove anything."""
        return self.state in (NEW, UPDATED) and (self.kept is not None or self.goes)


@value
class Preview:
    """What taking a file in would do: its rows in the order of the file, what was dropped."""

    name: str
    rows: tuple[Row, ...]
    dropped: Mapping[str, int]

    def count(self, state: str) -> int:
        """Return how many rows are in a state."""
        return sum(row.state == state for row in self.rows)
