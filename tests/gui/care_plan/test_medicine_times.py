"""The sheet of a medicine: its times, as needed, companions, and medicines of one day a week."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Medicine
from caregiver_app.domain.times import Floating, to_text
from caregiver_app.gui.calendar.form.appointment_dialog import AppointmentDialog
from caregiver_app.gui.care_plan.medicine_sheet import MedicineSheet
from caregiver_app.gui.care_plan.tab import CarePlanTab
from caregiver_app.gui.reading_order import stops_of
from caregiver_app.gui.widgets.segmented import Segment
from caregiver_app.services.medicine_times import DAILY, EVERY_FEW, WEEKDAYS_ONLY, WEEKLY, Times
from tests.gui.care_plan.care_family import click, rows, save, sheet_of
from tests.gui.tabs_family import Family, visible_text

TODAY = date(2026, 3, 20)
SAFETY = "ONE day a week"


def sheet(tab: CarePlanTab, medicine: str = "") -> MedicineSheet:
    """Open the sheet of a medicine, or a new one."""
    if medicine:
        tab.open_item("medicine", medicine)
    else:
        tab.medicines.add_button.menu().actions()[1].trigger()
    found = sheet_of(MedicineSheet)
    assert isinstance(found, MedicineSheet)
    return found


def choose(qtbot: QtBot, within: MedicineSheet, words: str) -> None:
    """Click the segment with these words."""
    found = [
        one
        for row in (within.how, within.times.rhythm, within.times.weekday)
        for one in row.segments.segments
        if one.words == words and one.isVisible()
    ]
    within.area.ensureWidgetVisible(found[0])
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def series(family: Family, name: str) -> list[tuple[str, str]]:
    found = family.house.care.store.all(Appointment)
    return sorted((to_text(one.start), one.rrule) for one in found if one.title == name)


def test_a_new_medicine_gets_its_times(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    made = sheet(tab)
    assert made.how.value() is None, "nothing is preselected"
    qtbot.keyClicks(made.name.control, "Eye drops")
    choose(qtbot, made, "At set times")
    assert made.times.isVisible()
    assert made.times.rhythm.value() is None, "nothing is preselected"
    qtbot.keyClicks(made.times.hours.control, "20:00 and 8:00")
    choose(qtbot, made, "Every day")
    save(qtbot, made)
    assert series(family, "Eye drops") == [
        ("2026-03-20T08:00", "FREQ=DAILY"), ("2026-03-20T20:00", "FREQ=DAILY"),
    ]  # fmt: skip
    assert "Eye drops, 8:00, 20:00" in rows(tab.medicines.list)
    family.house.care.undo()
    assert series(family, "Eye drops") == []
    assert not any("Eye drops" in row for row in rows(tab.medicines.list))


@pytest.mark.parametrize(
    ("hours", "rhythm", "said"),
    [
        ("", "Every day", "at least one time of day"),
        ("at noonish", "Every day", "“at noonish” is no time of day"),
        ("8:00", "", "Choose how often"),
        ("8:00", "Once a week", "at least one weekday"),
        ("8:00", "Chosen weekdays", "at least one weekday"),
        ("8:00", "Every few days", "from 2 to 99"),
        ("8:00, 8:00", "Every day", "stands there twice"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    qtbot: QtBot, tab: CarePlanTab, family: Family, hours: str, rhythm: str, said: str
) -> None:
    made = sheet(tab)
    qtbot.keyClicks(made.name.control, "Eye drops")
    choose(qtbot, made, "At set times")
    qtbot.keyClicks(made.times.hours.control, hours)
    if rhythm:
        choose(qtbot, made, rhythm)
    save(qtbot, made)
    assert made.isVisible()
    assert said in visible_text(made)
    assert (made.name.text(), made.times.hours.text()) == ("Eye drops", hours)
    assert series(family, "Eye drops") == []


def test_methotrexate_every_day_is_refused_and_nothing_typed_is_lost(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    made = sheet(tab)
    made.name.set_text("Methotrexate 王梅")
    qtbot.keyClicks(made.directions.control, "with supper")
    assert f"{SAFETY}: ask the clinic which" in visible_text(made)
    choose(qtbot, made, "At set times")
    qtbot.keyClicks(made.times.hours.control, "18:00")
    choose(qtbot, made, "Every day")
    save(qtbot, made)
    assert made.isVisible()
    refused = made.times.rhythm.error() or ""
    assert "is given on ONE day a week. More often can kill" in refused
    assert "Call the clinic" in refused
    assert (made.directions.text(), made.times.hours.text()) == ("with supper", "18:00")
    assert series(family, "Methotrexate 王梅") == []


def test_methotrexate_once_a_week_names_its_day(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    for one in family.house.care.store.all(Appointment):
        if one.type == "medication":
            family.house.agenda.remove(one.id)
    made = sheet(tab, "mtx")
    choose(qtbot, made, "At set times")
    qtbot.keyClicks(made.times.hours.control, "18:00")
    choose(qtbot, made, "Once a week")
    choose(qtbot, made, "Wed")
    assert f"{SAFETY}: Wednesday" in visible_text(made)
    save(qtbot, made)
    assert series(family, "Methotrexate") == [("2026-03-25T18:00", "FREQ=WEEKLY;BYDAY=WE")]
    assert any("Only on Wednesdays" in row for row in rows(tab.medicines.list))


def test_methotrexate_cannot_be_as_needed(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    made = sheet(tab, "mtx")
    choose(qtbot, made, "Only when needed")
    save(qtbot, made)
    assert made.isVisible()
    assert "ONE day a week" in (made.how.error() or "")
    kept = family.house.people.medicine("mtx")
    assert kept is not None
    assert not kept.as_needed


@pytest.mark.parametrize(
    "times",
    [
        Times((time(8), time(20)), DAILY, TODAY),
        Times((time(8),), WEEKLY, TODAY, None, 1, (4,)),
        Times((time(8),), WEEKDAYS_ONLY, TODAY, date(2026, 5, 1), 1, (0, 4)),
        Times((time(8),), EVERY_FEW, TODAY, None, 3),
    ],
)
def test_kept_times_come_back_and_saving_them_changes_nothing(
    qtbot: QtBot, tab: CarePlanTab, family: Family, times: Times
) -> None:
    folic = family.house.people.medicine("folic")
    assert folic is not None
    family.house.medicine_times.save(folic, times)
    before = family.house.care.store.all(Appointment)
    made = sheet(tab, "folic")
    assert made.how.value() == "scheduled"
    assert made.times.times() == family.house.medicine_times.read(folic)
    save(qtbot, made)
    assert family.house.care.store.all(Appointment) == before


def test_a_change_says_from_when_it_holds(qtbot: QtBot, tab: CarePlanTab, family: Family) -> None:
    folic = family.house.people.medicine("folic")
    assert folic is not None
    family.house.medicine_times.save(folic, Times((time(8),), DAILY, date(2026, 3, 10)))
    made = sheet(tab, "folic")
    made.times.hours.set_text("9:00")
    assert "The new times hold from today on" in visible_text(made)
    choose(qtbot, made, "Only when needed")
    assert "Its times end" in visible_text(made)
    assert "Ask the clinic before giving something for fever." in visible_text(made)
    save(qtbot, made)
    assert series(family, "Folic acid") == [
        ("2026-03-10T08:00", "FREQ=DAILY;UNTIL=20260319T235900")
    ]


def test_companions_are_offered_by_name_and_never_chosen(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    made = sheet(tab)
    assert made.offer is not None
    names = [one.words for one in made.offer.buttons]
    assert "Methotrexate" not in names, "it is on the list already"
    assert {"Antihistamine", "Pain relief"} <= set(names)
    assert "always wins" in visible_text(made)
    assert made.name.text() == ""
    qtbot.mouseClick(made.offer.buttons[0], Qt.MouseButton.LeftButton)
    assert made.name.text() == names[0]
    assert made.how.value() is None
    save(qtbot, made)
    assert names[0] in [one.name for one in family.house.people.medicines("rosa")]


def test_deleting_ends_the_times_and_undo_brings_both_back(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    folic = family.house.people.medicine("folic")
    assert folic is not None
    family.house.medicine_times.save(folic, Times((time(8),), DAILY, TODAY))
    made = sheet(tab, "folic")
    click(qtbot, made, "Delete this medicine")
    assert series(family, "Folic acid") == []
    family.house.care.undo()
    assert series(family, "Folic acid") == [("2026-03-20T08:00", "FREQ=DAILY")]


def test_hours_with_rhythms_of_their_own_stay(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    folic = family.house.people.medicine("folic")
    assert folic is not None
    family.house.medicine_times.save(folic, Times((time(8),), DAILY, TODAY))
    (one,) = family.house.medicine_times.series(folic)
    family.house.agenda.save(
        Appointment(
            id="", uid="", person="rosa", type="medication", title="Folic acid", minutes=5,
            start=type(one.start)(one.start.local.replace(hour=20)), rrule="FREQ=WEEKLY",
        )
    )  # fmt: skip
    made = sheet(tab, "folic")
    assert "differ from each other (8:00, 20:00)" in visible_text(made)
    assert not made.times.isVisible()
    made.directions.set_text("before supper")
    save(qtbot, made)
    assert len(series(family, "Folic acid")) == 2
    kept = family.house.people.medicine("folic")
    assert isinstance(kept, Medicine)
    assert kept.directions == "before supper"


def test_the_calendars_form_refuses_it_too_and_keeps_what_was_typed(
    qtbot: QtBot, tab: CarePlanTab, family: Family
) -> None:
    tab.medicines.add_button.menu().actions()[2].trigger()
    form = tab.desk.sheet
    assert isinstance(form, AppointmentDialog)
    form.title_field.set_text("Methotrexate")
    form.when.start.set_text("18:00")
    form.repeat.show_rule("FREQ=DAILY", Floating(datetime(2026, 3, 20, 18)))
    before = len(family.house.care.store.all(Appointment))
    save(qtbot, form)
    assert form.isVisible()
    assert "is given on ONE day a week. More often can kill." in visible_text(form)
    assert form.title_field.text() == "Methotrexate"
    assert len(family.house.care.store.all(Appointment)) == before
    form.done(0)


def test_the_keyboard_comes_to_the_rhythm_that_is_chosen(tab: CarePlanTab) -> None:
    form = sheet(tab, "mtx")
    stops = [one for one in stops_of(form.content) if isinstance(one, Segment)]
    assert [one.words for one in stops] == ["At set times", "Once a week", "Fri"], (
        "Space on a stop never turns once a week into every day"
    )
