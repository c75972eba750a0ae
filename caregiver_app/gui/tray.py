"""The icon in the desktop's tray: how many reminders wait, the way back to the window, and out.

A tray may come later than the program and go away with the desktop's shell, so it is looked for
again and again. Nothing in it names anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from caregiver_app.gui.icons import pixmap as drawn
from caregiver_app.gui.icons import screen_ratio
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.words import count_text, tr

_LOOK_MS: Final = 10_000
_STAYS_MS: Final = 10_000
_SIZES: Final = (16, 22, 24, 32, 48, 64)
_OPENS: Final = (
    QSystemTrayIcon.ActivationReason.Trigger,
    QSystemTrayIcon.ActivationReason.DoubleClick,
    QSystemTrayIcon.ActivationReason.MiddleClick,
)


class Tray(QObject):
    """The tray icon, there as long as there is a tray.

    `host` tells whether the desktop has a tray; `available` is Qt's own answer to that, which is
    asked only once `host` said yes.
    """

    opened = Signal()
    """Somebody wants to see the window."""
    waiting_asked = Signal()
    """Somebody wants to see the reminders that wait."""
    emergency_asked = Signal()
    """Somebody needs the emergency page."""
    quit_asked = Signal()
    """Somebody wants to end the program."""
    looked = Signal(bool)
    """It was looked for a tray again; whether one is there."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        *,
        host: Callable[[], bool],
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(window)
        self._theme, self._host, self._available = theme, host, available
        self._known = False
        self._waiting = 0
        self._name = tr("Caregiver Companion")
        self.icon: QSystemTrayIcon | None = None
        """The icon, once there was a tray."""
        self.menu = self._make_menu(window)
        """What a press on the icon with the other button shows."""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        theme.changed.connect(self._retint)

    def _make_menu(self, window: QWidget) -> QMenu:
        menu = QMenu(window)
        menu.setAccessibleName(self._name)
        self._open = self._add(menu, "", self.opened)
        self._now = self._add(menu, "", self.waiting_asked)
        self._add(menu, tr("Emergency"), self.emergency_asked)
        menu.addSeparator()
        self._add(menu, tr("Quit"), self.quit_asked)
        self._show_count()
        return menu

    @staticmethod
    def _add(menu: QMenu, words: str, asked: SignalInstance) -> QAction:
        action = menu.addAction(words)
        action.triggered.connect(lambda _on=False: asked.emit())
        return action

    def start(self) -> None:
        """Show the icon, now or when a tray comes."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Take the icon away for good."""
        self._timer.stop()
        if self.icon is not None:
            self.icon.hide()

    @property
    def is_there(self) -> bool:
        """Whether the desktop has a tray just now."""
        self._known = self._known or self._host()
        return self._known and self._available()

    def look(self) -> None:
        """Look for a tray again: it may have come, or gone with the desktop's shell."""
        there = self.is_there
        if there and self.icon is None:
            self.icon = QSystemTrayIcon(self)
            self.icon.setContextMenu(self.menu)
            self.icon.activated.connect(self._activated)
            self._show_count()
            self.icon.show()
        self.looked.emit(there)

    def go_by(self, name: str) -> None:
        """Be called so at the icon and in its menu."""
        self._name = name
        self.menu.setAccessibleName(name)
        self._show_count()

    def show_waiting(self, count: int) -> None:
        """Tell how many reminders ask for an answer."""
        if count != self._waiting:
            self._waiting = count
            self._show_count()

    def show_message(self, title: str, body: str) -> bool:
        """Say something beside the icon, discreetly; tell whether there is one to say it at."""
        if self.icon is None or not self.is_there or not QSystemTrayIcon.supportsMessages():
            return False
        self.icon.showMessage(title, body, self.icon.icon(), _STAYS_MS)
        return True

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in _OPENS:
            self.opened.emit()

    def _show_count(self) -> None:
        count = self._waiting
        self._now.setText(tr("Reminders now ({count})", count=count))
        self._now.setVisible(bool(count))
        self._open.setText(tr("Open {name}", name=self._name))
        if self.icon is None:
            return
        says = self._name
        if count:
            says = count_text(
                count,
                "{count} reminder waits",
                "{count} reminders wait",
            )
            says = f"{self._name}: {says}"
        self.icon.setToolTip(says)
        self._retint()

    def _retint(self) -> None:
        if self.icon is not None:
            self.icon.setIcon(companion_icon(self._theme, waits=bool(self._waiting)))


def companion_icon(theme: Theme, *, waits: bool = False) -> QIcon:
    """Return the program's own icon in the colours of `theme`, with a dot where something waits.

    It brings its own ground, because nobody tells whether a tray is light or dark.
    """
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_companion(theme, size, waits=waits))
    return icon


def _companion(theme: Theme, size: int, *, waits: bool) -> QPixmap:
    ratio = screen_ratio()
    made = QPixmap(QSize(size, size) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("primary"))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.24, size * 0.24)
    painter.drawPixmap(0, 0, drawn("companion", theme.colour("on_primary").name(), size))
    if waits:
        wide = size * 0.36
        spot = QRectF(size - wide, 0, wide, wide)
        edge = size * 0.06
        painter.setBrush(theme.colour("primary"))
        painter.drawEllipse(spot.adjusted(-edge, 0, 0, edge))
        painter.setBrush(theme.colour("warn_line"))
        painter.drawEllipse(spot)
    painter.end()
    return made
