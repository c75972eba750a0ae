"""The delay dialog of plans with parts: courses, a rhythm, what comes anew and what goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caregiver_app.domain.entities import Authorisation, BlockedDays, Phase, Plan
from caregiver_app.gui.calendar.plan.delay_dialog import MoveDialog
from tests.gui.calendar.family import at

Ask = Callable[..., MoveDialog]


@pytest.fixture
def ask(home, theme) -> Iterator[Ask]:
    made: list[MoveDialog] = []

    def asking(visit: str, target: date | None = None) -> MoveDialog:
        dialog = MoveDialog(home.house, theme, home.visit(visit), target=target)
        made.append(dialog)
        dialog.open()
        return dialog

    yield asking
    for one in made:
        one.done(0)
        one.deleteLater()


@pytest.fixture
def courses(home) -> Plan:
    """Three days in a row from 6 April, and two days a year later."""
    plan = Plan(
        id="two", uid="two", person="rosa", medicine="alemtuzumab", first=at("2026-04-06T09:00"),
        offsets=(0, 1, 2), every=None, unit="day", clinic="clinic",
        phases=(Phase(begins=12, begins_unit="month", offsets=(0, 1), unit="day",
                      name="Second course"),),
    )  # fmt: skip
    return home.house.plans.save(plan)


def consequence(dialog: MoveDialog, place: int) -> str:
    return dialog.cards[place].accessibleDescription()


def warned(dialog: MoveDialog) -> str:
    return " ".join(label.text() for label in dialog.warning.findChildren(QLabel))


def test_a_starting_visit_a_rhythm_and_a_course_say_what_begins_again(home, ask, courses):
    assert "The starting visits count anew" in consequence(ask("plan~2"), 2)
    assert "The rhythm counts anew from this visit." in consequence(ask("plan~5"), 2)
    assert "This course counts anew" in consequence(ask("two~1"), 2)
    assert "“Second course” counts anew" in consequence(ask("two~4"), 2)


def test_each_card_counts_its_own_visits(ask, courses):
    dialog = ask("two~2", date(2026, 4, 9))
    assert consequence(dialog, 0).endswith("1 visit changes.")
    assert "visits change." in consequence(dialog, 1)
    assert all(not card.isChecked() for card in dialog.cards)


def test_visits_that_come_anew_stand_in_the_list_and_in_the_count(home, ask, courses):
    dialog = ask("two~3", date(2026, 4, 13))
    dialog.cards[2].click()
    preview = home.house.plans.preview_move(
        "two~3", at("2026-04-13T09:00"), dialog.choice()
    )  # fmt: skip
    added = [one for one in preview if one.added]
    assert added, "the course has more visits than before"
    notes = [line.note for line in dialog.dates.lines]
    assert notes.count("comes anew") == len(added)
    assert dialog.primary.words == f"Change {len(preview)} visits"
    assert f"{len(added)} come anew." in consequence(dialog, 2)
    assert f"{len(added)} come" in dialog.later.before.fact.text()
    dialog.agreed.click()
    dialog.primary.click()
    assert home.visit(added[-1].visit).start.local.date() == added[-1].after.local.date()
    home.house.care.undo()
    assert home.house.agenda.get(added[-1].visit) is None


def test_visits_that_go_are_said_and_gone(home, ask):
    home.house.plans.save(
        Plan(id="end", uid="end", person="rosa", medicine="iron", first=at("2026-04-07T09:00"),
             offsets=(0,), every=2, last=date(2026, 6, 2))
    )  # fmt: skip
    dialog = ask("end~2", date(2026, 5, 5))
    dialog.cards[1].click()
    lines = [line.sentence() for line in dialog.dates.lines]
    gone = [line for line in lines if "no visit any more" in line]
    assert gone
    assert dialog.primary.words == f"Change {len(lines)} visits"
    assert "go" in dialog.later.before.fact.text()
    dialog.agreed.click()
    dialog.primary.click()
    assert max(home.dates("end")) <= date(2026, 6, 2)


def test_a_missed_visit_brings_the_sentence_about_missed_doses(home, ask):
    home.clock.at("2026-04-02T10:00")
    dialog = ask("plan~2")
    assert "Do not double, skip or rebook on your own" in warned(dialog)
    assert "01632 960142" in warned(dialog)
    assert "Starting visits are timed on purpose" in warned(dialog)


def test_a_visit_to_come_does_not_speak_of_missing(ask):
    assert "Do not double" not in warned(ask("plan~2"))


def test_the_driver_has_not_been_asked_for_the_new_day(home, ask):
    home.house.agenda.set_ride("plan~2", "Ana", "01632 960117", "08:40")
    dialog = ask("plan~2")
    assert not dialog.along.ride.isVisible()
    dialog.day.set_text("31 Mar 2026")
    assert not dialog.along.ride.isVisible()
    dialog.day.set_text("9 Apr 2026")
    assert dialog.along.ride.words.text() == "Ride: Ana has not been asked for Thu 9 Apr"
    assert dialog.along.isVisible()


def test_packed_things_stay_packed(home, ask):
    line = home.house.bags.bag("plan~2").group("things")[0]
    home.house.bags.set_state("plan~2", line.key, "packed")
    assert "1 tick kept" in ask("plan~2", date(2026, 4, 9)).along.bag.words.text()


def test_an_approval_that_ends_before_is_said(home, ask):
    home.house.people.save_authorisation(
        Authorisation(id="a", person="rosa", last=date(2026, 4, 2), number="7")
    )
    dialog = ask("plan~2", date(2026, 4, 1))
    assert not dialog.along.approval.isVisible()
    dialog.day.set_text("9 Apr 2026")
    said = dialog.along.approval.words.text()
    assert said == "Approval ends 2 Apr: Infusion 2 would fall outside it."


def test_the_clinics_closed_day_is_said_and_can_still_be_agreed(home, ask):
    home.house.blocked.save(
        BlockedDays(id="shut", clinic="clinic", first=date(2026, 4, 9), reason="Easter")
    )
    dialog = ask("plan~2", date(2026, 4, 9))
    assert "Easter" in " ".join(dialog.along.conflicts.sentences())
    dialog.cards[0].click()
    dialog.agreed.click()
    assert dialog.primary.isEnabled()


def test_later_dates_on_closed_days_are_told_below_the_list(home, ask):
    dialog = ask("plan~2", date(2026, 4, 9))
    dialog.cards[1].click()
    assert not dialog.later.closed.isVisible()
    home.house.blocked.save(
        BlockedDays(id="shut", clinic="clinic", first=date(2026, 5, 7), last=date(2026, 5, 8))
    )
    home.house.blocked.save(
        BlockedDays(id="away", person="rosa", first=date(2026, 7, 2), last=date(2026, 7, 2))
    )
    dialog.settle()
    said = dialog.later.closed.words.text()
    assert said == "Closed, or days that don’t suit: Thu 7 May, Thu 2 Jul"
    dialog.cards[0].click()
    assert not dialog.later.closed.isVisible()


def test_keys_alone_go_all_the_way(home, ask, qtbot):
    dialog = ask("plan~2", date(2026, 4, 9))
    card = dialog.cards[0]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    dialog.agreed.setFocus()
    qtbot.keyClick(dialog.agreed, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert home.visit("plan~2").start.local.date() == date(2026, 4, 9)
