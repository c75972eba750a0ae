"""Runs the window: the application object, the look, the tabs, and a plain word when it breaks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.gui.appearance import apply_look
from caregiver_app.gui.file_actions import AppActions
from caregiver_app.gui.main_window import MainWindow
from caregiver_app.gui.room import room_around
from caregiver_app.gui.tab_place import TabClass, TabPlace
from caregiver_app.gui.theme import STYLE, Theme
from caregiver_app.gui.unforeseen import Catcher, catching
from caregiver_app.gui.window_title import is_neutral, tell_desktop
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.calendar.desk import Desk
    from caregiver_app.gui.later import Later
    from caregiver_app.gui.ringer import Ringer
    from caregiver_app.gui.stop_signals import StopSignals

OPEN_AGAIN: Final = 99
"""What `run` returns after a backup was restored: open the data anew and run again."""

_PATIENCE_MS: Final = 3000
FIRST_RUN_SETTING: Final = "first_run"


def run(
    house: Household,
    *,
    actions: AppActions,
    later: Callable[[], type[Later]],
    tab_class: Callable[[str], TabClass],
    demo: bool = False,
    background: bool = False,
    make_ringer: Callable[[MainWindow, Theme], Ringer | None] | None = None,
    on_shown: Callable[[MainWindow], bool] | None = None,
    arguments: Sequence[str] = (),
) -> int:
    """Show the window until it is closed.

    `later` is asked for the forms and sheets once one is needed, `tab_class` for the class of a
    tab, or of another part of the window, when that is first opened.
    Once the window was painted, `on_shown` does what may only begin then and tells whether the
    data is sound, so that the rest may write to it; then `make_ringer` is called. Each of these
    comes whatever became of the others: reminders ring even when something else breaks.

    With `background` it stays out of sight at first, unless there is something to set up.
    """
    app = application(arguments)
    tell_desktop(app, neutral=is_neutral(house))
    theme = Theme()
    apply_look(house, theme)
    theme.apply(app)
    window = make_window(house, theme, actions, later, tab_class, demo=demo)
    window.restored.connect(lambda: app.exit(OPEN_AGAIN))
    rings: list[QObject] = []
    heard: list[StopSignals] = []
    over: list[bool] = []
    window.resize(window.sizeHint().boundedTo(room_around(window).size()))
    ready = first_run_is_over(house)
    if not demo and not ready:
        window.begin_first_run()
    if house.settings.shown("window.maximised", ""):
        window.setWindowState(Qt.WindowState.WindowMaximized)
    hidden = background and ready and not demo and not house.care.store.read_only
    if not hidden:
        _show(window)

    def settle_in() -> None:
        if over:
            # The data turned out damaged, and another window is there by now.
            return
        rings.append(tab_class("focus_ring")(theme, app))
        heard.append(tab_class("stop_signals")())
        heard[0].stopped.connect(window.end)

    ring = None if make_ringer is None else partial(make_ringer, window, theme)
    begin = partial(_begin, window, settle_in, on_shown, ring, hidden=hidden)
    begun = AfterPaint(window, lambda: begin(begun.settle), is_painted=not hidden)
    with crash_words(window, theme, later):
        code = app.exec()
    over.append(True)
    _put_away(window, heard, rings)
    return code


def _show(window: MainWindow) -> None:
    try:
        window.show()
        window.focus_page()
    except BaseException:
        # What its page cannot read is told in a window of its own: none may stay behind that.
        window.hide()
        window.deleteLater()
        raise


def _put_away(window: MainWindow, heard: Iterable[StopSignals], rings: Iterable[QObject]) -> None:
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    for one in heard:
        one.stop()
    for one in rings:
        one.deleteLater()
    window.ringer = window.leaving = window.at_login = None


def _begin(
    window: MainWindow,
    settle_in: Callable[[], object],
    on_shown: Callable[[MainWindow], bool] | None,
    make_ringer: Callable[[], Ringer | None] | None,
    settled: Callable[[], None],
    *,
    hidden: bool = False,
) -> None:
    """Do what comes after the first paint, each step whatever became of the others."""

    def ring() -> None:
        if make_ringer is not None:
            window.ringer = made = make_ringer()
            if made is not None:
                made.emergency_asked.connect(window.show_emergency)
                made.says_nothing = window.holds_back and not window.is_in_emergency
                made.hold_back(window.holds_back)
                made.start()

    def stay() -> None:
        # What cannot be reached in any other way is at least among the windows.
        if hidden and window.leaving is not None:
            window.leaving.begin_in_background()
        elif hidden:
            window.showMinimized()

    QTimer.singleShot(0, window, settle_in)
    sound = True
    try:
        sound = on_shown is None or on_shown(window)
    finally:
        if sound:
            for step in (ring, stay, window.bridge.start, window.show_waiting, settled):
                QTimer.singleShot(0, window, step)


def first_run_is_over(house: Household) -> bool:
    """Tell whether the sentence was accepted and the first steps were ended or left for later.

    Data that cannot be written to is only looked at: there is nothing to set up.
    """
    # Where it cannot be read something was written: that is never taken for a first time.
    over = house.settings.shown(FIRST_RUN_SETTING, "", unread="done") in ("done", "later")
    return over or house.care.store.read_only


class AfterPaint(QObject):
    """Calls `begin` once, when `window` was painted: nothing may delay what the person sees.

    A window that `is_painted` only later keeps nobody waiting. Until `settle` is called a window
    that is closed only takes note of it: what closing does is not known before.
    """

    def __init__(
        self, window: QWidget, begin: Callable[[], None], *, is_painted: bool = True
    ) -> None:
        super().__init__(window)
        self._begin = begin
        self._window = window
        self._waits = is_painted
        self._closes = False
        window.installEventFilter(self)
        # A window that starts minimised is never painted; the reminders must ring all the same.
        QTimer.singleShot(_PATIENCE_MS if is_painted else 0, self, self._now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
        """Wait for the first paint; what comes after it in the queue comes after what is seen."""
        if self._waits and event.type() == QEvent.Type.Paint:
            self._waits = False
            QTimer.singleShot(0, self, self._now)
        elif event.type() == QEvent.Type.Close:
            self._closes = True
            event.ignore()
            return True
        return False

    def settle(self) -> None:
        """Let the window close by its own rules, now if that was asked for."""
        self._window.removeEventFilter(self)
        if self._closes:
            self._closes = False
            self._window.close()

    def _now(self) -> None:
        begin, self._begin = self._begin, _nothing
        begin()


def _nothing() -> None:
    pass


class Application(QApplication):
    """The application object; it tells when the system or the program itself ends it."""

    quitting = Signal()
    """The windows are about to be closed for good."""

    def event(self, event: QEvent) -> bool:
        """Hear the wish to quit before the windows are asked whether they may be closed."""
        if event.type() == QEvent.Type.Quit:
            self.quitting.emit()
        return super().event(event)


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object, made if there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = Application([sys.argv[0] or "caregiver-app", *STYLE, *arguments])
    app.setApplicationName("caregiver-companion")
    app.setDesktopFileName("caregiver-companion")
    return app


def stays_on_top() -> bool:
    """Tell whether a window of ours can stay above the others: Wayland lets none."""
    return not QApplication.platformName().startswith("wayland")


def make_window(
    house: Household,
    theme: Theme,
    actions: AppActions,
    later: Callable[[], type[Later]],
    tab_class: Callable[[str], TabClass],
    *,
    demo: bool = False,
) -> MainWindow:
    """Return the window with its six tabs; only the one that is shown first is made already."""

    def desk(page: QWidget) -> Desk:
        return later().desk(house, theme, page)

    def made(key: str) -> QWidget:
        # Today and the calendar may be painted first; their forms are made at the first need.
        needs: dict[str, tuple[object, ...]] = {
            "today": (desk, lambda: tab_class("still")(house, theme)),
            "calendar": (desk,),
            "care": (desk,),
        }
        return tab_class(key)(house, theme, *needs.get(key, ()))

    tabs = [
        TabPlace("today", tr("Today"), "today", partial(made, "today")),
        TabPlace("calendar", tr("Calendar"), "calendar", partial(made, "calendar")),
        TabPlace("watch", tr("Side effects"), "watch", partial(made, "watch")),
        TabPlace("bag", tr("Bag"), "bag", partial(made, "bag")),
        TabPlace("support", tr("Support"), "support", partial(made, "support")),
        TabPlace("care", tr("Care plan"), "care-plan", partial(made, "care")),
    ]
    return MainWindow(house, theme, tabs, actions, later, tab_class, demo=demo)


def crash_words(
    window: MainWindow, theme: Theme, later: Callable[[], type[Later]]
) -> AbstractContextManager[None]:
    """Say what went wrong in a window of its own instead of ending, as long as the block lasts."""
    return catching(Catcher(window, window.say, theme, later, leave=window.end))
