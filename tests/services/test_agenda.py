"""The calendar, and the one rule for every door to a treatment visit's date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import AllDay
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.services.entries import EntryService
from tests.factories import appointment, line, moment, plan, plan_line, visit_line
from tests.fakes import Home


@pytest.fixture
def entered(home: Home) -> Home:
    home.house.plans.save(plan())
    return home


# ---- one rule for every door -------------------------------------------------------------------
DOORS = [
    lambda h: h.agenda.save(replace(h.agenda.get("p1~2"), start=moment("2026-12-09T09:30"))),
    lambda h: h.agenda.save(replace(h.agenda.get("p1~2"), status="cancelled")),
    lambda h: h.agenda.set_status("p1~2", "cancelled"),
    lambda h: h.agenda.cancel("p1~2"),
    lambda h: h.agenda.remove("p1~2"),
    lambda h: h.agenda.remove_occurrence("p1~2", "2026-12-08T09:30"),
    lambda h: EntryService(h).take(visit_line("p1~2", "2026-12-09T09:30")),
    lambda h: EntryService(h).take(visit_line("p1~2", "2026-12-08T09:30", status="cancelled")),
    lambda h: EntryService(h).take(plan_line(first="2026-11-25T09:30")),
    lambda h: EntryService(h).take(plan_line(every=6)),
]


@pytest.mark.parametrize("door", DOORS)
def test_no_door_changes_a_visits_date_without_asking(entered: Home, door):
    before = entered.dump()
    with pytest.raises(AsksFirst) as asked:
        door(entered.house)
    assert asked.value.exit_code == 20
    assert entered.dump() == before


OPEN = [
    lambda h: h.agenda.save(replace(h.agenda.get("p1~2"), start=moment("2026-12-08T14:00"))),
    lambda h: h.agenda.save(replace(h.agenda.get("p1~2"), title="At the ward", minutes=90)),
    lambda h: h.agenda.set_status("p1~2", "booked"),
    lambda h: h.agenda.set_ride("p1~2", "Ana", "1", "08:00"),
    lambda h: EntryService(h).take(visit_line("p1~2", "2026-12-08T14:00")),
    lambda h: EntryService(h).take(plan_line(minutes=180)),
    lambda h: EntryService(h).take(plan_line()),
]


@pytest.mark.parametrize("door", OPEN)
def test_everything_else_of_a_visit_asks_nothing(entered: Home, door):
    door(entered.house)
    visit = entered.visit("p1~2")
    assert (visit.plan, visit.dose, visit.start.local.date()) == ("p1", 2, date(2026, 12, 8))


def test_a_visits_line_in_the_run_of_its_plan_is_part_of_entering_it(home: Home):
    home.add(
        plan_line(),
        visit_line("p1~2", "2026-12-10T11:00", minutes=90),
        visit_line("p1~3", "2027-01-05T09:30", status="cancelled", note="holiday"),
    )
    assert home.visit("p1~2").start == moment("2026-12-10T11:00")
    assert home.visit("p1~2").dose == 2
    assert (home.visit("p1~3").status, home.visit("p1~3").note) == ("cancelled", "holiday")
    with pytest.raises(AsksFirst):  # the next run is another matter
        home.add(visit_line("p1~2", "2026-12-08T09:30"))


def test_an_old_plan_that_comes_again_does_not_open_the_door(entered: Home):
    with pytest.raises(AsksFirst):
        entered.add(plan_line(), visit_line("p1~2", "2026-12-10T09:30"))


@pytest.mark.parametrize("agreed", [True, False])
@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"rrule": "FREQ=DAILY"}, "visit.no_repeat"),
        ({"start": AllDay(date(2026, 12, 8))}, "plan.no_hour"),
    ],
)
def test_a_visit_neither_repeats_nor_loses_its_hour(entered: Home, fields, key, agreed: bool):
    with pytest.raises(FormRefused) as refused:
        entered.house.agenda.save(replace(entered.visit("p1~2"), **fields), agreed=agreed)
    assert refused.value.errors[0].key == key


def test_a_cancelled_visit_can_be_taken_up_again(entered: Home):
    entered.house.plans.cancel("p1~2", agreed=True)
    entered.house.agenda.set_status("p1~2", "booked")
    assert entered.visit("p1~2").status == "booked"


# ---- appointments ------------------------------------------------------------------------------
def test_adding_changing_and_taking_back(home: Home):
    agenda = home.house.agenda
    kept = agenda.save(appointment(id="", uid="", title=" Dr Sol "))
    assert (kept.title, kept.id, kept.sequence) == ("Dr Sol", kept.id, 0)
    assert kept.uid.endswith("@caregiver-companion")
    home.clock.on(hours=1)
    changed = agenda.save(replace(kept, start=moment("2026-11-25T09:30")))
    assert (changed.sequence, changed.entered, changed.created) == (
        1,
        home.clock.now(),
        kept.created,
    )
    home.clock.on(hours=1)
    again = agenda.save(replace(changed, note="Bring the letter"))
    assert (again.sequence, again.entered) == (1, changed.entered)  # nothing moved
    agenda.cancel(kept.id)
    assert agenda.get(kept.id).status == "cancelled"
    agenda.remove(kept.id)
    assert agenda.get(kept.id) is None
    labels = [home.house.care.undo()[0] for _ in range(5)]
    assert labels == ["done.removed", *["done.changed"] * 3, "done.added"]
    assert home.house.care.undo() is None
    assert home.house.care.store.counts()["appointment"] == 0


def test_what_is_gone(home: Home):
    agenda = home.house.agenda
    for doing in (
        lambda: agenda.remove("x"), lambda: agenda.set_status("x", "done"),
        lambda: agenda.set_ride("x", "", "", ""),
        lambda: agenda.remove_occurrence("x", "2026-11-24"),
    ):  # fmt: skip
        with pytest.raises(InputRefused) as refused:
            doing()
        assert refused.value.key == "appointment.gone"


def test_one_date_of_a_series(home: Home):
    agenda = home.house.agenda
    agenda.save(appointment(rrule="FREQ=WEEKLY"))
    agenda.remove_occurrence("a1", "2026-12-01T09:30")
    agenda.remove_occurrence("a1", "2026-12-01T09:30")
    days = [o.key[:10] for o in agenda.between(date(2026, 11, 20), date(2026, 12, 10))]
    assert days == ["2026-11-24", "2026-12-08"]
    agenda.save(appointment(id="b"))
    agenda.remove_occurrence("b", "2026-11-24T09:30")  # its only date
    assert agenda.get("b") is None


def test_the_only_person_is_found_and_of_several_nobody_is_guessed(home: Home):
    house = home.house
    house.agenda.save(appointment())
    (only,) = house.people.people()
    assert (only.name, house.agenda.get("a1").person) == ("", only.id)
    home.add(line("person", id="rosa", name="Rosa"))
    with pytest.raises(InputRefused) as refused:
        house.agenda.save(appointment(id="b"))
    assert refused.value.key == "person.which"
    assert house.agenda.save(appointment(id="b", person="rosa")).person == "rosa"
    assert house.agenda.save(appointment(id="b", title="Other")).person == "rosa"
    with pytest.raises(InputRefused) as refused:
        house.agenda.save(appointment(id="c", person="nobody"))
    assert refused.value.key == "person.unknown"
    both = house.agenda.between(date(2026, 11, 24), date(2026, 11, 24))
    assert len(both) == 2
    assert len(house.agenda.between(date(2026, 11, 24), date(2026, 11, 24), "rosa")) == 1


def test_days_are_in_order(home: Home):
    home.add(
        visit_line("late", "2026-11-24T18:00"),
        line("appointment", id="pill", type="medication", title="Pill", start="2026-11-24T08:00"),
        line("appointment", id="day", type="other", title="Day", start="2026-11-24"),
    )
    found = home.house.agenda.between(date(2026, 11, 24), date(2026, 11, 24))
    assert [o.appointment.id for o in found] == ["day", "pill", "late"]


def test_the_next_visit(entered: Home):
    agenda = entered.house.agenda
    assert agenda.next_visit().id == "p1~1"
    entered.clock.at("2026-11-24T11:59")
    assert agenda.next_visit().id == "p1~1"  # still going on
    entered.clock.at("2026-11-24T12:00")
    assert agenda.next_visit().id == "p1~2"
    with pytest.raises(FormRefused) as refused:
        agenda.set_status("p1~2", "done")
    assert [(one.field, one.key) for one in refused.value.errors] == [("status", "visit.not_yet")]
    entered.clock.at("2026-12-08T08:00")
    agenda.set_status("p1~2", "done")
    entered.house.plans.cancel("p1~3", agreed=True)
    assert agenda.next_visit().id == "p1~4"
    assert agenda.next_visit("nobody") is None
    assert [v.id for v in agenda.visits()][:2] == ["p1~1", "p1~2"]
    assert agenda.visits(around=date(2028, 11, 1))[0].start.local.date() >= date(2028, 8, 1)


def test_watch_windows_end_with_the_next_infusion(entered: Home):
    agenda = entered.house.agenda

    def windows(first: str, last: str) -> list[tuple[str, str, str]]:
        found = agenda.watched(date.fromisoformat(first), date.fromisoformat(last))
        return [(w.visit.id, f"{w.first:%m-%d}", f"{w.last:%m-%d}") for w in found]

    assert windows("2026-11-24", "2026-12-08") == [
        ("p1~1", "11-24", "12-08"), ("p1~2", "12-08", "12-22"),
    ]  # fmt: skip
    assert windows("2026-12-23", "2027-01-04") == []
    entered.house.plans.move("p1~2", moment("2026-12-01T09:30"), Choice.ONLY_THIS, agreed=True)
    # the next infusion counts also where it lies beyond the days that are asked for
    assert windows("2026-11-24", "2026-11-25") == [("p1~1", "11-24", "12-01")]
    entered.house.plans.save(plan(watch_days=0))
    assert windows("2026-11-24", "2026-12-31") == []
    entered.add(visit_line("alone", "2026-12-30T09:30"))
    assert windows("2026-12-30", "2026-12-31") == []
