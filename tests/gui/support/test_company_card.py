"""The company planner as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.support import Company
from caregiver_app.domain.times import Zoned
from caregiver_app.errors import DataBusy
from caregiver_app.gui.support.company_card import CompanyCard
from caregiver_app.gui.support.company_sheet import CompanySheet, minutes_after
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import (
    ZONE,
    Family,
    button,
    open_family,
    rosas_family,
    shown,
    visible_text,
)

VISIT = "p1~2"
"""Infusion 2, Tuesday 31 March, 9:30 to 11:50."""


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = rosas_family(tmp_path)
    yield made
    made.close()


def opened(qtbot: QtBot, family: Family, person: str | None = "rosa") -> CompanyCard:
    theme = Theme()
    card = CompanyCard(theme, family.house)
    family.house.care.changes.listen(lambda _change: card.refresh())
    card.set_person(person)
    qtbot.addWidget(shown(card, theme, width=800))
    return card


@pytest.fixture
def card(qtbot: QtBot, family: Family) -> CompanyCard:
    return opened(qtbot, family)


def click(qtbot: QtBot, one: QPushButton) -> None:
    assert one.isVisible()
    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)


def company(family: Family) -> list[tuple[str, int, int, bool]]:
    found = family.house.company.of(VISIT)
    return [(one.who, one.after, one.minutes, one.powered) for one in found]


def plan(family: Family, **fields: object) -> Company:
    told = {"id": "", "person": "rosa", "visit": VISIT, "who": "Teo", "minutes": 60}
    return family.house.company.save(Company(**{**told, **fields}))


def form(card: CompanyCard) -> CompanySheet:
    assert isinstance(card.sheet, CompanySheet)
    return card.sheet


def test_company_is_planned_from_the_card(qtbot: QtBot, card: CompanyCard, family: Family) -> None:
    assert "Tue 31 Mar, 9:30 to 11:50" in visible_text(card)
    click(qtbot, card.plan)
    sheet = form(card)
    assert (sheet.begin.value(), sheet.end.value()) == (time(9, 30), time(11, 50))
    qtbot.keyClicks(sheet.who.line, "Ana")
    assert sheet.phone.text() == "555 0117", "known from the contacts"
    sheet.end.set_text("10:30")
    qtbot.keyClicks(sheet.what.line, "A series")
    assert sheet.powered.state == "done"
    click(qtbot, sheet.primary)
    assert company(family) == [("Ana", 0, 60, True)]
    text = visible_text(card)
    assert "9:30 to 10:30 · Ana · A series · 555 0117" in text
    assert "10:30 to 11:50 · nobody planned" in text
    family.house.care.undo()
    assert company(family) == []
    assert "nobody planned" not in visible_text(card), "an empty plan draws no comment"


def test_the_open_part_is_planned_next(qtbot: QtBot, card: CompanyCard, family: Family) -> None:
    plan(family)
    click(qtbot, button(card, "Plan company: 10:30 to 11:50"))
    sheet = form(card)
    assert (sheet.begin.value(), sheet.end.value()) == (time(10, 30), time(11, 50))
    qtbot.keyClicks(sheet.who.line, "Ana")
    click(qtbot, sheet.primary)
    assert company(family) == [("Teo", 0, 60, False), ("Ana", 60, 80, False)]


def test_a_ticked_box_is_not_turned_by_words(qtbot: QtBot, card: CompanyCard) -> None:
    click(qtbot, card.plan)
    sheet = form(card)
    qtbot.keyClicks(sheet.what.line, "Cards")
    assert sheet.powered.state == "open"
    qtbot.mouseClick(sheet.powered, Qt.MouseButton.LeftButton)
    sheet.what.set_text("Reading aloud")
    assert sheet.powered.state == "done"


@pytest.mark.parametrize(
    ("begin", "end", "wrong"),
    [
        ("9:30", "9:30", "end"),
        ("10:30", "10:00", "end"),
        ("", "10:00", "begin"),
        ("10:00", "soon", "end"),
        ("8:00", "10:00", "begin"),
        ("11:50", "12:30", "begin"),
    ],
)
def test_hours_that_cannot_be(
    qtbot: QtBot, card: CompanyCard, family: Family, begin: str, end: str, wrong: str
) -> None:
    click(qtbot, card.plan)
    sheet = form(card)
    qtbot.keyClicks(sheet.who.line, "Ana")
    sheet.begin.set_text(begin)
    sheet.end.set_text(end)
    click(qtbot, sheet.primary)
    assert company(family) == []
    assert getattr(sheet, wrong).error()
    assert (sheet.begin.text(), sheet.end.text()) == (begin, end), "what was typed stays"


@pytest.mark.parametrize(
    ("begins", "hour", "minutes"),
    [
        ("09:30", "09:30", 0),
        ("09:30", "10:45", 75),
        ("09:30", "09:00", -30),
        ("22:30", "00:30", 120),
        ("13:00", "12:00", -60),
    ],
)
def test_an_hour_is_counted_from_the_start(begins: str, hour: str, minutes: int) -> None:
    start = datetime.combine(date(2026, 3, 31), time.fromisoformat(begins))
    assert minutes_after(start, time.fromisoformat(hour)) == minutes


def test_somebody_is_changed_and_taken_off(qtbot: QtBot, card: CompanyCard, family: Family) -> None:
    plan(family, what="Cards", powered=True)
    click(qtbot, button(card, "Change: Teo, 9:30 to 10:30"))
    sheet = form(card)
    sheet.what.set_text("Music")
    assert sheet.powered.state == "done", "what was kept is not turned by words"
    sheet.end.set_text("11:00")
    click(qtbot, sheet.primary)
    assert company(family) == [("Teo", 0, 90, True)]
    click(qtbot, button(card, "Change: Teo, 9:30 to 11:00"))
    click(qtbot, button(form(card), "Take off the plan"))
    assert company(family) == []
    family.house.care.undo()
    assert company(family) == [("Teo", 0, 90, True)]


def test_the_clinic_s_word_on_visitors_stands_in_the_form(
    qtbot: QtBot, card: CompanyCard, family: Family
) -> None:
    click(qtbot, card.plan)
    assert "Willow Lane on visitors: not asked yet" in visible_text(form(card))
    form(card).reject()
    clinic = family.house.people.contact("clinic")
    assert clinic is not None
    family.house.people.save_contact(replace(clinic, rules_visitors="One at a time"))
    click(qtbot, card.plan)
    assert "Willow Lane on visitors: One at a time" in visible_text(form(card))


def test_the_charger_leads_to_the_bag_until_it_is_packed(
    qtbot: QtBot, card: CompanyCard, family: Family
) -> None:
    plan(family)
    assert not card.charger.isVisible()
    plan(family, who="Ana", after=60, powered=True)
    assert "Charger with a long cable: not packed yet" in visible_text(card)
    with qtbot.waitSignal(card.asked) as asked:
        click(qtbot, card.charger.button)
    assert asked.args == ["bag", "visit", VISIT]
    family.house.bags.set_state(VISIT, "chargers", "not_needed")
    assert "marked as not needed in the bag" in visible_text(card)
    click(qtbot, card.charger.button)
    assert "not packed yet" in visible_text(card)
    family.house.bags.set_state(VISIT, "chargers", "packed")
    assert "Charger with a long cable: packed" in visible_text(card)
    assert not card.charger.button.isVisible()


def test_what_the_bag_refuses_is_said(
    qtbot: QtBot, card: CompanyCard, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(family, powered=True)
    family.house.bags.set_state(VISIT, "chargers", "not_needed")

    def busy(*_args: object) -> None:
        raise DataBusy("data.busy")

    monkeypatch.setattr(family.house.company, "take_charger", busy)
    click(qtbot, card.charger.button)
    assert card.wrong.isVisible()


def test_the_infusion_after_is_planned_too(qtbot: QtBot, card: CompanyCard, family: Family) -> None:
    plan(family)
    assert not card.earlier.isEnabled()
    click(qtbot, card.later)
    assert "Tue 28 Apr" in visible_text(card)
    assert "Teo" not in visible_text(card)
    click(qtbot, card.plan)
    qtbot.keyClicks(form(card).who.line, "Ana")
    click(qtbot, form(card).primary)
    assert "Tue 28 Apr" in visible_text(card), "it stays where it was"
    assert company(family) == [("Teo", 0, 60, False)]
    click(qtbot, card.earlier)
    assert "Teo" in visible_text(card)


def test_what_is_typed_is_shown_letter_by_letter(
    qtbot: QtBot, card: CompanyCard, family: Family
) -> None:
    plan(family, who="<b>Teo</b> 王 😀", what="一起听评书")
    text = visible_text(card)
    assert "<b>Teo</b> 王 😀" in text
    assert "一起听评书" in text


def test_two_at_once_and_a_stretch_nobody_sees(
    qtbot: QtBot, card: CompanyCard, family: Family
) -> None:
    plan(family, minutes=140)
    plan(family, who="Ana", after=30, minutes=30)
    assert "nobody planned" not in visible_text(card)
    card.hours.repaint()
    assert not card.hours.grab().isNull()


def test_without_an_infusion_it_says_what_is_missing(qtbot: QtBot, tmp_path: Path) -> None:
    empty = open_family(tmp_path)
    card = opened(qtbot, empty, None)
    assert "No infusion with an hour is in the calendar yet." in visible_text(card)
    assert not card.plan.isVisible()
    empty.house.agenda.save(
        Appointment(
            id="v", uid="", person="", type="infusion", title="Infusion",
            start=Zoned(datetime(2026, 3, 31, 9, 30), ZONE),
        )
    )  # fmt: skip
    assert card.plan.isVisible()
    assert not card.later.isVisible(), "there is only one"
    empty.close()


def test_every_control_has_a_name_of_its_own(card: CompanyCard, family: Family) -> None:
    plan(family, powered=True)
    plan(family, who="Ana", after=100, minutes=30)
    seen = [one for one in card.findChildren(QPushButton) if one.isVisible()]
    names = [one.accessibleName() for one in seen]
    assert all(names)
    assert len(names) == len(set(names))
    assert all(one.height() >= 44 for one in seen)
