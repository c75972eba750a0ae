"""The amber line below the list of days: an approval ends before an infusion that comes soon."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.approval_words import lapse_words
from caregiver_app.gui.calendar.coverage_days import Lapse
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import Banner
from caregiver_app.gui.words import tr


class ApprovalLine(QWidget):
    """Not there while every infusion of the next weeks is reached; made when it is first wanted."""

    opened = Signal(str)
    """The approval is to be looked at; its id."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._approval = ""
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 4, 12, 4)
        self.hide()

    def show_lapse(self, lapse: Lapse | None) -> None:
        """Say which infusion falls outside, or nothing."""
        self.setVisible(lapse is not None)
        if lapse is None:
            return
        self._approval = lapse.approval
        if self.banner is None:
            self.banner = Banner(self._theme, "", button=tr("Open"), icon="coverage")
            self.banner.pressed.connect(self._open)
            self._column.addWidget(self.banner)
        self.banner.set_words(
            *lapse_words(lapse.name, lapse.last, lapse.title, lapse.day, lapse.today)
        )

    def _open(self) -> None:
        self.opened.emit(self._approval)
