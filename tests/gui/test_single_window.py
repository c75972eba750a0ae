"""A second start finds the first window, and knows when nobody listens any more."""

from __future__ import annotations

from pathlib import Path

from caregiver_app.gui import single_window
from caregiver_app.gui.single_window import Doorbell, raise_other
from tests.programs import second_start


def test_a_second_start_rings_at_the_first(qtbot, tmp_path: Path):
    bell = Doorbell(tmp_path)
    with qtbot.waitSignal(bell.rung, timeout=20_000):
        second = second_start(tmp_path)
    assert second.wait(20) == 0
    bell.stop()


def test_nobody_answers_where_no_window_is(qapp, tmp_path: Path):
    assert not raise_other(tmp_path)


def test_a_name_left_by_a_crash_is_taken_over(qtbot, tmp_path: Path):
    first = Doorbell(tmp_path)
    second = Doorbell(tmp_path)
    with qtbot.waitSignal(second.rung, timeout=20_000):
        start = second_start(tmp_path)
    assert start.wait(20) == 0
    assert first is not second
    second.stop()


def test_a_window_that_listens_no_more_has_not_heard(qapp, tmp_path: Path, monkeypatch):
    """The system takes the call all the same: only an answer tells that somebody is there."""
    monkeypatch.setattr(single_window, "_PATIENCE", 50)
    bell = Doorbell(tmp_path)
    assert not raise_other(tmp_path), "nobody runs its event loop"
    bell.stop()
    assert not raise_other(tmp_path)
