"""Where the steps around a visit were read, as one line for the screen and for paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from caregiver_app.domain.advice import Evidence
from caregiver_app.messages import words
from caregiver_app.pages.dates import plain_date
from caregiver_app.pages.paper import tr
from caregiver_app.services.household import Household

_MOST_NAMED: Final = 6


def sources_line(house: Household, steps: Iterable[str]) -> str:
    """Return where the steps with these keys were read; "" where there is nothing to name.

    Of many sources the ones named most often stand there, and how many more there are.
    """
    known = [house.reference.step(key) for key in steps]
    found = [one.evidence for one in known if one is not None]
    named = Counter(source for one in found for source in one.sources)
    if not named:
        return ""
    first = tuple(source for source, _ in named.most_common(_MOST_NAMED))
    names = "; ".join(source.name for source in first)
    if len(named) > len(first):
        names = tr("{sources} and {count} more", sources=names, count=len(named) - len(first))
    key = Evidence("", first, all(one.reviewed for one in found)).source_key
    return words(key, sources=names, date=plain_date(house.reference.generated))
