"""What was written down and has no end yet, on Today: whether it is over, how it is now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.over_menu import fill_over, pop_below
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

_MOST: Final = 4
_MORE: Final = "{count} more under Side effects."
Told = Sequence[tuple[str, SideEffect]]


class StillCard(Card):
    """A few words for each entry, and its button; it never asks by itself."""

    asked = Signal(str, str, str)
    """Somebody asked for another place: place, kind, item."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(theme, tr("How is it now?"), link=tr("Side effects"))
        self._house = house
        self._said: list[tuple[str, str, SideEffect]] = []
        self.buttons: list[QWidget] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self.body.addLayout(self._rows)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        if self.link is not None:
            self.link.clicked.connect(lambda: self.asked.emit("watch", "", ""))

    def show_still(self, shown: Told) -> None:
        """Show these entries, each with whose it is."""
        said = [(*self._words(name, entry), entry) for name, entry in shown]
        if said != self._said:
            self._show_anew(said)
        # Last: rows put into a card that is seen already are shown one after the other.
        self.setVisible(bool(shown))

    def _show_anew(self, said: list[tuple[str, str, SideEffect]]) -> None:
        held = any(one.hasFocus() for one in self.buttons)
        self._said = said
        self.wrong.hide()
        self.buttons = []
        clear_layout(self._rows)
        for title, when, entry in said[:_MOST]:
            self._rows.addWidget(self._row(title, when, entry))
        rest = len(said) - _MOST
        if rest > 0:
            more = tr(_MORE, count=rest)
            self._rows.addWidget(Text(more, "second", "soft"))
        if held and self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [*([] if self.link is None else [self.link]), *self.buttons]

    def _words(self, name: str, entry: SideEffect) -> tuple[str, str]:
        """Return what it is and when it was, "Headache" and "Since 9:00. Still going on."."""
        sign = self._house.watch.sign_name(entry.sign)
        title = tr("{name}: {sign}", name=name, sign=sign) if name else sign
        when = self._when(entry)
        if entry.going_on:
            return title, tr("Since {when}. Still going on.", when=when)
        return title, tr("Today, {time}", time=when) if self._is_of_today(entry) else when

    def _is_of_today(self, entry: SideEffect) -> bool:
        timed = not isinstance(entry.at, AllDay)
        return timed and wall(entry.at).date() == self._house.care.today

    def _row(self, title: str, when: str, entry: SideEffect) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(title, "strong"))
        column.addWidget(Text(when, "second", "soft"))
        hands = QWidget()
        flow = FlowLayout(hands, across=8, down=4)
        if entry.going_on:
            over = PlainButton(self._theme, tr("It is over"), name=f"{tr('It is over')}: {title}")
            over.clicked.connect(lambda: self._ask_end(entry, over))
            self.buttons.append(over)
            flow.addWidget(over)
        kind = QuietButton if entry.going_on else PlainButton
        say = kind(self._theme, tr("Say how it is"), name=f"{tr('Say how it is')}: {title}")
        say.clicked.connect(lambda: self._open("course", entry))
        self.buttons.append(say)
        flow.addWidget(say)
        column.addWidget(hands)
        return row

    def _when(self, entry: SideEffect) -> str:
        """Return "2:04", "Thu 19 Mar, 16:20", or the day alone where no hour was written."""
        local = wall(entry.at)
        today = self._house.care.today
        if isinstance(entry.at, AllDay):
            return short_date(local.date())
        if self._is_of_today(entry):
            return time_text(local)
        day = short_date(local.date(), year=local.year != today.year)
        return f"{day}, {time_text(local)}"

    def _ask_end(self, entry: SideEffect, button: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(button.accessibleName())
        close, pick = partial(self._close, entry), partial(self._open, "over", entry)
        fill_over(menu, self._house.care, entry, close, pick)
        pop_below(menu, button)

    def _close(self, entry: SideEffect, at: Moment | None) -> None:
        self.wrong.hide()
        try:
            self._house.watch.close(entry.id, at)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()

    def _open(self, asks: str, entry: SideEffect) -> None:
        self.asked.emit("watch", asks, entry.id)
