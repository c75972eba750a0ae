"""Opens the sheets about what was given, over whatever page asked."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from caregiver_app.domain.dose_marks import is_for
from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.gui.medicines.gave_sheet import GaveSheet, blank_dose
from caregiver_app.gui.medicines.history_sheet import HistorySheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.services.household import Household


class MedicineRoom(QObject):
    """`sheet` is the one that lies open."""

    def __init__(self, house: Household, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self._house, self._theme, self._page = house, theme, page
        self.sheet: Sheet | None = None

    def gave(self, medicine_id: str, person: str = "") -> None:
        """Ask what was given of a medicine just now; "" asks for the name as well."""
        medicine = self._house.people.medicine(medicine_id) if medicine_id else None
        whom = person if medicine is None else medicine.person
        dose = blank_dose(self._house, whom, medicine)
        self._open(GaveSheet(self._house, self._theme, dose, self._page.window()))

    def open_dose(self, dose_id: str) -> None:
        """Open what was written down."""
        dose = self._house.doses.get(dose_id)
        if dose is not None:
            self._open(GaveSheet(self._house, self._theme, dose, self._page.window()))

    def history(self, medicine_id: str) -> None:
        """Open the thirty days of a medicine."""
        medicine = self._house.people.medicine(medicine_id)
        if medicine is not None:
            self.history_of(medicine)

    def history_for(self, appointment: Appointment) -> None:
        """Open the thirty days of what a medication time is for, on the list or not."""
        people, whose = self._house.people, appointment.person
        known = [*people.medicines(whose), *people.past_medicines(whose)]
        found = next((one for one in known if is_for(appointment, one)), None)
        blank = Medicine(id="", person=appointment.person, name=appointment.title)
        self.history_of(found or blank)

    def history_of(self, medicine: Medicine) -> None:
        """Open the thirty days of a medicine; one without an id is known by its name alone."""
        self._open(HistorySheet(self._house, self._theme, medicine, self._page.window()))

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(partial(self._closed, sheet))
        sheet.open()

    def _closed(self, sheet: Sheet, _result: int = 0) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()
