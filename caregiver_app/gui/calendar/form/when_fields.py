"""When an appointment is: day, hours, and which of the three kinds of time is meant.

The kind is folded under one quiet line ("Time in New York · change"), because it is nearly always
right by itself: a medicine is taken at its hour wherever one is, the clinic keeps its own clock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.occurrences import LONGEST_MINUTES
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Floating,
    Moment,
    Zoned,
    wall,
    whole_days,
    with_wall,
)
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.forms import end_of, minutes_between, moment_of, needed
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ZoneField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.gui.zone_words import both_times, city, fold_words, gap_words
from caregiver_app.messages import explain, words

ZONED, FLOATING, ALL_DAY = "zoned", "floating", "all_day"
_HOUR = timedelta(hours=1)
_WHEREVER: Final = frozenset(("medication",))
"""What is meant at its hour wherever one is, as long as nobody says otherwise."""


class WhenFields(QWidget):
    """Date, start, end and kind of time. `fixed_day` shows the day without letting it be typed."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        today: Callable[[], date],
        home: str,
        fixed_day: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._home = home
        self.day = DateField(theme, tr("Date"), today=today)
        self.start = TimeField(theme, tr("Starts"))
        self.end = TimeField(theme, tr("Ends"))
        self.last = DateField(theme, tr("Ends on"), today=today)
        self.last_day = DateField(theme, tr("Last day"), today=today)
        self.more = QuietButton(theme, tr("Ends on another day"))
        self.change = QuietButton(theme, "", "time")
        kinds = [(ZONED, tr("At this place’s time")), (FLOATING, tr("Wherever we are"))]
        if not fixed_day:
            kinds.append((ALL_DAY, tr("All day")))
        self.kind = Segmented(theme, kinds, name=tr("Which time is meant"), chosen=ZONED)
        self.meaning = Text("", "second", "soft")
        self.zone = ZoneField(
            theme,
            tr("Time zone"),
            zone=home,
            hint=tr("Type a city or a country, for example Lisbon or Portugal."),
        )
        self.both = Text("", "second_strong")
        self.twice = Text("", "second", "soft")
        if fixed_day:
            self.day.line.setReadOnly(True)
        self._fixed = fixed_day
        self._unfolded = self._chosen = False
        self._span = _HOUR
        self._first: date | None = None
        self._shown: tuple[Moment, int] | None = None
        self._over: datetime | None = None
        self._lay_out()
        self._connect()
        self._settle()

    def _connect(self) -> None:
        self.day.changed.connect(self._begun)
        for field in (self.day, self.start, self.end, self.last, self.last_day, self.zone):
            field.changed.connect(self._told)
        self.start.changed.connect(self._started)
        self.more.clicked.connect(self._several_days)
        self.change.clicked.connect(self._unfold)
        self.kind.changed.connect(self._kind_chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        parts = ((self.day, 4), (self.last_day, 4), (self.start, 2), (self.end, 2))
        for field, stretch in parts:
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.last)
        column.addWidget(self.both)
        column.addWidget(self.twice)
        ways = QWidget()
        flow = FlowLayout(ways, across=4, down=0)
        flow.addWidget(self.change)
        flow.addWidget(self.more)
        column.addWidget(ways)
        column.addWidget(self.kind)
        column.addWidget(self.meaning)
        column.addWidget(self.zone)

    # -- Values -----------------------------------------------------------------------------------

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which an appointment's errors come."""
        over = self.last_day if self.is_all_day else self.end
        return {"start": self.start, "minutes": over, "zone": self.zone}

    def show_moment(self, start: Moment, minutes: int) -> None:
        """Show what is kept."""
        local = wall(start)
        self._shown, self._first = (start, minutes), None
        self.day.set_value(local.date())
        self._show_kind(
            ALL_DAY
            if isinstance(start, AllDay)
            else FLOATING
            if isinstance(start, Floating)
            else ZONED
        )
        if isinstance(start, Zoned):
            self.zone.set_value(start.zone)
        self.last.set_value(None)
        if isinstance(start, AllDay):
            days = timedelta(days=whole_days(minutes) - 1)
            self.last_day.set_value(local.date() + days)
        else:
            self._over = over = end_of(start, minutes, self._home).replace(second=0)
            self.start.set_value(local.time())
            self.end.set_value(over.time())
            self._span = over - local.replace(second=0)
            if over.date() != local.date():
                self.last.set_value(over.date())
        self._first = local.date()
        self._settle()

    def set_usual(self, kind: str) -> None:
        """Take the kind of time that is usual for a kind of appointment, unless one was chosen."""
        if not self._chosen and not self.is_all_day and not self._fixed:
            self._show_kind(FLOATING if kind in _WHEREVER else ZONED)
            self._settle()

    def start_value(self) -> Moment | None:
        """Return the start, None while it cannot be read."""
        day, at = self.day.value(), self.start.value()
        if day is None:
            return None
        if self.is_all_day:
            return AllDay(day)
        zone = None if self.is_floating else self.zone.value()
        if at is None or (zone is not None and not self.zone.is_known()):
            return None
        return moment_of(day, at.replace(second=self._second(at)), zone)

    def _second(self, at: time) -> int:
        """Return the second of what was shown where its hour still stands; no field shows it."""
        local = None if self._shown is None else wall(self._shown[0]).time()
        return 0 if local is None or at != local.replace(second=0) else local.second

    def minutes(self) -> int | None:
        """Return the length; less than nothing when the end is before the start."""
        start, at = self.start_value(), self.end.value()
        if isinstance(start, AllDay):
            return self._whole_days(start.day)
        if start is None or at is None:
            return None
        last = wall(start).date()
        if not self.last.isHidden():
            chosen = self.last.value()
            if chosen is None:
                return None
            last = chosen
        over = datetime.combine(last, at)
        if self._shown is not None and (start, over) == (self._shown[0], self._over):
            return self._shown[1]  # an end that the clocks bring twice is the one that was meant
        local = wall(start)
        begins = with_wall(start, local.replace(second=0))
        return minutes_between(begins, over, self._home)

    def _whole_days(self, first: date) -> int | None:
        """Return the length of whole days; the same number of them is as long as it was kept."""
        last = self.last_day.value()
        if last is None:
            return None
        days = (last - first).days + 1
        if self._shown is not None and isinstance(self._shown[0], AllDay):
            minutes = self._shown[1]
            if days == whole_days(minutes):
                return minutes
        return days * MINUTES_A_DAY if days > 0 else (last - first).days * MINUTES_A_DAY

    def complain(self, *, single: bool = True) -> bool:
        """Say beside each field what is missing; return whether all is well.

        A `single` moment must be an hour that exists; a repeated one happens later on such a day.
        """
        good = needed(self.day, tr("Give the date."))
        if self.is_all_day:
            good = needed(self.last_day, tr("Give the last day.")) and good
            return good and self._length_is_right(self.last_day)
        good = self._starts() and good
        good = needed(self.end, tr("Give the hour it ends.")) and good
        if not self.last.isHidden():
            good = needed(self.last, tr("Give the last day.")) and good
        if not self.is_floating and not self.zone.is_known():
            wrong = InputRefused("time.unknown_zone", "zone", zone=self.zone.value())
            self.zone.set_error(explain(wrong))
            good = False
        good = good and self._length_is_right(self.end if self.last.isHidden() else self.last)
        start = self.start_value()
        gap = "" if start is None or not single else gap_words(start, self._home)
        if gap:
            self.start.set_error(gap)
            good = False
        return good

    def _length_is_right(self, field: Field) -> bool:
        """Say beside what is last that it is before the first, or too far from it."""
        length = self.minutes()
        if length is not None and length < 0:
            field = self.end if field is self.last and self._ends_on_first_day() else field
            field.set_error(words("appointment.end_before_start"))
            return False
        if length is not None and length > LONGEST_MINUTES:
            most = LONGEST_MINUTES // MINUTES_A_DAY
            field.set_error(tr("It can last {count} days at most.", count=most))
            return False
        return True

    def _ends_on_first_day(self) -> bool:
        return self.last.value() == self.day.value()

    def _starts(self) -> bool:
        if self._fixed:
            return needed(self.start, tr("Give the hour it starts."))
        if needed(self.start, tr("Give the hour it starts, or choose “All day”.")):
            return True
        self._unfolded = True
        self._settle()
        return False

    @property
    def is_all_day(self) -> bool:
        """Whether it lasts the whole day."""
        return self.kind.value() == ALL_DAY

    @property
    def is_floating(self) -> bool:
        """Whether the hour is meant wherever we are."""
        return self.kind.value() == FLOATING

    # -- Living -----------------------------------------------------------------------------------

    def _begun(self) -> None:
        """Keep the length when the first day is given anew."""
        day = self.day.value()
        if day is None:
            return
        before, self._first = self._first, day
        if before is None:
            return
        for field in (self.last_day, self.last):
            last = field.value()
            if last is not None and date.max - last > day - before:
                field.set_value(last + (day - before))

    def _started(self) -> None:
        """Keep the length when the start is typed anew."""
        at = self.start.value()
        if at is None or (self.end.text().strip() and self.end.value() is None):
            return
        if timedelta(0) <= self._span < timedelta(days=1) and self.last.isHidden():
            moved = datetime.combine(date(2000, 1, 1), at) + self._span
            if moved.date() == date(2000, 1, 1):
                self.end.set_value(moved.time())

    def _several_days(self) -> None:
        self.last.set_value(self.day.value())
        self._settle()
        self.last.control.setFocus(Qt.FocusReason.TabFocusReason)

    def _unfold(self) -> None:
        self._unfolded = True
        self._settle()
        chosen = next(one for one in self.kind.segments if one.isChecked())
        chosen.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_kind(self, kind: str) -> None:
        blocked = self.kind.blockSignals(True)
        self.kind.set_value(kind)
        self.kind.blockSignals(blocked)

    def _kind_chosen(self, kind: object) -> None:
        self._chosen = True
        first = self.day.value()
        if kind == ALL_DAY and self.last_day.value() is None:
            self.last_day.set_value(self._last_of_hours() or first)
        elif kind != ALL_DAY:
            last = self.last_day.value()
            if last is not None and self.last.value() is None and last != first:
                self.last.set_value(last)
            self.last_day.set_value(None)
        self._settle()

    def _last_of_hours(self) -> date | None:
        """Return the last day on which something with hours goes on; midnight is not the next."""
        last, at = self.last.value(), self.end.value()
        if last is not None and at == time(0) and self.day.value() not in (None, last):
            return last - timedelta(days=1)
        return last

    def _told(self) -> None:
        self._tell()
        self.changed.emit()

    def _settle(self) -> None:
        hours = not self.is_all_day
        several = hours and bool(self.last.text().strip())
        self.last_day.setVisible(not hours)
        self.day.set_label(tr("Date") if hours else tr("First day"))
        self.start.setVisible(hours)
        self.end.setVisible(hours)
        self.last.setVisible(several)
        self.more.setVisible(hours and not several)
        self.change.setVisible(not self._unfolded)
        self.kind.setVisible(self._unfolded)
        self.meaning.setVisible(self._unfolded)
        self.zone.setVisible(self._unfolded and hours and not self.is_floating)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Tell the kind of time in a line, the hour here and there, and which of two is meant."""
        start = self.start_value()
        elsewhere = isinstance(start, Zoned) and start.zone != self._home
        self.both.setText("" if start is None or not elsewhere else both_times(start, self._home))
        self.twice.setText("" if start is None else fold_words(start, self._home))
        for line in (self.both, self.twice):
            line.setVisible(bool(line.text()))
        place = city(self.zone.value())
        if self.is_all_day:
            said, meaning = tr("All day"), tr("It has no hour of its own.")
        elif self.is_floating:
            said = tr("At this hour wherever we are")
            meaning = tr("On a journey it stays at this hour of the clock there.")
        else:
            said = tr("Time in {city}", city=place)
            meaning = self._meaning_of(place)
        self.change.set_words(tr("{time} · change", time=said))
        self.meaning.setText(meaning)

    def _meaning_of(self, place: str) -> str:
        if not self.zone.is_known():
            return tr("It stays at this hour there, whatever the clock shows elsewhere.")
        return tr(
            "It stays at this hour in {city}, whatever the clock shows elsewhere.", city=place
        )
