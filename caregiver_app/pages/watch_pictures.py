"""The timeline, the strip of signs and the wellbeing trend of a person, ready to be painted.

Screen, paper and the visit report all take them from here, so that they say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from caregiver_app.messages import words
from caregiver_app.pages.chart_parts import Mark
from caregiver_app.pages.chart_values import (
    Shown,
    Table,
    TableRow,
    cannot_show,
    day_words,
    days_words,
    each_words,
    entries_words,
    gap_words,
    stretch_words,
)
from caregiver_app.pages.dates import count_text, plain_date, tr
from caregiver_app.pages.sign_strip import Cell, SignRow, Strip
from caregiver_app.pages.timeline_chart import Spot, Timeline
from caregiver_app.pages.wellbeing_chart import Point, Scale, Wellbeing
from caregiver_app.services import watch_charts
from caregiver_app.services.household import Household
from caregiver_app.services.watch_charts import Infusion, Span, Spread, Told

STRIP_DAYS: Final = 45
"""Up to so many days each day has a cell of its own."""
MOST_ROWS: Final = 12
_COLUMNS: Final = 3
_USUAL_LEVELS: Final = 3
_SOURCE: Final = ("RA infusions overview", "Lupus infusion treatments")
"""The articles behind `safety.takes_time`."""


def scale_name(name: str) -> str:
    """Return the word for a scale: "Pain"."""
    return {
        "pain": tr("Pain"),
        "fatigue": tr("Tiredness"),
        "stiffness": tr("Stiffness"),
        "sleep": tr("Sleep"),
        "mood": tr("Mood"),
    }[name]


def timeline_shown(house: Household, person: str, span: Span) -> Shown | None:
    """Return the timeline of a span; None where nothing was written in it."""
    told = watch_charts.timeline(house.care, person, span)
    if not told.told:
        return None
    say = _Words(house, span)
    highest = max(one.level for one in told.told)
    levels = (tr("No sign"), *say.severities[: max(_USUAL_LEVELS, highest)])
    spots = tuple(
        Spot(*span.bounds(one.number), one.level, f"{say.stretch(one.number)}: {say.told(one)}")
        for one in told.told
    )
    flares = tuple(say.mark(day, tr("Flare")) for day in told.flares)
    calls = tuple(say.mark(day, tr("Call to the care team")) for day in told.calls)
    infusions = say.infusions(told.infusions)
    by_number = {one.number: one for one in told.told}

    def row(number: int) -> tuple[str, ...]:
        one = by_number.get(number)
        return (
            tr("no entry") if one is None else levels[one.level],
            "" if one is None or not one.level else say.told(one),
        )

    table = Table(
        (tr("Strongest"), tr("What you wrote")),
        say.rows(by_number, row, infusions, flares, calls),
        say.row_is(tr("The strongest in it, and on how many days.")),
    )
    shows = tr(
        "What this shows: how strong the strongest sign was that you wrote ({entries}).",
        entries=entries_words(told.written, told.without),
    )
    return Shown(
        "timeline",
        tr("What was written, day by day"),
        say.subtitle(person),
        Timeline(span.first, span.last, levels, spots, infusions, flares, calls),
        table,
        _captions(shows, each_words(span.unit), cannot_show()),
    )


def strip_shown(house: Household, person: str, span: Span) -> Shown | None:
    """Return the strip of signs of a span; None where no sign was written in it."""
    told = watch_charts.strip(house.care, person, span)
    if not told.rows:
        return None
    say = _Words(house, span)
    names = {sign: house.watch.sign_name(sign) for sign, _ in told.rows}
    rows: list[SignRow] = []
    stretches = {number: (span.bounds(number), say.stretch(number)) for number in told.told}
    without = tr("not written on these days")
    for sign, cells in told.rows[:MOST_ROWS]:
        name = names[sign]
        made: list[Cell] = []
        for number, (bounds, when) in stretches.items():
            level, days = cells.get(number, (0, 0))
            said = say.strength(level, days) if level else without
            made.append(Cell(*bounds, level, f"{name}, {when}: {said}"))
        rows.append(SignRow(name, tuple(made)))
    infusions = say.infusions(told.infusions)
    strongest = max(level for _, cells in told.rows for level, _ in cells.values())
    levels = (tr("an entry without it"), *say.severities[: max(_USUAL_LEVELS, strongest)])
    more = len(told.rows) - MOST_ROWS
    left_out = (
        count_text(
            more,
            "{count} more sign stands in the table only.",
            "{count} more signs stand in the table only.",
        )
        if more > 0
        else ""
    )
    shows = tr(
        "What this shows: which sign you wrote when, and how strong ({entries}).",
        entries=entries_words(told.written, told.without),
    )
    return Shown(
        "signs",
        tr("Each sign, day by day"),
        say.subtitle(person),
        Strip(span.first, span.last, levels, tuple(rows), infusions),
        _strip_table(told, names, say, infusions),
        _captions(shows, left_out, each_words(span.unit), cannot_show()),
    )


def _strip_table(
    told: watch_charts.Strip, names: Mapping[str, str], say: _Words, infusions: Iterable[Mark]
) -> Table:
    """Return a column for each of the most frequent signs, and one for all others."""
    few = len(told.rows) <= _COLUMNS + 1
    own = told.rows if few else told.rows[:_COLUMNS]
    others = () if few else told.rows[_COLUMNS:]

    def row(number: int) -> tuple[str, ...]:
        if number not in told.told:
            return (tr("no entry"),) + ("",) * (len(own) - 1 + bool(others))
        cells = [say.strength(*cells[number]) if number in cells else "–" for _, cells in own]
        if others:
            named = (
                f"{names[sign]}, {say.strength(*cells[number]).lower()}"
                for sign, cells in others
                if number in cells
            )
            cells.append("; ".join(named) or "–")
        return tuple(cells)

    head = tuple(names[sign] for sign, _ in own) + ((tr("Other signs"),) if others else ())
    rows = say.rows(told.told, row, tuple(infusions))
    about = say.row_is(tr("The strongest in it, and on how many days."))
    return Table(head, rows, about, tr("– not written in these days"))


def wellbeing_shown(house: Household, person: str, span: Span) -> Shown | None:
    """Return the wellbeing trend of a span; None where no number was written in it."""
    told = watch_charts.wellbeing(house.care, person, span)
    if not told.scales:
        return None
    say = _Words(house, span)
    scales = tuple(
        Scale(
            scale_name(name),
            tr("10 very good") if name in ("sleep", "mood") else tr("10 worst"),
            tuple(
                Point(*span.bounds(number), spread.low, spread.high, spread.mean,
                      f"{scale_name(name)}, {say.stretch(number)}: {_spread_words(spread)}")
                for number, spread in numbers.items()
            ),
        )
        for name, numbers in told.scales
    )  # fmt: skip
    infusions = say.infusions(told.infusions)
    flares = tuple(say.mark(day, tr("Flare")) for day in told.flares)
    numbered = {number for _, numbers in told.scales for number in numbers}

    def row(number: int) -> tuple[str, ...]:
        found = (numbers.get(number) for _, numbers in told.scales)
        return tuple("–" if one is None else _spread_words(one) for one in found)

    table = Table(
        tuple(scale_name(name) for name, _ in told.scales),
        say.rows(numbered, row, infusions, flares, possible=told.possible),
        say.row_is(),
        tr("– no number written"),
    )
    shows = tr(
        "What this shows: the numbers you chose ({entries}).",
        entries=entries_words(told.written, told.without),
    )
    bars = "" if span.unit == "day" else tr("A bar goes from the lowest to the highest number, "
                                            "the dot is the average.")  # fmt: skip
    gaps = tr("Where more than two days have no entry, the line stops.")
    joined = gaps if span.unit == "day" else bars
    takes_time, source = treatment_takes_time(house)
    return Shown(
        "wellbeing",
        tr("How the days were"),
        say.subtitle(person),
        Wellbeing(span.first, span.last, span.unit == "day", scales, infusions, flares),
        table,
        _captions(shows, joined, each_words(span.unit), cannot_show(), takes_time),
        source,
    )


def treatment_takes_time(house: Household) -> tuple[str, str]:
    """Return that a treatment can take weeks or months to work, and where that is from."""
    checked = plain_date(house.reference.generated)
    source = words("safety.source_line", sources="; ".join(_SOURCE), date=checked)
    return words("safety.takes_time"), source


def _captions(*said: str) -> tuple[str, ...]:
    return tuple(one for one in said if one)


def _spread_words(spread: Spread) -> str:
    if spread.low == spread.high:
        return str(spread.low)
    return tr(
        "{low} to {high}, average {mean}",
        low=spread.low, high=spread.high, mean=f"{spread.mean:.1f}".removesuffix(".0"),
    )  # fmt: skip


class _Words:
    """What the stretches of one span are called, and what stands in them."""

    def __init__(self, house: Household, span: Span) -> None:
        self._house, self._span = house, span
        self.severities = tuple(one.label for one in house.reference.severities)
        self._signs: dict[str, str] = {}
        self._strengths: dict[tuple[int, int], str] = {}

    def stretch(self, number: int) -> str:
        """Return the name of a stretch."""
        return stretch_words(self._span, number)

    def strength(self, level: int, days: int) -> str:
        """Return "Moderate", for more than a day with how many days it was."""
        word = self.severities[level - 1]
        if self._span.unit == "day":
            return word
        said = self._strengths.get((level, days))
        if said is None:
            said = tr("{strength}, {days}", strength=word, days=days_words(days))
            self._strengths[level, days] = said
        return said

    def told(self, one: Told) -> str:
        """Return what was written in a stretch."""
        if not one.signs:
            return tr("no sign, on {days}", days=days_words(one.days)) if (
                self._span.unit != "day"
            ) else tr("no sign")  # fmt: skip
        return "; ".join(
            f"{self.sign(sign)}, {self.strength(level, days).lower()}"
            for sign, level, days in one.signs
        )

    def sign(self, sign: str) -> str:
        """Return the plain name of a sign."""
        name = self._signs.get(sign)
        if name is None:
            name = self._signs[sign] = self._house.watch.sign_name(sign)
        return name

    def mark(self, day: date, what: str) -> Mark:
        """Return the mark of a day."""
        return Mark(day, "", f"{day_words(day, self._span.last)}: {what}")

    def infusions(self, found: Iterable[Infusion]) -> tuple[Mark, ...]:
        """Return the marks of infusions, numbered as in their plan."""
        return tuple(
            Mark(
                one.day,
                "" if one.dose is None else str(one.dose),
                f"{day_words(one.day, self._span.last)}: {infusion_name(one)}",
            )
            for one in found
        )

    def subtitle(self, person: str) -> str:
        """Return whom and which days it is about."""
        found = self._house.people.person(person)
        first, last = self._span.first, self._span.last
        days = tr("{first} to {last}", first=plain_date(first), last=plain_date(last))
        return " · ".join(part for part in ("" if found is None else found.name, days) if part)

    def row_is(self, told: str = "") -> str:
        """Return what a row of the table stands for; `told` is what is said of longer ones."""
        one = {
            "day": tr("A row is a day, the newest first."),
            "week": tr("A row is a week from Monday, the newest first."),
            "month": tr("A row is a month, the newest first."),
            "quarter": tr("A row is three months, the newest first."),
        }[self._span.unit]
        return f"{one} {told}" if told and self._span.unit != "day" else one

    def rows(
        self,
        told: Iterable[int],
        cells: Callable[[int], tuple[str, ...]],
        infusions: tuple[Mark, ...] = (),
        flares: tuple[Mark, ...] = (),
        calls: tuple[Mark, ...] = (),
        *,
        possible: Iterable[tuple[date, str]] = (),
    ) -> tuple[TableRow, ...]:
        """Return the rows of a table, the newest first; stretches without anything as one row."""
        notes = self._notes(infusions, flares, calls, possible)
        kept = sorted({*told, *notes}, reverse=True)
        found: list[TableRow] = []
        before = self._span.count
        for number in (*kept, -1):
            if before - number > 1:
                name = gap_words(self._span, number + 1, before - 1)
                blank = ("",) * (len(cells(-1)) - 1)
                found.append(TableRow(name, (tr("no entry"), *blank), gap=True))
            if number >= 0:
                note = " · ".join(notes.get(number, ()))
                found.append(TableRow(self.stretch(number), cells(number), note))
            before = number
        return tuple(found)

    def _notes(
        self,
        infusions: tuple[Mark, ...],
        flares: tuple[Mark, ...],
        calls: tuple[Mark, ...],
        possible: Iterable[tuple[date, str]],
    ) -> dict[int, list[str]]:
        notes: dict[int, list[str]] = {}
        daily = self._span.unit == "day"

        def note(day: date, said: str) -> None:
            notes.setdefault(self._span.number_of(day), []).append(said)

        for mark in infusions:
            note(mark.day, mark.words.partition(": ")[2] if daily else mark.words)
        for several, what in ((flares, tr("Flare")), (calls, tr("Call to the care team"))):
            counted = Counter(self._span.number_of(mark.day) for mark in several)
            for number, count in counted.items():
                said = what if daily else tr("{what}: {days}", what=what, days=days_words(count))
                notes.setdefault(number, []).append(said)
        if self._span.unit in ("month", "quarter"):
            # So many words have no room in a row.
            counted = Counter(self._span.number_of(day) for day, _ in possible)
            for number, count in counted.items():
                said = tr("What was possible: written on {days}", days=days_words(count))
                notes.setdefault(number, []).append(said)
            return notes
        for day, said in possible:
            when = "" if daily else f"{day_words(day, self._span.last)}: "
            note(day, tr("Possible: {words}", words=f"{when}{said}"))
        return notes


def infusion_name(one: Infusion) -> str:
    """Return "Infusion 2", or the title of one that has no number."""
    return one.title if one.dose is None else tr("Infusion {number}", number=one.dose)
