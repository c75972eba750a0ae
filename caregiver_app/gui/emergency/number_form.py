"""Types the emergency number in; it stands under the steps, never before them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.emergency.parts import STRONG, large
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

_LONGEST: Final = 40


class NumberForm(QWidget):
    """One field and one button."""

    saved = Signal()

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__()
        self._house, self._theme = house, theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.number = LineField(theme, tr("Your local emergency number"), icon="call")
        for text in self.number.findChildren(Text):
            text.setProperty("textRole", STRONG)
        self.number.line.setMaxLength(_LONGEST)
        self.number.line.returnPressed.connect(self.save)
        self.button = large(PlainButton(theme, tr("Save the number")))
        self.button.clicked.connect(self.save)
        column.addWidget(self.number)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._dress)
        self._dress()

    def begin(self) -> None:
        """Show an empty field and put the keyboard into it."""
        self.number.set_text("")
        self.number.set_error(None)
        self.show()
        self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the number."""
        number = self.number.value()
        if not any(letter.isdigit() for letter in number):
            self.number.set_error(tr("Type the number as you would dial it."))
            return
        try:
            self._house.settings.set("emergency_number", number)
        except UserError as error:
            self.number.set_error(explain(error))
            return
        self.saved.emit()

    def _dress(self) -> None:
        self.number.line.setFont(self._theme.font(STRONG))
