"""The list of known backups, which every door to a restore opens first; another file is one press.

What stands in each is read in a thread of its own, so that many of them keep nobody waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from caregiver_app.gui.backup_words import backup_kinds, backup_time, held_text, when_text
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.restore_sheet import Homecoming
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.choice_card import ChoiceCard, choice_group
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.services.known_backups import BEFORE, BOTH, SECOND, KnownBackup, second_there


class BackupList(Sheet):
    """When each was made, where it lies, what stands in it; `chosen` brings the file to look at."""

    dialogs: type[QFileDialog] = QFileDialog
    chosen = Signal(Path)
    _read = Signal(str, object)

    def __init__(
        self,
        theme: Theme,
        home: Homecoming,
        known: Sequence[KnownBackup],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("Which backup?"),
            icon="keep",
            primary=tr("Look at this backup"),
            subtitle=tr(
                "Looking at it changes nothing: it says first what going back would change."
            ),
            width=600,
            parent=parent,
        )
        self._home = home
        self._ended = threading.Event()
        self.cards = [_Card(theme, str(one.path), self._when(one), self._where(one))
                      for one in known]  # fmt: skip
        self._places = {str(one.path): self._where(one) for one in known}
        self._group = choice_group(self, list(self.cards))
        self.body.setSpacing(8)
        for card in self.cards:
            self.add(card)
            card.opened.connect(self._confirm)
        self.other = QuietButton(theme, tr("Another file…"), "keep")
        self.other.clicked.connect(self._ask_file)
        # At the left, where no hasty hand lands.
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.other)
        row.addStretch(1)
        self.add_to_foot(line)
        self.cards[0].setChecked(True)
        self._read.connect(self._show_held)
        self.confirmed.connect(self._confirm)
        self.finished.connect(self._ended.set)
        paths = [one.path for one in known]
        threading.Thread(target=self._read_all, args=(paths,), daemon=True).start()

    def is_changed(self) -> bool:
        """Nothing is typed here."""
        return False

    def _when(self, one: KnownBackup) -> str:
        made = backup_time(one.path)
        if made is None:
            return one.path.name
        when = when_text(made, self._home.zone, self._home.today)
        if one.where == BEFORE:
            return tr("What was here before the restore of {when}", when=when)
        return when[:1].upper() + when[1:]

    def _where(self, one: KnownBackup) -> str:
        second = self._home.second
        name = "" if second is None else second.name or str(second)
        if one.where == SECOND:
            return tr("In “{name}”", name=name)
        if one.where == BOTH:
            return tr("On this computer and in “{name}”", name=name)
        return tr("On this computer")

    def _read_all(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if self._ended.is_set():
                return
            # Whoever closed the sheet meanwhile waits for nothing.
            with suppress(RuntimeError):
                self._read.emit(str(path), self._home.contents(path))

    def _show_held(self, path: str, held: Mapping[str, int] | None) -> None:
        for card in self.cards:
            if card.key == path:
                card.set_consequence(f"{self._places[path]} · {held_text(held)}")

    def _confirm(self) -> None:
        chosen = next((card.key for card in self.cards if card.isChecked()), "")
        if chosen:
            self.accept()
            self.chosen.emit(Path(chosen))

    def _ask_file(self) -> None:
        found = ask_file(self._home, self, self.dialogs)
        if found is not None:
            self.accept()
            self.chosen.emit(found)


class _Card(ChoiceCard):
    """A card that a second click opens."""

    opened = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose it and go on."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setChecked(True)
            self.opened.emit()


def ask_file(
    home: Homecoming, over: QWidget, dialogs: type[QFileDialog] = QFileDialog
) -> Path | None:
    """Ask for a backup anywhere; it begins in the second place, else where documents are."""
    start = second_there(home.second) or usual_folder()
    chosen, _ = dialogs.getOpenFileName(over, tr("Restore a backup"), str(start), backup_kinds())
    return Path(chosen) if chosen else None
