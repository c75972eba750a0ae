"""The second place for backups: which folder, how it stands there, choosing and giving it up."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent

from caregiver_app.domain.times import zone_of
from caregiver_app.gui.backup_words import when_text
from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.settings.other_place import OtherPlacePart
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.backups import SecondPlace
from caregiver_app.services.household import Household


class SecondPlacePart(OtherPlacePart):
    """Says where backups are copied to as well, and how it stands there."""

    def __init__(self, house: Household, theme: Theme, files: FileActions) -> None:
        stop = QuietButton(theme, tr("Stop copying backups there"))
        super().__init__(theme, tr("A second place for backups"), stop)
        self._house, self._files = house, files
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(self._stop)

    def show_kept(self) -> None:
        """Show what is chosen now."""
        place = self._house.backups.place()
        self.stop.setVisible(place is not None)
        self.state.setVisible(place is not None)
        if place is None:
            self.choose.set_words(tr("Choose a folder…"), name=tr("Choose a second place"))
            self.about.setText(
                tr(
                    "On a USB stick, or in a folder that is copied to another computer: when this"
                    " disk breaks, nothing is lost with it. These backups have no passphrase, so"
                    " keep the stick as safe as a diary."
                )
            )
            return
        self.choose.set_words(tr("Change…"), name=tr("Change the second place"))
        self.about.setText(str(place.folder))
        self.state.setText(self._state(place))
        self.state.set_ink("warn" if self._trouble(place) else "soft")

    def _choose(self) -> None:
        self._files.home.choose_second_place()
        self.show_kept()

    def _stop(self) -> None:
        self._files.home.use_second_place(None)
        self.show_kept()

    def _trouble(self, place: SecondPlace) -> str:
        error = self._house.backups.place_trouble
        return explain(error) if error is not None and place.is_there else ""

    def _state(self, place: SecondPlace) -> str:
        if not place.is_there:
            return tr(
                "Not there now. Once it is plugged in again, the newest backup is copied to it."
            )
        if trouble := self._trouble(place):
            return trouble
        if place.newest is None:
            return tr("No backup there yet.")
        care = self._house.care
        made = when_text(place.newest, zone_of(care.home), care.today)
        return tr("Last backup there: {when}.", when=made)

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether it is there."""
        super().showEvent(event)
        self.show_kept()
