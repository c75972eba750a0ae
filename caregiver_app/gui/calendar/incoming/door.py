"""The way of calendar files into the calendar: each is read, shown and taken in, one by one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.calendar.incoming.reading import Reading, SaidSheet
from caregiver_app.gui.calendar.incoming.sheet import PreviewSheet
from caregiver_app.gui.calendar.incoming.wording import counted, dropped_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.services.importer import UNCHANGED, IncomingFile, Preview


class IncomingFiles(QObject):
    """Takes files in over a window; what comes while one is open waits for its turn."""

    asked = Signal(str, str, str)
    """Go to a place: the day of what came, a visit."""
    resting = Signal(bool)
    """Nothing else may write from now on (True), or may again (False)."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        window: QWidget,
        person: Callable[[], str | None],
    ) -> None:
        """`person` answers who is shown in the window."""
        super().__init__(window)
        self._house, self._theme, self._window, self._person = house, theme, window, person
        self._waiting: deque[Path] = deque()
        self._busy = False
        self._visit = ""
        self.reading: Reading | None = None
        """The file that is being read."""
        self.sheet: Sheet | None = None
        """What lies open: the preview, or a sentence."""

    def take(self, paths: Sequence[Path]) -> None:
        """Take files in, one after the other."""
        self._waiting.extend(paths)
        if not self._busy:
            self._next()

    def _next(self) -> None:
        self._busy = bool(self._waiting)
        if not self._waiting:
            return
        path, importer = self._waiting.popleft(), self._house.importer
        people = self._house.people.people()
        several = len(people) > 1
        person = (self._person() or "") if several else ""
        # Where nobody is chosen yet, the sheet asks; the rows are the same for whomever.
        meanwhile = person or (people[0].id if several else "")

        def compare(file: IncomingFile) -> Generator[int, None, object]:
            return importer.preview_in_steps(file, meanwhile)

        self.reading = reading = Reading(self._theme, path, importer.read, compare, self._window)
        reading.done.connect(partial(self._read, path, person))
        reading.refused.connect(partial(self._refused, path))
        reading.given_up.connect(self._give_up)
        reading.begin()

    def _forget_reading(self) -> None:
        if self.reading is not None:
            self.reading.deleteLater()
            self.reading = None

    def _give_up(self) -> None:
        """Whoever cancels one file wants none of the others either."""
        self._forget_reading()
        self._waiting.clear()
        self._next()

    def _refused(self, path: Path, why: str) -> None:
        self._forget_reading()
        self._say(tr("This file was not taken in"), path, why)

    def _read(self, path: Path, person: str, file: IncomingFile, preview: Preview) -> None:
        self._forget_reading()
        count = len(preview.rows)
        if not count:
            self._say(tr("This file was not taken in"), path, _nothing_in(preview))
        elif preview.count(UNCHANGED) == count:
            said = counted(
                count,
                "The appointment of this file is in the calendar just like this.",
                "All {count} appointments of this file are in the calendar just like this.",
            )
            self._say(tr("All of it is here already"), path, said)
        else:
            self._show(path, file, preview, person)

    def _show(self, path: Path, file: IncomingFile, preview: Preview, person: str) -> None:
        sheet = PreviewSheet(self._house, self._theme, file, preview,
                             source=path.name, person=person, parent=self._window)  # fmt: skip
        sheet.resting.connect(self.resting)
        sheet.taken.connect(self._taken)
        sheet.visit_asked.connect(self._open_visit)
        self._open(sheet)

    def _taken(self, _count: int, day: str) -> None:
        # The change has named itself at the foot, with Undo beside it.
        self.asked.emit("calendar", "day" if day else "", day)

    def _open_visit(self, visit: str) -> None:
        # Once the preview has closed: two things at once would lie over each other.
        self._visit = visit

    def _say(self, title: str, path: Path, sentence: str) -> None:
        self._open(SaidSheet(self._theme, title, path.name, sentence, self._window))

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(sheet.deleteLater)
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        self.sheet = None
        visit, self._visit = self._visit, ""
        if visit:
            self._waiting.clear()
        self._next()
        if visit:
            self.asked.emit("calendar", "appointment", visit)


def _nothing_in(preview: Preview) -> str:
    if set(preview.dropped) == {"line"}:
        return tr("There is no appointment in this file. It does not look like a calendar file.")
    found = dropped_words(preview.dropped)
    said = tr("There is no appointment in this file.")
    return tr("{said} What it holds: {found}.", said=said, found=found) if found else said
