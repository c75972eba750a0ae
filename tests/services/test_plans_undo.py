"""Whatever a family does with its plans, taking it back restores every row and every byte."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caregiver_app.domain.entities import KINDS, Appointment, InfusionRecord, Phase, Plan
from caregiver_app.domain.plans import Choice
from caregiver_app.domain.times import on_day, wall
from caregiver_app.errors import InputRefused
from tests.factories import plan
from tests.fakes import Home
from tests.services.test_due_index import a_home

PLANS = (
    {"offsets": (0, 2, 6), "every": 8},
    {"offsets": (0,), "every": 4, "count": 9},
    {"offsets": (0, 2, 6), "every": 8, "last": date(2027, 9, 30)},
    {"offsets": (0, 1, 2, 3, 4), "every": None, "unit": "day",
     "phases": (Phase(begins=12, begins_unit="month", offsets=(0, 1, 2), unit="day"),)},
    {"offsets": (0, 4, 8), "every": None, "minutes_first": 240,
     "phases": (Phase(begins=12, begins_unit="week", offsets=(0,), unit="week", every=8,
                      at_home=True),)},
)  # fmt: skip


def rows(home: Home) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every kind, removed ones too, as it stands in the file."""
    store = home.house.care.store
    every = {kind: f"SELECT * FROM [{kind}]" for kind in KINDS}  # noqa: S608 - our own names
    return {kind: sorted(store.rows(sql), key=repr) for kind, sql in every.items()}


def open_dates(home: Home) -> dict[str, Appointment]:
    return {v.id: v for v in home.house.care.store.visits("p1")}


class Family:
    """Does something with a plan at random, as the dialogs let it."""

    def __init__(self, home: Home, seed: int) -> None:
        self.home, self.chance = home, random.Random(seed)

    @property
    def plan(self) -> Plan:
        found = self.home.house.plans.get("p1")
        assert found is not None
        return found

    def visit(self) -> Appointment:
        return self.chance.choice(list(open_dates(self.home).values())[:12])

    def step(self) -> None:
        doing = (self.move, self.done, self.status, self.cancel, self.delete, self.stop,
                 self.count, self.add, self.drop, self.length)  # fmt: skip
        self.chance.choice(doing)()

    def move(self) -> None:
        visit, choice = self.visit(), self.chance.choice(list(Choice))
        day = wall(visit.start).date() + timedelta(days=self.chance.randint(-9, 40))
        target = on_day(visit.start, day)
        plans, before = self.home.house.plans, open_dates(self.home)
        told = plans.preview_move(visit.id, target, choice)
        assert plans.move(visit.id, target, choice, agreed=True) == len(told)
        self.check(told, before, moved=visit.id)

    def done(self) -> None:
        visit, record = self.visit(), InfusionRecord(id="", person="", visit="", lot="A")
        by = timedelta(days=self.chance.choice((0, 0, 1, -1)))
        start = on_day(visit.start, wall(visit.start).date() + by)
        choice = self.chance.choice(list(Choice))
        before = open_dates(self.home)
        told = self.home.house.plans.preview_move(visit.id, start, choice)
        record = replace(record, visit=visit.id)
        self.home.house.plans.done(
            visit.id, start=start, choice=choice, agreed=True,
            record=record if self.chance.random() < 0.5 else None,
        )  # fmt: skip
        assert self.home.visit(visit.id).status == "done"
        self.check(told if by else [], before, moved=visit.id)

    def status(self) -> None:
        word = self.chance.choice(("planned", "booked", "delayed"))
        self.home.house.plans.set_status(self.visit().id, word)

    def cancel(self) -> None:
        self.home.house.plans.cancel(self.visit().id, agreed=True)

    def delete(self) -> None:
        self.home.house.plans.delete(self.visit().id, agreed=True)

    def stop(self) -> None:
        last = self.chance.choice((None, *range(0, 700, 70)))
        day = None if last is None else wall(self.plan.first).date() + timedelta(days=last)
        self.change(replace(self.plan, last=day))

    def count(self) -> None:
        self.change(replace(self.plan, count=self.chance.choice((None, 5, 6, 8, 12))))

    def add(self) -> None:
        part = Phase(
            begins=self.chance.randint(3, 15), begins_unit="month", offsets=(0,), unit="week",
            every=self.chance.choice((None, 2, 6)), at_home=self.chance.random() < 0.5,
        )  # fmt: skip
        self.change(replace(self.plan, phases=(*self.plan.phases, part)))

    def drop(self) -> None:
        self.change(replace(self.plan, phases=self.plan.phases[:-1]))

    def length(self) -> None:
        self.home.house.plans.save(replace(self.plan, minutes=self.chance.randint(30, 90)))

    def change(self, new: Plan) -> None:
        before = open_dates(self.home)
        told = self.home.house.plans.preview_change(new)
        self.home.house.plans.save(new, agreed=True)
        self.check(told, before)

    def check(self, told, before: dict[str, Appointment], moved: str = "") -> None:
        """What was told beforehand is what became different, and nothing that is over."""
        after = open_dates(self.home)
        starts = {i: after[i].start if i in after else None for i in before}
        different = {i: starts[i] for i, visit in before.items() if starts[i] != visit.start}
        assert {c.visit: c.after for c in told if not c.added} == different
        for entry in different:
            assert entry == moved or before[entry].status not in ("done", "cancelled")
        new = {i: v.start for i, v in after.items() if i not in before}
        added = {c.visit: c.after for c in told if c.added}
        assert added.items() <= new.items()


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.sampled_from(PLANS), st.integers(0, 300))
def test_undoing_every_step_restores_every_row_and_the_same_file(seed, fields, gone):
    with a_home() as home:
        home.house.plans.save(plan(**fields))
        home.clock.on(days=gone)
        home.house.plans.lay_out_all()
        family, seen = Family(home, seed), []
        for _ in range(12):
            before = rows(home), home.house.exporter.calendar()
            steps = len(home.house.care.store._steps)
            try:
                family.step()
            except (InputRefused, IndexError):
                assert (rows(home), home.house.exporter.calendar()) == before
                continue
            if len(home.house.care.store._steps) > steps:
                assert len(home.house.care.store._steps) == steps + 1
                seen.append(before)
            assert home.house.plans.lay_out_all() == 0
            home.clock.on(hours=1)
        for before in reversed(seen):
            home.house.care.undo()
            assert (rows(home), home.house.exporter.calendar()) == before


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32), st.sampled_from(PLANS))
def test_laying_out_twice_adds_nothing_and_deleted_visits_stay_deleted(seed, fields):
    with a_home() as home:
        home.house.plans.save(plan(**fields))
        family, gone = Family(home, seed), set()
        for _ in range(8):
            try:
                if family.chance.random() < 0.4:
                    visit = family.visit()
                    home.house.plans.delete(visit.id, agreed=True)
                    gone.add(visit.id)
                else:
                    family.chance.choice((family.stop, family.count, family.move))()
            except (InputRefused, IndexError):
                continue
            home.clock.on(days=family.chance.randint(0, 60))
            home.house.plans.lay_out_all()
            before = rows(home)
            assert home.house.plans.lay_out_all() == 0
            assert rows(home) == before
            assert gone.isdisjoint(open_dates(home))
            assert len({(v.plan, v.dose) for v in open_dates(home).values()}) == len(
                open_dates(home)
            )


def test_a_plan_whose_end_came_and_went_has_all_its_visits(home: Home):
    """What goes with an end comes back with it, even when its day lies beyond the two years now."""
    plans = home.house.plans
    plans.save(plan())
    count = len(home.dates("p1"))
    plans.save(replace(plans.get("p1"), last=date(2027, 1, 31)), agreed=True)
    visit = home.visit("p1~3")
    later = on_day(visit.start, date(2027, 1, 29))
    plans.move("p1~3", later, Choice.COUNT_FROM_HERE, agreed=True)
    plans.save(replace(plans.get("p1"), last=None), agreed=True)
    assert len(home.dates("p1")) == count - 1
    home.clock.on(days=60)
    plans.lay_out_all()
    assert [v.dose for v in home.house.care.store.visits("p1")] == list(range(1, count + 1))


@pytest.mark.parametrize("choice", list(Choice))
def test_a_visit_that_was_agreed_for_after_the_end_is_not_lost(home: Home, choice: Choice):
    plans = home.house.plans
    plans.save(plan(last=date(2027, 1, 31)))
    target = on_day(home.visit("p1~3").start, date(2027, 2, 9))
    before = rows(home)
    plans.move("p1~3", target, choice, agreed=True)
    assert (home.visit("p1~3").start, len(home.dates("p1"))) == (target, 3)
    assert plans.lay_out_all() == 0
    home_part = Phase(begins=5, begins_unit="month", offsets=(0,), unit="week", at_home=True)
    plans.save(replace(plans.get("p1"), phases=(home_part,)), agreed=True)
    assert home.visit("p1~3").start == target, "only another last day speaks of it"
    home.house.care.undo()
    plans.save(replace(plans.get("p1"), last=None), agreed=True)
    assert home.visit("p1~3").start == target
    assert "p1~4" in [one.id for one in plans.visits("p1")]
    home.house.care.undo()
    home.house.care.undo()
    assert rows(home) == before


def test_a_plan_from_which_more_visits_came_since_is_not_set_back(home: Home):
    plans = home.house.plans
    plans.save(plan())
    plans.move("p1~2", on_day(home.visit("p1~2").start, date(2026, 12, 20)),
               Choice.COUNT_FROM_HERE, agreed=True)  # fmt: skip
    home.clock.on(days=60)
    assert plans.lay_out_all() == 1
    before = rows(home)
    with pytest.raises(InputRefused) as refused:
        home.house.care.undo()
    assert refused.value.key == "undo.changed_since"
    assert rows(home) == before
