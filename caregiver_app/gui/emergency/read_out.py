"""The right of the emergency page: what to read out on the phone, and whom else to call."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Person
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.emergency.model import EmergencyModel, Part
from caregiver_app.gui.emergency.parts import LARGE, STRONG, TITLE, FactText, PhoneRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import badge_colour
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Badge
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text, plain_tooltip
from caregiver_app.gui.words import tr
from caregiver_app.services.emergency import EmergencyFacts
from caregiver_app.services.household import Household

_MOST_PHONES: Final = 6
_MOST_OF_ALL: Final = 8
"""So many numbers are shown of one person, and of everybody while nobody is chosen."""


class ReadOutColumn(QWidget):
    """A card to read out, and the numbers below it. With several people it asks which one.

    `person_chosen` carries the id of the one who was chosen.
    """

    person_chosen = Signal(str)

    def __init__(self, house: Household, theme: Theme, model: EmergencyModel) -> None:
        super().__init__()
        self._house, self._theme, self._model = house, theme, model
        self.whose: Segmented | None = None
        self._ask = Text()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.card = Card(theme, tone="edge")
        self.card.setAccessibleName(tr("Read this out"))
        self._head, self._lines = QVBoxLayout(), QVBoxLayout()
        for layout in (self._head, self._lines):
            layout.setSpacing(8)
            self.card.body.addLayout(layout)
        column.addWidget(self.card)
        self.missing = Text("", STRONG, "alarm")
        self.missing.hide()
        column.addWidget(self.missing)
        self._phones = QVBoxLayout()
        self._phones.setSpacing(0)
        column.addLayout(self._phones)
        column.addStretch(1)

    def begin(self, person: Person | None) -> None:
        """Show whose facts are read out; with several people, to choose from."""
        clear_layout(self._head)
        self.whose = None
        people = self._model.people()
        line = QHBoxLayout()
        line.addWidget(Text(tr("Read this out"), TITLE), 1)
        self._head.addLayout(line)
        self._ask = Text(tr("Who needs help? Tap the name."), LARGE)
        self._head.addWidget(self._ask)
        if len(people) > 1:
            self._add_choice(people, person)
        elif person is not None and person.name:
            colour = badge_colour(self._house, person.id)
            badge = Badge(self._theme, person.name, colour, size=40)
            badge.setFont(self._theme.font(STRONG))
            line.addWidget(badge)

    def show_facts(self, facts: EmergencyFacts) -> None:
        """Show what to tell about a person, or ask who it is."""
        clear_layout(self._lines)
        self._ask.setVisible(facts.person is None and self.whose is not None)
        if facts.person is None and self.whose is None:
            say = tr("Say who it is, which medicine, when the last infusion ended.")
            self._fact([(say, False)])
        for line in self._model.lines(facts):
            self._fact(line)
        if facts.person is not None:
            self._add_place(facts.person)
        clear_layout(self._phones)
        most = _MOST_OF_ALL if facts.person is None else _MOST_PHONES
        for place, phone in enumerate(self._model.phones(facts)[:most]):
            if place:
                self._phones.addWidget(Rule())
            self._phones.addWidget(PhoneRow(self._theme, phone, in_large=True))

    def show_missing(self, words: str) -> None:
        """Say what could not be read, "" for nothing."""
        self.missing.setText(words)
        self.missing.setVisible(bool(words))

    def _add_choice(self, people: list[Person], chosen: Person | None) -> None:
        names = [one.name or tr("The person I care for") for one in people]
        shown = [self._shortened(name) for name in names]
        self.whose = Segmented(
            self._theme,
            list(zip([one.id for one in people], shown, strict=True)),
            name=tr("Who needs help?"),
            chosen=None if chosen is None else chosen.id,
            large=True,
        )
        for segment, name in zip(self.whose.segments, names, strict=True):
            segment.setAccessibleName(name)
            segment.setToolTip(plain_tooltip(name))
        self.whose.changed.connect(self._chosen)
        self._head.addWidget(self.whose)

    def _shortened(self, name: str) -> str:
        """Return a name that fits on a narrow page; people of one family differ at the end too."""
        metrics = QFontMetrics(self._theme.font(STRONG))
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, self._theme.px(320))

    def _chosen(self, person_id: object) -> None:
        if isinstance(person_id, str):
            self.person_chosen.emit(person_id)

    def _add_place(self, person: Person) -> None:
        """Add where help has to come, and what a stranger should know."""
        told = (
            (tr("We are at"), person.address, True),
            (tr("Good to know"), person.good_to_know, False),
        )
        for label, text, bold in told:
            if text:
                self._lines.addWidget(Rule())
                self._lines.addWidget(Text(label, LARGE, "soft"))
                self._fact([(text, bold)])

    def _fact(self, parts: list[Part]) -> None:
        self._lines.addWidget(FactText(self._theme, parts))
