"""What has to be at hand for an injection at home: free lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import TextField
from caregiver_app.gui.words import tr


class KitField(TextField):
    """One thing a line, as the family writes it; empty lines fall away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Have at hand for an injection at home"),
            rows=3,
            hint=tr("One thing a line, as the nurse or the leaflet says."),
            parent=parent,
        )
        theme.changed.connect(self._stay_low)
        self._stay_low()

    def value(self) -> tuple[str, ...]:  # type: ignore[override]
        """Return the lines."""
        lines = (line.strip() for line in self.area.toPlainText().splitlines())
        return tuple(line for line in lines if line)

    def set_value(self, value: Sequence[str]) -> None:  # type: ignore[override]
        """Show these lines."""
        self.area.setPlainText("\n".join(value))

    def _stay_low(self) -> None:
        self.area.setMaximumHeight(self.area.minimumHeight())
