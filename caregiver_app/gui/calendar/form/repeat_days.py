"""On which days of its week, month or year something repeats, following the first date."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.recurrence import Rule, expand
from caregiver_app.domain.times import Moment, wall
from caregiver_app.gui.calendar.form import repeat_choice as choice
from caregiver_app.gui.calendar.form.repeat_choice import Days
from caregiver_app.gui.calendar.form.repeat_parts import WeekdayField
from caregiver_app.gui.rule_words import listed, ordinal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.field import Field, field_row
from caregiver_app.gui.widgets.fields import ChoiceField, NumberField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import short_date, tr, weekday_name, weekday_text
from caregiver_app.messages import words
from caregiver_app.values import value

_BY_MONTH: Final = ("MONTHLY", "YEARLY")
_MOST_DAYS: Final = 31


@value
class _Base:
    """What was chosen, and the first date for which it was: another one is worked out from it."""

    first: date
    which: str
    weekdays: tuple[int, ...]


class DaysFields(QWidget):
    """The days; which of the fields are seen follows from the frequency."""

    changed = Signal()
    start_wanted = Signal(object)
    """The person wants the series to begin on this date, the first that fits what was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frequency = ""
        self._base: _Base | None = None
        self.offered: date | None = None
        """The first date that fits, where the present one does not."""
        self.weekdays = WeekdayField(theme, tr("On these days"))
        self.which = ChoiceField(theme, tr("On which day"), [])
        counted = [(str(n), ordinal(n).capitalize()) for n in (1, 2, 3, 4, -1)]
        numbers = [(choice.NUMBER, tr("Day by its number")), *counted]
        self.nth = ChoiceField(theme, tr("Which one"), numbers, chosen=choice.NUMBER)
        names = [(str(number), weekday_name(number)) for number in range(7)]
        self.weekday = ChoiceField(theme, tr("Weekday"), names)
        self.number = NumberField(theme, tr("Day of the month"), least=1, most=_MOST_DAYS)
        self.note = Text("", "second", "soft")
        self.mismatch = Text("", "second", "warn")
        self.begin_there = QuietButton(theme, "", "calendar")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.weekdays)
        column.addWidget(self.which)
        self._row = field_row(self.nth, self.weekday, self.number)
        column.addLayout(self._row)
        for part in (self.note, self.mismatch):
            column.addWidget(part)
        column.addWidget(self.begin_there, 0, Qt.AlignmentFlag.AlignLeft)
        self.weekdays.ticked.connect(self._chosen)
        self.which.changed.connect(self._chosen)
        for field in (self.nth, self.weekday, self.number):
            field.changed.connect(self.changed)
        self.begin_there.clicked.connect(self._begin_there)
        self._first: date | None = None

    # -- Values -----------------------------------------------------------------------------------

    def field(self) -> Field | None:
        """Return the field beside which a complaint about the days stands."""
        if self._frequency == "WEEKLY":
            return self.weekdays
        return self.which if self._frequency in _BY_MONTH else None

    def weekday_values(self, first: date) -> tuple[int, ...] | None:
        """Return the weekdays of a weekly rule, () for that of its first date, None for none."""
        if self._frequency != "WEEKLY":
            return ()
        ticked = self.weekdays.value()
        return None if not ticked else () if ticked == (first.weekday(),) else ticked

    def days(self, first: date) -> Days | None:
        """Return the chosen days of the month or year, None while they cannot be read."""
        key = self.which.value()
        if self._frequency not in _BY_MONTH:
            return Days()
        if key is None:
            return None
        if key != choice.OTHER:
            return choice.days_of(key, self._frequency, first)
        nth, weekday, number = self.nth.value(), self.weekday.value(), self.number.value()
        if nth == choice.NUMBER:
            fits = number is not None and 1 <= number <= _MOST_DAYS
            return Days(month_days=(number,)) if number is not None and fits else None
        if nth is None or weekday is None:
            return None
        return Days(numbered=((int(nth), int(weekday)),))

    def show_days(self, rule: Rule, first: date) -> None:
        """Show the days of a kept rule."""
        self._frequency, self._first = rule.frequency, first
        if rule.frequency == "WEEKLY":
            # A weekly rule without days means the weekday of its first date.
            self.weekdays.set_value(rule.weekdays or (first.weekday(),))
        elif rule.frequency in _BY_MONTH:
            key = choice.key_of(rule, first) or choice.DAY
            if key == choice.OTHER and rule.month_days:
                self.number.set_value(rule.month_days[0])
            elif key == choice.OTHER:
                nth, weekday = rule.numbered[0]
                self.nth.set_value(str(nth))
                self.weekday.set_value(str(weekday))
            self._offer(first, key)
        self._remember(first)

    def choose_frequency(self, frequency: str, first: date | None) -> None:
        """Begin with what the first date is in its week, month or year."""
        self._frequency, self._first, self._base = frequency, first, None
        if first is None:
            return
        if frequency == "WEEKLY" and not self.weekdays.value():
            self.weekdays.set_value((first.weekday(),))
        elif frequency in _BY_MONTH:
            self._offer(first, choice.DAY)
        self.note.setText("")
        self._remember(first)

    def complain(self) -> bool:
        """Say beside its field what is missing; return whether all is well."""
        if self._frequency == "WEEKLY" and not self.weekdays.value():
            self.weekdays.set_error(words("rule.no_weekday"))
            return False
        if self._frequency != "MONTHLY" or self.which.value() != choice.OTHER:
            return True
        by_number = self.nth.value() == choice.NUMBER
        if by_number and not 1 <= (self.number.value() or 0) <= _MOST_DAYS:
            self.number.set_error(tr("A day from 1 to 31, please."))
            return False
        if not by_number and self.weekday.value() is None:
            self.weekday.set_error(tr("Choose a weekday."))
            return False
        return True

    # -- Following the first date -----------------------------------------------------------------

    def follow(self, first: date) -> None:
        """Follow another first date: what no longer fits it is chosen anew, and that is said."""
        if first == self._first:
            return
        self._first = first
        if self._base is None:
            self.choose_frequency(self._frequency, first)
        elif self._frequency == "WEEKLY":
            self._shift_weekdays(self._base, first)
        elif self._frequency in _BY_MONTH:
            self._shift_days(self._base, first)

    def _shift_weekdays(self, base: _Base, first: date) -> None:
        chosen, said = base.weekdays, ""
        if base.first.weekday() in chosen and first.weekday() not in chosen:
            chosen = tuple(sorted({first.weekday(), *chosen} - {base.first.weekday()}))
            said = tr(
                "The first date is a {weekday} now, so it repeats on {days}.",
                weekday=weekday_text(first),
                days=listed([weekday_name(day) for day in chosen]),
            )
        self.weekdays.set_value(chosen)
        self.note.setText(said)

    def _shift_days(self, base: _Base, first: date) -> None:
        key = base.which
        # What did not fit its first date either was chosen on purpose, and stays.
        if key != choice.OTHER and (key != choice.END or choice.is_month_end(base.first)):
            key = choice.fitting_key(key, first)
        before = choice.days_of(base.which, self._frequency, base.first)
        self._offer(first, key)
        same = key in (choice.OTHER, base.which) and (
            key in (choice.OTHER, choice.END)
            or (before == choice.days_of(key, self._frequency, first) and before != Days())
        )
        told = self.which.text()
        self.note.setText(
            "" if same or first == base.first
            else tr("The first date changed, so it repeats now: {days}.", days=told)
        )  # fmt: skip

    def _offer(self, first: date, key: str) -> None:
        self.which.set_choices(choice.choices(self._frequency, first), key)
        self.which.set_error(None)

    def _remember(self, first: date) -> None:
        self._base = _Base(first, self.which.value() or choice.DAY, self.weekdays.value())

    def _chosen(self) -> None:
        if self._first is not None:
            if self.which.value() == choice.OTHER and not self.number.text():
                self.number.set_value(self._first.day)
            self._remember(self._first)
        self.note.setText("")
        self.changed.emit()

    def _begin_there(self) -> None:
        if self.offered is not None:
            self.start_wanted.emit(self.offered)

    # -- Showing ----------------------------------------------------------------------------------

    def settle(self, rule: Rule | None, start: Moment | None) -> None:
        """Show the fields that belong here, and whether the first date is one of the days."""
        kind = self._frequency
        other = kind == "MONTHLY" and self.which.value() == choice.OTHER
        by_number = self.nth.value() == choice.NUMBER
        self.weekdays.setVisible(kind == "WEEKLY")
        self.which.setVisible(kind in _BY_MONTH)
        self.nth.setVisible(other)
        self.number.setVisible(other and by_number)
        self.weekday.setVisible(other and not by_number)
        self._tell_limits(start)
        self._tell_mismatch(rule, start)
        self.note.setVisible(bool(self.note.text()))

    def _tell_limits(self, start: Moment | None) -> None:
        first = None if start is None else wall(start).date()
        chosen = None if first is None else self.days(first)
        limits = ""
        if first is not None and chosen is not None:
            limits = choice.left_out_words(self._frequency, chosen, first)
        self.which.set_hint(limits)

    def _tell_mismatch(self, rule: Rule | None, start: Moment | None) -> None:
        """Where the first date is none of the chosen days, say so and offer the first that is."""
        self.offered = None
        if rule is not None and start is not None:
            plain = Rule(
                rule.frequency, 1, rule.weekdays, numbered=rule.numbered, months=rule.months,
                month_days=rule.month_days,
            )  # fmt: skip
            fits = next(expand(start, plain, wall(start)), None)
            if fits is not None and fits != wall(start):
                self.offered = fits.date()
        self.mismatch.setVisible(self.offered is not None)
        self.begin_there.setVisible(self.offered is not None)
        if self.offered is not None and start is not None:
            day = wall(start).date()
            offered = short_date(self.offered, year=self.offered.year != day.year)
            self.mismatch.setText(
                tr("{day}, the first date, is not one of these days.", day=short_date(day))
            )
            self.begin_there.set_words(tr("Begin on {day}", day=offered))

    def turn(self, *, large: bool) -> None:
        """Put fields below each other where the words are large."""
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)
