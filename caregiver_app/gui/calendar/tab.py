"""The Calendar tab: month, week and agenda over one selection, a day and what is chosen on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.agenda_model import plain_key, shown_day
from caregiver_app.gui.calendar.jump import JumpBox
from caregiver_app.gui.calendar.month_drag import ACTS
from caregiver_app.gui.calendar.shell import CalendarShell
from caregiver_app.gui.calendar.view_names import LIST, MONTH, WEEK
from caregiver_app.gui.calendar.week.view import WeekView
from caregiver_app.gui.theme import Theme
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

_KINDS: Final = frozenset(
    {"appointment", "authorisation", "plan", "person", "contact", "blocked_days", "medicine"}
)
_FIRST_DAY, _LAST_DAY = date(1900, 2, 1), date(2199, 11, 30)


class CalendarTab(CalendarShell):
    """The calendar of one person or of everybody."""

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
        super().__init__(house, theme, make_desk, parent)
        self.jump_box: JumpBox | None = None
        """The box that goes to a day, once it was opened."""
        self._connect_head()
        self._connect_views()
        # All is filled once the width is known.
        self.setFocusProxy(self.month)

    def _connect_head(self) -> None:
        head, keys = self.head, self.keys
        head.add_button.setMenu(self.doors.add_menu(head.add_button, lambda: self._chosen))
        head.file_button.setMenu(self.doors.file_menu(head.file_button, self.asked.emit))
        head.print_button.clicked.connect(lambda: self.doors.print_calendar(self._chosen))
        head.jump_button.clicked.connect(self.jump)
        for switch in (head.wide_switch, head.narrow_switch):
            switch.changed.connect(self.show_view)
        head.filter_button.changed.connect(self._filtered)
        self.note.changed.connect(self._filtered)
        self.everyday.changed.connect(self._filtered)
        self.nav.moved.connect(self._turn)
        self.nav.today_asked.connect(self._go_today)
        keys.pages.connect(self._turn)
        keys.today.connect(self._go_today)
        keys.days.connect(self._step)
        keys.years.connect(self._turn_years)
        keys.add.connect(self._add_here)
        keys.jump.connect(self.jump)
        keys.view.connect(self.show_view)
        self.right.approval.opened.connect(partial(self.asked.emit, "care", "authorisation"))
        self.doors.bag_asked.connect(partial(self.asked.emit, "bag", "visit"))
        self.doors.asked.connect(self.asked)
        self._theme.changed.connect(self._arrange)

    def _connect_views(self) -> None:
        stage, month, agenda, doors = self.stage, self.month, self.agenda, self.doors
        stage.plan_asked.connect(doors.new_plan)
        stage.appointment_asked.connect(self._add_here)
        stage.start_asked.connect(self._start_with)
        stage.week_made.connect(self._connect_week)
        month.day_chosen.connect(self._day_chosen)
        month.month_wanted.connect(self.go)
        month.day_opened.connect(self._open_day)
        month.add_asked.connect(self.add_on)
        month.delete_asked.connect(self._delete_on)
        month.item_chosen.connect(self.choose_item)
        month.opened.connect(doors.open_row)
        month.moved.connect(doors.move)
        month.menu_asked.connect(doors.show_menu)
        month.act_asked.connect(doors.take_key)
        agenda.opened.connect(doors.open_row)
        agenda.selected.connect(self._item_chosen)
        agenda.menu_asked.connect(doors.show_menu)
        agenda.delete_asked.connect(doors.delete_row)
        for view in (month, agenda):
            self.keys.watch(view)

    def _connect_week(self, week: WeekView) -> None:
        doors = self.doors
        week.day_chosen.connect(self._day_of_week_chosen)
        week.week_wanted.connect(self.go)
        week.add_asked.connect(self._add_at)
        week.opened.connect(doors.open_row)
        week.moved.connect(doors.move)
        week.stretched.connect(doors.stretch)
        week.menu_asked.connect(doors.show_menu)
        week.delete_asked.connect(doors.delete_row)
        self.keys.watch(week.grid)

    # -- The face of a tab ------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Show one person, or everybody."""
        if person_id != self.filling.person:
            self.filling.person = person_id
            self.doors.set_person(person_id)
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
            self.desk.open_item(item)

    # -- Going about ------------------------------------------------------------------------------

    def go(self, day: date, item: str = "") -> None:
        """Choose a day, and an appointment on it, and bring both into sight."""
        self._chosen, self._item = min(max(day, _FIRST_DAY), _LAST_DAY), item
        if self._shape is None:
            return
        with self._house.care.one_look():
            if self.view == LIST:
                self._quietly(partial(self.filling.reach, self._chosen))
            else:
                self._show_chosen_day()
                self._quietly(partial(self.filling.begin_list, self._chosen))
        self._mark_item()
        self._head_words()

    def add_on(self, day: date) -> None:
        """Add an appointment on a day."""
        self.doors.add_on(day)

    def jump(self) -> None:
        """Open the box that goes to a day or an appointment."""
        if self._empty:
            return
        if self.jump_box is None:
            self.jump_box = JumpBox(self._house, self._theme, self)
            self.jump_box.wanted.connect(self._jumped)
        self.jump_box.open_below(self.head.jump_button, self.filling.person)

    def _jumped(self, day: date, item: str) -> None:
        """Go there, and let Enter open what was found."""
        self.go(day, item)
        listed = bool(item) and not self.stage.shows_week and self.agenda.isVisible()
        there = self.agenda if listed else self.stage.main_view()
        # Once the box has given the keyboard back to its button.
        QTimer.singleShot(0, there, partial(there.setFocus, Qt.FocusReason.ShortcutFocusReason))

    def show_view(self, view: str | None) -> None:
        """Show month, week or list; day and item stay chosen."""
        if self._busy or view is None or self._empty or view == self.view:
            return
        inside = self.stage.isAncestorOf(self.window().focusWidget())
        self._view = view
        # Where nothing can be written, the next start shows the usual view.
        with suppress(UserError):
            self._house.settings.remember(calendar__view=view)
        self._arrange()
        self._fill_views(anew=True)
        if inside:
            self.stage.main_view().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add_here(self) -> None:
        self.add_on(self._chosen)

    def _start_with(self, kind: str) -> None:
        self.doors.start_with(self._chosen, kind)

    def _add_at(self, day: date, hour: time | None) -> None:
        self.doors.add_on(day, hour)

    def _turn(self, pages: int) -> None:
        if self.view == WEEK:
            self._step(7 * pages)
        else:
            self._turn_months(pages)

    def _turn_years(self, years: int) -> None:
        self._turn_months(12 * years)

    def _turn_months(self, months: int) -> None:
        with suppress(ValueError, OverflowError):
            self.go(self._chosen + relativedelta(months=months))

    def _step(self, days: int) -> None:
        self.go(self._chosen + timedelta(days=days))

    def _go_today(self) -> None:
        self.go(self._house.care.today)

    # -- What the views tell ----------------------------------------------------------------------

    def _day_chosen(self, day: date) -> None:
        if self._busy or day == self._chosen:
            return
        self._chosen, self._item = day, ""
        self.month.choose_item("")
        if not self.filling.is_on_page(day):
            # Not at once: the grid is still telling about the click.
            QTimer.singleShot(0, self, self._fill_month)
        self._keep_in_sight()
        self._quietly(partial(self.filling.begin_list, day))

    def _day_of_week_chosen(self, day: date) -> None:
        if self._busy:
            return
        moved = day != self._chosen
        self._chosen, self._item = day, self.stage.week.chosen_key
        if moved:
            self._quietly(partial(self.filling.begin_list, day))
        self._mark_item()

    def _item_chosen(self, key: str) -> None:
        """Follow the list: its day becomes the chosen one, without listing from there."""
        day = self.right.day_of(key)
        if self._busy or day is None:
            return
        self._item, self._chosen = key, day
        if self.view == MONTH:
            index = self.month.days.index_of(day)
            if index.isValid():
                self._quietly(partial(self.month.setCurrentIndex, index))
            self.month.choose_item(key)
        elif self.view == WEEK:
            self._fill_week()
            self._mark_item()

    def choose_item(self, key: str) -> None:
        """Choose an appointment that was pressed on in the month: the list shows it."""
        self._item = key
        self._mark_item()

    def _open_day(self, day: date) -> None:
        self._day_chosen(day)
        keys = self.filling.keys_on(day)
        if not keys:
            self.add_on(day)
        elif len(keys) == 1:
            self.doors.open_row(keys[0])
        else:
            if not self.stage.shows_list:
                self.show_view(LIST)
            self.agenda.choose(keys[0])
            self.agenda.setFocus(Qt.FocusReason.TabFocusReason)

    def _delete_on(self, day: date) -> None:
        keys = self.filling.keys_on(day)
        if len(keys) == 1:
            self.doors.delete_row(keys[0])
        elif keys:
            self._open_day(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that work anywhere in the tab."""
        key, held = Qt.Key(event.key()), event.modifiers()
        plain = held == Qt.KeyboardModifier.NoModifier
        acts = plain and key in ACTS and self._item and self.doors.take_key(key, self._item)
        if not (acts or self.keys.take(event)):
            super().keyPressEvent(event)

    # -- Filling ----------------------------------------------------------------------------------

    def _filtered(self) -> None:
        self.note.look()
        self._fill()

    def _fill(self) -> None:
        self.filling.forget()
        if self._shape is not None:
            with self._house.care.one_look():
                self._house.care.show(self._fill_all)

    def _fill_all(self) -> None:
        self._look()
        self._arrange()
        self._fill_views()

    def _fill_views(self, *, anew: bool = False) -> None:
        """Look up what is seen; a list is begun `anew`, or shows the same days as before."""
        if self.view == MONTH:
            self._fill_month()
        elif self.view == WEEK:
            self._fill_week()
        filling = self.filling
        self._quietly(partial(filling.begin_list, self._chosen) if anew else filling.list_again)
        self._mark_item()
        self._head_words()

    def _fill_month(self) -> None:
        self._quietly(partial(self.filling.month, self._chosen))
        self._keep_in_sight()
        self._head_words()

    def _fill_week(self) -> None:
        self._quietly(partial(self.filling.week, self._chosen))

    def _show_chosen_day(self) -> None:
        """Let month or week show the chosen day; the page is turned where that is another one."""
        if self.view == WEEK:
            self._fill_week()
        elif self.filling.is_on_page(self._chosen):
            index = self.month.days.index_of(self._chosen)
            self._quietly(partial(self.month.setCurrentIndex, index))
            self._keep_in_sight()
        else:
            self._fill_month()

    def _mark_item(self) -> None:
        """Mark what is chosen wherever it stands; where nothing is, nothing is marked."""

        def mark() -> None:
            if not (self._item and self.agenda.choose(self._item)):
                self.agenda.choose_nothing()
            self.month.choose_item(self._item)
            if self._item and self.stage.shows_week:
                self.stage.week.choose(plain_key(self._item))

        self._quietly(mark)
