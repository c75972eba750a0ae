"""`Fold`: a part of a page that stays closed behind its heading until somebody wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.widgets.wrapped_button import WrappedButton
from caregiver_app.gui.words import tr

_WARNING: Final = 15
"""Px of the sign before a summary that warns."""


class FoldButton(WrappedButton):
    """The heading: title, a summary below it, and an arrow that tells whether it is open."""

    sign_size, gap, least = 18, 10, 260

    def __init__(self, theme: Theme, title: str, role: FontRole) -> None:
        super().__init__(theme, title)
        self.role = role
        self._warns = False
        self.setCheckable(True)
        self.toggled.connect(self._tell)
        self._tell()

    def set_title(self, title: str) -> None:
        """Change the title."""
        if title != self._title:
            self._title = title
            self._tell()

    def set_summary(self, summary: str, *, warns: bool = False) -> None:
        """Change the line below the title; one that `warns` carries the sign for it."""
        if (summary, warns) != (self._below, self._warns):
            self._below, self._warns = summary, warns
            self._tell()
            self._again()

    @property
    def summary(self) -> str:
        """The line below the title."""
        return self._below

    def sign(self) -> tuple[str, str]:
        """Down while it is open, else to the right."""
        return "open-list" if self.isChecked() else "forward", "ink"

    def below_look(self) -> tuple[FontRole, str, int]:
        """A warning is stronger, and leaves room for its sign."""
        if not self._warns:
            return super().below_look()
        return "second_strong", "warn", self._theme.icon_px(_WARNING) + self._theme.px(5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens like Space; Right opens, Left closes."""
        if event.key() == Qt.Key.Key_Right and not event.modifiers():
            self.setChecked(True)
        elif event.key() == Qt.Key.Key_Left and not event.modifiers():
            self.setChecked(False)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign of a warning besides."""
        super().paintEvent(event)
        if not (self._warns and self._below):
            return
        theme = self._theme
        role, ink, inset = self.below_look()
        _title, below = self.placed_words()
        line = QFontMetrics(theme.font(role)).height()
        top = below.top() + (line - theme.icon_px(_WARNING)) // 2
        pixmap = theme.pixmap("attention", ink, _WARNING)
        QPainter(self).drawPixmap(below.left() - inset, top, pixmap)

    def _tell(self) -> None:
        state = tr("shown") if self.isChecked() else tr("folded")
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(", ".join(one for one in (self._below, state) if one))
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
        self._fill: Callable[[], object] | None = None
        self.head.toggled.connect(self._turn)
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

    def fill_when_opened(self, fill: Callable[[], object]) -> None:
        """Let `fill` put in what is inside once it is opened, for what most never look at."""
        self._fill = fill

    def _turn(self, opened: bool) -> None:
        if opened and self._fill is not None:
            fill, self._fill = self._fill, None
            fill()
        self.inside.setVisible(opened)
