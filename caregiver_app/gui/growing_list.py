"""`GrowingList`: a list as tall as its rows, for pages that scroll as a whole."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)


class GrowingList(QListView):
    """Shows every row of its model; a click or Enter opens one, Delete asks to delete it.

    The model answers an item's key under `Qt.ItemDataRole.UserRole` and what a screen reader
    says under `AccessibleTextRole`.
    """

    opened = Signal(str)
    delete_asked = Signal(str)

    def __init__(
        self,
        name: str,
        model: QAbstractItemModel,
        delegate: QStyledItemDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRing", "inside")
        self._kept = ""
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged):
            signal.connect(self.grow)

    def grow(self) -> None:
        """Take the height of all rows at the present width."""
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        model = self.model()
        height = sum(self.sizeHintForRow(row) for row in range(model.rowCount()))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def key_of(self, index: QModelIndex) -> str:
        """Return the key of an item."""
        return str(index.data(Qt.ItemDataRole.UserRole) or "")

    def choose(self, key: str) -> bool:
        """Make the item with this key the current one; tell whether there is such an item."""
        model = self.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if self.key_of(index) == key:
                self.setCurrentIndex(index)
                self.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def sizeHint(self) -> QSize:
        """As tall as it was made."""
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap at another place."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.grow()

    def changeEvent(self, event: QEvent) -> None:
        """Another text size asks for other heights."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.grow()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open, Delete asks."""
        key, index = event.key(), self.currentIndex()
        if index.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(index)
        elif index.isValid() and key == Qt.Key.Key_Delete:
            self.delete_asked.emit(self.key_of(index))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first row, so that the arrow keys have a place."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls, not the list."""
        event.ignore()

    def _keep(self) -> None:
        self._kept = self.key_of(self.currentIndex())

    def _restore(self) -> None:
        """Stay at the same item when the list was read anew, else at the first."""
        model = self.model()
        rows = (model.index(row, 0) for row in range(model.rowCount()))
        found = next((index for index in rows if self._kept == self.key_of(index) != ""), None)
        if found is None and self.hasFocus() and model.rowCount():
            found = model.index(0, 0)
        if found is not None:
            self.setCurrentIndex(found)

    def _open(self, index: QModelIndex) -> None:
        if key := self.key_of(index):
            self.opened.emit(key)
