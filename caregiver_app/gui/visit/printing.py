"""The nurse's list and the infusion records on paper, made of what is kept and shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import in_zone, wall
from caregiver_app.gui import printing
from caregiver_app.gui.visit.words import is_at_home
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.pages.dates import full_date
from caregiver_app.pages.infusion_records import RecordEntry, RecordsPage, records_pages
from caregiver_app.pages.nurse_list import NurseEntry, NursePage, nurse_page
from caregiver_app.pages.printed import Printed, paint_printed
from caregiver_app.pages.record_labels import record_lines
from caregiver_app.services.household import Household
from caregiver_app.services.records import Recorded
from caregiver_app.services.visits import Asked, Live, NurseList

ANSWERS = {"yes": "Yes", "no": "No", "unsure": "Not sure", "": ""}


def live_words(live: Live, *, year: int) -> str:
    """Return a line of what the program knows: "Fever, Fri 20 Mar: since the evening"."""
    day = "" if live.day is None else short_date(live.day, year=live.day.year != year)
    said = ", ".join(part for part in (live.text, day) if part)
    return f"{said}: {live.note}" if live.note else said


def printed_at(house: Household) -> str:
    """Return the day and hour of now, as they stand in a footer."""
    now = in_zone(house.care.now, house.care.home)
    return f"{full_date(now.date())}, {time_text(now)}"


def nurse_list(house: Household, visit: Appointment, found: NurseList) -> Printed:
    """Return the list for the nurse as a page to print."""
    year = house.care.today.year
    start = wall(visit.start)
    nothing = all(one.answer == "no" and not one.text for one in found.asked)
    page = NursePage(
        house.care.name_of(visit.person),
        f"{visit.title}, {full_date(start.date())}, {time_text(start)}",
        tuple(_entry(one, year) for one in found.asked),
        found.none if nothing else "",
        printed_at(house),
    )
    return nurse_page(page)


def _entry(asked: Asked, year: int) -> NurseEntry:
    known = tuple(live_words(one, year=year) for one in asked.live)
    return NurseEntry(asked.ask, tr(ANSWERS[asked.answer]), asked.text, known)


def records(house: Household, person: str, shown: Sequence[Recorded], note: str) -> Printed:
    """Return records as pages to print; `note` says where only some of them are meant."""
    entries = tuple(_record(house, one) for one in shown)
    return records_pages(RecordsPage(house.care.name_of(person), entries, note, printed_at(house)))


def _record(house: Household, one: Recorded) -> RecordEntry:
    plan = None if one.visit.plan is None else house.plans.get(one.visit.plan)
    heading = f"{full_date(wall(one.visit.start).date())}, {one.visit.title}"
    if plan is not None:
        heading = f"{heading}, {plan.medicine}"
    lines = record_lines(one.record, at_home=is_at_home(one.visit))
    return RecordEntry(heading, tuple(lines))


def preview(page: Printed, parent: QWidget) -> QWidget:
    """Open the preview from which a page is printed, and return it."""
    return printing.open_preview(lambda device: paint_printed(device, page), page.title, parent)
