"""What a person does with a visit's bag, and what is said where it could not be kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.bag.live_words import RIDE, source_place
from caregiver_app.gui.bag.model import BagModel, Item
from caregiver_app.gui.bag.paper_sheet import PaperSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.trying import trying
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.messages import explain
from caregiver_app.services.household import Household


class BagHands(QObject):
    """Acts on the bag that the page shows, also where the next visit is another one by now."""

    asked = Signal(str, str, str)
    """Another place is wanted: (place, kind, item)."""
    ride_asked = Signal()
    refused = Signal(str, str)
    """Something was not kept: an item's key ("" for none), and why."""
    added = Signal(str)
    """An item was added: its key."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        model: BagModel,
        find: Callable[[str], Item | None],
        page: QWidget,
    ) -> None:
        """`find` returns an item that is shown; sheets open over `page`."""
        super().__init__(page)
        self._house, self._theme, self._model = house, theme, model
        self._find, self._page = find, page

    def attempt(self, act: Callable[[str], object], key: str = "") -> bool:
        """Do something with the visit, tell what was refused, and return whether it was kept."""
        visit = self._model.shown
        if visit is None:
            return False
        try:
            with trying(partial(self.attempt, act, key), self._page):
                act(visit)
        except UserError as error:
            self.refused.emit(key, explain(error))
            return False
        return True

    # -- One item ---------------------------------------------------------------------------------

    def set_state(self, key: str, state: str) -> None:
        """Mark it "to_pack", "packed" or "not_needed"."""
        self.attempt(lambda visit: self._house.bags.set_state(visit, key, state), key)

    def take_along(self, key: str) -> None:
        """Put what waited under maybe into the bag."""
        self.set_state(key, "to_pack")

    def set_brings(self, key: str, brings: str) -> None:
        """Say who brings it: "carer", "person" or "nobody"."""
        self.attempt(lambda visit: self._house.bags.set_brings(visit, key, brings), key)

    def open_paper(self, key: str) -> None:
        """Ask where a paper is."""
        visit, item = self._model.shown, self._find(key)
        if visit is None or item is None:
            return
        bags = self._house.bags

        def save(way: str, kept_at: str) -> None:
            bags.set_paper(visit, key, way, kept_at)

        self.open_sheet(PaperSheet(self._theme, item, save, self._page.window()))

    def it_is_there(self, key: str) -> None:
        """Take a paper that was sent off as arrived, and so as packed."""
        item = self._find(key)
        if item is not None:
            # Where it was while it was away is not where it is now.
            bags = self._house.bags
            self.attempt(lambda visit: bags.set_paper(visit, key, "received"), key)

    def open_source(self, key: str) -> None:
        """Go to where its words come from."""
        visit, item = self._model.visit, self._find(key)
        if visit is None or item is None:
            return
        if item.source == RIDE:
            self.ride_asked.emit()
            return
        place = source_place(item.source, visit.person)
        if place is not None:
            self.asked.emit(*place)

    def move(self, key: str, to: int) -> None:
        """Put it at another place of its group, 0 is the first."""
        self.attempt(lambda visit: self._house.bags.move(visit, key, to), key)

    def remove(self, key: str) -> None:
        """Take it out, or back under maybe."""
        self.attempt(lambda visit: self._house.bags.remove(visit, key), key)

    def add(self, label: str, group: str, scope: str) -> str:
        """Add something for "once", "always" or "clinic"; return why not, "" where it was."""
        visit, bags = self._model.shown, self._house.bags
        if visit is None:
            return ""
        always, here = scope != "once", scope == "clinic"
        try:
            key = bags.add(visit, label, group, every_visit=always, at_clinic=here)
        except UserError as error:
            return explain(error)
        self.added.emit(key)
        return ""

    # -- The whole bag ----------------------------------------------------------------------------

    def choose_list(self, template: str) -> None:
        """Pack by another list, "" by the one of the visit's type."""
        self.attempt(lambda visit: self._house.bags.choose_list(visit, template))

    def bring_bag(self) -> None:
        """Let the visit have a bag after all."""
        self.attempt(lambda visit: self._house.visits.set_part(visit, "bag", on=True))

    def open_sheet(self, sheet: Sheet) -> None:
        """Open a form over the window."""
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
