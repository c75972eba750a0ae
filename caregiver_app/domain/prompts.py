"""One idea a day, where somebody asked for it: a line of the day's one notice.

Which idea comes on which day follows from what was said before; what became of one is an `Answer`
like that of any reminder. Nobody is asked about a day on which none was looked at: it is over
with its day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain.reminders import (
    SLACK,
    Reminder,
    Surroundings,
    day_notice,
    reminder_id,
    split_id,
)
from caregiver_app.domain.times import AllDay, instant, parse_moment
from caregiver_app.values import value

PROMPT: Final = "prompt"
"""What such a reminder is about."""
PROMPTS: Final = "prompts"
"""The id that all their answers hang on, and the name of their kind."""
NO_MORE: Final = "no_more"
"""The reason of an answer that says: never this idea again."""

_ONE_DAY: Final = timedelta(days=1)
_BEFORE: Final = date.min


@value
class PromptOn:
    """The idea of one day: its card and the person it is about.

    `said` once it was; `gone` when it was put away afterwards, so that nothing waits any more.
    """

    day: date
    card: str
    person: str
    said: bool = False
    gone: bool = False


@value
class Prompts:
    """All ideas of the days looked at. `since` is the UTC instant from which they are wanted."""

    days: tuple[PromptOn, ...]
    since: datetime
    id: str = PROMPTS


def prompt_entry(one: PromptOn) -> str:
    """Return the entry of a day's idea, from which it can be read again."""
    return f"{PROMPTS}:{one.card}.{one.person}"


def read_prompt(reminder: str) -> PromptOn | None:
    """Return what the id of a reminder says of the idea of a day, None where it is not one."""
    parts = split_id(reminder)
    if parts is None:
        return None
    owner, _, rest = parts[0].partition(":")
    card, dot, person = rest.partition(".")
    start = parse_moment(parts[1], None)
    if owner != PROMPTS or not (card and dot and person) or not isinstance(start, AllDay):
        return None
    return PromptOn(start.day, card, person, said=True)


def going_round(
    said: Sequence[PromptOn], wanted: Mapping[str, Sequence[str]], days: Sequence[date]
) -> tuple[PromptOn, ...]:
    """Return the ideas of `days` that follow what was said: one a day, none before its turn.

    `wanted` gives by person the ids of the cards that may come, in their order. People take
    turns; of one, the card comes that was said longest ago. A day of which something was said
    keeps that. A person without cards is passed over.
    """
    known: dict[tuple[str, str], date] = {}
    for one in said:
        key = one.person, one.card
        known[key] = max(one.day, known.get(key, _BEFORE))
    taken = {one.day for one in said}
    people = [person for person, cards in wanted.items() if cards]
    found: list[PromptOn] = []
    for day in days:
        if day in taken or not people:
            continue
        person = people[day.toordinal() % len(people)]
        card = min(wanted[person], key=lambda card: known.get((person, card), _BEFORE))
        known[person, card] = day
        found.append(PromptOn(day, card, person))
    return tuple(found)


def prompt_reminders(prompts: Prompts, near: Surroundings) -> list[Reminder]:
    """Return a reminder for each day's idea, the earliest first.

    None comes of a notice whose hour was over as they were asked for.
    """
    found = [_reminder(one, near) for one in prompts.days]
    said = {one.id for one, day in zip(found, prompts.days, strict=True) if day.said}
    wanted = [one for one in found if one.id in said or one.due > prompts.since]
    return sorted(wanted, key=lambda reminder: (reminder.due, reminder.id))


def _reminder(one: PromptOn, near: Surroundings) -> Reminder:
    start, entry, due = AllDay(one.day), prompt_entry(one), day_notice(one.day, near)
    return Reminder(
        reminder_id(entry, one.day.isoformat(), 0),
        entry,
        PROMPTS,
        one.person,
        PROMPT,
        start,
        0,
        due,
        rings=False,
        over=due if one.gone else instant(AllDay(one.day + _ONE_DAY), near.home),
    )


def earliest_open_prompt(
    prompts: Prompts, settled: Callable[[str], bool], near: Surroundings
) -> datetime | None:
    """Return a UTC instant before which no idea is open, None for never."""
    waiting = [one.due for one in prompt_reminders(prompts, near) if not settled(one.id)]
    return min(waiting) - SLACK if waiting else None
