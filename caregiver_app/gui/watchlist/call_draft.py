"""`DraftKeeper`: keeps what is typed on the call sheet, and holds what could not be kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.trying import trying
from caregiver_app.gui.unkept import hold
from caregiver_app.services.clinic_calls import ClinicCallService, Draft

_PAUSE_MS: Final = 300
"""So long at the most is something typed and not yet on the disk."""
_AGAIN_MS: Final = 30_000
"""So long after it could not be kept it is tried again by itself."""


class DraftKeeper(QObject):
    """Keeps one person's draft after another; `read` returns how it stands on `page` now."""

    told = Signal(object)
    """The error for which it is not kept, None once it is."""

    def __init__(self, calls: ClinicCallService, read: Callable[[], Draft], page: QWidget) -> None:
        super().__init__(page)
        self._calls, self._read, self._page = calls, read, page
        self._whose = ""
        self._on_disk = Draft()
        self._left: dict[str, Draft] = {}
        """What was typed about whom and could not be kept; it stands nowhere else."""
        self._trouble: UserError | None = None
        self._pause = self._timer(_PAUSE_MS, self._pause_over)
        self._again = self._timer(_AGAIN_MS, self.keep_left)
        hold(self)

    def _timer(self, span: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(span)
        timer.timeout.connect(act)
        return timer

    # -- The draft --------------------------------------------------------------------------------

    def begin(self, person_id: str) -> Draft:
        """Go on with a person; return what was typed about them, kept or not."""
        stored = self._stored(person_id)
        self._whose, self._on_disk = person_id, stored
        return self._left.get(person_id, stored)

    def caught(self) -> Draft | None:
        """Return what was typed in another window meanwhile, None while more stands here."""
        stored = self._stored(self._whose)
        if stored == self._on_disk or self._read() != self._on_disk:
            return None
        self._on_disk = stored
        return stored

    def _stored(self, person_id: str) -> Draft:
        return self._calls.draft(person_id) if person_id else Draft()

    def touched(self) -> None:
        """Something was typed or ticked: keep it soon."""
        if not self._pause.isActive():
            self._pause.start()

    def let_be(self) -> None:
        """What stands on the page now was put there by the program: nothing is to be kept."""
        self._pause.stop()

    # -- Keeping ----------------------------------------------------------------------------------

    @property
    def unkept(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._pause.isActive() or bool(self._left)

    def leave(self) -> bool:
        """Keep what was typed about this person at once; tell whether nothing of it is left.

        What is in the way comes up as a sheet.
        """
        if self._pause.isActive() or self._whose in self._left:
            self._pause.stop()
            self.save()
        return self._whose not in self._left

    def keep(self) -> bool:
        """Keep what was typed about whomever; tell whether there is nothing left to keep."""
        if self._pause.isActive():
            self._pause.stop()
            self.save(told=False)
        self.keep_left()
        return not self._left

    def save(self, *, told: bool = True) -> None:
        """Keep how it stands on the page.

        With `told` what is in the way comes up as a sheet, else it only stands on the page.
        """
        if not self._whose:
            return
        draft = self._read()
        try:
            with trying(partial(self._try_again, self._whose), self._page):
                self._calls.keep_draft(self._whose, draft, typed=told)
        except UserError as error:
            self._left[self._whose], self._trouble = draft, error
            self._again.start()
            self.told.emit(error)
            return
        self._on_disk = draft
        if self._left.pop(self._whose, None) is not None:
            self.told.emit(None)

    def _try_again(self, person_id: str) -> None:
        if person_id == self._whose:
            self.save()
        elif person_id in self._left:
            self._calls.keep_draft(person_id, self._left[person_id], typed=True)
            del self._left[person_id]

    def _pause_over(self) -> None:
        # Who was told once that it cannot be kept is not told again with every pause.
        self.save(told=self._whose not in self._left)

    def keep_left(self) -> None:
        """Try again by itself, also what was typed about somebody else before."""
        if self._whose in self._left:
            self.save(told=False)
        for person, draft in list(self._left.items()):
            if person != self._whose:
                try:
                    self._calls.keep_draft(person, draft, typed=False)
                except UserError as error:
                    self._trouble = error
                    self._again.start()
                    return
                del self._left[person]

    # -- Quitting ---------------------------------------------------------------------------------

    def unkept_words(self) -> str:
        """Return what could not be kept, about whomever, "" for nothing."""
        return "\n\n".join(
            words
            for draft in self._left.values()
            if (words := "\n".join(filter(None, (draft.question, draft.who, draft.said))).strip())
        )

    def trouble(self) -> UserError | None:
        """Return why it could not be kept the last time."""
        return self._trouble
