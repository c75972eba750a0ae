"""The story of one therapy plan, told from end to end with a clock that the test sets.

A plan is entered once; calendar, reminders, bag, watch window, page and calendar file follow.
"""

from __future__ import annotations

import itertools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from caregiver_app.domain.entities import Contact, Note, Person, Plan, SideEffect
from caregiver_app.domain.times import Zoned, instant, wall
from caregiver_app.pages.offscreen import print_bag
from caregiver_app.services.household import Household, household
from caregiver_app.services.more import More
from caregiver_app.storage.database import open_store
from tests.fakes import FakeClock
from tests.tools.ics_readers import read_all

ZONE = "America/New_York"
FIRST = datetime(2026, 11, 24, 9, 30)


@dataclass
class Home:
    """A household that can be closed and opened again, as after a restart."""

    folder: Path
    clock: FakeClock
    ids: Iterator[int]
    house: Household

    def restart(self) -> None:
        self.house.care.store.close()
        self.house = _opened(self.folder, self.clock, self.ids)

    def at(self, local: str) -> None:
        self.clock.moment = instant(Zoned(datetime.fromisoformat(local), ZONE), ZONE)

    def said(self) -> list[str]:
        """Let the engine say what is due; return the ids, as `remind` prints them."""
        ids: list[str] = []
        for notice in self.house.reminders.notices(self.house.reminders.due()):
            ids += [reminder.id for reminder in notice.reminders]
            self.house.reminders.record(notice)
        return ids


def _opened(folder: Path, clock: FakeClock, ids: Iterator[int]) -> Household:
    store = open_store(folder, now=clock.now())
    return household(store, clock, lambda: f"made{next(ids)}", lambda: More)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    clock = FakeClock(datetime(2026, 11, 1, 15, 0, tzinfo=UTC), ZONE)
    ids = itertools.count()
    made = Home(tmp_path / "data", clock, ids, _opened(tmp_path / "data", clock, ids))
    yield made
    made.house.care.store.close()


def _plan(home: Home, name: str = "Rosa Marín") -> Plan:
    person = home.house.people.save_person(Person(id="", name=name))
    clinic = home.house.people.save_contact(
        Contact(
            id="",
            person=person.id,
            role="clinic",
            name="Willow Lane Infusion Centre",
            address="3 Willow Lane",
            phone="01632 960142",
        )
    )
    plan = Plan(
        id="",
        uid="",
        person=person.id,
        medicine="infliximab",
        first=Zoned(FIRST, ZONE),
        offsets=(0, 2, 6),
        every=8,
        minutes=150,
        clinic=clinic.id,
    )
    lines = home.house.plans.preview(plan)
    assert [line.units for line in lines[:5]] == [0, 2, 6, 14, 22]
    assert FIRST.weekday() == 1
    return home.house.plans.save(plan)


def test_two_years_of_visits_keep_their_hour_over_the_clock_changes(home: Home) -> None:
    plan = _plan(home)
    visits = home.house.care.store.visits(plan.id)
    weeks = [(wall(v.start).date() - FIRST.date()).days // 7 for v in visits]
    assert weeks[:5] == [0, 2, 6, 14, 22]
    assert all(b - a == 8 for a, b in itertools.pairwise(weeks[2:]))
    assert {wall(v.start).time().isoformat("minutes") for v in visits} == {"09:30"}
    assert {instant(v.start, ZONE).hour for v in visits} == {13, 14}
    assert date(2028, 9, 1) < wall(visits[-1].start).date() <= date(2028, 11, 1)
    home.restart()
    again = home.house.agenda.between(FIRST.date(), FIRST.date())
    assert [o.appointment.title for o in again] == ["Infusion 1"]


def test_each_visit_brings_what_belongs_to_it(home: Home) -> None:
    plan = _plan(home)
    for visit in home.house.care.store.visits(plan.id):
        bag = home.house.bags.bag(visit.id)
        assert bag.wanted >= 14
        assert bag.packed == 0
        assert visit.driver == ""
        steps = {step.key: step for step in home.house.bags.steps(visit.id)}
        day = wall(visit.start).date()
        assert steps["pa_check"].day == day - timedelta(days=14)
        assert steps["ride7"].day == day - timedelta(days=7)
        assert steps["inf3"].day == day - timedelta(days=3)
        assert steps["pack1"].day == day - timedelta(days=1)
        assert steps["c14"].day == day + timedelta(days=14)
    due = {s.reminder.id for s in home.house.reminders.between()}
    for lead in (10080, 1440, 120):
        assert f"{plan.id}~4/2027-03-02T09:30/{lead}" in due
    watched = home.house.agenda.watched(date(2027, 3, 1), date(2027, 3, 31))
    assert [(w.visit.dose, w.first, w.last) for w in watched] == [
        (4, date(2027, 3, 2), date(2027, 3, 16))
    ]
    check_ins = [i for i in due if i.startswith(f"{plan.id}~4:c")]
    assert len([i for i in check_ins if ":c" in i and i.split("/")[-1].startswith("-")]) == 5


def test_a_reminder_is_said_once_answered_once_and_postponed_exactly(home: Home) -> None:
    plan = _plan(home)
    two_hours = f"{plan.id}~1/2026-11-24T09:30/120"
    home.at("2026-11-24T07:29")
    assert two_hours not in home.said()
    home.at("2026-11-24T07:30")
    assert two_hours in home.said()
    assert two_hours in [s.reminder.id for s in home.house.reminders.waiting()]
    home.house.reminders.answer(two_hours, "later", until=home.clock.now() + timedelta(minutes=10))
    home.restart()
    home.at("2026-11-24T07:39")
    assert two_hours not in home.said()
    home.at("2026-11-24T07:40")
    assert home.said() == [two_hours]
    home.house.reminders.answer(two_hours, "done")
    home.restart()
    home.at("2026-11-24T08:30")
    assert two_hours not in home.said()
    assert two_hours not in [s.reminder.id for s in home.house.reminders.waiting()]


def test_a_side_effect_knows_its_day_after_the_infusion(home: Home) -> None:
    plan = _plan(home)
    home.at("2026-12-11T21:00")
    kept = home.house.watch.save(
        SideEffect(
            id="",
            person=plan.person,
            sign="fatigue",
            severity=2,
            at=Zoned(datetime(2026, 12, 11, 20, 15), ZONE),
            urgency="",
        )
    )
    since = home.house.watch.since(plan.person, date(2026, 12, 11))
    assert since is not None
    assert (since.days, since.number) == (3, 2)
    assert kept.urgency == "note_and_mention"


def test_a_note_is_found_by_a_word_without_accent_and_in_chinese(home: Home) -> None:
    person = home.house.people.save_person(Person(id="", name="梅"))
    home.house.support.save_note(
        Note(id="n1", person=person.id, text="Die Ärztin war da. 头痛得厉害", at=home.clock.now())
    )
    home.restart()
    for query in ("war", "arztin", "头痛"):
        assert [found.id for found in home.house.support.search(query)] == ["n1"], query
    assert home.house.support.search("痛头") == []


def test_the_bag_prints_on_one_page_with_everything_on_it(
    home: Home, tmp_path: Path, qapp: QGuiApplication
) -> None:
    plan = _plan(home, name="王梅")
    visit = f"{plan.id}~1"
    home.house.bags.add(visit, "止痛药", "things")
    pdf = tmp_path / "bag.pdf"
    print_bag(home.house, visit, pdf, "A4")
    text = subprocess.run(
        # In the order in which it was drawn: what wraps in a column stays together.
        ["pdftotext", "-raw", pdf, "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    wanted = ["王梅", "止痛药", "24 November 2026", "3 Willow Lane", "01632 960142"]
    wanted += [line.label for line in home.house.bags.bag(visit).lines]
    packed = "".join(text.split())
    assert [word for word in wanted if "".join(word.split()) not in packed] == []
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in info


def test_three_readers_agree_on_two_years_and_the_bytes_do_not_change(
    home: Home, tmp_path: Path
) -> None:
    plan = _plan(home)
    first, second = tmp_path / "one.ics", tmp_path / "two.ics"
    home.house.exporter.save(first)
    home.restart()
    home.house.exporter.save(second)
    assert first.read_bytes() == second.read_bytes()
    readings = read_all(first, date(2026, 11, 1), date(2028, 11, 1))
    rows = next(iter(readings.values()))
    assert all(reading == rows for reading in readings.values())
    visits = home.house.care.store.visits(plan.id)
    assert len(rows) == len(visits)
    begins = sorted(f"{instant(v.start, ZONE):%Y-%m-%dT%H:%M:%SZ}" for v in visits)
    assert sorted(row.split("\t")[1] for row in rows) == begins
