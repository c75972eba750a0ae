"""What lies below the head of the calendar: the view that is chosen, and what it is beside."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caregiver_app.gui.calendar.agenda_card import AgendaCard
from caregiver_app.gui.calendar.empty import EmptyCalendar, EmptyCard
from caregiver_app.gui.calendar.everyday_line import EverydayLine
from caregiver_app.gui.calendar.legend import Legend
from caregiver_app.gui.calendar.month_view import MonthFrame, MonthView
from caregiver_app.gui.calendar.start_list import StartList
from caregiver_app.gui.calendar.view_names import LIST, MONTH, WEEK
from caregiver_app.gui.calendar.week.model import wall_now
from caregiver_app.gui.calendar.week.view import WeekView
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import ScrollArea
from caregiver_app.services.household import Household

_WIDE: Final = 1560
"""From here on there is room for the list beside the week."""
_LIST_WIDTH: Final = 1240


class Stage(QWidget):
    """Month, week and list; which of them is seen follows from view and width."""

    plan_asked = Signal()
    appointment_asked = Signal()
    start_asked = Signal(str)
    """The kind of appointment to begin with."""
    week_made = Signal(object)
    """The `WeekView`, as it is first wanted."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__()
        self._house, self._theme = house, theme
        self._view, self._one, self._empty = MONTH, False, False
        self.month = MonthView(theme)
        self.frame = MonthFrame(theme, self.month)
        self.legend = Legend(theme)
        self.left = QWidget(self)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.frame, 1)
        column.addWidget(self.legend)
        self.card = AgendaCard(house, theme)
        self.everyday = EverydayLine(house, theme)
        self.card.add(self.everyday)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(6)

    @cached_property
    def week(self) -> WeekView:
        """The week, made when it is first wanted."""
        made = WeekView(self._theme, lambda: wall_now(self._house), self)
        self.week_made.emit(made)
        return made

    @cached_property
    def start(self) -> StartList:
        """What the list says while nothing is planned."""
        made = StartList(self._theme)
        made.asked.connect(self.start_asked)
        self.card.pages.addWidget(made)
        return made

    @cached_property
    def empty_card(self) -> EmptyCard:
        """What lies over the month while nothing is planned."""
        return EmptyCard(self._theme, self._empty_state(), self)

    @cached_property
    def empty_page(self) -> ScrollArea:
        """The same as a page of its own, in one column."""
        return ScrollArea(self._empty_state())

    @cached_property
    def month_page(self) -> ScrollArea:
        """In one column the month scrolls, so that no day is ever cut."""
        body = QWidget()
        QVBoxLayout(body).setContentsMargins(0, 0, 0, 0)
        return ScrollArea(body)

    def _empty_state(self) -> EmptyCalendar:
        made = EmptyCalendar(self._theme)
        made.plan_asked.connect(self.plan_asked)
        made.appointment_asked.connect(self.appointment_asked)
        return made

    # -- What is seen -----------------------------------------------------------------------------

    @property
    def shows_month(self) -> bool:
        """Whether the month is seen."""
        return self._view == MONTH

    @property
    def shows_week(self) -> bool:
        """Whether the week is seen."""
        return self._view == WEEK

    @property
    def shows_list(self) -> bool:
        """Whether the list is seen, alone or beside another view."""
        return self._view == LIST or (not self._one and (self.shows_month or self.has_room))

    @property
    def shows_list_alone(self) -> bool:
        """Whether nothing but the list is seen."""
        return self._view == LIST

    @property
    def has_room(self) -> bool:
        """Whether the list has room beside the week."""
        return self.width() >= _WIDE

    def main_view(self) -> QWidget:
        """Return what takes the keyboard first."""
        if self._empty and self._one:
            return self.empty_page
        if self.shows_week:
            return self.week
        return self.month if self.shows_month else self.card.list

    def show_view(self, view: str, *, one_column: bool, empty: bool) -> None:
        """Arrange for a view, one column or two; while nothing is planned it is the month."""
        self._view, self._one, self._empty = MONTH if empty else view, one_column, empty
        compact = one_column and self.shows_month
        if self.month.delegate.compact != compact:
            self.month.delegate.compact = compact
            self.month.viewport().update()
        self.fit_month()
        self.card.pages.setCurrentWidget(self.start if empty else self.card.list)
        self.card.earlier.setVisible(self._view == LIST)
        self._clear()
        seen = self._place_one() if one_column else self._place_two()
        for name in ("left", "card", "week", "month_page", "empty_page"):
            part = self.__dict__.get(name)
            if isinstance(part, QWidget):
                part.setVisible(part in seen)
        self._place_empty()

    def _clear(self) -> None:
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        for column in (0, 1):
            grid.setColumnStretch(column, 0)
        self.card.setMaximumWidth(0xFFFFFF)
        if self.shows_list:
            self.card.add(self.everyday)

    def _place_one(self) -> list[QWidget]:
        if self._empty:
            page: QWidget = self.empty_page
        elif self.shows_week:
            page = self.week
        elif self.shows_month:
            page = self.month_page
            body = self.month_page.widget()
            column = None if body is None else body.layout()
            if column is not None:
                column.addWidget(self.left)
        else:
            page = self.card
        self._grid.addWidget(page, 0, 0, 1, 2)
        self._below()
        return [page, self.left] if page is self.__dict__.get("month_page") else [page]

    def _place_two(self) -> list[QWidget]:
        grid = self._grid
        if self._view == LIST:
            self.card.setMaximumWidth(self._theme.px(_LIST_WIDTH))
            grid.addWidget(self.card, 0, 0, 1, 2)
            return [self.card]
        main = self.week if self.shows_week else self.left
        if not self.shows_list:
            grid.addWidget(main, 0, 0, 1, 2)
            self._below()
            return [main]
        grid.addWidget(main, 0, 0)
        grid.addWidget(self.card, 0, 1)
        grid.setColumnStretch(0, 60)
        grid.setColumnStretch(1, 40)
        return [main, self.card]

    def _below(self) -> None:
        """Where no list is seen, the line of the everyday medicines stands by itself."""
        if not (self.shows_list or self._empty):
            self._grid.addWidget(self.everyday, 1, 0, 1, 2)
        self._grid.setRowStretch(0, 1)

    def _place_empty(self) -> None:
        overlaid = self._empty and not self._one
        if overlaid or "empty_card" in self.__dict__:
            self.empty_card.setVisible(overlaid)
        if overlaid:
            self.settle()

    def fit_month(self) -> None:
        """Make the month as tall as it needs where it scrolls."""
        self.frame.setMinimumHeight(self.month.least_height() if self._one else 0)

    def keep_day_in_sight(self) -> None:
        """Scroll to the chosen day where the month scrolls."""
        page = self.month_page
        body = page.widget()
        if body is not None:
            box = self.month.visualRect(self.month.currentIndex())
            spot: QPoint = self.month.viewport().mapTo(body, box.center())
            page.ensureVisible(spot.x(), spot.y(), 0, box.height())

    def settle(self) -> None:
        """Put what lies over the month in its place again."""
        if self._empty and not self._one:
            # Geometry is only true once the layout has run.
            self._grid.activate()
            self.empty_card.lie_over(self.frame, self)
