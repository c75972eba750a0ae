"""What was possible on a day, in words: a line to type, and words to press instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.words import tr

_USUAL: Final = ("Up and about", "A short walk", "Stayed on the sofa", "Stayed in bed")
_MOST: Final = 5
_LONGEST: Final = 40
"""Longer words are a note, not a chip."""


class PossibleField(QWidget):
    """A line and chips: a chip puts its words in, pressed again it takes them out."""

    def __init__(self, theme: Theme, own: Sequence[str]) -> None:
        """`own` are the family's words, the last used first."""
        super().__init__()
        self.field = LineField(theme, tr("What was possible today?"))
        self.chips: list[PlainButton] = []
        row = QWidget()
        self._flow = FlowLayout(row, across=6, down=6)
        short = [one for one in own if len(one) <= _LONGEST and "\n" not in one]
        usual = [tr(one) for one in _USUAL]
        for words in list(dict.fromkeys([*short, *usual]))[: max(_MOST, len(usual))]:
            chip = PlainButton(theme, words)
            chip.clicked.connect(lambda _on=False, said=words: self._press(said))
            self.chips.append(chip)
            self._flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(self.field)
        column.addWidget(row)
        self._set = ""

    def text(self) -> str:
        """Return what stands there."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Show these words."""
        self.field.set_text(text)
        self.field.line.setCursorPosition(0)
        self._set = self.field.text()

    def is_as_set(self) -> bool:
        """Tell whether nobody has changed what was shown."""
        return self.field.text() == self._set

    def set_label(self, label: str) -> None:
        """Ask it in other words."""
        self.field.set_label(label)

    def _press(self, words: str) -> None:
        now = self.field.text().strip()
        parts = [part.strip() for part in now.split(",") if part.strip()]
        mine = [part.strip() for part in words.split(",") if part.strip()]
        if all(part in parts for part in mine):
            kept = [part for part in parts if part not in mine]
        else:
            kept = [*parts, *(part for part in mine if part not in parts)]
        self.field.set_text(", ".join(kept))
