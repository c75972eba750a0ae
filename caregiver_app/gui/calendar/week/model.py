"""What a week shows: seven days and all that lies on them, and the lines a screen reader hears."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.times import MINUTES_A_DAY, AllDay, Zoned, in_zone
from caregiver_app.gui.calendar.agenda_model import key_of
from caregiver_app.gui.calendar.coverage_days import Approvals, outside_words
from caregiver_app.gui.calendar.month_lanes import BAR
from caregiver_app.gui.calendar.month_model import (
    WEEK,
    Day,
    Pen,
    kind_word,
    unsuited,
    watching_on,
)
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import long_date, short_date, time_text, tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

_INDEX = QModelIndex | QPersistentModelIndex
_ONE_DAY: Final = timedelta(days=1)


@value
class Item:
    """One thing of a week: where it stands and what it says.

    It begins on `first` at the minute `start` of that day (None: it is a matter of whole days) and
    is over on `last` at the minute `end`, all in the reader's zone. `minutes` is its length and
    `lead` how long before it one has to set off. `person` is "" where everybody knows who is meant;
    `letters` are theirs where one would not tell them apart; `outside` tells of a visit that no
    approval reaches.
    """

    key: str
    kind: str
    title: str
    status: str
    first: date
    start: int | None
    last: date
    end: int
    minutes: int
    lead: int
    person: str
    colour: int
    state: str
    fact: str
    place: str
    there: str
    letters: str = ""
    outside: bool = False

    @property
    def is_bar(self) -> bool:
        """Whether it is drawn in the infusion's way."""
        return self.kind == BAR

    @property
    def lies_over_days(self) -> bool:
        """Whether it stands above the hours: whole days, or a day and longer."""
        return self.start is None or self.minutes >= MINUTES_A_DAY

    @property
    def can_move(self) -> bool:
        """Whether it can be dragged; what is cancelled stays where it was."""
        return self.status != "cancelled"

    @property
    def can_stretch(self) -> bool:
        """Whether its end can be dragged; a medicine is taken at a time, not for a while."""
        return self.can_move and not self.lies_over_days and self.kind != "medication"

    @property
    def can_stretch_days(self) -> bool:
        """Whether its last day can be dragged: that of whole days."""
        return self.can_move and self.start is None and self.kind != "medication"

    @property
    def time(self) -> str:
        """When it begins, "" for whole days."""
        return "" if self.start is None else minute_text(self.start)

    @property
    def until(self) -> str:
        """When it is over, "" where that is no hour of its own."""
        if self.start is None or not self.minutes or self.kind == "medication":
            return ""
        return minute_text(self.end)

    def touches(self, day: date) -> bool:
        """Tell whether it lies on a day."""
        return self.first <= day <= self.last

    def on(self, day: date) -> tuple[int, int]:
        """Return from which to which minute of a day it lasts."""
        start = self.start if day == self.first and self.start is not None else 0
        return start, self.end if day == self.last else MINUTES_A_DAY

    def span_text(self) -> str:
        """Return "9:30–12:00", with the days where they differ."""
        if self.start is None and self.first == self.last:
            return tr("all day")
        if self.start is not None and not self.until:
            return self.time
        if self.first == self.last:
            return tr("{start}–{end}", start=self.time, end=self.until)
        far = self.last.year != self.first.year
        start, end = short_date(self.first, year=far), short_date(self.last, year=far)
        if self.start is None:
            return tr("all day, {start} – {end}", start=start, end=end)
        return tr("{start} – {end}", start=f"{start} {self.time}", end=f"{end} {self.until}")

    def leave_text(self) -> str:
        """Return "leave 8:40", "" where nobody has to be on the way before."""
        at = self.leave_time()
        return tr("leave {time}", time=at) if at else ""

    def leave_time(self) -> str:
        """Return only the hour of that, "8:40" or "8:40 am"."""
        if not self.lead or self.start is None:
            return ""
        return minute_text((self.start - self.lead) % MINUTES_A_DAY)

    def sentence(self) -> str:
        """Return what a screen reader says of it."""
        span = self.span_text() if self.start is not None else tr("all day")
        if self.until:
            span = tr("{start} to {end}", start=self.time, end=self.until)
        day = long_date(self.first)
        if self.last != self.first:
            day = tr("{first} to {last}", first=day, last=long_date(self.last))
        parts = (
            kind_word(self.kind, self.title),
            self.title,
            self.person,
            span,
            self.there,
            self.state,
        )
        outside = tr("outside the approved time") if self.outside else ""
        more = (outside, self.fact, self.leave_text(), self.place, day)
        return ", ".join(part for part in (*parts, *more) if part)

    def tip(self) -> str:
        """Return the same in lines, for whoever points at it."""
        whose = " · ".join(part for part in (self.title, self.person) if part)
        when = " · ".join(part for part in (self.span_text(), self.there) if part)
        state = " · ".join(part for part in (self.state, self.fact, self.leave_text()) if part)
        outside = outside_words() if self.outside else ""
        return "\n".join(part for part in (whose, when, outside, state, self.place) if part)


@value
class WeekShown:
    """Seven days with everything on them. `now` is the wall time at which this was looked up."""

    chosen: date
    days: tuple[Day, ...]
    items: tuple[Item, ...]
    now: datetime

    @property
    def first(self) -> date:
        """The first day."""
        return self.days[0].day

    def index(self, day: date) -> int | None:
        """Return the place of a day, None when it lies in another week."""
        place = (day - self.first).days
        return place if 0 <= place < len(self.days) else None

    def item(self, key: str) -> Item | None:
        """Return the item with a key."""
        return next((one for one in self.items if one.key == key), None)

    def on(self, day: date) -> list[Item]:
        """Return what lies on a day: whole days first, then by the hour."""
        found = [one for one in self.items if one.touches(day)]
        return sorted(found, key=lambda one: (not one.lies_over_days, one.on(day)[0]))


def wall_now(house: Household) -> datetime:
    """Return the wall time of the reader, as a bare date and time."""
    return in_zone(house.care.now, house.care.home).replace(tzinfo=None)


def week_start(day: date, first_weekday: int) -> date:
    """Return the first day of the week in which `day` lies; `first_weekday` 0 is Monday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % WEEK)


def week_of(
    house: Household,
    day: date,
    person: str | None,
    first_weekday: int,
    *,
    everyday: bool = True,
    kinds: Collection[str] | None = None,
    approvals: Approvals | None = None,
) -> WeekShown:
    """Return the week in which `day` lies, with everything that happens in it.

    Without `everyday`, medicines of every day are left out; `kinds` are the types of appointment
    that are wanted (None: all); `approvals` those of the same person, if they are known already.
    """
    first = week_start(day, first_weekday)
    last = first + timedelta(days=WEEK - 1)
    entries = house.agenda.days(first, last, person, everyday=everyday, kinds=kinds)
    lines = watching_on(house, first, last, person)
    blocked = house.blocked.days(first, last, person)
    approvals = approvals or Approvals(house, person)
    pen, today = Pen(house, person, approvals.outside), house.care.today
    days = [
        Day(
            one,
            True,
            one == today,
            tuple(entries.get(one, ())),
            pen,
            lines.get(one),
            blocked.get(one),
        )
        for one in (first + timedelta(days=n) for n in range(WEEK))
    ]
    found: dict[str, Item] = {}
    for occurrence in (one for shown in days for one in shown.entries):
        key = key_of(occurrence.appointment.id, occurrence.key)
        if key not in found:
            found[key] = _item(key, occurrence, pen)
    return WeekShown(day, tuple(days), tuple(found.values()), wall_now(house))


def minute_text(minute: int) -> str:
    """Return the time of a minute of the day; the end of the day is midnight."""
    hour, rest = divmod(minute % MINUTES_A_DAY, 60)
    return time_text(time(hour, rest))


def _item(key: str, occurrence: Occurrence, pen: Pen) -> Item:
    mark, one, home = pen.mark(occurrence), occurrence.appointment, pen.home
    first, last = occurrence.day(home), occurrence.last_day(home)
    start: int | None = None
    end, lead, there = MINUTES_A_DAY, 0, ""
    if not isinstance(occurrence.start, AllDay):
        begins = in_zone(occurrence.begins(home), home)
        over = in_zone(occurrence.ends(home), home)
        start = begins.hour * 60 + begins.minute
        if over.date() == last:
            end = over.hour * 60 + over.minute
        if first == last and end < start + one.minutes:
            # The clocks went back meanwhile: it is drawn as long as it lasts.
            end = min(MINUTES_A_DAY, start + one.minutes)
        leave_at = "" if one.status == "cancelled" else one.leave_at
        lead = _lead(leave_at, occurrence.start.local)
        if isinstance(occurrence.start, Zoned) and occurrence.start.zone != home:
            local = time_text(occurrence.start.local)
            there = tr("{time} in {zone}", time=local, zone=occurrence.start.zone)
    fact = tr("No driver yet") if mark.needs_driver else ""
    if one.driver:
        fact = tr("Driver: {name}", name=one.driver)
    return Item(
        key, mark.kind, mark.title, mark.status, first, start, last, end, one.minutes, lead,
        mark.person, mark.colour, _state(mark.status, is_visit=mark.is_visit), fact, one.place,
        there, mark.letters, mark.outside,
    )  # fmt: skip


def _state(status: str, *, is_visit: bool) -> str:
    words = {
        "done": tr("done"),
        "cancelled": tr("cancelled"),
        "delayed": tr("moved, to book"),
        "planned": tr("planned"),
    }.get(status)
    return words or (tr("booked") if is_visit else "")


def _lead(leave_at: str, start: datetime) -> int:
    if not leave_at:
        return 0
    hour, _, minute = leave_at.partition(":")
    return max(0, start.hour * 60 + start.minute - int(hour) * 60 - int(minute))


# -- The lines that are heard ---------------------------------------------------------------------


class WeekModel(QAbstractListModel):
    """A line for each day followed by one for each thing on it, and one for a free place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[Day | Item] = []
        self._free = tr("a free place")

    def set_week(self, shown: WeekShown) -> None:
        """Show another week. What lasts for days stands once, on its first day of the week."""
        self.beginResetModel()
        self._lines = list(_lines(shown))
        self.endResetModel()

    def set_free(self, words: str) -> None:
        """Say what the free place is on which one stands."""
        self._free = words
        index = self.free()
        self.dataChanged.emit(index, index)

    def free(self) -> QModelIndex:
        """Return the line of the free place, the last one."""
        return self.index(len(self._lines), 0)

    def line(self, index: _INDEX) -> Day | Item | None:
        """Return what stands behind a line, None for the free place."""
        inside = index.isValid() and index.row() < len(self._lines)
        return self._lines[index.row()] if inside else None

    def index_of_key(self, key: str) -> QModelIndex:
        """Return the line of an item, invalid when it is not there."""
        for row, one in enumerate(self._lines):
            if isinstance(one, Item) and one.key == key:
                return self.index(row, 0)
        return QModelIndex()

    def index_of_day(self, day: date) -> QModelIndex:
        """Return the line of a day, invalid when it is not there."""
        for row, one in enumerate(self._lines):
            if isinstance(one, Day) and one.day == day:
                return self.index(row, 0)
        return QModelIndex()

    def rowCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines) + 1

    def data(self, index: _INDEX, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """Answer the words of a line."""
        if not index.isValid():
            return None
        line = self.line(index)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return self._free if line is None else line.sentence()
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Item):
            return plain_tooltip(line.tip())
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Day):
            return None if line.blocked is None else plain_tooltip(unsuited(line.blocked))
        return None


def _lines(shown: WeekShown) -> Iterable[Day | Item]:
    told: set[str] = set()
    for day in shown.days:
        yield day
        for item in shown.on(day.day):
            if item.key not in told:
                told.add(item.key)
                yield item
