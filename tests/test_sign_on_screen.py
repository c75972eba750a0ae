"""From the shut program to what to do for trouble breathing, by keys and by ear alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.factories import NEW_YORK, line
from tests.lived import DAY_3, Home, is_kept
from tests.tools.reader import Reader, reader
from tests.tools.screen import Bus, Screen, private_bus, private_screen, wait_until

pytestmark = pytest.mark.screen

FIRST_STEP = "Call the emergency number now. Sit them upright."
CALL = "Hard to breathe: Call 999 now"
Room = tuple[Screen, Bus, Reader]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("TZ", NEW_YORK)
    made = Home(tmp_path / "data", DAY_3)
    made.plan(line("setting", id="emergency_number", value="999"))
    return made


@pytest.fixture
def room() -> Iterator[Room]:
    """A screen, the bus, and the ears of somebody who uses a screen reader."""
    with ExitStack() as stack:
        screen = stack.enter_context(private_screen())
        bus = stack.enter_context(private_bus(screen))
        yield screen, bus, stack.enter_context(reader(screen, bus))


def has_keyboard(hands: Reader, name: str) -> bool:
    return any(one["name"] == name and "focused" in one["states"] for one in hands.see())


def test_two_keys_after_the_tab_say_whom_to_call_and_what_to_do(home: Home, room: Room) -> None:
    screen, bus, hands = room
    with home.window(screen, bus, hands.env) as window:
        hands.wait_for("Today")
        screen.press(window, "ctrl+3")
        wait_until(lambda: has_keyboard(hands, "Find a sign"), "the keyboard in the find field")
        screen.press(window, "t", "r")
        hands.wait_for(CALL)
        heard = hands.words()
        assert FIRST_STEP in heard
        assert "Out of breath only on moving: call today." in heard
        assert "your number, as you typed it" not in heard, "the page is not open yet"
        assert "Hard to breathe, Emergency now" in heard, "its name says how urgent it is"
        screen.press(window, "Return")
        hands.wait_for("your number, as you typed it")
        assert "Sit them upright." in hands.words()
        assert not hands.unnamed()
        assert home.listed("side-effects") == [], "no form came before"


def test_the_same_by_ear_alone_and_then_written_down(home: Home, room: Room) -> None:
    screen, bus, hands = room
    with home.window(screen, bus, hands.env):
        hands.press("Side effects", "page tab")
        hands.write("Find a sign", "br")
        hands.wait_for(CALL)
        assert FIRST_STEP in hands.words()
        assert not hands.unnamed()
        hands.press("Hard to breathe, Emergency now")
        hands.wait_for("your number, as you typed it")
        hands.press("Write it down")
        hands.press("Severe, Now")
        (entry,) = wait_until(is_kept(lambda: home.listed("side-effects")), "the sign is kept")
        assert (entry["sign"], entry["severity"]) == ("trouble_breathing", 3)
        assert entry["urgency"] == "emergency"
        hands.wait_for("Written down:")


def test_a_sign_of_yesterday_takes_two_presses(home: Home, room: Room) -> None:
    screen, bus, hands = room
    with home.window(screen, bus, hands.env):
        hands.press("Side effects", "page tab")
        hands.press("Headache, Note it and mention it")
        hands.press("Mild, Yesterday")
        (entry,) = wait_until(is_kept(lambda: home.listed("side-effects")), "the sign is kept")
        assert entry["at"] == "2026-12-10", "nobody said at what hour"
        assert not hands.unnamed()
