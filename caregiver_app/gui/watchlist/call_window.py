"""The call sheet over an open form."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from caregiver_app.gui.over_form import OverForm
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class CallWindow(OverForm):
    """Back and Escape close it. It leads to no other page: the form below waits."""

    def __init__(
        self, house: Household, theme: Theme, person_id: str | None, over: QWidget
    ) -> None:
        self._refused_close = False
        self.page = CallPage(house, theme, leads=False)
        super().__init__(over, tr("Call sheet for the clinic"), self.page)
        self.page.back.connect(self.close)
        self.page.set_person(person_id)
        self.page.ensure_built()
        self.page.enter()

    def done(self, result: int) -> None:
        """Keep what was typed, and give the keyboard back to the form.

        The first time that it cannot be kept this stays open: the words stand nowhere else.
        """
        if not self.page.keep_draft() and not self._refused_close:
            self._refused_close = True
            return
        super().done(result)
