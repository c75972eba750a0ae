"""The Calendar tab: the month at the left, the coming days at the right; one column when narrow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.agenda_model import (
    ENOUGH,
    agenda_from,
    is_anything_kept,
    key_of,
    shown_day,
)
from caregiver_app.gui.calendar.empty import EmptyCalendar, EmptyCard
from caregiver_app.gui.calendar.everyday_line import EverydayLine
from caregiver_app.gui.calendar.legend import Legend
from caregiver_app.gui.calendar.month_model import days_of, first_weekday
from caregiver_app.gui.calendar.month_view import MonthFrame, MonthTitle, MonthView
from caregiver_app.gui.calendar.navigation import Navigation
from caregiver_app.gui.calendar.start_list import StartList
from caregiver_app.gui.columns import one_column
from caregiver_app.gui.reading_order import FocusHand
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import called
from caregiver_app.gui.widgets.buttons import IconButton, PrimaryButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import ScrollArea
from caregiver_app.gui.words import month_text, short_date, tr
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

_KINDS: Final = frozenset({"appointment", "plan", "person", "contact"})
_MARGIN: Final = 24
_LIST, _MONTH = "list", "month"
_NEAR_END: Final = 400


class CalendarTab(FocusHand):
    """Month and agenda of one person or of everybody."""

    asked = Signal(str, str, str)
    """Somebody asked for another place: the bag of a visit, a file to save."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        make_desk: Callable[[QWidget], Desk],
        parent: QWidget | None = None,
    ) -> None:
        """`make_desk` makes what opens the forms; it is called when the first one is wanted."""
        super().__init__(parent)
        self._house = house
        self._theme = theme
        self._make_desk = make_desk
        self._desk: Desk | None = None
        self._person: str | None = None
        self._chosen = house.care.today
        self._enough = ENOUGH
        self._complete = False
        self._one_column: bool | None = None
        self._empty = False
        self._make_head()
        self._make_body()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_MARGIN, 16, _MARGIN, 14)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(12)
        self._connect()
        self._fill()
        # The rest is arranged once the width is known.
        self.setFocusProxy(self.month)

    # -- Building ---------------------------------------------------------------------------------

    def _make_head(self) -> None:
        theme = self._theme
        self.heading = MonthTitle()
        self.nav = Navigation(theme)
        kept = self._house.settings.text("calendar.view", _LIST)
        self.switch = Segmented(
            theme,
            [(_LIST, tr("List"), "paper-note"), (_MONTH, tr("Month"), "calendar")],
            name=tr("List or month"),
            chosen=_MONTH if kept == _MONTH else _LIST,
        )
        self.add_button = PrimaryButton(theme, tr("Add"), "add")
        menu = QMenu(self.add_button)
        menu.addAction(tr("Therapy plan…"), self._new_plan)
        menu.addAction(tr("Appointment…"), self._add_here)
        self.add_button.setMenu(menu)
        self.file_button = IconButton(theme, "import", tr("Save as a calendar file"))
        self.file_button.clicked.connect(lambda: self.asked.emit("export", "", ""))

    def _make_body(self) -> None:
        theme = self._theme
        self.month = MonthView(theme)
        self.frame = MonthFrame(theme, self.month)
        self.legend = Legend(theme)
        self.left = QWidget()
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.frame, 1)
        column.addWidget(self.legend)
        self.agenda = RowList(theme, tr("Coming days"), time_column=True)
        self.right = Card(theme)
        theme.changed.connect(self._space_right)
        self._space_right()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.agenda)
        self.right.add(self._pages, 1)
        self.everyday = EverydayLine(self._house, theme)
        self.everyday.changed.connect(self._fill)
        self.right.add(self.everyday)

    @cached_property
    def start(self) -> StartList:
        """What the right side says while nothing is planned."""
        made = StartList(self._theme)
        made.asked.connect(self._start_with)
        self._pages.addWidget(made)
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
        """In one column the month scrolls with its buttons, so that no day is ever cut."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        return ScrollArea(body)

    def _made(self, name: str) -> QWidget | None:
        """Return one of the above if it was ever shown."""
        return self.__dict__.get(name)

    def _space_right(self) -> None:
        # The card spaces its content by the theme; a list goes to the edges instead.
        self.right.body.setContentsMargins(1, 8, 1, 8)

    def _empty_state(self) -> EmptyCalendar:
        made = EmptyCalendar(self._theme)
        made.plan_asked.connect(self._new_plan)
        made.appointment_asked.connect(self._add_here)
        return made

    @property
    def desk(self) -> Desk:
        """Where the forms are opened."""
        if self._desk is None:
            self._desk = self._make_desk(self)
            self._desk.person = self._person
            self._desk.bag_asked.connect(partial(self.asked.emit, "bag", "visit"))
        return self._desk

    def _add_here(self) -> None:
        self.add_on(self._chosen)

    def _open_row(self, key: str) -> None:
        self.desk.open_row(key)

    def _new_plan(self) -> None:
        self.desk.new_plan()

    def _start_with(self, kind: str) -> None:
        self.desk.new_appointment(self._chosen, kind)

    def _connect(self) -> None:
        self.nav.moved.connect(self._turn)
        self.nav.today_asked.connect(self._go_today)
        self.switch.changed.connect(self._view_chosen)
        self.month.day_chosen.connect(self._day_chosen)
        self.month.month_wanted.connect(self.go)
        self.month.day_opened.connect(self._open_day)
        self.month.add_asked.connect(self.add_on)
        self.month.delete_asked.connect(self._delete_on)
        self.agenda.opened.connect(self._open_row)
        self.agenda.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._theme.changed.connect(self._arrange)

    # -- The face of a tab ------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Show one person, or everybody."""
        if person_id == self._person:
            return
        self._person = person_id
        if self._desk is not None:
            self._desk.person = person_id
        self._fill()

    def refresh(self, change: Change | None = None) -> None:
        """Look again, when what changed concerns the calendar."""
        if change is None or change.kinds & _KINDS:
            self._fill()

    def open_item(self, kind: str, item: str) -> None:
        """Open a plan, or an appointment on its day; "day" goes to the day `item` (2026-03-31)."""
        if kind == "plan":
            self.desk.open_plan(item)
            return
        if kind == "day":
            with suppress(ValueError):
                self.go(date.fromisoformat(item))
            return
        found = self._house.agenda.get(item)
        if found is not None:
            self.go(shown_day(self._house, found))
            self.desk.open_appointment(item)

    @property
    def chosen_day(self) -> date:
        """The day that is chosen."""
        return self._chosen

    # -- Going about ------------------------------------------------------------------------------

    def go(self, day: date) -> None:
        """Choose a day and show its month."""
        moved = (day.year, day.month) != (self._chosen.year, self._chosen.month)
        self._chosen = day
        self._enough = ENOUGH
        if moved or not self.month.days.index_of(day).isValid():
            self._fill_month()
        else:
            self.month.setCurrentIndex(self.month.days.index_of(day))
            self._show_chosen()
        self._fill_agenda(top=True)

    def add_on(self, day: date) -> None:
        """Add an appointment on a day."""
        self.desk.new_appointment(day)

    def _turn(self, months: int) -> None:
        self.go(self._chosen + relativedelta(months=months))

    def _go_today(self) -> None:
        self.go(self._house.care.today)

    def _view_chosen(self, view: str) -> None:
        self._arrange()
        # Where nothing can be written, the next start shows the list again.
        with suppress(UserError):
            self._house.settings.remember(calendar__view=view)

    def _day_chosen(self, day: date) -> None:
        if day != self._chosen:
            turned = (day.year, day.month) != (self._chosen.year, self._chosen.month)
            self._chosen = day
            self._enough = ENOUGH
            if turned:
                # Not at once: the grid is still telling about the click.
                QTimer.singleShot(0, self, self._fill_month)
            self._show_chosen()
            self._fill_agenda(top=True)

    def _show_chosen(self) -> None:
        """Keep the chosen day in sight where the month scrolls."""
        if not (self._one_column and self.month.isVisible()):
            return
        body = self.month_page.widget()
        if body is not None:
            box = self.month.visualRect(self.month.currentIndex())
            spot: QPoint = self.month.viewport().mapTo(body, box.center())
            self.month_page.ensureVisible(spot.x(), spot.y(), 0, box.height())

    def _open_day(self, day: date) -> None:
        self._day_chosen(day)
        marks = self._marks(day)
        if not marks:
            self.add_on(day)
        elif len(marks) == 1:
            self.desk.open_row(marks[0])
        else:
            if self._one_column:
                self.switch.set_value(_LIST)
            self.agenda.choose(marks[0])
            self.agenda.setFocus(Qt.FocusReason.TabFocusReason)

    def _delete_on(self, day: date) -> None:
        marks = self._marks(day)
        if len(marks) == 1:
            self.desk.delete_row(marks[0])
        elif marks:
            self._open_day(day)

    def _marks(self, day: date) -> list[str]:
        """Return the row keys of everything on a day."""
        for one in self.month.days.days:
            if one.day == day:
                return [key_of(mark.appointment, mark.occurrence) for mark in one.marks]
        return []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that work anywhere in the tab."""
        key, plain = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key == Qt.Key.Key_N:
            self.add_on(self._chosen)
        elif plain and key in (Qt.Key.Key_T, Qt.Key.Key_Home):
            self._go_today()
        elif plain and key == Qt.Key.Key_PageUp:
            self._turn(-1)
        elif plain and key == Qt.Key.Key_PageDown:
            self._turn(1)
        elif plain and key == Qt.Key.Key_Delete and self.agenda.hasFocus():
            if self.agenda.current_key():
                self.desk.delete_row(self.agenda.current_key())
        else:
            super().keyPressEvent(event)

    # -- Filling ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        self._empty = not is_anything_kept(self._house)
        self.everyday.look(self._person)
        self._fill_month()
        self._fill_agenda()
        if self._one_column is not None:
            self._arrange()

    def _fill_month(self) -> None:
        today = self._house.care.today
        weeks = days_of(
            self._house, self._chosen, self._person, first_weekday(), everyday=self.everyday.shows
        )
        self.month.show_weeks(weeks, self._chosen, today)
        self.frame.setMinimumHeight(self.month.least_height() if self._one_column else 0)
        self._show_chosen()
        self._head_words()
        people = self._house.people.people()
        only = self._person or (people[0].id if len(people) == 1 else None)
        watched = any(day.watching is not None for week in weeks for day in week)
        person = None if only is None else self._house.people.person(only)
        self.legend.show_watching(called(person) if watched else None)

    def _fill_agenda(self, *, top: bool = False) -> None:
        found = agenda_from(
            self._house,
            self._chosen,
            self._person,
            enough=self._enough,
            known=self.month.days.days,
            everyday=self.everyday.shows,
        )
        self._complete = found.complete
        rows = list(found.rows)
        if not rows:
            day = short_date(self._chosen)
            title = tr("Nothing planned from {day} on", day=day)
            rows = [Row(key="", title=title, heading=True)]
        self.agenda.set_rows(rows)
        if top:
            self.agenda.verticalScrollBar().setValue(0)
        self._pages.setCurrentWidget(self.start if self._empty else self.agenda)

    def _scrolled(self, value: int) -> None:
        bar = self.agenda.verticalScrollBar()
        if not self._complete and bar.maximum() and value > bar.maximum() - _NEAR_END:
            self._enough = self.agenda.rows.rowCount() + ENOUGH
            # Not from inside the scrolling: replacing the rows scrolls too.
            QTimer.singleShot(0, self, self._fill_agenda)

    def _head_words(self) -> None:
        listed = self._one_column and (self.switch.value() == _LIST or self._empty)
        self.heading.setText(tr("Coming up") if listed else month_text(self._chosen))

    # -- Arranging --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        one = one_column(self._theme, self.width())
        self._one_column = one
        grid = self._grid
        for widget in (
            self.heading, self.nav, self.switch, self.file_button, self.add_button, self.left,
            self.right,
            self._made("empty_page"), self._made("month_page"),
        ):  # fmt: skip
            if widget is not None:
                grid.removeWidget(widget)
        while grid.count():
            grid.takeAt(0)
        if self.month.delegate.compact != one:
            self.month.delegate.compact = one
            self.month.viewport().update()
        self.frame.setMinimumHeight(self.month.least_height() if one else 0)
        (self._arrange_one if one else self._arrange_two)()
        self.add_button.setVisible(not self._empty)
        self.file_button.setVisible(not self._empty)
        self._head_words()
        self._place_empty()

    def _arrange_two(self) -> None:
        grid = self._grid
        head, side = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(16)
        side.setSpacing(10)
        head.addWidget(self.heading)
        head.addWidget(self.nav)
        head.addStretch(1)
        side.addWidget(self.file_button)
        side.addWidget(self.add_button)
        grid.addLayout(head, 0, 0)
        grid.addLayout(side, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.left, 1, 0)
        grid.addWidget(self.right, 1, 1)
        grid.setColumnStretch(0, 60)
        grid.setColumnStretch(1, 40)
        grid.setRowStretch(1, 1)
        grid.setRowStretch(2, 0)
        self.switch.hide()
        for widget in (self._made("empty_page"), self._made("month_page")):
            if widget is not None:
                widget.hide()
        for widget in (self.nav, self.left, self.right):
            widget.show()
        self.setFocusProxy(self.month)

    def _arrange_one(self) -> None:
        grid = self._grid
        as_month = self.switch.value() == _MONTH and not self._empty
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.heading, 1)
        head.addWidget(self.switch)
        head.addWidget(self.file_button)
        head.addWidget(self.add_button)
        grid.addLayout(head, 0, 0, 1, 2)
        body = self.month_page.widget()
        column = None if body is None else body.layout()
        if isinstance(column, QVBoxLayout):
            column.addWidget(self.nav, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(self.left, 1)
        page = self.empty_page if self._empty else self.month_page if as_month else self.right
        grid.addWidget(page, 2, 0, 1, 2)
        grid.setRowStretch(1, 0)
        grid.setRowStretch(2, 1)
        self.switch.setVisible(not self._empty)
        self.nav.setVisible(as_month)
        self.left.setVisible(as_month)
        self.month_page.setVisible(as_month)
        self.right.setVisible(page is self.right)
        if self._empty or self._made("empty_page") is not None:
            self.empty_page.setVisible(self._empty)
        self.setFocusProxy(self.month if as_month else self.agenda)

    def _place_empty(self) -> None:
        overlaid = self._empty and not self._one_column
        if overlaid or self._made("empty_card") is not None:
            self.empty_card.setVisible(overlaid)
        if not overlaid:
            return
        # Geometry is only true once the layout has run.
        self._grid.activate()
        self.empty_card.lie_over(self.frame, self)

    def minimumSizeHint(self) -> QSize:
        """A page gives way."""
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between one and two columns."""
        super().resizeEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Choose before the first paint."""
        super().showEvent(event)
        self._settle()

    def _settle(self) -> None:
        if one_column(self._theme, self.width()) != self._one_column:
            self._arrange()
        else:
            self._place_empty()
