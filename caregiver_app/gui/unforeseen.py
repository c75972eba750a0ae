"""What nobody caught: noted without its words, and told in one calm window.

An exception's message and the values around it may hold what the family wrote, so only its type
and the places in the code are ever noted, shown or copied.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.gui.crash import CrashWindow
    from caregiver_app.gui.later import Later

QUIET_SECONDS: Final = 10.0
"""How long one place is not told of again after "Go on": longer each time that it was told."""

_SAME_SECONDS: Final = 1.0
_MOST_PLACES: Final = 8
_MOST_CAUSES: Final = 3
_OWN_FILES: Final = ("crash.py", "unforeseen.py")

_log = logging.getLogger(__name__)


@value
class Mishap:
    """One exception without any of its words.

    `kind` is its type; `places` are the files and lines that it came through, the last one where
    it was raised; `causes` are the types of what led to it.
    """

    kind: str
    places: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()

    @property
    def spot(self) -> str:
        """Type and place: two mishaps with the same spot are taken for the same."""
        return f"{self.kind} at {self.places[-1] if self.places else '?'}"


def mishap_of(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> Mishap:
    """Return what may be noted of an exception."""
    places: list[str] = []
    while trace is not None:
        name = PurePath(trace.tb_frame.f_code.co_filename).name
        places.append(f"{name}:{trace.tb_lineno}")
        trace = trace.tb_next
    causes: list[str] = []
    before = error
    while before is not None and len(causes) < _MOST_CAUSES:
        before = before.__cause__ or before.__context__
        if before is not None:
            causes.append(type(before).__name__)
    return Mishap(kind.__name__, tuple(places[-_MOST_PLACES:]), tuple(causes))


class Catcher:
    """Catches what nobody caught, while the window is open.

    What comes while the dialog lies open only counts there. After "Go on" the same place is
    left in peace for a while, so that a page that cannot be painted does not ask without end.
    """

    def __init__(
        self,
        window: QWidget,
        say: Callable[[str], None],
        theme: Theme,
        later: Callable[[], type[Later]],
        *,
        leave: Callable[[], object] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`say` says a sentence in `window`; `seconds` counts on, for the time left in peace.

        `leave` ends the program without a question; without it the window is closed.
        """
        self._window, self._say, self._theme, self._later = window, say, theme, later
        self._end = leave or window.close
        self._seconds = seconds
        self._sheet: CrashWindow | None = None
        self._waiting: list[Mishap] = []
        self._counted: Counter[str] = Counter()
        self._told: Counter[str] = Counter()
        self._quiet_until: dict[str, float] = {}
        self._hushed: set[str] = set()
        self._said, self._said_at = "", 0.0

    # -- The three doors --------------------------------------------------------------------------

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take what came out of a slot or an event; stands in the place of `sys.excepthook`."""
        try:
            self._take(kind, error, trace)
        except Exception as failure:  # noqa: BLE001 - nothing may come out of the last door
            _log.error("unforeseen %s, and telling of it failed: %s",
                       kind.__name__, type(failure).__name__)  # fmt: skip

    def caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        """Note what ended another thread; stands in the place of `threading.excepthook`."""
        with suppress(Exception):
            self._note(mishap_of(args.exc_type, args.exc_value, args.exc_traceback), "in a thread")

    def caught_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        """Note what no caller could be told; stands in the place of `sys.unraisablehook`."""
        with suppress(Exception):
            kind = args.exc_type
            self._note(mishap_of(kind, args.exc_value, args.exc_traceback), "while cleaning up")

    # -- Within -----------------------------------------------------------------------------------

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            QApplication.quit()
            return
        if threading.current_thread() is not threading.main_thread():
            self._note(mishap_of(kind, error, trace), "in a thread")
            return
        if isinstance(error, UserError):
            self._explain(error)
            return
        mishap = mishap_of(kind, error, trace)
        self._note(mishap)
        own = any(place.split(":")[0] in _OWN_FILES for place in mishap.places)
        if own:
            return
        if self._sheet is not None:
            self._sheet.tell(mishap)
        elif self._waiting:
            self._waiting.append(mishap)
        elif self._seconds() >= self._quiet_until.get(mishap.spot, float("-inf")):
            self._waiting.append(mishap)
            # Not at once: this may be the middle of a paint or a layout.
            QTimer.singleShot(0, self._window, self._open)
        elif mishap.spot not in self._hushed:
            self._hushed.add(mishap.spot)
            self._say(tr("This went wrong again. Closing the program and opening it anew helps."))

    def _explain(self, error: UserError) -> None:
        sentence, now = explain(error), self._seconds()
        # Out of a paint it would come again with each repaint that the sentence itself causes.
        if sentence != self._said or now >= self._said_at + _SAME_SECONDS:
            self._said, self._said_at = sentence, now
            self._say(sentence)

    def _note(self, mishap: Mishap, where: str = "") -> None:
        self._counted[mishap.spot] += 1
        count = self._counted[mishap.spot]
        # A storm is noted at its 1st, 2nd, 4th, 8th ... time.
        if count & (count - 1) == 0:
            _log.error("unforeseen %s%s (%d)", mishap.spot, f" {where}" if where else "", count)

    def _open(self) -> None:
        waiting, self._waiting = self._waiting, []
        try:
            window = self._window
            seen = window.isVisible() and not window.isMinimized()
            sheet = self._later().crash_window(self._theme, parent=window if seen else None)
            for mishap in waiting:
                sheet.tell(mishap)
            sheet.finished.connect(self._closed)
            sheet.destroyed.connect(self._gone)
            sheet.leave_asked.connect(self._leave)
            self._sheet = sheet
            sheet.open()
        except Exception as error:  # noqa: BLE001 - the person is told in another way
            self._sheet = None
            self._note(mishap_of(type(error), error, error.__traceback__))
            with suppress(Exception):
                self._say(tr("Something went wrong. Nothing you saved is lost."))

    def _gone(self) -> None:
        # Its window went, and took it along.
        self._sheet = None

    def _closed(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        now = self._seconds()
        for spot in sheet.spots:
            self._told[spot] += 1
            self._quiet_until[spot] = now + QUIET_SECONDS * self._told[spot]
            self._hushed.discard(spot)
        sheet.deleteLater()

    def _leave(self) -> None:
        try:
            self._end()
        finally:
            QApplication.quit()


@contextmanager
def catching(catcher: Catcher) -> Generator[None]:
    """Let `catcher` take what nobody catches, as long as the block lasts."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = catcher.caught
    threading.excepthook = catcher.caught_in_thread
    sys.unraisablehook = catcher.caught_unraisable
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before
