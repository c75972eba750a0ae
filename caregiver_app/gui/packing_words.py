"""How far a bag is, and what is missing in it, named once for every screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.bags import Bag, BagLine

_MOST_NAMED: Final = 3
_NAMED: Final = 2
"""Of more than three items two are named and the others counted."""


def packed_words(bag: Bag) -> str:
    """Return "9 of 12 packed", "All 12 packed", "Not packed yet", "Nothing to pack"."""
    packed, wanted = bag.packed, bag.wanted
    if not wanted:
        return tr("Nothing to pack")
    if not packed:
        return tr("Not packed yet")
    if packed == wanted:
        return tr("All {count} packed", count=wanted)
    return tr("{packed} of {wanted} packed", packed=packed, wanted=wanted)


def open_words(lines: Sequence[BagLine]) -> str:
    """Return "Water, Photo ID and 2 more"; "" where nothing is missing.

    A paper that was sent off says that it is not back yet.
    """
    names = [_name(line) for line in lines]
    if not names:
        return ""
    if len(names) == 1:
        return names[0]
    # A label may have commas of its own.
    apart = "; " if any("," in name for name in names) else ", "
    if len(names) <= _MOST_NAMED:
        return tr("{some} and {last}", some=apart.join(names[:-1]), last=names[-1])
    more = count_text(len(names) - _NAMED, "{count} more", "{count} more")
    return tr("{some} and {more}", some=apart.join(names[:_NAMED]), more=more)


def still_words(lines: Iterable[BagLine]) -> str:
    """Return "Still to pack: Water, Photo ID and 2 more", things first; "" where all is packed."""
    missing = sorted((line for line in lines if line.state == "to_pack"), key=_is_paper)
    items = open_words(missing)
    return tr("Still to pack: {items}", items=items) if items else ""


def _is_paper(line: BagLine) -> bool:
    return line.group == "papers"


def _name(line: BagLine) -> str:
    if line.way == "sent":
        return tr("{paper} (sent, not back yet)", paper=line.label)
    return line.label
