"""Allergies as outlined chips with what happened beside them; nothing of a name is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QWidget

from caregiver_app.gui.care_plan.model import Allergy
from caregiver_app.gui.care_plan.phrase import Run, draw, height_of, laid_out, width_of
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_CHIP
from caregiver_app.gui.widgets.height import width_changed, width_now
from caregiver_app.gui.widgets.text import Text
from caregiver_app.values import value


@value
class Piece:
    """A chip or a note, where it lies; `frame` None is a note without an outline."""

    words: QTextLayout
    spot: QPointF
    frame: QRectF | None


class AllergyChips(Text):
    """Flows chips and notes like words; wrapped inside a chip where one is too long for a line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._theme = theme
        self._allergies: tuple[Allergy, ...] = ()
        super().__init__(parent=parent)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._again)

    def show_allergies(self, allergies: Sequence[Allergy]) -> None:
        """Show other allergies."""
        self._allergies = tuple(allergies)
        said = [f"{one.name}, {one.note}" if one.note else one.name for one in allergies]
        self.setText("; ".join(said))
        self._again()

    def sizeHint(self) -> QSize:
        """All in some lines."""
        width = self._theme.px(260)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """A few letters: the rest wraps."""
        return QSize(self._theme.px(90), 0)

    def heightForWidth(self, width: int) -> int:
        """The lines that chips and notes need."""
        return self._lay(width)[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw chips and notes."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece in self._lay(self.width())[0]:
            if piece.frame is not None:
                painter.setPen(QPen(theme.colour("ink"), 1.25))
                painter.setBrush(theme.colour("card"))
                inner = piece.frame.adjusted(0.75, 0.75, -0.75, -0.75)
                painter.drawRoundedRect(inner, RADIUS_CHIP, RADIUS_CHIP)
                side = theme.icon_px(15)
                line = piece.words.lineAt(0).height()
                top = piece.spot.y() + (line - side) / 2
                spot = QPointF(piece.frame.left() + theme.px(9), top)
                painter.drawPixmap(spot, theme.pixmap("attention", "ink", 15))
            draw(painter, piece.words, piece.spot.x(), piece.spot.y())

    def _lay(self, width: int) -> tuple[list[Piece], int]:
        """Return the pieces in a widget of that width, and how tall it must be."""
        px = self._theme.px
        found: list[Piece] = []
        x, top, line = 0.0, 0.0, 0.0
        for runs, framed in self._parts():
            around = self._around(framed=framed)
            wanted = width_of(self._theme, runs) + 1 + around
            if x and x + wanted > width:
                x, top, line = 0.0, top + line + px(6), 0.0
            inner = min(wanted, width) - around
            words = laid_out(self._theme, runs, max(1, inner))
            height = max(px(25), height_of(words) + px(6))
            left = around - px(9) if framed else 0.0
            spot = QPointF(x + left, top + (height - height_of(words)) / 2)
            frame = QRectF(x, top, inner + around, height) if framed else None
            found.append(Piece(words, spot, frame))
            x += min(wanted, width) + px(8)
            line = max(line, height)
        return found, round(top + line)

    def _parts(self) -> list[tuple[list[Run], bool]]:
        found: list[tuple[list[Run], bool]] = []
        for one in self._allergies:
            if one.told:
                found.append(([Run(one.name, "second_strong")], True))
            else:
                found.append(([Run(one.name, "strong")], False))
            if one.note:
                found.append(([Run(one.note, "second", "soft")], False))
        return found

    def _around(self, *, framed: bool) -> int:
        """Return what a chip takes beside its words: padding and the sign."""
        px = self._theme.px
        return 2 * px(9) + self._theme.icon_px(15) + px(5) if framed else 0

    def _again(self) -> None:
        self.updateGeometry()
        self.update()
