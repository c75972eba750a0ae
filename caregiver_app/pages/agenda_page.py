"""The printed agenda, day by day with time, place, phone and who drives, over several pages.

Days and the span are said again where they go on; an appointment is never cut in two.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from caregiver_app.pages.calendar_items import (
    KIND_WORDS,
    CalendarPage,
    Item,
    isolated,
)
from caregiver_app.pages.calendar_parts import (
    everyday_line,
    head,
    ride_runs,
    sign_of,
    state_run,
)
from caregiver_app.pages.dates import full_date, weekday_day
from caregiver_app.pages.flow import Group, flow, paint_down
from caregiver_app.pages.paper import LEAST_PT, Block, Paragraph, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.pages.signs import paint_sign

_SIZE: Final = 12.0
_BIG: Final = 17.0


def agenda(page: CalendarPage) -> Printed:
    """Return an agenda of the days `page.first` to `page.last` to print."""
    title = tr("Agenda, {span}", span=page.span)
    return Printed(title, lambda sheet: _Composer(sheet, page).leaves())


class _Composer:
    """Sets an agenda on a sheet."""

    def __init__(self, sheet: Sheet, page: CalendarPage) -> None:
        self._sheet, self._page = sheet, page
        self._size = _BIG if page.big else _SIZE
        self._small = max(LEAST_PT, self._size * 0.9)
        times = {item.time for item in page.items if item.time} or {"00:00"}
        widest = max(self._bold(time).width for time in times)
        self._time_width = widest + sheet.pt(self._size * 0.7)
        has_signs = any(sign_of(item) for item in page.items)
        self._sign_width = sheet.pt(self._size * 1.05 + 6) if has_signs else 0.0

    def leaves(self) -> list[Leaf]:
        """Return the painters of all pages."""
        sheet, page = self._sheet, self._page
        top = [head(sheet, page.span, page.people, 26.0 if page.big else 21.0), *self._notes()]
        again = head(sheet, tr("{span}, continued", span=page.span), "", self._size * 1.1)
        whole = sheet.height - sheet.footer_height
        first = whole - sum(block.height for block in top)
        pages = flow(self._groups(), first, whole - again.height)
        leaves: list[Leaf] = []
        for number, blocks in enumerate(pages, 1):
            stack = [*(top if number == 1 else [again]), *blocks]
            leaves.append(partial(self._paint, stack, number, len(pages)))
        return leaves

    def _paint(self, blocks: list[Block], number: int, total: int) -> None:
        paint_down(blocks, 0.0, 0.0)
        self._sheet.footer(self._page.people, self._page.printed, number, total)

    def _bold(self, words: str) -> Paragraph:
        return self._sheet.text([Run(words, self._size, bold=True)], self._sheet.width)

    # -- The lines above the days -----------------------------------------------------------------

    def _notes(self) -> list[Block]:
        """Return what is left out of the days, and that they are empty where that is so."""
        sheet, page = self._sheet, self._page
        lines: list[Paragraph] = []
        daily = everyday_line(sheet, page, self._size)
        if daily is not None:
            lines.append(daily)
        if page.left_out:
            lines.append(sheet.text([Run(page.left_out, self._size, bold=True)], sheet.width))
        if not page.items:
            words = (
                tr("There is nothing to show on these days.")
                if page.left_out
                else tr("Nothing is planned on these days.")
            )
            lines.append(sheet.text([Run(words, self._size)], sheet.width))
        return [self._note(line) for line in lines]

    def _note(self, line: Paragraph) -> Block:
        above = self._sheet.pt(5)

        def paint(x: float, y: float, _: float) -> None:
            line.paint(self._sheet.painter, x, y + above)

        return Block(line.height + above, paint)

    # -- Days -------------------------------------------------------------------------------------

    def _groups(self) -> list[Group]:
        page = self._page
        years = page.first.year != page.last.year
        groups: list[Group] = []
        for day in dict.fromkeys(item.day for item in page.items):
            name = full_date(day) if years else weekday_day(day)
            items = [item for item in page.items if item.day == day]
            groups.append(
                Group(
                    self._heading(name, 12.0),
                    self._heading(tr("{day}, continued", day=name), 4.0),
                    tuple(self._row(item, last=item is items[-1]) for item in items),
                )
            )
        return groups

    def _heading(self, words: str, above: float) -> Block:
        grown = self._size * 1.1
        return self._sheet.heading(words, grown, self._sheet.width, above, self._size * 0.15)

    def _row(self, item: Item, *, last: bool) -> Block:
        sheet, size = self._sheet, self._size
        left = self._time_width + self._sign_width
        lines = [sheet.text(runs, sheet.width - left) for runs in self._lines(item)]
        time = self._time(item)
        blank = item.needs_driver
        air = sheet.pt(size * 0.33)
        height = sum(line.height for line in lines) + 2 * air
        side = sheet.pt(size * 1.05)

        def paint(x: float, y: float, given: float) -> None:
            at, title = y + air, lines[0]
            if time is not None:
                time.paint(sheet.painter, x, at + title.ascent - time.ascent)
            if sign_of(item):
                middle = at + (title.first_line - side) / 2
                paint_sign(sheet.painter, sign_of(item), x + self._time_width, middle, side)
            for line in lines:
                line.paint(sheet.painter, x + left, at)
                at += line.height
            if blank:
                start = x + left + lines[-1].width + sheet.pt(8)
                if sheet.width - start > sheet.pt(60):
                    sheet.write_on(start, at, x + sheet.width - start)
            if not last:
                sheet.rule(x, y + given, sheet.width, 0.5)

        return Block(height, paint)

    def _time(self, item: Item) -> Paragraph | None:
        if not item.time:
            return None
        struck = item.state == "cancelled"
        return self._sheet.text(
            [Run(item.time, self._size, bold=True, struck=struck)], self._sheet.width
        )

    def _lines(self, item: Item) -> list[list[Run]]:
        """Return title with who it is for, then what and where, then who drives."""
        size, small = self._size, self._small
        struck = item.state == "cancelled"
        title = isolated(item.title)
        lead = "\u200e" if title != item.title else ""
        first = [Run(f"{lead}{title}", size, bold=True, struck=struck)]
        if item.person:
            first.append(Run(f", {isolated(item.person)}", size))
        first += state_run(item, size)
        facts = [
            "" if item.kind in ("", "other") else tr(KIND_WORDS[item.kind]),
            "" if item.time or item.goes_on else tr("all day"),
            tr("goes on") if item.goes_on and not item.part else "",
            item.part,
            item.until,
            item.there,
            isolated(item.place),
            item.phone,
        ]
        if item.state == "done":
            facts.insert(1, tr("done"))
        second = " · ".join(fact for fact in facts if fact)
        lines = [first]
        if second:
            lines.append([Run(f"\u200e{second}" if "\u2068" in second else second, small)])
        ways = [
            tr("Pick up: {place}", place=isolated(item.pick_up)) if item.pick_up else "",
            tr("Way home: {name}", name=isolated(item.way_home)) if item.way_home else "",
        ]
        lines += [[Run(way, small)] for way in ways if way]
        # The last one, because a line to write on follows where nobody is named.
        rides = ride_runs(item, size if item.needs_driver else small, phone=True)
        return [*lines, rides] if rides else lines
