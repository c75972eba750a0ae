"""`ChartView`, the screen's chart: the mouse and the arrow keys name what they point at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.pages.chart_parts import Ink, Picture, Stop, hover

_LINES: Final = ("infusion", "follow-up", "lab", "other")
_LEVELS: Final = ("soft", "follow-up", "lab", "warn", "alarm")
_RING: Final = 3.0
_KEPT: Final = 20
"""So many painted charts are kept, a megabyte or two each."""
_AHEAD: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class ChartView(QWidget):
    """Paints a chart. Left and right go from entry to entry; the table beside says all of it."""

    pointed = Signal(str)
    """What the key pointed at, "" for nothing."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._at: int | None = None
        self._stops: list[Stop] | None = None
        self._kept: dict[tuple[int, int, int, float], tuple[Picture, QPixmap]] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._look_changed)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: Picture, name: str, description: str) -> None:
        """Show another chart; `description` is what a screen reader says of it."""
        self._picture = picture
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self._leave()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a month of days, and as much height as the chart wants."""
        return QSize(self._theme.px(700), self._tall())

    def minimumSizeHint(self) -> QSize:
        """Still to be read."""
        return QSize(320, self._tall())

    def _tall(self) -> int:
        return 200 if self._picture is None else round(self._picture.height(self.ink()))

    def ink(self) -> Ink:
        """Return the colours and fonts of the look."""
        theme = self._theme
        return Ink(
            theme.colour("ink"), theme.colour("soft"), theme.colour("line"), theme.colour("sunk"),
            theme.colour("card"), tuple(theme.colour(role) for role in _LINES),
            theme.font("body", tabular=True), theme.font("second"), theme.font("second_strong"),
            tuple(theme.colour(role) for role in _LEVELS), theme.scale**0.5,
        )  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it, and a ring around what the keys point at."""
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted(self._picture))
        if self._at is not None and self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("focus"), _RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._found()[self._at].box.adjusted(-2, -2, 2, 2), 5, 5)

    def _painted(self, picture: Picture) -> QPixmap:
        """Return a chart as it was painted before, or paint it: keys and scrolling ask often."""
        ratio = self.devicePixelRatioF()
        key = (id(picture), self.width(), self.height(), ratio)
        kept = self._kept.pop(key, None)
        if kept is None:
            shown = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            shown.setDevicePixelRatio(ratio)
            shown.fill(Qt.GlobalColor.transparent)
            painter = QPainter(shown)
            picture.paint(painter, QRectF(self.rect()), self.ink())
            painter.end()
            kept = (picture, shown)
        self._kept[key] = kept
        while len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return kept[1]

    # -- Pointing ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Say what the mouse points at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.words_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        if event.type() == QEvent.Type.Resize:
            self._stops = None
        return super().event(event)

    def words_at(self, spot: QPointF) -> str:
        """Return "Infusion 8, day 3: Mild" for the entry at a place, "" where there is none."""
        if self._picture is None:
            return ""
        return hover(self._picture, QRectF(self.rect()), self.ink(), spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from entry to entry; Home and End go to the first and the last."""
        stops = self._found()
        key = Qt.Key(event.key())
        if not stops or key not in (*_AHEAD, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        last = len(stops) - 1
        if key in _AHEAD:
            # The newest is what one wants to hear first.
            at = last if self._at is None else self._at + _AHEAD[key]
        else:
            at = 0 if key == Qt.Key.Key_Home else last
        self._at = min(last, max(0, at))
        words = stops[self._at].words
        self.pointed.emit(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.update()

    def _found(self) -> list[Stop]:
        if self._stops is None:
            box = QRectF(self.rect())
            picture = self._picture
            self._stops = [] if picture is None else picture.stops(box, self.ink())
        return self._stops

    def _leave(self) -> None:
        self._stops = None
        if self._at is not None:
            self._at = None
            self.pointed.emit("")

    def _look_changed(self) -> None:
        self._kept.clear()
        self._leave()
        self.updateGeometry()
        self.update()
