"""Whether somebody is well enough to go, asked on Today.

There is a card for each infusion of tomorrow, and of today until it ends. The cards are
made after the page was painted: they need what the first paint does without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.bundle import parts_off
from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.reminders import is_infusion
from caregiver_app.domain.times import day_of
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk
    from caregiver_app.gui.visit.well_card import WellEnoughCard


@value
class Going:
    """One infusion that somebody goes to soon; `name` is whose, "" where that needs no saying."""

    visit: str
    name: str


def goings(
    house: Household, coming: Sequence[Appointment], name_of: Callable[[str], str]
) -> list[Going]:
    """Return the next visits of tomorrow and today that ask "Well enough to go?"."""
    today, home = house.care.today, house.care.home
    found: list[Going] = []
    for visit in coming:
        if not is_infusion(visit) or (day_of(visit.start, home) - today).days > 1:
            continue
        plan = house.agenda.plan(visit.plan)
        if "well_enough" not in parts_off(visit, plan):
            found.append(Going(visit.id, name_of(visit.person)))
    return found


class GoingCards(QWidget):
    """The cards, each as long as its visit asks."""

    asked = Signal(str, str, str)
    """Somebody asked for another place: place, kind, item."""
    made = Signal()
    """Cards came or went: the keyboard goes another way."""

    def __init__(self, make: Callable[[], Desk]) -> None:
        super().__init__()
        self._make = make
        self._wanted: list[Going] = []
        self.cards: dict[str, WellEnoughCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show)
        self.hide()

    def show_goings(self, wanted: Sequence[Going]) -> None:
        """Show the cards of these visits, and of no others."""
        self._wanted = list(wanted)
        if wanted and not self.cards:
            self._later.start(0)
        else:
            self._show()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at."""
        return [stop for card in self.cards.values() for stop in card.stops()]

    def _show(self) -> None:
        visits = {one.visit: one for one in self._wanted}
        before = list(self.cards)
        for visit in [one for one in self.cards if one not in visits]:
            card = self.cards.pop(visit)
            card.hide()
            card.deleteLater()
        for visit, going in visits.items():
            card = self.cards.get(visit)
            if card is not None:
                card.look_again()
                continue
            title = tr("{name}: well enough to go?", name=going.name) if going.name else ""
            card = self.cards[visit] = self._make().visits.well_card(visit, title)
            card.asked.connect(self.asked)
            self._column.addWidget(card)
        self.setVisible(bool(self.cards))
        if list(self.cards) != before:
            self.made.emit()
