"""What stands in the titles of windows: the program's name, or, by choice, a neutral word.

Taskbars, the list of open windows and whoever sees a shared screen read them.
"""

from __future__ import annotations

import os
from typing import Final, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.gui.words import tr
from caregiver_app.services.care import Change
from caregiver_app.services.household import Household

TITLE: Final = "look.title"
"""The setting: "neutral", or "" for the program's own titles."""
NEUTRAL: Final = "neutral"
_ENTRY: Final = "caregiver-companion"
_OWN: Final = "titleOfItsOwn"
_MOMENTS: Final = (QEvent.Type.Show, QEvent.Type.WindowTitleChange)


def is_neutral(house: Household) -> bool:
    """Tell whether the family chose neutral titles."""
    return house.settings.shown(TITLE, "", unread=NEUTRAL) == NEUTRAL


def first_title(house: Household, *, demo: bool) -> str:
    """Return the title with which the window opens."""
    return neutral_title() if is_neutral(house) else own_title(demo=demo)


def own_title(*, demo: bool) -> str:
    """Return the program's name, and whether its family is made up."""
    title = tr("Caregiver Companion")
    return tr("{title} (example)", title=title) if demo else title


def neutral_title() -> str:
    """Return the word that says nothing of health or care."""
    return tr("Notes")


def names(*, neutral: bool) -> tuple[str, str]:
    """Return what the program is called to the desktop, and the name of its desktop entry."""
    return (neutral_title(), "notes") if neutral else (own_title(demo=False), _ENTRY)


def tell_desktop(application: QApplication, *, neutral: bool) -> None:
    """Let the window's class, by which taskbars group and name windows, be neutral as well.

    It holds from the first window that the program shows, so before that this has to be called.
    """
    entry = names(neutral=neutral)[1]
    application.setApplicationName(entry)
    application.setDesktopFileName(entry)
    if neutral:
        # Qt takes the first half of the class from there, else from the program's path.
        os.environ["RESOURCE_NAME"] = entry


class NeutralTitles(QObject):
    """While the family wants it so, gives every window of the program the neutral title.

    What a screen reader says of a window stays as it is.
    """

    turned = Signal(bool)
    """The family wants it so now, or no longer."""

    def __init__(self, house: Household, window: QWidget, *, demo: bool = False) -> None:
        super().__init__(window)
        self._house, self._is_on = house, False
        window.setProperty(_OWN, own_title(demo=demo))
        house.care.changes.listen(self._changed)
        self._follow()

    @property
    def is_on(self) -> bool:
        """Whether the family wants it so."""
        return self._is_on

    def _changed(self, change: Change) -> None:
        if "setting" in change.kinds:
            self._follow()

    def _follow(self) -> None:
        wanted = is_neutral(self._house)
        application = cast("QCoreApplication", QCoreApplication.instance())
        if wanted == self._is_on:
            return
        self._is_on = wanted
        self.turned.emit(wanted)
        if wanted:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)
        for window in QApplication.topLevelWidgets():
            if wanted and window.isVisible():
                _make_neutral(window)
            elif not wanted and isinstance(window.property(_OWN), str):
                window.setWindowTitle(window.property(_OWN))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the neutral title in the place of any other."""
        if event.type() in _MOMENTS and isinstance(watched, QWidget) and watched.isWindow():
            _make_neutral(watched)
        return False


def _make_neutral(window: QWidget) -> None:
    title, neutral = window.windowTitle(), neutral_title()
    if not title or title == neutral:
        return
    window.setProperty(_OWN, title)
    if not window.accessibleName():
        window.setAccessibleName(title)
    window.setWindowTitle(neutral)
