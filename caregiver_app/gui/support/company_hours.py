"""The hours of a visit as a bar: who sits in when, and what nobody has taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from caregiver_app.domain.sitting_in import Stretch
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CHIP
from caregiver_app.gui.words import tr

_TALL = 36
_GAP = 4


class HoursBar(QWidget):
    """Parts as wide as they are long: filled with the names, dashed where nobody is there yet.

    The rows below it say the same, so a screen reader passes over it.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._parts: Sequence[Stretch] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_parts(self, parts: Sequence[Stretch]) -> None:
        """Show the parts of another visit, in order and without a gap."""
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        """One line of words high."""
        line = QFontMetrics(self._theme.font("second_strong")).height()
        return QSize(self._theme.px(240), max(self._theme.px(_TALL), line + 12))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw each part with who is there."""
        if not self._parts:
            return
        theme, whole = self._theme, max(1, self._parts[-1].until)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("second_strong"))
        for part in self._parts:
            left = self.width() * part.after / whole
            right = self.width() * part.until / whole - _GAP
            if part is self._parts[-1]:
                right = self.width()
            box = QRectF(left, 0, max(2.0, right - left), self.height())
            self._paint_part(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), part)

    def _paint_part(self, painter: QPainter, box: QRectF, part: Stretch) -> None:
        theme = self._theme
        ground, outline, ink = ("tint", "tint_line", "primary") if part.company else (
            "card", "edge", "soft"
        )  # fmt: skip
        pen = QPen(theme.colour(outline), 1)
        if not part.company:
            pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, RADIUS_CHIP, RADIUS_CHIP)
        said = ", ".join(one.who for one in part.company) or tr("open")
        room = box.adjusted(8, 0, -8, 0)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(said, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        if room.width() < metrics.averageCharWidth() * 2:
            return
        painter.setPen(theme.colour(ink))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(middle), shown)
