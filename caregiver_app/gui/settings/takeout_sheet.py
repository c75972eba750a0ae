"""Saves everything, or one table for a spreadsheet, as a file of the family's own."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import Trouble, show_errors
from caregiver_app.gui.calendar.outgoing.parts import PathRow
from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.takeout import NOTES, NUMBERS, PHOTOS, TakeoutService
from caregiver_app.services.takeout_tables import (
    CHECK_INS,
    CLINIC_CALLS,
    DOSES,
    SIDE_EFFECTS,
    TableService,
    TableWish,
)

EVERYTHING: Final = "everything"
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
        self._steps: Generator[int, None, bytes] | None = None
        self._goes_to: Path | None = None
        self._pairs: list[QBoxLayout] = []
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
        self.meaning = Text("", "second", "soft")
        numbers = self._takeout.numbers()
        self._has_numbers = numbers > 0
        self.numbers = TickRow(
            theme,
            tr("Insurance and card numbers as well"),
            fact=count_text(numbers, "{count} entry", "{count} entries"),
            fades=False,
        )
        photos = self._takeout.photos()
        self._has_photos = photos > 0
        self.photos = _photos_tick(theme, photos)
        self.left_out = Text("", "second", "soft")
        self._proposed = self._name()
        self.place = PathRow(theme, usual_folder() / self._proposed, self.windowTitle())
        self.path, self.choose = self.place.field, self.place.choose
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
        self.notes.state_changed.connect(self._settle)
        self.numbers.state_changed.connect(self._settle)
        self.photos.state_changed.connect(self._settle)
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
                CHECK_INS,
                tr("Check-ins"),
                tr("How days were, as a table for a spreadsheet (CSV)."),
            ),
            (
                CLINIC_CALLS,
                tr("Calls to the clinic"),
                tr("What was asked and what they said, as a table for a spreadsheet (CSV)."),
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
        everything, *tables, notes = self.cards
        cards = QVBoxLayout()
        cards.setSpacing(8)
        cards.addWidget(everything)
        for pair in zip(tables[::2], tables[1::2], strict=True):
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.setSpacing(8)
            for card in pair:
                row.addWidget(card, 1)
            cards.addLayout(row)
            self._pairs.append(row)
        cards.addWidget(notes)
        self.body.addLayout(cards)
        self.theme.changed.connect(self._place)
        self._place()
        ticks = QVBoxLayout()
        ticks.setSpacing(2)
        ticks.addWidget(self.photos)
        ticks.addWidget(self.notes)
        ticks.addWidget(self.numbers)
        ticks.addWidget(self.meaning)
        self.body.addLayout(ticks)
        self.add(self.place)
        self.add(self.left_out)
        self.add(self.warning)

    def _place(self) -> None:
        """Let cards stand beside each other unless the text is large."""
        way = QBoxLayout.Direction
        for row in self._pairs:
            row.setDirection(way.TopToBottom if self.theme.scale >= LARGE else way.LeftToRight)

    # -- What is wanted -----------------------------------------------------------------------

    @property
    def what(self) -> str:
        """What goes into the file: everything, or the name of a table."""
        return next((card.key for card in self.cards if card.isChecked()), EVERYTHING)

    @property
    def private(self) -> frozenset[str]:
        """What of the private things is ticked."""
        ticks = {NOTES: self.notes}
        if self.what == EVERYTHING:
            ticks[NUMBERS] = self.numbers
            if self._has_photos:
                ticks[PHOTOS] = self.photos
        return frozenset(name for name, tick in ticks.items() if tick.state == "done")

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
        both = self._has_numbers and self.what == EVERYTHING
        self.numbers.setVisible(both)
        photos = self._has_photos and self.what == EVERYTHING
        self.photos.setVisible(photos)
        self._explain(both=both, photos=photos)
        missing = self._missing()
        said = tr("Not in the file: {what}.", what="; ".join(missing)) if missing else ""
        self.left_out.setText(said or tr("Nothing is left out."))
        self.place.ask_for(
            self._suffix(),
            tr("Files of everything (*.jsonl)")
            if self.what == EVERYTHING
            else tr("Tables (*.csv)"),
        )
        typed = Path(self.path.value())
        if typed.name == self._proposed:
            # Nobody has given it another name.
            self.path.set_text(str(typed.with_name(self._name())))
        self._proposed = self._name()
        if self.isVisible():
            self.fit()

    def _explain(self, *, both: bool, photos: bool) -> None:
        """Say below the ticks what they are about."""
        support = tr("Private is what you wrote under Support.")
        leave = tr("Leave this unticked if somebody else will see the file.")
        if both:
            leave = tr("Leave both unticked if somebody else will see the file.")
        if photos:
            leave = tr("Leave unticked what nobody else should see.")
        self.meaning.setText(f"{support} {leave}")
        for tick in (self.photos, self.notes, self.numbers):
            tick.setAccessibleDescription(self.meaning.text())

    # -- Saving -------------------------------------------------------------------------------

    def _target(self) -> Path | None:
        """Return where the file goes, None where that has to be mended or confirmed first."""
        path = self.place.file()
        if path is not None and path.exists() and not self.place.may_replace(path):
            self.place.ask_replace(path)
            return None
        return path

    def _save(self) -> None:
        if self._steps is not None:
            return
        self.trouble.say("")
        self._goes_to = self._target()
        if self._goes_to is None:
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
        path = self._goes_to
        if path is None:
            return
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


def _photos_tick(theme: Theme, count: int) -> TickRow:
    return TickRow(
        theme,
        tr("Photos as well"),
        fact=count_text(count, "{count} photo", "{count} photos"),
        state="done",
        fades=False,
    )
