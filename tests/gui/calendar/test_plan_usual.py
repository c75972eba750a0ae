"""The medicine of a plan: found by any name, told what is usual, filled in only on a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.entities import Phase
from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from caregiver_app.gui.widgets.text import Text
from tests.gui.calendar.plan_hand import click, fill, save, tick


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


def seen(form: PlanDialog) -> str:
    return "\n".join(one.text() for one in form.usual.findChildren(Text) if one.isVisible())


def first_day(form: PlanDialog, day: str = "24 Nov 2026") -> None:
    form.schedule.day.set_text(day)
    form.schedule.time.set_text("9:30")
    form.look_ahead()


def notes(form: PlanDialog, count: int) -> list[str]:
    return [line.note for line in form.preview.dates.lines[:count]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("remic", "Remicade"),
        ("ocre", "Ocrevus"),
        ("inflix", "infliximab"),
        ("multiple sclerosis", "natalizumab"),
        ("crohn", "vedolizumab"),
        ("simponi", "Simponi Aria"),
    ],
)
def test_a_medicine_is_found_by_any_name_and_by_its_illness(form, qtbot, typed, name):
    form.medicine.line.setFocus()
    qtbot.waitUntil(form.medicine.line.hasFocus)
    qtbot.keyClicks(form.medicine.line, typed)
    assert name in form.medicine.offers.names()
    popup = form.medicine.line.completer().popup()
    assert popup.isVisible()
    row = form.medicine.offers.names().index(name)
    popup.setCurrentIndex(popup.model().index(row, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert form.medicine.text() == name
    assert form.usual.isVisible()


def test_what_is_not_on_the_list_is_welcome_and_saved(nobody, form, qtbot):
    fill(form)
    form.medicine.set_text("")
    qtbot.keyClicks(form.medicine.line, "Zukunftimab")
    assert form.usual.isHidden()
    assert "that is fine" in form.medicine.control.accessibleDescription()
    assert form.medicine.error() is None
    tick(form, qtbot)
    save(form, qtbot)
    assert [plan.medicine for plan in nobody.house.plans.all()] == ["Zukunftimab"]


def test_of_several_rhythms_none_is_chosen_and_one_fills_in_on_a_click(form, qtbot):
    form.medicine.set_text("Remicade")
    assert [card.isChecked() for card in form.usual.choices] == [False, False]
    assert not form.usual.button.isVisible(), "which one is for the family to say"
    (card,) = [one for one in form.usual.choices if "ankylosing" in one.accessibleDescription()]
    click(card, qtbot)
    assert "Usual: weeks 0, 2 and 6, then every 6 weeks" in seen(form)
    assert "not reviewed by a clinician" in seen(form)
    assert "From: " in seen(form)
    assert "The clinic’s plan always wins" in seen(form)
    assert form.schedule.every.text() == "", "shown, not filled in"
    click(form.usual.button, qtbot)
    assert form.schedule.offsets.value() == (0, 2, 6)
    assert form.schedule.every.value() == 6
    assert not card.isVisible()
    click(form.usual.others, qtbot)
    assert card.isVisible()
    form.medicine.set_text("something else")
    assert form.usual.isHidden()


def test_where_one_name_is_several_products_that_stands_in_sight(form):
    form.medicine.set_text("Simponi Aria")
    assert "Simponi without" in seen(form)


def test_what_may_not_be_filled_in_says_why_and_fills_nothing(form, qtbot):
    form.medicine.set_text("IVIG")
    for card in form.usual.choices:
        click(card, qtbot)
        assert not form.usual.button.isVisible()
        assert "nothing is filled in" in seen(form)
    assert form.schedule.every.text() == ""
    assert form.schedule.offsets.value() == (0,)


def test_the_six_months_are_counted_from_the_first(nobody, form, qtbot):
    form.medicine.set_text("Ocrevus")
    click(form.usual.button, qtbot)
    assert form.schedule.then.isVisible()
    first_day(form)
    assert notes(form, 4) == ["start, week 0", "start, week 2", "week 24", "week 48"]
    assert (form.schedule.length.value(), form.schedule.first_length.value()) == (210, 150)
    form.name.set_text("Rosa")
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert (plan.offsets, plan.every, plan.then) == ((0, 2), 24, 24)
    assert (plan.minutes, plan.minutes_first) == (210, 150)
    assert nobody.visit(f"{plan.id}~1").minutes == 150
    assert nobody.visit(f"{plan.id}~2").minutes == 210


def test_a_second_course_comes_as_a_part(nobody, form, qtbot):
    form.medicine.set_text("Lemtrada")
    click(form.usual.button, qtbot)
    first_day(form, "23 Jun 2026")
    (part,) = form.schedule.parts.parts
    assert part.sentence.text() == (
        "From 12 months after the start of the part before: days 0, 1 and 2."
    )
    lines = form.preview.dates.lines
    assert [line.date for line in lines[-3:]] == [
        "Wed 23 Jun 2027", "Thu 24 Jun 2027", "Fri 25 Jun 2027",
    ]  # fmt: skip
    assert [line.heading for line in lines if line.heading] == ["Part 1", "Part 2"]
    form.name.set_text("Rosa")
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.phases == (Phase(begins=12, begins_unit="month", offsets=(0, 1, 2), unit="day"),)
    assert plan.watch_days == 30
    assert len(nobody.dates(plan.id)) == 8


def test_what_was_typed_by_hand_is_replaced_only_after_a_question(form, qtbot):
    form.schedule.every.set_text("5")
    form.medicine.set_text("Tysabri")
    click(form.usual.button, qtbot)
    assert form.schedule.every.value() == 5
    assert "“Then every”" in form.usual.asks.question.text()
    click(form.usual.asks.no, qtbot)
    assert form.usual.asks.isHidden()
    assert form.schedule.every.value() == 5
    click(form.usual.button, qtbot)
    click(form.usual.asks.yes, qtbot)
    assert form.schedule.every.value() == 4
    click(form.usual.button, qtbot)
    assert form.usual.asks.isHidden(), "what the program wrote it may write again"


def test_a_length_and_days_that_were_typed_stay(form, qtbot):
    form.schedule.length.set_value(75)
    form.watch.set_text("21")
    form.medicine.set_text("Tysabri")
    click(form.usual.button, qtbot)
    assert form.schedule.length.value() == 75
    assert form.watch.value() == 21
    assert form.schedule.every.value() == 4


def test_what_else_is_known_lies_over_the_form_which_stays(form, qtbot):
    form.medicine.set_text("Tysabri")
    form.schedule.every.set_text("4")
    click(form.usual.more, qtbot)
    assert form.about is not None
    assert form.about.isVisible()
    form.about.done(0)
    assert form.isVisible()
    assert form.schedule.every.text() == "4"
