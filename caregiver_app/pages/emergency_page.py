"""The printed emergency sheet: whom to call, what to read out, what counts as urgent. One page.

It hangs on the fridge for weeks and is read by strangers, so it is always exactly one page and
nothing of it is cut off. When it gets tight, first the air gives way, then the line of sources,
then the type down to ten points and that more signs are known, then how the tablets are taken,
then the ends of very long texts and, little by little, numbers and tablets beyond the first ones
(of a long list the sheet says how many there are). What was never typed leaves a line to write on.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice

from caregiver_app.pages.emergency_fit import Fit, fits
from caregiver_app.pages.emergency_parts import (
    beside,
    blank,
    box,
    bullet,
    largest,
    nothing,
    octagon,
    stacked,
    words,
)
from caregiver_app.pages.emergency_sheet import EmergencySheet
from caregiver_app.pages.flow import height_of, paint_down
from caregiver_app.pages.paper import (
    LEAST_PT,
    Block,
    Paragraph,
    Run,
    Sheet,
    tr,
)
from caregiver_app.pages.printed import Leaf, Printed, paint_printed, pdf_of, write_printed

_NAME_PT = (22.0, 19.0, 16.0, 14.0)
_NUMBER_PT = (50.0, 44.0, 38.0, 32.0, 27.0, 22.0, 18.0, 15.0)
_ALLERGY_PT = (21.0, 18.0, 15.0, 13.0)
_LABEL_EM = 5.3
_GRID = 8
"""So many signs stand in two columns; the others follow in one line."""
_COUNTED, _FEW_LINES = 5, 3
"""From so many tablets on they are counted; so many lines of them stand beside the allergies."""
_BLANK_PT = 130.0
_BLANK_EM = 1.8
"""How high a line to write on is, of the size of the type."""


class _Composer:
    """Sets the sheet in one way of fitting."""

    def __init__(self, sheet: Sheet, page: EmergencySheet, fit: Fit) -> None:
        self._sheet, self._page, self._fit = sheet, page, fit

    def blocks(self) -> list[Block]:
        """Return what stands from the top, in order."""
        return [
            self._head(),
            self._who(),
            *self._many_tablets(),
            *self._at_once(),
            *self._same_day(),
            *self._numbers(),
            self._address(),
        ]

    # -- whom to call --------------------------------------------------------------------------

    def _head(self) -> Block:
        sheet, pt = self._sheet, self._sheet.pt
        side, pad, gap = pt(38), pt(8 + 8 * self._fit.air), pt(18)
        room = sheet.width - 2 * gap
        number = self._number(room * 0.38)
        aside = pt(_BLANK_PT) if number is None else number.width
        words = room - side - aside - 2 * gap
        title = largest(sheet, tr("In an emergency, call first"), (22.0, 20.0, 18.0), words, 2)
        then = sheet.text([Run(tr("Then read this sheet out."), self._fit.size)], words)
        add = sheet.text([Run(tr("add your local number:"), self._fit.size)], aside)
        tall = max(title.height + then.height, side, 0 if number is None else number.height)

        def paint(x: float, y: float, _: float) -> None:
            box(sheet, x, y, sheet.width, tall + 2 * pad, thick=3)
            middle = y + pad + tall / 2
            octagon(sheet, x + gap, middle - side / 2, side)
            at = middle - (title.height + then.height) / 2
            title.paint(sheet.painter, x + 2 * gap + side, at)
            then.paint(sheet.painter, x + 2 * gap + side, at + title.height)
            right = x + sheet.width - gap - aside
            if number is None:
                add.paint(sheet.painter, right, middle - add.height)
                sheet.write_on(right, middle + pt(20), aside)
            else:
                number.paint(sheet.painter, right, middle - number.height / 2)

        return Block(tall + 2 * pad, paint)

    def _number(self, room: float) -> Paragraph | None:
        if not self._page.number:
            return None
        return largest(self._sheet, self._page.number, _NUMBER_PT, room, 4)

    # -- what to read out ----------------------------------------------------------------------

    def _who(self) -> Block:
        """Return name and facts at the left, and beside them the box with the allergies."""
        sheet = self._sheet
        above = sheet.pt(14 * self._fit.air + 2)
        right = sheet.width * 0.42
        facts, allergy = self._facts(self._left_width), self._allergy(right)
        height = max(facts.height, allergy.height)

        def paint(x: float, y: float, _: float) -> None:
            facts.paint(x, y + above, facts.height)
            allergy.paint(x + sheet.width - right, y + above, allergy.height)

        return Block(above + height, paint)

    @property
    def _label_width(self) -> float:
        return self._sheet.pt(self._fit.size * _LABEL_EM)

    @property
    def _left_width(self) -> float:
        return self._sheet.width * 0.58 - self._sheet.pt(16)

    def _has_many_tablets(self) -> bool:
        """Tell whether the tablets need the whole width, below the box with the allergies."""
        runs = self._tablets()
        room = self._left_width - self._label_width
        return bool(runs) and self._sheet.text_within(runs, room, 99).lines > _FEW_LINES

    def _many_tablets(self) -> list[Block]:
        if not self._has_many_tablets():
            return []
        sheet, fit = self._sheet, self._fit
        room = sheet.width - self._label_width
        text = sheet.text_within(self._tablets(), room, fit.caps.tablets)
        fact = self._fact(tr("Tablets"), text, self._label_width, sheet.width)
        return [stacked([nothing(), fact], sheet.pt(1 + 4 * fit.air))]

    def _facts(self, width: float) -> Block:
        """Return the name and below it the facts, each beside its label."""
        sheet, fit, page = self._sheet, self._fit, self._page
        label_width = self._label_width
        rows: list[Block] = []
        if page.person:
            rows.append(words(sheet, largest(sheet, page.person, _NAME_PT, width, fit.caps.name)))
        else:
            rows.append(self._fact(tr("Name"), None, label_width, width))
        for label, runs, lines in self._fact_runs():
            room = width - label_width
            value = sheet.text_within(runs, room, lines) if runs else None
            rows.append(self._fact(label, value, label_width, width))
        return stacked(rows, sheet.pt(1 + 4 * fit.air))

    def _fact(self, label: str, value: Paragraph | None, indent: float, width: float) -> Block:
        sheet, size = self._sheet, self._fit.size
        left = sheet.text([Run(label, size)], indent)
        if value is not None:
            return beside(sheet, left, value, indent)
        line = blank(sheet, width - indent, sheet.pt(size * _BLANK_EM))

        def paint(x: float, y: float, height: float) -> None:
            left.paint(sheet.painter, x, y + height - left.height)
            line.paint(x + indent, y, height)

        return Block(line.height, paint)

    def _fact_runs(self) -> list[tuple[str, list[Run], int]]:
        """Return label, text and most lines of each fact; no text leaves a line to write on."""
        page, size, caps = self._page, self._fit.size, self._fit.caps
        born = [Run(page.born, size, bold=True), Run(f", {page.age}", size)] if page.born else []
        illness = [Run(page.illness, size, bold=True)] if page.illness else []
        drips = self._listed(page.drips, len(page.drips))
        last = [Run(page.last[0], size, bold=True)] if page.last[0] else []
        if last and page.last[1]:
            last.append(Run(f", {page.last[1]}", size))
        facts = [
            (tr("Born"), born, 1),
            (tr("Illness"), illness, caps.illness),
            (tr("Drip"), drips, caps.drips),
            (tr("Last one"), last, 2),
        ]
        if not self._has_many_tablets():
            facts.append((tr("Tablets"), self._tablets(), _FEW_LINES))
        return facts

    def _listed(self, pairs: tuple[tuple[str, str], ...], most: int) -> list[Run]:
        size, runs = self._fit.size, list[Run]()
        for name, more in pairs[:most]:
            if runs:
                runs.append(Run("; ", size))
            runs.append(Run(name, size, bold=True))
            if more:
                runs.append(Run(f", {more}", size))
        return runs

    def _tablets(self) -> list[Run]:
        """Return the tablets as typed; a long list begins with how many there are."""
        fit, page = self._fit, self._page
        runs: list[Run] = []
        if len(page.tablets) > _COUNTED:
            # First, so that no cut at the end of the list can hide it.
            told = tr("{count} in all: ", count=len(page.tablets))
            runs.append(Run(told, fit.size, bold=True))
        for number, (name, how) in enumerate(page.tablets[: fit.tablets]):
            runs.append(Run(f", {name}" if number else name, fit.size))
            if how and fit.directions:
                runs.append(Run(f" ({how})", fit.size, bold=True))
        return runs

    def _allergy(self, width: float) -> Block:
        """Return the framed box: allergies in large letters, then what is good to know."""
        sheet, fit, page = self._sheet, self._fit, self._page
        pad, side = sheet.pt(6 + 6 * fit.air), sheet.pt(14)
        room, small = width - 2 * side, max(LEAST_PT, fit.size * 0.92)
        line = blank(sheet, room, sheet.pt(fit.size * _BLANK_EM))

        def told(text: str, lines: int, size: float = fit.size) -> Block:
            return words(sheet, sheet.text_within([Run(text, size)], room, lines))

        upper = [told(tr("Allergy"), 1, small)]
        if page.allergies:
            names = ", ".join(what.upper() for what, _ in page.allergies)
            upper.append(words(sheet, largest(sheet, names, _ALLERGY_PT, room, fit.caps.allergy)))
        else:
            upper.append(line)
        if did := _what_they_did(page.allergies):
            upper.append(told(did, fit.caps.allergy))
        air = pad * 1.2 if page.allergies else pad * 2
        rule = Block(air, lambda x, y, high: sheet.rule(x, y + high / 2, room, 0.75))
        lower = [told(page.good_to_know, fit.caps.good)] if page.good_to_know else []
        lower = lower or [told(tr("Good to know"), 1, small), line]
        inside = stacked([*upper, rule, *lower], 0)

        def paint(x: float, y: float, _: float) -> None:
            box(sheet, x, y, width, inside.height + 2 * pad, thick=2.2)
            inside.paint(x + side, y + pad, inside.height)

        return Block(inside.height + 2 * pad, paint)

    # -- what is urgent ------------------------------------------------------------------------

    def _heading(self, text: str) -> Block:
        air = self._fit.air
        return self._sheet.heading(
            text, self._fit.size * 1.05, self._sheet.width, 3 + 11 * air, 2 + 2 * air
        )

    def _at_once(self) -> list[Block]:
        page, fit = self._page, self._fit
        number = page.number or tr("your local emergency number")
        signs = list(page.at_once)
        blocks = [
            self._heading(tr("Call {number} at once for", number=number)),
            self._grid(signs[:_GRID]),
        ]
        if signs[_GRID:]:
            also = [Run(tr("Also for: "), fit.size, bold=True)]
            blocks.append(self._words([*also, Run(f"{'; '.join(signs[_GRID:])}.", fit.size)]))
        if page.until:
            until = [Run(tr("Until help comes: "), fit.size, bold=True)]
            blocks.append(self._words([*until, Run(" ".join(page.until), fit.size)]))
        return blocks

    def _grid(self, signs: list[str]) -> Block:
        """Return the signs in two columns, read down."""
        sheet, fit = self._sheet, self._fit
        half, indent = sheet.width / 2, sheet.pt(fit.size + 4)
        lead = sheet.pt(0.5 + 3.5 * fit.air)
        lines = [sheet.text([Run(sign, fit.size)], half - indent - sheet.pt(8)) for sign in signs]
        deep = (len(lines) + 1) // 2
        columns = (lines[:deep], lines[deep:])
        height = max(sum(lead + line.height for line in column) for column in columns)

        def paint(x: float, y: float, _: float) -> None:
            for place, column in enumerate(columns):
                at = y
                for line in column:
                    at += lead
                    bullet(sheet, x + place * half, at, line, fit.size)
                    line.paint(sheet.painter, x + place * half + indent, at)
                    at += line.height

        return Block(height, paint)

    def _words(self, runs: list[Run]) -> Block:
        sheet = self._sheet
        above = sheet.pt(1 + 4 * self._fit.air)
        text = sheet.text(runs, sheet.width)
        return Block(above + text.height, lambda x, y, _: text.paint(sheet.painter, x, y + above))

    def _same_day(self) -> list[Block]:
        page, size = self._page, self._fit.size
        blocks = [self._heading(tr("Call the clinic the same day, any hour, for"))]
        if any(page.fever):
            limit = Run(page.fever[0], size, bold=True)
            blocks.append(self._words([limit, Run(page.fever[1], size)]))
        if page.same_day:
            also = Run(tr("Also for: "), size, bold=True)
            told = f"{'; '.join(page.same_day)}."
            if page.more and size > LEAST_PT:
                told += " " + tr("The program on the computer names more.")
            blocks.append(self._words([also, Run(told, size)]))
        if page.no_answer:
            blocks.append(self._words([Run(page.no_answer, size)]))
        if page.unsure:
            blocks.append(self._words([Run(page.unsure, size, bold=True)]))
        return blocks

    # -- numbers, the place, the foot ----------------------------------------------------------

    def _numbers(self) -> list[Block]:
        shown, fit = self._page.numbers[: self._fit.rows], self._fit
        blocks = [self._heading(tr("Numbers")), *(self._row(*one) for one in shown)]
        left = len(self._page.numbers) - len(shown)
        if left > 0:
            told = tr("1 more at home") if left == 1 else tr("{count} more at home", count=left)
            blocks.append(self._words([Run(told, fit.size)]))
        return blocks

    def _row(self, whose: str, number: str) -> Block:
        sheet, size = self._sheet, self._fit.size
        air, half = sheet.pt(1.5 + 4.5 * self._fit.air), sheet.width * 0.56
        room = sheet.width - half - sheet.pt(10)
        label = sheet.text_within([Run(whose, size)], half, self._fit.caps.whose)
        right = sheet.text_within([Run(number, size, bold=True)], room, self._fit.caps.whose)
        height = max(label.height, right.height, sheet.pt(0 if number else size * 1.4)) + 2 * air

        def paint(x: float, y: float, _: float) -> None:
            foot = y + height - air
            label.paint(sheet.painter, x, foot - max(label.height, right.height))
            if number:
                right.paint(
                    sheet.painter,
                    x + sheet.width - right.width,
                    foot - max(label.height, right.height) + label.ascent - right.ascent,
                )
            else:
                sheet.write_on(x + half + sheet.pt(10), foot, room)
            sheet.rule(x, y + height, sheet.width, 0.5)

        return Block(height, paint)

    def _address(self) -> Block:
        sheet, fit, page = self._sheet, self._fit, self._page
        above = sheet.pt(3 + 7 * fit.air)
        indent = sheet.text([Run(tr("We are at"), fit.size)], sheet.width).width + sheet.pt(6)
        bold = [Run(page.address, fit.size, bold=True)]
        text = sheet.text_within(bold, sheet.width - indent, fit.caps.address)
        told = text if page.address else None
        fact = self._fact(tr("We are at"), told, indent, sheet.width)
        return stacked([nothing(), fact], above)

    def foot(self) -> Block:
        """Return what stands at the foot of the page: how old the sheet may get."""
        sheet, fit, page = self._sheet, self._fit, self._page
        pad, gap = sheet.pt(3 + 4 * fit.air), sheet.pt(3 + 5 * fit.air)
        room = sheet.width - sheet.pt(20)
        left = sheet.text(
            [Run(tr("Printed "), fit.size), Run(page.printed, fit.size, bold=True)], room
        )
        anew = tr("Look over and print anew by ")
        right = sheet.text([Run(anew, fit.size), Run(page.anew_by, fit.size, bold=True)], room)
        told = fit.sources and page.sources
        sources = sheet.text_within([Run(page.sources, LEAST_PT)], sheet.width, 2)
        over = sources.height + gap if told else 0.0
        tall = right.height + 2 * pad

        def paint(x: float, y: float, _: float) -> None:
            if told:
                sources.paint(sheet.painter, x, y + gap)
            at = y + gap + over
            box(sheet, x, at, sheet.width, tall, thick=0.75)
            left.paint(sheet.painter, x + sheet.pt(10), at + pad)
            start = x + sheet.width - sheet.pt(10) - right.width
            right.paint(sheet.painter, start, at + pad)

        return Block(gap + over + tall, paint)


def _compose(sheet: Sheet, page: EmergencySheet) -> tuple[list[Block], Block, float]:
    """Return the blocks, the foot, and by how much all is made smaller: 1 unless nothing fits."""
    room = sheet.height - sheet.footer_height
    blocks: list[Block] = []
    foot = nothing()
    for fit in fits():
        composer = _Composer(sheet, page, fit)
        blocks, foot = composer.blocks(), composer.foot()
        if height_of(blocks) + foot.height <= room:
            return blocks, foot, 1.0
    return blocks, foot, room / (height_of(blocks) + foot.height)


def _what_they_did(allergies: tuple[tuple[str, str], ...]) -> str:
    """Return what the allergies did; with several each is named again."""
    if len(allergies) == 1:
        return allergies[0][1]
    return "; ".join(f"{what}: {did}" for what, did in allergies if did)


def emergency_printed(page: EmergencySheet) -> Printed:
    """Return the sheet as a page to print."""
    return Printed(page.title, lambda sheet: [_leaf(sheet, page)])


def _leaf(sheet: Sheet, page: EmergencySheet) -> Leaf:
    blocks, foot, scale = _compose(sheet, page)
    about = tr("Family notes, not a medical record.")
    if not page.reviewed:
        about = f"{about} {tr('List not yet reviewed by a clinician.')}"

    def paint() -> None:
        painter = sheet.painter
        painter.save()
        painter.scale(scale, scale)
        paint_down(blocks, 0.0, 0.0)
        foot.paint(0.0, (sheet.height - sheet.footer_height) / scale - foot.height, foot.height)
        painter.restore()
        sheet.footer(page.person, about, 1, 1)

    return paint


def paint_emergency(device: QPagedPaintDevice, page: EmergencySheet) -> set[str]:
    """Paint the sheet on a printer or PDF writer whose paper is set (`paper.prepare`).

    Returns the characters that were drawn, which only a PDF file has a use for.
    """
    return paint_printed(device, emergency_printed(page))


def pdf(page: EmergencySheet, paper: str = "A4") -> bytes:
    """Return the sheet as a PDF file; a QGuiApplication must be there (`paper.application`)."""
    return pdf_of(emergency_printed(page), paper)


def write_pdf(page: EmergencySheet, path: Path, paper: str = "A4") -> None:
    """Write the sheet as a PDF file, all or nothing, readable by its owner alone.

    Raises:
        InputRefused: the folder does not exist, or `path` cannot be the name of a file.
        DataReadOnly: the folder cannot be written to.
        DiskTrouble: the disk is full or failed; what was there before is untouched.
    """
    write_printed(emergency_printed(page), path, paper)
