"""Look: how large the words are, and whether the window is light or dark."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout

from caregiver_app.gui.settings.parts import Group
from caregiver_app.gui.settings.zone_line import ZoneLine
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr, weekday_name
from caregiver_app.pages.formats import CLOCK, WEEK_START
from caregiver_app.services.household import Household

SCALE: Final = "look.scale"
MODE: Final = "look.mode"
WEEK_STARTS: Final = ("0", "6", "5")
"""Monday, Sunday and Saturday: where weeks begin anywhere."""
SIZES: Final = ("100", "125", "150", "175", "200")
_PERCENT: Final = re.compile(r"[0-9]{1,4}")


class LookGroup(Group):
    """Each choice shows at once in the whole window."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(house, theme, tr("Look"))
        sizes = [(size, tr("{percent} %", percent=size)) for size in SIZES]
        self.sizes = Segmented(theme, sizes, name=tr("Text size"), arrows_choose=False)
        self._add_choice(tr("Text size"), self.sizes)
        self.odd_size = Text("", "second", "soft")
        self.add(self.odd_size)
        self.add(self._preview())
        modes = [
            ("system", tr("As the computer")),
            ("light", tr("Light")),
            ("dark", tr("Dark")),
        ]
        self.modes = Segmented(theme, modes, name=tr("Light or dark"), arrows_choose=False)
        self._add_choice(tr("Light or dark"), self.modes)
        weeks = [
            ("", tr("As the computer")),
            *((day, weekday_name(int(day))) for day in WEEK_STARTS),
        ]
        self.weeks = Segmented(theme, weeks, name=tr("First day of the week"), arrows_choose=False)
        self._add_choice(tr("First day of the week"), self.weeks)
        clocks = [("", tr("As the computer")), ("24", tr("21:30")), ("12", tr("9:30 pm"))]
        self.clocks = Segmented(theme, clocks, name=tr("Hours"), arrows_choose=False)
        self._add_choice(tr("Hours"), self.clocks)
        self.zone = ZoneLine(house, theme, self.attempt)
        self.add(self.zone)
        self.add(self.trouble)
        self.show_kept()
        self.sizes.changed.connect(self._set_size)
        self.modes.changed.connect(self._set_mode)
        self.weeks.changed.connect(partial(self._set, WEEK_START))
        self.clocks.changed.connect(partial(self._set, CLOCK))

    def _add_choice(self, label: str, choice: Segmented) -> None:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Text(label, "second_strong"))
        column.addWidget(choice)
        self.body.addLayout(column)

    def _preview(self) -> Card:
        card = Card(self.theme, tone="page")
        card.add(Text(tr("So large are the titles"), "card_title"))
        card.add(Text(tr("This is how the words look on every page of the program.")))
        card.add(Text(tr("And this is how small the second lines are."), "second", "soft"))
        return card

    def show_kept(self) -> None:
        """Show the size and the light that are kept."""
        self.zone.show_kept()
        size, mode = self._kept_size(), self._kept_mode()
        self.sizes.set_value(size if size in SIZES else None)
        self.odd_size.setText(tr("It is {percent} % now.", percent=size))
        self.odd_size.setVisible(size not in SIZES)
        self.modes.set_value(mode)
        kept = self.house.settings.shown
        self.weeks.set_value(week if (week := kept(WEEK_START, "")) in WEEK_STARTS else "")
        self.clocks.set_value(clock if (clock := kept(CLOCK, "")) in ("12", "24") else "")

    def _kept_size(self) -> str:
        kept = self.house.settings.shown(SCALE, SIZES[0])
        # As the theme takes it: what is no size counts as 100, what is too large or small is cut.
        return str(min(200, max(100, int(kept)))) if _PERCENT.fullmatch(kept) else SIZES[0]

    def _kept_mode(self) -> str:
        kept = self.house.settings.shown(MODE, "system")
        return kept if kept in ("system", "light", "dark") else "system"

    def _set_size(self, size: str | None) -> None:
        if size is not None and size != self._kept_size():
            self.attempt(lambda: self.house.settings.set(SCALE, size))

    def _set(self, name: str, chosen: str | None) -> None:
        if chosen is not None and chosen != self.house.settings.text(name, ""):
            self.attempt(lambda: self.house.settings.set(name, chosen))

    def _set_mode(self, mode: str | None) -> None:
        if mode is not None and mode != self._kept_mode():
            self.attempt(lambda: self.house.settings.set(MODE, mode))
