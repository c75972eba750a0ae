"""The left side of the first steps: the program's name, a drawing, and the list of the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.first_run.drawings import StepDrawing
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON
from caregiver_app.gui.widgets.buttons import enter_presses
from caregiver_app.gui.widgets.chips import IconDisc
from caregiver_app.gui.widgets.text import ElidedText, set_tip
from caregiver_app.gui.words import tr

StepState = Literal["done", "here", "open", "ahead"]
_MARGIN: Final = 44
_DISC: Final = 26
_INSET: Final = 6
"""The ground of a step under the mouse reaches so far beyond its disc."""
_DRAWN_FROM: Final = 620
"""Lower than this there is room for the list only."""


class NameLine(QWidget):
    """The program's name beside its sign."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconDisc(theme, "support", role="on_primary", ground="primary", size=36))
        row.addWidget(ElidedText(tr("Caregiver Companion"), "strong"), 1)


class StepMark(QAbstractButton):
    """One step of the list: a tick when its facts are there, else its number; leads back to it."""

    def __init__(
        self, theme: Theme, number: int, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._number = theme, number
        self._state: StepState = "ahead"
        self.setText(words)
        set_tip(self, words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)
        self.set_state("ahead", reached=False)

    @property
    def state(self) -> StepState:
        """How far it is."""
        return self._state

    def set_state(self, state: StepState, *, reached: bool) -> None:
        """Show how far it is; only a step that was reached can be gone back to."""
        self._state = state
        said = {
            "done": tr("done"), "here": tr("here now"), "open": tr("still open"),
            "ahead": tr("comes later"),
        }[state]  # fmt: skip
        name = tr(
            "Step {number}: {words}, {said}", number=self._number, words=self.text(), said=said
        )
        self.setAccessibleName(name)
        self.setEnabled(reached and state != "here")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses like Space."""
        if not enter_presses(self, event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """A target's height."""
        metrics = QFontMetrics(self._theme.font("strong"))
        words = metrics.horizontalAdvance(self.text())
        tall = max(self._theme.px(44), metrics.height() + 10)
        return QSize(words + self._theme.px(_DISC + 30), tall)

    def minimumSizeHint(self) -> QSize:
        """The words give way."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw disc and words."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("desk"))
            painter.drawRoundedRect(self.rect(), RADIUS_BUTTON, RADIUS_BUTTON)
        side = theme.px(_DISC)
        left = _INSET
        disc = QRect(left, (self.height() - side) // 2, side, side)
        self._paint_disc(painter, disc)
        here = self._state == "here"
        painter.setFont(theme.font("strong" if here else "body"))
        painter.setPen(theme.colour("soft" if self._state == "ahead" else "ink"))
        room = self.rect().adjusted(disc.right() + theme.px(14), 0, -4, 0)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _paint_disc(self, painter: QPainter, disc: QRect) -> None:
        theme, done = self._theme, self._state == "done"
        outline = {"done": "primary", "here": "primary"}.get(self._state, "edge")
        painter.setPen(QPen(theme.colour(outline), 2 if self._state == "here" else 1))
        painter.setBrush(theme.colour("primary" if done else "card"))
        painter.drawEllipse(QRectF(disc).adjusted(1, 1, -1, -1))
        if done:
            side = theme.icon_px(16)
            spot = QPoint(disc.center().x() - side // 2 + 1, disc.center().y() - side // 2 + 1)
            painter.drawPixmap(spot, theme.pixmap("done", "on_primary", 16))
            return
        font = theme.font("second_strong")
        font.setPixelSize(theme.px(13))
        painter.setFont(font)
        painter.setPen(theme.colour("primary" if self._state == "here" else "soft"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Side(QWidget):
    """Name, drawing, steps."""

    chosen = Signal(str)
    """The key of a step to go back to."""

    def __init__(
        self, theme: Theme, steps: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """`steps` are key and words of each."""
        super().__init__(parent)
        self._theme = theme
        self.drawing = StepDrawing(theme, "welcome")
        self.marks: Mapping[str, StepMark] = {
            key: StepMark(theme, number, words)
            for number, (key, words) in enumerate(steps, start=1)
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN - _INSET, 40, _MARGIN - 16, 36)
        column.setSpacing(0)
        name = NameLine(theme)
        name.setContentsMargins(_INSET, 0, 0, 0)
        column.addWidget(name)
        column.addStretch(1)
        column.addWidget(self.drawing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for key, mark in self.marks.items():
            column.addWidget(mark)
            mark.clicked.connect(partial(self.chosen.emit, key))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the ground and the hairline to the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("sunk"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._theme.colour("line"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the drawing out of a low window."""
        super().resizeEvent(event)
        self.drawing.setVisible(self.height() >= self._theme.px(_DRAWN_FROM))
