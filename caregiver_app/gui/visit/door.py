"""Opens the visit's sheet and what lies around it, from wherever a visit is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from caregiver_app.domain.times import wall
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.visit.model import ADD
from caregiver_app.gui.visit.records_sheet import RecordsSheet
from caregiver_app.gui.visit.sheet import FORM, PLAN, RECORDS, VisitSheet
from caregiver_app.gui.visit.well_card import WellEnoughCard
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk

VISIT: Final = "visit"


class VisitDoor(QObject):
    """The one way to the visit's sheet; the desk lays it over its page."""

    def __init__(self, house: Household, theme: Theme, desk: Desk) -> None:
        super().__init__(desk)
        self._house, self._theme, self._desk = house, theme, desk

    def is_visit(self, appointment_id: str) -> bool:
        """Tell whether an appointment is one visit of a plan."""
        found = self._house.agenda.get(appointment_id)
        return found is not None and found.plan is not None

    def open(self, kind: str, item: str) -> None:
        """Open the sheet of the visit `item` at what `kind` names, or somebody's "records".

        Kinds of a visit are "visit", "well_enough", "anything_new", "record", "done" and "move".
        """
        if kind == RECORDS:
            self._open_records(item)
        elif self.is_visit(item):
            sheet = VisitSheet(self._house, self._theme, item, self._desk.page)
            sheet.asked.connect(self._desk.asked)
            sheet.undo_asked.connect(lambda: self._desk.asked.emit("undo", "", ""))
            sheet.wanted.connect(self._wanted)
            self._desk.open_sheet(sheet)
            sheet.go_to(kind)
        elif self._house.agenda.get(item) is not None:
            # An infusion that was entered without a plan has its form and nothing more.
            self._desk.open_appointment(item)

    def well_card(self, visit: str, title: str = "") -> WellEnoughCard:
        """Return the card that asks "Well enough to go?" of a visit, for another page."""
        return WellEnoughCard(self._house, self._theme, visit, title)

    def _open_records(self, person: str) -> None:
        if self._house.people.person(person) is None:
            return
        sheet = RecordsSheet(self._house, self._theme, person, self._desk.page)
        self._desk.open_sheet(sheet)

    def _wanted(self, form: str, item: str) -> None:
        if form == RECORDS:
            self._open_records(item)
            return
        visit = self._house.agenda.get(item)
        if visit is None:
            return
        if form == FORM:
            self._desk.open_appointment(item)
        elif form == PLAN and visit.plan is not None:
            self._desk.open_plan(visit.plan)
        elif form.startswith(ADD):
            before, self._desk.person = self._desk.person, visit.person
            self._desk.new_appointment(wall(visit.start).date(), form.removeprefix(ADD))
            self._desk.person = before
