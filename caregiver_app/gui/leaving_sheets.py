"""The two things that are said at the door: that the program goes on, and what quitting means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.copy_sheet import CopySheet
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


class QuitSheet(CopySheet):
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
        rings: bool = True,
        unkept: str = "",
        save: Callable[[Path], object] | None = None,
    ) -> None:
        """Without `parent` it is a window of its own.

        `next_ring` is day and hour, "" for none, `rings` whether this program rings at all.
        `unkept` says what is not kept yet, "" for nothing; `save(path)` puts it elsewhere.
        """
        super().__init__(
            theme,
            tr("Quit Caregiver Companion?"),
            icon="reminder",
            primary=tr("Quit all the same") if unkept else tr("Quit"),
            cancel=tr("Stay") if unkept else tr("Keep it running"),
            width=520,
            parent=parent,
        )
        if unkept:
            self.add(Text(unkept, "strong", "warn"))
            self.add_copy_button(theme, save, text=True)
            self.body.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
            self.add(self.told)
        if rings:
            self._tell_rings(next_ring, waiting, starts_at_login=starts_at_login)
        if unsaved:
            self.add(Text(tr("What you typed in the open form is not kept."), "body", "warn"))
        if rings:
            self.add(Text(tr("To let it go on, close the window instead."), "second", "soft"))
        # The keyboard that asked for it may confirm it, unless words would be lost by that.
        (self.cancel if unkept else self.primary).setFocus()

    def _focus_first(self) -> None:
        """The keyboard stays where this sheet put it."""

    def _tell_rings(self, next_ring: str, waiting: int, *, starts_at_login: bool) -> None:
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
