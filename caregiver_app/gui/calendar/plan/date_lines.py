"""A list of numbered dates: a plan's preview, and before and after when a visit moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON
from caregiver_app.gui.words import tr
from caregiver_app.values import value

_LINE: Final = int(Qt.ItemDataRole.UserRole) + 1
_INDEX = QModelIndex | QPersistentModelIndex
_FEW: Final = 8


@value
class DateLine:
    """One numbered date. `before` is the struck-through date that it takes the place of.

    `heading` stands above the line, as the first one of a part; `flag` is a warning below the
    note, such as why the clinic is closed on that day.
    """

    number: int
    date: str
    note: str = ""
    before: str = ""
    starting: bool = False
    warn: bool = False
    heading: str = ""
    flag: str = ""

    def sentence(self) -> str:
        """Return the line as a screen reader says it."""
        number = tr("Visit {number}", number=self.number)
        said = f"{number}: {self.date}"
        if self.before:
            moved = tr("from {before} to {after}", before=self.before, after=self.date)
            said = f"{number}: {moved}"
        said = ", ".join(part for part in (said, self.note, self.flag) if part)
        return f"{self.heading}. {said}" if self.heading else said


class DateLineModel(QAbstractListModel):
    """The lines, as many as are to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[DateLine] = []

    def set_lines(self, lines: Sequence[DateLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def rowCount(self, parent: _INDEX | None = None) -> int:  # type: ignore[override]
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _INDEX, role: int = 0) -> Any:  # noqa: ANN401 - Qt's signature
        """Answer the line and its words."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.date
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.sentence()
        return line if role == _LINE else None


class DateLineDelegate(QStyledItemDelegate):
    """Paints disc, date before, date, note, and the hairline below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _INDEX) -> QSize:  # noqa: ARG002
        """A target's height; two lines where a date goes before or something is flagged."""
        height = line_height(self._theme, two_lines=self._two_lines(index))
        line = index.data(_LINE)
        if isinstance(line, DateLine) and line.heading:
            height += _heading_height(self._theme)
        return QSize(100, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        """Draw the line."""
        theme, line = self._theme, index.data(_LINE)
        if not isinstance(line, DateLine):
            return
        box = QRect(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        if line.heading:
            box = self._paint_heading(painter, box, line.heading)
        left = self._paint_disc(painter, box, line) + theme.px(14)
        room = QRect(left, box.top(), box.right() - left, box.height())
        if line.before:
            self._paint_change(painter, room, line)
        else:
            self._paint_date(painter, room, line)
        if bool(state & QStyle.StateFlag.State_HasFocus):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -3), RADIUS_BUTTON, RADIUS_BUTTON)
        painter.restore()

    def _paint_heading(self, painter: QPainter, box: QRect, heading: str) -> QRect:
        """Draw the heading and return what is left below it."""
        tall = _heading_height(self._theme)
        painter.setFont(self._theme.font("second_strong"))
        painter.setPen(self._theme.colour("ink"))
        place = QRect(box.left(), box.top(), box.width(), tall)
        words = painter.fontMetrics().elidedText(
            heading, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom, words)
        return box.adjusted(0, tall, 0, 0)

    def _paint_disc(self, painter: QPainter, box: QRect, line: DateLine) -> int:
        theme = self._theme
        side = max(theme.px(26), QFontMetrics(theme.font("hint")).height() + 8)
        disc = QRectF(box.left() + 1, box.center().y() - side / 2, side, side)
        painter.setPen(QPen(theme.colour("primary"), 1))
        painter.setBrush(theme.colour("primary" if line.starting else "tint"))
        painter.drawEllipse(disc)
        font = theme.font("hint")
        font.setWeight(theme.font("strong").weight())
        painter.setFont(font)
        painter.setPen(theme.colour("on_primary" if line.starting else "primary"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(line.number))
        return int(disc.right())

    def _paint_date(self, painter: QPainter, room: QRect, line: DateLine) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("strong", tabular=True))
        painter.setPen(theme.colour("ink"))
        if line.flag:
            upper = QRect(room.left(), room.top() + theme.px(5), room.width(), room.height() // 2)
            self._paint_flag(painter, room, line.flag)
            room = upper.adjusted(0, 0, 0, -theme.px(5))
            painter.setFont(theme.font("strong", tabular=True))
            painter.setPen(theme.colour("ink"))
        painter.drawText(room, middle, line.date)
        widest = painter.fontMetrics().horizontalAdvance("Wed 30 Sep 2026")
        used = max(widest, painter.fontMetrics().horizontalAdvance(line.date))
        place = room.adjusted(used + theme.px(14), 0, 0, 0)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("warn" if line.warn else "soft"))
        words = painter.fontMetrics().elidedText(
            line.note, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, middle, words)

    def _paint_flag(self, painter: QPainter, room: QRect, flag: str) -> None:
        """Draw a warning in the lower half of a line."""
        theme = self._theme
        half = room.height() // 2
        below = QRect(room.left(), room.top() + half, room.width(), half - theme.px(5))
        side = theme.icon_px(15)
        spot = QPoint(below.left(), below.center().y() - side // 2 + 1)
        painter.drawPixmap(spot, theme.pixmap("attention", "warn", 15))
        below.setLeft(below.left() + side + theme.px(6))
        painter.setFont(theme.font("second_strong"))
        painter.setPen(theme.colour("warn"))
        words = painter.fontMetrics().elidedText(flag, Qt.TextElideMode.ElideRight, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_change(self, painter: QPainter, room: QRect, line: DateLine) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        font = theme.font("body", tabular=True)
        font.setStrikeOut(True)
        width = QFontMetrics(font).horizontalAdvance("Wed 30 Sep 2026") + theme.px(10)
        stacked = self._is_tight(room.width())
        first = QRect(room)
        if stacked:
            first.setHeight(room.height() // 2)
        painter.setFont(font)
        painter.setPen(theme.colour("soft"))
        painter.drawText(first, middle, line.before)
        second = QRect(room)
        if stacked:
            second.setTop(room.top() + room.height() // 2)
        else:
            second.setLeft(room.left() + width)
        side = theme.icon_px(18)
        spot = QPoint(second.left(), second.center().y() - side // 2 + 1)
        painter.drawPixmap(spot, theme.pixmap("forward", "soft", 18))
        second.setLeft(second.left() + side + theme.px(8))
        painter.setFont(theme.font("strong", tabular=True))
        painter.setPen(theme.colour("warn" if line.warn else "ink"))
        painter.drawText(second, middle, line.date)

    def _two_lines(self, index: _INDEX) -> bool:
        line, view = index.data(_LINE), self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 400
        if not isinstance(line, DateLine):
            return False
        return bool(line.flag) or (bool(line.before) and self._is_tight(width - 60))

    def _is_tight(self, room: int) -> bool:
        metrics = QFontMetrics(self._theme.font("strong", tabular=True))
        return room < metrics.horizontalAdvance("Wed 30 Sep 2026") * 2 + self._theme.px(70)


class DateList(QListView):
    """Numbered dates, the first eight until `show_all`; as tall as what it shows."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[DateLine] = []
        self._all = False
        self._model = DateLineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(DateLineDelegate(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusRing", "none")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self._resettle)

    @property
    def lines(self) -> Sequence[DateLine]:
        """Every line, shown or not."""
        return self._lines

    @property
    def shown(self) -> Sequence[DateLine]:
        """The lines that are to be seen."""
        return self._model.lines

    def set_lines(self, lines: Sequence[DateLine]) -> None:
        """Show other dates."""
        self._lines = list(lines)
        self._model.set_lines(self._lines if self._all else self._lines[:_FEW])
        self._resettle()

    def has_more(self) -> bool:
        """Return whether some lines are folded away."""
        return len(self._model.lines) < len(self._lines)

    def show_all(self) -> None:
        """Unfold the rest."""
        self._all = True
        self.set_lines(self._lines)

    def sizeHint(self) -> QSize:
        """As tall as the lines, up to a screenful; then it scrolls."""
        rows = [self.sizeHintForRow(n) for n in range(min(_FEW, self._model.rowCount()))]
        return QSize(self._theme.px(280), sum(rows) + 2)

    def minimumSizeHint(self) -> QSize:
        """Every line of the first eight stays to be seen."""
        return QSize(self._theme.px(180), self.sizeHint().height())

    def _resettle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()


def _heading_height(theme: Theme) -> int:
    return QFontMetrics(theme.font("second_strong")).height() + theme.px(16)


def line_height(theme: Theme, *, two_lines: bool = False) -> int:
    """Return the height of one line."""
    text = QFontMetrics(theme.font("strong")).height()
    return max(theme.px(44), text * (2 if two_lines else 1) + theme.px(14))
