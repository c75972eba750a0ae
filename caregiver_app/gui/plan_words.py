"""A plan in plain sentences: its rhythm, its parts, its units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caregiver_app.domain.entities import Phase, Plan
from caregiver_app.domain.phases import parts_of
from caregiver_app.domain.times import Floating, Moment, Zoned
from caregiver_app.gui.words import count_text, plain_date, tr

UNITS: Final = (("day", "days"), ("week", "weeks"), ("month", "months"))


def units_text(unit: str) -> str:
    """Return "weeks" for "week"."""
    return tr(dict(UNITS).get(unit, "weeks"))


def unit_choices() -> list[tuple[str, str]]:
    """Return the units with the words of a choice."""
    return [(key, tr(name)) for key, name in UNITS]


def span_text(count: int, unit: str) -> str:
    """Return "12 weeks", "1 month"."""
    one, many = {
        "day": ("{count} day", "{count} days"),
        "month": ("{count} month", "{count} months"),
    }.get(unit, ("{count} week", "{count} weeks"))
    return count_text(count, one, many)


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


def schedule_words(plan: Plan) -> str:
    """Return the first part of a plan as a sentence: "Weeks 0, 2 and 6, then every 8 weeks"."""
    text = rhythm_text(parts_of(plan)[0])
    if plan.last is not None:
        text = tr("{rhythm}, until {day}", rhythm=text, day=plain_date(plan.last))
    return text[:1].upper() + text[1:]


def part_text(phase: Phase) -> str:
    """Return a later part as a sentence."""
    span, rhythm = span_text(phase.begins, phase.begins_unit), rhythm_text(phase)
    name = phase.name or (tr("Injections at home") if phase.at_home else "")
    if not name:
        return tr("From {span} after the start of the part before: {rhythm}.",
                  span=span, rhythm=rhythm)  # fmt: skip
    return tr(
        "{name}, from {span} after the start of the part before: {rhythm}.",
        name=name,
        span=span,
        rhythm=rhythm,
    )


def part_title(plan: Plan, number: int) -> str:
    """Return the heading of part `number` (from 0) of a plan with several."""
    phase = parts_of(plan)[number]
    if phase.name:
        return phase.name
    if phase.at_home:
        return tr("Injections at home")
    return tr("Part {number}", number=number + 1)


def zone_words(moment: Moment) -> str:
    """Return the zone of a moment."""
    if isinstance(moment, Zoned):
        return moment.zone
    return tr("wherever you are") if isinstance(moment, Floating) else ""


def _then_differs(phase: Phase) -> bool:
    if phase.then is None or phase.every is None:
        return False
    same_unit = (phase.every_unit or phase.unit) == phase.unit
    return not same_unit or phase.then != phase.offsets[-1] + phase.every
