"""What is kept about somebody, on paper: for that person to read, in plain lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from caregiver_app.pages.flow import Group
from caregiver_app.pages.paper import LEAST_PT, Block, Run, Sheet, tr
from caregiver_app.pages.plain_pages import PlainPage, in_parts
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_LABEL: Final = 0.28
_TEXT_PT: Final = 11.0


@value
class KeptRow:
    """A line: the day or the name in bold, then what was written about it, as it was typed."""

    label: str
    text: str


@value
class KeptSection:
    """Rows under a heading."""

    title: str
    rows: tuple[KeptRow, ...]


@value
class KeptPage:
    """Everything about one person; `note` says below the title what is not on these pages."""

    person: str
    called: str
    sections: tuple[KeptSection, ...]
    note: str
    printed_at: str = ""

    @property
    def title(self) -> str:
        """What the pages are called, with the name: it stands on the paper only."""
        return tr("What I keep about {name}", name=self.called)


def kept_about_pages(page: KeptPage) -> Printed:
    """Return everything as pages to print. The file's own title names nobody."""
    return Printed(tr("What I keep"), lambda sheet: _leaves(sheet, page))


def _leaves(sheet: Sheet, page: KeptPage) -> list[Leaf]:
    plain = PlainPage(sheet)
    said = tr("Written down by the family in Caregiver Companion.")
    top = [plain.title(page.title, said), plain.words([Run(page.note, LEAST_PT)], below=4)]
    groups = [_group(plain, one) for one in page.sections]
    return plain.leaves(top, groups, page.person, page.printed_at)


def _group(plain: PlainPage, section: KeptSection) -> Group:
    blocks = chain.from_iterable(_row(plain.sheet, row) for row in section.rows)
    return plain.group(section.title, list(blocks))


def _row(sheet: Sheet, row: KeptRow) -> Iterator[Block]:
    """Yield a row in as many blocks as its text needs: a page may turn between them."""
    parts = [part for line in row.text.split("\n") for part in in_parts(line)]
    last = len(parts) - 1
    for place, part in enumerate(parts):
        yield _line(sheet, row.label if not place else "", part, ruled=place == last)


def _line(sheet: Sheet, label: str, text: str, *, ruled: bool) -> Block:
    indent, air = sheet.width * _LABEL, sheet.pt(2)
    left = sheet.text([Run(label or " ", _TEXT_PT, bold=True)], indent - sheet.pt(10))
    right = sheet.text([Run(text or " ", _TEXT_PT)], sheet.width - indent)
    height = max(left.height if label else 0.0, right.height) + 2 * air

    def paint(x: float, y: float, _height: float) -> None:
        if label:
            left.paint(sheet.painter, x, y + air)
        right.paint(sheet.painter, x + indent, y + air)
        if ruled:
            sheet.rule(x, y + height, sheet.width, 0.5)

    return Block(height, paint)
