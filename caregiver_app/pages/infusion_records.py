"""The infusion passport: what the nurse wrote down about each visit, as pages to print."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.flow import Group, flow, height_of, leaves, whole
from caregiver_app.pages.paper import BODY_PT, Block, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_SIZE: Final = BODY_PT
_HEAD_PT: Final = 13.0
_TITLE_PT: Final = 17.0
_TOGETHER: Final = 0.5
"""A visit that takes at most this part of a page is not torn apart."""


@value
class RecordEntry:
    """One visit: day and visit as its heading, then label and words of what was written down."""

    heading: str
    lines: tuple[tuple[str, str], ...]


@value
class RecordsPage:
    """All visits of a person, the newest first; `note` says where a choice was made among them."""

    person: str
    entries: tuple[RecordEntry, ...]
    note: str = ""
    printed: str = ""


def records_pages(page: RecordsPage) -> Printed:
    """Return the records as pages to print."""

    def compose(sheet: Sheet) -> list[Leaf]:
        head, room = _Head(sheet, page), sheet.height - sheet.footer_height
        groups = [_group(sheet, one, room * _TOGETHER) for one in page.entries]
        columns = flow(groups, room - head.height, room)
        return leaves(sheet, columns, page.person, page.printed, (head.height, head.paint))

    return Printed(tr("Infusion records"), compose)


class _Head:
    """Title, whose they are, and what the list is made of."""

    def __init__(self, sheet: Sheet, page: RecordsPage) -> None:
        self._sheet = sheet
        said = [tr("Copied by the family from the nurse’s papers, as they stood there.")]
        said += [page.note] if page.note else []
        self._lines = [
            sheet.text([Run(tr("Infusion records"), _TITLE_PT, bold=True)], sheet.width),
            *([sheet.text([Run(page.person, _HEAD_PT, bold=True)], sheet.width)]
              if page.person else []),
            *(sheet.text([Run(line, _SIZE)], sheet.width) for line in said),
        ]  # fmt: skip
        self.height = sum(line.height for line in self._lines) + sheet.pt(6)

    def paint(self) -> None:
        """Paint it at the top of the page."""
        y = 0.0
        for line in self._lines:
            line.paint(self._sheet.painter, 0, y)
            y += line.height


def _group(sheet: Sheet, entry: RecordEntry, together: float) -> Group:
    heading = sheet.heading(entry.heading, _HEAD_PT, sheet.width, 12, 3)
    again = sheet.heading(
        tr("{visit}, continued", visit=entry.heading), _HEAD_PT, sheet.width, 0, 3
    )
    lines = [_line(sheet, *one) for one in entry.lines]
    if height_of(lines) <= together:
        lines = [whole(lines)]
    return Group(heading, again, tuple(lines))


def _line(sheet: Sheet, label: str, text: str) -> Block:
    indent = sheet.width * 0.38
    left = sheet.text([Run(label, _SIZE)], indent - sheet.pt(8))
    right = sheet.text([Run(text, _SIZE, bold=True)], sheet.width - indent)
    gap = sheet.pt(2.5)

    def paint(x: float, y: float, _height: float) -> None:
        left.paint(sheet.painter, x, y + gap)
        right.paint(sheet.painter, x + indent, y + gap)

    return Block(max(left.height, right.height) + gap * 2, paint)
