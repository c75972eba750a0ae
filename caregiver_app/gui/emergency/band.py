"""The head of the emergency page: what was seen, whom to call, and the family's number, large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.columns import one_column
from caregiver_app.gui.emergency.parts import LARGE, STRONG, Picture
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import words

NUMBER_PX: Final = 54
"""The height of the letters of the number that the family typed, at 100 %."""
_LEAST_PX: Final = 20
_MAY_BREAK: Final = "\u200b"
_CALL: Final = 2.3
_CALL_DOWN: Final = 1.8
_SHARE: Final = 0.42
"""The part of the width that the number may take beside the words."""


class AlarmBand(QWidget):
    """Filled in alarm. It has the keyboard first, so that a screen reader says whom to call."""

    def __init__(self, theme: Theme, do: str = "") -> None:
        """`do` is the last line; when left out, what to do at the clinic."""
        super().__init__()
        self._theme = theme
        follow_width(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", "none")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._picture = Picture(theme, "emergency", "on_alarm", 72)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self.heading = Text("", LARGE, "on_alarm")
        self.call = Text("", "page_title", "on_alarm")
        # A role of its own is not worth it: this line stands on one page only.
        self.call.setProperty("textRole", "")
        self.why = Text("", "large_strong", "on_alarm")
        last = do or tr("At the clinic: shout for the nurse.")
        self._do = Text(last, STRONG if do else LARGE, "on_alarm")
        self._words.addStretch(1)
        for text in (self.heading, self.call, self.why, self._do):
            self._words.addWidget(text)
        self._words.addStretch(1)
        self.box = NumberBox(theme)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._dress)
        self._dress()

    def show_call(self, heading: str, call: str, number: str, reasons: Sequence[str] = ()) -> None:
        """Say what was seen, whom to call, why it is an emergency now, and the number to type."""
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.call.setText(call)
        self.setAccessibleName(call)
        self.why.setText("\n".join(reasons))
        self.why.setVisible(bool(reasons))
        heard = (heading, *reasons, self._do.text())
        self.setAccessibleDescription(" ".join(filter(None, heard)))
        self.box.show_number(number)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Fill with alarm."""
        QPainter(self).fillRect(self.rect(), self._theme.colour("alarm"))

    def sizeHint(self) -> QSize:
        """As tall as the words need: the most important line of the program is never cut."""
        wide = width_now(self, super().sizeHint().width())
        return QSize(super().sizeHint().width(), self.heightForWidth(wide))

    def heightForWidth(self, width: int) -> int:
        """As tall as the words need in that width."""
        return self._row.totalHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the number below the words where there is little room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._dress()
        width_changed(self, event)

    def _dress(self) -> None:
        down = one_column(self._theme, self.width())
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)
        side, high = (24, 14) if down else (PAGE_MARGIN, 20)
        self._row.setContentsMargins(side, high, side, high)
        self._row.setSpacing(10 if down else 28)
        self._picture.setVisible(not down)
        font = self._theme.font("page_title")
        body = self._theme.font("body").pointSizeF()
        font.setPointSizeF(body * (_CALL_DOWN if down else _CALL))
        self.call.setFont(font)
        room = self.width() - 2 * side
        self.box.fit(room if down else round(room * _SHARE))


class NumberBox(QFrame):
    """The number in 54 px, or the plain words that there is none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._typed = ""
        self.setProperty("card", True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 8, 22, 10)
        column.setSpacing(0)
        self.number = Text("", "page_title", "alarm")
        self.number.setProperty("textRole", "")
        self._caption = Text("", STRONG, "alarm")
        for text in (self.number, self._caption):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)

    def show_number(self, number: str) -> None:
        """Show the family's number."""
        self._typed = number
        self.number.setText(number)
        self.number.setAccessibleName(number)
        self.number.setVisible(bool(number))
        caption = tr("your number, as you typed it")
        self._caption.setText(caption if number else words("safety.no_number_saved"))

    def fit(self, room: int) -> None:
        """Make the number as large as it goes in a width, 54 px at most."""
        inner = max(1, room - 44 - 2)
        text, size = self._typed, NUMBER_PX
        font = self._font(size)
        while QFontMetrics(font).horizontalAdvance(text) > inner and size > _LEAST_PX:
            size -= 2
            font = self._font(size)
        self.number.setFont(font)
        wide = QFontMetrics(font).horizontalAdvance(text)
        self.number.setText(_MAY_BREAK.join(text) if wide > inner else text)
        self.number.setAccessibleName(self._typed)
        caption = self._theme.px(300)
        self._caption.setMinimumWidth(min(inner, caption))
        self.number.setMinimumWidth(min(inner, wide + 2))

    def _font(self, size: int) -> QFont:
        font = self._theme.font("page_title")
        font.setPixelSize(self._theme.px(size))
        return font
