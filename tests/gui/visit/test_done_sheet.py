"""It happened: the day, what another day means, and what the nurse wrote down."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from caregiver_app.gui.visit.done_sheet import DoneSheet
from tests.gui.visit.visits import click, home_plan, opened, over, record, seen, settle


@pytest.fixture
def evening(home):
    """The evening after the second infusion was planned."""
    home.clock.at("2026-04-03T18:00")
    return home


def asking(desk, visit: str = "plan~2", kind: str = "done") -> DoneSheet:
    form = over(opened(desk, visit, kind))
    assert isinstance(form, DoneSheet)
    return form


def test_the_planned_day_stands_there_to_be_confirmed(evening, desk):
    form = asking(desk)
    assert form.day.value() == date(2026, 3, 31)
    assert form.primary.isEnabled()
    assert not form.later.isVisible()
    assert not form.agreed.isVisible()
    assert not form.record_fields.isVisible(), "what the nurse wrote is folded"
    click(form.primary)
    assert evening.visit("plan~2").status == "done"
    assert evening.house.records.of("plan~2") is None
    assert desk.sheet.status.chip.text() == "Done"


def test_what_the_nurse_wrote_is_kept_in_the_same_step(evening, desk):
    form = asking(desk)
    click(form.fold.head)
    form.record_fields.fields["lot"].set_text(" IFX-77 ")
    form.record_fields.fields["reaction"].set_text("none\nthat we saw")
    click(form.primary)
    kept = evening.house.records.of("plan~2")
    assert (kept.lot, kept.reaction) == ("IFX-77", "none\nthat we saw")
    evening.house.care.undo()
    assert evening.house.records.of("plan~2") is None
    assert evening.visit("plan~2").status == "planned"


def test_another_day_goes_through_the_three_choices_and_the_tick(evening, desk):
    before = evening.dates("plan")
    form = asking(desk)
    form.day.set_text("2 Apr 2026")
    settle()
    assert form.later.isVisible()
    assert form.later.choice is None
    assert not form.primary.isEnabled()
    assert form.note.text() == "Choose what happens to the later visits."
    click(form.later.cards[1])
    assert form.later.dates.lines[0].sentence() == "Visit 2: from Tue 31 Mar to Thu 2 Apr"
    assert form.primary.words == "Mark it done · Move 14 visits"
    assert not form.primary.isEnabled()
    click(form.agreed)
    click(form.primary)
    assert evening.visit("plan~2").status == "done"
    assert evening.dates("plan")[1:3] == [date(2026, 4, 2), date(2026, 4, 30)]
    evening.house.care.undo()
    assert evening.dates("plan") == before
    assert evening.visit("plan~2").status == "planned"


def test_only_this_visit_leaves_the_others(evening, desk):
    before = evening.dates("plan")
    form = asking(desk)
    form.day.set_text("1 Apr 2026")
    click(form.later.cards[0])
    click(form.agreed)
    click(form.primary)
    assert evening.dates("plan") == [before[0], date(2026, 4, 1), *before[2:]]


def test_going_back_to_the_planned_day_takes_the_question_away(evening, desk):
    form = asking(desk)
    form.day.set_text("2 Apr 2026")
    form.day.set_text("31 Mar 2026")
    settle()
    assert not form.later.isVisible()
    assert form.primary.isEnabled()
    assert form.primary.words == "Mark it done"


def test_a_day_to_come_or_none_is_refused(evening, desk):
    form = asking(desk)
    form.day.set_text("9 Apr 2026")
    assert form.note.text() == "This day is still to come."
    assert not form.primary.isEnabled()
    form.day.set_text("30 Feb 2026")
    assert form.note.text() == "Give the day on which it was."
    assert not form.primary.isEnabled()


def test_a_day_without_its_year_is_one_that_was(evening, desk):
    form = asking(desk)
    form.day.set_text("2.4.")
    assert form.day.value() == date(2026, 4, 2)
    form.day.set_text("4.4.")
    assert form.day.value() == date(2025, 4, 4)


def test_yes_on_another_day_begins_with_an_empty_day(evening, desk):
    sheet = opened(desk)
    click(sheet.status.other)
    form = over(sheet)
    assert form.day.value() is None
    assert not form.primary.isEnabled()


def test_a_word_too_long_is_said_at_its_field_and_nothing_is_marked(evening, desk):
    form = asking(desk)
    click(form.fold.head)
    form.record_fields.fields["lot"].set_text("x" * 5000)
    click(form.primary)
    assert form.isVisible()
    assert form.record_fields.fields["lot"].error()
    assert form.record_fields.fields["lot"].text() == "x" * 5000
    assert evening.visit("plan~2").status == "planned"


def test_an_injection_is_asked_for_its_place_and_not_for_an_arm(home, desk):
    home_plan(home)
    record(home, "pen~1", site="left thigh")
    form = asking(desk, "pen~2")
    click(form.fold.head)
    fields = form.record_fields.fields
    assert fields["site"].label.text() == "Place on the body"
    assert "watched" not in fields
    assert "Last time: left thigh" in seen(fields["site"])
    fields["site"].set_text("right thigh")
    click(form.primary)
    assert home.house.records.of("pen~2").site == "right thigh"


def test_the_keyboard_alone_marks_it_done(evening, desk, qtbot):
    form = asking(desk)
    assert form.focusWidget() is form.day.control
    qtbot.keyClick(form.day.control, Qt.Key.Key_Return)
    settle()
    assert evening.visit("plan~2").status == "done"
