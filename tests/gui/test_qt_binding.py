"""The Qt binding must not lose references: a window stays open all day."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer


def test_calls_that_return_nothing_lose_no_reference(qapp):
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(500):
        timer.setInterval(5)
    assert abs(sys.getrefcount(None) - before) < 50
