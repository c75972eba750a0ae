"""In which rhythm visits come: starting ones, then every so often, and until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Phase
from caregiver_app.gui.calendar.form.forms import needed
from caregiver_app.gui.calendar.plan.offsets_field import OffsetsField
from caregiver_app.gui.calendar.plan.rows import TurningRows
from caregiver_app.gui.plan_words import unit_choices, units_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, NumberField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.words import tr
from caregiver_app.messages import words

GOES_ON: Final = "on"
COUNTED: Final = "count"
LAST_DAY: Final = "last"


class UntilFields(QObject):
    """No end, a number of visits or, with `today`, a last day; the three fields stand anywhere."""

    changed = Signal()

    def __init__(
        self, theme: Theme, today: Callable[[], date] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        choices = [(GOES_ON, tr("No end date")), (COUNTED, tr("A number of visits"))]
        if today is not None:
            choices.append((LAST_DAY, tr("A last day")))
        self.kind = ChoiceField(theme, tr("Until"), choices, chosen=GOES_ON)
        self.count = NumberField(theme, tr("How many visits in all"), least=1, most=400)
        self.last = DateField(theme, tr("Last day"), today=today or date.today)
        self._usable = True
        self.kind.changed.connect(self._settle)
        for field in (self.kind, self.count, self.last):
            field.changed.connect(self.changed)
        self._settle()

    def set_usable(self, *, usable: bool) -> None:
        """Where nothing follows there is nothing to end."""
        self._usable = usable
        self.kind.setEnabled(usable)
        self._settle()

    def set_value(self, count: int | None, last: date | None = None) -> None:
        """Show an end."""
        kind = GOES_ON if count is None and last is None else COUNTED if last is None else LAST_DAY
        self.kind.set_value(kind)
        self.count.set_value(count)
        self.last.set_value(last)
        self._settle()

    def visits(self) -> int | None:
        """Return how many visits there are in all, None where nobody says."""
        return self.count.value() if self.kind.value() == COUNTED else None

    def last_day(self) -> date | None:
        """Return the last day, None where nobody says."""
        return self.last.value() if self.kind.value() == LAST_DAY else None

    def is_readable(self) -> bool:
        """Tell whether what was chosen was also given."""
        kind = self.kind.value()
        if kind == COUNTED:
            return self.count.value() is not None
        return kind != LAST_DAY or self.last.value() is not None

    def complain(self) -> bool:
        """Say what is missing; return whether all is well."""
        if self.kind.value() == COUNTED and self.count.value() is None:
            self.count.set_error(tr("Give the number of visits as a whole number."))
            return False
        if self.kind.value() == LAST_DAY:
            return needed(self.last, tr("Give the last day, as the clinic said."))
        return True

    def _settle(self) -> None:
        self.count.setVisible(self._usable and self.kind.value() == COUNTED)
        self.last.setVisible(self._usable and self.kind.value() == LAST_DAY)


class RhythmFields(QWidget):
    """Starting visits and what follows them; nothing is chosen for the family."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        today: Callable[[], date] | None = None,
        counted_from: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """With `today` it may have a last day; `counted_from` is what starting visits go from."""
        super().__init__(parent)
        self._from = counted_from or tr("the first")
        self._wants_then = self._wants_run = False
        self.offsets = OffsetsField(theme)
        self.unit = ChoiceField(theme, tr("Counted in"), unit_choices(), chosen="week")
        self.every = NumberField(theme, tr("Then every"), least=1, hint=_nothing_follows())
        self.every_unit = ChoiceField(theme, tr("Counted in"), unit_choices(), chosen="week")
        self.then = NumberField(theme, "", least=1)
        self.then_door = QuietButton(theme, tr("The first of these comes at another time"))
        self.run = NumberField(theme, tr("Days in a row"), value=1, least=1, most=31)
        self.run_door = QuietButton(theme, tr("On several days in a row"))
        self.until = UntilFields(theme, today, self)
        self._lay_out(theme)
        # Read out, two fields of the same label are told apart.
        self.unit.control.setAccessibleName(tr("Starting visits, counted in"))
        self.every_unit.control.setAccessibleName(tr("Later visits, counted in"))
        self.unit.changed.connect(self._follow_unit)
        self._unit_before = "week"
        for field in (self.offsets, self.unit, self.every, self.every_unit, self.then, self.run):
            field.changed.connect(self._settle)
            field.changed.connect(self.changed)
        self.until.changed.connect(self.changed)
        self.then_door.clicked.connect(self._open_then)
        self.run_door.clicked.connect(self._open_run)
        self._settle()

    def _lay_out(self, theme: Theme) -> None:
        rows = TurningRows(theme, self)
        self._doors = QWidget()
        flow = FlowLayout(self._doors, across=4, down=0)
        flow.addWidget(self.then_door)
        flow.addWidget(self.run_door)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(rows.row((self.offsets, 3), (self.unit, 1)))
        column.addLayout(rows.row((self.every, 2), (self.every_unit, 3), (self.until.kind, 4)))
        column.addLayout(rows.row((self.until.count, 1), (self.until.last, 1)))
        column.addLayout(rows.row((self.then, 1)))
        days = rows.row((self.run, 2))
        days.addStretch(3)
        column.addLayout(days)
        column.addWidget(self._doors)

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {
            "offsets": self.offsets,
            "unit": self.unit,
            "every": self.every,
            "every_unit": self.every_unit,
            "then": self.then,
            "run": self.run,
            "count": self.until.count,
            "last": self.until.last,
        }

    def typed(self) -> Mapping[str, str]:
        """Return what stands in each field, to see later what a hand changed."""
        found = {name: field.text() for name, field in self.fields().items()}
        return {**found, "until": self.until.kind.text()}

    def set_value(self, phase: Phase, last: date | None = None) -> None:
        """Show a rhythm."""
        unit = phase.every_unit or phase.unit
        usual = phase.then == _follows(phase) and (unit == phase.unit or phase.offsets == (0,))
        self._wants_then = phase.then is not None and (phase.every is None or not usual)
        self._wants_run = phase.run > 1
        self._unit_before = phase.unit
        self.unit.set_value(phase.unit)
        self.every_unit.set_value(unit)
        self.offsets.set_value(phase.offsets)
        self.every.set_value(phase.every)
        self.then.set_value(phase.then if self._wants_then else None)
        self.run.set_value(phase.run)
        self.until.set_value(phase.count, last)
        self._settle()

    def value(self) -> Phase | None:
        """Return the rhythm, None while something of it cannot be read."""
        offsets, every, unit = self.offsets.value(), self.every.value(), self.unit.value()
        then = self.then.value() if self._asks_then() else None
        unreadable = _is_odd(self.every) or (self._asks_then() and _is_odd(self.then))
        unreadable = unreadable or (self._asks_run() and _is_odd(self.run))
        if offsets is None or unit is None or unreadable or not self._end_is_readable():
            return None
        every_unit = self.every_unit.value() or unit
        return Phase(
            begins=0,
            begins_unit=unit,
            offsets=offsets,
            unit=unit,
            every=every,
            every_unit="" if every is None or every_unit == unit else every_unit,
            then=None if every is None else then,
            run=(self.run.value() or 1) if self._asks_run() else 1,
            count=None if every is None else self.until.visits(),
        )

    def last_day(self) -> date | None:
        """Return the last day, None where nobody says."""
        return self.until.last_day() if self.every.value() is not None else None

    def complain(self) -> bool:
        """Say beside each field what cannot be read; return whether all is well."""
        good = True
        if self.offsets.value() is None:
            self.offsets.set_error(tr("Each starting visit is a whole number, such as 0, 2, 6."))
            good = False
        if _is_odd(self.every):
            self.every.set_error(words("plan.every", value=self.every.text().strip()))
            good = False
        if self._asks_then() and _is_odd(self.then):
            self.then.set_error(tr("Give a whole number, or leave it empty."))
            good = False
        if self._asks_run() and _is_odd(self.run):
            self.run.set_error(tr("Give a whole number, or leave it empty."))
            good = False
        if self.every.text().strip():
            good = self.until.complain() and good
        return good

    # -- Within -----------------------------------------------------------------------------------

    def _end_is_readable(self) -> bool:
        return not self.every.text().strip() or self.until.is_readable()

    def _asks_then(self) -> bool:
        if not self.every.text().strip():
            return False
        differs = self.unit.value() != self.every_unit.value()
        return self._wants_then or (differs and self.offsets.value() != (0,))

    def _asks_run(self) -> bool:
        return self._wants_run and bool(self.every.text().strip())

    def _follow_unit(self) -> None:
        """A gap that was counted like the starting visits still is."""
        unit = self.unit.value()
        if unit is not None and self.every_unit.value() in (self._unit_before, None):
            self.every_unit.set_value(unit)
        self._unit_before = unit or self._unit_before

    def _open_then(self) -> None:
        self._wants_then = True
        self._settle()
        self.then.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _open_run(self) -> None:
        self._wants_run = True
        self._settle()
        self.run.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _settle(self) -> None:
        follows = bool(self.every.text().strip())
        unit = units_text(self.unit.value() or "week")
        later = units_text(self.every_unit.value() or "week")
        self.offsets.set_unit(tr("{unit} from {start}", unit=unit, start=self._from))
        self.every.set_hint("" if follows else _nothing_follows())
        self.then.set_label(tr("First of these, {unit} from {start}", unit=later, start=self._from))
        asks = self._asks_then()
        self.then.setVisible(asks)
        differs = self.unit.value() != self.every_unit.value()
        self.then.set_hint("" if differs else _counted_on(self.offsets.value(), self.every.value()))
        several = len(self.offsets.inputs()) > 1
        self.then_door.setVisible(follows and several and not asks)
        self.run.setVisible(self._asks_run())
        self.run_door.setVisible(follows and not self._wants_run)
        self._doors.setVisible(follows and (not self._wants_run or (several and not asks)))
        self.until.set_usable(usable=follows)


def _follows(phase: Phase) -> int:
    return phase.offsets[-1] + (phase.every or 0)


def _counted_on(offsets: tuple[int, ...] | None, every: int | None) -> str:
    if not offsets or every is None:
        return ""
    return tr("Empty: {number}, counted from the last starting visit", number=offsets[-1] + every)


def _is_odd(field: NumberField) -> bool:
    return bool(field.text().strip()) and field.value() is None


def _nothing_follows() -> str:
    return tr("Empty: nothing follows")
