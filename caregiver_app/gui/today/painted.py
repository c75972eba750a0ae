"""What the parts of the Today tab share: buttons that paint themselves, and a grid of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now


class PaintedButton(QAbstractButton):
    """A button that paints itself and is as tall as its words need; fill in `paintEvent`."""

    least = 160
    """How wide it wants to be, in px at 100 %."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        follow_width(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._resettle)

    def _resettle(self) -> None:
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as it wants to be, as tall as its words need."""
        width = self._theme.px(self.least)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(self._theme.px(80), self._theme.px(44))

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def ground_role(self, rest: str) -> str:
        """Return the colour role of the ground: at rest, under the mouse, or pressed."""
        if self.isDown():
            return "desk"
        return "sunk" if self.underMouse() else rest


def paint_ground(
    painter: QPainter,
    theme: Theme,
    box: QRect,
    ground: str,
    *,
    outline: str = "line",
    radius: int = RADIUS_BUTTON,
) -> None:
    """Paint a rounded ground with a hairline around it; "" leaves the line out."""
    painter.setPen(QPen(theme.colour(outline), 1) if outline else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Grid(QWidget):
    """Cells side by side in as many equal columns as there is room for; a row is equally tall."""

    def __init__(self, theme: Theme, *, least: int, columns: Sequence[int], gap: int) -> None:
        """`least` is the width of a cell at 100 %; it grows with the text as fast.

        `columns` are the numbers of columns that look well, the greatest first.
        """
        super().__init__()
        self._theme, self._least, self._columns, self._gap = theme, least, tuple(columns), gap
        self.cells: list[QWidget] = []
        follow_width(self)
        theme.changed.connect(self.settle)

    def set_cells(self, cells: Sequence[QWidget]) -> None:
        """Show these, in this order."""
        for gone in self.cells:
            if gone not in cells:
                gone.hide()
                gone.deleteLater()
        self.cells = list(cells)
        for cell in self.cells:
            cell.setParent(self)
            cell.show()
        self.settle()

    def columns_for(self, width: int) -> int:
        """Return how many cells stand side by side at that width."""
        least = round(self._least * self._theme.scale)
        for count in self._columns:
            if width >= count * least + (count - 1) * self._gap:
                return count
        return self._columns[-1]

    def hasHeightForWidth(self) -> bool:
        """Narrower takes more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """All rows."""
        boxes = self._boxes(width)
        return boxes[-1].bottom() + 1 if boxes else 0

    def sizeHint(self) -> QSize:
        """All rows at the width it has."""
        width = self._theme.px(600)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(self._theme.px(120), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cells anew."""
        super().resizeEvent(event)
        self._put()
        width_changed(self, event)

    def _boxes(self, width: int) -> list[QRect]:
        boxes: list[QRect] = []
        cells = self._shown()
        columns, gap, top = self.columns_for(width), self._gap, 0
        columns = min(columns, max(1, len(cells)))
        for first in range(0, len(cells), columns):
            row = cells[first : first + columns]
            edges = [round(n * (width + gap) / columns) for n in range(columns + 1)]
            sides = [right - left - gap for left, right in pairwise(edges)]
            tall = max(cell.heightForWidth(side) for cell, side in zip(row, sides, strict=False))
            boxes += [
                QRect(left, top, side, tall)
                for left, side in zip(edges[: len(row)], sides, strict=False)
            ]
            top += tall + gap
        return boxes

    def settle(self) -> None:
        """Place the cells anew: they, or their words, have changed."""
        self._put()
        self.updateGeometry()
        self.update()

    def _put(self) -> None:
        for cell, box in zip(self._shown(), self._boxes(self.width()), strict=True):
            cell.setGeometry(box)

    def _shown(self) -> list[QWidget]:
        return [cell for cell in self.cells if not cell.isHidden()]
