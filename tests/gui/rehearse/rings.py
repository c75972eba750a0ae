"""A ringer and a timer that a test holds in its hand."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal


@dataclass
class Panel:
    """The reminder window, as far as a rehearsal looks at it."""

    up: bool = True

    def isVisible(self) -> bool:
        return self.up


class HeldRinger(QObject):
    """Rings only when a test says so."""

    rehearsal_begins = Signal()
    rehearsed = Signal(bool, str)
    rehearsal_answered = Signal()
    health_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []
        self.ended = 0
        self.panel = Panel()
        self.rings_here = True
        self.stays_on_top = True
        self.has_tray = True

    def rehearse(self, after_ms: int = 0) -> bool:
        self.asked.append(after_ms)
        return False

    def end_rehearsal(self) -> None:
        self.ended += 1


class HeldTimer(QTimer):
    """Never runs by itself; `timeout.emit()` is its only beat."""

    def __init__(self) -> None:
        super().__init__()
        self.runs = False

    def start(self, *_args: object) -> None:
        self.runs = True

    def stop(self) -> None:
        self.runs = False


@dataclass
class Login:
    """Starting with the computer, without a computer."""

    is_on: bool = False
    is_possible: bool = True
    why_not: str = ""
    trouble: Exception | None = None

    def set_on(self, on: bool) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.is_on = on
