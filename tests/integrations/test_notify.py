"""Desktop notices: what is sent is safe, what fails is told, nothing blocks."""

from __future__ import annotations

import sys
import threading
import time
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.integrations.notify import (
    APP_NAME,
    BODY_LIMIT,
    FAILED,
    NO_PROGRAM,
    NO_SERVICE,
    QUIET,
    SENT,
    TIMEOUT,
    TITLE_LIMIT,
    Delivery,
    DesktopNotifier,
    safe_body,
    safe_title,
)
from caregiver_app.integrations.session_bus import BusGone, NoAnswer, Refused


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


@dataclass
class FakeService:
    """A notification service without a bus: it keeps what it shows, and fails as bid."""

    clicked: Callable[[str], None]
    there: bool = True
    reads_markup: bool = True
    quiet: bool = False
    is_broken: bool = False
    closed: bool = False
    answers: Exception | None = None
    takes: Exception | None = None
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    act: Callable[[], object] = lambda: None

    def close(self) -> None:
        self.closed = True

    def is_there(self) -> bool:
        return self.there

    def greet(self) -> None:
        if self.answers is not None:
            raise self.answers

    def show(self, title: str, body: str, key: str, *, app: str, entry: str) -> None:
        assert (app, entry) == (APP_NAME, "caregiver-companion")
        self.act()
        if self.takes is not None:
            raise self.takes
        self.shown.append((title, body, key))

    def take_back(self, key: str) -> None:
        self.taken_back.append(key)

    def is_quiet(self) -> bool:
        return self.quiet


class Linux:
    """A notifier on a Linux desktop whose bus and service are made up."""

    def __init__(self, *, bus: bool = True, seconds: float = 5.0, **more: Any) -> None:
        self.made: list[FakeService] = []
        self._bus, self._more = bus, more
        self.ran = 1000.0
        self.notifier = DesktopNotifier(
            system="linux", seconds=seconds, service=self._make, running=lambda: self.ran
        )

    def _make(self, clicked: Callable[[str], None]) -> FakeService:
        if not self._bus:
            raise BusGone
        self.made.append(FakeService(clicked, **self._more))
        return self.made[-1]

    @property
    def service(self) -> FakeService:
        return self.made[-1]


def test_on_linux_a_notice_goes_to_the_service_and_not_through_plyer(plyer: FakePlyer) -> None:
    linux = Linux()
    assert linux.notifier.send("Care reminder", "Tom & Ana <b>", "eye") == SENT
    assert linux.service.shown == [("Care reminder", "Tom &amp; Ana &lt;b&gt;", "eye")]
    assert plyer.sent == []


def test_a_service_that_reads_no_markup_gets_the_words_as_they_are(plyer: FakePlyer) -> None:
    linux = Linux(reads_markup=False)
    assert linux.notifier.send("-a", "- Tom & Ana <b>") == SENT
    assert linux.service.shown == [("a", "\u2013 Tom & Ana <b>", "")]


@pytest.mark.parametrize(
    ("how", "delivery"),
    [
        ({"bus": False}, NO_SERVICE),
        ({"there": False}, NO_SERVICE),
        ({"answers": Refused()}, NO_SERVICE),
        ({"answers": BusGone()}, NO_SERVICE),
        ({"answers": NoAnswer()}, TIMEOUT),
        ({"takes": NoAnswer()}, TIMEOUT),
        ({"takes": BusGone()}, FAILED),
        ({"takes": RuntimeError("no")}, FAILED),
        ({"quiet": True}, QUIET),
    ],
)
def test_whatever_the_service_does_is_told(
    plyer: FakePlyer, how: dict[str, Any], delivery: Delivery
) -> None:
    told = Linux(**how).notifier.send("a", "b")
    assert told == delivery
    assert told.channel == ("desktop" if told.ok else "window")
    assert plyer.sent == [], "notify-send would say that all is well"


def test_only_a_service_that_shows_nothing_at_all_is_no_service() -> None:
    assert Linux().notifier.probe()
    assert not Linux(there=False).notifier.probe()
    assert not Linux(bus=False).notifier.probe()


def test_a_service_that_refuses_our_call_gets_it_through_plyer(plyer: FakePlyer) -> None:
    assert Linux(takes=Refused()).notifier.send("a", "b <", "k") == SENT
    assert plyer.sent == [{"title": "a", "message": "b &lt;", "app_name": APP_NAME}]


def test_one_way_is_kept_and_made_anew_when_it_breaks(plyer: FakePlyer) -> None:
    linux = Linux()
    for _ in range(2):
        assert linux.notifier.send("a", "b") == SENT
    assert len(linux.made) == 1
    linux.service.is_broken = True
    assert linux.notifier.send("a", "b") == SENT
    assert len(linux.made) == 2
    assert linux.made[0].closed


def test_a_click_tells_the_key() -> None:
    linux, keys = Linux(), list[str]()
    linux.notifier.send("a", "b", "eye")
    linux.service.clicked("eye")  # nobody listens yet
    linux.notifier.when_clicked(keys.append)
    linux.service.clicked("eye")
    assert keys == ["eye"]


def test_taking_back_makes_no_way_of_its_own_and_waits_for_no_one_who_hangs() -> None:
    linux, free = Linux(seconds=0.1), threading.Event()
    linux.notifier._take_back(("eye",))
    assert linux.made == []
    linux.notifier.send("a", "b", "eye")
    linux.notifier._take_back(("eye", "tablet"))
    assert linux.service.taken_back == ["eye", "tablet"]
    linux.service.act = lambda: free.wait(20)
    assert linux.notifier.send("a", "b", "eye") == TIMEOUT
    linux.notifier._take_back(("eye",))
    assert linux.service.taken_back == ["eye", "tablet"]
    free.set()
    linux.notifier._stuck.join(20)  # type: ignore[union-attr]


def test_a_refused_call_where_nothing_else_passes_notices_on(plyer: FakePlyer) -> None:
    def nobody() -> None:
        raise NotImplementedError("No usable implementation found!")

    plyer.act = nobody
    assert Linux(takes=Refused()).notifier.send("a", "b") == NO_PROGRAM


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
    plyer: FakePlyer, error: Exception, delivery: Delivery
) -> None:
    def fail() -> None:
        raise error

    plyer.act = fail
    assert DesktopNotifier(system="darwin").send("a", "b") == delivery


def test_plyer_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "plyer", None)
    assert DesktopNotifier(system="darwin").send("a", "b") == FAILED


def test_a_notice_that_hangs_is_left_behind_and_the_next_ones_do_not_pile_up() -> None:
    free = threading.Event()
    linux = Linux(seconds=0.1, act=lambda: free.wait(20))
    notifier = linux.notifier
    began = time.monotonic()
    assert notifier.send("a", "b") == TIMEOUT
    assert notifier.send("c", "d") == TIMEOUT
    assert time.monotonic() - began < 15
    assert [one.name for one in threading.enumerate()].count("desktop-notice") == 1
    free.set()
    worker = notifier._stuck
    assert worker is not None
    worker.join(20)
    linux.service.act = lambda: None
    assert notifier.send("at once", "") == TIMEOUT, "it gets a rest"
    linux.ran += 1
    assert notifier.send("e", "f") == SENT
    assert [title for title, _, _ in linux.service.shown] == ["a", "e"]


def test_five_notices_for_a_desktop_that_says_nothing_cost_the_time_of_one() -> None:
    linux = Linux(answers=NoAnswer())
    asked: list[bool] = []
    assert linux.notifier.send("a", "b") == TIMEOUT
    linux.service.greet = lambda: asked.append(True)  # type: ignore[method-assign]
    assert [linux.notifier.send("a", "b") for _ in range(4)] == [TIMEOUT] * 4
    assert asked == []
    linux.ran += 26
    assert linux.notifier.send("a", "b") == SENT


def test_sending_without_waiting_hands_the_outcome_over() -> None:
    free, told = threading.Event(), threading.Event()
    outcome: list[object] = []

    def done(delivery: Delivery) -> None:
        outcome.extend([delivery, threading.current_thread()])
        told.set()

    linux = Linux(seconds=20, act=lambda: free.wait(20))
    linux.notifier.send_async("a", "b", done, "eye")
    assert outcome == []
    free.set()
    assert told.wait(20)
    assert outcome[0] == SENT
    assert outcome[1] is not threading.current_thread()
    assert linux.service.shown == [("a", "b", "eye")]


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


def test_where_no_thread_can_be_started_it_is_told(monkeypatch):
    made, told = DesktopNotifier(system="linux", service=lambda _clicked: None), []
    start = threading.Thread.start

    def none_left(thread: threading.Thread) -> None:
        if thread.name == "desktop-notice":
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", none_left)
    over = threading.Event()
    made.send_async("a", "b", lambda outcome: (told.append(outcome), over.set()))
    assert over.wait(10)
    assert told == [FAILED]


def test_notices_go_by_another_name_where_that_is_wanted(plyer: FakePlyer) -> None:
    desktop = Linux(takes=Refused())
    desktop.notifier.go_by("Notes", "notes")
    told: list[tuple[str, str]] = []

    def show(_title: str, _body: str, _key: str, *, app: str, entry: str) -> None:
        told.append((app, entry))
        raise Refused

    desktop.notifier.probe()
    desktop.made[0].show = show  # pyright: ignore[reportAttributeAccessIssue]
    desktop.notifier.send("", "b", "k")
    assert told == [("Notes", "notes")]
    assert plyer.sent == [{"title": "Notes", "message": "b", "app_name": "Notes"}]
