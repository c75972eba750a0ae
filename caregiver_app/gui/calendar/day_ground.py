"""Paints what lies under the items of a day: the watch line, the hatching of days that do not suit.

Month and week share it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from caregiver_app.gui.calendar.coverage_days import Approved
from caregiver_app.gui.calendar.month_model import Watching
from caregiver_app.gui.theme import Theme

_HATCH: Final = 9
_DASH: Final = 7
_POST: Final = 7
_SIGN: Final = 12


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


def paint_approved(painter: QPainter, theme: Theme, box: QRect, line: Approved) -> None:
    """Draw the line of the approvals at the foot of a day: whole where one holds, else dashes.

    A post stands where an approval ends.
    """
    top = box.bottom() - 1
    if line.held:
        theme.fill(painter, QRect(box.left(), top, box.width(), 2), "edge")
        if line.ends:
            theme.fill(painter, QRect(box.right() - 1, top + 2 - _POST, 2, _POST), "edge")
        return
    # The dashes go on from day to day as if the week were one line.
    x = box.left() - box.left() % (2 * _DASH)
    while x < box.right():
        left, right = max(x, box.left()), min(x + _DASH, box.right() + 1)
        if right > left:
            theme.fill(painter, QRect(left, top, right - left, 2), "warn")
        x += 2 * _DASH


def paint_outside(painter: QPainter, theme: Theme, line: QRect) -> QRect:
    """Draw the sign of a visit that no approval reaches at the right of a line of its bar.

    Returns where it stands.
    """
    side = min(line.height() + 2, theme.icon_px(18))
    spot = QRect(line.right() - side + 1, line.bottom() - side + 1, side, side)
    painter.save()
    painter.setPen(QPen(theme.colour("warn_line"), 1))
    painter.setBrush(theme.colour("warn_tint"))
    painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    picture = theme.icon_px(_SIGN)
    place = QRectF(spot).center() - QPointF(picture / 2, picture / 2 + 0.5)
    painter.drawPixmap(place, theme.pixmap("attention", "warn", _SIGN))
    painter.restore()
    return spot
