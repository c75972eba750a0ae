"""What stands in the reminder panel, piece by piece: headings, rows, and the lines within rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, Literal

from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.reminder_order import Group, sections
from caregiver_app.values import value

PieceKind = Literal["late", "now", "one", "head", "line", "fold", "foot"]
_MOST_LINES: Final = 8
"""A row with more lines than this is folded."""
_SHOWN: Final = 6


@value
class RowPiece:
    """One piece: the heading of what could not be said ("late"), or of the rest ("now").

    Or a reminder alone ("one"); or of what stands together the "head", each "line", what is folded
    away ("fold"), and the "foot" with the answers for all of it. `reminders` are what it answers,
    `first` tells that its Done is the first one, `hidden` how many lines are folded away.
    """

    key: str
    kind: PieceKind
    reminders: tuple[Reminder, ...]
    group: Group | None = None
    first: bool = False
    hidden: int = 0

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what it answers."""
        return tuple(one.id for one in self.reminders)


def pieces_of(groups: Sequence[Group], unfolded: Collection[str]) -> list[RowPiece]:
    """Return the pieces from the top; `unfolded` are the keys of groups that show every line."""
    _, late, rest = sections(groups)
    pieces: list[RowPiece] = []
    for group in groups:
        if late and group is late[0]:
            pieces.append(RowPiece("late", "late", _all_of(late)))
        if rest and group is rest[0]:
            pieces.append(RowPiece("now", "now", _all_of(rest)))
        first = group is groups[0]
        if group.kind == "one":
            pieces.append(RowPiece(group.key, "one", group.reminders, group, first))
        else:
            pieces += _pieces_of_group(group, group.key in unfolded, first=first)
    return pieces


def _all_of(groups: Sequence[Group]) -> tuple[Reminder, ...]:
    return tuple(one for group in groups for one in group.reminders)


def _pieces_of_group(group: Group, unfolded: bool, *, first: bool) -> Iterator[RowPiece]:
    parts = group.parts
    hidden = 0 if unfolded or len(parts) <= _MOST_LINES else len(parts) - _SHOWN
    yield RowPiece(f"{group.key}/head", "head", group.reminders, group)
    for part in parts[: len(parts) - hidden]:
        yield RowPiece(f"{group.key}/{part[0].id}", "line", part, group)
    if hidden:
        yield RowPiece(f"{group.key}/fold", "fold", group.reminders, group, hidden=hidden)
    yield RowPiece(f"{group.key}/foot", "foot", group.reminders, group, first)
