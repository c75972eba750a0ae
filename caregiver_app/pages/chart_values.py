"""A chart with everything that is said beside it: title, captions, and its table twin."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from caregiver_app.pages.chart_parts import Picture
from caregiver_app.pages.dates import MONTHS, day_month, month_text, short_weekday, tr
from caregiver_app.services.watch_charts import Span, Unit

_SAID_ROWS: Final = 10
"""So many rows of a table are part of the spoken description; the table itself has all."""


class TableRow(NamedTuple):
    """One stretch of days and what stands there; a `note` goes across below its cells.

    A `gap` says one thing across all columns: that nothing was written.
    """

    name: str
    cells: tuple[str, ...]
    note: str = ""
    gap: bool = False


class Table(NamedTuple):
    """The figures of a chart in words: `head` names the columns after the first."""

    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    about: str = ""
    """One line above it: what a row stands for."""
    foot: str = ""


class Shown(NamedTuple):
    """One chart as it is shown and printed; `captions` say what it shows and what it cannot.

    `source` names where the last caption comes from, "" for our own words about the chart.
    """

    key: str
    title: str
    subtitle: str
    picture: Picture
    table: Table
    captions: tuple[str, ...]
    source: str = ""
    all_said: bool = False
    """Whether the spoken description holds every row."""

    @property
    def spoken(self) -> str:
        """Return captions and table as sentences."""
        rows = self.table.rows if self.all_said else self.table.rows[:_SAID_ROWS]
        told = [row_said(self.table.head, row) for row in rows]
        if len(rows) < len(self.table.rows):
            told.append(tr("The table has all of it."))
        return " ".join((*told, *self.captions))


def row_said(head: tuple[str, ...], row: TableRow) -> str:
    """Return a row as a sentence: "Days 0 to 3: 8 Mild, 7 no entry."."""
    cells = (f"{name} {cell}".strip() for name, cell in zip(head, row.cells, strict=False) if cell)
    note = f" {row.note}" if row.note else ""
    return f"{row.name}: {', '.join(cells)}.{note}"


# -- Words for days -------------------------------------------------------------------------------


def day_words(day: date, today: date) -> str:
    """Return "Tue 31 Mar", with the year where it is another than today's."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{short_weekday(day)} {day_month(day)}{year}"


def stretch_words(span: Span, number: int) -> str:
    """Return the name of a stretch: "Tue 31 Mar", "2 Mar to 8 Mar" or "March 2026"."""
    first, last = span.bounds(number)
    if span.unit == "day":
        return day_words(first, span.last)
    if span.unit == "month":
        return month_text(first)
    if span.unit == "quarter":
        begin = MONTHS[first.month - 1], MONTHS[last.month - 1]
        short = [tr(name[:3]) for name in begin]
        return tr("{first} to {last}", first=short[0], last=f"{short[1]} {last.year}")
    year = "" if last.year == span.last.year else f" {last.year}"
    return tr("{first} to {last}", first=day_month(first), last=f"{day_month(last)}{year}")


def gap_words(span: Span, first: int, last: int) -> str:
    """Return the name of several stretches in a row: "Sat 7 to Tue 10 Mar"."""
    if first == last:
        return stretch_words(span, first)
    begin, end = span.bounds(first)[0], span.bounds(last)[1]
    if span.unit in ("month", "quarter"):
        return tr("{first} to {last}", first=month_text(begin), last=month_text(end))
    said = day_words(begin, span.last), day_words(end, span.last)
    return tr("{first} to {last}", first=said[0], last=said[1])


def days_words(count: int) -> str:
    """Return "1 day" or "5 days"."""
    return tr("{count} day" if count == 1 else "{count} days", count=f"{count:,}")


def entries_words(written: int, without: int) -> str:
    """Return "12 days covered by an entry, 16 days without".

    An entry covers the days from when a sign was seen until it was over.
    """
    covered = ("{count} day covered by an entry", "{count} days covered by an entry")
    many = covered[0] if written == 1 else covered[1]
    none = "{count} day without" if without == 1 else "{count} days without"
    return f"{tr(many, count=f'{written:,}')}, {tr(none, count=f'{without:,}')}"


def each_words(unit: Unit) -> str:
    """Return what one mark stands for where it is more than a day, else ""."""
    return {
        "day": "",
        "week": tr("Each mark stands for one week, from Monday."),
        "month": tr("Each mark stands for one month."),
        "quarter": tr("Each mark stands for three months."),
    }[unit]


def cannot_show() -> str:
    """Return what no chart can show."""
    return tr(
        "What it cannot show: why. Many things change from week to week. Bring it to the care team."
    )
