"""What the history of a medicine says: thirty days by time of day, and each entry in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Final, Literal

from caregiver_app.domain.dose_marks import OPEN, SKIPPED, TAKEN
from caregiver_app.domain.entities import Dose, Medicine
from caregiver_app.domain.times import AllDay, in_zone, wall
from caregiver_app.gui.widgets.rows import Row
from caregiver_app.gui.words import count_text, day_text, long_date, short_date, time_text, tr
from caregiver_app.services.doses import History, Timed
from caregiver_app.services.household import Household
from caregiver_app.values import value

DAYS: Final = 30
_DAY: Final = timedelta(days=1)
TIMED, DOSE = "timed:", "dose:"
"""Begin the keys of what can be chosen."""
State = Literal["none", "taken", "skipped", "open", "ahead", "given"]
Entry = tuple[str, Timed | Dose]


@value
class Cell:
    """One day of one line: what became of it, how often, its words, and the entry's key."""

    day: date
    state: State
    count: int
    said: str
    key: str


@value
class Line:
    """One line of the grid: a time of day, or what was given as needed."""

    label: str
    cells: tuple[Cell, ...]


@value
class Shown:
    """Thirty days of one medicine. `entries` are all of them, the newest first."""

    first: date
    last: date
    today: date
    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]

    def states(self) -> frozenset[str]:
        """Return which marks the legend has to explain: those of a kind go together."""
        timed = any(isinstance(of, Timed) for _, of in self.entries)
        given = any(isinstance(of, Dose) for _, of in self.entries)
        marks = ("taken", "skipped", "open") if timed else ()
        return frozenset((*marks, "given") if given else marks)

    def entry(self, key: str) -> Timed | Dose | None:
        """Return what a key stands for."""
        return next((of for known, of in self.entries if known == key), None)


class HistoryModel:
    """Reads the thirty days up to `last`; `last` today shows all of today."""

    def __init__(self, house: Household, medicine: Medicine) -> None:
        self.house, self.medicine = house, medicine

    def read(self, last: date) -> Shown:
        """Return the thirty days that end with `last`."""
        first = last - (DAYS - 1) * _DAY
        found = self.house.doses.history(self.medicine.person, first, last, self.medicine)
        days = [first + number * _DAY for number in range(DAYS)]
        lines = [self._timed_line(hour, found, days) for hour in _hours(found)]
        if found.given or self.medicine.as_needed:
            lines.append(self._given_line(found, days))
        entries: list[Entry] = [(_timed_key(one), one) for one in found.timed]
        entries += [(f"{DOSE}{one.id}", one) for one in found.given]
        entries.sort(key=_moment, reverse=True)
        return Shown(first, last, self.house.care.today, tuple(lines), tuple(entries))

    def _timed_line(self, hour: time | None, found: History, days: Sequence[date]) -> Line:
        label = tr("Any time") if hour is None else time_text(hour)
        own = {one.day: one for one in found.timed if _hour(one) == hour}
        return Line(label, tuple(self._timed_cell(day, own.get(day), label) for day in days))

    def _timed_cell(self, day: date, one: Timed | None, label: str) -> Cell:
        if one is None:
            return Cell(day, "none", 0, f"{self._day(day)}, {label}: {tr('no time set')}", "")
        said = f"{self._day(day)}, {label}: {self.state_words(one)}"
        return Cell(day, _state(one, self.house), 1, said, _timed_key(one))

    def _given_line(self, found: History, days: Sequence[date]) -> Line:
        label = tr("As needed")
        cells: list[Cell] = []
        for day in days:
            own = [one for one in found.given if wall(one.at).date() == day]
            said = count_text(len(own), "given {count} time", "given {count} times")
            said = f"{self._day(day)}, {label}: {said if own else tr('nothing written down')}"
            key = f"{DOSE}{own[-1].id}" if own else ""
            cells.append(Cell(day, "given" if own else "none", len(own), said, key))
        return Line(label, tuple(cells))

    # -- Words ------------------------------------------------------------------------------------

    def state_words(self, one: Timed) -> str:
        """Return "taken 8:05", "skipped: felt unwell" or "not marked yet"."""
        mark = one.mark
        if mark.state == TAKEN:
            return self._taken(one)
        if mark.state == SKIPPED:
            return tr("skipped: {why}", why=mark.reason) if mark.reason else tr("skipped")
        return tr("not marked yet")

    def _taken(self, one: Timed) -> str:
        if one.mark.answered is None:
            return tr("taken")
        at = in_zone(one.mark.answered, self.house.care.home)
        if at.date() == one.day:
            return tr("taken, marked {time}", time=time_text(at))
        return tr("taken, marked {day}", day=short_date(at.date()))

    def rows(self, shown: Shown) -> list[Row]:
        """Return all entries as rows below their days, the newest first."""
        rows: list[Row] = []
        before: date | None = None
        for key, of in shown.entries:
            day = of.day if isinstance(of, Timed) else wall(of.at).date()
            if day != before:
                title = day_text(day, shown.today)
                rows.append(Row(key=f"day:{day}", title=title, heading=True))
                before = day
            rows.append(self._timed_row(key, of) if isinstance(of, Timed) else _dose_row(key, of))
        return rows

    def _timed_row(self, key: str, one: Timed) -> Row:
        icons = {TAKEN: "done", SKIPPED: "close"}
        hour = _hour(one)
        return Row(
            key=key,
            title=self.state_words(one).capitalize(),
            second="" if one.title == self.medicine.name else one.title,
            time="" if hour is None else time_text(hour),
            icon=icons.get(one.mark.state, "time"),
            kind="medication",
            spoken=self._day(one.day),
        )

    def _day(self, day: date) -> str:
        return long_date(day, year=day.year != self.house.care.today.year)


def dose_words(one: Dose) -> str:
    """Return "for the headache · one tablet", as typed."""
    parts = (one.what_for, one.amount, " ".join(one.note.split()))
    return " · ".join(part for part in parts if part)


def _dose_row(key: str, one: Dose) -> Row:
    return Row(
        key=key,
        title=tr("Given as needed"),
        second=dose_words(one),
        time=time_text(wall(one.at)),
        icon="medicine",
        kind="medication",
        spoken=long_date(wall(one.at).date()),
    )


def _timed_key(one: Timed) -> str:
    return f"{TIMED}{one.appointment}/{one.key}"


def _hours(found: History) -> list[time | None]:
    hours = {_hour(one) for one in found.timed}
    whole: list[time | None] = [None] if None in hours else []
    return whole + sorted(hour for hour in hours if hour is not None)


def _hour(one: Timed) -> time | None:
    return None if isinstance(one.start, AllDay) else wall(one.start).time()


def _state(one: Timed, house: Household) -> State:
    if one.mark.state == TAKEN:
        return "taken"
    if one.mark.state == SKIPPED:
        return "skipped"
    return "ahead" if one.day > house.care.today else OPEN  # type: ignore[return-value]


def _moment(entry: Entry) -> tuple[date, time, str]:
    key, of = entry
    if isinstance(of, Timed):
        return of.day, _hour(of) or time(), key
    return wall(of.at).date(), wall(of.at).time(), key
