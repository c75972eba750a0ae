"""Who drives, and when to leave: the fields as a person fills them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QRadioButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment, Person
from caregiver_app.domain.rides import NOT_NEEDED
from caregiver_app.gui.bag.cards import RideCard, RideSheet
from caregiver_app.gui.calendar.form.ride_fields import RideFields
from caregiver_app.gui.calendar.form.ride_slip import SlipSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from tests.gui.calendar.family import at
from tests.gui.tabs_family import Family, button, rosas_family, shown, visible_text


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def visit(family: Family) -> Appointment:
    found = family.house.agenda.next_visit("rosa")
    assert found is not None
    return found


@pytest.fixture
def fields(qtbot: QtBot, theme: Theme, family: Family, visit: Appointment) -> RideFields:
    made = RideFields(theme, family.house)
    qtbot.addWidget(shown(made, theme, 640, 760))
    made.set_value(visit)
    return made


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme, family: Family, visit: Appointment) -> Iterator[RideSheet]:
    made = RideSheet(family.house, theme, visit, None)
    qtbot.addWidget(made)
    made.open()
    yield made
    made.done(0)


def typed(qtbot: QtBot, field: Field, words: str) -> None:
    field.set_text("")
    qtbot.keyClicks(field.control, words)


def press(qtbot: QtBot, within: RideFields, words: str) -> None:
    for one in within.findChildren(QRadioButton):
        if one.accessibleName() == words:
            qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
            return
    raise AssertionError(words)


def test_the_time_to_leave_is_counted_while_typing(qtbot: QtBot, fields: RideFields) -> None:
    assert fields.leave_at.isVisible()
    typed(qtbot, fields.travel, "35")
    assert "Leave at 8:55" in visible_text(fields)
    typed(qtbot, fields.parking, "10")
    typed(qtbot, fields.early, "40")
    assert "Leave at 8:05" in visible_text(fields)
    assert not fields.leave_at.isVisible(), "one of both, never two times"
    fields.set_start(at("2026-03-31T11:00"))
    assert "Leave at 9:35" in visible_text(fields)


def test_without_minutes_the_hour_is_typed(
    qtbot: QtBot, fields: RideFields, visit: Appointment
) -> None:
    typed(qtbot, fields.leave_at, "8:40")
    told = fields.apply(visit)
    assert (told.leave_at, told.travel_minutes) == ("08:40", None)
    typed(qtbot, fields.travel, "20")
    assert fields.apply(visit).leave_at == "09:10"
    fields.travel.set_text("")
    assert fields.leave_at.isVisible()


def test_what_cannot_be_is_said_beside_it(qtbot: QtBot, fields: RideFields) -> None:
    typed(qtbot, fields.travel, "half")
    assert not fields.complain()
    assert fields.travel.error()
    typed(qtbot, fields.travel, "700")
    assert fields.complain(), "the form itself refuses it when it is kept"
    assert "day before" in visible_text(fields)


def test_no_driver_yet_stays_until_somebody_is_named(qtbot: QtBot, fields: RideFields) -> None:
    assert "No driver yet" in visible_text(fields)
    typed(qtbot, fields.driver, "Ana")
    assert "No driver yet" not in visible_text(fields)
    assert fields.phone.text() == "555 0117", "a known number is not typed twice"
    typed(qtbot, fields.driver, "Somebody")
    assert fields.phone.text() == "", "and goes with the one it belonged to"
    typed(qtbot, fields.phone, "1234")
    typed(qtbot, fields.driver, "Ana")
    assert fields.phone.text() == "1234", "a typed number stays"


def test_a_blood_test_asks_for_no_driver(fields: RideFields, visit: Appointment) -> None:
    fields.set_value(replace(visit, id="", plan=None, type="lab"))
    assert "No driver yet" not in visible_text(fields)
    fields.set_value(replace(visit, id="", plan=None, type="drive"))
    assert "No driver yet" in visible_text(fields)


def test_the_ride_home(qtbot: QtBot, fields: RideFields, visit: Appointment) -> None:
    assert fields.home.value() is None, "nothing is chosen beforehand"
    assert fields.apply(visit).ride_home == ""
    typed(qtbot, fields.driver, "Ana")
    press(qtbot, fields, "Same driver")
    assert fields.apply(visit).ride_home == "Ana"
    typed(qtbot, fields.driver, "Ben")
    assert fields.apply(visit).ride_home == "Ben", "it follows the driver"
    press(qtbot, fields, "Not needed")
    assert fields.apply(visit).ride_home == NOT_NEEDED
    assert not fields.home_driver.isVisible()
    press(qtbot, fields, "Somebody else")
    assert fields.home_driver.isVisible()
    typed(qtbot, fields.home_driver, "Cleo")
    typed(qtbot, fields.home_phone, "555 2")
    told = fields.apply(visit)
    assert (told.ride_home, told.ride_home_phone) == ("Cleo", "555 2")
    fields.set_value(told)
    assert fields.home.value() == "other"
    assert fields.home_driver.text() == "Cleo"
    assert fields.apply(visit) == told, "what is shown is what is kept"


def test_last_time_is_offered_and_changed(
    qtbot: QtBot, family: Family, fields: RideFields, visit: Appointment
) -> None:
    assert not fields.offer.isVisible()
    other = next(one for one in family.house.agenda.visits("rosa") if one.id != visit.id)
    family.house.agenda.save(
        replace(other, travel_minutes=35, parking_minutes=10, pick_up="Back door")
    )
    fields.set_value(visit)
    qtbot.mouseClick(
        button(fields, "As last time: 35 min on the way, 10 parking"), Qt.MouseButton.LeftButton
    )
    told = fields.apply(visit)
    assert (told.travel_minutes, told.parking_minutes, told.early_minutes) == (35, 10, None)
    assert told.pick_up == "Back door"
    assert not fields.offer.isVisible()
    typed(qtbot, fields.travel, "40")
    assert fields.apply(visit).travel_minutes == 40


def test_drowsiness_comes_with_its_source(fields: RideFields, visit: Appointment) -> None:
    assert "sedating antihistamine" in visible_text(fields)
    assert "From: " in fields.source.text()
    assert "not reviewed by a clinician" in fields.source.text()
    fields.set_value(replace(visit, plan=None, type="lab"))
    assert not fields.caution.isVisible()
    assert not fields.source.isVisible()


def test_the_persons_address_stands_for_an_empty_pick_up(
    family: Family, fields: RideFields, visit: Appointment
) -> None:
    rosa = family.house.people.person("rosa")
    assert isinstance(rosa, Person)
    family.house.people.save_person(replace(rosa, address="3 Orchard Street\nSpringfield"))
    fields.set_value(visit)
    assert "3 Orchard Street, Springfield" in visible_text(fields)
    assert fields.apply(visit).pick_up == ""


def test_every_control_has_a_name(fields: RideFields) -> None:
    names = [field.control.accessibleName() for field in fields.fields().values()]
    assert all(names)
    assert "On the way, min" in names


def test_the_slip_shows_the_ride_as_it_stands_here(
    qtbot: QtBot, fields: RideFields, visit: Appointment
) -> None:
    typed(qtbot, fields.travel, "35")
    qtbot.mouseClick(button(fields, "Slip for the driver…"), Qt.MouseButton.LeftButton)
    (slip,) = fields.findChildren(SlipSheet)
    said = slip.preview.text()
    assert "Leave at: 8:55" in said, "though nothing is kept yet"
    assert "infliximab" not in said
    slip.done(0)
    fields.set_value(replace(visit, id=""))
    assert not fields.slip.isVisible(), "of what is not kept yet there is none"


# ---- the sheet of the bag's card ---------------------------------------------------------------


def test_the_sheet_keeps_the_whole_ride(
    qtbot: QtBot, family: Family, visit: Appointment, sheet: RideSheet
) -> None:
    typed(qtbot, sheet.driver, "Ana")
    typed(qtbot, sheet.ride.travel, "35")
    typed(qtbot, sheet.ride.pick_up, "Back door")
    press(qtbot, sheet.ride, "Same driver")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    kept = family.house.agenda.get(visit.id)
    assert kept is not None
    assert (kept.driver, kept.driver_phone, kept.leave_at) == ("Ana", "555 0117", "08:55")
    assert (kept.pick_up, kept.ride_home, kept.travel_minutes) == ("Back door", "Ana", 35)
    family.house.care.undo()
    assert family.house.agenda.get(visit.id) == visit


def test_a_refusal_stands_beside_its_field(qtbot: QtBot, sheet: RideSheet) -> None:
    typed(qtbot, sheet.ride.travel, "700")
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    assert sheet.isVisible()
    assert "day before" in (sheet.ride.travel.error() or "")
    assert sheet.ride.travel.text() == "700", "what was typed stays"


def test_the_card_says_how_it_stands(qtbot: QtBot, theme: Theme, visit: Appointment) -> None:
    card = RideCard(theme)
    qtbot.addWidget(shown(card, theme, 700, 240))
    card.show_visit(visit, "May be drowsy.")
    assert "No driver yet" in visible_text(card)
    assert "May be drowsy." in visible_text(card)
    leave = time(8, 55)
    told = replace(
        visit, driver="Ana", leave_at=f"{leave:%H:%M}", pick_up="Back door", ride_home=NOT_NEEDED
    )
    card.show_visit(told)
    said = visible_text(card)
    assert "Ana, leave at 8:55" in said
    assert "pick up at Back door · no ride home needed" in said
    assert "May be drowsy." not in said
    with qtbot.waitSignal(card.slip_asked, timeout=1000):
        qtbot.mouseClick(button(card, "Slip for the driver…"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
