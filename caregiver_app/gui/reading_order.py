"""The way of the Tab key: through a window as its layouts stand, whatever was made last.

Qt goes from one widget to the next in the order in which they were made. Rows that come later, or
are made anew after a change, would all stand last.

Qt is never asked for its own order (`nextInFocusChain`): PySide6 6.11 then takes the widget that
it answers for a part of the one that was asked, and lets go of both together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget


class FocusHand(QWidget):
    """Gives the keyboard on to a part of itself, which `setFocusProxy` names.

    The name is Qt's, the way is not: a real proxy makes the whole widget a stop of the Tab key, so
    that everything before that part is leapt over.
    """

    _hand: QWidget | None = None

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Name the part."""
        self._hand = widget

    def focusProxy(self) -> QWidget | None:  # type: ignore[override]
        """Return the part."""
        return self._hand

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # type: ignore[override]
        """Give the part the keyboard."""
        if self._hand is None:
            super().setFocus(reason)
        else:
            self._hand.setFocus(reason)

    def hasFocus(self) -> bool:
        """Tell whether the part has the keyboard."""
        return super().hasFocus() if self._hand is None else self._hand.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Give on what came without being asked for, such as a window that comes to the front."""
        super().focusInEvent(event)
        if self._hand is not None:
            self._hand.setFocus(event.reason())


@runtime_checkable
class Ordered(Protocol):
    """A widget that places its parts by hand and knows how they are read."""

    def stops(self) -> Sequence[QWidget]:
        """Return what takes the keyboard, in the order in which it is read."""
        ...


def follow_layout(top: QWidget) -> None:
    """Let the Tab key go through what is seen of `top` as one reads it."""
    for before, after in pairwise(stops_of(top)):
        QWidget.setTabOrder(before, after)


def stops_of(widget: QWidget) -> Iterator[QWidget]:
    """Return what takes the keyboard in what is seen of `widget`, in the order of reading."""
    if isinstance(widget, Ordered):
        yield from (one for one in widget.stops() if not one.isHidden())
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    if isinstance(widget, QLineEdit):
        return  # what Qt puts into it takes no key, and 70 enumerations would be made to look at it
    for child in _as_read(widget):
        yield from stops_of(child)


def _as_read(widget: QWidget) -> list[QWidget]:
    """Return the children that are seen: first as the layout has them, then what lies over them.

    What lies over another child comes after that one.
    """
    layout = widget.layout()
    laid = [] if layout is None else [one for one in _placed(layout) if not one.isHidden()]
    known = {id(one) for one in laid}
    found: list[QWidget] = list(laid)
    for child in widget.children():
        if not isinstance(child, QWidget) or id(child) in known or not _is_part(child):
            continue
        middle = child.geometry().center()
        below = next((one for one in laid if one.geometry().contains(middle)), None)
        found.insert(len(found) if below is None else found.index(below) + 1, child)
    return found


def _is_part(widget: QWidget) -> bool:
    return not (widget.isWindow() or widget.isHidden())


def _placed(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _placed(inner)
