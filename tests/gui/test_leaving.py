"""Closing lets the program go on, quitting says what falls silent, a session's end asks nobody."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from caregiver_app.bootstrap import tab_class
from caregiver_app.domain.entities import Note
from caregiver_app.errors import DataBusy, DataDamaged, DiskTrouble
from caregiver_app.gui.app import AfterPaint, make_window
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.later import Later
from caregiver_app.gui.leaving import Leaving
from caregiver_app.gui.leaving_sheets import GoesOnSheet, QuitSheet
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.not_kept import NotKept
from caregiver_app.gui.stop_signals import StopSignals
from caregiver_app.gui.support.note_keeper import NoteKeeper
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tray import Tray
from caregiver_app.gui.widgets.sheet import Sheet
from tests.fakes import Home
from tests.gui.calendar.family import dressed, rosas_home
from tests.gui.test_tray import Desktop


class Rings:
    """A ringer of which only the two answers matter."""

    rings_here = True
    until: datetime | None = datetime(2026, 3, 31, 13, 30, tzinfo=UTC)
    trouble: Exception | None = None

    def silent_until(self) -> datetime | None:
        if self.trouble is not None:
            raise self.trouble
        return self.until


class AtLogin:
    is_possible = is_on = True
    why_not = ""

    def set_on(self, on: bool) -> None:
        self.is_on = on


class Door:
    """The window with everything around it, and what became of it."""

    def __init__(self, home: Home, theme: Theme, window: MainWindow, desktop: Desktop) -> None:
        self.home, self.window, self.desktop = home, window, desktop
        self.rings = Rings()
        self.tray = Tray(window, theme, host=desktop.host, available=desktop.available)
        self.leaving = Leaving(window, home.house, theme, self.rings, self.tray)
        window.leaving = self.leaving
        self.tray.start()
        self.quit = 0

    @property
    def sheet(self) -> Sheet | None:
        return self.leaving.sheet

    def words(self) -> str:
        QApplication.processEvents()
        assert self.sheet is not None
        return " ".join(one.text() for one in self.sheet.findChildren(QLabel) if one.isVisible())

    def is_over(self) -> bool:
        return self.quit > 0 and not self.window.isVisible()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = rosas_home(tmp_path)
    made.house.settings.remember(first_run="done")
    yield made
    made.close()


@pytest.fixture
def door(qapp, qtbot, home: Home, monkeypatch) -> Iterator[Door]:
    theme = dressed(qapp)
    actions = AppActions(lambda _path: Path(), lambda _path: None, lambda: False)
    window = make_window(home.house, theme, actions, lambda: Later, tab_class)
    window.resize(1280, 860)
    window.show()
    qtbot.waitExposed(window)
    made = Door(home, theme, window, Desktop())

    def quit_() -> None:
        made.quit += 1

    monkeypatch.setattr(QApplication, "quit", quit_)
    yield made
    made.leaving.stop()
    window.leaving = None
    if made.sheet is not None:
        made.sheet.done(0)
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


# -- Closing --------------------------------------------------------------------------------------


def test_closing_goes_on_in_the_tray_and_says_so_once(door: Door, qtbot):
    door.window.close()
    assert door.window.isHidden()
    assert not door.quit
    assert isinstance(door.sheet, GoesOnSheet)
    said = door.words()
    assert "Still watching" in said
    assert "goes on in the background and rings" in said
    assert "Quit in the icon’s menu, or Ctrl+Q" in said
    qtbot.mouseClick(door.sheet.primary, Qt.MouseButton.LeftButton)
    assert door.sheet is None
    door.tray.opened.emit()
    assert door.window.isVisible()
    door.window.close()
    assert door.window.isHidden()
    assert door.sheet is None, "said once"


def test_it_is_said_once_ever(door: Door):
    door.window.close()
    door.sheet.accept()
    door.leaving.come_up()
    again = Leaving(door.window, door.home.another(), door.leaving._theme, door.rings, door.tray)
    door.window.leaving = again
    door.window.close()
    assert door.window.isHidden()
    assert again.sheet is None
    again._house.care.store.close()


def test_without_a_tray_closing_minimises_and_says_so_once(door: Door):
    door.desktop.tray = False
    door.window.close()
    assert door.window.isMinimized()
    assert not door.window.isHidden()
    said = door.words()
    assert "Still watching" in said
    assert "Ctrl+Q in the window" in said
    assert "tray" not in said
    door.sheet.accept()
    door.leaving.come_up()
    assert not door.window.isMinimized()
    door.leaving._again.stop()
    door.window.close()
    assert door.window.isMinimized()
    assert door.sheet is None
    assert not door.quit


def test_who_closes_the_minimised_window_again_at_once_wants_it_gone(door: Door, qtbot):
    door.desktop.tray = False
    door.window.close()
    door.sheet.accept()
    door.leaving.come_up()
    door.window.close()
    assert isinstance(door.sheet, QuitSheet)
    assert door.window.isVisible()
    qtbot.mouseClick(door.sheet.cancel, Qt.MouseButton.LeftButton)
    assert not door.quit
    door.window.close()
    assert door.window.isMinimized(), "asked once is enough"
    assert door.sheet is None


def test_who_closes_it_in_the_task_bar_is_asked(door: Door):
    door.desktop.tray = False
    door.window.showMinimized()
    door.window.close()
    assert isinstance(door.sheet, QuitSheet)
    assert door.sheet.parentWidget() is None, "the window itself cannot be seen"
    assert door.sheet.isVisible()
    assert not door.quit


def test_quit_instead_leads_to_the_question(door: Door, qtbot):
    door.window.close()
    qtbot.mouseClick(door.sheet.cancel, Qt.MouseButton.LeftButton)
    assert isinstance(door.sheet, QuitSheet)
    assert door.sheet.isVisible()
    door.sheet.primary.click()
    assert door.is_over()


def test_escape_on_what_is_said_leaves_all_as_it_is(door: Door, qtbot):
    door.window.close()
    qtbot.keyClick(door.sheet, Qt.Key.Key_Escape)
    assert door.sheet is None
    assert door.window.isHidden()
    assert not door.quit


def test_opening_the_window_takes_the_words_away(door: Door):
    door.window.close()
    door.leaving.come_up()
    assert door.sheet is None
    assert door.window.isVisible()


def test_where_the_person_left_off_is_kept_when_the_window_hides(door: Door):
    door.window.open("bag")
    door.window.close()
    assert door.home.house.settings.text("window.tab", "") == "bag"


def test_the_emergency_page_does_not_hold_reminders_back_behind_a_hidden_window(door: Door):
    held: list[bool] = []

    class Held:
        def hold_back(self, hold: bool) -> None:
            held.append(hold)

    door.window.ringer = Held()
    door.window.show_emergency()
    door.window.close()
    assert held[-1] is False
    assert not door.window.is_in_emergency
    door.window.ringer = None


def test_emergency_from_the_tray_brings_the_window_up(door: Door):
    door.window.close()
    door.tray.emergency_asked.emit()
    assert door.window.isVisible()
    assert door.window.is_in_emergency


def test_emergency_in_the_reminder_window_is_not_barred_by_what_is_said(door: Door):
    door.window.close()
    assert door.sheet is not None
    door.window.show_emergency()
    assert door.window.isVisible()
    assert door.window.is_in_emergency


def test_the_reminders_that_wait_are_shown_from_the_tray(door: Door):
    door.window.open("bag")
    door.window.close()
    door.tray.waiting_asked.emit()
    assert door.window.isVisible()
    assert door.window.tab_bar.currentIndex() == 0


def test_during_the_first_steps_closing_ends(door: Door):
    door.home.house.settings.remember(first_run="plan")
    door.window.close()
    assert door.is_over()
    assert door.sheet is None


def test_without_anything_that_rings_closing_ends(door: Door):
    door.window.leaving = None
    door.window.close()
    assert door.is_over()


def test_another_window_that_closes_ends_nothing_while_this_one_is_hidden(door: Door):
    assert not QGuiApplication.quitOnLastWindowClosed()
    door.leaving.stop()
    assert QGuiApplication.quitOnLastWindowClosed()


def test_what_is_said_while_nobody_looks_is_there_afterwards(door: Door, qtbot):
    door.window.close()
    door.sheet.accept()
    door.window.banner._timer.setInterval(1)
    door.window.say("A backup could not be written.")
    qtbot.wait(20)
    door.leaving.come_up()
    assert door.window.banner.words() == "A backup could not be written."
    qtbot.waitUntil(lambda: door.window.banner.words() == "")


# -- A tray that comes and goes -------------------------------------------------------------------


def test_a_tray_that_goes_away_leaves_the_window_within_reach(door: Door):
    door.window.close()
    assert door.window.isHidden()
    door.desktop.tray = False
    door.tray.look()
    assert door.window.isMinimized()
    assert not door.window.isHidden()
    door.tray.look()
    assert door.window.isMinimized()


def test_an_open_window_stays_open_when_the_tray_goes(door: Door):
    door.desktop.tray = False
    door.tray.look()
    assert not door.window.isMinimized()


def test_in_the_background_it_stays_in_the_tray(door: Door):
    door.window.hide()
    door.leaving.begin_in_background()
    assert door.window.isHidden()
    door.tray.opened.emit()
    assert door.window.isVisible()


def test_after_a_login_the_tray_may_come_later(door: Door):
    door.desktop.tray = False
    door.window.hide()
    door.leaving.begin_in_background()
    assert door.window.isHidden(), "not yet: a tray may come"
    door.desktop.tray = True
    door.tray.look()
    assert not door.leaving._tray_comes.isActive()
    assert door.window.isHidden()


def test_where_no_tray_comes_it_is_minimised(door: Door, qtbot):
    door.desktop.tray = False
    door.window.hide()
    door.leaving._tray_comes.setInterval(1)
    door.leaving.begin_in_background()
    qtbot.waitUntil(door.window.isMinimized)
    assert not door.window.isHidden()


def test_a_window_opened_meanwhile_is_left_alone(door: Door, qtbot):
    door.desktop.tray = False
    door.window.hide()
    door.leaving.begin_in_background()
    door.leaving.come_up()
    assert not door.leaving._tray_comes.isActive()
    assert door.window.isVisible()


# -- Quitting -------------------------------------------------------------------------------------


def test_ctrl_q_says_until_when_nothing_rings_and_ends_on_yes(door: Door, qtbot):
    qtbot.keyClick(door.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(door.sheet, QuitSheet))
    said = door.words()
    assert "If you quit, nothing rings until you start it again." in said
    assert "Next would be: Tue 31 Mar 9:30." in said
    for private in ("Rosa", "infliximab", "Infusion"):
        assert private not in said
    assert not door.quit
    qtbot.mouseClick(door.sheet.primary, Qt.MouseButton.LeftButton)
    assert door.is_over()
    assert door.home.house.settings.text("window.tab", "") == "today"


def test_keep_it_running_changes_nothing(door: Door, qtbot):
    door.leaving.ask()
    qtbot.mouseClick(door.sheet.cancel, Qt.MouseButton.LeftButton)
    assert door.sheet is None
    assert door.window.isVisible()
    assert not door.quit


def test_quit_in_the_settings_asks_the_same(door: Door, qtbot):
    door.window.open("settings", "reminders")
    reminders = door.window.stack.currentWidget().groups["reminders"]
    qtbot.mouseClick(reminders.alive.quit, Qt.MouseButton.LeftButton)
    assert isinstance(door.sheet, QuitSheet)
    assert not door.quit


def test_from_the_tray_the_question_is_a_window_of_its_own(door: Door):
    door.window.close()
    door.sheet.accept()
    door.tray.quit_asked.emit()
    assert isinstance(door.sheet, QuitSheet)
    assert door.sheet.parentWidget() is None
    assert door.sheet.isVisible()
    assert door.window.isHidden()
    door.tray.quit_asked.emit()
    assert door.sheet.isVisible(), "asked once"
    door.sheet.primary.click()
    assert door.is_over()


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (None, "Nothing is due to ring in the next weeks."),
        (datetime(2026, 3, 20, 9, tzinfo=UTC), "Next would be: now."),
        (datetime(2027, 1, 5, 14, tzinfo=UTC), "Next would be: Tue 5 Jan 2027 9:00."),
    ],
)
def test_what_comes_next_is_said_whenever_it_is(door: Door, until, said: str):
    door.rings.until = until
    door.leaving.ask()
    assert said in door.words()


def test_what_waits_and_what_starts_by_itself_is_said(door: Door, monkeypatch):
    monkeypatch.setattr(
        type(door.home.house.reminders), "open_now", lambda _self: [object(), object()]
    )
    door.window.at_login = AtLogin()
    door.leaving.ask()
    said = door.words()
    assert "2 reminders wait for an answer." in said
    assert "nothing rings until you start it again or log in again." in said


def test_data_that_cannot_be_read_just_now_does_not_bar_the_way_out(door: Door):
    door.rings.trouble = DataBusy("data.busy", path="there")
    door.leaving.ask()
    assert isinstance(door.sheet, QuitSheet)


def test_reminders_that_cannot_be_read_do_not_bar_the_way_out_either(door: Door, monkeypatch):
    def unreadable(_self: object) -> object:
        raise DataDamaged("data.row_damaged", kind="answer", id="x")

    monkeypatch.setattr(type(door.home.house.reminders), "open_now", unreadable)
    door.leaving.ask()
    assert isinstance(door.sheet, QuitSheet)
    assert "waits for an answer" not in door.words()


@pytest.mark.parametrize("tray", [True, False])
def test_settings_that_cannot_be_read_let_closing_go_on_within_reach(
    door: Door, monkeypatch, tray: bool
):
    def unreadable(_self: object, _name: str, _default: str) -> str:
        raise DataDamaged("data.row_damaged", kind="setting", id="x")

    door.desktop.tray = tray
    with monkeypatch.context() as broken:
        broken.setattr(type(door.home.house.settings), "text", unreadable)
        door.window.close()
    assert not door.quit
    assert door.window.isHidden() == tray
    assert door.window.isMinimized() != tray


def test_where_another_program_rings_nobody_is_asked(door: Door):
    door.rings.rings_here = False
    door.leaving.ask()
    assert door.sheet is None
    assert door.is_over()


def test_over_an_open_form_what_would_be_lost_is_said(door: Door, qtbot):
    door.window.files.export()
    form = door.window.files.sheet
    qtbot.waitExposed(form)
    form.path.set_text("/home/ana/other.ics")
    door.tray.quit_asked.emit()
    assert isinstance(door.sheet, QuitSheet)
    assert door.sheet.parentWidget() is form
    assert "What you typed in the open form is not kept." in door.words()
    door.sheet.reject()
    assert form.isVisible()
    assert form.path.text() == "/home/ana/other.ics"
    form.done(0)


# -- Ends that ask nobody -------------------------------------------------------------------------


def test_the_end_of_the_session_ends_without_asking_and_keeps_the_place(door: Door):
    door.window.open("support")
    door.leaving.session_ends(None)
    assert door.home.house.settings.text("window.tab", "") == "support"
    door.window.close()
    assert door.is_over()
    assert door.sheet is None


def test_a_session_that_goes_on_after_all_lets_closing_hide_again(door: Door, qtbot):
    door.leaving._session.setInterval(1)
    door.leaving.session_ends(None)
    qtbot.waitUntil(lambda: not door.leaving._session.isActive())
    door.window.close()
    assert door.window.isHidden()
    assert not door.quit


def test_who_ends_the_program_otherwise_is_not_held_up(door: Door):
    door.leaving.let_go()
    door.window.close()
    assert door.is_over()


def test_the_crash_window_closes_the_program_without_asking(door: Door):
    door.window.end()
    assert door.is_over()
    assert door.sheet is None


def test_the_end_that_came_before_the_window_was_settled_is_an_end(door: Door):
    leaving, door.window.leaving = door.window.leaving, None
    begun = AfterPaint(door.window, lambda: None)
    door.window.end()
    assert not door.is_over(), "not yet: what closing does is not known"
    door.window.leaving = leaving
    begun.settle()
    assert door.is_over()
    assert door.sheet is None


def test_a_hidden_window_ends_as_well(door: Door):
    door.window.close()
    door.sheet.accept()
    door.window.end()
    assert door.is_over()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_is_heard_at_once_and_given_back(qtbot, number: int):
    before = signal.getsignal(number)
    signals = StopSignals()
    try:
        with qtbot.waitSignal(signals.stopped, timeout=2000):
            os.kill(os.getpid(), number)
    finally:
        signals.stop()
    assert signal.getsignal(number) is before


# ---- with words that cannot be kept ----------------------------------------------------------
@pytest.mark.parametrize("rings", [True, False])
def test_quitting_with_words_that_cannot_be_kept_is_one_calm_question(
    door: Door, qtbot, home: Home, monkeypatch, tmp_path: Path, rings: bool
):
    def refuse(*_given: object, **_more: object) -> object:
        raise DiskTrouble("disk.full", path="there")

    form = QWidget()
    qtbot.addWidget(form)
    house = home.house
    person = house.people.people()[0].id
    new = Note(id="", person=person, text="", at=home.clock.now())
    keeper = NoteKeeper(house, lambda note: replace(note, text="Words of mine"), form)
    keeper.begin(new)
    keeper.touched()
    not_kept = NotKept(door.window, house, dressed(QApplication.instance()))
    door.rings.rings_here = rings
    monkeypatch.setattr(house.care.store, "change", refuse)
    door.leaving.ask()
    QApplication.processEvents()
    sheet = door.sheet
    assert isinstance(sheet, QuitSheet)
    assert not_kept.sheet is None, "nothing else is asked"
    words = door.words()
    assert "What you wrote last in a note is not kept yet." in words
    assert ("nothing rings until you start it again" in words) is rings
    assert (sheet.primary.words, sheet.cancel.words) == ("Quit all the same", "Stay")
    assert sheet.copy_button is not None
    copy = tmp_path / "copy.txt"
    sheet.save_to(copy)
    assert copy.read_text(encoding="utf-8") == "Words of mine"
    assert f"Saved: {copy}" in sheet.told.text().replace("\u200b", "")
    qtbot.mouseClick(sheet.cancel, Qt.MouseButton.LeftButton)
    assert not door.is_over()
    keeper.let_go()
    door.leaving.ask()
    if rings:
        assert isinstance(door.sheet, QuitSheet)
        assert "not kept yet" not in door.words()
        assert door.sheet.primary.words == "Quit"
    else:
        assert door.is_over()
