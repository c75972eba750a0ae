"""What is stored where: every kind of file with its place, size and date, and the ways out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.times import zone_of
from caregiver_app.gui.backup_words import when_text
from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.settings.takeout_sheet import TakeoutSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.household import Household
from caregiver_app.services.kept_files import (
    BACKUPS,
    COUNTS,
    DATA,
    EARLIER,
    FEED,
    LISTS,
    MARKS,
    OTHERS,
    PLACES,
    SECOND,
    Kept,
    KeptFiles,
)

_KILO: Final = 1000


class StoredSheet(Sheet):
    """A row for each kind of file; saving everything and erasing lie below."""

    def __init__(
        self, house: Household, theme: Theme, files: FileActions, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("What is stored where"),
            icon="private",
            primary=tr("Close"),
            subtitle=tr("All that this program keeps. Nothing of it is sent anywhere by it."),
            width=680,
            parent=parent,
        )
        self._house, self._files = house, files
        self.cancel.hide()
        kept = KeptFiles(house)
        self.folder = Text(str(kept.folder), "second")
        self.folder.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.folder.setAccessibleName(tr("The folder: {path}", path=kept.folder))
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(Text(tr("The folder of this program"), "second_strong"))
        head.addWidget(self.folder)
        self.body.addLayout(head)
        self.card = Card(theme)
        self.card.body.setSpacing(12)
        self.rows = [self._row(one) for one in kept.all()]
        self.card.setVisible(bool(self.rows))
        self.add(self.card)
        self.add(
            Text(
                tr(
                    "What you saved or printed yourself lies where you put it, and is not listed:"
                    " the program does not remember it."
                ),
                "second",
                "soft",
            )
        )
        self._add_ways()
        self.confirmed.connect(self.accept)

    def _row(self, kept: Kept) -> QWidget:
        row = QWidget()
        title, meaning = told(kept.kind)
        words = QVBoxLayout(row)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(Text(title, "strong"))
        words.addWidget(Text(self._facts(kept), "second"))
        words.addWidget(Text(meaning, "second", "soft"))
        if kept.kind in (FEED, SECOND, PLACES):
            words.addWidget(Text(str(kept.place), "second"))
        if self.card.body.count():
            self.card.add(Rule())
        self.card.add(row)
        return row

    def _facts(self, kept: Kept) -> str:
        facts = [count_text(kept.count, "{count} file", "{count} files"), size_text(kept.size)]
        if kept.changed is not None:
            care = self._house.care
            when = when_text(kept.changed, zone_of(care.home), care.today)
            facts.append(tr("changed {when}", when=when))
        return " · ".join(facts)

    def _add_ways(self) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        self.export = PlainButton(self.theme, tr("Save everything as a file…"), "paper-note")
        self.export.clicked.connect(self._export)
        self.erase = QuietButton(self.theme, tr("Deleting and erasing"))
        self.erase.clicked.connect(self._erase)
        flow.addWidget(self.export)
        flow.addWidget(self.erase)
        self.add(row)

    def _export(self) -> None:
        over = self.parentWidget()
        self.accept()
        sheet = TakeoutSheet(self._house, self.theme, parent=over)
        sheet.saved.connect(self._saved)
        self._files.open(sheet)

    def _saved(self, path: object, missing: str) -> None:
        said = tr("Saved as {path}.", path=path)
        self._files.said.emit(f"{said} {missing}".strip())

    def _erase(self) -> None:
        self.accept()
        self._files.asked.emit("settings", "privacy", "erasing")


def told(kind: str) -> tuple[str, str]:
    """Return what a kind of files is called, and what is in it."""
    return {
        DATA: (
            tr("Everything you wrote"),
            tr("Entries, photos and settings: one file, and two beside it while it is open."),
        ),
        BACKUPS: (
            tr("Backups"),
            tr("Whole copies of that file, one made each day. Of the older ones fewer are kept."),
        ),
        EARLIER: (
            tr("Earlier data"),
            tr(
                "What was there before a backup was restored, or what was put aside as damaged. The"
                " newest stays; earlier ones go after 30 days."
            ),
        ),
        LISTS: (
            tr("Packing lists"),
            tr("The lists that come with the program; nothing of yours is in them."),
        ),
        COUNTS: (
            tr("Numbers of entries"),
            tr("How many there are of each kind, so that a loss is noticed. No words."),
        ),
        MARKS: (
            tr("Marks"),
            tr("They say that a window is open, and which window shows the reminders. No words."),
        ),
        OTHERS: (
            tr("Other files in the folder"),
            tr("Not made by this program, or never finished by it. It leaves them alone."),
        ),
        FEED: (
            tr("Calendar file for other calendars"),
            tr("You chose it: it follows every change, and whoever has the file can read it."),
        ),
        SECOND: (
            tr("Backups in the second place"),
            tr("You chose that folder: whoever can open it can read them."),
        ),
        PLACES: (
            tr("Remembered folders"),
            tr("Which folders held a diary, so that an unplugged stick is noticed. Only paths."),
        ),
    }[kind]


def size_text(size: int) -> str:
    """Return a number of bytes as people read it: 12 kB, 3.4 MB."""
    if size < _KILO:
        return count_text(size, "{count} byte", "{count} bytes")
    amount = size / _KILO
    for unit in ("kB", "MB"):
        if amount < _KILO:
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
        amount /= _KILO
    return f"{amount:.1f} GB"
