"""Which time zone the calendar runs on: the computer's, or one that the family keeps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.gui.zone_words import city
from caregiver_app.services.household import Household


class ZoneLine(QWidget):
    """Says it, and changes it at once. `attempt` says what cannot be kept."""

    def __init__(
        self, house: Household, theme: Theme, attempt: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__()
        self._house, self._attempt = house, attempt
        self.fact = Text("")
        self.consequence = Text("", "second", "soft")
        self.button = PlainButton(theme, "")
        self.button.clicked.connect(self._change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("Time zone of the calendar"), "second_strong"))
        column.addWidget(self.fact)
        column.addWidget(self.consequence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_kept()

    def show_kept(self) -> None:
        """Show what holds now."""
        zone = self._house.home_zone
        kept, computer = zone.kept, zone.computer
        if kept:
            self.fact.setText(tr("{city} time, kept", city=city(kept)))
            self.consequence.setText(
                tr("It stays so whatever zone the computer is in. Now that is {city}.",
                   city=city(computer))
            )  # fmt: skip
            self.button.set_words(tr("Go with the computer: {city} time", city=city(computer)))
        else:
            self.fact.setText(tr("As the computer: {city} time", city=city(computer)))
            self.consequence.setText(
                tr("On a journey you are asked whether to go with the time there.")
            )
            self.button.set_words(tr("Keep {city} time", city=city(computer)))

    def _change(self) -> None:
        zone = self._house.home_zone
        if zone.kept:
            self._attempt(zone.go_along)
        else:
            self._attempt(lambda: zone.keep(zone.computer))
        self.show_kept()
