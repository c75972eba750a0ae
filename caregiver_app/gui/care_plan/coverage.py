"""How far the insurer's approvals reach over the coming visits, as plain values and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from caregiver_app.domain.approvals import counted_since, holds, reached
from caregiver_app.domain.entities import Appointment, Authorisation
from caregiver_app.domain.times import day_of
from caregiver_app.gui.care_plan.plan_words import day_month
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

MONTHS: Final = 8
"""So many months the runway shows, from this one on."""
_AHEAD_MONTHS: Final = 12
_DAY: Final = timedelta(days=1)
_SHOWN_END: Final = 4
_DOTS: Final = "••••"
State = Literal["approved", "open", "past"]


@value
class Mark:
    """A visit: its number in its plan, its day, and whether an approval reaches it.

    "open" is a coming visit that none reaches, "past" one that is over and that none reached.
    `held` tells that the days of an approval hold it, so that only its visits are used up.
    """

    number: int | None
    title: str
    day: date
    state: State
    held: bool = False


@value
class Stretch:
    """Some days, both included."""

    first: date
    last: date


@value
class Coverage:
    """How far the approvals of one plan reach; `name` is its medicine, "" where it is the only one.

    `start` is the first day of the runway, `end` the day after its last; `approved` and `bare`
    are the stretches on it with an approval and, from today on, without.
    """

    name: str
    today: date
    start: date
    end: date
    approvals: tuple[Authorisation, ...]
    marks: tuple[Mark, ...]
    approved: tuple[Stretch, ...]
    bare: tuple[Stretch, ...]
    first_open: Mark | None


def coverages_of(house: Household, person: str) -> list[Coverage]:
    """Read the approvals and the visits of a person, a value for each plan with a visit."""
    care = house.care
    today, approvals = care.today, house.people.authorisations(person)
    start = today.replace(day=1)
    end = start + relativedelta(months=MONTHS)
    visits = house.agenda.visits(person, around=counted_since(approvals, start))
    days = {one.id: day_of(one.start, care.home) for one in visits}
    plans = {one.id: one.plan for one in visits}
    inside = reached(list(days.items()), approvals, plans)
    names = {one.id: one.medicine for one in house.plans.all(person)}
    shown = [one for one in visits if days[one.id] >= start]
    wanted: list[str | None] = [key for key in names if any(one.plan == key for one in shown)]
    several = len(wanted) > 1
    lone = [one for one in shown if one.plan not in names]
    if not wanted or (several and lone):
        wanted.append(None)
    found: list[Coverage] = []
    for plan in wanted:
        own = [one for one in approvals if one.plan in (None, plan)]
        here = [one for one in visits if one.plan == plan or (not several and one in lone)]
        marks = [_mark(one, days[one.id], today, inside, own) for one in here]
        name = names.get(plan or "", tr("Other infusions")) if several else ""
        found.append(_lane(name, today, (start, end), own, marks))
    return found


def _lane(
    name: str,
    today: date,
    span: tuple[date, date],
    approvals: Sequence[Authorisation],
    marks: Sequence[Mark],
) -> Coverage:
    start, end = span
    horizon = today + relativedelta(months=_AHEAD_MONTHS)
    still_open = (one for one in marks if one.state == "open" and one.day <= horizon)
    approved = _approved(approvals, start, end - _DAY)
    return Coverage(
        name,
        today,
        start,
        end,
        tuple(approvals),
        tuple(one for one in marks if start <= one.day < end),
        tuple(approved),
        tuple(_bare(approved, today, end - _DAY)),
        next(still_open, None),
    )


def _mark(
    visit: Appointment,
    day: date,
    today: date,
    inside: frozenset[str],
    approvals: Sequence[Authorisation],
) -> Mark:
    state: State = "approved" if visit.id in inside else "open"
    if state == "open" and (day < today or visit.status == "done"):
        state = "past"
    held = any(holds(one, day) for one in approvals)
    return Mark(visit.dose, visit.title, day, state, held)


def _approved(approvals: Sequence[Authorisation], start: date, last: date) -> list[Stretch]:
    """Return what the approvals hold between two days, touching ones joined."""
    found: list[Stretch] = []
    inside = [(max(one.first or start, start), min(one.last, last)) for one in approvals]
    for first, end in sorted(inside):
        if first > end:
            continue
        if found and first <= found[-1].last + _DAY:
            found[-1] = Stretch(found[-1].first, max(found[-1].last, end))
        else:
            found.append(Stretch(first, end))
    return found


def _bare(approved: Sequence[Stretch], today: date, last: date) -> list[Stretch]:
    found: list[Stretch] = []
    free = today
    for one in approved:
        if one.first > free:
            found.append(Stretch(free, one.first - _DAY))
        free = max(free, one.last + _DAY)
    return [*found, Stretch(free, last)] if free <= last else found


# -- Words ----------------------------------------------------------------------------------------


def masked(number: str) -> str:
    """Return a number with all but its end hidden: at most four signs, never more than half."""
    signs = "".join(sign for sign in number if sign.isalnum())
    shown = min(_SHOWN_END, len(signs) // 2)
    return f"{_DOTS} {signs[len(signs) - shown :]}" if shown else _DOTS


def period_words(one: Authorisation, today: date) -> str:
    """Return "1 March to 31 March, 2 visits"."""
    if one.first is None:
        said = tr("up to {last}", last=day_month(one.last, today))
    else:
        # Over the turn of a year both years are told.
        near = today if one.first.year == one.last.year else date.min
        first, last = day_month(one.first, near), day_month(one.last, near)
        said = tr("{first} to {last}", first=first, last=last)
    if one.visits is None:
        return said
    return f"{said}, {count_text(one.visits, '{count} visit', '{count} visits')}"


def choice_words(one: Authorisation, today: date) -> str:
    """Return an approval as a line of a menu."""
    return ", ".join(part for part in (one.insurer, period_words(one, today)) if part)


def approval_words(coverage: Coverage) -> str:
    """Return who approved what: the approvals of now and later, or when the last one ended."""
    today = coverage.today
    if not coverage.approvals:
        return tr("No approval written down yet")
    valid = [one for one in coverage.approvals if one.last >= today]
    if not valid:
        return _with_insurer(
            coverage.approvals[-1],
            tr(
                "The last approval ended on {day}.",
                day=day_month(coverage.approvals[-1].last, today),
            ),
        )
    periods = tr(", then ").join(period_words(one, today) for one in valid)
    return _with_insurer(valid[0], tr("Approved {periods}.", periods=periods))


def _with_insurer(one: Authorisation, said: str) -> str:
    member = tr("member {number}", number=masked(one.member)) if one.member else ""
    who = ", ".join(part for part in (one.insurer, member) if part)
    return f"{who[:1].upper()}{who[1:]}. {said}" if who else said


def open_words(coverage: Coverage) -> str:
    """Return which coming visit the approvals do not reach, "" while they reach all."""
    mark = coverage.first_open
    if mark is None or not coverage.approvals:
        return ""
    day = day_month(mark.day, coverage.today)
    what = visit_words(mark)
    if mark.held:
        return tr("{what} on {day}: more visits than approved", what=what, day=day)
    return tr("{what} on {day}: outside the approved time", what=what, day=day)


def visit_words(mark: Mark) -> str:
    """Return "Infusion 3", or "Visit" where it belongs to no plan."""
    return tr("Visit") if mark.number is None else tr("Infusion {number}", number=mark.number)


def told(coverage: Coverage) -> list[str]:
    """Return the whole runway in words, a sentence a line."""
    lines: list[str] = []
    today = coverage.today
    for one in coverage.approved:
        first, last = day_month(one.first, today), day_month(one.last, today)
        lines.append(tr("Approved: {first} to {last}", first=first, last=last))
    for mark in coverage.marks:
        state = {
            "approved": tr("approved"),
            "open": tr("more visits than approved")
            if mark.held
            else tr("outside the approved time"),
            "past": tr("past, no approval written down"),
        }[mark.state]
        what = visit_words(mark)
        lines.append(
            tr("{what}, {day}: {state}", what=what, day=day_month(mark.day, today), state=state)
        )
    return lines
