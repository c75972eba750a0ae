"""`NoteKeeper`: keeps what is being written without being asked to.

One second after the last key it is on the disk, and at once when the note, the tab, the window or
the program is left. What could not be kept stays where it was typed, and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.domain.entities import Note
from caregiver_app.errors import FormRefused, UserError
from caregiver_app.gui.unkept import hold
from caregiver_app.services.household import Household
from caregiver_app.services.note_writing import NoteVisit
from caregiver_app.values import value

PAUSE_MS: Final = 1_000
"""So long after the last key the text is kept."""
LONGEST_MS: Final = 2_000
"""Whoever writes without a pause has it kept this often."""


@value
class Keeping:
    """How the keeping stands.

    `at` is when it was kept last (UTC), `trouble` why it could not be, `empty` tells that there are
    no words to keep.
    """

    at: datetime | None = None
    trouble: UserError | None = None
    empty: bool = False


class NoteKeeper(QObject):
    """Keeps one note after another; `read` returns how the given one stands in the form now."""

    told = Signal(object)
    """A `Keeping`, whenever it is otherwise."""

    def __init__(self, house: Household, read: Callable[[Note], Note], parent: QWidget) -> None:
        super().__init__(parent)
        self._house, self._read, self._form = house, read, parent
        self._note: Note | None = None
        self._visit: NoteVisit | None = None
        self._refused_close = False
        self._guarded: QWidget | None = None
        self.unkept = False
        """Whether something was typed that is not kept yet."""
        self.state = Keeping()
        hold(self)
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.aboutToQuit.connect(self.leave)
            application.commitDataRequest.connect(self._session_ends)

    def _timer(self, span: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(span)
        timer.timeout.connect(self.keep)
        return timer

    # -- The note ---------------------------------------------------------------------------------

    def begin(self, note: Note) -> None:
        """Go on with another note; what was typed before has been left."""
        self._stop()
        self._note, self._visit = note, None
        self._tell(Keeping())

    @property
    def note(self) -> Note | None:
        """The note as it was kept last; a new one until then."""
        return self._note

    @property
    def id(self) -> str:
        """The id of the note, "" while nothing of it was ever to be kept."""
        if self._visit is not None:
            return self._visit.id
        return "" if self._note is None else self._note.id

    def hand_over(self, person_id: str) -> None:
        """Let the note be about somebody else; what is not kept yet is kept so."""
        if self._note is not None:
            self._note = replace(self._note, person=person_id)

    def touched(self, _value: object = None) -> None:
        """Something was typed or chosen: keep it soon."""
        self.unkept = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()
        self._guard()

    def keep(self) -> bool:
        """Keep it now; tell whether there is nothing left to keep."""
        if self._note is None or not self.unkept:
            return True
        self._pause.stop()
        self._longest.stop()
        wanted = self._read(self._note)
        if not wanted.text.strip():
            self._tell(Keeping(empty=True))
            return False
        if self._visit is None:
            self._visit = self._house.support.visit(self._note)
        try:
            self._note = self._visit.keep(wanted)
        except UserError as error:
            self._tell(Keeping(trouble=error))
            return False
        self._stop()
        self._tell(Keeping(at=self._house.care.now))
        return True

    def leave(self) -> bool:
        """Keep it and end this visit to the note; tell whether nothing typed is lost by that.

        One without words is as it was before the visit: a new one is none.
        """
        if self._note is None:
            return True
        if not self.keep():
            if not self.state.empty:
                return False
            self._take_back()
        self._visit = None
        return True

    def let_go(self) -> None:
        """Keep nothing of what was typed since it was kept last."""
        self._stop()

    def _take_back(self) -> None:
        visit = self._visit
        if visit is not None:
            try:
                visit.take_back()
            except UserError as error:
                self._tell(Keeping(trouble=error))
                return
            if self._note is not None:
                self._note = visit.kept or replace(self._note, id="")
        self._stop()

    def unkept_words(self) -> str:
        """Return what stands in the form and is not kept yet, "" for nothing."""
        if self._note is None or not self.unkept:
            return ""
        return self._read(self._note).text.strip()

    def trouble(self) -> UserError | None:
        """Return why it could not be kept the last time."""
        return self.state.trouble

    # -- Around it --------------------------------------------------------------------------------

    def is_otherwise(self) -> bool:
        """Tell whether the note was changed or deleted elsewhere, such as by undo.

        What is being typed goes before that.
        """
        note = self._note
        if note is None or not note.id or self.unkept:
            return False
        stored = self._house.support.note(note.id)
        if stored is None and "note" in self._house.care.left_out:
            # What cannot be read is not gone: the words on the screen are the best there are.
            return False
        return stored is None or replace(stored, changed=note.changed) != note

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()
        self.unkept = self._refused_close = False
        if self._guarded is not None:
            self._guarded.removeEventFilter(self)
            self._guarded = None

    def _tell(self, state: Keeping) -> None:
        self.state = state
        self.told.emit(state)

    def _session_ends(self, _manager: object = None) -> None:
        self.keep()

    def _guard(self) -> None:
        """Hear when the window is closed while something is not kept."""
        if self._guarded is None:
            self._guarded = self._form.window()
            self._guarded.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep it before the window closes; where that fails the window stays, once."""
        if event.type() != QEvent.Type.Close or watched is not self._guarded:
            return False
        if self.leave() or self._refused_close:
            return False
        self._refused_close = True
        event.ignore()
        return True


def field_errors(error: UserError) -> tuple[UserError, ...]:
    """Return the single errors of a refusal."""
    return tuple(error.errors) if isinstance(error, FormRefused) else (error,)
