"""What a family chose about reminders: lead times, quiet hours, ringing again, sound."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import LONG_AGO, Appointment, Setting
from caregiver_app.domain.reminders import has_usual_leads
from caregiver_app.domain.ringing import USUAL_LEADS, LeadsFrom, QuietHours, Repeats, UsualLeads
from caregiver_app.domain.times import MINUTES_A_DAY, parse_hour
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.settings import Settings

LEADS: Final = "leads."
"""How the setting of a type's lead times begins.

It holds its minutes with commas, or "none"; with a space between, what was chosen later follows,
each after the instant from which it holds: `120 2026-11-21T15:00Z=none`.
"""
LEADS_SINCE: Final = "leads_since"
"""The instant from which ours hold in a file that is older than they are."""
QUIET_FIRST: Final = "quiet_first"
QUIET_LAST: Final = "quiet_last"
REPEAT_MINUTES: Final = "repeat_minutes"
REPEAT_MOST: Final = "repeat_most"
REPEAT_WHAT: Final = "repeat_what"
SOUND: Final = "sound"
EVERYTHING: Final = "everything"

EVERY_MINUTES: Final = (5, 10, 15, 30)
AT_MOST: Final = (3, 6, 12)
MOST_LEADS: Final = 6
LONGEST_LEAD: Final = 366 * MINUTES_A_DAY
_NONE: Final = "none"
_YES: Final = "yes"
_BEFORE: Final[Mapping[str, tuple[int, ...]]] = {"medication": (0,)}
"""What was usual before lead times could be chosen."""
_LEAD_NAMES: Final = {f"{LEADS}{kind}": kind for kind in USUAL_LEADS}
_REPEAT_NAMES: Final = (REPEAT_MINUTES, REPEAT_MOST, REPEAT_WHAT)
_ON_THE_WAY: Final = timedelta(minutes=5)
"""What was chosen for a shorter time was a step to what was meant, and leaves no trace."""
_MOST_KEPT: Final = 40


def leads_kind(name: str) -> str | None:
    """Return the type of which a setting holds the lead times, "" for all, None for no such one."""
    return "" if name == LEADS_SINCE else _LEAD_NAMES.get(name)


def about_repeats(name: str) -> bool:
    """Tell whether a setting says how a reminder rings again."""
    return name in _REPEAT_NAMES


def check_reminder_setting(name: str, value: str) -> None:
    """Look whether a setting about reminders can have this value; other names are not looked at.

    Raises:
        InputRefused: it cannot.
    """
    if name.startswith(LEADS) and (name not in _LEAD_NAMES or _leads_in(value) is None):
        raise InputRefused("setting.leads", "value", value=value)
    if name in (QUIET_FIRST, QUIET_LAST):
        parse_hour(value, "value")
    elif name == LEADS_SINCE and _instant(value) is None:
        raise InputRefused("setting.instant", "value", value=value)
    offered = _OFFERED.get(name)
    if offered is not None and value not in offered:
        raise InputRefused("setting.one_of", "value", value=value, choices=", ".join(offered))


def usual_leads(care: Care) -> UsualLeads:
    """Return the lead times that are usual in this family, now and before."""
    told = _texts(care, (LEADS_SINCE, *_LEAD_NAMES))
    if not told:
        return UsualLeads()
    since = _instant(told.get(LEADS_SINCE, ""))
    return UsualLeads(
        {kind: _chosen(kind, told.get(name, ""), since) for name, kind in _LEAD_NAMES.items()}
    )


def reminds_since(appointment: Appointment) -> bool:
    """Tell whether an appointment reminds only since lead times are usual for every type."""
    kind = appointment.type
    return has_usual_leads(appointment) and _BEFORE.get(kind, ()) != USUAL_LEADS[kind]


class ReminderSettings:
    """Reads and writes them; whatever cannot be read counts as not chosen."""

    def __init__(self, care: Care, settings: Settings) -> None:
        self._care, self._settings = care, settings

    def leads(self) -> Mapping[str, tuple[int, ...]]:
        """Return by the type of an appointment the minutes before at which it reminds."""
        return usual_leads(self._care).now

    def set_leads(self, kind: str, minutes: tuple[int, ...]) -> None:
        """Choose when appointments of a type remind that begin from now on.

        What was due already as it was chosen comes as lines; the same again is no change.

        Raises:
            InputRefused: there are more than MOST_LEADS, or one is negative or over a year.
        """
        wanted = tuple(sorted(set(minutes), reverse=True))
        if len(wanted) > MOST_LEADS:
            raise InputRefused("reminder.many", "reminders", high=MOST_LEADS)
        for one in wanted:
            if not 0 <= one <= LONGEST_LEAD:
                raise InputRefused("number.range", "reminders", value=one, low=0, high=LONGEST_LEAD)
        name, now = f"{LEADS}{kind}", self._care.now.replace(microsecond=0)
        told = _texts(self._care, (LEADS_SINCE, name))
        since = _instant(told.get(LEADS_SINCE, ""))
        first, *others = _chosen(kind, told.get(name, ""), since)
        kept = [first, *(one for one in others if one.since <= now - _ON_THE_WAY)]
        if kept[-1].minutes != wanted:
            kept.append(LeadsFrom(now, wanted))
        while len(kept) > _MOST_KEPT:
            del kept[1]
        text = "" if tuple(kept) == _chosen(kind, "", since) else " ".join(map(_told, kept))
        if text != told.get(name, ""):
            with self._care.change("done.setting.leads"):
                self._settings.put(name, text)

    def hold_from_now_on(self) -> None:
        """Let our usual lead times hold from now on, in a file that is older than they are.

        Only inside a change.
        """
        self._settings.put(LEADS_SINCE, self._care.now.replace(microsecond=0).isoformat())

    def quiet(self) -> QuietHours | None:
        """Return the quiet hours, None while none were chosen."""
        told = _texts(self._care, (QUIET_FIRST, QUIET_LAST))
        first, last = (told.get(name, "") for name in (QUIET_FIRST, QUIET_LAST))
        try:
            hours = time.fromisoformat(first), time.fromisoformat(last)
        except ValueError:
            return None
        return None if hours[0] == hours[1] else QuietHours(*hours)

    def set_quiet(self, quiet: QuietHours | None) -> None:
        """Choose the quiet hours, or none; the same ones again are no change.

        Raises:
            InputRefused: they begin and end at the same moment.
        """
        if quiet is not None and quiet.first == quiet.last:
            raise InputRefused("reminder.quiet_empty", QUIET_LAST)
        if quiet == self.quiet():
            return
        with self._care.change("done.setting.quiet_hours"):
            self._settings.put(QUIET_FIRST, "" if quiet is None else f"{quiet.first:%H:%M}")
            self._settings.put(QUIET_LAST, "" if quiet is None else f"{quiet.last:%H:%M}")

    def repeats(self) -> Repeats:
        """Return how a reminder that nobody answered rings again."""
        told, usual = _texts(self._care, _REPEAT_NAMES), Repeats()
        return Repeats(
            _one_of(told, REPEAT_MINUTES, EVERY_MINUTES, usual.minutes),
            _one_of(told, REPEAT_MOST, AT_MOST, usual.most),
            told.get(REPEAT_WHAT, "") == EVERYTHING,
        )

    def repeats_since(self) -> datetime:
        """Return the UTC instant at which that was chosen.

        What would have rung again before then does not.
        """
        found = self._care.store.by_ids(Setting, _REPEAT_NAMES)
        return max((one.changed for one in found), default=LONG_AGO)

    def set_repeats(self, repeats: Repeats) -> None:
        """Choose how a reminder rings again; the same again is no change.

        Raises:
            InputRefused: minutes or times are none of those that are offered.
        """
        if repeats.minutes not in (0, *EVERY_MINUTES) or repeats.most not in AT_MOST:
            raise InputRefused("reminder.repeat", REPEAT_MINUTES)
        if repeats == self.repeats():
            return
        with self._care.change("done.setting.repeats"):
            self._settings.put(REPEAT_MINUTES, str(repeats.minutes))
            self._settings.put(REPEAT_MOST, str(repeats.most))
            self._settings.put(REPEAT_WHAT, EVERYTHING if repeats.everything else "")

    def sound(self) -> bool:
        """Tell whether a reminder may be heard; it is silent until somebody chose otherwise."""
        return self._settings.text(SOUND, "") == _YES

    def set_sound(self, *, on: bool) -> None:
        """Choose whether a reminder is heard."""
        self._settings.set(SOUND, _YES if on else "")


def _texts(care: Care, names: Iterable[str]) -> dict[str, str]:
    """Return what these settings say, as far as anything is set."""
    found = {one.id: json.loads(one.value) for one in care.store.by_ids(Setting, names)}
    return {name: value for name, value in found.items() if value and isinstance(value, str)}


def _one_of(told: Mapping[str, str], name: str, known: tuple[int, ...], usual: int) -> int:
    return next((one for one in known if str(one) == told.get(name)), usual)


def _chosen(kind: str, text: str, since: datetime | None) -> tuple[LeadsFrom, ...]:
    """Return the lead times of a type in their order; what cannot be read counts as not chosen."""
    usual, before = USUAL_LEADS.get(kind, ()), _BEFORE.get(kind, ())
    ours = (LeadsFrom(LONG_AGO, usual),)
    if since is not None and before != usual:
        ours = (LeadsFrom(LONG_AGO, before), LeadsFrom(since, usual))
    return _leads_in(text) or ours


def _leads_in(text: str) -> tuple[LeadsFrom, ...] | None:
    """Return what a setting says of lead times in order, None where that cannot be read."""
    found: list[LeadsFrom] = []
    for number, part in enumerate(text.split(" ")):
        head, equals, tail = part.partition("=")
        since = _instant(head) if equals else LONG_AGO
        leads = _minutes(tail if equals else head)
        if since is None or leads is None or bool(number) != bool(equals):
            return None
        if found and since < found[-1].since:
            return None
        found.append(LeadsFrom(since, leads))
    return tuple(found)


def _minutes(text: str) -> tuple[int, ...] | None:
    if text == _NONE:
        return ()
    parts = text.split(",")
    most = len(str(LONGEST_LEAD))
    if not all(one.isascii() and one.isdigit() and len(one) <= most for one in parts):
        return None
    leads = tuple(sorted({int(one) for one in parts}, reverse=True))
    return leads if len(leads) <= MOST_LEADS and leads[0] <= LONGEST_LEAD else None


def _told(one: LeadsFrom) -> str:
    leads = ",".join(map(str, one.minutes)) or _NONE
    return leads if one.since == LONG_AGO else f"{one.since.isoformat()}={leads}"


def _instant(text: str) -> datetime | None:
    """Return an instant with an offset in UTC, None where it cannot be read."""
    try:
        at = datetime.fromisoformat(text)
        return None if at.tzinfo is None else max(at.astimezone(UTC), LONG_AGO)
    except (ValueError, OverflowError):
        return None


_OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    REPEAT_MINUTES: ("0", *map(str, EVERY_MINUTES)),
    REPEAT_MOST: tuple(map(str, AT_MOST)),
    REPEAT_WHAT: (EVERYTHING,),
    SOUND: (_YES,),
}
