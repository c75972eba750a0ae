"""Paints a day of the month: chips, the infusion's bar, the watch line; dots where it is small.

Colour never speaks alone: every mark has its icon and its word, and the list repeats it larger.
"""

from __future__ import annotations

from collections.abc import Callable
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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from caregiver_app.gui.calendar.month_model import BAR, Day, Mark, Watching, day_of_index
from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.tokens import RADIUS_MONTH_CHIP, TYPE_ICONS
from caregiver_app.gui.widgets.chips import paint_badge
from caregiver_app.gui.words import short_date, tr

_INDEX = QModelIndex | QPersistentModelIndex
_MOST: Final = 3
_BAR_COUNTS: Final = 2
_DASH: Final = [3.0, 2.5]
_FOOT: Final = 14
_HATCH: Final = 9
_MOST_DOTS: Final = 4
_MOST_CHIPS: Final = 400


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
        self._heights: dict[str, int] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._chips.clear()
        self._looks.clear()
        self._heights.clear()

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
        if self.compact:
            self._paint_number(painter, box, day)
            self._paint_dots(painter, box, day)
        else:
            hidden = self._paint_marks(painter, box, day)
            self._paint_number(painter, box, day, hidden)
        if day.watching is not None:
            paint_watching(painter, self._theme, box, day.watching, 7)
        # The option knows this too, but asking it describes all of QStyle to Python first.
        view = self.parent()
        if isinstance(view, QTableView) and index == view.currentIndex():
            self._outline(painter, box, "primary", 2.5, 2)
            if self.by_keys and view.hasFocus():
                self._outline(painter, box, "focus", 3, 4)
        painter.restore()

    # -- Ground -----------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, box: QRect, day: Day, index: _INDEX) -> None:
        theme = self._theme
        theme.fill(painter, box, "card" if day.of_month else "sunk")
        if day.blocked is not None:
            paint_hatch(painter, theme, box)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.left(), box.top(), box.right(), box.top())
        if index.column():
            painter.drawLine(box.left(), box.top(), box.left(), box.bottom())

    def _outline(
        self, painter: QPainter, box: QRect, role: str, width: float, inset: float
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(role), width))
        frame = QRectF(box).adjusted(inset, inset, -inset + 1, -inset + 1)
        painter.drawRoundedRect(frame, 4, 4)

    def _number_font(self, day: Day) -> QFont:
        return self._theme.font("second_strong" if day.of_month else "second")

    def least_height(self) -> int:
        """Return the height under which a day would be cut: number and dots, or one chip."""
        below = self._theme.px(14) if self.compact else self._chip_height() + self._theme.px(4)
        return self._head() + below + _FOOT

    def _chip_height(self) -> int:
        return max(self._theme.px(19), self._line("month_chip") + 4)

    def _head(self) -> int:
        return self._line("second_strong") + self._theme.px(11)

    def _line(self, role: FontRole) -> int:
        """Return the height of a line; asking the font for it on each of 42 days takes long."""
        if role not in self._heights:
            self._heights[role] = QFontMetrics(self._theme.font(role)).height()
        return self._heights[role]

    def _paint_number(self, painter: QPainter, box: QRect, day: Day, hidden: int = 0) -> None:
        theme = self._theme
        painter.setFont(self._number_font(day))
        metrics = painter.fontMetrics()
        text = str(day.day.day)
        if day.day.day == 1:
            text = tr("{day} {month}", day=1, month=_short_month(day))
        room = QRect(
            box.left() + theme.px(8), box.top() + theme.px(4),
            box.width() - theme.px(16), metrics.height() + theme.px(3),
        )  # fmt: skip
        if day.today:
            pill = QRectF(
                room.left() - 1, room.top(),
                metrics.horizontalAdvance(text) + theme.px(16), room.height(),
            )  # fmt: skip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("ink"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            painter.setPen(theme.colour("page"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        else:
            painter.setPen(theme.colour("ink" if day.of_month else "soft"))
            rest = (room.height() - metrics.height()) // 2
            painter.drawText(room.left(), room.top() + rest + metrics.ascent(), text)
        if hidden:
            painter.setFont(theme.font("month_chip"))
            painter.setPen(theme.colour("ink"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, flags, f"+{hidden}")

    # -- Marks ------------------------------------------------------------------------------------

    def places(self, box: QRect, day: Day) -> list[tuple[Mark, QRect]]:
        """Return the marks that find room in the cell `box` of a day, and where each stands."""
        found: list[tuple[Mark, QRect]] = []
        if self.compact:
            return found
        theme = self._theme
        chip = self._chip_height()
        top = box.top() + self._head()
        left_over = _MOST
        bottom = box.bottom() - (_FOOT if day.watching is not None else 5)
        for mark in day.leading(_MOST + 1):
            bar = is_bar(mark)
            slots = _BAR_COUNTS if bar else 1
            height = self._bar_height() if bar else chip
            if slots > left_over or top + height > bottom + 4:
                break
            place = QRect(box.left() + 5, top, box.width() - 9, height)
            if bar:
                place = QRect(box.left() + 1, top, box.width() - 1, height)
            found.append((mark, place))
            top += height + theme.px(2)
            left_over -= slots
        return found

    def paint_mark(self, painter: QPainter, box: QRect, mark: Mark) -> None:
        """Draw one mark by itself, as it looks in a day."""
        (self._paint_bar if is_bar(mark) else self._draw_chip)(painter, box, mark)

    def _paint_marks(self, painter: QPainter, box: QRect, day: Day) -> int:
        """Draw as many marks as fit; return how many did not."""
        ground = "card" if day.of_month else "sunk"
        places = self.places(box, day)
        for mark, place in places:
            if is_bar(mark):
                self._paint_bar(painter, place, mark)
            else:
                self._paint_chip(painter, place, mark, ground)
            if self.item and self.item == (mark.appointment, mark.occurrence):
                self._outline(painter, place.adjusted(-2, -2, 2, 2), "primary", 2, 1)
        return len(day.entries) - len(places)

    def _bar_height(self) -> int:
        return max(self._theme.px(36), self._line("month_chip") * 2 + 6)

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
        disc = self._disc(mark, upper, lower, gap)
        if disc.top() < lower.top():
            upper.setRight(disc.left() - 2)
        title = metrics.elidedText(mark.title, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, 0, title)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.drawText(lower, 0, mark.time)
        if mark.person:
            paint_badge(painter, theme, disc, mark.person, mark.colour, mark.letters)

    def _disc(self, mark: Mark, upper: QRect, lower: QRect, gap: int) -> QRect:
        """Return where the person stands: behind the hour, or above it where it has no room."""
        side = min(lower.height(), self._theme.px(16))
        advance = QFontMetrics(self._theme.font("month_chip")).horizontalAdvance(mark.time)
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
        """Return what `draw` draws on a ground, as large and as sharp as it is needed."""
        ratio = like.device().devicePixelRatio()
        picture = QPixmap(QSize(round(box.width() * ratio), round(box.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.colour(ground))
        pen = QPainter(picture)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(pen, QRect(0, 0, box.width(), box.height()))
        pen.end()
        return picture

    def _draw_chip(self, painter: QPainter, box: QRect, mark: Mark, ground: str = "") -> None:
        """Draw a chip; on a known `ground` its outline and icon come from a kept picture."""
        theme = self._theme
        if ground:
            painter.drawPixmap(box.topLeft(), self._blank(painter, box, mark, ground))
        else:
            self._draw_blank(painter, box, mark)
        left = box.left() + theme.px(4) + theme.icon_px(13) + theme.px(3)
        right = box.right() - theme.px(3)
        if mark.person:
            disc = box.height() - 3
            right -= disc
            place = QRect(right + 1, box.top() + 1, disc, disc)
            paint_badge(painter, theme, place, mark.person, mark.colour, mark.letters)
            right -= theme.px(3)
        font = theme.font("month_chip")
        if mark.status == "cancelled":
            font.setStrikeOut(True)
        painter.setFont(font)
        painter.setPen(self._look_of(mark)[2])
        metrics = painter.fontMetrics()
        words = metrics.elidedText(mark.title, Qt.TextElideMode.ElideRight, right - left)
        # On its own line of writing: fitting words into a box again takes twice as long.
        rest = box.height() - metrics.height()
        painter.drawText(left, box.top() + rest // 2 + metrics.ascent(), words)

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
        theme = self._theme
        pen, brush, _ink = self._look_of(mark)
        painter.setPen(pen)
        painter.setBrush(brush)
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)
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

    def _paint_dots(self, painter: QPainter, box: QRect, day: Day) -> None:
        theme = self._theme
        side, gap = theme.px(7), theme.px(4)
        y = box.top() + self._head() + theme.px(1)
        if y + side > box.bottom() - 2:
            y = box.bottom() - side - 3
        x = box.left() + theme.px(8)
        for mark in day.leading(_MOST_DOTS):
            # An infusion is a bar here too, so that it differs by shape and not by colour alone.
            width = side * 3 if is_bar(mark) else side
            spot = QRectF(x, y, width, side)
            gone = mark.status == "cancelled"
            role = "edge" if gone else mark.kind
            painter.setPen(QPen(theme.colour(role), 1.25))
            hollow = gone or (is_bar(mark) and mark.status in ("planned", "delayed"))
            painter.setBrush(theme.colour("card" if hollow else role))
            painter.drawRoundedRect(spot, side / 2, side / 2)
            x += width + gap


def paint_watching(painter: QPainter, theme: Theme, box: QRect, line: Watching, rise: int) -> None:
    """Draw the line of a watch window through a day, `rise` px above its foot."""
    y, middle = box.bottom() - rise, box.center().x()
    left = box.left() if line.before else middle
    right = box.right() + 1 if line.after else middle
    theme.fill(painter, QRect(left, y - 1, right - left, 3), "primary")
    painter.setPen(QPen(theme.colour("primary"), 3))
    if line.ends:
        painter.drawLine(middle, y - 3, middle, y + 3)
    if line.starts:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        painter.drawEllipse(QPoint(middle, y), 4, 4)


def paint_hatch(painter: QPainter, theme: Theme, box: QRect) -> None:
    """Draw quiet slanted lines over the ground of a day that doesn't suit."""
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QPen(theme.colour("line"), 1))
    for x in range(box.left() - box.height(), box.right(), theme.px(_HATCH)):
        painter.drawLine(x, box.bottom(), x + box.height(), box.top())
    painter.restore()


def is_bar(mark: Mark) -> bool:
    """Tell whether a mark is drawn as the infusion's bar."""
    return mark.kind == BAR


def _short_month(day: Day) -> str:
    return short_date(day.day).split()[-1]
