"""R1, R2, R7, R8, R9: years in many zones, however the clock jumps: none missed, none doubled."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from caregiver_app.domain.deadlines import DATED, dated_reminders
from caregiver_app.domain.entities import Appointment, Authorisation
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.reminders import Reminder, reminders_of
from caregiver_app.domain.times import Zoned, wall, wall_instant
from tests.factories import appointment, line, pills, plan
from tests.fakes import Home
from tests.services.test_due_index import a_home

BEGIN = datetime(2026, 2, 20, 9)
ZONES = (
    "Africa/Abidjan", "Africa/Cairo", "Africa/Casablanca", "Africa/Johannesburg", "America/Adak",
    "America/Anchorage", "America/Asuncion", "America/Bogota", "America/Caracas",
    "America/Chicago", "America/Denver", "America/Halifax", "America/Havana",
    "America/Los_Angeles", "America/Mexico_City", "America/New_York", "America/Nuuk",
    "America/Santiago", "America/Sao_Paulo", "America/St_Johns", "Antarctica/Troll",
    "Asia/Beirut", "Asia/Dhaka", "Asia/Gaza", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Shanghai",
    "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe",
    "Australia/Sydney", "Europe/Berlin", "Europe/Dublin", "Europe/London", "Pacific/Auckland",
    "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Pago_Pago",
)  # fmt: skip
FEW = ("America/New_York", "Europe/Dublin", "Australia/Lord_Howe")


def fill(home: Home, zone: str, days: int) -> None:
    """Enter about a thousand reminders for three years: every kind, also in the changed hours."""
    house, local = home.house, BEGIN + timedelta(days=1)
    evening, night = local.replace(hour=21), local.replace(hour=2, minute=30)
    home.add(
        pills(id="floating", start=f"{evening:%Y-%m-%dT%H:%M}", rrule="FREQ=DAILY;INTERVAL=3"),
        pills(id="night", start=f"{night:%Y-%m-%dT%H:%M}", zone=zone, rrule="FREQ=WEEKLY"),
        line("appointment", id="lab", type="lab", title="Lab", start=f"{local:%Y-%m-%dT%H:%M}",
             zone=zone, rrule="FREQ=WEEKLY;INTERVAL=2", minutes=30),
        line("appointment", id="day", type="other", title="Day", start=f"{local:%Y-%m-%d}",
             rrule="FREQ=MONTHLY;INTERVAL=2", reminders=[1440, 60]),
    )  # fmt: skip
    for number in range(0, days, 40):
        start = Zoned((local + timedelta(days=number)).replace(hour=4, minute=30), zone)
        house.agenda.save(appointment(start, id=f"n{number}", reminders=(2880, 150, 0)))
    house.plans.save(plan(Zoned(local.replace(hour=23), zone), minutes=120, offsets=(0, 2, 6)))
    for number in range(60, days, 180):
        last = date(2026, 2, 20) + timedelta(days=number)
        house.people.save_authorisation(Authorisation(id=f"au{number}", person="", last=last))


class Life:
    """A computer that sleeps, starts anew, and whose clock is set back and forth."""

    def __init__(self, home: Home, seed: str) -> None:
        self.home, self.chance = home, random.Random(seed)
        self.looks: list[datetime] = []
        self.said: list[str] = []

    def look(self) -> None:
        clock, reminders = self.home.clock, self.home.house.reminders
        self.home.house.plans.lay_out_all()
        due = self.home.due()
        following = reminders.next_due()
        assert not due or (following is not None and following <= clock.moment)
        for notice in reminders.notices(due, grouped=self.chance.random() < 0.5):
            self.said += [one.id for one in notice.reminders]
            reminders.record(notice)
        self.looks.append(clock.moment)
        assert self.home.due() == []

    def live(self, days: int) -> None:
        clock, reminders = self.home.clock, self.home.house.reminders
        end = clock.moment + timedelta(days=days)
        while clock.moment < end:
            self.look()
            chance = self.chance.random()
            following = reminders.next_due()
            if chance < 0.6 and following is not None:
                clock.moment = max(following, clock.moment + timedelta(seconds=1))
            elif chance < 0.97:
                clock.on(hours=self.chance.choice([0.01, 0.5, 5, 26, 80]))
            else:
                self.set_clock()
            if self.chance.random() < 0.05:
                self.home.restart()
                reminders = self.home.house.reminders
            if self.chance.random() < 0.2:
                self.answer()
        self.look()

    def set_clock(self) -> None:
        """Set it wrong, look, and set it right again a little later."""
        hours = self.chance.choice([-60, -3, -1, 1, 3, 60])
        self.home.clock.on(hours=hours)
        self.look()
        self.home.clock.on(hours=-hours, minutes=5)

    def answer(self) -> None:
        waiting = [one.reminder.id for one in self.home.house.reminders.waiting()]
        chosen = [one for one in waiting if self.chance.random() < 0.7]
        if chosen:
            self.home.house.reminders.answer_all(chosen, self.chance.choice(["done", "skipped"]))


def brought(home: Home) -> Iterable[Reminder]:
    """Everything that the family's entries remind of, found without any index."""
    store, near = home.house.care.store, home.house.reminders.surroundings()
    until = home.clock.moment.replace(tzinfo=None) + timedelta(days=40)
    for one in sorted(store.all(Appointment), key=lambda one: wall(one.start)):
        for occurrence in occurrences(one, BEGIN - timedelta(days=40), until):
            yield from reminders_of(occurrence, near)
    for kind in DATED.values():
        for one in store.all(kind):
            yield from dated_reminders(one, near)


def years(zone: str, days: int) -> int:
    """Live so long in a zone; return how many reminders came due."""
    with a_home() as home:
        home.clock.home = zone
        home.clock.moment = wall_instant(BEGIN, zone)
        home.house.reminders.refresh_if_moved()
        fill(home, zone, days)
        life = Life(home, zone)
        life.live(days)
        latest = max(life.looks)
        found = [one for one in brought(home) if one.due <= latest]
        seen = set(life.said)
        doubled = [id_ for id_, times in Counter(life.said).items() if times > 1]
        # What prepares a visit is over with it: then it was asleep for all that time.
        missed = [
            one.id
            for one in found
            if one.id not in seen and any(one.due <= at and one.is_open(at) for at in life.looks)
        ]
        assert (missed, doubled) == ([], [])
        assert seen <= {one.id for one in found}, "nothing else was said"
        return len(found)


@pytest.mark.parametrize("zone", FEW)
def test_half_a_year_of_reminders_none_missed_none_doubled(zone: str):
    assert years(zone, 190) > 150


@pytest.mark.long
@pytest.mark.parametrize("zone", ZONES)
def test_three_years_of_reminders_none_missed_none_doubled(zone: str):
    assert len(set(ZONES)) == 40
    assert years(zone, 3 * 366) > 1000
