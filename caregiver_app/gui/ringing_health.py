"""The one place that says how reminders fare: the health line of the settings, and the banner."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.times import in_zone
from caregiver_app.gui.ringing_channels import KEPT_BACK, Told
from caregiver_app.gui.words import short_date, short_weekday, time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household
from caregiver_app.services.last_said import DESKTOP, TRAY, Said, last_said
from caregiver_app.values import value

_LATE: Final = timedelta(minutes=2)
_NEAR_DAYS: Final = 6


@value
class Health:
    """How reminders fare: in words, whether all is well, and when it was looked last (UTC)."""

    sentence: str
    ok: bool
    checked: datetime | None


class RingingHealth:
    """Keeps what is known of ringing, and words it."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._before: Said | None = None
        self._asked = False
        self.checked: datetime | None = None
        """The UTC instant of the last look at what is due."""
        self.told: Told | None = None
        """What became of the last saying of this run."""
        self.trouble = ""
        """The sentence about data that could not be read or written, "" while it can."""
        self.silent = ""
        """The message key of why the sound did not play, "" while it does."""
        self.on_top = True
        """Whether the reminder window can stay above all others."""

    @property
    def banner(self) -> str:
        """The sentence to show at once, "" while notices arrive and are kept."""
        if self.trouble:
            return self.trouble
        return "" if self.told is None or self.told.ok else words(self.told.reason)

    def line(self, *, rings_here: bool) -> Health:
        """Return how reminders fare."""
        if self._house.care.store.read_only:
            only = tr("Nothing rings here: this data can be read, but not be written to.")
            return Health(only, ok=False, checked=None)
        if not rings_here:
            other = tr(
                "Another window of this program rings. It shows what is due, this one does not."
            )
            return Health(other, ok=False, checked=None)
        said: list[str] = []
        if self.checked is not None:
            local = in_zone(self.checked, self._house.care.home)
            said.append(tr("Last check {time}.", time=f"{local:%H:%M:%S}"))
        if self.trouble:
            said.append(self.trouble)
        else:
            said.append(self._reached())
        if not self.on_top:
            said.append(
                tr(
                    "The reminder window cannot stay on top of the others here; it asks for"
                    " attention instead."
                )
            )
        if self._misses_sound():
            said.append(words(self.silent))
        return Health(" ".join(said), self._is_well(), self.checked)

    def _is_well(self) -> bool:
        fresh = self.checked is not None and self._house.care.now - self.checked <= _LATE
        arrives = self.told is None or self.told.ok
        return fresh and arrives and self.on_top and not self.trouble and not self._misses_sound()

    def _misses_sound(self) -> bool:
        return bool(self.silent) and self._house.ringing.sound()

    def _reached(self) -> str:
        """Return what is known of notices: from this run, else from the last reminder before it."""
        if self.told is not None:
            return _now(self.told)
        before = self._last_before()
        if before is None:
            return tr("Try one to see whether notices reach your desktop.")
        return _then(before, self._when(before.at))

    def _last_before(self) -> Said | None:
        if not self._asked:
            self._before, self._asked = last_said(self._house.care), True
        return self._before

    def _when(self, at: datetime) -> str:
        care = self._house.care
        local = in_zone(at, care.home)
        away = (care.today - local.date()).days
        if away == 0:
            return time_text(local)
        near = 0 < away <= _NEAR_DAYS
        day = short_weekday(local.weekday()) if near else short_date(local.date())
        return f"{day} {time_text(local)}"


def _now(told: Told) -> str:
    """Return how the last notice of this run fared."""
    if told.channel == DESKTOP:
        return tr("Notices reach your desktop.")
    if told.channel == TRAY:
        return tr("No program here shows notices; the icon in the tray and the reminder window do.")
    return {
        KEPT_BACK: tr(
            "Do not disturb is on: the desktop keeps notices back; the reminder window comes all"
            " the same."
        ),
        "notify.timeout": tr(
            "The desktop did not answer in time; the reminder window shows what is due."
        ),
        "notify.failed": tr(
            "The desktop did not take the last notice; the reminder window shows what is due."
        ),
    }.get(told.reason, tr("No program here shows notices; the reminder window does."))


def _then(said: Said, when: str) -> str:
    """Return how the last notice before this run fared."""
    if said.channel == DESKTOP:
        return tr("At the last reminder, {when}, notices reached your desktop.", when=when)
    if said.channel == TRAY:
        return tr("At the last reminder, {when}, the icon in the tray told you.", when=when)
    if said.reason == KEPT_BACK:
        return tr("At the last reminder, {when}, “Do not disturb” was on.", when=when)
    return tr(
        "At the last reminder, {when}, no notice reached your desktop; the reminder window did.",
        when=when,
    )
