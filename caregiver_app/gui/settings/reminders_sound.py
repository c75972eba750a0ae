"""Whether a reminder is heard as well, and how that sounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer


class SoundPart(QWidget):
    """Off until somebody ticks it; it can be heard before."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        attempt: Callable[[Callable[[], object]], None],
        ringer: Callable[[], Ringer | None],
    ) -> None:
        """`ringer` answers None while nothing rings in this window."""
        super().__init__()
        self._house, self._attempt, self._ringer = house, attempt, ringer
        self._heard: Ringer | None = None
        self.tick = TickRow(theme, tr("Reminders make a sound as well"), strong=False, fades=False)
        self.tick.state_changed.connect(self._switch)
        self.hear = PlainButton(theme, tr("Hear it"), "listening")
        self.hear.setAccessibleDescription(tr("Plays the sound of a reminder once"))
        self.hear.clicked.connect(self._play)
        self.trouble = Text("", "second", "warn")
        self.trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("Sound"), "second_strong"))
        column.addWidget(
            Text(
                tr("Two soft tones when a reminder comes, as loud as the computer is set."),
                "second",
                "soft",
            )
        )
        column.addWidget(self.tick)
        column.addWidget(self.hear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.trouble)

    def show_kept(self) -> None:
        """Show whether reminders are heard."""
        self.tick.set_state("done" if self._house.ringing.sound() else "open")
        self.show_health()

    def show_health(self) -> None:
        """Offer to hear it where something rings in this window."""
        ringer = self._ringer()
        self.hear.setEnabled(ringer is not None)
        if ringer is not None and ringer is not self._heard:
            self._heard = ringer
            ringer.heard.connect(self._say)

    def _switch(self, state: str) -> None:
        self._attempt(lambda: self._house.ringing.set_sound(on=state == "done"))

    def _play(self) -> None:
        ringer = self._ringer()
        self._say("")
        if ringer is not None:
            ringer.hear()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
