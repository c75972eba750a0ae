"""A made-up family for trying things out and for pictures; nobody in it exists.

The phone numbers lie in the range that Ofcom keeps for drama (01632 960000 to 960999).
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from caregiver_app.domain.entities import Note, Question
from caregiver_app.domain.times import AllDay, instant
from caregiver_app.services.entries import EntryService
from caregiver_app.services.household import Household

PERSON = "rosa"
PLAN = "infliximab"
_DAYS_SINCE = 3
"""The demo's today is this many days after the first infusion."""


class DemoClock:
    """A clock that the making of the demo family sets back and forth."""

    def __init__(self, now: datetime, zone: str) -> None:
        self.moment = now
        self._zone = zone

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.moment

    def zone(self) -> str:
        """Return the zone in which the demo family lives."""
        return self._zone


def fill(house: Household, clock: DemoClock) -> None:
    """Fill an empty household with three weeks of a family's life, up to the clock's moment."""
    now, today = clock.now(), house.care.today
    first = today - timedelta(days=_DAYS_SINCE)
    entries = EntryService(house)
    clock.moment = instant(AllDay(today - timedelta(days=24)), clock.zone()) + timedelta(hours=10)
    for line in _lines(first, today, clock.zone()):
        entries.take(json.dumps(line))
    _visits(house)
    clock.moment = now - timedelta(hours=12)
    _answer_all(house)
    for line in _seen(first):
        entries.take(json.dumps(line))
    _bag(house)
    _words(house, clock, now)
    clock.moment = now


def _lines(first: date, today: date, zone: str) -> list[dict[str, Any]]:
    friday = today - timedelta(days=(today.weekday() - 4) % 7 + 14)
    return [
        {"kind": "person", "id": PERSON, "name": "Rosa Marín", "born": "1958-06-04",
         "conditions": "Rheumatoid arthritis", "allergies": "Penicillin"},
        {"kind": "contact", "id": "willow", "person": PERSON, "role": "clinic",
         "name": "Willow Lane Infusion Centre", "address": "3 Willow Lane, level 2 parking",
         "phone": "01632 960142", "phone_after_hours": "01632 960199"},
        {"kind": "contact", "id": "ana", "person": PERSON, "role": "driver", "name": "Ana",
         "phone": "01632 960117"},
        {"kind": "medicine", "person": PERSON, "name": "Methotrexate",
         "directions": "Fridays only, as the clinic wrote"},
        {"kind": "medicine", "person": PERSON, "name": "Folic acid"},
        {"kind": "plan", "id": PLAN, "person": PERSON, "medicine": "infliximab",
         "first": f"{first}T09:30", "zone": zone, "offsets": [0, 2, 6], "every": 8,
         "unit": "week", "minutes": 140, "clinic": "willow"},
        {"kind": "appointment", "id": "blood", "person": PERSON, "type": "lab",
         "title": "Blood test", "start": f"{first + timedelta(days=10)}T09:15", "zone": zone,
         "minutes": 20, "place": "Willow Lane", "reminders": [1440]},
        {"kind": "appointment", "id": "doctor", "person": PERSON, "type": "follow-up",
         "title": "Dr Sol", "start": f"{first + timedelta(days=22)}T14:00", "zone": zone,
         "minutes": 30, "reminders": [1440, 120]},
        {"kind": "appointment", "id": "methotrexate", "person": PERSON, "type": "medication",
         "title": "Methotrexate, Fridays only", "start": f"{friday}T18:00", "minutes": 5,
         "rrule": "FREQ=WEEKLY"},
    ]  # fmt: skip


def _visits(house: Household) -> None:
    for dose in (1, 2):
        visit = f"{PLAN}~{dose}"
        house.agenda.set_status(visit, "booked")
        house.agenda.set_ride(visit, "Ana", "01632 960117", "08:40")


def _answer_all(house: Household) -> None:
    """Mark everything done that came up to now, as a caregiver would have."""
    house.agenda.set_status(f"{PLAN}~1", "done")
    for notice in house.reminders.notices(house.reminders.due()):
        house.reminders.record(notice)
        for reminder in notice.reminders:
            house.reminders.answer(reminder.id, "done")


def _seen(first: date) -> list[dict[str, Any]]:
    second, third = first + timedelta(days=1), first + timedelta(days=2)
    return [
        {"kind": "side_effect", "person": PERSON, "sign": "fatigue", "severity": 1,
         "at": f"{first}T20:15", "text": "Gone next morning"},
        {"kind": "checkin", "person": PERSON, "date": f"{second}"},
        {"kind": "side_effect", "person": PERSON, "sign": "headache", "severity": 2,
         "at": f"{third}T16:20", "text": "Slowed the day"},
    ]  # fmt: skip


def _bag(house: Household) -> None:
    visit = f"{PLAN}~2"
    house.bags.add(visit, "Crossword book", "things")
    lines = house.bags.bag(visit).lines
    for line in lines[1:-4]:
        house.bags.set_state(visit, line.key, "packed")
    house.bags.set_state(visit, lines[-2].key, "not_needed")


def _words(house: Household, clock: DemoClock, now: datetime) -> None:
    notes = (
        (3, "so-so", "company", "Slept in the chair. Two episodes, one sandwich."),
        (2, "low", "listening", "她说不想再谈治疗了。 (No more talk of treatment: we walked.)"),
        (1, "calm", "outlets", "Laughed at the old photos. The waiting is harder than the needle."),
    )  # fmt: skip
    for days, mood, room, text in notes:
        clock.moment = now - timedelta(days=days)
        house.support.save_note(
            Note(id="", person=PERSON, text=text, at=clock.moment, room=room, mood=mood)
        )
    for text in ("Is the evening headache worth a call?", "Can the next blood test be nearer?"):
        house.support.save_question(Question(id="", person=PERSON, text=text))
