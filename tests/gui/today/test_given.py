"""Today: as-needed medicines in two clicks, and more to say of a scheduled one than a tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Dose, Medicine, Person
from caregiver_app.domain.times import Zoned, to_text
from caregiver_app.gui.medicines.gave_sheet import GaveSheet
from caregiver_app.gui.medicines.history_sheet import HistorySheet
from caregiver_app.gui.today.given import more_menu
from tests.gui.tabs_family import Family, settled_family
from tests.gui.today.page import Page, opened, pill, seen, settle

TODAY = date(2026, 3, 20)
ASK_FIRST = "Ask the clinic before giving something for fever."


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


def relief(family: Family, person: str = "rosa", id_: str = "relief") -> None:
    family.house.people.save_medicine(
        Medicine(id=id_, person=person, name="Paracetamol", what_for="aches", as_needed=True)
    )


def mark_of(family: Family) -> tuple[str, str]:
    (one,) = family.house.doses.history("rosa", TODAY, TODAY).timed
    return one.mark.state, one.mark.reason


def say(page: Page, words: str) -> None:
    """Choose from the menu beside the only medicine."""
    row = next(iter(page.tab.pills.rows.values()))
    tab = page.tab
    look = lambda: tab.desk.medicines.history_for(row.pill.dose.appointment)  # noqa: E731
    menu = more_menu(tab, row.pill, lambda state, reason: tab._mark(row.pill, state, reason), look)
    next(one for one in menu.actions() if one.text() == words).trigger()
    settle()


def test_without_such_a_medicine_there_is_no_card(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    assert page.tab.as_needed is None
    assert ASK_FIRST not in seen(page.tab)


def test_what_was_given_and_is_on_no_list_is_told_with_the_line(
    qtbot: QtBot, family: Family
) -> None:
    for hour, name in ((8, "Ibuprofen"), (14, "Lozenge")):
        at = Zoned(datetime(2026, 3, 20 if hour == 8 else 19, hour, 5), "Europe/London")
        family.house.doses.save(Dose(id=name, person="rosa", name=name, at=at))
    page = opened(qtbot, family)
    assert page.tab.as_needed is not None
    assert (
        page.tab.as_needed.also.text() == "Also given: Ibuprofen, 8:05 · Lozenge, Thu 19 Mar, 14:05"
    )
    assert ASK_FIRST in seen(page.tab)
    family.house.doses.remove("Ibuprofen")
    family.house.doses.remove("Lozenge")
    settle()
    assert not page.tab.as_needed.isVisible()


def test_gave_it_is_two_clicks(qtbot: QtBot, family: Family) -> None:
    relief(family)
    page = opened(qtbot, family)
    card = page.tab.as_needed
    assert card is not None
    assert ASK_FIRST in seen(card)
    page.click(card.list.rows["relief"].give)
    sheet = page.tab.desk.medicines.sheet
    assert isinstance(sheet, GaveSheet)
    page.click(sheet.primary)
    (one,) = family.house.doses.between(TODAY, TODAY)
    assert (to_text(one.at), one.medicine, one.amount) == ("2026-03-20T18:00", "relief", "")
    assert "last given 18:00" in seen(card)
    family.house.care.undo()
    settle()
    assert "last given" not in seen(card)


def test_by_keys_alone(qtbot: QtBot, family: Family) -> None:
    relief(family)
    page = opened(qtbot, family)
    card = page.tab.as_needed
    assert card is not None
    give = card.list.rows["relief"].give
    give.setFocus()
    qtbot.keyClick(give, Qt.Key.Key_Return)
    sheet = page.tab.desk.medicines.sheet
    assert isinstance(sheet, GaveSheet)
    qtbot.keyClick(sheet.amount.control, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(family.house.doses.between(TODAY, TODAY)) == 1


def test_with_several_people_each_is_named(qtbot: QtBot, family: Family) -> None:
    family.house.people.save_person(Person(id="mei", name="王梅"))
    relief(family)
    relief(family, "mei", "other")
    page = opened(qtbot, family)
    card = page.tab.as_needed
    assert card is not None
    assert card.list.rows["other"].title.text() == "Paracetamol (王梅)"
    page.tab.set_person("rosa")
    settle()
    assert list(card.list.rows) == ["relief"]
    assert card.list.rows["relief"].title.text() == "Paracetamol"


def test_the_card_comes_and_goes_with_the_medicine(qtbot: QtBot, family: Family) -> None:
    page = opened(qtbot, family)
    relief(family)
    settle()
    card = page.tab.as_needed
    assert card is not None
    assert card.isVisible()
    family.house.people.remove(Medicine, "relief")
    settle()
    assert not card.isVisible()


@pytest.mark.parametrize(
    ("words", "kept", "fact"),
    [
        ("Taken", ("taken", ""), "taken 18:00"),
        ("Skipped", ("skipped", ""), "skipped"),
        ("Skipped: was asleep", ("skipped", "Was asleep"), "skipped: was asleep"),
    ],
)
def test_a_medicine_is_marked_from_its_menu(
    qtbot: QtBot, family: Family, words: str, kept: tuple[str, str], fact: str
) -> None:
    pill(family, "folic", "Folic acid", 8)
    page = opened(qtbot, family)
    say(page, words)
    assert mark_of(family) == kept
    (row,) = page.tab.pills.rows.values()
    assert row.pill.fact == fact
    say(page, "Not marked")
    assert mark_of(family) == ("open", "")


def test_the_menu_opens_beside_the_row(qtbot: QtBot, family: Family, monkeypatch) -> None:
    pill(family, "folic", "Folic acid", 8)
    page = opened(qtbot, family)
    shown: list[list[str]] = []
    monkeypatch.setattr(
        "caregiver_app.gui.today.tab.pop_up",
        lambda menu, _button: shown.append([one.text() for one in menu.actions() if one.text()]),
    )
    (holder,) = page.tab.pills.holders.values()
    assert "Folic acid" in holder.more.accessibleName()
    page.click(holder.more)
    (words,) = shown
    assert words[:2] == ["Taken", "Skipped"]
    assert "Not marked" not in words
    assert words[-1] == "Own words, and the last 30 days…"


def test_the_thirty_days_open_for_what_is_not_on_the_list(qtbot: QtBot, family: Family) -> None:
    pill(family, "drops", "Eye drops", 8)
    page = opened(qtbot, family)
    say(page, "Own words, and the last 30 days…")
    sheet = page.tab.desk.medicines.sheet
    assert isinstance(sheet, HistorySheet)
    assert "Friday 20 March, 8:00: not marked yet" in seen(sheet)
    sheet.done(0)


def test_skipping_a_waiting_medicine_offers_reasons(qtbot: QtBot, family: Family) -> None:
    pill(family, "folic", "Folic acid", 8, day=20)
    page = opened(qtbot, family)
    row = page.row("Folic acid")
    page.click(row.skip_button)
    assert row.reason is not None
    words = [one.words for one in row.reason.choices]
    assert "Felt unwell" in words
    page.click(row.reason.choices[words.index("Felt unwell")])
    assert mark_of(family) == ("skipped", "Felt unwell")
