"""The list of a preview: arrows go through it, Space and Enter tick, a menu gives another kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from caregiver_app.gui.calendar.incoming.model import IncomingModel
from caregiver_app.gui.calendar.incoming.row_delegate import IncomingDelegate
from caregiver_app.gui.calendar.incoming.wording import kinds
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.by_ear import follow_marks, offer
from caregiver_app.gui.widgets.text import own_viewport
from caregiver_app.gui.words import tr
from caregiver_app.services.importer import NEW

_INDEX = QModelIndex | QPersistentModelIndex
_LEAST, _USUAL = 210, 400
_TICKING: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class IncomingList(QListView):
    """Shows an `IncomingModel`; thousands of rows cost nothing until they are seen."""

    selected = Signal(object)
    """The place in the preview of the row where the keys act, None for none."""

    def __init__(self, theme: Theme, rows: IncomingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self._theme, self._rows = theme, rows
        self.kind_actions: dict[str, QAction] = {}
        self.delegate = IncomingDelegate(theme, self)
        self.setModel(rows)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(tr("Appointments of the file"))
        said = tr("Space ticks a row or takes its tick away. The menu key offers other kinds.")
        self.setAccessibleDescription(said)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", "none")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        follow_marks(self)
        offer(self, tr("Tick, or take the tick away"), self.tick)
        self.kind_actions = {
            kind: offer(self, tr("Take in as: {kind}", kind=name), partial(self.choose_kind, kind))
            for kind, name in kinds()
        }
        rows.modelReset.connect(self._begin)
        theme.changed.connect(self._resettle)
        self._resettle()

    def sizeHint(self) -> QSize:
        """Tall enough for a handful of rows."""
        return QSize(self._theme.px(520), self._theme.px(_USUAL))

    def state_of(self, index: _INDEX) -> tuple[bool, bool]:
        """Tell whether a row is chosen, and whether the keys act there now."""
        here = index.row() == self.currentIndex().row()
        return here, here and self.hasFocus()

    def place(self) -> int | None:
        """Return the place in the preview of the row where the keys act."""
        return self._rows.place(self.currentIndex())

    def tick(self) -> None:
        """Tick the row where the keys act, or take its tick away."""
        self._rows.tick(self.currentIndex())

    def choose_kind(self, kind: str) -> None:
        """Give the row where the keys act another kind, if it is a new one."""
        place = self.place()
        if place is not None and self._rows.row(place).state == NEW:
            self._rows.choose_kind(place, kind)
            self.selected.emit(place)

    def currentChanged(self, current: _INDEX, previous: _INDEX) -> None:  # type: ignore[override]
        """Tell which row it is now, and offer kinds only where one can be chosen."""
        super().currentChanged(current, previous)
        place = self._rows.place(current)
        new = place is not None and self._rows.row(place).state == NEW
        for action in self.kind_actions.values():
            action.setVisible(new)
        self.selected.emit(place)

    def dataChanged(self, first: _INDEX, last: _INDEX, roles: Sequence[int] = ()) -> None:
        """Paint other ticks and kinds: no row gets another height, so none is laid out anew."""
        # The list view itself would lay every row out again.
        QAbstractItemView.dataChanged(self, first, last, roles)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter tick; with Ctrl, Enter belongs to the sheet."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _TICKING and plain:
            self.tick()
            return
        if event.key() in _TICKING:
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the tick ticks; anywhere else it chooses the row."""
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and spot.x() < self.delegate.tick_width():
            self._rows.tick(self.indexAt(spot))

    def _begin(self) -> None:
        self.setCurrentIndex(self._rows.first_free())
        if not self._rows.rowCount():
            self.selected.emit(None)

    def _resettle(self) -> None:
        self.setMinimumHeight(self._theme.px(_LEAST))
        self.doItemsLayout()
        self.updateGeometry()
