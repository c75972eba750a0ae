"""`GrowingList`: a list as tall as its rows, for pages that scroll as a whole, and its model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.by_ear import follow_marks, offer
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import tr

AnyIndex = QModelIndex | QPersistentModelIndex
LINE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The role under which a delegate finds the line that it paints."""


_LONGEST_TIP: Final = 1200
"""A note may be a whole page; more of it than this no tooltip can show."""


class Keyed(Protocol):
    """A line that knows which entry it stands for."""

    @property
    def key(self) -> str:
        """The entry's key, "" for one that only is read."""
        ...


L = TypeVar("L", bound=Keyed)


class LinesModel(QAbstractListModel, Generic[L]):
    """Lines by their keys; `shown` and `spoken` give a line's words for the eye and the ear."""

    def __init__(self, shown: Callable[[L], str], spoken: Callable[[L], str]) -> None:
        super().__init__()
        self._shown, self._spoken = shown, spoken
        self._lines: list[L] = []

    def set_lines(self, lines: Sequence[L]) -> None:
        """Show other lines."""
        if list(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer what is painted and what is read out."""
        if not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.UserRole:
            return line.key
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self._spoken(line)[:_LONGEST_TIP])
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """A line without a key is only read."""
        if index.data(Qt.ItemDataRole.UserRole) == "":
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


def row_width(option: QStyleOptionViewItem) -> int:
    """Return how wide the rows of a list are, in pixels."""
    view = option.widget
    return view.viewport().width() if isinstance(view, QListView) else option.rect.width()


def paint_state(
    painter: QPainter, theme: Theme, option: QStyleOptionViewItem, *, usable: bool = True
) -> None:
    """Draw that the mouse is over a row that can be used, and where the keyboard is."""
    box, state = option.rect, option.state
    if usable and state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, theme.colour("sunk"))
    if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Selected:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), 3))
        painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), 6, 6)


class Cutting(QStyledItemDelegate):
    """A delegate that may end words in "…"; the list then shows the whole as tooltip."""

    def cuts(self, index: AnyIndex, width: int) -> bool:
        """Tell whether something of a row is left out at this width."""
        raise NotImplementedError


class GrowingList(QListView):
    """Shows every row of its model; a click or Enter opens one, Delete asks to delete it.

    The menu of a row offers both.

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
        follow_marks(self)
        offer(self, tr("Open"), lambda: self._open(self.currentIndex()))
        offer(self, tr("Delete"), lambda: self._ask_delete(self.currentIndex()))
        self.selectionModel().currentChanged.connect(self.settle_menu)
        self.settle_menu()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        for signal in (model.modelReset, model.rowsInserted, model.rowsRemoved, model.dataChanged):
            signal.connect(self.grow)

    def settle_menu(self) -> None:
        """Let a row that is only read offer nothing."""
        for action in self.actions():
            action.setEnabled(bool(self.key_of(self.currentIndex())))

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
            self._ask_delete(index)
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

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole of a row where the row itself is cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index, delegate = self.indexAt(event.pos()), self.itemDelegate()
            width = self.viewport().width()
            if isinstance(delegate, Cutting) and not delegate.cuts(index, width):
                QToolTip.hideText()
                return True
        return super().viewportEvent(event)

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

    def _ask_delete(self, index: QModelIndex) -> None:
        if key := self.key_of(index):
            self.delete_asked.emit(key)
