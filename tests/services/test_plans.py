"""Entering a plan once, extending it, and moving visits only with the clinic's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import Contact, Plan
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import on_day, wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from tests.factories import moment, plan
from tests.fakes import Home
from tests.services.test_due_index import a_home

FIRST = [date(2026, 11, 24), date(2026, 12, 8), date(2027, 1, 5), date(2027, 3, 2)]


@pytest.fixture
def entered(home: Home) -> Home:
    home.house.plans.save(plan())
    return home


def test_a_plan_lays_out_two_years(entered: Home):
    dates = entered.dates("p1")
    assert dates[:4] == FIRST
    assert date(2028, 9, 24) < dates[-1] <= date(2028, 11, 21)
    visit = entered.visit("p1~1")
    assert (visit.title, visit.type, visit.status, visit.minutes) == (
        "Infusion 1", "infusion", "planned", 150,
    )  # fmt: skip
    assert visit.uid.endswith("-1@caregiver-companion")


def test_the_preview_is_what_comes(home: Home):
    told = home.house.plans.preview(plan("2026-11-10T09:30"))
    assert [(p.dose, p.units, p.starting, p.past) for p in told[:5]] == [
        (1, 0, True, True), (2, 2, True, False), (3, 6, True, False), (4, 14, False, False),
        (5, 22, False, False),
    ]  # fmt: skip
    assert home.house.plans.all() == []
    home.house.plans.save(plan("2026-11-10T09:30"))
    assert [wall(p.start).date() for p in told] == home.dates("p1")
    with pytest.raises(FormRefused):
        home.house.plans.preview(plan(every=0))


def test_wrong_fields_are_all_said_and_nothing_is_kept(home: Home):
    with pytest.raises(FormRefused) as refused:
        home.house.plans.save(plan(every=0, offsets=(), medicine=""))
    assert [e.field for e in refused.value.errors] == ["medicine", "offsets", "every"]
    assert home.house.plans.check(plan(every=0))[0].key == "plan.every"
    assert home.house.care.store.counts()["person"] == 0


def test_a_plan_that_brings_too_many_visits_at_once_is_refused(home: Home):
    slip = plan("1926-11-24T09:30")
    for doing in (home.house.plans.save, home.house.plans.preview):
        with pytest.raises(FormRefused) as refused:
            doing(replace(slip, every=1, unit="day"))
        assert refused.value.errors[0].key == "plan.too_many"
    assert home.house.plans.all() == []


def test_an_unknown_person_keeps_nothing(home: Home):
    with pytest.raises(InputRefused):
        home.house.plans.save(plan(person="nobody"))
    assert home.house.plans.all() == []


def test_extending_twice_adds_nothing_and_time_brings_more(entered: Home):
    count = len(entered.dates("p1"))
    assert entered.house.plans.lay_out_all() == 0
    entered.clock.on(days=200)
    assert entered.house.plans.lay_out_all() == 3
    assert entered.house.plans.lay_out_all() == 0
    dates = entered.dates("p1")
    assert len(dates) == count + 3
    assert dates[-1] - dates[-2] == timedelta(weeks=8)
    assert entered.house.care.store.undo_label()[0] == "done.plan"


def test_a_deleted_visit_does_not_come_back(entered: Home):
    entered.house.plans.delete("p1~3", agreed=True)
    assert entered.house.plans.lay_out_all() == 0
    assert entered.house.agenda.get("p1~3") is None
    assert date(2027, 3, 2) in entered.dates("p1")  # the later ones keep their dates


def test_a_cancelled_visit_stays_and_the_later_ones_keep_their_dates(entered: Home):
    before = entered.dates("p1")
    entered.house.plans.cancel("p1~2", agreed=True)
    assert entered.visit("p1~2").status == "cancelled"
    assert entered.visit("p1~2").sequence == 1
    assert entered.dates("p1") == [day for day in before if day != date(2026, 12, 8)]


# ---- nothing moves without the clinic's word ---------------------------------------------------
def test_without_the_tick_nothing_happens(entered: Home):
    before, plans = entered.dump(), entered.house.plans
    for doing in (
        lambda: plans.move("p1~2", moment("2026-12-10T09:30"), Choice.ONLY_THIS, agreed=False),
        lambda: plans.cancel("p1~2", agreed=False),
        lambda: plans.delete("p1~2", agreed=False),
        lambda: plans.remove("p1", agreed=False),
    ):
        with pytest.raises(AsksFirst):
            doing()
    assert entered.dump() == before


def test_asking_moves_nothing(entered: Home):
    before = entered.dump()
    for choice in Choice:
        entered.house.plans.preview_move("p1~2", moment("2026-12-10T09:30"), choice)
    assert entered.dump() == before


@pytest.mark.parametrize(
    ("target", "key"),
    [("2027-03-14T02:30", "time.gap"), ("2026-12-10", "plan.no_hour")],
)
def test_a_target_that_cannot_be(entered: Home, target: str, key: str):
    with pytest.raises(InputRefused) as refused:
        entered.house.plans.move("p1~2", moment(target), Choice.ONLY_THIS, agreed=True)
    assert refused.value.key == key


def test_what_is_no_visit_cannot_be_moved(entered: Home):
    for entry in ("nobody", "p1"):
        with pytest.raises(InputRefused) as refused:
            entered.house.plans.cancel(entry, agreed=True)
        assert refused.value.key == "visit.gone"


def test_a_moved_visit_takes_its_hour_of_leaving_along(entered: Home):
    entered.house.agenda.set_ride("p1~2", "Ana", "1", "08:40")
    move = entered.house.plans.move
    move("p1~2", moment("2026-12-10T14:00"), Choice.ONLY_THIS, agreed=True)
    visit = entered.visit("p1~2")
    assert (visit.leave_at, visit.driver, visit.status) == ("13:10", "Ana", "delayed")
    move("p1~2", moment("2026-12-10T00:30"), Choice.ONLY_THIS, agreed=True)
    assert entered.visit("p1~2").leave_at == ""


def test_a_booked_visit_stays_booked_when_its_new_date_is_agreed(entered: Home):
    entered.house.agenda.set_status("p1~2", "booked")
    entered.house.plans.move("p1~2", moment("2026-12-10T09:30"), Choice.ONLY_THIS, agreed=True)
    assert entered.visit("p1~2").status == "booked"
    entered.house.plans.move("p1~3", moment("2027-01-05T11:00"), Choice.ONLY_THIS, agreed=True)
    assert entered.visit("p1~3").status == "planned"  # another hour is no delay


def test_moving_the_very_first_visit_counts_the_others_from_there(entered: Home):
    entered.house.plans.move(
        "p1~1", moment("2026-12-01T09:30"), Choice.COUNT_FROM_HERE, agreed=True
    )
    assert entered.dates("p1")[:4] == [day + timedelta(days=7) for day in FIRST]
    entered.clock.on(days=400)
    entered.house.plans.lay_out_all()
    gaps = {b - a for a, b in zip(entered.dates("p1")[3:], entered.dates("p1")[4:], strict=False)}
    assert gaps == {timedelta(weeks=8)}


def test_a_deleted_plan_that_is_entered_again_brings_its_visits_again(entered: Home):
    before = entered.dates("p1")
    entered.house.plans.remove("p1", agreed=True)
    assert entered.dates("p1") == []
    entered.house.plans.save(plan())
    assert entered.dates("p1") == before
    assert entered.house.plans.lay_out_all() == 0


def test_an_hour_of_another_zone_that_is_another_day_asks_first(entered: Home):
    agenda, visit = entered.house.agenda, entered.visit("p1~2")
    with pytest.raises(AsksFirst):
        agenda.save(replace(visit, start=moment("2026-12-08T09:30", "Asia/Tokyo")))
    agenda.save(replace(visit, start=moment("2026-12-08T09:30", "America/Chicago")))
    assert entered.visit("p1~2").start == moment("2026-12-08T09:30", "America/Chicago")


def test_a_fixed_course_that_begins_again_gets_its_last_visit(home: Home):
    home.house.plans.save(plan(offsets=(0, 4, 8), every=None))
    target = moment("2027-01-05T09:30")
    told = home.house.plans.preview_move("p1~2", target, Choice.RESTART_PHASE)
    home.house.plans.move("p1~2", target, Choice.RESTART_PHASE, agreed=True)
    assert [(c.visit, wall(c.after).date(), c.added) for c in told] == [
        ("p1~2", date(2027, 1, 5), False),
        ("p1~3", date(2027, 2, 2), False),
        ("p1~4", date(2027, 3, 2), True),
    ]
    assert home.dates("p1")[1:] == [wall(c.after).date() for c in told]


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(
    st.sampled_from([(0, 2, 6), (0,), (0, 1, 2)]),
    st.sampled_from([None, 1, 8]),
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(-9, 40), st.sampled_from(Choice)),
        min_size=1, max_size=3,
    ),
)  # fmt: skip
def test_the_preview_is_what_moving_does_and_one_undo_takes_it_back(offsets, every, moves):
    with a_home() as home:
        plans = home.house.plans
        plans.save(plan(offsets=offsets, every=every))
        plans.cancel("p1~1", agreed=True)
        for dose, by, choice in moves:
            visit = home.house.agenda.get(f"p1~{dose}")
            if visit is None:
                continue
            before = home.dump()
            known = {v.id: v.start for v in home.house.care.store.visits("p1")}
            target = on_day(visit.start, wall(visit.start).date() + timedelta(days=by))
            told = plans.preview_move(visit.id, target, choice)
            assert plans.move(visit.id, target, choice, agreed=True) == len(told)
            after = {v.id: v.start for v in home.house.care.store.visits("p1")}
            changed = {i for i in known if after.get(i) != known[i]}
            assert {c.visit: c.after for c in told if not c.added} == {
                i: after.get(i) for i in changed
            }
            if every is None:
                new = {i: after[i] for i in after.keys() - known.keys()}
                assert {c.visit: c.after for c in told if c.added} == new
            moved = home.dump()
            if moved == before:  # to where it is: nothing to take back
                continue
            home.house.care.undo()
            assert home.dump() == before
            plans.move(visit.id, target, choice, agreed=True)
            assert home.dump()["plan"] == moved["plan"]


# ---- changing and deleting a plan --------------------------------------------------------------
@pytest.mark.parametrize(
    "fields",
    [{"first": moment("2026-11-25T09:30")}, {"offsets": (0, 2)}, {"every": 6}, {"every": None},
     {"unit": "month"}, {"then": 20}],
)  # fmt: skip
def test_a_plans_dates_change_only_from_its_visits(entered: Home, fields: dict):
    before = entered.dump()
    with pytest.raises(AsksFirst) as asked:
        entered.house.plans.save(plan(**fields))
    assert asked.value.key == "plan.dates_fixed"
    assert entered.dump() == before


def test_what_a_plan_says_beside_its_dates_reaches_the_coming_visits(entered: Home):
    house = entered.house
    house.agenda.save(replace(entered.visit("p1~2"), minutes=90, title="At St. Mary"))
    house.people.save_contact(Contact(id="clinic", person="", name="Willow Lane", role="clinic"))
    house.plans.cancel("p1~4", agreed=True)
    entered.clock.at("2026-11-30T10:00")
    house.plans.save(plan(minutes=180, clinic="clinic", medicine="infliximab (Renflexis)"))
    minutes = [entered.visit(f"p1~{n}").minutes for n in range(1, 6)]
    assert minutes == [150, 90, 180, 150, 180]  # past, changed by hand, coming, cancelled, coming
    assert entered.visit("p1~3").place == "Willow Lane"
    assert entered.visit("p1~3").contact == "clinic"
    assert entered.visit("p1~2").title == "At St. Mary"
    assert entered.house.agenda.contact_of(entered.visit("p1~3")).name == "Willow Lane"
    assert house.plans.get("p1").medicine == "infliximab (Renflexis)"


def test_an_anchor_outlives_a_change_of_the_plan(entered: Home):
    entered.house.plans.move(
        "p1~2", moment("2026-12-10T09:30"), Choice.COUNT_FROM_HERE, agreed=True
    )
    entered.house.plans.save(plan(watch_days=7))
    assert len(entered.house.plans.get("p1").anchors) == 1


def test_deleting_a_plan_keeps_what_was_done(entered: Home):
    entered.clock.at("2026-11-24T12:00")
    entered.house.agenda.set_status("p1~1", "done")
    before = entered.dump()
    entered.house.plans.remove("p1", agreed=True)
    assert entered.house.plans.all() == []
    assert [one.id for one in entered.house.care.store.visits("p1")] == ["p1~1"]
    assert entered.house.care.undo()[0] == "done.plan_removed"
    assert entered.dump() == before
    entered.house.plans.remove("nobody", agreed=True)
    assert entered.dump() == before


def test_starting_visits(entered: Home):
    told = [entered.house.plans.is_starting(entered.visit(f"p1~{n}")) for n in range(1, 6)]
    assert told == [True, True, True, True, False]
    entered.add('{"kind":"appointment","id":"x","type":"lab","title":"x","start":"2026-12-01"}')
    assert not entered.house.plans.is_starting(entered.visit("x"))


# ---- a plan whose first dates are past ---------------------------------------------------------
@pytest.mark.parametrize("happened", [True, False])
def test_past_visits_bring_only_an_open_watch_window(home: Home, happened: bool):
    home.house.plans.save(plan("2026-10-27T09:30", offsets=(0, 3)), past_happened=happened)
    # visits on 27 October and 17 November, four days ago; today is 21 November
    assert [home.visit(f"p1~{n}").status for n in (1, 2, 3)] == [
        "done" if happened else "planned", "done" if happened else "planned", "planned",
    ]  # fmt: skip
    ids = [s.reminder.id for s in home.house.reminders.between() if "~3" not in s.reminder.id]
    of_past = [i for i in ids if i.split(":")[0].split("/")[0] in ("p1~1", "p1~2")]
    assert of_past == ["p1~2:c7/2026-11-17T09:30/-10080", "p1~2:c14/2026-11-17T09:30/-20160"]


def test_plans_of_one_person(entered: Home):
    (one,) = entered.house.plans.all()
    assert entered.house.plans.all(one.person) == [one]
    assert entered.house.plans.all("nobody") == []
    assert isinstance(one, Plan)


def test_a_visit_that_a_move_took_away_comes_back_with_the_next_move(home: Home):
    plans = home.house.plans
    plans.save(plan(offsets=(0, 2, 6), every=None))
    plans.cancel("p1~1", agreed=True)

    def stay(dose: int, choice: Choice) -> None:
        visit = home.visit(f"p1~{dose}")
        told = plans.preview_move(visit.id, visit.start, choice)
        assert plans.move(visit.id, visit.start, choice, agreed=True) == len(told)

    stay(2, Choice.RESTART_PHASE)
    assert home.visit("p1~4").start == moment("2027-01-19T09:30")
    stay(1, Choice.COUNT_FROM_HERE)
    assert home.house.agenda.get("p1~4") is None
    stay(2, Choice.RESTART_PHASE)
    assert home.visit("p1~4").start == moment("2027-01-19T09:30")
