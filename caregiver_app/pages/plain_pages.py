"""Pages of a title, lines and lists that flow on: what several papers for a visit are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from caregiver_app.pages.flow import Group, flow, height_of, leaves, paint_down
from caregiver_app.pages.paper import BODY_PT, TICK_PT, Block, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf

_TITLE_PT: Final = 20.0
_HEADING_PT: Final = 13.0
_LINE_PT: Final = 24.0
"""Points between two lines to write on."""
_LABEL: Final = 0.22
_HAIR_PT: Final = 0.5


_PART: Final = 800
"""So many characters fit on a page, however wide and large they are."""


def in_parts(text: str) -> list[str]:
    """Return a text in parts that fit on one page each, cut between words where there are any."""
    parts: list[str] = []
    while len(text) > _PART:
        at = text.rfind(" ", _PART // 2, _PART) + 1 or _PART
        parts.append(text[:at].rstrip())
        text = text[at:]
    return [*parts, text]


class PlainPage:
    """Makes the blocks of such pages and lays them out."""

    def __init__(self, sheet: Sheet, air: float = 1.0) -> None:
        """With less `air` than 1 lines and headings stand closer."""
        self.sheet, self._air = sheet, air

    def title(self, title: str, line: str) -> Block:
        """Return the title with a line under it that says what it is for."""
        sheet = self.sheet
        upper = sheet.text([Run(title, _TITLE_PT, bold=True)], sheet.width)
        lower = sheet.text([Run(line or " ", BODY_PT)], sheet.width)

        def paint(x: float, y: float, _: float) -> None:
            upper.paint(sheet.painter, x, y)
            lower.paint(sheet.painter, x, y + upper.height)

        return Block(upper.height + lower.height + sheet.pt(4), paint)

    def words(self, runs: list[Run], *, above: float = 2.0, below: float = 2.0) -> Block:
        """Return words over the whole width, with so many points of air."""
        sheet, over = self.sheet, self.sheet.pt(above)
        text = sheet.text(runs, sheet.width)
        height = over + text.height + sheet.pt(below)
        return Block(height, lambda x, y, _: text.paint(sheet.painter, x, y + over))

    def fact(self, label: str, runs: list[Run]) -> Block:
        """Return a label with what is known, or with a line to write on."""
        sheet = self.sheet
        left, air = sheet.width * _LABEL, sheet.pt(2)
        name = sheet.text([Run(label or " ")], left - sheet.pt(8))
        said = sheet.text(runs or [Run(" ")], sheet.width - left)
        height = max(name.height, said.height, 0 if runs else sheet.pt(_LINE_PT)) + 2 * air

        def paint(x: float, y: float, _: float) -> None:
            if runs:
                name.paint(sheet.painter, x, y + air + said.ascent - name.ascent)
                said.paint(sheet.painter, x + left, y + air)
                return
            name.paint(sheet.painter, x, y + height - air - name.height)
            sheet.write_on(x + left, y + height - air, sheet.width - left)

        return Block(height, paint)

    def facts(self, label: str, text: str, size: float = BODY_PT) -> list[Block]:
        """Return a label with words of the family in bold, as many blocks as they need."""
        first, *others = in_parts(text)
        runs = [Run(first, size, bold=True)] if first else []
        more = [self.fact("", [Run(part, size, bold=True)]) for part in others]
        return [self.fact(label, runs), *more]

    def ticked(self, runs: list[Run], *, done: bool) -> Block:
        """Return a line with a box to tick."""
        sheet = self.sheet
        side, indent, air = sheet.pt(TICK_PT), sheet.pt(TICK_PT + 8), sheet.pt(3.5 * self._air)
        text = sheet.text(runs, sheet.width - indent)
        height = max(text.height, side) + 2 * air

        def paint(x: float, y: float, _: float) -> None:
            top = y + (height - text.height) / 2
            sheet.tick_box(x, top + (text.first_line - side) / 2, ticked=done)
            text.paint(sheet.painter, x + indent, top)
            sheet.rule(x, y + height, sheet.width, _HAIR_PT)

        return Block(height, paint)

    def beside(self, left: list[Run], right: list[Run]) -> Block:
        """Return two texts beside each other over a hairline."""
        sheet, air = self.sheet, self.sheet.pt(4)
        half = sheet.width * 0.4
        first = sheet.text(left, half - sheet.pt(12))
        second = sheet.text(right or [Run(" ")], sheet.width - half)
        height = max(first.height, second.height) + 2 * air

        def paint(x: float, y: float, _: float) -> None:
            first.paint(sheet.painter, x, y + air)
            second.paint(sheet.painter, x + half, y + air + first.ascent - second.ascent)
            sheet.rule(x, y + height, sheet.width, _HAIR_PT)

        return Block(height, paint)

    def to_write(self, lines: int, *, indent: float = 0.0) -> Block:
        """Return so many lines to write on; `indent` in points."""
        sheet, line, left = self.sheet, self.sheet.pt(_LINE_PT), self.sheet.pt(indent)

        def paint(x: float, y: float, _: float) -> None:
            for place in range(1, lines + 1):
                sheet.write_on(x + left, y + line * place, sheet.width - left)

        return Block(line * lines, paint)

    def group(self, title: str, blocks: Sequence[Block]) -> Group:
        """Return blocks under a heading, which is said again where they go on."""
        sheet = self.sheet
        heading = sheet.heading(title, _HEADING_PT, sheet.width, 11 * self._air, 2)
        again = tr("{title}, continued", title=title)
        return Group(heading, sheet.heading(again, _HEADING_PT, sheet.width, 0, 2), tuple(blocks))

    def leaves(
        self, top: Sequence[Block], groups: Sequence[Group], person: str, printed_at: str
    ) -> list[Leaf]:
        """Return what paints each page: `top` on the first one, then the groups as they flow."""
        sheet = self.sheet
        room, high = sheet.height - sheet.footer_height, height_of(top)
        pages = flow(groups, room - high, room)
        return leaves(sheet, pages, person, printed_at, (high, lambda: paint_down(top, 0.0, 0.0)))
