"""What comes with a visit, named once for every screen: the parts, their notes, their icons."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from caregiver_app.domain.entities import PARTS
from caregiver_app.gui.words import tr
from caregiver_app.messages import words

CHECK_INS: Final = ("c2", "c24", "c72", "c7", "c14")
"""The parts that come after a visit, each at its own time."""
_NOTES: Final = {
    "lab": "before the visit",
    "authorisation": "a look whether it covers the date",
    "well_enough": "asked on the day before",
    "anything_new": "a list for the nurse",
    "premedication": "if the clinic gave some to take",
    "hydration": "unless a fluid limit applies",
    "meal": "unless the team said otherwise",
    "bag": "its list to pack",
    "ride": "there and back",
    "follow_up": "before you leave, the visit afterwards, the bill",
}
_ICONS: Final = {
    "lab": "lab", "authorisation": "coverage", "well_enough": "temperature",
    "anything_new": "paper-note", "premedication": "medicine", "hydration": "comfort",
    "meal": "comfort", "bag": "bag", "ride": "drive", "follow_up": "follow-up",
}  # fmt: skip


def part_name(key: str) -> str:
    """Return "Blood test", "2-hour check-in"; `key` is one of `PARTS`."""
    return words(f"part.{key}")


def part_note(key: str) -> str:
    """Return the few words that explain a part, "" where its name says it all."""
    return tr(_NOTES[key]) if key in _NOTES else ""


def part_icon(key: str) -> str:
    """Return the name of a part's icon."""
    return _ICONS.get(key, "watch")


def without_words(off: Collection[str]) -> str:
    """Return the parts that are off, in the order of the day: "Bag · Ride"; "" where none is."""
    named = [key for key in PARTS if key in off]
    if all(key in off for key in CHECK_INS):
        rest = [part_name(key) for key in named if key not in CHECK_INS]
        return " · ".join([*rest, tr("All check-ins")])
    return " · ".join(part_name(key) for key in named)
