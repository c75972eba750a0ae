"""Beside the reminder window: the desktop, then the tray; repeats and clicks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.ringing import Repeats
from caregiver_app.integrations.notify import APP_NAME, DesktopNotifier
from tests.gui.ringing import (
    NO_SERVICE,
    QUIET,
    Outcome,
    TrayIcon,
    answer_of,
    pill,
    ring,
    rung,
)
from tests.gui.tabs_family import NOW, Family
from tests.integrations.notice_service import Service
from tests.tools.screen import private_bus

# -- One channel after the other ------------------------------------------------------------------


def test_where_the_desktop_shows_nothing_the_tray_tells(qtbot, family, desktop):
    tray = TrayIcon()
    ringer, banners = rung(qtbot, family, desktop, NO_SERVICE, tray=tray)
    assert tray.shown == desktop.told == [("Care reminder", "Care reminder, 18:00")]
    assert desktop.seen == [True], "the window first"
    assert answer_of(family, "eye").delivery == "tray notify.no_service"
    assert (ringer.health, banners) == ("", [])
    assert ringer.has_tray
    ringer.end()


def test_a_desktop_that_takes_the_notice_leaves_the_tray_alone(qtbot, family, desktop):
    tray = TrayIcon()
    ringer, _ = rung(qtbot, family, desktop, Outcome(), tray=tray)
    assert tray.shown == []
    assert answer_of(family, "eye").delivery == "desktop notify.sent"
    ringer.end()


def test_where_neither_tells_the_banner_says_so_once(qtbot, family, desktop):
    ringer, banners = rung(qtbot, family, desktop, NO_SERVICE, tray=TrayIcon(works=False))
    assert answer_of(family, "eye").delivery == "window notify.no_service"
    pill(family, "tablet", "Tablet", 18, 1)
    family.clock.at += timedelta(minutes=1)
    ringer.tick()
    desktop.deliver(NO_SERVICE)
    assert banners == [ringer.health]
    assert "shows no notices" in ringer.health
    assert ringer.panel.isVisible(), "the panel is the truth"
    ringer.end()


def test_do_not_disturb_is_said_and_the_tray_not_bothered(qtbot, family, desktop):
    tray = TrayIcon()
    ringer, banners = rung(qtbot, family, desktop, QUIET, tray=tray)
    assert tray.shown == []
    assert answer_of(family, "eye").delivery == "window notify.quiet"
    assert banners == [ringer.health]
    assert ringer.health.startswith("“Do not disturb” is on")
    assert "Do not disturb is on" in ringer.health_line().sentence
    assert not ringer.health_line().ok
    ringer.end()


def test_a_tray_that_is_gone_is_not_asked(qtbot, family, desktop):
    tray = TrayIcon()
    ringer = ring(qtbot, family, desktop, tray=tray)
    ringer.start()
    ringer.set_tray(None)
    desktop.deliver(NO_SERVICE)
    assert tray.shown == []
    assert not ringer.has_tray
    ringer.end()


# -- A repeat takes the place of its notice, and a click leads to the window ----------------------


def test_a_repeat_goes_out_under_the_key_of_the_first_and_brings_the_window_up(
    qtbot, family, desktop
):
    family.house.ringing.set_repeats(Repeats(minutes=5, most=3))
    pill(family, "tablet", "Tablet", 18, 1)
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    ringer.panel.close_button.click()
    for _ in range(30):
        family.clock.at += timedelta(minutes=1)
        ringer.tick()
        desktop.deliver()
    eye, tablet = desktop.keys[0], desktop.keys[1]
    assert eye.startswith("eye/")
    assert tablet.startswith("tablet/")
    assert desktop.keys == [eye, tablet] * 4, "three more of each, and no more"
    assert ringer.panel.isVisible()
    assert answer_of(family, "eye").said == 4
    ringer.end()


@pytest.mark.parametrize("state", ["done", "skipped", "later"])
def test_an_answer_takes_its_notice_away(qtbot, family, desktop, state):
    pill(family, "tablet", "Tablet", 18)
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    assert desktop.withdrawn == []
    eye = next(one for one in ringer.panel.items if one.owner == "eye")
    until = NOW + timedelta(minutes=10) if state == "later" else None
    family.house.reminders.answer(eye.id, state, until=until)
    assert desktop.withdrawn == [eye.id]
    ringer.tick()
    assert desktop.withdrawn == [eye.id], "once"
    ringer.end()


def test_one_notice_of_several_stays_until_all_are_answered(qtbot, family, desktop):
    for number in range(6):
        pill(family, f"pill{number}", f"Tablet {number}", 18)
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    (key,) = desktop.keys
    for one in ringer.panel.items[:-1]:
        family.house.reminders.answer(one.id, "done")
    assert desktop.withdrawn == []
    family.house.reminders.answer(ringer.panel.items[0].id, "done")
    assert desktop.withdrawn == [key]
    ringer.end()


def test_a_click_on_a_notice_opens_the_window_that_was_closed(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    ringer.panel.close_button.click()
    desktop.clicked(desktop.keys[0])
    QApplication.processEvents()
    assert ringer.panel.isVisible()
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    ringer.end()


def test_a_click_finds_again_what_stood_in_the_window(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    ringer.panel.close_button.click()
    ringer.hold_back(True)
    ringer.hold_back(False)
    desktop.clicked(desktop.keys[0])
    QApplication.processEvents()
    assert ringer.panel.isVisible()
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    ringer.end()


def test_a_click_of_which_nothing_waits_asks_for_the_program(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    (item,) = ringer.panel.items
    family.house.reminders.answer(item.id, "done")
    with qtbot.waitSignal(ringer.window_asked):
        desktop.clicked(desktop.keys[0])
    assert not ringer.panel.isVisible()
    ringer.end()


def test_a_click_does_not_cover_what_is_more_urgent(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    ringer.hold_back(True)
    asked: list[bool] = []
    ringer.window_asked.connect(lambda: asked.append(True))
    desktop.clicked(desktop.keys[0])
    QApplication.processEvents()
    assert not ringer.panel.isVisible()
    assert asked == []
    ringer.hold_back(False)
    assert ringer.panel.isVisible()
    ringer.end()


def test_a_click_on_a_tests_notice_opens_the_test(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    (item,) = ringer.panel.items
    family.house.reminders.answer(item.id, "done")
    ringer.rehearse()
    assert desktop.keys[-1] == "rehearsal"
    ringer.panel.lower()
    desktop.clicked("rehearsal")
    QApplication.processEvents()
    assert ringer.panel.isVisible()
    ringer.end_rehearsal()
    with qtbot.waitSignal(ringer.window_asked):
        desktop.clicked("rehearsal")
    ringer.end()


@pytest.mark.screen
def test_with_real_threads_and_a_real_bus_one_notice_stays(
    qtbot: QtBot, family: Family, monkeypatch: pytest.MonkeyPatch
):
    family.house.ringing.set_repeats(Repeats(minutes=5, most=3))
    with private_bus(None, service=False) as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        service, notifier = Service(bus.address, first=70).start(), DesktopNotifier(system="linux")
        ringer = ring(qtbot, family, notifier)  # type: ignore[arg-type]
        ringer.start()
        for said in (1, 2, 3):
            qtbot.waitUntil(lambda said=said: answer_of_said(family) == said, timeout=10_000)
            family.clock.at += timedelta(minutes=5)
            ringer.tick()
        qtbot.waitUntil(lambda: answer_of_said(family) == 4, timeout=10_000)
        assert [one[1] for one in service.notices] == [0, 70, 70, 70]
        assert {one[0] for one in service.notices} == {APP_NAME}
        ringer.panel.close_button.click()
        service.signal("ActionInvoked", "us", 70, "default")
        qtbot.waitUntil(ringer.panel.isVisible, timeout=10_000)
        ringer.end()
        notifier.close()
        service.stop()


def answer_of_said(family: Family) -> int:
    found = [one for one in family.house.care.store.all(Answer) if one.entry == "eye"]
    return found[0].said if found else 0
