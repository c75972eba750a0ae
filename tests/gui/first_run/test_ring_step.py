"""The last step lets a reminder come, asks, helps, and says what it found."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import delete

from caregiver_app.domain.entities import Person
from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.rehearsal_line import RehearsalLine
from caregiver_app.gui.rehearse.model import last_words
from tests.gui.first_run.conftest import BACK, NEXT, SKIP, Hand
from tests.gui.rehearse.rings import Login
from tests.gui.ringing import Outcome

RING, AGAIN, NOTHING = "Ring in 10 seconds", "Ring again in 10 seconds", "No, nothing came"


def to_the_test(hand: Hand):
    hand.accept()
    for _ in range(3):
        hand.click(SKIP)
    assert hand.place == "test"
    return hand.step("test")


def ring(hand: Hand, ringer, words: str = RING) -> None:
    """Ask for a reminder, and let the ten seconds be over."""
    hand.click(words)
    ringer.rehearse()
    QApplication.processEvents()


def said(hand: Hand) -> str:
    return "\n".join(one.text() for one in hand.page.findChildren(QLabel) if one.isVisible())


def test_it_waits_to_be_asked_and_then_ten_seconds(hand: Hand, ringer, desktop):
    step = to_the_test(hand)
    assert desktop.told == []
    assert hand.page.focusWidget() is step.view.ring
    hand.click(RING)
    assert desktop.told == []
    assert not ringer.panel.isVisible()
    assert "It comes in 10 seconds. Look at another window meanwhile" in said(hand)
    assert hand.page.focusWidget() is step.view.cancel
    assert not hand.page.next.isEnabled()


def test_then_it_asks_whether_it_was_seen(hand: Hand, ringer, desktop):
    step = to_the_test(hand)
    ring(hand, ringer)
    assert ringer.panel.isVisible()
    assert desktop.told == [("Care reminder", "This is a test, 10:00")]
    assert "Did you see a small window on top of the others?" in said(hand)
    assert step.found.window_row.second() == "opened on top of the others"
    assert step.found.window_row.chip.text() == "Works"
    assert step.found.notices.chip.text() == "A moment"
    assert hand.page.focusWidget() is step.view.yes
    assert not hand.page.next.isEnabled()
    assert "Answer to finish, or skip this for now." in said(hand)


def test_it_can_be_called_off(hand: Hand, ringer, desktop):
    to_the_test(hand)
    hand.click(RING)
    hand.click("Cancel")
    assert not ringer._try.isActive()
    assert hand.page.focusWidget() is hand.step("test").view.ring


def test_what_the_desktop_did_is_told(hand: Hand, ringer, desktop):
    step = to_the_test(hand)
    ring(hand, ringer)
    desktop.deliver()
    assert step.found.notices.chip.text() == "Works"
    assert step.found.notices.second() == "sent; shown as “Care reminder”, no health words"
    hand.click(NOTHING)
    ring(hand, ringer, AGAIN)
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    assert step.found.notices.chip.text() == "Check"
    assert step.found.notices.second().startswith("This desktop shows no notices")


def test_sleep_and_start_are_said_plainly(hand: Hand):
    to_the_test(hand)
    assert "it can’t ring then. You get one list as soon as it wakes" in said(hand)
    assert "not possible here. Open the app yourself, and leave it open" in said(hand)


def test_starting_with_the_computer_is_offered_and_never_imposed(begin):
    login = Login()
    hand = begin(login=login)
    step = to_the_test(hand)
    assert not login.is_on
    assert "off. Without it, reminders ring only while the app is open" in said(hand)
    hand.click("Turn on: start with the computer")
    assert login.is_on
    assert step.found.starts.chip.text() == "Works"
    assert not step.found.starts.button.isVisible()


def test_where_it_cannot_be_switched_the_reason_is_said(begin):
    login = Login(trouble=DiskTrouble("autostart.write", path="/etc/x"))
    hand = begin(login=login)
    to_the_test(hand)
    hand.click("Turn on: start with the computer")
    assert "/etc/x cannot be written" in said(hand)
    assert not login.is_on


def test_yes_takes_the_window_away_and_lets_one_finish(hand: Hand, ringer):
    step = to_the_test(hand)
    ring(hand, ringer)
    hand.click("Yes, I saw it")
    assert not ringer.panel.isVisible()
    assert not step.view.yes.isVisible()
    assert hand.page.next.isEnabled()
    assert not hand.page.skip.isVisible()
    assert hand.page.focusWidget() is hand.page.next
    assert last_words(hand.home.house) == "Tried today, 10:00: you saw it."
    hand.click("Finish")
    assert hand.ended == [True]


def test_done_in_the_window_itself_is_a_yes(hand: Hand, ringer):
    to_the_test(hand)
    ring(hand, ringer)
    ringer.panel.findChild(RehearsalLine).done_button.click()
    assert "Good." in said(hand)
    assert hand.page.next.isEnabled()


def test_no_says_what_to_look_at_on_this_computer(begin, ringer, desktop):
    login = Login()
    hand = begin(login=login)
    step = to_the_test(hand)
    ring(hand, ringer)
    desktop.deliver()
    hand.click(NOTHING)
    assert not ringer.panel.isVisible()
    words = said(hand)
    for hint in ("Do not disturb", "bottom right", "does not start with", "sleeps"):
        assert hint in words
    assert not step.found.isVisible(), "once is enough"
    assert hand.page.next.isEnabled()
    hand.click("Start with the computer")
    assert login.is_on
    assert "does not start with" not in said(hand)
    ring(hand, ringer, AGAIN)
    assert len(desktop.told) == 2
    assert ringer.panel.isVisible()
    assert "Do not disturb" not in said(hand)
    assert not hand.page.next.isEnabled()


def test_leaving_takes_the_window_along(hand: Hand, ringer):
    to_the_test(hand)
    ring(hand, ringer)
    hand.click(BACK)
    assert not ringer.panel.isVisible()
    hand.click(NEXT)
    hand.click(RING)
    hand.click(SKIP)
    assert (hand.ended, ringer.panel.isVisible()) == ([True], False)
    assert not ringer._try.isActive(), "nor does it come later"


def test_once_answered_coming_back_asks_nothing(hand: Hand, ringer, desktop):
    to_the_test(hand)
    ring(hand, ringer)
    hand.click("Yes, I saw it")
    hand.click(BACK)
    hand.click(NEXT)
    assert len(desktop.told) == 1
    assert hand.page.next.isEnabled()


def test_resumed_before_anything_rings_it_waits_for_the_click(begin, desktop, ringer):
    begin().home.house.settings.remember(first_run="test")
    hand = begin()
    assert hand.place == "test"
    assert desktop.told == []
    assert hand.page.focusWidget() is hand.step("test").view.ring
    ring(hand, ringer)
    assert len(desktop.told) == 1
    assert ringer.panel.isVisible()


def test_without_a_ringer_it_says_why(begin):
    hand = begin(rings=False)
    to_the_test(hand)
    hand.click(RING)
    assert "the other window rings" in said(hand)
    assert not hand.page.next.isEnabled()
    hand.click(SKIP)
    assert hand.ended == [True]


def test_where_another_program_rings_it_says_so(begin, ringer, monkeypatch):
    monkeypatch.setattr(ringer, "_holds_claim", lambda: False)
    hand = begin()
    step = to_the_test(hand)
    ring(hand, ringer)
    assert step.found.window_row.chip.text() == "Check"
    assert "another program with the same data rings" in step.found.window_row.second()


def test_an_answer_that_comes_after_the_page_is_gone_harms_nobody(hand: Hand, ringer, desktop):
    to_the_test(hand)
    ring(hand, ringer)
    hand.click(SKIP)
    delete(hand.page)
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    hand.home.house.people.save_person(Person(id="", name="Rosa"))
    assert hand.counts() == (1, 0, 0)
