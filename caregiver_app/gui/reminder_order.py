"""In which order reminders stand, and what stands together: one rule for the panel and for Today.

What could not be said in time comes first, medicines before the rest; then everything else; the
oldest first within each. Lines of one person's one notice stand together, and so do the past days
of one medicine. What is due today stands alone: that dose may still be given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date
from typing import Final, Literal

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.times import local_day, wall
from caregiver_app.values import value

MEDICINE: Final = "medication"
GroupKind = Literal["one", "lines", "days"]


@value
class Group:
    """What goes into one row: "one" reminder, the "lines" of a notice, or "days" of a medicine.

    `key` stays the same while lines are answered; `late` tells that it could not be said in time.
    """

    key: str
    kind: GroupKind
    reminders: tuple[Reminder, ...]
    late: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of it."""
        return tuple(one.id for one in self.reminders)

    @property
    def parts(self) -> list[tuple[Reminder, ...]]:
        """What is answered singly: a line, or a day with all the reminders of its dose."""
        if self.kind != "days":
            return [(one,) for one in self.reminders]
        found: dict[str, list[Reminder]] = {}
        for one in self.reminders:
            found.setdefault(wall(one.start).isoformat(), []).append(one)
        return [tuple(same) for same in found.values()]


def is_medicine(reminder: Reminder) -> bool:
    """Tell whether it asks for a medicine at its hour."""
    return reminder.type == MEDICINE and reminder.what == "lead"


def in_order(
    reminders: Sequence[Reminder], today: date, home: str, late: Collection[str] = ()
) -> list[Group]:
    """Return the rows in which reminders stand, from the top.

    `today` is the day in the zone `home`, `late` the ids of what could not be said in time.
    """
    ordered = sorted(reminders, key=lambda one: (one.due, one.id))
    slept = [one for one in ordered if one.id in late]
    groups = [
        *_grouped([one for one in slept if is_medicine(one)], today, home, late=True),
        *_grouped([one for one in slept if not is_medicine(one)], today, home, late=True),
    ]
    rest = [one for one in ordered if one.id not in late] if slept else ordered
    return groups + _grouped(rest, today, home, late=False)


def doses_of(reminders: Sequence[Reminder]) -> int:
    """Return how many doses of medicines are among these; one may remind more than once."""
    return len({(one.owner, wall(one.start)) for one in reminders if is_medicine(one)})


def asks_first(reminders: Sequence[Reminder]) -> bool:
    """Tell whether "all done" has to ask: several doses may not all have been given."""
    return doses_of(reminders) > 1


def _grouped(items: Sequence[Reminder], today: date, home: str, *, late: bool) -> list[Group]:
    groups: list[tuple[str, GroupKind, list[Reminder]]] = []
    found: dict[str, list[Reminder]] = {}
    where = "late" if late else "now"
    for item in items:
        kind: GroupKind = "one"
        key = f"{where}/{item.id}"
        if not item.rings:
            kind, key = "lines", f"{where}/{item.person}/{item.due.astimezone(UTC).isoformat()}"
        elif is_medicine(item) and local_day(item.due, home) < today:
            kind, key = "days", f"{where}/{item.owner}"
        if kind != "one" and key in found:
            found[key].append(item)
        else:
            found[key] = [item]
            groups.append((key, kind, found[key]))
    return [_group(key, kind, held, late=late) for key, kind, held in groups]


def _group(key: str, kind: GroupKind, held: Sequence[Reminder], *, late: bool) -> Group:
    """Return a group; a line that is alone is a row like any other."""
    if len(held) == 1:
        return Group(f"{'late' if late else 'now'}/{held[0].id}", "one", tuple(held), late)
    return Group(key, kind, tuple(held), late)
