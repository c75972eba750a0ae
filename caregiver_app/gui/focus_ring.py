"""`FocusRing`: one ring around whatever has the keyboard focus, 3 px wide and 2 px away.

Style sheets cannot draw outside a widget, so a small overlay does. It shows when the focus came by
keys, and always on text fields. A widget may define `focus_ring_rect() -> QRect` to ring a part of
itself, or set the property `focusRing` to "inside" (rows) or "none" (it paints its own).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWindow
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.settled_focus import SettledFocus
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON

WIDTH: Final = 3
AWAY: Final = 2
_REACH: Final = WIDTH + AWAY
_MODIFIERS: Final = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
)
_TABS: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MOVES: Final = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.LayoutRequest,
)


class FocusRing(QObject):
    """Follows the focus of the whole application; make one and keep it."""

    def __init__(self, theme: Theme, app: QApplication) -> None:
        super().__init__(app)
        self._theme = theme
        self._by_keys = False
        self._widget: QWidget | None = None
        self._watched: list[QWidget] = []
        self._overlay: Overlay | None = None
        self._focus = SettledFocus(self)
        self._focus.moved.connect(self._moved)
        theme.changed.connect(self.refresh)
        self._moved()

    @property
    def ringed(self) -> QWidget | None:
        """The widget that shows the ring now, if any."""
        shown = self._overlay is not None and not self._overlay.isHidden()
        return self._widget if shown else None

    def end(self) -> None:
        """Follow the focus no longer: the window that it was made for is over."""
        self._focus.moved.disconnect(self._moved)
        self._theme.changed.disconnect(self.refresh)
        self._follow(None)
        self._drop_overlay()
        self.deleteLater()

    def refresh(self) -> None:
        """Put the ring where it belongs now."""
        widget = self._widget
        if widget is None or not self._wanted(widget):
            self._hide()
            return
        place = self._place(widget)
        if place.isEmpty():
            self._hide()
            return
        if self._overlay is None or self._overlay.parentWidget() is not widget.window():
            self._drop_overlay()
            self._overlay = Overlay(self._theme, widget.window())
            self._overlay.destroyed.connect(self._overlay_gone)
        self._overlay.ring(place, self._visible_part(widget, place), radius_of(widget))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell keys from mouse, follow the widget that moves, and have Tab go as one reads."""
        kind = event.type()
        if isinstance(watched, QWindow):
            if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                if event.key() not in _MODIFIERS:
                    self._set_by_keys(by_keys=True)
                if event.key() in _TABS and self._widget is not None:
                    follow_layout(self._widget.window())
            elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
                self._set_by_keys(by_keys=False)
        elif kind in _MOVES:
            self.refresh()
        return False

    # -- Within -----------------------------------------------------------------------------------

    def _set_by_keys(self, *, by_keys: bool) -> None:
        if by_keys != self._by_keys:
            self._by_keys = by_keys
            self.refresh()

    def _moved(self) -> None:
        self._follow(QApplication.focusWidget())

    def _follow(self, new: QWidget | None) -> None:
        for widget in self._watched:
            if isValid(widget):  # the focus also moves because a widget is going away
                widget.removeEventFilter(self)
                widget.destroyed.disconnect(self._forget)
        self._watched.clear()
        self._widget = new
        if new is not None:
            self._watch(new)
        self.refresh()

    def _watch(self, widget: QWidget) -> None:
        window = widget.window().windowHandle()
        if window and isValid(window):  # installing it again only moves it to the front
            window.installEventFilter(self)
        step: QWidget | None = widget
        while step is not None:
            step.installEventFilter(self)
            step.destroyed.connect(self._forget)
            self._watched.append(step)
            step = None if step.isWindow() else step.parentWidget()

    def _forget(self) -> None:
        # Something in the chain is going: nothing of it may be asked any more.
        self._watched.clear()
        self._widget = None
        self._hide()

    def _wanted(self, widget: QWidget) -> bool:
        if widget.property("focusRing") == "none" or not widget.isVisible():
            return False
        return self._by_keys or is_text_field(widget)

    def _place(self, widget: QWidget) -> QRect:
        asked = getattr(widget, "focus_ring_rect", None)
        inner = cast("Callable[[], QRect]", asked)() if callable(asked) else widget.rect()
        if inner.isEmpty():
            return QRect()
        spot = widget.mapTo(widget.window(), inner.topLeft())
        box = QRect(spot, inner.size())
        inside = widget.property("focusRing") == "inside"
        return box if inside else box.adjusted(-_REACH, -_REACH, _REACH, _REACH)

    def _visible_part(self, widget: QWidget, place: QRect) -> QRect:
        part = place
        step = widget.parentWidget()
        while step is not None and not step.isWindow():
            above = step.parentWidget()
            if isinstance(above, QAbstractScrollArea) and above.viewport() is step:
                view = QRect(step.mapTo(widget.window(), QPoint(0, 0)), step.size())
                part = part.intersected(view.adjusted(-_REACH, -_REACH, _REACH, _REACH))
            step = above
        return part.intersected(widget.window().rect())

    def _hide(self) -> None:
        if self._overlay is not None:
            self._overlay.hide()

    def _drop_overlay(self) -> None:
        if self._overlay is not None:
            self._overlay.destroyed.disconnect(self._overlay_gone)
            self._overlay.deleteLater()
            self._overlay = None

    def _overlay_gone(self) -> None:
        self._overlay = None


class Overlay(QWidget):
    """What paints the ring; the mouse goes through it, and it never has focus or name."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._ring = QRect()
        self._radius = float(RADIUS_BUTTON)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def ring(self, place: QRect, part: QRect, radius: float) -> None:
        """Show the ring at `place` (in the window), of which only `part` may be seen."""
        if part.isEmpty():
            self.hide()
            return
        self._ring = place.translated(-part.topLeft())
        self._radius = radius
        self.setGeometry(part)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), WIDTH))
        half = WIDTH / 2
        box = QRectF(self._ring).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, self._radius, self._radius)


def is_text_field(widget: QWidget) -> bool:
    """Return whether one types into `widget`: the ring then shows however the focus came."""
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit | QAbstractSpinBox)


def radius_of(widget: QWidget) -> float:
    """Return the radius that fits around `widget`."""
    if widget.property("kind") == "pill":
        return widget.height() / 2 + _REACH
    inside = widget.property("focusRing") == "inside"
    return RADIUS_BUTTON if inside else RADIUS_BUTTON + _REACH - WIDTH / 2
