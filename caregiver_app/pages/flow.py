"""Blocks that flow through columns and pages; a heading goes along and is said again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain

from caregiver_app.pages.paper import Block, Sheet, tr
from caregiver_app.pages.printed import Leaf
from caregiver_app.values import value


@value
class Group:
    """A heading with what stands under it; `again` is the heading where the group goes on."""

    heading: Block
    again: Block
    blocks: tuple[Block, ...]


def height_of(blocks: Iterable[Block]) -> float:
    """Return how high blocks stand together."""
    return sum(block.height for block in blocks)


def flow(groups: Sequence[Group], first: float, room: float, beside: int = 1) -> list[list[Block]]:
    """Break groups into columns: the first `beside` columns are `first` high, all others `room`.

    A heading never stands alone at the foot, and a block is never cut.
    """
    columns: list[list[Block]] = [[]]
    left = first

    def turn() -> None:
        nonlocal left
        columns.append([])
        left = first if len(columns) <= beside else room

    for group in groups:
        opening = group.heading.height + (group.blocks[0].height if group.blocks else 0.0)
        if opening > left and (columns[-1] or (len(columns) <= beside and first < room)):
            turn()
        columns[-1].append(group.heading)
        left -= group.heading.height
        for number, block in enumerate(group.blocks):
            if number and block.height > left:
                turn()
                columns[-1].append(group.again)
                left -= group.again.height
            columns[-1].append(block)
            left -= block.height
    return columns


def whole(blocks: Sequence[Block]) -> Block:
    """Return blocks as one that no page turns within."""

    def paint(x: float, y: float, _height: float) -> None:
        paint_down(blocks, x, y)

    return Block(height_of(blocks), paint)


def leveled(groups: Sequence[Group], columns: int, room: float) -> list[list[Block]] | None:
    """Return groups in so many columns of about the same height, None when `room` is too low."""
    tallest = max((block.height for group in groups for block in _all(group)), default=0.0)
    low = min(room, max(tallest, height_of(chain.from_iterable(map(_all, groups))) / columns))
    high = room
    best = flow(groups, room, room)
    if len(best) > columns or any(height_of(one) > room for one in best):
        return None
    for _ in range(12):
        middle = (low + high) / 2
        tried = flow(groups, middle, middle)
        fits = len(tried) <= columns and all(height_of(one) <= room for one in tried)
        best, high, low = (tried, middle, low) if fits else (best, high, middle)
    return best


def _all(group: Group) -> tuple[Block, ...]:
    return (group.heading, *group.blocks)


def paint_down(blocks: Iterable[Block], x: float, y: float) -> None:
    """Paint blocks below each other from `x`, `y` on."""
    for block in blocks:
        block.paint(x, y, block.height)
        y += block.height


def leaves(
    sheet: Sheet,
    columns: Sequence[Sequence[Block]],
    person: str,
    printed: str,
    head: tuple[float, Callable[[], object]] | None = None,
) -> list[Leaf]:
    """Return a page for each column, with the footer: whose it is, when it was printed.

    `head` is how high the head of the first page is, and what paints it.
    """
    said = tr("Printed {printed_at}", printed_at=printed) if printed else ""

    def paint(column: Sequence[Block], number: int) -> None:
        top = 0.0
        if number == 1 and head is not None:
            top = head[0]
            head[1]()
        paint_down(column, 0, top)
        sheet.footer(person, said, number, len(columns))

    return [partial(paint, one, number) for number, one in enumerate(columns, start=1)]
