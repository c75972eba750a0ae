"""`DayStrip`: the days after an infusion as circles, ticked where something was written."""

from __future__ import annotations

from typing import Final, Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.words import tr

_LEAST_STEP: Final = 22


class Days(Protocol):
    """What a strip shows: its name, the last day, today's, and those with an entry."""

    @property
    def title(self) -> str:
        """What the days are counted from."""
        ...

    @property
    def last(self) -> int:
        """The last day; the first is 0."""
        ...

    @property
    def today(self) -> int:
        """Which day today is."""
        ...

    @property
    def written(self) -> frozenset[int]:
        """The days with an entry."""
        ...


class DayStrip(QWidget):
    """A circle for each day of the watch window: ticked with an entry, today ringed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._strip: Days | None = None
        follow_width(self)
        theme.changed.connect(self.updateGeometry)

    def show_strip(self, strip: Days) -> None:
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
        """A line of circles where there is room."""
        width = self._count() * self._step()
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """Seven circles."""
        return QSize(7 * self._step(), self._line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths hold other numbers of circles."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the days."""
        if self._strip is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = self._per_line(self.width())
        # A few days stand close together instead of being spread over the whole card.
        step = min(self.width() / each, 2 * self._step())
        for day in range(self._count()):
            line, place = divmod(day, each)
            left = place * step + (step - self._side()) / 2
            box = QRectF(left, line * self._line_height() + 2, self._side(), self._side())
            self._paint_day(painter, box, day, self._strip)

    def _paint_day(self, painter: QPainter, box: QRectF, day: int, strip: Days) -> None:
        theme = self._theme
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
