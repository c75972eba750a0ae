"""`OtherPlacePart`: what is written to a place outside the data folder, chosen and given up."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text


class OtherPlacePart(QWidget):
    """A title, where it is (`about`), how it stands (`state`), and both buttons below."""

    def __init__(self, theme: Theme, title: str, stop: QuietButton) -> None:
        super().__init__()
        self.title = Text(title, "second_strong")
        self.about = Text("")
        self.state = Text("", "second", "soft")
        self.choose = PlainButton(theme, "", "keep")
        self.stop = stop
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.choose)
        flow.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.title, self.about, self.state, buttons):
            column.addWidget(part)
