"""How long the very first visit lasts, where it differs from the others."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.calendar.form.forms import LengthFields
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr


class FirstLength(LengthFields):
    """Hours and minutes; nothing, or nought, is as long as the others."""

    def __init__(
        self, theme: Theme, minutes: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, minutes or 0, parent)
        self.hours.set_label(tr("First visit lasts about"))
        self.hours.set_hint(tr("Empty: as long as the others"))
        row = self.layout()
        if row is not None:
            for field in (self.hours, self.minutes):
                row.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        if not minutes:
            self.set_same()

    def set_same(self) -> None:
        """Say that it is as long as the others."""
        self.hours.set_value(None)
        self.minutes.set_value(None)
