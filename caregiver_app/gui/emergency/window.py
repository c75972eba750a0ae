"""The emergency page over an open form."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app.gui.emergency.page import EmergencyPage
from caregiver_app.gui.over_form import OverForm
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class EmergencyWindow(OverForm):
    """Back and Escape close it."""

    is_urgent = True
    """Nothing may lie over it."""

    def __init__(
        self, house: Household, theme: Theme, person_id: str | None, over: QWidget
    ) -> None:
        self.page = EmergencyPage(house, theme, offers_writing=False)
        super().__init__(over, tr("Emergency"), self.page)
        self.page.back.connect(self.close)
        self.page.show_for(person_id)
