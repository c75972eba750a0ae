"""What leads out of the calendar's views: forms, menus, paper, and what is done at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from caregiver_app.gui.words import tr

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk


class Doors(QObject):
    """Asks the desk, which is made when the first door is opened."""

    bag_asked = Signal(str)
    """The id of the visit whose bag is wanted."""
    asked = Signal(str, str, str)
    """A form leads on to another place: place, kind, item."""

    def __init__(self, make_desk: Callable[[QWidget], Desk], page: QWidget) -> None:
        super().__init__(page)
        self._make, self._page = make_desk, page
        self._desk: Desk | None = None
        self._person: str | None = None
        self._menu: QMenu | None = None

    @property
    def desk(self) -> Desk:
        """Where the forms are opened."""
        if self._desk is None:
            self._desk = self._make(self._page)
            self._desk.person = self._person
            self._desk.bag_asked.connect(self.bag_asked)
            self._desk.asked.connect(self.asked)
        return self._desk

    def set_person(self, person: str | None) -> None:
        """Offer this person in new forms."""
        self._person = person
        if self._desk is not None:
            self._desk.person = person

    def add_menu(self, button: QWidget, day: Callable[[], date]) -> QMenu:
        """Return the menu of what can be added; an appointment on the day that `day` answers."""
        menu = QMenu(button)
        menu.addAction(tr("Therapy plan…"), self.new_plan)
        menu.addAction(tr("Appointment…"), lambda: self.add_on(day()))
        menu.addAction(tr("Days that don’t suit…"), lambda: self.desk.block_days(day()))
        return menu

    def file_menu(self, button: QWidget, ask: Callable[[str, str, str], object]) -> QMenu:
        """Return the menu of calendar files that go out and come in."""
        menu = QMenu(button)
        menu.addAction(tr("Save a calendar file…"), lambda: ask("export", "", ""))
        menu.addAction(tr("Take in a calendar file…"), lambda: ask("import", "", ""))
        return menu

    def new_plan(self) -> None:
        """Open the form of a therapy plan."""
        self.desk.new_plan()

    def add_on(self, day: date, hour: time | None = None) -> None:
        """Open the form of a new appointment; `hour` where one was pointed at."""
        self.desk.new_appointment(day, hour=hour or time(0))

    def start_with(self, day: date, kind: str) -> None:
        """Open the form of a new appointment of a kind."""
        self.desk.new_appointment(day, kind)

    def open_row(self, key: str) -> None:
        """Open what a row stands for."""
        self.desk.open_row(key)

    def delete_row(self, key: str) -> None:
        """Delete what a row stands for, or ask."""
        self.desk.delete_row(key)

    def move(self, key: str, day: date, hour: time | None = None) -> None:
        """Move what was dropped on a day, or at an hour of it."""
        self.desk.move(key, day, hour)

    def stretch(self, key: str, minutes: int) -> None:
        """Let something last so many minutes."""
        self.desk.stretch(key, minutes)

    def take_key(self, pressed: Qt.Key, key: str) -> bool:
        """Do what a key means for a row; False when it means nothing."""
        return self.desk.take_key(pressed, key)

    def show_menu(self, key: str, spot: QPoint) -> None:
        """Open the menu of what a row stands for."""
        self._menu = self.desk.menu_for(key)
        self._menu.popup(spot)

    def print_calendar(self, day: date) -> None:
        """Open what prints the month or the list around a day."""
        self.desk.print_calendar(day)
