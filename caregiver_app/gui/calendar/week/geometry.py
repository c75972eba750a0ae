"""Where everything of a week stands, in pixels: heads, the strip above the hours, the blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics

from caregiver_app.domain.times import MINUTES_A_DAY
from caregiver_app.gui.calendar.month_model import WEEK
from caregiver_app.gui.calendar.week.layout import Span, Stack, arrange
from caregiver_app.gui.calendar.week.model import Item, WeekShown, minute_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.values import value

SLOT: Final = 30
"""Minutes of a free place."""
_FEWER: Final = (3, 1)
_MOST_BARS: Final = 3
_LEFT: Final = 3
_RIGHT: Final = 7
_WEIGHTS: Final = {"infusion": 3, "medication": 1}
_HOURS_A_DAY: Final = 24


@value
class Measures:
    """The lengths that follow from text size and clock: a line, an hour, the least of each part."""

    line: int
    hint: int
    hours: int
    hour: int
    block: int
    bar: int
    least: int
    narrow: int
    column: int
    foot: int


def measures(theme: Theme) -> Measures:
    """Return the lengths for a look."""
    chip, hint = QFontMetrics(theme.font("month_chip")), QFontMetrics(theme.font("hint"))
    labels = [minute_text(hour * 60) for hour in range(_HOURS_A_DAY)]
    hours = max(hint.horizontalAdvance(words) for words in (*labels, tr("all day")))
    line = chip.height()
    return Measures(
        line=line,
        hint=hint.height(),
        hours=hours + theme.px(14),
        hour=max(theme.px(48), 2 * line + 12),
        block=max(theme.px(19), line + 4),
        bar=max(theme.px(20), line + 6),
        least=theme.icon_px(13) + chip.averageCharWidth() * 4 + theme.px(6),
        narrow=chip.horizontalAdvance("+12") + theme.px(8),
        column=chip.averageCharWidth() * 9 + theme.px(18),
        foot=theme.px(10),
    )


@value
class Block:
    """A piece of an item within one day; `box` stands in the day's 24 hours, midnight at 0.

    `top` is where one sets off for it, above the box or at its upper edge.
    """

    item: Item
    day: date
    box: QRect
    top: int
    ends_here: bool


@value
class Pile:
    """Items that found no room beside others."""

    keys: tuple[str, ...]
    day: date
    box: QRect


@value
class Bar:
    """An item above the hours; it goes on beyond the days that are shown where it is cut."""

    item: Item
    box: QRect
    cut_left: bool
    cut_right: bool


class WeekGeometry:
    """The places of one week in a view of `width` by `height`, with `chosen` in sight."""

    def __init__(
        self,
        shown: WeekShown,
        lengths: Measures,
        size: tuple[int, int],
        chosen: date,
        target: int,
        *,
        begin: int | None = None,
    ) -> None:
        """`target` is the least height of what can be clicked.

        Where not all days have room, those from place `begin` on stay as long as `chosen` is
        among them.
        """
        self.shown = shown
        self.lengths = lengths
        self.width, self.height = size
        free = max(WEEK, self.width - lengths.hours)
        self.count = next(
            (many for many in (WEEK, *_FEWER) if free // many >= lengths.column), _FEWER[-1]
        )
        place = shown.index(chosen) or 0
        usual = min(place // self.count * self.count, WEEK - self.count)
        stays = begin is not None and begin <= place < begin + self.count <= WEEK
        self.begin = begin if stays and begin is not None else usual
        self.days = shown.days[self.begin : self.begin + self.count]
        self._edges = [lengths.hours + free * n // self.count for n in range(self.count + 1)]
        whole = self.count == WEEK
        cell = max(target, lengths.hint + lengths.line + 14)
        self.switch = QRect(0, 0, self.width, 0 if whole else cell)
        tall = lengths.hint + lengths.line + lengths.foot + 10
        head = max(target, tall) if whole else lengths.line + lengths.foot + 12
        self.head = QRect(0, self.switch.height(), self.width, head)
        top = self.head.top() + head
        strip = self._lanes * (lengths.bar + 2) + 6 if self._lanes else 0
        self.strip = QRect(0, top, self.width, strip)
        self.grid = QRect(0, top + strip, self.width, max(1, self.height - top - strip))
        self.length = lengths.hour * _HOURS_A_DAY

    # -- Days -------------------------------------------------------------------------------------

    def column(self, day: date) -> QRect | None:
        """Return a day's column, from the head to the foot; None where it is hidden."""
        for n, one in enumerate(self.days):
            if one.day == day:
                left, right = self._edges[n], self._edges[n + 1]
                return QRect(left, self.head.top(), right - left, self.height - self.head.top())
        return None

    def day_at(self, x: int) -> date:
        """Return the day of the column at `x`, the nearest where there is none."""
        for n, one in enumerate(self.days):
            if x < self._edges[n + 1]:
                return one.day
        return self.days[-1].day

    def switch_cell(self, place: int) -> QRect:
        """Return where a day of the week can be asked for, while not all of them are shown."""
        left, right = self.width * place // WEEK, self.width * (place + 1) // WEEK
        return QRect(left, self.switch.top(), right - left, self.switch.height())

    def y_of(self, minute: int) -> int:
        """Return how far below midnight a minute stands."""
        return round(minute * self.lengths.hour / 60)

    def minute_at(self, y: int) -> int:
        """Return the minute that stands so far below midnight."""
        return min(MINUTES_A_DAY - 1, max(0, y * 60 // self.lengths.hour))

    def slot(self, day: date, minute: int) -> QRect | None:
        """Return the free place of a day that begins with a minute."""
        column = self.column(day)
        if column is None:
            return None
        top, end = self.y_of(minute), self.y_of(minute + SLOT)
        return QRect(column.left() + 1, top, column.width() - 1, end - top)

    # -- Blocks -----------------------------------------------------------------------------------

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The pieces of everything that has an hour, with places beside each other."""
        return tuple(block for day in self._arranged for block in day[0])

    @cached_property
    def piles(self) -> tuple[Pile, ...]:
        """What found no room."""
        return tuple(pile for day in self._arranged for pile in day[1])

    @cached_property
    def _arranged(self) -> list[tuple[list[Block], list[Pile]]]:
        return [self._arrange(day.day) for day in self.days]

    def _arrange(self, day: date) -> tuple[list[Block], list[Pile]]:
        column = self.column(day) or QRect()
        items = {
            one.key: (one, *self._reach(one, day))
            for one in self.shown.items
            if not one.lies_over_days and one.touches(day)
        }
        spans = [
            Span(key, lead, bottom, 0 if item.status == "cancelled" else _WEIGHTS.get(item.kind, 2))
            for key, (item, lead, _top, bottom) in items.items()
        ]
        width = max(1, column.width() - _LEFT - _RIGHT)
        left = column.left() + _LEFT
        found = arrange(spans, width, self.lengths.least, self.lengths.narrow)
        blocks: list[Block] = []
        for place in found.places:
            item, lead, top, bottom = items[place.key]
            box = QRect(left + place.left, top, place.width, bottom - top - 1)
            blocks.append(Block(item, day, box, lead, item.last == day))
        piles: list[Pile] = []
        for stack in found.stacks:
            pile = self._pile(stack, day, left)
            if len(pile.keys) > 1:
                piles.append(pile)
                continue
            # One alone is shown by its icon, which tells more than "+1".
            item, lead, top, _bottom = items[next(iter(pile.keys))]
            blocks.append(Block(item, day, pile.box.adjusted(0, top - lead, 0, 0), lead, False))
        return blocks, piles

    def _reach(self, item: Item, day: date) -> tuple[int, int, int]:
        """Return where the way to it begins, where it begins and where it ends."""
        start, end = item.on(day)
        least = self.lengths.block + 1
        top = min(self.y_of(start), self.length - least)
        bottom = min(self.length, max(self.y_of(end), top + least))
        lead = item.lead if day == item.first else 0
        return min(top, self.y_of(max(0, start - lead))), top, bottom

    @staticmethod
    def _pile(stack: Stack, day: date, left: int) -> Pile:
        box = QRect(left + stack.left, stack.top, stack.width, stack.bottom - stack.top - 1)
        return Pile(stack.keys, day, box)

    # -- Above the hours --------------------------------------------------------------------------

    @cached_property
    def _bar_rows(self) -> list[tuple[Item, int, int, int]]:
        """Return what lies over days: its row, and its first and last column."""
        first, last = self.days[0].day, self.days[-1].day
        over = [
            one
            for one in self.shown.items
            if one.lies_over_days and one.first <= last and one.last >= first
        ]
        over.sort(key=lambda one: (max(one.first, first), not one.is_bar, one.first, one.title))
        rows: list[int] = []
        found: list[tuple[Item, int, int, int]] = []
        for one in over:
            start = (max(one.first, first) - first).days
            end = (min(one.last, last) - first).days
            row = next((n for n, taken in enumerate(rows) if taken < start), len(rows))
            if row == len(rows):
                rows.append(end)
            rows[row] = end
            found.append((one, row, start, end))
        return found

    @cached_property
    def _lanes(self) -> int:
        return min(_MOST_BARS, max((row + 1 for _, row, _, _ in self._bar_rows), default=0))

    @property
    def _bar_limit(self) -> int:
        """How many rows hold bars: where there are too many, the last one holds numbers."""
        needed = max((row + 1 for _, row, _, _ in self._bar_rows), default=0)
        return needed if needed <= _MOST_BARS else _MOST_BARS - 1

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """What lies over days."""
        first, last = self.days[0].day, self.days[-1].day
        return tuple(
            Bar(item, self._bar_box(row, start, end), item.first < first, item.last > last)
            for item, row, start, end in self._bar_rows
            if row < self._bar_limit
        )

    @cached_property
    def bar_piles(self) -> tuple[Pile, ...]:
        """What found no room above the hours, for each day."""
        return tuple(self._bar_piles())

    def _bar_piles(self) -> Iterator[Pile]:
        for n, day in enumerate(self.days):
            keys = tuple(
                item.key
                for item, row, start, end in self._bar_rows
                if row >= self._bar_limit and start <= n <= end
            )
            if keys:
                yield Pile(keys, day.day, self._bar_box(self._bar_limit, n, n))

    def _bar_box(self, row: int, start: int, end: int) -> QRect:
        left, right = self._edges[start] + _LEFT, self._edges[end + 1] - _RIGHT
        top = self.strip.top() + 3 + row * (self.lengths.bar + 2)
        return QRect(left, top, max(1, right - left), self.lengths.bar)

    # -- What lies outside the hours that are seen ------------------------------------------------

    def outside(self, day: date, scroll: int) -> tuple[list[QRect], list[QRect]]:
        """Return the boxes of what lies above and below what is seen of a day."""
        seen = self.band + self.lengths.block // 2
        low, high = scroll + seen, scroll + self.grid.height() - seen
        boxes: dict[str, QRect] = {one.item.key: one.box for one in self.blocks if one.day == day}
        for pile in self.piles:
            if pile.day == day:
                boxes.update(dict.fromkeys(pile.keys, pile.box))
        above = [box for box in boxes.values() if box.bottom() < low]
        return above, [box for box in boxes.values() if box.top() > high]

    @property
    def band(self) -> int:
        """How high the number of what lies outside is."""
        return self.lengths.line + 8

    def marker(self, day: date, *, below: bool) -> QRect:
        """Return where that number stands, at the edge of the hours."""
        column = self.column(day) or QRect()
        top = self.grid.bottom() + 1 - self.band if below else self.grid.top()
        return QRect(column.left() + 1, top, column.width() - 1, self.band)

    # -- Where an item is -------------------------------------------------------------------------

    def on_screen(self, box: QRect, scroll: int) -> QRect:
        """Return a box of the hours as it stands in the view."""
        return box.translated(0, self.grid.top() - scroll)

    def box_of(self, key: str, scroll: int) -> QRect:
        """Return where an item, or the pile in which it lies, stands in the view."""
        for bar in self.bars:
            if bar.item.key == key:
                return bar.box
        for pile in self.bar_piles:
            if key in pile.keys:
                return pile.box
        box = self.hours_box(key)
        return QRect() if box is None else self.on_screen(box, scroll)

    def hours_box(self, key: str) -> QRect | None:
        """Return where an item stands in the hours, None where it has none or is not shown."""
        for block in self.blocks:
            if block.item.key == key:
                return block.box
        return next((pile.box for pile in self.piles if key in pile.keys), None)

    def block_at(self, point: QPoint, scroll: int) -> Block | None:
        """Return the block at a point of the view."""
        if not self.grid.contains(point):
            return None
        inside = point - QPoint(0, self.grid.top() - scroll)
        return next((one for one in self.blocks if one.box.contains(inside)), None)

    def pile_at(self, point: QPoint, scroll: int) -> Pile | None:
        """Return the pile at a point of the view."""
        found = next((one for one in self.bar_piles if one.box.contains(point)), None)
        if found is not None or not self.grid.contains(point):
            return found
        inside = point - QPoint(0, self.grid.top() - scroll)
        return next((one for one in self.piles if one.box.contains(inside)), None)

    def bar_at(self, point: QPoint) -> Bar | None:
        """Return the bar at a point of the view."""
        return next((one for one in self.bars if one.box.contains(point)), None)

    def opening(self, items: Sequence[Item]) -> int:
        """Return how far the hours are scrolled at first: to 7:00, or to the first item."""
        early, usual = 4 * 60, 7 * 60
        starts = sorted(one.start for one in items if one.start is not None)
        first = next((start for start in starts if start >= early), usual)
        seen = self.grid.height() * 60 // self.lengths.hour
        if first < usual or first >= usual + seen - SLOT:
            usual = first // 60 * 60
        return max(0, self.y_of(usual) - self.band - 4)
