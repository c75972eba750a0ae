"""Asks once before a backup takes the place of what is open, and says what that changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.backup_words import (
    backup_time,
    change_lines,
    held_text,
    kept_text,
    lack_text,
    when_text,
)
from caregiver_app.gui.passphrase import PassphraseLine
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.backups import Difference, is_sealed
from caregiver_app.services.known_backups import KnownBackup, contents
from caregiver_app.values import value


def _none() -> Sequence[KnownBackup]:
    return ()


@value(kw_only=True)
class Homecoming:
    """What coming home from a backup needs, with the data open or not.

    `restore` puts a backup in the place of the data. `changes` says what that would change, None
    where it cannot be told; it refuses what is no good backup. `unseal` opens a locked one with its
    passphrase and returns a file that whoever asked removes.

    `known` lists the backups that can be named, `second` is the second place for them. `is_sound`
    tells that the data is whole and open; else its file is kept in `kept_in`, None where it is
    missing.
    """

    restore: Callable[[Path], object]
    changes: Callable[[Path], Sequence[Difference] | None]
    unseal: Callable[[Path, str], Path]
    today: date
    zone: tzinfo | None = None
    known: Callable[[], Sequence[KnownBackup]] = _none
    contents: Callable[[Path], Mapping[str, int] | None] = contents
    second: Path | None = None
    is_sound: bool = True
    kept_in: Path | None = None


class RestoreSheet(Sheet):
    """Names the backup, asks for its passphrase where it has one, says what changes, and waits."""

    def __init__(
        self, theme: Theme, path: Path, home: Homecoming, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Restore this backup?"),
            icon="keep",
            primary=tr("Restore"),
            cancel=tr("Leave as it is"),
            width=600,
            parent=parent,
        )
        self._path, self._home = path, home
        self._opened: Path | None = None
        self.trouble = Banner(theme, "")
        self.trouble.hide()
        self.add(self.trouble)
        made = backup_time(path)
        named = QVBoxLayout()
        named.setSpacing(2)
        if made is not None:
            named.addWidget(Text(tr("From {when}", when=self._when(made)), "strong"))
        named.addWidget(Text(str(path), "second", "soft"))
        self.body.addLayout(named)
        self.passphrase = PassphraseLine(theme, tr("Passphrase of this backup"))
        self.shown = TickRow(theme, tr("Show what I type"), strong=False, fades=False)
        self.shown.toggled.connect(self._show_letters)
        self.add(self.passphrase)
        self.add(self.shown)
        self._told = QWidget()
        self._lines = QVBoxLayout(self._told)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self.add(self._told)
        self._is_locked = is_sealed(path)
        self.passphrase.setVisible(self._is_locked)
        self.shown.setVisible(self._is_locked)
        if self._is_locked:
            self.primary.set_words(tr("Open the backup"))
        else:
            self._wait()
            self._show_changes()
        self.confirmed.connect(self._confirm)
        self.finished.connect(self._put_away)

    def _show_letters(self, shown: bool) -> None:
        self.passphrase.show_letters(shown=shown)

    def _wait(self) -> None:
        """Let Enter leave everything as it is: restoring takes the button itself."""
        self.primary.setDefault(False)
        self.cancel.setDefault(True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _when(self, made: datetime) -> str:
        return when_text(made, self._home.zone, self._home.today)

    def _file(self) -> Path:
        return self._opened or self._path

    def _show_changes(self) -> None:
        """Look at the backup and say what changes; one that cannot be restored says so instead."""
        try:
            found = self._home.changes(self._file())
        except UserError as error:
            self._say(explain(error))
            self.primary.setEnabled(False)
            return
        if not self._home.is_sound:
            self._show_held(found)
            return
        home = self._home
        lines = [] if found is None else change_lines(found, home.zone, home.today)
        for head, rest in lines:
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Text(head, "strong"))
            column.addWidget(Text(rest, "second", "soft"))
            self._lines.addWidget(part)
        if found is not None and not lines:
            self._lines.addWidget(Text(tr("It holds the same as what is here now."), "strong"))
        self._lines.addWidget(
            Text(
                tr(
                    "Everything becomes as it was in this backup, and the window opens again."
                    " What is here now is not lost: Settings, “Files and backups”, can bring it"
                    " back."
                )
            )
        )

    def _show_held(self, found: Sequence[Difference] | None) -> None:
        """Say what the backup has and lacks, where the data cannot be compared line by line."""
        held = held_text(self._home.contents(self._file()))
        self._lines.addWidget(Text(tr("In this backup: {what}.", what=held), "strong"))
        self._lines.addWidget(Text(lack_text(found)))
        self._lines.addWidget(
            Text(tr("Everything becomes as it was in this backup, and the window opens again."))
        )
        if self._home.kept_in is not None:
            self._lines.addWidget(Text(kept_text(self._home.kept_in), "second", "soft"))

    def _confirm(self) -> None:
        self.trouble.hide()
        if self._is_locked and self._opened is None:
            self._unlock()
            return
        try:
            self._home.restore(self._file())
        except UserError as error:
            self._say(explain(error))
            return
        self.accept()

    def _unlock(self) -> None:
        try:
            self._opened = self._home.unseal(self._path, self.passphrase.text())
        except UserError as error:
            if error.field == "passphrase":
                self.passphrase.set_error(explain(error))
                self.focus_first_error()
            else:
                self._say(explain(error))
            return
        self.passphrase.hide()
        self.shown.hide()
        self.forget_changes()
        self.primary.set_words(tr("Restore"))
        self._wait()
        self._show_changes()
        self.fit()

    def _say(self, sentence: str) -> None:
        self.trouble.set_words(sentence)
        self.trouble.show()
        if self.isVisible():
            self.fit()

    def _put_away(self) -> None:
        if self._opened is not None:
            self._opened.unlink(missing_ok=True)
            self._opened = None
