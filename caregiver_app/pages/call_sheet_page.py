"""The call sheet as a page to print: whom to call, what to read out, and room for the answer.

The letters shrink, and fewer old lines stand there, before a second page comes; then each heading
is said again where its lines go on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from caregiver_app.pages.flow import Group, flow, height_of, leaves, whole
from caregiver_app.pages.paper import LEAST_PT, Block, Paragraph, Run, Sheet, tr
from caregiver_app.pages.printed import Leaf, Printed
from caregiver_app.values import value

_FITS: Final = (
    (12.0, 40, 14, 3), (11.5, 40, 14, 3), (11.0, 30, 14, 3), (10.5, 20, 14, 2),
    (LEAST_PT, 20, 6, 2), (LEAST_PT, 12, 4, 2), (LEAST_PT, 8, 3, 2), (LEAST_PT, 6, 2, 1),
    (LEAST_PT, 6, 1, 1), (LEAST_PT, 4, 2, 1), (LEAST_PT, 4, 1, 1), (LEAST_PT, 4, 1, 0),
)  # fmt: skip
"""Letter sizes in points, each with how many lines of a long part stand there, on how many lines of
paper one of them may wrap, and how many there are to write on."""
_LOOSE: Final = (10.5, 14, 2)
"""Letter size, wrapping and lines to write on where one page is not enough."""
_TITLE_PT: Final = 19.0
_NUMBER_PT: Final = 17.0
_LABEL: Final = 0.27
_HALF_LABEL: Final = 0.26
_WHO_WRAPS: Final = 6
_TOGETHER: Final = 0.25
"""A part that takes at most this much of a page is not torn apart."""
_MOST_RUN: Final = 30


@value
class CallLine:
    """One line to read out: when or what at the left, then bold words and what belongs to them.

    `mark` says in words how urgent it is, "" where that is not said; `tier` is its key for
    the screen's picture.
    """

    label: str
    strong: str
    text: str = ""
    mark: str = ""
    tier: str = ""


@value
class CallPart:
    """A heading with its lines. `none` stands there where there is no line, `note` below them.

    `shape` says how it lies on paper: "half" beside the other half, "pairs" two lines side by
    side, "run" all in one paragraph, "" line by line.
    """

    key: str
    title: str
    lines: tuple[CallLine, ...]
    none: str = ""
    note: str = ""
    shape: str = ""


@value(kw_only=True)
class CallPaper:
    """The whole sheet. `numbers` are whose number it is and the number, in their order.

    `emergency` says that a sign of now is one, `urgent` when to call the emergency number instead,
    `no_answer` what to do when nobody answers; `question` is what to ask, as typed.
    """

    person: str
    made: str
    numbers: tuple[tuple[str, str], ...]
    no_number: str
    urgent: str
    no_answer: str
    parts: tuple[CallPart, ...]
    emergency: str = ""
    question: str = ""
    printed: str = ""


def call_sheet_page(paper: CallPaper) -> Printed:
    """Return the call sheet as a page to print."""

    def compose(sheet: Sheet) -> list[Leaf]:
        blocks, columns = _laid_out(sheet, paper)
        head = (blocks.head_height, blocks.paint_head)
        return leaves(sheet, columns, paper.person, paper.printed, head)

    return Printed(tr("Call sheet for the clinic"), compose)


def _laid_out(sheet: Sheet, paper: CallPaper) -> tuple[_Blocks, list[list[Block]]]:
    """Return the largest letters with which one page is enough, else the smallest on more."""
    room = sheet.height - sheet.footer_height
    for size, most, wraps, to_write in _FITS:
        blocks = _Blocks(sheet, _shortened(paper, most), size, wraps, to_write)
        columns = flow(blocks.groups(room), room - blocks.head_height, room)
        if len(columns) == 1:
            return blocks, columns
    # It takes more than a page whatever is left out: then nothing is.
    blocks = _Blocks(sheet, paper, *_LOOSE)
    return blocks, flow(blocks.groups(room), room - blocks.head_height, room)


def _shortened(paper: CallPaper, most: int) -> CallPaper:
    """Return the sheet with at most so many lines in each part, and how many are not there."""
    return replace(paper, parts=tuple(_short_part(part, most) for part in paper.parts))


def _short_part(part: CallPart, most: int) -> CallPart:
    # Who it is and what is taken is never left out.
    more = 0 if part.shape in ("half", "run") else len(part.lines) - most
    if more <= 0:
        return part
    left_out = tr("And {count} more, in the program.", count=more)
    note = " ".join(said for said in (left_out, part.note) if said)
    return replace(part, lines=part.lines[:most], note=note)


class _Blocks:
    """Everything in one size of letters."""

    def __init__(
        self, sheet: Sheet, paper: CallPaper, size: float, wraps: int, to_write: int
    ) -> None:
        self._sheet, self._paper, self._size = sheet, paper, size
        self._wraps, self._to_write = wraps, to_write
        wide = sheet.width
        self._head: list[tuple[Paragraph, float]] = []
        """What stands above the parts, each with the air below it."""
        name = paper.person or tr("The person I care for")
        self._put([Run(name, _TITLE_PT, bold=True)], 1)
        title = tr("Call sheet for the clinic")
        self._put([Run(" · ".join(one for one in (title, paper.made) if one), size)], 6)
        half = (wide - sheet.pt(16)) / 2
        self._numbers = [
            (sheet.text([Run(whose, size)], half),
             sheet.text([Run(number, _NUMBER_PT, bold=True)], half))
            for whose, number in paper.numbers
        ]  # fmt: skip
        inside = wide - sheet.pt(16)
        said = [words for words in (paper.emergency, paper.urgent) if words]
        self._urgent = [sheet.text([Run(one, size + 0.5, bold=True)], inside) for one in said]
        if paper.no_answer:
            self._urgent.append(sheet.text([Run(paper.no_answer, size)], inside))
        if not self._numbers:
            self._put([Run(paper.no_number, size, bold=True)], 6)

    def _put(self, runs: list[Run], below: float) -> None:
        self._head.append((self._sheet.text(runs, self._sheet.width), self._sheet.pt(below)))

    # -- Above the parts --------------------------------------------------------------------------

    @property
    def head_height(self) -> float:
        """What name, numbers and the emergency line take."""
        sheet = self._sheet
        lines = sum(line.height + below for line, below in self._head)
        return lines + self._numbers_height() + self._urgent_height() + sheet.pt(4)

    def _numbers_height(self) -> float:
        rows = [self._numbers[at : at + 2] for at in range(0, len(self._numbers), 2)]
        return sum(self._row_height(row) for row in rows)

    def _row_height(self, row: list[tuple[Paragraph, Paragraph]]) -> float:
        return max(whose.height + number.height for whose, number in row) + self._sheet.pt(5)

    def _urgent_height(self) -> float:
        return sum(line.height for line in self._urgent) + self._sheet.pt(12)

    def paint_head(self) -> None:
        """Paint it at the top of the first page."""
        sheet, y = self._sheet, 0.0
        for line, below in self._head:
            line.paint(sheet.painter, 0, y)
            y += line.height + below
        right = (sheet.width + sheet.pt(16)) / 2
        for at in range(0, len(self._numbers), 2):
            row = self._numbers[at : at + 2]
            for x, (whose, number) in zip((0.0, right), row, strict=False):
                number.paint(sheet.painter, x, y)
                whose.paint(sheet.painter, x, y + number.height)
            y += self._row_height(row)
        self._paint_urgent(y)

    def _paint_urgent(self, y: float) -> None:
        sheet, high = self._sheet, self._urgent_height()
        sheet.rule(0, y, sheet.width, 2.0)
        top = y + sheet.pt(6)
        for line in self._urgent:
            line.paint(sheet.painter, sheet.pt(8), top)
            top += line.height
        sheet.rule(0, y + high, sheet.width, 2.0)

    # -- The parts --------------------------------------------------------------------------------

    def groups(self, room: float) -> list[Group]:
        """Return each part with its heading, then the question and the room for the answer."""
        parts, found = list(self._paper.parts), list[Group]()
        while parts:
            part = parts.pop(0)
            if part.shape == "half" and parts and parts[0].shape == "half":
                found.append(self._halves(part, parts.pop(0)))
            else:
                found.append(self._group(part, room))
        return [*found, self._question(), self._answer()]

    def _heading(self, title: str, wide: float) -> Block:
        return self._sheet.heading(title, self._size + 1, wide, 9, 2)

    def _group(self, part: CallPart, room: float) -> Group:
        wide = self._sheet.width
        lines = self._lines(part, wide)
        if height_of(lines) <= room * _TOGETHER:
            lines = [whole(lines)]
        again = self._heading(tr("{title}, continued", title=part.title), wide)
        return Group(self._heading(part.title, wide), again, tuple(lines))

    def _halves(self, left: CallPart, right: CallPart) -> Group:
        """Return two parts side by side; together they are short."""
        wide = (self._sheet.width - self._sheet.pt(20)) / 2
        over = wide + self._sheet.pt(20)
        headings = [self._heading(part.title, wide) for part in (left, right)]
        bodies = [whole(self._lines(part, wide)) for part in (left, right)]
        heading = replace(_beside(headings[0], headings[1], over), opens=True)
        return Group(heading, heading, (_beside(bodies[0], bodies[1], over),))

    def _lines(self, part: CallPart, wide: float) -> list[Block]:
        if part.shape == "run":
            lines = [self._run(part.lines, wide)] if part.lines else []
        elif part.shape == "pairs":
            lines = self._pairs(part.lines, wide)
        else:
            half = part.shape == "half"
            share, between = (_HALF_LABEL, ", ") if half else (_LABEL, ". ")
            wraps = max(_WHO_WRAPS, self._wraps) if half else self._wraps
            lines = [self._line(one, wide, share, between, wraps) for one in part.lines]
        if not part.lines and part.none:
            lines.append(self._plain(part.none, wide))
        return [*lines, *([self._plain(part.note, wide)] if part.note else [])]

    def _pairs(self, lines: tuple[CallLine, ...], wide: float) -> list[Block]:
        half, over = (wide - self._sheet.pt(20)) / 2, (wide + self._sheet.pt(20)) / 2
        blocks = [self._line(one, half, 0.5, ". ", self._wraps) for one in lines]
        if len(blocks) % 2:
            blocks.append(Block(0.0, lambda _x, _y, _height: None))
        return [_beside(a, b, over) for a, b in zip(blocks[::2], blocks[1::2], strict=True)]

    def _run(self, lines: tuple[CallLine, ...], wide: float) -> Block:
        runs: list[Run] = []
        for number, one in enumerate(lines):
            told = f" ({one.text})" if one.text else ""
            last = number == len(lines) - 1
            runs.append(Run(one.strong, self._size, bold=True))
            runs.append(Run(f"{told}{'' if last else '; '}", self._size))
        return self._words([run for run in runs if run.text], wide, _MOST_RUN)

    def _line(self, one: CallLine, wide: float, share: float, between: str, wraps: int) -> Block:
        sheet, size, gap = self._sheet, self._size, self._sheet.pt(1.5)
        indent = wide * share
        label = sheet.text([Run(one.label, size)], indent - sheet.pt(8)) if one.label else None
        runs = [Run(f"{one.mark}: ", size, bold=True)] if one.mark else []
        runs.append(Run(one.strong, size, bold=True))
        if one.text:
            runs.append(Run(f"{between if one.strong else ''}{one.text}", size))
        room = wide - (indent if label else 0)
        words = sheet.text_within([run for run in runs if run.text], room, wraps)
        high = max(words.height, label.height if label else 0) + gap * 2

        def paint(x: float, y: float, _height: float) -> None:
            if label:
                label.paint(sheet.painter, x, y + gap)
            words.paint(sheet.painter, x + (indent if label else 0), y + gap)

        return Block(high, paint)

    def _plain(self, text: str, wide: float) -> Block:
        return self._words([Run(text, self._size)], wide, _MOST_RUN)

    def _words(self, runs: list[Run], wide: float, most: int) -> Block:
        sheet, gap = self._sheet, self._sheet.pt(1.5)
        words = sheet.text_within(runs, wide, most)
        return Block(
            words.height + gap * 2, lambda x, y, _height: words.paint(sheet.painter, x, y + gap)
        )

    def _question(self) -> Group:
        heading = self._heading(tr("What we want to ask"), self._sheet.width)
        asked = self._paper.question.splitlines() or [""]
        lines = [self._plain(line, self._sheet.width) for line in asked if line.strip()]
        lines = lines or [self._to_write_on("") for _ in range(self._to_write - 1)]
        return Group(heading, heading, tuple(lines))

    def _answer(self) -> Group:
        """Return what is written by hand while the phone is at the ear."""
        heading = self._heading(tr("What they said"), self._sheet.width)
        asked = [tr("Who answered, when"), *[""] * self._to_write, tr("Call again, or come")]
        return Group(heading, heading, (whole([self._to_write_on(one) for one in asked]),))

    def _to_write_on(self, label: str) -> Block:
        sheet = self._sheet
        words = sheet.text([Run(label, self._size)], sheet.width * _LABEL) if label else None
        high = sheet.pt(self._size * 1.9)

        def paint(x: float, y: float, _height: float) -> None:
            beside = 0.0
            if words:
                words.paint(sheet.painter, x, y + high - words.height - sheet.pt(1))
                beside = words.width + sheet.pt(8)
            sheet.write_on(x + beside, y + high, sheet.width - beside)

        return Block(high, paint)


def _beside(left: Block, right: Block, over: float) -> Block:
    """Return two blocks as one, the second `over` dots to the right of the first."""

    def paint(x: float, y: float, height: float) -> None:
        left.paint(x, y, height)
        right.paint(x + over, y, height)

    return Block(max(left.height, right.height), paint)
