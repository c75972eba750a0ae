"""The list of days on its card: it goes on as one scrolls, and back by "Earlier"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from caregiver_app.gui.calendar.agenda_model import (
    ENOUGH,
    Agenda,
    agenda_before,
    agenda_from,
    day_of_heading,
    heading_key,
    plain_key,
)
from caregiver_app.gui.calendar.approval_line import ApprovalLine
from caregiver_app.gui.calendar.filters import Filters
from caregiver_app.gui.calendar.month_model import Day
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.rows import Row, RowList, row_of
from caregiver_app.gui.words import short_date, tr
from caregiver_app.services.household import Household

_NEAR_END: Final = 400
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class AgendaList(RowList):
    """Days and what is on them; every key that is none of a list's own goes on to the tab."""

    menu_asked = Signal(str, QPoint)
    """A key, and where on the screen its menu is wanted."""
    delete_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Coming days"), time_column=True)
        self.setAccessibleDescription(
            tr("Up and Down choose, Enter opens. Page Up and Page Down go by month.")
        )
        # Heard before the menu that every list has.
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the menu of the chosen row where no mouse asks."""
        if not (watched is self and isinstance(event, QContextMenuEvent) and self.item_key()):
            return super().eventFilter(watched, event)
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            return False
        self._ask_menu()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Up and Down, over the headings; Enter opens, Delete deletes."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in _OPENS:
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Delete and self.item_key():
            self.delete_asked.emit(self.item_key())
        else:
            event.ignore()

    def item_key(self) -> str:
        """Return the key of the chosen appointment, "" for none."""
        row = row_of(self.currentIndex())
        return "" if row is None or row.heading else row.key

    def choose(self, key: str, *, scroll: bool = True) -> bool:
        """Choose the row with a key, else one that names the same item on another of its days."""
        if super().choose(key, scroll=scroll):
            return True
        wanted = plain_key(key)
        like = next((row.key for row in self.rows.rows if plain_key(row.key) == wanted), None)
        return like is not None and super().choose(like, scroll=scroll)

    def choose_nothing(self) -> None:
        """Let no row be chosen."""
        if self.currentIndex().isValid():
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row that is meant."""
        spot = self.viewport().mapFromGlobal(event.globalPos())
        row = row_of(self.indexAt(spot))
        if row is not None and not row.heading:
            self.choose(row.key, scroll=False)
            self.menu_asked.emit(row.key, event.globalPos())

    def show_day(self, day: date) -> bool:
        """Bring a day, or the next one with anything on it, to the top; False where none is."""
        for place, row in enumerate(self.rows.rows):
            found = day_of_heading(row.key) if row.heading else None
            if found is not None and found >= day:
                at_top = self.ScrollHint.PositionAtTop
                self.scrollTo(self.rows.index(place, 0), at_top)
                return True
        return False

    def day_at(self, index: QModelIndex) -> date | None:
        """Return the day under which a row stands."""
        rows = self.rows.rows
        for place in range(index.row(), -1, -1):
            if rows[place].heading:
                return day_of_heading(rows[place].key)
        return None

    def _step(self, step: int) -> None:
        rows = self.rows.rows
        here = self.currentIndex()
        place = here.row() + step if here.isValid() else 0
        while 0 <= place < len(rows) and rows[place].heading:
            place += step if here.isValid() else 1
        if 0 <= place < len(rows):
            self.setCurrentIndex(self.rows.index(place, 0))
        elif step < 0:
            self.scrollToTop()

    def _ask_menu(self) -> None:
        key = self.item_key()
        if key:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_asked.emit(key, self.viewport().mapToGlobal(corner))


class AgendaCard(Card):
    """The list, "Earlier" above it, and what else somebody puts below."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(theme)
        self._house, self._theme = house, theme
        self._filters = Filters()
        self._first = self._until = house.care.today
        self._complete = False
        self.earlier = QuietButton(theme, tr("Earlier"), "back", name=tr("Show earlier days"))
        self.earlier.clicked.connect(self.show_earlier)
        self.earlier.hide()
        self.list = AgendaList(theme)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.add(self.earlier)
        self.body.setAlignment(self.earlier, Qt.AlignmentFlag.AlignLeft)
        self.add(self.pages, 1)
        self.approval = ApprovalLine(theme)
        self.add(self.approval)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.changed.connect(self._space)
        self._space()

    def _space(self) -> None:
        # The card spaces its content by the theme; a list goes to the edges instead.
        self.body.setContentsMargins(1, 8, 1, 8)

    @property
    def first(self) -> date:
        """The first day that was looked at."""
        return self._first

    @property
    def until(self) -> date:
        """The last day that was looked at."""
        return self._until

    # -- Filling ----------------------------------------------------------------------------------

    def begin(self, first: date, filters: Filters, known: Sequence[Day] = ()) -> None:
        """List the days from `first` on; `known` are days that were looked at already."""
        self._filters = filters
        self._take(agenda_from(self._house, first, filters, known=known))
        self.list.verticalScrollBar().setValue(0)
        self.earlier.setEnabled(True)
        self.earlier.set_words(tr("Earlier"), name=tr("Show earlier days"))

    def look_again(self, filters: Filters, known: Sequence[Day] = ()) -> None:
        """List the same days as they are now; what is seen stays where it is."""
        self._filters = filters
        enough = max(ENOUGH, self.list.rows.rowCount())
        self._take(agenda_from(self._house, self._first, filters, enough=enough, known=known))

    def _take(self, found: Agenda) -> None:
        self._first, self._until, self._complete = found.first, found.until, found.complete
        self.list.set_rows(found.rows or [self._nothing()])

    def _nothing(self) -> Row:
        day = short_date(self._first)
        if self._filters.kinds is not None:
            title = tr("Nothing of what is shown from {day} on", day=day)
        else:
            title = tr("Nothing planned from {day} on", day=day)
        return Row(key="", title=title, heading=True)

    def show_later(self) -> None:
        """List more days below."""
        if self._complete:
            return
        begin = self._until + timedelta(days=1)
        self._house.care.show(partial(self._list_from, begin))

    def _list_from(self, begin: date) -> None:
        found = agenda_from(self._house, begin, self._filters, goes_on=True)
        self._until, self._complete = found.until, found.complete
        self._append(found.rows)

    def show_earlier(self) -> None:
        """List more days above."""
        self._house.care.show(self._list_before)

    def _list_before(self) -> None:
        found = agenda_before(self._house, self._first, self._filters)
        self._first = found.first
        if found.rows and not self.list.rows.rows[0].key:
            self.list.set_rows(found.rows)
        else:
            self.list.prepend_rows(found.rows)
        if found.complete:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.earlier.setEnabled(False)
            self.earlier.set_words(tr("Nothing earlier"))

    def _append(self, rows: Sequence[Row]) -> None:
        if rows and not self.list.rows.rows[0].key:
            self.list.set_rows(rows)
        else:
            self.list.append_rows(rows)

    def reach(self, day: date, filters: Filters) -> None:
        """Bring a day to the top: scroll there, or begin anew with it where it is not listed."""
        if not (self._first <= day <= self._until and self.list.show_day(day)):
            self.begin(day, filters)

    def day_of(self, key: str) -> date | None:
        """Return the day under which an appointment stands, None where it is not listed."""
        index = self.list.rows.index_of(key)
        return self.list.day_at(index) if index.isValid() else None

    def keys_of(self, day: date) -> list[str]:
        """Return the keys of what is listed under a day."""
        rows, heading = self.list.rows.rows, heading_key(day)
        place = next((n for n, row in enumerate(rows) if row.key == heading), len(rows))
        found: list[str] = []
        for row in rows[place + 1 :]:
            if row.heading:
                break
            found.append(row.key)
        return found

    def warn(self, sentences: dict[str, str], first: date, last: date) -> None:
        """Put a sentence under each row of these days whose key has one; others lose theirs."""
        rows, day, changed = self.list.rows, date.min, False
        for place, row in enumerate(rows.rows):
            if row.heading:
                day = day_of_heading(row.key) or day
            elif first <= day <= last and row.warns != (said := sentences.get(row.key, "")):
                rows.change(place, replace(row, warns=said))
                changed = True
        if changed:
            self.list.scheduleDelayedItemsLayout()

    def seen(self) -> tuple[date, date] | None:
        """Return the first and the last day that are seen, None while there are none."""
        view = self.list.viewport().rect()
        top, bottom = self.list.indexAt(QPoint(4, 2)), self.list.indexAt(view.bottomLeft())
        first = self.list.day_at(top) if top.isValid() else None
        last = self.list.day_at(bottom) if bottom.isValid() else self._until
        return None if first is None or last is None else (first, max(first, last))

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if not self._complete and bar.maximum() and value > bar.maximum() - _NEAR_END:
            # Not from inside the scrolling: new rows scroll too.
            QTimer.singleShot(0, self, self.show_later)
