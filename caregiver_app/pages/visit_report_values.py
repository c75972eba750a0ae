"""Everything that may stand on a visit report, in words."""

from __future__ import annotations

from caregiver_app.pages.chart_parts import Picture
from caregiver_app.values import value


@value
class SignLine:
    """One sign in the table."""

    what: str
    first: str
    strong: str
    long: str
    did: str


@value
class Said:
    """A line of words: its beginning in bold, then the rest."""

    bold: str
    rest: str = ""


@value
class TrendLine:
    """One scale: its points (place in the period 0 to 1, number 0 to 10) and its cells.

    Of a long period the points are the lowest and the highest of each stretch of days.
    """

    name: str
    points: tuple[tuple[float, int], ...]
    cells: tuple[str, ...]


@value
class TrendTable:
    """How the days were; `note` says which end of a scale is which."""

    head: tuple[str, ...]
    lines: tuple[TrendLine, ...]
    note: str


@value(kw_only=True)
class ReportPage:
    """Everything that may stand on the page, in words.

    A part that is empty has no heading; None or () leaves it out. `signs_none` stands where the
    table would be empty, None where signs are not wanted.
    """

    person: str
    visit: Said
    covers: str
    about: tuple[Said, ...]
    also: tuple[Said, ...]
    infusion: tuple[tuple[str, str], ...]
    heading: str
    signs: tuple[SignLine, ...]
    signs_none: str | None
    temperatures: tuple[str, ...]
    calls: tuple[Said, ...]
    tally: tuple[Said, ...]
    trends: TrendTable | None
    flares: str
    medicines_title: str
    medicines: tuple[Said, ...]
    infusions: tuple[Said, ...]
    chart_title: str
    chart: Picture | None
    caption: str
    asks: bool
    questions: tuple[str, ...]
    printed: str
