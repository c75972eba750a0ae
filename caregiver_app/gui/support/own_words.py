"""The carer's own lane in words: hours to rest, what others could take, and how to ask for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.rides import set_off
from caregiver_app.domain.texts import first_name
from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.gui.words import day_text, long_date, short_date, time_text, tr
from caregiver_app.services.carer import Takeable
from caregiver_app.services.household import Household
from caregiver_app.values import value


@value
class TakeableLine:
    """One thing that another could take: icon, words, and who took it ("": nobody yet)."""

    key: str
    icon: str
    text: str
    who: str


def hours_text(start: Moment, minutes: int) -> str:
    """Return "Tue 31 Mar, 10:00 to 11:00"."""
    begins = wall(start)
    day = short_date(begins.date())
    if isinstance(start, AllDay):
        return day
    return tr("{day}, {hours}", day=day, hours=span_text(begins, minutes))


def span_text(begins: datetime, minutes: int) -> str:
    """Return "10:00 to 11:00"."""
    until = begins + timedelta(minutes=minutes)
    return tr("{begin} to {end}", begin=time_text(begins), end=time_text(until))


def whose_name(house: Household, one: Takeable) -> str:
    """Return the first name of whose care something is about, "" while nobody has a name."""
    return first_name(house.care.name_of(one.person))


def taken_line(house: Household, one: Takeable) -> TakeableLine:
    """Return the line of something that another could take."""
    key, name = f"{one.kind}/{one.id}", whose_name(house, one)
    if one.kind == "drive" and one.visit is not None:
        day = short_date(wall(one.visit.start).date())
        text = tr("Drive {name} on {day}", name=name, day=day) if name else tr(
            "The drive on {day}", day=day
        )  # fmt: skip
        return TakeableLine(key, "drive", text, "")
    if one.kind == "approval" and one.approval is not None:
        day = short_date(one.approval.last)
        text = tr("Renew the approval, ends {day}", day=day)
        if name:
            text = tr("Renew {name}’s approval, ends {day}", name=name, day=day)
        return TakeableLine(key, "care-plan", text, "")
    task = one.task
    if task is None:
        return TakeableLine(key, "other", "", "")
    if task.day is None:
        return TakeableLine(key, "other", task.text, task.who)
    day = day_text(task.day, house.care.today)
    near = day if abs((task.day - house.care.today).days) <= 1 else short_date(task.day)
    text = tr("{text} · {day}", text=task.text, day=near)
    return TakeableLine(key, "other", text, task.who)


def asking_text(one: Takeable | None, name: str) -> str:
    """Return a text that asks for help, to be changed; None asks for anything at all."""
    if one is None:
        return tr(
            "Hello, there is a lot to carry here at the moment. Could you take one thing off me, "
            "or call me when you have a quiet minute? Thank you."
        )
    if one.kind == "drive" and one.visit is not None:
        return _asking_drive(one.visit, name)
    if one.kind == "approval" and one.approval is not None:
        day = long_date(one.approval.last)
        return tr("Hello, could you help me with a letter to the insurer? It is about an approval "
                 "that ends on {day}. Thank you.", day=day)  # fmt: skip
    if one.task is None:
        return asking_text(None, name)
    return asking_for(one.task.text, one.day and long_date(one.day))


def asking_for(what: str, day: str | None) -> str:
    """Return a text that asks for one thing in the family's own words, on a day if any."""
    if not what.strip():
        return asking_text(None, "")
    if day:
        return tr("Hello, could you take one thing off me? It is this, for {day}: {what}. "
                 "Thank you.", day=day, what=what.strip())  # fmt: skip
    return tr(
        "Hello, could you take one thing off me? It is this: {what}. Thank you.", what=what.strip()
    )


def _asking_drive(visit: Appointment, name: str) -> str:
    """Return a text that asks for a drive; it says nothing of what the visit is for."""
    day = long_date(wall(visit.start).date())
    hour = set_off(visit)
    if hour is not None:
        when = tr("We would leave at {hour}.", hour=time_text(hour))
    elif isinstance(visit.start, AllDay):
        when = ""
    else:
        when = tr("We have to be there at {hour}.", hour=time_text(wall(visit.start)))
    whom = name or tr("us")
    ask = tr("Hello, could you drive {whom} on {day}?", whom=whom, day=day)
    return " ".join(part for part in (ask, when, tr("Thank you.")) if part)
