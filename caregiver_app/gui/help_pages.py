"""The pages of help: Emergency and the crisis panel, over the whole window or over an open form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from caregiver_app.gui.over_form import OverForm
from caregiver_app.gui.over_places import open_form
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.crisis.page import CrisisPage
    from caregiver_app.gui.emergency.page import EmergencyPage
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.main_window import MainWindow
    from caregiver_app.gui.watchlist.tab import WatchTab

    HelpPage = EmergencyPage | CrisisPage


class HelpPages:
    """Shows them whatever lies open; each is made when it is first asked for."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        later: Callable[[], type[Later]],
        window: MainWindow,
    ) -> None:
        self._house, self._theme = house, theme
        self._later, self._window = later, window
        self._emergency: EmergencyPage | None = None
        self._crisis: CrisisPage | None = None
        self._since = house.care.now
        self._below: HelpPage | None = None

    @property
    def shown(self) -> HelpPage | None:
        """The page that lies over the whole window, None for none."""
        layer = self._window.layer
        pages = (self._emergency, self._crisis)
        return next((one for one in pages if one is not None and one is layer), None)

    def show_emergency(self) -> None:
        """Show whom to call and what to do in an emergency."""
        later, over, person = self._later(), open_form(), self._window.person
        if over is not None:
            if not _comes_up(later.emergency_window, over):
                self._show_over(later.emergency_window(self._house, self._theme, person, over))
            return
        if self._emergency is None:
            self._emergency = later.emergency_page(self._house, self._theme)
            self._emergency.back.connect(self.step_back)
            self._emergency.write_down.connect(self._write_down)
        self._since = self._house.care.now
        self._emergency.let_write(not self._window.is_first_run)
        self._lay(self._emergency)

    def show_crisis(self) -> None:
        """Show whom to call and what to do when somebody is in danger."""
        later, over, person = self._later(), open_form(), self._window.person
        if over is not None:
            if not _comes_up(later.crisis_window, over):
                self._show_over(later.crisis_window(self._house, self._theme, person, over))
            return
        if self._crisis is None:
            self._crisis = later.crisis_page(self._house, self._theme)
            self._crisis.back.connect(self.step_back)
            self._crisis.emergency_asked.connect(self.show_emergency)
        self._lay(self._crisis)

    def step_back(self) -> None:
        """Go back to the page of help that was there before, else to what lies below."""
        below, self._below = self._below, None
        if below is None:
            self._window.leave_layer()
        else:
            self._window.lay_over(below)
            below.enter()

    def refresh(self) -> None:
        """Show what is kept now."""
        page = self.shown
        if page is not None:
            page.refresh()

    def _lay(self, page: HelpPage) -> None:
        self._window.hold_back(True)
        shown = self.shown
        if shown is not page:
            self._below = shown
        self._window.lay_over(page)
        page.show_for(self._window.person)
        if not self._window.isActiveWindow():
            # Asked for in the reminder panel or in the tray.
            self._window.come_up()

    def _show_over(self, page: OverForm) -> None:
        """Show a page over an open form, which stays as it is below."""
        self._window.hold_back(True)
        for gone in (page.finished, page.destroyed):
            gone.connect(self._window.release)
        page.show()

    def _write_down(self, sign: str, person: str) -> None:
        """Log what the emergency page was opened for, at the moment when it was opened."""
        self._window.open("watch")
        page = cast("WatchTab", self._window.page("watch"))
        page.write_down(sign, person, self._since)


def _comes_up(kind: type[OverForm], over: QWidget) -> bool:
    """Tell whether a window of that kind lies open already; what lies over it is closed."""
    above: list[QWidget] = []
    below: QWidget | None = over
    while below is not None:
        window = below.window()
        if isinstance(window, kind):
            for one in above:
                one.close()
            return True
        above.append(window)
        below = window.parentWidget()
    return False
