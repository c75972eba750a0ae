"""Paints a week: heads, what lies over days, the hours and the line of now.

Colour never speaks alone: every block has its icon and its words, the infusion is filled.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from caregiver_app.gui.calendar.day_ground import paint_hatch, paint_watching
from caregiver_app.gui.calendar.month_model import Day
from caregiver_app.gui.calendar.week.block import BlockPainter
from caregiver_app.gui.calendar.week.cursor import ABOVE, Spot
from caregiver_app.gui.calendar.week.drag import Landing
from caregiver_app.gui.calendar.week.geometry import SLOT, Pile, WeekGeometry
from caregiver_app.gui.calendar.week.model import Item, minute_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_MONTH_CHIP
from caregiver_app.gui.words import count_text, long_date, short_date, short_weekday, time_text, tr
from caregiver_app.values import value

_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_FAINT: Final = 0.45
_GHOST: Final = 0.85
_LEFT_BEHIND: Final = 0.35


@value
class Scene:
    """How a week is seen just now.

    `ring` says that the keys act here, `pointed` is the item under the mouse, `ghost` where
    something that is dragged would land; `scroll` is how far down midnight has gone.
    """

    scroll: int
    spot: Spot
    now: datetime
    ring: bool = False
    pointed: str = ""
    ghost: Landing | None = None


class WeekPainter:
    """Draws a `Scene` of a week into its view."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.blocks = BlockPainter(theme)

    def paint(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        """Draw everything that is seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._theme.fill(painter, QRect(0, 0, week.width, week.height), "card")
        painter.save()
        painter.setClipRect(week.grid)
        self._paint_lines(painter, week, scene)
        self._paint_slot(painter, week, scene)
        self._paint_now(painter, week, scene)
        self._paint_blocks(painter, week, scene)
        self._paint_now_over(painter, week, scene)
        self._paint_markers(painter, week, scene)
        self._paint_ghost(painter, week, scene)
        painter.restore()
        self._paint_strip(painter, week, scene)
        self._paint_heads(painter, week, scene)
        if not week.switch.isEmpty():
            self._paint_switch(painter, week, scene)

    # -- Heads ------------------------------------------------------------------------------------

    def _paint_heads(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        theme, head = self._theme, week.head
        theme.fill(painter, head, "sunk")
        for day in week.days:
            column = week.column(day.day)
            if column is None:
                continue
            box = QRect(column.left(), head.top(), column.width(), head.height())
            self._paint_head(painter, week, box, day, scene)
        painter.setPen(QPen(theme.colour("line"), 1))
        bottom = week.grid.top() - 1
        painter.drawLine(0, bottom, week.width, bottom)

    def _paint_head(
        self, painter: QPainter, week: WeekGeometry, box: QRect, day: Day, scene: Scene
    ) -> None:
        theme = self._theme
        if day.day == scene.spot.day and week.count > 1:
            theme.fill(painter, box, "tint")
        if day.blocked is not None:
            paint_hatch(painter, theme, box)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.left(), box.top(), box.left(), box.bottom())
        left, room = box.left() + theme.px(8), box.width() - theme.px(12)
        today = day.day == scene.now.date()
        line, hint = week.lengths.line + 4, week.lengths.hint
        if week.count == len(week.shown.days):
            top = box.top() + max(2, (box.height() - week.lengths.foot // 2 - line - hint) // 2)
            self._write(painter, QRect(left, top, room, hint), _weekday(day), "hint", "soft")
            words = _number(day)
            self._paint_number(painter, QRect(left, top + hint, room, line), words, today=today)
        else:
            words = long_date(day.day) if week.count == 1 else short_date(day.day)
            top = box.top() + (box.height() - week.lengths.foot // 2 - line) // 2
            self._paint_number(painter, QRect(left, top, room, line), words, today=today)
        if day.watching is not None:
            paint_watching(painter, theme, box, day.watching, 5)

    def _paint_number(self, painter: QPainter, room: QRect, words: str, *, today: bool) -> None:
        theme = self._theme
        painter.setFont(theme.font("second_strong"))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        if not today:
            painter.setPen(theme.colour("ink"))
            painter.drawText(room, _MIDDLE, words)
            return
        width = min(room.width(), metrics.horizontalAdvance(words) + theme.px(16))
        pill = QRectF(room.left() - 2, room.top(), width, room.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(theme.colour("page"))
        painter.drawText(pill, _CENTRE, words)

    def _paint_switch(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        """Draw the seven days among which those that are seen are chosen."""
        theme = self._theme
        theme.fill(painter, week.switch, "card")
        seen = {day.day for day in week.days}
        line, hint = week.lengths.line + 4, week.lengths.hint
        for place, day in enumerate(week.shown.days):
            cell = week.switch_cell(place)
            if day.day in seen:
                theme.fill(painter, cell, "tint")
            if day.day == scene.spot.day:
                theme.fill(painter, QRect(cell.left(), cell.top(), cell.width(), 3), "primary")
            top = cell.top() + max(2, (cell.height() - line - hint) // 2)
            box = QRect(cell.left() + 2, top, cell.width() - 4, hint)
            role = "primary" if day.day in seen else "soft"
            self._write(painter, box, _weekday(day), "hint", role, _CENTRE)
            number = str(day.day.day)
            painter.setFont(theme.font("second_strong"))
            wide = painter.fontMetrics().horizontalAdvance(number) + theme.px(16)
            today = day.day == scene.now.date()
            spot = QRect(cell.center().x() - wide // 2 + 2, top + hint, wide, line)
            if today:
                self._paint_number(painter, spot, number, today=True)
            else:
                self._write(painter, spot, number, "second_strong", "ink", _CENTRE)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, week.switch.bottom(), week.width, week.switch.bottom())

    # -- Above the hours --------------------------------------------------------------------------

    def _paint_strip(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        theme, strip = self._theme, week.strip
        if strip.isEmpty():
            return
        theme.fill(painter, strip, "card")
        room = QRect(0, strip.top() + 3, week.lengths.hours - theme.px(7), week.lengths.bar)
        self._write(painter, room, tr("all day"), "hint", "soft", _RIGHT)
        painter.setPen(QPen(theme.colour("line"), 1))
        for day in week.days:
            if (column := week.column(day.day)) is not None:
                painter.drawLine(column.left(), strip.top(), column.left(), strip.bottom())
        ghost = scene.ghost
        for bar in week.bars:
            painter.setOpacity(_LEFT_BEHIND if ghost and ghost.item.key == bar.item.key else 1)
            cuts = bar.cut_left, bar.cut_right
            self.blocks.paint_bar(painter, bar.box, bar.item, cuts, pointed=self._hot(bar, scene))
            self._mark(painter, bar.box, (bar.item.key,), scene)
        painter.setOpacity(1)
        for pile in week.bar_piles:
            self._paint_pile(painter, pile, pile.box, pile.box, scene)
        if ghost is not None and ghost.item.lies_over_days:
            self._paint_bar_ghost(painter, week, ghost)

    def _paint_bar_ghost(self, painter: QPainter, week: WeekGeometry, ghost: Landing) -> None:
        boxes = [
            column
            for day in week.days
            if ghost.day <= day.day <= ghost.last and (column := week.column(day.day)) is not None
        ]
        if not boxes:
            return
        row = week.box_of(ghost.item.key, 0)
        left, right = boxes[0].left() + 3, boxes[-1].right() - 6
        box = QRect(left, row.top(), right - left, week.lengths.bar)
        painter.setOpacity(_GHOST)
        cuts = ghost.day < week.days[0].day, ghost.last > week.days[-1].day
        self.blocks.paint_bar(painter, box, ghost.item, cuts, pointed=True)
        painter.setOpacity(1)
        self._outline(painter, QRectF(box), "primary", 2)

    # -- The hours --------------------------------------------------------------------------------

    def _paint_lines(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        theme, grid, lengths = self._theme, week.grid, week.lengths
        for day in week.days:
            column = week.column(day.day)
            if day.blocked is not None and column is not None:
                painter.setOpacity(_FAINT)
                paint_hatch(painter, theme, column.intersected(grid))
                painter.setOpacity(1)
        strong, faint = theme.colour("line"), theme.colour("line")
        faint.setAlphaF(_FAINT)
        now = scene.now.hour * 60 + scene.now.minute
        today = any(day.day == scene.now.date() for day in week.days)
        painter.setFont(theme.font("hint", tabular=True))
        first = scene.scroll // lengths.hour
        for hour in range(first, min(24, first + grid.height() // lengths.hour + 2)):
            y = grid.top() + week.y_of(hour * 60) - scene.scroll
            painter.setPen(QPen(strong, 1))
            painter.drawLine(lengths.hours, y, week.width, y)
            painter.setPen(QPen(faint, 1))
            half = y + lengths.hour // 2
            painter.drawLine(lengths.hours, half, week.width, half)
            hidden = today and abs(week.y_of(now - hour * 60)) < lengths.hint
            room = QRect(0, y - lengths.hint // 2, lengths.hours - theme.px(7), lengths.hint)
            if hour and not hidden and grid.contains(room):
                painter.setPen(theme.colour("soft"))
                painter.drawText(room, _RIGHT, minute_text(hour * 60))
        painter.setPen(QPen(strong, 1))
        for day in week.days:
            if (column := week.column(day.day)) is not None:
                painter.drawLine(column.left(), grid.top(), column.left(), grid.bottom())

    def _paint_slot(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        spot = scene.spot
        if spot.key or spot.minute == ABOVE:
            return
        place = week.slot(spot.day, spot.minute)
        if place is None:
            return
        theme, box = self._theme, QRectF(week.on_screen(place, scene.scroll))
        painter.setPen(QPen(theme.colour("primary"), 1.5))
        painter.setBrush(theme.colour("tint"))
        painter.drawRoundedRect(box.adjusted(2, 1.5, -6, -1.5), 4, 4)
        room = box.adjusted(theme.px(8), 0, -theme.px(12), 0).toRect()
        self._write(painter, room, minute_text(spot.minute), "month_chip", "primary", _RIGHT)
        if scene.ring:
            self._outline(painter, box.adjusted(1, 0.5, -5, -0.5), "focus", 3)

    def _paint_blocks(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        grid, ghost = week.grid, scene.ghost
        markers = {
            day.day: week.band if week.outside(day.day, scene.scroll)[0] else 0 for day in week.days
        }
        for block in week.blocks:
            box = week.on_screen(block.box, scene.scroll)
            lead = box.top() - (block.box.top() - block.top)
            if box.bottom() < grid.top() or lead > grid.bottom():
                continue
            dragged = ghost is not None and ghost.item.key == block.item.key
            painter.setOpacity(_LEFT_BEHIND if dragged else 1)
            if lead < box.top():
                self.blocks.paint_lead(painter, box, lead, block.item)
            seen_top = grid.top() + markers[block.day]
            pointed = scene.pointed == block.item.key
            self.blocks.paint_block(painter, box, block.item, seen_top, pointed=pointed)
            self._mark(painter, box, (block.item.key,), scene)
        painter.setOpacity(1)
        for pile in week.piles:
            box = week.on_screen(pile.box, scene.scroll)
            if box.bottom() >= grid.top() and box.top() <= grid.bottom():
                top = max(box.top(), grid.top() + markers[pile.day])
                room = QRect(box.left(), top, box.width(), week.lengths.block)
                self._paint_pile(painter, pile, box, room, scene)

    def _paint_pile(
        self, painter: QPainter, pile: Pile, box: QRect, room: QRect, scene: Scene
    ) -> None:
        theme = self._theme
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunk"))
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)
        self._write(painter, room, f"+{len(pile.keys)}", "month_chip", "ink", _CENTRE)
        self._mark(painter, box, pile.keys, scene)

    def _mark(self, painter: QPainter, box: QRect, keys: tuple[str, ...], scene: Scene) -> None:
        """Outline what is chosen."""
        if not scene.spot.key or scene.spot.key not in keys:
            return
        frame = QRectF(box)
        self._outline(painter, frame.adjusted(2, 2, -2, -2), "card", 1.5)
        self._outline(painter, frame, "primary", 2.5)
        if scene.ring:
            self._outline(painter, frame.adjusted(-1, -1, 1, 1), "focus", 3)

    def _paint_now(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        theme, now = self._theme, scene.now
        column = week.column(now.date())
        if column is None:
            return
        y = week.grid.top() + week.y_of(now.hour * 60 + now.minute) - scene.scroll
        faint = theme.colour("ink")
        faint.setAlphaF(_FAINT)
        painter.setPen(QPen(faint, 1))
        painter.drawLine(week.lengths.hours, y, column.left(), y)
        painter.setPen(QPen(theme.colour("ink"), 2))
        painter.drawLine(column.left(), y, column.right(), y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink"))
        height = week.lengths.hint + 4
        pill = QRectF(2, y - height / 2, week.lengths.hours - 4, height)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(theme.font("hint", tabular=True))
        painter.setPen(theme.colour("page"))
        painter.drawText(pill, _CENTRE, time_text(now))

    def _paint_now_over(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        """Let the line be seen through what happens now, without striking its words out."""
        theme, now = self._theme, scene.now
        column = week.column(now.date())
        if column is None:
            return
        y = week.grid.top() + week.y_of(now.hour * 60 + now.minute) - scene.scroll
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink"))
        painter.drawEllipse(QPointF(column.left() + 1, y), 4, 4)
        painter.setPen(QPen(theme.colour("ink"), 2))
        painter.drawLine(column.right() - 6, y, column.right(), y)

    # -- What is dragged, and what lies outside ---------------------------------------------------

    def _paint_ghost(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        ghost = scene.ghost
        if ghost is None or ghost.item.lies_over_days or ghost.start is None:
            return
        column = week.column(ghost.day)
        if column is None:
            return
        top = week.y_of(ghost.start)
        tall = max(week.lengths.block, week.y_of(ghost.start + ghost.minutes) - top)
        place = QRect(column.left() + 3, top, column.width() - 10, tall)
        box = week.on_screen(place, scene.scroll)
        painter.setOpacity(_GHOST)
        self.blocks.paint_block(painter, box, ghost.as_item, week.grid.top(), pointed=True)
        painter.setOpacity(1)
        self._outline(painter, QRectF(box), "primary", 2)
        self._paint_label(painter, week, box, landing_words(ghost))

    def _paint_label(self, painter: QPainter, week: WeekGeometry, box: QRect, words: str) -> None:
        """Write the time at which it would land, above the ghost or where there is room."""
        theme = self._theme
        painter.setFont(theme.font("second_strong", tabular=True))
        metrics = painter.fontMetrics()
        size = metrics.horizontalAdvance(words) + theme.px(16), metrics.height() + theme.px(6)
        left = min(max(week.lengths.hours, box.left()), week.width - size[0] - 4)
        top = box.top() - size[1] - 3
        if top < week.grid.top() + 2:
            top = min(week.grid.bottom() - size[1], box.bottom() + 3)
        pill = QRectF(left, max(week.grid.top() + 2, top), *size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("ink"))
        painter.drawRoundedRect(pill, RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)
        painter.setPen(theme.colour("page"))
        painter.drawText(pill, _CENTRE, words)

    def _paint_markers(self, painter: QPainter, week: WeekGeometry, scene: Scene) -> None:
        for day, words, below in markers(week, scene.scroll):
            box = week.marker(day, below=below)
            self._theme.fill(painter, box, "sunk")
            painter.setPen(QPen(self._theme.colour("line"), 1))
            y = box.top() if below else box.bottom()
            painter.drawLine(box.left(), y, box.right(), y)
            self._write(painter, box, words, "month_chip", "soft", _CENTRE)

    # -- Small parts ------------------------------------------------------------------------------

    def _write(
        self,
        painter: QPainter,
        room: QRect,
        words: str,
        font: str,
        ink: str,
        flags: Qt.AlignmentFlag = _MIDDLE,
    ) -> None:
        painter.setFont(self._theme.font(font))  # type: ignore[arg-type]
        painter.setPen(self._theme.colour(ink))
        cut = Qt.TextElideMode.ElideRight
        painter.drawText(room, flags, painter.fontMetrics().elidedText(words, cut, room.width()))

    def _outline(self, painter: QPainter, frame: QRectF, role: str, width: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(role), width))
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    @staticmethod
    def _hot(bar: object, scene: Scene) -> bool:
        item = getattr(bar, "item", None)
        return isinstance(item, Item) and item.key == scene.pointed


def markers(week: WeekGeometry, scroll: int) -> list[tuple[date, str, bool]]:
    """Return for which days something lies above or below what is seen, and in which words."""
    found: list[tuple[date, str, bool]] = []
    for day in week.days:
        above, below = week.outside(day.day, scroll)
        if above:
            words = count_text(len(above), "{count} earlier", "{count} earlier")
            found.append((day.day, words, False))
        if below:
            found.append((day.day, count_text(len(below), "{count} later", "{count} later"), True))
    return found


def landing_words(ghost: Landing) -> str:
    """Return "Tue 24 Nov, 14:15–16:45" for what is dragged."""
    day = short_date(ghost.day)
    if ghost.start is None:
        return day
    span = minute_text(ghost.start)
    if ghost.minutes and ghost.item.kind != "medication":
        span = tr("{start}–{end}", start=span, end=minute_text(ghost.end))
    return tr("{day}, {time}", day=day, time=span)


def slot_words(spot: Spot) -> str:
    """Return what a screen reader says of a free place."""
    if spot.minute == ABOVE:
        return long_date(spot.day)
    start, end = minute_text(spot.minute), minute_text(spot.minute + SLOT)
    day = long_date(spot.day)
    return tr("{start} to {end}, free, {day}", start=start, end=end, day=day)


def _weekday(day: Day) -> str:
    return short_weekday(day.day.weekday())


def _number(day: Day) -> str:
    if day.day.day == 1:
        return tr("{day} {month}", day=1, month=short_date(day.day).split()[-1])
    return str(day.day.day)
