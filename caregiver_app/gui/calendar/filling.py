"""Looks up what the views of the calendar show, and puts it there."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from caregiver_app.gui.calendar.agenda_model import key_of, split_key
from caregiver_app.gui.calendar.coverage_days import Approvals, outside_words
from caregiver_app.gui.calendar.filters import Filters, KindChoice
from caregiver_app.gui.calendar.form.conflict_line import conflict_text
from caregiver_app.gui.calendar.month_model import Day, days_of, first_weekday
from caregiver_app.gui.calendar.stage import Stage
from caregiver_app.gui.calendar.week.model import week_of
from caregiver_app.gui.whom import called
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.services.conflicts import Conflict

_LOOK_AFTER_MS: Final = 200
_AHEAD_AFTER_MS: Final = 120
_MONTHS_KEPT: Final = 6
_FAR: Final = timedelta(days=120)
_ONE_DAY: Final = timedelta(days=1)
_LONGEST_MONTH: Final = timedelta(days=31)


class Filling(QObject):
    """Fills month, week and list of one person or of everybody; `page` is the month shown."""

    def __init__(self, house: Household, stage: Stage, kinds: KindChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._house, self._stage, self._kinds = house, stage, kinds
        self.person: str | None = None
        self.page = house.care.today
        self._months: dict[tuple[object, ...], list[list[Day]]] = {}
        self._approvals: dict[str | None, Approvals] = {}
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(_AHEAD_AFTER_MS)
        self._ahead.timeout.connect(partial(house.care.show, self._look_ahead))
        self._looker = QTimer(self)
        self._looker.setSingleShot(True)
        self._looker.setInterval(_LOOK_AFTER_MS)
        self._looker.timeout.connect(partial(house.care.show, self._look_for_conflicts))
        stage.card.list.verticalScrollBar().valueChanged.connect(self._look_soon)

    @property
    def _is_there(self) -> bool:
        """Whether the data was not closed before a quiet moment came."""
        return self._house.care.store.is_open

    def filters(self) -> Filters:
        """Return what is wanted now."""
        return Filters(self.person, self._kinds.kinds, self._stage.everyday.shows)

    def month(self, chosen: date) -> None:
        """Show the month of a day."""
        house, month = self._house, self._stage.month
        weeks = self._weeks(chosen)
        self.page = chosen
        self._ahead.start()
        month.show_weeks(weeks, chosen, house.care.today)
        self._stage.fit_month()
        people = house.people.people()
        only = self.person or (people[0].id if len(people) == 1 else None)
        watching = [day for week in weeks for day in week if day.watching is not None]
        today = [one.watching.sentence() for one in watching if one.today and one.watching]
        person = None if only is None else house.people.person(only)
        lines = {day.approved.held for week in weeks for day in week if day.approved is not None}
        self._stage.legend.show_lines(
            called(person) if watching or lines else None,
            watched=bool(watching),
            today=today[0] if today else "",
            approved=True in lines,
            bare=False in lines,
            keeps_room=only is not None,
        )

    def forget(self) -> None:
        """Look everything up anew from now on: something changed."""
        self._months.clear()
        self._approvals.clear()

    def _approved(self) -> Approvals:
        """Return what the approvals say of whoever is shown."""
        if self.person not in self._approvals:
            self._approvals[self.person] = Approvals(self._house, self.person)
        return self._approvals[self.person]

    def _weeks(self, day: date) -> list[list[Day]]:
        """Return the weeks of a month, from memory where they were looked up already."""
        wanted, first, today = self.filters(), first_weekday(), self._house.care.today
        key = (day.year, day.month, wanted, first, today)
        found = self._months.pop(key, None)
        if found is None:
            found = days_of(
                self._house, day, self.person, first, everyday=wanted.everyday,
                kinds=wanted.kinds, approvals=self._approved(),
            )  # fmt: skip
        # What was wanted last stands last; the first one goes.
        self._months[key] = found
        if len(self._months) > _MONTHS_KEPT:
            del self._months[next(iter(self._months))]
        return found

    def _look_ahead(self) -> None:
        """Look the neighbours of the page up before somebody turns to them."""
        if self._stage.month.isVisible() and self._is_there:
            first = self.page.replace(day=1)
            for day in (first - _ONE_DAY, (first + _LONGEST_MONTH).replace(day=1)):
                self._weeks(day)
            self._weeks(self.page)

    def is_on_page(self, day: date) -> bool:
        """Tell whether a day belongs to the month that is shown."""
        listed = self._stage.month.days.index_of(day).isValid()
        return listed and (day.year, day.month) == (self.page.year, self.page.month)

    def keys_on(self, day: date) -> list[str]:
        """Return the row keys of everything on a day of the month that is shown."""
        for one in self._stage.month.days.days:
            if one.day == day:
                return [key_of(mark.appointment, mark.occurrence) for mark in one.marks]
        return []

    def week(self, chosen: date) -> None:
        """Show the week of a day."""
        wanted = self.filters()
        shown = week_of(
            self._house, chosen, self.person, first_weekday(),
            everyday=wanted.everyday, kinds=wanted.kinds, approvals=self._approved(),
        )  # fmt: skip
        self._stage.week.show_week(shown)

    def begin_list(self, chosen: date) -> None:
        """List from a day on; the list alone begins today, or earlier where that day is past."""
        stage = self._stage
        if not stage.shows_list:
            return
        alone = stage.shows_list_alone
        first = min(chosen, self._house.care.today) if alone else chosen
        stage.card.begin(first, self.filters(), self._known())
        if first != chosen:
            stage.card.reach(chosen, self.filters())
        stage.card.approval.show_lapse(self._approved().lapse())
        self._looker.start()

    def reach(self, chosen: date) -> None:
        """Bring a day into the list that stands alone."""
        self._stage.card.reach(chosen, self.filters())
        self._looker.start()

    def list_again(self) -> None:
        """List the same days as they are now."""
        if self._stage.shows_list:
            self._stage.card.look_again(self.filters(), self._known())
            self._stage.card.approval.show_lapse(self._approved().lapse())
            self._looker.start()

    def _look_soon(self, _value: int) -> None:
        self._looker.start()

    def _known(self) -> list[Day]:
        return list(self._stage.month.days.days) if self._stage.shows_month else []

    def _look_for_conflicts(self) -> None:
        """Say softly what gets in each other's way on the days that are seen, once they stand."""
        card = self._stage.card
        days = card.seen() if card.list.isVisible() and self._is_there else None
        if days is None:
            return
        first, last = days[0], min(days[1], days[0] + _FAR)
        found: dict[str, list[str]] = {}
        for one in self._house.conflicts.between(first, last, self.person):
            for key in one.keys:
                found.setdefault(key_of(*key), []).append(_beside(one, first=key == one.keys[0]))
        outside = self._approved().outside
        for row in card.list.rows.rows if outside else ():
            if split_key(row.key)[0] in outside:
                found.setdefault(row.key, []).insert(0, outside_words())
        told = {key: " · ".join(filter(None, dict.fromkeys(said))) for key, said in found.items()}
        card.warn(told, first, last)


def _beside(one: Conflict, *, first: bool) -> str:
    """Return a conflict in few words, for the row of the `first` of its two or of the other."""
    if one.message == "conflict.no_driver":
        return ""  # the row says so by itself
    if one.message == "conflict.same_time":
        return tr("Same time as {title}", title=one.values["second" if first else "first"])
    return conflict_text(one)
