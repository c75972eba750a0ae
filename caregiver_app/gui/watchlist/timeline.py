"""The right column: the days since the infusion as a strip, and what was written as a time line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caregiver_app.gui.growing_list import LINE_ROLE, AnyIndex, LinesModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.model import Line, Strip
from caregiver_app.gui.words import tr

_LEAST_STEP: Final = 22
_TEXT_LEFT: Final = 28
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


class DayStrip(QWidget):
    """A circle for each day of the watch window: ticked with an entry, today ringed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._strip: Strip | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_strip(self, strip: Strip) -> None:
        """Show other days."""
        self._strip = strip
        self.setAccessibleName(strip.title)
        days = ", ".join(str(day) for day in sorted(strip.written)) or tr("none")
        self.setAccessibleDescription(
            tr("Today is day {today}. Days with an entry: {days}", today=strip.today, days=days)
        )
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrower takes more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the days need."""
        each = self._per_line(width)
        lines = -(-self._count() // each)
        return lines * self._line_height()

    def sizeHint(self) -> QSize:
        """A line of circles."""
        return QSize(self._count() * self._step(), self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Seven circles."""
        return QSize(7 * self._step(), self._line_height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the days."""
        if self._strip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = self._per_line(self.width())
        step = self.width() / each if self._count() >= each else self._step()
        for day in range(self._count()):
            line, place = divmod(day, each)
            left = place * step + (step - self._side()) / 2
            box = QRectF(left, line * self._line_height() + 2, self._side(), self._side())
            self._paint_day(painter, box, day)

    def _paint_day(self, painter: QPainter, box: QRectF, day: int) -> None:
        theme, strip = self._theme, self._strip
        if strip is None:
            return
        written, today = day in strip.written, day == strip.today
        painter.setPen(QPen(theme.colour("primary" if written or today else "edge"),
                            2.5 if today else 1))  # fmt: skip
        painter.setBrush(theme.colour("primary" if written else "tint" if today else "card"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if written:
            side = theme.icon_px(13)
            spot = QRect(0, 0, side, side)
            spot.moveCenter(box.center().toPoint())
            painter.drawPixmap(spot, theme.pixmap("done", "on_primary", 13))
        font = theme.font("day_strip", tabular=True)
        font.setBold(today)
        painter.setFont(font)
        if today and not written:
            painter.setPen(theme.colour("primary"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day))
        painter.setPen(theme.colour("ink" if today else "soft"))
        below = QRectF(box.left() - 10, box.bottom() + 3, box.width() + 20, 100)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, flags, str(day))

    def _count(self) -> int:
        return 0 if self._strip is None else self._strip.last + 1

    def _side(self) -> int:
        return self._theme.px(22)

    def _step(self) -> int:
        return self._theme.px(_LEAST_STEP) + 2

    def _per_line(self, width: int) -> int:
        return max(1, min(self._count() or 1, width // self._step()))

    def _line_height(self) -> int:
        metrics = QFontMetrics(self._theme.font("day_strip"))
        return self._side() + metrics.height() + self._theme.px(10)


class TimelineModel(LinesModel[Line]):
    """The lines of what was written; one that belongs to a visit is only read."""

    def __init__(self) -> None:
        super().__init__(
            lambda line: line.title,
            lambda line: ", ".join(part for part in (line.title, line.second, line.day) if part),
        )


class TimelineDelegate(QStyledItemDelegate):
    """Paints a line: its mark on the rail, title, second line, and the day at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as its wrapped words, at least the target."""
        line = index.data(LINE_ROLE)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        if not isinstance(line, Line):
            return QSize(width, 0)
        title, second = self._heights(line, width)
        return QSize(width, max(self._theme.px(44), title + second + self._theme.px(12)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one line."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        theme, box = self._theme, option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        usable = bool(line.key)
        if usable and option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("sunk"))
        focused = option.state & QStyle.StateFlag.State_HasFocus
        if focused and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), 6, 6)
        model = index.model()
        self._paint_rail(painter, box, line, last=index.row() == model.rowCount() - 1)
        self._paint_words(painter, box, line)
        painter.restore()

    def _paint_rail(self, painter: QPainter, box: QRect, line: Line, *, last: bool) -> None:
        theme = self._theme
        side = theme.px(16)
        middle = box.left() + theme.px(4) + side / 2
        top = box.top() + theme.px(7)
        painter.setPen(QPen(theme.colour("line"), 2))
        if not last:
            painter.drawLine(round(middle), round(top + side), round(middle), box.bottom() + 8)
        dot = QRectF(middle - side / 2, top, side, side)
        filled = line.mark != "sign"
        role = "primary" if filled else "follow-up"
        painter.setPen(QPen(theme.colour(role), 2))
        painter.setBrush(theme.colour(role if filled else "follow-up-tint"))
        painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
        if line.mark == "nothing":
            spot = QRect(0, 0, theme.icon_px(11), theme.icon_px(11))
            spot.moveCenter(dot.center().toPoint())
            painter.drawPixmap(spot, theme.pixmap("done", "on_primary", 11))

    def _paint_words(self, painter: QPainter, box: QRect, line: Line) -> None:
        theme = self._theme
        room, day = self._room(line, box.width())
        left = box.left() + theme.px(_TEXT_LEFT)
        title, second = self._heights(line, box.width())
        top = box.top() + theme.px(5)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(left, top, room, title), _WRAP, line.title)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        wide = room + day
        painter.drawText(QRect(left, top + title, wide, second), _WRAP, line.second)
        place = QRect(left + room, top, day - theme.px(4), title)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(place, flags, line.day)

    def _room(self, line: Line, width: int) -> tuple[int, int]:
        metrics = QFontMetrics(self._theme.font("second"))
        day = metrics.horizontalAdvance(line.day) + self._theme.px(12) if line.day else 0
        return max(60, width - self._theme.px(_TEXT_LEFT) - day), day

    def _heights(self, line: Line, width: int) -> tuple[int, int]:
        room, day = self._room(line, width)
        title = QFontMetrics(self._theme.font("strong")).boundingRect(
            QRect(0, 0, room, 10_000), _WRAP, line.title
        )
        if not line.second:
            return title.height(), 0
        second = QFontMetrics(self._theme.font("second")).boundingRect(
            QRect(0, 0, room + day, 10_000), _WRAP, line.second
        )
        return title.height(), second.height()
