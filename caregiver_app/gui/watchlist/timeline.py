"""What was written down as a time line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from caregiver_app.gui.growing_list import LINE_ROLE, AnyIndex, LinesModel, paint_state, row_width
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.written_model import Line
from caregiver_app.gui.widgets.text import breakable

_TEXT_LEFT: Final = 28
_LOOKS: Final = {
    "sign": ("follow-up", "follow-up-tint"),
    "today": ("warn", "card"),
    "urgent": ("alarm", "alarm_tint"),
}
"""Edge and ground of a mark by what it stands for; any other is filled."""
_ICONS: Final = {"nothing": "done", "call": "call", "urgent": "emergency"}
"""What stands in the mark of a line, beside its being filled."""
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


def paint_mark(painter: QPainter, theme: Theme, dot: QRectF, mark: str) -> None:
    """Draw what a line is by its shape and its colour."""
    role, ground = _LOOKS.get(mark, ("primary", "primary"))
    painter.setPen(QPen(theme.colour(role), 2))
    painter.setBrush(theme.colour(ground))
    painter.drawEllipse(dot.adjusted(1, 1, -1, -1))
    icon = _ICONS.get(mark)
    if icon is not None:
        spot = QRect(0, 0, theme.icon_px(11), theme.icon_px(11))
        spot.moveCenter(dot.center().toPoint())
        ink = role if ground != role else "on_primary"
        painter.drawPixmap(spot, theme.pixmap(icon, ink, 11))


class TimelineModel(LinesModel[Line]):
    """The lines of what was written; one that belongs to a visit is only read."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.title, lambda line: line.spoken)


class TimelineDelegate(QStyledItemDelegate):
    """Paints a line: its mark on the rail, title, second line, and the day at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as its wrapped words, at least the target."""
        line = index.data(LINE_ROLE)
        width = row_width(option)
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
        paint_state(painter, theme, option, usable=bool(line.key))
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
        paint_mark(painter, theme, dot, line.mark)

    def _paint_words(self, painter: QPainter, box: QRect, line: Line) -> None:
        theme = self._theme
        room, day = self._room(line, box.width())
        left = box.left() + theme.px(_TEXT_LEFT)
        title, second = self._heights(line, box.width())
        top = box.top() + theme.px(5)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(left, top, room, title), _WRAP, breakable(line.title))
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        wide = room + day
        painter.drawText(QRect(left, top + title, wide, second), _WRAP, breakable(line.second))
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
            QRect(0, 0, room, 10_000), _WRAP, breakable(line.title)
        )
        if not line.second:
            return title.height(), 0
        second = QFontMetrics(self._theme.font("second")).boundingRect(
            QRect(0, 0, room + day, 10_000), _WRAP, breakable(line.second)
        )
        return title.height(), second.height()
