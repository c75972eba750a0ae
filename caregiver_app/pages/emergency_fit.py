"""How loosely or tightly the emergency sheet is set: what gives way first, and what last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caregiver_app.pages.paper import BODY_PT, LEAST_PT
from caregiver_app.values import value


@value
class Caps:
    """How many lines a text gets at most."""

    name: int = 2
    illness: int = 12
    drips: int = 8
    tablets: int = 40
    allergy: int = 14
    good: int = 14
    address: int = 6
    whose: int = 2


@value
class Fit:
    """How loosely the sheet is set; `air` is a share of the roomy gaps."""

    size: float = BODY_PT
    air: float = 1.0
    sources: bool = True
    directions: bool = True
    rows: int = 12
    tablets: int = 60
    caps: Caps = Caps()


_FIRM = Caps(name=2, illness=3, drips=3, tablets=12, allergy=5, good=5, address=3)
_TIGHT = Caps(name=2, illness=1, drips=2, tablets=2, allergy=3, good=2, address=2, whose=1)

_BARE = Caps(name=1, illness=1, drips=1, tablets=1, allergy=2, good=1, address=1, whose=1)


def fits() -> Iterator[Fit]:
    """Yield ever tighter ways to set the sheet."""
    for air in (1.3, 1.15, 1.0, 0.85, 0.7, 0.55, 0.4):
        yield Fit(air=air)
    fit = Fit(air=0.4, sources=False)
    yield fit
    for size in (11.5, 11.0, 10.5, LEAST_PT):
        fit = replace(fit, size=size)
        yield fit
    fit = replace(fit, directions=False)
    yield fit
    for caps, rows, tablets in (
        (_FIRM, 12, 60), (_FIRM, 8, 30), (_FIRM, 6, 20), (_FIRM, 6, 12), (_TIGHT, 6, 8),
        (_TIGHT, 5, 6),
    ):  # fmt: skip
        fit = replace(fit, caps=caps, rows=rows, tablets=tablets)
        yield fit
    yield replace(fit, air=0.2)
    yield replace(fit, air=0.2, caps=_BARE, rows=4)
