"""What the right side says while nothing is planned: other ways to begin."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr

_WAYS: Final = (
    ("follow-up", "A follow-up visit"),
    ("lab", "A blood test"),
    ("medication", "A medicine and its time"),
    ("drive", "A drive"),
)


class StartList(QWidget):
    """Four kinds of appointment to start with."""

    asked = Signal(str)
    """The kind of appointment that was chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 12)
        column.setSpacing(8)
        column.addWidget(Text(tr("What’s coming up"), "card_title"))
        column.addWidget(Text(tr("Your days will list here, from today on."), "body", "soft"))
        column.addSpacing(6)
        column.addWidget(Rule())
        column.addSpacing(6)
        column.addWidget(Text(tr("You could also start with"), "second", "soft"))
        self.ways = RowList(theme, tr("You could also start with"), click_opens=True)
        self.ways.set_rows(
            [Row(key=kind, title=tr(name), kind=kind, opens=True) for kind, name in _WAYS]
        )
        column.addWidget(self.ways, 1)
        self.ways.opened.connect(self.asked)
