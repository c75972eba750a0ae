"""The printed month: one page across, and all of it.

Infusions are outlined bars, what is cancelled is struck through, what is only planned is dashed or
says so, and the days of watching carry a line. Nothing depends on colour, and no day ever says
"+3": a day that is too full points to a list, below the grid or on the next page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from caregiver_app.pages.calendar_items import CalendarPage, Item, title_runs
from caregiver_app.pages.calendar_parts import head, legend, ride_runs, sign_of, state_run
from caregiver_app.pages.dates import weekday_day
from caregiver_app.pages.flow import Group, flow, leveled, paint_down
from caregiver_app.pages.month_grid import Grid, Look
from caregiver_app.pages.paper import Block, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.pages.signs import paint_sign

_LOOKS: Final = (Look(12.0, 4), Look(11.0, 4), Look(10.0, 5), Look(10.0, 5, rides=False))
_BIG: Final = (Look(18.0, 4), Look(16.0, 4), Look(14.0, 3), Look(14.0, 3, rides=False))
_GUTTER_PT: Final = 20.0
_LEAST_LIST: Final = 0.08
_MOST_LIST: Final = 0.42
_STEPS: Final = 18


def month(page: CalendarPage) -> Printed:
    """Return a month to print. `page.first` and `page.last` are the month's own days."""
    title = tr("Calendar, {month}", month=page.span)
    return Printed(title, lambda sheet: _Composer(sheet, page).leaves(), landscape=True)


class _Composer:
    """Sets a month on a sheet."""

    def __init__(self, sheet: Sheet, page: CalendarPage) -> None:
        self._sheet, self._page = sheet, page
        self._head = head(sheet, page.span, page.people, 26.0 if page.big else 22.0)
        self._legend = legend(sheet, page, 12.0 if page.big else 10.0)
        self._list_size = 14.0 if page.big else 11.0
        self._columns = 2 if page.big else 3
        self._lines: dict[int, Block] = {}
        """The lines of the list that are set already, by the id of their item."""

    def leaves(self) -> list[Leaf]:
        """Return the painters of all pages."""
        looks = _BIG if self._page.big else _LOOKS
        for look in looks:
            grid = Grid(self._sheet, self._page, look)
            heights = grid.heights(self._room(grid))
            if not grid.rest(heights):
                return [partial(self._paint, grid, heights, "", None, 1)]
        # What goes on in a list may be short here: more of the day is seen at a glance.
        return self._with_list(Grid(self._sheet, self._page, replace(looks[-1], lines=2)))

    def _room(self, grid: Grid) -> float:
        """Return the height that is left for the weeks."""
        around = self._head.height + self._legend.height + grid.head_height
        return self._sheet.height - self._sheet.footer_height - around

    def _with_list(self, grid: Grid) -> list[Leaf]:
        """Put what found no room below the grid if it is little, else on pages of its own."""
        room = self._room(grid)
        heading = self._heading(tr("More on these days"), 1.1, 9)
        for step in range(_STEPS):
            share = _LEAST_LIST + (_MOST_LIST - _LEAST_LIST) * step / (_STEPS - 1)
            heights = grid.heights(room * (1 - share))
            groups = self._groups(grid.rest(heights))
            columns = leveled(groups, self._columns, room * share - heading.height)
            if columns is not None:
                below = self._list(columns, heading)
                return [partial(self._paint, grid, heights, tr("see below"), below, 1)]
        heights = grid.heights(room)
        heading = self._heading(tr("{month}: more on these days", month=self._page.span), 1.3, 0)
        tall = self._sheet.height - self._sheet.footer_height - heading.height
        columns = flow(self._groups(grid.rest(heights)), tall, tall)
        stacks = [columns[at : at + self._columns] for at in range(0, len(columns), self._columns)]
        total = 1 + len(stacks)
        more = tr("see page {page}", page=2)
        rest = [
            self._leaf(self._list(stack, heading), number, total)
            for number, stack in enumerate(stacks, 2)
        ]
        return [partial(self._paint, grid, heights, more, None, total), *rest]

    # -- The list ---------------------------------------------------------------------------------

    def _heading(self, words: str, grown: float, above: float) -> Block:
        size = self._list_size * grown
        return self._sheet.heading(words, size, self._sheet.width, above, 3)

    @property
    def _column(self) -> float:
        gutters = self._sheet.pt(_GUTTER_PT) * (self._columns - 1)
        return (self._sheet.width - gutters) / self._columns

    def _groups(self, items: Sequence[Item]) -> list[Group]:
        days = dict.fromkeys(item.day for item in items)
        return [
            Group(
                self._day(weekday_day(day)),
                self._day(tr("{day}, continued", day=weekday_day(day))),
                tuple(self._line(item) for item in items if item.day == day),
            )
            for day in days
        ]

    def _day(self, words: str) -> Block:
        line = self._sheet.text([Run(words, self._list_size, bold=True)], self._column)
        above = self._sheet.pt(5)

        def paint(x: float, y: float, _: float) -> None:
            line.paint(self._sheet.painter, x, y + above)

        return Block(line.height + above, paint, opens=True)

    def _line(self, item: Item) -> Block:
        if id(item) not in self._lines:
            self._lines[id(item)] = self._set(item)
        return self._lines[id(item)]

    def _set(self, item: Item) -> Block:
        sheet, size = self._sheet, self._list_size
        side = sheet.pt(size * 0.95) if sign_of(item) else 0.0
        shift = side + sheet.pt(4) if side else 0.0
        runs = [*title_runs(item, size), *state_run(item, size)]
        if item.part:
            runs.append(Run(f", {item.part}", size))
        rides = ride_runs(item, size)
        if rides:
            runs += [Run(". ", size), *rides]
        words = sheet.text(runs, self._column - shift)

        def paint(x: float, y: float, _: float) -> None:
            if side:
                paint_sign(sheet.painter, sign_of(item), x, y + (words.first_line - side) / 2, side)
            words.paint(sheet.painter, x + shift, y)

        return Block(words.height + sheet.pt(1.5), paint)

    def _list(self, columns: list[list[Block]], heading: Block) -> Callable[[float], None]:
        """Return what paints the list from a height on."""
        sheet = self._sheet

        def paint(y: float) -> None:
            heading.paint(0.0, y, heading.height)
            for number, column in enumerate(columns):
                left = number * (self._column + sheet.pt(_GUTTER_PT))
                paint_down(column, left, y + heading.height)

        return paint

    # -- Pages ------------------------------------------------------------------------------------

    def _paint(
        self,
        grid: Grid,
        heights: list[float],
        more: str,
        below: Callable[[float], None] | None,
        total: int,
    ) -> None:
        sheet, page = self._sheet, self._page
        self._head.paint(0.0, 0.0, self._head.height)
        at = self._head.height
        grid.paint(0.0, at, heights, more)
        at += grid.head_height + sum(heights)
        self._legend.paint(0.0, at, self._legend.height)
        if below is not None:
            below(at + self._legend.height)
        sheet.footer(page.people, page.printed, 1, total)

    def _leaf(self, paint: Callable[[float], None], number: int, total: int) -> Leaf:
        """Return the painter of one page of the list."""

        def whole() -> None:
            paint(0.0)
            self._sheet.footer(self._page.people, self._page.printed, number, total)

        return whole
