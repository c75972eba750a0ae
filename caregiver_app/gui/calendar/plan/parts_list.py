"""The later parts of a plan: each a sentence, added and taken away in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Phase
from caregiver_app.errors import InputRefused
from caregiver_app.gui.calendar.plan.part_fold import PartFold
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class PartsList(QWidget):
    """Parts that may be changed; `first` is the number of the first of them."""

    changed = Signal()

    def __init__(self, theme: Theme, *, first: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._first = theme, first
        self._parts: list[PartFold] = []
        self._gone: tuple[int, PartFold] | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self._told = Text("", "second", "soft")
        self.undo = QuietButton(theme, tr("Bring it back"), "undo")
        self._undo_line = QWidget()
        line = QHBoxLayout(self._undo_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._told, 1)
        line.addWidget(self.undo)
        self._undo_line.hide()
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add = PlainButton(theme, tr("Add a part"), "add", name=tr("Add a later part"))
        self._what_for = Text(
            tr("For example a second course a year later, or injections at home from week 12."),
            "second",
            "soft",
        )
        foot = QHBoxLayout()
        foot.setSpacing(14)
        foot.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(self._what_for, 1)
        foot.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._rows)
        column.addWidget(self._undo_line)
        column.addWidget(self.wrong)
        column.addLayout(foot)
        self.add.clicked.connect(self._add_one)
        self.undo.clicked.connect(self._bring_back)

    @property
    def parts(self) -> Sequence[PartFold]:
        """The parts, in order."""
        return self._parts

    @property
    def any_at_home(self) -> bool:
        """Whether one of them is at home."""
        return any(part.is_at_home for part in self._parts)

    def typed(self) -> Mapping[str, str]:
        """Return what stands in every field."""
        return {
            f"{number} {name}": text
            for number, part in enumerate(self._parts)
            for name, text in part.typed().items()
        }

    def set_value(self, phases: Sequence[Phase]) -> None:
        """Show these parts instead of what stands there."""
        for part in list(self._parts):
            self._take_out(part)
            part.deleteLater()
        self._forget_gone()
        for phase in phases:
            part = self._make(len(self._parts))
            part.set_value(phase)
        self._settle()

    def value(self) -> tuple[Phase, ...] | None:
        """Return the parts, None while one of them cannot be read."""
        found = [part.value() for part in self._parts]
        whole = [phase for phase in found if phase is not None]
        return tuple(whole) if len(whole) == len(found) else None

    def complain(self) -> bool:
        """Say in each part what is missing; return whether all is well."""
        good = [part.complain() for part in self._parts]
        return all(good)

    def refuse(self, error: InputRefused) -> None:
        """Say in the part that an error names, or below all, what cannot be taken."""
        number = error.values.get("phase")
        place = number - self._first if isinstance(number, int) else -1
        if 0 <= place < len(self._parts):
            self._parts[place].refuse(error)
            return
        self.wrong.setText(explain(error))
        self.wrong.show()

    # -- Within -----------------------------------------------------------------------------------

    def _add_one(self) -> None:
        part = self._make(len(self._parts))
        part.set_open(is_open=True)
        self._settle()
        part.at_home.setFocus(Qt.FocusReason.TabFocusReason)

    def _make(self, place: int) -> PartFold:
        part = PartFold(self._theme, self._first + place)
        part.changed.connect(self._tell)
        part.removed.connect(lambda: self._remove(part))
        self._put_in(place, part)
        return part

    def _put_in(self, place: int, part: PartFold) -> None:
        self._parts.insert(place, part)
        self._rows.insertWidget(place, part)
        part.show()

    def _take_out(self, part: PartFold) -> None:
        self._parts.remove(part)
        self._rows.removeWidget(part)
        part.hide()

    def _remove(self, part: PartFold) -> None:
        self._forget_gone()
        self._gone = (self._parts.index(part), part)
        self._take_out(part)
        self._told.setText(tr("{part} is taken out.", part=part.heading.text()))
        self._settle()
        self.undo.setFocus(Qt.FocusReason.TabFocusReason)

    def _bring_back(self) -> None:
        if self._gone is None:
            return
        place, part = self._gone
        self._gone = None
        self._put_in(min(place, len(self._parts)), part)
        self._settle()
        part.button.setFocus(Qt.FocusReason.TabFocusReason)

    def _forget_gone(self) -> None:
        if self._gone is not None:
            self._gone[1].deleteLater()
            self._gone = None

    def _tell(self) -> None:
        self.wrong.hide()
        self.changed.emit()

    def _settle(self) -> None:
        for number, part in enumerate(self._parts, start=self._first):
            part.renumber(number)
        self._undo_line.setVisible(self._gone is not None)
        self._what_for.setVisible(not self._parts)
        follow_layout(self.window())
        self._tell()
