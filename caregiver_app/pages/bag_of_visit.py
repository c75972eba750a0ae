"""A visit's bag as a page to print: the one way from the household to `BagPage`.

The window and the command line print the same page through this.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.times import AllDay, in_zone, wall
from caregiver_app.pages.bag_page import BagLine, BagPage
from caregiver_app.pages.dates import full_date, short_weekday
from caregiver_app.pages.formats import hours_of
from caregiver_app.pages.paper import tr
from caregiver_app.services import bags
from caregiver_app.services.household import Household

_PAPERS_DAYS: Final = timedelta(days=3)
_READINGS: Final = ("temp0",)
"""Steps after which a temperature is written down."""
_CLINIC_STEPS: Final = ("record", "leave", "ride")
"""What is done before the way home, of the steps of the day itself."""


def page_for(house: Household, visit_id: str, printed_at: datetime) -> BagPage:
    """Return the page of a visit's bag; `printed_at` is the instant for its footer.

    Raises:
        InputRefused: there is no such visit.
    """
    bag, hour = house.bags.bag(visit_id), hours_of(house.settings.text)
    visit, contact = bag.visit, bag.contact
    ready = wall(visit.start).date() - _PAPERS_DAYS
    printed = in_zone(printed_at, house.care.home)
    steps = house.bags.steps(visit_id)
    morning = [s for s in steps if s.phase == "before" and -24 < s.offset_hours < 0]
    clinic = [s for s in steps if s.key in _CLINIC_STEPS]
    return BagPage(
        person="" if bag.person is None else bag.person.name,
        title=visit.title,
        when=_when(visit.start.day if isinstance(visit.start, AllDay) else visit.start.local, hour),
        where=visit.place if contact is None else contact.name,
        address="" if contact is None else contact.address,
        phone="" if contact is None else contact.phone,
        phone_after_hours="" if contact is None else contact.phone_after_hours,
        driver=visit.driver,
        driver_phone=visit.driver_phone,
        leave_at=hour(time.fromisoformat(visit.leave_at)) if visit.leave_at else "",
        papers=_lines(house, bag, "papers"),
        things=_lines(house, bag, "things"),
        papers_by=tr("ready by {day}", day=f"{short_weekday(ready)} {ready.day}"),
        things_by=tr("the night before"),
        not_this_time=tuple(one.label for one in bag.lines if one.state == "not_needed"),
        before_house=tuple(_step(step) for step in morning),
        before_clinic=tuple(step.text for step in clinic),
        printed_at=_when(printed, hour),
    )


def _lines(house: Household, bag: bags.Bag, group: str) -> tuple[BagLine, ...]:
    return tuple(
        BagLine(line.label, line.state, hint=_hint(house, bag, line))
        for line in bag.group(group)
        if line.state != "not_needed"
    )


def _hint(house: Household, bag: bags.Bag, line: bags.BagLine) -> str:
    """Return how many questions are open, beside the questions."""
    if line.key != "questions" or bag.person is None:
        return ""
    open_ones = [q for q in house.support.questions(bag.person.id) if not q.answer]
    return tr("{count} open", count=len(open_ones)) if open_ones else ""


def _step(step: bags.StepLine) -> str | BagLine:
    return BagLine(step.text, write="°C") if step.key in _READINGS else step.text


def _when(start: date | datetime, hour: Callable[[datetime], str]) -> str:
    if isinstance(start, datetime):
        return f"{full_date(start.date())}, {hour(start)}"
    return full_date(start)
