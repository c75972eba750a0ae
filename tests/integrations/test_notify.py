"""Desktop notices: what is sent is safe, what fails is told, nothing blocks."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.integrations import notify
from caregiver_app.integrations.notify import (
    APP_NAME,
    BODY_LIMIT,
    FAILED,
    NO_PROGRAM,
    NO_SERVICE,
    SENT,
    TIMEOUT,
    TITLE_LIMIT,
    Delivery,
    DesktopNotifier,
    safe_body,
    safe_title,
)
from tests.tools.screen import Screen, private_bus, private_screen

CHILD = """
import json, sys
from caregiver_app.integrations.notify import DesktopNotifier
notifier = DesktopNotifier()
sent = [notifier.send(title, body) for title, body in json.loads(sys.argv[1])]
print(json.dumps([notifier.probe(), [[one.ok, one.reason_key] for one in sent]]))
"""


class FakePlyer:
    """Stands in for plyer; `act` is what it does with a notice."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.act: Callable[[], None] = lambda: None

    def notify(self, **values: str) -> None:
        self.sent.append(values)
        self.act()


@pytest.fixture
def plyer(monkeypatch: pytest.MonkeyPatch) -> FakePlyer:
    fake = FakePlyer()
    module = types.ModuleType("plyer")
    module.notification = fake  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "plyer", module)
    return fake


Bus = dict[str, list[object]]


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Bus:
    """The bus's answers by question; a service is running unless a test says otherwise."""
    answers: Bus = {
        "NameHasOwner": [True],
        "ListActivatableNames": [[]],
        "GetServerInformation": ["dunst"],
    }
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    monkeypatch.setattr(notify, "_ask", lambda _s, _p, question, *_: answers[question])
    return answers


def linux(seconds: float = 5.0) -> DesktopNotifier:
    return DesktopNotifier(system="linux", seconds=seconds)


def test_a_notice_goes_through_plyer(plyer: FakePlyer, bus: Bus) -> None:
    assert linux().send("Care reminder, 09:00", "It's time") == SENT
    assert plyer.sent == [
        {"title": "Care reminder, 09:00", "message": "It's time", "app_name": APP_NAME}
    ]


def test_without_a_service_plyer_is_not_even_asked(plyer: FakePlyer, bus: Bus) -> None:
    bus["NameHasOwner"] = [False]
    assert linux().send("a", "b") == NO_SERVICE
    assert plyer.sent == []


def test_a_service_that_does_not_answer_is_none(plyer: FakePlyer, bus: Bus) -> None:
    bus["GetServerInformation"] = []
    assert linux().send("a", "b") == NO_SERVICE
    assert plyer.sent == []


def test_the_probe_believes_a_running_or_a_startable_service(bus: Bus) -> None:
    assert linux().probe()
    bus["NameHasOwner"] = [False]
    assert not linux().probe()
    bus["ListActivatableNames"] = [["org.freedesktop.Notifications"]]
    assert linux().probe()
    bus["NameHasOwner"] = bus["ListActivatableNames"] = []
    assert not linux().probe()


def test_without_a_session_bus_there_is_no_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bus: Bus
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not linux().probe()
    (tmp_path / "bus").touch()
    assert linux().probe()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert not linux().probe()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_windows_and_macos_have_a_service_and_read_no_markup(plyer: FakePlyer, system: str) -> None:
    notifier = DesktopNotifier(system=system)
    assert notifier.probe()
    assert notifier.send("a", "<b> & c") == SENT
    assert plyer.sent[0]["message"] == "<b> & c"


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        (NotImplementedError("No usable implementation found!"), NO_PROGRAM),
        (FileNotFoundError("notify-send"), FAILED),
        (UserWarning("notify-send not found."), FAILED),
        (RuntimeError("no"), FAILED),
        (TypeError("unhashable"), FAILED),
    ],
)
def test_whatever_plyer_raises_is_told(
    plyer: FakePlyer, bus: Bus, error: Exception, delivery: Delivery
) -> None:
    def fail() -> None:
        raise error

    plyer.act = fail
    assert linux().send("a", "b") == delivery


def test_plyer_that_is_not_installed_is_told(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plyer", None)
    assert linux().send("a", "b") == FAILED


def test_a_notice_that_hangs_is_left_behind_and_the_next_ones_do_not_pile_up(
    plyer: FakePlyer, bus: Bus
) -> None:
    free = threading.Event()
    plyer.act = lambda: free.wait(20) and None
    notifier = linux(seconds=0.1)
    began = time.monotonic()
    assert notifier.send("a", "b") == TIMEOUT
    assert notifier.send("c", "d") == TIMEOUT
    assert time.monotonic() - began < 5
    assert len(plyer.sent) == 1
    free.set()
    worker = notifier._stuck
    assert worker is not None
    worker.join(20)
    plyer.act = lambda: None
    assert DesktopNotifier.send(notifier, "e", "f") == SENT


def test_sending_without_waiting_hands_the_outcome_over(plyer: FakePlyer, bus: Bus) -> None:
    free, told = threading.Event(), threading.Event()
    outcome: list[object] = []

    def done(delivery: Delivery) -> None:
        outcome.extend([delivery, threading.current_thread()])
        told.set()

    plyer.act = lambda: free.wait(20) and None
    linux(seconds=20).send_async("a", "b", done)
    assert outcome == []
    free.set()
    assert told.wait(20)
    assert outcome[0] == SENT
    assert outcome[1] is not threading.current_thread()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Care reminder, 09:00", "Care reminder, 09:00"),
        ("-x", "x"),
        ("--help", "help"),
        (" - \x07-x", "x"),
        ("-", APP_NAME),
        ("", APP_NAME),
        ("two\nlines\tand", "two lines and"),
        ("<b>&", "<b>&"),
    ],
)
def test_titles(typed: str, shown: str) -> None:
    assert safe_title(typed) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("O'Brien <b>&</b>", "O'Brien &lt;b&gt;&amp;&lt;/b&gt;"),
        ("- one\n- two", "\u2013 one\n- two"),
        ("", ""),
        ("a\x00b\ud800", "ab"),
    ],
)
def test_bodies(typed: str, shown: str) -> None:
    assert safe_body(typed, markup=True) == shown


@given(st.text(max_size=400))
def test_any_text_becomes_a_safe_notice(text: str) -> None:
    title, body = safe_title(text), safe_body(text, markup=False)
    assert 1 <= len(title) <= TITLE_LIMIT
    assert len(body) <= BODY_LIMIT
    assert not title.startswith("-")
    assert not body.startswith("-")
    assert "\x00" not in title + body
    escaped = safe_body(text, markup=True)
    assert "<" not in escaped
    assert ">" not in escaped
    assert title == safe_title(title)


def in_a_child(env: dict[str, str], *notices: tuple[str, str]) -> tuple[bool, list[list[object]]]:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, json.dumps(notices)],
        env=env,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "dbus package" not in done.stderr
    probed, sent = json.loads(done.stdout)
    return probed, sent


@pytest.mark.screen
def test_a_real_service_receives_exactly_what_was_sent(screen: Screen) -> None:
    with private_bus(screen) as private:
        probed, sent = in_a_child(
            {**screen.env, **private.env},
            ("-Erinnerung, 09:00", "O'Brien & Müller: 頭痛 <b>?</b>"),
        )
        assert (probed, sent) == (True, [[True, "notify.sent"]])
        (notice,) = private.wait_for_notices(1)
        time.sleep(0.5)  # a second one would have come by now
        assert private.notices() == [notice]
        assert notice.app == APP_NAME
        assert notice.title == "Erinnerung, 09:00"
        assert "O'Brien" in notice.body
        assert "頭痛" in notice.body


@pytest.mark.screen
def test_a_bus_without_a_service_is_told() -> None:
    with private_screen(window_manager=False) as bare, private_bus(None, service=False) as private:
        probed, sent = in_a_child({**bare.env, **private.env}, ("a", "b"))
    assert (probed, sent) == (False, [[False, "notify.no_service"]])
