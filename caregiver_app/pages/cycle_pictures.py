"""One sign, or one scale, over the last infusions, ready to be painted: shows, never concludes."""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.entities import Plan
from caregiver_app.pages.chart_values import Shown, Table, TableRow, cannot_show, days_words
from caregiver_app.pages.cycle_chart import Chart, Line
from caregiver_app.pages.dates import count_text, day_month, short_weekday, tr
from caregiver_app.pages.watch_pictures import infusion_name, scale_name
from caregiver_app.services.cycles import SCALE, Cycle, cycles, watch_days, written_signs
from caregiver_app.services.household import Household
from caregiver_app.services.watch_charts import scales_written

LONGEST: Final = 56
"""Days shown at most: eight weeks, the longest usual gap."""
_LEAST: Final = 14
_STRETCHES: Final = ((0, 3), (4, 7), (8, 14), (15, 21), (22, 28), (29, 42), (43, 56))
_COLUMNS: Final = 4
_HIGHEST: Final = 10
_USUAL_LEVELS: Final = 3


def topics(house: Household, person: str) -> list[tuple[str, str]]:
    """Return what can be compared as (key, words): signs, the most frequent first, then scales."""
    signs = [(sign, house.watch.sign_name(sign)) for sign in written_signs(house.care, person)]
    scales = scales_written(house.care, person)
    return [*signs, *((f"{SCALE}{name}", scale_name(name)) for name in scales)]


def topic_name(house: Household, topic: str) -> str:
    """Return the name of a sign or a scale."""
    if topic.startswith(SCALE):
        return scale_name(topic.removeprefix(SCALE))
    return house.watch.sign_name(topic)


def cycles_shown(house: Household, person: str, topic: str, most: int) -> Shown | None:
    """Return a sign or a scale over the last `most` infusions; None before any infusion."""
    found = cycles(house.care, person, topic, most)
    if not found:
        return None
    levels = _levels(house, topic, found)
    days = min(LONGEST, max(_LEAST, *(one.days for one in found)))
    lines = tuple(Line(infusion_name(one.visit), _when(one), one.levels) for one in found)
    chart = Chart(lines, levels, days, watch_days(house.care, found[0].visit))
    name = topic_name(house, topic)
    scale = topic.startswith(SCALE)
    shows = _shows(name, found, scale=scale)
    nothing = (
        ""
        if scale
        else tr("\u201cNothing\u201d is a day covered by an entry, but not of this sign.")
    )
    return Shown(
        "cycles",
        tr("{sign}, by day since the infusion", sign=name),
        _subtitle(house, person, found),
        chart,
        _table(found, levels, days, scale=scale),
        tuple(said for said in (shows, nothing, cannot_show()) if said),
        all_said=True,
    )


def _levels(house: Household, topic: str, found: list[Cycle]) -> tuple[str, ...]:
    if topic.startswith(SCALE):
        return tuple(str(number) for number in range(_HIGHEST + 1))
    words = [severity.label for severity in house.reference.severities]
    # The highest level only where it was ever reached: it would press the others together.
    highest = max((max(one.levels.values(), default=0) for one in found), default=0)
    return (tr("Nothing"), *words[: max(_USUAL_LEVELS, highest)])


def _when(cycle: Cycle) -> str:
    day = f"{short_weekday(cycle.first)} {day_month(cycle.first)}"
    return tr("{day}, until now", day=day) if cycle.runs else day


def _subtitle(house: Household, person: str, found: list[Cycle]) -> str:
    whose = house.people.person(person)
    plan_id = found[0].visit.plan
    plan: Plan | None = None if plan_id is None else house.plans.get(plan_id)
    laid = count_text(len(found), "{count} infusion", "{count} infusions laid over each other")
    name = "" if whose is None else whose.name
    medicine = "" if plan is None else plan.medicine
    return " · ".join(part for part in (name, medicine, laid) if part)


def _shows(name: str, found: list[Cycle], *, scale: bool) -> str:
    written = sum(len(one.levels) for one in found)
    without = sum(one.without for one in found)
    none = tr(
        "{count} day has none" if without == 1 else "{count} days have none", count=f"{without:,}"
    )
    said = (
        tr("the number you chose ({sign}), on days with an entry", sign=name)
        if scale
        else tr("how strong you said it was ({sign}), on days covered by an entry", sign=name)
    )
    return tr("What this shows: {words}", words=f"{said} ({days_words(written)}; {none}).")


def _table(found: list[Cycle], levels: tuple[str, ...], days: int, *, scale: bool) -> Table:
    columns = found[:_COLUMNS]
    head = tuple(
        str(one.visit.dose) if one.visit.dose is not None else day_month(one.first)
        for one in columns
    )
    rows = tuple(
        TableRow(
            tr("Days {first} to {last}", first=first, last=last),
            tuple(_cell(one, first, last, levels, scale=scale) for one in columns),
        )
        for first, last in _STRETCHES
        if first <= days
    )
    about = (
        tr("The lowest and the highest number in each stretch of days.")
        if scale
        else tr("The strongest entry in each stretch of days.")
    )
    foot = tr("Columns are infusions, the newest first. * still running. – not reached yet.")
    return Table(head, rows, about, foot)


def _cell(cycle: Cycle, first: int, last: int, levels: tuple[str, ...], *, scale: bool) -> str:
    """Return the strongest entry of a stretch; a star while the stretch is not over."""
    if cycle.days < first:
        return "–"
    found = [level for day, level in cycle.levels.items() if first <= day <= last]
    if not found:
        words = tr("no entry")
    elif scale and min(found) != max(found):
        words = tr("{low} to {high}", low=min(found), high=max(found))
    else:
        words = levels[max(found)]
    return f"{words}*" if cycle.runs and cycle.days < last else words
