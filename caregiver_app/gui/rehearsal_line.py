"""The line of a test reminder: it looks like one, and every answer only takes it away."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, PrimaryButton, QuietButton, TonalButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import time_text, tr

_RAIL: Final = 4


class RehearsalLine(QWidget):
    """Stands for no appointment: Done, Later and Skip keep nothing."""

    answered = Signal()
    """One of the three was pressed."""

    def __init__(
        self, theme: Theme, at: datetime, *, first: bool, parent: QWidget | None = None
    ) -> None:
        """`at` is the wall time of the try; `first` tells that nothing else stands in the panel."""
        super().__init__(parent)
        self._theme = theme
        head = QHBoxLayout()
        head.setSpacing(10)
        disc = IconDisc(theme, "reminder", size=34)
        head.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Text(tr("This is a test reminder"), "strong"))
        second = tr("It looks like this, above your other windows · {time}", time=time_text(at))
        said.addWidget(Text(second, "second", "soft"))
        head.addLayout(said, 1)
        made = PrimaryButton if first else TonalButton
        self.done_button = made(theme, tr("Done"), "done", name=tr("Done: the test reminder"))
        self.later_button = PlainButton(theme, tr("Later"), name=tr("Later: the test reminder"))
        self.skip_button = QuietButton(theme, tr("Skip"), name=tr("Skip: the test reminder"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button, stretch in (
            (self.done_button, 3),
            (self.later_button, 2),
            (self.skip_button, 1),
        ):
            foot.addWidget(button, stretch)
            button.clicked.connect(self.answered)
        column = QVBoxLayout(self)
        column.setContentsMargins(_RAIL + 14, 14, 18, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(foot)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw ground, rail, and a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("card"))
        foot = self.height() - 1
        painter.fillRect(0, 0, _RAIL, foot, self._theme.colour("primary"))
        painter.fillRect(0, foot, self.width(), 1, self._theme.colour("line"))
