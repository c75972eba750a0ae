"""Where the reminder panel comes up: in a corner, and where it is in nobody's way.

At the bottom right of the screen with our window, else of the one with the pointer. While one of
our own forms lies open, or a field of ours is being typed in, another corner is taken if it covers
less: never the buttons that end the form or the field itself where any corner is free of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from caregiver_app.values import value

_EDGE: Final = 12
_FOOT: Final = 90
"""So many px at the foot of a form hold the buttons that end it."""
_HEAD: Final = 60
"""So wide and tall is the corner with what closes it."""
_DEAR: Final = 1_000_000
_CROSS: Final = 10_000
_FORM: Final = 1


@value
class Taken:
    """A box of the screen that is in use, and how much it matters."""

    box: QRect
    weight: int


def spot_for(size: QSize, room: QRect, taken: Sequence[Taken]) -> QPoint:
    """Return the upper left corner of a window of that size: the first corner that covers least.

    All in px of the desktop; `room` is what windows may cover.
    """
    left, top = room.left() + _EDGE, room.top() + _EDGE
    right = max(left, room.right() + 1 - _EDGE - size.width())
    bottom = max(top, room.bottom() + 1 - _EDGE - size.height())
    corners = [QPoint(right, bottom), QPoint(right, top), QPoint(left, bottom), QPoint(left, top)]
    return min(corners, key=lambda corner: _cost(QRect(corner, size), taken))


def kept_corner(old: QRect, size: QSize, room: QRect) -> QPoint:
    """Return where a window of another size goes on: its edges nearest to the room's stay."""
    right = old.center().x() > room.center().x()
    low = old.center().y() > room.center().y()
    left = old.right() + 1 - size.width() if right else old.left()
    top = old.bottom() + 1 - size.height() if low else old.top()
    left = max(room.left(), min(left, room.right() + 1 - size.width()))
    top = max(room.top(), min(top, room.bottom() + 1 - size.height()))
    return QPoint(left, top)


def covers_what_matters(box: QRect, taken: Sequence[Taken]) -> bool:
    """Tell whether a window lies over buttons that end a form, or over a field that is typed in."""
    return any(one.weight > _FORM and one.box.intersects(box) for one in taken)


def _cost(box: QRect, taken: Sequence[Taken]) -> int:
    def area(one: QRect) -> int:
        return max(0, one.width()) * max(0, one.height())

    return sum(one.weight * area(one.box.intersected(box)) for one in taken)


def room_here(panel: QWidget) -> QRect:
    """Return what windows may cover of the screen on which the panel is, or comes up."""
    window = next((one for one in windows_of_ours(panel) if one.isActiveWindow()), None)
    middle = QCursor.pos() if window is None else window.frameGeometry().center()
    if panel.isVisible():
        middle = panel.geometry().center()
    screen = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()


def taken_by_forms(panel: QWidget) -> list[Taken]:
    """Return where our own open forms are, and the field that is being typed in."""
    found: list[Taken] = []
    for window in windows_of_ours(panel):
        if isinstance(window, QDialog):
            box = window.frameGeometry()
            low = QRect(box.left(), box.bottom() - _FOOT, box.width(), _FOOT)
            cross = QRect(box.right() - _HEAD, box.top(), _HEAD, _HEAD)
            found += [Taken(box, _FORM), Taken(low, _DEAR), Taken(cross, _CROSS)]
    focus = _maybe(QApplication.focusWidget())
    if isinstance(focus, QLineEdit | QPlainTextEdit) and focus.window() is not panel:
        found.append(Taken(QRect(focus.mapToGlobal(QPoint(0, 0)), focus.size()), _DEAR))
    return found


def windows_of_ours(panel: QWidget) -> Iterator[QWidget]:
    """Return the windows of this program that are seen, but for the panel and what pops up."""
    for window in QApplication.topLevelWidgets():
        seen = window is not panel and window.isVisible() and not window.isMinimized()
        if seen and (window.parent() is None or isinstance(window, QDialog)):
            yield window


def _maybe(widget: QWidget | None) -> QWidget | None:
    # Qt answers None where its types promise a widget.
    return widget
