"""What was written down, counted by day, week or month for the charts.

A chart of ten years asks for a few hundred figures instead of ten thousand rows. Rows are not
decoded here, so their checksums are looked at elsewhere: when they are listed, and once a day.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from caregiver_app.domain.times import local_day
from caregiver_app.domain.watch import SCALES
from caregiver_app.storage.migrations import INFUSION
from caregiver_app.storage.reading import Reader
from caregiver_app.storage.rows import Row, from_micros, to_micros
from caregiver_app.values import value

Unit = Literal["day", "week", "month", "quarter"]

_ONE_DAY: Final = timedelta(days=1)
_ALIVE: Final = "deleted IS NULL AND person = ?"
_WEEK: Final = 7
_SEEN: Final = (
    "WITH seen (day, sign, severity) AS (SELECT substr(at, 1, 10), sign, severity"  # noqa: S608
    f" FROM side_effect WHERE {_ALIVE} AND at >= ? AND at < ?"
    " UNION ALL SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'),"
    " json_extract(value, '$[2]') FROM json_each(?)) "
)
"""The days on which a sign was seen, and those on which it was still there."""


@value
class Infusion:
    """One infusion without its details: `dose` is its number in `plan`, None without one."""

    id: str
    title: str
    day: date
    dose: int | None
    plan: str | None


@value
class Spread:
    """The numbers of one stretch: lowest, highest, average, and on how many days."""

    low: int
    high: int
    mean: float
    days: int


class Tallies:
    """Counts in one open data file, for one person; days are those of the wall clock.

    A sign is there from the day on which it was seen to the day of its end, or to `today` while it
    goes on. Stretches are numbered from 0, the one that begins on `first`. All methods raise
    DataDamaged, DataBusy or DiskTrouble when the file cannot be read.
    """

    def __init__(self, reader: Reader, person: str, home: str, today: date) -> None:
        """`home` is the zone of the calendar, in which an end has its day."""
        self._reader = reader
        self._person = person
        self._home, self._today = home, today

    def strengths(self, first: date, last: date, unit: Unit) -> list[tuple[int, str, int, int]]:
        """Return (stretch, sign, strongest severity, days with it), in order of stretch."""
        which = _stretch("day", first, unit)
        rows = self._seen(
            f"SELECT {which} AS stretch, sign, max(severity), count(DISTINCT day)"  # noqa: S608
            " FROM seen GROUP BY stretch, sign ORDER BY stretch, 3 DESC, sign",
            first, last,
        )  # fmt: skip
        return [(number, sign, level, days) for number, sign, level, days in rows]

    def told(self, first: date, last: date, unit: Unit) -> dict[int, int]:
        """Return for each stretch with an entry on how many days something was written."""
        which = _stretch("day", first, unit)
        rows = self._seen(
            f"SELECT {which} AS stretch, count(*) FROM (SELECT day FROM seen"  # noqa: S608
            f" UNION SELECT date FROM checkin WHERE {_ALIVE} AND date >= ? AND date <= ?)"
            " GROUP BY stretch ORDER BY stretch",
            first, last, after=(self._person, first.isoformat(), last.isoformat()),
        )  # fmt: skip
        return dict(rows)

    def spreads(
        self, first: date, last: date, unit: Unit
    ) -> tuple[dict[str, dict[int, Spread]], int]:
        """Return for each scale the numbers of each stretch, and on how many days there is any."""
        which = _stretch("date", first, unit)
        days = "count(DISTINCT CASE WHEN {0} IS NOT NULL THEN date END)"
        figures = f"min({{0}}), max({{0}}), avg({{0}}), {days}"
        parts = ", ".join(figures.format(name) for name in SCALES)
        parts += f", count(DISTINCT CASE WHEN coalesce({', '.join(SCALES)}) >= 0 THEN date END)"
        total = 0
        found: dict[str, dict[int, Spread]] = {name: {} for name in SCALES}
        for stretch, *figures in self._checkins(f"{which}, {parts}", first, last, "GROUP BY 1"):
            for place, name in enumerate(SCALES):
                low, high, mean, days = figures[4 * place : 4 * place + 4]
                if days:
                    found[name][stretch] = Spread(low, high, mean, days)
            total += figures[-1]
        return found, total

    def flares(self, first: date, last: date) -> list[date]:
        """Return the days of a flare, in order."""
        rows = self._checkins("DISTINCT date", first, last, "AND flare = 1 ORDER BY date")
        return [date.fromisoformat(day) for (day,) in rows]

    def possible(self, first: date, last: date) -> list[tuple[date, str]]:
        """Return what was possible on which day, in order."""
        rows = self._checkins(
            "date, possible", first, last, "AND possible <> '' ORDER BY date, created, id"
        )
        return [(date.fromisoformat(day), words) for day, words in rows]

    def calls(self, first: date, last: date) -> list[date]:
        """Return the days of calls to the care team, in order."""
        rows = self._rows(
            "SELECT DISTINCT substr(at, 1, 10) FROM clinic_call"  # noqa: S608
            f" WHERE {_ALIVE} AND at >= ? AND at < ? ORDER BY 1",
            first, last + _ONE_DAY,
        )  # fmt: skip
        return [date.fromisoformat(day) for (day,) in rows]

    def infusions(self, first: date, last: date) -> list[Infusion]:
        """Return the infusions that were not cancelled, the first one of a day only, in order."""
        rows = self._rows(
            f"SELECT id, title, substr(start, 1, 10), dose, [plan] FROM appointment"  # noqa: S608
            f" WHERE {INFUSION} AND person = ? AND start >= ? AND start < ? ORDER BY start, id",
            first, last + _ONE_DAY,
        )  # fmt: skip
        found: dict[str, Infusion] = {}
        for entry, title, day, dose, plan in rows:
            found.setdefault(day, Infusion(entry, title, date.fromisoformat(day), dose, plan))
        return list(found.values())

    def first_day(self) -> date | None:
        """Return the first day with an entry, None before any."""
        ((sign, check_in),) = self._reader.rows(
            f"SELECT (SELECT substr(min(at), 1, 10) FROM side_effect WHERE {_ALIVE}),"  # noqa: S608
            f" (SELECT min(date) FROM checkin WHERE {_ALIVE})",
            (self._person, self._person),
        )
        found = [day for day in (sign, check_in) if day is not None]
        return date.fromisoformat(min(found)) if found else None

    def of_sign(self, sign: str, first: date, last: date) -> dict[date, int]:
        """Return for each day with an entry how strong a sign was, 0 where others were written."""
        found = {day: 0 for (day,) in self._checkins("date", first, last)}
        rows = self._seen(
            "SELECT day, max(CASE WHEN sign = ? THEN severity ELSE 0 END) FROM seen GROUP BY 1",
            first, last, after=(sign,),
        )  # fmt: skip
        found |= dict(rows)
        return {date.fromisoformat(day): level for day, level in sorted(found.items())}

    def of_scale(self, name: str, first: date, last: date) -> dict[date, int]:
        """Return the number of each day that has one; of several on a day the last written.

        Raises:
            KeyError: there is no such scale.
        """
        if name not in SCALES:
            raise KeyError(name)
        rows = self._checkins(
            f"date, {name}", first, last, f"AND {name} IS NOT NULL ORDER BY date, created, id"
        )
        return {date.fromisoformat(day): number for day, number in rows}

    def scales_of(self) -> frozenset[str]:
        """Return the scales for which a number was ever written."""
        parts = ", ".join(
            f"EXISTS (SELECT 1 FROM checkin WHERE {_ALIVE} AND {name} IS NOT NULL)"  # noqa: S608
            for name in SCALES
        )
        (row,) = self._reader.rows(f"SELECT {parts}", (self._person,) * len(SCALES))
        return frozenset(name for name, there in zip(SCALES, row, strict=True) if there)

    def _checkins(self, what: str, first: date, last: date, rest: str = "") -> list[Row]:
        return self._rows(
            f"SELECT {what} FROM checkin WHERE {_ALIVE} AND date >= ? AND date <= ? {rest}",  # noqa: S608
            first, last,
        )  # fmt: skip

    def _seen(self, sql: str, first: date, last: date, *, after: tuple[str, ...] = ()) -> list[Row]:
        """Ask `seen`: every day from `first` to `last` on which a sign was there, and how strong.

        `after` is what the question itself takes.
        """
        given = (self._person, first.isoformat(), (last + _ONE_DAY).isoformat())
        return self._reader.rows(_SEEN + sql, (*given, self._longer(first, last), *after))

    def _longer(self, first: date, last: date) -> str:
        """Return the days of `seen` after the first one of what lasted longer, as JSON."""
        rows = self._reader.rows(
            "SELECT substr(at, 1, 10), sign, severity, ended FROM side_effect"  # noqa: S608
            f" WHERE {_ALIVE} AND at < ? AND (going_on = 1 OR ended >= ?)",
            (
                *(self._person, last.isoformat()),
                # A day earlier than any zone has it.
                to_micros(datetime.combine(first - _ONE_DAY, time(), UTC)),
            ),
        )
        found: list[tuple[str, str, int]] = []
        for at, sign, severity, ended in rows:
            over = self._today if ended is None else local_day(from_micros(ended), self._home)
            day, over = max(first, date.fromisoformat(at) + _ONE_DAY), min(last, over)
            days = (day + _ONE_DAY * number for number in range((over - day).days + 1))
            found += [(one.isoformat(), sign, severity) for one in days]
        return json.dumps(found)

    def _rows(self, sql: str, first: date, end: date) -> list[Row]:
        return self._reader.rows(sql, (self._person, first.isoformat(), end.isoformat()))


def _stretch(day: str, first: date, unit: Unit) -> str:
    """Return SQL for the number of the stretch in which a day lies, counted from `first`."""
    if unit in ("month", "quarter"):
        base = first.year * 12 + first.month
        months = f"CAST(substr({day}, 1, 4) AS INTEGER) * 12 + CAST(substr({day}, 6, 2) AS INTEGER)"
        return f"(({months} - {base}) / {3 if unit == 'quarter' else 1})"
    days = f"CAST(julianday({day}) - julianday('{first.isoformat()}') AS INTEGER)"
    return f"({days} / {_WEEK})" if unit == "week" else f"({days})"
