"""The rows of a master list: as tall as they are, opened by a click, moved by drag and by keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.chips import ChipKind
from caregiver_app.gui.widgets.rows import Row, RowList
from caregiver_app.gui.words import tr
from caregiver_app.services.bag_lists import MasterItem

_UP, _DOWN = -1, 1
_BESIDE = 8
"""Px between the frame that shows the keyboard and the words."""


class ListRows(RowList):
    """One group of a list. A click or Enter opens, Alt with an arrow or the mouse moves."""

    moved = Signal(str, int)
    """An item's key, and its new place in the group from 0."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, click_opens=True)
        self.delegate.margin = _BESIDE
        self._grabbed: tuple[str, QPoint] | None = None
        self._drags = False
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for words, step, keys in (
            (tr("Move up"), _UP, "Alt+Up"),
            (tr("Move down"), _DOWN, "Alt+Down"),
        ):
            action = QAction(words, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._step, step))
            self.addAction(action)
        theme.changed.connect(self.grow)

    def show_items(self, items: Sequence[MasterItem], bringers: dict[str, str]) -> None:
        """Show these items; `bringers` has the words for who brings something."""
        self.set_rows([row_of_item(one, bringers) for one in items])
        self.grow()

    def grow(self) -> None:
        """Take the height of all rows: the page scrolls, not the list."""
        self.setFixedHeight(sum(map(self.sizeHintForRow, range(self.rows.rowCount()))))

    def minimumSizeHint(self) -> QSize:
        """The page may be narrow: words end in "…" then."""
        return QSize(200, self.minimumHeight())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that move to their actions."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    # -- The mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what may be dragged."""
        super().mousePressEvent(event)
        self._drags = False
        if event.button() == Qt.MouseButton.LeftButton and self.current_key():
            self._grabbed = (self.current_key(), event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag once the mouse is far enough from where it was pressed."""
        if self._grabbed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._grabbed[1]).manhattanLength()
        if far >= QApplication.startDragDistance() * 2:
            self._drags = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down what was dragged; what was not is opened."""
        grabbed, self._grabbed = self._grabbed, None
        if not self._drags or grabbed is None:
            super().mouseReleaseEvent(event)
            return
        self._drags = False
        self.viewport().unsetCursor()
        at = event.position().toPoint()
        index = self.indexAt(QPoint(max(0, min(at.x(), self.width() - 1)), at.y()))
        low = self.rows.rowCount() - 1 if at.y() > 0 else 0
        self.moved.emit(grabbed[0], index.row() if index.isValid() else low)

    def _step(self, step: int) -> None:
        place = self.currentIndex().row() + step
        if self.currentIndex().isValid() and 0 <= place < self.rows.rowCount():
            self.moved.emit(self.current_key(), place)


def row_of_item(item: MasterItem, bringers: dict[str, str]) -> Row:
    """Return how an item of a list is shown."""
    chip, kind = _chip(item)
    starts = "" if item.hidden else _STARTS[item.starts]()
    asks = tr("if {condition}", condition=item.only_if) if item.only_if else ""
    said = (starts, asks, item.why)
    return Row(
        key=item.key,
        title=item.label,
        second=" · ".join(part for part in said if part),
        chip=chip,
        chip_kind=kind,
        fact="" if item.hidden else bringers.get(item.brings, ""),
        struck=item.hidden,
        opens=True,
    )


_STARTS = {
    "bag": lambda: tr("In the bag"),
    "maybe": lambda: tr("Under maybe"),
}


def _chip(item: MasterItem) -> tuple[str, ChipKind]:
    if item.hidden:
        return tr("Left out"), "cancelled"
    if item.at_clinic:
        return tr("Only here"), "plain"
    if item.own:
        return tr("Yours"), "plain"
    return (tr("Changed"), "plain") if item.changed else ("", "plain")
