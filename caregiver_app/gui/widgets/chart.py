"""`CycleChart`, the screen's chart, and `ChartTable`, the same as a table for every reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolTip, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import Rule, Text, plain_tooltip
from caregiver_app.gui.words import tr
from caregiver_app.pages.cycle_chart import Chart, Frame, Ink, paint

_LINES: Final = ("infusion", "follow-up", "lab", "other")
_NEAR: Final = 12.0


class CycleChart(QWidget):
    """Paints a chart; the mouse names what it points at, the table beside says all of it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chart: Chart | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    def show_chart(self, chart: Chart, name: str, description: str) -> None:
        """Show other values; `description` is what a screen reader says of them."""
        self._chart = chart
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the names and a month of days."""
        return QSize(self._theme.px(700), self._theme.px(480))

    def minimumSizeHint(self) -> QSize:
        """Still to be read."""
        return QSize(self._theme.px(320), self._theme.px(280))

    def ink(self) -> Ink:
        """Return the colours and fonts of the look."""
        theme = self._theme
        return Ink(
            theme.colour("ink"), theme.colour("soft"), theme.colour("line"), theme.colour("sunk"),
            theme.colour("card"), tuple(theme.colour(role) for role in _LINES),
            theme.font("body", tabular=True), theme.font("second"), theme.font("second_strong"),
        )  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        if self._chart is not None:
            paint(QPainter(self), QRectF(self.rect()), self._chart, self.ink())

    def event(self, event: QEvent) -> bool:
        """Say what the mouse points at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    def words_at(self, spot: QPointF) -> str:
        """Return "Infusion 8, day 3: Mild" for the entry at a place, "" where there is none."""
        if self._chart is None:
            return ""
        frame = Frame(QRectF(self.rect()), self._chart, self.ink())
        for number, line in enumerate(self._chart.lines):
            days = [day for day in sorted(line.levels) if day <= self._chart.days]
            for day, at in zip(days, frame.spots(self._chart, number), strict=True):
                if (at - spot).manhattanLength() <= _NEAR:
                    level = self._chart.levels[line.levels[day]]
                    return tr("{cycle}, day {day}: {level}", cycle=line.name, day=day, level=level)
        return ""


class TableRow(NamedTuple):
    """One stretch of days and what each cycle says of it."""

    name: str
    cells: tuple[str, ...]


class ChartTable(QWidget):
    """Rows of words with a head; the figures of a chart to read and to hear."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)

    def show_table(self, head: Sequence[str], rows: Sequence[TableRow]) -> None:
        """Show other values."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, words in enumerate(head, start=1):
            self._grid.addWidget(Text(words, "second_strong"), 0, place)
            self._grid.setColumnStretch(place, 1)
        line = 1
        for row in rows:
            self._grid.addWidget(Rule(), line, 0, 1, len(head) + 1)
            self._add(Text(row.name, "second_strong", wrap=False), line + 1, 0)
            for place, words in enumerate(row.cells, start=1):
                cell = Text(words, "second", wrap=False)
                # Heard alone, a cell still says what it belongs to.
                cell.setAccessibleName(f"{head[place - 1]}, {row.name}: {words}")
                self._add(cell, line + 1, place)
            line += 2

    def _add(self, text: Text, line: int, place: int) -> None:
        text.setMinimumHeight(self._theme.px(38))
        self._grid.addWidget(text, line, place, Qt.AlignmentFlag.AlignVCenter)
