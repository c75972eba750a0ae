"""A family that starts the program for the first time, and the page it sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from caregiver_app.domain.entities import Contact, Person, Plan
from caregiver_app.gui.first_run.page import FirstRun
from caregiver_app.gui.reminder_panel import ReminderPanel
from caregiver_app.gui.ringer import Ringer
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.field import Field
from tests.fakes import Home
from tests.gui.calendar.family import dressed, empty_home, wear
from tests.gui.rehearse.rings import Login
from tests.gui.ringing import Desktop

NEXT, BACK, SKIP, LATER = "Next", "Back", "Skip for now", "Do the rest later"


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    """Dressing the application anew for each test would cost more than all tests together."""
    return dressed(qapp)


@pytest.fixture
def theme(qapp: QApplication, one_theme: Theme) -> Iterator[Theme]:
    wear(qapp, one_theme)
    yield one_theme
    one_theme.set_scale(1.0)
    one_theme.set_mode("light")
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Nothing in it; Friday 20 March 2026, 10:00 in New York."""
    made = empty_home(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def ringer(home: Home, theme: Theme, desktop: Desktop, qtbot: QtBot) -> Ringer:
    panel = ReminderPanel(home.house, theme, now_ms=lambda: 0)
    qtbot.addWidget(panel)
    desktop.panel = panel
    made = Ringer(home.house, theme, desktop, holds_claim=lambda: True, panel=panel)
    made.setParent(QApplication.instance())
    panel.destroyed.connect(made.deleteLater)
    return made


@dataclass
class Hand:
    """The family at the page: counts what it types and clicks."""

    page: FirstRun
    home: Home
    ended: list[bool] = field(default_factory=list)
    asked: list[bool] = field(default_factory=list)
    entries: int = 0
    clicks: int = 0

    def click(self, words: str | QAbstractButton) -> None:
        """Click a button that is seen, by its words."""
        target = button(self.page, words) if isinstance(words, str) else words
        assert target.isVisible()
        self.clicks += 1
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)

    def write(self, where: Field, text: str) -> None:
        """Type into a field by keys."""
        assert where.isVisible()
        self.entries += 1
        where.control.setFocus()
        # QTest knows the keys of no other script.
        where.set_text("" if text.isascii() else text)
        QTest.keyClicks(where.control, text if text.isascii() else "")

    def step(self, key: str):
        """The page of one step, whatever its class."""
        return self.page.steps[key]

    @property
    def place(self) -> str:
        return self.page.place

    @property
    def kept(self) -> str:
        """How far the data says the family has come."""
        return self.home.house.settings.text("first_run", "")

    def counts(self) -> tuple[int, int, int]:
        """How many people, contacts and plans there are."""
        store = self.home.house.care.store
        return len(store.all(Person)), len(store.all(Contact)), len(store.all(Plan))

    def accept(self) -> None:
        self.click("I understand")

    def fill_person(self, name: str = "Rosa Amador") -> None:
        self.write(self.step("person").name, name)
        self.click(NEXT)

    def fill_plan(self, medicine: str = "infliximab") -> None:
        step = self.step("plan")
        self.write(step.medicine, medicine)
        self.write(step.day, "31 Mar 2026")
        self.write(step.time, "9:30")
        self.write(step.every, "8")
        self.click(NEXT)

    def fill_numbers(self) -> None:
        step = self.step("numbers")
        self.write(step.number, "112")
        self.write(step.by_day, "01632 960142")
        self.write(step.after_hours, "01632 960199")
        self.click(NEXT)


def button(within: QWidget, words: str) -> QAbstractButton:
    """Return the button with these words that is seen."""
    for one in within.findChildren(QAbstractButton):
        if one.isVisibleTo(within) and words in (
            one.text().replace("&&", "&"),
            one.accessibleName(),
        ):
            return one
    raise AssertionError(f"no button {words!r}")


@pytest.fixture
def begin(home: Home, theme: Theme, ringer: Ringer, qtbot: QtBot) -> Iterator[Callable[..., Hand]]:
    """Open the page, as after a start."""
    made: list[FirstRun] = []

    def opened(
        size: tuple[int, int] = (1280, 860), *, rings: bool = True, login: Login | None = None
    ) -> Hand:
        page = FirstRun(home.house, theme, lambda: ringer if rings else None, lambda: login)
        hand = Hand(page, home)
        made.append(page)
        page.ended.connect(lambda: hand.ended.append(True))
        page.emergency_asked.connect(lambda: hand.asked.append(True))
        page.resize(*size)
        page.show()
        page.activateWindow()
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        qtbot.waitExposed(page)
        return hand

    yield opened
    for page in filter(isValid, made):
        page.close()
        page.deleteLater()


@pytest.fixture
def hand(begin: Callable[..., Hand]) -> Hand:
    return begin()
