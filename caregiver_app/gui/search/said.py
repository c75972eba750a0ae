"""What one thing that was found says, and the parts of a line that several kinds share."""

from __future__ import annotations

from datetime import date
from typing import Final

from caregiver_app.gui.words import short_date
from caregiver_app.services.household import Household
from caregiver_app.services.search import Results
from caregiver_app.values import value

_BETWEEN: Final = " · "


@value(kw_only=True)
class Said:
    """What one thing says: `spoken` is its kind in words."""

    spoken: str
    title: str
    second: str = ""
    fact: str = ""
    icon: str
    role: str = "soft"
    ground: str = "sunk"


class Parts:
    """Writes the parts of one answer's lines."""

    def __init__(self, house: Household, results: Results) -> None:
        self.house, self.results = house, results
        self.today = house.care.today

    def found(self, texts: tuple[str, ...], usual: tuple[str, ...]) -> str:
        """Return those of the texts that hold found words, or what usually stands there."""
        cuts = map(self.results.around, texts)
        found = [cut for cut in cuts if self.results.marks(cut)]
        return joined(*(found[:2] or (" ".join(text.split()) for text in usual)))

    def day(self, day: date) -> str:
        """Return a day, with its year where that is another one."""
        return short_date(day, year=day.year != self.today.year)


def joined(*parts: str) -> str:
    """Return the parts that say something as one line."""
    return _BETWEEN.join(part for part in parts if part)
