"""The preview of a calendar file: what is in it, what of it is taken in, and for whom."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.calendar.incoming.about import MOVES, ORDER, states
from caregiver_app.gui.calendar.incoming.detail import Detail
from caregiver_app.gui.calendar.incoming.model import EVERYTHING, IncomingModel
from caregiver_app.gui.calendar.incoming.row_list import IncomingList
from caregiver_app.gui.calendar.incoming.steps import Steps
from caregiver_app.gui.calendar.incoming.storing import Storing
from caregiver_app.gui.calendar.incoming.wording import counts, dropped_words, plain
from caregiver_app.gui.from_anywhere import ask_below
from caregiver_app.gui.search.wording import count_words
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.importer import (
    NEW,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    Alarms,
    IncomingFile,
    Preview,
)

ONE_COLUMN: Final = 820
_ALARMS: Final[dict[str, Alarms]] = {"file": "file", "usual": "usual", "none": "none"}


class PreviewSheet(Sheet):
    """Nothing is kept before the primary button is pressed; Escape closes without taking."""

    taken = Signal(int, str)
    """How many were taken in, and the day to go to (ISO, "" for none)."""
    resting = Signal(bool)
    """Storing begins (True) or has ended (False): nothing else may write meanwhile."""
    visit_asked = Signal(str)
    """The id of a treatment visit that is to be opened once the sheet has closed."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        file: IncomingFile,
        preview: Preview,
        *,
        source: str,
        person: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`source` names the file; new ones are for `person`, "" where that is to be asked."""
        super().__init__(
            theme,
            tr("Take in a calendar file"),
            icon="import",
            primary=tr("Take in"),
            subtitle=_subtitle(preview, source),
            width=1040,
            parent=parent,
        )
        self.house, self.file = house, file
        self._source = plain(source, 80)
        self._name = source
        self._busy = False
        people = house.people.people()
        self._several = len(people) > 1
        self._first = people[0].id if self._several else ""
        self.rows = IncomingModel(house, self)
        self.rows.whose_is_said = not self._several or bool(person)
        self.list = IncomingList(theme, self.rows)
        self.detail = Detail(house, theme, self.rows)
        self.trouble = Trouble(theme)
        self.steps = Steps(self)
        self.storing = Storing(self, lambda: house.care.store.is_changing)
        named = [(one.id, one.name) for one in people]
        self.person = ChoiceField(theme, tr("New ones are for"), named, chosen=person or None,
                                  placeholder=tr("Choose…"))  # fmt: skip
        self.alarms = ChoiceField(
            theme, tr("Reminders of new ones"), _alarm_choices(), chosen="file"
        )
        self.filter = Segmented(theme, _states(preview), name=tr("Which rows"), chosen=EVERYTHING)
        self.all = QuietButton(theme, tr("Tick all"), name=tr("Tick all rows shown here"))
        self.none = QuietButton(theme, tr("Tick none"), name=tr("Tick none of the rows shown here"))
        self.fold = QuietButton(theme, tr("Not kept from this file…"), "open-list")
        self.left = Text("", "second", "soft")
        self._lay_out(preview)
        self._connect()
        self.rows.show_preview(preview)
        self.list.setFocus()

    def is_changed(self) -> bool:
        """Ticks are no work that could be lost: it closes without a question."""
        return False

    # -- Parts ------------------------------------------------------------------------------------

    def _lay_out(self, preview: Preview) -> None:
        self.add(self.trouble)
        if preview.count(NEW):
            shown = [self.person, self.alarms] if self._several else [self.alarms]
            self.add_row(*shown)
        if not self._several or not preview.count(NEW):
            self.person.hide()
        row = QWidget()
        flow = FlowLayout(row)
        for part in (self.filter, self.all, self.none):
            flow.addWidget(part)
        self.filter.setVisible(len(self.filter.segments) > 2)
        self.add(row)
        self.columns = QHBoxLayout()
        self.columns.setSpacing(14)
        frame = Card(self.theme)
        frame.body.setContentsMargins(1, 1, 1, 1)
        frame.add(self.list)
        self.columns.addWidget(frame, 3)
        self.columns.addWidget(self.detail, 2)
        self.body.addLayout(self.columns, 1)
        said = dropped_words(preview.dropped)
        never = tr("Not kept: {said}. Nothing named in a file is ever opened.", said=said)
        self.left.setText(never)
        self.left.hide()
        self.fold.setVisible(bool(said))
        self.fold.setAccessibleDescription(said)
        self.add(self.fold)
        self.body.setAlignment(self.fold, Qt.AlignmentFlag.AlignLeft)
        self.add(self.left)

    def _connect(self) -> None:
        self.rows.ticked.connect(self._count)
        self.list.selected.connect(self.detail.show_place)
        self.list.selected.connect(self._keep_in_sight)
        self.detail.kind_chosen.connect(self.rows.choose_kind)
        self.detail.visit_asked.connect(self._open_visit)
        self.filter.changed.connect(self._narrow)
        self.all.clicked.connect(partial(self.rows.tick_all, ticked=True))
        self.none.clicked.connect(partial(self.rows.tick_all, ticked=False))
        self.person.changed.connect(self._look_again)
        self.alarms.changed.connect(self._look_again)
        self.fold.clicked.connect(self._unfold)
        self.steps.ended.connect(self._show)
        self.steps.refused.connect(self._refuse)
        self.confirmed.connect(self._take)
        self.storing.told.connect(self._tell_stored)

    def _narrow(self, state: object) -> None:
        self.rows.show_state(state if isinstance(state, str) else EVERYTHING)

    def _keep_in_sight(self) -> None:
        """Let the sheet follow where the keys act: at large text the list is taller than it."""
        if self.list.hasFocus():
            here = self.list.visualRect(self.list.currentIndex())
            spot = self.list.viewport().mapTo(self.content, here.center())
            self.area.ensureVisible(spot.x(), spot.y(), 0, here.height() // 2 + 4)

    def _unfold(self) -> None:
        shown = not self.left.isVisible()
        self.left.setVisible(shown)
        self.fold.set_words(
            tr("Hide what is not kept") if shown else tr("Not kept from this file…")
        )
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        down = self.width() <= ONE_COLUMN or self.theme.scale >= LARGE_TEXT
        self.turn(self.columns, down=down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field takes nothing in, as in the list; Ctrl+Enter and the button do."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        within = self.content.isAncestorOf(self.focusWidget())
        if enter and within and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        super().keyPressEvent(event)

    # -- What is chosen ---------------------------------------------------------------------------

    def _count(self) -> None:
        """Say on the button how many are taken in, and why where it cannot be pressed."""
        count = len(self.rows.chosen)
        said = tr("Take in {count}", count=count_words(count))
        self.primary.set_words(said if count else tr("Take in"))
        looking = self.steps.is_at_work
        self.primary.setEnabled(bool(count) and not self._busy and not looking)
        anything = bool(self.rows.can_be_ticked)
        for button in (self.all, self.none, self.primary):
            button.setVisible(anything)
        self.cancel.set_words(tr("Cancel") if anything else tr("Close"))
        if looking:
            self.note.setText(tr("Looking at the file again…"))
        elif self._asks_whose:
            self.note.setText(tr("Say whom the new ones are for."))
        elif count:
            self.note.setText(tr("One undo takes all of it back."))
        elif anything:
            self.note.setText(tr("Tick what is to be taken in."))
        else:
            self.note.setText(tr("There is nothing in this file that could be taken in."))

    @property
    def _asks_whose(self) -> bool:
        return not self.rows.whose_is_said and self.rows.asks_whose

    def _look_again(self) -> None:
        """Make the preview anew for another person, or with other reminders."""
        alarms = _ALARMS[self.alarms.value() or "file"]
        person = self.person.value() or self._first
        self.rows.whose_is_said = not self._several or self.person.value() is not None
        self.steps.begin(self.house.importer.preview_in_steps(self.file, person, alarms))
        self._count()

    def _refuse(self, why: str) -> None:
        self.trouble.say(why)
        self._count()

    def _show(self, preview: Preview) -> None:
        self.trouble.say("")
        at = self.list.currentIndex().row()
        self.rows.show_preview(preview)
        self.list.setCurrentIndex(self.rows.index(max(0, at), 0))
        self.subtitle.setText(_subtitle(preview, self._name))

    def _open_visit(self, visit: str) -> None:
        self.visit_asked.emit(visit)
        self.reject()

    # -- Taking -----------------------------------------------------------------------------------

    def reject(self) -> None:
        """Close without taking; in the middle of storing, keep nothing and stay."""
        if self._busy:
            self.storing.give_up()
            return
        self.steps.stop()
        super().reject()

    def _take(self) -> None:
        preview, chosen = self.rows.preview, self.rows.chosen
        if self._busy or self.steps.is_at_work or preview is None or not chosen:
            return
        if self._asks_whose:
            self.person.set_error(tr("Say whom the new ones are for."))
            self.focus_first_error()
            return
        day = self.rows.first_day()
        kinds = {place: kind for place, kind in self.rows.kinds.items() if place in chosen}
        self._set_busy(True)
        try:
            count = self.storing.run(
                self.house.importer.take_in_steps(preview, chosen, kinds, self._source)
            )
        except UserError as error:
            self.trouble.say(explain(error))
            self.area.verticalScrollBar().setValue(0)
            return
        finally:
            self._set_busy(False)
        if count is None:
            self.note.setText(tr("Nothing was taken in. Everything is as it was."))
        else:
            self.accept()
            self.taken.emit(count, day)
        if self.storing.wants_help:
            ask_below(self, self.storing.wants_help)

    def _tell_stored(self, count: int) -> None:
        so_far = count_words(count)
        self.note.setText(tr("Taking in… {count} so far. Cancel takes nothing in.", count=so_far))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.resting.emit(busy)
        self.content.setEnabled(not busy)
        self._count()
        if busy:
            self.cancel.setFocus()
            self._tell_stored(0)
        elif self.isVisible():
            self.list.setFocus()


def _subtitle(preview: Preview, source: str) -> str:
    """Return the counts, the name of the file, and how it calls itself."""
    return " · ".join(filter(None, (counts(preview), source, plain(preview.name, 80))))


def _alarm_choices() -> list[tuple[str, str]]:
    return [
        ("file", tr("As the file says")),
        ("usual", tr("As usual here")),
        ("none", tr("None")),
    ]


def _states(preview: Preview) -> list[tuple[str, str]]:
    """Return what the list can be narrowed to: everything, and each state that occurs."""
    named = {NEW: tr("New"), UPDATED: tr("Changed"), MOVES: tr("Moves a visit"),
             SKIPPED: tr("Left out"), UNCHANGED: tr("Already here")}  # fmt: skip
    found = states(preview)
    return [(EVERYTHING, tr("All")), *((one, named[one]) for one in ORDER if found[one])]
