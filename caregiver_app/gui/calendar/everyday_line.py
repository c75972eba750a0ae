"""Says that the medicines of every day are left out of the calendar, and shows them on request."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

_SETTING = "calendar.everyday"


class EverydayLine(QWidget):
    """A quiet line below the list. What was chosen is remembered."""

    changed = Signal()

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._there = False
        self.shows = house.settings.shown(_SETTING, "") == "yes"
        self.words = Text("", "second", "soft")
        self.button = QuietButton(theme, "")
        self.button.clicked.connect(self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._say()

    def look(self, person: str | None) -> None:
        """Be there when there is something to leave out."""
        self._there = self._house.agenda.has_everyday(person)
        self.settle()

    def settle(self) -> None:
        """Be there, or not, also at another place."""
        self.setVisible(self._there)

    def _turn(self) -> None:
        self.shows = not self.shows
        self._say()
        try:
            self._house.settings.remember(calendar__everyday="yes" if self.shows else "")
        except UserError as error:
            self.words.setText(explain(error))
        self.changed.emit()

    def _say(self) -> None:
        shown, hidden = tr("With everyday medicines."), tr("Everyday medicines are left out here.")
        self.words.setText(shown if self.shows else hidden)
        name = tr("Leave everyday medicines out") if self.shows else tr("Show everyday medicines")
        self.button.set_words(tr("Leave out") if self.shows else tr("Show"), name=name)
