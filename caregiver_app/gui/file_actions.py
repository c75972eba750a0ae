"""What a person can do with files: the calendar file, backups, coming home from one.

The window and its Settings page ask for the same things here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.busy import busy
from caregiver_app.gui.calendar.incoming.drop import CALENDARS
from caregiver_app.gui.places import usual_folder
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.values import value

if TYPE_CHECKING:
    from caregiver_app.gui.backup_door import BackupDoor
    from caregiver_app.gui.calendar.incoming.door import IncomingFiles
    from caregiver_app.gui.erasing.erase_sheet import EraseSheet
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.widgets.sheet import Sheet
    from caregiver_app.services.erasing import Outcome, Scope


def _nobody(_sentence: str) -> None:
    pass


@value
class AppActions:
    """What the window can ask for that reaches beyond the open data.

    `backup` writes a verified copy (to a path, or beside the data) and returns its path. `restore`
    puts a backup in the place of the data; when it raises, the open data is untouched and usable,
    when it returns, the open data is gone and the window ends. `look_for_outside_changes` tells
    whether another program has changed the file since the last look. `tell_after` is what the next
    window says, should this one end to be opened anew.
    """

    backup: Callable[[Path | None], Path]
    restore: Callable[[Path], object]
    look_for_outside_changes: Callable[[], bool]
    tell_after: Callable[[str], object] = _nobody


class FileActions(QObject):
    """Opens the file dialogs and sheets over `window`, and says what came of it."""

    said = Signal(str)
    """A sentence about what was done or refused."""
    restoring = Signal()
    """The data is about to be exchanged: leave it alone."""
    stayed = Signal()
    """It was not exchanged after all."""
    restored = Signal()
    """It was; the program has to open it anew."""
    resting = Signal(bool)
    """A calendar file is being stored (True), or no longer: nothing else may write meanwhile."""
    asked = Signal(str, str, str)
    """Go to a place: what came with a calendar file."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        actions: AppActions,
        later: Callable[[], type[Later]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._house, self._theme, self._actions = house, theme, actions
        self._later, self._window = later, window
        self.sheet: Sheet | None = None
        self._home: BackupDoor | None = None
        self.saved_to: Path | None = None
        """Where the last backup was written by hand since the window opened, None for none."""
        self.saved_at: datetime | None = None
        self.incoming: IncomingFiles | None = None
        """What takes calendar files in, once the first one came."""
        self.person: Callable[[], str | None] = lambda: None
        """Answers who is shown in the window, None for everybody."""

    def export(self) -> None:
        """Ask where the calendar file goes."""
        sheet = self._later().export_dialog(self._house, self._theme, parent=self._window)
        sheet.exported.connect(self._exported)
        sheet.feed_asked.connect(self.keep_up_to_date)
        self.open(sheet)

    def keep_up_to_date(self) -> None:
        """Ask which calendar file follows every change from now on."""
        self.open(self._later().feed_sheet(self._house, self._theme, parent=self._window))

    def _exported(self, path: Path) -> None:
        self.said.emit(tr("Calendar saved as {path}", path=path))

    def import_file(self, path: Path | None = None) -> None:
        """Take a calendar file in, after a look at it; ask which one where none is named."""
        if path is None:
            chosen, _ = self._later().file_dialog.getOpenFileName(
                self._window, tr("Take in a calendar file"), str(usual_folder()),
                tr("Calendar files (*.ics *.ical *.icalendar *.vcs);;All files (*)"),
            )  # fmt: skip
            if not chosen:
                return
            path = Path(chosen)
        self._take_in([path])

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Take in the calendar files among what was dropped, one after the other."""
        calendars = [path for path in paths if path.suffix.lower() in CALENDARS]
        if calendars:
            self._take_in(calendars)
        else:
            self.said.emit(tr("Only calendar files can be dropped here; their names end in .ics."))

    def _take_in(self, paths: Sequence[Path]) -> None:
        if self.incoming is None:
            self.incoming = self._later().incoming_files(
                self._house, self._theme, self._window, self._shown_person
            )
            self.incoming.asked.connect(self.asked)
            self.incoming.resting.connect(self.resting)
        self.incoming.take(paths)

    def _shown_person(self) -> str | None:
        return self.person()

    def back_up(self) -> None:
        """Ask where the backup goes, then write it."""
        name = f"caregiver-backup-{self._house.care.today.isoformat()}.sqlite3"
        chosen, _ = self._later().file_dialog.getSaveFileName(
            self._window, tr("Back up now"), str(Path.home() / name), tr("Backups (*.sqlite3)")
        )
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, path: Path | None) -> None:
        """Write a backup and say where it is, or what is in the way."""
        try:
            written = self._actions.backup(path)
        except UserError as error:
            self.said.emit(explain(error))
        else:
            if path is not None:
                self.saved_to, self.saved_at = written, self._house.care.now
            self.said.emit(tr("Backup written and read back: {path}", path=written))

    @property
    def home(self) -> BackupDoor:
        """What locks backups, copies them to a second place, and comes home from one."""
        if self._home is None:
            self._home = self._later().backup_door(self._house, self._theme, self, self._window)
        return self._home

    def restore(self) -> None:
        """Ask which backup, then once more whether."""
        self.home.restore()

    def ask_restore(self, path: Path) -> None:
        """Say what restoring means, and do it when that is confirmed."""
        self.home.ask_restore(path)

    def restore_from(self, path: Path) -> None:
        """Put a backup in the place of the data, which ends the window.

        Raises:
            UserError: it cannot be; the data is untouched and usable.
        """
        self.restoring.emit()
        try:
            self._actions.restore(path)
        except UserError:
            self.stayed.emit()
            raise
        self.restored.emit()

    def show_deleted(self) -> None:
        """List what was deleted lately, to bring back or to erase."""
        sheet = self._later().deleted_sheet(
            self._house, self._theme, self._ask_erase, parent=self._window
        )
        self.open(sheet)

    def erase_person(self, person_id: str) -> None:
        """Ask whether everything about a person is to be erased."""
        try:
            with self._counting():
                scope = self._house.erasing.of_person(person_id)
        except UserError as error:
            self.said.emit(explain(error))
            return
        title = tr("Erase everything about this person?")
        name = self._house.care.name_of(person_id) or tr("No name yet")
        what = tr("Everything about {name} is gone.", name=name)
        self._ask_erase(scope, title, name, self._window, what)

    def erase_everything(self) -> None:
        """Ask whether everything in this program is to be erased."""
        try:
            with self._counting():
                scope = self._house.erasing.of_everything()
        except UserError as error:
            self.said.emit(explain(error))
            return
        what = tr("All people, all entries, all settings. The program then begins anew.")
        self._ask_erase(scope, tr("Erase everything?"), what, self._window)

    def _counting(self) -> AbstractContextManager[None]:
        """Show that it is being counted what goes; with much of it that takes seconds."""

        def tell() -> None:
            self.said.emit(tr("One moment: looking at all that belongs to it."))

        return busy(tell if self._house.erasing.takes_long else None)

    def _ask_erase(
        self, scope: Scope, title: str, what: str, over: QWidget, gone: str = ""
    ) -> EraseSheet:
        """`gone` is what is said to be gone afterwards."""
        sheet = self._later().erase_sheet(self._house, self._theme, scope, title, what, parent=over)
        if scope.wanted.everything:
            sheet.working.connect(self._leave_data)
            sheet.erased.connect(self._erased_all)
        else:
            sheet.working.connect(self.resting)
            sheet.erased.connect(partial(self._erased, gone))
        self.open(sheet)
        return sheet

    def _leave_data(self, working: bool) -> None:
        (self.restoring if working else self.stayed).emit()

    def _erased(self, gone: str, outcome: Outcome) -> None:
        # Once the window has looked again and the sheet is away: both would lie over it.
        QTimer.singleShot(
            0, self, partial(self.said.emit, self._later().became_erased(outcome, gone))
        )

    def _erased_all(self, outcome: Outcome) -> None:
        gone = tr("Everything is gone, and the program begins anew.")
        self._actions.tell_after(self._later().became_erased(outcome, gone))
        self.restored.emit()

    def about(self) -> None:
        """Tell what this program is."""
        number = self._house.settings.text("emergency_number", "")
        sheet = self._later().about_sheet(
            self._theme, self._house.reference, number, parent=self._window
        )
        self.open(sheet)

    def open(self, sheet: Sheet) -> None:
        """Lay a sheet over the window."""
        self.sheet = sheet
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
