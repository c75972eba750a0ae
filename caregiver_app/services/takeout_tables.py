"""What was written down as tables for a spreadsheet (CSV, RFC 4180, UTF-8 with a mark).

Nothing that the family typed can become a formula: a cell that would begin one is led by an
apostrophe. The last row says what was left out, if anything was.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Generator, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import (
    Appointment,
    Dose,
    Medicine,
    Person,
    Photo,
    SideEffect,
)
from caregiver_app.domain.times import (
    AllDay,
    Moment,
    Zoned,
    day_of,
    in_zone,
    instant,
    local_day,
    wall,
    wall_text,
)
from caregiver_app.domain.watch import Tier
from caregiver_app.domain.watchlist import photo_id
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.doses import Timed
from caregiver_app.services.household import Household
from caregiver_app.services.takeout import NOTES, counted, finished
from caregiver_app.values import value

SIDE_EFFECTS: Final = "side-effects"
CHECK_INS: Final = "checkins"
CLINIC_CALLS: Final = "clinic-calls"
DOSES: Final = "doses"
TABLES: Final = (SIDE_EFFECTS, CHECK_INS, CLINIC_CALLS, DOSES, NOTES)
"""What there is a table of."""

Row = Sequence[str | int | float | None]
_HEADINGS: Final = {
    SIDE_EFFECTS: "takeout.head.side_effects",
    CHECK_INS: "takeout.head.checkins",
    CLINIC_CALLS: "takeout.head.clinic_calls",
    DOSES: "takeout.head.doses",
    NOTES: "takeout.head.notes",
}
_SPAN: Final = timedelta(days=182)
_ONE_DAY: Final = timedelta(days=1)
_FIRST: Final = date(1900, 1, 1)
_LAST: Final = date(2200, 12, 31)
_MARGIN: Final = timedelta(days=2)
_FORMULA: Final = frozenset("=+-@\N{MINUS SIGN}")
_CONTROLS: Final = frozenset("\t\r\n")
_SPLITS: Final = re.compile("([;\t\r\n]+)")


@value(kw_only=True)
class TableWish:
    """Which table: of what (TABLES), days `first` to `last`, both included, and whose.

    `private` are the names of `takeout.PRIVATE` that were ticked.
    """

    of: str
    first: date | None = None
    last: date | None = None
    person: str | None = None
    private: frozenset[str] = frozenset()


class TableService:
    """Writes what was seen, given and noted as tables."""

    def __init__(self, house: Household) -> None:
        self._house = house

    def table(self, wish: TableWish) -> bytes:
        """Return one table with a row of headings.

        Raises:
            InputRefused: the last day is before the first, or nobody has that id.
        """
        return finished(self.in_steps(wish))

    def in_steps(self, wish: TableWish) -> Generator[int, None, bytes]:
        """Make one table bit by bit, so that a window can paint meanwhile.

        Yields:
            How many rows are done so far.

        Returns:
            The file's bytes.

        Raises:
            InputRefused: the last day is before the first, or nobody has that id.
        """
        if wish.first is not None and wish.last is not None and wish.last < wish.first:
            raise InputRefused("export.range", "to")
        if wish.person is not None:
            self._house.care.person(wish.person)
        makers = {
            SIDE_EFFECTS: self._side_effects,
            CHECK_INS: self._check_ins,
            CLINIC_CALLS: self._clinic_calls,
            DOSES: self._doses,
            NOTES: self._notes,
        }
        rows: list[Row] = []
        for found in makers[wish.of](wish):
            rows += found
            yield len(rows)
        left_out = self.left_out(wish)
        if left_out:
            rows.append((words("takeout.left_out", what="; ".join(left_out)),))
        return _written([words(_HEADINGS[wish.of]).split("|"), *rows])

    def left_out(self, wish: TableWish) -> list[str]:
        """Return in plain words what is not in a table."""
        found: list[str] = []
        if wish.of == NOTES and NOTES not in wish.private:
            count = len(self._house.care.store.notes(person=wish.person))
            if count:
                found.append(counted("takeout.left.notes", count))
        if wish.first is not None:
            found.append(words("takeout.left.before", day=wish.first.isoformat()))
        if wish.last is not None:
            found.append(words("takeout.left.after", day=wish.last.isoformat()))
        if wish.person is not None:
            found.append(words("takeout.left.others"))
        return found

    # -- Side effects -------------------------------------------------------------------------

    def _side_effects(self, wish: TableWish) -> Iterator[list[Row]]:
        store, home = self._house.care.store, self._house.care.home
        low, high = (wish.first or _FIRST) - _MARGIN, (wish.last or _LAST) + _MARGIN
        found = [
            one
            for one in store.side_effects_between(low, high, person=wish.person)
            if _within(day_of(one.at, home), wish)
        ]
        found.sort(key=lambda one: (instant(one.at, home), one.id))
        people = self._people()
        severities = {one.grade: one.label for one in self._house.reference.severities}
        tiers = {tier.value: self._house.reference.tier(tier).label for tier in Tier}
        photos = frozenset(store.ids(Photo))
        yield [
            (
                *_when(one.at),
                people.get(one.person, ""),
                self._house.watch.sign_name(one.sign),
                one.severity,
                severities.get(one.severity, ""),
                one.temperature_c,
                tiers.get(one.urgency, one.urgency),
                *self._since(one),
                one.text,
                one.done,
                one.told,
                _yes(one.going_on),
                None if one.ended is None else _local(one.ended, home),
                _yes(photo_id(one.id) in photos),
            )
            for one in found
        ]

    def _since(self, one: SideEffect) -> tuple[int | None, int | None]:
        """Return the day since the last infusion, and which one that was."""
        since = self._house.watch.since_entry(one)
        return (None, None) if since is None else (since.days, since.number)

    # -- How days were, and calls -------------------------------------------------------------

    def _check_ins(self, wish: TableWish) -> Iterator[list[Row]]:
        people = self._people()
        found = self._house.care.store.checkins_between(
            wish.first or _FIRST, wish.last or _LAST, person=wish.person
        )
        yield [
            (
                one.date.isoformat(), people.get(one.person, ""), one.pain, one.fatigue,
                one.stiffness, one.sleep, one.mood, _yes(one.flare), one.possible, one.text,
            )
            for one in found
        ]  # fmt: skip

    def _clinic_calls(self, wish: TableWish) -> Iterator[list[Row]]:
        people, calls = self._people(), self._house.clinic_calls
        yield [
            (
                *_when(one.at), people.get(one.person, ""), one.question, one.who, one.said,
                None if (later := calls.follow_up(one)) is None else _when(later.start)[0],
            )
            for one in reversed(calls.calls(wish.person, wish.first, wish.last))
        ]  # fmt: skip

    # -- Doses --------------------------------------------------------------------------------

    def _doses(self, wish: TableWish) -> Iterator[list[Row]]:
        care = self._house.care
        # Times that are still to come are no history.
        last = min(wish.last or care.today, care.today)
        first = max(wish.first or _FIRST, self._first_dose())
        people, home = self._people(), care.home
        names = {one.id: one.name for one in care.store.all(Medicine)}
        while first <= last:
            until = min(first + _SPAN, last)
            history = self._house.doses.history(wish.person, first, until)
            rows: list[tuple[datetime, Row]] = [
                (instant(one.start, home), self._timed(one, people, names)) for one in history.timed
            ]
            rows += [(instant(one.at, home), _given(one, people, names)) for one in history.given]
            yield [row for _, row in sorted(rows, key=lambda pair: pair[0])]
            first = until + _ONE_DAY

    def _first_dose(self) -> date:
        """Return a day before which nothing was given."""
        store = self._house.care.store
        starts = [wall(one.start).date() for one in store.all(Appointment, type="medication")]
        starts += [wall(one.at).date() for one in store.all(Dose)]
        return min(starts, default=_LAST) - _MARGIN

    def _timed(self, one: Timed, people: dict[str, str], names: dict[str, str]) -> Row:
        mark = one.mark
        at = None if mark.answered is None else _local(mark.answered, self._house.care.home)
        return (
            *_when(one.start), people.get(one.person, ""), one.title,
            names.get(one.medicine or "", ""), words("takeout.by_the_clock"),
            words(f"takeout.mark.{mark.state}"), at, None, None, mark.reason,
        )  # fmt: skip

    # -- Notes --------------------------------------------------------------------------------

    def _notes(self, wish: TableWish) -> Iterator[list[Row]]:
        home = self._house.care.home
        people = self._people()
        found = self._house.care.store.notes(person=wish.person) if NOTES in wish.private else []
        yield [
            (
                _local(one.at, home), home, people.get(one.person, ""),
                words(f"takeout.room.{one.room}"),
                words(f"takeout.mood.{one.mood}") if one.mood else "",
                words("takeout.pinned") if one.pinned else "", one.text,
            )
            for one in reversed(found)
            if _within(local_day(one.at, home), wish)
        ]  # fmt: skip

    def _people(self) -> dict[str, str]:
        return {one.id: one.name for one in self._house.care.store.all(Person)}


def _given(one: Dose, people: dict[str, str], names: dict[str, str]) -> Row:
    return (
        *_when(one.at), people.get(one.person, ""), one.name, names.get(one.medicine or "", ""),
        words("takeout.as_needed"), words("takeout.given"), None, one.what_for, one.amount,
        one.note,
    )  # fmt: skip


def _yes(holds: bool) -> str:
    return words("takeout.yes") if holds else ""


def _within(day: date, wish: TableWish) -> bool:
    return (wish.first is None or day >= wish.first) and (wish.last is None or day <= wish.last)


def _when(at: Moment) -> tuple[str, str]:
    """Return the wall time (a date where it lasts all day) and its zone, "" where it has none."""
    if isinstance(at, AllDay):
        return at.day.isoformat(), ""
    return _clock(at.local), at.zone if isinstance(at, Zoned) else ""


def _local(at: datetime, home: str) -> str:
    return _clock(in_zone(at, home).replace(tzinfo=None, microsecond=0))


def _clock(local: datetime) -> str:
    """Return a wall time like 2026-11-24 09:30, which every spreadsheet takes for a time."""
    return wall_text(local).replace("T", " ")


def _written(rows: Iterable[Row]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return made.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    One that begins with = + - or @, full-width ones and those after spaces or marks that nobody
    sees included, or with a tab or line end, is led by an apostrophe; so is what comes after a
    semicolon, a tab or a line break, where some spreadsheets begin another cell.
    """
    led = "'" if cell[:1] in _CONTROLS else ""
    parts = _SPLITS.split(cell)
    return led + "".join(f"'{part}" if _is_formula(part) and not (led and not place) else part
                         for place, part in enumerate(parts))  # fmt: skip


def _is_formula(part: str) -> bool:
    seen = next((mark for mark in part if unicodedata.category(mark)[0] not in "ZC"), "")
    begins = unicodedata.normalize("NFKC", seen)[:1]
    return bool(begins) and begins in _FORMULA
