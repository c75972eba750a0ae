"""The line drawings of the first steps: ink 2 px, one green accent, on a 270 x 210 ground."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from caregiver_app.gui.theme import Theme

WIDTH: Final = 270
HEIGHT: Final = 210


class StepDrawing(QWidget):
    """The drawing of one step; decoration, so it has no name."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_name(self, name: str) -> None:
        """Show another drawing."""
        self._name = name
        self.update()

    def sizeHint(self) -> QSize:
        """The drawing's ground."""
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / WIDTH, self.height() / HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("desk"))
        painter.drawEllipse(QRectF(4, 180, 240, 22))
        _ink(painter, self._theme)
        DRAWINGS[self._name](painter, self._theme)


def _pen(theme: Theme, role: str) -> QPen:
    pen = QPen(theme.colour(role), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _ink(painter: QPainter, theme: Theme) -> None:
    painter.setPen(_pen(theme, "ink"))
    painter.setBrush(theme.colour("card"))


def _accent(painter: QPainter, theme: Theme) -> None:
    painter.setPen(_pen(theme, "primary"))
    painter.setBrush(theme.colour("tint"))


def _mug(painter: QPainter, theme: Theme, x: float, y: float) -> None:
    _ink(painter, theme)
    handle = QPainterPath(QPointF(x + 20, y + 8))
    handle.cubicTo(x + 36, y + 4, x + 36, y + 24, x + 20, y + 21)
    painter.drawPath(handle)
    cup = QPainterPath(QPointF(x, y))
    cup.lineTo(x + 20, y)
    cup.lineTo(x + 20, y + 28)
    cup.quadTo(x + 20, y + 34, x + 14, y + 34)
    cup.lineTo(x + 6, y + 34)
    cup.quadTo(x, y + 34, x, y + 28)
    cup.closeSubpath()
    painter.drawPath(cup)
    painter.setPen(_pen(theme, "soft"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for shift in (6, 14):
        steam = QPainterPath(QPointF(x + shift, y - 10))
        steam.cubicTo(x + shift + 4, y - 14, x + shift - 4, y - 17, x + shift, y - 21)
        painter.drawPath(steam)


def _heart(painter: QPainter, theme: Theme, x: float, y: float, size: float) -> None:
    _accent(painter, theme)
    heart = QPainterPath(QPointF(x, y + size))
    heart.cubicTo(x - size * 1.2, y + size * 0.3, x - size * 0.8, y - size * 0.7, x, y)
    heart.cubicTo(x + size * 0.8, y - size * 0.7, x + size * 1.2, y + size * 0.3, x, y + size)
    painter.drawPath(heart)


def _drop(painter: QPainter, theme: Theme, x: float, y: float, size: float) -> None:
    _accent(painter, theme)
    drop = QPainterPath(QPointF(x, y))
    drop.cubicTo(x + size * 0.25, y + size * 0.35, x + size * 0.42, y + size * 0.5,
                 x + size * 0.42, y + size * 0.7)  # fmt: skip
    drop.arcTo(QRectF(x - size * 0.42, y + size * 0.28, size * 0.84, size * 0.84), 0, -180)
    drop.cubicTo(x - size * 0.42, y + size * 0.5, x - size * 0.25, y + size * 0.35, x, y)
    painter.drawPath(drop)


def _welcome(painter: QPainter, theme: Theme) -> None:
    for side in (-1, 1):
        page = QPainterPath(QPointF(124, 62))
        page.quadTo(124 + side * 40, 40, 124 + side * 96, 56)
        page.lineTo(124 + side * 96, 172)
        page.quadTo(124 + side * 40, 158, 124, 182)
        page.closeSubpath()
        painter.drawPath(page)
    painter.setPen(_pen(theme, "line"))
    for y in (92, 112, 132):
        painter.drawLine(QPointF(150, y), QPointF(198, y - 2))
    _heart(painter, theme, 76, 92, 28)
    _mug(painter, theme, 232, 152)


def _person(painter: QPainter, theme: Theme) -> None:
    for x, top in ((82.0, 74.0), (164.0, 58.0)):
        body = QPainterPath(QPointF(x - 44, 190))
        body.lineTo(x - 44, top + 84)
        body.cubicTo(x - 44, top + 44, x + 44, top + 44, x + 44, top + 84)
        body.lineTo(x + 44, 190)
        body.closeSubpath()
        painter.drawPath(body)
        painter.drawEllipse(QPointF(x, top + 16), 26, 26)
    _heart(painter, theme, 122, 20, 22)
    _mug(painter, theme, 232, 152)


def _plan(painter: QPainter, theme: Theme) -> None:
    painter.drawRoundedRect(QRectF(28, 34, 150, 152), 10, 10)
    painter.drawLine(28, 70, 178, 70)
    for x in (64, 142):
        painter.drawLine(x, 22, x, 46)
    painter.setPen(_pen(theme, "line"))
    for y in (94, 126, 158):
        for x in (48, 94, 140):
            painter.drawLine(x, y, x + 18, y)
    _drop(painter, theme, 103, 98, 40)
    _ink(painter, theme)
    painter.drawLine(214, 190, 214, 28)
    painter.drawLine(196, 190, 232, 190)
    painter.drawLine(198, 34, 230, 34)
    painter.drawRoundedRect(QRectF(218, 40, 24, 36), 6, 6)
    painter.drawLine(230, 34, 230, 40)
    tube = QPainterPath(QPointF(230, 76))
    tube.cubicTo(230, 118, 254, 112, 250, 152)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(tube)


def _numbers(painter: QPainter, theme: Theme) -> None:
    painter.drawRoundedRect(QRectF(74, 18, 96, 172), 14, 14)
    painter.drawLine(108, 30, 136, 30)
    painter.setPen(_pen(theme, "edge"))
    for y in (98, 122, 146):
        for x in (98, 122, 146):
            painter.drawEllipse(QPointF(x, y), 7, 7)
    _accent(painter, theme)
    painter.drawRoundedRect(QRectF(88, 44, 68, 34), 8, 8)
    for x in (102, 116, 130, 142):
        painter.drawPoint(QPointF(x, 61))
    _ink(painter, theme)
    painter.setBrush(theme.colour("primary"))
    painter.drawEllipse(QPointF(122, 170), 8, 8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for reach in (16, 30):
        painter.drawArc(QRectF(172 - reach, 60 - reach, reach * 2, reach * 2), -40 * 16, 80 * 16)
    _mug(painter, theme, 216, 152)


def _test(painter: QPainter, theme: Theme) -> None:
    painter.drawRoundedRect(QRectF(18, 6, 196, 138), 10, 10)
    stand = [QPointF(92, 144), QPointF(140, 144), QPointF(146, 184), QPointF(86, 184)]
    painter.drawPolygon(stand)
    painter.drawLine(70, 186, 162, 186)
    painter.setPen(_pen(theme, "line"))
    painter.drawLine(19, 32, 213, 32)
    _accent(painter, theme)
    painter.drawRoundedRect(QRectF(114, 46, 84, 76), 7, 7)
    painter.drawLine(128, 66, 158, 66)
    painter.drawLine(128, 80, 182, 80)
    painter.setBrush(theme.colour("primary"))
    painter.drawRoundedRect(QRectF(129, 95, 30, 12), 4, 4)
    _ink(painter, theme)
    bell = QPainterPath(QPointF(42, 104))
    bell.lineTo(48, 96)
    bell.lineTo(48, 84)
    bell.cubicTo(48, 65, 74, 65, 74, 84)
    bell.lineTo(74, 96)
    bell.lineTo(80, 104)
    bell.closeSubpath()
    painter.drawPath(bell)
    painter.drawLine(57, 110, 65, 110)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(26, 66, 20, 30), 135 * 16, 90 * 16)
    painter.drawArc(QRectF(76, 66, 20, 30), -45 * 16, 90 * 16)
    _mug(painter, theme, 228, 152)


DRAWINGS: Final[dict[str, Callable[[QPainter, Theme], None]]] = {
    "welcome": _welcome,
    "person": _person,
    "plan": _plan,
    "numbers": _numbers,
    "test": _test,
}
"""The drawings by the step that they belong to."""
