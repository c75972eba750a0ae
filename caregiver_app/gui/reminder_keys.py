"""The keyboard in the reminder panel: quiet at first, then from row to row with Up and Down."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from caregiver_app.gui.from_anywhere import URGENT_KEYS
from caregiver_app.gui.long_column import LongColumn
from caregiver_app.gui.reading_order import stops_of
from caregiver_app.gui.reminder_pieces import RowPiece

QUIET_MS: Final = 1000
"""Keys do nothing for so long after the panel got the keyboard: they were meant for elsewhere."""
_KEYS: Final = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class PanelKeys(QObject):
    """Watches over everything in the panel that takes keys; `guard` what is made."""

    def __init__(
        self,
        panel: QWidget,
        heading: QWidget,
        column: LongColumn[RowPiece],
        now_ms: Callable[[], int],
    ) -> None:
        super().__init__(panel)
        self._panel, self._heading, self._column = panel, heading, column
        self._now_ms = now_ms
        self._quiet_until = 0
        self._by_key = False

    def be_quiet(self) -> None:
        """Keys do nothing for a second from now on."""
        self._quiet_until = self._now_ms() + QUIET_MS

    def guard(self, widget: QWidget) -> None:
        """Watch over a widget and all within it; twice is the same as once."""
        for one in (widget, *widget.findChildren(QWidget)):
            one.removeEventFilter(self)
            one.installEventFilter(self)

    @contextmanager
    def held(self) -> Generator[None]:
        """Give the keyboard to the heading if what had it is gone after the block.

        Qt would give it to whatever comes next: a button that answers something else.
        """
        before = _maybe(self._panel.focusWidget())
        inside = before is not None and self._column.place_of(before) >= 0
        yield
        if inside and _maybe(self._panel.focusWidget()) is not before:
            self._heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def pressed_at(self) -> int:
        """Return the piece in which a key was pressed last, -1 when it was the mouse."""
        focus = _maybe(self._panel.focusWidget())
        return self._column.place_of(focus) if self._by_key and focus is not None else -1

    def go_on(self, place: int) -> None:
        """Go on with the row that took the place of the one that was answered by a key.

        After a press with the mouse, whose hand is elsewhere, no button may wait for a key.
        """
        if not self.focus_at(place):
            self._heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_at(self, place: int, nth: int = 0) -> bool:
        """Give the keyboard to the nth stop of a piece, or of the next one that has any."""
        for one in range(place, len(self._column.pieces)) if place >= 0 else ():
            widget = self._column.widget_at(one)
            stops = [] if widget is None else list(stops_of(widget))
            if stops:
                stops[min(nth, len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
                self._column.settle()
                return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Swallow keys that were typed for another window; the way to help is never barred."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._by_key = False
        if event.type() in _KEYS and isinstance(event, QKeyEvent):
            if self._now_ms() < self._quiet_until:
                return event.key() not in URGENT_KEYS
            if event.type() == QEvent.Type.KeyPress and not isinstance(watched, QMenu):
                self._by_key = True
                return self._take(watched, event)
        return super().eventFilter(watched, event)

    def _take(self, watched: QObject, event: QKeyEvent) -> bool:
        way = _STEPS.get(Qt.Key(event.key()))
        typed = isinstance(watched, QLineEdit) or not isinstance(watched, QWidget)
        if way is None or typed or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        focused = watched is _maybe(self._panel.focusWidget())
        return focused and self._step(cast("QWidget", watched), way)

    def _step(self, focus: QWidget, way: int) -> bool:
        """Go to the same button of the next row up or down; tell whether that was meant."""
        if focus is self._heading:
            return way > 0 and self.focus_at(0)
        place = self._column.place_of(focus)
        if place < 0:
            return False
        here = self._column.widget_at(place)
        stops = [] if here is None else list(stops_of(here))
        nth = stops.index(focus) if focus in stops else 0
        place += way
        while 0 <= place < len(self._column.pieces):
            widget = self._column.widget_at(place)
            if widget is not None and any(True for _ in stops_of(widget)):
                return self.focus_at(place, nth)
            place += way
        if way < 0:
            self._heading.setFocus(Qt.FocusReason.TabFocusReason)
        return True


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
