"""What all tests of the side-effects tab share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def nothing_left_over(qapp: QApplication) -> Iterator[None]:
    """Take away what asked to be deleted: each leftover is dressed again by every later test."""
    yield
    qapp.sendPostedEvents(None, int(QEvent.Type.DeferredDelete.value))
