"""The small sheets in which a family adds a sign of its own, or what the clinic said about one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.domain.entities import OwnSign
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import UserError
from caregiver_app.gui.emergency.parts import Picture
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.sign_model import TIER_LOOKS, TIERS, SignModel
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.choice_card import ChoiceCard
from caregiver_app.gui.widgets.fields import LineField, TextField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.signs import Sign


class OwnSignSheet(Sheet):
    """A sign of the family's own: its name, other words for it, how urgent, what the clinic said.

    After `finished`, `kept` is what was kept (None when nothing was), `removed` tells whether it
    was taken off the list.
    """

    def __init__(
        self, theme: Theme, model: SignModel, own: OwnSign, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            tr("A sign of your own") if not own.id else tr("Change your sign"),
            icon="watch",
            primary=tr("Keep this sign"),
            subtitle=tr("It is found like any other, and can be tapped."),
            parent=parent,
        )
        self._model, self._own = model, own
        self.kept: OwnSign | None = None
        self.removed = False
        self.name = LineField(theme, tr("What do you call it?"), text=own.name)
        self.also = LineField(
            theme,
            tr("Other words for it"),
            text=", ".join(own.also),
            hint=tr("With commas between them. Each finds it."),
        )
        self.add(self.name)
        self.add(self.also)
        self._add_tiers()
        self.clinic = TextField(theme, tr("What your clinic says"), text=own.note, rows=2)
        self.add(self.clinic)
        if own.id:
            remove = QuietButton(theme, tr("Take it off the list"))
            remove.setAccessibleDescription(tr("What was written down stays."))
            remove.clicked.connect(self._remove)
            self.body.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _add_tiers(self) -> None:
        self.add(Text(tr("How urgent is it?"), "second_strong"))
        self.unchosen = Text(tr("Choose how urgent it is."), "second", "alarm")
        self.unchosen.hide()
        self.add(self.unchosen)
        self.tiers: dict[Tier, ChoiceCard] = {}
        for tier in TIERS:
            label, quiet = self._model.tier_word(tier), self._model.quiet(tier)
            card = ChoiceCard(self.theme, tier.value, label, quiet, parent=self.content)
            # Nothing is chosen for a new sign: how urgent it is, the family says.
            card.setChecked(bool(self._own.id) and self._own.tier == tier)
            self.tiers[tier] = card
            row = QHBoxLayout()
            row.setSpacing(12)
            icon, ink = TIER_LOOKS[tier]
            row.addWidget(Picture(self.theme, icon, ink, 20))
            row.addWidget(card, 1)
            self.body.addLayout(row)
            card.toggled.connect(self._level_chosen)
        self.add(Text(words("safety.sign_unsure"), "second_strong"))

    def _level_chosen(self, on: bool) -> None:
        if on:
            self.unchosen.hide()
            self.tiers[TIERS[0]].set_consequence(self._model.quiet(TIERS[0]))

    def chosen_tier(self) -> Tier | None:
        """Return the level that is chosen, None while none is."""
        return next((tier for tier, card in self.tiers.items() if card.isChecked()), None)

    def _save(self) -> None:
        self.wrong.hide()
        tier = self.chosen_tier()
        if tier is None:
            self.unchosen.show()
            first = self.tiers[TIERS[0]]
            first.setAccessibleDescription(f"{self.unchosen.text()} {self._model.quiet(TIERS[0])}")
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self.area.ensureWidgetVisible(self.unchosen)
            return
        also = self.also.text().replace(";", ",").split(",")
        try:
            self.kept = self._model.house.signs.save_own(
                replace(
                    self._own,
                    name=self.name.text(),
                    also=tuple(also),
                    tier=tier.value,
                    note=self.clinic.text(),
                )
            )
        except UserError as error:
            fields = {"name": self.name, "also": self.also, "note": self.clinic}
            show_refusal(error, fields, self.wrong)
            self.focus_first_error()
            return
        self.accept()

    def _remove(self) -> None:
        try:
            self._model.house.signs.remove_own(self._own.id)
        except UserError as error:
            show_refusal(error, {}, self.wrong)
            return
        self.removed = True
        self.forget_changes()
        self.accept()


class ClinicWordsSheet(Sheet):
    """What the clinic said to do about one sign; it stands above our steps wherever the sign is."""

    def __init__(self, theme: Theme, model: SignModel, sign: Sign, parent: QWidget | None) -> None:
        super().__init__(
            theme,
            tr("What your clinic says"),
            icon="call",
            primary=tr("Save"),
            subtitle=sign.name,
            note=tr("How urgent the sign is stays as it is."),
            parent=parent,
        )
        self._model, self._sign = model, sign
        self.words = TextField(theme, tr("Their words"), text=sign.clinic, rows=3)
        self.add(self.words)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        try:
            self._model.house.signs.set_clinic(
                self._model.person_id, self._sign.id, self.words.text()
            )
        except UserError as error:
            show_refusal(error, {"clinic": self.words}, self.wrong)
            self.focus_first_error()
            return
        self.accept()
