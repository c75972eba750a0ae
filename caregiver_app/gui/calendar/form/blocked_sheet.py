"""Days that don't suit: the list of them, and the form in which they are written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import BlockedDays
from caregiver_app.gui.calendar.form.day_span import days_words
from caregiver_app.gui.calendar.form.forms import needed
from caregiver_app.gui.calendar.form.repeat_parts import WeekdayField
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.height import AsTall
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_DAY: Final = "day"
_SPAN: Final = "span"
_WEEKDAYS: Final = "weekdays"
_ALL_OF_THEM: Final = 7


def blocked_sheet(
    house: Household, theme: Theme, parent: QWidget | None, day: date | None = None
) -> Sheet:
    """Return the list of days that don't suit, or, while there is none, the form.

    New ones begin with `day` (today).
    """
    first = day or house.care.today
    if house.blocked.all():
        return BlockedList(house, theme, parent, first)
    return BlockedSheet(house, theme, BlockedDays(id="", first=first, last=first), parent)


class BlockedSheet(KeptSheet):
    """One day, a span of days, or weekdays, for one person or for everybody."""

    kept = Signal(str)
    """The id of the days that were kept."""

    def __init__(
        self, house: Household, theme: Theme, blocked: BlockedDays, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme,
            tr("Days that don’t suit"),
            icon="calendar",
            subtitle=tr("The calendar says so softly. Nothing is moved or refused."),
            parent=parent,
        )
        self.house, self._blocked = house, blocked
        self._make_who()
        self._make_when()
        self.reason = LineField(theme, tr("Why"), text=blocked.reason)
        self._lay_out()
        self.kind.changed.connect(self._settle)
        self.clinic.changed.connect(self._settle)
        self.confirmed.connect(self._save)
        self._settle()

    def _make_who(self) -> None:
        theme, blocked = self.theme, self._blocked
        people = self.house.people.people()
        self._several = len(people) > 1
        self.whom = ChoiceField(
            theme,
            tr("For whom"),
            [("", tr("Everybody")), *((one.id, called(one)) for one in people)],
            chosen=blocked.person or "",
        )
        clinics = self._clinics()
        self.clinic = ChoiceField(
            theme,
            tr("What it is about"),
            [
                ("", tr("A day does not suit us")),
                *((id_, tr("{name} is closed", name=name)) for id_, name in clinics.items()),
            ],
            chosen=blocked.clinic or "",
        )
        self.clinic.setVisible(bool(clinics))

    def _make_when(self) -> None:
        theme, blocked, house = self.theme, self._blocked, self.house
        self.kind = Segmented(
            theme,
            [
                (_DAY, tr("One day")),
                (_SPAN, tr("Several days")),
                (_WEEKDAYS, tr("Weekdays")),
            ],
            name=tr("Which days"),
            chosen=_kind_of(blocked),
        )
        today = lambda: house.care.today  # noqa: E731 - handed to both fields
        self.first = DateField(theme, tr("Day"), today=today, value=blocked.first)
        last = blocked.last if blocked.last != blocked.first else None
        self.last = DateField(theme, tr("Last day"), today=today, value=last)
        self.weekdays = WeekdayField(theme, tr("On these days"))
        endless = blocked.last is None and not blocked.weekdays
        self.weekdays.set_value(range(_ALL_OF_THEM) if endless else blocked.weekdays)

    def _clinics(self) -> dict[str, str]:
        """Return the names of the clinics that may be closed, by their ids."""
        return {
            one.id: one.name
            for one in self.house.people.contacts()
            if one.role == "clinic" or one.id == self._blocked.clinic
        }

    def _lay_out(self) -> None:
        self.add(self.clinic)
        self.add(self.whom)
        self.add(self.kind)
        self.add(self.weekdays)
        self.add_row(self.first, self.last)
        self.add(self.reason)
        blocked = self._blocked
        if blocked.id:
            self.add_delete(tr("Delete these days"), lambda: self.house.blocked.remove(blocked.id))
        else:
            self.add(self.wrong)

    def _settle(self, *_: object) -> None:
        kind = self.kind.value()
        # A clinic is closed for everybody.
        closed = bool(self.clinic.value())
        self.whom.setVisible(self._several and not closed)
        away = tr("As you like, for example: away, or at work.")
        self.reason.set_hint(tr("As you like, for example: holidays.") if closed else away)
        self.first.set_label(tr("Day") if kind == _DAY else tr("First day"))
        self.last.setVisible(kind != _DAY)
        self.last.set_hint(tr("Empty: until further notice.") if kind == _WEEKDAYS else "")
        self.weekdays.setVisible(kind == _WEEKDAYS)
        self.fit()

    def _save(self) -> None:
        kind = self.kind.value()
        good = needed(self.first, tr("Give the day."))
        if kind == _SPAN:
            good = needed(self.last, tr("Give the last day.")) and good
        elif kind == _WEEKDAYS and self.last.complaint():
            self.last.set_error(self.last.complaint())
            good = False
        weekdays = self.weekdays.value() if kind == _WEEKDAYS else ()
        if kind == _WEEKDAYS and not weekdays:
            self.weekdays.set_error(tr("Choose at least one day of the week."))
            good = False
        first = self.first.value()
        if not good or first is None:
            self.focus_first_error()
            return
        clinic = self.clinic.value() or None
        told = replace(
            self._blocked,
            clinic=clinic,
            person=None if clinic else self.whom.value() or None,
            first=first,
            last=first if kind == _DAY else self.last.value(),
            weekdays=() if len(weekdays) == _ALL_OF_THEM else weekdays,
            reason=self.reason.text(),
        )
        fields = {"first": self.first, "last": self.last, "reason": self.reason}
        choices = {"weekdays": self.weekdays, "clinic": self.clinic}
        self.attempt(lambda: self._write_down(told), {**fields, **choices})

    def _write_down(self, told: BlockedDays) -> None:
        self.kept.emit(self.house.blocked.save(told).id)


class BlockedList(Sheet):
    """All days that don't suit, each with the way to change it."""

    def __init__(
        self, house: Household, theme: Theme, parent: QWidget | None, day: date | None = None
    ) -> None:
        """New ones begin with `day` (today)."""
        super().__init__(
            theme,
            tr("Days that don’t suit"),
            icon="calendar",
            primary=tr("Add days"),
            cancel=tr("Close"),
            subtitle=tr("The calendar says so softly. Nothing is moved or refused."),
            parent=parent,
        )
        self.house, self._day = house, day or house.care.today
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.body.addLayout(self.rows)
        self.body.addStretch(1)
        self.form: BlockedSheet | None = None
        self.confirmed.connect(self._add)
        self._show()

    def _show(self) -> None:
        clear_layout(self.rows)
        found = sorted(self.house.blocked.all(), key=lambda one: (one.first, one.id))
        people = self.house.people.people()
        names = {one.id: called(one) for one in people} if len(people) > 1 else {}
        clinics = {one.id: one.name for one in self.house.people.contacts()}
        shown = [one for one in found if one.clinic is None or one.clinic in clinics]
        for number, one in enumerate(shown):
            if number:
                self.rows.addWidget(Rule())
            name = names.get(one.person or "", "")
            if one.clinic is not None:
                name = tr("{name} is closed", name=clinics[one.clinic])
            self.rows.addWidget(self._row(one, name))
        if not shown:
            self.rows.addWidget(Text(tr("None yet. Every day suits."), "body", "soft"))
        self.fit()

    def _row(self, one: BlockedDays, name: str) -> QWidget:
        days = days_words(one, self.house.care.today)
        days = days[:1].upper() + days[1:]
        row = AsTall()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Text(days, "strong"))
        second = " · ".join(part for part in (name, one.reason) if part)
        if second:
            said.addWidget(Text(second, "second", "soft"))
        line.addLayout(said, 1)
        button = PlainButton(self.theme, tr("Change"), name=tr("Change: {days}", days=days))
        button.clicked.connect(lambda: self._open(one))
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _add(self) -> None:
        self._open(BlockedDays(id="", first=self._day, last=self._day))

    def _open(self, blocked: BlockedDays) -> None:
        self.form = BlockedSheet(self.house, self.theme, blocked, self)
        self.form.finished.connect(self._show)
        self.form.finished.connect(self.form.deleteLater)
        self.form.open()


def _kind_of(blocked: BlockedDays) -> str:
    if blocked.weekdays or blocked.last is None:
        return _WEEKDAYS
    return _DAY if blocked.last == blocked.first else _SPAN
