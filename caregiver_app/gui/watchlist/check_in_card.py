"""The card of today's check-in: what stands in it, and the way to its form."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caregiver_app.domain.entities import CheckIn
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.model import check_in_words
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.check_ins import says_nothing


class CheckInCard(Card):
    """Says what was written of today; `ask` opens the form."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Quick check-in"))
        self._told = Text("", "second", "soft")
        self.add(self._told)
        self.ask = PlainButton(theme, tr("How is the day?"), "note-it")
        self.body.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)

    def show_check_in(self, today: CheckIn | None) -> None:
        """Show today's check-in, None while there is none."""
        self._told.setText(_words(today))


def _words(today: CheckIn | None) -> str:
    if today is None:
        return tr("Pain, tiredness, stiffness, sleep, mood. Leave out what you do not know.")
    if says_nothing(today):
        return tr("Today: nothing so far. A check-in can still be added.")
    flare = tr("a day of a flare") if today.flare else ""
    possible = " ".join(today.possible.split())
    told = ", ".join(part for part in (check_in_words(today), flare) if part)
    return tr("Today: {told}", told=". ".join(part for part in (told, possible) if part))
