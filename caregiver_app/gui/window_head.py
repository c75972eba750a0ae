"""The strip above the pages: person, search, undo, settings, Emergency, and the tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.gui.columns import one_column
from caregiver_app.gui.from_anywhere import CRISIS, CRISIS_KEY
from caregiver_app.gui.search.field import SearchField
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.whom import badge_colour, called
from caregiver_app.gui.widgets.buttons import EmergencyButton, IconButton
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.header_bar import HeaderBar, PersonPill
from caregiver_app.gui.widgets.tab_bar import TabBar
from caregiver_app.gui.widgets.text import Text, set_tip
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_TIGHT: Final = 560


class WindowHead(HeaderBar):
    """What is always in reach. The switcher is hidden while one person is cared for."""

    person_chosen = Signal(object)
    """The id of the person to show, None for everybody."""
    asked = Signal(str)
    """Somebody asked for a place."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        tabs: Sequence[tuple[str, str]],
        *,
        demo: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`tabs` are words and icon of each."""
        self.tab_bar = TabBar(theme, tr("Pages"))
        super().__init__(theme, self.tab_bar, parent)
        self._house = house
        self._people = 0
        for words, icon in tabs:
            self.tab_bar.add_tab(words, icon)
        self.name = Text(tr("Caregiver Companion"), "card_title", wrap=False)
        self.pill = PersonPill(theme, "", label=tr("Person"))
        self.pill.setMenu(QMenu(self.pill))
        self.search = SearchField(theme)
        self.undo_button = IconButton(theme, "undo", tr("Undo"))
        self.settings_button = IconButton(theme, "settings", tr("Settings"), key_hint="Ctrl+,")
        self.crisis_button = IconButton(
            theme, "lifeline", tr("Crisis panel: people to call"), key_hint=CRISIS_KEY
        )
        self.settings_button.clicked.connect(lambda: self.asked.emit("settings"))
        self.crisis_button.clicked.connect(lambda: self.asked.emit(CRISIS))
        self.emergency_button = EmergencyButton(theme, tr("Emergency"), key_hint="F2")
        self.add_left(self.name)
        self.add_left(self.pill)
        self._example = Chip(theme, tr("Example"), "ask") if demo else None
        if self._example is not None:
            self.add_left(self._example)
        self.add_centre(self.search)
        self.add_right(self.undo_button)
        self.add_right(self.settings_button)
        self.add_right(self.crisis_button)
        self.add_right(self.emergency_button)
        theme.changed.connect(self._give_room)

    def show_people(self, person_id: str | None) -> None:
        """Name the person who is shown, None for everybody, and offer the others."""
        people = self._house.people.people()
        self._people = len(people)
        self.pill.setVisible(len(people) > 1)
        self._give_room()
        chosen = None if person_id is None else self._house.people.person(person_id)
        name = tr("Everybody") if chosen is None else called(chosen) or tr("No name yet")
        colour = 1 if chosen is None else badge_colour(self._house, chosen.id)
        label = tr("Person: {name}", name=name)
        self.pill.set_person(name, colour, label=label, everybody=chosen is None)
        menu = self.pill.menu()
        menu.clear()
        for who, words in [(None, tr("Everybody"))] + [
            (one.id, one.name or tr("No name yet")) for one in people
        ]:
            action = menu.addAction(words.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(who == person_id)
            action.triggered.connect(lambda _on=False, who=who: self.person_chosen.emit(who))

    def show_undo(self, words: str | None) -> None:
        """Name what undo would take back; None: there is nothing."""
        self.undo_button.setEnabled(words is not None)
        said = tr("Nothing to undo") if words is None else tr("Undo: {change}", change=words)
        self.undo_button.setAccessibleName(said)
        set_tip(self.undo_button, f"{said} (Ctrl+Z)" if words else said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the program's name out where there is little room."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        narrow = one_column(self._theme, self.width())
        self.name.setVisible(self._people <= 1 and not narrow)
        # In the smallest window with the largest text, help stays in sight before all else.
        tight = self.width() < self._theme.px(_TIGHT)
        self.search.setMinimumWidth(self._theme.px(TARGET) if tight else 0)
        if self._example is not None:
            self._example.setVisible(not tight)
        # The style sheet's least width would let a layout cut the word.
        self.emergency_button.setMinimumWidth(self.emergency_button.sizeHint().width())
