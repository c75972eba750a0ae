"""What the alarms of a file's event become: minutes before its start, or lines kept as they are.

RFC 5545 3.6.6 and 3.8.6.3. This program rings before a start, each date of a series alike. An alarm
that asks for something else stays with its event word by word, for the programs that know it.
"""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.times import Moment
from caregiver_app.integrations.foreign_zones import ForeignZones
from caregiver_app.integrations.lines import Component
from caregiver_app.integrations.moments import lead_of, read_duration
from caregiver_app.values import value

_MOST_LEADS: Final = 20
_LONGEST_LEAD: Final = 366 * 1440
_OURS: Final = "DISPLAY"


@value
class Alarms:
    """The alarms of one event.

    `leads` are minutes before the start, the longest first, None without any; `kept` are the parts
    that stay as they are, `others` the actions of those that become a notice on the screen.
    """

    leads: tuple[int, ...] | None
    kept: tuple[Component, ...]
    others: tuple[str, ...]


def read_alarms(
    event: Component, start: Moment, minutes: int, zones: ForeignZones, *, repeats: bool
) -> Alarms:
    """Return what becomes of an event's alarms.

    Args:
        event: the component that holds them.
        start: when it begins.
        minutes: how long it lasts.
        zones: the zones of its file.
        repeats: it is a series, for which an alarm at one instant says nothing of the other dates.
    """
    leads: set[int] = set()
    kept: list[Component] = []
    others: list[str] = []
    for part in event.parts:
        if part.name != "VALARM":
            continue
        lead = _lead(part, start, minutes, zones, repeats=repeats)
        if lead is None or (lead not in leads and len(leads) == _MOST_LEADS):
            kept.append(part)
            continue
        leads.add(lead)
        action = part.first("ACTION")
        named = _OURS if action is None else action.value.strip().upper()[:20]
        if named != _OURS:
            others.append(named)
    return Alarms(tuple(sorted(leads, reverse=True)) or None, tuple(kept), tuple(others))


def _lead(
    alarm: Component, start: Moment, minutes: int, zones: ForeignZones, *, repeats: bool
) -> int | None:
    trigger = alarm.first("TRIGGER")
    if trigger is None or (repeats and read_duration(trigger.value) is None):
        return None
    lead = lead_of(trigger, start, minutes, zones)
    return None if lead is None or lead > _LONGEST_LEAD else lead
