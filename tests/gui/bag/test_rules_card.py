"""The clinic's rules on top of the bag, in their sheet, and in the form of a contact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Contact
from caregiver_app.gui.bag.rules_card import RulesCard, RulesSheet
from caregiver_app.gui.care_plan.sheets import ContactSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.services.people import RULE_LIMIT
from tests.gui.tabs_family import Family, rosas_family, shown, visible_text

LONG = "Donaudampfschifffahrtsgesellschaft-Infusionszentrum"


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def clinic(family: Family) -> Contact:
    found = family.house.people.contact("clinic")
    assert found is not None
    return found


def ruled(family: Family) -> None:
    kept = replace(
        clinic(family),
        rules_food="Own food is fine",
        rules_parking="Level 2\nor the street, 停车场",
        rules_checked=date(2026, 3, 12),
    )
    family.house.people.save_contact(kept)


def card_of(qtbot: QtBot, family: Family, *, scale: float = 1.0) -> tuple[RulesCard, QWidget]:
    theme = Theme()
    theme.set_scale(scale)
    host = QWidget()
    column = QVBoxLayout(host)
    card = RulesCard(family.house, theme)
    column.addWidget(card)
    column.addStretch(1)
    look(card, family)
    qtbot.addWidget(shown(host, theme, 760, 700))
    return card, host


def look(card: RulesCard, family: Family) -> None:
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    bag = family.house.bags.bag(visit.id)
    card.show_visit(bag.visit, bag.contact, bag.rules)


def opened(qtbot: QtBot, card: RulesCard) -> RulesSheet:
    qtbot.mouseClick(card.button, Qt.MouseButton.LeftButton)
    assert card.sheet is not None
    assert card.sheet.isVisible()
    return card.sheet


def press(qtbot: QtBot, sheet: RulesSheet | ContactSheet) -> None:
    qtbot.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)


def test_the_rules_stand_there_with_the_day_they_were_told(qtbot: QtBot, family: Family) -> None:
    ruled(family)
    card, _ = card_of(qtbot, family)
    assert card.name.text() == "Rules at Willow Lane"
    assert card.day.text() == ("As they told you on Thu 12 Mar · not noted yet: visitors, fasting")
    said = card.rules.text().replace("\u00a0", " ")
    assert said == "Food: Own food is fine · Parking: Level 2 or the street, 停车场"
    assert card.button.accessibleName() == "Check again: Rules at Willow Lane"


def test_the_year_is_named_when_it_is_another(qtbot: QtBot, family: Family) -> None:
    ruled(family)
    family.house.people.save_contact(replace(clinic(family), rules_checked=date(2025, 3, 12)))
    card, _ = card_of(qtbot, family)
    assert "Wed 12 Mar 2025" in card.day.text()
    family.house.people.save_contact(replace(clinic(family), rules_checked=None))
    look(card, family)
    assert card.day.text().startswith("No day noted")


def test_where_nothing_is_known_it_asks_for_it(qtbot: QtBot, family: Family) -> None:
    card, host = card_of(qtbot, family)
    assert "Nothing noted yet about food, visitors, fasting or parking." in visible_text(host)
    assert card.button.words == "Write them down"
    card.show_visit(family.house.bags.bag(next_visit(family)).visit, None, None)
    assert card.isHidden(), "a visit without a clinic has no rules"


def next_visit(family: Family) -> str:
    visit = family.house.agenda.next_visit("rosa")
    assert visit is not None
    return visit.id


def test_checking_again_keeps_the_day_even_where_nothing_changed(
    qtbot: QtBot, family: Family
) -> None:
    ruled(family)
    card, _ = card_of(qtbot, family)
    sheet = opened(qtbot, card)
    assert "555 0142" in sheet.subtitle.text()
    assert sheet.rules.checked.value() == date(2026, 3, 20)
    assert not sheet.is_changed(), "looking is not typing: Cancel asks nothing"
    press(qtbot, sheet)
    kept = clinic(family)
    assert kept.rules_checked == date(2026, 3, 20)
    assert kept.rules_food == "Own food is fine"
    assert kept.phone == "555 0142"
    look(card, family)
    assert "Fri 20 Mar" in card.day.text()
    family.house.care.undo()
    assert clinic(family).rules_checked == date(2026, 3, 12)


def test_what_they_say_now_is_kept_and_a_later_day_is_refused(qtbot: QtBot, family: Family) -> None:
    card, _ = card_of(qtbot, family)
    sheet = opened(qtbot, card)
    qtbot.keyClicks(sheet.rules.visitors.control, "One visitor")
    sheet.rules.checked.set_value(date(2026, 4, 1))
    press(qtbot, sheet)
    assert "has not come yet" in (sheet.rules.checked.error() or "")
    assert sheet.rules.visitors.text() == "One visitor"
    sheet.rules.checked.set_text("someday")
    press(qtbot, sheet)
    assert "no such date" in (sheet.rules.checked.error() or "")
    assert clinic(family).rules_visitors == ""
    sheet.rules.checked.set_value(date(2026, 3, 19))
    press(qtbot, sheet)
    assert clinic(family).rules_visitors == "One visitor"
    assert clinic(family).rules_checked == date(2026, 3, 19)


def test_too_long_a_rule_is_refused_beside_it_and_stays(qtbot: QtBot, family: Family) -> None:
    card, _ = card_of(qtbot, family)
    sheet = opened(qtbot, card)
    sheet.rules.food.set_text("x" * 10_000)
    press(qtbot, sheet)
    assert str(RULE_LIMIT) in (sheet.rules.food.error() or "")
    assert len(sheet.rules.food.text()) == 10_000
    assert sheet.isVisible()
    sheet.forget_changes()
    sheet.reject()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_long_names_make_nothing_wider(qtbot: QtBot, family: Family, scale: float) -> None:
    kept = replace(clinic(family), name=LONG, rules_food=f"{LONG} {LONG} " * 2)
    family.house.people.save_contact(kept)
    card, host = card_of(qtbot, family, scale=scale)
    assert card.width() <= host.width()
    assert card.rules.width() <= card.width()
    assert card.rules.height() >= card.rules.heightForWidth(card.rules.width())


# -- In the form of a contact ---------------------------------------------------------------------


def contact_sheet(qtbot: QtBot, family: Family, contact: Contact) -> ContactSheet:
    theme = Theme()
    made = ContactSheet(family.house, theme, contact, None)
    qtbot.addWidget(shown(made, theme))
    return made


def test_a_clinic_is_asked_for_its_rules_a_driver_is_not(qtbot: QtBot, family: Family) -> None:
    sheet = contact_sheet(qtbot, family, Contact(id="", person="rosa", name=""))
    assert sheet.rules.isHidden(), "nobody knows yet who it is"
    sheet.role.set_value("clinic")
    assert sheet.rules.isVisible()
    sheet.role.set_value("driver")
    assert sheet.rules.isHidden()


def test_rules_written_into_the_form_carry_the_day(qtbot: QtBot, family: Family) -> None:
    sheet = contact_sheet(qtbot, family, clinic(family))
    assert sheet.rules.checked.value() is None
    qtbot.keyClicks(sheet.rules.food.control, "Tea only")
    assert sheet.rules.checked.value() == date(2026, 3, 20)
    press(qtbot, sheet)
    assert clinic(family).rules_food == "Tea only"
    assert clinic(family).rules_checked == date(2026, 3, 20)


def test_the_day_that_somebody_chose_stays(qtbot: QtBot, family: Family) -> None:
    sheet = contact_sheet(qtbot, family, clinic(family))
    sheet.rules.checked.set_value(date(2026, 3, 2))
    qtbot.keyClicks(sheet.rules.food.control, "Tea only")
    press(qtbot, sheet)
    assert clinic(family).rules_checked == date(2026, 3, 2)


def test_rules_are_kept_while_they_are_not_asked_for(qtbot: QtBot, family: Family) -> None:
    ruled(family)
    sheet = contact_sheet(qtbot, family, clinic(family))
    sheet.role.set_value("other")
    press(qtbot, sheet)
    assert clinic(family).role == "other"
    assert clinic(family).rules_food == "Own food is fine"
