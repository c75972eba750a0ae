"""`Sticky`: a column that stays in sight while the long one beside it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

_GAP = 12


class Sticky(QWidget):
    """Holds one widget as tall as the view of `area` and moves it along, unless it `rests`."""

    def __init__(self, held: QWidget, area: QScrollArea) -> None:
        super().__init__()
        self._held, self._area = held, area
        self._rests = False
        held.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        area.verticalScrollBar().valueChanged.connect(self._follow)
        area.viewport().installEventFilter(self)
        held.installEventFilter(self)

    def set_rests(self, *, rests: bool) -> None:
        """Stay where the layout puts it, as tall as it wants to be, or move along."""
        if rests != self._rests:
            self._rests = rests
            self.updateGeometry()
            self._follow()

    def sizeHint(self) -> QSize:
        """As the widget inside."""
        hint = self._held.sizeHint()
        return QSize(hint.width(), self._wanted(max(self.width(), 1)) if self._rests else 0)

    def minimumSizeHint(self) -> QSize:
        """As the widget inside; where it moves along its height follows from the view."""
        least = self._held.minimumSizeHint()
        return QSize(least.width(), self._wanted(max(self.width(), 1)))

    def hasHeightForWidth(self) -> bool:
        """Words inside wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the widget inside needs."""
        return self._wanted(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place it anew."""
        super().resizeEvent(event)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the height of the view, and what the widget inside asks for."""
        if watched is self._held and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._follow()
        elif event.type() == QEvent.Type.Resize and watched is not self._held:
            self._follow()
        return False

    def _wanted(self, width: int) -> int:
        layout = self._held.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return self._held.sizeHint().height()

    def _follow(self) -> None:
        body = self._area.widget()
        if body is None or self._rests:
            self._held.setGeometry(0, 0, self.width(), self.height())
            return
        view = self._area.viewport().height()
        above = max(0, self._area.verticalScrollBar().value() - self._top(body))
        wanted = self._wanted(self.width())
        tall = min(max(wanted, view - 2 * _GAP), self.height())
        self._held.setGeometry(0, min(above, self.height() - tall), self.width(), tall)

    def _top(self, body: QWidget) -> int:
        return self.mapTo(body, QPoint(0, 0)).y() if body.isAncestorOf(self) else 0
