"""Pages as PDF files from a program without a window."""

from __future__ import annotations

from pathlib import Path

from caregiver_app.pages.bag_of_visit import page_for
from caregiver_app.pages.bag_page import write_pdf
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.pages.emergency_page import write_pdf as write_emergency
from caregiver_app.pages.paper import application
from caregiver_app.services.household import Household


def print_bag(house: Household, visit: str, path: Path, paper: str) -> None:
    """Write the bag page of a visit to `path`; `paper` is "A4" or "Letter".

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written.
    """
    running = application()
    write_pdf(page_for(house, visit, house.care.now), path, paper)
    del running


def print_emergency(house: Household, person: str | None, path: Path, paper: str) -> None:
    """Write the emergency sheet of a person, or of the only one, to `path`.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written, or it is not plain whose
            sheet is meant.
    """
    running = application()
    write_emergency(sheet_for(house, person, house.care.now), path, paper)
    del running
