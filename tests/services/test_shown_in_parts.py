"""What is shown without what cannot be read: nothing false is shown, nothing of it is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from caregiver_app.domain.entities import Medicine, Setting, SideEffect
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import DataDamaged
from caregiver_app.gui.watchlist.since_model import since_of
from caregiver_app.services.today import TodayService
from caregiver_app.services.urgency import Reason
from caregiver_app.storage.database import DATA_NAME
from tests.factories import appointment, line, moment, plan
from tests.fakes import Home

VISIT = "p1~1"
EVENING = "2026-12-28T19:00"
PACKING = f"{VISIT}:pack1/2026-12-29T09:30/1440"


@pytest.fixture
def planned(home: Home) -> Home:
    """One infusion on Tuesday 29 December, 9:30, its bag packed but for one own thing."""
    home.clock.at("2026-12-12T10:00")
    home.house.plans.save(plan("2026-12-29T09:30", offsets=(0,)))
    return home


def damage(home: Home, sql: str) -> None:
    with closing(sqlite3.connect(home.folder / DATA_NAME, isolation_level=None)) as database:
        assert database.execute(sql).rowcount > 0


def test_what_cannot_be_read_is_left_out_once_more_and_told(planned: Home):
    care, told = planned.house.care, list[str]()
    care.unread = lambda: told.append("unread")
    damage(planned, "UPDATE plan SET crc = crc + 1")
    shown: list[int] = []
    care.show(lambda: shown.append(len(planned.house.plans.all())))
    assert (shown, told, care.was_unread) == ([0], ["unread"], True)
    with pytest.raises(DataDamaged):
        planned.house.plans.all()


def test_a_zone_that_cannot_be_read_is_not_forgotten_for_those_who_write(home: Home):
    care = home.house.care
    with care.change("x", undoable=False):
        care.store.put(
            Setting(id="home.keep", value='"Asia/Tokyo"', created=care.now, changed=care.now)
        )
    care.look_for_kept_zone()
    assert care.home == "Asia/Tokyo"
    damage(home, "UPDATE setting SET crc = crc + 1 WHERE id = 'home.keep'")
    care.look_for_kept_zone()
    care.show(lambda: care.today)
    with pytest.raises(DataDamaged):
        _ = care.home


def test_a_bag_of_which_something_cannot_be_read_is_not_settled(planned: Home):
    bags, care = planned.house.bags, planned.house.care
    key = bags.add(VISIT, "Blue folder", "things", every_visit=True)
    for one in bags.missing(VISIT).lines:
        if one.key != key:
            bags.set_state(VISIT, one.key, "packed")
    planned.clock.at(EVENING)
    assert PACKING in [one.id for one in planned.house.reminders.due()]
    damage(planned, "UPDATE template_item SET crc = crc + 1")
    with care.in_parts():
        planned.house.reminders.due()
    planned.clock.on(minutes=1)
    assert PACKING in [one.id for one in planned.house.reminders.due()]


def test_a_medicine_whose_mark_cannot_be_read_does_not_stand_there_as_not_taken(home: Home):
    home.house.agenda.save(appointment("2026-11-21T18:00", id="eye", type="medication"))
    service = TodayService(home.house)
    near = service.near(None)
    (dose,) = service.doses(near)
    service.take(dose)
    assert service.doses(near)[0].answered is not None
    damage(home, "UPDATE answer SET crc = crc + 1")
    with home.house.care.in_parts():
        assert service.doses(near) == []


def test_within_a_write_nothing_is_left_out(planned: Home):
    damage(planned, "UPDATE plan SET crc = crc + 1")
    care = planned.house.care
    with care.in_parts():
        assert planned.house.plans.all() == []
        with pytest.raises(DataDamaged), care.change("x", undoable=False):
            planned.house.plans.all()


def test_with_a_medicine_that_cannot_be_read_a_sign_is_as_urgent_as_the_strictest_asks(
    home: Home,
):
    home.add(line("person", id="sam", name="Sam"))
    home.house.people.save_medicine(Medicine(id="m1", person="sam", name="infliximab"))
    rash = SideEffect(
        id="",
        person="sam",
        sign="hives_rash",
        severity=1,
        at=moment("2026-11-20T12:00"),
        urgency="",
    )
    urgency, care = home.house.watch.urgency, home.house.care
    damage(home, "UPDATE medicine SET crc = crc + 1")
    with care.in_parts():
        assert urgency.of(rash) == Tier.EMERGENCY
        assert urgency.reasons(rash) == (Reason("unread", Tier.EMERGENCY),)
        assert "hives_rash" in [
            one.id for one in home.house.signs.rows("sam", care.today).emergency
        ]
        assert home.house.watch.fever_medicines("sam") == ()
    with pytest.raises(DataDamaged):
        urgency.of(rash)


def test_a_plan_that_cannot_be_read_is_not_told_as_one_that_is_not_watched(planned: Home):
    planned.clock.at("2026-12-30T10:00")
    person = planned.house.people.people()[0].id
    since = since_of(planned.house, person)
    assert since is not None
    assert since.last
    damage(planned, "UPDATE plan SET crc = crc + 1")
    with planned.house.care.in_parts():
        left = since_of(planned.house, person)
    assert left is not None
    assert left.fact == "Day 1. How long to watch for can’t be read. 0 written down."
