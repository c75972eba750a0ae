"""`SettledFocus`: tells that the keyboard focus moved, once nothing is half destroyed any more."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication


class SettledFocus(QObject):
    """Says `moved` a turn after `focusChanged`; ask `QApplication.focusWidget()` where it is.

    The focus also moves because a window is going away. A Python object made for what is half
    destroyed would be taken for the next widget at its address, and crash there.
    """

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.moved)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._wait)

    def _wait(self) -> None:
        self._soon.start()
