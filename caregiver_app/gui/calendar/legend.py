"""What the lines at the foot of the days mean."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.words import tr

_SAMPLE: Final = 28
_BETWEEN: Final = 22
_AFTER: Final = 10
_DASH: Final = 7


class Legend(QWidget):
    """Hidden while no line is to be seen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._samples: tuple[tuple[str, str], ...] = ()
        follow_width(self)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def show_lines(
        self,
        person: str | None,
        *,
        watched: bool = False,
        today: str = "",
        approved: bool = False,
        bare: bool = False,
        keeps_room: bool = False,
    ) -> None:
        """Say whose lines they are and what they mean; None says nothing, but may keep its room.

        `today` is which day of the window today is, "" where none is open.

        With it the month stays as tall from page to page, and is painted once.
        """
        policy = self.sizePolicy()
        if policy.retainSizeWhenHidden() != keeps_room:
            policy.setRetainSizeWhenHidden(keeps_room)
            self.setSizePolicy(policy)
        self.setVisible(person is not None)
        if person is None:
            return
        said = tr("watching {person} for signs", person=person)
        said = said if person else tr("watching for signs")
        wanted = (
            (
                "watching",
                tr("{said}, today {day}", said=said, day=today) if today else said,
                watched,
            ),
            ("approved", tr("approved"), approved),
            ("bare", tr("not approved yet"), bare),
        )
        samples = tuple((kind, words) for kind, words, shown in wanted if shown)
        self.setAccessibleName(", ".join(words for _, words in samples))
        if samples != self._samples:
            self._samples = samples
            self.updateGeometry()
            self.update()

    # -- Size and paint ---------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """One line where there is room."""
        return QSize(200, self.heightForWidth(width_now(self, 600)))

    def heightForWidth(self, width: int) -> int:
        """The lines that the samples need."""
        rows = 1 + max((row for row, _, _ in self._placed(width)), default=0)
        return rows * self._line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw each sample and its words."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        length = theme.px(_SAMPLE)
        for (row, left, width), (kind, words) in zip(
            self._placed(self.width()), self._samples, strict=True
        ):
            y = row * self._line() + self._line() // 2
            self._paint_sample(painter, kind, left + 4, left + length, y)
            painter.setFont(theme.font("second"))
            painter.setPen(theme.colour("soft"))
            inside = left + length + theme.px(_AFTER)
            box = QRect(inside, row * self._line(), width - length, self._line())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_sample(self, painter: QPainter, kind: str, left: int, right: int, y: int) -> None:
        theme = self._theme
        if kind == "watching":
            painter.setPen(QPen(theme.colour("primary"), 3))
            painter.drawLine(left, y, right, y)
            painter.drawLine(right, y - 4, right, y + 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("primary"))
            painter.drawEllipse(QPoint(left + 1, y), 4, 4)
        elif kind == "approved":
            theme.fill(painter, QRect(left, y - 1, right - left, 2), "edge")
            theme.fill(painter, QRect(right - 2, y - 6, 2, 7), "edge")
        else:
            for x in range(left, right, 2 * _DASH):
                theme.fill(painter, QRect(x, y - 1, min(_DASH, right - x), 2), "warn")

    def _placed(self, width: int) -> list[tuple[int, int, int]]:
        """Return row, left end and width of each sample with its words."""
        theme = self._theme
        metrics = QFontMetrics(theme.font("second"))
        found: list[tuple[int, int, int]] = []
        row = left = 0
        for _, words in self._samples:
            wide = theme.px(_SAMPLE) + theme.px(_AFTER) + metrics.horizontalAdvance(words) + 2
            if left and left + wide > width:
                row, left = row + 1, 0
            found.append((row, left, wide))
            left += wide + theme.px(_BETWEEN)
        return found

    def _line(self) -> int:
        return QFontMetrics(self._theme.font("second")).height() + 6
