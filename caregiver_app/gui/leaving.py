"""What closing the window and quitting do while reminders have to ring.

Closing lets the program go on: in the tray where there is one, else minimised. What happened is
said once. Quitting says until when nothing will ring. Where the session ends, nobody is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.app import Application
from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.leaving_sheets import GoesOnSheet, QuitSheet
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tray import Tray
from caregiver_app.gui.unkept import Holder, unkept
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.takeout import TakeoutService

_TOLD: Final = {True: "window.told_tray", False: "window.told_minimised"}
"""The settings that remember that it was said, in the tray and without one."""
_AGAIN_MS: Final = 20_000
"""Who closes the minimised window again within so long wants it gone."""
_TRAY_COMES_MS: Final = 20_000
"""So long after a login the tray may take to come."""
_SESSION_MS: Final = 60_000
"""A session that was to end and goes on after so long was not ended."""


class Rings(Protocol):
    """What is asked of the ringer."""

    @property
    def rings_here(self) -> bool:
        """Whether this program is the one that rings."""
        ...

    def silent_until(self) -> datetime | None:
        """Return the UTC instant of the next ring, None where none is coming."""
        ...


class Leaving(QObject):
    """Decides what closing and quitting do, and keeps a hidden window within reach."""

    def __init__(
        self, window: MainWindow, house: Household, theme: Theme, ringer: Rings, tray: Tray
    ) -> None:
        super().__init__(window)
        self._window, self._house, self._theme = window, house, theme
        self._ringer, self._tray = ringer, tray
        self._ends = False
        self.sheet: Sheet | None = None
        """The sheet that asks or tells, while it lies open."""
        self._again = _single(self, _AGAIN_MS)
        self._session = _single(self, _SESSION_MS)
        self._tray_comes = _single(self, _TRAY_COMES_MS)
        self._tray_comes.timeout.connect(self._settle)
        self._in_tray = False
        tray.opened.connect(self.come_up)
        tray.waiting_asked.connect(self._go_to_waiting)
        tray.emergency_asked.connect(self._show_emergency)
        tray.quit_asked.connect(self.ask)
        tray.looked.connect(self._tray_looked)
        # Closing another window of the program must not end it while this one is hidden.
        QGuiApplication.setQuitOnLastWindowClosed(False)

    def stop(self) -> None:
        """Decide nothing more; the window is over."""
        self._tray.stop()
        QGuiApplication.setQuitOnLastWindowClosed(True)

    # -- Closing ----------------------------------------------------------------------------------

    def goes_on(self) -> bool:
        """Hide or minimise the closing window; False where the program ends instead.

        It ends once that was asked for, and as long as the first steps are not over: nothing is
        set up then that could ring.
        """
        if self._ends or self._session.isActive() or not self._is_set_up():
            return False
        in_tray = self._tray.is_there
        if not in_tray and (self._again.isActive() or self._window.isMinimized()):
            # Closed from the task bar, or brought back only to be closed again.
            self._again.stop()
            self.ask()
            return True
        self._window.leave_layer()
        self._window.remember_place()
        self._go(in_tray=in_tray)
        self._tell_once(in_tray=in_tray)
        return True

    def _is_set_up(self) -> bool:
        try:
            return self._house.settings.text("first_run", "") in ("done", "later")
        except UserError:
            # What cannot be read just now is no reason to fall silent.
            return True

    def _go(self, *, in_tray: bool) -> None:
        self._in_tray = in_tray
        if in_tray:
            self._tray.look()
            self._window.hide()
        else:
            self._window.showMinimized()
            self._again.start()

    def _tell_once(self, *, in_tray: bool) -> None:
        name = _TOLD[in_tray]
        with suppress(UserError):
            if self._house.settings.shown(name, ""):
                return
        sheet = GoesOnSheet(self._theme, in_tray=in_tray)
        sheet.quit_asked.connect(self.ask)
        self._open(sheet)
        # Where that cannot be kept it is said again the next time.
        with suppress(UserError):
            self._house.settings.remember(**{name.replace(".", "__"): "yes"})

    def come_up(self) -> None:
        """Bring the window back to the front."""
        self._in_tray = False
        self._tray_comes.stop()
        if isinstance(self.sheet, GoesOnSheet):
            self.sheet.accept()
        self._window.come_up()

    def _show_emergency(self) -> None:
        self.come_up()
        self._window.show_emergency()

    def _go_to_waiting(self) -> None:
        self.come_up()
        self._window.go_to_waiting()

    # -- In the background ------------------------------------------------------------------------

    def begin_in_background(self) -> None:
        """Stay out of sight after a login: in the tray once that has come, else minimised."""
        if self._tray.is_there:
            self._in_tray = True
        else:
            self._tray_comes.start()

    def _tray_looked(self, there: bool) -> None:
        if there and self._tray_comes.isActive():
            self._tray_comes.stop()
            self._in_tray = True
        elif not there and self._in_tray and self._window.isHidden():
            # The tray went away, and with it the only way back.
            self._go(in_tray=False)

    def _settle(self) -> None:
        if self._window.isHidden():
            self._go(in_tray=False)

    # -- Quitting ---------------------------------------------------------------------------------

    def ask(self) -> None:
        """Say until when nothing will ring, and end once that is confirmed.

        Where another program rings for this family, nothing falls silent and nobody is asked.
        """
        if isinstance(self.sheet, QuitSheet):
            self.sheet.raise_()
            self.sheet.activateWindow()
            return
        held = unkept()
        if not (held or self._ringer.rings_here):
            self.end()
            return
        over = self._what_lies_open()
        words = "\n\n".join(one.unkept_words() for one in held)
        sheet = QuitSheet(
            self._theme,
            next_ring=self._next_ring(),
            waiting=self._waiting(),
            starts_at_login=_is_on(self._window.at_login),
            rings=self._ringer.rings_here,
            unsaved=isinstance(over, Sheet) and over.is_changed(),
            unkept=_why(held),
            save=partial(self._save, words) if held else None,
            parent=over,
        )
        sheet.confirmed.connect(self.end)
        self._open(sheet)

    @property
    def is_leaving(self) -> bool:
        """Whether it is asked, or decided, to quit: what is not kept is named there."""
        return self._ends or isinstance(self.sheet, QuitSheet)

    def _save(self, words: str, path: Path) -> None:
        TakeoutService(self._house).save(path, words.encode())

    def _what_lies_open(self) -> QWidget | None:
        """Return what the question lies over: a form, else the window if that can be seen."""
        over = _maybe(QApplication.activeModalWidget())
        if over is not None and over is not self.sheet:
            return over
        seen = self._window.isVisible() and not self._window.isMinimized()
        return self._window if seen else None

    def _waiting(self) -> int:
        try:
            return len(self._house.reminders.open_now())
        except UserError:
            return 0

    def _next_ring(self) -> str:
        try:
            at = self._ringer.silent_until()
        except UserError:
            return ""
        if at is None:
            return ""
        care = self._house.care
        if at <= care.now:
            return tr("now")
        local = in_zone(at, care.home)
        day = short_date(local.date(), year=local.year != care.today.year)
        return f"{day} {time_text(local)}"

    def end(self) -> None:
        """End the program without another word."""
        self.let_go()
        if self.sheet is not None:
            self.sheet.hide()
        self._window.close()
        QApplication.quit()

    def let_go(self) -> None:
        """Let the window close for good from now on: somebody else ends the program."""
        self._ends = True

    def follow(self, application: QApplication) -> None:
        """Hear when the desktop ends the session, and when anything else ends the program."""
        application.commitDataRequest.connect(self.session_ends)
        if isinstance(application, Application):
            application.quitting.connect(self.let_go)

    def session_ends(self, _manager: object = None) -> None:
        """Keep what there is to keep: the desktop is about to end the session."""
        self._window.remember_place()
        self._session.start()

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(self._closed)
        if _maybe(sheet.parentWidget()) is None:
            # A window of its own bars no other: the emergency page may be wanted right now.
            sheet.setWindowModality(Qt.WindowModality.NonModal)
            sheet.show()
        else:
            sheet.open()
        sheet.activateWindow()

    def _closed(self) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            sheet.deleteLater()


def _why(held: Sequence[Holder]) -> str:
    """Return that words are not kept and why, "" where nothing is held."""
    if not held:
        return ""
    trouble = next((one.trouble() for one in held if one.trouble() is not None), None)
    told = tr("What you wrote last in a note is not kept yet.")
    return told if trouble is None else f"{told} {explain(trouble)}"


def _single(parent: QObject, span: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(span)
    return timer


def _is_on(at_login: AtLogin | None) -> bool:
    return at_login is not None and at_login.is_on


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
