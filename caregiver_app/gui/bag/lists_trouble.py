"""The line that says that the file with the packing lists can't be used, and what is used now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app.assets import path_of
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.template_file import NAME


class ListsTrouble(Banner):
    """Hidden while the file is fine. What is wrong is named with its line; packing goes on."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent=parent)
        self._house = house
        self.hide()

    def look(self) -> None:
        """Say what is wrong, or go away."""
        lists = self._house.reference.lists
        trouble = lists.trouble
        self.setVisible(trouble is not None)
        if trouble is None:
            return
        said = tr("There is no good copy of it, so only your own items are on the lists.")
        if lists.has_copy:
            said = tr("The lists that were good last are used until it is mended.")
        said = f"{said} {tr('The file: {path}', path=path_of(NAME))}"
        self.set_words(explain(trouble), said)
        self.setAccessibleDescription(said)
