"""Small things for the carer: one idea at a time, behind a fold; never again what was put away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.support_cards import Card
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.support.own_parts import LineRow, TurningRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

_ROOM = "carer"


class IdeasFold(Fold):
    """One idea, "Another one", "Not for me", and what was put away to bring back."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme, tr("A small thing for yourself"), role="strong")
        self._theme, self._house = theme, house
        self._person: str | None = None
        self._card: Card | None = None
        self._away: tuple[Card, ...] | None = None
        self.idea = Text("", "body")
        self.add(self.idea)
        row = TurningRow(theme)
        self.another = PlainButton(theme, tr("Another one"))
        self.another.clicked.connect(self._next)
        self.never = QuietButton(theme, tr("Not for me"))
        self.never.clicked.connect(self._put_away)
        row.addWidget(self.another)
        row.addWidget(self.never)
        row.addStretch(1)
        self.body.addLayout(row)
        self.away = Fold(theme, tr("Put away"), role="second_strong")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.away.body.addLayout(self._rows)
        self.add(self.away)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)

    @property
    def card(self) -> Card | None:
        """The idea that is shown, None where all were put away."""
        return self._card

    def show_person(self, person: str | None) -> None:
        """Show what is so now; decisions are kept with one person's, or nobody's yet."""
        choices = self._house.card_choices
        if person != self._person:
            self._person, self._card = person, None
        if self._card is None or choices.is_put_away(person, self._card.id):
            after = "" if self._card is None else self._card.id
            self._card = choices.next(person, _ROOM, after)
        self._show()

    def _show(self) -> None:
        card = self._card
        self.idea.setText(tr("You put all of them away.") if card is None else card.text)
        self.another.setVisible(card is not None)
        self.never.setVisible(card is not None and self._person is not None)
        away = self._house.card_choices.put_away(self._person, _ROOM)
        self.away.setVisible(bool(away))
        if away != self._away:
            self._away = away
            self._show_away(away)

    def _show_away(self, away: tuple[Card, ...]) -> None:
        self.away.head.set_title(count_text(len(away), "{count} put away", "{count} put away"))
        clear_layout(self._rows)
        for card in away:
            name = tr("Bring back: {idea}", idea=card.text)
            row = LineRow(self._theme, "for-you", card.text, tr("Bring back"), name=name)
            row.pressed.connect(partial(self._bring_back, card.id))
            self._rows.addWidget(row)

    def _next(self) -> None:
        after = "" if self._card is None else self._card.id
        self._card = self._house.card_choices.next(self._person, _ROOM, after)
        self._show()

    def _put_away(self) -> None:
        card = self._card
        if card is None:
            return
        self._attempt(partial(self._house.card_choices.never, self._person, card.id))
        hand: QWidget = self.another if self._card is not None else self.away.head
        hand.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_back(self, card: str) -> None:
        self._attempt(partial(self._house.card_choices.bring_back, self._person, card))
        self.head.setFocus(Qt.FocusReason.OtherFocusReason)

    def _attempt(self, act: partial[None]) -> None:
        self.wrong.hide()
        try:
            act()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        self.show_person(self._person)
