"""`print`: which page, whose, and of which day, from what the command line says."""

from __future__ import annotations

import argparse
from datetime import date

from caregiver_app.domain.reminders import is_infusion
from caregiver_app.domain.times import day_of, parse_day
from caregiver_app.errors import InputRefused
from caregiver_app.pages import offscreen
from caregiver_app.pages.packet import PARTS
from caregiver_app.services.household import Household
from caregiver_app.services.visit_report import VisitReports

_CALENDAR = ("month", "agenda")
REPORT = "visit-report"
KEPT = "kept"
_PACKET = "packet"


def print_page(house: Household, options: argparse.Namespace) -> None:
    """Write the page that the options of `print` ask for.

    Raises:
        InputRefused: an option does not fit the page, or it is not plain whose or which is meant.
        DataReadOnly, DiskTrouble: it could not be written.
    """
    _refuse_unfit(options)
    if options.page == "emergency":
        offscreen.print_emergency(house, options.person, options.pdf, options.paper)
    elif options.page == KEPT:
        _print_kept(house, options)
    elif options.page == REPORT:
        _print_report(house, options)
    elif options.page in _CALENDAR:
        wish = offscreen.wish_for(
            house.care.today if options.on is None else parse_day(options.on, "--on"),
            None if options.person is None else house.care.person(options.person).id,
            big=options.big,
            discreet=options.neutral,
        )
        offscreen.print_calendar(house, options.page, wish, options.pdf, options.paper)
    else:
        visit = _visit(house, options.person, options.on)
        if options.page == _PACKET:
            parts = None if options.parts is None else _parts(options.parts)
            offscreen.print_packet(house, visit, parts, options.pdf, options.paper)
        else:
            offscreen.print_bag(house, visit, options.pdf, options.paper)


def _parts(told: str) -> tuple[str, ...]:
    """Return the parts that were named.

    Raises:
        InputRefused: there is no such part, or none was named.
    """
    named = tuple(part.strip() for part in told.split(",") if part.strip())
    strange = next((part for part in named if part not in PARTS), "" if not named else None)
    if strange is not None:
        raise InputRefused("print.strange_part", "--parts", part=strange, parts=", ".join(PARTS))
    return named


def _refuse_unfit(options: argparse.Namespace) -> None:
    if options.page not in _CALENDAR and (options.big or options.neutral):
        raise InputRefused("print.only_calendar", "--big" if options.big else "--neutral")
    if options.page in ("emergency", KEPT) and options.on is not None:
        raise InputRefused("print.no_day", "--on")
    if options.page != KEPT and options.notes:
        raise InputRefused("print.only_kept", "--notes")
    if options.page != _PACKET and options.parts is not None:
        raise InputRefused("print.only_packet", "--parts")
    days = {"--from": options.first, "--to": options.last}
    for name, told in days.items():
        also = options.page == KEPT and name == "--from"
        if told is not None and options.page != REPORT and not also:
            raise InputRefused("print.only_report", name)


def _print_kept(house: Household, options: argparse.Namespace) -> None:
    person = _whose(house, options.person, "print.no_person")
    first = None if options.first is None else parse_day(options.first, "--from")
    offscreen.print_kept(
        house, person, options.pdf, options.paper, notes=options.notes, first=first
    )


def _print_report(house: Household, options: argparse.Namespace) -> None:
    person = _whose(house, options.person, "print.no_person")
    first = None if options.first is None else parse_day(options.first, "--from")
    last = None if options.last is None else parse_day(options.last, "--to")
    visit = None
    if options.on is not None:
        visit = _talk(house, person, parse_day(options.on, "--on"))
    offscreen.print_report(house, person, (first, last), visit, options.pdf, options.paper)


def _whose(house: Household, person: str | None, nobody: str) -> str:
    people = len(house.people.people())
    if person is None and not people:
        raise InputRefused(nobody)
    if person is None and people > 1:
        raise InputRefused("print.which", count=people)
    return house.care.person(person).id


def _talk(house: Household, person: str, day: date) -> str:
    visit = VisitReports(house).visit_on(person, day)
    if visit is None:
        raise InputRefused("print.no_visit", "--on", day=day.isoformat())
    return visit


def _visit(house: Household, person: str | None, on: str | None) -> str:
    who = _whose(house, person, "print.no_next_visit")
    if on is None:
        visit = house.agenda.next_visit(who)
        if visit is None:
            raise InputRefused("print.no_next_visit")
        return visit.id
    day = parse_day(on, "--on")
    for occurrence in house.agenda.between(day, day, who):
        one, begins = occurrence.appointment, occurrence.day(house.care.home)
        # The same that count as infusions when no day is named.
        single = one.type == "infusion" and not one.rrule
        if begins == day and one.status != "cancelled" and (is_infusion(one) or single):
            return one.id
    # Follow-ups and lab visits have a bag as well, asked for by their day.
    away = day - house.care.today
    for visit in house.bags.visits(who, back=-away, ahead=away):
        if day_of(visit.start, house.care.home) == day:
            return visit.id
    raise InputRefused("print.no_visit", "--on", day=on)
