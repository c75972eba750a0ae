"""Therapy plans on their cards, and what was tried before: how it gets there and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Medicine, Phase, Plan
from caregiver_app.domain.times import Zoned
from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.plan_words import plans_of, sentences
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.care_plan.tried_sheet import TriedSheet
from caregiver_app.gui.part_words import without_words
from tests.gui.care_plan.care_family import LONG, click, rows, save, sheet_of
from tests.gui.tabs_family import ZONE, Family, button, visible_text

PLAN = Plan(
    id="p",
    uid="p",
    person="rosa",
    medicine="m",
    first=Zoned(datetime(2026, 3, 17, 9, 30), ZONE),
    offsets=(0, 2, 6),
    every=8,
)

AT_HOME = "Injections at home, from 10 weeks after the start of the part before: every 4 weeks"


def undo_words(family: Family) -> str:
    label = family.house.care.store.undo_label()
    assert label is not None
    return change_words(*label, family.house.care.today)


# ---- the words of a plan -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, ["Weeks 0, 2 and 6, then every 8 weeks"]),
        ({"offsets": (0,), "every": 1, "unit": "month", "last": date(2027, 3, 1)},
         ["Every month, until 1 March 2027"]),
        ({"every": None, "phases": (Phase(begins=10, begins_unit="week", offsets=(0,), unit="week",
                                          every=4, at_home=True),)},
         ["Weeks 0, 2 and 6", AT_HOME]),
    ],
)  # fmt: skip
def test_each_part_of_a_plan_is_a_sentence(fields: dict, wanted: list[str]):
    assert sentences(replace(PLAN, **fields)) == wanted


def test_what_a_plan_does_without_is_named():
    assert without_words(()) == ""
    assert without_words(("ride", "meal")) == "Light meal · Ride"
    assert without_words(("c2", "bag")) == "Bag · 2-hour check-in"
    assert without_words(("c2", "c24", "c72", "c7", "c14", "ride")) == "Ride · All check-ins"


def test_a_plan_that_has_ended_says_so_and_stands_last(family: Family):
    house = family.house
    over = replace(
        PLAN, id="a", uid="a", medicine="iron", offsets=(0,), every=None,
        first=Zoned(datetime(2026, 3, 2, 9, 0), ZONE),
    )  # fmt: skip
    house.plans.save(over, past_happened=True)
    shown = plans_of(house, "rosa")
    assert [(one.medicine, one.over) for one in shown] == [("infliximab", False), ("iron", True)]
    assert shown[1].next_words() == "This plan has ended"


def test_an_injection_at_home_is_the_next_visit_too(family: Family):
    at_home = replace(
        PLAN, id="h", uid="h", medicine="abatacept", offsets=(0,), every=1, at_home=True,
        first=Zoned(datetime(2026, 3, 23, 18, 0), ZONE),
    )  # fmt: skip
    family.house.plans.save(at_home)
    (shown,) = (one for one in plans_of(family.house, "rosa") if one.id == "h")
    assert (shown.next, shown.how) == ("23 March", "injection at home")
    assert shown.spoken().startswith("Therapy plan: abatacept, injection at home. Every week")


# ---- the cards ---------------------------------------------------------------------------------
def test_the_card_says_what_the_plan_does_without(tab: CarePlanTab, family: Family) -> None:
    plan = family.house.plans.get("p1")
    assert plan is not None
    family.house.plans.save(replace(plan, off=("ride", "meal")))
    text = visible_text(tab.medicines)
    assert "Without: Light meal · Ride" in text
    (card,) = tab.medicines.plans.cards.values()
    assert card.accessibleName().endswith("Without: Light meal · Ride")


def test_the_doors_of_a_plan(qtbot: QtBot, tab: CarePlanTab) -> None:
    (card,) = tab.medicines.plans.cards.values()
    asked: list[tuple[str, str, str]] = []
    tab.asked.connect(lambda *where: asked.append(where))
    click(qtbot, tab, "Infusion records: infliximab")
    actions = {one.text(): one for one in card.menu.actions()}
    actions["About this medicine"].trigger()
    assert asked == [("visit", "records", "rosa"), ("medicine", "medicine", "infliximab")]
    click(qtbot, tab, "Change the plan: infliximab")
    assert isinstance(tab.desk.sheet, EditPlanDialog)
    tab.desk.sheet.done(0)
    actions["Stop…"].trigger()
    dialog = tab.desk.sheet
    assert isinstance(dialog, EditPlanDialog)
    assert dialog.ending.is_open
    assert dialog.until.last.isAncestorOf(dialog.focusWidget())
    dialog.done(0)
    for one in card.stops():
        assert one.height() >= 44
        assert "infliximab" in one.accessibleName()


def test_a_card_stays_the_same_widget_when_something_changes(
    tab: CarePlanTab, family: Family
) -> None:
    (before,) = tab.medicines.plans.cards.values()
    before.records.setFocus()
    family.house.people.save_medicine(Medicine(id="", person="rosa", name="Eye drops"))
    assert tab.focusWidget() is before.records
    family.house.plans.remove("p1", agreed=True)
    assert tab.medicines.plans.cards == {}
    assert tab.medicines.plans.isHidden()


# ---- medicines with their purpose --------------------------------------------------------------
def test_a_medicine_says_what_it_is_for(tab: CarePlanTab, family: Family) -> None:
    people = family.house.people
    people.save_medicine(
        Medicine(id="mtx", person="rosa", name="Methotrexate", what_for="the joints")
    )
    people.save_medicine(Medicine(id="new", person="rosa", name="Drops", what_for="dry eyes"))
    assert rows(tab.medicines.list) == [
        "Methotrexate, 18:00 · the joints, Only on Fridays",
        "Folic acid, after breakfast",
        "Drops, dry eyes",
    ]


def test_the_menu_of_a_medicine_leads_to_its_page(qtbot: QtBot, tab: CarePlanTab) -> None:
    tab.medicines.list.setCurrentIndex(tab.medicines.list.model().index(1, 0))
    actions = {one.text(): one for one in tab.medicines.list.actions()}
    with qtbot.waitSignal(tab.asked) as asked:
        actions["About this medicine"].trigger()
    assert asked.args == ["medicine", "medicine", "Folic acid"]


# ---- tried before ------------------------------------------------------------------------------
def ended_form(qtbot: QtBot, tab: CarePlanTab) -> TriedSheet:
    tab.open_item("medicine", "mtx")
    click(qtbot, sheet_of(MedicineSheet), "It ended…")
    sheet = sheet_of(TriedSheet)
    assert isinstance(sheet, TriedSheet)
    return sheet


def test_a_medicine_that_ended_leaves_the_list_with_its_reason(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    sheet = ended_form(qtbot, tab)
    sheet.began.set_text("spring 2021")
    sheet.ended.set_text("last week")
    click(qtbot, sheet, "Write: It helped at first, then it stopped helping")
    qtbot.keyClicks(sheet.why.control, " It took four years.")
    save(qtbot, sheet)
    assert "Methotrexate" not in str(rows(tab.medicines.list))
    (kept,) = family.house.people.past_medicines("rosa")
    assert (kept.began, kept.ended) == ("spring 2021", "last week")
    assert kept.why_ended == ("It helped at first, then it stopped helping It took four years."), (
        "free words stand beside the suggestion"
    )
    assert undo_words(family) == "Methotrexate ended and put among the medicines of before"
    coming = family.house.agenda.between(date(2026, 3, 21), date(2026, 4, 30), "rosa")
    assert not [one for one in coming if one.appointment.type == "medication"]
    assert tab.medicines.tried.head.summary == "Methotrexate"
    click(qtbot, tab, "Tried before")
    (row,) = rows(tab.medicines.tried_list)
    assert row.startswith("Methotrexate, Spring 2021 to last week. It helped at first")
    family.house.care.undo()
    assert family.house.people.past_medicines("rosa") == []
    assert "Methotrexate, 18:00" in str(rows(tab.medicines.list))
    assert tab.medicines.tried.isHidden(), "an empty heading would only be in the way"


def test_what_was_typed_in_the_medicine_is_asked_about_first(
    qtbot: QtBot, tab: CarePlanTab
) -> None:
    tab.open_item("medicine", "mtx")
    sheet = sheet_of(MedicineSheet)
    assert isinstance(sheet, MedicineSheet)
    sheet.directions.set_text("with supper")
    click(qtbot, sheet, "It ended…")
    assert sheet.isVisible()
    assert sheet.asks()
    sheet.done(0)


def test_any_medicine_can_be_looked_up_from_the_card(tab: CarePlanTab) -> None:
    asked: list[tuple[str, str, str]] = []
    tab.asked.connect(lambda *told: asked.append(told))
    actions = {one.text(): one for one in tab.medicines.add_button.menu().actions()}
    actions["Look up a medicine…"].trigger()
    assert asked == [("medicine", "medicine", "")]


def test_a_kept_medicine_leads_to_what_is_known_of_it(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    asked: list[tuple[str, str, str]] = []
    tab.asked.connect(lambda *told: asked.append(told))
    tab.open_item("medicine", "mtx")
    sheet = sheet_of(MedicineSheet)
    for door in (sheet.look, sheet.about, sheet.end):
        assert door.visibleRegion().boundingRect() == door.rect(), "seen without scrolling"
    click(qtbot, sheet, "About this medicine")
    assert asked == [("medicine", "medicine", "Methotrexate")]
    family.house.people.save_medicine(Medicine(id="tea", person="rosa", name="Fennel tea"))
    tab.open_item("medicine", "tea")
    assert not sheet_of(MedicineSheet).about.isVisible(), "nothing is known of it"


def test_something_tried_long_ago_is_typed_anew_changed_and_deleted(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    actions = {one.text(): one for one in tab.medicines.add_button.menu().actions()}
    actions["Something tried before…"].trigger()
    sheet = sheet_of(TriedSheet)
    assert isinstance(sheet, TriedSheet)
    save(qtbot, sheet)
    assert sheet.name.error(), "a name is needed"
    sheet.name.set_text("Sulfasalazine")
    click(qtbot, sheet, "Write: A reaction")
    click(qtbot, sheet, "Write: The insurer asked for another one")
    assert sheet.why.text() == "A reaction\nThe insurer asked for another one"
    save(qtbot, sheet)
    (kept,) = family.house.people.past_medicines("rosa")
    assert (kept.past, kept.name, kept.ended) == (True, "Sulfasalazine", "")
    tab.open_item("medicine", kept.id)
    form = sheet_of(TriedSheet)
    assert isinstance(form, TriedSheet)
    form.ended.set_text("2016")
    save(qtbot, form)
    tab.medicines.open_tried(kept.id)
    said = "Sulfasalazine, Until 2016. A reaction. The insurer asked for another one"
    assert rows(tab.medicines.tried_list) == [said], "two reasons do not run into each other"
    qtbot.keyClick(tab.medicines.tried_list, Qt.Key.Key_Delete)
    assert undo_words(family) == "Sulfasalazine deleted"
    assert family.house.people.past_medicines("rosa") == []


def test_why_a_plans_medicine_ended_begins_with_what_is_known(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    (card,) = tab.medicines.plans.cards.values()
    why = {one.text(): one for one in card.menu.actions()}["It ended: write down why…"]
    assert not why.isVisible(), "a plan that runs is stopped first"
    plan = family.house.plans.get("p1")
    assert plan is not None
    family.house.plans.save(replace(plan, last=date(2026, 3, 18)), agreed=True)
    assert why.isVisible()
    why.trigger()
    sheet = sheet_of(TriedSheet)
    assert isinstance(sheet, TriedSheet)
    assert (sheet.name.text(), sheet.began.text()) == ("infliximab", "17 March 2026")
    assert sheet.ended.text() == "18 March 2026"
    save(qtbot, sheet)
    assert [one.name for one in family.house.people.past_medicines("rosa")] == ["infliximab"]


def test_stopping_a_plan_leads_on_to_why_it_ended(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    (card,) = tab.medicines.plans.cards.values()
    {one.text(): one for one in card.menu.actions()}["Stop…"].trigger()
    stopping = tab.desk.sheet
    assert isinstance(stopping, EditPlanDialog)
    stopping.until.last.set_text("18 Mar 2026")
    qtbot.mouseClick(stopping.why, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(stopping.changes.agreed, Qt.MouseButton.LeftButton)
    save(qtbot, stopping)
    qtbot.waitUntil(lambda: isinstance(tab.sheets.sheet, TriedSheet), timeout=2000)
    sheet = sheet_of(TriedSheet)
    assert isinstance(sheet, TriedSheet)
    assert (sheet.name.text(), sheet.ended.text()) == ("infliximab", "18 March 2026")
    sheet.done(0)


def test_long_reasons_end_in_dots_and_are_told_whole(tab: CarePlanTab, family: Family) -> None:
    family.house.people.save_medicine(
        Medicine(id="x", person="rosa", name=LONG, past=True, why_ended=f"{LONG} " * 30)
    )
    tab.medicines.open_tried("x")
    view = tab.medicines.tried_list
    index = view.model().index(0, 0)
    assert view.itemDelegate().cuts(index, view.viewport().width())  # type: ignore[attr-defined]
    assert rows(view)[0].count(LONG) == 31
    assert button(tab, "Tried before").height() >= 44
