"""`Fold`: a part of a page that stays closed behind its heading until somebody wants it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.text import breakable
from caregiver_app.gui.words import tr

_SIGN: Final = 18
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)


class FoldButton(QPushButton):
    """The heading: title, a summary below it, and an arrow that tells whether it is open."""

    def __init__(self, theme: Theme, title: str, role: FontRole) -> None:
        super().__init__()
        self._theme, self._title = theme, title
        self._role: FontRole = role
        self._summary = ""
        self._warns = False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow_width(self)
        self.toggled.connect(self._tell)
        theme.changed.connect(self._again)
        self._tell()

    def set_title(self, title: str) -> None:
        """Change the title."""
        if title != self._title:
            self._title = title
            self._tell()

    def set_summary(self, summary: str, *, warns: bool = False) -> None:
        """Change the line below the title; one that `warns` carries the sign for it."""
        if (summary, warns) != (self._summary, self._warns):
            self._summary, self._warns = summary, warns
            self._tell()
            self._again()

    @property
    def summary(self) -> str:
        """The line below the title."""
        return self._summary

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens like Space; Right opens, Left closes."""
        if event.key() == Qt.Key.Key_Right and not event.modifiers():
            self.setChecked(True)
        elif event.key() == Qt.Key.Key_Left and not event.modifiers():
            self.setChecked(False)
        elif not enter_presses(self, event):
            super().keyPressEvent(event)

    def _tell(self) -> None:
        state = tr("shown") if self.isChecked() else tr("folded")
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(", ".join(one for one in (self._summary, state) if one))
        self.update()

    # -- Size and paint ---------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As tall as its words."""
        width = self._theme.px(260)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """A few letters: the rest wraps."""
        return QSize(self._theme.px(120), self._theme.px(TARGET))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, never below the target."""
        title, summary = self._boxes(width)
        return max(self._theme.px(TARGET), title.height() + summary.height() + self._theme.px(12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the arrow, the title and the summary."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunk"))
            painter.drawRoundedRect(self.rect(), 8, 8)
        title, summary = self._boxes(self.width())
        top = (self.height() - title.height() - summary.height()) // 2
        title.moveTop(top)
        summary.moveTop(top + title.height())
        side = theme.icon_px(_SIGN)
        sign = "open-list" if self.isChecked() else "forward"
        first = QFontMetrics(theme.font(self._role)).height()
        spot = theme.px(4), title.top() + (first - side) // 2 + 1
        painter.drawPixmap(*spot, theme.pixmap(sign, "ink", _SIGN))
        painter.setFont(theme.font(self._role))
        painter.setPen(theme.colour("ink"))
        painter.drawText(title, _WRAP, breakable(self._title))
        if not self._summary:
            return
        painter.setFont(theme.font("second_strong" if self._warns else "second"))
        painter.setPen(theme.colour("warn" if self._warns else "soft"))
        if self._warns:
            small = theme.icon_px(15)
            line = painter.fontMetrics().height()
            place = summary.left() - small - theme.px(5), summary.top() + (line - small) // 2
            painter.drawPixmap(*place, theme.pixmap("attention", "warn", 15))
        painter.drawText(summary, _WRAP, breakable(self._summary))

    def _boxes(self, width: int) -> tuple[QRect, QRect]:
        theme = self._theme
        left = theme.px(4) + theme.icon_px(_SIGN) + theme.px(10)
        room = max(40, width - left - theme.px(6))
        whole = QRect(left, 0, room, 10_000)
        title = QFontMetrics(theme.font(self._role)).boundingRect(
            whole, _WRAP, breakable(self._title)
        )
        title.setRect(left, 0, room, title.height())
        if not self._summary:
            return title, QRect(left, 0, room, 0)
        inset = theme.icon_px(15) + theme.px(5) if self._warns else 0
        role: FontRole = "second_strong" if self._warns else "second"
        below = QRect(left + inset, 0, room - inset, 10_000)
        box = QFontMetrics(theme.font(role)).boundingRect(below, _WRAP, breakable(self._summary))
        return title, QRect(left + inset, 0, room - inset, box.height())

    def _again(self) -> None:
        self.updateGeometry()
        self.update()


class Fold(QWidget):
    """A heading that opens and closes its `body`; it opens closed unless told otherwise."""

    turned = Signal(bool)
    """Somebody opened or closed it."""

    def __init__(self, theme: Theme, title: str, *, role: FontRole = "card_title") -> None:
        super().__init__()
        self.head = FoldButton(theme, title, role)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 4, 0, 0)
        self.body.setSpacing(10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addWidget(self.inside)
        self.inside.hide()
        self.head.toggled.connect(self.inside.setVisible)
        self.head.clicked.connect(self.turned)

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self.head.isChecked()

    def set_open(self, *, opened: bool) -> None:
        """Show or hide the body; no signal."""
        self.head.setChecked(opened)

    def add(self, widget: QWidget) -> None:
        """Put `widget` below what is already inside."""
        self.body.addWidget(widget)
