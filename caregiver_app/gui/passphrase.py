"""A line for a passphrase, and the sheet that asks for one before a backup is locked with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.backups import LEAST_LETTERS


class PassphraseLine(LineField):
    """One line whose letters are hidden until they are asked for; kept exactly as typed."""

    def __init__(self, theme: Theme, label: str, hint: str = "") -> None:
        super().__init__(theme, label, hint=hint)
        self.show_letters(shown=False)

    def show_letters(self, *, shown: bool) -> None:
        """Show what is typed, or dots."""
        echo = QLineEdit.EchoMode
        self.line.setEchoMode(echo.Normal if shown else echo.Password)


class LockSheet(Sheet):
    """Asks twice for the passphrase of a new backup; `chosen` brings it, and nothing keeps it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            tr("Back up with a passphrase"),
            icon="private",
            primary=tr("Choose where…"),
            width=560,
            parent=parent,
        )
        self.add(
            Text(
                tr(
                    "The backup is locked: whoever finds the stick or the folder can’t read it"
                    " without the passphrase."
                )
            )
        )
        hint = tr("At least {least} characters; a few words are easy to remember.",
                  least=LEAST_LETTERS)  # fmt: skip
        self.first = PassphraseLine(theme, tr("Passphrase"), hint)
        self.again = PassphraseLine(theme, tr("The same once more"))
        self.shown = TickRow(theme, tr("Show what I type"), strong=False, fades=False)
        for part in (self.first, self.again, self.shown):
            self.add(part)
        self.add(
            Text(
                tr(
                    "Nobody can open the backup without it, and this program keeps it nowhere."
                    " Write it down and put it where your papers are."
                ),
                "second_strong",
            )
        )
        self.shown.toggled.connect(self._show_letters)
        self.confirmed.connect(self._confirm)

    def _show_letters(self, shown: bool) -> None:
        for line in (self.first, self.again):
            line.show_letters(shown=shown)

    def _confirm(self) -> None:
        passphrase = self.first.text()
        if len(passphrase) < LEAST_LETTERS:
            self.first.set_error(words("passphrase.short", least=LEAST_LETTERS))
        elif passphrase != self.again.text():
            self.again.set_error(words("passphrase.again"))
        if not self.focus_first_error():
            self.forget_changes()
            self.accept()
            self.chosen.emit(passphrase)
