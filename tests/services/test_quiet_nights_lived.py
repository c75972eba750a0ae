"""Weeks with quiet hours, repeats and changing lead times, judged by rules written down anew."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.ringing import QuietHours, Repeats
from caregiver_app.domain.times import Floating, Zoned, lead_instant, wall_instant
from tests.factories import appointment, pills, plan
from tests.fakes import Home
from tests.services.test_due_index import a_home
from tests.services.test_years_of_reminders import ZONES, brought

LEADS = [(), (0,), (1440, 120, 0), (4320, 2880, 1440, 600, 60, 5), (720,)]
DAYS = 30
HOUR = timedelta(hours=1)
NEVER = datetime.min.replace(tzinfo=UTC)


class Nights:
    """A family that sleeps at some hours, and is told of what it does not answer again."""

    def __init__(self, home: Home, seed: int) -> None:
        self.home, self.chance = home, random.Random(seed)
        choice = self.chance.choice
        self.zone = choice(ZONES)
        home.clock.home = self.zone
        begin = datetime(2026, choice([2, 3, 9, 10]), choice([1, 12, 25]), 9)
        home.clock.moment = wall_instant(begin, self.zone)
        home.house.reminders.refresh_if_moved()
        first, last = time(choice([18, 22, 23, 0, 9, 2]), 30), time(choice([7, 9, 1, 3, 20]), 15)
        self.quiet = QuietHours(first, last)
        self.repeats = Repeats(choice([0, 5, 30]), choice([3, 6, 12]), choice([True, False]))
        home.house.ringing.set_quiet(self.quiet)
        home.house.ringing.set_repeats(self.repeats)
        self.said = defaultdict[str, list[datetime]](list)
        self.put_off: dict[str, tuple[datetime, datetime]] = {}
        self.answered: set[str] = set()
        self.looks: list[datetime] = []
        self.chosen = NEVER
        self.fill(begin + timedelta(days=1))

    def fill(self, day: datetime) -> None:
        choice, house = self.chance.choice, self.home.house
        night = day.replace(hour=choice([1, 2, 8, 23]), minute=30)
        self.home.add(pills(start=f"{night:%Y-%m-%dT%H:%M}", reminders=choice([[0], [30, 0]])))
        for number in range(15):
            start = day + timedelta(days=self.chance.randrange(DAYS), hours=choice(range(24)))
            leave = choice(["", "03:00"]) if start.hour in range(4, 15) else ""
            house.agenda.save(
                appointment(
                    Zoned(start, self.zone) if choice([True, False]) else Floating(start),
                    id=f"a{number}", type=choice(["lab", "other", "follow-up", "infusion"]),
                    minutes=choice([0, 30, 600]), leave_at=leave,
                    reminders=choice([None, None, (1440, 120), (600, 300, 45, 0)]),
                )
            )  # fmt: skip
        start = Zoned(day.replace(hour=choice([7, 21])), self.zone)
        house.plans.save(plan(start, minutes=120, offsets=(0, 2)))

    # What may be said

    def is_quiet(self, at: datetime) -> bool:
        now, (first, last) = at.astimezone(ZoneInfo(self.zone)).time(), (
            self.quiet.first, self.quiet.last,
        )  # fmt: skip
        return first <= now < last if first < last else now >= first or now < last

    def is_near_a_change_of_clocks(self, at: datetime) -> bool:
        zone = ZoneInfo(self.zone)
        return len({(at + h * HOUR).astimezone(zone).utcoffset() for h in range(-26, 27)}) > 1

    def cannot_wait(self, one: Reminder, now: datetime) -> bool:
        if one.type == "medication" or one.what in ("c2", "leave"):
            return True
        over = now
        while self.is_quiet(over):
            over = over.replace(second=0, microsecond=0) + timedelta(minutes=1)
        begins = lead_instant(one.start, 0, self.zone)
        return begins <= over and one.ends is not None and now < max(one.ends, begins + HOUR)

    def judge(self, one: Reminder, now: datetime) -> None:
        before, (put_off, until) = self.said[one.id], self.put_off.get(one.id, (NEVER, NEVER))
        assert one.due <= now
        assert one.id not in self.answered
        is_put_off = bool(before) and put_off >= before[-1]
        if is_put_off:
            assert now >= until
        elif before:
            assert self.repeats.minutes
            assert one.rings
            assert self.repeats.everything or one.type == "medication"
            assert now - before[-1] >= timedelta(minutes=self.repeats.minutes)
            assert sum(at >= until for at in before) <= self.repeats.most
        if self.is_quiet(now) and not is_put_off and not self.is_near_a_change_of_clocks(now):
            assert self.cannot_wait(one, now)

    # Living

    def live(self) -> None:
        clock, house = self.home.clock, self.home.house
        end = clock.moment + timedelta(days=DAYS)
        while clock.moment < end:
            now = clock.moment
            self.looks.append(now)
            due = house.reminders.due()
            for one in due:
                self.judge(one, now)
            for notice in house.reminders.notices(due, grouped=True):
                house.reminders.record(notice)
            for one in due:
                self.said[one.id].append(now)
            assert house.reminders.due() == []
            if self.chance.random() < 0.35:
                self.answer(now)
            if self.chance.random() < 0.05 and now - self.chosen > HOUR:
                kind, self.chosen = self.chance.choice(["lab", "other", "follow-up"]), now
                house.ringing.set_leads(kind, self.chance.choice(LEADS))
            following = house.reminders.next_due()
            if following is not None and self.chance.random() < 0.8:
                clock.moment = max(following, now + timedelta(seconds=1))
            else:
                clock.on(minutes=self.chance.choice([1, 7, 29, 60, 300, 1500]))

    def answer(self, now: datetime) -> None:
        for stated in self.home.house.reminders.waiting():
            id_, chance = stated.reminder.id, self.chance.random()
            if chance < 0.4:
                self.home.house.reminders.answer(id_, self.chance.choice(["done", "skipped"]))
                self.answered.add(id_)
            elif chance < 0.6:
                until = now + timedelta(minutes=self.chance.choice([1, 10, 60, 600]))
                self.home.house.reminders.answer(id_, "later", until=until)
                self.put_off[id_] = now, until

    def missed(self) -> list[str]:
        """What was not said by the first look at which it had to be.

        That was the last one at the latest for what was due already when it became usual.
        """
        found: list[str] = []
        for one in brought(self.home):
            looks = self.looks[-1:] if one.entered_late else self.looks
            first = next((at for at in looks if self.had_to_be_said(one, at)), None)
            if first is not None and min(self.said[one.id], default=first + HOUR) > first:
                found.append(one.id)
        return found

    def had_to_be_said(self, one: Reminder, at: datetime) -> bool:
        if at < one.due or not one.is_open(at):
            return False
        waits = self.is_quiet(at) or self.is_near_a_change_of_clocks(at)
        return not waits or one.type == "medication" or one.what in ("c2", "leave")


def lived(seed: int) -> Nights:
    with a_home() as home:
        nights = Nights(home, seed)
        nights.live()
        assert nights.missed() == []
        return nights


def test_a_month():
    assert len(lived(0).said) > 50


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 200))
def test_a_hundred_months(seed: int):
    assert len(lived(seed).said) > 50
