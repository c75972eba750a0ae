"""The lines of Settings about the calendar file that is kept up to date."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from caregiver_app.domain.times import in_zone
from caregiver_app.gui.calendar.filters import KIND_NAMES
from caregiver_app.gui.calendar.outgoing.feed_sheet import FeedSheet
from caregiver_app.gui.calendar.outgoing.stop_sheet import StopFeedSheet
from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.settings.other_place import OtherPlacePart
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.words import day_text, time_text, tr
from caregiver_app.services.feed import Choice
from caregiver_app.services.household import Household

_LOOK_MS: Final = 1_000


class FeedPart(OtherPlacePart):
    """Which file, what goes into it, when it was written or why not; choosing and stopping."""

    def __init__(self, house: Household, theme: Theme, files: FileActions) -> None:
        stop = QuietButton(theme, tr("Stop…"), name=tr("Stop keeping the file up to date"))
        super().__init__(theme, tr("A calendar file that is kept up to date"), stop)
        self._house, self._theme, self._files = house, theme, files
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.show_state)

    def show_kept(self) -> None:
        """Show what is chosen now."""
        chosen = self._house.feed.choice()
        self.stop.setVisible(chosen is not None)
        if chosen is None:
            self.choose.set_words(tr("Keep a calendar file up to date…"))
            self.about.setText(
                tr(
                    "In a synced folder, for example: calendars that read it again and again show"
                    " each change, with titles that say nothing of health if you like."
                )
            )
        else:
            self.choose.set_words(tr("Change…"), name=tr("Change the file that is kept up to date"))
            self.about.setText(f"{chosen.path}\n{self._content(chosen)}")
        self.show_state()

    def show_state(self) -> None:
        """Say when the file was written, or what is in the way."""
        chosen, standing = self._house.feed.choice(), self._house.feed.standing
        words = standing.trouble
        if not words and standing.written is not None:
            local = in_zone(standing.written, self._house.care.home)
            day = day_text(local.date(), self._house.care.today)
            near = day.lower() if local.date() == self._house.care.today else day
            words = tr("Written {day}, {time}.", day=near, time=time_text(local))
        elif not words:
            words = tr("It is about to be written.")
        self.state.setVisible(chosen is not None)
        if self.state.text() != words:
            self.state.setText(words)
        self.state.set_ink("warn" if standing.trouble else "soft")

    def _content(self, chosen: Choice) -> str:
        parts = [tr("Neutral titles") if chosen.neutral else tr("Titles as they are")]
        person = self._house.people.person(chosen.person) if chosen.person else None
        if person is not None:
            parts.append(tr("only {name}", name=person.name or tr("No name yet")))
        if chosen.kinds:
            names = [tr(name) for kind, name in KIND_NAMES.items() if kind in chosen.kinds]
            parts.append(tr("only these kinds: {kinds}", kinds=", ".join(names)))
        return tr("{parts}.", parts="; ".join(parts))

    def _choose(self) -> None:
        self._files.open(FeedSheet(self._house, self._theme, parent=self.window()))

    def _stop(self) -> None:
        self._files.open(StopFeedSheet(self._house, self._theme, parent=self.window()))

    # -- Qt ---------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look again and again while somebody looks."""
        super().showEvent(event)
        self.show_kept()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._timer.stop()
