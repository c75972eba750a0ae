"""The two things that are said at the door: that the program goes on, and what quitting means."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import count_text, tr


class GoesOnSheet(Sheet):
    """Says once that the closed window goes on in the background. A window of its own."""

    quit_asked = Signal()
    """Somebody wants to end the program instead."""

    def __init__(self, theme: Theme, *, in_tray: bool) -> None:
        super().__init__(
            theme,
            tr("Still watching"),
            icon="companion",
            primary=tr("All right"),
            cancel=tr("Quit instead"),
            width=520,
        )
        self.add(Text(tr("Caregiver Companion goes on in the background and rings."), "strong"))
        place = (
            tr("A click on this icon beside the clock opens the window again.")
            if in_tray
            else tr("The window waits among your other windows, made small.")
        )
        self.add(Text(place))
        way = (
            tr("To end it: Quit in the icon’s menu, or Ctrl+Q in the window.")
            if in_tray
            else tr("To end it: Ctrl+Q in the window, or Quit in its Settings.")
        )
        self.add(Text(way, "body", "soft"))
        self.primary.setFocus()
        self.confirmed.connect(self.accept)
        self.cancel.clicked.disconnect(self.reject)
        self.cancel.clicked.connect(self._quit)

    def _quit(self) -> None:
        self.accept()
        self.quit_asked.emit()


class QuitSheet(Sheet):
    """Says until when nothing will ring, and waits. Names nobody and nothing."""

    def __init__(
        self,
        theme: Theme,
        *,
        next_ring: str,
        waiting: int,
        starts_at_login: bool,
        unsaved: bool,
        parent: QWidget | None,
    ) -> None:
        """`next_ring` is day and hour, "" for none; without `parent` it is a window of its own."""
        super().__init__(
            theme,
            tr("Quit Caregiver Companion?"),
            icon="reminder",
            primary=tr("Quit"),
            cancel=tr("Keep it running"),
            width=520,
            parent=parent,
        )
        self.add(
            Text(
                tr("If you quit, nothing rings until you start it again or log in again.")
                if starts_at_login
                else tr("If you quit, nothing rings until you start it again."),
                "strong",
            )
        )
        self.add(
            Text(
                tr("Next would be: {when}.", when=next_ring)
                if next_ring
                else tr("Nothing is due to ring in the next weeks.")
            )
        )
        if waiting:
            self.add(
                Text(
                    count_text(
                        waiting,
                        "{count} reminder waits for an answer. It is here when you come back.",
                        "{count} reminders wait for an answer. They are here when you come back.",
                    )
                )
            )
        if unsaved:
            self.add(Text(tr("What you typed in the open form is not kept."), "body", "warn"))
        self.add(Text(tr("To let it go on, close the window instead."), "second", "soft"))
        # The keyboard that asked for it may confirm it.
        self.primary.setFocus()
