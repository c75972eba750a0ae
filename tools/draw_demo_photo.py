"""Makes resources/demo/hand.jpg, a photo of the made-up family: `python tools/draw_demo_photo.py`.

A drawn hand with sore knuckles on a blanket: nobody's hand, and our own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen, QRadialGradient

TARGET = Path(__file__).parents[1] / "resources" / "demo" / "hand.jpg"
WIDTH, HEIGHT = 480, 360
QUALITY = 70
_CLOTH, _FOLD = QColor("#b8c4c9"), QColor("#a9b6bc")
_SKIN, _EDGE = QColor("#d9a989"), QColor("#b98666")
_RED = QColor(198, 74, 66, 150)
_FINGERS = ((150, 60, 34), (196, 34, 36), (243, 44, 36), (288, 80, 32))
"""Left edge, top and width of each finger."""
_KNUCKLES = ((167, 178), (214, 168), (261, 170), (304, 186))


def drawn() -> QImage:
    """Return the picture."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(_CLOTH)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(_FOLD, 9))
    for start in range(-200, WIDTH, 90):
        painter.drawLine(QPointF(start, HEIGHT), QPointF(start + 260, 0))
    painter.setPen(QPen(_EDGE, 3))
    painter.setBrush(_SKIN)
    for left, top, width in _FINGERS:
        painter.drawRoundedRect(QRectF(left, top, width, 190), width / 2, width / 2)
    painter.save()
    painter.translate(140, 250)
    painter.rotate(-52)
    painter.drawRoundedRect(QRectF(-20, -110, 38, 150), 19, 19)
    painter.restore()
    painter.drawRoundedRect(QRectF(140, 160, 184, 160), 56, 62)
    painter.drawRect(QRectF(172, 285, 120, 90))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_SKIN)
    painter.drawRoundedRect(QRectF(144, 166, 176, 150), 52, 58)
    painter.drawRect(QRectF(175, 270, 114, 90))
    for x, y in _KNUCKLES:
        glow = QRadialGradient(QPointF(x, y), 30)
        glow.setColorAt(0, _RED)
        glow.setColorAt(1, QColor(198, 74, 66, 0))
        painter.setBrush(glow)
        painter.drawEllipse(QPointF(x, y), 30, 26)
    painter.end()
    return image


def main() -> int:
    """Write the picture into the resources."""
    _app = QGuiApplication(sys.argv[:1])
    TARGET.parent.mkdir(exist_ok=True)
    return 0 if drawn().save(str(TARGET), quality=QUALITY) else 1


if __name__ == "__main__":
    sys.exit(main())
