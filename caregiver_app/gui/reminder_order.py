"""In which order reminders stand, and what stands together: one rule for the panel and for Today.

What could not be said in time comes first, then everything else; medicines before the rest in
both, and the oldest first within each. Where nothing of the late is a medicine, the medicines of
everything else stand above it: a dose that is due is never below paperwork.

Lines of one person's one notice stand together, and so does what was entered late for one person,
and the past days of one medicine. What is due today stands alone: that dose may still be given.
Several reminders of the same occurrence are one row.
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
    """What goes into one row: "one" thing, the "lines" of a notice, or "days" of a medicine.

    One thing may remind more than once before it begins: all of that is answered together.
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
    slept = late_with(ordered, late)
    groups = _grouped([one for one in ordered if one.id in slept], today, home, late=True)
    late_doses, late_rest = _medicines_and_rest(groups)
    groups = _grouped([one for one in ordered if one.id not in slept], today, home, late=False)
    doses, rest = _medicines_and_rest(groups)
    if late_doses:
        return [*late_doses, *late_rest, *doses, *rest]
    return [*doses, *late_rest, *rest]


def sections(groups: Sequence[Group]) -> tuple[list[Group], list[Group], list[Group]]:
    """Return what stands above the late rows, the late rows, and everything else.

    Where nothing is late, all of it stands above.
    """
    first = next((place for place, one in enumerate(groups) if one.late), len(groups))
    last = first + sum(one.late for one in groups)
    return list(groups[:first]), list(groups[first:last]), list(groups[last:])


def late_with(reminders: Sequence[Reminder], late: Collection[str]) -> frozenset[str]:
    """Return the ids of what is late, with what stands in one row with it whenever it was due."""
    rows = {_row_of(one) for one in reminders if one.id in late}
    return frozenset(one.id for one in reminders if one.id in late or _row_of(one) in rows)


def things_of(reminders: Sequence[Reminder]) -> int:
    """Return how many things these ask for; one may remind more than once before it begins."""
    return len({_occurrence(one) for one in reminders})


def doses_of(reminders: Sequence[Reminder]) -> int:
    """Return how many doses of medicines are among these; one may remind more than once."""
    return len({(one.owner, wall(one.start)) for one in reminders if is_medicine(one)})


def asks_first(reminders: Sequence[Reminder]) -> bool:
    """Tell whether "all done" has to ask: several doses may not all have been given."""
    return doses_of(reminders) > 1


def _occurrence(reminder: Reminder) -> tuple[str, ...]:
    """Return what reminders before one beginning have in common; others have only themselves."""
    if reminder.what != "lead":
        return (reminder.id,)
    return reminder.owner, wall(reminder.start).isoformat()


def _row_of(reminder: Reminder) -> tuple[str, ...]:
    if reminder.entered_late and not reminder.rings:
        return "entered late", reminder.person
    return _occurrence(reminder)


def _medicines_and_rest(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    doses = [one for one in groups if is_medicine(one.reminders[0])]
    return doses, [one for one in groups if not is_medicine(one.reminders[0])]


def _grouped(items: Sequence[Reminder], today: date, home: str, *, late: bool) -> list[Group]:
    """Return the rows of one section, the oldest first."""
    held: dict[str, tuple[GroupKind, list[Reminder]]] = {}
    where = "late" if late else "now"
    for item in items:
        kind: GroupKind = "one"
        key = f"{where}/{item.id}"
        if not item.rings:
            # Whatever was entered late is still to do, and its hour says nothing.
            due = "" if item.entered_late else item.due.astimezone(UTC).isoformat()
            kind, key = "lines", f"{where}/{item.person}/{due}"
        elif is_medicine(item) and local_day(item.due, home) < today:
            kind, key = "days", f"{where}/{item.owner}"
        held.setdefault(key, (kind, []))[1].append(item)
    rows: dict[tuple[str, ...], Group] = {}
    for key, (kind, found) in held.items():
        # What is alone is a row like any other; with what else reminds of the same, it is one.
        alone = len(found) == 1
        same = _occurrence(found[0]) if alone else (key, kind)
        if alone and same in rows:
            before = rows[same]
            rows[same] = Group(before.key, "one", (*before.reminders, *found), late)
        elif alone:
            rows[same] = Group(f"{where}/{found[0].id}", "one", tuple(found), late)
        else:
            rows[same] = Group(key, kind, tuple(found), late)
    return list(rows.values())
