"""The ringer and time: sleep, a clock that is set, travel, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.ringing import QuietHours
from caregiver_app.domain.times import Floating, Zoned
from caregiver_app.errors import DataBusy, DataDamaged
from caregiver_app.gui.bridge import ChangeBridge
from caregiver_app.gui.clock_jumps import ClockJumps
from caregiver_app.gui.ringer import LONGEST_MS, Ringer
from caregiver_app.services.care import Change
from tests.gui.ringing import Bell, Desktop, Running, answer_of, pill, ring
from tests.gui.tabs_family import NOW, Family, open_family, settled_family

HOME, THERE = "America/New_York", "Europe/Berlin"


# -- Two clocks held against each other -----------------------------------------------------------


def looks(*steps: tuple[float, float, str]) -> list[bool]:
    """Whether each look found a jump; a step is seconds on the wall, seconds that ran, the zone."""
    running, at, found = Running(), datetime(2026, 3, 20, 22, tzinfo=UTC), []
    jumps = ClockJumps(running)
    jumps.look(at, HOME)
    for wall, ran, zone in steps:
        at += timedelta(seconds=wall)
        running.seconds += ran
        found.append(jumps.look(at, zone))
    return found


@pytest.mark.parametrize(
    ("step", "jumped"),
    [
        ((30, 30, HOME), False),
        ((0.2, 0.2, HOME), False),
        ((31.5, 30, HOME), False),  # a clock that is put right in small steps
        ((30 + 3600, 30, HOME), True),  # asleep where running time stops
        ((3600, 3600, HOME), True),  # asleep where it goes on
        ((30 - 600, 30, HOME), True),  # set back
        ((30 + 600, 30, HOME), True),  # set on
        ((30, 30, THERE), True),  # travelled
    ],
)
def test_a_jump_is_found_once(step: tuple[float, float, str], jumped: bool):
    assert looks((30, 30, HOME), step, (30, 30, step[2])) == [False, jumped, False]


def test_the_first_look_compares_with_nothing():
    assert not ClockJumps(Running()).look(NOW, HOME)


# -- Waking up ------------------------------------------------------------------------------------


@pytest.fixture
def family(tmp_path: Path) -> Iterator[Family]:
    made = settled_family(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desktop() -> Desktop:
    return Desktop()


def at_work(
    qtbot: QtBot, family: Family, desktop: Desktop, **more: object
) -> tuple[Ringer, Running]:
    running = Running()
    ringer = ring(qtbot, family, desktop, running=running, **more)
    ringer.start()
    return ringer, running


def test_what_came_while_it_slept_is_one_notice_and_one_list(qtbot, family, desktop):
    for minute in range(4):
        pill(family, f"pill{minute}", f"Tablet {minute}", 18, minute + 1)
    bell = Bell()
    family.house.ringing.set_sound(on=True)
    ringer, running = at_work(qtbot, family, desktop, sound=bell)
    handed: list[set[str]] = []
    original = ringer.panel.set_items

    def watched(items, late=()):
        handed.append(set(late))
        original(items, late)

    ringer.panel.set_items = watched  # type: ignore[method-assign]
    jumped: list[bool] = []
    ringer.jumped.connect(lambda: jumped.append(True))
    family.clock.at += timedelta(hours=3)
    running.seconds += 5
    ringer.woken()
    assert jumped == [True]
    assert len(desktop.told) == 1
    assert desktop.seen == [True]
    assert [one.owner for one in ringer.panel.items] == [f"pill{n}" for n in range(4)]
    assert handed[-1] == {one.id for one in ringer.panel.items}
    assert bell.played == 1
    desktop.deliver()
    assert handed[-1] == {one.id for one in ringer.panel.items}, "late stays late once recorded"
    assert {answer_of(family, f"pill{n}").state for n in range(4)} == {"shown"}
    ringer.end()


def test_one_that_came_while_it_slept_says_so_too(qtbot, family, desktop):
    pill(family, "eye", "Eye drops", 18, 1)
    ringer, running = at_work(qtbot, family, desktop)
    family.clock.at += timedelta(hours=3)
    running.seconds += 5
    ringer.tick()
    assert desktop.told == [("Care reminder", "Care reminder, was due 18:01")]
    ringer.end()


def test_waking_is_no_reason_to_look_after_the_end(qtbot, family, desktop):
    ringer, _ = at_work(qtbot, family, desktop)
    ringer.end()
    pill(family, "eye", "Eye drops", 18)
    ringer.woken()
    assert desktop.told == []


def test_the_clock_set_back_and_on_doubles_nothing(qtbot, family, desktop):
    pill(family, "eye", "Eye drops", 18)
    ringer, running = at_work(qtbot, family, desktop)
    desktop.deliver()
    jumped: list[bool] = []
    ringer.jumped.connect(lambda: jumped.append(True))
    for minutes in (-30, 45, -15):
        family.clock.at += timedelta(minutes=minutes)
        running.seconds += 30
        ringer.tick()
        desktop.deliver()
    assert len(jumped) == 3
    assert len(desktop.told) == 1
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    ringer.end()


def test_another_zone_is_a_jump(qtbot, family, desktop, monkeypatch):
    ringer, _ = at_work(qtbot, family, desktop)
    jumped: list[bool] = []
    ringer.jumped.connect(lambda: jumped.append(True))
    ringer.tick()
    monkeypatch.setattr(family.clock, "zone", lambda: THERE)
    ringer.tick()
    assert jumped == [True]
    ringer.end()


# -- Until when it is silent ----------------------------------------------------------------------


@pytest.mark.parametrize("zoned", [True, False])
def test_until_when_it_is_silent(qtbot, tmp_path, desktop, zoned):
    family = open_family(tmp_path)
    ringer, _ = at_work(qtbot, family, desktop)
    assert ringer.silent_until() is None
    for entry, when in (("far", "2026-04-20T09:00"), ("near", "2026-03-21T07:30")):
        local = datetime.fromisoformat(when)
        family.house.agenda.save(
            Appointment(
                id=entry,
                uid="",
                person="",
                type="other",
                title=entry,
                start=Zoned(local, HOME) if zoned else Floating(local),
                minutes=5,
                reminders=(0,),
            )
        )
        summer = timedelta(hours=4)
        assert ringer.silent_until() == (local + summer).replace(tzinfo=UTC)
    family.clock.at += timedelta(days=1)
    assert ringer.silent_until() <= family.clock.at, "something is due"
    ringer.end()
    family.close()


# -- Whose turn it is -----------------------------------------------------------------------------


def test_while_another_has_the_turn_nothing_is_said_and_soon_looked_again(qtbot, family, desktop):
    pill(family, "eye", "Eye drops", 18)
    other = open_family(family.folder, family.clock.at)
    assert other.house.reminders.take_turn("other")
    ringer, _ = at_work(qtbot, family, desktop)
    assert desktop.told == []
    assert not ringer.panel.isVisible()
    assert 0 < ringer.wait_ms() <= 1000
    other.house.reminders.end_turn("other")
    ringer.tick()
    assert len(desktop.told) == 1
    ringer.end()
    other.close()


def test_who_was_killed_with_the_turn_keeps_nobody_out_for_long(qtbot, family, desktop):
    pill(family, "eye", "Eye drops", 18)
    other = open_family(family.folder, family.clock.at)
    assert other.house.reminders.take_turn("killed")
    other.close()
    ringer, _ = at_work(qtbot, family, desktop)
    family.clock.at += timedelta(seconds=31)
    ringer.tick()
    assert len(desktop.told) == 1
    ringer.end()


def test_two_that_both_believe_to_ring_say_it_once(qtbot, family, desktop):
    pill(family, "eye", "Eye drops", 18)
    other, there = open_family(family.folder, family.clock.at), Desktop()
    first, _ = at_work(qtbot, family, desktop)
    second, _ = at_work(qtbot, other, there)
    second.tick()
    assert (len(desktop.told), len(there.told)) == (1, 0)
    desktop.deliver()
    second.tick()
    assert there.told == []
    first.end()
    second.end()
    other.close()


@pytest.mark.parametrize("how", ["recorded", "ended"])
def test_the_turn_is_given_back(qtbot, family, desktop, how):
    pill(family, "eye", "Eye drops", 18)
    other = open_family(family.folder, family.clock.at)
    ringer, _ = at_work(qtbot, family, desktop)
    assert not other.house.reminders.take_turn("other"), "it is being said"
    if how == "recorded":
        desktop.deliver()
    else:
        ringer.end()
    assert other.house.reminders.take_turn("other")
    ringer.end()
    other.close()


def test_what_another_said_before_the_turn_came_is_not_said_again(
    qtbot, family, desktop, monkeypatch
):
    pill(family, "eye", "Eye drops", 18)
    reminders = family.house.reminders
    take = reminders.take_turn

    def late(holder: str) -> bool:
        other = open_family(family.folder, family.clock.at)
        for notice in other.house.reminders.notices(other.house.reminders.due()):
            other.house.reminders.record(notice, "")
        other.close()
        return take(holder)

    monkeypatch.setattr(reminders, "take_turn", late)
    ringer, _ = at_work(qtbot, family, desktop)
    assert desktop.told == []
    monkeypatch.undo()
    other = open_family(family.folder, family.clock.at)
    assert other.house.reminders.take_turn("other"), "the turn was given back"
    ringer.end()
    other.close()


def test_a_turn_that_cannot_be_written_silences_nobody(qtbot, family, desktop, monkeypatch):
    pill(family, "eye", "Eye drops", 18)

    def busy(_holder: str) -> bool:
        raise DataBusy("data.busy", path="x")

    monkeypatch.setattr(family.house.reminders, "take_turn", busy)
    ringer, _ = at_work(qtbot, family, desktop)
    assert len(desktop.told) == 1
    desktop.deliver()
    assert answer_of(family, "eye").state == "shown"
    ringer.end()


# -- Following what changes -----------------------------------------------------------------------


def test_a_change_after_which_nothing_can_be_read_is_said_and_hurts_nobody(
    qtbot, family, desktop, monkeypatch
):
    ringer, _ = at_work(qtbot, family, desktop)

    def unreadable() -> object:
        raise DataDamaged("data.empty", path="x")

    with monkeypatch.context() as broken:
        broken.setattr(family.house.reminders, "waiting", unreadable)
        pill(family, "eye", "Eye drops", 19)
        assert ringer.health
        assert not ringer.health_line().ok
    assert ringer.wait_ms() == LONGEST_MS
    ringer.end()


# -- A test that comes later ----------------------------------------------------------------------


def test_a_test_comes_after_its_time(qtbot, family, desktop):
    ringer, _ = at_work(qtbot, family, desktop)
    up: list[bool] = []
    ringer.rehearsal_begins.connect(lambda: up.append(ringer.panel.isVisible()))
    assert not ringer.rehearse(10)
    assert desktop.told == []
    assert not ringer.panel.isVisible()
    qtbot.waitUntil(lambda: bool(up), timeout=5000)
    assert up == [True]
    assert desktop.told == [("Care reminder", "This is a test, 18:00")]
    ringer.end()


def test_a_test_that_was_called_off_does_not_come(qtbot, family, desktop):
    ringer, _ = at_work(qtbot, family, desktop)
    ringer.rehearse(10)
    assert ringer._try.isActive()
    ringer.end_rehearsal()
    assert not ringer._try.isActive()
    ringer.rehearse(10)
    ringer.stop()
    assert not ringer._try.isActive()
    QApplication.processEvents()
    assert desktop.told == []
    ringer.end()


def test_asked_for_twice_it_comes_once(qtbot, family, desktop):
    ringer, _ = at_work(qtbot, family, desktop)
    ringer.rehearse(60_000)
    ringer.rehearse()
    assert not ringer._try.isActive()
    assert len(desktop.told) == 1
    ringer.end()


def test_what_quiet_hours_would_hold_by_now_is_kept_as_said(qtbot, family, desktop):
    family.house.ringing.set_quiet(QuietHours(time(18, 1), time(7, 0)))
    family.clock.at -= timedelta(days=1)
    family.house.agenda.save(
        Appointment(
            id="call",
            uid="",
            person="rosa",
            type="other",
            title="Ask for the papers",
            start=Zoned(datetime(2026, 3, 22, 18, 0), HOME),
            minutes=5,
            reminders=(2880,),
        )
    )
    family.clock.at += timedelta(days=1, seconds=59)
    ringer, _ = at_work(qtbot, family, desktop)
    assert len(desktop.told) == 1
    family.clock.at += timedelta(seconds=2)  # the quiet hours have begun
    desktop.deliver()
    assert answer_of(family, "call").state == "shown"
    family.clock.at += timedelta(hours=13, minutes=5)
    ringer.tick()
    assert len(desktop.told) == 1, "it does not ring once more when they end"
    ringer.end()


def test_what_another_program_answered_leaves_the_window(qtbot, family, desktop):
    pill(family, "eye", "Eye drops", 18)
    ringer, _ = at_work(qtbot, family, desktop)
    desktop.deliver()
    other = open_family(family.folder, family.clock.at)
    other.house.reminders.answer("eye", "done")
    other.close()
    ringer.refresh_outside(Change(frozenset(("answer",))))
    assert ringer.panel.isVisible(), "our own changes were followed already"
    ringer.refresh_outside(None)
    assert not ringer.panel.isVisible()
    assert desktop.withdrawn == desktop.keys
    ringer.end()


def test_looking_anew_tells_every_screen_once(family):
    asked: list[bool] = []
    bridge = ChangeBridge(family.house, lambda: bool(asked.append(True)) or True)
    seen: list[object] = []
    bridge.changed.connect(seen.append)
    bridge.look_anew()
    assert (seen, asked) == ([None], [True])
    bridge.stop()
    bridge.look_anew()
    assert (seen, asked) == ([None], [True])
