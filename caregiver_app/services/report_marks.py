"""What became of the medication times of a report: how often given, and the days of the others.

A report of three months asks for thousands of times, most of them with one reminder at their own
hour. Of these nothing is looked at but the answer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from caregiver_app.domain.dose_marks import (
    OPEN,
    SKIPPED,
    TAKEN,
    earlier_ids,
    mark_ids,
    mark_of,
)
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import Occurrence, is_everyday, occurrences_on
from caregiver_app.domain.reminders import lead_times, reminder_id
from caregiver_app.domain.ringing import UsualLeads
from caregiver_app.domain.times import (
    Floating,
    Zoned,
    has_one_offset,
    wall,
    wall_instant,
    wall_text,
)
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_settings import usual_leads
from caregiver_app.storage import diary
from caregiver_app.values import value

_STATES = {"done": TAKEN, "skipped": SKIPPED}


@value
class Marks:
    """What became of the times of one medicine: how often given, and the days of the others.

    `not_given` holds the day and the reason as typed; of `open` nobody has marked anything yet.
    """

    title: str
    given: int
    not_given: tuple[tuple[date, str], ...]
    open: tuple[date, ...]


class _Time(NamedTuple):
    """One medication time that has come, and what became of it; or so many that were taken."""

    begins: datetime
    title: str
    day: date
    state: str
    reason: str
    times: int = 1


@value
class _Days:
    """The days that are asked for.

    `come` are those that have come: the day, its name, and the UTC instant of its midnight, None
    where the clocks change on it.
    """

    first: date
    last: date
    come: tuple[tuple[date, str, datetime | None], ...]


def marks(care: Care, person: str, first: date, last: date) -> list[Marks]:
    """Return what became of the times that have come on these days, medicine by medicine.

    They are told as `DoseService.history` tells them, the medicine of the earliest time first.
    """
    usual = usual_leads(care)
    days = _Days(first, last, tuple(_days_come(care, first, last)))
    found: list[_Time] = []
    simple: list[tuple[str, _Time]] = []
    others: list[Occurrence] = []
    for one in diary.of_types(care.store, person, first, last, ("medication",)):
        if one.status == "cancelled":
            continue
        if not _is_simple(one, usual):
            others.extend(_come(care, one, days))
        elif _is_of_every_day(one, care.home):
            found.extend(_every_day(care, one, days))
        else:
            simple.extend(_named(care, each) for each in _come(care, one, days))
    found += [*_answered(care, simple), *_marked(care, others, usual)]
    found.sort(key=lambda one: one[:2])
    by_title: dict[str, list[_Time]] = {}
    for one in found:
        by_title.setdefault(one.title, []).append(one)
    return [_told(title, same) for title, same in by_title.items()]


def _days_come(care: Care, first: date, last: date) -> Iterator[tuple[date, str, datetime | None]]:
    home = care.home
    for number in range((min(last, care.today) - first).days + 1):
        day = first + timedelta(days=number)
        plain = has_one_offset(day, home)
        midnight = wall_instant(datetime.combine(day, time()), home) if plain else None
        yield day, day.isoformat(), midnight


def _told(title: str, same: Iterable[_Time]) -> Marks:
    by_state: dict[str, list[_Time]] = {TAKEN: [], SKIPPED: [], OPEN: []}
    for one in same:
        by_state[one.state].append(one)
    return Marks(
        title,
        sum(one.times for one in by_state[TAKEN]),
        tuple((one.day, one.reason) for one in by_state[SKIPPED]),
        tuple(one.day for one in by_state[OPEN]),
    )


def _come(care: Care, one: Appointment, days: _Days) -> Iterator[Occurrence]:
    """Yield the times of these days that have come."""
    home, now = care.home, care.now
    for each in occurrences_on(one, days.first, days.last, home):
        if days.first <= each.day(home) <= days.last and each.begins(home) <= now:
            yield each


def _is_simple(one: Appointment, usual: UsualLeads) -> bool:
    """Tell whether all its times are marked under their own hour and nothing else."""
    return one.plan is None and not any(lead_times(one, usual.ever))


def _is_of_every_day(one: Appointment, home: str) -> bool:
    """Tell whether it comes on each day of the calendar from its first one on, at one hour."""
    start = one.start
    here = isinstance(start, Floating) or (isinstance(start, Zoned) and start.zone == home)
    return here and not (one.rdates or one.exdates) and is_everyday(one)


def _every_day(care: Care, one: Appointment, days: _Days) -> Iterator[_Time]:
    """Yield the times that have come of what is given every day, those that were taken as one."""
    start, home, now = wall(one.start), care.home, care.now
    begins, hour = start.date(), start.time()
    since = start - datetime.combine(begins, time())

    def at(day: date, midnight: datetime | None) -> datetime:
        if midnight is None:
            return wall_instant(datetime.combine(day, hour), home)
        return midnight + since

    come = [told for told in days.come if told[0] >= begins]
    while come and at(come[-1][0], come[-1][2]) > now:
        come.pop()
    if not come:
        return
    before, after, title = f"{one.id}/", f"{wall_text(start)[10:]}/0", one.title
    ends = (before + text + after for text in (come[0][1], come[-1][1]))
    answers = diary.answered_between(care.store, *ends)
    taken = list[tuple[date, datetime | None]]()
    for day, text, midnight in come:
        answer, reason = answers.get(before + text + after, ("", ""))
        state = _STATES.get(answer, OPEN)
        if state == TAKEN:
            taken.append((day, midnight))
        else:
            yield _Time(at(day, midnight), title, day, state, reason)
    if taken:
        day, midnight = taken[0]
        yield _Time(at(day, midnight), title, day, TAKEN, "", len(taken))


def _named(care: Care, one: Occurrence) -> tuple[str, _Time]:
    """Return a time with its reminder's id."""
    owner, home = one.appointment, care.home
    come = _Time(one.begins(home), owner.title, one.day(home), OPEN, "")
    return reminder_id(owner.id, one.key, 0), come


def _answered(care: Care, found: list[tuple[str, _Time]]) -> Iterator[_Time]:
    answers = diary.answered(care.store, (id_ for id_, _ in found))
    for id_, one in found:
        answer, reason = answers.get(id_, ("", ""))
        yield one._replace(state=_STATES.get(answer, OPEN), reason=reason)


def _marked(care: Care, found: list[Occurrence], usual: UsualLeads) -> Iterator[_Time]:
    home = care.home
    ids = {id_ for one in found for id_ in (*mark_ids(one, home, usual), *earlier_ids(one, usual))}
    answers = care.store.answers_by_ids(ids)
    for one in found:
        mark = mark_of(one, answers, home, usual)
        title = one.appointment.title
        yield _Time(one.begins(home), title, one.day(home), mark.state, mark.reason)
