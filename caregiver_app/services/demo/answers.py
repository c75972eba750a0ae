"""What became of the made-up family's reminders: all but one were said, all but a few answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from caregiver_app.domain.deadlines import DATED, dated_reminders
from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.reminders import (
    CHECK_INS,
    Reminder,
    Surroundings,
    earliest_enabled,
    reminders_between,
)
from caregiver_app.domain.times import local_day, wall
from caregiver_app.services.demo.calendar import ASK_ANA, CONFIRM, EYE_DROPS, METHOTREXATE
from caregiver_app.services.demo.making import Maker

_AN_INSTANT = timedelta(microseconds=1)
_A_WHILE = timedelta(minutes=10)
_SUPPER, _EVENING, _TOMORROW = "19:00", "20:00", "09:00"
_NOT_ASKED = "copay7"


def fill(maker: Maker) -> None:
    """Write down what became of everything that came due until now."""
    house = maker.house
    near = house.reminders.surroundings()
    come = [one for each in house.care.store.all(Appointment) for one in _due(maker, each, near)]
    dated = [one for kind in DATED.values() for one in house.care.store.all(kind)]
    come += [one for each in dated for one in dated_reminders(each, near) if one.due <= maker.now]
    for reminder in come:
        answer = _answer(maker, reminder)
        if answer is not None:
            maker.put(answer, answer.answered or reminder.due)


def _due(maker: Maker, appointment: Appointment, near: Surroundings) -> list[Reminder]:
    """Return what an appointment has reminded of so far, as if it were not over yet."""
    if appointment.plan is not None and appointment.status == "done":
        appointment = replace(appointment, status="booked")
    since = earliest_enabled(appointment, near)
    return reminders_between(appointment, since, maker.now + _AN_INSTANT, near)


def _answer(maker: Maker, reminder: Reminder) -> Answer | None:
    """Return what the family answered, or that it was only said; None for what rings now."""
    if reminder.owner == ASK_ANA:
        return None
    drops = reminder.owner == EYE_DROPS
    drops = drops and wall(reminder.start).date() == maker.latest("21:00")
    if drops or reminder.owner == CONFIRM:
        return _made(maker, reminder, "shown")
    until = _later(maker, reminder)
    if until is not None:
        return _made(maker, reminder, "later", until)
    return _made(maker, reminder, "skipped" if reminder.what == _NOT_ASKED else "done")


def _later(maker: Maker, reminder: Reminder) -> datetime | None:
    """Return until when the family put a reminder off, None if it did not."""
    if reminder.owner == METHOTREXATE:
        supper = maker.moment(wall(reminder.start).date(), _SUPPER)
        return supper if supper > maker.now else None
    today = local_day(reminder.due, maker.zone) == maker.today
    if reminder.what not in CHECK_INS or not today:
        return None
    evening = maker.moment(maker.today, _EVENING)
    return evening if evening > maker.now else maker.moment(maker.day(1), _TOMORROW)


def _made(maker: Maker, reminder: Reminder, state: str, until: datetime | None = None) -> Answer:
    return Answer(
        id=reminder.id,
        entry=reminder.owner,
        due=reminder.due,
        state=state,
        shown=reminder.due,
        said=1,
        until=until,
        answered=None if state == "shown" else min(maker.now, reminder.due + _A_WHILE),
    )
