"""`DayPicker`: a month to choose a day from; every day and both arrows have a name."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import long_date, month_text, short_weekday, tr

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class DayButton(QPushButton):
    """One day of the grid."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.day = date.min
        self.is_today = False
        self.is_chosen = False
        self.is_outside = False
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """A full target."""
        return QSize(self._theme.px(44), self._theme.px(44))

    def minimumSizeHint(self) -> QSize:
        """A full target."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the moving keys to the picker; a button would go to its neighbour."""
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the numeral; the chosen day filled, today outlined."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        box = self.rect().adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.is_chosen:
            painter.setBrush(theme.colour("primary"))
        elif self.underMouse():
            painter.setBrush(theme.colour("sunk"))
        if self.is_today and not self.is_chosen:
            painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawRoundedRect(box, 8, 8)
        ink = "on_primary" if self.is_chosen else "soft" if self.is_outside else "ink"
        painter.setPen(theme.colour(ink))
        strong = self.is_chosen or self.is_today
        painter.setFont(theme.font("strong" if strong else "body", tabular=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.day.day))


class DayPicker(QFrame):
    """A popup with one month. Arrow keys move by day and week, Page Up and Down by month."""

    chosen = Signal(object)
    """The `date` that was chosen; the popup has closed by then."""

    def __init__(
        self, theme: Theme, value: date | None, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("card", True)
        self.setProperty("tone", "edge")
        self.setAccessibleName(tr("Calendar to choose a day"))
        self._today = today
        self._value = value
        self._month = (value or today).replace(day=1)
        self._title = Text("", "strong", wrap=False)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.back = IconButton(theme, "back", tr("Month before"), quiet=True)
        self.ahead = IconButton(theme, "forward", tr("Next month"), quiet=True)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.ahead.clicked.connect(lambda: self._turn(1))
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addWidget(self._title, 1)
        head.addWidget(self.ahead)
        grid = QGridLayout()
        grid.setSpacing(0)
        for column in range(7):
            name = Text(short_weekday(column), "hint", "soft", wrap=False)
            grid.addWidget(name, 0, column, Qt.AlignmentFlag.AlignCenter)
        self.days: list[DayButton] = []
        for number in range(42):
            button = DayButton(theme, self)
            button.clicked.connect(self._clicked)
            grid.addWidget(button, 1 + number // 7, number % 7)
            self.days.append(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addLayout(head)
        column.addLayout(grid)
        self._fill()

    def open_at(self, corner: QPoint) -> None:
        """Show the popup below `corner`, or where it fits on that screen."""
        size = self.sizeHint()
        screen = QGuiApplication.screenAt(corner) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        left = max(room.left(), min(corner.x(), room.right() - size.width()))
        top = max(room.top(), min(corner.y(), room.bottom() - size.height()))
        self.move(left, top)
        self.show()
        self._focus(self._value or self._today)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the keys; Enter chooses, Escape leaves everything as it was."""
        here = self.focusWidget()
        key = Qt.Key(event.key())
        if isinstance(here, DayButton):
            if key in _STEPS:
                self._go(here.day, _STEPS[key])
                return
            if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self._turn(-1 if key == Qt.Key.Key_PageUp else 1)
                self._focus(self._month)
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                here.click()
                return
        super().keyPressEvent(event)

    def _go(self, day: date, step: int) -> None:
        try:
            self._focus(day + timedelta(days=step))
        except OverflowError:
            return

    def _focus(self, day: date) -> None:
        if (day.year, day.month) != (self._month.year, self._month.month):
            self._month = day.replace(day=1)
            self._fill()
        for button in self.days:
            if button.day == day:
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _turn(self, step: int) -> None:
        months = self._month.year * 12 + self._month.month - 1 + step
        if 12 <= months < 9999 * 12 + 11:
            self._month = date(months // 12, months % 12 + 1, 1)
            self._fill()

    def _fill(self) -> None:
        self._title.setText(month_text(self._month))
        first = self._month - timedelta(days=self._month.weekday())
        last = calendar.monthrange(self._month.year, self._month.month)[1]
        rows = (self._month.weekday() + last + 6) // 7
        for number, button in enumerate(self.days):
            button.day = first + timedelta(days=number)
            button.is_today = button.day == self._today
            button.is_chosen = button.day == self._value
            button.is_outside = button.day.month != self._month.month
            note = tr(", today") if button.is_today else ""
            button.setAccessibleName(long_date(button.day, year=True) + note)
            button.setVisible(number < rows * 7)
            button.update()

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, DayButton):
            day = button.day
            self.close()
            self.chosen.emit(day)
