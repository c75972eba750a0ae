"""`KeptSheet`: what the sheets over a note, a question, a person or a contact share."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


class KeptSheet(Sheet):
    """A sheet over something that is kept: saves, deletes, and shows what was refused."""

    def __init__(
        self, theme: Theme, title: str, *, icon: str, subtitle: str, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, title, icon=icon, primary=tr("Save"), subtitle=subtitle, parent=parent
        )
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()

    def add_delete(self, words: str, act: Callable[[], object]) -> None:
        """Put the button that deletes below what is there, and the line for refusals."""
        self.delete = QuietButton(self.theme, words)
        self.delete.clicked.connect(lambda: self.attempt(act, {}))
        self.body.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.wrong)

    def attempt(self, act: Callable[[], object], fields: dict[str, Field]) -> None:
        """Do it and close; what is refused stays in the form with its sentence."""
        try:
            act()
        except UserError as error:
            show_refusal(error, fields, self.wrong)
            self.focus_first_error()
            return
        self.forget_changes()
        self.accept()
