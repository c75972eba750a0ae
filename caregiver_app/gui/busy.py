"""A calm sign that the program is at work, for what keeps the window from answering for seconds."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication


@contextmanager
def busy(say: Callable[[], object] | None = None) -> Generator[None]:
    """Show the waiting pointer for the time of the block; `say` may put up a sentence first.

    What was put up is drawn before the block begins; nobody's keys or clicks are taken by that.
    """
    if say is not None:
        say()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QApplication.restoreOverrideCursor()
