"""The loved one's own list: what they tried and liked; one press puts it on the calendar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from caregiver_app.domain.support import Outlet
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.columns import LARGE, clear_layout
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.support.room_model import RoomModel
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain

_NARROW = 640
_NOT_TODAY = "not_today"
_SHOWN = 12


class OutletRow(QWidget):
    """One thing that does them good, what became of it, and the way onto the calendar."""

    marked = Signal(str)
    """It was "tried", "liked", or is "not_today"; "" takes every mark away."""
    planned = Signal()
    changed = Signal()
    removed = Signal()
    opened = Signal()
    """What stands on the calendar is wanted."""

    def __init__(self, theme: Theme, outlet: Outlet) -> None:
        super().__init__()
        self.theme, self.outlet = theme, outlet
        self.words = Text(outlet.text)
        about = tr("How it was: {what}", what=outlet.text)
        marks = [("tried", tr("Tried")), ("liked", tr("Liked")), (_NOT_TODAY, tr("Not today"))]
        self.marks = Segmented(theme, marks, name=about, arrows_choose=False)
        self.plan = IconButton(theme, "calendar", tr("Put on the calendar: {what}",
                                                     what=outlet.text))  # fmt: skip
        self.more = IconButton(theme, "more", tr("More: {what}", what=outlet.text), quiet=True)
        menu = QMenu(self)
        menu.setAccessibleName(self.more.accessibleName())
        menu.addAction(tr("Change the words"), self.changed.emit)
        self.clear = menu.addAction(tr("Take the mark away"), partial(self.marked.emit, ""))
        menu.addAction(tr("Take it off the list"), self.removed.emit)
        self.more.setMenu(menu)
        self.day = Text("", "second", "soft")
        self.open_day = QuietButton(theme, tr("Open it"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addWidget(self.words, 1)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for tool in (self.marks, self.plan, self.more):
            tools.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(tools)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self.day, 1)
        below.addWidget(self.open_day)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addLayout(below)
        self.marks.changed.connect(self._mark)
        self.plan.clicked.connect(self.planned)
        self.open_day.clicked.connect(self.opened)
        self.setAccessibleName(outlet.text)
        theme.changed.connect(self._turn)
        self._turn()

    def show_marks(self, key: str | None) -> None:
        """Show what became of it."""
        self.marks.blockSignals(True)
        self.marks.set_value(key)
        self.marks.blockSignals(False)
        self.clear.setEnabled(key is not None)

    def show_day(self, words: str) -> None:
        """Say when it stands on the calendar; nothing for ""."""
        self.day.setText(words)
        self.day.setVisible(bool(words))
        self.open_day.setVisible(bool(words))
        self.open_day.setAccessibleName(tr("Open it: {what}", what=words))
        # What stands there already is not put there once more.
        what = self.outlet.text
        said = tr("Open on the calendar: {what}", what=what) if words else tr(
            "Put on the calendar: {what}", what=what
        )  # fmt: skip
        if said != self.plan.accessibleName():
            self.plan.setAccessibleName(said)
            self.plan.setToolTip(said)

    def _mark(self, key: object) -> None:
        if isinstance(key, str):
            self.marked.emit(key)

    def _turn(self) -> None:
        down = self.theme.scale >= LARGE or self.width() < self.theme.px(_NARROW)
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the tools below the words where there is little room."""
        super().resizeEvent(event)
        self._turn()


class OutletsCard(Card):
    """The list, and a line to add something of their own."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme, model: RoomModel) -> None:
        super().__init__(theme, tr("Their own list"))
        self.theme, self.model = theme, model
        self.about = Text("", "second", "soft")
        self.rows: dict[str, OutletRow] = {}
        self._told: tuple[object, ...] = ()
        self._all = False
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.field = LineField(theme, tr("Something of their own"))
        self.button = PlainButton(theme, tr("Add"), "add")
        self.button.setAccessibleName(tr("Add to the list"))
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.about)
        self.body.addLayout(self._list)
        self.all = QuietButton(theme, "")
        self.all.clicked.connect(self._press_all)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.add(self.wrong)
        self.button.clicked.connect(self._add_own)
        self.field.line.returnPressed.connect(self._add_own)

    def refresh(self) -> None:
        """Show the list as it is kept."""
        name = self.model.name
        self.set_title(tr("{name}’s own list", name=name) if name else tr("Their own list"))
        outlets = self.model.outlets()
        if outlets:
            self.about.setText(tr("Nothing is counted here. One press puts it on the calendar."))
        else:
            self.about.setText(tr("Empty so far. Ask what does them good, or take an idea below."))
        shown = outlets if self._all else outlets[:_SHOWN]
        self.all.setVisible(len(shown) < len(outlets))
        self.all.set_words(tr("Show all {count}", count=len(outlets)))
        told = tuple((one.id, one.text) for one in shown)
        if told != self._told:
            self._told = told
            self._make_rows(shown)
        planned = self.model.planned()
        for outlet in shown:
            row = self.rows[outlet.id]
            row.outlet = outlet
            put_off = self.model.house.outlets.is_not_today(outlet)
            row.show_marks(_NOT_TODAY if put_off else outlet.state or None)
            place = planned.get(outlet.id)
            row.show_day("" if place is None else self.model.planned_words(place))

    def show_all(self) -> None:
        """Show the whole list, as after something was added at its end."""
        self._all = True
        self.refresh()

    def _press_all(self) -> None:
        self.show_all()
        first = list(self.rows.values())[_SHOWN]
        first.plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_row(self, outlet: str) -> None:
        """Put the keyboard onto something of the list."""
        if outlet not in self.rows:
            self.show_all()
        row = self.rows.get(outlet)
        if row is not None:
            row.plan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_rows(self, outlets: list[Outlet]) -> None:
        clear_layout(self._list)
        self.rows = {}
        for outlet in outlets:
            row = OutletRow(self.theme, outlet)
            row.marked.connect(partial(self._mark, outlet.id))
            row.planned.connect(partial(self._plan, outlet.id))
            row.changed.connect(partial(self._change, outlet.id))
            row.removed.connect(partial(self._remove, outlet.id))
            row.opened.connect(partial(self._open, outlet.id))
            self._list.addWidget(row)
            self._list.addWidget(Rule())
            self.rows[outlet.id] = row

    # -- Changing ---------------------------------------------------------------------------------

    def _attempt(self, change: Callable[[], object]) -> bool:
        self.wrong.hide()
        try:
            change()
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return False
        finally:
            self.refresh()
        return True

    def _add_own(self) -> None:
        self.field.set_error(None)
        try:
            self.model.house.outlets.add(self.model.person, self.field.text())
        except FormRefused as error:
            self.field.set_error(explain(error.errors[0]))
        except UserError as error:
            self.field.set_error(explain(error))
        else:
            self.field.set_text("")
            self.show_all()

    def _mark(self, outlet: str, mark: str) -> None:
        service = self.model.house.outlets
        if mark == _NOT_TODAY:
            self._attempt(lambda: service.set_not_today(outlet))
        else:
            self._attempt(lambda: service.set_state(outlet, mark))

    def _plan(self, outlet: str) -> None:
        if outlet in self.model.planned():
            self._open(outlet)
            return
        self._attempt(lambda: self.model.house.outlets.put_on_calendar(outlet))

    def _open(self, outlet: str) -> None:
        place = self.model.planned().get(outlet)
        if place is not None:
            self.asked.emit("calendar", "appointment", place.appointment.id)

    def _remove(self, outlet: str) -> None:
        self._attempt(lambda: self.model.house.outlets.remove(outlet))

    def _change(self, outlet: str) -> None:
        kept = self.model.house.outlets.get(outlet)
        if kept is not None:
            sheet = OutletSheet(self.theme, self.model, kept, self.window())
            sheet.finished.connect(sheet.deleteLater)
            sheet.open()


class OutletSheet(KeptSheet):
    """The words of one thing on the list."""

    def __init__(
        self, theme: Theme, model: RoomModel, outlet: Outlet, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, tr("Something that does them good"), icon="for-you", subtitle="", parent=parent
        )
        self._model, self._outlet = model, outlet
        self.words = LineField(theme, tr("In their own words"), text=outlet.text)
        self.add(self.words)
        self.add_delete(tr("Take it off the list"), lambda: model.house.outlets.remove(outlet.id))
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        fields: dict[str, Field] = {"text": self.words}
        service, words = self._model.house.outlets, self.words.text()
        self.attempt(lambda: service.reword(self._outlet.id, words), fields)
