"""The lines of a printed bag: a tick box, what it is, and beside it who brings it."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.bag_values import BagLine
from caregiver_app.pages.paper import BODY_PT, LEAST_PT, TICK_PT, Block, Paragraph, Run, Sheet
from caregiver_app.values import value

_INDENT_PT: Final = TICK_PT + 8
_BLANK_PT: Final = 105.0
_HAIR_PT: Final = 0.5
_SMALL_TIMES: Final = 0.87


@value
class RowFit:
    """How loosely lines are set, in points: letters, least height, air around longer ones."""

    size: float = BODY_PT
    row: float = 25.5
    air: float = 7.0


def bag_row(
    sheet: Sheet, line: BagLine, width: float, fit: RowFit, *, inline: bool = False
) -> Block:
    """Return a line that wraps where its words are longer.

    The hint stands at the right, or, `inline`, behind the words, where it takes less room.
    """
    side, indent = sheet.pt(TICK_PT), sheet.pt(_INDENT_PT)
    room = width - indent
    blank = min(sheet.pt(_BLANK_PT), width * 0.27) if line.write is not None else 0.0
    hint, label = _words(sheet, line, fit.size, room, blank, inline=inline)
    aside = 0.0 if hint is None else hint.width + sheet.pt(10)
    # A hint that would squeeze the label goes below it.
    below = hint is not None and not blank and aside > room * 0.45
    if below:
        label = sheet.text([Run(line.label, fit.size)], room)
    inner = label.height + (hint.height if below and hint is not None else 0.0)
    asked = max(sheet.pt(fit.row), inner + sheet.pt(fit.air))

    def paint(x: float, y: float, height: float) -> None:
        middle = y + (height - inner) / 2
        first = label.first_line
        sheet.tick_box(x, middle + (first - side) / 2, ticked=line.state == "packed")
        label.paint(sheet.painter, x + indent, middle)
        if hint is not None and below:
            hint.paint(sheet.painter, x + indent, middle + label.height)
        elif hint is not None:
            hint.paint(sheet.painter, x + width - hint.width, middle + label.ascent - hint.ascent)
        if blank:
            sheet.write_on(x + width - aside - blank, middle + first, blank)
        sheet.rule(x, y + height, width, _HAIR_PT)

    return Block(asked, paint)


def _words(
    sheet: Sheet, line: BagLine, size: float, room: float, blank: float, *, inline: bool
) -> tuple[Paragraph | None, Paragraph]:
    """Return the hint that stands apart, if any, and the label in the room that it leaves."""
    small = max(LEAST_PT, size * _SMALL_TIMES)
    if inline and not blank:
        runs = [Run(line.label, size)]
        if line.hint:
            runs.append(Run(f"  ·  {line.hint}", small))
        return None, sheet.text(runs, room)
    said = " ".join(filter(None, (line.hint, line.write)))
    hint = sheet.text([Run(said, small)], room) if said else None
    aside = 0.0 if hint is None else hint.width + sheet.pt(10)
    return hint, sheet.text([Run(line.label, size)], max(room - aside - blank, room * 0.45))


def blank_row(sheet: Sheet, width: float, row: float) -> Block:
    """Return a line to write something on, with its own tick box."""
    side, indent = sheet.pt(TICK_PT), sheet.pt(_INDENT_PT)

    def paint(x: float, y: float, height: float) -> None:
        sheet.tick_box(x, y + (height - side) / 2, ticked=False)
        sheet.write_on(x + indent, y + height - sheet.pt(4), width - indent)

    return Block(sheet.pt(row), paint)


def told(sheet: Sheet, heading: str, lines: tuple[str | BagLine, ...], size: float) -> Block:
    """Return lines as running words behind their heading, where there is no room for boxes."""
    said = [line if isinstance(line, str) else _with_blank(line) for line in lines]
    runs = [Run(f"{heading}: ", size, bold=True), Run("  ·  ".join(said), size)]
    text = sheet.text(runs, sheet.width)
    above = sheet.pt(5)
    return Block(text.height + above, lambda x, y, _: text.paint(sheet.painter, x, y + above))


def _with_blank(line: BagLine) -> str:
    return line.label if line.write is None else f"{line.label} ________ {line.write}"


def small_line(sheet: Sheet, words: str, width: float) -> Block:
    """Return a small line of words under a list."""
    text = sheet.text([Run(words, max(LEAST_PT, BODY_PT * _SMALL_TIMES))], width)
    above = sheet.pt(4)
    return Block(text.height + above, lambda x, y, _: text.paint(sheet.painter, x, y + above))
