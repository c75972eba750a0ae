"""What a list has besides, folded; one tap takes an item along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import breakable
from caregiver_app.gui.words import count_text, tr
from caregiver_app.services.bags import BagLine

_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
_SIGN: Final = 20


class TakeRow(QPushButton):
    """An item that waits: its name, and below it for whom it is or why."""

    def __init__(self, theme: Theme, title: str, below: str) -> None:
        super().__init__()
        self._theme, self._title, self._below = theme, title, below
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Take {item} along", item=title))
        self.setAccessibleDescription(below)
        follow_width(self)
        theme.changed.connect(self._again)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As tall as its words."""
        width = self._theme.px(220)
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
        """Draw the plus, the name and the line below it."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunk"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        title, below = self._boxes(self.width())
        top = (self.height() - title.height() - below.height()) // 2
        side = theme.icon_px(_SIGN)
        line = QFontMetrics(theme.font("body")).height()
        painter.drawPixmap(
            theme.px(4), top + (line - side) // 2, theme.pixmap("add", "link", _SIGN)
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(title.translated(0, top), _WRAP, breakable(self._title))
        if self._below:
            painter.setFont(theme.font("second"))
            painter.setPen(theme.colour("soft"))
            painter.drawText(below.translated(0, top), _WRAP, breakable(self._below))

    def _boxes(self, width: int) -> tuple[QRect, QRect]:
        theme = self._theme
        left = theme.px(4) + theme.icon_px(_SIGN) + theme.px(13)
        room = max(40, width - left - theme.px(6))
        whole = QRect(left, 0, room, 10_000)
        metrics = QFontMetrics(theme.font("body"))
        title = metrics.boundingRect(whole, _WRAP, breakable(self._title))
        title = QRect(left, 0, room, title.height())
        if not self._below:
            return title, QRect(left, title.height(), room, 0)
        metrics = QFontMetrics(theme.font("second"))
        below = metrics.boundingRect(whole, _WRAP, breakable(self._below))
        return title, QRect(left, title.height(), room, below.height())

    def _again(self) -> None:
        self.updateGeometry()
        self.update()


class MaybeCard(Card):
    """The items that are not in the bag, by their group."""

    wanted = Signal(str)
    """The key of an item that is to come along."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.fold = Fold(theme, "")
        self.fold.body.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.fold.body.addLayout(self._column)
        self.fold.head.toggled.connect(self._fill)
        self.add(self.fold)
        self._lines: tuple[BagLine, ...] = ()
        self.rows: dict[str, TakeRow] = {}

    def show_lines(self, lines: Sequence[BagLine]) -> None:
        """Show these items."""
        self.setVisible(bool(lines))
        title = tr("Maybe")
        self.fold.head.set_title(title)
        self.setAccessibleName(title)
        count = count_text(len(lines), "{count} more item", "{count} more items")
        self.fold.head.set_summary(tr("{count}, one tap takes one along", count=count))
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self._fill()

    def _fill(self) -> None:
        had = next((key for key, row in self.rows.items() if row.hasFocus()), None)
        keys = list(self.rows)
        clear_layout(self._column)
        self.rows = {}
        if self.fold.is_open:
            for line in self._lines:
                row = TakeRow(self._theme, line.label, _below(line))
                row.clicked.connect(self._wanted(line.key))
                self._column.addWidget(row)
                self.rows[line.key] = row
        if had is not None:
            self._focus_near(had, keys)

    def _wanted(self, key: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(key)

    def _focus_near(self, key: str, keys: list[str]) -> None:
        """Give the keyboard to the item after one that went, else to the one before it."""
        place = keys.index(key)
        order = (*keys[place:], *reversed(keys[:place]))
        near = next((self.rows[one] for one in order if one in self.rows), None)
        widget: QWidget = self.fold.head if near is None else near
        widget.setFocus(Qt.FocusReason.OtherFocusReason)


def _below(line: BagLine) -> str:
    asks = tr("If {condition}.", condition=line.only_if) if line.only_if else ""
    return " ".join(part for part in (asks, line.why) if part)
