"""Paints the items of a day where the month is small: dots, and lines for what lasts for days."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from caregiver_app.gui.calendar.month_lanes import Stretch
from caregiver_app.gui.calendar.month_model import Day, Mark, is_bar
from caregiver_app.gui.theme import Theme

_MOST_DOTS: Final = 4
_MOST_LINES: Final = 2
_FOOT: Final = 14
_BEYOND: Final = 8


def paint_dots(painter: QPainter, theme: Theme, box: QRect, day: Day, head: int) -> None:
    """Draw the dots of a day below its `head`, and the lines that cross it below them."""
    side, gap = theme.px(7), theme.px(4)
    y = box.top() + head + theme.px(1)
    if y + side > box.bottom() - 2:
        y = box.bottom() - side - 3
    lined = _paint_lines(painter, theme, box, day, y + side + gap)
    x = box.left() + theme.px(8)
    marks = [one for one in day.leading(_MOST_DOTS + len(lined)) if _key(one) not in lined]
    for mark in marks[:_MOST_DOTS]:
        # An infusion is a bar here too, so that it differs by shape and not by colour alone.
        width = side * 3 if is_bar(mark) else side
        spot = QRectF(x, y, width, side)
        hollow = is_bar(mark) and mark.status in ("planned", "delayed")
        _draw(painter, theme, spot, mark, hollow=hollow)
        x += width + gap
        if mark.outside:
            painter.drawPixmap(x, y - theme.px(3), theme.pixmap("attention", "warn", 13))
            x += theme.icon_px(13) + gap


def _paint_lines(
    painter: QPainter, theme: Theme, box: QRect, day: Day, top: int
) -> set[tuple[str, str]]:
    """Draw what lasts for days as far as there is room from `top` on; return what was drawn."""
    week = day.week
    if not week.stretches:
        return set()
    high, gap = theme.px(5), theme.px(3)
    room = box.bottom() - (_FOOT if week.watched else 3) - top
    count = max(0, min(_MOST_LINES, (room + gap) // (high + gap)))
    drawn: set[tuple[str, str]] = set()
    for place, lane in week.lanes((count,) * len(week.kept)).items():
        one = week.stretches[place]
        if not one.days.first <= day.day <= one.days.last:
            continue
        mark = day.pen.mark(one.entry, day.day)
        left, right = _ends(theme, box, day, one)
        painter.save()
        painter.setClipRect(box)
        line = QRectF(left, top + lane * (high + gap), right - left, high)
        _draw(painter, theme, line, mark, hollow=False)
        painter.restore()
        drawn.add(_key(mark))
    return drawn


def _ends(theme: Theme, box: QRect, day: Day, one: Stretch) -> tuple[int, int]:
    """Return from where to where a line goes; beyond the day where it goes on."""
    inset = theme.px(_BEYOND)
    left = box.left() + (inset if day.day == one.days.first else -inset)
    return left, box.right() + (-inset if day.day == one.days.last else inset)


def _draw(painter: QPainter, theme: Theme, spot: QRectF, mark: Mark, *, hollow: bool) -> None:
    gone = mark.status == "cancelled"
    role = "edge" if gone else mark.kind
    painter.setPen(QPen(theme.colour(role), 1.25))
    painter.setBrush(theme.colour("card" if gone or hollow else role))
    painter.drawRoundedRect(spot, spot.height() / 2, spot.height() / 2)


def _key(mark: Mark) -> tuple[str, str]:
    return mark.appointment, mark.occurrence
