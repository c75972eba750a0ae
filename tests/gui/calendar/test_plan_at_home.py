"""A plan of injections at home says what an injection is like, not what an infusion is."""

from __future__ import annotations

import pytest

from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from caregiver_app.gui.widgets.text import Text
from tests.gui.calendar.plan_hand import click, fill
from tests.gui.visit.visits import home_plan


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


def seen(within) -> str:
    return "\n".join(one.text() for one in within.findChildren(Text) if one.isVisible())


def test_an_injection_takes_half_an_hour_not_two(form, qtbot):
    assert form.schedule.length.value() == 120
    click(form.schedule.at_home, qtbot)
    assert form.schedule.length.value() == 30
    click(form.schedule.at_home, qtbot)
    assert form.schedule.length.value() == 120


def test_it_speaks_of_injections(form, qtbot):
    fill(form)
    assert "visits in two years" in seen(form.preview)
    click(form.schedule.at_home, qtbot)
    form.look_ahead()
    assert "injections in two years" in seen(form.preview)
    assert "visit" not in seen(form.schedule.more).lower()


def test_a_length_that_was_typed_stays(form, qtbot):
    form.schedule.length.set_value(45)
    click(form.schedule.at_home, qtbot)
    assert form.schedule.length.value() == 45


def test_nobody_books_an_injection_at_home(form, qtbot):
    assert "you book each date with the clinic" in seen(form.preview)
    click(form.schedule.at_home, qtbot)
    form.look_ahead()
    assert "the clinic’s word counts" in seen(form.preview)
    assert "book" not in seen(form.preview)


def test_what_an_injection_brings_is_all_that_is_told(form, qtbot):
    click(form.schedule.at_home, qtbot)
    told = seen(form.brings)
    assert "a reminder at its hour" in told
    assert "Blood test" not in told
    assert not form.brings.button.isVisible()
    click(form.schedule.parts.add, qtbot)
    assert "Blood test" in seen(form.brings), "a later part at the clinic brings all of it"


def test_a_kept_plan_of_injections_tells_the_same(home, show, qtbot):
    home_plan(home)
    tab = show(home)
    tab.desk.open_plan("pen")
    assert "a reminder at its hour" in seen(tab.desk.sheet.brings)
