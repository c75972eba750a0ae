"""The printed bag: what to take along, what to do before the door and before the way home.

Everything that belongs on it stays on it, at twelve points and with boxes of five millimetres.
When one page gets tight, first the free lines to write on give way, then the air between the
lines, then the lists share both columns, then what is done before leaving stands in smaller
running words, at last all of it in a little less than twelve points. What is longer flows on, and
the headings are said again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QPagedPaintDevice

from caregiver_app.pages.bag_head import bag_head, bag_head_again
from caregiver_app.pages.bag_rows import RowFit, bag_row, blank_row, small_line, told
from caregiver_app.pages.bag_values import BagLine, BagPage
from caregiver_app.pages.flow import Group, flow, height_of, leveled, paint_down, whole
from caregiver_app.pages.paper import BODY_PT, LEAST_PT, Block, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed, paint_printed, pdf_of, write_printed
from caregiver_app.values import value

_GUTTER_PT: Final = 22.0
_NURSE_PT: Final = 27.0
_HEADING_TIMES: Final = 1.08

ROWS, ASIDE, TOLD = "rows", "aside", "told"
"""How what is done before leaving is set: below each other, side by side, as running words."""


@value
class Fit(RowFit):
    """How loosely the page is set; lengths in points.

    `even` lets the lists share both columns, `steps` is one of ROWS, ASIDE and TOLD, the latter
    in letters of `told_pt`.
    """

    gap: float = 16.0
    nurse_lines: int = 0
    blanks: int = 0
    even: bool = False
    steps: str = ROWS
    told_pt: float = BODY_PT
    tight_head: bool = False


_ROOMY: Final = Fit(nurse_lines=7, blanks=1)
_ROWS_PT: Final = (25.5, 24.0, 22.5)
_TIGHT: Final = Fit(row=22.5, gap=9.0, air=4.0, even=True)
_TIGHTEST: Final = replace(_TIGHT, row=21.0, gap=4.0, air=2.5, steps=TOLD, tight_head=True)
_FLOWING: Final = Fit(row=22.5, gap=14.0, air=5.0, even=True)


def fits() -> Iterator[Fit]:
    """Yield ever tighter ways to set one page."""
    for lines in range(_ROOMY.nurse_lines, -1, -1):
        yield replace(_ROOMY, nurse_lines=lines)
    for row in _ROWS_PT:
        yield Fit(row=row, gap=row * 0.6)
    for air in (5.0, 4.0):
        yield replace(_TIGHT, air=air)
        yield replace(_TIGHT, air=air, steps=ASIDE)
    for size in (BODY_PT, 11.0, LEAST_PT):
        yield replace(_TIGHT, steps=TOLD, told_pt=size)
    for size in (11.0, LEAST_PT):
        yield replace(_TIGHTEST, told_pt=size)
    for size in (11.5, 11.0):
        yield replace(_TIGHTEST, size=size, told_pt=LEAST_PT)


def bag_printed(page: BagPage) -> Printed:
    """Return the bag as pages to print."""
    return Printed(page.name, lambda sheet: _leaves(sheet, page))


def _leaves(sheet: Sheet, page: BagPage) -> list[Leaf]:
    room = sheet.height - sheet.footer_height
    pages = _one_page(sheet, page, room)
    if pages is None:
        pages = _Composer(sheet, page, _FLOWING).several(room)
    said = tr("Printed {printed_at}", printed_at=page.printed_at) if page.printed_at else ""

    def paint(blocks: Sequence[Block], number: int) -> None:
        paint_down(blocks, 0.0, 0.0)
        sheet.footer(page.person, said, number, len(pages))

    return [partial(paint, blocks, number) for number, blocks in enumerate(pages, start=1)]


def _one_page(sheet: Sheet, page: BagPage, room: float) -> list[list[Block]] | None:
    """Return the page set as loosely as fits on one, None where no way does."""
    for fit in fits():
        composer = _Composer(sheet, page, fit)
        blocks = composer.blocks(room)
        if blocks is None or height_of(blocks) > room:
            continue
        if fit.even:
            # The lists that share the columns may leave room below after all.
            blocks += composer.nurse_within(room - height_of(blocks))
        return [blocks]
    return None


class _Composer:
    """Sets a bag page on a sheet in one way of fitting."""

    def __init__(self, sheet: Sheet, page: BagPage, fit: Fit) -> None:
        self._sheet, self._page, self._fit = sheet, page, fit
        self._half = (sheet.width - sheet.pt(_GUTTER_PT)) / 2
        self._head = bag_head(sheet, page, fit.gap, tight=fit.tight_head)

    def blocks(self, room: float) -> list[Block] | None:
        """Return one page from top to bottom; None where the lists fit in no two columns."""
        fit, steps = self._fit, self._steps()
        lists = self._lists()
        if fit.even:
            free = room - self._head.height - height_of(steps)
            columns = leveled(lists, 2, free) if free > 0 else None
            if columns is None:
                return None
            both = [whole(column) for column in columns]
        else:
            both = [whole([group.heading, *group.blocks]) for group in lists]
        return [self._head, *self._beside(both), *steps, *self.nurse(fit.nurse_lines)]

    def several(self, room: float) -> list[list[Block]]:
        """Return as many pages as it takes; what is done before leaving flows along."""
        again = bag_head_again(self._sheet, self._page)
        groups = [*self._lists(), *(self._group(*one, self._half) for one in self._to_do())]
        columns = flow(groups, room - self._head.height, room - again.height, 2)
        pages: list[list[Block]] = []
        for place in range(0, len(columns), 2):
            both = [whole(column) for column in columns[place : place + 2]]
            pages.append([again if place else self._head, *self._beside(both)])
        pages[-1] += self.nurse_within(room - height_of(pages[-1]))
        return pages

    # -- The lists --------------------------------------------------------------------------------

    def _lists(self) -> list[Group]:
        """Return the two lists with what stays at home; each stands there even while empty."""
        page = self._page
        papers = self._group(tr("Papers"), page.papers, self._half, page.papers_by, packs=True)
        things = self._group(
            tr("Things to take"), page.things, self._half, page.things_by, packs=True
        )
        if page.left_out:
            words = tr("Not this time: {names}", names=", ".join(page.left_out))
            line = small_line(self._sheet, words, self._half)
            papers = replace(papers, blocks=(*papers.blocks, line))
        return [papers, things]

    def _group(
        self,
        title: str,
        lines: Sequence[str | BagLine],
        width: float,
        by: str = "",
        *,
        packs: bool = False,
    ) -> Group:
        sheet, fit = self._sheet, self._fit
        wanted = [one for one in map(_line, lines) if one.state != "not_needed"]
        rows = [bag_row(sheet, one, width, fit, inline=fit.even) for one in wanted]
        rows += [blank_row(sheet, width, fit.row) for _ in range(fit.blanks if packs else 0)]
        heading = tr("{heading}, {ready_by}", heading=title, ready_by=by) if by else title
        again = tr("{title}, continued", title=title)
        return Group(self._heading(heading, width), self._heading(again, width), tuple(rows))

    def _heading(self, text: str, width: float) -> Block:
        size = self._fit.size * _HEADING_TIMES
        return self._sheet.heading(text, size, width, self._fit.gap, self._fit.row * 0.12)

    def _beside(self, columns: Sequence[Block]) -> list[Block]:
        """Return up to two columns as one block of the full width."""
        shift = self._half + self._sheet.pt(_GUTTER_PT)

        def paint(x: float, y: float, _: float) -> None:
            for place, column in enumerate(columns):
                column.paint(x + place * shift, y, column.height)

        return [Block(max((one.height for one in columns), default=0.0), paint)]

    # -- Before leaving ---------------------------------------------------------------------------

    def _to_do(self) -> list[tuple[str, tuple[str | BagLine, ...]]]:
        page = self._page
        every = (
            (tr("Before you leave the house"), page.before_house),
            (tr("Before you leave the clinic"), page.before_clinic),
        )
        return [one for one in every if one[1]]

    def _steps(self) -> list[Block]:
        """Return what is done before leaving house and clinic."""
        fit = self._fit
        if fit.steps == TOLD:
            return [told(self._sheet, *one, fit.told_pt) for one in self._to_do()]
        width = self._half if fit.steps == ASIDE else self._sheet.width
        groups = [self._group(*one, width) for one in self._to_do()]
        blocks = [[group.heading, *group.blocks] for group in groups]
        if fit.steps == ASIDE:
            return self._beside([whole(one) for one in blocks])
        return [block for one in blocks for block in one]

    def nurse(self, lines: int) -> list[Block]:
        """Return so many free lines to write on, under their heading; nothing for none."""
        sheet = self._sheet
        if lines <= 0:
            return []
        line = Block(
            sheet.pt(_NURSE_PT), lambda x, y, height: sheet.write_on(x, y + height, sheet.width)
        )
        return [self._heading(tr("To tell the nurse"), sheet.width), *[line] * lines]

    def nurse_within(self, height: float) -> list[Block]:
        """Return the free lines that fit into `height`, two at least, or nothing."""
        one = self.nurse(1)
        lines = 1 + int((height - height_of(one)) / one[-1].height)
        return self.nurse(min(lines, _ROOMY.nurse_lines)) if lines > 1 else []


def _line(line: str | BagLine) -> BagLine:
    return BagLine(line) if isinstance(line, str) else line


def paint_bag(device: QPagedPaintDevice, page: BagPage) -> set[str]:
    """Paint the page on a printer or PDF writer whose paper is set (`paper.prepare`).

    Returns the characters that were drawn, which only a PDF file has a use for.
    """
    return paint_printed(device, bag_printed(page))


def pdf(page: BagPage, paper: str = "A4") -> bytes:
    """Return the page as a PDF file; a QGuiApplication must be there (`paper.application`)."""
    return pdf_of(bag_printed(page), paper)


def write_pdf(page: BagPage, path: Path, paper: str = "A4") -> None:
    """Write the page as a PDF file, all or nothing, readable by its owner alone.

    Raises:
        InputRefused: the folder does not exist, or `path` cannot be the name of a file.
        DataReadOnly: the folder cannot be written to.
        DiskTrouble: the disk is full or failed; what was there before is untouched.
    """
    write_printed(bag_printed(page), path, paper)
