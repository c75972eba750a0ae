"""`ChartTable`: the figures of a chart as rows of words, to read, to hear and to walk by key."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import breakable, own_viewport, plain_tooltip
from caregiver_app.gui.words import tr
from caregiver_app.pages.chart_values import Table, TableRow

_ROW: Final = 38
_AIR: Final = 9
_SIDE: Final = 5
_TALLEST: Final = 420
_NAME_PART: Final = 0.42
_LONGEST: Final = 4000
_BREAK: Final = "\u200b"
_WRAP: Final = int(Qt.TextFlag.TextWordWrap)
_INDEX = QModelIndex | QPersistentModelIndex


class TableModel(QAbstractTableModel):
    """The rows of a `Table`; a note is a row of its own, below its row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = Table((), ())
        self.lines: list[tuple[TableRow, bool]] = []
        """Each row with whether its note is meant."""

    def show_table(self, table: Table) -> None:
        """Show other values."""
        self.beginResetModel()
        self.table = table
        self.lines = [
            (row, note) for row in table.rows for note in ((False, True) if row.note else (False,))
        ]
        self.endResetModel()

    def rowCount(self, parent: _INDEX | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: _INDEX | None = None) -> int:
        """The names of the rows, and the columns."""
        return 0 if parent is not None and parent.isValid() else len(self.table.head) + 1

    def words(self, line: int, column: int) -> str:
        """Return what stands in a cell."""
        row, note = self.lines[line]
        if note:
            return row.note if column == 1 else ""
        if column == 0:
            return row.name
        return row.cells[column - 1] if column <= len(row.cells) else ""

    def data(self, index: _INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return words, and for the ear what they belong to."""
        if not index.isValid():
            return None
        words = self.words(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, note = self.lines[index.row()]
            if index.column() == 0:
                return row.name
            if note:
                return f"{row.name}: {words}"
            return f"{self.table.head[index.column() - 1]}, {row.name}: {words}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """Return the name of a column."""
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation != Qt.Orientation.Horizontal or role not in roles:
            return None
        return (tr("When"), *self.table.head)[section]


class _Head(QHeaderView):
    """The names of the columns over a line."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        own_viewport(self)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(10)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def sizeHint(self) -> QSize:
        """As many lines as the longest name needs."""
        metrics = QFontMetrics(self._theme.font("second_strong"))
        tallest = metrics.height()
        for section in range(1, self.count()):
            wide = self.sectionSize(section) - 2 * _SIDE
            tallest = max(tallest, _height(metrics, str(self._words(section)), wide))
        return QSize(10, tallest + _AIR)

    def _words(self, section: int) -> str:
        return str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Draw one name."""
        painter.save()
        painter.fillRect(rect, self._theme.colour("card"))
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if logical_index:
            painter.setFont(self._theme.font("second_strong"))
            painter.setPen(self._theme.colour("ink"))
            place = rect.adjusted(_SIDE, 0, -_SIDE, -_AIR // 2)
            side = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            words = self._words(logical_index)
            wrap = _wrap(painter.fontMetrics(), words, place.width())
            painter.drawText(place, side | wrap, breakable(words))
        painter.restore()


class _Cells(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        """Draw the words, a hairline below a row, and the ring of the keys."""
        view, model = option.widget, index.model()
        if not isinstance(model, TableModel):
            return
        theme, box = self._theme, option.rect
        row, note = model.lines[index.row()]
        column = index.column()
        painter.save()
        if note or not row.note:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        words = model.words(index.row(), column)
        role = "second_strong" if column == 0 else "second"
        quiet = note or words in (tr("no entry"), "–")
        painter.setFont(theme.font(role))
        painter.setPen(theme.colour("soft" if quiet else "ink"))
        place = box.adjusted(0 if column == 0 else _SIDE, _AIR // 2, -_SIDE, -_AIR // 2)
        side = Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignTop if note else Qt.AlignmentFlag.AlignVCenter
        wrap = _wrap(painter.fontMetrics(), words, place.width())
        painter.drawText(place, int(side) | wrap, breakable(words))
        if isinstance(view, QTableView) and view.hasFocus() and index == view.currentIndex():
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()


class ChartTable(QTableView):
    """Shows a `Table`; long ones scroll within."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        own_viewport(self)
        self.rows = TableModel(self)
        self.setHorizontalHeader(_Head(theme, self))
        self.setModel(self.rows)
        self.setItemDelegate(_Cells(theme, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(10)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setProperty("focusRing", "outside")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("The same, as a table"))
        self._advances: dict[tuple[bool, str], int] = {}
        self._words: dict[tuple[bool, str], int] = {}
        self._heights: dict[tuple[int, str], int] = {}
        """What was measured once, for the present letters."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        theme.changed.connect(self._measure_anew)

    def show_table(self, table: Table) -> None:
        """Show other values."""
        self.rows.show_table(table)
        self.clearSpans()
        if len(table.head) > 1:
            for line, (row, note) in enumerate(self.rows.lines):
                if note or row.gap:
                    self.setSpan(line, 1, 1, len(table.head))
        self._settle()
        self.scrollToTop()
        if self.rows.lines:
            self.setCurrentIndex(self.rows.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._settle()

    def viewportEvent(self, event: QEvent) -> bool:
        """Let the page scroll where this has nothing to scroll."""
        if event.type() == QEvent.Type.Wheel and self.verticalScrollBar().maximum() == 0:
            event.ignore()
            return False
        return super().viewportEvent(event)

    def sizeHint(self) -> QSize:
        """All rows, up to what still leaves the page in view."""
        tall = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2
        return QSize(self._theme.px(300), min(tall, self._theme.px(_TALLEST)))

    def minimumSizeHint(self) -> QSize:
        """A table may be as narrow as the page."""
        return QSize(120, self.sizeHint().height())

    # -- Widths and heights -----------------------------------------------------------------------

    def _measure_anew(self) -> None:
        self._advances.clear()
        self._words.clear()
        self._heights.clear()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(_ROW))
        self._settle()

    def _settle(self) -> None:
        """Share the width by what stands in the columns, and give each row its height."""
        rows, theme = self.rows, self._theme
        columns = rows.columnCount()
        if columns <= 1:
            return
        plain, strong = (QFontMetrics(theme.font(r)) for r in ("second", "second_strong"))
        widths = self._widths(plain, strong)
        for column, wide in enumerate(widths):
            self.setColumnWidth(column, wide)
        least = theme.px(_ROW)
        header = self.verticalHeader()
        for line, (row, note) in enumerate(rows.lines):
            if note:
                room = sum(widths[1:]) - 2 * _SIDE
                tall = self._tall(plain, row.note, room)
            else:
                tall = max(least, self._tall(strong, row.name, widths[0] - _SIDE))
                for wide, words in zip(widths[1:], () if row.gap else row.cells, strict=False):
                    tall = max(tall, self._tall(plain, words, wide - 2 * _SIDE))
            if header.sectionSize(line) != tall:
                header.resizeSection(line, tall)
        self.horizontalHeader().updateGeometry()
        self.updateGeometry()

    def _tall(self, metrics: QFontMetrics, words: str, width: int) -> int:
        key = (width, words)
        if key not in self._heights:
            self._heights[key] = _height(metrics, words, width) + _AIR
        return self._heights[key]

    def _widths(self, plain: QFontMetrics, strong: QFontMetrics) -> list[int]:
        """Return the width of each column: what it needs, the rest to those that need most."""
        table, room = self.rows.table, self.viewport().width()
        advances = self._advances

        def wide(metrics: QFontMetrics, words: str) -> int:
            key = (metrics is strong, words)
            if key not in advances:
                advances[key] = metrics.horizontalAdvance(words)
            return advances[key]

        def word(metrics: QFontMetrics, words: str) -> int:
            key = (metrics is strong, words)
            if key not in self._words:
                self._words[key] = _longest_word(metrics, words)
            return self._words[key]

        # The name of a gap is longer, and may take two lines.
        kept = [row for row in table.rows if not row.gap]
        name = max((wide(strong, row.name) for row in kept), default=0) + 2 * _SIDE
        name = min(name, round(room * _NAME_PART))
        around = 2 * _SIDE + 2
        wanted = [
            max([wide(strong, head), *(wide(plain, row.cells[place]) for row in kept)]) + around
            for place, head in enumerate(table.head)
        ]  # fmt: skip
        least = [
            max([word(strong, head), *(word(plain, row.cells[place]) for row in kept)]) + around
            for place, head in enumerate(table.head)
        ]  # fmt: skip
        day = max((word(strong, row.name) for row in kept), default=0) + 2 * _SIDE
        # Rather the day takes two lines than a word has no room.
        name = max(min(name, room - sum(least)), min(day, name))
        rest = room - name
        if sum(least) > rest:
            return [name, *_shared(wanted, rest)]
        more = _shared(
            [max(0, a - b) for a, b in zip(wanted, least, strict=True)], rest - sum(least)
        )
        return [name, *(a + b for a, b in zip(least, more, strict=True))]


def _shared(wanted: list[int], room: int) -> list[int]:
    """Return widths that sum up to `room`: who wants less than its share gets what it wants."""
    share = [0] * len(wanted)
    left, open_ = room, sorted(range(len(wanted)), key=lambda place: wanted[place])
    for number, place in enumerate(open_):
        share[place] = min(wanted[place], max(0, left // (len(open_) - number)))
        left -= share[place]
    for place in open_:
        share[place] += max(0, left) // len(open_)
    # What whole numbers leave over would stand empty beside the last one.
    share[-1] += max(0, room - sum(share))
    return share


def _height(metrics: QFontMetrics, words: str, width: int) -> int:
    """Return how high words stand in a width."""
    if metrics.horizontalAdvance(words) <= width:
        return metrics.height()
    box = QRect(0, 0, max(1, width), _LONGEST)
    return metrics.boundingRect(box, _wrap(metrics, words, width), breakable(words)).height()


def _wrap(metrics: QFontMetrics, words: str, width: int) -> int:
    """Return how to break lines: between words, within one only where it has no room at all."""
    return _WRAP if _longest_word(metrics, words) <= width else int(Qt.TextFlag.TextWrapAnywhere)


def _longest_word(metrics: QFontMetrics, words: str) -> int:
    parts = breakable(words).replace(_BREAK, " ").split()
    return max((metrics.horizontalAdvance(part) for part in parts), default=0)
