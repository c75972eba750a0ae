"""What fits the typed words: each level for itself, the first match with what to do at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.advice_block import ClinicWords
from caregiver_app.gui.watchlist.sign_cards import SignButton, TierLine, tier_head
from caregiver_app.gui.watchlist.sign_model import SignModel, is_raised
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.signs import Sign

_LONGEST_ON_BUTTON: Final = 24
_MOST_MILDER: Final = 6
"""So many signs that are no emergency stand below those that are, before "more" is pressed."""
FEWEST_LETTERS: Final = 2


class FoundCard(Card):
    """Right under the find field while something is typed, else not there.

    Every emergency that fits is shown; of the milder ones a few, the rest on demand.
    """

    chosen = Signal(str)
    own_words = Signal(str)
    own_sign = Signal(str)

    def __init__(self, theme: Theme, model: SignModel) -> None:
        super().__init__(theme, tr("What fits"))
        self._model = model
        self._typed = ""
        self._all = False
        self.found: list[Sign] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self._add_own(theme)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)
        self.hide()

    def _add_own(self, theme: Theme) -> None:
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        self.own = PlainButton(theme, "", "note-it")
        self.own.clicked.connect(lambda: self.own_words.emit(self._typed))
        self.keep = QuietButton(theme, tr("Keep it as a sign of your own"), "add")
        self.keep.clicked.connect(lambda: self.own_sign.emit(self._typed))
        flow.addWidget(self.own)
        flow.addWidget(self.keep)
        self.add(row)

    @property
    def is_asked(self) -> bool:
        """Tell whether enough is typed to look for."""
        return len(self._typed) >= FEWEST_LETTERS

    def show_for(self, typed: str) -> None:
        """Show what fits the typed words."""
        plain = " ".join(typed.split())
        if plain != self._typed:
            self._all = False
        self._typed = plain
        self.setVisible(self.is_asked or self.place.count() > 0)
        self.found = self._model.find(plain) if self.is_asked else []
        self._show()

    def _show(self) -> None:
        clear_layout(self._rows)
        asked = self.is_asked
        self.own.setVisible(asked)
        listed = {one.name.casefold() for one in self.found}
        self.keep.setVisible(asked and self._typed.casefold() not in listed)
        self.title.setVisible(asked)
        if not asked:
            return
        self.set_title(tr("What fits \u201c{words}\u201d", words=self._typed))
        self.own.set_words(
            tr("Write down \u201c{words}\u201d", words=_shortened(self._typed)),
            name=tr("Write down \u201c{words}\u201d", words=self._typed),
        )
        if not self.found:
            self._rows.addWidget(
                Text(tr("No sign of the list fits. Your own words can be kept."), "strong", "soft")
            )
            return
        self._show_found()

    def _show_found(self) -> None:
        first, *others = self.found
        milder = [one for one in others if not one.is_emergency]
        shown = milder if self._all else milder[:_MOST_MILDER]
        rest = [one for one in others if one.is_emergency or one in shown]
        same = [one for one in rest if one.tier == first.tier]
        self._rows.addWidget(self._first_match(first, same))
        for group in self._model.groups([one for one in rest if one.tier != first.tier]):
            self._rows.addWidget(TierLine(self._theme, self._model, group, self.chosen.emit))
        if len(shown) < len(milder):
            words = tr("{count} more", count=len(milder) - len(shown))
            more = QuietButton(self._theme, words)
            more.clicked.connect(self._show_all)
            self._rows.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _button(self, sign: Sign) -> SignButton:
        said = self._model.said(sign)
        return SignButton(self._theme, sign, said, self.chosen.emit, with_icon=True)

    def _first_match(self, sign: Sign, same: Sequence[Sign]) -> QWidget:
        """Return the best match with its call line and first step, and those of its level."""
        match = Card(self._theme, tone="alarm" if sign.is_emergency else "page")
        column = match.body
        column.setSpacing(6)
        own = self._model.group(sign.tier, ())
        column.addLayout(tier_head(self._theme, own.title, own.icon, own.ink))
        button = self._button(sign)
        call = self._model.call_line(sign.tier)
        do = self._first_steps(sign)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        ink = "alarm" if sign.is_emergency else "ink"
        column.addWidget(Text(f"{sign.name}: {call}", "strong", ink))
        because = self._model.why(sign)
        reasons = because.lines if because.tier == sign.tier else ()
        for reason in reasons:
            column.addWidget(Text(reason))
        if sign.clinic:
            column.addWidget(ClinicWords(self._theme, sign.clinic))
        if do:
            column.addWidget(Text(do))
        apart = self._tell_apart()
        clinic = tr("Your clinic says: {words}", words=sign.clinic) if sign.clinic else ""
        if apart:
            column.addWidget(Text(apart, "second", "soft"))
        heard = (sign.full, call, *reasons, clinic, do, apart)
        button.setAccessibleDescription(" ".join(one for one in heard if one))
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        for one in same:
            flow.addWidget(self._button(one))
        row.setVisible(bool(same))
        column.addWidget(row)
        return match

    def _tell_apart(self) -> str:
        """Return how to tell the first sign, an emergency, from a milder one that fits as well."""
        urgent = [one for one in self.found if one.is_emergency]
        if not urgent or len(urgent) == len(self.found):
            return ""
        return self._model.acting(urgent[0], urgent[0].tier).tell_apart

    def _first_steps(self, sign: Sign) -> str:
        """Return the first step, and after the call of an emergency the next one too."""
        steps = self._model.acting(sign, sign.tier).steps
        if steps:
            return " ".join(step.do for step in steps[: 2 if sign.is_emergency else 1])
        return self._model.action(sign.tier) if is_raised(sign, sign.tier) else sign.full

    def _show_all(self) -> None:
        self._all = True
        self._show()


def _shortened(typed: str) -> str:
    """Return as much of the typed words as a button in a narrow window can show."""
    if len(typed) <= _LONGEST_ON_BUTTON:
        return typed
    return f"{typed[:_LONGEST_ON_BUTTON].rstrip()}\u2026"
