"""A photo from a file, redrawn small: turned as it was held, and without what else the file says.

`redrawn` may be called from any thread; `PhotoReading` calls it beside the window.
"""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QImageWriter, QPainter

from caregiver_app.errors import InputRefused, UserError
from caregiver_app.messages import explain
from caregiver_app.services.photos import Picture, without_traces

LARGEST_SIDE: Final = 1600
"""Pixels of the longer side of a photo as it is kept."""
LARGEST_FILE: Final = 50 * 1024 * 1024
"""Bytes of a file; a larger one is not even opened."""
KINDS: Final = ("jpg", "jpeg", "png", "webp", "bmp", "gif")
"""How the names of files end that are offered; what is in a file decides."""
_FORMATS: Final = frozenset((b"jpeg", b"png", b"webp", b"bmp", b"gif"))
_CHECKED: Final = frozenset((b"jpeg", b"png"))
_MOST_PIXELS: Final = 64_000_000
_LONGEST_SIDE: Final = 30_000
_QUALITY: Final = 85
_LOOK_MS: Final = 25


def redrawn(path: Path) -> Picture:
    """Return the picture of a file as a JPEG of at most 1600 pixels a side.

    Raises:
        InputRefused: it is too large, no picture, broken, or cannot be opened.
    """
    data = _bytes_of(path)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    kind = bytes(reader.format().data())
    if kind not in _FORMATS:
        raise InputRefused("photo.broken", "photo")
    if kind in _CHECKED:
        # Half a file would be read as a picture whose lower half is grey.
        without_traces(data)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise InputRefused("photo.broken", "photo")
    wide, high = size.width(), size.height()
    if wide * high > _MOST_PIXELS or max(wide, high) > _LONGEST_SIDE:
        raise InputRefused("photo.many_pixels", "photo", width=wide, height=high)
    if max(wide, high) > LARGEST_SIDE:
        reader.setScaledSize(_fitting(size))
    image = reader.read()
    if image.isNull():
        raise InputRefused("photo.broken", "photo")
    return _as_jpeg(_plain(image))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            raise InputRefused("photo.large", "photo", limit=LARGEST_FILE // 1024 // 1024)
        with path.open("rb") as file:
            # One byte more than fits tells a file that grew meanwhile.
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        raise InputRefused("photo.unopened", "photo", name=path.name) from None
    if len(data) > LARGEST_FILE:
        raise InputRefused("photo.large", "photo", limit=LARGEST_FILE // 1024 // 1024)
    return data


def _fitting(size: QSize) -> QSize:
    largest = QSize(LARGEST_SIDE, LARGEST_SIDE)
    return size.scaled(largest, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))


def _plain(image: QImage) -> QImage:
    """Return only the pixels: on white, in usual colours, with no words of the file."""
    usual = QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if image.colorSpace().isValid() and image.colorSpace() != usual:
        image = image.convertedToColorSpace(usual)
    if max(image.width(), image.height()) > LARGEST_SIDE:
        smooth = Qt.TransformationMode.SmoothTransformation
        ratio = Qt.AspectRatioMode.KeepAspectRatio
        image = image.scaled(QSize(LARGEST_SIDE, LARGEST_SIDE), ratio, smooth)
    drawn = QImage(image.size(), QImage.Format.Format_RGB32)
    drawn.fill(Qt.GlobalColor.white)
    painter = QPainter(drawn)
    painter.drawImage(0, 0, image)
    painter.end()
    return drawn


def _as_jpeg(image: QImage) -> Picture:
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(written, QByteArray(b"jpeg"))
    writer.setQuality(_QUALITY)
    if not writer.write(image):
        raise InputRefused("photo.broken", "photo")
    jpeg, width, height = without_traces(bytes(written.data().data()))
    return Picture(jpeg, width, height)


class _Work:
    """What the thread does; it writes each field once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.picture: Picture | None = None
        self.refused = ""
        self.is_over = False

    def begin(self) -> None:
        """Start; the program ends without waiting for it."""
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            self.picture = redrawn(self._path)
        except UserError as error:
            self.refused = explain(error)
        except Exception:  # noqa: BLE001 - whatever a file does, the form says so and stays
            self.refused = explain(InputRefused("photo.broken"))
        finally:
            self.is_over = True


class PhotoReading(QObject):
    """Reads one file after another beside the window; only the last one that was asked for counts.

    The thread leaves what it has to say where a timer of this side looks.
    """

    done = Signal(object)
    """A `Picture`."""
    refused = Signal(str)
    """A sentence: why there is none."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: _Work | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read."""
        return self._work is not None

    def begin(self, path: Path) -> None:
        """Read a file."""
        self._work = _Work(path)
        self._work.begin()
        self._timer.start()

    def stop(self) -> None:
        """Forget what is being read."""
        self._work = None
        self._timer.stop()

    def _look(self) -> None:
        work = self._work
        if work is None or not work.is_over:
            return
        self.stop()
        if work.picture is None:
            self.refused.emit(work.refused)
        else:
            self.done.emit(work.picture)
