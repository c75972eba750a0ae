"""The icon in the tray: there as long as there is a tray, discreet, and the way back and out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tray import Tray, companion_icon
from tests.gui.calendar.family import dressed


class Desktop:
    """A desktop whose tray comes and goes; it counts how often it and Qt were asked."""

    def __init__(self, *, tray: bool = True) -> None:
        self.tray = tray
        self.asked = 0
        self.qt_asked = 0

    def host(self) -> bool:
        self.asked += 1
        return self.tray

    def available(self) -> bool:
        self.qt_asked += 1
        return self.tray


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


@pytest.fixture
def tray(qapp, qtbot, desktop: Desktop) -> Iterator[Tray]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Tray(window, dressed(qapp), host=desktop.host, available=desktop.available)
    yield made
    made.stop()


def entry(tray: Tray, words: str) -> QAction:
    return next(one for one in tray.menu.actions() if one.text().startswith(words))


def test_nothing_is_there_before_it_starts_and_the_icon_after(tray: Tray):
    assert tray.icon is None
    tray.start()
    assert tray.icon is not None
    assert tray.icon.isVisible()
    assert tray.icon.toolTip() == "Caregiver Companion"


def test_a_tray_that_comes_later_is_found(tray: Tray, desktop: Desktop, qtbot):
    desktop.tray = False
    tray.start()
    assert tray.icon is None
    assert not tray.is_there
    assert desktop.qt_asked == 0, "Qt would keep its no"
    desktop.tray = True
    with qtbot.waitSignal(tray.looked) as told:
        tray.look()
    assert told.args == [True]
    assert tray.icon is not None


def test_a_tray_that_goes_away_is_told(tray: Tray, desktop: Desktop, qtbot):
    tray.start()
    desktop.tray = False
    with qtbot.waitSignal(tray.looked) as told:
        tray.look()
    assert told.args == [False]
    assert not tray.is_there


def test_it_looks_again_by_itself(tray: Tray, qtbot):
    tray._timer.setInterval(1)
    tray.start()
    with qtbot.waitSignal(tray.looked, timeout=2000):
        pass


def test_it_tells_how_many_wait_and_no_names(tray: Tray):
    tray.start()
    assert tray.icon is not None
    assert not entry(tray, "Reminders now").isVisible()
    tray.show_waiting(1)
    assert tray.icon.toolTip() == "Caregiver Companion: 1 reminder waits"
    tray.show_waiting(2)
    assert tray.icon.toolTip() == "Caregiver Companion: 2 reminders wait"
    assert entry(tray, "Reminders now").text() == "Reminders now (2)"
    assert entry(tray, "Reminders now").isVisible()
    tray.show_waiting(0)
    assert tray.icon.toolTip() == "Caregiver Companion"
    assert not entry(tray, "Reminders now").isVisible()


def test_what_waited_before_the_tray_came_is_told_too(tray: Tray):
    tray.show_waiting(3)
    tray.start()
    assert tray.icon is not None
    assert tray.icon.toolTip() == "Caregiver Companion: 3 reminders wait"


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("Open Caregiver Companion", "opened"),
        ("Reminders now", "waiting_asked"),
        ("Emergency", "emergency_asked"),
        ("Quit", "quit_asked"),
    ],
)
def test_each_line_of_the_menu_does_what_it_says(tray: Tray, qtbot, words: str, signal: str):
    tray.start()
    tray.show_waiting(1)
    with qtbot.waitSignal(getattr(tray, signal)):
        entry(tray, words).trigger()


def test_a_click_opens_and_the_other_button_does_not(tray: Tray, qtbot):
    tray.start()
    assert tray.icon is not None
    reasons = QSystemTrayIcon.ActivationReason
    with qtbot.waitSignal(tray.opened):
        tray.icon.activated.emit(reasons.Trigger)
    with qtbot.assertNotEmitted(tray.opened):
        tray.icon.activated.emit(reasons.Context)


def test_a_message_is_shown_at_the_icon_or_refused(tray: Tray, desktop: Desktop, monkeypatch):
    shown: list[tuple[str, str]] = []

    class Icon(QSystemTrayIcon):
        def showMessage(self, title: str, body: str, *_more: object) -> None:
            shown.append((title, body))

    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: True)
    assert not tray.show_message("Care reminder", "09:00"), "not before there is an icon"
    monkeypatch.setattr("caregiver_app.gui.tray.QSystemTrayIcon", Icon)
    tray.start()
    assert tray.show_message("Care reminder", "09:00")
    desktop.tray = False
    assert not tray.show_message("Care reminder", "10:00")
    assert shown == [("Care reminder", "09:00")]


def test_a_desktop_that_shows_no_messages_is_told(tray: Tray, monkeypatch):
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", lambda: False)
    tray.start()
    assert not tray.show_message("Care reminder", "09:00")


def test_stopped_it_is_gone(tray: Tray):
    tray.start()
    tray.stop()
    assert tray.icon is not None
    assert not tray.icon.isVisible()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_icon_brings_its_own_ground_and_a_dot_where_something_waits(qapp, mode):
    theme: Theme = dressed(qapp)
    theme.set_mode(mode)
    for size in (16, 22, 32):
        calm, waits = (
            companion_icon(theme, waits=on).pixmap(size, size).toImage() for on in (False, True)
        )
        middle_left = calm.pixelColor(1, size // 2)
        assert middle_left.name() == theme.colour("primary").name()
        assert calm.pixelColor(0, 0).alpha() < 80, "round corners"
        spot = size - max(2, round(size * 0.18)), max(1, round(size * 0.18))
        assert near(waits.pixelColor(*spot), theme.colour("warn_line"))
        assert not near(calm.pixelColor(*spot), theme.colour("warn_line"))
    theme.set_mode("light")


def near(one: QColor, other: QColor) -> bool:
    parts = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return all(abs(a - b) < 12 for a, b in parts)


def test_it_follows_the_look(tray: Tray, qapp):
    tray.start()
    assert tray.icon is not None
    before = tray.icon.icon().cacheKey()
    tray._theme.set_mode("dark")
    assert tray.icon.icon().cacheKey() != before
    tray._theme.set_mode("light")


def test_it_goes_by_another_name_where_the_family_wants_a_neutral_one(tray: Tray):
    tray.start()
    assert tray.icon is not None
    tray.show_waiting(2)
    tray.go_by("Notes")
    assert tray.icon.toolTip() == "Notes: 2 reminders wait"
    assert entry(tray, "Open Notes").isVisible()
    assert tray.menu.accessibleName() == "Notes"
    assert not any("Caregiver" in one.text() for one in tray.menu.actions())
    tray.go_by("Caregiver Companion")
    assert tray.icon.toolTip() == "Caregiver Companion: 2 reminders wait"
