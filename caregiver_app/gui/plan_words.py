"""A plan in plain sentences: its rhythm, its parts, its units."""

from __future__ import annotations

from caregiver_app.domain.entities import Phase, Plan
from caregiver_app.domain.phases import parts_of
from caregiver_app.domain.times import Floating, Moment, Zoned
from caregiver_app.gui.words import count_text, plain_date, tr
from caregiver_app.pages.rhythms import UNITS, and_text, every_text, rhythm_text, units_text

__all__ = (
    "UNITS",
    "and_text",
    "every_text",
    "part_text",
    "part_title",
    "rhythm_text",
    "schedule_words",
    "span_text",
    "unit_choices",
    "units_text",
    "zone_words",
)


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
