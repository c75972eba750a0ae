"""The chart of the visit report: one sign over the last infusions, and what its caption says."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.cycle_chart import Chart, Line
from caregiver_app.pages.dates import count_text, day_month, tr
from caregiver_app.services.cycles import Cycle
from caregiver_app.services.household import Household
from caregiver_app.services.visit_report import ReportChart

_LONGEST: Final = 56
"""Days shown at most: eight weeks, the longest usual gap."""
_LEAST: Final = 14
_NAME: Final = 18
"""Characters of a title that stand at the end of a line."""
_USUAL_LEVELS: Final = 3


def picture_of(house: Household, chart: ReportChart) -> Chart:
    """Return the chart as it is painted."""
    words = [one.label for one in house.reference.severities]
    # The highest level only where it was ever reached: it would press the others together.
    reached = [max(one.levels.values(), default=0) for one in chart.cycles]
    levels = (tr("Without it"), *words[: max(_USUAL_LEVELS, *reached)])
    days = min(_LONGEST, max(_LEAST, *(one.days for one in chart.cycles)))
    year = house.care.today.year
    lines = tuple(Line(cycle_name(one), _when(one, year), one.levels) for one in chart.cycles)
    return Chart(lines, levels, days, chart.window)


def caption_of(chart: ReportChart) -> str:
    """Return which line is the newest, how much was written, and what the chart cannot show."""
    written = sum(len(one.levels) for one in chart.cycles)
    without = sum(one.without for one in chart.cycles)
    newest = tr("Circles and thick line: {name}.", name=cycle_name(chart.cycles[0]).lower())
    one, many = "{count} day covered by an entry", "{count} days covered by an entry"
    days = count_text(written, one, many)
    none = count_text(without, "{count} day has none", "{count} days have none")
    return f"{newest} {days}; {none}. {tr('Shows what was written, not why.')}"


def cycle_name(cycle: Cycle) -> str:
    """Return "Infusion 9", or the title where it has no number."""
    if cycle.visit.dose is not None:
        return tr("Infusion {number}", number=cycle.visit.dose)
    title = cycle.visit.title
    return title if len(title) <= _NAME else f"{title[:_NAME].rstrip()}…"


def _when(cycle: Cycle, year: int) -> str:
    day = day_month(cycle.first)
    day = day if cycle.first.year == year else f"{day} {cycle.first.year}"
    return tr("{day}, until now", day=day) if cycle.runs else day
