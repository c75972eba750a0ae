"""The ringer: shows first, tells the desktop, records, and rings nothing twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Answer
from caregiver_app.domain.reminders import Reminder
from caregiver_app.errors import DataDamaged
from caregiver_app.gui.ringer import LONGEST_MS, Delivered
from tests.gui.ringing import Desktop, Outcome, pill, ring
from tests.gui.tabs_family import NOW, Family


def states(family: Family) -> dict[str, str]:
    return {a.id: a.state for a in family.house.care.store.all(Answer) if a.entry == "eye"}


def test_the_panel_shows_it_before_the_desktop_hears_of_it(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    assert desktop.told == [("Care reminder", "Care reminder, 18:00")]
    assert desktop.seen == [True]
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    assert states(family) == {}, "saying comes first, recording second"
    desktop.deliver()
    assert list(states(family).values()) == ["shown"]
    assert ringer.health == ""
    ringer.stop()


def test_nothing_is_said_twice(qtbot: QtBot, family: Family, desktop: Desktop) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    ringer.tick()
    desktop.deliver()
    ringer.tick()
    family.clock.at += timedelta(minutes=5)
    ringer.tick()
    assert len(desktop.told) == 1
    ringer.stop()


def test_an_answer_while_the_desktop_thinks_stays(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    (item,) = ringer.panel.items
    family.house.reminders.answer(item.id, "done")
    desktop.deliver()
    assert list(states(family).values()) == ["done"]
    assert ringer.panel.items == ()
    ringer.stop()


def test_without_a_notification_service_it_says_so(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    ringer = ring(qtbot, family, desktop)
    said: list[str] = []
    ringer.health_changed.connect(said.append)
    ringer.start()
    desktop.deliver(Outcome(ok=False, reason_key="notify.no_service"))
    assert "shows no notices" in ringer.health
    assert said == [ringer.health]
    (answer,) = [a for a in family.house.care.store.all(Answer) if a.entry == "eye"]
    assert answer.delivery == "window notify.no_service"
    assert ringer.panel.isVisible(), "the panel is the truth"
    ringer.stop()


def test_what_waits_is_there_again_after_a_restart(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    ringer.end()
    later = family.again()
    quiet = Desktop()
    second = ring(qtbot, later, quiet)
    second.start()
    assert [one.owner for one in second.panel.items] == ["eye"]
    assert second.panel.isVisible()
    assert quiet.told == [], "it was told already"
    second.end()
    later.close()


def test_later_comes_back_at_its_time(qtbot: QtBot, family: Family, desktop: Desktop) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    (item,) = ringer.panel.items
    family.house.reminders.answer(item.id, "later", until=NOW + timedelta(minutes=10))
    assert ringer.panel.items == ()
    family.clock.at += timedelta(minutes=9)
    ringer.tick()
    assert len(desktop.told) == 1
    family.clock.at += timedelta(minutes=1)
    ringer.tick()
    assert len(desktop.told) == 2
    assert desktop.told[1] == ("Care reminder", "Care reminder, 18:00"), "the original time"
    ringer.stop()


def test_an_answer_that_is_taken_back_stands_there_again(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    (item,) = ringer.panel.items
    family.house.reminders.answer(item.id, "done")
    assert not ringer.panel.isVisible()
    family.house.care.undo()
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    assert ringer.panel.isVisible()
    ringer.stop()


def test_without_the_claim_it_is_silent(qtbot: QtBot, family: Family, desktop: Desktop) -> None:
    ringer = ring(qtbot, family, desktop, claim=False)
    ringer.start()
    assert desktop.told == []
    assert not ringer.panel.isVisible()
    ringer.stop()


def test_what_comes_due_while_a_notice_is_on_its_way_is_looked_for_soon(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    pill(family, "first", "Tablet", 18)
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    assert 0 < ringer.wait_ms() <= 1_000
    desktop.deliver()
    assert ringer.wait_ms() == LONGEST_MS
    ringer.stop()


def test_it_sleeps_until_the_next_moment_but_never_long(
    qtbot: QtBot, family: Family, desktop: Desktop
) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    assert ringer.wait_ms() == LONGEST_MS
    pill(family, "soon", "Tablet", 19)
    family.clock.at = NOW + timedelta(minutes=59, seconds=50)
    assert ringer.wait_ms() == 10_000
    ringer.stop()


def test_more_than_five_come_as_one(qtbot: QtBot, family: Family, desktop: Desktop) -> None:
    for number in range(6):
        pill(family, f"pill{number}", f"Tablet {number}", 18)
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    assert desktop.told == [("Care reminder", "7 care reminders")]
    assert len(ringer.panel.items) == 7, "nothing is dropped"
    ringer.stop()


def test_what_cannot_be_kept_while_the_desktop_answers_is_kept_at_the_next_look(
    qtbot: QtBot, family: Family, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ringer = ring(qtbot, family, desktop)
    ringer.start()

    def unreadable(*_: object) -> list[Reminder]:
        raise DataDamaged("data.empty", path="x")

    with monkeypatch.context() as broken:
        for name in ("due", "record"):
            broken.setattr(family.house.reminders, name, unreadable)
        desktop.deliver()
    assert ringer.health, "it says so"
    ringer.tick()
    assert len(desktop.told) == 1, "it was said"
    assert list(states(family).values()) == ["shown"]
    assert ringer.health == ""
    ringer.stop()


def test_an_answer_from_another_thread_arrives_in_ours(qtbot: QtBot, family: Family) -> None:
    class Threaded(Desktop):
        def send_async(
            self, title: str, body: str, done: Callable[[Delivered], None], key: str = ""
        ) -> None:
            threading.Thread(target=lambda: done(Outcome())).start()

    ringer = ring(qtbot, family, Threaded())
    ringer.start()
    qtbot.waitUntil(lambda: list(states(family).values()) == ["shown"], timeout=5000)
    ringer.stop()


def test_what_is_more_urgent_is_never_covered_and_what_waits_comes_back(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    assert ringer.panel.isVisible()
    ringer.hold_back(True)
    assert not ringer.panel.isVisible()
    pill(family, "late", "Late pill", 18)
    family.clock.at += timedelta(minutes=1)
    ringer.tick()
    desktop.deliver()
    assert not ringer.panel.isVisible()
    assert len(desktop.told) == 2, "the desktop is told all the same"
    ringer.hold_back(False)
    assert ringer.panel.isVisible()
    assert {one.owner for one in ringer.panel.items} == {"eye", "late"}


def test_while_the_first_steps_are_open_nothing_is_said_and_then_it_is(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    ringer.says_nothing = True
    ringer.start()
    assert desktop.told == []
    ringer.says_nothing = False
    ringer.tick()
    assert len(desktop.told) == 1


def test_a_panel_that_was_closed_stays_closed(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    ringer.panel.close_button.click()
    ringer.hold_back(True)
    ringer.hold_back(False)
    assert not ringer.panel.isVisible()


def test_f2_in_the_panel_asks_for_the_emergency_page(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    with qtbot.waitSignal(ringer.emergency_asked):
        qtbot.keyClick(ringer.panel, Qt.Key.Key_F2)
    assert states(family) == {next(iter(states(family))): "shown"}, "nothing was answered by it"
