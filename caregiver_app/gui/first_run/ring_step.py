"""The last step: ring once for a try, and say what was found on this computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.first_run.step import StepPage
from caregiver_app.gui.rehearse.around import Around
from caregiver_app.gui.rehearse.found import FoundHere
from caregiver_app.gui.rehearse.model import Rehearsal, Stage
from caregiver_app.gui.rehearse.view import RehearsalView
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer


class RingStep(StepPage):
    """Lets a reminder come in ten seconds, asks whether it was seen, and helps when it was not."""

    key: ClassVar[str] = "test"

    def __init__(
        self,
        house: Household,
        theme: Theme,
        ringer: Callable[[], Ringer | None],
        at_login: Callable[[], AtLogin | None],
        *,
        timer: QTimer | None = None,
    ) -> None:
        """`ringer` and `at_login` answer None where there is none; `timer` is for tests."""
        super().__init__(theme, tr("Let’s ring once, to be sure"), "")
        # The question below says it all.
        self.sentence.hide()
        self._around = Around(ringer, at_login)
        self.rehearsal = Rehearsal(house, ringer, self, timer=timer)
        self.view = RehearsalView(
            house, theme, self.rehearsal, lambda: self._around.found(self.rehearsal), main=True
        )
        self.add(self.view)
        self.note = Text("", "second", "soft")
        self.add(self.note)
        self.column.addSpacing(6)
        self.found = FoundHere(theme)
        self.add(self.found)
        for card in (self.found, self.view.what_to_do):
            card.start_asked.connect(self._start_with_computer)
        self.rehearsal.changed.connect(self._moved)
        self._stage: Stage = ""
        self._show()

    @property
    def outcome(self) -> Stage:
        """What came of the last try."""
        return self.rehearsal.stage

    def first_stop(self) -> QWidget:
        """Return the likely answer."""
        return self.view.first_stop()

    def is_ready(self) -> bool:
        """Tell whether the question was answered, one way or the other."""
        return self.rehearsal.is_answered

    def begin(self) -> None:
        """Look at this computer anew."""
        self._show()

    def leave(self) -> None:
        """Take the test away with the step; an answer stays."""
        self.rehearsal.cancel()

    def _moved(self) -> None:
        self._show()
        if self.rehearsal.stage != self._stage:
            self._stage = self.rehearsal.stage
            self.settled.emit()

    def _show(self) -> None:
        stage = self.rehearsal.stage
        found = self._around.found(self.rehearsal)
        unseen = stage in ("notice", "nothing")
        self.found.tell(found, tried=stage not in ("", "asleep", "coming"), unseen=unseen)
        # What to look at says the same at more length.
        self.found.setVisible(not unseen)
        asked = stage == "rung"
        self.note.setText(
            tr("Answer to finish, or skip this for now.")
            if asked
            else tr("Try it to finish, or skip this for now.")
        )
        self.note.setVisible(not self.is_ready())

    def _start_with_computer(self) -> None:
        self.trouble.say("")
        at_login = self._around.at_login()
        if at_login is None:
            return
        try:
            at_login.set_on(True)
        except UserError as error:
            self.trouble.say(explain(error))
        self._show()
        self.view.show_now()
