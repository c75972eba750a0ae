"""Places that are no pages: a sheet that lies over whatever is shown, opened by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.gui.file_actions import FileActions
from caregiver_app.gui.from_anywhere import CRISIS, CRISIS_KEY, EMERGENCY
from caregiver_app.gui.theme import Theme
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.main_window import MainWindow

VISIT, MEDICINE, CALL, DELETED = "visit", "medicine", "call", "deleted"
CALL_KEY = "F3"
"""Shows the call sheet for the clinic, also over an open form."""


class OverPlaces(QObject):
    """Opens the sheets that any page may ask for; each place takes a kind and an item."""

    asked = Signal(str, str, str)
    """A sheet leads on to another place: place, kind, item."""

    def __init__(
        self, house: Household, theme: Theme, later: Callable[[], type[Later]], window: MainWindow
    ) -> None:
        super().__init__(window)
        self._house, self._theme = house, theme
        self._later, self._window = later, window
        self._desk: Desk | None = None
        self._places: dict[str, Callable[[str, str], object]] = {
            VISIT: self._open_visit,
            MEDICINE: self._open_medicine,
            CALL: self._open_call,
            CRISIS: lambda _kind, _item: window.help.show_crisis(),
            EMERGENCY: lambda _kind, _item: window.help.show_emergency(),
            DELETED: self._open_deleted,
        }
        for key, place in ((CALL_KEY, CALL), (CRISIS_KEY, CRISIS)):
            action = QAction(window)
            action.setShortcut(QKeySequence(key))
            action.triggered.connect(lambda _on=False, place=place: self.open(place, "", ""))
            window.addAction(action)

    def __contains__(self, place: str) -> bool:
        """Whether a place is one of these."""
        return place in self._places

    def open(self, place: str, kind: str, item: str) -> None:
        """Open the sheet of a place."""
        self._places[place](kind, item)

    @property
    def desk(self) -> Desk:
        """Where the forms over the window are opened."""
        if self._desk is None:
            self._desk = self._later().desk(self._house, self._theme, self._window)
            self._desk.asked.connect(self.asked)
        return self._desk

    def _open_visit(self, kind: str, item: str) -> None:
        self.desk.visits.open(kind, item)

    def _open_medicine(self, _kind: str, item: str) -> None:
        """Look a medicine up (by id or name, "" for the list), also over a form that lies open."""
        over = open_form()
        sheet = self._later().medicines_sheet(
            self._house,
            self._theme,
            item,
            person=self._person(),
            leads=over is None,
            parent=over or self._window,
        )
        sheet.asked.connect(self.asked)
        sheet.plan_asked.connect(self._new_plan)
        self.desk.open_sheet(sheet)

    def _open_call(self, _kind: str, person: str) -> None:
        """Show the call sheet of a person ("": of who is shown), over a form that lies open."""
        if self._window.holds_back:
            return
        over = open_form()
        if over is None:
            self.asked.emit("watch", "call_sheet", person)
        elif over.findChild(self._later().call_window) is None:
            self._later().call_window(
                self._house, self._theme, person or self._person(), over
            ).show()

    def _open_deleted(self, _kind: str, _item: str) -> None:
        files = getattr(self._window, "files", None)
        if isinstance(files, FileActions):
            files.show_deleted()

    def _new_plan(self, medicine: str) -> None:
        self.desk.person = self._person()
        self.desk.new_plan(medicine=medicine)

    def _person(self) -> str | None:
        return self._window.person


def open_form() -> QWidget | None:
    """Return the form that lies open over the window, None where none does."""
    # Qt answers None where its types promise a widget.
    form: QWidget | None = QApplication.activeModalWidget()
    return form
