"""Notices over a real message bus: replaced, clicked, kept back, refused, and what breaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from caregiver_app.integrations.notify import (
    APP_NAME,
    NO_SERVICE,
    QUIET,
    SENT,
    TIMEOUT,
    DesktopNotifier,
)
from caregiver_app.integrations.session_bus import (
    BusGone,
    NotificationService,
    SessionBus,
    session_address,
)
from caregiver_app.integrations.wake import WakeSign
from tests.integrations.notice_service import Service
from tests.tools.screen import Bus, Screen, private_bus, wait_until

pytestmark = pytest.mark.screen

WORDS = ("Ärztin 王梅 <b> & O'Brien", "- Grüße: 頭痛 <b>?</b> <img src='file:///x'/> & mehr")


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    """A bus on which nobody shows notices yet."""
    with private_bus(None, service=False) as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.address)
        yield made


@pytest.fixture
def notifier() -> Iterator[DesktopNotifier]:
    made = DesktopNotifier(system="linux")
    yield made
    made.close()


Make = Callable[..., Service]


def running(*names: str) -> list[threading.Thread]:
    """The threads of these names that have not ended."""
    return [one for one in threading.enumerate() if one.name in names]


@pytest.fixture
def service(bus: Bus) -> Iterator[Make]:
    """Makes a service on the bus; the last one is stopped at the end."""
    running: list[Service] = []

    def make(**how: object) -> Service:
        running.append(Service(bus.address, **how).start())  # type: ignore[arg-type]
        return running[-1]

    yield make
    for one in running:
        one.stop()


def test_everything_that_the_service_needs_arrives(service: Make, notifier: DesktopNotifier):
    desk = service()
    assert notifier.probe()
    assert notifier.send(*WORDS, key="eye") == SENT
    app, replaces, icon, title, body, actions, hints, expires = desk.notices[0]
    assert (app, replaces, icon) == (APP_NAME, 0, "caregiver-companion")
    assert title == WORDS[0], "a title is never markup"
    assert body == f"\N{EN DASH}{WORDS[1][1:]}", "it reads no markup, and gets none"
    assert actions[0] == "default"
    assert hints["urgency"] == ("y", 1)
    assert hints["desktop-entry"] == ("s", "caregiver-companion")
    assert hints["suppress-sound"] == ("b", True)
    assert expires == -1


def test_a_service_that_reads_markup_gets_it_escaped(service: Make, notifier: DesktopNotifier):
    desk = service(capabilities=("body", "body-markup"))
    notifier.send("a", "<b> & 'c'")
    assert desk.notices[0][4] == "&lt;b&gt; &amp; 'c'"


def test_a_repeat_takes_the_place_of_its_first_notice(service: Make, notifier: DesktopNotifier):
    desk = service(first=40)
    for key in ("eye", "tablet", "eye", "eye", ""):
        assert notifier.send("a", "b", key) == SENT
    assert [one[1] for one in desk.notices] == [0, 0, 40, 40, 0]


def test_numbers_of_a_service_that_is_gone_are_never_used_again(
    service: Make, notifier: DesktopNotifier
):
    first = service(first=7)
    notifier.send("a", "b", "eye")
    first.stop()
    second = service()
    assert notifier.send("a", "b", "eye") == SENT
    assert [one[1] for one in second.notices] == [0]
    notifier.send("a", "b", "eye")
    assert [one[1] for one in second.notices] == [0, 1]


def test_only_so_many_keys_are_kept(bus: Bus, service: Make):
    desk = service()
    line = SessionBus(bus.address, 5)
    way = NotificationService(line, lambda _key: None)
    way.greet()
    for number in range(120):
        way.show("a", "b", f"key{number}", app="x", entry="x")
    assert len(way._ids) == 50
    way.show("a", "b", "key119", app="x", entry="x")
    way.show("a", "b", "key0", app="x", entry="x")
    assert [one[1] for one in desk.notices[-2:]] == [120, 0]
    way.close()


def heard(keys: Queue[str]) -> str | None:
    try:
        return keys.get(timeout=10)
    except Empty:
        return None


def test_a_click_comes_back_and_other_signals_do_not(service: Make, notifier: DesktopNotifier):
    desk, keys = service(), Queue[str]()
    notifier.when_clicked(keys.put)
    notifier.send("a", "b", "eye")
    notifier.send("a", "b", "tablet")
    desk.signal("ActionInvoked", "us", 99, "default")
    desk.signal("ActionInvoked", "us", desk.given[0], "snooze")
    desk.signal("NotificationClosed", "uu", desk.given[0], 2)
    desk.signal("ActionInvoked", "us", desk.given[1], "default")
    assert heard(keys) == "tablet"
    assert keys.empty()


def test_a_notice_is_taken_back_once_and_only_ours(service: Make, notifier: DesktopNotifier):
    desk = service(first=9)
    notifier.send("a", "b", "eye")
    notifier.send("a", "b", "tablet")
    notifier.withdraw(("eye", "never sent"))
    wait_until(lambda: desk.closed, "the notice that is taken back")
    notifier.withdraw(("eye",))
    notifier.send("a", "b", "eye")
    assert desk.closed == [9]
    assert [one[1] for one in desk.notices] == [0, 0, 0], "what is gone is not replaced"


def test_do_not_disturb_is_told(service: Make, notifier: DesktopNotifier):
    desk = service(inhibited=True)
    assert notifier.send("a", "b") == QUIET
    assert len(desk.notices) == 1, "the desktop may still keep it for later"
    desk.inhibited = False
    assert notifier.send("a", "b") == SENT


def test_a_service_that_says_nothing_in_time_costs_its_seconds_and_no_more(service: Make):
    service(silent=frozenset(("Notify",)))
    notifier = DesktopNotifier(system="linux", seconds=0.3)
    assert notifier.send("a", "b") == TIMEOUT
    worker = notifier._stuck
    assert worker is not None
    worker.join(10)
    assert not worker.is_alive(), "it gave up by itself"
    notifier.close()


def test_taking_back_waits_for_no_answer(service: Make, notifier: DesktopNotifier):
    desk = service(silent=frozenset(("CloseNotification",)))
    for number in range(20):
        notifier.send("a", "b", f"key{number}")
    began = time.monotonic()
    notifier._take_back([f"key{number}" for number in range(20)])
    assert time.monotonic() - began < 15
    assert notifier.send("a", "b") == SENT
    assert len(desk.notices) == 21


def test_a_bus_that_goes_away_is_told_and_found_again(
    service: Make, notifier: DesktopNotifier, monkeypatch: pytest.MonkeyPatch
):
    with private_bus(None, service=False) as other:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", other.address)
        gone = Service(other.address).start()
        assert notifier.send("a", "b", "eye") == SENT
        gone._over.set()
        assert gone._worker is not None
        gone._worker.join(10)
        way = notifier._service
        assert way is not None
    wait_until(lambda: way.is_broken, "the broken connection")
    assert gone._line is not None
    gone._line.close()
    assert notifier.send("a", "b", "eye") == NO_SERVICE
    monkeypatch.undo()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", service().address)
    assert notifier.send("a", "b", "eye") == SENT


def test_a_bus_without_a_service_is_told(bus: Bus, notifier: DesktopNotifier):
    assert not notifier.probe()
    assert notifier.send("a", "b") == NO_SERVICE


@pytest.mark.parametrize("address", ["", "nonsense", "tcp:host=nowhere", "unix:path=/nowhere/bus"])
def test_without_a_bus_there_is_no_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, notifier: DesktopNotifier, address: str
):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))  # no notify-send either
    assert not notifier.probe()
    assert notifier.send("a", "b") == NO_SERVICE
    if address:
        with pytest.raises(BusGone):
            SessionBus(address, 1)


def test_the_usual_place_of_the_bus_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_address() == ""
    (tmp_path / "bus").touch()
    assert session_address() == f"unix:path={tmp_path}/bus"
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert session_address() == ""


def test_each_connection_gives_its_files_back(bus: Bus, service: Make):
    def open_files() -> int:
        return sum(1 for _ in Path("/proc/self/fd").iterdir())

    def connect() -> None:
        line = SessionBus(bus.address, 5)
        line.close()
        line.close()
        wait_until(lambda: not running("session-bus"), "the thread to end")

    service()
    connect()
    before = open_files()
    for _ in range(5):
        connect()
    assert open_files() == before


def test_no_thread_stays_behind(service: Make, notifier: DesktopNotifier):
    service()
    notifier.send("a", "b")
    notifier.close()
    names = ("session-bus", "desktop-notice", "desktop-notices")
    wait_until(lambda: not running(*names), "the threads' end")


# -- A real daemon --------------------------------------------------------------------------------


def test_a_real_daemon_receives_exactly_what_was_sent(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, notifier: DesktopNotifier
):
    with private_bus(screen) as private:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
        monkeypatch.setenv("PATH", "")  # not even notify-send is needed
        assert notifier.probe()
        assert notifier.send(f"-{WORDS[0]}", WORDS[1], "eye") == SENT
        (notice,) = private.wait_for_notices(1)
        assert notice.app == APP_NAME
        assert notice.title == WORDS[0]
        assert notice.body == f"\N{EN DASH}{WORDS[1][1:]}"
        assert notice.urgency == "NORMAL"


def test_a_real_daemon_replaces_tells_clicks_and_tells_that_it_is_paused(
    screen: Screen, monkeypatch: pytest.MonkeyPatch, notifier: DesktopNotifier
):
    control = shutil.which("dunstctl")
    if control is None:
        pytest.fail("needs the program dunstctl (Debian: dunst)")
    with private_bus(screen) as private:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", private.address)
        keys = Queue[str]()
        notifier.when_clicked(keys.put)

        def told(*words: str) -> str:
            done = subprocess.run(
                [control, *words], env=dict(os.environ), capture_output=True, text=True, check=True
            )
            return done.stdout.strip()

        for body in ("first", "second", "third"):
            assert notifier.send("a", body, "eye") == SENT
        assert told("count", "displayed") == "1", "they do not stack up"
        told("action", "0")
        assert heard(keys) == "eye"
        told("set-paused", "true")
        assert notifier.send("a", "b", "eye") == QUIET
        told("set-paused", "false")
        assert notifier.send("a", "b", "eye") == SENT


# -- Waking up ------------------------------------------------------------------------------------


def test_the_computers_word_that_it_woke_is_heard(
    qtbot: QtBot, bus: Bus, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    woke: list[bool] = []
    sign = WakeSign()
    sign.woke.connect(lambda: woke.append(True))
    sign.listen(system="linux")
    wait_until(lambda: sign.is_listening, "somebody who listens")

    def says(begins: bool) -> None:
        subprocess.run(
            ["dbus-send", "--session", "--type=signal", "/org/freedesktop/login1",
             "org.freedesktop.login1.Manager.PrepareForSleep", f"boolean:{str(begins).lower()}"],
            env=dict(os.environ), check=True,
        )  # fmt: skip

    says(True)
    says(False)
    qtbot.waitUntil(lambda: bool(woke), timeout=10_000)
    QCoreApplication.processEvents()
    assert woke == [True], "the beginning of a sleep is no waking"
    sign.stop()


def test_who_stops_listening_before_the_bus_answered_leaves_no_connection(
    monkeypatch: pytest.MonkeyPatch,
):
    asked, answers, closed = threading.Event(), threading.Event(), threading.Event()

    class Slow:
        def __init__(self, _address: str, _seconds: float) -> None:
            asked.set()
            answers.wait(10)

        def hear(self, *_args: object) -> None:
            pass

        def close(self) -> None:
            closed.set()

    monkeypatch.setattr("caregiver_app.integrations.wake.SessionBus", Slow)
    sign = WakeSign()
    sign.listen(system="linux")
    assert asked.wait(10)
    sign.stop()
    answers.set()
    wait_until(lambda: not running("wake-sign"), "the thread to end")
    assert closed.is_set()
    assert not sign.is_listening


def test_without_a_system_bus_nothing_happens(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    sign = WakeSign()
    sign._join()
    assert not sign.is_listening
    sign.stop()
