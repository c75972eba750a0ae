"""So that reminders can come: starting with the computer, closing the window, quitting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import words


class AlivePart(QWidget):
    """Only an open program rings: how it stays open, and what ends it."""

    quit_asked = Signal()
    """The program shall end."""

    def __init__(
        self,
        theme: Theme,
        attempt: Callable[[Callable[[], object]], None],
        at_login: Callable[[], AtLogin | None],
        has_tray: Callable[[], bool | None],
    ) -> None:
        """`at_login` answers None where the program does not go on without its window.

        `has_tray` answers None before that is known.
        """
        super().__init__()
        self._attempt, self._at_login, self._has_tray = attempt, at_login, has_tray
        self.start = TickRow(theme, tr("Start with the computer"), strong=False, fades=False)
        self.start.state_changed.connect(self._switch)
        self.about_start = Text("", "second", "soft")
        self.closing = Text("", "body")
        self.quit = PlainButton(theme, tr("Quit"), "close", tooltip=tr("Quit (Ctrl+Q)"))
        self.quit.clicked.connect(self.quit_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Text(tr("Staying open"), "second_strong"))
        column.addWidget(self.start)
        column.addWidget(self.about_start)
        column.addSpacing(8)
        column.addWidget(self.closing)
        column.addSpacing(8)
        column.addWidget(self.quit, 0, Qt.AlignmentFlag.AlignLeft)

    def show_kept(self) -> None:
        """Show what the computer will do, which another program may have changed."""
        at_login = self._at_login()
        possible = at_login is not None and at_login.is_possible
        on = at_login is not None and at_login.is_on
        self.start.setEnabled(possible)
        self.start.set_state("done" if on else "open")
        if at_login is None:
            said = tr(
                "It cannot be switched here: this is the example, or the data can only be read."
            )
        elif not possible:
            said = words(at_login.why_not)
        elif on:
            said = tr("It waits in the background as soon as you log in, and rings.")
        else:
            said = tr(
                "It then waits in the background as soon as you log in. Off unless you want it."
            )
        self.about_start.setText(said)
        self.closing.setText(_closing(self._has_tray(), goes_on=at_login is not None))

    def _switch(self, state: str) -> None:
        at_login = self._at_login()
        if at_login is not None:
            self._attempt(lambda: at_login.set_on(state == "done"))
        self.show_kept()


def _closing(has_tray: bool | None, *, goes_on: bool) -> str:
    if not goes_on:
        stays = tr("Closing this window ends the program, as Quit does.")
    elif has_tray:
        stays = tr("Closing the window lets the program go on in the tray, beside the clock.")
    else:
        stays = tr("Closing the window only makes it small; the program goes on.")
    quits = tr("After Quit nothing rings; what came due meanwhile is shown when it opens again.")
    return f"{stays} {quits}"
