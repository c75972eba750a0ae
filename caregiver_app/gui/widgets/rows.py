"""Rows of a list: `Row` (what), `RowModel` (an item model of rows), `RowList` and `RowDelegate`.

Made for agendas, timelines, notes and contacts: thousands of rows cost nothing until seen, and a
screen reader hears each row as one sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON, TYPE_ICONS
from caregiver_app.gui.widgets.by_ear import follow_marks, offer
from caregiver_app.gui.widgets.chips import (
    ChipKind,
    chip_size,
    paint_badge,
    paint_chip,
    paint_disc,
)
from caregiver_app.gui.widgets.text import own_viewport, plain_tooltip
from caregiver_app.gui.words import time_text, tr
from caregiver_app.values import value

_LATE: Final = time(22, 30)  # in two digits on either clock
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
"""The key of a row."""
_NOWHERE: Final = -1
_LEAST_TITLE: Final = 130
"""So much room the words at the right leave to the title."""
_INDEX = QModelIndex | QPersistentModelIndex


@value(kw_only=True)
class Row:
    """What one row says. `key` is what `opened` and `selected` give back.

    `kind` is an item type (it gives icon and colour); `icon` overrides its icon. A `heading` is a
    day or a group: `title` bold, `second` soft beside it; it cannot be chosen. `warns` stands in a
    line of its own, for what needs a look; `person_letters` on the badge, "" for the initial.
    """

    key: str
    title: str
    second: str = ""
    time: str = ""
    icon: str = ""
    kind: str = ""
    chip: str = ""
    chip_kind: ChipKind = "plain"
    fact: str = ""
    person: str = ""
    person_colour: int = 1
    person_letters: str = ""
    rail: str = ""
    warns: str = ""
    struck: bool = False
    heading: bool = False
    opens: bool = False
    spoken: str = ""

    def sentence(self) -> str:
        """Return the whole row as a screen reader says it."""
        parts = (self.spoken, self.time, self.title, self.person, self.second, self.chip, self.fact)
        return ", ".join(part for part in (*parts, self.warns) if part)


class RowModel(QAbstractListModel):
    """Holds rows; `set_rows` replaces them all, `append` and `prepend` leave the others alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """The rows."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def append(self, rows: Sequence[Row]) -> None:
        """Show more rows below."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()

    def prepend(self, rows: Sequence[Row]) -> None:
        """Show more rows above."""
        if rows:
            self.beginInsertRows(QModelIndex(), 0, len(rows) - 1)
            self._rows[:0] = rows
            self.endInsertRows()

    def change(self, place: int, row: Row) -> None:
        """Show another row at a place."""
        self._rows[place] = row
        index = self.index(place, 0)
        self.dataChanged.emit(index, index)

    def index_of(self, key: str) -> QModelIndex:
        """Return the index of a key, invalid when it is not there."""
        for place, row in enumerate(self._rows):
            if row.key == key and not row.heading:
                return self.index(place, 0)
        return QModelIndex()

    def rowCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def row_at(self, index: _INDEX) -> Row | None:
        """Return the row behind one of its indexes."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        return self._rows[index.row()]

    def data(self, index: _INDEX, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """Answer words, the accessible sentence and the key."""
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence()
        if role == Qt.ItemDataRole.ToolTipRole:
            said = (row.title, row.second, row.chip, row.warns)
            return plain_tooltip(", ".join(part for part in said if part))
        return row.key if role == KEY_ROLE else None

    def flags(self, index: _INDEX) -> Qt.ItemFlag:
        """Headings can be read but not chosen."""
        if not index.isValid() or self._rows[index.row()].heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    """Paints a `Row`. Derive from it to paint more; `text_left` and `margin` say where."""

    margin: int = 16

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.time_column = False
        self._sizes: dict[tuple[bool, bool, bool], QSize] = {}
        theme.changed.connect(self._forget_sizes)

    def sizeHint(self, option: QStyleOptionViewItem, index: _INDEX) -> QSize:  # noqa: ARG002
        """At least 46 px, more at larger text."""
        row = row_of(index)
        shape = (row is None or row.heading, bool(row and row.second), bool(row and row.warns))
        found = self._sizes.get(shape)
        if found is None:
            found = self._sizes[shape] = self._size_of(row)
        return QSize(found)

    def _forget_sizes(self) -> None:
        self._sizes.clear()

    def _size_of(self, row: Row | None) -> QSize:
        strong = self.theme.letters("strong").height
        if row is None or row.heading:
            return QSize(100, strong + self.theme.px(16))
        below = self.theme.letters("second").height * _lines_below(row)
        return QSize(100, max(self.theme.px(47), strong + below + self.theme.px(9)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        """Draw ground, rail, disc, words and chip."""
        row = row_of(index)
        if row is None:
            return
        box = QRect(option.rect)  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            self._paint_heading(painter, box, row, first=index.row() == 0)
        else:
            view = self.parent()
            chosen, hovered, focused = (
                view.state_of(index) if isinstance(view, RowList) else (False, False, False)
            )
            self._paint_ground(painter, box, row, chosen=chosen, hovered=hovered)
            self.paint_row(painter, box, row, chosen=chosen)
            if focused:
                self._paint_focus(painter, box)
        painter.restore()

    def paint_row(self, painter: QPainter, box: QRect, row: Row, *, chosen: bool) -> None:
        """Draw what the row says into `box`."""
        theme = self.theme
        left = box.left() + theme.px(self.margin)
        if self.time_column:
            figures = theme.letters("body", tabular=True, weight="hint")
            width = figures.metrics.horizontalAdvance(time_text(_LATE)) + theme.px(18)
            if row.time:
                painter.setFont(figures.font)
                painter.setPen(theme.colour("ink"))
                place = QRect(left, box.top(), width, box.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.time)
            left += width
        icon = row.icon or TYPE_ICONS.get(row.kind, "")
        if icon:
            side = theme.px(32)
            disc = QRect(left, box.center().y() - side // 2 + 1, side, side)
            role = row.kind if row.kind in TYPE_ICONS else "soft"
            ground = f"{row.kind}-tint" if row.kind in TYPE_ICONS else "sunk"
            ground = "card" if chosen else ground
            paint_disc(painter, theme, disc, icon, role, ground)
            left += side + theme.px(12)
        # The warning stands below the chip, over the whole width.
        below = theme.letters("second").height if row.warns else 0
        right = self._paint_right(painter, box.adjusted(0, 0, 0, -below), row, left)
        self._paint_words(painter, QRect(left, box.top(), right - left, box.height()), row, box)

    # -- Parts ------------------------------------------------------------------------------------

    def _paint_heading(self, painter: QPainter, box: QRect, row: Row, *, first: bool) -> None:
        theme = self.theme
        if not first:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(box.left(), box.top(), box.right(), box.top())
        place = box.adjusted(theme.px(self.margin), 4, -theme.px(self.margin), 0)
        strong = theme.letters("strong")
        painter.setFont(strong.font)
        painter.setPen(theme.colour("ink"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.title)
        place.setLeft(place.left() + strong.metrics.horizontalAdvance(row.title) + theme.px(8))
        painter.setFont(theme.letters("second").font)
        painter.setPen(theme.colour("soft"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.second)

    def _paint_ground(
        self, painter: QPainter, box: QRect, row: Row, *, chosen: bool, hovered: bool
    ) -> None:
        if chosen:
            self.theme.fill(painter, box, "tint")
        elif hovered:
            self.theme.fill(painter, box, "sunk")
        rail = "primary" if chosen else row.rail
        if rail:
            self.theme.fill(painter, QRect(box.left(), box.top(), 4, box.height()), rail)

    def _paint_focus(self, painter: QPainter, box: QRect) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour("focus"), 3))
        painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), RADIUS_BUTTON, RADIUS_BUTTON)

    def _paint_right(self, painter: QPainter, box: QRect, row: Row, left: int) -> int:
        """Draw what stands at the right; the quiet word gives way to the title."""
        theme = self.theme
        right = box.right() - theme.px(self.margin)
        if row.opens:
            side = theme.icon_px(18)
            right -= side
            spot = QPoint(right, box.center().y() - side // 2)
            painter.drawPixmap(spot, theme.pixmap("forward", "soft", 18))
            right -= theme.px(8)
        if row.chip:
            size = chip_size(theme, row.chip, row.chip_kind)
            size.setWidth(min(size.width(), box.width() // 2))
            right -= size.width()
            spot = QPoint(right, box.center().y() - size.height() // 2 + 1)
            paint_chip(painter, theme, QRect(spot, size), row.chip, row.chip_kind)
            right -= theme.px(10)
        if row.fact:
            figures = theme.letters("second", tabular=True)
            painter.setFont(figures.font)
            painter.setPen(theme.colour("soft"))
            width = figures.metrics.horizontalAdvance(row.fact)
            if right - width - left >= theme.px(_LEAST_TITLE):
                place = QRect(right - width, box.top(), width + 1, box.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.fact)
                right -= width + theme.px(10)
        return right

    def _paint_words(self, painter: QPainter, room: QRect, row: Row, box: QRect) -> None:
        theme, cut = self.theme, Qt.TextElideMode.ElideRight
        font, metrics, high, _ascent = theme.letters("strong", struck=row.struck)
        small = theme.letters("second")
        below = small.height
        whole = high + below * _lines_below(row)
        top = room.top() + (room.height() - whole) // 2
        badge = theme.px(20) if row.person else 0
        space = room.width() - (badge + theme.px(8) if badge else 0)
        title = metrics.elidedText(row.title, cut, space)
        painter.setFont(font)
        painter.setPen(theme.colour("soft" if row.struck else "ink"))
        line = QRect(room.left(), top, space, high)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        if badge:
            x = room.left() + metrics.horizontalAdvance(title) + theme.px(7)
            disc = QRect(x, top + (high - badge) // 2, badge, badge)
            paint_badge(painter, theme, disc, row.person, row.person_colour, row.person_letters)
        line = QRect(room.left(), top + high, room.width(), below)
        painter.setFont(small.font)
        if row.second:
            painter.setPen(theme.colour("soft"))
            second = small.metrics.elidedText(row.second, cut, room.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, second)
            line.translate(0, below)
        if row.warns:
            side = theme.icon_px(15)
            spot = QPoint(line.left(), line.center().y() - side // 2 + 1)
            painter.drawPixmap(spot, theme.pixmap("attention", "warn", 15))
            # It stands below the chip.
            line.setRight(box.right() - theme.px(self.margin))
            line.setLeft(line.left() + side + theme.px(5))
            painter.setPen(theme.colour("warn"))
            warns = small.metrics.elidedText(row.warns, cut, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, warns)


class RowList(QListView):
    """A list of rows with full keyboard; Enter, Space, a double click or the menu opens."""

    opened = Signal(str)
    """The key of the row that was opened."""
    selected = Signal(str)
    """The key of the row that was chosen, "" for none."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        delegate: RowDelegate | None = None,
        time_column: bool = False,
        click_opens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        own_viewport(self)
        self._theme = theme
        self.rows = RowModel(self)
        self._hovered = _NOWHERE
        self.delegate = delegate or RowDelegate(theme, self)
        self.delegate.time_column = time_column
        self.setModel(self.rows)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", "none")
        self.setMouseTracking(True)
        self.entered.connect(self._hover)
        self.viewportEntered.connect(self._hover)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        (self.clicked if click_opens else self.doubleClicked).connect(self._open)
        self.selectionModel().currentChanged.connect(self._current_changed)
        follow_marks(self)
        offer(self, tr("Open"), lambda: self._open(self.currentIndex()))
        theme.changed.connect(self.doItemsLayout)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; what was chosen stays chosen where it still is there."""
        key, offset = self.current_key(), self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        if key:
            self.choose(key, scroll=False)
        self.verticalScrollBar().setValue(offset)

    def append_rows(self, rows: Sequence[Row]) -> None:
        """Show more rows below; nothing that is seen moves."""
        self.rows.append(rows)

    def prepend_rows(self, rows: Sequence[Row]) -> None:
        """Show more rows above; what is seen stays where it is."""
        bar = self.verticalScrollBar()
        below = bar.maximum() - bar.value()
        self.rows.prepend(rows)
        self.doItemsLayout()
        self.updateGeometries()
        bar.setValue(bar.maximum() - below)

    def current_key(self) -> str:
        """Return the key of the chosen row, "" for none."""
        found = self.currentIndex().data(KEY_ROLE)
        return found if isinstance(found, str) else ""

    def choose(self, key: str, *, scroll: bool = True) -> bool:
        """Choose a row by its key; False when it is not there."""
        index = self.rows.index_of(key)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        if scroll:
            self.scrollTo(index)
        return True

    def state_of(self, index: _INDEX) -> tuple[bool, bool, bool]:
        """Tell whether a row is chosen, under the mouse, and where the keys act.

        The same stands in `QStyleOptionViewItem.state`, but whoever asks that first waits until
        all of QStyle is described to Python, and this list may be in the first window that is seen.
        """
        plain = self.rows.index(index.row(), 0)
        chosen = self.selectionModel().isSelected(plain)
        return (
            chosen,
            index.row() == self._hovered,
            self.hasFocus() and plain == self.currentIndex(),
        )

    def _hover(self, index: QModelIndex | None = None) -> None:
        self._hovered = _NOWHERE if index is None else index.row()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        self._hover()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the chosen row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = row_of(index)
        if row is not None and not row.heading:
            self.opened.emit(row.key)

    def _current_changed(self) -> None:
        self.selected.emit(self.current_key())


def _lines_below(row: Row) -> int:
    return bool(row.second) + bool(row.warns)


def row_of(index: _INDEX) -> Row | None:
    """Return the row behind an index."""
    model = index.model()
    return model.row_at(index) if isinstance(model, RowModel) else None
