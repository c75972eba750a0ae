"""The project's own line icons, tinted with a colour of the tokens.

`pixmap` and `icon` draw `resources/icons/<name>.svg` in one colour; each picture is made once.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from caregiver_app.assets import read_bytes


def pixmap(name: str, colour: str, size: int = 20, ratio: float = 0.0) -> QPixmap:
    """Return icon `name` in `colour`, `size` px wide, drawn for a screen of `ratio` (0: main)."""
    return _drawn(name, colour, size, size, ratio or screen_ratio())


def icon(name: str, colour: str, size: int = 20, *, off: str = "", gap: int = 0) -> QIcon:
    """Return icon `name` in `colour`.

    `off` is the colour while its widget is disabled. `gap` leaves that many empty px to the right,
    because style sheets cannot set the distance between a button's icon and its words.
    """
    ratio = screen_ratio()
    result = QIcon(_drawn(name, colour, size, size + gap, ratio))
    if off:
        result.addPixmap(_drawn(name, off, size, size + gap, ratio), QIcon.Mode.Disabled)
    return result


def screen_ratio() -> float:
    """Return the device pixels that the sharpest screen has for each of ours."""
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@lru_cache(maxsize=128)
def _svg(name: str) -> bytes:
    return read_bytes(f"icons/{name}.svg")


@lru_cache(maxsize=1024)
def _drawn(name: str, colour: str, size: int, width: int, ratio: float) -> QPixmap:
    drawing = _svg(name).replace(b"currentColor", colour.encode())
    if size <= 14:  # LOOK 6: chips show a stroke of 2
        drawing = drawing.replace(b'stroke-width="1.75"', b'stroke-width="2"')
    renderer = QSvgRenderer(QByteArray(drawing))
    result = QPixmap(QSize(round(width * ratio), round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result
