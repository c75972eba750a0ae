"""The visit report as one page: who, what was seen, what was done, what is to be asked.

It is always one page. The letters shrink first; then the less important lines of each part give
way and say how many there are in the app. The chart is the last to go.
"""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.flow import height_of, paint_down
from caregiver_app.pages.paper import LEAST_PT, Block, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.pages.visit_report_parts import Part, Sections, Size
from caregiver_app.pages.visit_report_values import ReportPage

_WHOLE: Final = (
    Size(12.0, 8, 230, 2), Size(12.0, 8, 190, 1), Size(11.5, 8, 175, 1), Size(11.0, 8, 165, 1),
    Size(10.5, 8, 155, 1), Size(LEAST_PT, 8, 150, 1), Size(LEAST_PT, 3, 135, 1),
)  # fmt: skip
"""With these everything is there; only very long texts end in "…"."""
_PART: Final = (
    Size(LEAST_PT, 2, 130, 1), Size(LEAST_PT, 2, 0, 1), Size(LEAST_PT, 2, 0, 1, days=False),
    Size(LEAST_PT, 1, 0, 1, days=False),
)  # fmt: skip
"""With these lines are left out, then the chart, how the days were, second lines of a text."""
_ROW: Final = 13.0
"""Points that a line takes at least."""
_BETWEEN: Final = 0.05


def visit_report(page: ReportPage) -> Printed:
    """Return the report as a page to print; it is one page on any paper."""

    def compose(sheet: Sheet) -> list[Leaf]:
        layout = _fitting(sheet, page)

        def paint() -> None:
            paint_down(layout.blocks(), 0, 0)
            said = tr("Printed {printed_at}", printed_at=page.printed) if page.printed else ""
            sheet.footer(page.person, said, 1, 1)

        return [paint]

    return Printed(tr("Visit report"), compose)


def _fitting(sheet: Sheet, page: ReportPage) -> _Layout:
    """Return the most that fits on one page."""
    room = sheet.height - sheet.footer_height
    lines = (page.signs, page.calls, page.medicines, page.infusions, page.questions)
    if sum(map(len, lines)) * sheet.pt(_ROW) < room:
        for size in _WHOLE:
            layout = _Layout(sheet, page, size)
            if layout.is_whole and layout.height <= room:
                return layout
    for size in _PART[:-1]:
        layout = _Layout(sheet, page, size)
        layout.shrink()
        if layout.height <= room:
            layout.grow(room)
            return layout
    layout = _Layout(sheet, page, _PART[-1])
    layout.shrink()
    layout.grow(room)
    return layout


class _Layout:
    """All parts in one size, in the order of the page."""

    def __init__(self, sheet: Sheet, page: ReportPage, size: Size) -> None:
        self._laid: tuple[tuple[int, ...], list[Block]] | None = None
        made = Sections(sheet, page, size)
        between = sheet.width * _BETWEEN
        half = (sheet.width - between) / 2
        days = size.days and bool(page.trends or page.flares)
        # What stands alone takes the whole width.
        beside = sum((days, bool(page.medicines), bool(page.infusions))) > 1
        wide = half if beside else sheet.width
        self._right_at = half + between if beside else 0.0
        self._days = made.trends(wide) if days else []
        self._above = [made.head(), *made.about()]
        self._also, self._tally = made.also(), made.tally()
        self._infusion, self._signs = made.infusion(), made.signs()
        self._temperatures, self._calls = made.temperatures(), made.calls()
        self._medicines, self._infusions = made.medicines(wide), made.infusions(wide)
        self._chart = made.chart() if size.chart else made.in_the_app()
        self._questions = made.questions()

    @property
    def _parts(self) -> tuple[Part, ...]:
        """The parts that can be shorter, the one that grows first at the head."""
        return (
            self._signs, self._questions, self._calls, self._medicines, self._infusions,
            self._infusion, self._temperatures,
        )  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return all(part.count == part.total for part in self._parts)

    @property
    def height(self) -> float:
        """How high everything is."""
        return height_of(self.blocks())

    def shrink(self) -> None:
        """Leave out as much as may be."""
        for part in self._parts:
            part.count = part.least

    def grow(self, room: float) -> None:
        """Take in line after line, from each part in turn, as long as the page holds them."""
        growing = list(self._parts)
        while growing:
            for part in tuple(growing):
                fits = part.count < part.total
                if fits:
                    part.count += 1
                    if self.height > room:
                        part.count -= 1
                        fits = False
                if not fits:
                    growing.remove(part)

    def blocks(self) -> list[Block]:
        """Return everything from the head of the page to its foot."""
        counts = tuple(part.count for part in self._parts)
        if self._laid is None or self._laid[0] != counts:
            self._laid = counts, self._lay()
        return self._laid[1]

    def _lay(self) -> list[Block]:
        return [
            *self._above, *self._infusion.blocks(), *self._also,
            *self._signs.blocks(), *self._temperatures.blocks(), *self._calls.blocks(),
            *self._tally, *self._beside(), *self._chart, *self._questions.blocks(),
        ]  # fmt: skip

    def _beside(self) -> list[Block]:
        """Return how the days were, and beside it what was given."""
        left, right = self._days, [*self._medicines.blocks(), *self._infusions.blocks()]
        if not left:
            left, right = self._medicines.blocks(), self._infusions.blocks()
        if not self._right_at:
            return [*left, *right]

        def paint(x: float, y: float, _height: float) -> None:
            paint_down(left, x, y)
            paint_down(right, x + self._right_at, y)

        return [Block(max(height_of(left), height_of(right)), paint)]
