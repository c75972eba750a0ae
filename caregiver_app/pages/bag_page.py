"""The printed bag: what to take along, what to do before the door and before the way home.

It is one page, and everything that belongs on it stays on it. When it gets tight, first the free
lines to write on give way, then the air between the lines, then the lists stand side by side,
then the type gets smaller, down to ten points; only then is there a second page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice, QPainter

from caregiver_app.pages.paper import (
    BODY_PT,
    LEAST_PT,
    TICK_PT,
    Block,
    Paragraph,
    Run,
    Sheet,
    as_pdf,
    tr,
)
from caregiver_app.services.handout import hand_out
from caregiver_app.values import value


@value
class BagLine:
    """One line with a tick box. `state` is "to_pack", "packed" or "not_needed".

    `hint` stands small at its right (who brings it, "2 open"). `write` adds a blank to write on
    there, followed by its unit ("°C").
    """

    label: str
    state: str = "to_pack"
    hint: str = ""
    write: str | None = None


@value
class BagPage:
    """What the page says. Every text is ready to print; empty ones leave a blank or nothing.

    `when` is the visit's day and hour in full, `papers_by` and `things_by` complete the headings
    ("ready by Sat 28"), `not_this_time` names what stays at home, `printed_at` is the time of
    printing for the footer.
    """

    person: str
    title: str
    when: str
    where: str = ""
    address: str = ""
    phone: str = ""
    phone_after_hours: str = ""
    driver: str = ""
    driver_phone: str = ""
    leave_at: str = ""
    papers: tuple[BagLine, ...] = ()
    things: tuple[BagLine, ...] = ()
    papers_by: str = ""
    things_by: str = ""
    not_this_time: tuple[str, ...] = ()
    before_house: tuple[str | BagLine, ...] = ()
    before_clinic: tuple[str | BagLine, ...] = ()
    printed_at: str = ""


@value
class _Fit:
    """How loosely the page is set; lengths in points."""

    size: float = BODY_PT
    row: float = 25.5
    gap: float = 16.0
    nurse_lines: int = 0
    blanks: int = 0
    side_by_side: bool = False
    several_pages: bool = False


_ROOMY = _Fit(nurse_lines=7, blanks=1)
_ROWS = (25.5, 24.0, 22.5, 21.0, 19.5, 18.0)
_TIGHTEST_PT = TICK_PT + 2.0
_SMALLER = (11.5, 11.0, 10.5, LEAST_PT)
_NURSE_PT = 27.0
_GUTTER_PT = 22.0
_BLANK_PT = 105.0
_TWO_PAGES = _Fit(row=22.5, several_pages=True)


def _fits() -> Iterator[_Fit]:
    """Yield ever tighter ways to set the page."""
    for lines in range(_ROOMY.nurse_lines, -1, -1):
        yield replace(_ROOMY, nurse_lines=lines)
    fit = replace(_ROOMY, nurse_lines=0, blanks=0)
    yield fit
    for size in (BODY_PT, *_SMALLER):
        for aside in (False, True):
            for row in _ROWS if size > LEAST_PT else (*_ROWS, _TIGHTEST_PT):
                yield replace(fit, size=size, row=row, gap=row * 0.6, side_by_side=aside)


class _Composer:
    """Sets a bag page on a sheet in one way of fitting."""

    def __init__(self, sheet: Sheet, page: BagPage, fit: _Fit) -> None:
        self._sheet = sheet
        self._page = page
        self._fit = fit
        self._half = (sheet.width - sheet.pt(_GUTTER_PT)) / 2

    def blocks(self) -> list[Block]:
        """Return the page's blocks, from top to bottom."""
        page, fit = self._page, self._fit
        papers = self._section(tr("Papers"), page.papers, self._half, page.papers_by, to_pack=True)
        things = self._section(tr("Things"), page.things, self._half, page.things_by, to_pack=True)
        full = self._half if fit.side_by_side else self._sheet.width
        house = self._section(tr("Before you leave the house"), page.before_house, full)
        clinic = self._section(tr("Before you leave the clinic"), page.before_clinic, full)
        left_out = self._left_out(self._half)
        if fit.side_by_side:
            left = [*papers, *left_out, *house, *clinic]
            lists = self._columns(left, things)
        elif fit.several_pages:
            both = [*self._in_two(papers), *self._in_two(things), *left_out]
            lists = [*both, *house, *clinic]
        else:
            lists = [*self._columns([*papers, *left_out], things), *house, *clinic]
        return [self._header(), *lists, *self._nurse()]

    def _in_two(self, section: list[Block]) -> list[Block]:
        """Return one list in two columns, read across, that may go on on the next page."""
        heading, rows = section[0], section[1:]
        return [heading, *map(self._pair, rows[::2], [*rows[1::2], None][: (len(rows) + 1) // 2])]

    # -- the head ------------------------------------------------------------------------------

    def _header(self) -> Block:
        page, sheet, size = self._page, self._sheet, self._fit.size
        wide = sheet.width * 0.63
        name = tr("{person}\u2019s bag", person=page.person) if page.person else tr("The bag")
        title = sheet.text([Run(name, size * 1.75, bold=True)], wide)
        when = [Run(page.when, size * 1.1, bold=True)]
        if page.title:
            when.append(Run(f" · {page.title}", size * 1.1))
        day = sheet.text(when, sheet.width)
        facts = self._facts()
        air, lead = sheet.pt(self._fit.gap * 0.5), sheet.pt(self._fit.gap * 0.25)
        aside = self._leaving(sheet.width - wide)
        top = max(title.height, self._aside_height(aside))
        height = top + day.height + air + sum(line.height + lead for _, line, _ in facts)

        def paint(x: float, y: float, _: float) -> None:
            title.paint(sheet.painter, x, y)
            self._paint_aside(aside, x + wide, y, sheet.width - wide)
            at = y + top
            day.paint(sheet.painter, x, at)
            at += day.height + air
            for label, line, blank in facts:
                start = x + self._label_width
                label.paint(sheet.painter, x, at + line.ascent - label.ascent)
                line.paint(sheet.painter, start, at)
                if blank:
                    self._sheet.write_on(start, at + line.height, sheet.pt(_BLANK_PT * 2))
                at += line.height + lead

        return Block(height, paint)

    @property
    def _label_width(self) -> float:
        return self._sheet.pt(self._fit.size * 4.6)

    def _facts(self) -> list[tuple[Paragraph, Paragraph, bool]]:
        """Return label, text, and whether to leave a blank instead, for where and phone."""
        page, sheet, size = self._page, self._sheet, self._fit.size
        where = [Run(page.where, size, bold=True)] if page.where else []
        if page.address:
            where.append(Run(f", {page.address}" if where else page.address, size))
        phone = [Run(page.phone, size, bold=True)] if page.phone else []
        if page.phone_after_hours:
            phone.append(Run(tr(", out of hours ") if phone else tr("out of hours "), size))
            phone.append(Run(page.phone_after_hours, size, bold=True))
        room = sheet.width - self._label_width
        return [
            (
                sheet.text([Run(label, size)], self._label_width),
                sheet.text(runs or [Run(" ", size)], room),
                not runs,
            )
            for label, runs in ((tr("Where"), where), (tr("Phone"), phone))
        ]

    def _leaving(self, width: float) -> list[tuple[Paragraph, bool]]:
        """Return the two lines at the right: when to leave and who drives; and which are blank."""
        page, size, pt = self._page, self._fit.size, self._sheet.pt
        lines: list[tuple[Paragraph, bool]] = []
        for label, said, more in (
            (tr("Leave at "), page.leave_at, ""),
            (tr("Driver: "), page.driver, page.driver_phone),
        ):
            runs = [Run(label, size)]
            if said:
                runs.append(Run(said, size * 1.15 if not more else size, bold=True))
            if more:
                runs.append(Run(f" {more}" if said else more, size))
            room = width if said or more else width - pt(_BLANK_PT * 0.75)
            lines.append((self._sheet.text(runs, room, right=True), not (said or more)))
        return lines

    def _aside_height(self, aside: list[tuple[Paragraph, bool]]) -> float:
        return sum(line.height + self._sheet.pt(3) for line, _ in aside)

    def _paint_aside(
        self, aside: list[tuple[Paragraph, bool]], x: float, y: float, width: float
    ) -> None:
        blank_width = self._sheet.pt(_BLANK_PT * 0.75)
        for line, blank in aside:
            line.paint(self._sheet.painter, x, y)
            if blank:
                self._sheet.write_on(x + width - blank_width, y + line.height, blank_width)
            y += line.height + self._sheet.pt(3)

    # -- the lists -----------------------------------------------------------------------------

    def _section(
        self,
        heading: str,
        lines: tuple[str | BagLine, ...],
        width: float,
        ready_by: str = "",
        *,
        to_pack: bool = False,
    ) -> list[Block]:
        """Return a heading and its rows; a list to pack stands there even while it is empty."""
        wanted = [BagLine(line) if isinstance(line, str) else line for line in lines]
        wanted = [line for line in wanted if line.state != "not_needed"]
        if not wanted and not to_pack:
            return []
        rows = [self._row(line, width) for line in wanted]
        rows += [self._blank_row(width) for _ in range(self._fit.blanks if to_pack else 0)]
        title = tr("{heading}, {ready_by}", heading=heading, ready_by=ready_by)
        wide = self._sheet.width if self._fit.several_pages else width
        return [self._heading(title if ready_by else heading, wide), *rows]

    def _heading(self, text: str, width: float) -> Block:
        fit = self._fit
        return self._sheet.heading(text, fit.size * 1.08, width, fit.gap, fit.row * 0.12)

    def _row(self, line: BagLine, width: float) -> Block:
        sheet, size = self._sheet, self._fit.size
        side, indent = sheet.pt(TICK_PT), sheet.pt(TICK_PT + 8)
        room = width - indent
        blank = min(sheet.pt(_BLANK_PT), width * 0.27) if line.write is not None else 0.0
        small = max(LEAST_PT, size * 0.87)
        hint = self._small(" ".join(filter(None, (line.hint, line.write))), small, room)
        aside = 0.0 if hint is None else hint.width + sheet.pt(10)
        label = sheet.text([Run(line.label, size)], max(room - aside - blank, room * 0.45))
        # A hint that would squeeze the label goes below it.
        below = hint is not None and not blank and aside > room * 0.45
        if below:
            label = sheet.text([Run(line.label, size)], room)
        inner = label.height + (hint.height if below and hint is not None else 0.0)
        air = min(7.0, self._fit.row - TICK_PT)
        asked = max(sheet.pt(self._fit.row), inner + sheet.pt(air))

        def paint(x: float, y: float, height: float) -> None:
            middle = y + (height - inner) / 2
            first = label.first_line
            sheet.tick_box(x, middle + (first - side) / 2, ticked=line.state == "packed")
            label.paint(sheet.painter, x + indent, middle)
            if hint is not None and below:
                hint.paint(sheet.painter, x + indent, middle + label.height)
            elif hint is not None:
                hint.paint(
                    sheet.painter, x + width - hint.width, middle + label.ascent - hint.ascent
                )
            if blank:
                self._sheet.write_on(x + width - aside - blank, middle + first, blank)
            sheet.rule(x, y + height, width, 0.5)

        return Block(asked, paint)

    def _small(self, text: str, size: float, width: float) -> Paragraph | None:
        return self._sheet.text([Run(text, size)], width) if text else None

    def _blank_row(self, width: float) -> Block:
        sheet = self._sheet
        side, indent = sheet.pt(TICK_PT), sheet.pt(TICK_PT + 8)

        def paint(x: float, y: float, height: float) -> None:
            sheet.tick_box(x, y + (height - side) / 2, ticked=False)
            self._sheet.write_on(x + indent, y + height - sheet.pt(4), width - indent)

        return Block(sheet.pt(self._fit.row), paint)

    def _left_out(self, width: float) -> list[Block]:
        """Return the line that names what stays at home this time."""
        page, sheet = self._page, self._sheet
        names = [
            *(line.label for line in (*page.papers, *page.things) if line.state == "not_needed"),
            *page.not_this_time,
        ]
        if not names:
            return []
        text = tr("Not this time: {names}", names=", ".join(dict.fromkeys(names)))
        line = sheet.text([Run(text, max(LEAST_PT, self._fit.size * 0.87))], width)
        air = sheet.pt(4)
        return [Block(line.height + air, lambda x, y, _: line.paint(sheet.painter, x, y + air))]

    def _columns(self, left: list[Block], right: list[Block]) -> list[Block]:
        """Return two columns, each with its own rhythm, as one block of the full width."""
        shift = self._half + self._sheet.pt(_GUTTER_PT)

        def paint(x: float, y: float, _: float) -> None:
            for column, start in ((left, x), (right, x + shift)):
                at = y
                for block in column:
                    block.paint(start, at, block.height)
                    at += block.height

        return [Block(max(_height(left), _height(right)), paint)]

    def _pair(self, left: Block, right: Block | None) -> Block:
        """Return two rows that stand level as one block."""
        shift = self._half + self._sheet.pt(_GUTTER_PT)
        height = left.height if right is None else max(left.height, right.height)

        def paint(x: float, y: float, given: float) -> None:
            left.paint(x, y, given)
            if right is not None:
                right.paint(x + shift, y, given)

        return Block(height, paint)

    def _nurse(self) -> list[Block]:
        """Return the free lines at the foot, as many as this fit grants."""
        sheet, fit = self._sheet, self._fit
        if fit.nurse_lines == 0:
            return []
        line = Block(
            sheet.pt(_NURSE_PT),
            lambda x, y, height: self._sheet.write_on(x, y + height, sheet.width),
        )
        return [self._heading(tr("To tell the nurse"), sheet.width), *[line] * fit.nurse_lines]


def _compose(sheet: Sheet, page: BagPage) -> list[list[Block]]:
    """Return the blocks of each page, set as loosely as one page allows."""
    room = sheet.height - sheet.footer_height
    for fit in _fits():
        blocks = _Composer(sheet, page, fit).blocks()
        if _height(blocks) > room:
            continue
        for lines in (5, 4, 3, 2) if fit.side_by_side else ():
            # Columns of uneven length may leave room below after all.
            more = _Composer(sheet, page, replace(fit, nurse_lines=lines)).blocks()
            if _height(more) <= room:
                return [more]
        return [blocks]
    return _broken(_Composer(sheet, page, _TWO_PAGES).blocks(), room)


def _height(blocks: list[Block]) -> float:
    return sum(block.height for block in blocks)


def _broken(blocks: list[Block], room: float) -> list[list[Block]]:
    """Break blocks into pages; a heading goes along with what it heads."""
    pages: list[list[Block]] = [[]]
    used = 0.0
    for index, block in enumerate(blocks):
        together = block.height
        if block.opens and index + 1 < len(blocks):
            together += blocks[index + 1].height
        if pages[-1] and used + together > room:
            pages.append([])
            used = 0.0
        pages[-1].append(block)
        used += block.height
    return pages


def paint_bag(device: QPagedPaintDevice, page: BagPage) -> set[str]:
    """Paint the page on a printer or PDF writer whose paper is set (`paper.prepare`).

    Returns the characters that were drawn, which only a PDF file has a use for.
    """
    painter = QPainter(device)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = Sheet(painter)
        pages = _compose(sheet, page)
        printed = tr("Printed {printed_at}", printed_at=page.printed_at) if page.printed_at else ""
        for number, blocks in enumerate(pages, start=1):
            if number > 1:
                device.newPage()
            at = 0.0
            for block in blocks:
                block.paint(0.0, at, block.height)
                at += block.height
            sheet.footer(page.person, printed, number, len(pages))
    finally:
        painter.end()
    return sheet.drawn


def pdf(page: BagPage, paper: str = "A4") -> bytes:
    """Return the page as a PDF file; a QGuiApplication must be there (`paper.application`)."""
    title = tr("{person}\u2019s bag", person=page.person) if page.person else tr("The bag")
    return as_pdf(title, lambda device: paint_bag(device, page), paper)


def write_pdf(page: BagPage, path: Path, paper: str = "A4") -> None:
    """Write the page as a PDF file, all or nothing, readable by its owner alone.

    Raises:
        InputRefused: the folder does not exist, or `path` cannot be the name of a file.
        DataReadOnly: the folder cannot be written to.
        DiskTrouble: the disk is full or failed; what was there before is untouched.
    """
    hand_out(path, pdf(page, paper))
