"""Paints a day of the month: chips, the infusion's bar, the watch line; dots where it is small.

Colour never speaks alone: every mark has its icon and its word, and the list repeats it larger.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from caregiver_app.gui.calendar.day_ground import (
    paint_approved,
    paint_hatch,
    paint_outside,
    paint_watching,
)
from caregiver_app.gui.calendar.month_dots import paint_dots
from caregiver_app.gui.calendar.month_lanes import BAR_COUNTS, MOST, Stretch
from caregiver_app.gui.calendar.month_model import Day, Mark, day_of_index, is_bar
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_MONTH_CHIP, TYPE_ICONS
from caregiver_app.gui.widgets.chips import paint_badge
from caregiver_app.gui.words import short_date, tr
from caregiver_app.values import value

_INDEX = QModelIndex | QPersistentModelIndex
_LEFT: Final = 5
_RIGHT: Final = 4
_BEYOND: Final = 8
_DASH: Final = [3.0, 2.5]
_CUT: Final = Qt.TextElideMode.ElideRight
_FOOT: Final = 14
_LINED: Final = 9
_MOST_CHIPS: Final = 400
_MOST_DAYS: Final = 126


@value
class Placed:
    """A mark that finds room in a day, and where; `stretch` is the piece of a week it is of."""

    mark: Mark
    box: QRect
    stretch: Stretch | None = None


class MonthDelegate(QStyledItemDelegate):
    """Paints days. `compact` paints dots instead of words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.compact = False
        self.by_keys = False
        """The focus came by keys, so the ring shows."""
        self.item: tuple[str, str] | None = None
        """Appointment and date of the item that is chosen, which has an outline."""
        self._chips: dict[tuple[object, ...], QPixmap | None] = {}
        self._looks: dict[tuple[str, bool, bool], tuple[QPen, QColor, QColor]] = {}
        self._known: dict[date, tuple[Day, QRect, list[Placed]]] = {}
        self._line = QPen(theme.colour("line"), 1)
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._line = QPen(self._theme.colour("line"), 1)
        self._chips.clear()
        self._looks.clear()
        self._known.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: _INDEX) -> QSize:  # noqa: ARG002
        """The view stretches the cells; this is the least."""
        return QSize(self._theme.px(44), self._theme.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        """Draw the day."""
        day = day_of_index(index)
        if day is None:
            return
        box = QRect(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, day, index)
        placed = self._placed(box, day)
        if self.compact:
            self._paint_number(painter, box, day)
            paint_dots(painter, self._theme, box, day, self._head())
        else:
            self._paint_marks(painter, placed, "card" if day.of_month else "sunk")
            self._paint_number(painter, box, day, len(day.entries) - len(placed))
        if day.approved is not None:
            paint_approved(painter, self._theme, box, day.approved)
        if day.watching is not None:
            paint_watching(painter, self._theme, box, day.watching, 7)
        # The option knows this too, but asking it describes all of QStyle to Python first.
        view = self.parent()
        if isinstance(view, QTableView) and index == view.currentIndex():
            self._outline(painter, box, "primary", 2.5, 2)
            if self.by_keys and view.hasFocus():
                self._outline(painter, box, "focus", 3, 4)
        self._paint_crossing(painter, box, placed, index)
        painter.restore()

    # -- Ground -----------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, box: QRect, day: Day, index: _INDEX) -> None:
        theme = self._theme
        theme.fill(painter, box, "card" if day.of_month else "sunk")
        if day.blocked is not None:
            paint_hatch(painter, theme, box)
        painter.setPen(self._line)
        left, top = box.left(), box.top()
        painter.drawLine(left, top, box.right(), top)
        if index.column():
            painter.drawLine(left, top, left, box.bottom())

    def _outline(
        self, painter: QPainter, box: QRect, role: str, width: float, inset: float
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(role), width))
        frame = QRectF(box).adjusted(inset, inset, -inset + 1, -inset + 1)
        painter.drawRoundedRect(frame, 4, 4)

    def least_height(self) -> int:
        """Return the height under which a day would be cut: number and dots, or one chip."""
        below = self._theme.px(14) if self.compact else self._chip_height() + self._theme.px(4)
        return self._head() + below + _FOOT

    def _chip_height(self) -> int:
        return max(self._theme.px(19), self._theme.letters("month_chip").height + 4)

    def _head(self) -> int:
        return self._theme.letters("second_strong").height + self._theme.px(11)

    def _paint_number(self, painter: QPainter, box: QRect, day: Day, hidden: int = 0) -> None:
        theme = self._theme
        letters = theme.letters("second_strong" if day.of_month else "second")
        painter.setFont(letters.font)
        text = str(day.day.day)
        if day.day.day == 1:
            text = tr("{day} {month}", day=1, month=_short_month(day))
        left, top, height = box.left() + theme.px(8), box.top() + theme.px(4), letters.height
        high = height + theme.px(3)
        if day.today:
            wide = letters.metrics.horizontalAdvance(text) + theme.px(16)
            pill = QRectF(left - 1, top, wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ink"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(theme.colour("page"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        else:
            painter.setPen(theme.colour("ink" if day.of_month else "soft"))
            painter.drawText(left, top + (high - height) // 2 + letters.ascent, text)
        if hidden:
            room = QRect(left, top, box.width() - theme.px(16), high)
            painter.setFont(theme.font("month_chip"))
            painter.setPen(theme.colour("ink"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, flags, f"+{hidden}")

    # -- Marks ------------------------------------------------------------------------------------

    def places(self, box: QRect, day: Day) -> list[tuple[Mark, QRect]]:
        """Return the marks that find room in the cell `box` of a day, and where each stands."""
        return [(one.mark, one.box) for one in self._placed(box, day)]

    def _placed(self, box: QRect, day: Day) -> list[Placed]:
        if self.compact:
            return []
        known = self._known.get(day.day)
        if known is None or known[0] is not day or known[1] != box:
            if len(self._known) >= _MOST_DAYS:
                self._known.clear()
            known = self._known[day.day] = day, QRect(box), self._work_out(box, day)
        return known[2]

    def _work_out(self, box: QRect, day: Day) -> list[Placed]:
        top, chip, gap = box.top() + self._head(), self._chip_height(), self._theme.px(2)
        week = day.week
        # What crosses a week stands equally high on all its days.
        watched = day.watching is not None or (week.watched and bool(week.stretches))
        foot = _FOOT if watched else _LINED if day.approved is not None else 5
        bottom = box.bottom() - foot + 4
        found: list[Placed] = []
        taken: set[int] = set()
        lanes = week.lanes(self._free(week.kept, bottom - top)) if week.stretches else {}
        for place, lane in sorted(lanes.items(), key=lambda each: each[1]):
            one = week.stretches[place]
            if one.days.first <= day.day <= one.days.last:
                left = box.left() + (_LEFT if day.day == one.days.first else 0)
                right = box.right() - (_RIGHT if day.day == one.days.last else 0)
                room = QRect(left, top + lane * (chip + gap), right - left + 1, chip)
                found.append(Placed(day.pen.mark(one.entry, day.day), room, one))
                taken.add(lane)
        places = MOST - len(taken)
        lane, y = 0, top + (max(taken) + 1 if taken else 0) * (chip + gap)
        own = day.own(MOST + 1)
        has_bar = any(map(is_bar, own))
        for mark in own:
            while not has_bar and lane in taken:
                lane += 1
            if not has_bar:
                y = top + lane * (chip + gap)
            bar = has_bar and is_bar(mark)
            slots, height = (BAR_COUNTS, self._bar_height()) if bar else (1, chip)
            if slots > places or y + height > bottom:
                break
            if bar:
                room = QRect(box.left() + 1, y, box.width() - 1, height)
            else:
                room = QRect(box.left() + _LEFT, y, box.width() - _LEFT - _RIGHT, height)
            found.append(Placed(mark, room))
            places, lane, y = places - slots, lane + 1, y + height + gap
        return found

    def _free(self, kept: tuple[int, ...], room: int) -> list[int]:
        """Return how many lanes each day of a week can give away, `room` pixels high as it is."""
        gap = self._theme.px(2)
        step = self._chip_height() + gap
        fit = (room + gap) // step
        beside_bar = (room - self._bar_height()) // step
        free = {0: fit, 1: max(fit - 1, min(fit, 1)), BAR_COUNTS: beside_bar}
        return [max(0, min(MOST - one, free[one])) for one in kept]

    def paint_mark(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        """Draw one mark by itself, as it looks in a day."""
        (self._paint_bar if is_bar(mark) else self._draw_chip)(painter, box, mark)

    def _paint_marks(self, painter: QPainter, placed: list[Placed], ground: str) -> None:
        """Draw what happens on a day alone."""
        for one in placed:
            if one.stretch is None and is_bar(one.mark):
                self._paint_bar(painter, one.box, one.mark)
            elif one.stretch is None:
                self._paint_chip(painter, one.box, one.mark, ground)

    def _paint_crossing(
        self, painter: QPainter, box: QRect, placed: list[Placed], index: _INDEX
    ) -> None:
        """Draw what crosses the day, over its outline, and what outlines the chosen item."""
        if self.item is None and all(one.stretch is None for one in placed):
            return
        chosen: list[QRect] = []
        painter.setClipRect(box)
        for one in placed:
            place = self._whole(one, index)
            if one.stretch is not None:
                self._paint_stretch(painter, place, one.mark, one.stretch)
            if self.item and self.item == (one.mark.appointment, one.mark.occurrence):
                chosen.append(place)
        for place in chosen:
            self._outline(painter, place.adjusted(-2, -2, 2, 2), "primary", 2, 1)

    def _whole(self, one: Placed, index: _INDEX) -> QRect:
        """Return where all of what crosses a week stands, of which a day shows its part."""
        view, stretch = self.parent(), one.stretch
        if stretch is None or not isinstance(view, QTableView):
            return one.box
        first = view.visualRect(index.sibling(index.row(), stretch.first))
        last = view.visualRect(index.sibling(index.row(), stretch.last))
        left = first.left() + (0 if stretch.cut_left else _LEFT)
        right = last.right() - (0 if stretch.cut_right else _RIGHT)
        return QRect(left, one.box.top(), right - left + 1, one.box.height())

    def _paint_stretch(self, painter: QPainter, box: QRect, mark: Mark, stretch: Stretch) -> None:
        """Draw what crosses days; each of them asks for it, so it is kept as a picture."""
        cut, ratio = (stretch.cut_left, stretch.cut_right), painter.device().devicePixelRatio()
        key = ("stretch", mark.kind, mark.status, mark.title, mark.person, mark.colour,
               mark.letters, box.width(), box.height(), cut, ratio)  # fmt: skip
        picture = self._chips.get(key)
        if picture is None:
            if len(self._chips) >= _MOST_CHIPS:
                self._chips.clear()
            picture = self._chips[key] = self._picture(
                painter, box, "", lambda pen, inside: self._draw_stretch(pen, inside, mark, cut)
            )
        painter.drawPixmap(box.topLeft(), picture)

    def _draw_stretch(
        self, painter: QPainter, box: QRect, mark: Mark, cut: tuple[bool, bool]
    ) -> None:
        """Draw a chip that is rounded only where it truly begins and ends."""
        beyond = box.adjusted(-_BEYOND if cut[0] else 0, 0, _BEYOND if cut[1] else 0, 0)
        self._draw_frame(painter, beyond, mark)
        self._draw_icon(painter, box, mark)
        self._draw_words(painter, box, mark)

    def _bar_height(self) -> int:
        return max(self._theme.px(36), self._theme.letters("month_chip").height * 2 + 6)

    def _paint_bar(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        theme = self._theme
        cancelled, proposed = mark.status == "cancelled", mark.status in ("planned", "delayed")
        ink = "soft" if cancelled else "primary" if proposed else "on_primary"
        ground = "sunk" if cancelled else "tint" if proposed else "primary"
        theme.fill(painter, box, ground)
        if cancelled or proposed:
            pen = QPen(theme.colour("edge" if cancelled else "primary"), 1)
            pen.setDashPattern(_DASH)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        small = box.width() < theme.px(90)
        gap = theme.px(3 if small else 5)
        side = theme.icon_px(13 if small else 18)
        spot = QPoint(box.left() + gap + theme.px(1), box.center().y() - side // 2)
        name = "done" if mark.status == "done" else "infusion"
        painter.drawPixmap(spot, theme.pixmap(name, ink, 13 if small else 18))
        left = spot.x() + side + gap
        font = theme.font("month_chip")
        font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(cancelled)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        metrics = painter.fontMetrics()
        top = box.center().y() - metrics.height() + 1
        upper = QRect(left, top, box.right() - left - 2, metrics.height())
        lower = upper.translated(0, metrics.height())
        if mark.outside:
            lower.setRight(paint_outside(painter, theme, lower).left() - 1)
        disc = self._disc(mark, upper, lower, gap)
        if disc.top() < lower.top():
            upper.setRight(disc.left() - 2)
        title = metrics.elidedText(mark.title, _CUT, upper.width())
        painter.drawText(upper, 0, title)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.drawText(lower, 0, mark.time)
        if mark.person:
            paint_badge(painter, theme, disc, mark.person, mark.colour, mark.letters)

    def _disc(self, mark: Mark, upper: QRect, lower: QRect, gap: int) -> QRect:
        """Return where the person stands: behind the hour, or above it where it has no room."""
        side = min(lower.height(), self._theme.px(16))
        advance = self._theme.letters("month_chip").metrics.horizontalAdvance(mark.time)
        left, row = lower.left() + advance + gap, lower
        if mark.person and left + side > lower.right() + 2:
            left, row = upper.right() - side + 1, upper
        return QRect(left, row.top() + (row.height() - side) // 2, side, side)

    def _paint_chip(self, painter: QPainter, box: QRect, mark: Mark, ground: str) -> None:
        """Draw a chip; a medicine stands on many days, so what comes again is kept as a picture."""
        key = (
            mark.kind,
            mark.status,
            mark.title,
            mark.person,
            mark.colour,
            mark.letters,
            ground,
            box.width(),
        )
        if key not in self._chips:
            if len(self._chips) >= _MOST_CHIPS:
                self._chips.clear()
            self._chips[key] = None
            self._draw_chip(painter, box, mark, ground)
            return
        picture = self._chips[key]
        if picture is None or picture.devicePixelRatio() != painter.device().devicePixelRatio():
            picture = self._chips[key] = self._picture(
                painter, box, ground, lambda pen, inside: self._draw_chip(pen, inside, mark)
            )
        painter.drawPixmap(box.topLeft(), picture)

    def _picture(
        self, like: QPainter, box: QRect, ground: str, draw: Callable[[QPainter, QRect], None]
    ) -> QPixmap:
        """Return what `draw` draws on a ground ("": on nothing), as large and sharp as needed."""
        ratio = like.device().devicePixelRatio()
        picture = QPixmap(QSize(round(box.width() * ratio), round(box.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.colour(ground) if ground else Qt.GlobalColor.transparent)
        pen = QPainter(picture)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(pen, QRect(0, 0, box.width(), box.height()))
        pen.end()
        return picture

    def _draw_chip(self, painter: QPainter, box: QRect, mark: Mark, ground: str = "") -> None:
        """Draw a chip; on a known `ground` its outline and icon come from a kept picture."""
        if ground:
            painter.drawPixmap(box.topLeft(), self._blank(painter, box, mark, ground))
        else:
            self._draw_blank(painter, box, mark)
        self._draw_words(painter, box, mark)

    def _draw_words(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        """Write the title behind the icon, and whose it is at the right end."""
        theme = self._theme
        left = box.left() + theme.px(4) + theme.icon_px(13) + theme.px(3)
        right = box.right() - theme.px(3)
        if mark.person:
            disc = box.height() - 3
            right -= disc
            place = QRect(right + 1, box.top() + 1, disc, disc)
            paint_badge(painter, theme, place, mark.person, mark.colour, mark.letters)
            right -= theme.px(3)
        letters = theme.letters("month_chip", struck=mark.status == "cancelled")
        painter.setFont(letters.font)
        painter.setPen(self._look_of(mark)[2])
        words = letters.metrics.elidedText(mark.title, _CUT, right - left)
        # On its own line of writing: fitting words into a box again takes twice as long.
        rest = box.height() - letters.height
        painter.drawText(left, box.top() + rest // 2 + letters.ascent, words)

    def _blank(self, painter: QPainter, box: QRect, mark: Mark, ground: str) -> QPixmap:
        """Return the picture of a chip without words."""
        ratio = painter.device().devicePixelRatio()
        key = ("blank", mark.kind, mark.status, ground, box.width(), box.height(), ratio)
        picture = self._chips.get(key)
        if picture is None:
            picture = self._chips[key] = self._picture(
                painter, box, ground, lambda pen, inside: self._draw_blank(pen, inside, mark)
            )
        return picture

    def _draw_blank(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        self._draw_frame(painter, box, mark)
        self._draw_icon(painter, box, mark)

    def _draw_frame(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        pen, brush, _ink = self._look_of(mark)
        painter.setPen(pen)
        painter.setBrush(brush)
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)

    def _draw_icon(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        theme = self._theme
        side = theme.icon_px(13)
        spot = QPoint(box.left() + theme.px(4), box.center().y() - side // 2 + 1)
        role = "soft" if mark.status == "cancelled" else mark.kind
        name = "done" if mark.status == "done" else TYPE_ICONS[mark.kind]
        painter.drawPixmap(spot, theme.pixmap(name, role, 13))

    def _look_of(self, mark: Mark) -> tuple[QPen, QColor, QColor]:
        """Return the outline, the ground and the ink of a chip."""
        kind, done, cancelled = mark.kind, mark.status == "done", mark.status == "cancelled"
        key = (kind, done, cancelled)
        if key not in self._looks:
            theme = self._theme
            outline = theme.colour("edge" if cancelled else kind)
            if not cancelled:
                outline.setAlphaF(0.45)
            pen = QPen(outline, 1)
            if cancelled:
                pen.setDashPattern(_DASH)
            ground = theme.colour("card" if done or cancelled else f"{kind}-tint")
            self._looks[key] = pen, ground, theme.colour("soft" if cancelled else kind)
        return self._looks[key]


def _short_month(day: Day) -> str:
    return short_date(day.day).split()[-1]
