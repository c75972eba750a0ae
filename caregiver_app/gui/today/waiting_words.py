"""What waits for an answer, as the Today tab says it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caregiver_app.domain.deadlines import DATED, DEADLINES
from caregiver_app.domain.entities import Appointment, Assistance, Authorisation, Call
from caregiver_app.domain.reminders import CHECK_INS, HAPPENED, SHEETS, Reminder
from caregiver_app.domain.times import AllDay, wall
from caregiver_app.gui.lasting_words import until_of
from caregiver_app.gui.reminder_answers import grouped
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.today.phrases import directions, near_day
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

Asked = tuple[str, str, str]

_KINDS: Final = {kind: name for name, kind in DATED.items()}


@value
class Line:
    """One line of a day's notice: its reminder, its words, and where it is about."""

    id: str
    title: str
    asked: Asked


@value
class Waiting:
    """One row: a reminder, or the lines of a day's notice.

    `ids` are what its buttons answer, `more` further paragraphs, `asked` where it leads to.
    """

    ids: tuple[str, ...]
    icon: str
    kind: str
    title: str
    more: tuple[str, ...]
    chip: str
    overdue: bool
    name: str
    colour: int
    lines: tuple[Line, ...]
    asked: Asked


class WaitingWords:
    """Finds the words of the rows."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._words = ReminderWords(house)

    def groups(self, reminders: Sequence[Reminder]) -> list[list[Reminder]]:
        """Return what goes into one row each, the oldest first."""
        return grouped(reminders)

    def row(self, group: Sequence[Reminder], *, several: bool) -> Waiting:
        """Return the words of one row; `several` people are shown at once."""
        said, first = self._words.said(group[0]), group[0]
        if len(group) > 1:
            lines = tuple(self._line(one, several=several) for one in group)
            return Waiting(
                tuple(one.id for one in group), "reminder", "infusion",
                self._words.group_title(group), (), said.second, said.overdue, said.person,
                said.colour, lines, lines[0].asked,
            )  # fmt: skip
        owner = self._words.owner(first)
        title, rest = self._parts(first, owner, said.title)
        more = (*((rest,) if rest else ()), *(f"•  {line}" for line in said.lines))
        return Waiting(
            (first.id,), said.icon, said.kind, title, more, said.second, said.overdue,
            said.person, said.colour, (), self._asked(first, several=several),
        )  # fmt: skip

    def _line(self, reminder: Reminder, *, several: bool) -> Line:
        asked = self._asked(reminder, several=several)
        return Line(reminder.id, self._words.title(reminder), asked)

    def _parts(self, reminder: Reminder, owner: Appointment | None, title: str) -> tuple[str, str]:
        """Return title and second line; together they hold every word of the reminder."""
        if reminder.what in DEADLINES:
            return title, self._about(reminder)
        if reminder.what == HAPPENED:
            return title, tr("Open it to mark it done, or to say what became of it.")
        if reminder.what not in ("lead", "papers", "leave"):
            head, colon, rest = title.partition(":")
            if colon:
                rest = rest.strip()
                return head, rest[:1].upper() + rest[1:]
            visit = "" if owner is None else owner.title
            day = short_date(wall(reminder.start).date())
            return title, tr("For {visit}, {day}", visit=visit, day=day) if visit else ""
        if owner is None:
            return title, ""
        if reminder.what == "leave":
            return title, " · ".join(part for part in (owner.driver, owner.driver_phone) if part)
        if owner.type == "medication":
            return title, directions(self._house, owner)
        note = _first_line(owner.note)
        if reminder.what == "papers":
            return title, note
        parts = (self._start(reminder, owner), owner.place, note)
        return owner.title, " · ".join(part for part in parts if part)

    def _about(self, reminder: Reminder) -> str:
        """Return what helps with a day that the family wrote down; numbers stay on their card."""
        match self._house.reminders.source_of(reminder):
            case Authorisation(plan=plan, note=note):
                known = None if plan is None else self._house.plans.get(plan)
                about = "" if known is None else tr("For {medicine}", medicine=known.medicine)
                parts = (about, _first_line(note))
            case Assistance(phone=phone, note=note):
                parts = (phone, _first_line(note))
            case Call(text=text):
                parts = (_first_line(text),)
            case _:
                parts = ()
        return " · ".join(part for part in parts if part)

    def _start(self, reminder: Reminder, owner: Appointment) -> str:
        """Return "Tomorrow, 9:00", where the appointment is; "" when that is its own hour.

        Of what lasts for days it is said until which: "Tomorrow, until Fri 27 Mar".
        """
        if not reminder.minutes:
            return ""
        local = wall(reminder.start)
        day = near_day(local.date(), self._house.care.today)
        said = day if isinstance(reminder.start, AllDay) else f"{day}, {time_text(local)}"
        until = until_of(owner, reminder.start, self._house.care.home)
        return f"{said}, {until}" if until else said

    @staticmethod
    def _asked(reminder: Reminder, *, several: bool) -> Asked:
        if reminder.what in CHECK_INS:
            return "watch", "checkin_today", reminder.person if several else ""
        if reminder.what in DEADLINES:
            return "care", _KINDS[DEADLINES[reminder.what]], reminder.owner
        if reminder.what in SHEETS:
            return "visit", reminder.what, reminder.owner
        if reminder.what == HAPPENED:
            return "visit", "visit", reminder.owner
        if reminder.what == "lead":
            return "calendar", "appointment", reminder.owner
        return "bag", "visit", reminder.owner


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""
