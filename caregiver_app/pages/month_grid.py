"""The grid of a printed month: weeks as high as they need to be, and what found no room in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from caregiver_app.pages.calendar_items import CalendarPage, Item, isolated, title_runs
from caregiver_app.pages.calendar_parts import bar, ride_runs, sign_of, state_run, watch_line
from caregiver_app.pages.dates import day_month, weekday_name
from caregiver_app.pages.paper import Paragraph, Run, Sheet
from caregiver_app.pages.signs import paint_sign
from caregiver_app.values import value

WEEK: Final = 7
_INSET_PT: Final = 4.0
_BETWEEN_PT: Final = 2.0
_HEAD_PT: Final = 2.5
_FOOT_PT: Final = 3.0
_WATCH_FOOT_PT: Final = 9.0
_ROUNDS: Final = 40


@value
class Look:
    """How a month is set: the size of its words in points, the most lines that a title takes.

    With `rides`, who drives and when to leave stand below what they belong to.
    """

    size: float
    lines: int
    rides: bool = True


@value
class _Entry:
    """One item in its cell; `cut` where its title goes on in the list."""

    item: Item
    title: Paragraph
    below: Paragraph | None
    height: float
    cut: bool


class Grid:
    """The weeks of a month on a sheet, set in one look."""

    def __init__(self, sheet: Sheet, page: CalendarPage, look: Look) -> None:
        self._sheet, self._page, self._look = sheet, page, look
        first = page.first - timedelta(days=(page.first.weekday() - page.week_start) % WEEK)
        count = ((page.last - first).days + WEEK) // WEEK
        self._weeks = [
            [first + timedelta(days=WEEK * week + day) for day in range(WEEK)]
            for week in range(count)
        ]
        self._column = sheet.width / WEEK
        self._entries: dict[date, list[_Entry]] = {}
        self._shorter: dict[tuple[int, int], _Entry] = {}
        for item in sorted(page.items, key=lambda one: one.kind != "infusion"):
            # Infusions come first: whatever finds no room, they do.
            self._entries.setdefault(item.day, []).append(self._entry(item))
        self._date_line = sheet.text([Run("1", self._date_size, bold=True)], sheet.width).height
        head = sheet.text([Run(weekday_name(0), self._head_size, bold=True)], sheet.width)
        self.head_height = head.height + sheet.pt(4)

    @property
    def _date_size(self) -> float:
        return self._look.size * (1.0 if self._page.big else 1.12)

    @property
    def _head_size(self) -> float:
        return max(11.0, self._look.size)

    # -- How high ---------------------------------------------------------------------------------

    def heights(self, room: float) -> list[float]:
        """Return how high each week is, all together `room`: as even as what they hold allows."""
        wanted = [max(map(self._wanted, week)) for week in self._weeks]
        if sum(wanted) <= room:
            low, high = 0.0, room
            for _ in range(_ROUNDS):
                level = (low + high) / 2
                fits = sum(max(one, level) for one in wanted) <= room
                low, high = (level, high) if fits else (low, level)
            return [max(one, low) for one in wanted]
        least = [max(map(self._least, week)) for week in self._weeks]
        if sum(least) > room:
            least = [0.0] * len(wanted)
        low, high = 0.0, max(wanted)
        for _ in range(_ROUNDS):
            cap = (low + high) / 2
            fits = sum(map(max, least, (min(one, cap) for one in wanted))) <= room
            low, high = (cap, high) if fits else (low, cap)
        return list(map(max, least, (min(one, low) for one in wanted)))

    def rest(self, heights: list[float]) -> list[Item]:
        """Return what weeks of these heights have no room for, in the order of the days."""
        wanted: set[int] = set()
        for week, height in zip(self._weeks, heights, strict=True):
            for day in week:
                shown = self._shown(day, height)
                whole = {id(one.item) for one in shown if not one.cut}
                every = {id(one.item) for one in self._entries.get(day, [])}
                wanted |= every - whole
        return [item for item in self._page.items if id(item) in wanted]

    def _wanted(self, day: date) -> float:
        entries = self._entries.get(day, [])
        between = self._sheet.pt(_BETWEEN_PT)
        return self._around + sum(one.height + between for one in entries)

    def _least(self, day: date) -> float:
        """Return the height below which a day would not even show its infusions."""
        bars = [one for one in self._entries.get(day, []) if one.item.kind == "infusion"]
        between = self._sheet.pt(_BETWEEN_PT)
        return self._around + sum(one.height + between for one in bars)

    @property
    def _around(self) -> float:
        """The height of a cell without its items."""
        foot = _WATCH_FOOT_PT if self._page.watched else _FOOT_PT
        return self._date_line + self._sheet.pt(foot + _HEAD_PT)

    def _shown(self, day: date, height: float) -> list[_Entry]:
        """Return what a day has room for; the last one may be cut."""
        left = height - self._around + self._sheet.pt(0.01)
        shown: list[_Entry] = []
        for one in self._entries.get(day, []):
            left -= self._sheet.pt(_BETWEEN_PT)
            if one.height > left:
                short = self._shortened(one, left)
                return [*shown, short] if short is not None else shown
            shown.append(one)
            left -= one.height
        return shown

    def _shortened(self, one: _Entry, room: float) -> _Entry | None:
        """Return an item with a shorter title, None where not even one line has room."""
        above = one.height - one.title.height
        fewer = int((room - above) / one.title.first_line)
        if fewer < 1 or fewer >= one.title.lines:
            return None
        kept = (id(one.item), fewer)
        if kept not in self._shorter:
            self._shorter[kept] = self._entry(one.item, fewer)
        short = self._shorter[kept]
        return short if short.height <= room else None

    # -- One item ---------------------------------------------------------------------------------

    def _entry(self, item: Item, lines: int = 0) -> _Entry:
        """Return an item set in its cell; its title takes `lines` at most, if given."""
        sheet, look = self._sheet, self._look
        if item.kind == "infusion":
            return self._bar_entry(item, lines)
        runs = title_runs(_led(item), look.size)
        if item.state == "planned":
            runs += state_run(item, look.size)
        indent = self._sign_width if sign_of(item) else 0.0
        again = item.goes_on and bool(item.part)
        opens = any(item.day == week[0] for week in self._weeks)
        title, cut = self._within(runs, self._width, lines if opens or not again else 1, indent)
        # What is said again stands whole where it began, if that is on the page.
        cut = cut and not (again and item.day > self._weeks[0][0])
        below = self._ride(item, self._width)
        height = title.height + (below.height if below else 0.0)
        return _Entry(item, title, below, max(height, sheet.pt(look.size)), cut)

    def _bar_entry(self, item: Item, lines: int) -> _Entry:
        sheet, size = self._sheet, self._look.size
        struck = item.state == "cancelled"
        inner = self._width - sheet.pt(6) - (self._sign_width if item.state == "done" else 0.0)
        name = isolated(_led(item).title)
        title, cut = self._within([Run(name, size, bold=True, struck=struck)], inner, lines)
        said = "\u00a0".join(filter(None, (item.time, isolated(item.initial))))
        runs = [Run(said, size, bold=True, struck=struck)] if said else []
        rides = ride_runs(item, size) if self._look.rides else []
        if runs and rides:
            runs.append(Run("\n", size))
        below = sheet.text([*runs, *rides], inner) if runs or rides else None
        height = title.height + (below.height if below else 0.0) + sheet.pt(5)
        return _Entry(item, title, below, height, cut)

    def _ride(self, item: Item, width: float) -> Paragraph | None:
        runs = ride_runs(item, self._look.size) if self._look.rides else []
        return self._sheet.text(runs, width) if runs else None

    def _within(
        self, runs: list[Run], width: float, lines: int, indent: float = 0.0
    ) -> tuple[Paragraph, bool]:
        whole = self._sheet.text(runs, width, indent=indent)
        most = lines or self._look.lines
        if whole.lines <= most:
            return whole, False
        return self._sheet.text_within(runs, width, most, indent=indent), True

    @property
    def _width(self) -> float:
        return self._column - self._sheet.pt(2 * _INSET_PT)

    @property
    def _sign_width(self) -> float:
        return self._sheet.pt(self._look.size * 0.95 + 3)

    # -- Paint ------------------------------------------------------------------------------------

    def paint(self, x: float, y: float, heights: list[float], more: str) -> None:
        """Paint weekdays and weeks; `more` tells a reader where a full day goes on."""
        sheet = self._sheet
        total = self.head_height + sum(heights)
        for number in range(WEEK):
            name = weekday_name((self._page.week_start + number) % WEEK)
            words = sheet.text_within(
                [Run(name, self._head_size, bold=True)], self._column - sheet.pt(_INSET_PT), 1
            )
            left = x + number * self._column + sheet.pt(_INSET_PT)
            words.paint(sheet.painter, left, y + (self.head_height - words.height) / 2)
        top = y + self.head_height
        for week, height in zip(self._weeks, heights, strict=True):
            sheet.rule(x, top, sheet.width, 0.75)
            for number, day in enumerate(week):
                self._paint_day(day, x + number * self._column, top, height, more)
            self._paint_watch(week, x, top + height - sheet.pt(4))
            top += height
        self._frame(QRectF(x, y, sheet.width, total))

    def _frame(self, box: QRectF) -> None:
        painter, sheet = self._sheet.painter, self._sheet
        painter.setPen(QPen(QColor(0x60, 0x60, 0x60), sheet.pt(0.5)))
        for number in range(1, WEEK):
            x = box.left() + number * self._column
            painter.drawLine(QPointF(x, box.top() + self.head_height), QPointF(x, box.bottom()))
        painter.setPen(QPen(QColor(0, 0, 0), sheet.pt(1.0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_day(self, day: date, x: float, y: float, height: float, more: str) -> None:
        sheet, page = self._sheet, self._page
        inside = page.first <= day <= page.last
        if page.big and not inside:
            return  # a number with nothing below it would say that the day is free
        # The big one says no month within the month: the pointer needs the room.
        named = (day.day == 1 and not page.big) or day == self._weeks[0][0]
        said = day_month(day) if named else str(day.day)
        number = sheet.text([Run(said, self._date_size, bold=inside)], self._column)
        left = x + sheet.pt(_INSET_PT)
        number.paint(sheet.painter, left, y + sheet.pt(1))
        entries, shown = self._entries.get(day, []), self._shown(day, height)
        if len(shown) < len(entries) or any(one.cut for one in shown):
            pointer = sheet.text([Run(more, 12.0 if page.big else 10.0)], self._width, right=True)
            pointer.paint(sheet.painter, left, y + sheet.pt(1) + number.ascent - pointer.ascent)
        at = y + self._date_line + sheet.pt(_HEAD_PT)
        for one in shown:
            self._paint_entry(one, left, at)
            at += one.height + sheet.pt(_BETWEEN_PT)

    def _paint_entry(self, one: _Entry, x: float, y: float) -> None:
        sheet, sign = self._sheet, sign_of(one.item)
        side = sheet.pt(self._look.size * 0.95)
        shift = 0.0
        if one.item.kind == "infusion":
            box = QRectF(x - sheet.pt(1.5), y, self._width + sheet.pt(3), one.height)
            bar(sheet, box, dashed=one.item.state == "planned")
            shift = sheet.pt(3) + (self._sign_width if sign == "done" else 0.0)
            y += sheet.pt(2.5)
            if sign == "done":
                middle = y + (one.title.first_line - side) / 2
                paint_sign(sheet.painter, sign, x + sheet.pt(2), middle, side)
        elif sign:
            paint_sign(sheet.painter, sign, x, y + (one.title.first_line - side) / 2, side)
        one.title.paint(sheet.painter, x + shift, y)
        if one.below is not None:
            one.below.paint(sheet.painter, x + shift, y + one.title.height)

    def _paint_watch(self, week: list[date], x: float, y: float) -> None:
        for first, last in self._page.watched:
            if last < week[0] or first > week[-1]:
                continue
            starts, ends = first >= week[0], last <= week[-1]
            begin = (first - week[0]).days + 0.5 if starts else 0.0
            end = (last - week[0]).days + (0.8 if last == first else 0.5) if ends else float(WEEK)
            left, right = x + begin * self._column, x + end * self._column
            watch_line(self._sheet, left, right, y, starts=starts, ends=ends)


def _led(item: Item) -> Item:
    """Return the item; one that goes on from the day before begins with "…"."""
    return replace(item, title=f"… {item.title}") if item.goes_on else item
