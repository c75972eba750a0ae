"""The printed questions for the insurer, with room to write each answer.

What is known already (the insurer, the end of its numbers, the next infusion) stands above them,
so that nobody has to look for it while the telephone rings.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from caregiver_app.pages.calendar_parts import head
from caregiver_app.pages.flow import Group, flow, height_of, paint_down
from caregiver_app.pages.paper import BODY_PT, LEAST_PT, Block, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_TITLE: Final = 21.0
_GROUP: Final = 13.5
_LINE: Final = 24.0
"""Points between two lines to write on: room for a hand in a hurry."""
_LABEL: Final = 0.36


@value
class QuestionsPage:
    """What is printed: whose it is, known facts, chosen questions by group, and where from.

    `facts` are labels with what is known ("" leaves a line to write on); `lines` is how many lines
    each answer has; `foot` and `sources` stand at the end, `printed` in the footer.
    """

    person: str
    facts: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    foot: str
    sources: str
    printed: str
    lines: int = 2


def insurer_questions(page: QuestionsPage) -> Printed:
    """Return the questions to print."""
    title = tr("Questions for the insurer")
    return Printed(title, lambda sheet: _Composer(sheet, page, title).leaves())


class _Composer:
    """Sets the questions on a sheet."""

    def __init__(self, sheet: Sheet, page: QuestionsPage, title: str) -> None:
        self._sheet, self._page, self._title = sheet, page, title

    def leaves(self) -> list[Leaf]:
        """Return the painters of all pages."""
        sheet, page = self._sheet, self._page
        top = [head(sheet, self._title, page.person, _TITLE), *map(self._fact, page.facts)]
        again = head(sheet, tr("{title}, continued", title=self._title), "", BODY_PT * 1.1)
        room = sheet.height - sheet.footer_height
        pages = flow(self._groups(), room - height_of(top), room - again.height)
        leaves: list[Leaf] = []
        for number, blocks in enumerate(pages, 1):
            stack = [*(top if number == 1 else [again]), *blocks]
            leaves.append(partial(self._paint, stack, number, len(pages)))
        return leaves

    def _paint(self, blocks: list[Block], number: int, total: int) -> None:
        paint_down(blocks, 0.0, 0.0)
        said = tr("Printed {printed_at}", printed_at=self._page.printed)
        self._sheet.footer(self._page.person, said, number, total)

    def _fact(self, fact: tuple[str, str]) -> Block:
        """Return a label with what is known, or with a line to write on."""
        sheet, (label, known) = self._sheet, fact
        left = sheet.width * _LABEL
        name = sheet.text([Run(label, BODY_PT)], left - sheet.pt(8))
        said = sheet.text([Run(known or " ", BODY_PT, bold=True)], sheet.width - left)
        least = sheet.pt(0 if known else _LINE)
        height = max(name.height, said.height, least - sheet.pt(4)) + sheet.pt(4)

        def paint(x: float, y: float, _: float) -> None:
            top = y + (0 if known else height - sheet.pt(4) - name.height)
            name.paint(sheet.painter, x, top)
            if known:
                said.paint(sheet.painter, x + left, y)
            else:
                sheet.write_on(x + left, y + height - sheet.pt(4), sheet.width - left)

        return Block(height, paint)

    def _groups(self) -> list[Group]:
        sheet, page = self._sheet, self._page
        found: list[Group] = []
        number = 0
        for title, questions in page.groups:
            blocks: list[Block] = []
            for text in questions:
                number += 1
                blocks.append(self._question(number, text))
            heading = sheet.heading(title, _GROUP, sheet.width, 14, 3)
            again = sheet.heading(
                tr("{title}, continued", title=title), BODY_PT, sheet.width, 10, 3
            )
            found.append(Group(heading, again, tuple(blocks)))
        if found:
            # The last words go with the last questions, so that they never stand alone.
            last = found[-1]
            found[-1] = Group(last.heading, last.again, (*last.blocks, self._foot()))
        return found

    def _question(self, number: int, text: str) -> Block:
        sheet = self._sheet
        left = sheet.pt(22)
        count = sheet.text([Run(f"{number}.", BODY_PT, bold=True)], left)
        words = sheet.text([Run(text, BODY_PT)], sheet.width - left)
        above, line = sheet.pt(7), sheet.pt(_LINE)
        height = above + words.height + line * self._page.lines

        def paint(x: float, y: float, _: float) -> None:
            count.paint(sheet.painter, x, y + above)
            words.paint(sheet.painter, x + left, y + above)
            for place in range(self._page.lines):
                foot = y + above + words.height + line * (place + 1)
                sheet.write_on(x + left, foot, sheet.width - left)

        return Block(height, paint)

    def _foot(self) -> Block:
        sheet, page = self._sheet, self._page
        words = sheet.text([Run(page.foot, BODY_PT, bold=True)], sheet.width)
        small = sheet.text([Run(page.sources or " ", LEAST_PT)], sheet.width)
        above, between = sheet.pt(14), sheet.pt(5)
        height = above + words.height + (between + small.height if page.sources else 0)

        def paint(x: float, y: float, _: float) -> None:
            words.paint(sheet.painter, x, y + above)
            if page.sources:
                small.paint(sheet.painter, x, y + above + words.height + between)

        return Block(height, paint)
