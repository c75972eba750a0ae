"""Storing what was chosen, step by step: the window paints, and nothing is heard but a cancel."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from caregiver_app.gui.from_anywhere import HELP_KEYS, URGENT_KEYS

_BREATH_MS: Final = 30
_KINDS = QEvent.Type
_BY_HAND: Final = frozenset((
    _KINDS.MouseButtonPress, _KINDS.MouseButtonRelease, _KINDS.MouseButtonDblClick,
    _KINDS.KeyPress, _KINDS.KeyRelease, _KINDS.Shortcut, _KINDS.ShortcutOverride, _KINDS.Wheel,
    _KINDS.ContextMenu, _KINDS.TouchBegin, _KINDS.TouchUpdate, _KINDS.TouchEnd,
    _KINDS.TabletPress, _KINDS.TabletRelease, _KINDS.DragEnter, _KINDS.DragMove, _KINDS.Drop,
))  # fmt: skip


class Storing(QObject):
    """Goes through the steps of one change; what is done by hand reaches only one window."""

    told = Signal(int)
    """How many were kept so far."""

    def __init__(self, window: QWidget, is_changing: Callable[[], bool]) -> None:
        """`is_changing` tells whether what was kept may still come to nothing."""
        super().__init__(window)
        self._window, self._is_changing = window, is_changing
        self._given_up = False
        self.wants_help = ""
        """The place of help whose key was pressed meanwhile, "" for none."""

    def give_up(self) -> None:
        """Keep nothing, if that is still possible."""
        self._given_up = True

    def run(self, steps: Iterator[int]) -> int | None:
        """Go through the steps; return how many were kept, None where it was given up.

        Raises:
            UserError: what the steps raise; nothing was kept.
        """
        self._given_up, self.wants_help = False, ""
        count, handles = 0, _handles()
        for handle in handles:
            handle.installEventFilter(self)
        try:
            for count in steps:
                self.told.emit(count)
                self.breathe()
                if self._given_up and self._is_changing():
                    if isinstance(steps, Generator):
                        steps.close()
                    return None
        finally:
            for handle in handles:
                if isValid(handle):
                    handle.removeEventFilter(self)
        return count

    @staticmethod
    def breathe() -> None:
        """Let everything be painted."""
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _BREATH_MS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow what is done by hand elsewhere, and keys that are still held down."""
        if event.type() not in _BY_HAND:
            return False
        if isinstance(event, QKeyEvent):
            if event.key() in URGENT_KEYS:
                self.wants_help = HELP_KEYS[Qt.Key(event.key())]
                return True
            if event.isAutoRepeat():
                return True
        return watched is not self._window.windowHandle()


def _handles() -> list[QWindow]:
    """Return what stands in front of every window: whatever is done by hand comes there first."""
    found = [one.windowHandle() for one in QApplication.topLevelWidgets() if one.isVisible()]
    return [one for one in found if one]
