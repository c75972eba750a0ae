"""`WrappedButton`: a sign, a title that wraps beside it, and a quiet line below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import breakable

_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


class WrappedButton(QPushButton):
    """As tall as its words at its width, never below the target; Enter presses like Space.

    `sign_size` and `gap` are the sign's side and the room after it, `least` the width that it
    would like, all in px at 100 %.
    """

    role: FontRole = "body"
    sign_size, gap, least = 20, 13, 220

    def __init__(self, theme: Theme, title: str, below: str = "") -> None:
        super().__init__()
        self._theme, self._title, self._below = theme, title, below
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow_width(self)
        theme.changed.connect(self._again)

    def sign(self) -> tuple[str, str]:
        """Return the icon, and its ink."""
        raise NotImplementedError

    def below_look(self) -> tuple[FontRole, str, int]:
        """Return role and ink of the line below, and by how many px it stands in."""
        return "second", "soft", 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As tall as its words."""
        width = self._theme.px(self.least)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """A few letters: the rest wraps."""
        return QSize(self._theme.px(120), self._theme.px(TARGET))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, never below the target."""
        title, below = self._boxes(width)
        return max(self._theme.px(TARGET), title.height() + below.height() + self._theme.px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the sign, the title and the line below it."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunk"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        title, below = self.placed_words()
        icon, ink = self.sign()
        line = QFontMetrics(theme.font(self.role)).height()
        top = title.top() + (line - theme.icon_px(self.sign_size)) // 2 + 1
        painter.drawPixmap(theme.px(4), top, theme.pixmap(icon, ink, self.sign_size))
        painter.setFont(theme.font(self.role))
        painter.setPen(theme.colour("ink"))
        painter.drawText(title, _WRAP, breakable(self._title))
        if self._below:
            role, ink, _inset = self.below_look()
            painter.setFont(theme.font(role))
            painter.setPen(theme.colour(ink))
            painter.drawText(below, _WRAP, breakable(self._below))

    def placed_words(self) -> tuple[QRect, QRect]:
        """Return where the title and the line below it are drawn: in the middle of the height."""
        title, below = self._boxes(self.width())
        top = (self.height() - title.height() - below.height()) // 2
        return title.translated(0, top), below.translated(0, top)

    def _boxes(self, width: int) -> tuple[QRect, QRect]:
        theme = self._theme
        left = theme.px(4) + theme.icon_px(self.sign_size) + theme.px(self.gap)
        room = max(40, width - left - theme.px(6))
        title = self._wrapped(self.role, left, room, self._title)
        if not self._below:
            return title, QRect(left, title.height(), room, 0)
        role, _ink, inset = self.below_look()
        below = self._wrapped(role, left + inset, room - inset, self._below)
        return title, below.translated(0, title.height())

    def _wrapped(self, role: FontRole, left: int, room: int, words: str) -> QRect:
        metrics = QFontMetrics(self._theme.font(role))
        box = metrics.boundingRect(QRect(left, 0, room, 10_000), _WRAP, breakable(words))
        return QRect(left, 0, room, box.height())

    def _again(self) -> None:
        self.updateGeometry()
        self.update()
