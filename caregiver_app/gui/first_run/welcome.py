"""The sentence that has to be accepted before anything else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PrimaryButton, QuietButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

_ABOVE: Final = 56


class Welcome(QWidget):
    """One sentence, one button; and a quiet door for whoever brings a backup."""

    accepted = Signal()
    restore_asked = Signal()

    def __init__(self, theme: Theme, sentence: str) -> None:
        super().__init__()
        self.trouble = Trouble(theme)
        self.sentence = Text(sentence, "prompt")
        # The reading begins here: no button waits under a finger.
        self.sentence.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button = PrimaryButton(theme, tr("I understand"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(Text(tr("Welcome. Please read this first."), "body", "soft"))
        column.addWidget(self.sentence)
        column.addSpacing(12)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.trouble)
        after = tr("Then come four short steps. Each can be skipped, and left for later.")
        column.addWidget(Text(after, "second", "soft"))
        self.restore = QuietButton(theme, tr("I already have a backup"), "keep")
        column.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        self.restore.clicked.connect(self.restore_asked)
        self.set_roomy(roomy=True)
        self.button.clicked.connect(self.accepted)

    def set_roomy(self, *, roomy: bool) -> None:
        """Leave the space above out of a low window."""
        self.setContentsMargins(0, _ABOVE if roomy else 0, 0, 0)
