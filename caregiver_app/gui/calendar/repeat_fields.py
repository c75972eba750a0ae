"""How an appointment repeats: daily or weekly, until when, and on which dates that falls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.recurrence import Rule, parse_rule, rule_text
from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.forms import needed
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, NumberField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import short_date, short_weekday, tr
from caregiver_app.messages import explain

_WEEK: Final = 7
_NEVER, _COUNT, _UNTIL = "never", "count", "until"


class WeekdayTicks(QWidget):
    """Seven ticks, Monday first."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, across=4, down=0)
        self.days: list[TickRow] = []
        for number in range(_WEEK):
            tick = TickRow(theme, short_weekday(number), strong=False)
            tick.state_changed.connect(self._ticked)
            self.days.append(tick)
            flow.addWidget(tick)

    def _ticked(self, _state: str) -> None:
        self.changed.emit()

    def value(self) -> tuple[int, ...]:
        """Return the ticked days, 0 is Monday."""
        return tuple(n for n, tick in enumerate(self.days) if tick.state == "done")

    def set_value(self, days: tuple[int, ...]) -> None:
        """Tick these."""
        for number, tick in enumerate(self.days):
            tick.set_state("done" if number in days else "open")


class RepeatFields(QWidget):
    """The repetition; hidden parts do not count."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        today: Callable[[], date],
        start: Callable[[], Moment | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._start = start
        self.kind = ChoiceField(
            theme,
            tr("Repeats"),
            [
                ("", tr("Does not repeat")),
                ("DAILY", tr("Every day, or every few days")),
                ("WEEKLY", tr("Every week, or every few weeks")),
            ],
            chosen="",
        )
        self.every = NumberField(theme, tr("Every"), value=1, least=1)
        self.weekdays = WeekdayTicks(theme)
        self.ends = ChoiceField(
            theme,
            tr("Until"),
            [
                (_NEVER, tr("No end")),
                (_COUNT, tr("After some times")),
                (_UNTIL, tr("A last day")),
            ],
            chosen=_NEVER,
        )
        self.count = NumberField(theme, tr("How many times"), least=1)
        self.until = DateField(theme, tr("Last day"), today=today)
        self.next = Text("", "second", "soft")
        self._lay_out()
        for field in (self.kind, self.every, self.ends, self.count, self.until, self.weekdays):
            field.changed.connect(self._touched)
        self._settle()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._row(column, (self.kind, 3), (self.every, 2))
        column.addWidget(self.weekdays)
        self._row(column, (self.ends, 3), (self.count, 2), (self.until, 2))
        column.addWidget(self.next)

    @staticmethod
    def _row(column: QVBoxLayout, *parts: tuple[QWidget, int]) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, stretch in parts:
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)

    # -- Values -----------------------------------------------------------------------------------

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {"rrule": self.kind, "interval": self.every}

    def show_rule(self, text: str, start: Moment) -> None:
        """Show a kept repetition."""
        if not text:
            return
        rule = parse_rule(text, start)
        self.kind.set_value(rule.frequency)
        self.every.set_value(rule.interval)
        # A weekly rule without days means the weekday of its first date.
        self.weekdays.set_value(rule.weekdays or (wall(start).weekday(),))
        if rule.count is not None:
            self.ends.set_value(_COUNT)
            self.count.set_value(rule.count)
        elif rule.until is not None:
            self.ends.set_value(_UNTIL)
            self.until.set_value(rule.until.date())
        self._settle()

    def rule(self) -> str | None:
        """Return the repetition as text, "" for none, None while it cannot be read."""
        frequency, start = self.kind.value() or "", self._start()
        if not frequency:
            return ""
        interval = self.every.value()
        count = self.count.value() if self.ends.value() == _COUNT else None
        last = self.until.value() if self.ends.value() == _UNTIL else None
        unread = (self.ends.value() == _COUNT and count is None) or (
            self.ends.value() == _UNTIL and last is None
        )
        if start is None or interval is None or interval < 1 or unread or (count or 1) < 1:
            return None
        weekly = frequency == "WEEKLY"
        until = None if last is None else _last_moment(last, start)
        weekdays = self.weekdays.value() if weekly else ()
        if weekdays == (wall(start).weekday(),):
            weekdays = ()
        return rule_text(Rule(frequency, interval, weekdays, count, until))

    def complain(self) -> bool:
        """Say beside each field what is missing or cannot be."""
        if not self.kind.value():
            return True
        good = True
        if (self.every.value() or 0) < 1:
            self.every.set_error(tr("A whole number from 1 on, please."))
            good = False
        if self.ends.value() == _COUNT and (self.count.value() or 0) < 1:
            self.count.set_error(tr("A whole number from 1 on, please."))
            good = False
        if self.ends.value() == _UNTIL:
            good = needed(self.until, tr("Give the last day.")) and good
        text, start = self.rule(), self._start()
        if good and text and start is not None:
            try:
                parse_rule(text, start)
            except InputRefused as error:
                field = self.until if error.key == "rule.ends_first" else self.kind
                field.set_error(explain(error))
                good = False
        return good

    def show_next(self, dates: list[date], today: date) -> None:
        """Tell the next dates; none says nothing."""
        told = ", ".join(short_date(day, year=day.year != today.year) for day in dates)
        self.next.setText(tr("Next: {dates}", dates=told) if told else "")
        self.next.setVisible(bool(told))

    # -- Living -----------------------------------------------------------------------------------

    def _touched(self) -> None:
        if self.kind.value() == "WEEKLY" and not self.weekdays.value():
            start = self._start()
            if start is not None:
                self.weekdays.set_value((wall(start).weekday(),))
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        repeats = bool(self.kind.value())
        self.every.setVisible(repeats)
        weeks = self.kind.value() == "WEEKLY"
        self.every.set_label(tr("Every how many weeks") if weeks else tr("Every how many days"))
        self.weekdays.setVisible(weeks)
        self.ends.setVisible(repeats)
        self.count.setVisible(repeats and self.ends.value() == _COUNT)
        self.until.setVisible(repeats and self.ends.value() == _UNTIL)
        self.next.setVisible(repeats and bool(self.next.text()))


def _last_moment(day: date, start: Moment) -> datetime:
    return datetime.combine(day, time() if isinstance(start, AllDay) else time(23, 59))
