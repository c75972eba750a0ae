"""The test tools themselves: real windows on a private screen, real notices on a private bus."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools.screen import NotSeenInTimeError, private_bus, private_screen

pytestmark = pytest.mark.screen

WINDOW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication(sys.argv)
line = QLineEdit()
line.setWindowTitle("Papers and Ärztin 头痛")
line.returnPressed.connect(lambda: print("typed", line.text(), app.platformName(), flush=True))
line.show()
sys.exit(app.exec())
"""

NOTICE = """
import sys, warnings
from plyer import notification
notification.notify(title=sys.argv[1], message=sys.argv[2], app_name="Caregiver Companion")
"""


def test_a_real_window_opens_takes_keys_and_closes():
    with private_screen() as screen:
        program = screen.start([sys.executable, "-c", WINDOW])
        window = screen.wait_for_window("Papers and Ärztin 头痛", program)
        assert screen.active_window() == window
        screen.type_text(window, "hello")
        screen.press(window, "Return")
        screen.close_window(window)
        assert program.wait(20) == 0
        assert screen.output(program) == "typed hello xcb\n"


def test_a_program_that_ends_without_a_window_is_told_with_what_it_said():
    with private_screen() as screen:
        program = screen.start([sys.executable, "-c", "print('no window today')"])
        with pytest.raises(NotSeenInTimeError, match="no window today"):
            screen.wait_for_window("anything", program)


def test_a_real_service_receives_what_plyer_sends():
    with private_screen() as screen, private_bus(screen) as bus:
        assert bus.notices() == []
        for title, text in (
            ("Care reminder, 09:00", "Open the app"),
            ("提醒", "O'Brien & Ärztin 💊"),
        ):
            sender = screen.start([sys.executable, "-c", NOTICE, title, text], env=bus.env)
            assert sender.wait(30) == 0, screen.output(sender)
        first, second = bus.wait_for_notices(2)
        assert (first.title, first.body) == ("Care reminder, 09:00", "Open the app")
        assert (second.title, second.body) == ("提醒", "O'Brien & Ärztin 💊")


def test_without_a_service_nothing_arrives_and_plyer_does_not_say_so():
    # This is why the app asks the bus before it trusts a notice to have been seen.
    with private_bus(None, service=False) as bus, private_screen() as screen:
        sender = screen.start([sys.executable, "-c", NOTICE, "a", "b"], env=bus.env)
        assert sender.wait(60) == 0
        assert bus.notices() == []


def test_two_screens_do_not_meet():
    with private_screen() as one, private_screen(window_manager=False) as two:
        assert one.display != two.display
        program = one.start([sys.executable, "-c", WINDOW])
        one.wait_for_window("Papers", program)
        assert two.windows() == {}


def test_all_that_was_started_is_ended():
    with private_screen() as screen, private_bus(screen):
        program = screen.start([sys.executable, "-c", WINDOW])
        screen.wait_for_window("Papers", program)
        folder = screen.folder
    assert program.poll() is not None
    assert not Path(folder).exists()
