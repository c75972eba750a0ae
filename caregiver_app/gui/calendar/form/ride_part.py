"""The ride in the form of an appointment: one quiet line until somebody wants to plan it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.calendar.form.ride_fields import RideFields
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_ALWAYS: Final = frozenset(("drive", "infusion"))
"""Where somebody has to drive, the fields stand there from the start."""


class RidePart(QWidget):
    """`RideFields`, folded away for what hardly needs a driver; a medicine time has no ride."""

    changed = Signal()

    def __init__(self, theme: Theme, house: Household, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = RideFields(theme, house)
        self.unfold = QuietButton(theme, tr("Plan the ride"), "drive")
        self._kind, self._open = "", False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fields)
        self.unfold.clicked.connect(self._unfold)
        self.fields.changed.connect(self.changed)

    def set_value(self, one: Appointment) -> None:
        """Show the ride of an appointment."""
        self.fields.set_value(one)
        self._open = _has_ride(one)
        self.set_kind(one.type)

    def set_kind(self, kind: str) -> None:
        """Follow another kind of appointment."""
        self._kind = kind
        shown = self._open or kind in _ALWAYS
        self.setVisible(kind != "medication")
        self.fields.setVisible(shown)
        self.unfold.setVisible(not shown)

    def apply(self, one: Appointment) -> Appointment:
        """Return the appointment with the ride that stands here, without one for a medicine."""
        if self._kind == "medication":
            return _without_ride(one)
        return self.fields.apply(one)

    def complain(self) -> bool:
        """Say beside each field what cannot be read; True when all can."""
        return self._kind == "medication" or self.fields.complain()

    def _unfold(self) -> None:
        self._open = True
        self.set_kind(self._kind)
        self.fields.driver.control.setFocus(Qt.FocusReason.TabFocusReason)


def _has_ride(one: Appointment) -> bool:
    minutes = (one.travel_minutes, one.parking_minutes, one.early_minutes)
    told = (one.driver, one.driver_phone, one.pick_up, one.leave_at, one.ride_home)
    return any(told) or any(part is not None for part in minutes)


def _without_ride(one: Appointment) -> Appointment:
    return replace(
        one,
        driver="",
        driver_phone="",
        leave_at="",
        pick_up="",
        ride_home="",
        ride_home_phone="",
        travel_minutes=None,
        parking_minutes=None,
        early_minutes=None,
    )
