"""The frame of both pages of help: the alarm band, two columns that scroll, the ways out below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.columns import one_column
from caregiver_app.gui.emergency.band import AlarmBand
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.text import Rule, ScrollArea

_LARGEST_HEAD: Final = 0.5
"""A head that takes more of the page than this scrolls along with the rest."""


class BandPage(QWidget):
    """Lays the parts out once with `lay_out`, and anew with `settle` whenever the room changes."""

    def lay_out(
        self, theme: Theme, band: AlarmBand, left: QWidget, right: QWidget, *, gap: int
    ) -> None:
        """Put the band above two columns; the ways out come below with `add_foot`."""
        self._theme, self.band = theme, band
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(gap)
        self._columns.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(right, 1, Qt.AlignmentFlag.AlignTop)
        self._body.addLayout(self._columns)
        self._body.addStretch(1)
        self.area = ScrollArea(body)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(band)
        self._column.addWidget(self.area, 1)

    def add_foot(self, foot: QWidget) -> None:
        """Put the ways out below, always in sight: the page above them may scroll."""
        self._column.addWidget(Rule())
        self._column.addWidget(foot)

    def sizeHint(self) -> QSize:
        """Return what most windows have room for."""
        return QSize(1280, 860)

    def settle(self, shares: tuple[int, int], foot: QBoxLayout) -> tuple[bool, int]:
        """Put columns, band and foot as the width asks.

        Returns:
            Whether the columns stand below each other, and the margin at the sides in pixels.
        """
        way = QBoxLayout.Direction
        down = one_column(self._theme, self.width())
        side = 24 if down else PAGE_MARGIN
        self._columns.setDirection(way.TopToBottom if down else way.LeftToRight)
        for place, share in enumerate(shares):
            self._columns.setStretch(place, 0 if down else share)
        self._columns.setContentsMargins(side, 20, side, 20)
        tall = self.band.heightForWidth(self.width()) > self.height() * _LARGEST_HEAD
        home = self._body if tall else self._column
        if home.indexOf(self.band) < 0:
            (self._column if tall else self._body).removeWidget(self.band)
            home.insertWidget(0, self.band)
        foot.setContentsMargins(side, 8, side, 10)
        return down, side
