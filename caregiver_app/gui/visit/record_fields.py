"""The fields of what was written down about a visit; all of them may stay empty."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment, InfusionRecord
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.visit.words import is_at_home, last_site
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.words import tr
from caregiver_app.pages.record_labels import RecordLabel, record_labels
from caregiver_app.services.household import Household

_SUGGESTED = ("product", "maker", "site")
_MOST_SUGGESTED = 8


class RecordFields(QWidget):
    """Everything as typed; nothing is filled in and nothing is computed."""

    def __init__(self, house: Household, theme: Theme, visit: Appointment) -> None:
        super().__init__()
        self._theme, self._visit = theme, visit
        found = house.records.of(visit.id)
        self._kept = found or InfusionRecord(id="", person=visit.person, visit=visit.id)
        self.fields: dict[str, Field] = {}
        earlier = [one.record for one in house.records.all(visit.person)]
        for label in record_labels(at_home=is_at_home(visit)):
            self.fields[label.name] = self._field(label, earlier)
        site = last_site(house, visit) if is_at_home(visit) else ""
        if site:
            self.fields["site"].set_hint(tr("Last time: {site}", site=site))
        self._rows: list[QBoxLayout] = []
        self._lay_out()
        theme.changed.connect(self._turn)

    def _field(self, label: RecordLabel, earlier: list[InfusionRecord]) -> Field:
        text = str(getattr(self._kept, label.name))
        if label.lines:
            return ShortText(self._theme, tr(label.words), text=text, rows=2)
        used = (
            [str(getattr(one, label.name)) for one in earlier] if label.name in _SUGGESTED else []
        )
        known = list(dict.fromkeys(one for one in used if one))[:_MOST_SUGGESTED]
        return LineField(self._theme, tr(label.words), text=text, suggestions=known)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        short = [one for one in self.fields.values() if isinstance(one, LineField)]
        for place in range(0, len(short), 2):
            row = field_row(*short[place : place + 2], stretches=(1, 1))
            self._rows.append(row)
            column.addLayout(row)
        for field in self.fields.values():
            if not isinstance(field, LineField):
                column.addWidget(field)
        self._turn()

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)

    def record(self) -> InfusionRecord:
        """Return the record as it stands here; empty where nothing was typed."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        return replace(self._kept, **typed)

    def told(self) -> InfusionRecord | None:
        """Return the record as it stands here, None where nothing of it was changed."""
        record = self.record()
        return None if record == self._kept else record
