"""For widgets whose height follows from their width, such as rows whose words wrap.

Qt gives a widget of fixed height never more than its hint, also where `heightForWidth` asks for
more. So the hint must speak of the width that the widget has now, and be asked anew when that
changes.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


def follow_width(widget: QWidget) -> None:
    """Give `widget` the policy: as wide as there is room, exactly as tall as it must be."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


def width_now(widget: QWidget, otherwise: int) -> int:
    """Return the width that a layout gave to `widget`, or `otherwise` before it did."""
    laid = widget.testAttribute(Qt.WidgetAttribute.WA_Resized)
    return widget.width() if laid else otherwise


def width_changed(widget: QWidget, event: QResizeEvent) -> None:
    """To be called in `resizeEvent`: has the layout ask for the hint anew."""
    if event.size().width() != event.oldSize().width():
        widget.updateGeometry()
