"""The sheet in which is written down what the nurse wrote down about one visit."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.calendar.form.forms import person_pill
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.visit.record_fields import RecordFields
from caregiver_app.gui.visit.words import heading, is_at_home, record_heading
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class RecordSheet(KeptSheet):
    """Everything about one visit as it stood on the nurse's paper."""

    def __init__(
        self, house: Household, theme: Theme, visit: Appointment, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            record_heading(at_home=is_at_home(visit)),
            icon="paper-note",
            subtitle=heading(house, visit),
            parent=parent,
        )
        self._house, self.visit = house, visit
        pill = person_pill(house, theme, visit.person)
        if pill is not None:
            self.header.insertWidget(2, pill)
        said = tr("Copy it as it stands on their paper. Everything may stay empty.")
        self.add(Text(said, "second", "soft"))
        self.record_fields = RecordFields(house, theme, visit)
        self.add(self.record_fields)
        if house.records.of(visit.id) is not None:
            remove = partial(house.records.remove, visit.id)
            self.add_delete(tr("Delete what was written down"), remove)
        else:
            self.add(self.wrong)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        record = self.record_fields.record()
        self.attempt(lambda: self._house.records.save(record), self.record_fields.fields)
