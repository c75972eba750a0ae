"""The parts of the repetition form: ticks for weekdays, and the sentence with the next dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.occurrences import occurrences
from caregiver_app.domain.times import day_of, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import short_date, short_weekday, time_text, tr, weekday_name
from caregiver_app.gui.zone_words import moved_by_gap

HOW_MANY: Final = 10
"""So many dates are told in advance."""
_WEEK: Final = 7
_LONGEST: Final = timedelta(days=366 * 200)


class WeekdayTick(TickRow):
    """One day of the week; said in full, shown in short."""

    def __init__(self, theme: Theme, number: int) -> None:
        self._number = number
        super().__init__(theme, short_weekday(number), strong=False, fades=False)

    def minimumSizeHint(self) -> QSize:
        """The whole short name: it never wraps."""
        return self.sizeHint()

    def _show_state(self) -> None:
        super()._show_state()
        self.setAccessibleName(weekday_name(self._number))


class WeekdayField(Field):
    """Seven ticks, Monday first."""

    ticked = Signal()
    """The person ticked or unticked a day."""

    def __init__(self, theme: Theme, label: str, parent: QWidget | None = None) -> None:
        ticks = QWidget()
        flow = FlowLayout(ticks, across=14, down=0)
        self.days: list[TickRow] = []
        for number in range(_WEEK):
            tick = WeekdayTick(theme, number)
            tick.state_changed.connect(self._ticked)
            self.days.append(tick)
            flow.addWidget(tick)
        ticks.setFocusProxy(self.days[0])
        super().__init__(theme, label, ticks, parent=parent)

    def _ticked(self, _state: str) -> None:
        self._touched()
        self.ticked.emit()

    def _outlined(self) -> list[QWidget]:
        return []

    def text(self) -> str:
        """Return the names of the ticked days."""
        return ", ".join(weekday_name(day) for day in self.value())

    def value(self) -> tuple[int, ...]:
        """Return the ticked days, 0 is Monday."""
        return tuple(n for n, tick in enumerate(self.days) if tick.state == "done")

    def set_value(self, days: Sequence[int]) -> None:
        """Tick these."""
        for number, tick in enumerate(self.days):
            tick.set_state("done" if number in days else "open")
        self.set_error(None)


class NextDates(Card):
    """What the repetition means: one sentence, and the dates that come next."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tone="page")
        self.sentence = Text("", "strong")
        self.head = Text(tr("The next dates"), "second_strong", "soft")
        self.body.setSpacing(4)
        self._dates = [Text("", "second") for _ in range(HOW_MANY)]
        for part in (self.sentence, self.head, *self._dates):
            self.add(part)
        self.body.addStretch(1)

    def show_dates(self, sentence: str, dates: Sequence[str], *, all_of_them: bool) -> None:
        """Show a sentence and dates; `all_of_them`: none comes after these."""
        self.sentence.setText(sentence)
        self.head.setText(tr("All its dates") if all_of_them else tr("The next dates"))
        if len(dates) == HOW_MANY and not all_of_them:
            self.head.setText(tr("The next ten dates"))
        self.head.setVisible(bool(dates))
        for place, line in enumerate(self._dates):
            line.setText(dates[place] if place < len(dates) else "")
            line.setVisible(place < len(dates))

    def dates(self) -> list[str]:
        """Return the dates that are shown."""
        return [line.text() for line in self._dates if line.text()]


def next_dates(
    one: Appointment, today: date, home: str, series: Appointment | None = None
) -> tuple[list[str], bool]:
    """Return the next dates of a series in words, and whether none comes after them.

    `series` is the whole of which `one` is a later part, if it is.
    """
    begins = wall(one.start)
    one = series or one
    low = max(datetime(today.year, today.month, today.day), begins)  # noqa: DTZ001 - a wall time
    told: list[str] = []
    try:
        for occurrence in occurrences(one, low, low + _LONGEST):
            if len(told) == HOW_MANY:
                return told, False
            day = day_of(occurrence.start, home)
            words = short_date(day, year=True)
            later = moved_by_gap(occurrence.start, home)
            if later is not None:
                words = tr(
                    "{day}, at {later}: the clocks skip {time}",
                    day=words,
                    later=time_text(later),
                    time=time_text(wall(occurrence.start)),
                )
            told.append(words)
    except InputRefused:
        return [], False
    return told, True
