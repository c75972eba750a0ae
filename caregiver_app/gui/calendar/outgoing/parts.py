"""What the sheets about calendar files share: where the file goes, whose and which kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.calendar.filters import KIND_NAMES
from caregiver_app.gui.calendar.form.forms import person_choices
from caregiver_app.gui.search.wording import count_words
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.tokens import TYPE_ICONS
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

SUFFIX: Final = ".ics"
EVERYBODY: Final = ""


def alarms_words() -> str:
    """Return what becomes of alarms in other calendars."""
    return tr(
        "Reminders may get lost on the way: Google leaves out those of a file, Apple proposes to"
        " remove them when you subscribe, Outlook keeps one at most. This program"
        " rings by itself while it is open."
    )


class PathRow(QWidget):
    """Where a file goes, typed or chosen: a calendar file unless `ask_for` says otherwise."""

    def __init__(self, theme: Theme, path: Path, title: str) -> None:
        """`title` stands over the chooser of files."""
        super().__init__()
        self._title = title
        self._replace: Path | None = None
        self._chosen: Path | None = None
        self._suffix, self._kinds = SUFFIX, tr("Calendar files (*.ics)")
        self.field = LineField(theme, tr("File"), text=str(path))
        self.choose = PlainButton(theme, tr("Choose…"), name=tr("Choose where the file goes"))
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)
        self._beside = QVBoxLayout()
        self._beside.addSpacing(0)
        self._beside.addWidget(self.choose)
        self._beside.addStretch(1)
        row.addLayout(self._beside)
        theme.changed.connect(self._settle)
        self._settle()

    def _settle(self) -> None:
        space = self._beside.itemAt(0)
        spacer = None if space is None else space.spacerItem()
        if spacer is not None:
            # Level with the line, below its label.
            layout = self.field.layout()
            gap = 0 if layout is None else layout.spacing()
            spacer.changeSize(0, self.field.label.sizeHint().height() + gap)
            self._beside.invalidate()

    def ask_for(self, suffix: str, kinds: str) -> None:
        """Ask for another kind of file; `kinds` is the line of the chooser of files."""
        self._suffix, self._kinds = suffix, kinds

    def file(self) -> Path | None:
        """Return the file that is meant, with its suffix; where none is, say so."""
        typed = self.field.value()
        path = Path(typed).expanduser() if typed else Path()
        if not path.name:
            self.field.set_error(tr("Choose where the file goes."))
            return None
        if path.suffix.lower() != self._suffix:
            path = path.with_name(f"{path.name}{self._suffix}")
        return path

    def may_replace(self, path: Path) -> bool:
        """Tell whether somebody agreed to write over a file that is there."""
        return path in (self._replace, self._chosen)

    def ask_replace(self, path: Path) -> None:
        """Ask about the file that is there; saving once more agrees."""
        self._replace = path
        self.field.set_error(tr("There is such a file already. Save again to replace it."))

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self._title, self.field.value(), self._kinds)
        if chosen:
            # The chooser has asked about a file that is there already.
            self._chosen = Path(chosen)
            self.field.set_text(chosen)


class WhatGoesOut(QWidget):
    """Whose appointments, where there are several people, and which kinds of them."""

    changed = Signal()

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        people = person_choices(house)
        self.whose = ChoiceField(
            theme, tr("Whose"), [(EVERYBODY, tr("Everybody")), *people], chosen=EVERYBODY
        )
        self.whose.setVisible(len(people) > 1)
        self.whose.changed.connect(self.changed)
        self.rows: dict[str, TickRow] = {}
        self._lines: list[QWidget] = []
        for kind, name in KIND_NAMES.items():
            self._lines.append(self._line(kind, tr(name)))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.whose)
        column.addSpacing(4)
        column.addWidget(Text(tr("Which kinds"), "second_strong"))
        column.addLayout(self._grid)
        theme.changed.connect(self._arrange)
        self._arrange()

    def _line(self, kind: str, name: str) -> QWidget:
        row = TickRow(self._theme, name, state="done", fades=False, strong=False)
        row.state_changed.connect(self.changed)
        self.rows[kind] = row
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        disc = IconDisc(self._theme, TYPE_ICONS[kind], role=kind, ground=f"{kind}-tint", size=32)
        across.addWidget(row, 1)
        across.addWidget(disc)
        return line

    def _arrange(self) -> None:
        columns = 1 if self._theme.scale >= LARGE_TEXT else 2
        rows = -(-len(self._lines) // columns)
        for number, line in enumerate(self._lines):
            self._grid.removeWidget(line)
            self._grid.addWidget(line, number % rows, number // rows)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def person(self) -> str:
        """Return whose appointments are wanted, "" for everybody's."""
        return self.whose.value() or EVERYBODY

    def kinds(self) -> frozenset[str] | None:
        """Return the kinds that are ticked, None for all."""
        ticked = frozenset(kind for kind, row in self.rows.items() if row.state == "done")
        return None if len(ticked) == len(self.rows) else ticked

    def show_choice(self, person: str, kinds: frozenset[str]) -> None:
        """Show what was chosen before; no kinds are all of them."""
        self.whose.set_value(person)
        for kind, row in self.rows.items():
            row.set_state("done" if not kinds or kind in kinds else "open")


def counted(chosen: list[Appointment]) -> tuple[int, int]:
    """Return how many appointments these are, and how many of them repeat.

    The changed dates of a series belong to it.
    """
    ids = {one.id for one in chosen}
    own = [one for one in chosen if one.series is None or one.series not in ids]
    return len(own), sum(1 for one in own if one.rrule)


def amount_words(count: int, repeating: int) -> str:
    """Return "23 appointments, 4 of them repeating"."""
    if count == repeating == 1:
        return tr("1 appointment, which repeats")
    many = count != 1
    said = tr("{count} appointments" if many else "{count} appointment", count=count_words(count))
    if not repeating:
        return said
    if repeating == count:
        return tr("{said}, all of them repeating", said=said)
    return tr("{said}, {repeating} of them repeating", said=said,
              repeating=count_words(repeating))  # fmt: skip
