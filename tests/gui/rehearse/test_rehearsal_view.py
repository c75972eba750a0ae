"""A test reminder: it comes in ten seconds, was it seen, and what to look at if not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.errors import DiskTrouble
from caregiver_app.gui.rehearse.around import Around
from caregiver_app.gui.rehearse.model import AT, SAW, Rehearsal, last_words
from caregiver_app.gui.rehearse.view import RehearsalView
from caregiver_app.gui.theme import Theme
from caregiver_app.services.entry_settings import is_of_this_computer
from tests.fakes import Home
from tests.gui.calendar.family import dressed, empty_home
from tests.gui.rehearse.rings import HeldRinger, HeldTimer, Login
from tests.gui.tabs_family import visible_text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def theme(qapp: QApplication) -> Theme:
    return dressed(qapp)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Friday 20 March 2026, 10:00 in New York."""
    made = empty_home(tmp_path)
    yield made
    made.close()


@dataclass
class Try:
    """The view with everything that a test moves."""

    home: Home
    ringer: HeldRinger
    timer: HeldTimer
    login: Login
    rehearsal: Rehearsal
    view: RehearsalView
    qtbot: QtBot

    def click(self, words: str) -> None:
        self.qtbot.mouseClick(self.button(words), LEFT)
        QApplication.processEvents()

    def button(self, words: str) -> QAbstractButton:
        found = self.view.findChildren(QAbstractButton)
        return next(one for one in found if one.isVisible() and one.text() == words)

    def ring(self) -> None:
        self.click("Ring in 10 seconds")
        self.ringer.rehearsal_begins.emit()
        QApplication.processEvents()

    def wait(self, seconds: float) -> None:
        self.home.clock.on(seconds=seconds)
        self.timer.timeout.emit()

    def buttons(self) -> list[str]:
        found = self.view.findChildren(QAbstractButton)
        return [one.text() for one in found if one.isVisible()]

    def said(self) -> str:
        return visible_text(self.view)


@pytest.fixture
def hand(qtbot: QtBot, home: Home, theme: Theme) -> Try:
    ringer, timer, login = HeldRinger(), HeldTimer(), Login()
    rehearsal = Rehearsal(home.house, lambda: ringer, timer=timer)
    around = Around(lambda: ringer, lambda: login)
    view = RehearsalView(home.house, theme, rehearsal, lambda: around.found(rehearsal))
    qtbot.addWidget(view)
    view.resize(700, 700)
    view.show()
    view.activateWindow()
    qtbot.waitExposed(view)
    return Try(home, ringer, timer, login, rehearsal, view, qtbot)


def test_it_asks_for_a_real_reminder_in_ten_seconds(hand: Try):
    hand.click("Ring in 10 seconds")
    assert hand.ringer.asked == [10_000]
    assert hand.buttons() == ["Cancel"]
    assert "It comes in 10 seconds. Look at another window meanwhile" in hand.said()
    assert hand.view.focusWidget() is hand.view.cancel


def test_the_countdown_is_quiet(hand: Try):
    hand.click("Ring in 10 seconds")
    said: list[str] = []
    for _ in range(20):
        hand.wait(0.5)
        if hand.view.sentence.text() not in said:
            said.append(hand.view.sentence.text())
    assert said == [
        "It comes in 10 seconds. Look at another window meanwhile, or make this one small.",
        "It comes in a few seconds.",
        "It comes now.",
    ]


def test_it_can_be_cancelled(hand: Try):
    hand.click("Ring in 10 seconds")
    hand.click("Cancel")
    assert hand.ringer.ended == 1
    assert not hand.timer.runs
    assert hand.buttons() == ["Ring in 10 seconds"]
    hand.ringer.rehearsal_begins.emit()
    assert hand.rehearsal.stage == "", "what somebody else tries is not ours"
    assert last_words(hand.home.house) == ""


def test_when_it_came_it_asks_what_was_seen(hand: Try):
    hand.ring()
    assert "Did you see a small window on top of the others?" in hand.said()
    assert hand.buttons() == [
        "Yes, I saw it", "Only the desktop’s small notice", "No, nothing came",
    ]  # fmt: skip
    assert not hand.timer.runs


@pytest.mark.parametrize(
    ("button", "kept"),
    [
        ("Yes, I saw it", "you saw it."),
        ("Only the desktop’s small notice", "you saw only the desktop notice."),
        ("No, nothing came", "you saw nothing."),
    ],
)
def test_the_answer_is_remembered_with_its_day(hand: Try, button: str, kept: str):
    hand.ring()
    hand.click(button)
    assert hand.ringer.ended == 1, "the test line goes with the answer"
    assert f"Tried today, 10:00: {kept}" in hand.said()
    assert "Ring again in 10 seconds" in hand.buttons()
    hand.home.restart()
    hand.home.clock.on(days=1)
    assert last_words(hand.home.house) == f"Tried yesterday, 10:00: {kept}"
    hand.home.clock.on(days=3)
    assert last_words(hand.home.house) == f"Tried on Friday 20 March, 10:00: {kept}"


def test_an_answer_is_no_change_that_undo_would_name(hand: Try):
    before = hand.home.house.care.store.undo_label()
    hand.ring()
    hand.click("Yes, I saw it")
    assert hand.home.house.care.store.undo_label() == before


def test_what_was_seen_here_says_nothing_of_another_computer():
    assert is_of_this_computer(AT)
    assert is_of_this_computer(SAW)


def test_done_in_the_reminder_window_is_a_yes(hand: Try):
    hand.ring()
    hand.ringer.rehearsal_answered.emit()
    assert hand.rehearsal.stage == "seen"
    assert "Good. Every reminder comes like that" in hand.said()
    assert "you saw it" in last_words(hand.home.house)


def test_a_try_that_never_comes_ends_and_says_so(hand: Try):
    hand.click("Ring in 10 seconds")
    hand.wait(31)
    assert hand.rehearsal.stage == "asleep"
    assert "This window does not ring yet" in hand.said()
    assert hand.buttons() == ["Ring in 10 seconds"]


def test_where_nothing_rings_it_says_so(qtbot: QtBot, home: Home, theme: Theme):
    rehearsal = Rehearsal(home.house, lambda: None, timer=HeldTimer())
    around = Around(lambda: None, lambda: None)
    view = RehearsalView(home.house, theme, rehearsal, lambda: around.found(rehearsal))
    qtbot.addWidget(view)
    view.show()
    view.ring.click()
    assert "the other window rings" in visible_text(view)


def test_what_cannot_be_written_down_still_counts(hand: Try, monkeypatch):
    def refuse(**_values: str) -> None:
        raise DiskTrouble("disk.full")

    monkeypatch.setattr(hand.home.house.settings, "remember", refuse)
    hand.ring()
    hand.click("No, nothing came")
    assert hand.rehearsal.is_answered
    assert hand.view.what_to_do.isVisible()


def test_damaged_memory_of_the_last_try_is_none(home: Home):
    for at in ("", "soon", "2026-03-20T10:00:00"):
        home.house.settings.remember(rehearsal__at=at, rehearsal__saw="seen")
        assert last_words(home.house) == ""
    home.house.settings.remember(rehearsal__at="2026-03-20T10:00:00+00:00", rehearsal__saw="x")
    assert last_words(home.house) == ""


# ---- what to look at ---------------------------------------------------------------------------
def test_nothing_seen_though_all_works_here(hand: Try):
    hand.ring()
    hand.ringer.rehearsed.emit(True, "The notice was handed to the desktop.")
    hand.login.is_on = True
    hand.click("No, nothing came")
    said = hand.said()
    assert "It comes at the bottom right." in said
    assert "The desktop took the notice, but may not show it" in said
    assert "While the computer sleeps, nothing rings" in said
    for not_so_here in ("no tray", "no window stays on top", "does not start with", "second time"):
        assert not_so_here not in said


def test_the_desktops_own_reason_is_said(hand: Try):
    hand.ring()
    hand.ringer.rehearsed.emit(False, "“Do not disturb” is on, so the desktop keeps notices back.")
    hand.click("No, nothing came")
    assert "“Do not disturb” is on, so the desktop keeps notices back." in hand.said()
    assert "may not show it" not in hand.said()


def test_a_desktop_without_a_tray_or_windows_on_top(hand: Try):
    hand.ringer.has_tray = hand.ringer.stays_on_top = False
    hand.ring()
    hand.click("No, nothing came")
    assert "On this desktop no window stays on top" in hand.said()
    assert "This desktop has no tray" in hand.said()
    assert "It comes at the bottom right." not in hand.said()


def test_another_window_that_rings_is_named_first(hand: Try):
    hand.ringer.rings_here = False
    hand.ringer.panel.up = False
    hand.ring()
    hand.click("No, nothing came")
    said = hand.said()
    assert said.index("Another window of this program rings") < said.index("did not open")


def test_with_only_the_small_notice_the_window_is_looked_for(hand: Try):
    hand.ring()
    hand.ringer.rehearsed.emit(True, "The notice was handed to the desktop.")
    hand.click("Only the desktop’s small notice")
    assert "It comes at the bottom right." in hand.said()
    assert "may not show it" not in hand.said(), "the notice was seen"


def test_starting_with_the_computer_is_offered_where_it_is_off(hand: Try):
    asked: list[bool] = []
    hand.view.what_to_do.start_asked.connect(lambda: asked.append(True))
    hand.ring()
    hand.click("No, nothing came")
    hand.click("Start with the computer")
    assert asked == [True]
    assert not hand.login.is_on, "whoever shows the view switches it"


@pytest.mark.parametrize(("is_on", "possible"), [(True, True), (False, False)])
def test_it_is_not_offered_where_it_is_on_or_impossible(hand: Try, is_on, possible):
    hand.login.is_on, hand.login.is_possible = is_on, possible
    hand.ring()
    hand.click("No, nothing came")
    assert "Start with the computer" not in hand.buttons()


def test_ringing_again_takes_the_advice_away(hand: Try):
    hand.ring()
    hand.click("No, nothing came")
    hand.click("Ring again in 10 seconds")
    assert not hand.view.what_to_do.isVisible()
    assert "Tried" not in hand.said()
    assert hand.ringer.asked == [10_000, 10_000]
