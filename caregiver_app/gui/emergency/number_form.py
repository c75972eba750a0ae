"""Types a number in on a page of help; it stands under what helps without it, never before."""

from __future__ import annotations

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
from caregiver_app.services.settings import NUMBER_LIMIT


class TypedForm(QWidget):
    """Some fields in the page's large letters, and one button that keeps them."""

    saved = Signal()

    def __init__(self, theme: Theme, *fields: LineField) -> None:
        super().__init__()
        self._theme, self._fields = theme, fields
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for field in fields:
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
        """Show an empty first field and put the keyboard into it."""
        for field in self._fields:
            field.set_error(None)
        self._fields[0].set_text("")
        self.show()
        self._fields[0].line.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what was typed, and say so; what is refused stands beside its field."""
        raise NotImplementedError

    def _dress(self) -> None:
        for field in self._fields:
            field.line.setFont(self._theme.font(STRONG))


class NumberForm(TypedForm):
    """The emergency number."""

    def __init__(self, house: Household, theme: Theme) -> None:
        self._house = house
        self.number = LineField(theme, tr("Your local emergency number"), icon="call")
        self.number.line.setMaxLength(NUMBER_LIMIT)
        super().__init__(theme, self.number)

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
