"""The card of the days since the infusion, with the way to how long signs are watched for."""

from __future__ import annotations

from PySide6.QtCore import Qt

from caregiver_app.domain.entities import Person
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.since_model import Since, since_of
from caregiver_app.gui.watchlist.watch_length_sheet import WatchLengthSheet
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.day_strip import DayStrip
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class SinceCard(Card):
    """Hidden before the first infusion."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme, tr("Since the infusion"))
        self._house = house
        self._since: Since | None = None
        self._words = Text("", "second", "soft")
        self.strip = DayStrip(theme)
        self.length = QuietButton(theme, tr("How long to watch"), "time")
        self.length.clicked.connect(self._ask_length)
        self.add(self._words)
        self.add(self.strip)
        self.body.addWidget(self.length, 0, Qt.AlignmentFlag.AlignLeft)

    def refresh(self, person: Person | None) -> None:
        """Read the days of this person anew."""
        self._since = since = None if person is None else since_of(self._house, person.id)
        self.setVisible(since is not None)
        if since is None:
            return
        self.set_title(since.title)
        self._words.setText(since.fact)
        self.strip.setVisible(since.last > 0)
        self.length.setVisible(bool(since.plan))
        if since.last:
            self.strip.show_strip(since)

    def _ask_length(self) -> None:
        plan = None if self._since is None else self._house.plans.get(self._since.plan)
        if plan is not None:
            sheet = WatchLengthSheet(self._theme, self._house, plan, self.window())
            sheet.finished.connect(sheet.deleteLater)
            sheet.open()
