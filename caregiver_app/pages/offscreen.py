"""Pages as PDF files from a program without a window."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from caregiver_app.pages.agenda_page import agenda
from caregiver_app.pages.bag_of_visit import page_for
from caregiver_app.pages.bag_page import write_pdf
from caregiver_app.pages.calendar_of import Wish, agenda_page, month_of, month_page
from caregiver_app.pages.emergency_of_person import sheet_for
from caregiver_app.pages.emergency_page import write_pdf as write_emergency
from caregiver_app.pages.kept_about_of import page_for as kept_page
from caregiver_app.pages.kept_about_page import kept_about_pages
from caregiver_app.pages.month_page import month
from caregiver_app.pages.packet import packet, usual_parts
from caregiver_app.pages.paper import application, usual_paper
from caregiver_app.pages.printed import write_printed
from caregiver_app.pages.visit_report_of import page_for as report_page
from caregiver_app.pages.visit_report_page import visit_report
from caregiver_app.services.household import Household
from caregiver_app.services.kept_about import KeptAboutService
from caregiver_app.services.visit_report import VisitReports


def print_bag(house: Household, visit: str, path: Path, paper: str | None) -> None:
    """Write the bag page of a visit to `path`; `paper` is "A4" or "Letter", None the usual one.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written.
    """
    running = application()
    write_pdf(page_for(house, visit, house.care.now), path, paper or usual_paper())
    del running


def print_packet(
    house: Household, visit: str, parts: Collection[str] | None, path: Path, paper: str | None
) -> None:
    """Write these parts for a visit to `path` as one file; None are all that hold something.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written, or the visit has none of
            these parts.
    """
    running = application()
    wanted = usual_parts(house, visit) if parts is None else parts
    made = packet(house, visit, wanted, house.care.now)
    write_printed(made, path, paper or usual_paper())
    del running


def print_emergency(house: Household, person: str | None, path: Path, paper: str | None) -> None:
    """Write the emergency sheet of a person, or of the only one, to `path`.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written, or it is not plain whose
            sheet is meant.
    """
    running = application()
    write_emergency(sheet_for(house, person, house.care.now), path, paper or usual_paper())
    del running


def print_calendar(house: Household, page: str, wish: Wish, path: Path, paper: str | None) -> None:
    """Write a "month" or an "agenda" to `path`.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written.
    """
    running = application()
    now = house.care.now
    made = (
        month(month_page(house, wish, now))
        if page == "month"
        else agenda(agenda_page(house, wish, now))
    )
    write_printed(made, path, paper or usual_paper())
    del running


def print_report(
    house: Household,
    person: str,
    days: tuple[date | None, date | None],
    visit: str | None,
    path: Path,
    paper: str | None,
) -> None:
    """Write the visit report of a person to `path`.

    `days` are the first and the last day, None for the usual ones; `visit` is the one that it is
    for, None the next one.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written, or the first day comes
            after the last.
    """
    running = application()
    report = VisitReports(house).report(person, *days, visit)
    page = visit_report(report_page(house, report, house.care.now))
    write_printed(page, path, paper or usual_paper())
    del running


def print_kept(
    house: Household,
    person: str,
    path: Path,
    paper: str | None,
    *,
    notes: bool,
    first: date | None = None,
) -> None:
    """Write what is kept about a person to `path`, with the notes about them only where wanted.

    What belongs to a day before `first` is left out.

    Raises:
        InputRefused, DataReadOnly, DiskTrouble: it could not be written.
    """
    running = application()
    about = KeptAboutService(house).about(person, notes=notes, first=first)
    page = kept_about_pages(kept_page(house, about, house.care.now))
    write_printed(page, path, paper or usual_paper())
    del running


def wish_for(day: date, person: str | None, *, big: bool = False, discreet: bool = False) -> Wish:
    """Return the wish for the month in which `day` lies; `person` None is everybody."""
    first, last = month_of(day)
    return Wish(first, last, person, big=big, discreet=discreet)
