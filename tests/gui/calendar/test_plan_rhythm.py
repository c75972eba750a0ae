"""Rhythms that a family copies: several days in a row, and months without starting visits."""

from __future__ import annotations

import pytest

from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog, PlanDialog
from caregiver_app.gui.widgets.text import Text
from tests.gui.calendar.plan_hand import click, fill, save, tick


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


def twice(form: PlanDialog, qtbot) -> None:
    """Every four weeks, on two days in a row."""
    fill(form, every="4")
    form.schedule.offsets.set_value((0,))
    click(form.schedule.rhythm.run_door, qtbot)
    form.schedule.run.set_text("2")
    form.look_ahead()


def test_days_in_a_row_are_quiet_until_somebody_asks_for_them(form, qtbot):
    assert not form.schedule.run.isVisible()
    assert not form.schedule.rhythm.run_door.isVisible()
    fill(form, every="4")
    click(form.schedule.rhythm.run_door, qtbot)
    assert form.schedule.run.isVisible()
    assert form.schedule.run.isAncestorOf(form.focusWidget())
    assert not form.schedule.rhythm.run_door.isVisible()


def test_two_days_in_a_row_are_one_plan_and_each_day_is_told(nobody, form, qtbot):
    twice(form, qtbot)
    dates = [line.date for line in form.preview.dates.lines[:4]]
    assert dates == ["Tue 24 Nov", "Wed 25 Nov", "Tue 22 Dec", "Wed 23 Dec"]
    notes = [line.note for line in form.preview.dates.lines[:4]]
    assert notes == ["start, week 0", "start, week 0, day 2", "week 4", "week 4, day 2"]
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert (plan.run, plan.every) == (2, 4)


def test_a_kept_plan_tells_its_days_in_a_row(nobody, form, show, qtbot):
    twice(form, qtbot)
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    tab = show(nobody)
    tab.desk.open_plan(plan.id)
    kept = tab.desk.sheet
    assert isinstance(kept, EditPlanDialog)
    words = " ".join(label.text() for label in kept.findChildren(Text))
    assert "Every 4 weeks, 2 days in a row" in words


def test_days_in_a_row_that_cannot_be_are_said_beside_them(form, qtbot):
    twice(form, qtbot)
    tick(form, qtbot)
    for typed in ("x", "99"):
        form.schedule.run.set_text(typed)
        save(form, qtbot)
        assert form.schedule.run.error(), typed
    assert form.isVisible()


def test_a_later_part_may_come_on_days_in_a_row_too(nobody, form, qtbot):
    fill(form, every="")
    click(form.schedule.parts.add, qtbot)
    (part,) = form.schedule.parts.parts
    part.begins.set_text("52")
    part.rhythm.every.set_text("4")
    click(part.rhythm.run_door, qtbot)
    part.rhythm.run.set_text("2")
    assert "every 4 weeks, 2 days in a row" in part.sentence.text()
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert (plan.run, plan.phases[0].run) == (1, 2)


def test_every_six_months_needs_no_starting_visits(nobody, form, qtbot):
    fill(form, day="31 Dec 2026", every="6")
    form.schedule.offsets.set_value((0,))
    form.schedule.every_unit.set_value("month")
    assert not form.schedule.then.isVisible()
    form.look_ahead()
    dates = [line.date for line in form.preview.dates.lines[:3]]
    assert dates == ["Thu 31 Dec", "Wed 30 Jun 2027", "Fri 31 Dec 2027"]
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert (plan.every, plan.every_unit, plan.then) == (6, "month", None)


def test_several_starting_visits_in_weeks_still_say_when_the_first_later_one_is(form):
    fill(form, every="6")
    form.schedule.every_unit.set_value("month")
    assert form.schedule.then.isVisible()
