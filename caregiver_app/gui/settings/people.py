"""People and numbers: who is cared for, and whom to call when every minute counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.settings.parts import Group, KeptField, PersonRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.services.settings import (
    CRISIS_NAME,
    CRISIS_NUMBER,
    CRISIS_TEXT,
    EMERGENCY_NUMBER,
    POISON_NUMBER,
    SAFETY_NUMBER,
)


class PeopleGroup(Group):
    """Each person opens in the Care plan; the numbers for the worst moments are the family's."""

    kinds: ClassVar[frozenset[str]] = frozenset(("setting", "person"))

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(house, theme, tr("People and numbers"))
        self._shown: list[tuple[str, str]] | None = None
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(2)
        self.add(self._rows)
        self.add_person = PlainButton(theme, tr("Add another person"), "add")
        self.add_person.clicked.connect(partial(self.asked.emit, "care", "person", ""))
        self.body.addWidget(self.add_person, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(Rule())
        self.emergency = self._number(
            tr("Local emergency number"),
            tr("As you would dial it. The Emergency page (F2) shows it first."),
            EMERGENCY_NUMBER,
        )
        self.poison = self._number(
            tr("Poison line"),
            tr("As you would dial it. It is printed on the emergency sheet."),
            POISON_NUMBER,
        )
        self.add_pair(self.emergency, self.poison)
        self.crisis = self._number(
            tr("Local crisis line"),
            tr("As you would dial it. The crisis panel (F4) shows it."),
            CRISIS_NUMBER,
        )
        self.crisis_name = self._words(
            tr("Its name"), tr("As it calls itself, if you like."), CRISIS_NAME
        )
        self.add_pair(self.crisis, self.crisis_name)
        self.crisis_text = self._words(
            tr("Crisis line in writing"),
            tr("A number to text, or where to chat, as they tell it."),
            CRISIS_TEXT,
        )
        self.safety = self._number(
            tr("Local safety service"),
            tr("For whoever is not safe at home. Everybody at this computer can see it."),
            SAFETY_NUMBER,
        )
        self.add_pair(self.crisis_text, self.safety)
        self.add(Rule())
        self.add(
            Text(
                tr("Other numbers, like the clinic and friends, stand in the Care plan."),
                "second",
                "soft",
            )
        )
        self.contacts = QuietButton(theme, tr("Open the numbers in the Care plan"), "call")
        self.contacts.clicked.connect(partial(self.asked.emit, "care", "contact", ""))
        self.body.addWidget(self.contacts, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.trouble)

    def _number(self, label: str, hint: str, setting: str) -> LineField:
        field = LineField(self.theme, label, icon="call", hint=hint)
        return self._kept(field, setting, self.house.settings.set_number)

    def _words(self, label: str, hint: str, setting: str) -> LineField:
        field = LineField(self.theme, label, hint=hint)
        return self._kept(field, setting, self.house.settings.set_words)

    def _kept(self, field: LineField, setting: str, keep: Callable[[str, str], None]) -> LineField:
        settings = self.house.settings
        kept = KeptField(
            field,
            lambda: settings.text(setting, "").strip(),
            lambda: keep(setting, field.text()),
        )
        self.fields.append(kept)
        return field

    def show_kept(self) -> None:
        """Show who is cared for now, and the numbers that are kept."""
        super().show_kept()
        people = [(one.id, one.name) for one in self.house.people.people()]
        if people != self._shown:
            self._shown = people
            self._show_people(people)

    def _show_people(self, people: list[tuple[str, str]]) -> None:
        clear_layout(self._list)
        for place, (who, name) in enumerate(people):
            colour = place % 2 + 1
            said = name or tr("No name yet")
            row = PersonRow(self.theme, said, colour, tr("Open in the Care plan"))
            row.clicked.connect(partial(self.asked.emit, "care", "person", who))
            self._list.addWidget(row)
        words = tr("Add another person") if people else tr("Add the person you care for")
        self.add_person.set_words(words)
