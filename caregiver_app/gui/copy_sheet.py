"""`CopySheet`: a sheet that can put a copy of what could not be kept somewhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import TonalButton
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class CopySheet(Sheet):
    """Asks where to; says below the button where the copy is, or what was in the way."""

    def add_copy_button(
        self, theme: Theme, save: Callable[[Path], object] | None, *, text: bool
    ) -> None:
        """Make `copy_button` and the line `told`; whoever derives from it gives them a place.

        `save(path)` writes the copy, which is a text file or else a backup.
        """
        self._save, self._is_text = save, text
        self.copy_button = TonalButton(theme, tr("Save a copy elsewhere"), "keep")
        self.copy_button.clicked.connect(self._ask_where)
        self.told = Text("", "second_strong")
        self.told.hide()

    def _ask_where(self) -> None:
        name, kind = (
            ("caregiver-notes.txt", tr("Text files (*.txt)"))
            if self._is_text
            else ("caregiver-backup.sqlite3", tr("Backups (*.sqlite3)"))
        )
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save a copy elsewhere"), str(Path.home() / name), kind
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the copy and say where it is, or what is in the way."""
        if self._save is None:
            return
        try:
            self._save(path)
        except UserError as error:
            self.told.set_ink("alarm")
            self.told.setText(explain(error))
        else:
            self.told.set_ink("ink")
            self.told.setText(tr("Saved: {path}", path=path))
        self.told.show()
        self.fit()
