"""When an appointment is: day, hours, whole days, and in which zone its hour is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.times import AllDay, Floating, Moment, Zoned, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.forms import end_of, minutes_between, moment_of, needed
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField, TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ZoneField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words

_HOUR = timedelta(hours=1)


class WhenFields(QWidget):
    """Date, start and end. `fixed_day` shows the day without letting it be typed over."""

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
        self.more = QuietButton(theme, tr("Ends on another day"))
        self.other_zone = QuietButton(theme, tr("Another time zone"))
        self.all_day = TickRow(theme, tr("The whole day"), strong=False)
        self.floating = TickRow(theme, tr("At this hour wherever we are"), strong=False)
        self.zone = ZoneField(theme, tr("Time zone"), zone=home)
        if fixed_day:
            self.day.line.setReadOnly(True)
        self._fixed = fixed_day
        self._zone_asked = False
        self._lay_out()
        for field in (self.day, self.start, self.end, self.last, self.zone):
            field.changed.connect(self.changed)
        self.start.changed.connect(self._started)
        self.more.clicked.connect(self._several_days)
        self.other_zone.clicked.connect(self._choose_zone)
        self.all_day.state_changed.connect(self._settle)
        self.floating.state_changed.connect(self._settle)
        self._span = _HOUR
        self._settle()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field, stretch in ((self.day, 4), (self.start, 2), (self.end, 2)):
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        column.addWidget(self.last)
        ways = QWidget()
        flow = FlowLayout(ways, across=4, down=0)
        flow.addWidget(self.more)
        flow.addWidget(self.other_zone)
        column.addWidget(self.zone)
        column.addWidget(ways)
        column.addWidget(self.all_day)
        column.addWidget(self.floating)

    # -- Values -----------------------------------------------------------------------------------

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which an appointment's errors come."""
        return {"start": self.start, "minutes": self.end, "zone": self.zone}

    def show_moment(self, start: Moment, minutes: int) -> None:
        """Show what is kept."""
        local = wall(start)
        self.day.set_value(local.date())
        self.all_day.set_state("done" if isinstance(start, AllDay) else "open")
        self.floating.set_state("done" if isinstance(start, Floating) else "open")
        if isinstance(start, Zoned):
            self.zone.set_value(start.zone)
        if not isinstance(start, AllDay):
            over = end_of(start, minutes, self._home)
            self.start.set_value(local.time())
            self.end.set_value(over.time())
            self._span = over - local
            if over.date() != local.date():
                self.last.set_value(over.date())
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
        return moment_of(day, at, zone)

    def minutes(self) -> int | None:
        """Return the length; less than nothing when the end is before the start."""
        start, at = self.start_value(), self.end.value()
        if isinstance(start, AllDay):
            return 0
        if start is None or at is None:
            return None
        last = wall(start).date()
        if not self.last.isHidden():
            chosen = self.last.value()
            if chosen is None:
                return None
            last = chosen
        return minutes_between(start, datetime.combine(last, at), self._home)

    def complain(self) -> bool:
        """Say beside each field what is missing; return whether all is well."""
        good = needed(self.day, tr("Give the date."))
        if self.is_all_day:
            return good
        good = needed(self.start, tr("Give the hour it starts, or tick the whole day.")) and good
        good = needed(self.end, tr("Give the hour it ends.")) and good
        if not self.last.isHidden():
            good = needed(self.last, tr("Give the last day.")) and good
        if not self.is_floating and not self.zone.is_known():
            wrong = InputRefused("time.unknown_zone", "zone", zone=self.zone.value())
            self.zone.set_error(explain(wrong))
            good = False
        length = self.minutes()
        if good and length is not None and length < 0:
            self.end.set_error(words("appointment.end_before_start"))
            good = False
        return good

    @property
    def is_all_day(self) -> bool:
        """Whether it lasts the whole day."""
        return self.all_day.state == "done"

    @property
    def is_floating(self) -> bool:
        """Whether the hour is meant wherever we are."""
        return self.floating.state == "done"

    # -- Living -----------------------------------------------------------------------------------

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

    def _choose_zone(self) -> None:
        self._zone_asked = True
        self._settle()
        self.zone.control.setFocus(Qt.FocusReason.TabFocusReason)

    def _settle(self) -> None:
        hours = not self.is_all_day
        several = hours and bool(self.last.text().strip())
        self.start.setVisible(hours)
        self.end.setVisible(hours)
        self.last.setVisible(several)
        self.more.setVisible(hours and not several)
        self.all_day.setVisible(not self._fixed)
        self.floating.setVisible(hours and not self._fixed)
        # Nearly everything happens in the zone of this computer: the field comes when it is asked
        # for, and stands there from the start where the zone is another one.
        zoned = hours and not self.is_floating
        elsewhere = self._zone_asked or self.zone.value() != self._home
        self.zone.setVisible(zoned and elsewhere)
        self.other_zone.setVisible(zoned and not elsewhere)
        self.changed.emit()
