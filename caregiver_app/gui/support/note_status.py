"""The line below what is being written: kept, or not kept and why, with a way to try again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from caregiver_app.gui.support.note_keeper import Keeping
from caregiver_app.gui.support.note_words import kept_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household


class NoteStatus(QWidget):
    """Quiet while all is well; trouble is said in its colour, and to a screen reader at once."""

    again = Signal()
    """Somebody wants it to be tried again."""

    def __init__(self, theme: Theme, house: Household, *, before: str = "") -> None:
        """`before` is what stands there while nothing was written yet."""
        super().__init__()
        self._theme, self._house, self._before = theme, house, before
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._sign = QLabel()
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self.words = Text(before, "second", "soft")
        row.addWidget(self.words, 1)
        self.button = PlainButton(theme, tr("Try again"), name=tr("Try again to keep this note"))
        self.button.clicked.connect(self.again)
        row.addWidget(self.button)
        self.button.hide()
        self._sign.hide()

    def set_before(self, words: str) -> None:
        """Change what stands there while nothing was written."""
        if self.words.text() == self._before:
            self.words.setText(words)
        self._before = words

    def say_kept(self, state: Keeping) -> None:
        """Tell that a note was finished, to a screen reader as well."""
        self.show_state(state)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words.text()))

    def show_state(self, state: Keeping) -> None:
        """Tell how the keeping stands."""
        trouble = state.trouble
        if trouble is None:
            self.words.set_ink("soft")
            self.words.setText(kept_words(self._house, state) or self._before)
        else:
            said = tr("Not kept yet. Your words are still here. {why}", why=explain(trouble))
            self.words.set_ink("alarm")
            if said != self.words.text():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
            self.words.setText(said)
            self._sign.setPixmap(self._theme.pixmap("attention", "alarm", 16))
        self._sign.setVisible(trouble is not None)
        self.button.setVisible(trouble is not None)
