"""What is new since the last infusion, as one page for the nurse.

What nobody has answered keeps a line to write on. The letters shrink before a second page comes.
"""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.flow import Group, flow, leaves
from caregiver_app.pages.paper import LEAST_PT, Block, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_FITS: Final = (
    (12.0, 12, 2), (12.0, 12, 1), (11.5, 12, 1), (11.0, 12, 1), (10.5, 12, 1),
    (LEAST_PT, 12, 1), (LEAST_PT, 5, 1), (LEAST_PT, 2, 1),
)  # fmt: skip
"""Letter sizes in points, each with how many lines of what is known stand under one question, and
how many lines to write on."""
_TITLE_PT: Final = 17.0


@value
class NurseEntry:
    """One question: what was answered ("" for nothing yet), what was typed, what is known."""

    ask: str
    answer: str
    text: str
    known: tuple[str, ...] = ()


@value
class NursePage:
    """The whole list; `none` is what stands there when nothing is new."""

    person: str
    visit: str
    entries: tuple[NurseEntry, ...]
    none: str = ""
    printed: str = ""


def nurse_page(page: NursePage) -> Printed:
    """Return the list as a page to print."""

    def compose(sheet: Sheet) -> list[Leaf]:
        blocks, columns = _laid_out(sheet, page)
        head = (blocks.head_height, blocks.paint_head)
        return leaves(sheet, columns, page.person, page.printed, head)

    return Printed(tr("Anything new since last time?"), compose)


def _laid_out(sheet: Sheet, page: NursePage) -> tuple[_Blocks, list[list[Block]]]:
    """Return the largest letters with which one page is enough, else the smallest on more.

    What the program knows is shortened before anything that was typed goes to a second page.
    """
    room = sheet.height - sheet.footer_height
    for size, most, to_write in _FITS:
        blocks = _Blocks(sheet, page, size, most, to_write)
        columns = flow(blocks.groups(), room - blocks.head_height, room)
        if len(columns) == 1 or most == _FITS[-1][1]:
            return blocks, columns
    raise AssertionError


class _Blocks:
    """Everything in one size of letters."""

    def __init__(
        self, sheet: Sheet, page: NursePage, size: float, most: int, to_write: int
    ) -> None:
        self._sheet, self._page, self._size, self._most = sheet, page, size, most
        self._to_write = to_write
        wide = sheet.width
        self._title = sheet.text(
            [Run(tr("Anything new since last time?"), _TITLE_PT, bold=True)], wide
        )
        said = " · ".join(part for part in (page.person, page.visit) if part)
        self._visit = sheet.text([Run(said, size)], wide)
        self._none = sheet.text([Run(page.none, size, bold=True)], wide) if page.none else None

    @property
    def head_height(self) -> float:
        """What title, visit and the sentence above the questions take."""
        none = 0.0 if self._none is None else self._none.height + self._sheet.pt(8)
        return self._title.height + self._visit.height + none + self._sheet.pt(10)

    def paint_head(self) -> None:
        """Paint what stands above the questions."""
        painter, y = self._sheet.painter, 0.0
        self._title.paint(painter, 0, y)
        y += self._title.height
        self._visit.paint(painter, 0, y)
        y += self._visit.height
        if self._none is not None:
            self._none.paint(painter, 0, y + self._sheet.pt(8))

    def groups(self) -> list[Group]:
        """Return each question with what belongs to it; none is torn apart."""
        nothing = Block(0.0, lambda _x, _y, _height: None)
        return [Group(self._entry(one), nothing, ()) for one in self._page.entries]

    def _entry(self, entry: NurseEntry) -> Block:
        sheet, size, wide = self._sheet, self._size, self._sheet.width
        answer = sheet.text([Run(entry.answer, size, bold=True)], wide / 4, right=True)
        ask = sheet.text([Run(entry.ask, size, bold=True)], wide - wide / 4 - sheet.pt(10))
        indent, small = sheet.pt(12), max(LEAST_PT, size - 1)
        lines = [sheet.text([Run(entry.text, size)], wide - indent)] if entry.text else []
        known = list(entry.known[: self._most])
        if len(entry.known) > self._most:
            known.append(tr("and {count} more", count=len(entry.known) - self._most))
        if known:
            told = tr("Noted so far: {lines}", lines="; ".join(known))
            lines.append(sheet.text([Run(told, small)], wide - indent))
        writes = not (entry.answer or entry.text)
        gap, line = sheet.pt(size * 0.5), sheet.pt(size * 1.9)
        height = gap * 2 + max(ask.height, answer.height) + sum(one.height for one in lines)
        to_write = self._to_write if writes else 0
        height += line * to_write

        def paint(x: float, y: float, _height: float) -> None:
            sheet.rule(x, y, wide, 0.5)
            top = y + gap
            ask.paint(sheet.painter, x, top)
            answer.paint(sheet.painter, x + wide - wide / 4, top)
            top += max(ask.height, answer.height)
            for one in lines:
                one.paint(sheet.painter, x + indent, top)
                top += one.height
            for _ in range(to_write):
                top += line
                sheet.write_on(x + indent, top, wide - indent)

        return Block(height, paint)
