"""A photo as large as the window allows."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr

_WIDTH = 1100


class Shown(QWidget):
    """Draws a picture as large as fits, never larger than it is."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._image = image
        self._scaled = QImage()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setMinimumSize(QSize(200, 160))

    def sizeHint(self) -> QSize:
        """As large as the picture."""
        return self._image.size().expandedTo(QSize(200, 160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size is drawn anew."""
        super().resizeEvent(event)
        self._scaled = QImage()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it in the middle."""
        ratio = self.devicePixelRatioF()
        room = self.size() * ratio
        if self._scaled.isNull():
            keep = Qt.AspectRatioMode.KeepAspectRatio
            smooth = Qt.TransformationMode.SmoothTransformation
            wanted = room.boundedTo(self._image.size() * ratio)
            self._scaled = self._image.scaled(wanted, keep, smooth)
            self._scaled.setDevicePixelRatio(ratio)
        size = self._scaled.deviceIndependentSize().toSize()
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        QPainter(self).drawImage(left, top, self._scaled)


class PhotoSheet(Sheet):
    """One photo, large; it is only looked at."""

    def __init__(
        self, theme: Theme, title: str, subtitle: str, image: QImage, parent: QWidget
    ) -> None:
        super().__init__(
            theme,
            title,
            icon="watch",
            primary=tr("Close"),
            subtitle=subtitle,
            width=_WIDTH,
            parent=parent,
        )
        self.shown = Shown(image, tr("Photo: {sign}", sign=title))
        self.add(self.shown, 1)
        self.cancel.hide()
        self.confirmed.connect(self.accept)

    def fit(self) -> None:
        """Take nearly the whole window: the picture grows with it."""
        super().fit()
        self.area.setMinimumHeight(0)
