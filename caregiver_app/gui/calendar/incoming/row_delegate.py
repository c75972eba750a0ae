"""Paints the rows of a preview: a tick, the kind, title and lines, and what becomes of it."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from caregiver_app.gui.calendar.incoming.model import (
    SHOWN_ROLE,
    IncomingModel,
    Line,
    Shown,
    line_count,
)
from caregiver_app.gui.calendar.incoming.wording import state_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_BUTTON, TARGET, TYPE_ICONS
from caregiver_app.gui.widgets.chips import ChipKind, chip_size, paint_chip, paint_disc
from caregiver_app.gui.widgets.ticks import BOX, TickState, paint_tick

_INDEX = QModelIndex | QPersistentModelIndex
_MARGIN: Final = 12
_DISC: Final = 30
_CHIPS: Final[dict[str, ChipKind]] = {
    "new": "booked", "updated": "ask", "moves": "plain", "unchanged": "plain", "skipped": "plain",
}  # fmt: skip


class IncomingDelegate(QStyledItemDelegate):
    """Every row is as tall as its lines, never lower than a target."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._heights: dict[int, int] = {}
        theme.changed.connect(self._heights.clear)

    def tick_width(self) -> int:
        """Return how much at the left of a row belongs to its tick, at least a target."""
        return self.theme.px(max(TARGET, BOX + 2 * _MARGIN))

    def sizeHint(self, option: QStyleOptionViewItem, index: _INDEX) -> QSize:  # noqa: ARG002
        """As many lines as it has."""
        model = cast("IncomingModel", index.model())
        place = model.place(index)
        count = 0 if place is None else line_count(model.row(place))
        found = self._heights.get(count)
        if found is None:
            found = self._heights[count] = self._height(count)
        return QSize(100, found)

    def _height(self, count: int) -> int:
        title = QFontMetrics(self.theme.font("strong")).height()
        below = QFontMetrics(self.theme.font("second")).height()
        return max(self.theme.px(TARGET + 4), title + count * below + self.theme.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _INDEX) -> None:
        """Draw ground, tick, disc, words and chip."""
        shown = index.data(SHOWN_ROLE)
        if not isinstance(shown, Shown):
            return
        box = QRect(option.rect)  # type: ignore[attr-defined]
        view = self.parent()
        state_of = getattr(view, "state_of", None)
        chosen, focused = state_of(index) if state_of else (False, False)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            self.theme.fill(painter, box, "tint")
            self.theme.fill(painter, QRect(box.left(), box.top(), 4, box.height()), "primary")
        if index.row():
            painter.setPen(QPen(self.theme.colour("line"), 1))
            painter.drawLine(box.left(), box.top(), box.right(), box.top())
        self._paint_row(painter, box, shown, chosen=chosen)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.colour("focus"), 3))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), RADIUS_BUTTON, RADIUS_BUTTON)
        painter.restore()

    def _paint_row(self, painter: QPainter, box: QRect, shown: Shown, *, chosen: bool) -> None:
        theme, faded = self.theme, not shown.tick or shown.cancelled
        left = box.left()
        if shown.tick:
            side = theme.icon_px(BOX)
            spot = QRect(left + (self.tick_width() - side) // 2, box.center().y() - side // 2,
                         side, side)  # fmt: skip
            state: TickState = "done" if shown.tick == "done" else "open"
            paint_tick(painter, theme, spot, state, usable=shown.tick != "closed")
        left += self.tick_width()
        side = theme.px(_DISC)
        disc = QRect(left, box.center().y() - side // 2, side, side)
        icon = TYPE_ICONS.get(shown.kind, "calendar")
        role = "soft" if faded or shown.kind not in TYPE_ICONS else shown.kind
        ground = "card" if chosen else "sunk" if role == "soft" else f"{shown.kind}-tint"
        paint_disc(painter, theme, disc, icon, role, ground)
        left += side + theme.px(_MARGIN)
        chip = self._paint_chip(painter, box, shown)
        right = box.right() - theme.px(_MARGIN)
        self._paint_words(painter, QRect(left, box.top(), right - left, box.height()), chip, shown)

    def _paint_chip(self, painter: QPainter, box: QRect, shown: Shown) -> QRect:
        """Say what becomes of it, and return what that covers with some room around."""
        theme = self.theme
        kind: ChipKind = "cancelled" if shown.cancelled else _CHIPS[shown.state]
        words = state_words(shown.state, cancelled=shown.cancelled)
        size = chip_size(theme, words, kind)
        right = box.right() - theme.px(_MARGIN)
        spot = QRect(QPoint(right - size.width(), box.top() + theme.px(9)), size)
        paint_chip(painter, theme, spot, words, kind)
        return spot.adjusted(-theme.px(_MARGIN), 0, 0, 0)

    def _paint_words(self, painter: QPainter, room: QRect, chip: QRect, shown: Shown) -> None:
        theme, cut = self.theme, Qt.TextElideMode.ElideRight
        strong, second = theme.font("strong"), theme.font("second")
        title, below = QFontMetrics(strong).height(), QFontMetrics(second)
        whole = title + below.height() * len(shown.lines)
        line = QRect(room.left(), room.top() + (room.height() - whole) // 2, room.width(), title)
        beside = QRect(line)
        beside.setRight(chip.left())
        struck = QFont(strong)
        struck.setStrikeOut(shown.cancelled)
        painter.setFont(struck)
        quiet = shown.cancelled or not shown.tick
        painter.setPen(theme.colour("soft" if quiet else "ink"))
        said = painter.fontMetrics().elidedText(shown.title, cut, beside.width())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, said)
        painter.setFont(second)
        line = QRect(room.left(), line.bottom() + 1, room.width(), below.height())
        for one in shown.lines:
            # Below what becomes of it there is room up to the edge.
            short = QRect(line)
            if line.top() <= chip.bottom():
                short.setRight(chip.left())
            self._paint_line(painter, short, one)
            line.translate(0, below.height())

    def _paint_line(self, painter: QPainter, line: QRect, one: Line) -> None:
        theme, place = self.theme, QRect(line)
        if one.icon:
            side = theme.icon_px(15)
            spot = QPoint(place.left(), place.center().y() - side // 2)
            painter.drawPixmap(spot, theme.pixmap(one.icon, one.ink, 15))
            place.setLeft(place.left() + side + theme.px(5))
        painter.setPen(theme.colour(one.ink))
        said = painter.fontMetrics().elidedText(
            one.text, Qt.TextElideMode.ElideRight, place.width()
        )
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, said)
