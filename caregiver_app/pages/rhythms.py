"""How often a plan's visits come, in words that window and printed pages share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caregiver_app.domain.entities import Phase
from caregiver_app.pages.dates import count_text, tr

UNITS: Final = (("day", "days"), ("week", "weeks"), ("month", "months"))


def units_text(unit: str) -> str:
    """Return "weeks" for "week"."""
    return tr(dict(UNITS).get(unit, "weeks"))


def and_text(parts: Sequence[str]) -> str:
    """Return "0, 2 and 6"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def rhythm_text(phase: Phase) -> str:
    """Return "weeks 0, 2 and 6, then every 8 weeks, 6 visits in all"."""
    several = len(phase.offsets) > 1
    said: list[str] = []
    if several:
        numbers = and_text([str(number) for number in phase.offsets])
        said.append(tr("{unit} {numbers}", unit=units_text(phase.unit), numbers=numbers))
    elif phase.every is None:
        said.append(tr("one visit"))
    if phase.every is not None:
        gap = every_text(phase.every, phase.every_unit or phase.unit)
        said.append(tr("then {gap}", gap=gap) if several else gap)
        if _then_differs(phase):
            unit = tr(phase.every_unit or phase.unit)
            said.append(tr("the first of these in {unit} {number}", unit=unit, number=phase.then))
    if phase.run > 1:
        said.append(tr("{count} days in a row", count=phase.run))
    if phase.count is not None:
        said.append(count_text(phase.count, "{count} visit in all", "{count} visits in all"))
    return ", ".join(said)


def every_text(every: int, unit: str) -> str:
    """Return "every 8 weeks", "every week"."""
    if every == 1:
        return tr("every {unit}", unit=tr(unit))
    return tr("every {every} {unit}", every=every, unit=units_text(unit))


def _then_differs(phase: Phase) -> bool:
    if phase.then is None or phase.every is None:
        return False
    same_unit = (phase.every_unit or phase.unit) == phase.unit
    return not same_unit or phase.then != phase.offsets[-1] + phase.every
