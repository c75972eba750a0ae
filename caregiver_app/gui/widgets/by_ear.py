"""Lists for people who hear the program: choosing a line goes there, its menu acts on it.

To a screen reader, or a voice that says "press", a line of a list can only be marked. So what is
marked becomes the line that keys and menu act on, and the menu says what can be done with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu


def on_mark(view: QAbstractItemView, act: Callable[[QModelIndex], object]) -> None:
    """Call `act` with a line that was marked from outside; the view has to have its model."""

    def marked() -> None:
        # The mouse and the keys mark first and go there at once afterwards.
        QTimer.singleShot(0, view, partial(_tell, view, act))

    view.selectionModel().selectionChanged.connect(marked)


def follow_marks(view: QAbstractItemView) -> None:
    """Make a line that is marked from outside the current one."""
    on_mark(view, view.setCurrentIndex)


def offer(view: QAbstractItemView, words: str, act: Callable[[], object]) -> QAction:
    """Put something into the menu of a list that acts on its current line, and return it."""
    if not view.actions():
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.installEventFilter(_Asked(view))
    action = QAction(words, view)
    action.triggered.connect(lambda _on=False: act())
    view.addAction(action)
    return action


class _Asked(QObject):
    """Opens the menu when no mouse asks for it: what scrolls is deaf to a screen reader's asking.

    The menu is made once, with lines of its own: what a screen reader learned of a line holds only
    for the menu in which it first met it.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._menu: QMenu | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's
        """Take the question, at the line that is meant."""
        if not isinstance(event, QContextMenuEvent):
            return False
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            return False
        view, menu = self._view, self._made()
        for line, way in zip(menu.actions(), view.actions(), strict=True):
            line.setEnabled(way.isEnabled())
        menu.popup(view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft()))
        return True

    def _made(self) -> QMenu:
        if self._menu is None:
            self._menu = QMenu(self._view)
            for way in self._view.actions():
                self._menu.addAction(way.text(), way.trigger)
        return self._menu


def _tell(view: QAbstractItemView, act: Callable[[QModelIndex], object]) -> None:
    marked = view.selectionModel().selectedIndexes()
    if len(marked) == 1 and marked[0] != view.currentIndex():
        act(marked[0])
