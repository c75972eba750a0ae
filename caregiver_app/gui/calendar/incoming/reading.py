"""Reading a calendar file and comparing it, with a small sheet that tells how far it is.

The file is read in a thread of its own, and held against the calendar here, in small steps.

The thread never touches Qt: it leaves what it has to say where a timer of this side looks.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from threading import Event, Thread
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.incoming.steps import Steps
from caregiver_app.gui.search.wording import count_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words
from caregiver_app.services.import_report import calendar_bytes
from caregiver_app.services.importer import Cancelled, IncomingFile

_LOOK_MS: Final = 50
_SHOW_MS: Final = 300


class Reads(Protocol):
    """Reads the bytes of a calendar file; may be called from any thread."""

    def __call__(
        self, data: bytes, *, progress: Callable[[int], None], cancelled: Event | None
    ) -> IncomingFile:
        """Return what the file says."""
        ...


Compares = Callable[[IncomingFile], Generator[int, None, object]]
"""Holds a file against the calendar in small steps, and returns the preview."""


class _Work:
    """What the thread does; it writes each field once, `line` again and again."""

    def __init__(self, path: Path, read: Reads) -> None:
        self._path, self._read = path, read
        self.cancelled = Event()
        self.line = 0
        self.file: IncomingFile | None = None
        self.refused = ""
        self.is_over = False

    def begin(self) -> None:
        """Start; the program ends without waiting for it."""
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            data = calendar_bytes(self._path)
            self.file = self._read(data, progress=self._reached, cancelled=self.cancelled)
        except Cancelled:
            pass
        except UserError as error:
            self.refused = explain(error)
        except Exception:  # noqa: BLE001 - whatever a file does, the window says so and goes on
            self.refused = words("import.unreadable", path=self._path)
        finally:
            self.is_over = True

    def _reached(self, line: int) -> None:
        self.line = line


class Reading(QObject):
    """One file being read."""

    done = Signal(object, object)
    """The `IncomingFile`, and its `Preview`."""
    refused = Signal(str)
    """A sentence that tells why it is not taken."""
    given_up = Signal()
    """Nobody wants to wait for it any more."""

    def __init__(
        self, theme: Theme, path: Path, read: Reads, compare: Compares, window: QWidget
    ) -> None:
        super().__init__(window)
        self._theme, self._window, self._path = theme, window, path
        self._work, self._compare = _Work(path, read), compare
        self._steps = Steps(self)
        self._steps.stepped.connect(self._compared)
        self._steps.ended.connect(self._ended)
        self._steps.refused.connect(self._refused)
        self.sheet: ProgressSheet | None = None
        self._timer = _timer(self, _LOOK_MS, self._look, single=False)
        self._show = _timer(self, _SHOW_MS, self._show_sheet, single=True)

    def begin(self) -> None:
        """Start to read."""
        self._work.begin()
        self._timer.start()
        self._show.start()

    def give_up(self) -> None:
        """Wait no longer."""
        self._work.cancelled.set()
        self._end()
        self.given_up.emit()

    def _show_sheet(self) -> None:
        self.sheet = ProgressSheet(self._theme, self._path.name, self._window)
        self.sheet.rejected.connect(self.give_up)
        self.sheet.finished.connect(self.sheet.deleteLater)
        self.sheet.open()

    def _look(self) -> None:
        if self.sheet is not None and self._work.line:
            self.sheet.show_line(self._work.line)
        if not self._work.is_over:
            return
        self._timer.stop()
        if self._work.file is None:
            self._refused(self._work.refused)
        else:
            self._steps.begin(self._compare(self._work.file))

    def _compared(self, count: int) -> None:
        if self.sheet is not None and self._work.file is not None:
            self.sheet.show_compared(count, len(self._work.file.events))

    def _ended(self, preview: object) -> None:
        self._end()
        self.done.emit(self._work.file, preview)

    def _refused(self, why: str) -> None:
        self._end()
        self.refused.emit(why)

    def _end(self) -> None:
        self._timer.stop()
        self._show.stop()
        self._steps.stop()
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.rejected.disconnect(self.give_up)
            sheet.done(0)


class ProgressSheet(Sheet):
    """Says which line was reached; Cancel and Escape stop at once."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, tr("Reading the calendar file"), icon="import",
                         primary=tr("Cancel"), width=460, parent=parent)  # fmt: skip
        self.cancel.hide()
        self.add(Text(name, "strong"))
        self.line = Text(tr("It begins…"), "body", "soft")
        self.add(self.line)
        self.confirmed.connect(self.reject)
        self.primary.setFocus()

    def show_line(self, line: int) -> None:
        """Say how far it is."""
        self.line.setText(tr("Line {line} reached", line=line))

    def show_compared(self, count: int, whole: int) -> None:
        """Say how many events were held against the calendar."""
        said = tr(
            "Comparing with the calendar: {count} of {whole}",
            count=count_words(count), whole=count_words(whole),
        )  # fmt: skip
        self.line.setText(said)


class SaidSheet(Sheet):
    """One thing to say about a file, and nothing to choose."""

    def __init__(self, theme: Theme, title: str, name: str, sentence: str, parent: QWidget) -> None:
        super().__init__(theme, title, icon="import", primary=tr("All right"), width=520,
                         parent=parent)  # fmt: skip
        self.cancel.hide()
        self.said = Text(sentence)
        self.setAccessibleDescription(sentence)
        self.add(Text(name, "strong"))
        self.add(self.said)
        self.confirmed.connect(self.accept)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the button that closes it."""
        super().showEvent(event)
        self.primary.setFocus()


def _timer(parent: QObject, interval: int, act: Callable[[], None], *, single: bool) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(interval)
    timer.setSingleShot(single)
    timer.timeout.connect(act)
    return timer
