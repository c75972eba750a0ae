"""Whether and how an appointment repeats, said in plain words with the dates that follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.recurrence import Rule, parse_rule, read_rule, rule_text
from caregiver_app.domain.times import AllDay, Moment, wall
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.form.forms import needed
from caregiver_app.gui.calendar.form.repeat_choice import is_shown
from caregiver_app.gui.calendar.form.repeat_days import DaysFields
from caregiver_app.gui.calendar.form.repeat_parts import NextDates
from caregiver_app.gui.rule_words import rule_words
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, NumberField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_NEVER, _COUNT, _UNTIL = "never", "count", "until"
NO, YES = "no", "yes"
_EVERY: Final = {
    "DAILY": "Every how many days",
    "WEEKLY": "Every how many weeks",
    "MONTHLY": "Every how many months",
    "YEARLY": "Every how many years",
}
_SIDE_BY_SIDE: Final = 600
"""Px that the fields and the next dates need side by side."""


class RepeatFields(QWidget):
    """The repetition; hidden parts do not count. `start` answers the first date and its hour.

    Nothing is chosen at first: that something repeats, and how often, is for the family to say.
    """

    changed = Signal()
    start_wanted = Signal(object)
    """The person wants the series to begin on this date, the first that fits what was chosen."""

    def __init__(
        self,
        theme: Theme,
        *,
        today: Callable[[], date],
        start: Callable[[], Moment | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._start = theme, start
        self._foreign = ""
        self._as_shown: tuple[str, str] = ("", "")
        choices = [(NO, tr("No")), (YES, tr("Yes"))]
        self.asks = Segmented(theme, choices, name=tr("Does it repeat?"), chosen=NO)
        self.days = DaysFields(theme)
        self._make_fields(theme, today)
        self.next = NextDates(theme)
        self.foreign = Text(
            tr("These fields cannot show this repetition. It stays as it is unless you change it.")
        )
        self.other_rule = QuietButton(theme, tr("Choose another repetition"))
        self._lay_out()
        self._connect()
        self._settle()

    def _make_fields(self, theme: Theme, today: Callable[[], date]) -> None:
        self.kind = ChoiceField(
            theme,
            tr("How often"),
            [
                ("DAILY", tr("Daily")),
                ("WEEKLY", tr("Weekly")),
                ("MONTHLY", tr("Monthly")),
                ("YEARLY", tr("Yearly")),
            ],
        )
        self.every = NumberField(theme, tr("Every"), value=1, least=1)
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

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        question = QHBoxLayout()
        question.setSpacing(14)
        question.addWidget(Text(tr("Does it repeat?"), "second_strong", wrap=False))
        question.addWidget(self.asks)
        question.addStretch(1)
        column.addLayout(question)
        column.addWidget(self.foreign)
        column.addWidget(self.other_rule, 0, Qt.AlignmentFlag.AlignLeft)
        self._body = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._body)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(18)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(10)
        self._rows = [self._row(left, (self.kind, 3), (self.every, 2))]
        left.addWidget(self.days)
        self._rows.append(self._row(left, (self.ends, 3), (self.count, 3), (self.until, 4)))
        left.addStretch(1)
        self._sides.addWidget(self._left, 8)
        self._sides.addWidget(self.next, 5)
        column.addWidget(self._body)

    @staticmethod
    def _row(column: QVBoxLayout, *parts: tuple[QWidget, int]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        for widget, stretch in parts:
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        return row

    def _connect(self) -> None:
        self.asks.changed.connect(self._answered)
        self.kind.changed.connect(self._often_chosen)
        for field in (self.every, self.ends, self.count, self.until):
            field.changed.connect(self._touched)
        self.days.changed.connect(self._touched)
        self.days.start_wanted.connect(self.start_wanted)
        self.other_rule.clicked.connect(self._choose_other)
        self._theme.changed.connect(self._turn)

    # -- Values -----------------------------------------------------------------------------------

    def fields(self) -> dict[str, Field]:
        """Return the fields by the names under which errors come."""
        return {"rrule": self.kind, "interval": self.every}

    def show_rule(self, text: str, start: Moment) -> None:
        """Show a kept repetition; one that these fields cannot show is told in words and kept."""
        if not text:
            return
        first = wall(start).date()
        try:
            rule = read_rule(text, start).rule
        except InputRefused:
            rule = None
        self.asks.set_value(YES)
        if rule is None or not is_shown(rule, first):
            self._foreign = text
            self._settle()
            return
        self.kind.set_value(rule.frequency)
        self.every.set_value(rule.interval)
        self.days.show_days(rule, first)
        if rule.count is not None:
            self.ends.set_value(_COUNT)
            self.count.set_value(rule.count)
        elif rule.until is not None:
            self.ends.set_value(_UNTIL)
            self.until.set_value(rule.until.date())
        # What nobody changes is kept to the letter: other programs word the same thing otherwise.
        shown = self._rule(start)
        self._as_shown = ("" if shown is None else rule_text(shown), text)
        self._settle()

    @property
    def repeats(self) -> bool:
        """Whether the person said that it repeats."""
        return self.asks.value() == YES

    def rule(self) -> str | None:
        """Return the repetition as text, "" for none, None while it cannot be read."""
        if not self.repeats:
            return ""
        if self._foreign:
            return self._foreign
        start = self._start()
        found = None if start is None else self._rule(start)
        if found is None:
            return None
        text = rule_text(found)
        return self._as_shown[1] if text == self._as_shown[0] else text

    def _rule(self, start: Moment) -> Rule | None:
        first, frequency = wall(start).date(), self.kind.value()
        interval, chosen = self.every.value(), self.days.days(first)
        weekdays = self.days.weekday_values(first)
        counted, dated = self.ends.value() == _COUNT, self.ends.value() == _UNTIL
        count = self.count.value() if counted else None
        last = self.until.value() if dated else None
        if frequency is None or chosen is None or weekdays is None:
            return None
        if (counted and (count or 0) < 1) or (dated and last is None):
            return None
        if interval is None or interval < 1:
            return None
        return Rule(
            frequency,
            interval,
            weekdays,
            count,
            None if last is None else _last_moment(last, start),
            numbered=chosen.numbered,
            months=chosen.months,
            month_days=chosen.month_days,
        )

    def complain(self) -> bool:
        """Say beside each field what is missing or cannot be."""
        if not self.repeats or self._foreign:
            return True
        if self.kind.value() is None:
            self.kind.set_error(tr("Choose how often it repeats, or say that it does not."))
            return False
        good = self.days.complain()
        whole = tr("A whole number from 1 on, please.")
        if (self.every.value() or 0) < 1:
            self.every.set_error(whole)
            good = False
        if self.ends.value() == _COUNT and (self.count.value() or 0) < 1:
            self.count.set_error(whole)
            good = False
        if self.ends.value() == _UNTIL:
            good = needed(self.until, tr("Give the last day.")) and good
        return good and self._complain_of_rule()

    def _complain_of_rule(self) -> bool:
        text, start = self.rule(), self._start()
        if not text or start is None:
            return True
        try:
            parse_rule(text, start)
        except InputRefused as error:
            field = self.until if error.key == "rule.ends_first" else self.days.field()
            said = explain(error)
            if error.key == "rule.start_differs" and self.days.offered is not None:
                said = tr("The series has to begin on one of these days.")
            (field or self.kind).set_error(said)
            return False
        return True

    # -- Telling ----------------------------------------------------------------------------------

    def tell(self, dates: Sequence[str], *, all_of_them: bool) -> None:
        """Show what stands here as a sentence, with the next `dates`."""
        text, start = self.rule(), self._start()
        sentence = "" if not text or start is None else rule_words(text, start)
        fits = bool(sentence) and self.days.offered is None
        self.next.setVisible(fits)
        if fits:
            self.next.show_dates(sentence, dates, all_of_them=all_of_them)

    def start_changed(self) -> None:
        """Follow another first date."""
        start = self._start()
        if start is not None and self.repeats and not self._foreign:
            self.days.follow(wall(start).date())
        self._settle()

    # -- Living -----------------------------------------------------------------------------------

    def _answered(self, _key: object = None) -> None:
        if not self.repeats:
            self._foreign = ""
            self.kind.set_error(None)
        self._touched()

    def _choose_other(self) -> None:
        self._foreign = ""
        self._touched()
        self.kind.control.setFocus(Qt.FocusReason.TabFocusReason)

    def _often_chosen(self) -> None:
        start = self._start()
        first = None if start is None else wall(start).date()
        self.days.choose_frequency(self.kind.value() or "", first)
        self._touched()

    def _touched(self) -> None:
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        kind = self.kind.value() or ""
        foreign = self.repeats and bool(self._foreign)
        self.foreign.setVisible(foreign)
        self.other_rule.setVisible(foreign)
        self._body.setVisible(self.repeats)
        self._left.setVisible(not foreign)
        self.every.setVisible(bool(kind))
        if kind:
            self.every.set_label(tr(_EVERY[kind]))
        self.ends.setVisible(bool(kind))
        self.count.setVisible(bool(kind) and self.ends.value() == _COUNT)
        self.until.setVisible(bool(kind) and self.ends.value() == _UNTIL)
        start = self._start()
        counts = start is not None and self.repeats and not foreign
        self.days.setVisible(bool(kind))
        self.days.settle(self._rule(start) if start is not None and counts else None, start)
        self._turn()

    def _turn(self) -> None:
        """Put the next dates beside the fields where there is room, else below them."""
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        down = large or self.width() < self._theme.px(_SIDE_BY_SIDE)
        self._sides.setDirection(way.TopToBottom if down else way.LeftToRight)
        for row in self._rows:
            row.setDirection(way.TopToBottom if large else way.LeftToRight)
        self.days.turn(large=large)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look for the room anew."""
        super().resizeEvent(event)
        self._turn()


def _last_moment(day: date, start: Moment) -> datetime:
    return datetime.combine(day, time() if isinstance(start, AllDay) else time(23, 59))
