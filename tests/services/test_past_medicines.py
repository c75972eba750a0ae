"""Medicines that ended: out of every current list, no more ringing, and nothing of them lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from caregiver_app.domain.entities import Medicine
from caregiver_app.domain.times import wall
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.services.emergency import EmergencyService
from caregiver_app.services.listing import ListService
from caregiver_app.services.medicine_times import DAILY, Times
from caregiver_app.services.today import TodayService
from tests.factories import NEW_YORK, line
from tests.fakes import Home

TODAY = date(2026, 11, 21)


@pytest.fixture
def rosa(home: Home) -> Home:
    """Rosa with pills at 8 and at 20 since a week; it is Saturday 21 November 2026, 10:00."""
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("medicine", id="pill", person="rosa", name="Sulfasalazine", directions="with food"),
        line("medicine", id="other", person="rosa", name="Folic acid"),
    )
    times = Times((time(8), time(20)), DAILY, date(2026, 11, 14))
    medicine = home.house.people.medicine("pill")
    assert medicine is not None
    home.house.medicine_times.save(medicine, times)
    return home


def timed(home: Home, first: date, last: date) -> list[str]:
    found = home.house.doses.history("rosa", first, last).timed
    return [f"{wall(one.start):%m-%d %H:%M}" for one in found]


def coming(home: Home) -> list[str]:
    return [one for one in timed(home, TODAY, date(2026, 12, 31)) if one > "11-21 10:00"]


def names(medicines: list[Medicine]) -> list[str]:
    return [one.name for one in medicines]


def test_it_moves_to_the_past_and_stops_ringing_at_once(rosa: Home):
    before = rosa.dump()
    kept = rosa.house.people.end_medicine("pill", " spring 2026 ", "It upset her stomach\n")
    assert (kept.past, kept.ended, kept.why_ended) == (
        True, "spring 2026", "It upset her stomach",
    )  # fmt: skip
    people = rosa.house.people
    assert names(people.medicines("rosa")) == ["Folic acid"]
    assert names(people.past_medicines("rosa")) == ["Sulfasalazine"]
    assert people.past_medicines("nobody") == []
    assert coming(rosa) == []
    assert "11-21 08:00" in timed(rosa, TODAY, TODAY), "what was to be given this morning stays"
    assert len(timed(rosa, date(2026, 11, 14), TODAY)) == 15
    rosa.clock.on(days=2)
    assert rosa.due() == []
    assert (rosa.house.care.undo() or [""])[0] == "done.medicine_ended"
    rosa.clock.on(days=-2)
    assert rosa.dump() == before
    assert coming(rosa)[0] == "11-21 20:00"


def test_what_was_given_of_it_stays(rosa: Home):
    rosa.add(line("dose", id="d", person="rosa", name="Sulfasalazine", medicine="pill",
                  at="2026-11-20T21:00"))  # fmt: skip
    (first, *_) = rosa.house.doses.history("rosa", TODAY, TODAY).timed
    rosa.house.doses.mark(first, "taken")
    rosa.house.people.end_medicine("pill")
    medicine = rosa.house.people.medicine("pill")
    history = rosa.house.doses.history("rosa", date(2026, 11, 14), TODAY, medicine)
    assert [one.id for one in history.given] == ["d"]
    assert [f"{wall(one.start):%d %H}" for one in history.with_mark("taken")] == ["21 08"]


def test_single_times_are_cancelled_and_changed_dates_go(rosa: Home):
    rosa.add(
        line("appointment", id="once", person="rosa", type="medication", title="Sulfasalazine",
             start="2026-11-30T09:00", zone=NEW_YORK, medicine="pill"),
        line("appointment", id="over", person="rosa", type="medication", title="Sulfasalazine",
             start="2026-11-18T09:00", medicine="pill"),
        line("appointment", id="eyes", person="rosa", type="lab", title="Sulfasalazine level",
             start="2026-11-30T09:00"),
    )  # fmt: skip
    (evening,) = [one for one in rosa.house.medicine_times.series(
        rosa.house.people.medicine("pill")) if wall(one.start).hour == 20]  # fmt: skip
    start = replace(evening.start, local=wall(evening.start).replace(day=25, hour=21))
    rosa.house.series.move(evening.id, "2026-11-25T20:00", start, "one")
    rosa.house.people.end_medicine("pill")
    assert coming(rosa) == []
    assert [rosa.visit(one).status for one in ("once", "over", "eyes")] == [
        "cancelled", "booked", "booked",
    ]  # fmt: skip
    assert rosa.house.care.store.changed_dates(evening.id) == []


def test_what_was_put_off_does_not_ring_again(rosa: Home):
    rosa.clock.on(hours=10, minutes=2)
    (shown,) = rosa.said()
    rosa.house.reminders.answer(shown, "later", until=rosa.clock.now() + timedelta(hours=2))
    rosa.house.people.end_medicine("pill")
    rosa.clock.on(hours=3)
    assert rosa.due() == []
    assert [one.id for one in rosa.house.reminders.open_now()] == [shown], "not marked yet"
    rosa.house.care.undo()
    assert [one.id for one in rosa.due()] == [shown]


def test_a_time_that_names_no_medicine_ends_with_the_only_one_of_that_name(rosa: Home):
    rosa.add(
        line("appointment", id="typed", person="rosa", type="medication",
             title="Folic acid, mornings", start="2026-11-01T07:00", rrule="FREQ=DAILY"),
        line("medicine", id="again", person="rosa", name="Folic acid"),
    )  # fmt: skip
    rosa.house.people.end_medicine("other")
    assert "11-22 07:00" in coming(rosa), "the other one of that name is still given"
    rosa.house.people.end_medicine("again")
    assert "11-22 07:00" not in coming(rosa)
    assert "11-22 20:00" in coming(rosa), "another medicine goes on"


def test_a_line_that_makes_it_past_ends_its_times_as_well(rosa: Home):
    rosa.add(line("medicine", id="pill", past=True, ended="2026", why_ended="It stopped helping"))
    assert coming(rosa) == []
    kept = rosa.house.people.medicine("pill")
    assert kept is not None
    assert (kept.directions, kept.past, kept.why_ended) == ("with food", True, "It stopped helping")


def test_saved_with_its_times_as_a_past_one(rosa: Home):
    medicine = rosa.house.people.medicine("pill")
    assert medicine is not None
    rosa.house.medicine_times.save(replace(medicine, past=True), None)
    assert coming(rosa) == []
    assert "11-21 08:00" in timed(rosa, TODAY, TODAY)
    with pytest.raises(FormRefused) as refused:
        rosa.house.medicine_times.save(
            replace(medicine, past=True), Times((time(8),), DAILY, TODAY)
        )
    assert [one.key for one in refused.value.errors] == ["medicine.past_times"]


def test_taken_up_again_it_rings_only_once_it_has_times(rosa: Home):
    kept = rosa.house.people.end_medicine("pill", "2026", "stomach")
    back = rosa.house.people.save_medicine(replace(kept, past=False))
    assert "Sulfasalazine" in names(rosa.house.people.medicines("rosa"))
    assert coming(rosa) == []
    rosa.house.medicine_times.save(back, Times((time(9),), DAILY, date(2026, 11, 22)))
    assert coming(rosa)[0] == "11-22 09:00"


def test_injections_of_a_plan_end_with_their_plan(rosa: Home):
    rosa.add(
        line("medicine", id="tocilizumab", person="rosa", name="tocilizumab"),
        line("plan", id="home", person="rosa", medicine="tocilizumab", zone=NEW_YORK, at_home=True,
             first="2026-11-23T19:00", offsets=[0], every=1, unit="week"),
    )  # fmt: skip
    rosa.house.people.end_medicine("tocilizumab")
    assert rosa.visit("home~1").status == "planned"


@pytest.mark.parametrize(
    ("ended", "why", "field"), [("x" * 201, "", "ended"), ("", "\x07", "why_ended")]
)
def test_what_cannot_be_written_changes_nothing(rosa: Home, ended: str, why: str, field: str):
    before = rosa.dump()
    with pytest.raises(FormRefused) as refused:
        rosa.house.people.end_medicine("pill", ended, why)
    assert [one.field for one in refused.value.errors] == [field]
    assert rosa.dump() == before
    with pytest.raises(InputRefused) as gone:
        rosa.house.people.end_medicine("nothing")
    assert gone.value.key == "entry.gone"


def test_no_current_list_has_it(rosa: Home):
    rosa.add(line("medicine", id="prn", person="rosa", name="Ibuprofen", as_needed=True))
    rosa.house.people.end_medicine("pill")
    rosa.house.people.end_medicine("prn")
    house = rosa.house
    assert names(house.people.medicines()) == ["Folic acid"]
    assert names(list(EmergencyService(house).facts("rosa").medicines)) == ["Folic acid"]
    assert TodayService(house).as_needed("rosa", 7)[0] == []
    listed = ListService(house).values("medicines", None, None)
    assert [one["name"] for one in listed if not one["past"]] == ["Folic acid"]
    assert len(listed) == 3
