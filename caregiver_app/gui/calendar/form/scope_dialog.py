"""Asks how far a change of a repeating appointment goes: this one, this and following, all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.lasting import lasting
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.series import Misfit, Scope
from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.calendar.form.forms import Trouble, person_pill
from caregiver_app.gui.lasting_words import until_day
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, long_date, short_date, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.series import Outcome

Verb = Literal["move", "change", "cancel", "delete"]
Act = Callable[[Scope], object]

_TITLES: Final = {
    "move": "Move {title}",
    "change": "Change {title}",
    "cancel": "Cancel {title}",
    "delete": "Delete {title}",
}
_PRIMARY: Final = {
    "move": "Move",
    "change": "Save",
    "cancel": "Cancel as chosen",
    "delete": "Delete",
}
_NAMES: Final = {
    "one": "Only this one",
    "following": "This and all following ones",
    "all": "All of them",
}
_WORDS: Final = {
    ("move", "one"): "Only {day} moves.",
    ("move", "following"): "From {day} on, all move by as much.",
    ("move", "all"): "Every date moves by as much, also past ones.",
    ("change", "one"): "Only {day} changes.",
    ("change", "following"): "From {day} on. The ones before stay as they are.",
    ("change", "all"): "Every date, also past ones.",
    ("cancel", "one"): "Only {day} is struck through. It reminds of nothing.",
    ("cancel", "following"): "From {day} on, all are struck through.",
    ("cancel", "all"): "Every date is struck through, also past ones.",
    ("delete", "one"): "Only {day} goes.",
    ("delete", "following"): "From {day} on, all go. The ones before stay.",
    ("delete", "all"): "The whole repetition goes, also its past dates.",
}
_FATES: Final = {
    "own": "The changed date {day} no longer fits and stays as an appointment of its own.",
    "dropped": "The cancelled date {day} no longer fits and goes.",
}


class ScopeDialog(Sheet):
    """Three choices, none preselected unless there is only one; nothing is changed before.

    `act` is called with the scope that was chosen; what it refuses is said at the head.
    """

    def __init__(
        self,
        house: Household,
        theme: Theme,
        appointment_id: str,
        key: str,
        *,
        verb: Verb,
        act: Act,
        new: Appointment | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`new` is what the date becomes; none where it is deleted.

        Raises:
            InputRefused: there is no such date any more.
        """
        self._shown = house.series.shown(appointment_id, key)
        super().__init__(
            theme,
            tr(_TITLES[verb], title=self._shown.title),
            icon="calendar",
            primary=tr(_PRIMARY[verb]),
            subtitle=_subtitle(house, self._shown, new if verb == "move" else None),
            cancel=tr("Leave as it is"),
            width=600,
            parent=parent,
        )
        pill = person_pill(house, theme, self._shown.person)
        if pill is not None:
            self.header.insertWidget(2, pill, 0, Qt.AlignmentFlag.AlignTop)
        self._house, self._id, self._key = house, appointment_id, key
        self._verb: Verb = verb
        self._new, self._act = new, act
        self.trouble = Trouble(theme)
        self.outcomes: dict[Scope, Outcome | None] = {}
        self.cards = [self._card(scope) for scope in self._scopes()]
        self.group = choice_group(self, self.cards)
        self.fate = Card(theme, tr("Dates that were changed before"), tone="sunk")
        self._fates: list[Text] = []
        for widget in (self.trouble, *self.cards, self.fate):
            self.add(widget)
        self.group.buttonToggled.connect(self._settle)
        self.confirmed.connect(self._confirm)
        open_ones = [card for card in self.cards if card.isEnabled()]
        if len(open_ones) == 1:
            open_ones[0].setChecked(True)
        self._settle()

    def scope(self) -> Scope | None:
        """Return what was chosen."""
        for scope in self.outcomes:
            if any(card.isChecked() and card.key == scope for card in self.cards):
                return scope
        return None

    def card(self, scope: Scope) -> ChoiceCard | None:
        """Return the card of a scope, None where it is not offered."""
        return next((card for card in self.cards if card.key == scope), None)

    def _scopes(self) -> Sequence[Scope]:
        if self._shown.rrule and not self._key:
            # The series is meant as a whole, not its first date.
            return ("all",)
        scopes = self._house.series.scopes(self._id, self._key)
        other_rule = self._new is not None and self._new.rrule != self._shown.rrule
        if other_rule and self._verb == "change":
            # Another repetition cannot be one of a single date.
            return tuple(scope for scope in scopes if scope != "one")
        return scopes

    def _card(self, scope: Scope) -> ChoiceCard:
        words, wrong = self._words(scope), ""
        try:
            found = self._house.series.preview(self._id, self._key, self._new, scope)
        except UserError as error:
            found, wrong = None, why(error)
        self.outcomes[scope] = found
        if found is not None and self._new is not None and self._verb in ("move", "change"):
            words = f"{words} {self._first(found, scope)}".strip()
        card = ChoiceCard(self.theme, scope, tr(_NAMES[scope]), wrong or words)
        card.setEnabled(not wrong)
        return card

    def _words(self, scope: Scope) -> str:
        return tr(_WORDS[self._verb, scope], day=_day(self._house, self._shown.start))

    def _first(self, found: Outcome, scope: Scope) -> str:
        """Return the first new dates, where they are others than before."""
        new = self._new
        if new is None or scope == "one":
            return ""
        if (new.start, new.rrule) == (self._shown.start, self._shown.rrule):
            return ""
        days = ", ".join(_short(self._house, one) for one in found.first)
        return tr("Then: {days} …", days=days) if days else ""

    def _settle(self) -> None:
        chosen = self.scope()
        self.primary.setEnabled(chosen is not None)
        self.note.setText(
            tr("One undo puts everything back.") if chosen else tr("Choose one first.")
        )
        found = None if chosen is None else self.outcomes[chosen]
        lines = [] if found is None else self._fate_lines(found)
        for old in self._fates:
            old.deleteLater()
        self._fates = [Text(line, "body") for line in lines]
        for text in self._fates:
            self.fate.add(text)
        self.fate.setVisible(bool(lines))
        if self.isVisible():
            self.fit()

    def _fate_lines(self, found: Outcome) -> list[str]:
        house = self._house
        lines = [
            tr(_FATES[one.fate], day=_day(house, one.original))
            for one in found.misfits
            if one.fate in _FATES
        ]
        gone: list[Misfit] = [one for one in found.misfits if one.fate == "left_out"]
        if gone:
            days = ", ".join(_short(house, one.original) for one in gone)
            lines.append(tr("Deleted before, and no date any more: {days}.", days=days))
        if found.kept:
            kept = count_text(
                len(found.kept),
                "{count} changed date goes along.",
                "{count} changed dates go along.",
            )
            lines.append(kept)
        return lines

    def _confirm(self) -> None:
        chosen = self.scope()
        if chosen is None:
            return
        try:
            self._act(chosen)
        except UserError as error:
            self.trouble.say(why(error))
            self.area.verticalScrollBar().setValue(0)
            return
        self.accept()


class RefusedSheet(Sheet):
    """Says why something could not be done that was asked for by hand or by key."""

    def __init__(self, theme: Theme, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("This stays as it is"),
            icon="calendar",
            primary=tr("All right"),
            cancel=tr("Close"),
            width=480,
            parent=parent,
        )
        self.cancel.hide()
        self.said = Text(sentence, "body")
        self.setAccessibleDescription(sentence)
        self.add(self.said)
        self.confirmed.connect(self.accept)


def why(error: UserError) -> str:
    """Return the sentences of an error, of each field's where there are several."""
    errors = error.errors if isinstance(error, FormRefused) else [error]
    return " ".join(explain(one) for one in errors)


def when_words(house: Household, moment: Moment) -> str:
    """Return "Tuesday 12 January, 9:30", the bare day for a whole one."""
    day = _day(house, moment)
    return day if isinstance(moment, AllDay) else f"{day}, {time_text(moment.local)}"


def time_words(house: Household, one: Appointment) -> str:
    """Return when an appointment is, with the last day of what lasts for several."""
    begins = when_words(house, one.start)
    days = lasting(Occurrence(one, one.start), house.care.home)
    return begins if days is None else tr("{start}, {until}", start=begins, until=until_day(days))


def _subtitle(house: Household, shown: Appointment, new: Appointment | None) -> str:
    before = time_words(house, shown)
    if new is None or new.start == shown.start:
        return before
    return f"{before}  →  {time_words(house, new)}"


def _day(house: Household, moment: Moment) -> str:
    day = wall(moment).date()
    return long_date(day, year=day.year != house.care.today.year)


def _short(house: Household, moment: Moment) -> str:
    day = wall(moment).date()
    return short_date(day, year=day.year != house.care.today.year)
