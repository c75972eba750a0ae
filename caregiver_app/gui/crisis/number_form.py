"""Types the local crisis line in; it stands below the lines that help without it."""

from __future__ import annotations

from caregiver_app.errors import InputRefused, UserError
from caregiver_app.gui.emergency.number_form import TypedForm
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.settings import CRISIS_NAME, NUMBER_LIMIT, WORDS_LIMIT


class CrisisLineForm(TypedForm):
    """The number, and what the line is called."""

    def __init__(self, house: Household, theme: Theme) -> None:
        self._house = house
        self.number = LineField(theme, tr("Number of your local crisis line"), icon="call")
        self.name = LineField(theme, tr("What it is called"))
        self.number.line.setMaxLength(NUMBER_LIMIT)
        self.name.line.setMaxLength(WORDS_LIMIT)
        super().__init__(theme, self.number, self.name)

    def begin(self) -> None:
        """Show the name that is kept and put the keyboard into the number."""
        self.name.set_text(self._house.settings.text(CRISIS_NAME, ""))
        super().begin()

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
