"""The row where the keys act, in full: nothing cut off, its kind, and what to do about a visit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from caregiver_app.gui.calendar.incoming.about import is_cancelled, state_of
from caregiver_app.gui.calendar.incoming.model import IncomingModel
from caregiver_app.gui.calendar.incoming.whole import FACTS, Whole
from caregiver_app.gui.calendar.incoming.wording import STATES, kinds
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.text import FewLines, ScrollArea, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.services.importer import NEW, Row

_LEAST = 190


class Detail(Card):
    """Everything about one row, wrapped."""

    kind_chosen = Signal(int, str)
    """The place of a new row, and the kind that it gets."""
    visit_asked = Signal(str)
    """The id of the treatment visit that is to be opened."""

    def __init__(
        self, house: Household, theme: Theme, rows: IncomingModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent=parent)
        self._rows, self._place = rows, -1
        self._whole = Whole(house, rows.wording)
        self._visit = ""
        self.name = FewLines("", "card_title", most=3)
        self.when = Text("", "second", "soft")
        self.cancelled = Chip(theme, tr("Cancelled"), "cancelled")
        self.facts = {name: Text("", "second") for name in FACTS}
        self._labels = {name: Text(tr(said), "second", "soft") for name, said in FACTS.items()}
        self.says = Text("", "second")
        self.visit = Text("", "second", "warn")
        self.open_visit = PlainButton(theme, tr("Open the visit"), "infusion")
        self.kind = ChoiceField(theme, tr("Kind"), kinds())
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, (name, words) in enumerate(self.facts.items()):
            grid.addWidget(self._labels[name], number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, number, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.name)
        column.addWidget(self.cancelled)
        column.addWidget(self.when)
        for part in (self.says, self.visit, self.open_visit):
            column.addWidget(part)
        column.addLayout(grid)
        column.addWidget(self.kind)
        column.addStretch(1)
        self.area = ScrollArea(body)
        self.area.setAccessibleName(tr("The whole row"))
        self.area.verticalScrollBar().rangeChanged.connect(self._may_scroll)
        self.add(self.area)
        self.kind.changed.connect(self._kind_changed)
        self.open_visit.clicked.connect(lambda: self.visit_asked.emit(self._visit))
        theme.changed.connect(self._resettle)
        self._resettle()

    def show_place(self, place: int | None) -> None:
        """Show the row at a place of the preview; None shows that there is none."""
        self._place = -1 if place is None else place
        row = None if place is None else self._rows.row(place)
        wording = self._rows.wording
        self.name.setText(tr("Nothing to show") if row is None else wording.title(row))
        start = None if row is None else row.start
        self.when.setText("" if start is None else wording.moment(start))
        self.cancelled.setVisible(row is not None and is_cancelled(row))
        self._show_facts(row)
        self.says.setText("" if row is None else self._told(row))
        moves = row is not None and row.moves_visit
        self.visit.setText(wording.moves_visit() if moves else "")
        self._visit = row.old.id if row is not None and moves and row.old is not None else ""
        self._show_kind(row)
        for part in (self.when, self.says, self.visit):
            part.setVisible(bool(part.text()))
        self.open_visit.setVisible(bool(self._visit))

    def _show_facts(self, row: Row | None) -> None:
        said = self._rows.whose_is_said or (row is not None and not self._rows.asks(self._place))
        facts = (
            {}
            if row is None
            else self._whole.facts(row, self._rows.kind(self._place), whose_is_said=said)
        )
        for name, words in self.facts.items():
            words.setText(facts.get(name, ""))
            for part in (words, self._labels[name]):
                part.setVisible(bool(words.text()))

    def _show_kind(self, row: Row | None) -> None:
        # One date of a series is of the kind of its series.
        new = row is not None and row.state == NEW and not (row.kept and row.kept.series)
        self.kind.setVisible(new)
        if new:
            blocked = self.kind.blockSignals(True)
            self.kind.set_value(self._rows.kind(self._place))
            self.kind.blockSignals(blocked)

    def _told(self, row: Row) -> str:
        wording = self._rows.wording
        lines = [wording.reason(row), wording.double(row), wording.place_in_series(row),
                 *wording.changes(row), *wording.remarks(row)]  # fmt: skip
        lines = [line for line in lines if line]
        return "\n".join(lines or [tr(_PLAIN.get(row.state, STATES[state_of(row)]))])

    def _kind_changed(self) -> None:
        kind = self.kind.value()
        if self._place >= 0 and kind is not None and kind != self._rows.kind(self._place):
            self.kind_chosen.emit(self._place, kind)
            self._show_facts(self._rows.row(self._place))

    def _may_scroll(self, _least: int, most: int) -> None:
        """Be a stop for the keys only where there is more to read than is seen."""
        policy = Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus
        self.area.setFocusPolicy(policy)

    def _resettle(self) -> None:
        self.area.setMinimumHeight(self._theme.px(_LEAST))


_PLAIN = {
    "new": "It is not in the calendar yet.",
    "unchanged": "It is in the calendar just like this.",
    "updated": "It changes a little.",
}
