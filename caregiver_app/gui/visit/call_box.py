"""The number to call, large, with what to do; or where to write one down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caregiver_app.domain.entities import Contact
from caregiver_app.gui.emergency.parts import Picture
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

_SIGN = 26


class CallBox(Card):
    """A sentence, and the clinic's numbers as large as one can read them at arm's length."""

    asked = Signal(str, str, str)
    """Somebody wants to write a number down."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tone="warn")
        self.sentence = Text("", "strong")
        self.add(self.sentence)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._sign = Picture(theme, "call", "ink", _SIGN)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.whose = Text("", "second_strong")
        self.number = Text("", "prompt")
        self.after_hours = Text("")
        for line in (self.whose, self.number, self.after_hours):
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(line)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.add_number = QuietButton(theme, tr("Write the number down"))
        self.add_number.clicked.connect(lambda: self.asked.emit("care", "contact", ""))
        self.body.addWidget(self.add_number, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def say(self, sentence: str, contact: Contact | None) -> None:
        """Show a sentence with whom to call, or nothing."""
        self.sentence.setText(sentence)
        phone = "" if contact is None else contact.phone
        late = "" if contact is None else contact.phone_after_hours
        self.whose.setText(tr("Call {name}", name=contact.name) if contact else tr("The clinic"))
        self.number.setText(phone or late or tr("No number is written down yet"))
        both = bool(phone and late)
        self.after_hours.setText(tr("Out of hours: {number}", number=late) if both else "")
        self.after_hours.setVisible(both)
        self.add_number.setVisible(not (phone or late))
        numbers = ", ".join(one for one in (phone, late) if one)
        self.setAccessibleName(f"{sentence} {self.whose.text()} {numbers}".strip())
        self.setVisible(bool(sentence))
