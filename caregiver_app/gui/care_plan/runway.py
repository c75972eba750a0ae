"""The runway: months as ground, what is approved as a bar, each visit as a numbered disc."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from caregiver_app.gui.care_plan.coverage import MONTHS, Coverage, Mark, told
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.text import set_tip
from caregiver_app.gui.words import month_text, short_date, tr
from caregiver_app.values import value

_DISC: Final = 28
_STEM: Final = 24
_BAR: Final = 16
_TAIL: Final = 14
_GAP: Final = 6
_LEAST: Final = 22
_DOT: Final = 8
# For each state the ground, the outline, and the words of a disc.
_LOOKS: Final = {
    "approved": ("primary", "primary", "on_primary"),
    "open": ("warn_tint", "warn", "warn"),
    "past": ("sunk", "edge", "soft"),
}


@value
class Placed:
    """Where a visit stands: its disc, or a dot (`large` False), and its date if that has room."""

    mark: Mark
    disc: QRectF
    large: bool
    label: QRectF | None
    words: str


class Runway(QLabel):
    """A drawing; a screen reader finds a label whose name and description tell the same."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._coverage: Coverage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("How far the approval reaches"))
        theme.changed.connect(self._again)

    def show_coverage(self, coverage: Coverage) -> None:
        """Show another state of things."""
        self._coverage = coverage
        lines = told(coverage)
        name = coverage.name
        said = tr("How far the approval reaches")
        self.setAccessibleName(f"{said}: {name}" if name else said)
        self.setAccessibleDescription(". ".join(lines))
        set_tip(self, "\n".join(lines))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        px = self._theme.px
        words = QFontMetrics(self._theme.font("second")).height()
        height = round(self._bar()[1]) + px(_TAIL) + words + px(4)
        return QSize(px(640), height)

    def minimumSizeHint(self) -> QSize:
        """Months may be named shortly or only every second one."""
        return QSize(self._theme.px(280), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw months, stretches and visits."""
        coverage = self._coverage
        if coverage is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_months(painter, coverage)
        self._paint_stretches(painter, coverage)
        self._paint_visits(painter)

    # -- Where things are -------------------------------------------------------------------------

    def x_of(self, day: date) -> float:
        """Return where a day begins."""
        coverage = self._coverage
        if coverage is None:
            return 0.0
        left, right = self._sides()
        part = (day - coverage.start).days / (coverage.end - coverage.start).days
        return left + part * (right - left)

    def _sides(self) -> tuple[float, float]:
        # The first and the last day's disc is as wide to both sides.
        half = self._theme.px(_DISC) / 2
        return half, self.width() - half

    def _bar(self) -> tuple[float, float]:
        px = self._theme.px
        top = px(_DISC) + px(_STEM)
        return top, top + max(px(_BAR), QFontMetrics(self._word_font()).height() + 1)

    # -- Parts ------------------------------------------------------------------------------------

    def _paint_months(self, painter: QPainter, coverage: Coverage) -> None:
        theme = self._theme
        starts = [coverage.start + relativedelta(months=number) for number in range(MONTHS + 1)]
        top, foot = theme.px(_DISC) + _GAP, self._bar()[1] + theme.px(_TAIL)
        painter.setPen(QPen(theme.colour("line"), 1))
        for day in starts:
            x = round(self.x_of(day)) + 0.5
            painter.drawLine(QPointF(x, top), QPointF(x, foot))
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        metrics = painter.fontMetrics()
        names = month_names(starts[:-1], metrics, self.x_of(starts[1]) - self.x_of(starts[0]))
        for day, name in zip(starts, names, strict=False):
            left = self.x_of(day) + _GAP
            width = metrics.horizontalAdvance(name)
            # The last one may stand to the left of its line rather than be cut.
            left = min(left, self.width() - width)
            painter.drawText(QPointF(left, foot + metrics.ascent()), name)

    def _paint_stretches(self, painter: QPainter, coverage: Coverage) -> None:
        theme = self._theme
        top, foot = self._bar()
        for one in coverage.bare:
            box = QRectF(self.x_of(one.first), top, 0, foot - top)
            box.setRight(self.x_of(one.last) + self._day())
            pen = QPen(theme.colour("warn"), 1.75)
            pen.setDashPattern([3.5, 2.5])
            painter.setPen(pen)
            painter.setBrush(theme.colour("card"))
            painter.drawRoundedRect(box.adjusted(2, 1, -1, -1), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        for one in coverage.approved:
            box = QRectF(self.x_of(one.first), top, 0, foot - top)
            box.setRight(self.x_of(one.last) + self._day())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("primary"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setFont(self._word_font())
            word = tr("approved")
            if painter.fontMetrics().horizontalAdvance(word) + 2 * theme.px(10) <= box.width():
                painter.setPen(theme.colour("on_primary"))
                place = box.adjusted(theme.px(12), 0, 0, 0)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, word)

    def _word_font(self) -> QFont:
        font = self._theme.font("hint")
        font.setWeight(self._theme.font("strong").weight())
        return font

    def _day(self) -> float:
        coverage = self._coverage
        left, right = self._sides()
        return 0.0 if coverage is None else (right - left) / (coverage.end - coverage.start).days

    def _paint_visits(self, painter: QPainter) -> None:
        for one in self.places():
            if one.large:
                self._paint_disc(painter, one)
            else:
                painter.setPen(QPen(self._theme.colour(_LOOKS[one.mark.state][1]), 2))
                painter.setBrush(self._theme.colour("card"))
                painter.drawEllipse(one.disc.adjusted(1, 1, -1, -1))
            if one.label is not None:
                painter.setFont(self._theme.font("second"))
                painter.setPen(self._theme.colour("ink"))
                painter.drawText(one.label, Qt.AlignmentFlag.AlignVCenter, one.words)

    def places(self) -> list[Placed]:
        """Return where each visit and its date stand.

        A disc that would lie on the one before is a dot on the bar instead. No date ever lies on
        anything else: it goes to the right of its disc, to the left, or is left out.
        """
        coverage = self._coverage
        if coverage is None:
            return []
        discs = self._discs(coverage.marks)
        metrics = QFontMetrics(self._theme.font("second"))
        taken = [disc for disc, large in discs if large]
        found: list[Placed] = []
        for mark, (disc, large) in zip(coverage.marks, discs, strict=True):
            words = short_date(mark.day).partition(" ")[2]
            label = None
            if large:
                width = metrics.horizontalAdvance(words) + 1
                tall = float(self._theme.px(_DISC))
                right = QRectF(disc.right() + _GAP, 0, width, tall)
                left = QRectF(disc.left() - _GAP - width, 0, width, tall)
                label = next((one for one in (right, left) if self._is_free(one, taken)), None)
                taken += [] if label is None else [label]
            found.append(Placed(mark, disc, large, label, words))
        return found

    def _discs(self, marks: Sequence[Mark]) -> list[tuple[QRectF, bool]]:
        px = self._theme.px
        small, middle = px(_DOT), sum(self._bar()) / 2
        spots = [self.x_of(mark.day) + self._day() / 2 for mark in marks]
        nearest = min((later - earlier for earlier, later in pairwise(spots)), default=px(_DISC))
        # Rather all a little smaller than one of them without its number.
        side = min(px(_DISC), max(px(_LEAST), int(nearest) - 2))
        found: list[tuple[QRectF, bool]] = []
        free = -float(side)
        for x in spots:
            if x - side / 2 >= free:
                found.append((QRectF(x - side / 2, (px(_DISC) - side) / 2, side, side), True))
                free = x + side / 2 + 2
            else:
                found.append((QRectF(x - small / 2, middle - small / 2, small, small), False))
        return found

    def _is_free(self, box: QRectF, taken: Sequence[QRectF]) -> bool:
        roomy = box.adjusted(-_GAP / 2, 0, _GAP / 2, 0)
        inside = box.left() >= 0 and box.right() <= self.width()
        return inside and not any(roomy.intersects(one) for one in taken)

    def _paint_disc(self, painter: QPainter, one: Placed) -> None:
        theme, disc = self._theme, one.disc
        ground, outline, words = _LOOKS[one.mark.state]
        painter.setPen(QPen(theme.colour(outline), 2))
        painter.setBrush(theme.colour(ground))
        middle = disc.center().x()
        painter.drawLine(QPointF(middle, disc.bottom()), QPointF(middle, self._bar()[0]))
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        if one.mark.number is None:
            return
        number, font = str(one.mark.number), theme.font("second_strong")
        wide = QFontMetrics(font).horizontalAdvance(number)
        if wide > disc.width() - 8:
            font.setPointSizeF(font.pointSizeF() * (disc.width() - 8) / wide)
        painter.setFont(font)
        painter.setPen(theme.colour(words))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, number)

    def _again(self) -> None:
        self.updateGeometry()
        self.update()


def month_names(starts: Sequence[date], metrics: QFontMetrics, step: float) -> list[str]:
    """Return the months' names, short ones or every second one where the room is small."""
    full = [month_text(day).rpartition(" ")[0] for day in starts]
    room = step - 2 * _GAP
    if all(metrics.horizontalAdvance(name) <= room for name in full):
        return full
    short = [short_date(day).rpartition(" ")[2] for day in starts]
    if all(metrics.horizontalAdvance(name) <= room for name in short):
        return short
    return [name if place % 2 == 0 else "" for place, name in enumerate(short)]
