"""The search field in the head of the window: painted by itself, since the first paint shows it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from caregiver_app.gui.settled_focus import SettledFocus
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.undo_key import means_last_change
from caregiver_app.gui.words import tr

_LONGEST: Final = 200
_WIDEST: Final = 400
_NARROWEST: Final = 120
_ICON: Final = 18
_KEYS: Final = "Ctrl K"


class SearchField(QLineEdit):
    """Where one types; `wanted` fires once it has the keyboard, so that the results can be made."""

    wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.before: QWidget | None = None
        """What had the keyboard last; it may be gone since."""
        SettledFocus(self).moved.connect(self._focus_moved)
        self.setAccessibleName(tr("Search everything"))
        self.setAccessibleDescription(tr("Ctrl+K. Down and Up choose what was found, Enter opens."))
        self.setMaxLength(_LONGEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._space)
        self._space()

    def begin(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window while nothing is typed."""
        return False if means_last_change(self, event) else super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that somebody will type."""
        super().focusInEvent(event)
        self.wanted.emit()

    def _focus_moved(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and now is not self:
            self.before = now

    def minimumSizeHint(self) -> QSize:
        """Give way to what must not be cut."""
        return QSize(self._theme.px(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is little room."""
        super().resizeEvent(event)
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the glass and, while nothing is typed, its key in a small frame."""
        super().paintEvent(event)
        theme = self._theme
        painter = QPainter(self)
        spot = QPoint(theme.px(13), (self.height() - theme.icon_px(_ICON)) // 2)
        painter.drawPixmap(spot, theme.pixmap("search", "soft", _ICON))
        if self.text() or not self._shows_keys():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("hint"))
        height = painter.fontMetrics().height() + 6
        width = self._keys_width()
        left = self.width() - width - theme.px(12)
        box = QRect(left, (self.height() - height) // 2, width, height)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunk"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setPen(theme.colour("soft"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _KEYS)

    def _space(self) -> None:
        theme = self._theme
        self.setMaximumWidth(theme.px(_WIDEST))
        # The style sheet pads both sides by 12 already.
        self.setTextMargins(theme.icon_px(_ICON) + theme.px(9), 0, 0, 0)
        self._say()

    def _say(self) -> None:
        whole = tr("Search visits, notes, papers")
        room = self.width() - self._theme.px(52)
        if self._shows_keys():
            room -= self._keys_width() + self._theme.px(12)
        fits = QFontMetrics(self._theme.font("body")).horizontalAdvance(whole) <= room
        self.setPlaceholderText(whole if fits else tr("Search"))

    def _shows_keys(self) -> bool:
        # Large text needs the room; the key stays in the description.
        return self._theme.scale < 1.5 and self.width() >= self._theme.px(240)

    def _keys_width(self) -> int:
        metrics = QFontMetrics(self._theme.font("hint"))
        return metrics.horizontalAdvance(_KEYS) + self._theme.px(12)
