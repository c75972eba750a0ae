"""A second start finds the first window."""

from __future__ import annotations

from pathlib import Path

from caregiver_app.gui.single_window import Doorbell, raise_other


def test_a_second_start_rings_at_the_first(qtbot, tmp_path: Path):
    bell = Doorbell(tmp_path)
    with qtbot.waitSignal(bell.rung, timeout=3000):
        assert raise_other(tmp_path)


def test_nobody_answers_where_no_window_is(qapp, tmp_path: Path):
    assert not raise_other(tmp_path)


def test_a_name_left_by_a_crash_is_taken_over(qtbot, tmp_path: Path):
    first = Doorbell(tmp_path)
    second = Doorbell(tmp_path)
    with qtbot.waitSignal(second.rung, timeout=3000):
        assert raise_other(tmp_path)
    assert first is not second
