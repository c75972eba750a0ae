"""One later part of a plan: a sentence that opens into its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Phase
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.plan.folded_card import FoldedCard
from caregiver_app.gui.calendar.plan.rhythm_fields import RhythmFields
from caregiver_app.gui.calendar.plan.rows import TurningRows
from caregiver_app.gui.plan_words import part_text, unit_choices, units_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField, NumberField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_PLACES: Final = {
    "plan.offsets_first": "offsets",
    "plan.offsets_many": "offsets",
    "plan.offsets_order": "offsets",
    "plan.every": "every",
    "plan.then": "then",
    "plan.then_far": "then",
    "plan.then_needed": "then",
    "plan.run": "run",
    "plan.run_long": "run",
    "plan.visits": "count",
    "plan.visits_few": "count",
    "plan.phase_begins": "begins",
    "plan.phase_order": "begins",
}
"""Beside which field each complaint about a part stands."""


class PartFold(FoldedCard):
    """Begins after, visits, and whether it is at home; nothing is filled in for the family."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Part {number}", number=number), parent=parent)
        self.part = LineField(theme, tr("What you call it"), hint=tr("You can leave it empty."))
        self.begins = NumberField(theme, tr("Begins after"), least=1)
        self.begins_unit = ChoiceField(theme, tr("Counted in"), unit_choices(), chosen="week")
        self.begins_unit.control.setAccessibleName(tr("Begins after, counted in"))
        self.at_home = TickRow(theme, tr("Injections at home, not at the clinic"), fades=False)
        self.rhythm = RhythmFields(theme, counted_from=tr("its first"))
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.remove = QuietButton(theme, tr("Remove"))
        self.ways.addWidget(self.remove)
        rows = TurningRows(theme, self)
        self.hold(self.at_home)
        self.room.addLayout(rows.row((self.begins, 2), (self.begins_unit, 3)))
        told = tr("Counted from the first visit of the part before.")
        self.hold(Text(told, "second", "soft"), self.rhythm, self.part, self.wrong)
        self.renumber(number)
        for field in (self.part, self.begins, self.begins_unit):
            field.changed.connect(self._tell)
        self.rhythm.changed.connect(self._tell)
        self.at_home.state_changed.connect(self._tell)
        self.remove.clicked.connect(self.removed)
        self._say_itself()

    def renumber(self, number: int) -> None:
        """Say which part this is by now."""
        self.name(tr("Part {number}", number=number))
        self.remove.setAccessibleName(tr("Remove part {number}", number=number))

    def fields(self) -> dict[str, Field]:
        """Return the fields by name."""
        return {"begins": self.begins, "name": self.part, **self.rhythm.fields()}

    def typed(self) -> Mapping[str, str]:
        """Return what stands in each field."""
        found = {name: field.text() for name, field in self.fields().items()}
        return {
            **found,
            **self.rhythm.typed(),
            "begins_unit": self.begins_unit.text(),
            "at_home": self.at_home.state,
        }

    def set_value(self, phase: Phase) -> None:
        """Show a part."""
        self.part.set_text(phase.name)
        self.begins.set_value(phase.begins)
        self.begins_unit.set_value(phase.begins_unit)
        self.at_home.set_state("done" if phase.at_home else "open")
        self.rhythm.set_value(phase)
        self._say_itself()

    def value(self) -> Phase | None:
        """Return the part, None while something of it is missing or cannot be read."""
        begins, unit, rhythm = self.begins.value(), self.begins_unit.value(), self.rhythm.value()
        if begins is None or unit is None or rhythm is None:
            return None
        return replace(
            rhythm,
            begins=begins,
            begins_unit=unit,
            at_home=self.is_at_home,
            name=self.part.value(),
        )

    @property
    def is_at_home(self) -> bool:
        """Whether its visits are injections at home."""
        return self.at_home.state == "done"

    def complain(self) -> bool:
        """Say what is missing or cannot be read; return whether all is well."""
        good = self.rhythm.complain()
        if self.begins.value() is None:
            told = tr("Give the {units} as a whole number.", units=self._units())
            self.begins.set_error(told)
            good = False
        if not good:
            self.set_open(is_open=True)
        return good

    def refuse(self, error: InputRefused) -> None:
        """Say beside its field what cannot be taken."""
        self.set_open(is_open=True)
        name = _PLACES.get(error.key) or error.field or ""
        field = self.fields().get(name)
        if field is not None and not field.isHidden():
            field.set_error(explain(error))
            return
        self.wrong.setText(explain(error))
        self.wrong.show()

    def _units(self) -> str:
        return units_text(self.begins_unit.value() or "week")

    def _tell(self) -> None:
        self.wrong.hide()
        self._say_itself()
        self.changed.emit()

    def _say_itself(self) -> None:
        phase = self.value()
        self.say(tr("Not whole yet.") if phase is None else part_text(phase))
