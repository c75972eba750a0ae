"""How far the insurer's approvals reach over the coming visits, as plain values and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from caregiver_app.domain.approvals import reached
from caregiver_app.domain.entities import Appointment, Authorisation
from caregiver_app.domain.times import day_of
from caregiver_app.gui.care_plan.model import day_month
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
    """

    number: int | None
    title: str
    day: date
    state: State


@value
class Stretch:
    """Some days, both included."""

    first: date
    last: date


@value
class Coverage:
    """Everything that the insurance card shows of one person.

    `start` is the first day of the runway, `end` the day after its last; `approved` and `bare`
    are the stretches on it with an approval and, from today on, without.
    """

    today: date
    start: date
    end: date
    approvals: tuple[Authorisation, ...]
    marks: tuple[Mark, ...]
    approved: tuple[Stretch, ...]
    bare: tuple[Stretch, ...]
    first_open: Mark | None
    several_plans: bool


def coverage_of(house: Household, person: str) -> Coverage:
    """Read the approvals and the visits of a person."""
    care = house.care
    today, approvals = care.today, house.people.authorisations(person)
    start = today.replace(day=1)
    end = start + relativedelta(months=MONTHS)
    earliest = min((one.first for one in approvals if one.first is not None), default=start)
    # The service starts three months before the day that it is asked about.
    visits = house.agenda.visits(person, around=min(start, earliest))
    days = {one.id: day_of(one.start, care.home) for one in visits}
    inside = reached(list(days.items()), approvals)
    marks = [_mark(one, days[one.id], today, inside) for one in visits]
    horizon = today + relativedelta(months=_AHEAD_MONTHS)
    still_open = (one for one in marks if one.state == "open" and one.day <= horizon)
    approved = _approved(approvals, start, end - _DAY)
    return Coverage(
        today,
        start,
        end,
        tuple(approvals),
        tuple(one for one in marks if start <= one.day < end),
        tuple(approved),
        tuple(_bare(approved, today, end - _DAY)),
        next(still_open, None),
        len({one.plan for one in visits if one.plan is not None}) > 1,
    )


def _mark(visit: Appointment, day: date, today: date, inside: frozenset[str]) -> Mark:
    state: State = "approved" if visit.id in inside else "open"
    if state == "open" and (day < today or visit.status == "done"):
        state = "past"
    return Mark(visit.dose, visit.title, day, state)


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
    """Return which coming visit is not approved yet, "" while all are."""
    mark = coverage.first_open
    if mark is None:
        return ""
    day = day_month(mark.day, coverage.today)
    if mark.number is None:
        return tr("The visit on {day} is not approved yet", day=day)
    if coverage.several_plans:
        return tr("Infusion {number} on {day} is not approved yet", number=mark.number, day=day)
    return tr("Infusion {number} is not approved yet", number=mark.number)


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
            "open": tr("not approved yet"),
            "past": tr("past, no approval written down"),
        }[mark.state]
        what = tr("Visit") if mark.number is None else tr("Infusion {number}", number=mark.number)
        lines.append(
            tr("{what}, {day}: {state}", what=what, day=day_month(mark.day, today), state=state)
        )
    return lines
