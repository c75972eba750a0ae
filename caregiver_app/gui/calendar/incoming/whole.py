"""All that a file says of one row, as short facts, and what the row is going to have from here."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.reminders import lead_times
from caregiver_app.domain.times import AllDay, Moment, Zoned, ends, in_zone, whole_days
from caregiver_app.gui.calendar.incoming.about import entry_of
from caregiver_app.gui.calendar.incoming.wording import Wording, counted, leads, plain
from caregiver_app.gui.lasting_words import until_of
from caregiver_app.gui.words import count_text, length_text, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.importer import NEW, SKIPPED, Row

FACTS: Final = {
    "whose": "Whose",
    "lasts": "Lasts",
    "repeats": "Repeats",
    "place": "Place",
    "reminders": "Reminders",
    "note": "Note",
}
"""The names of the facts with their words, in the order in which they are read."""
_LONGEST_NOTE: Final = 20_000
_MOST_LINES: Final = 200


def note_text(text: str) -> str:
    """Return a note of a file as plain lines without anything that is not a letter or a sign."""
    lines = text[:_LONGEST_NOTE].splitlines()[:_MOST_LINES]
    return "\n".join(plain(line, 2_000) for line in lines).strip()


class Whole:
    """Tells the facts of rows for one household."""

    def __init__(self, house: Household, wording: Wording) -> None:
        self._house, self._wording = house, wording
        self._names = {one.id: one.name or tr("No name yet") for one in house.people.people()}

    def facts(self, row: Row, kind: str, *, whose_is_said: bool) -> dict[str, str]:
        """Return the facts by the names of FACTS, "" where there is nothing to say.

        `kind` is the kind that a new row is going to have; `whose_is_said` is False
        where nobody has said yet whose the row is going to be.
        """
        one = entry_of(row)
        said = one if row.event is None or row.goes else row.event
        facts = dict.fromkeys(FACTS, "")
        if said is not None:
            facts["place"], facts["note"] = plain(said.place), note_text(said.note)
            if row.start is not None:
                facts["lasts"] = self._lasts(row.start, said.minutes, one)
                facts["repeats"] = self._repeats(
                    said.rrule, row.start, len(said.rdates), len(said.exdates)
                )
        if one is not None and row.state != SKIPPED and not row.goes:
            said_of = replace(one, type=kind) if row.state == NEW else one
            facts["reminders"] = leads(lead_times(said_of, self._house.ringing.leads()))
        if one is not None and len(self._names) > 1:
            name = self._names.get(one.person, "")
            facts["whose"] = name if whose_is_said else tr("not said yet")
        return facts

    def _lasts(self, start: Moment, minutes: int, one: Appointment | None) -> str:
        home = self._house.care.home
        if isinstance(start, AllDay):
            days = max(1, whole_days(minutes))
            length = count_text(days, "{count} day", "{count} days")
            here = True
        elif minutes:
            length = length_text(minutes)
            here = not isinstance(start, Zoned) or start.zone == home
        else:
            return ""
        until = "" if one is None or one.minutes != minutes else until_of(one, start, home)
        if not until and here and not isinstance(start, AllDay):
            over = in_zone(ends(start, minutes, home), home)
            until = tr("until {time}", time=time_text(over))
        return tr("{length}, {until}", length=length, until=until) if until else length

    def _repeats(self, rule: str, start: Moment, more: int, fewer: int) -> str:
        parts = [self._wording.rule_of(rule, start)]
        if more:
            parts.append(counted(more, "{count} extra date", "{count} extra dates"))
        if rule and fewer:
            parts.append(counted(fewer, "{count} date left out", "{count} dates left out"))
        return ", ".join(part for part in parts if part)
