"""The events of a file put in order: changed dates beside their series, each event under its name.

RFC 5545 3.8.4.4: an event with RECURRENCE-ID stands for one date of the series of its UID, with
RANGE=THISANDFUTURE for that date and all later ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from caregiver_app.domain.recurrence import Rule, expand, read_rule, rule_text, split
from caregiver_app.domain.times import to_text, wall, wall_text, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import Incoming
from caregiver_app.integrations.moments import as_of

MOST_DATES: Final = 5000
"""So many dates of a rule are written out where no rule says the same."""
ONE_DATE: Final = "FREQ=DAILY;COUNT=1"
"""The rule of a series that is nothing but the dates it names."""


def in_order(events: list[Incoming]) -> list[Incoming]:
    """Return a file's events, changed dates known by the wall times of their series."""
    series = {one.uid: one for one in events if one.rrule and not one.original}
    known: list[Incoming] = []
    later: list[Incoming] = []
    for one in events:
        master = series.get(one.uid)
        if not one.original or master is None:
            known.append(replace(one, following=False))
            continue
        named = replace(one, original=_known_by(master, one))
        if one.sequence < master.sequence and not _is_date_of(master, named.original):
            continue  # the newer series has no such date any more
        (later if one.following else known).append(named)
    for one in sorted(later, key=lambda each: each.original):
        known = _divided(known, one)
    return _told_apart(known)


def _known_by(master: Incoming, changed: Incoming) -> str:
    begins = master.moment
    return to_text(with_wall(begins, as_of(begins, changed.named)))


def _is_date_of(master: Incoming, text: str) -> bool:
    if text in master.exdates:
        return False
    at = datetime.fromisoformat(text)
    rule = read_rule(master.rrule, master.moment).rule
    dates = expand(master.moment, rule, at, at + timedelta.resolution)
    return text in master.rdates or next(dates, None) == at


def _divided(events: list[Incoming], change: Incoming) -> list[Incoming]:
    """Let the series of a change end before it, and another one begin with it."""
    place = next((n for n, one in enumerate(events) if one.uid == change.uid and one.rrule), None)
    if place is None:
        return [*events, replace(change, following=False)]
    master, at = events[place], datetime.fromisoformat(change.original)
    shift = wall(change.moment) - at
    rule = read_rule(master.rrule, master.moment).rule
    before, _ = split(rule, master.moment, at)
    text, dates = _rule_from(change, master, rule, shift)
    tail = replace(
        change,
        uid=f"{change.uid}#{change.original}",
        original="",
        following=False,
        rrule=text,
        exdates=_moved(master.exdates, change.original, shift),
        rdates=tuple(sorted({*dates, *_moved(master.rdates, change.original, shift)})),
    )
    gone = () if before is not None else (to_text(master.moment),)
    head = replace(
        master,
        rrule=ONE_DATE if before is None else rule_text(before),
        exdates=(*gone, *(text for text in master.exdates if text < change.original)),
        rdates=tuple(text for text in master.rdates if text < change.original),
    )
    found = [_with_tail(one, change, tail.uid, shift) for one in events]
    found[place] = head
    return [*found, tail]


def _rule_from(
    change: Incoming, master: Incoming, rule: Rule, shift: timedelta
) -> tuple[str, list[str]]:
    """Return the rule and the extra dates of what follows a change, each date `shift` later."""
    at = datetime.fromisoformat(change.original)
    _, after = split(rule, master.moment, at)
    if after is None:
        return "", []
    if at.date() == wall(change.moment).date() and not (rule.hours or rule.minutes):
        until = None if after.until is None else after.until + shift
        text = rule_text(replace(after, until=until))
        with suppress(InputRefused):
            if read_rule(text, change.moment).matches_start:
                return text, []
    dates = islice(expand(master.moment, rule, at), MOST_DATES)
    return ONE_DATE, [to_text(with_wall(change.moment, one + shift)) for one in dates]


def _moved(texts: Iterable[str], since: str, shift: timedelta) -> tuple[str, ...]:
    """Return the wall times from `since` on, each `shift` later."""
    return tuple(_shifted(text, shift) for text in texts if text >= since)


def _shifted(text: str, shift: timedelta) -> str:
    at = datetime.fromisoformat(text) + shift
    return wall_text(at) if "T" in text else at.date().isoformat()


def _with_tail(one: Incoming, change: Incoming, name: str, shift: timedelta) -> Incoming:
    """Return an event, one of the divided series' later dates as one of the new series."""
    if one.uid != change.uid or not one.original or one.original < change.original:
        return one
    return replace(one, uid=name, original=_shifted(one.original, shift))


def _told_apart(events: list[Incoming]) -> list[Incoming]:
    """Return the newest revision of each event; different ones of one name get names of their own.

    The revision with the highest SEQUENCE holds (RFC 5545 3.8.7.4).
    """
    newest: dict[tuple[str, str], int] = {}
    for one in events:
        name = one.uid, one.original
        newest[name] = max(newest.get(name, 0), one.sequence)
    known: dict[tuple[str, str], list[Incoming]] = {}
    found: list[Incoming] = []
    for one in events:
        name = one.uid, one.original
        same, bare = known.setdefault(name, []), replace(one, line=0)
        if one.sequence < newest[name] or bare in same:
            continue
        same.append(bare)
        found.append(one if len(same) == 1 else replace(one, uid=f"{one.uid}#{len(same)}"))
    return found
