"""What the line under the days means."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr


class Legend(QWidget):
    """Hidden while no watch window is to be seen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def show_watching(self, person: str | None, *, keeps_room: bool = False) -> None:
        """Say whose signs are watched for; None says nothing, but may keep its room.

        With it the month stays as tall from page to page, and is painted once.
        """
        policy = self.sizePolicy()
        if policy.retainSizeWhenHidden() != keeps_room:
            policy.setRetainSizeWhenHidden(keeps_room)
            self.setSizePolicy(policy)
        self.setVisible(person is not None)
        if person is None:
            return
        said = tr("watching {person} for signs", person=person)
        self._words = said if person else tr("watching for signs")
        self.setAccessibleName(self._words)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, QFontMetrics(self._theme.font("second")).height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the sample and its words."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y, length = self.height() // 2, theme.px(28)
        painter.setPen(QPen(theme.colour("primary"), 3))
        painter.drawLine(4, y, length, y)
        painter.drawLine(length, y - 4, length, y + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("primary"))
        painter.drawEllipse(QPoint(5, y), 4, 4)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        room = QRect(length + theme.px(12), 0, self.width(), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._words)
