"""The buttons that turn the month or the week."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.widgets.text import set_tip
from caregiver_app.gui.words import tr


class Navigation(QWidget):
    """Back, Today, forward."""

    moved = Signal(int)
    """How many months or weeks to go on, or back."""
    today_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = IconButton(theme, "back", tr("Month before"))
        self.today = PlainButton(theme, tr("Today"), tooltip=tr("Today (Home or T)"))
        self.forward = IconButton(theme, "forward", tr("Next month"))
        self.back.clicked.connect(lambda: self.moved.emit(-1))
        self.today.clicked.connect(self.today_asked)
        self.forward.clicked.connect(lambda: self.moved.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self.back, self.today, self.forward):
            row.addWidget(button)
        self.by_weeks(weeks=False)

    def by_weeks(self, *, weeks: bool) -> None:
        """Say whether the arrows turn weeks or months."""
        for button, name, key in (
            (self.back, tr("Week before") if weeks else tr("Month before"), tr("Page Up")),
            (self.forward, tr("Next week") if weeks else tr("Next month"), tr("Page Down")),
        ):
            button.setAccessibleName(name)
            set_tip(button, f"{name} ({key})")
