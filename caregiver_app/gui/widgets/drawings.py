"""The line drawings of the empty states: ink 2 px, one green accent, on a 200 x 140 ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from caregiver_app.gui.theme import Theme

WIDTH: Final = 200
HEIGHT: Final = 140


def paint_drawing(painter: QPainter, theme: Theme, name: str) -> None:
    """Paint the drawing `name` with its top left corner at the origin."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("sunk"))
    painter.drawEllipse(QRectF(8, 116, 184, 15))
    _ink(painter, theme)
    DRAWINGS[name](painter, theme)
    painter.restore()


def _ink(painter: QPainter, theme: Theme) -> None:
    pen = QPen(theme.colour("ink"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(theme.colour("card"))


def _accent(painter: QPainter, theme: Theme) -> None:
    painter.setPen(QPen(theme.colour("primary"), 2))
    painter.setBrush(theme.colour("tint"))


def _drop(painter: QPainter, theme: Theme, x: float, y: float, size: float) -> None:
    _accent(painter, theme)
    path = QPainterPath(QPointF(x, y))
    path.cubicTo(x + size * 0.2, y + size * 0.3, x + size * 0.4, y + size * 0.5,
                 x + size * 0.4, y + size * 0.68)  # fmt: skip
    path.arcTo(QRectF(x - size * 0.4, y + size * 0.28, size * 0.8, size * 0.8), 0, -180)
    path.cubicTo(x - size * 0.4, y + size * 0.5, x - size * 0.2, y + size * 0.3, x, y)
    painter.drawPath(path)


def _cup(painter: QPainter, theme: Theme, x: float, y: float) -> None:
    _ink(painter, theme)
    painter.drawRect(QRectF(x, y, 40, 27))
    handle = QPainterPath(QPointF(x + 40, y + 6))
    handle.cubicTo(x + 56, y + 4, x + 56, y + 21, x + 40, y + 19)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(handle)
    painter.setPen(QPen(theme.colour("soft"), 2))
    for shift in (12, 26):
        steam = QPainterPath(QPointF(x + shift, y - 10))
        steam.cubicTo(x + shift + 5, y - 15, x + shift - 5, y - 18, x + shift, y - 24)
        painter.drawPath(steam)


def _calendar(painter: QPainter, theme: Theme) -> None:
    painter.drawRoundedRect(QRectF(13, 17, 92, 98), 8, 8)
    painter.drawLine(13, 39, 105, 39)
    for x in (35, 83):
        painter.drawLine(x, 8, x, 24)
    painter.setPen(QPen(theme.colour("line"), 2))
    for y in (57, 77, 97):
        for x in (28, 52, 76):
            painter.drawLine(x, y, x + 13, y)
    _drop(painter, theme, 59, 66, 23)
    _cup(painter, theme, 127, 89)


def _bag(painter: QPainter, theme: Theme) -> None:
    handle = QPainterPath(QPointF(52, 50))
    handle.cubicTo(52, 4, 108, 4, 108, 50)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(handle)
    painter.setBrush(theme.colour("card"))
    painter.drawRoundedRect(QRectF(26, 44, 108, 78), 10, 10)
    painter.drawLine(26, 66, 134, 66)
    _accent(painter, theme)
    painter.drawRoundedRect(QRectF(62, 80, 24, 24), 6, 6)
    painter.drawPolyline([QPointF(68, 92), QPointF(73, 97), QPointF(81, 87)])
    _ink(painter, theme)
    painter.drawRoundedRect(QRectF(152, 66, 22, 56), 6, 6)
    painter.drawRect(QRectF(157, 56, 12, 10))
    painter.drawLine(152, 82, 174, 82)


def _watch(painter: QPainter, theme: Theme) -> None:
    painter.drawRoundedRect(QRectF(30, 20, 84, 102), 8, 8)
    for y in (44, 64, 84):
        painter.drawLine(62, y, 98, y)
    _accent(painter, theme)
    for y in (44, 64, 84):
        painter.drawEllipse(QPointF(48, y), 5, 5)
    _cup(painter, theme, 132, 95)


def _support(painter: QPainter, theme: Theme) -> None:
    for x in (28, 130):
        painter.drawRoundedRect(QRectF(x, 62, 42, 40), 8, 8)
        painter.drawRoundedRect(QRectF(x - 6, 84, 54, 26), 8, 8)
        painter.drawLine(x, 110, x, 122)
        painter.drawLine(x + 42, 110, x + 42, 122)
    painter.drawLine(86, 92, 114, 92)
    painter.drawLine(100, 92, 100, 122)
    _accent(painter, theme)
    heart = QPainterPath(QPointF(100, 54))
    heart.cubicTo(80, 40, 86, 20, 100, 32)
    heart.cubicTo(114, 20, 120, 40, 100, 54)
    painter.drawPath(heart)


def _papers(painter: QPainter, theme: Theme) -> None:
    painter.drawRoundedRect(QRectF(70, 16, 76, 98), 6, 6)
    painter.drawRoundedRect(QRectF(52, 26, 76, 98), 6, 6)
    for y in (70, 86, 102):
        painter.drawLine(66, y, 114, y)
    _accent(painter, theme)
    painter.drawEllipse(QPointF(78, 49), 9, 9)


DRAWINGS: Final[dict[str, Callable[[QPainter, Theme], None]]] = {
    "calendar": _calendar,
    "bag": _bag,
    "watch": _watch,
    "support": _support,
    "papers": _papers,
}
"""The drawings by name."""
