"""A desktop, a tray, a sound and a ringer that tests steer, and something to ring for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.times import Floating
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.ringer import Delivered, Ringer
from caregiver_app.gui.theme import Theme
from tests.gui.tabs_family import NOW, Family


def pill(family: Family, entry: str, title: str, hour: int, minute: int = 0) -> None:
    """A tablet of this day, entered three days ago."""
    now, family.clock.at = family.clock.at, NOW - timedelta(days=3)
    family.house.agenda.save(
        Appointment(
            id=entry,
            uid="",
            person="rosa",
            type="medication",
            title=title,
            start=Floating(datetime(2026, 3, 20, hour, minute)),
            minutes=5,
        )
    )
    family.clock.at = now


def answer_of(family: Family, entry: str) -> Answer:
    """The one answer that is kept of an entry."""
    (found,) = [one for one in family.house.care.store.all(Answer) if one.entry == entry]
    return found


@dataclass
class Outcome:
    """What the desktop said."""

    ok: bool = True
    reason_key: str = "notify.sent"


NO_SERVICE = Outcome(ok=False, reason_key="notify.no_service")
QUIET = Outcome(ok=False, reason_key="notify.quiet")


@dataclass
class Desktop:
    """A notifier that keeps what it was told; `deliver` answers."""

    told: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    waiting: list[Callable[[Delivered], None]] = field(default_factory=list)
    seen: list[bool] = field(default_factory=list)
    panel: ReminderPanel | None = None
    clicked: Callable[[str], None] = field(default=lambda _key: None)

    def when_clicked(self, clicked: Callable[[str], None]) -> None:
        self.clicked = clicked

    withdrawn: list[str] = field(default_factory=list)

    def withdraw(self, keys: Collection[str]) -> None:
        self.withdrawn += keys

    def send_async(
        self, title: str, body: str, done: Callable[[Delivered], None], key: str = ""
    ) -> None:
        self.told.append((title, body))
        self.keys.append(key)
        self.seen.append(self.panel is not None and self.panel.isVisible())
        self.waiting.append(done)

    def deliver(self, outcome: Outcome | None = None) -> None:
        while self.waiting:
            self.waiting.pop(0)(outcome or Outcome())
        QApplication.processEvents()


@dataclass
class TrayIcon:
    """A tray that shows messages, or cannot."""

    works: bool = True
    shown: list[tuple[str, str]] = field(default_factory=list)

    def show_message(self, title: str, body: str) -> bool:
        if self.works:
            self.shown.append((title, body))
        return self.works


@dataclass
class Bell:
    """A sound that counts how often it is played, and fails as bid."""

    played: int = 0
    trouble: str = ""

    def play(self, done: Callable[[str], None]) -> None:
        self.played += 1
        done(self.trouble)


@dataclass
class Running:
    """Time that only runs on, where a test puts it."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


def ring(
    qtbot: QtBot, family: Family, desktop: Desktop, *, claim: bool = True, **more: object
) -> Ringer:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme()
    theme.apply(app)
    panel = ReminderPanel(family.house, theme, now_ms=lambda: 0)
    qtbot.addWidget(panel)
    desktop.panel = panel
    ringer = Ringer(
        family.house,
        theme,
        desktop,
        holds_claim=lambda: claim,
        panel=panel,
        **more,  # type: ignore[arg-type]
    )
    panel.destroyed.connect(ringer.stop)
    ringer.setParent(app)
    return ringer


Rung = tuple[Ringer, list[str]]


def rung(qtbot: QtBot, family: Family, desktop: Desktop, outcome: Outcome, **more: object) -> Rung:
    """A ringer that has said one thing, and the sentences that a banner was to show."""
    ringer = ring(qtbot, family, desktop, **more)
    banners: list[str] = []
    ringer.health_changed.connect(banners.append)
    ringer.start()
    desktop.deliver(outcome)
    return ringer, banners
