"""Saves everything, or one table for a spreadsheet, as a file of the family's own."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, show_errors
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.takeout import NOTES, TakeoutService
from caregiver_app.services.takeout_tables import DOSES, SIDE_EFFECTS, TableService, TableWish

EVERYTHING: Final = "everything"
_LABEL_GAP: Final = 7
"""Px between a field's label and its line."""
_SLICE: Final = 0.04
"""Seconds of work after which the window may paint again."""


class TakeoutSheet(Sheet):
    """What, with which private things, and where to."""

    saved = Signal(object, str)
    """The `Path` of the file that was written, and a sentence on what is not in it, or ""."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Save everything as a file"),
            icon="keep",
            primary=tr("Save the file"),
            subtitle=tr("To look through, to hand on, or to take along to another computer."),
            width=660,
            parent=parent,
        )
        self.house = house
        self._takeout, self._tables = TakeoutService(house), TableService(house)
        self._replace: Path | None = None
        self._chosen: Path | None = None
        self._steps: Generator[int, None, bytes] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self.trouble = Trouble(theme)
        self.cards = [
            ChoiceCard(theme, key, name, meaning) for key, name, meaning in self._choices()
        ]
        self.group = choice_group(self, self.cards)
        count = len(house.care.store.notes())
        self._count = count_text(count, "{count} note", "{count} notes")
        self.notes = TickRow(theme, tr("My private notes as well"), fact=self._count, fades=False)
        self.meaning = Text(
            tr(
                "Private is what you wrote under Support. Leave this unticked if somebody else will"
                " see the file."
            ),
            "second",
            "soft",
        )
        self.notes.setAccessibleDescription(self.meaning.text())
        self.left_out = Text("", "second", "soft")
        self.path = LineField(theme, tr("File"), text=str(usual_folder() / self._name()))
        self._proposed = self._name()
        self.choose = PlainButton(theme, tr("Choose…"), name=tr("Choose where the file goes"))
        self.warning = Banner(
            theme,
            tr("Anybody who has this file can read it."),
            tr("It is not locked. Keep it as safe as a diary."),
            icon="private",
        )
        self._lay_out()
        self.cards[0].setChecked(True)
        for card in self.cards:
            card.toggled.connect(self._settle)
        theme.changed.connect(self._align)
        self._align()
        self.notes.state_changed.connect(self._settle)
        self.choose.clicked.connect(self._choose)
        self.confirmed.connect(self._save)
        self._settle()

    @staticmethod
    def _choices() -> list[tuple[str, str, str]]:
        return [
            (
                EVERYTHING,
                tr("Everything"),
                tr(
                    "One file (JSON lines), which the command “add” takes in on another computer."
                    " A backup moves everything without commands."
                ),
            ),
            (
                SIDE_EFFECTS,
                tr("Side effects"),
                tr("What was seen and when, as a table for a spreadsheet (CSV)."),
            ),
            (
                DOSES,
                tr("Medicines given"),
                tr("As needed and at their times, as a table for a spreadsheet (CSV)."),
            ),
            (
                NOTES,
                tr("Notes"),
                tr("What you wrote under Support, as a table for a spreadsheet (CSV)."),
            ),
        ]

    def _lay_out(self) -> None:
        self.add(self.trouble)
        cards = QVBoxLayout()
        cards.setSpacing(8)
        for card in self.cards:
            cards.addWidget(card)
        self.body.addLayout(cards)
        ticks = QVBoxLayout()
        ticks.setSpacing(2)
        ticks.addWidget(self.notes)
        ticks.addWidget(self.meaning)
        self.body.addLayout(ticks)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.path, 1, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(_LABEL_GAP)
        self._above = QWidget()
        beside.addWidget(self._above)
        beside.addWidget(self.choose)
        beside.addStretch(1)
        row.addLayout(beside)
        self.body.addLayout(row)
        self.add(self.left_out)
        self.add(self.warning)

    def _align(self) -> None:
        """Keep the button beside the field's line, however tall the label above that is."""
        self._above.setFixedHeight(self.path.label.sizeHint().height())

    # -- What is wanted -----------------------------------------------------------------------

    @property
    def what(self) -> str:
        """What goes into the file: everything, or the name of a table."""
        return next((card.key for card in self.cards if card.isChecked()), EVERYTHING)

    @property
    def private(self) -> frozenset[str]:
        """What of the private things is ticked."""
        return frozenset({NOTES} if self.notes.state == "done" else ())

    def _wish(self) -> TableWish:
        return TableWish(of=self.what, private=self.private)

    def _missing(self) -> list[str]:
        if self.what == EVERYTHING:
            return self._takeout.left_out(self.private)
        return self._tables.left_out(self._wish())

    def _suffix(self) -> str:
        return ".jsonl" if self.what == EVERYTHING else ".csv"

    def _name(self) -> str:
        what = "everything" if self.what == EVERYTHING else self.what
        return f"care-{what}-{self.house.care.today.isoformat()}{self._suffix()}"

    def _settle(self) -> None:
        """Let tick, sentence and proposed name follow what is chosen."""
        asks = self.what in (EVERYTHING, NOTES)
        self.notes.setVisible(asks)
        alone = self.what == NOTES
        title = tr("My private notes") if alone else tr("My private notes as well")
        self.notes.set_words(title, fact=self._count)
        self.meaning.setVisible(asks)
        missing = self._missing()
        said = tr("Not in the file: {what}.", what="; ".join(missing)) if missing else ""
        self.left_out.setText(said or tr("Nothing is left out."))
        typed = Path(self.path.value())
        if typed.name == self._proposed:
            # Nobody has given it another name.
            self.path.set_text(str(typed.with_name(self._name())))
        self._proposed = self._name()
        if self.isVisible():
            self.fit()

    def _choose(self) -> None:
        kinds = (
            tr("Files of everything (*.jsonl)") if self.what == EVERYTHING else tr("Tables (*.csv)")
        )
        chosen, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self.path.value(), kinds)
        if chosen:
            # The chooser has asked about a file that is there already.
            self._chosen = Path(chosen)
            self.path.set_text(chosen)

    # -- Saving -------------------------------------------------------------------------------

    def _target(self) -> Path | None:
        """Return where the file goes, None where that has to be mended or confirmed first."""
        if not self.path.value():
            self.path.set_error(tr("Choose where the file goes."))
            return None
        path = self._path()
        if path.exists() and path not in (self._replace, self._chosen):
            self._replace = path
            self.path.set_error(tr("There is such a file already. Save again to replace it."))
            return None
        return path

    def _save(self) -> None:
        if self._steps is not None:
            return
        self.trouble.say("")
        if self._target() is None:
            self.focus_first_error()
            return
        self._steps = (
            self._takeout.in_steps(self.private)
            if self.what == EVERYTHING
            else self._tables.in_steps(self._wish())
        )
        self.content.setEnabled(False)
        self.primary.setEnabled(False)
        self._timer.start()

    def _go_on(self) -> None:
        """Work on for a moment; at the end write the file."""
        begun = monotonic()
        try:
            while self._steps is not None and monotonic() - begun < _SLICE:
                done = next(self._steps)
                self.note.setText(
                    count_text(done, "{count} entry so far", "{count} entries so far")
                )
        except StopIteration as end:
            self._write(end.value)
        except UserError as error:
            self._stopped(error)

    def _write(self, data: bytes) -> None:
        path = self._path()
        try:
            self._takeout.save(path, data)
        except UserError as error:
            self._stopped(error)
            return
        self._rest()
        missing = self._missing()
        self.forget_changes()
        self.saved.emit(path, tr("Not in it: {what}.", what="; ".join(missing)) if missing else "")
        self.accept()

    def _path(self) -> Path:
        path = Path(self.path.value()).expanduser()
        wanted = self._suffix()
        return path if path.suffix.lower() == wanted else path.with_name(f"{path.name}{wanted}")

    def _stopped(self, error: UserError) -> None:
        self._rest()
        show_errors(self, self.trouble, {"path": self.path}, error)

    def _rest(self) -> None:
        self._timer.stop()
        self._steps = None
        self.note.setText("")
        self.content.setEnabled(True)
        self.primary.setEnabled(True)

    def done(self, result: int) -> None:
        """Stop what is not finished when the sheet closes."""
        self._timer.stop()
        self._steps = None
        super().done(result)
