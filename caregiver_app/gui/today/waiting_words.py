"""What waits for an answer, as the Today tab says it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from caregiver_app.domain.deadlines import DEADLINES
from caregiver_app.domain.entities import Appointment, Assistance, Authorisation, Call
from caregiver_app.domain.reminders import HAPPENED, PAPERS, Reminder
from caregiver_app.domain.times import AllDay, wall
from caregiver_app.gui.lasting_words import until_of
from caregiver_app.gui.reminder_ideas import is_idea
from caregiver_app.gui.reminder_order import Group, asks_first, doses_of, in_order
from caregiver_app.gui.reminder_places import Asked, place_of
from caregiver_app.gui.reminder_sure import sure_words
from caregiver_app.gui.reminder_words import ReminderWords
from caregiver_app.gui.today.phrases import directions, near_day
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

MOST_LINES: Final = 8
"""A row with more lines than this shows no more at first."""


@value
class Line:
    """One line of a row: the ids that it answers, its words, and where it is about.

    `name` says it where the row's title is not read; an `idea` is never put off or explained.
    """

    ids: tuple[str, ...]
    title: str
    name: str
    asked: Asked
    idea: bool = False


@value
class Waiting:
    """One row: a reminder, the lines of a day's notice, or the past days of a medicine.

    `ids` are what its buttons answer, `more` further paragraphs, `asked` where it leads to, `key`
    stays the same while lines are answered. `done` are the words of its Done, which has to ask
    first where several doses are meant (`asks`); `hidden` lines are not shown. An `idea` of the
    support tab is never put off or explained.
    """

    key: str
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
    done: str
    asks: bool = False
    hidden: int = 0
    idea: bool = False


class WaitingWords:
    """Finds the words of the rows."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._words = ReminderWords(house)

    def groups(self, reminders: Sequence[Reminder], late: Collection[str] = ()) -> list[Group]:
        """Return what goes into one row each, in the order of the reminder panel."""
        care = self._house.care
        return in_order(reminders, care.today, care.home, late)

    def late_title(self, late: Sequence[Reminder]) -> str:
        """Return how much could not be said in time, and since when."""
        return self._words.late_title(late)

    def sure(self, reminders: Sequence[Reminder]) -> tuple[list[str], str]:
        """Return what "all done" would mark, and the words of the button that does it."""
        return sure_words(self._words, reminders, self._house.care)

    def row(self, group: Group, *, several: bool, lines: int = MOST_LINES) -> Waiting:
        """Return the words of one row; `several` people are shown at once.

        `lines` are the most that it shows.
        """
        first, said = group.reminders[0], self._words.said_of(group)
        asked = place_of(first, several=several)
        if group.kind != "one":
            parts, asks = group.parts, asks_first(group.reminders)
            shown = tuple(self._line(group, one, several=several) for one in parts[:lines])
            done = tr("All done")
            if group.kind == "days" and asks:
                done = tr("All {count} done", count=doses_of(group.reminders))
            return Waiting(
                group.key, group.ids, said.icon, said.kind, said.title, (), said.second,
                said.overdue, said.person, said.colour, shown, asked, done, asks,
                len(parts) - len(shown),
            )  # fmt: skip
        owner = self._words.owner(first)
        title, rest = self._parts(first, owner, said.title)
        more = (*((rest,) if rest else ()), *(f"•  {line}" for line in said.lines))
        return Waiting(
            group.key, group.ids, said.icon, said.kind, title, more, said.second, said.overdue,
            said.person, said.colour, (), asked, tr("Done"), idea=is_idea((first,)),
        )  # fmt: skip

    def _line(self, group: Group, part: Sequence[Reminder], *, several: bool) -> Line:
        words = self._words.part_words(group, part)
        name = words if group.kind != "days" else f"{self._words.title(part[0])}, {words}"
        asked = place_of(part[0], several=several)
        return Line(tuple(one.id for one in part), words, name, asked, is_idea(part))

    def _parts(self, reminder: Reminder, owner: Appointment | None, title: str) -> tuple[str, str]:
        """Return title and second line; together they hold every word of the reminder."""
        if is_idea((reminder,)):
            return title, ""
        if reminder.what in DEADLINES:
            return title, self._about(reminder)
        if reminder.what == HAPPENED:
            return title, tr("Open it to mark it done, or to say what became of it.")
        if reminder.what not in ("lead", PAPERS, "leave"):
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
        if reminder.what == PAPERS:
            return title, note
        parts = (self._start(reminder, owner), owner.place, note)
        return owner.title, " · ".join(part for part in parts if part)

    def _about(self, reminder: Reminder) -> str:
        """Return what helps with a day that the family wrote down; numbers stay on their card."""
        match self._house.reminders.source_of(reminder):
            case Authorisation(plan=plan, note=note):
                known = self._house.agenda.plan(plan)
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


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else ""
