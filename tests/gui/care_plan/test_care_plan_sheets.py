"""Each sheet of the Care plan tab: good and bad input, what is kept, what stays as typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Authorisation, Person
from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.care_plan.insurance_sheets import ApprovalSheet
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.person_sheet import PersonSheet
from caregiver_app.gui.care_plan.sheets import ContactSheet
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.warmth import FAHRENHEIT, remember_scale
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.header_bar import PersonPill
from caregiver_app.gui.widgets.sheet import Sheet
from tests.gui.care_plan.care_family import (
    HOSTILE,
    LONG,
    click,
    opened,
    rows,
    save,
    sheet_of,
)
from tests.gui.tabs_family import Family, button, visible_text


def typed(qtbot: QtBot, field: Field, text: str) -> None:
    """Put other words into a field, key by key."""
    field.control.setFocus()
    qtbot.keyClick(field.control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field.control, Qt.Key.Key_Delete)
    qtbot.keyClicks(field.control, text)


def undo_words(family: Family) -> str:
    label = family.house.care.store.undo_label()
    assert label is not None
    return change_words(*label, family.house.care.today)


def rosa(family: Family) -> Person:
    found = family.house.people.person("rosa")
    assert found is not None
    return found


def person_sheet(qtbot: QtBot, tab: CarePlanTab) -> PersonSheet:
    click(qtbot, tab, "Change what is written here")
    sheet = sheet_of(PersonSheet)
    assert isinstance(sheet, PersonSheet)
    return sheet


def contact_sheet(qtbot: QtBot, tab: CarePlanTab) -> ContactSheet:
    click(qtbot, tab, "Add somebody to reach")
    sheet = sheet_of(ContactSheet)
    assert isinstance(sheet, ContactSheet)
    return sheet


def changed_approval(tab: CarePlanTab) -> ApprovalSheet:
    tab.open_item("authorisation", "march")
    sheet = sheet_of(ApprovalSheet)
    assert isinstance(sheet, ApprovalSheet)
    return sheet


def approval_sheet(qtbot: QtBot, tab: CarePlanTab) -> ApprovalSheet:
    click(qtbot, tab, "Add approval")
    sheet = sheet_of(ApprovalSheet)
    assert isinstance(sheet, ApprovalSheet)
    return sheet


def medicine_sheet(tab: CarePlanTab, medicine: str = "") -> MedicineSheet:
    if medicine:
        tab.open_item("medicine", medicine)
    else:
        tab.medicines.add_button.menu().actions()[1].trigger()
    sheet = sheet_of(MedicineSheet)
    assert isinstance(sheet, MedicineSheet)
    return sheet


# ---- the person --------------------------------------------------------------------------------
def test_everything_of_a_person_is_kept_as_one_change(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    before = rosa(family)
    sheet = person_sheet(qtbot, tab)
    assert sheet.born.text() == "Wed 4 June 1958"
    typed(qtbot, sheet.name, "Rosa Amador")
    typed(qtbot, sheet.born, "5 June 1958")
    typed(qtbot, sheet.conditions, "lupus")
    typed(qtbot, sheet.allergies, "latex")
    typed(qtbot, sheet.fever, "38,5 °C")
    typed(qtbot, sheet.set_by, "Dr Sol, 3 March")
    typed(qtbot, sheet.good_to_know, "left arm")
    typed(qtbot, sheet.address, "14 Orchard Row")
    typed(qtbot, sheet.papers, "blue folder")
    qtbot.mouseClick(sheet.details, Qt.MouseButton.LeftButton)
    save(qtbot, sheet)
    assert not sheet.isVisible()
    kept = rosa(family)
    assert (kept.name, kept.born, kept.conditions) == ("Rosa Amador", date(1958, 6, 5), "lupus")
    assert (kept.allergies, kept.fever_c, kept.fever_set_by) == (
        "latex", 38.5, "Dr Sol, 3 March",
    )  # fmt: skip
    assert (kept.good_to_know, kept.address, kept.papers) == (
        "left arm", "14 Orchard Row", "blue folder",
    )  # fmt: skip
    assert kept.details_in_notices
    assert undo_words(family) == "Rosa Amador saved"
    family.house.care.undo()
    assert rosa(family) == before
    later = family.again()
    assert rosa(later).name == "Rosa Marín"
    later.close()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "", "Write a name."),
        ("born", "21 March 2026", "still to come"),
        ("born", "4 June 1758", "look at the year"),
        ("born", "31/31/1958", "no such date"),
        ("fever_c", "980 °F", "cannot be a body temperature"),
        ("fever_c", "38.55", "at most one decimal"),
        ("fever_c", "warm", "like 38.5 or 101.3"),
        ("fever_c", "-4", "cannot be a body temperature"),
        ("conditions", "x" * 100_001, "100000"),
    ],
)
def test_what_cannot_be_is_said_beside_it_and_stays(
    qtbot: QtBot, tab: CarePlanTab, family: Family, field: str, text: str, said: str
) -> None:
    before = rosa(family)
    sheet = person_sheet(qtbot, tab)
    wrong = sheet.fields_by_name()[field]
    wrong.set_text(text)
    save(qtbot, sheet)
    assert sheet.isVisible()
    assert said in (wrong.error() or "")
    assert wrong.text() == text
    assert sheet.focusWidget() is wrong.control
    assert rosa(family) == before


@pytest.mark.parametrize("typed_limit", ["101.3", "101.3 °F", "101,3 f", "38.5", "38.5°C"])
def test_a_limit_may_be_typed_on_either_scale(
    qtbot: QtBot, tab: CarePlanTab, family: Family, typed_limit: str
) -> None:
    sheet = person_sheet(qtbot, tab)
    typed(qtbot, sheet.fever, typed_limit)
    typed(qtbot, sheet.set_by, "Dr Sol")
    save(qtbot, sheet)
    assert rosa(family).fever_c == 38.5
    remember_scale(family.house, FAHRENHEIT)
    assert person_sheet(qtbot, tab).fever.text() == "101.3 °F"


def test_a_higher_limit_counts_only_with_who_gave_it(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    sheet = person_sheet(qtbot, tab)
    assert "38.0 °C / 100.4 °F" in visible_text(sheet)
    typed(qtbot, sheet.fever, "38.5")
    save(qtbot, sheet)
    assert "who gave it and when" in (sheet.set_by.error() or "")
    typed(qtbot, sheet.fever, "37.8")
    save(qtbot, sheet)
    assert not sheet.isVisible(), "a lower one only brings the call earlier"
    assert family.house.watch.fever_limit("rosa") == 37.8
    sheet = person_sheet(qtbot, tab)
    assert sheet.fever.text() == "37.8 °C"
    typed(qtbot, sheet.fever, "")
    save(qtbot, sheet)
    assert rosa(family).fever_c is None


@pytest.mark.parametrize(("limit", "shown"), [(38.25, "38.25"), (38.123456789, "38.1235")])
def test_a_limit_that_nobody_touched_is_kept_to_its_last_decimal(
    qtbot: QtBot, tab: CarePlanTab, family: Family, limit: float, shown: str
) -> None:
    told = replace(rosa(family), fever_c=limit, fever_set_by="Dr Sol")
    family.house.people.save_person(told)
    sheet = person_sheet(qtbot, tab)
    assert sheet.fever.text() == f"{shown} °C"
    typed(qtbot, sheet.papers, "blue folder")
    save(qtbot, sheet)
    assert not sheet.isVisible()
    assert (rosa(family).papers, rosa(family).fever_c) == ("blue folder", limit)


def test_closing_asks_when_something_was_typed(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    sheet = person_sheet(qtbot, tab)
    typed(qtbot, sheet.conditions, "something")
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible()
    assert "Close without keeping what you typed?" in visible_text(sheet)
    click(qtbot, sheet, "Close without keeping")
    assert not sheet.isVisible()
    assert rosa(family).conditions == "Rheumatoid arthritis"


# ---- medicines ---------------------------------------------------------------------------------
def test_a_medicine_is_added_changed_and_deleted(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    sheet = medicine_sheet(tab)
    save(qtbot, sheet)
    assert sheet.name.error()
    typed(qtbot, sheet.name, "Eye drops")
    typed(qtbot, sheet.directions, "both eyes")
    qtbot.keyClick(sheet.name.control, Qt.Key.Key_Return)
    assert not sheet.isVisible()
    assert rows(tab.medicines.list)[-1] == "Eye drops, both eyes"
    (kept,) = (one for one in family.house.people.medicines() if one.name == "Eye drops")
    assert (kept.person, kept.directions) == ("rosa", "both eyes")
    sheet = medicine_sheet(tab, kept.id)
    typed(qtbot, sheet.directions, "left eye")
    save(qtbot, sheet)
    assert rows(tab.medicines.list)[-1] == "Eye drops, left eye"
    sheet = medicine_sheet(tab, kept.id)
    click(qtbot, sheet, "Delete this medicine")
    assert not sheet.isVisible()
    assert family.house.people.medicine(kept.id) is None
    assert undo_words(family) == "Eye drops deleted"
    family.house.care.undo()
    assert rows(tab.medicines.list)[-1] == "Eye drops, left eye"


def test_a_new_medicine_has_nothing_to_delete(tab: CarePlanTab) -> None:
    sheet = medicine_sheet(tab)
    assert "Delete" not in visible_text(sheet)


# ---- people to reach ---------------------------------------------------------------------------
def test_somebody_is_added_by_keys_alone(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    sheet = contact_sheet(qtbot, tab)
    qtbot.keyClicks(sheet.focusWidget(), HOSTILE)
    save(qtbot, sheet)
    assert "found in a hurry" in (sheet.role.error() or "")
    assert sheet.focusWidget() is sheet.role.control
    qtbot.keyClick(sheet.role.control, Qt.Key.Key_Down)
    assert sheet.role.value() == "clinic"
    for text in ("01632 960142", "01632 960199", "12 Willow Lane", "8 to 17"):
        qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClicks(sheet.focusWidget(), text)
    qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not sheet.isVisible()
    (kept,) = (one for one in family.house.people.contacts() if one.name == HOSTILE)
    assert (kept.role, kept.phone, kept.phone_after_hours) == (
        "clinic", "01632 960142", "01632 960199",
    )  # fmt: skip
    assert (kept.address, kept.note, kept.person) == ("12 Willow Lane", "8 to 17", "rosa")
    assert f"{HOSTILE}, Clinic, 8 to 17, 01632 960142" in rows(tab.reach.list)
    assert f"{HOSTILE}, Clinic, out of hours, 01632 960199" in rows(tab.reach.list)


def test_a_contact_is_changed_and_deleted(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    tab.open_item("contact", "clinic")
    sheet = sheet_of(ContactSheet)
    assert isinstance(sheet, ContactSheet)
    typed(qtbot, sheet.late, "x" * 201)
    save(qtbot, sheet)
    assert "200" in (sheet.late.error() or "")
    typed(qtbot, sheet.late, "")
    save(qtbot, sheet)
    assert "out of hours" not in str(rows(tab.reach.list))
    tab.open_item("contact", "clinic")
    click(qtbot, sheet_of(ContactSheet), "Delete this contact")
    assert family.house.people.contact("clinic") is None
    assert undo_words(family) == "Willow Lane deleted"
    family.house.care.undo()
    assert family.house.people.contact("clinic") is not None


# ---- approvals ---------------------------------------------------------------------------------
def test_an_approval_needs_its_last_day_and_keeps_the_insurer(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    sheet = approval_sheet(qtbot, tab)
    assert (sheet.insurer.text(), sheet.member.text()) == ("Harbour Health", "W-1234-4471")
    assert not sheet.is_changed(), "what is filled in was not typed"
    save(qtbot, sheet)
    assert "Give the last day" in (sheet.last.error() or "")
    typed(qtbot, sheet.first, "1 May 2026")
    typed(qtbot, sheet.last, "30 April 2026")
    typed(qtbot, sheet.visits, "some")
    save(qtbot, sheet)
    assert "whole number" in (sheet.visits.error() or "")
    typed(qtbot, sheet.visits, "2")
    save(qtbot, sheet)
    assert "before the first" in (sheet.last.error() or "")
    # Mended at the other field, the complaint about the last day goes as well.
    typed(qtbot, sheet.first, "1 April 2026")
    typed(qtbot, sheet.number, "A-77")
    typed(qtbot, sheet.words, "renewed by phone")
    save(qtbot, sheet)
    assert not sheet.isVisible()
    kept = family.house.people.authorisations("rosa")[-1]
    assert (kept.first, kept.last, kept.visits) == (date(2026, 4, 1), date(2026, 4, 30), 2)
    assert (kept.number, kept.note, kept.insurer) == ("A-77", "renewed by phone", "Harbour Health")
    assert undo_words(family) == "Approval to Thu 30 Apr saved"
    text = visible_text(tab.insurance)
    assert "Approved 1 March to 31 March, 2 visits, then 1 April to 30 April, 2 visits." in text
    assert "Infusion 4 on 23 June: outside the approved time" in text


def test_an_approval_is_changed_and_deleted(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    sheet = changed_approval(tab)
    assert sheet.member.text() == "W-1234-4471"
    assert sheet.member.line.text() == "•••• 4471", "only the end is seen until somebody asks"
    assert sheet.member.line.isReadOnly()
    click(qtbot, sheet, "Show: Member number")
    assert sheet.member.line.text() == "W-1234-4471"
    assert not sheet.is_changed(), "a look changes nothing"
    typed(qtbot, sheet.member, "W-1234-4472")
    assert sheet.is_changed()
    typed(qtbot, sheet.first, "")
    typed(qtbot, sheet.visits, "")
    typed(qtbot, sheet.last, "31 December 2027")
    save(qtbot, sheet)
    kept = family.house.people.authorisation("march")
    assert kept is not None
    assert (kept.first, kept.visits, kept.last) == (None, None, date(2027, 12, 31))
    assert kept.member == "W-1234-4472"
    assert "outside" not in visible_text(tab.insurance)
    sheet = changed_approval(tab)
    click(qtbot, sheet, "Delete this approval")
    assert family.house.people.authorisations("rosa") == []
    family.house.care.undo()
    assert len(family.house.people.authorisations("rosa")) == 1


def test_the_first_approval_is_added_from_the_empty_line(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    family.house.people.remove(Authorisation, "march")
    sheet = approval_sheet(qtbot, tab)
    assert sheet.insurer.text() == ""
    typed(qtbot, sheet.last, "30 Jun")
    save(qtbot, sheet)
    (kept,) = family.house.people.authorisations("rosa")
    assert (kept.last, kept.first) == (date(2026, 6, 30), None)
    assert "Approved up to 30 June." in visible_text(tab.insurance)


# ---- all ---------------------------------------------------------------------------------------
SHEETS = ("person", "contact", "medicine", "authorisation")
ITEMS = dict(zip(SHEETS, ("rosa", "ana", "mtx", "march"), strict=True))


@pytest.mark.parametrize("kind", SHEETS[1:])
def test_what_is_gone_meanwhile_is_said_in_the_sheet(
    qtbot: QtBot, tab: CarePlanTab, family: Family, kind: str
) -> None:
    tab.open_item(kind, ITEMS[kind])
    assert tab.sheet is not None
    found = {
        "contact": family.house.people.contact,
        "medicine": family.house.people.medicine,
        "authorisation": family.house.people.authorisation,
    }[kind](ITEMS[kind])
    assert found is not None
    family.house.people.remove(type(found), found.id)
    sheet = tab.sheet
    delete = [one for one in sheet.findChildren(type(sheet.cancel)) if "Delete" in one.words]
    qtbot.mouseClick(delete[0], Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert "not there any more" in visible_text(sheet)


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_sheet_has_one_primary_and_names_everything(
    qtbot: QtBot, family: Family, kind: str, scale: float
) -> None:
    theme = Theme()
    theme.set_scale(scale)
    tab = opened(qtbot, family, theme)
    tab.open_item(kind, ITEMS[kind])
    sheet = tab.sheet
    assert isinstance(sheet, Sheet)
    QApplication.processEvents()
    primaries = [
        one for one in sheet.findChildren(type(sheet.primary))
        if one.isVisible() and one.property("kind") == "primary"
    ]  # fmt: skip
    assert primaries == [sheet.primary]
    for field in sheet.fields():
        assert field.control.accessibleName()
        assert field.width() <= sheet.area.viewport().width()
        assert field.label.height() >= field.label.heightForWidth(field.label.width())
    assert sheet.content.width() <= sheet.area.viewport().width()
    sheet.done(0)


def test_with_several_people_the_sheet_says_whose_it_is(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.open_item("medicine", "mtx")
    assert tab.sheet is not None
    assert not tab.sheet.findChildren(PersonPill)
    tab.sheet.done(0)
    family.house.people.save_person(Person(id="jo", name="Jo"))
    tab.open_item("medicine", "mtx")
    (pill,) = tab.sheet.findChildren(PersonPill)
    assert pill.accessibleName() == "Person: Rosa Marín"


def test_short_texts_stay_short_at_any_size(qtbot: QtBot) -> None:
    theme = Theme()
    field = ShortText(theme, "Note", text="one\ntwo\nthree\nfour")
    qtbot.addWidget(field)
    before = field.area.maximumHeight()
    assert before == field.area.minimumHeight()
    theme.set_scale(2.0)
    assert field.area.maximumHeight() == field.area.minimumHeight() > before


def test_a_long_name_does_not_widen_its_sheet(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    family.house.people.save_person(replace(rosa(family), name=LONG * 3))
    sheet = person_sheet(qtbot, tab)
    assert sheet.width() <= 622
    assert button(sheet, "Save").isVisible()
