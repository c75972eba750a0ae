"""Types the local crisis line in; it stands below the lines that help without it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.errors import InputRefused, UserError
from caregiver_app.gui.emergency.parts import STRONG, large
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.settings import CRISIS_NAME, NUMBER_LIMIT, WORDS_LIMIT


class CrisisLineForm(QWidget):
    """The number, what the line is called, and one button."""

    saved = Signal()

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__()
        self._house, self._theme = house, theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.number = LineField(theme, tr("Number of your local crisis line"), icon="call")
        self.name = LineField(theme, tr("What it is called"))
        self.number.line.setMaxLength(NUMBER_LIMIT)
        self.name.line.setMaxLength(WORDS_LIMIT)
        for field in (self.number, self.name):
            for text in field.findChildren(Text):
                text.setProperty("textRole", STRONG)
            field.line.returnPressed.connect(self.save)
            column.addWidget(field)
        self.button = large(PlainButton(theme, tr("Save the number")))
        self.button.clicked.connect(self.save)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._dress)
        self._dress()

    def begin(self) -> None:
        """Show what is kept and put the keyboard into the number."""
        self.number.set_text("")
        self.name.set_text(self._house.settings.text(CRISIS_NAME, ""))
        self.show()
        self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep the line."""
        for field in (self.number, self.name):
            field.set_error(None)
        try:
            self._house.settings.set_crisis_line(self.name.value(), self.number.value())
        except UserError as error:
            named = isinstance(error, InputRefused) and error.field == CRISIS_NAME
            (self.name if named else self.number).set_error(explain(error))
            return
        self.saved.emit()

    def _dress(self) -> None:
        for field in (self.number, self.name):
            field.line.setFont(self._theme.font(STRONG))
