"""The first steps: what is there is read from the data, and nothing comes twice."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from caregiver_app.domain.entities import Contact, Person, Plan
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import FormRefused
from caregiver_app.services.first_run import STEPS, FirstRunService
from tests.fakes import NEW_YORK, Home


@pytest.fixture
def first_run(home: Home) -> FirstRunService:
    home.clock.at("2026-03-20T10:00")
    return FirstRunService(home.house)


def plan(day: str = "2026-03-31T09:30", every: int | None = 8, **more: object) -> Plan:
    first = Zoned(datetime.fromisoformat(day), NEW_YORK)
    told = {"medicine": "infliximab", "unit": "week", **more}
    return Plan(id="", uid="", person="", first=first, offsets=(0,), every=every, **told)  # type: ignore[arg-type]


def wrong(error: pytest.ExceptionInfo[FormRefused]) -> dict[str | None, str]:
    return {one.field: one.key for one in error.value.errors}


def count(home: Home) -> tuple[int, int, int]:
    store = home.house.care.store
    return len(store.all(Person)), len(store.all(Contact)), len(store.all(Plan))


def test_it_goes_on_where_it_was_left(home: Home, first_run: FirstRunService):
    assert not first_run.is_accepted
    first_run.accept()
    assert first_run.is_accepted
    assert first_run.step == "person"
    first_run.reach("numbers")
    home.restart()
    assert FirstRunService(home.house).step == "numbers"
    assert home.house.care.store.undo_label() is None


def test_left_for_later_it_goes_on_at_the_first_step_that_is_open(first_run: FirstRunService):
    first_run.keep_person("Rosa", None)
    first_run.leave()
    assert first_run.step == "plan"
    first_run.keep_plan(plan())
    assert first_run.step == "numbers"
    first_run.keep_numbers("112", "", "", "")
    assert first_run.missing() == []
    assert first_run.step == STEPS[-1]


def test_it_is_done_when_all_is_there_and_waits_when_not(home: Home, first_run: FirstRunService):
    first_run.end()
    assert home.house.settings.text("first_run", "") == "later"
    first_run.keep_person("Rosa", None)
    first_run.keep_plan(plan())
    first_run.keep_numbers("112", "", "", "")
    first_run.end()
    assert home.house.settings.text("first_run", "") == "done"


def test_the_person_stays_one(home: Home, first_run: FirstRunService):
    first_run.keep_person(" Rosa ", date(1958, 6, 4))
    (kept,) = home.house.people.people()
    assert (kept.name, kept.born) == ("Rosa", date(1958, 6, 4))
    step = home.house.care.store.undo_label()[1]
    first_run.keep_person("Rosa", date(1958, 6, 4))
    assert home.house.care.store.undo_label()[1] is step, "the same again is no change"
    first_run.keep_person("Rosa Amador", None)
    assert [(one.id, one.name) for one in home.house.people.people()] == [(kept.id, "Rosa Amador")]


def test_numbers_are_one_change_and_reach_the_plan(home: Home, first_run: FirstRunService):
    first_run.keep_person("Rosa", None)
    first_run.keep_plan(plan())
    first_run.keep_numbers(" 112 ", "The clinic", "01632 960142", "01632 960199")
    kept = first_run.clinic()
    assert kept is not None
    assert (kept.role, kept.phone, kept.phone_after_hours) == ("clinic", "01632 960142",
                                                               "01632 960199")  # fmt: skip
    made = first_run.plan()
    assert made is not None
    assert made.clinic == kept.id
    assert all(visit.place == "The clinic" for visit in home.house.care.store.visits(made.id))
    first_run.keep_numbers("112", "Willow Lane", "01632 960142", "")
    assert count(home) == (1, 1, 1)
    assert home.house.people.contact(kept.id).name == "Willow Lane"
    for _ in range(2):
        assert home.house.care.undo() == ("done.numbers", {})
    assert (first_run.number(), first_run.clinic()) == ("", None)


def test_numbers_first_and_the_plan_learns_of_them(home: Home, first_run: FirstRunService):
    first_run.keep_numbers("", "The clinic", "01632 960142", "")
    made = first_run.keep_plan(plan())
    assert made.clinic == first_run.clinic().id
    assert count(home) == (1, 1, 1)


def test_no_number_no_contact(home: Home, first_run: FirstRunService):
    first_run.keep_numbers("112", "", " ", "")
    assert count(home) == (0, 0, 0)
    assert home.house.care.undo() == ("done.numbers", {})


def test_every_wrong_number_is_told_and_nothing_is_kept(home: Home, first_run: FirstRunService):
    with pytest.raises(FormRefused) as error:
        first_run.keep_numbers("help!", "", "01632 960142", "")
    assert wrong(error) == {"emergency_number": "setting.no_digit", "name": "text.empty"}
    with pytest.raises(FormRefused) as error:
        first_run.keep_numbers("1" * 41, "", "", "")
    assert wrong(error) == {"emergency_number": "text.long"}
    assert (first_run.number(), count(home)) == ("", (0, 0, 0))


def test_the_next_date_is_not_past(home: Home, first_run: FirstRunService):
    with pytest.raises(FormRefused) as error:
        first_run.keep_plan(plan("2026-03-19T09:30", medicine=" "))
    assert wrong(error) == {"medicine": "text.empty", "first": "plan.next_past"}
    assert count(home) == (0, 0, 0)
    first_run.keep_plan(plan("2026-03-20T08:00"))
    assert first_run.dates()[:2] == [date(2026, 3, 20), date(2026, 5, 15)]


def test_the_dates_to_come_leave_out_what_was_cancelled(home: Home, first_run: FirstRunService):
    assert first_run.dates() == []
    made = first_run.keep_plan(plan())
    second = next(v for v in home.house.care.store.visits(made.id) if v.dose == 2)
    home.house.plans.cancel(second.id, agreed=True)
    assert first_run.dates()[:2] == [date(2026, 3, 31), date(2026, 7, 21)]
