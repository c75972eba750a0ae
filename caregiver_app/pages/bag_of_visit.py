"""A visit's bag as a page to print: the one way from the household to `BagPage`.

The window and the command line print the same page through this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.texts import first_name
from caregiver_app.domain.times import AllDay, Moment, in_zone, wall
from caregiver_app.pages.bag_values import BagLine, BagPage
from caregiver_app.pages.dates import count_text, day_month, full_date, plain_date, short_weekday
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
    steps = steps_of(house, bag)
    morning = [s for s in steps if s.phase == "before" and -24 < s.offset_hours < 0]
    clinic = [s for s in steps if s.key in _CLINIC_STEPS]
    live = house.bags.live(bag)
    return BagPage(
        person="" if bag.person is None else bag.person.name,
        title=visit.title,
        when=start_words(visit.start, hour),
        where=visit.place if contact is None else contact.name,
        address="" if contact is None else _flat(contact.address, ", "),
        phone="" if contact is None else contact.phone,
        phone_after_hours="" if contact is None else contact.phone_after_hours,
        rules=rules_words(bag.rules),
        driver=visit.driver,
        driver_phone=visit.driver_phone,
        leave_at=hour(time.fromisoformat(visit.leave_at)) if visit.leave_at else "",
        papers=_lines(bag, "papers", live),
        things=_lines(bag, "things", live),
        papers_by=tr("ready by {day}", day=f"{short_weekday(ready)} {ready.day}"),
        things_by=tr("the night before"),
        not_this_time=tuple(one.label for one in bag.lines if one.state == "not_needed"),
        before_house=tuple(_step(step) for step in morning),
        before_clinic=tuple(step.text for step in clinic),
        printed_at=printed_words(house, printed_at),
    )


def steps_of(house: Household, bag: bags.Bag) -> list[bags.StepLine]:
    """Return the steps around a visit; those of the reference speak of infusions alone."""
    return house.bags.steps(bag.visit.id) if bag.visit.type == "infusion" else []


def start_words(start: Moment, hour: Callable[[datetime], str]) -> str:
    """Return a visit's day and hour in full: "Tuesday 31 March 2026, 9:30"."""
    return _when(start.day if isinstance(start, AllDay) else start.local, hour)


def printed_words(house: Household, printed_at: datetime) -> str:
    """Return the day and hour of printing, as they stand in a footer."""
    return _when(in_zone(printed_at, house.care.home), hours_of(house.settings.text))


def rules_words(rules: bags.ClinicRules | None) -> str:
    """Return what the clinic allows and when somebody last asked; "" where nothing is known."""
    if rules is None:
        return ""
    every = (
        (tr("Food"), rules.food),
        (tr("Visitors"), rules.visitors),
        (tr("Fasting"), rules.fasting),
        (tr("Parking"), rules.parking),
    )
    said = " · ".join(f"{name}: {_flat(text)}" for name, text in every if text.strip())
    if rules.checked is None:
        return tr("{rules} (day of asking not noted)", rules=said)
    return tr("{rules} (asked on {day})", rules=said, day=plain_date(rules.checked))


def hint_of(bag: bags.Bag, line: bags.BagLine, live: Mapping[str, bags.Live]) -> str:
    """Return what stands small beside an item: how far a paper is, what is known, who brings it."""
    way = {"sent": tr("sent, not back yet"), "received": tr("arrived")}.get(line.way, "")
    told = (way, _flat(line.kept_at), _known(live.get(line.key)), _brings(bag, line))
    return " · ".join(part for part in told if part)


def _lines(bag: bags.Bag, group: str, live: Mapping[str, bags.Live]) -> tuple[BagLine, ...]:
    return tuple(
        BagLine(line.label, line.state, hint=hint_of(bag, line, live))
        for line in bag.group(group)
        if line.state != "not_needed"
    )


def _brings(bag: bags.Bag, line: bags.BagLine) -> str:
    if line.brings == "person":
        return first_name(bag.person.name) if bag.person is not None else ""
    return tr("I bring") if line.brings == "carer" else ""


def _known(live: bags.Live | None) -> str:
    """Return what the program knows of an item, as far as a paper has a use for it."""
    if live is None or not live.count:
        return ""
    if live.kind == "questions":
        return tr("{count} open", count=live.count)
    if live.kind == "side_effects":
        return count_text(live.count, "{count} entry", "{count} entries")
    if live.kind == "ride":
        return tr("{name} drives", name=live.text)
    if live.kind == "insurance" and live.day is not None:
        return tr("approved to {day}", day=day_month(live.day))
    return ""


def _step(step: bags.StepLine) -> str | BagLine:
    return BagLine(step.text, write="°C") if step.key in _READINGS else step.text


def _flat(text: str, between: str = "; ") -> str:
    return between.join(part.strip() for part in text.splitlines() if part.strip())


def _when(start: date | datetime, hour: Callable[[datetime], str]) -> str:
    if isinstance(start, datetime):
        return f"{full_date(start.date())}, {hour(start)}"
    return full_date(start)
