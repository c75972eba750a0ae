"""What lies under a point of a week."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from PySide6.QtCore import QPoint

from caregiver_app.gui.calendar.week.cursor import ABOVE
from caregiver_app.gui.calendar.week.geometry import SLOT, Pile, WeekGeometry
from caregiver_app.gui.calendar.week.model import Item
from caregiver_app.gui.calendar.week.paint import markers
from caregiver_app.gui.theme import Theme
from caregiver_app.values import value

_EDGE: Final = 6


@value
class Hit:
    """What lies under a point; `edge` tells that it is the end of a block, or of whole days."""

    what: Literal["item", "pile", "marker", "day", "slot", "nothing"]
    day: date
    minute: int = ABOVE
    item: Item | None = None
    pile: Pile | None = None
    edge: bool = False
    below: bool = False


def hit_at(theme: Theme, week: WeekGeometry, scroll: int, point: QPoint) -> Hit:
    """Return what lies under a point of the view, of which `scroll` pixels are above."""
    for place, day in enumerate(week.shown.days):
        if week.switch_cell(place).contains(point):
            return Hit("day", day.day)
    day = week.day_at(point.x())
    if week.head.contains(point):
        return Hit("day", day)
    for marked, _words, below in markers(week, scroll):
        if week.marker(marked, below=below).contains(point):
            return Hit("marker", marked, below=below)
    pile = week.pile_at(point, scroll)
    if pile is not None:
        return Hit("pile", pile.day, pile=pile)
    bar = week.bar_at(point)
    if bar is not None:
        near = min(theme.px(_EDGE), bar.box.width() // 4)
        stretches = bar.item.can_stretch_days and not bar.cut_right
        edge = stretches and point.x() > bar.box.right() - near
        return Hit("item", day, item=bar.item, edge=edge)
    return _in_hours(theme, week, scroll, point, day)


def _in_hours(theme: Theme, week: WeekGeometry, scroll: int, point: QPoint, day: date) -> Hit:
    minute = week.minute_at(point.y() - week.grid.top() + scroll)
    block = week.block_at(point, scroll)
    if block is not None:
        box = week.on_screen(block.box, scroll)
        near = min(theme.px(_EDGE), box.height() // 4)
        edge = block.ends_here and block.item.can_stretch and point.y() > box.bottom() - near
        return Hit("item", block.day, minute, block.item, edge=edge)
    if week.grid.contains(point) and point.x() >= week.lengths.hours:
        return Hit("slot", day, minute // SLOT * SLOT)
    return Hit("nothing", day)
