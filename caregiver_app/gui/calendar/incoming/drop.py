"""Dropping calendar files on the window: on whatever part of it, whichever tab is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

CALENDARS: Final = (".ics", ".ical", ".icalendar", ".vcs")
"""How the names of calendar files end."""


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDrop(QObject):
    """Takes what is dropped on a window before any field under the mouse would."""

    def __init__(
        self,
        window: QWidget,
        take: Callable[[Sequence[Path]], None],
        *,
        is_open: Callable[[], bool],
    ) -> None:
        """`is_open` tells whether files may be taken in now."""
        super().__init__(window)
        self._window, self._take, self._is_open = window, take, is_open
        self._hooked = False
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer files that are dragged over the window; everything else goes its way."""
        kind = event.type()
        if kind == QEvent.Type.Show and watched is self._window:
            self._hook()
        elif isinstance(event, QDropEvent):  # a QDragMoveEvent is one as well
            return self._answer(event, dropped=kind == QEvent.Type.Drop)
        return False

    def _hook(self) -> None:
        """Sit in front of the whole window: a text field would take the name of a file as words."""
        handle = self._window.windowHandle()
        if not self._hooked and handle:
            handle.installEventFilter(self)
            self._hooked = True

    def _answer(self, event: QDropEvent, *, dropped: bool) -> bool:
        files = dropped_files(event.mimeData())
        if not files:
            return False
        if not self._is_open() or _covered():
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if dropped:
            self._take(files)
        return True


def _covered() -> bool:
    over: object = QApplication.activeModalWidget()
    return over is not None


__all__ = ["CALENDARS", "FileDrop", "dropped_files"]
