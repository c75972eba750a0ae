"""What the Calendar tab is made of, and how its parts are arranged for a view and a width."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.calendar.agenda_model import is_anything_kept
from caregiver_app.gui.calendar.filling import Filling
from caregiver_app.gui.calendar.filters import FilterButton, FilterNote, KindChoice
from caregiver_app.gui.calendar.head import CalendarHead, week_text
from caregiver_app.gui.calendar.month_model import first_weekday
from caregiver_app.gui.calendar.stage import Stage
from caregiver_app.gui.calendar.tab_doors import Doors
from caregiver_app.gui.calendar.tab_keys import TabKeys
from caregiver_app.gui.calendar.view_names import MONTH, WEEK, view_of
from caregiver_app.gui.calendar.week.model import week_start
from caregiver_app.gui.columns import one_column
from caregiver_app.gui.reading_order import FocusHand
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.words import month_text, short_date, tr
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

_MARGIN: Final = 24


class CalendarShell(FocusHand):
    """Head, note and stage of the calendar, and the selection over which they stand."""

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
        self._chosen = house.care.today
        self._item = ""
        self._view = house.settings.shown("calendar.view", "")
        self._shape: tuple[bool, bool] | None = None
        self._busy = self._empty = False
        kinds = KindChoice(house)
        self.head = CalendarHead(theme, FilterButton(theme, kinds))
        self.note = FilterNote(theme, kinds, self)
        self.stage = Stage(house, theme)
        self.filling = Filling(house, self.stage, kinds, self)
        self.doors = Doors(make_desk, self)
        self.keys = TabKeys(self)
        self._name_parts()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 16, _MARGIN, 14)
        column.setSpacing(12)
        column.addWidget(self.head)
        column.addWidget(self.note)
        column.addWidget(self.stage, 1)

    def _name_parts(self) -> None:
        head, stage = self.head, self.stage
        self.heading, self.nav = head.title, head.nav
        self.add_button, self.file_button = head.add_button, head.file_button
        self.month, self.frame, self.legend = stage.month, stage.frame, stage.legend
        self.left, self.right = stage.left, stage.card
        self.agenda, self.everyday = stage.card.list, stage.everyday

    @property
    def chosen_day(self) -> date:
        """The day that is chosen."""
        return self._chosen

    @property
    def chosen_item(self) -> str:
        """The key of the appointment that is chosen, "" for none."""
        return self._item

    @property
    def view(self) -> str:
        """Which view is shown: "month", "week" or "list"."""
        return view_of(self._view, narrow=self._one)

    @property
    def switch(self) -> Segmented:
        """What the views are chosen with."""
        return self.head.switch

    @property
    def desk(self) -> Desk:
        """Where the forms are opened."""
        return self.doors.desk

    @property
    def _one(self) -> bool:
        return one_column(self._theme, self.width())

    # -- Filling ----------------------------------------------------------------------------------

    def _fill_views(self, *, anew: bool = False) -> None:
        """Look up what is seen; a list is begun `anew`, or shows the same days as before."""
        raise NotImplementedError

    def _look(self) -> None:
        """See whether there is anything at all, and medicines of every day."""
        self._empty = not is_anything_kept(self._house)
        self.everyday.look(self.filling.person)

    def _quietly(self, act: Callable[[], object]) -> None:
        """Show something that the views would tell of as if somebody had chosen it."""
        busy, self._busy = self._busy, True
        try:
            self._house.care.show(act)
        finally:
            self._busy = busy

    def _keep_in_sight(self) -> None:
        if self._one and self.month.isVisible():
            self.stage.keep_day_in_sight()
            # And once more when what was made taller has its place.
            QTimer.singleShot(0, self.stage, self.stage.keep_day_in_sight)

    def _head_words(self) -> None:
        if self.view == WEEK:
            words = week_text(week_start(self._chosen, first_weekday()))
        elif self.view == MONTH:
            words = month_text(self.filling.page)
        elif self.right.first == self._house.care.today:
            words = tr("Coming up")
        else:
            first, year = self.right.first, self._house.care.today.year
            words = tr("From {day}", day=short_date(first, year=first.year != year))
        self.heading.setText(words)

    # -- Arranging --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        if self._shape is None and not self.isVisible():
            return
        one, view = self._one, self.view
        self._shape = (one, self.stage.has_room)
        self._quietly(partial(self.head.show_view, view, one_column=one, empty=self._empty))
        self.stage.show_view(view, one_column=one, empty=self._empty)
        self.everyday.settle()
        self._head_words()
        self.setFocusProxy(self.stage.main_view())

    def minimumSizeHint(self) -> QSize:
        """A page gives way."""
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between one and two columns."""
        super().resizeEvent(event)
        if self._shape is not None:
            self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Choose before the first paint."""
        super().showEvent(event)
        self._settle()

    def _settle(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        if self._shape == (self._one, self.stage.has_room):
            self.stage.settle()
        else:
            first = self._shape is None
            with self._house.care.one_look():
                self._house.care.show(partial(self._begin, first=first))

    def _begin(self, *, first: bool) -> None:
        if first:
            self._look()
        self._arrange()
        self._fill_views(anew=True)
