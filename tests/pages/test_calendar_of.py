"""From the household to the printed calendar: whose, which kinds, which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from caregiver_app.domain.entities import Appointment, Person, Plan
from caregiver_app.domain.times import AllDay, Floating, Zoned
from caregiver_app.pages.calendar_items import CalendarPage, Item
from caregiver_app.pages.calendar_of import (
    KINDS,
    Wish,
    agenda_page,
    month_of,
    month_page,
    weeks_around,
)
from caregiver_app.pages.paper import usual_paper
from tests.fakes import Home
from tests.gui.calendar.family import appointment, at, rosas_home

MARCH = Wish(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def home(tmp_path: Path):
    made = rosas_home(tmp_path)
    yield made
    made.close()


def month_made(home: Home, wish: Wish = MARCH) -> CalendarPage:
    return month_page(home.house, wish, home.house.care.now)


def titles(page: CalendarPage) -> list[str]:
    return [item.title for item in page.items]


def item(page: CalendarPage, title: str) -> Item:
    return next(one for one in page.items if one.title == title)


def test_an_injection_at_home_names_no_clinic_and_asks_for_no_driver(home: Home):
    home.house.plans.save(
        Plan(
            id="pen", uid="pen", person="rosa", medicine="adalimumab", first=at("2026-03-25T10:00"),
            offsets=(0,), every=None, at_home=True, clinic="clinic", minutes=30,
        )
    )  # fmt: skip
    pen = item(month_made(home), "Injection 1")
    assert (pen.place, pen.phone, pen.needs_driver) == ("", "", False)


def test_a_visit_with_clinic_and_no_driver_yet(home: Home):
    page = month_made(home)
    first, second = (one for one in page.items if one.kind == "infusion")
    assert (first.day, first.time, first.state) == (date(2026, 3, 17), "9:30", "done")
    assert (second.place, second.phone) == ("Willow Lane", "01632 960142")
    assert (second.state, second.needs_driver) == ("planned", True)
    assert not first.needs_driver
    assert page.people == "Rosa Amador"
    assert page.initials == ()
    assert page.watched[0][0] == date(2026, 3, 17)
    assert page.printed == "Printed Friday 20 March 2026, 10:00"


def test_a_ride_and_a_place_of_its_own(home: Home):
    visit = next(one for one in home.house.agenda.visits() if one.dose == 2)
    home.house.agenda.set_ride(visit.id, "Ana", "01632 960117", "08:40")
    appointment(
        home, "lab", "Blood test", "2026-03-27T09:15", place="Door 4", contact="clinic",
        driver="Ana", pick_up="12 Elm Road", ride_home="Jo", ride_home_phone="01632 960133",
    )  # fmt: skip
    page = month_made(home)
    assert item(page, "Blood test").pick_up == "12 Elm Road"
    assert item(page, "Blood test").way_home == "Jo, 01632 960133"
    ride = next(one for one in page.items if one.day == date(2026, 3, 31))
    assert ride.way_home == ""
    assert (ride.driver, ride.driver_phone, ride.leave_at) == ("Ana", "01632 960117", "8:40")
    assert not ride.needs_driver
    assert (item(page, "Blood test").place, item(page, "Blood test").phone) == (
        "Door 4", "01632 960142",
    )  # fmt: skip


def test_the_letter_on_paper_is_the_one_on_the_screen(home: Home):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "b", "Scan", "2026-03-28T09:15", person="mei")
    assert item(month_made(home), "Scan").initial == "梅"


def test_several_people_have_initials_and_one_alone_has_none(home: Home):
    home.house.people.save_person(Person(id="rob", name="Robert King"))
    home.house.people.save_person(Person(id="mei", name="王梅"))
    appointment(home, "a", "Call", "2026-03-27T09:15", person="rob")
    appointment(home, "b", "Scan", "2026-03-28T09:15", person="mei")
    page = month_made(home)
    assert item(page, "Call").initial != item(page, "Scan").initial
    marks = {one.initial for one in page.items}
    assert len(marks) == 3
    assert {name for _, name in page.initials} == {"Rosa", "Robert", "王梅"}
    assert page.watched == ()
    alone = month_made(home, replace(MARCH, person="mei"))
    assert titles(alone) == ["Scan"]
    assert alone.items[0].initial == ""
    assert alone.people == "王梅"


def test_kinds_are_chosen(home: Home):
    appointment(home, "lab", "Blood test", "2026-03-27T09:15")
    assert "Blood test" not in titles(month_made(home, replace(MARCH, kinds=KINDS - {"lab"})))
    only = month_made(home, replace(MARCH, kinds=frozenset(["lab"])))
    assert titles(only) == ["Blood test"]
    assert only.watched == ()


def test_the_page_says_what_is_left_out(home: Home):
    assert month_made(home).left_out == ""
    some = replace(MARCH, kinds=KINDS - {"lab", "drive"})
    assert month_made(home, some).left_out == "Not shown: lab test, drive"
    assert month_made(home, replace(MARCH, discreet=True)).left_out == ""
    assert month_made(home, replace(some, discreet=True)).left_out == "Not everything is shown."


def test_everyday_medicines_stand_in_one_line_or_on_each_day(home: Home):
    daily = Appointment(
        id="m", uid="m", person="rosa", type="medication", title="Folic acid", minutes=0,
        start=Floating(datetime(2026, 2, 1, 8)), rrule="FREQ=DAILY",
    )  # fmt: skip
    home.house.agenda.save(daily)
    page = month_made(home)
    assert page.everyday == ("8:00 Folic acid",)
    assert "Folic acid" not in titles(page)
    each = month_made(home, replace(MARCH, everyday=True))
    inside = [one for one in each.items if one.title == "Folic acid" and one.day.month == 3]
    assert len(inside) == 31
    assert each.everyday == ()
    assert month_made(home, replace(MARCH, kinds=KINDS - {"medication"})).everyday == ()
    fridge = month_made(home, replace(MARCH, discreet=True))
    assert (fridge.everyday, fridge.left_out) == ((), "Not everything is shown.")


def test_neutral_titles_name_no_health_and_no_place(home: Home):
    appointment(
        home, "lab", "Blood test", "2026-03-27T09:15", place="Willow Lane", pick_up="Willow Gate"
    )
    appointment(home, "mtx", "Methotrexate", "2026-03-13T18:00", type="medication")
    page = agenda_page(home.house, replace(MARCH, discreet=True), home.house.care.now)
    assert set(titles(page)) == {"Appointment", "Reminder"}
    told = repr(page)
    for word in ("Blood", "Willow", "01632", "nfliximab", "ethotrexate", "Infusion", "infusion"):
        assert word not in told, word
    assert page.watched == page.everyday == ()


def test_the_month_shows_the_days_around_it_and_the_big_one_does_not(home: Home):
    appointment(home, "a", "April thing", "2026-04-02T09:15")
    appointment(home, "b", "Later thing", "2026-04-09T09:15")
    assert "April thing" in titles(month_made(home))
    assert "Later thing" not in titles(month_made(home))
    assert "April thing" not in titles(month_made(home, replace(MARCH, big=True)))


def test_what_lasts_for_days_goes_on(home: Home):
    appointment(home, "stay", "Stay", "2026-03-10T20:00", minutes=24 * 60, leave_at="19:00")
    days = [(one.day.day, one.time, one.leave_at, one.goes_on) for one in month_made(home).items
            if one.title == "Stay"]  # fmt: skip
    assert days == [(10, "20:00", "19:00", False), (11, "", "", True)]


def test_another_zone_and_a_whole_day(home: Home):
    appointment(home, "a", "Call", "2026-03-27T09:15",
                start=Zoned(datetime(2026, 3, 27, 14, 15), "Europe/London"),
                leave_at="13:30")  # fmt: skip
    appointment(home, "b", "Holiday", "2026-03-28T09:15", start=AllDay(date(2026, 3, 28)))
    page = month_made(home)
    assert (item(page, "Call").time, item(page, "Call").there) == (
        "10:15", "14:15 in Europe/London",
    )  # fmt: skip
    assert item(page, "Call").leave_at == "9:30"
    assert item(page, "Holiday").time == ""


def test_hours_and_weeks_as_the_family_chose(home: Home):
    home.house.settings.remember(calendar__clock="12", calendar__week_start="6")
    page = month_made(home)
    assert page.week_start == 6
    assert next(one for one in page.items if one.kind == "infusion").time == "9:30 am"
    assert page.printed.endswith("10:00 am")


@pytest.mark.parametrize(
    ("start", "first", "last"),
    [
        (0, (2026, 2, 23), (2026, 4, 5)), (6, (2026, 3, 1), (2026, 4, 4)),
        (5, (2026, 2, 28), (2026, 4, 3)),
    ],
)  # fmt: skip
def test_whole_weeks(start, first, last):
    assert weeks_around(*month_of(date(2026, 3, 9)), start) == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("named", "paper"),
    [("en_US.UTF-8", "Letter"), ("en_CA", "Letter"), ("es_MX", "Letter"), ("fil_PH", "Letter"),
     ("en_GB", "A4"), ("de_DE.UTF-8", "A4"), ("zh_CN", "A4"), ("es_AR", "A4"), ("C", "A4")],
)  # fmt: skip
def test_the_paper_of_the_country(named, paper, monkeypatch):
    for other in ("LC_ALL", "LC_PAPER"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(named)))
    assert usual_paper() == paper
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("de_DE")))
    monkeypatch.setenv("LC_PAPER", named)
    assert usual_paper() == paper
    monkeypatch.setenv("LC_ALL", "en_GB")
    assert usual_paper() == "A4"
