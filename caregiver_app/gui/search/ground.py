"""What the results lie on: parts that paint their own ground, so that nothing below has to be."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr


class Ground(QWidget):
    """A part of a card from edge to edge, away from its rounded corners."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the card's edges at both sides."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("card"))
        for left in (0, self.width() - 1):
            painter.fillRect(left, 0, 1, self.height(), self._theme.colour("edge"))


class Foot(Ground):
    """How much was found, and the keys.

    Its words are painted and are no label: another word moves nothing.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def words(self) -> str:
        """Return how much was found."""
        return self._words

    def set_words(self, words: str) -> None:
        """Say how much was found."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.update()

    def sizeHint(self) -> QSize:
        """One line of words below a hairline."""
        words = QFontMetrics(self._theme.font("hint")).height()
        return QSize(100, words + self._theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw hairline, count and keys."""
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(1, 0, self.width() - 2, 1, theme.colour("line"))
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("soft"))
        margin = theme.px(14)
        room = self.rect().adjusted(margin, theme.px(6), -margin, 0)
        keys = tr("Enter opens · Esc closes")
        metrics = painter.fontMetrics()
        left = room.width() - metrics.horizontalAdvance(keys) - margin
        words = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, left)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if left > metrics.horizontalAdvance(self._words):
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(room, flags, keys)
