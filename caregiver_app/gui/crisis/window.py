"""The crisis panel over an open form."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app.gui.crisis.page import CrisisPage
from caregiver_app.gui.from_anywhere import EMERGENCY, ask_below
from caregiver_app.gui.over_form import OverForm
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class CrisisWindow(OverForm):
    """Back and Escape close it."""

    is_urgent = True
    """Nothing may lie over it."""

    def __init__(
        self, house: Household, theme: Theme, person_id: str | None, over: QWidget
    ) -> None:
        self.page = CrisisPage(house, theme)
        super().__init__(over, tr("Crisis panel"), self.page)
        self.page.back.connect(self.close)
        self.page.emergency_asked.connect(lambda: ask_below(self, EMERGENCY))
        self.page.show_for(person_id)
