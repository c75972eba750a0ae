"""`SecretField`: a number of an insurer's, of which only the end is seen until somebody asks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from caregiver_app.gui.care_plan.coverage import masked
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.field import Field, LineInput
from caregiver_app.gui.words import tr


class SecretField(Field):
    """A kept number shows "•••• 4471" and cannot be typed over; after "Show" it is a plain line.

    `text()` is always the number itself.
    """

    asked = Signal()
    """Somebody asks to see the number; it is still covered."""
    shown = Signal()
    """The number is seen now; nothing was changed by that."""

    def __init__(self, theme: Theme, label: str, *, text: str = "", hint: str = "") -> None:
        self.line = LineInput(theme)
        self.button = PlainButton(theme, tr("Show"), name=tr("Show: {what}", what=label))
        super().__init__(theme, label, self.line, hint=hint, beside=self.button)
        self._kept = text
        self._hidden = bool(text)
        self.line.setText(masked(text) if text else "")
        self.line.setReadOnly(self._hidden)
        self.button.setVisible(self._hidden)
        self.button.clicked.connect(self.show_whole)
        self.line.textChanged.connect(self._touched)

    def text(self) -> str:
        """Return the number, as typed."""
        return self._kept if self._hidden else self.line.text()

    def value(self) -> str:
        """Return the number without white space around it."""
        return self.text().strip()

    def set_text(self, text: str) -> None:
        """Replace the number by one that is seen."""
        self._uncover()
        self.line.setText(text)

    def set_value(self, value: str) -> None:
        """Replace the number by one that is seen."""
        self.set_text(value)

    @property
    def is_hidden_number(self) -> bool:
        """Whether only the end is seen."""
        return self._hidden

    def show_whole(self) -> None:
        """Show the number and let it be changed."""
        self.asked.emit()
        self._uncover()
        blocked = self.line.blockSignals(True)
        self.line.setText(self._kept)
        self.line.blockSignals(blocked)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.shown.emit()

    def _uncover(self) -> None:
        self._hidden = False
        self.line.setReadOnly(False)
        self.button.hide()
