"""The month as a grid: arrows move by day and week, PageUp and PageDown by month, Home to today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.gui.calendar.agenda_model import key_of, split_key
from caregiver_app.gui.calendar.month_delegate import MonthDelegate
from caregiver_app.gui.calendar.month_drag import ACTS, STEPS, MonthHand
from caregiver_app.gui.calendar.month_model import Day, MonthModel, day_of_index
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.by_ear import follow_marks, offer
from caregiver_app.gui.widgets.text import own_viewport
from caregiver_app.gui.words import tr

_BY_KEYS: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class WeekdayHeader(QHeaderView):
    """The names of the weekdays, on the sunk ground."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(10)
        self.setAccessibleName(tr("Weekdays"))

    def sizeHint(self) -> QSize:
        """One line."""
        height = QFontMetrics(self._theme.font("hint")).height() + self._theme.px(11)
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Draw one weekday."""
        theme = self._theme
        painter.save()
        theme.fill(painter, rect, "sunk")
        painter.setFont(theme.font("hint"))
        painter.setPen(theme.colour("soft"))
        words = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        room = rect.adjusted(theme.px(9), 0, -2, 0)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideNone, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class MonthView(QTableView):
    """Cells of days; the whole cell is the target."""

    day_chosen = Signal(object)
    """A day was chosen, a `date`."""
    day_opened = Signal(object)
    """Enter or a double click on a day."""
    item_chosen = Signal(str)
    """An item was clicked; its key."""
    opened = Signal(str)
    """An item was clicked twice; its key."""
    moved = Signal(str, object)
    """An item was brought to another day: its key, the `date` on which it would begin."""
    menu_asked = Signal(str, QPoint)
    """The menu of an item is wanted: its key, a place on the screen."""
    act_asked = Signal(object, str)
    """M, D or C was pressed (a `Qt.Key`) for the item with that key."""
    month_wanted = Signal(object)
    """A day outside the shown weeks was asked for by a key."""
    add_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        own_viewport(self)
        self._theme = theme
        self.days = MonthModel(self)
        self.delegate = MonthDelegate(theme, self)
        self.today = date.min
        self.setModel(self.days)
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(WeekdayHeader(theme, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setProperty("focusRing", "none")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Month"))
        self.setAccessibleDescription(
            tr(
                "Arrow keys move by day, Page Up and Page Down by month, Home goes to today."
                " Alt and an arrow key move the item of a day; M moves, D copies and C cancels it."
            )
        )
        self.hand = MonthHand(self)
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(self._opened)
        follow_marks(self)
        offer(self, tr("Open the day"), lambda: self._opened(self.currentIndex()))
        offer(self, tr("Add an appointment"), lambda: self._add_on(self.currentIndex()))
        offer(self, tr("Move, copy or cancel its item…"), self._ask_menu)
        theme.changed.connect(self._dress)

    def show_weeks(self, weeks: list[list[Day]], chosen: date, today: date) -> None:
        """Show a month with `chosen` as its current day."""
        self.today = today
        blocked = self.selectionModel().blockSignals(True)
        self.days.set_weeks(weeks)
        self.setCurrentIndex(self.days.index_of(chosen))
        self.selectionModel().blockSignals(blocked)

    def chosen(self) -> Day | None:
        """Return the current day."""
        return day_of_index(self.currentIndex())

    def minimumSizeHint(self) -> QSize:
        """Small enough for the narrowest window."""
        return QSize(self._theme.px(44) * 7, self._theme.px(44) * 5)

    def least_height(self) -> int:
        """Return the height at which no day is cut."""
        rows = max(1, self.days.rowCount())
        return self.horizontalHeader().sizeHint().height() + rows * self.delegate.least_height() + 4

    def px(self, length: int) -> int:
        """Return a length that grows with the text."""
        return self._theme.px(length)

    def colour(self, role: str) -> QColor:
        """Return the colour of a role."""
        return self._theme.colour(role)

    def choose_item(self, key: str) -> None:
        """Mark an item as the chosen one; "" for none."""
        self.delegate.item = split_key(key) if key else None
        self.viewport().update()

    def item_key(self) -> str:
        """Return the item on which keys act: the chosen one, or the only one of the day."""
        day = self.chosen()
        keys = [] if day is None else [key_of(m.appointment, m.occurrence) for m in day.marks]
        chosen = "" if self.delegate.item is None else key_of(*self.delegate.item)
        return chosen if chosen in keys else keys[0] if len(keys) == 1 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by day, week and month; Enter opens, N adds, Delete deletes; Escape lets go."""
        self.delegate.by_keys = True
        day = self.chosen()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if self.hand.is_dragging:
            if key == Qt.Key.Key_Escape:
                self.hand.let_go()
            return
        if day is not None and held == Qt.KeyboardModifier.AltModifier and key in STEPS:
            self._move_by_key(day, key)
            return
        if day is None or held != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        wanted = self._target(day.day, key)
        if wanted is not None:
            self._go(wanted)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_opened.emit(day.day)
        elif key == Qt.Key.Key_N:
            self.add_asked.emit(day.day)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_asked.emit(day.day)
        elif key in ACTS and day.entries:
            self._on_item(day, lambda item: self.act_asked.emit(key, item))
        else:
            event.ignore()

    def _on_item(self, day: Day, act: Callable[[str], object]) -> None:
        """Act on the item of a day; of several, one is chosen in the list first."""
        item = self.item_key()
        if item:
            act(item)
        elif day.entries:
            self.day_opened.emit(day.day)

    def _move_by_key(self, day: Day, key: Qt.Key) -> None:
        target = day.day + STEPS[key]

        def move(item: str) -> None:
            appointment = split_key(item)[0]
            # On a later day of what lasts, the whole goes along.
            self.moved.emit(item, day.span(split_key(item))[0] + STEPS[key])
            # Where nothing had to be asked, the next key goes on from there.
            index = self.days.index_of(target)
            there = day_of_index(index)
            here = self.chosen()
            stays = here is not None and _same(here, day, appointment)
            if there is not None and _has(there, appointment) and not stays:
                self._go(target)

        self._on_item(day, move)

    def _ask_menu(self) -> None:
        day = self.chosen()
        if day is None:
            return
        corner = self.visualRect(self.currentIndex()).bottomLeft()
        spot = self.viewport().mapToGlobal(corner)
        self._on_item(day, lambda item: self.menu_asked.emit(item, spot))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """With the mouse no ring is wanted; what is under it may be dragged."""
        self.delegate.by_keys = False
        if self.hand.is_dragging:
            # Another button while something is held: it stays where it was.
            self.hand.let_go()
            return
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.hand.press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let what is held follow the mouse."""
        if self.hand.holds and event.buttons() & Qt.MouseButton.LeftButton:
            self.hand.move(event.position().toPoint())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what is held, or say what was clicked."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.hand.release(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the item under the mouse, else the day."""
        under = self.hand.under(event.position().toPoint())
        if under is not None and event.button() == Qt.MouseButton.LeftButton:
            self.hand.let_go()
            self.opened.emit(under.key)
        else:
            super().mouseDoubleClickEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Ask for the menu of the item that was pointed at."""
        if isinstance(event, QContextMenuEvent) and not self.hand.is_dragging:
            under = self.hand.under(event.pos())
            if event.reason() == QContextMenuEvent.Reason.Mouse and under is not None:
                self.item_chosen.emit(under.key)
                self.menu_asked.emit(under.key, event.globalPos())
                return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the days, and over them what is dragged."""
        super().paintEvent(event)
        if self.hand.is_dragging:
            self.hand.paint(QPainter(self.viewport()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is held stays where it was when another window takes the keyboard."""
        if self.hand.is_dragging:
            self.hand.let_go()
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys act, when they brought us here."""
        if event.reason() in _BY_KEYS:
            self.delegate.by_keys = True
        super().focusInEvent(event)
        self.viewport().update()

    def _target(self, day: date, key: Qt.Key) -> date | None:
        if key in _STEPS:
            return day + timedelta(days=_STEPS[key])
        if key == Qt.Key.Key_PageUp:
            return day - relativedelta(months=1)
        if key == Qt.Key.Key_PageDown:
            return day + relativedelta(months=1)
        return self.today if key in (Qt.Key.Key_Home, Qt.Key.Key_T) else None

    def _go(self, day: date) -> None:
        index = self.days.index_of(day)
        found = day_of_index(index)
        if found is not None and found.of_month:
            self.setCurrentIndex(index)
        else:
            self.month_wanted.emit(day)

    def _moved(self, index: QModelIndex) -> None:
        day = day_of_index(index)
        if day is not None:
            self.day_chosen.emit(day.day)

    def _opened(self, index: QModelIndex) -> None:
        day = day_of_index(index)
        if day is not None:
            self.day_opened.emit(day.day)

    def _add_on(self, index: QModelIndex) -> None:
        day = day_of_index(index)
        if day is not None:
            self.add_asked.emit(day.day)

    def _dress(self) -> None:
        self.horizontalHeader().updateGeometry()
        self.viewport().update()


def _same(day: Day, before: Day, appointment: str) -> bool:
    """Tell whether an appointment is on a day just as it was before."""
    return _keys(day, appointment) & _keys(before, appointment) != set()


def _keys(day: Day, appointment: str) -> set[str]:
    return {mark.occurrence for mark in day.marks if mark.appointment == appointment}


def _has(day: Day, appointment: str) -> bool:
    return any(mark.appointment == appointment for mark in day.marks)


class MonthFrame(QWidget):
    """The month on its card: a rounded outline that cuts the grid's corners."""

    def __init__(self, theme: Theme, view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(view)
        self._edge = _Edge(theme, self)
        theme.changed.connect(self.update)

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002 - Qt's signature
        """Keep the outline around the whole."""
        self._edge.setGeometry(self.rect())
        self._edge.raise_()


class _Edge(QWidget):
    """Outline and corners, drawn over the grid; the mouse goes through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Paint the page over the corners, then the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole, inner = QPainterPath(), QPainterPath()
        whole.addRect(QRectF(self.rect()))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        inner.addRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        painter.fillPath(whole.subtracted(inner), self._theme.colour("page"))
        painter.setPen(self._theme.colour("line"))
        painter.drawPath(inner)
