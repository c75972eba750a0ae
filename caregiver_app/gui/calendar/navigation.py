"""The buttons that turn the month."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.words import tr


class Navigation(QWidget):
    """Back, Today, forward."""

    moved = Signal(int)
    """How many months to go on, or back."""
    today_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton(theme, "back", tr("Month before"), key_hint="Page Up")
        self.today = PlainButton(theme, tr("Today"), tooltip=tr("Today (Home or T)"))
        self.forward = IconButton(theme, "forward", tr("Next month"), key_hint="Page Down")
        self.back.clicked.connect(lambda: self.moved.emit(-1))
        self.today.clicked.connect(self.today_asked)
        self.forward.clicked.connect(lambda: self.moved.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.back, self.today, self.forward):
            row.addWidget(button)
