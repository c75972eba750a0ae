"""Medicines of one day a week: doors by which they could come more often, and ways out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.domain.times import Floating
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.medicine_times import DAILY, WEEKLY, Times
from tests.factories import appointment, line, pills, plan_line
from tests.fakes import Home

TODAY = date(2026, 11, 21)
"""A Saturday."""
SATURDAYS = Times((time(18),), WEEKLY, TODAY, None, 1, (5,))


def mtx(home: Home, **more: object) -> None:
    """Mondays at 18:00."""
    told = {"id": "mtx", "title": "Methotrexate", "start": "2026-11-23T18:00"}
    home.add(pills(**{**told, "rrule": "FREQ=WEEKLY", **more}))


def listed(home: Home, name: str) -> Medicine:
    home.add(line("person", id="rosa", name="Rosa"))
    return Medicine(id="", person="rosa", name=name)


def refused(error: InputRefused) -> list[tuple[str | None, str]]:
    errors = error.errors if isinstance(error, FormRefused) else [error]
    return [(one.field, one.key) for one in errors]


def rules(home: Home) -> list[tuple[str, str]]:
    return sorted((one.title, one.rrule) for one in home.house.care.store.all(Appointment))


@pytest.mark.parametrize(
    "more",
    [
        {"start": "2028-06-01T18:00"},
        {"start": "2028-06-01T18:00", "rrule": ""},
        {"id": "mtx", "rdates": ["2028-06-01T18:00", "2028-06-02T18:00"]},
        {"id": "mtx", "rrule": "FREQ=WEEKLY;BYHOUR=8,18", "start": "2026-11-23T08:00"},
    ],
)
def test_what_lies_far_ahead_adds_up_too(home: Home, more: dict[str, object]):
    mtx(home)
    before = home.dump()
    with pytest.raises(InputRefused) as caught:
        mtx(home, **{"id": "other", **more})
    assert refused(caught.value) == [("rrule", "safety.weekly_only")]
    assert home.dump() == before


@pytest.mark.parametrize("verb", ["cancel", "remove"])
def test_a_date_does_not_come_back_beside_the_one_that_took_its_place(home: Home, verb: str):
    mtx(home)
    series, key = home.house.series, "2026-11-30T18:00"
    gone = getattr(series, verb)("mtx", key)
    mtx(home, id="instead", start="2026-11-30T20:00", rrule="")
    before = home.dump()
    with pytest.raises(InputRefused) as caught:
        series.restore(gone.entry, key)
    assert refused(caught.value) == [("start", "safety.weekly_only")]
    assert home.dump() == before
    home.house.agenda.remove("instead")
    series.restore(gone.entry, key)
    assert len(home.house.agenda.between(date(2026, 11, 30), date(2026, 11, 30))) == 1


def test_a_new_name_adds_up_with_what_the_calendar_has(home: Home):
    kept = home.house.medicine_times.save(listed(home, "Monday pill"), SATURDAYS)
    mtx(home)
    with pytest.raises(FormRefused) as caught:
        home.house.people.save_medicine(replace(kept, name="Methotrexate"))
    assert refused(caught.value) == [("name", "safety.weekly_only")]


def test_a_new_name_and_new_times_at_once(home: Home):
    daily = Times((time(8),), DAILY, TODAY)
    kept = home.house.medicine_times.save(listed(home, "Folic acid"), daily)
    home.house.medicine_times.save(replace(kept, name="Methotrexate"), SATURDAYS)
    assert rules(home) == [("Methotrexate", "FREQ=WEEKLY;BYDAY=SA")]


@pytest.mark.parametrize("linked", [True, False])
def test_what_was_kept_too_often_before_can_be_ended(home: Home, linked: bool):
    kept = home.house.people.save_medicine(listed(home, "Pill"))
    daily = appointment(
        Floating(datetime(2026, 10, 1, 8)), person="rosa", type="medication",
        title="Methotrexate", rrule="FREQ=DAILY", medicine=kept.id if linked else None,
    )  # fmt: skip
    care = home.house.care
    with care.change("done.added", title="", day=""):
        care.store.put(replace(kept, name="Methotrexate"))
        care.store.put(daily)
    for worse in ({"note": "with supper"}, {"start": Floating(datetime(2026, 10, 1, 9))}):
        with pytest.raises(FormRefused):
            home.house.agenda.save(replace(daily, **worse))
    home.house.medicine_times.save(replace(kept, name="Methotrexate"), SATURDAYS)
    assert rules(home) == [
        ("Methotrexate", "FREQ=DAILY;UNTIL=20261120T235900"),
        ("Methotrexate", "FREQ=WEEKLY;BYDAY=SA"),
    ]


def test_several_that_were_too_often_can_be_ended_one_by_one(home: Home):
    home.add(line("person", id="rosa", name="Rosa"))
    care, agenda = home.house.care, home.house.agenda
    kept = [
        appointment(
            Floating(datetime(2026, 10, 1, hour)), id=f"at{hour}", person="rosa",
            type="medication", title="Methotrexate", rrule="FREQ=DAILY",
        )
        for hour in (8, 20)
    ]  # fmt: skip
    with care.change("done.added", title="", day=""):
        for one in kept:
            care.store.put(one)
    for one in kept:
        agenda.save(replace(one, rrule="FREQ=DAILY;UNTIL=20261121T235900"))
    with pytest.raises(FormRefused):
        agenda.save(replace(kept[0], rrule="FREQ=DAILY;UNTIL=20261122T235900"))


def test_no_plan_gives_it_more_often(home: Home):
    home.add(line("person", id="rosa", name="Rosa"))
    for laid_out in ({"unit": "day", "offsets": [0], "every": 6}, {"unit": "day"}):
        with pytest.raises(FormRefused) as caught:
            home.add(plan_line(medicine="Methotrexate", **laid_out))
        assert refused(caught.value) == [("every", "safety.weekly_only")]
    home.add(plan_line(medicine="Methotrexate", offsets=[0], every=1))
    assert len(home.dates("p1")) > 50
