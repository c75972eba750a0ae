"""Asks once before a backup takes the place of what is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain


class RestoreSheet(Sheet):
    """Names the backup, says what happens to the present data, and waits."""

    def __init__(
        self,
        theme: Theme,
        path: Path,
        restore: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme,
            tr("Restore this backup?"),
            icon="keep",
            primary=tr("Restore"),
            cancel=tr("Leave as it is"),
            width=560,
            parent=parent,
        )
        self._path, self._restore = path, restore
        self.trouble = Banner(theme, "")
        self.trouble.hide()
        self.add(self.trouble)
        self.add(Text(str(path), "strong"))
        self.add(
            Text(
                tr(
                    "Everything in the window becomes as it was in this backup. What is here now"
                    " is kept as a file beside it. The window then opens again."
                )
            )
        )
        self.confirmed.connect(self._confirm)

    def _confirm(self) -> None:
        try:
            self._restore(self._path)
        except UserError as error:
            self.trouble.set_words(explain(error))
            self.trouble.show()
            return
        self.accept()
