"""The parts of the visit report, each in any number of lines.

A `Part` knows how high it is with so many of its lines; what is left out is counted in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from caregiver_app.pages.chart_parts import on_paper
from caregiver_app.pages.flow import height_of, whole
from caregiver_app.pages.paper import LEAST_PT, Block, Paragraph, Run, Sheet, tr
from caregiver_app.pages.visit_report_values import ReportPage, Said
from caregiver_app.values import value

_COLUMNS: Final = (0.205, 0.165, 0.165, 0.2, 0.265)
"""How wide the columns of the table of signs are: what, since when, strength, length, help."""
_TREND: Final = (0.25, 0.29, 0.23, 0.23)
_TREND_TWO: Final = (0.25, 0.43, 0.32)
_LABEL_PT: Final = 78.0
_HIGHEST: Final = 10
_DOTS: Final = 31
"""With more days than this a scale is a line without dots."""
_TITLE_PT: Final = 17.0


@value
class Size:
    """Letters in points, at most so many lines a text, how high the chart is, lines to write on.

    `days` tells whether there is room for how the days were.
    """

    letters: float
    lines: int
    chart: float
    write: int
    days: bool = True


class Part:
    """Lines of which some may be left out; `count` is how many stand there now."""

    def __init__(
        self, total: int, least: int, build: Callable[[int], list[Block]], most: int
    ) -> None:
        """`build` returns the blocks of the first so many lines, and of what is left out."""
        self.total, self.least = total, min(least, total)
        self.count = min(total, most)
        self._build, self._built = build, dict[int, list[Block]]()

    def blocks(self) -> list[Block]:
        """Return the blocks as they stand now."""
        if self.count not in self._built:
            self._built[self.count] = self._build(self.count)
        return self._built[self.count]

    @property
    def height(self) -> float:
        """How high it is as it stands now."""
        return height_of(self.blocks())


class Sections:
    """Makes the parts of one page in one size."""

    def __init__(self, sheet: Sheet, page: ReportPage, size: Size) -> None:
        self._sheet, self._page, self._size = sheet, page, size
        self._rows: dict[tuple[str, int], Block] = {}

    # -- Fixed ------------------------------------------------------------------------------------

    def head(self) -> Block:
        """Return whose report it is, for which visit, and which days it covers."""
        sheet, page, size = self._sheet, self._page, self._size.letters
        left = sheet.width * 0.55
        above = sheet.text([Run(tr("Visit report, written by the family"), LEAST_PT)], left)
        name = sheet.text_within([Run(page.person, _TITLE_PT, bold=True)], left, 2)
        right = sheet.width - left - sheet.pt(12)
        told = [Run(tr("for "), size), Run(page.visit.bold, size, bold=True)]
        told += [Run(page.visit.rest, size)] if page.visit.rest else []
        visit = sheet.text(told, right, right=True)
        covers = sheet.text(
            [Run(tr("covers "), size), Run(page.covers, size, bold=True)], right, right=True
        )
        both = (visit, covers) if page.visit.bold else (covers,)
        height = max(above.height + name.height, sum(one.height for one in both))

        def paint(x: float, y: float, _height: float) -> None:
            above.paint(sheet.painter, x, y)
            name.paint(sheet.painter, x, y + above.height)
            for one in both:
                one.paint(sheet.painter, x + sheet.width - right, y)
                y += one.height

        return Block(height + sheet.pt(6), paint)

    def about(self) -> list[Block]:
        """Return who the person is: born, conditions, allergies."""
        return [
            self._labelled(one.bold, [Run(one.rest, self._size.letters)])
            for one in self._page.about
        ]

    def also(self) -> list[Block]:
        """Return what is taken besides."""
        return [
            self._labelled(one.bold, [Run(one.rest, self._size.letters)]) for one in self._page.also
        ]

    def infusion(self) -> Part:
        """Return the medicines by infusion."""
        lines = self._page.infusion

        def build(count: int) -> list[Block]:
            size = self._size.letters
            found = [
                self._labelled(
                    tr("Infusion") if number == 0 else "",
                    [Run(bold, size, bold=True), Run(rest, size)],
                )
                for number, (bold, rest) in enumerate(lines[:count])
            ]
            return found + self._left_out(len(lines) - count, self._sheet.pt(_LABEL_PT))

        return Part(len(lines), 1, build, _MOST)

    # -- What was seen ----------------------------------------------------------------------------

    def signs(self) -> Part:
        """Return the table of signs under its heading."""
        page = self._page

        def build(count: int) -> list[Block]:
            if page.signs_none is None:
                return []
            opening = [self._heading(page.heading)]
            if not page.signs:
                return [*opening, self._text([Run(page.signs_none, self._size.letters)])]
            rows = [self._row(self._head_cells(), bold=True)]
            rows += [self._sign(number) for number in range(count)]
            air = Block(self._sheet.pt(3), lambda _x, _y, _height: None)
            names = tuple(one.what for one in page.signs[count:])
            return [*opening, *rows, *self._left_out(len(names), names=names), air]

        return Part(len(page.signs), 3, build, _MOST)

    def _sign(self, number: int) -> Block:
        if ("sign", number) not in self._rows:
            one = self._page.signs[number]
            cells = (one.what, one.first, one.strong, one.long, one.did)
            self._rows["sign", number] = self._row(cells)
        return self._rows["sign", number]

    @staticmethod
    def _head_cells() -> tuple[str, ...]:
        return tr("What"), tr("First seen"), tr("How strong"), tr("How long"), tr("What we did")

    def _row(self, cells: Sequence[str], *, bold: bool = False) -> Block:
        sheet, size = self._sheet, self._size
        gap, beside = sheet.pt(size.letters * 0.28), sheet.pt(6)
        wide = [sheet.width * part for part in _COLUMNS]
        told = [
            sheet.text_within(
                [Run(cell, size.letters, bold=bold or not number)], wide[number] - beside,
                max(2, size.lines),
            )
            for number, cell in enumerate(cells)
        ]  # fmt: skip
        base = max(one.ascent for one in told)
        height = max(one.height - one.ascent for one in told) + base + 2 * gap

        def paint(x: float, y: float, given: float) -> None:
            left = x
            for one, room in zip(told, wide, strict=True):
                one.paint(sheet.painter, left, y + gap + base - one.ascent)
                left += room
            sheet.rule(x, y + given, sheet.width, 0.75 if bold else 0.5)

        return Block(height, paint)

    def temperatures(self) -> Part:
        """Return the readings, the highest ones where there are too many."""
        found = self._page.temperatures

        def build(count: int) -> list[Block]:
            if not found:
                return []
            told = "; ".join(found[:count])
            if count < len(found):
                left = len(found) - count
                told = tr("{told}; and {count} lower, see the app", told=told, count=left)
            size = self._size.letters
            runs = [Run(tr("Temperature: "), size, bold=True), Run(f"{told}.", size)]
            return [self._text(runs, 3)]

        return Part(len(found), 2, build, 8)

    def calls(self) -> Part:
        """Return the calls to the care team, as typed."""
        return self._said(self._page.calls, 1, max(3, self._size.lines))

    def tally(self) -> list[Block]:
        """Return on how many days there was nothing, and no entry."""
        size, runs = self._size.letters, list[Run]()
        for one in self._page.tally:
            runs += [Run(one.bold, size, bold=True), Run(f"{one.rest} ", size)]
        return [self._text(runs, 3)] if runs else []

    # -- How the days were, what was given --------------------------------------------------------

    def trends(self, width: float) -> list[Block]:
        """Return the scales, each with its little picture."""
        table = self._page.trends
        if table is None and not self._page.flares:
            return []
        found = [self._heading(tr("How the days were"), width)]
        if table is not None:
            shares = _TREND if len(table.head) == len(_TREND) else _TREND_TWO
            wide = [width * part for part in shares]
            found.append(self._trend_row("", (), table.head[1:], wide, bold=True))
            found += [self._trend_row(one.name, one.points, one.cells, wide) for one in table.lines]
            found.append(self._text([Run(table.note, LEAST_PT)], 2, width))
        if self._page.flares:
            told = [Run(tr("Flare: "), self._size.letters, bold=True)]
            found.append(self._text([*told, Run(self._page.flares, self._size.letters)], 2, width))
        return found

    def _trend_row(
        self,
        name: str,
        points: tuple[tuple[float, int], ...],
        cells: Sequence[str],
        wide: Sequence[float],
        *,
        bold: bool = False,
    ) -> Block:
        sheet, size = self._sheet, min(self._size.letters, 10.5)
        said = sheet.text_within([Run(name, size)], wide[0] - sheet.pt(4), 1)
        # The head's first cell stands over the pictures.
        told = [sheet.text_within([Run(cell, size, bold=bold)], room - sheet.pt(4), 2)
                for cell, room in zip(cells, wide[1 if bold else 2:], strict=True)]  # fmt: skip
        gap = sheet.pt(1.5)
        height = max(one.height for one in (said, *told)) + 2 * gap

        def paint(x: float, y: float, given: float) -> None:
            said.paint(sheet.painter, x, y + gap)
            left = x + wide[0]
            if not bold:
                _paint_points(sheet, points, left, y + gap, wide[1] - sheet.pt(10), given - 2 * gap)
                left += wide[1]
            for one, room in zip(told, wide[1 if bold else 2 :], strict=True):
                one.paint(sheet.painter, left, y + gap)
                left += room

        return Block(height, paint)

    def medicines(self, width: float) -> Part:
        """Return what was given by the plan and as needed."""
        return self._said(
            self._page.medicines, 1, self._size.lines, width, self._page.medicines_title
        )

    def infusions(self, width: float) -> Part:
        """Return the infusions with product and lot."""
        return self._said(self._page.infusions, 1, self._size.lines, width, tr("Infusions given"))

    # -- Chart and questions ----------------------------------------------------------------------

    def chart(self) -> list[Block]:
        """Return the chart with heading and caption."""
        page, sheet = self._page, self._sheet
        picture = page.chart
        if picture is None:
            return []
        tall = sheet.pt(self._size.chart)

        def paint(x: float, y: float, _height: float) -> None:
            on_paper(sheet, picture, x, y + sheet.pt(6), sheet.width, tall - sheet.pt(6))

        caption = self._text([Run(page.caption, LEAST_PT)], 2)
        return [self._heading(page.chart_title), Block(tall, paint), caption]

    def in_the_app(self) -> list[Block]:
        """Return where that is for which this page has no room."""
        page = self._page
        left = [tr("the chart by day since the infusion")] if page.chart is not None else []
        if not self._size.days and (page.trends or page.flares):
            left.append(tr("how the days were"))
        if not left:
            return []
        told = tr("More in the app, Side effects, Charts: {names}.", names=", ".join(left))
        return [self._text([Run(told, LEAST_PT)], 1)]

    def questions(self) -> Part:
        """Return the questions, each with lines for the answer."""
        page = self._page

        def build(count: int) -> list[Block]:
            if not page.asks:
                return []
            found = [self._heading(tr("Questions"))]
            if not page.questions:
                return [*found, self._question("", "")]
            found += [self._asked(number) for number in range(count)]
            return found + self._left_out(len(page.questions) - count)

        return Part(len(page.questions), 2, build, _MOST)

    def _asked(self, number: int) -> Block:
        if ("ask", number) not in self._rows:
            text = self._page.questions[number]
            self._rows["ask", number] = self._question(str(number + 1), text)
        return self._rows["ask", number]

    def _question(self, number: str, text: str) -> Block:
        sheet, size = self._sheet, self._size
        indent, gap = sheet.pt(20), sheet.pt(size.letters * 0.35)
        line = sheet.pt(size.letters * 1.75)
        count = sheet.text([Run(number, size.letters, bold=True)], indent)
        words = sheet.text_within([Run(text, size.letters)], sheet.width - indent, size.lines)
        height = gap + (words.height if text else 0.0)

        def paint(x: float, y: float, _height: float) -> None:
            if text:
                count.paint(sheet.painter, x, y + gap)
                words.paint(sheet.painter, x + indent, y + gap)
            for place in range(size.write):
                foot = y + height + line * (place + 1)
                sheet.write_on(x + indent, foot, sheet.width - indent)

        return Block(height + line * size.write, paint)

    # -- Small things -----------------------------------------------------------------------------

    def _heading(self, text: str, width: float | None = None) -> Block:
        letters = self._size.letters
        wide = self._sheet.width if width is None else width
        block = self._sheet.heading(text, letters + 1, wide, letters * 0.7, 2)
        return whole([block, Block(self._sheet.pt(3), lambda _x, _y, _height: None)])

    def _text(self, runs: list[Run], lines: int = 2, width: float | None = None) -> Block:
        wide = self._sheet.width if width is None else width
        told = self._sheet.text_within(runs, wide, max(lines, self._size.lines))
        gap = self._sheet.pt(1.5)

        def paint(x: float, y: float, _height: float) -> None:
            told.paint(self._sheet.painter, x, y + gap)

        return Block(told.height + 2 * gap, paint)

    def _labelled(self, label: str, runs: list[Run]) -> Block:
        sheet, size = self._sheet, self._size
        indent, gap = sheet.pt(_LABEL_PT), sheet.pt(1.5)
        left = sheet.text_within([Run(label, size.letters)], indent - sheet.pt(6), 1)
        right = sheet.text_within(runs, sheet.width - indent, max(2, size.lines))
        base = max(left.ascent, right.ascent)

        def paint(x: float, y: float, _height: float) -> None:
            left.paint(sheet.painter, x, y + gap + base - left.ascent)
            right.paint(sheet.painter, x + indent, y + gap + base - right.ascent)

        low = max(left.height - left.ascent, right.height - right.ascent)
        return Block(base + low + 2 * gap, paint)

    def _said(
        self,
        lines: Sequence[Said],
        least: int,
        most_lines: int,
        width: float | None = None,
        heading: str = "",
    ) -> Part:
        size = self._size.letters

        def build(count: int) -> list[Block]:
            if not lines:
                return []
            found = [self._heading(heading, width)] if heading else []
            found += [
                self._text([Run(one.bold, size, bold=True), Run(one.rest, size)], most_lines, width)
                for one in lines[:count]
            ]
            return found + self._left_out(len(lines) - count, 0.0, width)

        return Part(len(lines), least, build, _MOST)

    def _left_out(
        self,
        count: int,
        indent: float = 0.0,
        width: float | None = None,
        names: tuple[str, ...] = (),
    ) -> list[Block]:
        if count <= 0:
            return []
        words = tr("and {count} more: see the list in the app", count=count)
        if 0 < len(names) <= _NAMED:
            words = f"{words}: {'; '.join(names)}"
        sheet = self._sheet
        wide = sheet.width if width is None else width
        told: Paragraph = sheet.text_within(
            [Run(words, LEAST_PT)], wide - indent, 2,
        )  # fmt: skip

        def paint(x: float, y: float, _height: float) -> None:
            told.paint(sheet.painter, x + indent, y + sheet.pt(2))

        return [Block(told.height + sheet.pt(3), paint)]


_NAMED: Final = 4
"""So many signs without room are named at least."""
_MOST: Final = 24
"""More lines of one part than this never fit."""


def _paint_points(
    sheet: Sheet,
    points: Iterable[tuple[float, int]],
    x: float,
    y: float,
    width: float,
    height: float,
) -> None:
    """Paint a scale's numbers, 0 at the foot and 10 at the head, each day a dot."""
    painter, dot = sheet.painter, sheet.pt(1.3)
    sheet.rule(x, y, width, 0.3)
    sheet.rule(x, y + height, width, 0.3)
    spots = [
        QPointF(x + dot + (width - 2 * dot) * place, y + height - height * number / _HIGHEST)
        for place, number in points
    ]
    painter.setPen(QPen(QColor(0, 0, 0), sheet.pt(0.7)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(spots))
    painter.setBrush(QColor(0, 0, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    if len(spots) <= _DOTS:
        for spot in spots:
            painter.drawEllipse(spot, dot, dot)
    painter.setBrush(Qt.BrushStyle.NoBrush)
