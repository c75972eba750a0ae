"""The pages that open over the signs and lead back to them: charts, the clinic's call sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QStackedLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.watchlist.charts_page import ChartsPage
from caregiver_app.services.household import Household


class BesidePage(Protocol):
    """A page over the signs: it speaks of one person, and `back` is its way out."""

    back: SignalInstance

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person."""
        ...

    def look_again(self) -> None:
        """Show what is kept now, or remember to do so when it is seen."""
        ...

    def enter(self, key: str) -> None:
        """Show the part called `key` ("": as it was left), and take the keyboard."""
        ...


PAGES: Final[dict[str, Callable[[Household, Theme], QWidget]]] = {
    "charts": ChartsPage,
    "call_sheet": CallPage,
}
"""How each page is made, by its name; each follows `BesidePage`."""


class Beside:
    """Makes each page when it is first asked for, and keeps it in the tab's stack."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        stack: QStackedLayout,
        back: Callable[[], None],
        asked: SignalInstance,
    ) -> None:
        """`asked` is what a page says that leads to another place: place, kind, item."""
        self._house, self._theme, self._stack, self._back = house, theme, stack, back
        self._asked = asked
        self._made: dict[str, QWidget] = {}

    def show(self, name: str, person_id: str | None, key: str = "") -> None:
        """Show a page by its name."""
        page = self._made.get(name)
        if page is None:
            page = self._made[name] = PAGES[name](self._house, self._theme)
            _as_page(page).set_person(person_id)
            _as_page(page).back.connect(self._back)
            leads = getattr(page, "asked", None)
            if leads is not None:
                leads.connect(self._asked)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        _as_page(page).enter(key)

    def set_person(self, person_id: str | None) -> None:
        """Let all of them speak of another person."""
        for page in self._made.values():
            _as_page(page).set_person(person_id)

    def look_again(self) -> None:
        """Let those that were opened show what is kept now."""
        for page in self._made.values():
            _as_page(page).look_again()

    def page(self, name: str) -> QWidget | None:
        """Return a page by its name while it is shown, else None."""
        shown = self._stack.currentWidget()
        return shown if shown is not None and shown is self._made.get(name) else None

    @property
    def is_open(self) -> bool:
        """Tell whether one of them is shown."""
        return any(self.page(name) is not None for name in self._made)


def _as_page(page: QWidget) -> BesidePage:
    return page  # pyright: ignore[reportReturnType] - every maker in PAGES follows the protocol
