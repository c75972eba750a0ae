"""Asks which dates of a repeating appointment go: one, or all."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_ONE, _ALL = "one", "all"


class DeleteSeriesDialog(Sheet):
    """Two choices, none preselected; undo brings back either."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        appointment: Appointment,
        occurrence: str,
        *,
        day: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("Delete {title}", title=appointment.title),
            icon="calendar",
            primary=tr("Delete"),
            cancel=tr("Leave as it is"),
            width=520,
            parent=parent,
        )
        self._house, self._one, self._occurrence = house, appointment, occurrence
        self.cards = [
            ChoiceCard(theme, _ALL, tr("All of them"), tr("The whole repetition goes.")),
        ]
        if occurrence:
            only = ChoiceCard(theme, _ONE, tr("Only this one"), tr("Only {day} goes.", day=day))
            self.cards.insert(0, only)
        self.group = choice_group(self, self.cards)
        for card in self.cards:
            self.add(card)
        self.group.buttonToggled.connect(self._settle)
        self.confirmed.connect(self._delete)
        self._settle()

    def _settle(self) -> None:
        chosen = any(card.isChecked() for card in self.cards)
        self.primary.setEnabled(chosen)
        self.note.setText(tr("Undo brings it back.") if chosen else tr("Choose one first."))

    def _delete(self) -> None:
        chosen = next(card.key for card in self.cards if card.isChecked())
        if chosen == _ONE:
            self._house.agenda.remove_occurrence(self._one.id, self._occurrence)
        else:
            self._house.agenda.remove(self._one.id)
        self.accept()
