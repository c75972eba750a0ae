"""The small line drawings of the four rooms: ink, one green accent, on a 104 x 64 ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from caregiver_app.gui.theme import Theme

WIDTH: Final = 104
HEIGHT: Final = 64


def paint_room(painter: QPainter, theme: Theme, room: str) -> None:
    """Paint the drawing of a room with its top left corner at the origin."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("sunk"))
    painter.drawEllipse(QRectF(2, 54, 100, 9))
    _ROOMS[room](painter, theme)
    painter.restore()


def _pen(painter: QPainter, theme: Theme, ink: str, ground: str = "") -> None:
    pen = QPen(theme.colour(ink), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)


def _listening(painter: QPainter, theme: Theme) -> None:
    _pen(painter, theme, "ink")
    for middle in (26.0, 78.0):
        painter.drawEllipse(QPointF(middle, 12), 9, 9)
        body = QPainterPath(QPointF(middle - 12, 57))
        body.lineTo(middle - 12, 40)
        body.arcTo(QRectF(middle - 12, 26, 24, 24), 180, -180)
        body.lineTo(middle + 12, 57)
        painter.drawPath(body)
    _pen(painter, theme, "primary")
    painter.drawLine(QPointF(42, 12), QPointF(62, 12))
    painter.drawLine(QPointF(46, 19), QPointF(58, 19))


def _reassurance(painter: QPainter, theme: Theme) -> None:
    _pen(painter, theme, "primary", "tint")
    heart = QPainterPath(QPointF(52, 28))
    heart.cubicTo(34, 16, 40, -1, 52, 8)
    heart.cubicTo(64, -1, 70, 16, 52, 28)
    painter.drawPath(heart)
    _pen(painter, theme, "ink")
    # Two arms that come from both sides and end in one clasp.
    left = QPainterPath(QPointF(6, 48))
    left.cubicTo(20, 36, 34, 34, 46, 46)
    painter.drawPath(left)
    right = QPainterPath(QPointF(98, 48))
    right.cubicTo(84, 34, 66, 34, 50, 44)
    right.cubicTo(44, 48, 36, 50, 34, 54)
    painter.drawPath(right)
    clasp = QPainterPath(QPointF(34, 54))
    clasp.cubicTo(40, 57, 50, 57, 56, 54)
    clasp.cubicTo(60, 52, 58, 48, 54, 48)
    painter.drawPath(clasp)


def _company(painter: QPainter, theme: Theme) -> None:
    _pen(painter, theme, "ink")
    for side, outer, inner in ((1, 8.0, 38.0), (-1, 96.0, 66.0)):
        back = QPainterPath(QPointF(outer, 57))
        back.lineTo(outer, 26)
        back.cubicTo(outer, 18, outer + side * 13, 18, outer + side * 13, 26)
        back.lineTo(outer + side * 13, 40)
        back.lineTo(inner, 40)
        back.lineTo(inner, 57)
        painter.drawPath(back)
    painter.drawLine(QPointF(43, 34), QPointF(61, 34))
    painter.drawLine(QPointF(52, 34), QPointF(52, 57))
    _pen(painter, theme, "primary", "tint")
    painter.drawRoundedRect(QRectF(47, 25, 11, 9), 2, 2)
    _pen(painter, theme, "soft")
    steam = QPainterPath(QPointF(52, 19))
    steam.cubicTo(56, 15, 48, 12, 52, 7)
    painter.drawPath(steam)


def _outlets(painter: QPainter, theme: Theme) -> None:
    _pen(painter, theme, "ink")
    pot = QPainterPath(QPointF(36, 38))
    pot.lineTo(68, 38)
    pot.lineTo(63, 58)
    pot.lineTo(41, 58)
    pot.closeSubpath()
    painter.drawPath(pot)
    painter.drawLine(QPointF(52, 38), QPointF(52, 20))
    _pen(painter, theme, "primary", "tint")
    for side in (-1, 1):
        leaf = QPainterPath(QPointF(52, 22 if side < 0 else 18))
        top = 8 if side < 0 else 2
        leaf.cubicTo(52 + side * 2, top, 52 + side * 12, top, 52 + side * 19, top)
        leaf.cubicTo(52 + side * 19, top + 11, 52 + side * 12, 21, 52, 22 if side < 0 else 18)
        painter.drawPath(leaf)


_ROOMS: Final[dict[str, Callable[[QPainter, Theme], None]]] = {
    "listening": _listening,
    "reassurance": _reassurance,
    "company": _company,
    "outlets": _outlets,
}
