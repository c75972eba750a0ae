"""Corrects a call that was kept."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import ClinicCall
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_form import CallForm
from caregiver_app.gui.watchlist.call_model import CallModel, moment_words
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class CallCorrection(KeptSheet):
    """The call as it was kept, to correct or to delete."""

    def __init__(
        self, house: Household, theme: Theme, call: ClinicCall, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            tr("Call to the clinic"),
            icon="call",
            subtitle=house.care.name_of(call.person),
            parent=parent,
        )
        self._house, self._call = house, call
        model = CallModel(house)
        model.set_person(call.person)
        self.question = ShortText(theme, tr("Our question"), text=call.question, rows=3)
        self.form = CallForm(theme, model)
        coming = house.clinic_calls.follow_up(call)
        self.form.show_call(call, asks_next=coming is None)
        self.form.show_about(model.about_of(call))
        self.add(self.question)
        self.add(self.form)
        if coming is not None:
            when = moment_words(coming.start)
            self.note.setText(tr("In the calendar: {title}, {when}", title=coming.title, when=when))
        self.add_delete(tr("Delete this call"), partial(house.clinic_calls.remove, call.id))
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        told = self.form.call(self._call)
        if told is None:
            self.focus_first_error()
            return
        told = replace(told, question=self.question.text())
        fields = {**self.form.fields(), "question": self.question}
        self.attempt(lambda: self._house.clinic_calls.save(told, self.form.follow_up()), fields)
