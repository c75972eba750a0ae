"""`Columns`: a page of two columns that become one where the window is narrow or the text large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.text import ScrollArea

NARROW: Final = 900
LARGE: Final = 1.5
_GAP: Final = 20
_TOP: Final = 20
_Row = TypeVar("_Row", bound=QWidget)


def one_column(theme: Theme, width: int) -> bool:
    """Tell whether a page of that width has room for one column only."""
    return width <= NARROW or theme.scale >= LARGE


class Columns(ScrollArea):
    """One scrolled page. Fill `left` and `right`; below each other, `left` comes first.

    What is put into `top` goes across both.
    """

    def __init__(
        self, theme: Theme, *, stretches: tuple[int, int] = (66, 34), parent: QWidget | None = None
    ) -> None:
        self._page = QWidget()
        super().__init__(self._page, parent)
        self._theme = theme
        self._stretches = stretches
        outer = QVBoxLayout(self._page)
        outer.setContentsMargins(PAGE_MARGIN, _TOP, PAGE_MARGIN, _TOP)
        outer.setSpacing(0)
        self.top = QVBoxLayout()
        self.top.setSpacing(12)
        outer.addLayout(self.top)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column in (self.left, self.right):
            column.setSpacing(14)
        self._row.addLayout(self.left)
        self._row.addLayout(self.right)
        outer.addLayout(self._row)
        outer.addStretch(1)
        theme.changed.connect(self.settle)

    def settle(self) -> None:
        """Choose between one and two columns."""
        down = one_column(self._theme, self.width())
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if down else way.LeftToRight)
        for place, stretch in enumerate(self._stretches):
            self._row.setStretch(place, 0 if down else stretch)
        margin = 24 if down else PAGE_MARGIN
        outer = self._page.layout()
        if outer is not None:
            outer.setContentsMargins(margin, _TOP, margin, _TOP)

    def lay_out_now(self) -> None:
        """Give everything its place at once, before anything is painted squeezed or too wide."""
        asked = QEvent.Type.LayoutRequest
        QCoreApplication.sendPostedEvents(self._page, asked.value)
        QCoreApplication.sendEvent(self, QEvent(asked))

    def minimumSizeHint(self) -> QSize:
        """A page gives way: it scrolls."""
        return QSize(320, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose anew."""
        super().resizeEvent(event)
        self.settle()
        self.lay_out_now()

    def showEvent(self, event: QShowEvent) -> None:
        """Choose before the first paint."""
        super().showEvent(event)
        self.settle()


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete the widgets."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


def kept_rows(
    column: QBoxLayout, rows: dict[str, _Row], keys: Sequence[str], make: Callable[[str], _Row]
) -> dict[str, _Row]:
    """Lay out one row for each key, in this order.

    One that was there stays, so that the keyboard does; what has no key any more is deleted.
    """
    for key in rows.keys() - set(keys):
        column.removeWidget(rows[key])
        rows[key].hide()
        rows[key].deleteLater()
    kept = {key: rows[key] if key in rows else make(key) for key in keys}
    for place, row in enumerate(kept.values()):
        if column.indexOf(row) != place:
            column.insertWidget(place, row)
    return kept
