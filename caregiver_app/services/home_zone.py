"""The zone that the calendar runs on when the computer comes to another one.

What is in a zone of its own never moves. What is meant wherever one is (floating and all-day) goes
with the computer at once, because a medicine at 8:00 is meant at 8:00 of the clock that one sees;
the family is told so in one question, and may keep the zone it had instead.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import KINDS
from caregiver_app.domain.occurrences import occurrences_on
from caregiver_app.domain.times import Zoned, in_zone, wall_instant, zone_of
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import KEPT_ZONE, Care, Change
from caregiver_app.services.reminders import ReminderService
from caregiver_app.services.settings import Settings
from caregiver_app.values import value

SEEN_ZONE: Final = "home.zone"
"""The setting that holds the computer's zone as it was when nothing was left to ask."""
_REMINDED_ZONE: Final = "zone"
_AHEAD: Final = timedelta(days=366)
_STEP: Final = timedelta(hours=6)


@value
class ZoneAsked:
    """One question: the computer was in the zone `before` and is in the zone `now`.

    `there` and `here` are one instant of today on both clocks: an hour that means another moment.
    """

    before: str
    now: str
    there: datetime
    here: datetime


@value
class Followed:
    """What a look at the computer's zone found: a question, and a message key to say, if any."""

    asked: ZoneAsked | None = None
    message: str = ""


class HomeZone:
    """Notices another zone of the computer, asks once, and keeps or follows."""

    def __init__(self, care: Care, settings: Settings, reminders: ReminderService) -> None:
        self._care, self._settings, self._reminders = care, settings, reminders
        self._is_asked = False

    @property
    def computer(self) -> str:
        """The zone of the computer."""
        return self._care.clock.zone()

    @property
    def kept(self) -> str:
        """The zone that the family keeps, "" while the calendar goes with the computer."""
        kept = self._settings.text(KEPT_ZONE, "")
        return kept if _is_zone(kept) else ""

    def follow(self) -> Followed:
        """Look at the computer's zone, let what has no zone go with it, and tell what is to ask.

        Nothing is asked, and the zone only noted, at the first look, while a zone is kept, where
        both clocks agree for the coming year, and where nothing to come lacks a zone of its own.

        Raises:
            DataBusy, DataReadOnly, DiskTrouble: it could not be noted.
        """
        care = self._care
        before = self._settings.text(SEEN_ZONE, "") or self._settings.text(_REMINDED_ZONE, "")
        was_asked, self._is_asked = self._is_asked, False
        if self._reminders.refresh_if_moved():
            # Every hour on the screen may be another one now.
            care.changes.publish(Change(frozenset(KINDS)))
        now = self.computer
        if before == now or not _is_zone(before):
            self._note(now)
            return Followed(message="zone.back" if was_asked else "")
        if self.kept or _agree(before, now, care.now):
            self._note(now)
            return Followed()
        if not self._has_floating():
            self._note(now)
            return Followed(message="zone.shown")
        self._is_asked = True
        return Followed(self._question(before, now))

    def _note(self, zone: str) -> None:
        self._settings.remember(home__zone=zone)

    def _question(self, before: str, now: str) -> ZoneAsked:
        morning = datetime.combine(in_zone(self._care.now, now).date(), time(8))
        there = in_zone(wall_instant(morning, now), before).replace(tzinfo=None)
        return ZoneAsked(before, now, there, morning)

    def _has_floating(self) -> bool:
        """Tell whether something of the coming year goes with the computer."""
        care, today = self._care, self._care.today
        last = today + _AHEAD
        return any(
            occurrences_on(one, today, last, care.home)
            for one in care.store.appointments_between(today, last)
            if one.status != "cancelled" and not isinstance(one.start, Zoned)
        )

    # -- Answers ----------------------------------------------------------------------------------

    def go_along(self) -> None:
        """Answer: the calendar goes with the computer, now and from now on."""
        self._answer("")

    def keep(self, zone: str) -> None:
        """Answer: the calendar stays on `zone` whatever the computer says, until that is changed.

        Raises:
            InputRefused: there is no such zone.
        """
        zone_of(zone)
        self._answer(zone)

    def _answer(self, kept: str) -> None:
        self._is_asked = False
        if kept == self._settings.text(KEPT_ZONE, ""):
            self._note(self.computer)
        else:
            with self._care.change(f"done.setting.{KEPT_ZONE}"):
                self._settings.put(KEPT_ZONE, kept)
                self._settings.put(SEEN_ZONE, self.computer)
        self.follow()


def _is_zone(name: str) -> bool:
    try:
        return bool(name) and bool(zone_of(name))
    except InputRefused:
        return False


def _agree(one: str, other: str, now: datetime) -> bool:
    """Tell whether two zones show the same hours during the coming year."""
    at, end = now.astimezone(UTC), now.astimezone(UTC) + _AHEAD
    while at < end:
        if in_zone(at, one).utcoffset() != in_zone(at, other).utcoffset():
            return False
        at += _STEP
    return True
