"""The call sheet over an open form: a window of its own, as large as the one below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.call_page import CallPage
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household


class CallWindow(QDialog):
    """Lies over `over`, an open form, and leaves it untouched; Back and Escape close it.

    It leads to no other page: the form below waits.
    """

    def __init__(
        self, house: Household, theme: Theme, person_id: str | None, over: QWidget
    ) -> None:
        super().__init__(over)
        self._over = over.window()
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Call sheet for the clinic"))
        self.setAccessibleName(tr("Call sheet for the clinic"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.page = CallPage(house, theme, leads=False)
        self.page.back.connect(self.close)
        column.addWidget(self.page)
        self.setGeometry(_lowest(over).geometry())
        self.page.set_person(person_id)
        self.page.ensure_built()
        self.page.enter()

    def done(self, result: int) -> None:
        """Give the keyboard back to where it was in the form."""
        self.page.keep_draft()
        super().done(result)
        self._over.activateWindow()


def _lowest(over: QWidget) -> QWidget:
    """Return the window at the bottom: a form may lie over a form."""
    window = over.window()
    while (below := _maybe(window.parentWidget())) is not None:
        window = below.window()
    return window


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
