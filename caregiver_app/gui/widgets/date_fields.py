"""`DateField` and `TimeField`: typed in many ways, shown in one; the date also by a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.day_picker import DayPicker
from caregiver_app.gui.widgets.field import Field, LineInput
from caregiver_app.gui.words import (
    plain_date,
    read_date,
    read_near,
    read_time,
    short_weekday,
    time_text,
    tr,
)


class DateField(Field):
    """A date. What cannot be read stays as typed; leaving the field then says so beside it."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        today: Callable[[], date],
        value: date | None = None,
        hint: str = "",
        past: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`today` is where the calendar opens, and from when on a day without year is sought.

        With `past` the day is over: without its year it is the last such day.
        """
        self.line = LineInput(theme, "calendar", opens=tr("Open a calendar to choose the date"))
        super().__init__(theme, label, self.line, hint=hint, parent=parent)
        self._today, self._past = today, past
        self.line.setToolTip(tr("Write the day like 24 Nov 2026."))
        self._describe()
        self.set_value(value)
        self.line.textChanged.connect(self._touched)
        self.line.editingFinished.connect(self._left)
        self.line.opened.connect(self.open_calendar)

    def text(self) -> str:
        """Return what stands there, as typed."""
        return self.line.text()

    def value(self) -> date | None:
        """Return the date, or None where none stands or none can be read."""
        text, today = self.line.text(), self._today()
        near = read_near(text, today, past=self._past)
        return near or read_date(text, today, past=self._past)

    def set_value(self, value: date | None) -> None:
        """Show a date, or nothing."""
        self.line.setText("" if value is None else date_line(value))
        self.line.setCursorPosition(0)  # too narrow, the end is cut, not the weekday

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.line.setText(text)

    def complaint(self) -> str | None:
        """Return a sentence when something stands here that is no date."""
        text = self.line.text().strip()
        if not text or self.value() is not None:
            return None
        return tr("There is no such date. Write it like 24 Nov 2026.")

    def set_error(self, sentence: str | None) -> None:
        """Show what is wrong; without it, how a day is written is told to a screen reader."""
        super().set_error(sentence)
        self._describe()

    def set_hint(self, hint: str) -> None:
        """Change the quiet line below."""
        super().set_hint(hint)
        self._describe()

    def _describe(self) -> None:
        if self.error() is None:
            said = (self._hint, tr("Write the day like 24 Nov 2026."))
            self.line.setAccessibleDescription(" ".join(part for part in said if part))

    def open_calendar(self) -> None:
        """Open the calendar below the field."""
        picker = DayPicker(self._theme, self.value(), self._today(), self)
        picker.chosen.connect(self._take)
        picker.open_at(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.line.setFocus()

    def _left(self) -> None:
        found = self.value()
        if found is None:
            self.set_error(self.complaint())
        elif self.line.text() != date_line(found):
            blocked = self.line.blockSignals(True)
            self.line.setText(date_line(found))
            self.line.blockSignals(blocked)


class TimeField(Field):
    """A time of day, typed as 9:30, 930, 21.30 or 9:30 pm."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        value: time | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.line = LineInput(theme, "time")
        super().__init__(theme, label, self.line, hint=hint, parent=parent)
        self.set_value(value)
        self.line.textChanged.connect(self._touched)
        self.line.editingFinished.connect(self._left)

    def text(self) -> str:
        """Return what stands there, as typed."""
        return self.line.text()

    def value(self) -> time | None:
        """Return the time, or None where none stands or none can be read."""
        return read_time(self.line.text())

    def set_value(self, value: time | None) -> None:
        """Show a time, or nothing."""
        self.line.setText("" if value is None else time_text(value))

    def set_text(self, text: str) -> None:
        """Replace the text."""
        self.line.setText(text)

    def complaint(self) -> str | None:
        """Return a sentence when something stands here that is no time."""
        text = self.line.text().strip()
        if not text or self.value() is not None:
            return None
        return tr(
            "There is no such time. Write it like {morning} or {afternoon}.",
            morning=time_text(time(9, 30)),
            afternoon=time_text(time(14)),
        )

    def _left(self) -> None:
        found = self.value()
        if found is None:
            self.set_error(self.complaint())
        elif self.line.text() != time_text(found):
            blocked = self.line.blockSignals(True)
            self.line.setText(time_text(found))
            self.line.blockSignals(blocked)


def date_line(day: date) -> str:
    """Return "Tue 17 March 2026", as a date field shows it."""
    return f"{short_weekday(day.weekday())} {plain_date(day)}"


def day_and_hour(day: DateField, hour: TimeField) -> datetime | None:
    """Return what two fields say together; None after saying beside them what is missing."""
    on, at = day.value(), hour.value()
    if on is None:
        day.set_error(day.complaint() or tr("On which day?"))
    if at is None:
        hour.set_error(hour.complaint() or tr("At what time?"))
    return None if on is None or at is None else datetime.combine(on, at)
