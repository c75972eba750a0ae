"""Rows of fields that become columns where the text is large."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from caregiver_app.gui.theme import LARGE_TEXT, Theme


class TurningRows(QObject):
    """Makes rows and turns them with the size of the text."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[QBoxLayout] = []
        theme.changed.connect(self._turn)

    def row(self, *parts: tuple[QWidget, int]) -> QBoxLayout:
        """Return widgets with their stretches side by side, aligned at their labels."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(12)
        for widget, stretch in parts:
            row.addWidget(widget, stretch, Qt.AlignmentFlag.AlignTop)
        self._rows.append(row)
        self._turn()
        return row

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(way)
