"""Whether Today asks in the evening how the day was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import time_text, tr
from caregiver_app.services.day_asking import FROM, DayAsking
from caregiver_app.services.household import Household


class DayPart(QWidget):
    """On until somebody unticks it; it is a card on Today and never a notice."""

    def __init__(
        self, house: Household, theme: Theme, attempt: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__()
        self._asking = DayAsking(house.care, house.settings)
        self._attempt = attempt
        self.tick = TickRow(theme, tr("Ask how the day was on Today"), strong=False, fades=False)
        self.tick.state_changed.connect(self._switch)
        self._how = Text("", "second", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("How the day was"), "second_strong"))
        column.addWidget(self._how)
        column.addWidget(self.tick)

    def show_kept(self) -> None:
        """Show whether it asks."""
        self.tick.set_state("done" if self._asking.is_on() else "open")
        self._how.setText(
            tr(
                "A quiet card from {time} on, while nothing is written of the day. Never a notice.",
                time=time_text(FROM),
            )
        )

    def _switch(self, state: str) -> None:
        self._attempt(lambda: self._asking.switch(on=state == "done"))
