"""The line in the reminder panel in which somebody picks when a reminder comes again."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField, day_and_hour
from caregiver_app.gui.widgets.field import field_row
from caregiver_app.gui.words import tr
from caregiver_app.services.care import Care


class PickRow(QWidget):
    """Asks for another day and hour at which to remind; both stay as typed while refused."""

    picked = Signal(datetime)
    """The wall time."""

    def __init__(self, theme: Theme, care: Care, about: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.day = DateField(theme, tr("Day"), today=lambda: care.today, value=care.today)
        self.hour = TimeField(theme, tr("Time"))
        row = field_row(self.day, self.hour, stretches=(3, 2))
        if theme.scale >= LARGE_TEXT:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        column.addLayout(row)
        pick = tr("Remind me then")
        self.pick = PlainButton(theme, pick, name=f"{pick}: {about}")
        self.pick.clicked.connect(self._picked)
        column.addWidget(self.pick)
        for field in (self.day, self.hour):
            line = field.control
            if isinstance(line, QLineEdit):
                line.returnPressed.connect(self._picked)

    def begin(self) -> None:
        """Put the keyboard where the hour is typed."""
        self.hour.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _picked(self) -> None:
        at = day_and_hour(self.day, self.hour)
        if at is not None:
            self.picked.emit(at)
