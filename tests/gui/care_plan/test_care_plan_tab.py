"""The Care plan tab as a person reads it and goes about in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact, Person
from caregiver_app.gui.bridge import change_words
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.calendar.plan.plan_dialog import EditPlanDialog, PlanDialog
from caregiver_app.gui.care_plan.insurance_sheets import ApprovalSheet
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.person_sheet import PersonSheet
from caregiver_app.gui.care_plan.sheets import ContactSheet
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.reading_order import follow_layout
from tests.gui.care_plan.care_family import (
    MARCH,
    click,
    click_row,
    opened,
    rows,
    save,
    sheet_of,
)
from tests.gui.tabs_family import Family, visible_text


def undo_words(family: Family) -> str:
    label = family.house.care.store.undo_label()
    assert label is not None
    return change_words(*label, family.house.care.today)


def rosa(family: Family) -> Person:
    found = family.house.people.person("rosa")
    assert found is not None
    return found


# ---- what it says ------------------------------------------------------------------------------
def test_everything_about_the_person_stands_there(tab: CarePlanTab, family: Family) -> None:
    family.house.people.save_person(
        replace(
            rosa(family),
            conditions="Rheumatoid arthritis\ndry eyes",
            allergies="Penicillin: rash, 1994",
            good_to_know="Left arm.",
            papers="blue folder",
        )
    )
    text = visible_text(tab)
    for words in (
        "Rosa Marín",
        "67, born 4 June 1958",
        "Rheumatoid arthritis, dry eyes",
        "Penicillin, rash, 1994",
        "38.0 °C / 100.4 °F the usual limit. The team may set another.",
        "Left arm.",
        "Papers: blue folder",
        "Amounts are on the boxes and the clinic’s list. The app shows only what you typed.",
        "Harbour Health, member •••• 4471. Approved 1 March to 31 March, 2 visits.",
        "Infusion 3 on 28 April: outside the approved time",
        "Ask the insurer or the clinic.",
    ):
        assert words in text
    assert "1234" not in text, "a member number is shown by its end only"


def test_a_limit_of_the_team_names_who_gave_it(tab: CarePlanTab, family: Family) -> None:
    people = family.house.people
    people.save_person(replace(rosa(family), fever_c=38.5, fever_set_by="Dr Sol"))
    assert "38.5 °C / 101.3 °F set by Dr Sol" in visible_text(tab.card)
    people.save_person(replace(rosa(family), fever_c=37.8, fever_set_by=""))
    assert "37.8 °C / 100.0 °F as the team set it" in visible_text(tab.card)


def test_plans_come_first_then_medicines(tab: CarePlanTab) -> None:
    (card,) = tab.medicines.plans.cards.values()
    assert card.accessibleName() == (
        "Therapy plan: infliximab, by drip. Weeks 0, 2 and 6, then every 8 weeks. Next: 31 March"
    )
    assert card.y() < tab.medicines.list.y()
    assert rows(tab.medicines.list) == [
        "Methotrexate, 18:00, Only on Fridays",
        "Folic acid, after breakfast",
    ]


def test_the_clinic_comes_first_with_a_row_for_out_of_hours(tab: CarePlanTab) -> None:
    assert rows(tab.reach.list) == [
        "Willow Lane, Clinic, 555 0142",
        "Willow Lane, Clinic, out of hours, 555 0199",
        "Dr Sol, Doctor, 555 0155",
        "Ana, Driver, 555 0117",
        "Harbour Health, Insurance, 555 0130",
        "Teo, Somebody else, 555 0126",
    ]


def test_the_runway_is_told_in_words(tab: CarePlanTab) -> None:
    seen = QAccessible.queryAccessibleInterface(tab.insurance.lanes[0].runway)
    assert seen is not None
    assert seen.role() == QAccessible.Role.StaticText, "readers pass by what has no role"
    assert seen.text(QAccessible.Text.Name) == "How far the approval reaches"
    told = seen.text(QAccessible.Text.Description)
    assert told.startswith(
        "Approved: 1 March to 31 March. Infusion 1, 17 March: approved."
        " Infusion 2, 31 March: approved. Infusion 3, 28 April: outside the approved time."
    )
    assert told.endswith("Infusion 6, 13 October: outside the approved time")


def test_without_an_approval_nothing_asks(tab: CarePlanTab, family: Family) -> None:
    family.house.people.remove(type(MARCH), "march")
    assert undo_words(family) == "Approval to Tue 31 Mar deleted"
    text = visible_text(tab.insurance)
    assert "No approval written down yet" in text
    assert "outside" not in text
    assert tab.insurance.lanes[0].runway.isHidden()
    family.house.care.undo()
    assert "Infusion 3 on 28 April: outside the approved time" in visible_text(tab.insurance)


def test_the_clock_and_the_next_approval_change_what_is_said(
    tab: CarePlanTab, family: Family
) -> None:
    family.clock.at += timedelta(days=20)
    tab.refresh(None)
    assert "The last approval ended on 31 March." in visible_text(tab.insurance)
    people = family.house.people
    people.save_authorisation(
        replace(MARCH, id="", first=date(2026, 4, 1), last=date(2027, 6, 30), visits=None)
    )
    text = visible_text(tab.insurance)
    assert "Approved 1 April 2026 to 30 June 2027." in text
    assert "outside" not in text


def test_what_is_missing_says_so_and_begins_there(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    family.house.people.save_person(Person(id="rosa", name="Rosa"))
    for words, field in (
        ("Born", "born"),
        ("Conditions", "conditions"),
        ("Allergies", "allergies"),
        ("Good to know", "good_to_know"),
        ("Address", "address"),
        ("Where papers are kept", "papers"),
    ):
        click(qtbot, tab, f"{words}: not written down yet")
        sheet = sheet_of(PersonSheet)
        assert isinstance(sheet, PersonSheet)
        wanted = sheet.fields_by_name()[field].control
        assert sheet.focusWidget() is wanted
        assert not wanted.visibleRegion().isEmpty(), "it is scrolled into view"
        sheet.reject()


def test_nobody_yet_asks_kindly(qtbot: QtBot, nobody: Family) -> None:
    tab = opened(qtbot, nobody)
    assert "Who do you look after?" in visible_text(tab)
    click(qtbot, tab, "Add a person")
    sheet = sheet_of(PersonSheet)
    assert isinstance(sheet, PersonSheet)
    qtbot.keyClicks(sheet.focusWidget(), "Mei")
    save(qtbot, sheet)
    assert [one.name for one in nobody.house.people.people()] == ["Mei"]
    text = visible_text(tab)
    assert "Mei" in text
    assert "No medicine and no therapy plan yet." in text
    assert "Nobody yet." in text
    nobody.house.care.undo()
    assert "Who do you look after?" in visible_text(tab)


# ---- several people ----------------------------------------------------------------------------
def test_another_person_is_shown_at_once_and_by_the_switcher(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    click(qtbot, tab, "Add another person")
    sheet = sheet_of(PersonSheet)
    assert isinstance(sheet, PersonSheet)
    sheet.name.line.setText("Jo")
    save(qtbot, sheet)
    assert tab.card.name.text() == "Jo"
    assert rows(tab.medicines.list) == []
    tab.set_person("rosa")
    assert tab.card.name.text() == "Rosa Marín"
    assert len(rows(tab.reach.list)) == 6
    tab.set_person(None)
    assert tab.card.name.text() == "Rosa Marín"
    (jo,) = (one for one in family.house.people.people() if one.name == "Jo")
    tab.set_person(jo.id)
    click(qtbot, tab, "Add somebody to reach")
    form = sheet_of(ContactSheet)
    assert isinstance(form, ContactSheet)
    form.name.line.setText("Li")
    form.role.set_value("family")
    save(qtbot, form)
    assert [one.name for one in family.house.people.contacts(jo.id)] == ["Li"]


def test_somebody_new_stays_behind_whom_the_switcher_shows(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.set_person("rosa")
    click(qtbot, tab, "Add another person")
    sheet = sheet_of(PersonSheet)
    assert isinstance(sheet, PersonSheet)
    sheet.name.line.setText("Jo")
    save(qtbot, sheet)
    assert tab.card.name.text() == "Rosa Marín"
    assert len(family.house.people.people()) == 2


# ---- going about -------------------------------------------------------------------------------
def test_the_add_menu_leads_to_each_form(tab: CarePlanTab) -> None:
    actions = {one.text(): one for one in tab.medicines.add_button.menu().actions()}
    assert list(actions) == [
        "Therapy plan…", "Medicine…", "Medication time…", "Something that was given…",
        "Something tried before…", "", "Look up a medicine…",
    ]  # fmt: skip
    actions["Therapy plan…"].trigger()
    assert isinstance(tab.desk.sheet, PlanDialog)
    tab.desk.sheet.done(0)
    actions["Medication time…"].trigger()
    form = tab.desk.sheet
    assert isinstance(form, AppointmentDialog)
    assert form.kind.value() == "medication"
    form.done(0)
    actions["Medicine…"].trigger()
    assert isinstance(tab.sheet, MedicineSheet)


def test_a_click_opens_what_the_row_stands_for(qtbot: QtBot, tab: CarePlanTab) -> None:
    click(qtbot, tab, "Change the plan: infliximab")
    assert isinstance(tab.desk.sheet, EditPlanDialog)
    tab.desk.sheet.done(0)
    click_row(qtbot, tab.medicines.list, 1)
    medicine = sheet_of(MedicineSheet)
    assert isinstance(medicine, MedicineSheet)
    assert medicine.name.text() == "Folic acid"
    medicine.done(0)
    click_row(qtbot, tab.reach.list, 1)
    contact = sheet_of(ContactSheet)
    assert isinstance(contact, ContactSheet)
    assert (contact.name.text(), contact.late.text()) == ("Willow Lane", "555 0199")


def test_keys_alone_open_and_delete(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    follow_layout(tab.window())
    tab.medicines.add_button.setFocus()
    for _ in range(4):
        qtbot.keyClick(tab.focusWidget(), Qt.Key.Key_Tab)
    assert tab.focusWidget() is tab.medicines.list
    qtbot.keyClick(tab.medicines.list, Qt.Key.Key_Return)
    sheet = sheet_of(MedicineSheet)
    assert isinstance(sheet, MedicineSheet)
    assert sheet.name.text() == "Methotrexate"
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    qtbot.keyClick(tab.medicines.list, Qt.Key.Key_Delete)
    assert undo_words(family) == "Methotrexate deleted"
    assert family.house.people.medicine("mtx") is None
    family.house.care.undo()
    assert family.house.people.medicine("mtx") is not None


def test_tab_goes_through_the_page_as_it_is_read(qtbot: QtBot, tab: CarePlanTab) -> None:
    follow_layout(tab.window())
    tab.setFocus()
    assert tab.focusWidget() is tab.card.pencil
    seen = []
    for _ in range(40):
        here = tab.focusWidget()
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        if tab.focusWidget() is seen[0]:
            break
    wanted = [
        tab.card.pencil,
        tab.card.more,
        tab.medicines.add_button,
        *tab.medicines.plans.stops(),
        tab.medicines.list,
        tab.reach.add_button,
        tab.reach.list,
        tab.insurance.call_button,
        tab.insurance.add_button,
        tab.papers.fold.head,
        tab.money.fold.head,
    ]
    assert [one for one in seen if one in wanted] == wanted


def test_a_contact_is_deleted_by_name_and_comes_back(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.reach.list.setFocus()
    for _ in range(3):
        qtbot.keyClick(tab.reach.list, Qt.Key.Key_Down)
    qtbot.keyClick(tab.reach.list, Qt.Key.Key_Delete)
    assert undo_words(family) == "Ana deleted"
    assert family.house.people.contact("ana") is None
    assert len(rows(tab.reach.list)) == 5
    family.house.care.undo()
    assert family.house.people.contact("ana") is not None


def test_what_is_gone_already_says_so(tab: CarePlanTab, family: Family) -> None:
    tab.reach.list.delete_asked.emit("nobody")
    assert "not there any more" in tab.message.text()
    assert tab.message.isVisible()


def test_a_number_is_copied_by_key_and_by_menu(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    reach = tab.reach.list
    reach.setFocus()
    qtbot.keyClick(reach, Qt.Key.Key_Down)
    qtbot.keyClick(reach, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "555 0199"
    assert "Copied: 555 0199" in visible_text(tab.reach)
    reach.setCurrentIndex(reach.model().index(3, 0))
    actions = {one.text(): one for one in reach.actions()}
    assert list(actions) == ["Open", "Delete", "Copy number"]
    actions["Copy number"].trigger()
    assert QGuiApplication.clipboard().text() == "555 0117"
    actions["Open"].trigger()
    sheet = sheet_of(ContactSheet)
    assert isinstance(sheet, ContactSheet)
    assert sheet.name.text() == "Ana"
    sheet.done(0)
    family.house.people.save_contact(Contact(id="", person="rosa", name="Mia", role="clinic"))
    (bare,) = (one for one in rows(reach) if one.startswith("Mia"))
    assert bare == "Mia, Clinic, no number yet"
    reach.setCurrentIndex(reach.model().index(rows(reach).index(bare), 0))
    assert not actions["Copy number"].isEnabled()


def test_other_places_open_one_thing(tab: CarePlanTab, family: Family) -> None:
    for kind, item, form in (
        ("person", "rosa", PersonSheet),
        ("person", "", PersonSheet),
        ("contact", "ana", ContactSheet),
        ("medicine", "mtx", MedicineSheet),
        ("authorisation", "march", ApprovalSheet),
    ):
        tab.open_item(kind, item)
        sheet_of(form).done(0)
    tab.open_item("plan", "p1")
    assert isinstance(tab.desk.sheet, EditPlanDialog)
    tab.desk.sheet.done(0)
    for kind, control in (
        ("contact", tab.reach.add_button),
        ("medicine", tab.medicines.add_button),
        ("authorisation", tab.insurance.add_button),
    ):
        tab.open_item(kind, "")
        assert tab.focusWidget() is control
        assert tab.sheet is None
    for kind in ("contact", "medicine", "authorisation", "plan"):
        tab.open_item(kind, "gone")
        assert tab.sheet is None
    family.house.people.remove(type(MARCH), "march")
    tab.open_item("authorisation", "")
    assert isinstance(tab.sheet, ApprovalSheet)


def test_with_nobody_only_a_person_can_be_opened(qtbot: QtBot, nobody: Family) -> None:
    tab = opened(qtbot, nobody)
    for kind in ("contact", "authorisation", "medicine", "plan"):
        tab.open_item(kind, "")
        assert tab.sheet is None
    tab.open_item("person", "")
    assert isinstance(tab.sheet, PersonSheet)
    tab.sheet.done(0)


def test_the_bag_of_a_visit_is_asked_for(qtbot: QtBot, tab: CarePlanTab) -> None:
    with qtbot.waitSignal(tab.asked) as asked:
        tab.desk.bag_asked.emit("p1~2")
    assert asked.args == ["bag", "visit", "p1~2"]
