"""`Banner`, the amber line that needs an answer, and `UndoBanner`, which names the last change."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import BannerButton, IconButton, TonalButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr

_STAYS_MS: Final = 15_000
_BELOW: Final = 20
FOOT: Final = "foot"
"""The name of what ends a page with buttons: nothing lies over it."""


class Banner(QFrame):
    """Icon, bold fact, plain consequence, at most one button. One at a time on a screen."""

    pressed = Signal()
    """The button was pressed."""

    def __init__(
        self,
        theme: Theme,
        fact: str,
        consequence: str = "",
        *,
        button: str = "",
        icon: str = "attention",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setProperty("card", True)
        self.setProperty("tone", "warn")
        self.setAccessibleName(fact)
        self._sign = QLabel()
        self._fact = Text(fact, "second_strong")
        self._consequence = Text(consequence, "second")
        if not consequence:
            self._consequence.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._fact)
        words.addWidget(self._consequence)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, 8, 7)
        row.setSpacing(14)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        self.button: BannerButton | None = None
        if button:
            self.button = BannerButton(theme, button)
            self.button.clicked.connect(self.pressed)
            row.addWidget(self.button)
        theme.changed.connect(self._retint)
        self._retint()

    def set_words(self, fact: str, consequence: str = "") -> None:
        """Say something else."""
        self._fact.setText(fact)
        self._consequence.setText(consequence)
        self._consequence.setVisible(bool(consequence))
        self.setAccessibleName(fact)

    def _retint(self) -> None:
        self._sign.setPixmap(self._theme.pixmap(self._icon, "warn", 18))
        self.setMinimumHeight(self._theme.px(58))


class UndoBanner(QFrame):
    """Says what was changed and offers to take it back. Lies at the foot of its parent.

    A new change takes the place of the last. It goes away by itself, but never while the mouse is
    on it or the focus in it, nor while its window is out of sight.
    """

    undo_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, stays_ms: int = _STAYS_MS) -> None:
        super().__init__(parent)
        self._theme = theme
        self._over = parent
        self.setProperty("card", True)
        self.setProperty("tone", "edge")
        self._words = Text("", "strong", wrap=True)
        self.undo = TonalButton(theme, tr("Undo"), "undo")
        self.close_button = IconButton(theme, "close", tr("Close this message"), quiet=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 7, 8, 7)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays_ms)
        self._timer.timeout.connect(self._time_is_up)
        self.undo.clicked.connect(self._undo_pressed)
        self.close_button.clicked.connect(self.dismiss)
        theme.changed.connect(self._place)
        parent.installEventFilter(self)
        self.hide()

    def show_change(self, words: str, *, can_undo: bool = True) -> None:
        """Name a change, for example "Visit of 12 January moved"; read out as well."""
        self._words.setText(words)
        self.undo.setVisible(can_undo)
        self.undo.setAccessibleName(tr("Undo: {change}", change=words))
        self.setAccessibleName(words)
        self.show()
        self._place()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def end_offer(self, newest: str | None) -> None:
        """Go away if it offers to take back anything else than `newest`."""
        if not self.undo.isHidden() and self._words.text() != newest:
            self.dismiss()

    def words(self) -> str:
        """Return what it says, "" while it is hidden."""
        return "" if self.isHidden() else self._words.text()

    def dismiss(self) -> None:
        """Go away without doing anything."""
        self._timer.stop()
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while somebody points at it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count anew."""
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the parent."""
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
            # What ends the page below may find its place only after this.
            QTimer.singleShot(0, self, self._place)
        return False

    def _undo_pressed(self) -> None:
        self.dismiss()
        self.undo_asked.emit()

    def _time_is_up(self) -> None:
        focus, window = self.focusWidget(), self.window()
        unseen = not window.isVisible() or window.isMinimized()
        if unseen or (focus and focus.hasFocus()):
            self._timer.start()
        else:
            self.hide()

    def _place(self) -> None:
        if self.isHidden():
            return
        parent = self._over
        width = min(self._theme.px(560), parent.width() - 32)
        height = max(self.heightForWidth(width), self.sizeHint().height())
        feet = [one for one in parent.findChildren(QWidget, FOOT) if one.isVisible()]
        tops = [one.mapTo(parent, QPoint(0, 0)).y() for one in feet]
        # A foot that was not laid out yet stands nowhere.
        low = min((top for top in tops if top > height + _BELOW), default=parent.height())
        self.setGeometry((parent.width() - width) // 2, low - height - _BELOW, width, height)
