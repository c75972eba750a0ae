"""Charts on paper: each on a page of its own with its captions, its table below or after it.

The painters are those of the screen; on paper lines and marks differ by weight, dash and shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from caregiver_app.pages.chart_parts import height_on, on_paper
from caregiver_app.pages.chart_values import Shown, Table, TableRow
from caregiver_app.pages.flow import Group, flow, leaves, whole
from caregiver_app.pages.paper import BODY_PT, LEAST_PT, Block, Paragraph, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_TITLE_PT: Final = 17.0
_NAME_PART: Final = 0.3
_TALLEST: Final = 0.62
"""A chart takes so much of a page at most."""
_GAP: Final = 5.0
_BETWEEN: Final = 8.0


@value
class ChartsOnPaper:
    """Whose charts they are, the charts, and when they were printed."""

    person: str
    charts: tuple[Shown, ...]
    printed: str
    tables: bool = True


def charts_page(page: ChartsOnPaper) -> Printed:
    """Return charts as pages to print."""

    def compose(sheet: Sheet) -> list[Leaf]:
        room = sheet.height - sheet.footer_height
        pages = list(
            chain.from_iterable(
                flow(_groups(sheet, shown, tables=page.tables), room, room) for shown in page.charts
            )
        )
        return leaves(sheet, pages, page.person, page.printed)

    return Printed(tr("Charts"), compose)


def _groups(sheet: Sheet, shown: Shown, *, tables: bool) -> list[Group]:
    nothing = Block(0.0, lambda _x, _y, _height: None)
    chart = whole(
        [
            _words(sheet, shown.title, _TITLE_PT, bold=True),
            _words(sheet, shown.subtitle, BODY_PT, below=_GAP),
            _chart(sheet, shown),
            *(_words(sheet, said, LEAST_PT + 1, below=2.0) for said in shown.captions),
            *([_words(sheet, shown.source, LEAST_PT)] if shown.source else []),
        ]
    )
    found = [Group(chart, nothing, ())]
    if tables and shown.table.rows:
        found.append(_table_group(sheet, shown))
    return found


def _words(
    sheet: Sheet,
    words: str,
    size: float,
    *,
    bold: bool = False,
    above: float = 0.0,
    below: float = 0.0,
) -> Block:
    text = sheet.text([Run(words, size, bold=bold)], sheet.width)

    def paint(x: float, y: float, _height: float) -> None:
        text.paint(sheet.painter, x, y + sheet.pt(above))

    return Block(text.height + sheet.pt(above + below), paint)


def _chart(sheet: Sheet, shown: Shown) -> Block:
    tall = min(height_on(sheet, shown.picture), sheet.height * _TALLEST)

    def paint(x: float, y: float, _height: float) -> None:
        on_paper(sheet, shown.picture, x, y, sheet.width, tall)

    return Block(tall + sheet.pt(_GAP), paint)


# -- The table ------------------------------------------------------------------------------------


def _table_group(sheet: Sheet, shown: Shown) -> Group:
    """Return the table: a heading, the names of the columns again on each page, and the rows."""
    table = shown.table
    widths = _widths(sheet, table)
    heading = sheet.heading(tr("{title}: the figures", title=shown.title), 13.0, sheet.width, 14, 3)
    head = _line(sheet, ("", *table.head), widths, bold=True, thick=1.0)
    about = [table.about] if table.about else []
    opening = [
        heading,
        *(_words(sheet, said, LEAST_PT, above=4.0, below=2.0) for said in about),
        head,
    ]
    rows = tuple(_row(sheet, row, widths) for row in table.rows)
    foot = (_words(sheet, table.foot, LEAST_PT, above=4.0),) if table.foot else ()
    return Group(whole(opening), head, (*rows, *foot))


def _widths(sheet: Sheet, table: Table) -> list[float]:
    # The name of a gap is longer, and may take two lines.
    kept = [row for row in table.rows if not row.gap]
    names = (sheet.text([Run(row.name, LEAST_PT, bold=True)], sheet.width) for row in kept)
    name = max((text.width for text in names), default=0.0)
    name = min(name + sheet.pt(_BETWEEN + 2), sheet.width * _NAME_PART)
    rest = sheet.width - name
    weights = [
        max(12, len(head), *(min(60, len(row.cells[place])) for row in kept))
        for place, head in enumerate(table.head)
    ]  # fmt: skip
    return [name, *(rest * weight / sum(weights) for weight in weights)]


def _row(sheet: Sheet, row: TableRow, widths: Sequence[float]) -> Block:
    cells = _line(sheet, (row.name, *row.cells), widths, ruled=not row.note)
    if not row.note:
        return cells
    note = sheet.text([Run(row.note, LEAST_PT)], sheet.width - widths[0])

    def paint(x: float, y: float, height: float) -> None:
        note.paint(sheet.painter, x + widths[0], y)
        sheet.rule(x, y + height, sheet.width, 0.5)

    return whole([cells, Block(note.height + sheet.pt(3), paint)])


def _line(
    sheet: Sheet,
    words: Sequence[str],
    widths: Sequence[float],
    *,
    bold: bool = False,
    thick: float = 0.5,
    ruled: bool = True,
) -> Block:
    gap = sheet.pt(_BETWEEN)
    cells: list[tuple[float, Paragraph]] = []
    left = 0.0
    for place, (said, wide) in enumerate(zip(words, widths, strict=False)):
        if said:
            run = Run(said, LEAST_PT, bold=bold or place == 0)
            cells.append((left, sheet.text([run], wide - gap)))
        left += wide
    tall = max((text.height for _, text in cells), default=0.0)
    above = sheet.pt(2.5)

    def paint(x: float, y: float, height: float) -> None:
        for at, text in cells:
            text.paint(sheet.painter, x + at, y + above)
        if ruled:
            sheet.rule(x, y + height, sheet.width, thick)

    return Block(tall + 2 * above, paint)
