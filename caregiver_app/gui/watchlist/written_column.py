"""The right column: the days since the infusion, the quick check-in, what was written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import Moment
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import UserError
from caregiver_app.gui.growing_list import GrowingList
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.check_in_card import CheckInCard
from caregiver_app.gui.watchlist.check_in_sheet import open_check_in
from caregiver_app.gui.watchlist.door_rows import DoorRow, DoorsCard
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.going_rows import GoingRows
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.over_menu import fill_over, pop_below
from caregiver_app.gui.watchlist.risen_sheet import RisenSheet, has_risen
from caregiver_app.gui.watchlist.since_card import SinceCard
from caregiver_app.gui.watchlist.timeline import TimelineDelegate, TimelineModel
from caregiver_app.gui.watchlist.written_model import STEP, Written, WrittenModel
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class WrittenColumn(QWidget):
    """What was written down, to read, correct and delete."""

    call_asked = Signal()
    """Somebody wants what to tell the clinic on the phone."""
    kept_call = Signal(str)
    """Somebody wants a call that was kept: its id."""
    charts_asked = Signal()
    """Somebody wants the charts."""
    report_asked = Signal()
    """Somebody wants the page for the visit."""
    emergency = Signal(str, object)
    """A correction made a sign an emergency: the sign, and that it is written down."""

    def __init__(self, theme: Theme, model: WatchModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._written = WrittenModel(model)
        self._limit = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._days = SinceCard(theme, model.house)
        self.strip = self._days.strip
        column.addWidget(self._days)
        self._today = CheckInCard(theme)
        self.check_in = self._today.ask
        self.check_in.clicked.connect(self.open_today)
        column.addWidget(self._today)
        self._add_written(column)
        self._add_doors(column)
        column.addStretch(1)

    def _add_written(self, column: QVBoxLayout) -> None:
        card = Card(self._theme, tr("What you wrote"), link=tr("All"))
        self.all = card.link
        if self.all is not None:
            self.all.clicked.connect(self._turn_all)
        self._lines = TimelineModel()
        self.list = GrowingList(tr("What you wrote"), self._lines, TimelineDelegate(self._theme))
        self.list.opened.connect(self.open_key)
        self.list.delete_asked.connect(self._delete)
        self.going = GoingRows(self._theme)
        self.going.opened.connect(self.open_key)
        self.going.over.connect(self._ask_over)
        self.over_menu = QMenu(self)
        self._empty = Text(tr("Nothing is written down yet."), "body", "soft")
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.more = QuietButton(self._theme, tr("Show older"))
        self.more.clicked.connect(self._further)
        for widget in (self._empty, self.going, self.list, self.wrong):
            card.add(widget)
        card.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(card)

    def _add_doors(self, column: QVBoxLayout) -> None:
        theme = self._theme
        self.call = DoorRow(theme, "call", tr("Call sheet for the clinic"), key_hint="F3")
        self.charts = DoorRow(theme, "chart", tr("Charts"))
        self.report = DoorRow(theme, "print", tr("Visit report, one page"))
        self.call.clicked.connect(self.call_asked)
        self.charts.clicked.connect(self.charts_asked)
        self.report.clicked.connect(self.report_asked)
        column.addWidget(DoorsCard(theme, (self.call, self.charts, self.report)))

    def refresh(self) -> None:
        """Read everything anew."""
        self._days.refresh(self._model.person)
        self._today.show_check_in(self._model.todays_check_in())
        self._show_written(self._written.written(self._limit))

    def _show_written(self, written: Written) -> None:
        self.going.show_lines(written.going_on)
        self._lines.set_lines(written.lines)
        nothing = not written.lines and not written.going_on
        self._empty.setVisible(nothing)
        self.list.setVisible(bool(written.lines))
        self.more.setVisible(bool(self._limit) and written.more)
        if self.all is not None:
            self.all.setVisible(bool(self._limit) or written.more)
            words = tr("Only since the infusion") if self._limit else tr("All")
            self.all.set_words(words, name=words if self._limit else tr("All that you wrote"))
        self.list.grow()

    def start_over(self) -> None:
        """Go back to what was written since the infusion, for another person."""
        self._limit = 0

    def _turn_all(self) -> None:
        self._limit = 0 if self._limit else STEP
        self._model.house.care.show(self.refresh)

    def _further(self) -> None:
        before = self._lines.rowCount()
        self._limit += STEP
        self._model.house.care.show(self.refresh)
        # The keyboard goes on where the new lines begin.
        index = self._lines.index(before, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)
        if self.more.isHidden():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Opening ----------------------------------------------------------------------------------

    def open_today(self, *, asked: bool = False) -> None:
        """Open today's check-in; `asked` by a reminder, that of the day it came on."""
        house, person = self._model.house, self._model.person
        day = None
        if asked and person is not None:
            day = house.watch.check_ins.asked_day(person.id)
        open_check_in(self._theme, house, person, self.window(), day=day)

    def open_key(self, key: str) -> None:
        """Open what a line stands for: "side_effect:<id>", "checkin:<id>", "clinic_call:<id>".

        "course:<id>" and "over:<id>" are entries that are asked how they go on, and since when
        they are over.
        """
        kind, _, entry_id = key.partition(":")
        if kind == "side_effect":
            self._open_entry(key)
        elif kind == "over":
            self._pick(key)
        elif kind == "course":
            sheet = self._open_entry(key)
            if sheet is not None:
                sheet.ask_course()
        elif kind == "clinic_call":
            self.kept_call.emit(entry_id)
        elif kind == "checkin":
            house = self._model.house
            check_in = house.watch.check_ins.get(entry_id)
            if check_in is not None:
                open_check_in(self._theme, house, None, self.window(), entry=check_in)

    def _open_entry(self, key: str) -> EntrySheet | None:
        entry = self._model.house.watch.get(key.partition(":")[2])
        if entry is None:
            return None
        sheet = EntrySheet(self._theme, self._model, entry, self.window())
        sheet.finished.connect(lambda: self._closed(sheet, entry))
        self._open(sheet)
        return sheet

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def _closed(self, sheet: EntrySheet, before: SideEffect) -> None:
        """Show what to do where a correction made an entry more urgent."""
        kept = sheet.kept
        if kept is None or not has_risen(before.urgency, kept.urgency):
            return
        if kept.urgency == Tier.EMERGENCY:
            self.emergency.emit(kept.sign, kept)
        else:
            self._open(RisenSheet(self._theme, self._model, kept, self.window()))

    def _ask_over(self, key: str, button: QWidget) -> None:
        """Ask since when something is over, below the button that was pressed."""
        house = self._model.house
        entry = house.watch.get(key.partition(":")[2])
        if entry is None:
            self.refresh()
            return
        menu, title = self.over_menu, self._model.entry_title(entry)
        menu.setAccessibleName(tr("Since when is it over? {sign}", sign=title))
        fill_over(menu, house.care, entry, partial(self._close, entry.id), lambda: self._pick(key))
        pop_below(menu, button)

    def _pick(self, key: str) -> None:
        sheet = self._open_entry(key)
        if sheet is not None:
            sheet.ask_over()

    def _close(self, entry_id: str, at: Moment | None) -> None:
        """End what goes on; the header offers to undo it."""
        house = self._model.house
        self._try(lambda: house.watch.close(entry_id, at))
        if not self.going.rows and self.list.isVisible():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self, key: str) -> None:
        kind, _, entry_id = key.partition(":")
        house = self._model.house
        removes: dict[str, Callable[[str], object]] = {
            "side_effect": house.watch.remove,
            "checkin": house.watch.remove_check_in,
            "clinic_call": house.clinic_calls.remove,
        }
        if kind in removes:
            self._try(lambda: removes[kind](entry_id))

    def _try(self, change: Callable[[], object]) -> None:
        self.wrong.hide()
        try:
            change()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
