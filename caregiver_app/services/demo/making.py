"""What every part of the made-up family needs: its days, and a way to write its entries down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from caregiver_app.domain.entities import Entity
from caregiver_app.domain.times import Floating, Zoned, instant
from caregiver_app.services.household import Household

ROSA, MEI = "rosa", "mei"
INFLIXIMAB, BELIMUMAB = "infliximab", "belimumab"
"""The ids of the two plans, and their medicines."""

MEI_PAST = 28
"""How many infusions Mei has had by now: two years of them."""

_TUESDAY, _WEDNESDAY = 1, 2


class Maker:
    """Writes the family's entries, each with the moment at which it was written.

    `rosa_first` is the Tuesday of Rosa's first infusion, 1 to 7 days ago; `rosa_next` two weeks
    later. `mei_last` is the Wednesday of Mei's last one, 14 to 20 days ago.
    """

    def __init__(self, house: Household) -> None:
        self.house = house
        self.zone = house.care.home
        self.now = house.care.now
        self.today = house.care.today
        self.rosa_first = self.day(-1 - (self.today.weekday() - 1 - _TUESDAY) % 7)
        self.rosa_next = self.rosa_first + timedelta(weeks=2)
        self.mei_last = self.day(-14 - (self.today.weekday() - _WEDNESDAY) % 7)

    def day(self, days: int) -> date:
        """Return the day so many days after today, before it where negative."""
        return self.today + timedelta(days=days)

    def at(self, day: date, hour: str) -> Zoned:
        """Return an hour like 09:30 of a day, on the clock of the family's zone."""
        return Zoned(datetime.combine(day, time.fromisoformat(hour)), self.zone)

    @staticmethod
    def floating(day: date, hour: str) -> Floating:
        """Return an hour of a day wherever the family is."""
        return Floating(datetime.combine(day, time.fromisoformat(hour)))

    def moment(self, day: date, hour: str) -> datetime:
        """Return the UTC instant of an hour of a day."""
        return instant(self.at(day, hour), self.zone)

    def latest(self, hour: str) -> date:
        """Return the last day on which this hour has come."""
        return self.today if self.moment(self.today, hour) <= self.now else self.day(-1)

    def put(self, entity: Entity, written: datetime) -> None:
        """Write an entry down as it was written at that UTC instant."""
        self.house.care.store.put(replace(entity, created=written, changed=written))
