"""What a month shows: its weeks as plain values, and the item model that hands them to the grid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from caregiver_app.domain.lasting import lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.rides import needs_driver
from caregiver_app.domain.times import AllDay, in_zone, zone_for
from caregiver_app.gui.calendar.coverage_days import Approvals, Approved
from caregiver_app.gui.calendar.month_lanes import BAR, NOTHING, Week, week_of
from caregiver_app.gui.lasting_words import over_time, part_words, until_words
from caregiver_app.gui.whom import badge_letters, called
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import (
    count_text,
    formats,
    long_date,
    short_weekday,
    time_text,
    tr,
    weekday_text,
)
from caregiver_app.services.household import Household
from caregiver_app.values import value

WEEK: Final = 7
_KIND_WORDS: Final = {
    "infusion": "Infusion",
    "check-in": "Check-in",
    "follow-up": "Follow-up",
    "lab": "Lab",
    "medication": "Medicine",
    "drive": "Drive",
}
"""What the icon says to the eye; anything else goes by its title."""
_INDEX = QModelIndex | QPersistentModelIndex


@value
class Mark:
    """One appointment on one day. `person` is empty where everybody knows who is meant.

    `part` says of what lasts for days which of them this is, "day 2 of 4, until Fri 27 Mar";
    `outside` that the insurer's approvals do not reach it.
    """

    appointment: str
    occurrence: str
    kind: str
    title: str
    time: str
    status: str
    is_visit: bool
    needs_driver: bool
    person: str
    colour: int
    letters: str = ""
    part: str = ""
    outside: bool = False

    def sentence(self) -> str:
        """Return what a screen reader says of it: "Follow-up, Dr Sol 9:30, Rosa, cancelled"."""
        state = {"done": tr("done"), "cancelled": tr("cancelled"), "booked": ""}.get(self.status)
        if state is None:
            state = tr("planned") if self.is_visit else ""
        driver = tr("no driver yet") if self.needs_driver else ""
        what = " ".join(part for part in (self.title, self.time) if part)
        outside = tr("outside the approved time") if self.outside else ""
        kind = kind_word(self.kind, self.title)
        parts = (kind, what, self.part, self.person, state, driver, outside)
        return ", ".join(part for part in parts if part)


@value
class Watching:
    """How the line of a watch window crosses one day, which is day `number` of `last`."""

    before: bool
    after: bool
    starts: bool
    ends: bool
    number: int = 0
    last: int = 0

    def sentence(self) -> str:
        """Return "day 3 of 14"."""
        return tr("day {day} of {last}", day=self.number, last=self.last)


@value
class Day:
    """One cell of the month: what happens on it, and who can write a mark of each when asked.

    `blocked` says why the day doesn't suit, "" where nobody said why, None where it suits.
    """

    day: date
    of_month: bool
    today: bool
    entries: tuple[Occurrence, ...]
    pen: Pen
    watching: Watching | None = None
    blocked: str | None = None
    week: Week = NOTHING
    approved: Approved | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks of everything that happens, in order of time."""
        return tuple(self.pen.mark(one, self.day) for one in self.entries)

    def leading(self, count: int) -> list[Mark]:
        """Return the first `count` marks as they are painted: infusions come before the rest."""
        bars = [one for one in self.entries if one.appointment.type == BAR]
        first = [one for one in self.entries[: count + len(bars)] if one.appointment.type != BAR]
        return [self.pen.mark(one, self.day) for one in (bars + first)[:count]]

    def own(self, count: int) -> list[Mark]:
        """Return the first `count` marks without those that cross the week, infusions first."""
        own: Sequence[Occurrence] = self.entries
        if self.week.stretches:
            over = {id(one.entry) for one in self.week.stretches}
            own = [one for one in own if id(one) not in over]
        bars = [one for one in own if one.appointment.type == BAR]
        first = [one for one in own[: count + len(bars)] if one.appointment.type != BAR]
        return [self.pen.mark(one, self.day) for one in (bars + first)[:count]]

    def span(self, key: tuple[str, str]) -> tuple[date, date]:
        """Return the first and last day of an item of this day, by appointment and date."""
        for one in self.entries:
            if (one.appointment.id, one.key) == key:
                return one.day(self.pen.home), one.last_day(self.pen.home)
        return self.day, self.day

    def sentence(self) -> str:
        """Return the whole cell as a screen reader says it."""
        parts = [long_date(self.day, year=True)]
        if self.today:
            parts.insert(0, tr("Today"))
        if self.entries:
            parts.append(count_text(len(self.entries), "{count} item", "{count} items"))
        else:
            parts.append(tr("nothing planned"))
        said = ", ".join(parts)
        if self.entries:
            said = f"{said}: {'; '.join(mark.sentence() for mark in self.marks)}"
        if self.blocked is not None:
            said = f"{said}; {unsuited(self.blocked)}"
        if self.watching is not None:
            said = f"{said}; {tr('watching for signs')}, {self.watching.sentence()}"
        if self.approved is None:
            return said
        return f"{said}; {tr('approved') if self.approved.held else tr('not approved yet')}"


def unsuited(reason: str) -> str:
    """Return that a day doesn't suit, and why if that was said."""
    return tr("doesn’t suit: {reason}", reason=reason) if reason else tr("doesn’t suit")


def is_bar(mark: Mark) -> bool:
    """Tell whether a mark is drawn as the infusion's bar."""
    return mark.kind == BAR


def weeks_of(month: date, week_start: int) -> list[date]:
    """Return the first day of each week that a month touches; `week_start` 0 is Monday."""
    first = month.replace(day=1)
    first -= timedelta(days=(first.weekday() - week_start) % WEEK)
    found = [first]
    while (following := found[-1] + timedelta(days=WEEK)).replace(day=1) <= month.replace(day=1):
        found.append(following)
    return found


def kind_word(kind: str, title: str) -> str:
    """Return the word for what the icon says, "" where the title says it already."""
    word = tr(_KIND_WORDS[kind]) if kind in _KIND_WORDS else ""
    return "" if word.casefold() in title.casefold() else word


class Pen:
    """Writes marks for one household as it is now."""

    def __init__(
        self, house: Household, person: str | None = None, outside: frozenset[str] = frozenset()
    ) -> None:
        """`person` is who is looked at; then nobody need be named.

        `outside` are the visits that no approval reaches.
        """
        self._outside = outside
        people = house.people.people()
        self.home = house.care.home
        self._places = {one.id: number for number, one in enumerate(people)}
        several = len(people) > 1 and person is None
        self._names = {one.id: called(one) for one in people} if several else {}
        self._letters = badge_letters(people) if several else {}

    def mark(self, occurrence: Occurrence, day: date | None = None) -> Mark:
        """Return the mark of one occurrence, as it is on a `day` of those it lasts."""
        one = occurrence.appointment
        is_visit = one.plan is not None
        time, part = start_text(occurrence, self.home), ""
        days = None if day is None else lasting(occurrence, self.home)
        if days is not None and day is not None:
            part = f"{part_words(days, day)}, {until_words(occurrence, days, self.home)}"
            if day != days.first:
                over = over_time(occurrence, self.home)
                time = tr("until {time}", time=over) if over and day == days.last else ""
        return Mark(
            one.id,
            occurrence.key,
            one.type,
            one.title,
            time,
            one.status,
            is_visit,
            needs_driver(one),
            self._names.get(one.person, ""),
            self._places.get(one.person, 0) % 2 + 1,
            self._letters.get(one.person, ""),
            part,
            one.id in self._outside,
        )


def days_of(
    house: Household,
    month: date,
    person: str | None,
    week_start: int = 0,
    *,
    everyday: bool = True,
    kinds: Collection[str] | None = None,
    approvals: Approvals | None = None,
) -> list[list[Day]]:
    """Return the weeks of a month with everything that happens in them.

    Without `everyday`, medicines of every day are left out; `kinds` are the types of appointment
    that are wanted (None: all); `approvals` those of the same person, if they are known already.
    """
    starts = weeks_of(month, week_start)
    first, last = starts[0], starts[-1] + timedelta(days=WEEK - 1)
    entries = house.agenda.days(first, last, person, everyday=everyday, kinds=kinds)
    lines = watching_on(house, first, last, person)
    blocked = house.blocked.days(first, last, person)
    approvals = approvals or Approvals(house, person)
    approved = approvals.days(first, last)
    pen, today = Pen(house, person, approvals.outside), house.care.today

    def row(start: date) -> list[Day]:
        listed = [start + timedelta(days=n) for n in range(WEEK)]
        happens = [(day, tuple(entries.get(day, ()))) for day in listed]
        week = week_of(happens, pen.home, watched=any(day in lines for day in listed))
        return [
            Day(
                day,
                (day.year, day.month) == (month.year, month.month),
                day == today,
                found,
                pen,
                lines.get(day),
                blocked.get(day),
                week,
                approved.get(day),
            )
            for day, found in happens
        ]

    return [row(start) for start in starts]


def start_text(occurrence: Occurrence, home: str) -> str:
    """Return the wall time here at which it begins, "" for a whole day."""
    if isinstance(occurrence.start, AllDay):
        return ""
    zone = zone_for(occurrence.start, home)
    if zone == home:
        return time_text(occurrence.start.local)
    return time_text(in_zone(occurrence.begins(home), home))


def watching_on(
    house: Household, first: date, last: date, person: str | None
) -> dict[date, Watching]:
    """Return the watch lines of the one person who is looked at; several would only confuse."""
    people = house.people.people()
    only = person or (people[0].id if len(people) == 1 else None)
    found: dict[date, Watching] = {}
    if only is None:
        return found
    for window in house.agenda.watched(first, last, only):
        day = max(first, window.first)
        while day <= min(last, window.last):
            old = found.get(day, Watching(before=False, after=False, starts=False, ends=False))
            starts, ends = day == window.first, day == window.last
            found[day] = Watching(
                before=old.before or not starts,
                after=old.after or not ends,
                starts=old.starts or starts,
                ends=old.ends or ends,
                number=(day - window.first).days,
                last=(window.last - window.first).days,
            )
            day += timedelta(days=1)
    return found


class MonthModel(QAbstractTableModel):
    """A table of weeks by weekdays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._weeks: list[list[Day]] = []

    @property
    def days(self) -> Sequence[Day]:
        """Every day that is shown, in order."""
        return [day for week in self._weeks for day in week]

    def set_weeks(self, weeks: list[list[Day]]) -> None:
        """Show other weeks."""
        self.beginResetModel()
        self._weeks = weeks
        self.endResetModel()

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day, invalid when it is not shown."""
        for row, week in enumerate(self._weeks):
            if week[0].day <= day <= week[-1].day:
                return self.index(row, (day - week[0].day).days)
        return QModelIndex()

    def rowCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """How many weeks there are."""
        return 0 if parent is not None and parent.isValid() else len(self._weeks)

    def columnCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """Seven."""
        return 0 if parent is not None and parent.isValid() else WEEK

    def day_at(self, index: _INDEX) -> Day | None:
        """Return the day behind one of its cells."""
        if not index.isValid() or index.row() >= len(self._weeks):
            return None
        return self._weeks[index.row()][index.column()]

    def data(self, index: _INDEX, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """Answer the number of the day and what a screen reader says of it."""
        day = self.day_at(index)
        if day is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return day.sentence()
        return _tip(day) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """Answer the weekdays."""
        if orientation != Qt.Orientation.Horizontal or not self._weeks:
            return None
        day = self._weeks[0][section].day
        if role == Qt.ItemDataRole.DisplayRole:
            return short_weekday(day.weekday())
        return weekday_text(day) if role == Qt.ItemDataRole.AccessibleTextRole else None


def _tip(day: Day) -> str | None:
    """Return what stands beside the mouse over a day: why it doesn't suit, how it is watched."""
    told: list[str] = []
    if day.blocked is not None:
        told.append(unsuited(day.blocked))
    if day.watching is not None:
        told.append(f"{tr('watching for signs')}, {day.watching.sentence()}")
    lines = "\n".join(words[:1].upper() + words[1:] for words in told)
    return plain_tooltip(lines) if lines else None


def day_of_index(index: _INDEX) -> Day | None:
    """Return the day behind a cell."""
    model = index.model()
    return model.day_at(index) if isinstance(model, MonthModel) else None


def first_weekday() -> int:
    """Return the day on which weeks begin here; 0 is Monday."""
    return formats().first_weekday
