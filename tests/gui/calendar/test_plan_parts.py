"""A plan of several parts: later courses, injections at home, an end, days that do not suit."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRect

from caregiver_app.domain.entities import PARTS, BlockedDays, Phase
from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from caregiver_app.gui.widgets import sheet
from tests.gui.calendar.plan_hand import click, fill, save, tick


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


def add_part(form: PlanDialog, qtbot, begins: str = "14", every: str = "8"):
    click(form.schedule.parts.add, qtbot)
    part = form.schedule.parts.parts[-1]
    part.begins.set_text(begins)
    part.rhythm.every.set_text(every)
    return part


@pytest.fixture
def wide(nobody, show, monkeypatch) -> PlanDialog:
    """The form on a usual screen; that of the tests is a narrow one."""
    monkeypatch.setattr(sheet, "room_around", lambda _widget: QRect(0, 0, 1920, 1200))
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    assert tab.desk.sheet.width() > 1000
    return tab.desk.sheet


def test_injections_at_home_follow_with_what_has_to_be_at_hand(nobody, form, qtbot):
    fill(form)
    assert form.schedule.kit.isHidden()
    part = add_part(form, qtbot)
    click(part.at_home, qtbot)
    assert form.schedule.kit.isVisible()
    form.schedule.kit.set_text("sharps box\n\n  swabs ")
    form.look_ahead()
    lines = form.preview.dates.lines
    assert [line.heading for line in lines if line.heading] == ["Part 1", "Injections at home"]
    assert [line.note for line in lines[3:5]] == [
        "at home, first of this part", "at home, week 8 of this part",
    ]  # fmt: skip
    assert "Injections at home. Visit 4" in lines[3].sentence()
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.phases == (
        Phase(begins=14, begins_unit="week", offsets=(0,), unit="week", every=8, at_home=True),
    )
    assert plan.kit == ("sharps box", "swabs")
    assert nobody.visit(f"{plan.id}~3").type == "infusion"
    assert nobody.visit(f"{plan.id}~4").type == "medication"


def test_the_whole_plan_may_be_at_home(nobody, form, qtbot):
    fill(form)
    click(form.schedule.at_home, qtbot)
    assert form.schedule.day.label.text() == "First injection"
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.at_home
    assert nobody.visit(f"{plan.id}~1").type == "medication"


def test_a_part_that_is_taken_out_comes_back_as_it_was(form, qtbot):
    fill(form)
    parts = form.schedule.parts
    add_part(form, qtbot)
    second = add_part(form, qtbot, begins="40", every="4")
    click(parts.parts[0].remove, qtbot)
    assert [one.heading.text() for one in parts.parts] == ["Part 2"]
    assert parts.parts[0] is second
    click(parts.undo, qtbot)
    assert [one.begins.value() for one in parts.parts] == [14, 40]
    assert [one.heading.text() for one in parts.parts] == ["Part 2", "Part 3"]
    assert not parts.undo.isVisible()


def test_a_folded_part_is_a_sentence(form, qtbot):
    part = add_part(form, qtbot)
    assert not part.sentence.isVisible()
    click(part.button, qtbot)
    said = "From 14 weeks after the start of the part before: every 8 weeks."
    assert part.sentence.isVisible()
    assert part.sentence.text() == said
    click(part.button, qtbot)
    part.part.set_text("Winter course")
    assert part.sentence.text().startswith("Winter course, from 14 weeks")


def test_what_is_wrong_in_a_part_is_said_beside_its_field(nobody, form, qtbot):
    fill(form)
    part = add_part(form, qtbot, begins="")
    click(part.button, qtbot)
    tick(form, qtbot)
    save(form, qtbot)
    assert part.is_open
    assert "whole number" in part.begins.error()
    part.begins.set_text("0")
    save(form, qtbot)
    assert "between 1 and" in part.begins.error()
    part.begins.set_text("30")
    part.rhythm.offsets.set_value((0, 2))
    part.rhythm.every_unit.set_value("month")
    save(form, qtbot)
    assert "different units" in part.rhythm.then.error()
    assert part.rhythm.every.text() == "8"
    assert nobody.house.plans.all() == []
    part.rhythm.then.set_text("2")
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.phases[0].every_unit == "month"


def test_nine_later_parts_are_too_many(nobody, form, qtbot):
    fill(form)
    for number in range(9):
        form.schedule.parts.add.click()
        part = form.schedule.parts.parts[-1]
        part.begins.set_text(str(30 + number))
        part.button.click()
    tick(form, qtbot)
    save(form, qtbot)
    assert form.schedule.parts.wrong.isVisible()
    assert "at most 8 later parts" in form.schedule.parts.wrong.text()
    assert nobody.house.plans.all() == []
    click(form.schedule.parts.parts[-1].remove, qtbot)
    assert not form.schedule.parts.wrong.isVisible()
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert len(plan.phases) == 8


def test_starting_visits_in_weeks_and_then_months(nobody, form, qtbot):
    fill(form, every="6")
    assert form.schedule.then.isHidden()
    form.schedule.every_unit.set_value("month")
    assert form.schedule.then.isVisible()
    form.schedule.then.set_text("6")
    form.look_ahead()
    assert form.preview.dates.lines[3].note == "month 6"
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert (plan.unit, plan.every_unit, plan.then) == ("week", "month", 6)
    assert nobody.dates(plan.id)[3] == date(2027, 5, 24)


def test_the_first_later_visit_may_come_at_another_time(form, qtbot):
    fill(form)
    click(form.schedule.rhythm.then_door, qtbot)
    assert "14" in form.schedule.then.control.accessibleDescription()
    form.schedule.then.set_text("10")
    form.look_ahead()
    assert [one.note for one in form.preview.dates.lines[3:5]] == ["week 10", "week 18"]


def test_the_gap_is_counted_like_the_starting_visits_until_it_is_said(form):
    form.schedule.unit.set_value("day")
    assert form.schedule.every_unit.value() == "day"
    form.schedule.every_unit.set_value("month")
    form.schedule.unit.set_value("week")
    assert form.schedule.every_unit.value() == "month"


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("count", "500", "between 1 and 400"),
        ("count", "2", "starting visits alone are 3"),
        ("count", "", "whole number"),
        ("last", "1 Nov 2026", "before the first visit"),
        ("last", "", "last day"),
        ("last", "31 Feb 2027", "no such date"),
    ],
)
def test_an_end_that_cannot_be(nobody, form, qtbot, kind, text, said):
    fill(form)
    until = form.schedule.until
    until.kind.set_value(kind)
    field = until.count if kind == "count" else until.last
    field.set_text(text)
    tick(form, qtbot)
    save(form, qtbot)
    assert said in field.error()
    assert field.text() == text
    assert nobody.house.plans.all() == []


def test_a_number_of_visits_and_a_last_day(nobody, form, qtbot):
    fill(form)
    form.schedule.until.kind.set_value("count")
    form.schedule.until.count.set_text("5")
    form.look_ahead()
    assert len(form.preview.dates.lines) == 5
    form.schedule.until.kind.set_value("last")
    form.schedule.until.last.set_text("1 Mar 2027")
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert (plan.count, plan.last) == (None, date(2027, 3, 1))
    assert len(nobody.dates(plan.id)) == 3


def test_a_hundred_dates_scroll_in_their_list(wide, qtbot):
    form = wide
    fill(form, every="1")
    assert len(form.preview.dates.lines) > 100
    click(form.preview.all, qtbot)
    qtbot.wait(20)
    bar = form.preview.dates.verticalScrollBar()
    assert bar.maximum() > 0
    assert form.preview.height() <= form.area.viewport().height()


def test_the_dates_stay_in_sight_while_the_form_is_scrolled(wide, qtbot):
    form = wide
    fill(form)
    click(form.brings.button, qtbot)
    qtbot.wait(20)
    bar = form.area.verticalScrollBar()
    assert bar.maximum() > 300
    bar.setValue(bar.maximum() // 2)
    qtbot.wait(20)
    top = form.preview.mapTo(form.area.viewport(), form.preview.rect().topLeft()).y()
    assert 0 <= top < form.area.viewport().height() // 2


def test_in_a_narrow_window_the_dates_come_below_the_form(form, qtbot):
    fill(form)
    qtbot.wait(20)
    under = form.brings.mapTo(form.content, form.brings.rect().bottomLeft()).y()
    top = form.preview.mapTo(form.content, form.preview.rect().topLeft()).y()
    tick_top = form.compared.mapTo(form.content, form.compared.rect().topLeft()).y()
    assert under < top < tick_top


def test_what_a_visit_brings_can_be_switched_off(nobody, form, qtbot):
    fill(form)
    assert "bag" in form.brings.sentence.text()
    click(form.brings.button, qtbot)
    click(form.brings.rows["bag"], qtbot)
    click(form.brings.rows["c72"], qtbot)
    form.watch.set_text("x")
    click(form.brings.button, qtbot)
    assert form.brings.sentence.text() == "Without: Bag · 72-hour check-in."
    tick(form, qtbot)
    save(form, qtbot)
    assert form.brings.is_open
    assert form.watch.error()
    form.watch.set_text("0")
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.off == ("bag", "c72")
    assert plan.watch_days == 0


def test_everything_that_a_plan_brings_has_its_row(form):
    assert tuple(form.brings.rows) == PARTS


def test_days_on_which_the_clinic_is_closed_are_flagged_and_nothing_moves(nobody, form, qtbot):
    fill(form)
    click(form.clinic.more.button, qtbot)
    click(form.clinic.closed, qtbot)
    assert form.closing is None
    assert form.clinic.name.error() == "Write the clinic’s name first."
    form.clinic.name.set_text("Willow Lane")
    click(form.clinic.closed, qtbot)
    assert form.closing is not None
    form.closing.first.set_text("8 Dec 2026")
    form.closing.reason.set_text("Holiday")
    click(form.closing.primary, qtbot)
    form.look_ahead()
    (days,) = nobody.house.blocked.all()
    (clinic,) = nobody.house.people.contacts()
    assert days.clinic == clinic.id
    lines = form.preview.dates.lines
    assert [line.flag for line in lines[:3]] == ["", "Holiday", ""]
    assert lines[1].date == "Tue 8 Dec"
    assert "Nothing is moved" in form.preview.closed.text()
    assert "8 December" in form.clinic.more.sentence.text()
    click(form.clinic.closed_days[0], qtbot)
    assert form.closing is not None
    assert form.closing.title.text() == "Willow Lane is closed"
    form.closing.reason.set_text("Move")
    click(form.closing.primary, qtbot)
    form.look_ahead()
    assert form.preview.dates.lines[1].flag == "Move"
    assert len(nobody.house.blocked.closed(clinic.id)) == 1
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.clinic == clinic.id
    assert len(nobody.house.people.contacts()) == 1
    assert nobody.dates(plan.id)[1] == date(2026, 12, 8)


def test_another_clinic_is_not_a_new_name_for_the_one_before(home, show, qtbot):
    tab = show(home)
    tab.desk.new_plan()
    form = tab.desk.sheet
    fill(form)
    form.medicine.set_text("Tysabri")
    form.clinic.name.set_text("Willow Lane")
    form.clinic.name.set_text("Oak Street")
    tick(form, qtbot)
    save(form, qtbot)
    names = {one.name for one in home.house.people.contacts()}
    assert names == {"Willow Lane", "Oak Street"}


def test_a_second_plan_for_the_medicine_is_asked_about(home, show, qtbot):
    tab = show(home)
    tab.desk.new_plan()
    form = tab.desk.sheet
    fill(form)
    form.medicine.set_text("Remicade")
    form.look_ahead()
    tick(form, qtbot)
    save(form, qtbot)
    assert form.isVisible()
    assert form.another.isVisible()
    assert form.another.question.text() == (
        "Rosa already has a plan for infliximab since 17 March 2026. Is this another one?"
    )
    click(form.another.no, qtbot)
    assert form.another.isHidden()
    assert form.medicine.text() == "Remicade"
    assert len(home.house.plans.all()) == 1
    save(form, qtbot)
    click(form.another.yes, qtbot)
    assert not form.isVisible()
    assert len(home.house.plans.all()) == 2


def test_closed_days_that_are_over_are_not_told(home, show):
    home.house.blocked.save(
        BlockedDays(id="", clinic="clinic", first=date(2026, 1, 6), last=date(2026, 1, 6))
    )
    tab = show(home)
    tab.desk.open_plan("plan")
    assert "Closed" not in tab.desk.sheet.clinic.more.sentence.text()
