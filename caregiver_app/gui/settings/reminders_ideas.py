"""Whether an idea of the support tab comes with the day's notice, and from which rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import ROOMS
from caregiver_app.gui.support.model import room_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class IdeasPart(QWidget):
    """Off until somebody ticks it; the rooms stand below while it is on."""

    def __init__(
        self, house: Household, theme: Theme, attempt: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__()
        self._house, self._attempt = house, attempt
        self.tick = TickRow(theme, tr("Bring an idea with it"), strong=False, fades=False)
        self.tick.state_changed.connect(self._switch)
        self._rooms = QWidget()
        self._rooms.setAccessibleName(tr("Rooms that ideas come from"))
        inside = QVBoxLayout(self._rooms)
        inside.setContentsMargins(theme.px(28), 0, 0, 0)
        inside.setSpacing(0)
        self.rooms: dict[str, TickRow] = {}
        for room in ROOMS:
            row = TickRow(theme, room_name(room), strong=False, fades=False)
            row.state_changed.connect(partial(self._choose, room))
            self.rooms[room] = row
            inside.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("Ideas of the support tab"), "second_strong"))
        column.addWidget(Text(_how(), "second", "soft"))
        column.addWidget(self.tick)
        column.addWidget(self._rooms)

    def show_kept(self) -> None:
        """Show whether they come, and from where."""
        prompts = self._house.prompts
        on, rooms = prompts.is_on(), prompts.rooms()
        self.tick.set_state("done" if on else "open")
        self._rooms.setVisible(on)
        for room, row in self.rooms.items():
            row.set_state("done" if room in rooms else "open")

    def _switch(self, state: str) -> None:
        self._attempt(lambda: self._house.prompts.switch(on=state == "done"))
        self.show_kept()

    def _choose(self, room: str, state: str) -> None:
        prompts = self._house.prompts
        before = [one for one in prompts.rooms() if one != room]
        rooms = [one for one in ROOMS if one in before or (one == room and state == "done")]
        self._attempt(lambda: prompts.set_rooms(rooms))
        self.show_kept()


def _how() -> str:
    return tr(
        "One line in the day’s one notice, at most one a day, never in quiet hours. What you put"
        " away with “No more like this” never comes again. Your notes are not looked at."
    )
