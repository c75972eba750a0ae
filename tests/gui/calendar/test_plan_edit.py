"""A plan under way: what may change, how it ends, and that its dates wait for the clinic's word."""

from __future__ import annotations

from datetime import date

import pytest

from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog
from caregiver_app.gui.widgets.text import Text
from tests.gui.calendar.plan_hand import click, save


@pytest.fixture
def form(home, show) -> EditPlanDialog:
    tab = show(home)
    tab.desk.open_plan("plan")
    assert isinstance(tab.desk.sheet, EditPlanDialog)
    return tab.desk.sheet


def test_it_tells_its_dates_and_changes_the_rest(home, form, qtbot):
    words = " ".join(label.text() for label in form.findChildren(Text))
    assert "Weeks 0, 2 and 6, then every 8 weeks" in words
    assert "A plan’s dates are changed from one of its visits" in words
    assert not form.changes.isVisible()
    form.medicine.set_text("Inflectra")
    form.length.set_value(120)
    form.clinic.phone.set_text("999")
    click(form.brings.button, qtbot)
    click(form.brings.rows["ride"], qtbot)
    save(form, qtbot)
    assert home.visit("plan~2").minutes == 120
    assert home.house.people.contact("clinic").phone == "999"
    plan = home.house.plans.get("plan")
    assert (plan.medicine, plan.off, plan.minutes_first) == ("Inflectra", ("ride",), None)
    home.house.care.undo()
    assert home.visit("plan~2").minutes == 150
    assert home.house.people.contact("clinic").phone == "01632 960142"
    assert home.house.plans.get("plan").medicine == "infliximab"


def test_it_refuses_what_is_wrong_beside_its_field(form, qtbot):
    form.medicine.set_text("")
    form.watch.set_text("x")
    save(form, qtbot)
    assert form.watch.error()
    assert form.watch.isVisible()
    form.watch.set_text("14")
    save(form, qtbot)
    assert form.medicine.error()
    form.medicine.set_text("infliximab")
    form.length.hours.set_text("?")
    save(form, qtbot)
    assert form.length.hours.error()
    assert form.isVisible()


def test_stopping_it_shows_every_date_that_goes_and_waits_for_the_tick(home, form, qtbot):
    before = home.dates("plan")
    click(form.ending.button, qtbot)
    form.until.kind.set_value("last")
    form.until.last.set_text("1 Sep 2026")
    assert form.changes.isVisible()
    gone = form.changes.dates.lines
    assert [line.before for line in gone[:1]] == ["Tue 13 Oct"]
    assert {line.date for line in gone} == {"no visit any more"}
    assert not form.primary.isEnabled()
    click(form.changes.agreed, qtbot)
    click(form.primary, qtbot)
    assert home.house.plans.get("plan").last == date(2026, 9, 1)
    assert home.dates("plan") == [day for day in before if day <= date(2026, 9, 1)]
    assert home.visit("plan~1").status == "done"
    home.house.care.undo()
    assert home.dates("plan") == before
    assert home.house.plans.get("plan").last is None


def test_taking_the_end_back_needs_no_tick(form, qtbot):
    click(form.ending.button, qtbot)
    form.until.kind.set_value("count")
    form.until.count.set_text("4")
    assert not form.primary.isEnabled()
    form.until.kind.set_value("on")
    assert form.changes.isHidden()
    assert form.primary.isEnabled()


def test_injections_at_home_can_follow_a_plan_under_way(home, form, qtbot):
    assert form.kit.isHidden()
    click(form.parts.add, qtbot)
    (part,) = form.parts.parts
    click(part.at_home, qtbot)
    part.begins.set_text("38")
    part.rhythm.every.set_text("4")
    assert form.kit.isVisible()
    form.kit.set_text("sharps box")
    assert form.changes.isVisible()
    assert not form.primary.isEnabled()
    click(form.changes.agreed, qtbot)
    click(form.primary, qtbot)
    plan = home.house.plans.get("plan")
    assert [(one.begins, one.every, one.at_home) for one in plan.phases] == [(38, 4, True)]
    assert plan.kit == ("sharps box",)
    assert home.visit("plan~6").type == "infusion"
    assert home.visit("plan~7").type == "medication"


def test_a_part_with_a_fault_is_said_in_it_and_nothing_is_kept(home, form, qtbot):
    click(form.parts.add, qtbot)
    (part,) = form.parts.parts
    click(part.button, qtbot)
    save(form, qtbot)
    assert form.isVisible()
    assert part.is_open
    assert part.begins.error()
    part.begins.set_text("0")
    part.rhythm.every.set_text("4")
    save(form, qtbot)
    assert "between 1 and" in part.begins.error()
    assert home.house.plans.get("plan").phases == ()


def test_an_end_before_the_start_is_said_beside_it(home, form, qtbot):
    form.until.kind.set_value("last")
    form.until.last.set_text("1 Jan 2026")
    save(form, qtbot)
    assert form.ending.is_open
    assert "before the first visit" in form.until.last.error()
    assert home.house.plans.get("plan").last is None


def test_stop_brings_the_end_into_sight_and_focus(home, show, qtbot):
    tab = show(home, height=480)
    tab.desk.open_plan("plan", ending=True)
    sheet = tab.desk.sheet
    assert isinstance(sheet, EditPlanDialog)
    assert sheet.ending.is_open
    assert sheet.until.last.isAncestorOf(sheet.focusWidget())
    assert sheet.until.kind.value() == "last", "stopping is a last day"
    view = sheet.area.viewport()

    def foot() -> int:
        return sheet.until.last.mapTo(view, sheet.until.last.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: 0 < foot() <= view.height(), timeout=2000)


def test_a_plan_that_is_not_to_begin_is_pointed_to_its_deletion(form, qtbot):
    click(form.ending.button, qtbot)
    form.until.kind.set_value("last")
    form.until.last.set_text("1 Jan 2026")
    save(form, qtbot)
    assert "Delete this plan" in form.until.last.error()
    assert form.delete_button.isVisible()


def test_stopping_offers_to_write_down_why(home, form, show, qtbot):
    assert form.why.isHidden(), "only where somebody can write it down"
    form.offer_why()
    form.show_ending()
    asked: list[str] = []
    form.why_asked.connect(asked.append)
    form.until.last.set_text("1 Sep 2026")
    click(form.why, qtbot)
    click(form.changes.agreed, qtbot)
    click(form.primary, qtbot)
    assert asked == ["plan"]
