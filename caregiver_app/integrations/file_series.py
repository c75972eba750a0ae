"""The events of a file put in order: changed dates beside their series, each event under its name.

RFC 5545 3.8.4.4: an event with RECURRENCE-ID stands for one date of the series of its UID, with
RANGE=THISANDFUTURE for that date and all later ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from caregiver_app.domain.recurrence import Rule, expand, read_rule, rule_text, split
from caregiver_app.domain.rules import FIRST_YEAR, LAST_YEAR
from caregiver_app.domain.times import Moment, to_text, wall, wall_text, with_wall
from caregiver_app.errors import InputRefused
from caregiver_app.integrations.incoming import Incoming, Remark
from caregiver_app.integrations.moments import as_of
from caregiver_app.values import value

MOST_DATES: Final = 5000
"""So many dates of a rule are written out where no rule says the same."""
ONE_DATE: Final = "FREQ=DAILY;COUNT=1"
"""The rule of a series that is nothing but the dates it names."""
OWN_LENGTH: Final = -1
"""The revision of a date that the file names with a length of its own: any other one wins."""


@value
class Ordered:
    """A file's events, and those of them that newer ones in the same file replace."""

    events: tuple[Incoming, ...]
    replaced: tuple[Incoming, ...]


def in_order(events: list[Incoming], named: Mapping[int, Moment]) -> Ordered:
    """Return a file's events, changed dates known by the wall times of their series.

    Args:
        events: all of them, as they stand in the file.
        named: the dates that changed ones replace, by the line at which these begin.
    """
    series: dict[str, Incoming] = {}
    for one in events:
        if one.rrule and not one.original:
            held = series.get(one.uid)
            series[one.uid] = one if held is None or held.sequence < one.sequence else held
    known: list[Incoming] = []
    later: dict[str, list[Incoming]] = {}
    gone: list[Incoming] = []
    for one in events:
        master = series.get(one.uid)
        if not one.original or master is None:
            known.append(replace(one, following=False) if one.following else one)
            continue
        changed = _known_by(master, one, named.get(one.line))
        if changed is None:
            known.append(replace(one, following=False))
            continue
        if 0 <= one.sequence < master.sequence and changed.original in master.exdates:
            gone.append(one)  # the newer series leaves that date out
        elif one.following:
            later.setdefault(one.uid, []).append(changed)
        else:
            known.append(changed)
    found, older = _told_apart(known)
    for changes in later.values():
        newest, outdated = _told_apart(changes)
        older += outdated
        found = _divided(found, newest)
    kept = (replace(one, sequence=0) if one.sequence == OWN_LENGTH else one for one in found)
    return Ordered(tuple(kept), (*gone, *(one for one in older if one.sequence != OWN_LENGTH)))


def _known_by(master: Incoming, one: Incoming, named: Moment | None) -> Incoming | None:
    """Return a changed date under the wall time of its series, None where that has no such year."""
    moment = one.named if named is None or one.sequence == OWN_LENGTH else named
    try:
        return replace(
            one, original=to_text(with_wall(master.moment, as_of(master.moment, moment)))
        )
    except InputRefused:
        return None


# -- This and all later dates ----------------------------------------------------------------------


def _divided(events: list[Incoming], changes: list[Incoming]) -> list[Incoming]:
    """Let a series end before its first change, and another one begin with each of them.

    The changes name dates of the series as it was at first.
    """
    uid = changes[0].uid
    place = next((n for n, one in enumerate(events) if one.uid == uid and one.rrule), None)
    if place is None:
        return [*events, *(replace(one, following=False) for one in changes)]
    changes = sorted(changes, key=lambda one: one.original)
    ends = [*(one.original for one in changes[1:]), ""]
    master, first = events[place], changes[0].original
    rule = read_rule(master.rrule, master.moment).rule
    before, _ = split(rule, master.moment, datetime.fromisoformat(first))
    found = list(events)
    found[place] = replace(
        master,
        rrule=ONE_DATE if before is None else rule_text(before),
        exdates=(
            *(() if before is not None else (to_text(master.moment),)),
            *(text for text in master.exdates if text < first),
        ),
        rdates=tuple(text for text in master.rdates if text < first),
    )
    for change, beyond in zip(changes, ends, strict=True):
        tail = _piece(master, rule, change, beyond)
        shift = _shift(change)
        found = [_with_piece(one, change, tail.uid, shift, beyond) for one in found]
        found.append(tail)
    return found


def _shift(change: Incoming) -> timedelta:
    """Return by how much a change moves each of its dates."""
    return wall(change.moment) - datetime.fromisoformat(change.original)


def _piece(master: Incoming, rule: Rule, change: Incoming, beyond: str) -> Incoming:
    """Return the series of the dates from a change on, up to the date `beyond` if there is one."""
    shift, at = _shift(change), datetime.fromisoformat(change.original)
    _, rest = split(rule, master.moment, at)
    text, dates = "", list[str]()
    if rest is not None:
        begins = with_wall(master.moment, next(expand(master.moment, rule, at)))
        if beyond:
            rest, _ = split(rest, begins, datetime.fromisoformat(beyond))
        text = "" if rest is None else _shifted_rule(change, rest, shift)
        if rest is not None and not text:
            found = islice(expand(begins, rest, at), MOST_DATES)
            text = ONE_DATE
            dates = [to_text(with_wall(change.moment, one)) for one in _later(found, shift)]
    written = [] if len(dates) < MOST_DATES else [_written_out(dates[-1])]
    rdates = {*dates, *_moved(master.rdates, change.original, beyond, shift)}
    return replace(
        change,
        uid=f"{change.uid}#{change.original}",
        original="",
        following=False,
        rrule=text or (ONE_DATE if rdates else ""),
        exdates=_moved(master.exdates, change.original, beyond, shift),
        rdates=tuple(sorted(rdates)),
        remarks=(*change.remarks, *written),
    )


def _written_out(last: str) -> Remark:
    return Remark(key="import.written_out", values={"day": last[:10]})


def _shifted_rule(change: Incoming, rule: Rule, shift: timedelta) -> str:
    """Return the rule whose dates are all `shift` later, "" where there is none."""
    days = (wall(change.moment).date() - datetime.fromisoformat(change.original).date()).days
    moved = rule if rule.until is None else replace(rule, until=rule.until + shift)
    if rule.hours or rule.minutes or rule.seconds:
        return ""
    if days:
        bare = Rule(rule.frequency, rule.interval, rule.weekdays, rule.count, rule.until,
                    rule.week_start)  # fmt: skip
        if rule != bare or not (rule.frequency == "WEEKLY" or _is_every_nth_day(rule)):
            return ""
        weekdays = tuple(sorted((day + days) % 7 for day in rule.weekdays))
        moved = replace(moved, weekdays=weekdays, week_start=(rule.week_start + days) % 7)
    text = rule_text(moved)
    with suppress(InputRefused):
        if read_rule(text, change.moment).matches_start:
            return text
    return ""


def _is_every_nth_day(rule: Rule) -> bool:
    return rule.frequency == "DAILY" and not rule.weekdays


def _later(dates: Iterable[datetime], shift: timedelta) -> Iterator[datetime]:
    """Yield the wall times `shift` later, as long as this calendar goes."""
    for local in dates:
        moved = local + shift
        if not FIRST_YEAR <= moved.year <= LAST_YEAR:
            return
        yield moved


def _moved(texts: Iterable[str], since: str, beyond: str, shift: timedelta) -> tuple[str, ...]:
    """Return the wall times from `since` on and before `beyond`, each `shift` later."""
    found = (text for text in texts if since <= text and (not beyond or text < beyond))
    moved = (_shifted(text, shift) for text in found)
    return tuple(text for text in moved if FIRST_YEAR <= int(text[:4]) <= LAST_YEAR)


def _shifted(text: str, shift: timedelta) -> str:
    at = datetime.fromisoformat(text) + shift
    return wall_text(at) if "T" in text else at.date().isoformat()


def _with_piece(
    one: Incoming, change: Incoming, name: str, shift: timedelta, beyond: str
) -> Incoming:
    """Return an event, one of the divided series' later dates as one of the new series."""
    if one.uid != change.uid or not one.original or one.original < change.original:
        return one
    if beyond and one.original >= beyond:
        return one
    return replace(one, uid=name, original=_shifted(one.original, shift))


# -- Revisions -------------------------------------------------------------------------------------


def _told_apart(events: list[Incoming]) -> tuple[list[Incoming], list[Incoming]]:
    """Return the newest revision of each event, and the older ones.

    The revision with the highest SEQUENCE holds (RFC 5545 3.8.7.4); of one date of a series that
    has several with the same one, the last that was written. Different events of one name get names
    of their own.
    """
    events = _different(events)
    newest: dict[tuple[str, str], tuple[int, str, int]] = {}
    for place, one in enumerate(events):
        name, rank = (one.uid, one.original), _rank(one, place)
        newest[name] = max(newest.get(name, rank), rank)
    kept: Counter[tuple[str, str]] = Counter()
    found: list[Incoming] = []
    older: list[Incoming] = []
    for place, one in enumerate(events):
        name = one.uid, one.original
        if _rank(one, place) < newest[name]:
            older.append(one)
            continue
        kept[name] += 1
        found.append(one if kept[name] == 1 else replace(one, uid=f"{one.uid}#{kept[name]}"))
    return found, older


def _different(events: list[Incoming]) -> list[Incoming]:
    """Return the events without those that the file has word by word more than once."""
    often = Counter((one.uid, one.original) for one in events)
    seen: set[str] = set()
    found: list[Incoming] = []
    for one in events:
        if often[one.uid, one.original] > 1:
            bare = repr(replace(one, line=0))
            if bare in seen:
                continue
            seen.add(bare)
        found.append(one)
    return found


def _rank(one: Incoming, place: int) -> tuple[int, str, int]:
    """Return what is greater in a newer revision of the same event."""
    return (one.sequence, one.changed, place) if one.original else (one.sequence, "", 0)
