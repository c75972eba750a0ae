"""The last step rings for real, asks, helps, and says what it found."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from caregiver_app.domain.entities import Person
from caregiver_app.gui.rehearsal_line import RehearsalLine
from tests.gui.first_run.conftest import BACK, NEXT, SKIP, Hand
from tests.gui.test_ringer import Outcome


def to_the_test(hand: Hand):
    hand.accept()
    for _ in range(3):
        hand.click(SKIP)
    assert hand.place == "test"
    return hand.step("test")


def said(hand: Hand) -> str:
    return "\n".join(one.text() for one in hand.page.findChildren(QLabel) if one.isVisible())


def test_coming_here_rings_once(hand: Hand, ringer, desktop):
    step = to_the_test(hand)
    assert ringer.panel.isVisible()
    assert desktop.told == [("Care reminder", "This is a test, 10:00")]
    assert "We rang a moment ago. Did you see a small window on top of the others?" in said(hand)
    assert step.found.window_row.second() == "opened on top of the others"
    assert step.found.window_row.chip.text() == "Works"
    assert step.found.notices.chip.text() == "A moment"
    assert hand.page.focusWidget() is step.yes
    assert not hand.page.next.isEnabled()
    assert "Answer to finish, or skip this for now." in said(hand)


def test_what_the_desktop_did_is_told(hand: Hand, desktop):
    step = to_the_test(hand)
    desktop.deliver()
    assert step.found.notices.chip.text() == "Works"
    assert step.found.notices.second() == "sent; shown as “Care reminder”, no health words"
    hand.click("Ring again")
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    assert step.found.notices.chip.text() == "Check"
    assert step.found.notices.second().startswith("This desktop shows no notices")


def test_sleep_and_start_are_said_plainly(hand: Hand):
    to_the_test(hand)
    assert "it can’t ring then. You get one list as soon as it wakes" in said(hand)
    assert "off. Without it, reminders ring only while the app is open" in said(hand)


def test_yes_takes_the_window_away_and_lets_one_finish(hand: Hand, ringer):
    step = to_the_test(hand)
    hand.click("Yes, I saw it")
    assert not ringer.panel.isVisible()
    assert not step.yes.isVisible()
    assert hand.page.next.isEnabled()
    assert not hand.page.skip.isVisible()
    assert hand.page.focusWidget() is hand.page.next
    hand.click("Finish")
    assert hand.ended == [True]


def test_done_in_the_window_itself_is_a_yes(hand: Hand, ringer):
    to_the_test(hand)
    ringer.panel.findChild(RehearsalLine).done_button.click()
    assert "Good." in said(hand)
    assert hand.page.next.isEnabled()


def test_no_says_what_to_look_at(hand: Hand, ringer, desktop):
    step = to_the_test(hand)
    hand.click("No, nothing came")
    assert not ringer.panel.isVisible()
    words = said(hand)
    for hint in ("Do not disturb", "must stay open", "sleeps", "bottom right"):
        assert hint in words
    assert step.found.window_row.chip.text() == "Check"
    assert hand.page.next.isEnabled()
    hand.click("Ring again")
    assert len(desktop.told) == 2
    assert ringer.panel.isVisible()
    assert "Do not disturb" not in said(hand)
    assert not hand.page.next.isEnabled()


def test_leaving_takes_the_window_along(hand: Hand, ringer):
    to_the_test(hand)
    hand.click(BACK)
    assert not ringer.panel.isVisible()
    hand.click(NEXT)
    assert ringer.panel.isVisible()
    hand.click(SKIP)
    assert (hand.ended, ringer.panel.isVisible()) == ([True], False)


def test_once_answered_coming_back_does_not_ring(hand: Hand, desktop):
    to_the_test(hand)
    hand.click("Yes, I saw it")
    hand.click(BACK)
    hand.click(NEXT)
    assert len(desktop.told) == 1


def test_resumed_before_anything_rings_it_waits_for_the_click(begin, desktop, ringer):
    begin().home.house.settings.remember(first_run="test")
    hand = begin()
    assert hand.place == "test"
    assert desktop.told == []
    assert hand.page.focusWidget() is hand.step("test").ring_now
    hand.click("Ring now")
    assert len(desktop.told) == 1
    assert ringer.panel.isVisible()


def test_without_a_ringer_it_says_why(begin):
    hand = begin(rings=False)
    to_the_test(hand)
    assert "A small window will come up" in said(hand)
    hand.click("Ring now")
    assert "the other window rings" in said(hand)
    assert not hand.page.next.isEnabled()
    hand.click(SKIP)
    assert hand.ended == [True]


def test_where_another_program_rings_it_says_so(begin, ringer, monkeypatch):
    monkeypatch.setattr(ringer, "_holds_claim", lambda: False)
    step = to_the_test(begin())
    assert step.found.window_row.chip.text() == "Check"
    assert "another program with the same data rings" in step.found.window_row.second()


def test_an_answer_that_comes_after_the_page_is_gone_harms_nobody(hand: Hand, desktop):
    to_the_test(hand)
    hand.click(SKIP)
    delete(hand.page)
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    hand.home.house.people.save_person(Person(id="", name="Rosa"))
    assert hand.counts() == (1, 0, 0)
