"""What is usual for a medicine, as the reference says it: shown, and filled in only on a click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence, MedicineInfo, Regimen
from caregiver_app.domain.prefill import Prefill, prefill
from caregiver_app.gui.calendar.plan.ask_card import AskCard
from caregiver_app.gui.calendar.plan.rows import TurningRows
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.plan_words import and_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words
from caregiver_app.services.reference import Reference


class UsualCard(Card):
    """Hidden until the typed medicine is one that the reference knows."""

    fill_in = Signal(object)
    """The `Prefill` that was asked for."""
    replace_asked = Signal(object)
    """The `Prefill` that may take the place of what was typed by hand."""
    more_asked = Signal(str)
    """The id of the medicine of which somebody wants to read more."""

    def __init__(self, theme: Theme, reference: Reference, parent: QWidget | None = None) -> None:
        super().__init__(theme, tone="tint", parent=parent)
        self._reference = reference
        self._medicine: MedicineInfo | None = None
        self._shown: Regimen | None = None
        self._group: QButtonGroup | None = None
        self.choices: list[ChoiceCard] = []
        """One for each rhythm, where there are several; none is chosen."""
        self.names_note = Text("", "second_strong")
        self._which = Text(tr("Which of these did the clinic choose?"), "strong")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.usual = Text("", "strong")
        self.note = Text("", "second")
        self.source = Text("", "second")
        self.safety = Text(words("safety.everywhere"), "second")
        self.button = PlainButton(theme, tr("Fill in"))
        self.others = QuietButton(theme, tr("Choose another"))
        self.more = QuietButton(theme, tr("More about this medicine…"))
        self.asks = AskCard(theme, tr("Replace it"), tr("Keep what I typed"))
        self._lay_out()
        self.setAccessibleName(tr("What is usual"))
        self.button.clicked.connect(self._fill)
        self.others.clicked.connect(lambda: self._fold_choices(folded=False))
        self.more.clicked.connect(self._ask_for_more)
        self.asks.yes.clicked.connect(self._replace)
        self.asks.no.clicked.connect(self.asks.hide)
        self.hide()

    def _lay_out(self) -> None:
        told, ways = QWidget(), QWidget()
        said = QVBoxLayout(told)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(2)
        said.addWidget(self.usual)
        said.addWidget(self.note)
        row = TurningRows(self._theme, self).row((told, 1), (self.button, 0))
        flow = FlowLayout(ways)
        for button in (self.others, self.more):
            flow.addWidget(button)
        self.add(self.names_note)
        self.add(self._which)
        self.body.addLayout(self._cards)
        self.body.addLayout(row)
        self.add(self.asks)
        for one in (self.source, self.safety):
            self.add(one)
        self.add(ways)

    def show_medicine(self, found: MedicineInfo | None) -> None:
        """Show what is usual for this medicine; nothing for None."""
        if found is self._medicine:
            return
        self._medicine = found
        regimens = () if found is None else found.regimens
        clear_layout(self._cards)
        several = len(regimens) > 1
        self.choices = [self._card(one) for one in regimens] if several else []
        self._group = choice_group(self, self.choices)
        for card in self.choices:
            self._cards.addWidget(card)
        self._fold_choices(folded=False)
        self.names_note.setText("" if found is None else found.names_note)
        self.names_note.setVisible(bool(self.names_note.text()))
        self._show(None if several or not regimens else regimens[0])
        self.setVisible(found is not None and bool(regimens))

    def choose(self, regimen_id: str) -> None:
        """Choose one of several rhythms."""
        for card in self.choices:
            card.setChecked(card.key == regimen_id)

    def filled(self) -> None:
        """What was chosen stands in the form now: the other choices give way."""
        self._fold_choices(folded=True)

    def ask(self, typed: Sequence[str]) -> None:
        """Ask whether what was typed by hand in these fields gives way."""
        fields = and_text([f"“{label}”" for label in typed])
        self.asks.ask(
            tr("You changed {fields} yourself. Replace that with what is usual?", fields=fields)
        )

    # -- Within -----------------------------------------------------------------------------------

    def _fold_choices(self, *, folded: bool) -> None:
        several = bool(self.choices)
        for one in (self._which, *self.choices):
            one.setVisible(several and not folded)
        self.others.setVisible(several and folded)

    def _card(self, regimen: Regimen) -> ChoiceCard:
        card = ChoiceCard(self._theme, regimen.id, regimen.label, "; ".join(regimen.conditions))
        card.toggled.connect(partial(self._chosen, regimen))
        return card

    def _chosen(self, regimen: Regimen, on: bool) -> None:
        if on:
            self._show(regimen)

    def _show(self, regimen: Regimen | None) -> None:
        self._shown = regimen
        self.asks.hide()
        for one in (self.usual, self.note, self.source):
            one.setVisible(regimen is not None)
        filling = self._filling()
        self.button.setVisible(filling is not None)
        if regimen is None:
            return
        label = regimen.label[:1].lower() + regimen.label[1:]
        self.usual.setText(tr("Usual: {label}", label=label))
        said = [regimen.note, regimen.continues_as]
        if filling is None:
            said.append(tr("So nothing is filled in. Copy the clinic’s letter."))
        self.note.setText(" ".join(part for part in said if part))
        self.note.setVisible(bool(self.note.text()))
        self.source.setText(self._source_line(regimen.evidence))

    def _filling(self) -> Prefill | None:
        if self._medicine is None or self._shown is None:
            return None
        return prefill(self._medicine, self._shown)

    def _source_line(self, evidence: Evidence) -> str:
        if evidence.is_unverified or self._medicine is None:
            return words("safety.unverified")
        names = "; ".join(source.name for source in evidence.sources[:2])
        checked = plain_date(self._medicine.checked)
        line = words("safety.source_line", sources=names, date=checked)
        return f"{line} · {words('safety.not_checked')}" if evidence.is_weak else line

    def _ask_for_more(self) -> None:
        if self._medicine is not None:
            self.more_asked.emit(self._medicine.id)

    def _fill(self) -> None:
        filling = self._filling()
        if filling is not None:
            self.fill_in.emit(filling)

    def _replace(self) -> None:
        self.asks.hide()
        filling = self._filling()
        if filling is not None:
            self.replace_asked.emit(filling)
