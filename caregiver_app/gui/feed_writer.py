"""Keeps the subscribed calendar file up to date while the window is open.

A child process reads the data and writes the file, so that the window goes on painting however
much there is. One runs at a time; what changed meanwhile starts the next one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from caregiver_app.gui.words import tr
from caregiver_app.services.care import Change
from caregiver_app.services.feed import FeedService, Standing

_SOON_MS: Final = 300
"""So long after a change: what belongs to it comes along, and five seconds are far off."""
_START_MS: Final = 1_500
_AGAIN_MS: Final = 60_000
_AT_CLOSE_MS: Final = 10_000
_MOMENT_MS: Final = 1_000
_CALL: Final = (
    "import sys; sys.path[:] = {path!a}; from caregiver_app.bootstrap import main; sys.exit(main())"
)


def command(folder: Path) -> list[str]:
    """Return the command line that brings the subscribed file of a data folder up to date."""
    call = _CALL.format(path=sys.path)
    return [sys.executable, "-c", call, "--data-dir", str(folder), "export", "--subscribed"]


class FeedWriter(QObject):
    """Lets the file follow the data; how it stands is told in `feed.standing`."""

    troubled = Signal(str)
    """The file could not be written, and not a minute later either, in a plain sentence."""

    def __init__(
        self, feed: FeedService, words: Sequence[str], parent: QObject | None = None
    ) -> None:
        """`words` are the program and its arguments that write the file (see `command`)."""
        super().__init__(parent)
        self._feed, self._words = feed, list(words)
        self._process: QProcess | None = None
        self._pending = self._over = self._said = False
        self._soon = _single(self, _SOON_MS)
        self._soon.timeout.connect(self.begin)
        self._again = _single(self, _AGAIN_MS)
        self._again.timeout.connect(self.begin)

    def start(self) -> None:
        """Look at the file once the window has settled: it may have fallen behind."""
        self._pending = True
        self._soon.start(_START_MS)

    def look(self, change: Change | None = None) -> None:
        """Follow a change; None means that anything may have changed."""
        if change is None or self._feed.matters(change):
            self.ask()

    def ask(self) -> None:
        """Write what is new in a moment, or as soon as the present writing has ended."""
        if self._over:
            return
        self._pending = True
        if not self.is_writing and not self._soon.isActive():
            self._soon.start(_SOON_MS)

    @property
    def is_writing(self) -> bool:
        """Whether a child process is at work."""
        return self._process is not None

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be written."""
        return self._pending

    @property
    def tries_again(self) -> bool:
        """Whether it failed and will be tried again in a minute."""
        return self._again.isActive()

    def begin(self) -> None:
        """Write now, unless it is being written."""
        if self._over or self.is_writing:
            return
        self._soon.stop()
        self._again.stop()
        self._pending = False
        if self._feed.choice() is None:
            self._feed.standing = Standing()
            return
        self._process = process = QProcess(self)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broke)
        process.start(self._words[0], self._words[1:])

    # -- Pausing and closing ----------------------------------------------------------------------

    def hold(self) -> None:
        """Leave the data alone, for it is being exchanged."""
        self._over = True
        self._soon.stop()
        self._again.stop()
        self._kill()

    def go_on(self) -> None:
        """Take up the work again: nothing was exchanged after all."""
        self._over = False
        self.ask()

    def finish(self, patience_ms: int = _AT_CLOSE_MS) -> None:
        """Write what is still to be written, then stop; what takes too long the next start does."""
        if self._over:
            return
        if self._process is not None:
            self._process.waitForFinished(patience_ms)
        if self._pending and not self.is_writing:
            self.begin()
            if self._process is not None:
                self._process.waitForFinished(patience_ms)
        self.hold()

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._ended)
        process.errorOccurred.disconnect(self._broke)
        process.terminate()
        if not process.waitForFinished(_MOMENT_MS):
            process.kill()
            process.waitForFinished(_MOMENT_MS)
        process.deleteLater()

    # -- What came of it --------------------------------------------------------------------------

    def _ended(self, code: int, _status: QProcess.ExitStatus) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        told = bytes(process.readAllStandardOutput().data()).decode("utf-8", "replace")
        wrong = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        process.deleteLater()
        if self._feed.choice() is None:
            self._feed.standing = Standing()
        elif code == 0:
            self._said = False
            self._feed.standing = Standing(_when(told))
        else:
            self._trouble(wrong.strip().splitlines()[-1:])
        if self._pending:
            self.ask()

    def _broke(self, error: QProcess.ProcessError) -> None:
        # Everything else ends with `finished` as well.
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self._trouble([])

    def _trouble(self, sentences: Sequence[str]) -> None:
        sentence = sentences[0] if sentences else tr("It could not be written just now.")
        again = bool(self._feed.standing.trouble)
        self._feed.standing = replace(self._feed.standing, trouble=sentence)
        if not self._over:
            self._again.start()
        if again and not self._said:
            self._said = True
            self.troubled.emit(sentence)


def _single(parent: QObject, interval: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval)
    return timer


def _when(told: str) -> datetime | None:
    """Return when the file was written, as the child process told it."""
    with suppress(ValueError, IndexError):
        return datetime.fromisoformat(told.split()[1])
    return None
