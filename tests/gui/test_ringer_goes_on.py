"""The ringer goes on: whatever breaks, it looks again, repeats nothing, loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from caregiver_app.errors import DataDamaged, DiskTrouble, UserError
from caregiver_app.gui.ringer import LONGEST_MS
from tests.gui.ringing import NO_SERVICE, Bell, Desktop, Running, TrayIcon, answer_of, pill, ring
from tests.gui.tabs_family import open_family


class Broken(RuntimeError):
    """What nobody foresaw."""


def raises(error: Exception) -> Callable[..., object]:
    def act(*_args: object, **_more: object) -> object:
        raise error

    return act


FULL = DiskTrouble("data.disk", path="x")


# -- It looks again -------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["due", "next_due", "waiting"])
def test_a_look_that_breaks_is_not_the_last_one(qtbot, family, desktop, monkeypatch, what):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    ringer._timer.stop()
    with monkeypatch.context() as broken:
        broken.setattr(family.house.reminders, what, raises(Broken()))
        with pytest.raises(Broken):
            ringer.tick()
    assert ringer._timer.isActive(), "it looks again"
    ringer.end()


def test_a_panel_that_breaks_keeps_nothing_from_the_desktop_and_from_being_said(
    qtbot, family, desktop, monkeypatch
):
    ringer = ring(qtbot, family, desktop)
    with monkeypatch.context() as broken:
        broken.setattr(ringer.panel, "set_items", raises(Broken()))
        with pytest.raises(Broken):
            ringer.start()
    assert desktop.told == [("Care reminder", "Care reminder, 18:00")]
    desktop.deliver()
    assert answer_of(family, "eye").state == "shown"
    ringer.tick()
    ringer.end()


def test_what_could_not_be_handed_over_stands_in_the_window(qtbot, family, desktop, monkeypatch):
    bell = Bell()
    family.house.ringing.set_sound(on=True)
    monkeypatch.setattr(bell, "play", raises(Broken()))
    monkeypatch.setattr(desktop, "send_async", raises(Broken()))
    ringer = ring(qtbot, family, desktop, sound=bell)
    ringer.start()
    assert ringer.panel.isVisible()
    assert answer_of(family, "eye").delivery == "window notify.failed"
    assert "did not take" in ringer.health
    ringer.end()


def test_a_start_that_cannot_read_what_waits_is_at_work_all_the_same(
    qtbot, family, desktop, monkeypatch
):
    ringer = ring(qtbot, family, desktop)
    with monkeypatch.context() as broken:
        broken.setattr(
            family.house.reminders, "waiting", raises(DataDamaged("data.empty", path="x"))
        )
        ringer.start()
    assert ringer.health
    assert ringer._timer.isActive()
    ringer.end()


def test_a_tray_that_is_gone_keeps_nothing_on_its_way(qtbot, family, desktop, monkeypatch):
    tray = TrayIcon()
    monkeypatch.setattr(tray, "show_message", raises(RuntimeError("already deleted")))
    ringer = ring(qtbot, family, desktop, tray=tray)
    ringer.start()
    desktop.deliver(NO_SERVICE)
    assert answer_of(family, "eye").delivery == "window notify.no_service"
    ringer.end()


# -- What was said and cannot be kept -------------------------------------------------------------


@pytest.mark.parametrize("error", [FULL, Broken()])
def test_what_was_said_and_cannot_be_kept_is_not_said_over_and_over(
    qtbot, family, desktop, monkeypatch, error
):
    bell = Bell()
    family.house.ringing.set_sound(on=True)
    ringer = ring(qtbot, family, desktop, sound=bell)
    ringer.start()
    with monkeypatch.context() as broken:
        broken.setattr(family.house.reminders, "record", raises(error))
        with qtbot.captureExceptions():
            desktop.deliver()
        for _ in range(3):
            family.clock.at += timedelta(seconds=30)
            with suppress(Broken):
                ringer.tick()
            assert [one.owner for one in ringer.panel.items] == ["eye"]
        assert ringer.wait_ms() == LONGEST_MS
        if isinstance(error, UserError):
            assert ringer.health
    assert (len(desktop.told), bell.played) == (1, 1)
    ringer.tick()
    assert answer_of(family, "eye").state == "shown"
    assert (len(desktop.told), ringer.health) == (1, "")
    ringer.end()


def test_what_came_in_time_is_not_called_late_because_it_cannot_be_kept(
    qtbot, family, desktop, monkeypatch
):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    handed: list[frozenset[str]] = []
    original = ringer.panel.set_items

    def watched(items, late=()):
        handed.append(frozenset(late))
        original(items, late)

    monkeypatch.setattr(ringer.panel, "set_items", watched)
    monkeypatch.setattr(family.house.reminders, "record", raises(FULL))
    desktop.deliver()
    for _ in range(4):
        family.clock.at += timedelta(minutes=1)
        ringer.tick()
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    assert handed[-1] == frozenset()
    ringer.end()


def test_reading_that_works_again_is_no_trouble_any_more(qtbot, family, desktop, monkeypatch):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    desktop.deliver()
    with monkeypatch.context() as broken:
        broken.setattr(family.house.reminders, "due", raises(FULL))
        ringer.tick()
        assert ringer.health
    ringer.tick()
    assert ringer.health == ""
    assert ringer.health_line().ok
    ringer.end()


# -- While nothing else may write -----------------------------------------------------------------


def test_while_a_file_is_being_stored_it_writes_nothing(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    ringer.rest(resting=True)
    pill(family, "tablet", "Tablet", 18)
    assert not ringer._timer.isActive()
    with suppress(LookupError), family.house.care.change("done.imported", count=1):
        desktop.deliver()
        ringer.woken()
        raise LookupError  # it is taken back
    assert len(desktop.told) == 1
    assert not ringer._timer.isActive()
    ringer.rest(resting=False)
    ringer.tick()
    desktop.deliver()
    assert [answer_of(family, one).state for one in ("eye", "tablet")] == ["shown", "shown"]
    assert len(desktop.told) == 2
    ringer.end()


# -- Whose claim it is ----------------------------------------------------------------------------


def test_who_comes_to_ring_later_shows_what_waits(qtbot, family, desktop):
    other, there = open_family(family.folder, family.clock.at), Desktop()
    first = ring(qtbot, other, there)
    first.start()
    there.deliver()
    free: list[bool] = []
    ringer = ring(qtbot, family, desktop, claim=False)
    ringer._holds_claim = lambda: bool(free)
    ringer.start()
    assert not ringer.panel.isVisible()
    first.end()
    other.close()
    free.append(True)
    ringer.tick()
    assert [one.owner for one in ringer.panel.items] == ["eye"]
    assert ringer.panel.isVisible()
    assert desktop.told == [], "it was told already"
    ringer.panel.close_button.click()
    ringer.tick()
    assert not ringer.panel.isVisible(), "closed is closed"
    ringer.end()


# -- The end --------------------------------------------------------------------------------------


def test_what_is_on_its_way_at_the_end_is_not_said_again(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    ringer.end()
    desktop.deliver()
    later, quiet = family.again(), Desktop()
    second = ring(qtbot, later, quiet)
    second.start()
    assert quiet.told == []
    assert [one.owner for one in second.panel.items] == ["eye"]
    assert second.panel.isVisible()
    second.end()
    later.close()


@pytest.mark.parametrize("closed_first", [True, False])
def test_an_answer_after_the_data_was_closed_hurts_nobody(qtbot, family, desktop, closed_first):
    ringer = ring(qtbot, family, desktop)
    ringer.start()
    if closed_first:
        # A backup is about to take its place.
        family.close()
    ringer.end()
    family.close()
    desktop.deliver()
    assert not ringer.panel.isVisible()


def test_a_desktop_that_never_answers_is_not_waited_for_without_end(qtbot, family, desktop):
    running = Running()
    ringer = ring(qtbot, family, desktop, running=running)
    ringer.start()
    running.seconds += 29
    ringer.tick()
    with pytest.raises(ValueError, match="unpack"):
        answer_of(family, "eye")
    running.seconds += 2
    ringer.tick()
    assert answer_of(family, "eye").delivery == "window notify.timeout"
    desktop.deliver()
    ringer.tick()
    assert answer_of(family, "eye").delivery == "window notify.timeout"
    assert len(desktop.told) == 1
    assert ringer.wait_ms() == LONGEST_MS
    ringer.end()
