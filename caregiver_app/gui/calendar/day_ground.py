"""Paints what lies under the items of a day: the watch line, the hatching of days that do not suit.

Month and week share it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from caregiver_app.gui.calendar.month_model import Watching
from caregiver_app.gui.theme import Theme

_HATCH: Final = 9


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
