"""The signs of the kinds of appointments, drawn as lines, so that black ink tells them apart.

They are the icons of the window: the same files, read as paths, because a page is made of lines.
Only what those files hold is understood.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from caregiver_app.assets import read_text

SIGNS: Final = {
    "infusion": "infusion", "follow-up": "follow-up", "lab": "lab", "medication": "medicine",
    "drive": "drive", "other": "other", "done": "done",
}  # fmt: skip
"""The file of each kind of appointment, and the tick of what is done."""

_GRID: Final = 24.0
_ELEMENT = re.compile(r"<(path|rect|circle)\s([^>]*?)/>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_TOKEN = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
_TAKES: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "A": 7, "Z": 0}


def paint_sign(painter: QPainter, kind: str, x: float, y: float, side: float) -> None:
    """Paint the sign of `kind` into a square of `side` dots whose upper left is at `x`, `y`."""
    painter.save()
    painter.translate(x, y)
    painter.scale(side / _GRID, side / _GRID)
    pen = QPen(QColor(0, 0, 0), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path_of(SIGNS.get(kind, "other")))
    painter.restore()


@cache
def _path_of(name: str) -> QPainterPath:
    whole = QPainterPath()
    for element, written in _ELEMENT.findall(read_text(f"icons/{name}.svg")):
        told = dict(_ATTRIBUTE.findall(written))
        if element == "path":
            whole.addPath(_Reader(told["d"]).path)
        elif element == "circle":
            radius = float(told["r"])
            whole.addEllipse(QPointF(float(told["cx"]), float(told["cy"])), radius, radius)
        else:
            whole.addPath(_rounded(told))
    return whole


def _rounded(told: dict[str, str]) -> QPainterPath:
    box = QRectF(*(float(told[name]) for name in ("x", "y", "width", "height")))
    radius = float(told.get("rx", "0"))
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    turned = re.fullmatch(r"rotate\((-?[\d.]+) ([\d.]+) ([\d.]+)\)", told.get("transform", ""))
    if turned is None:
        return path
    angle, x, y = (float(one) for one in turned.groups())
    return QTransform().translate(x, y).rotate(angle).translate(-x, -y).map(path)


class _Reader:
    """Reads the `d` of one path."""

    def __init__(self, text: str) -> None:
        self.path = QPainterPath()
        self._control: QPointF | None = None
        for command, numbers in _commands(text):
            here = self.path.currentPosition()
            base = here if command.islower() else QPointF(0, 0)
            self._draw(command.upper(), numbers, here, base)

    def _draw(self, command: str, numbers: list[float], here: QPointF, base: QPointF) -> None:
        if command == "Z":
            self.path.closeSubpath()
            return
        if command in "HV":
            level = command == "H"
            to = numbers[0] + (base.x() if level else base.y())
            self.path.lineTo(QPointF(to, here.y()) if level else QPointF(here.x(), to))
            return
        start = 5 if command == "A" else 0
        points = [
            base + QPointF(numbers[at], numbers[at + 1]) for at in range(start, len(numbers), 2)
        ]
        if command == "M":
            self.path.moveTo(points[0])
        elif command == "L":
            self.path.lineTo(points[0])
        elif command == "A":
            self._arc(here, points[0], numbers[0], large=numbers[3] > 0, sweeps=numbers[4] > 0)
        else:
            if command == "S":
                mirrored = here if self._control is None else here * 2 - self._control
                points.insert(0, mirrored)
            self.path.cubicTo(*points)
        self._control = points[1] if command in "CS" else None

    def _arc(
        self, start: QPointF, end: QPointF, radius: float, *, large: bool, sweeps: bool
    ) -> None:
        """Add a part of a circle; the centre is one of the two that both ends agree on."""
        half = (end - start) / 2
        reach = math.hypot(half.x(), half.y())
        radius = max(radius, reach)
        away = math.sqrt(max(0.0, radius**2 - reach**2)) / reach * (1 if large == sweeps else -1)
        centre = (start + end) / 2 + QPointF(half.y(), -half.x()) * away
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        first, last = (
            math.degrees(math.atan2(centre.y() - one.y(), one.x() - centre.x()))
            for one in (start, end)
        )
        turn = (first - last) % 360 if sweeps else -((last - first) % 360)
        self.path.arcTo(box, first, -turn)


def _commands(text: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each command with its numbers; a command that goes on is said anew."""
    tokens = _TOKEN.findall(text)
    at, command = 0, "M"
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
        takes = _TAKES[command.upper()]
        yield command, [float(one) for one in tokens[at : at + takes]]
        at += takes
        # More points after a move are lines.
        command = {"M": "L", "m": "l"}.get(command, command)
