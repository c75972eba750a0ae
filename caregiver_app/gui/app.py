"""Runs the window: the application object, the look, the tabs, and a plain word when it breaks."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.tab import CalendarTab
from caregiver_app.gui.main_window import AppActions, MainWindow, TabPlace, apply_look
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from collections.abc import Generator

    from caregiver_app.gui.later import Later

OPEN_AGAIN: Final = 99
"""What `run` returns after a backup was restored: open the data anew and run again."""

_PATIENCE_MS: Final = 3000

_log = logging.getLogger(__name__)


def run(
    house: Household,
    *,
    actions: AppActions,
    later: Callable[[], type[Later]],
    demo: bool = False,
    make_ringer: Callable[[MainWindow, Theme], object] | None = None,
    on_shown: Callable[[MainWindow], None] | None = None,
    arguments: Sequence[str] = (),
) -> int:
    """Show the window until it is closed.

    `later` is asked for what the first paint does without, once that is needed.
    `make_ringer` is called once the window was painted; what it returns is kept alive.
    `on_shown` as well, for what may only begin after the first paint.
    """
    app = application(arguments)
    theme = Theme()
    apply_look(house, theme)
    theme.apply(app)
    window = make_window(house, theme, actions, later, demo=demo)
    window.restored.connect(lambda: app.exit(OPEN_AGAIN))
    kept: list[object] = []
    rings: list[QObject] = []
    window.resize(window.sizeHint().boundedTo(window.screen().availableGeometry().size()))
    window.show()
    window.page("calendar").setFocus()

    def begin() -> None:
        rings.append(later().focus_ring(theme, app))
        if on_shown is not None:
            on_shown(window)
        if make_ringer is not None:
            kept.append(make_ringer(window, theme))
        window.bridge.start()

    kept.append(AfterPaint(window, begin))
    with crash_words(window):
        code = app.exec()
    window.bridge.stop()
    window.hide()
    window.deleteLater()
    for ring in rings:
        ring.deleteLater()
    kept.clear()
    return code


class AfterPaint(QObject):
    """Calls `begin` once, when `window` was painted: nothing may delay what the person sees."""

    def __init__(self, window: QWidget, begin: Callable[[], None]) -> None:
        super().__init__(window)
        self._begin = begin
        self._window = window
        window.installEventFilter(self)
        # A window that starts minimised is never painted; the reminders must ring all the same.
        QTimer.singleShot(_PATIENCE_MS, self, self._now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint; what comes after it in the queue comes after what is seen."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._now)
        return super().eventFilter(watched, event)

    def _now(self) -> None:
        begin, self._begin = self._begin, _nothing
        begin()


def _nothing() -> None:
    pass


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object, made if there is none."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    app = QApplication([sys.argv[0] or "caregiver-app", *arguments])
    app.setApplicationName("caregiver-companion")
    app.setDesktopFileName("caregiver-companion")
    return app


def make_window(
    house: Household,
    theme: Theme,
    actions: AppActions,
    later: Callable[[], type[Later]],
    *,
    demo: bool = False,
) -> MainWindow:
    """Return the window with its four tabs; only the first is made already."""

    def calendar() -> CalendarTab:
        return CalendarTab(house, theme, lambda page: later().desk(house, theme, page))

    tabs = [
        TabPlace("calendar", tr("Calendar"), "calendar", calendar),
        TabPlace("watch", tr("Side effects"), "watch", lambda: later().watch_tab(house, theme)),
        TabPlace("bag", tr("Bag"), "bag", lambda: later().bag_tab(house, theme)),
        TabPlace("support", tr("Support"), "support", lambda: later().support_tab(house, theme)),
    ]
    return MainWindow(house, theme, tabs, actions, later, demo=demo)


@contextmanager
def crash_words(window: MainWindow) -> Generator[None]:
    """Say what went wrong in the window instead of ending; the log holds no words of the family."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, UserError):
            window.say(explain(error))
            return
        spot = traceback.extract_tb(trace)[-1:] if trace is not None else []
        where = f"{spot[0].filename}:{spot[0].lineno}" if spot else "?"
        _log.error("unforeseen %s at %s", kind.__name__, where)
        window.say(
            tr(
                "Something went wrong just now, and it was not your doing. Everything that was"
                " saved is safe. If it happens again, close the window and open it anew."
            )
        )

    before = sys.excepthook
    sys.excepthook = caught
    try:
        yield
    finally:
        sys.excepthook = before
