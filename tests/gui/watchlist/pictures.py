"""Picture files for tests: drawn by Qt, with what cameras write beside the picture."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

LEFT, RIGHT = QColor(200, 30, 30), QColor(30, 30, 200)
TURNED = 6
"""The Exif orientation of a camera that was held upright: the picture's left edge is its top."""


def two_halves(wide: int, high: int) -> QImage:
    """Red at the left, blue at the right."""
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(RIGHT)
    painter = QPainter(image)
    painter.fillRect(0, 0, wide // 2, high, LEFT)
    painter.end()
    return image


def drawn(path: Path, wide: int = 300, high: int = 200) -> Path:
    """A picture without anything beside it; the name's ending says which kind."""
    assert two_halves(wide, high).save(str(path))
    return path


def from_camera(path: Path, wide: int = 300, high: int = 200, turned: int = TURNED) -> Path:
    """A JPEG that tells how it was held and where it was taken."""
    data = drawn(path, wide, high).read_bytes()
    path.write_bytes(data[:2] + exif(turned) + data[2:])
    return path


def exif(turned: int) -> bytes:
    """An Exif part: orientation, the camera's name, and a latitude."""
    name = b"Camera of Rosa\x00\x00"
    entries = [
        (0x010E, 2, len(name), 60),
        (0x0112, 3, 1, turned << 16),
        (0x8825, 4, 1, 80),
    ]
    head = b"MM\x00*" + (8).to_bytes(4) + len(entries).to_bytes(2)
    for tag, kind, count, value in entries:
        head += tag.to_bytes(2) + kind.to_bytes(2) + count.to_bytes(4) + value.to_bytes(4)
    head = (head + (0).to_bytes(4)).ljust(60, b"\x00") + name
    gps = (1).to_bytes(2) + (1).to_bytes(2) + (2).to_bytes(2) + (2).to_bytes(4) + b"N\x00\x00\x00"
    tiff = head.ljust(80, b"\x00") + gps + (0).to_bytes(4)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body


def see_through(path: Path) -> Path:
    """A PNG of which nothing is painted."""
    image = QImage(40, 30, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    assert image.save(str(path))
    return path


def bomb(path: Path) -> Path:
    """A small PNG that says it has 60,000 by 60,000 points."""
    data = bytearray(drawn(path, 10, 10).read_bytes())
    data[16:24] = (60_000).to_bytes(4) * 2
    data[29:33] = crc32(data[12:29]).to_bytes(4)
    path.write_bytes(bytes(data))
    return path
