"""When a medicine is given: times of day, how often, from when to when. Nothing is preselected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.fields import LineField, NumberField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import (
    read_time,
    short_weekday,
    time_text,
    tr,
    weekday_name,
)
from caregiver_app.messages import words
from caregiver_app.services.medicine_times import DAILY, EVERY_FEW, WEEKDAYS_ONLY, WEEKLY, Times

_WEEK: Final = 7
_APART: Final = re.compile(r"[,;\n/]+|\band\b")


class ChoiceRow(Field):
    """A label above a few words of which one, or none yet, is chosen."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        choices: Sequence[tuple[str, str]],
        *,
        chosen: str | None = None,
        hint: str = "",
    ) -> None:
        self.segments = Segmented(theme, choices, name=label, chosen=chosen)
        super().__init__(theme, label, self.segments, hint=hint)
        self.segments.changed.connect(self._chosen)

    def value(self) -> str | None:
        """Return the key that is chosen, None for none."""
        return self.segments.value()

    def set_value(self, key: str | None) -> None:
        """Choose one, or none."""
        self.segments.set_value(key)

    def text(self) -> str:
        """Return the words of what is chosen."""
        return next((one.words for one in self.segments.segments if one.isChecked()), "")

    def _chosen(self, _key: object) -> None:
        self.set_error(None)
        self.changed.emit()


class WeekdayRow(Field):
    """Seven ticks below a label, Monday first."""

    def __init__(self, theme: Theme, label: str) -> None:
        box = QWidget()
        flow = FlowLayout(box, across=6, down=0)
        self.ticks: list[TickRow] = []
        for number in range(_WEEK):
            tick = TickRow(theme, short_weekday(number), strong=False)
            tick.setAccessibleName(weekday_name(number))
            flow.addWidget(tick)
            self.ticks.append(tick)
        super().__init__(theme, label, box)
        self.setFocusProxy(self.ticks[0])
        for tick in self.ticks:
            tick.state_changed.connect(self._ticked)

    def value(self) -> tuple[int, ...]:
        """Return the ticked days, 0 is Monday."""
        return tuple(n for n, tick in enumerate(self.ticks) if tick.state == "done")

    def set_value(self, days: Sequence[int]) -> None:
        """Tick these."""
        for number, tick in enumerate(self.ticks):
            tick.set_state("done" if number in days else "open")

    def text(self) -> str:
        """Return the ticked days in words."""
        return ", ".join(short_weekday(day) for day in self.value())

    def _ticked(self, _state: str) -> None:
        self.set_error(None)
        self.changed.emit()


class TimesFields(QWidget):
    """The schedule of one medicine; what does not belong to the chosen rhythm is hidden."""

    changed = Signal()

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self.hours = LineField(
            theme,
            tr("Times of day"),
            icon="time",
            hint=tr("For example {one}, {two}", one=time_text(time(8)), two=time_text(time(20))),
        )
        self.rhythm = ChoiceRow(
            theme,
            tr("How often"),
            [
                (DAILY, tr("Every day")),
                (WEEKLY, tr("Once a week")),
                (WEEKDAYS_ONLY, tr("Chosen weekdays")),
                (EVERY_FEW, tr("Every few days")),
            ],
        )
        self.weekday = ChoiceRow(
            theme,
            tr("On which day of the week"),
            [(str(number), short_weekday(number)) for number in range(_WEEK)],
        )
        for number, segment in enumerate(self.weekday.segments.segments):
            segment.setAccessibleName(weekday_name(number))
        self.weekdays = WeekdayRow(theme, tr("On these weekdays"))
        self.interval = NumberField(theme, tr("Every so many days"), least=2, most=99)
        self.first = DateField(theme, tr("First day"), today=today, value=today())
        self.last = DateField(theme, tr("Last day"), today=today, hint=tr("Empty: no end."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for field in (self.hours, self.rhythm, self.weekday, self.weekdays, self.interval):
            column.addWidget(field)
            field.changed.connect(self._touched)
        self._span = field_row(self.first, self.last)
        column.addLayout(self._span)
        theme.changed.connect(self._turn)
        self._turn()
        self._settle()

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which refusals come."""
        return {
            "hours": self.hours,
            "rhythm": self.rhythm,
            "rrule": self.rhythm,
            "weekdays": self.weekday if self.rhythm.value() == WEEKLY else self.weekdays,
            "interval": self.interval,
            "first": self.first,
            "last": self.last,
        }

    def show_times(self, times: Times) -> None:
        """Show what is kept."""
        self.hours.set_text(", ".join(time_text(hour) for hour in times.hours))
        self.rhythm.set_value(times.rhythm)
        if times.rhythm == WEEKLY:
            self.weekday.set_value(str(times.weekdays[0]))
        self.weekdays.set_value(times.weekdays)
        if times.rhythm == EVERY_FEW:
            self.interval.set_value(times.interval)
        self.first.set_value(times.first)
        self.last.set_value(times.last)
        self._settle()

    def times(self) -> Times | None:
        """Return what stands here; None while something cannot be read, said beside its field."""
        hours = self._hours()
        rhythm = self.rhythm.value()
        if rhythm is None:
            self.rhythm.set_error(words("medicine.rhythm_missing"))
        first, last = self.first.value(), self.last.value()
        if first is None:
            self.first.set_error(self.first.complaint() or tr("Give the first day."))
        unread = bool(self.last.text().strip()) and last is None
        self.last.set_error(self.last.complaint() if unread else None)
        if hours is None or rhythm is None or first is None or unread:
            return None
        return Times(hours, rhythm, first, last, self._interval(rhythm), self._days(rhythm))

    def only_day(self) -> int | None:
        """Return the day of the week (0 is Monday) of a weekly medicine, None while open."""
        chosen = self.weekday.value()
        weekly = self.rhythm.value() == WEEKLY and chosen is not None
        return int(chosen) if weekly and chosen is not None else None

    def _interval(self, rhythm: str) -> int:
        if rhythm != EVERY_FEW:
            return 1
        number = self.interval.value()
        return 0 if number is None else int(number)

    def _days(self, rhythm: str) -> tuple[int, ...]:
        if rhythm == WEEKLY:
            day = self.only_day()
            return () if day is None else (day,)
        return self.weekdays.value() if rhythm == WEEKDAYS_ONLY else ()

    def _hours(self) -> tuple[time, ...] | None:
        parts = [part.strip() for part in _APART.split(self.hours.text()) if part.strip()]
        found: list[time] = []
        for part in parts:
            hour = read_time(part)
            if hour is None:
                self.hours.set_error(tr("“{part}” is no time of day. Type it as 8:00.", part=part))
                return None
            found.append(hour)
        return tuple(sorted(found))

    def _touched(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        rhythm = self.rhythm.value()
        self.weekday.setVisible(rhythm == WEEKLY)
        self.weekdays.setVisible(rhythm == WEEKDAYS_ONLY)
        self.interval.setVisible(rhythm == EVERY_FEW)

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QHBoxLayout.Direction
        self._span.setDirection(way.TopToBottom if large else way.LeftToRight)
