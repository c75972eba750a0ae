"""Medicines whose name is spelled nearly like what was typed: offered, never taken for it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final

from caregiver_app.domain.advice import MedicineInfo

_SHORTEST: Final = 5
"""Shorter words are spelled like too much."""
_LONGEST: Final = 40
_NEAR: Final = 0.77
_MOST: Final = 6
_SOUND_ALIKE: Final = ("ck", "sz", "fp", "iy", "ea", "jg", "vw")
"""First letters that are taken for each other; any other first letter is another name."""


def alike(typed: str, medicines: Iterable[MedicineInfo]) -> list[MedicineInfo]:
    """Return medicines one of whose names or illnesses is spelled nearly so, the nearest first.

    Many of these names end alike, so their beginning has to be the same: a name that only ends
    like the typed one is another medicine.
    """
    asked = _letters(typed)
    if not _SHORTEST <= len(asked) <= _LONGEST:
        return []
    near = [(max(_nearness(asked, name) for name in _names(one)), one) for one in medicines]
    near = [(value, one) for value, one in near if value >= _NEAR]
    near.sort(key=lambda found: (-found[0], found[1].name.casefold()))
    return [one for _, one in near[:_MOST]]


def _names(info: MedicineInfo) -> list[str]:
    named = [info.name.partition("(")[0], *info.names, *info.brands, *info.also]
    named += info.conditions
    whole = [_letters(name) for name in named]
    return [*whole, *(_letters(word) for name in named for word in name.split())]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _nearness(asked: str, name: str) -> float:
    if len(name) < _SHORTEST or not _begins_alike(asked[0], name[0]):
        return 0.0
    return SequenceMatcher(None, asked, name, autojunk=False).ratio()


def _begins_alike(first: str, second: str) -> bool:
    return first == second or any(first in pair and second in pair for pair in _SOUND_ALIKE)
