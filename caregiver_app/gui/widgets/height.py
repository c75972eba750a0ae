"""For widgets whose height follows from their width, such as rows whose words wrap.

Qt gives a widget of fixed height never more than its hint, also where `heightForWidth` asks for
more. So the hint must speak of the width that the widget has now, and be asked anew when that
changes.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
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


class AsTall(QWidget):
    """A widget with a layout whose words wrap: exactly as tall as they need at its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        follow_width(self)

    def sizeHint(self) -> QSize:
        """As tall as is needed at the present width."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.heightForWidth(width_now(self, hint.width())))

    def heightForWidth(self, width: int) -> int:
        """What the layout needs."""
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return super().sizeHint().height()
        return layout.totalHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)
