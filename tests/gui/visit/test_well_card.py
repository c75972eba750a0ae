"""Well enough to go? Nothing preselected, the number on any worry, and never a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint

from caregiver_app.domain.entities import VisitAnswer
from tests.gui.visit.visits import click, opened, seen, settle

KEYS = ("well.fever", "well.infection", "well.antibiotics", "well.vaccine")


@pytest.fixture
def card(home, desk):
    home.clock.at("2026-03-30T18:00")
    made = opened(desk).well
    assert made is not None
    return made


def answer(card, key: str, said: str) -> None:
    click(next(one for one in card.rows[key].choice.segments if one.key == said))


def test_four_questions_and_nothing_is_chosen(card):
    assert tuple(card.rows) == KEYS
    assert all(row.choice.value() is None for row in card.rows.values())
    assert not card.call.isVisible()
    assert not card.calm.isVisible()


@pytest.mark.parametrize("said", ["yes", "unsure"])
@pytest.mark.parametrize("key", KEYS)
def test_any_worry_shows_the_clinics_number_large(home, card, key, said):
    answer(card, key, said)
    assert card.call.isVisible()
    assert card.call.number.text() == "01632 960142"
    told = seen(card.call)
    assert home.house.visits.well_enough("plan~2").yes in told
    assert "01632 960199" in told
    kept = home.house.care.store.get(VisitAnswer, f"plan~2:{key}")
    assert kept.answer == said


def test_four_times_no_says_the_quiet_sentence_and_nothing_more(home, card):
    for key in KEYS:
        assert not card.calm.isVisible()
        answer(card, key, "no")
    assert not card.call.isVisible()
    assert card.calm.text() == home.house.visits.well_enough("plan~2").no


def test_nothing_ever_says_cancel_or_go(card):
    for said in ("yes", "unsure", "no"):
        for key in KEYS:
            answer(card, key, said)
        words = seen(card).lower()
        assert "cancel" not in words
        assert "go anyway" not in words


def test_a_worry_that_is_corrected_goes_and_its_change_can_be_undone(home, card):
    answer(card, "well.fever", "yes")
    answer(card, "well.fever", "no")
    assert not card.call.isVisible()
    home.house.care.undo()
    card.look_again()
    assert card.call.isVisible()


def test_fever_leads_to_its_own_sign(card, desk, qtbot):
    answer(card, "well.fever", "yes")
    with qtbot.waitSignal(desk.asked) as asked:
        click(card.rows["well.fever"].sign)
    assert asked.args == ["watch", "sign", "fever"]


def test_without_a_number_it_can_be_written_down(home, desk, qtbot):
    home.clock.at("2026-03-30T18:00")
    contact = home.house.people.contacts("rosa")[0]
    home.house.people.save_contact(replace(contact, phone="", phone_after_hours=""))
    card = opened(desk).well
    answer(card, "well.vaccine", "unsure")
    assert card.call.number.text() == "No number is written down yet"
    with qtbot.waitSignal(desk.asked) as asked:
        click(card.call.add_number)
    assert asked.args == ["care", "contact", ""]


def test_it_is_asked_on_the_day_before_and_on_request_earlier(home, desk):
    sheet = opened(desk)
    assert sheet.well is None
    click(sheet.parts.rows["well_enough"].button)
    assert sheet.well is not None
    assert sheet.well.isVisible()
    assert "well_enough" not in sheet.parts.rows, "it is asked above, not led to"
    assert sheet.focusWidget() is sheet.well.rows["well.fever"].choice.segments[0]
    answer(sheet.well, "well.fever", "no")
    sheet.look_again()
    assert sheet.well is not None, "a question that somebody is answering does not go away"


def test_a_visit_that_does_without_it_does_not_ask(home, desk):
    home.clock.at("2026-03-30T18:00")
    home.house.visits.set_part("plan~2", "well_enough", False)
    assert opened(desk).well is None


def test_once_it_is_over_it_is_not_asked_any_more(home, desk, card):
    home.clock.at("2026-03-31T13:00")
    desk.sheet.look_again()
    settle()
    assert desk.sheet.well is None


def test_the_number_comes_into_sight_with_the_worry(home, desk, qtbot):
    home.clock.at("2026-03-30T10:00")
    desk.page.window().resize(660, 520)
    sheet = opened(desk, "plan~2", "well_enough")
    assert sheet.well is not None

    def is_seen(widget) -> bool:
        head = widget.mapTo(sheet.area.viewport(), QPoint(0, 0)).y()
        return 0 <= head <= sheet.area.viewport().height() - min(widget.height(), 100)

    assert is_seen(sheet.well), "its first line is not above what is seen"
    first = next(iter(sheet.well.rows.values()))
    click(next(one for one in first.choice.segments if one.key == "yes"))
    call = sheet.well.call
    qtbot.waitUntil(lambda: call.isVisible() and is_seen(call), timeout=2000)
