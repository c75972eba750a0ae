"""Dropping calendar files on the window: on whatever part of it, whichever tab is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON, RADIUS_DIALOG
from caregiver_app.gui.words import tr

CALENDARS: Final = (".ics", ".ical", ".icalendar", ".vcs")
"""How the names of calendar files end."""
_OUTLINE: Final = 4


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDrop(QObject):
    """Takes what is dropped on a window before any field under the mouse would."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        take: Callable[[Sequence[Path]], None],
        *,
        is_open: Callable[[], bool],
    ) -> None:
        """`is_open` tells whether files may be taken in now."""
        super().__init__(window)
        self._window, self._take, self._is_open = window, take, is_open
        self._hooked = False
        self._theme = theme
        self.sign: DropSign | None = None
        """What is seen while a calendar file is dragged over the window."""
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer files that are dragged over the window; everything else goes its way."""
        kind = event.type()
        if kind == QEvent.Type.Show and watched is self._window:
            self._hook()
        elif isinstance(event, QDropEvent):  # a QDragMoveEvent is one as well
            return self._answer(event, dropped=kind == QEvent.Type.Drop)
        elif kind == QEvent.Type.DragLeave:
            self._hide()
        return False

    def _hook(self) -> None:
        """Sit in front of the whole window: a text field would take the name of a file as words."""
        handle = self._window.windowHandle()
        if not self._hooked and handle:
            handle.installEventFilter(self)
            self._hooked = True

    def _answer(self, event: QDropEvent, *, dropped: bool) -> bool:
        files = dropped_files(event.mimeData())
        if not files:
            return False
        if not self._is_open() or _covered():
            event.ignore()
            self._hide()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if dropped:
            self._hide()
            self._take(files)
        elif any(path.suffix.lower() in CALENDARS for path in files):
            self._show()
        return True

    def _show(self) -> None:
        if self.sign is None:
            self.sign = DropSign(self._theme, self._window)
        self.sign.appear()

    def _hide(self) -> None:
        if self.sign is not None:
            self.sign.hide()


class DropSign(QWidget):
    """An outline around the window and a few words: let go, and the file is looked at."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.words())

    @staticmethod
    def words() -> str:
        """Return what it says."""
        return tr("Drop to look at it")

    def appear(self) -> None:
        """Cover the whole window, over everything in it."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the outline, and the words in its middle."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("primary"), _OUTLINE))
        edge = _OUTLINE // 2 + 4
        painter.drawRoundedRect(
            self.rect().adjusted(edge, edge, -edge, -edge), RADIUS_DIALOG, RADIUS_DIALOG
        )
        painter.setFont(theme.font("card_title"))
        metrics, icon = painter.fontMetrics(), theme.icon_px(24)
        gap, pad = theme.px(10), theme.px(24)
        wide = metrics.horizontalAdvance(self.words()) + icon + gap + 2 * pad
        card = QRect(0, 0, wide, max(metrics.height(), icon) + pad)
        card.moveCenter(self.rect().center())
        painter.setBrush(theme.colour("tint"))
        painter.setPen(QPen(theme.colour("primary"), 2))
        painter.drawRoundedRect(card, RADIUS_BUTTON, RADIUS_BUTTON)
        left = card.left() + pad
        spot = QPoint(left, card.center().y() - icon // 2)
        painter.drawPixmap(spot, theme.pixmap("import", "primary", 24))
        painter.setPen(theme.colour("ink"))
        room = card.adjusted(pad + icon + gap, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.words())


def _covered() -> bool:
    over: object = QApplication.activeModalWidget()
    return over is not None


__all__ = ["CALENDARS", "DropSign", "FileDrop", "dropped_files"]
