"""`EmptyState`: what a screen shows before there is anything: kind, short, one way to begin."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PrimaryButton, QuietButton
from caregiver_app.gui.widgets.drawings import DRAWINGS, HEIGHT, WIDTH, paint_drawing
from caregiver_app.gui.widgets.text import Text


class EmptyState(QWidget):
    """A drawing, a title, one sentence, one primary button and perhaps a quiet one.

    `drawing` is one of `drawings.DRAWINGS`; `primary` and `quiet` are buttons to connect to.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        drawing: str,
        title: str,
        sentence: str,
        primary: str = "",
        primary_icon: str | None = None,
        quiet: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.title = Text(title, "card_title")
        self.sentence = Text(sentence, "body", "soft")
        for words in (self.title, self.sentence):
            words.setAlignment(middle)
        column.addStretch(1)
        column.addWidget(Drawing(theme, drawing), 0, middle)
        column.addSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(10)
        self.primary: PrimaryButton | None = None
        self.quiet: QuietButton | None = None
        if primary:
            self.primary = PrimaryButton(theme, primary, primary_icon)
            column.addWidget(self.primary, 0, middle)
        if quiet:
            self.quiet = QuietButton(theme, quiet)
            column.addWidget(self.quiet, 0, middle)
        column.addStretch(1)
        self.setAccessibleName(title)


class Drawing(QWidget):
    """One line drawing, at the size of the text."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if name not in DRAWINGS:
            raise KeyError(name)
        self._theme = theme
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """The drawing's ground."""
        return QSize(self._theme.px(WIDTH), self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.scale(self.width() / WIDTH, self.height() / HEIGHT)
        paint_drawing(painter, self._theme, self._name)
