"""The one line about how reminders fare, and the sound, which is off until somebody wants it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from caregiver_app.domain.entities import Answer
from caregiver_app.errors import DiskTrouble
from tests.gui.ringing import (
    NO_SERVICE,
    QUIET,
    Bell,
    Desktop,
    Outcome,
    TrayIcon,
    answer_of,
    pill,
    ring,
    rung,
)
from tests.gui.tabs_family import NOW, settled_family

# -- The line about it ----------------------------------------------------------------------------


_NOBODY = "No program here shows notices; the reminder window does."
_TRAY = "No program here shows notices; the icon in the tray and the reminder window do."
_QUIET = (
    "Do not disturb is on: the desktop keeps notices back; the reminder window comes all the same."
)
_SLOW = "The desktop did not answer in time; the reminder window shows what is due."
_REFUSED = "The desktop did not take the last notice; the reminder window shows what is due."


@pytest.mark.parametrize(
    ("outcome", "tray", "said", "ok"),
    [
        (Outcome(), False, "Notices reach your desktop.", True),
        (NO_SERVICE, True, _TRAY, True),
        (NO_SERVICE, False, _NOBODY, False),
        (Outcome(ok=False, reason_key="notify.no_program"), False, _NOBODY, False),
        (QUIET, False, _QUIET, False),
        (Outcome(ok=False, reason_key="notify.timeout"), False, _SLOW, False),
        (Outcome(ok=False, reason_key="notify.failed"), False, _REFUSED, False),
    ],
)
def test_the_line_tells_of_this_run(qtbot, family, desktop, outcome, tray, said, ok):
    ringer, _ = rung(qtbot, family, desktop, outcome, tray=TrayIcon() if tray else None)
    line = ringer.health_line()
    assert line.sentence == f"Last check 18:00:00. {said}"
    assert (line.ok, line.checked) == (ok, NOW)
    ringer.end()


def test_before_anything_was_said_it_offers_a_try(qtbot, tmp_path, desktop):
    family = settled_family(tmp_path)
    for one in family.house.care.store.all(Answer):
        assert one.delivery == "", "nothing was ever said here"
    ringer = ring(qtbot, family, desktop)
    assert ringer.health_line().checked is None
    assert not ringer.health_line().ok, "nobody has looked yet"
    ringer.start()
    said = "Last check 18:00:00. Try one to see whether notices reach your desktop."
    assert ringer.health_line().sentence == said
    assert ringer.health_line().ok
    ringer.end()
    family.close()


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("desktop notify.sent", "notices reached your desktop."),
        ("notify.sent", "notices reached your desktop."),
        ("tray notify.no_service", "the icon in the tray told you."),
        ("window notify.quiet", "“Do not disturb” was on."),
        ("window notify.no_service", "no notice reached your desktop; the reminder window did."),
        ("notify.timeout", "no notice reached your desktop; the reminder window did."),
    ],
)
@pytest.mark.parametrize(
    ("later", "when"),
    [
        (timedelta(minutes=5), "18:00"),
        (timedelta(days=1), "Fri 18:00"),
        (timedelta(days=6, hours=23), "Fri 20 Mar 18:00"),
    ],
)
def test_it_outlives_a_restart(qtbot, family, desktop, kept, said, later, when):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    ringer.end()
    with family.house.care.change("done.reminded", undoable=False):
        store = family.house.care.store
        answer = answer_of(family, "eye")
        store.put(type(answer)(**{name: getattr(answer, name) for name in answer.__names__}
                               | {"delivery": kept}))  # fmt: skip
    family.clock.at += later
    again = family.again()
    second = ring(qtbot, again, Desktop())
    assert second.health_line().sentence == f"At the last reminder, {when}, {said}"
    second.end()
    again.close()


def test_after_a_restart_the_last_saying_counts(qtbot, family, desktop):
    pill(family, "tablet", "Tablet", 18, 1)
    pill(family, "drops", "More drops", 18, 2)
    ringer, _ = rung(qtbot, family, desktop, NO_SERVICE)
    for outcome in (QUIET, Outcome()):
        family.clock.at += timedelta(minutes=1)
        ringer.tick()
        desktop.deliver(outcome)
    ringer.end()
    again = family.again()
    second = ring(qtbot, again, Desktop())
    said = "At the last reminder, 18:02, notices reached your desktop."
    assert second.health_line().sentence == said
    second.end()
    again.close()


def test_this_run_knows_better_than_the_last(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, NO_SERVICE)
    ringer.end()
    again, fresh = family.again(), Desktop()
    second = ring(qtbot, again, fresh)
    assert "no notice reached your desktop" in second.health_line().sentence
    pill(again, "tablet", "Tablet", 18)
    second.start()
    fresh.deliver()
    assert second.health_line().sentence == "Last check 18:00:00. Notices reach your desktop."
    second.end()
    again.close()


def test_another_window_that_rings_is_named(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop, claim=False)
    ringer.start()
    line = ringer.health_line()
    assert line.sentence.startswith("Another window of this program rings.")
    assert (line.ok, line.checked) == (False, None)
    ringer.end()


def test_what_cannot_be_kept_on_the_disk_is_said_and_kept_later(
    qtbot, family, desktop, monkeypatch
):
    ringer = ring(qtbot, family, desktop)
    banners: list[str] = []
    ringer.health_changed.connect(banners.append)
    ringer.start()

    def full(*_: object) -> None:
        raise DiskTrouble("disk.full", path="x")

    with monkeypatch.context() as broken:
        broken.setattr(family.house.reminders, "record", full)
        desktop.deliver()
    assert banners == [ringer.health]
    assert ringer.health in ringer.health_line().sentence
    assert not ringer.health_line().ok
    ringer.tick()
    assert len(desktop.told) == 1
    assert (ringer.health, banners[-1]) == ("", "")
    assert ringer.health_line().ok
    ringer.end()


def test_a_window_that_cannot_stay_on_top_asks_for_attention_and_says_so(
    qtbot, family, desktop, monkeypatch
):
    ringer = ring(qtbot, family, desktop)
    asked: list[bool] = []
    monkeypatch.setattr(ringer.panel, "ask_attention", lambda: asked.append(True))
    ringer.note_window(on_top=False)
    ringer.start()
    desktop.deliver()
    assert asked
    assert not ringer.stays_on_top
    line = ringer.health_line()
    assert "cannot stay on top" in line.sentence
    assert not line.ok
    ringer.end()


def test_where_it_stays_on_top_nothing_blinks(qtbot, family, desktop, monkeypatch):
    ringer = ring(qtbot, family, desktop)
    monkeypatch.setattr(ringer.panel, "ask_attention", lambda: pytest.fail("it blinked"))
    ringer.start()
    ringer.end()


def test_a_look_that_lies_back_is_not_well(qtbot, family, desktop):
    ringer, _ = rung(qtbot, family, desktop, Outcome())
    assert ringer.health_line().ok
    family.clock.at += timedelta(minutes=3)
    assert not ringer.health_line().ok
    ringer.end()


def test_whoever_shows_the_line_hears_of_each_look(qtbot, family, desktop):
    ringer = ring(qtbot, family, desktop)
    lines: list[str] = []
    ringer.looked.connect(lambda: lines.append(ringer.health_line().sentence))
    ringer.start()
    desktop.deliver()
    family.clock.at += timedelta(seconds=30)
    ringer.tick()
    assert lines[-1] == "Last check 18:00:30. Notices reach your desktop."
    assert "Last check 18:00:00. Notices reach your desktop." in lines
    ringer.note_window(on_top=False)
    assert lines[-1] == ringer.health_line().sentence
    ringer.end()


# -- The sound ------------------------------------------------------------------------------------


def test_nothing_is_heard_until_somebody_chose_it(qtbot, family, desktop):
    bell = Bell()
    ringer, _ = rung(qtbot, family, desktop, Outcome(), sound=bell)
    ringer.rehearse()
    assert bell.played == 0
    family.house.ringing.set_sound(on=True)
    ringer.rehearse()
    assert bell.played == 1
    ringer.end()


def test_it_can_be_heard_before_it_is_chosen(qtbot, family, desktop):
    bell = Bell()
    ringer = ring(qtbot, family, desktop, sound=bell)
    with qtbot.waitSignal(ringer.heard) as told:
        ringer.hear()
    assert (bell.played, told.args) == (1, [""])
    bell.trouble = "sound.failed"
    with qtbot.waitSignal(ringer.heard) as told:
        ringer.hear()
    assert told.args[0].startswith("The sound could not be played")
    ringer.end()


def test_three_at_once_are_heard_once(qtbot, family, desktop):
    bell = Bell()
    family.house.ringing.set_sound(on=True)
    for number in range(2):
        pill(family, f"more{number}", "Tablet", 18)
    ringer, _ = rung(qtbot, family, desktop, Outcome(), sound=bell)
    assert len(desktop.told) == 3
    assert bell.played == 1
    for _ in range(5):
        family.clock.at += timedelta(minutes=1)
        ringer.tick()
    assert bell.played == 1, "what was said is not heard again"
    ringer.end()


def test_over_the_emergency_page_nothing_is_heard(qtbot, family, desktop):
    bell = Bell()
    family.house.ringing.set_sound(on=True)
    ringer = ring(qtbot, family, desktop, sound=bell)
    ringer.hold_back(True)
    ringer.start()
    assert len(desktop.told) == 1
    assert bell.played == 0
    ringer.end()


def test_a_sound_that_fails_is_told_in_the_line_alone(qtbot, family, desktop):
    bell = Bell(trouble="sound.no_player")
    family.house.ringing.set_sound(on=True)
    ringer, banners = rung(qtbot, family, desktop, Outcome(), sound=bell)
    line = ringer.health_line()
    assert "no program that plays sounds" in line.sentence
    assert not line.ok
    assert banners == []
    family.house.ringing.set_sound(on=False)
    assert ringer.health_line().ok, "whoever wants no sound misses none"
    family.house.ringing.set_sound(on=True)
    bell.trouble = ""
    ringer.rehearse()
    assert ringer.health_line().ok
    ringer.end()


def test_data_that_can_only_be_read_is_said_and_no_other_window_is_made_up(qtbot, family, desktop):
    family.house.care.store.read_only = True
    ringer = ring(qtbot, family, desktop, claim=False)
    ringer.start()
    line = ringer.health_line()
    assert not line.ok
    assert line.sentence == "Nothing rings here: this data can be read, but not be written to."
    ringer.end()
