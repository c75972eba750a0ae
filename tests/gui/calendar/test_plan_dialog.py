"""The form of a therapy plan, from the empty window to two years of visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from caregiver_app.domain.entities import BlockedDays, Contact, Person
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.calendar.plan.plan_dialog import PlanDialog
from tests.gui.calendar.plan_hand import click, fill, save, tick


@pytest.fixture
def form(nobody, show) -> PlanDialog:
    tab = show(nobody)
    tab.desk.new_plan()
    assert isinstance(tab.desk.sheet, PlanDialog)
    return tab.desk.sheet


def test_nothing_is_filled_in_by_itself(form):
    assert form.schedule.day.value() is None
    assert form.schedule.time.value() is None
    assert form.schedule.every.text() == ""
    assert form.schedule.offsets.value() == (0,)
    assert form.schedule.zone.value() == "America/New_York"
    assert form.usual.isHidden()


def test_the_preview_numbers_the_dates_of_two_years(form, qtbot):
    fill(form)
    lines = form.preview.dates.lines
    assert [line.date for line in lines[:4]] == [
        "Tue 24 Nov", "Tue 8 Dec", "Tue 5 Jan 2027", "Tue 2 Mar 2027",
    ]  # fmt: skip
    assert lines[1].note == "start, week 2"
    assert lines[3].note == "week 14"
    assert len(form.preview.dates.shown) == 8
    qtbot.mouseClick(form.preview.all, Qt.MouseButton.LeftButton)
    assert len(form.preview.dates.shown) == len(lines)


@pytest.mark.parametrize("typed", ["", "  ", "x" * 300, "infliximab\u0007"])
def test_the_dates_are_there_while_the_name_is_not_yet_right(form, typed, monkeypatch):
    asked: list[str] = []
    preview = form.house.plans.preview
    monkeypatch.setattr(
        form.house.plans, "preview", lambda plan: (asked.append(plan.medicine), preview(plan))[1]
    )
    fill(form)
    form.medicine.set_text(typed)
    form.look_ahead()
    assert form.preview.dates.lines[0].date == "Tue 24 Nov"
    assert asked[-1] in ("-", "x" * 200, "infliximab")
    assert (asked[-1] == "-") == (not typed.strip())


def test_saving_waits_for_the_tick_and_says_so(form, qtbot):
    fill(form)
    assert not form.primary.isEnabled()
    assert "compared it with the clinic" in form.note.text()
    tick(form, qtbot)
    assert form.primary.isEnabled()
    tick(form, qtbot)
    assert not form.primary.isEnabled()


def test_saved_it_is_whole_found_after_a_restart_and_one_undo_takes_it_back(nobody, form, qtbot):
    fill(form)
    form.clinic.name.set_text("Willow Lane")
    form.clinic.address.set_text("12 Willow Lane\nHillside")
    form.clinic.phone.set_text("01632 960142")
    form.clinic.after_hours.set_text("01632 960199")
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.first == Zoned(datetime(2026, 11, 24, 9, 30), "America/New_York")
    assert (plan.offsets, plan.every, plan.minutes) == ((0, 2, 6), 8, 150)
    assert [one.name for one in nobody.house.people.people()] == ["Rosa"]
    (clinic,) = nobody.house.people.contacts()
    assert (clinic.id, clinic.role, clinic.phone) == (plan.clinic, "clinic", "01632 960142")
    count = len(nobody.dates(plan.id))
    nobody.restart()
    assert len(nobody.dates(plan.id)) == count == 10


def test_one_undo_takes_person_clinic_and_plan_back(nobody, form, qtbot):
    fill(form)
    form.clinic.name.set_text("Willow Lane")
    tick(form, qtbot)
    save(form, qtbot)
    nobody.house.care.undo()
    assert nobody.house.plans.all() == []
    assert nobody.house.people.people() == []
    assert nobody.house.people.contacts() == []


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("every", "0", "whole number from 1 on"),
        ("every", "-2", "whole number from 1 on"),
        ("every", "often", "whole number from 1 on"),
        ("day", "30 Feb 2026", "no such date"),
        ("day", "", "first visit’s date"),
        ("time", "", "first visit’s hour"),
        ("time", "25:00", "no such time"),
        ("zone", "Mars/Base", "no time zone called"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_the_form_keeps_its_text(
    nobody, form, qtbot, field, text, said
):
    fill(form)
    named = getattr(form.schedule, field)
    named.set_text(text)
    tick(form, qtbot)
    save(form, qtbot)
    assert form.isVisible()
    assert said.lower() in (named.error() or "").lower()
    assert named.text() == text
    assert form.medicine.text() == "infliximab"
    assert nobody.house.plans.all() == []


def test_a_first_visit_in_the_hour_that_clocks_skip_is_refused(nobody, form, qtbot):
    fill(form, day="8 March 2026")
    form.schedule.time.set_text("2:30")
    tick(form, qtbot)
    save(form, qtbot)
    assert "does not exist" in form.schedule.day.error()
    assert nobody.house.plans.all() == []


@pytest.mark.parametrize("bad", ["", "x" * 10_000, "inflix\u0007imab"])
def test_a_medicine_that_cannot_be_taken(nobody, form, qtbot, bad):
    fill(form)
    form.medicine.set_text(bad)
    tick(form, qtbot)
    save(form, qtbot)
    assert form.medicine.error()
    assert form.medicine.text() == bad
    assert nobody.house.plans.all() == []


def test_a_name_is_asked_for(nobody, form, qtbot):
    fill(form)
    form.name.set_text("")
    tick(form, qtbot)
    save(form, qtbot)
    assert form.name.error() == "Write a name. A first name is enough."


def test_a_phone_without_a_clinic_says_so_and_keeps_nothing(nobody, form, qtbot):
    fill(form)
    form.clinic.phone.set_text("123")
    tick(form, qtbot)
    save(form, qtbot)
    assert form.clinic.name.error()
    assert nobody.house.plans.all() == []
    assert nobody.house.people.people() == []


@pytest.mark.parametrize(("answer", "status"), [("yes", "done"), ("no", "planned")])
def test_past_dates_are_asked_about_once(nobody, form, qtbot, answer, status):
    fill(form, day="3 March 2026")
    assert form.preview.past.isVisible()
    assert form.preview.past.choice.value() is None
    tick(form, qtbot)
    save(form, qtbot)
    assert form.isVisible()
    assert nobody.house.plans.all() == []
    form.preview.past.choice.set_value(answer)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert nobody.visit(f"{plan.id}~1").status == status
    assert nobody.visit(f"{plan.id}~3").status == "planned"


def test_nothing_follows_when_the_gap_is_left_empty(nobody, form, qtbot):
    fill(form, every="")
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = nobody.house.plans.all()
    assert plan.every is None
    assert len(nobody.dates(plan.id)) == 3


def test_starting_visits_are_added_and_taken_away(form, qtbot):
    qtbot.mouseClick(form.schedule.offsets.add, Qt.MouseButton.LeftButton)
    second = form.schedule.offsets.inputs()[1]
    qtbot.keyClicks(second, "4")
    assert form.schedule.offsets.value() == (0, 4)
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert form.schedule.offsets.value() == (0, 5)
    second.removed.emit(second)
    assert form.schedule.offsets.value() == (0,)
    form.schedule.offsets.set_text("0, x")
    assert form.schedule.offsets.value() is None
    assert not form.schedule.complain()
    assert form.schedule.offsets.error()


def test_a_known_clinic_fills_the_empty_fields_and_is_not_doubled(nobody, show, qtbot):
    nobody.house.people.save_person(Person(id="rosa", name="Rosa"))
    nobody.house.people.save_contact(
        Contact(id="c", person="rosa", name="Willow Lane", role="clinic", phone="1")
    )
    tab = show(nobody)
    tab.desk.new_plan()
    form = tab.desk.sheet
    assert form.name is None, "the one person is known already"
    fill(form)
    form.clinic.name.set_text("willow lane")
    assert form.clinic.phone.value() == "1"
    form.clinic.phone.set_text("2")
    tick(form, qtbot)
    save(form, qtbot)
    (contact,) = nobody.house.people.contacts()
    assert (contact.id, contact.phone) == ("c", "2")


def test_with_several_people_the_plan_asks_for_whom(home, show, qtbot):
    home.house.people.save_person(Person(id="mei", name="王梅"))
    tab = show(home)
    tab.desk.new_plan()
    form = tab.desk.sheet
    fill(form)
    tick(form, qtbot)
    save(form, qtbot)
    assert form.whom.error()
    form.whom.set_value("mei")
    save(form, qtbot)
    assert [plan.person for plan in home.house.plans.all("mei")] == ["mei"]


def test_the_clinic_of_somebody_else_comes_with_all_that_is_known_of_it(home, show, qtbot):
    people, blocked = home.house.people, home.house.blocked
    people.save_person(Person(id="karl", name="Karl"))
    closed = BlockedDays(id="", clinic="clinic", first=date(2026, 12, 8), reason="Holiday")
    blocked.save(replace(closed, last=date(2026, 12, 8)))
    hers = people.contact("clinic")
    tab = show(home)
    tab.desk.new_plan()
    form = tab.desk.sheet
    form.whom.set_value("karl")
    fill(form)
    form.clinic.name.set_text("Willow Lane")
    assert form.clinic.phone.value() == "01632 960142"
    assert "8 December" in form.clinic.more.sentence.text()
    form.look_ahead()
    assert form.preview.dates.lines[1].flag == "Holiday"
    form.clinic.after_hours.set_text("01632 960555")
    tick(form, qtbot)
    save(form, qtbot)
    (plan,) = home.house.plans.all("karl")
    (his,) = people.contacts("karl")
    assert plan.clinic == his.id != "clinic"
    assert (his.phone, his.phone_after_hours) == ("01632 960142", "01632 960555")
    assert [one.first for one in blocked.closed(his.id)] == [date(2026, 12, 8)]
    assert people.contact("clinic") == hers, "theirs stays as it is"
    home.house.care.undo()
    assert people.contacts("karl") == []
    assert len(blocked.closed()) == 1


def test_days_written_for_somebody_elses_clinic_are_this_persons(home, show, qtbot):
    people, blocked = home.house.people, home.house.blocked
    people.save_person(Person(id="karl", name="Karl"))
    day = date(2026, 12, 8)
    blocked.save(BlockedDays(id="hers", clinic="clinic", first=day, last=day, reason="Holiday"))
    tab = show(home)
    tab.desk.new_plan()
    form = tab.desk.sheet
    form.whom.set_value("karl")
    form.clinic.name.set_text("Willow Lane")
    click(form.clinic.more.button, qtbot)
    click(form.clinic.closed_days[0], qtbot)
    form.closing.reason.set_text("Move")
    click(form.closing.primary, qtbot)
    (his,) = people.contacts("karl")
    assert [one.reason for one in blocked.closed(his.id)] == ["Move"]
    assert [one.reason for one in blocked.closed("clinic")] == ["Holiday"]


def test_another_clinic_brings_its_own_numbers(home, show):
    home.house.people.save_contact(
        Contact(id="oak", person="rosa", name="Oak Street", role="clinic", phone="7")
    )
    tab = show(home)
    tab.desk.new_plan()
    form = tab.desk.sheet
    form.clinic.name.set_text("Willow Lane")
    form.clinic.name.set_text("Oak Street")
    assert (form.clinic.phone.value(), form.clinic.address.value()) == ("7", "")


def test_deleting_a_plan_needs_the_tick(home, show, qtbot):
    tab = show(home)
    tab.desk.open_plan("plan")
    form = tab.desk.sheet
    qtbot.mouseClick(form.delete_button, Qt.MouseButton.LeftButton)
    (asking,) = [w for w in form.children() if type(w).__name__ == "DeletePlanDialog"]
    assert not asking.primary.isEnabled()
    assert "Do not double, skip or rebook" in asking.warning.accessibleName()
    asking.agreed.click()
    asking.primary.click()
    assert home.house.plans.all() == []
    assert home.visit("plan~1").status == "done", "what was done stays"
    home.house.care.undo()
    assert len(home.house.plans.all()) == 1
