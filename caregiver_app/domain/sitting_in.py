"""Who sits in when during a visit, and which parts of it nobody has taken."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from caregiver_app.domain.support import Company
from caregiver_app.values import value


@value
class Stretch:
    """A part of a visit from `after` to `until` minutes after its start, and who sits in then.

    `company` are those who are there, in the order in which they come; none: nobody yet.
    """

    after: int
    until: int
    company: tuple[Company, ...]


def stretches(companies: Iterable[Company], minutes: int) -> list[Stretch]:
    """Return the parts of a visit of so many minutes, in order and without a gap between them.

    Neighbouring parts differ in who is there. What lies past the visit's end is left out.
    """
    there = sorted(companies, key=lambda one: (one.after, one.minutes, one.id))
    edges = {0, minutes}
    for one in there:
        edges |= {min(one.after, minutes), min(one.after + one.minutes, minutes)}
    ordered = sorted(edges)
    return [
        Stretch(
            begin,
            end,
            tuple(one for one in there if one.after < end and one.after + one.minutes > begin),
        )
        for begin, end in itertools.pairwise(ordered)
    ]
