"""Paints one block of a week: icon, title, time and whose it is, as far as there is room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from caregiver_app.gui.calendar.week.model import Item
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import RADIUS_MONTH_CHIP, TYPE_ICONS
from caregiver_app.gui.widgets.chips import paint_badge
from caregiver_app.gui.words import tr

_DASH: Final = [3.0, 2.5]
_ICON: Final = 13
_CUT: Final = Qt.TextElideMode.ElideRight
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_MOST_TITLE_LINES: Final = 4
_RAIL: Final = 3


class BlockPainter:
    """Draws blocks of the hours, bars above them, and the way to an appointment."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def paint_block(
        self, painter: QPainter, box: QRect, item: Item, seen_top: int, *, pointed: bool = False
    ) -> None:
        """Draw a block; its words begin where it is seen, below `seen_top`."""
        theme = self._theme
        self._paint_ground(painter, box, item, pointed=pointed)
        font = self._font(item)
        metrics = QFontMetrics(font)
        line, inset = metrics.height(), theme.px(4)
        # The words of what begins above what is seen go along, as far as the block reaches.
        top = min(max(box.top(), seen_top), box.bottom() + 1 - line - 2)
        top = max(box.top(), top)
        height = box.bottom() + 1 - top
        pad = max(1, min(theme.px(3), (height - line) // 2))
        lines = max(1, (height - 2 * pad + 1) // line)
        room = QRect(box.left() + inset + 1, top + pad, box.width() - 2 * inset, line)
        if item.kind == "medication":
            room.setLeft(room.left() + _RAIL)
        if box.width() < self._theme.icon_px(_ICON) + metrics.averageCharWidth() * 3:
            side = theme.icon_px(_ICON)
            left = box.left() + (box.width() - side) // 2
            self._paint_icon(painter, left, top + pad + line // 2 + 1, item)
        elif lines == 1:
            room.moveTop(top + max(0, (min(height, 2 * line) - line) // 2))
            self._paint_line(painter, room, item, font)
        else:
            self._paint_lines(painter, room, item, font, lines)

    def paint_bar(
        self,
        painter: QPainter,
        box: QRect,
        item: Item,
        cut: tuple[bool, bool],
        *,
        pointed: bool = False,
    ) -> None:
        """Draw what lies over days; `cut` says at which ends it goes on."""
        painter.save()
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        whole = box.adjusted(-8 if cut[0] else 0, 0, 8 if cut[1] else 0, 0)
        self._paint_ground(painter, whole, item, pointed=pointed)
        inset = self._theme.px(5)
        font = self._font(item)
        line = QFontMetrics(font).height()
        room = QRect(box.left() + inset, 0, box.width() - 2 * inset, line)
        room.moveTop(box.top() + (box.height() - line) // 2)
        self._paint_line(painter, room, item, font)
        painter.restore()

    def paint_lead(self, painter: QPainter, box: QRect, top: int, item: Item) -> None:
        """Draw the way from `top` on: a thin line that ends in the block, with its car."""
        theme = self._theme
        left = box.left() + theme.px(4)
        pen = QPen(theme.colour("drive"), 2)
        pen.setDashPattern([1.5, 1.5])
        painter.setPen(pen)
        side = theme.icon_px(_ICON)
        metrics = QFontMetrics(theme.font("month_chip"))
        if box.top() - top < max(side, metrics.height()):
            painter.drawLine(left + 1, top + 1, left + 1, box.top() - 2)
            return
        painter.drawPixmap(QPoint(left - 1, top + 1), theme.pixmap("drive", "drive", _ICON))
        middle = left - 1 + side // 2
        painter.drawLine(middle, top + side + 3, middle, box.top() - 2)
        painter.setFont(theme.font("month_chip"))
        painter.setPen(theme.colour("soft"))
        width = box.right() - left - side - theme.px(4)
        words = item.leave_text()
        if metrics.horizontalAdvance(words) > width:
            words = item.leave_time()
        room = QRect(left + side + theme.px(4), top, width, metrics.height())
        if metrics.horizontalAdvance(words) <= width:
            painter.drawText(room, _MIDDLE, words)

    # -- Ground and ink ---------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter, box: QRect, item: Item, *, pointed: bool) -> None:
        theme = self._theme
        ground, outline, dashed = _look(item)
        painter.setBrush(theme.colour(ground))
        edge = theme.colour(outline)
        if outline == item.kind and not (pointed or dashed):
            edge.setAlphaF(0.45)
        pen = QPen(edge, 1)
        if dashed:
            pen.setDashPattern(_DASH)
        painter.setPen(pen)
        frame = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5)
        if item.kind == "medication" and not (pointed or dashed):
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(frame, RADIUS_MONTH_CHIP, RADIUS_MONTH_CHIP)
        if item.kind == "medication" and item.status != "cancelled":
            rail = QRect(box.left(), box.top() + 1, _RAIL, box.height() - 2)
            theme.fill(painter, rail, "medication")

    def _ink(self, item: Item) -> str:
        if item.status == "cancelled":
            return "soft"
        if item.is_bar:
            return "primary" if item.status in ("planned", "delayed") else "on_primary"
        return item.kind

    def _font(self, item: Item) -> QFont:
        font = self._theme.font("month_chip")
        if item.is_bar:
            font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(item.status == "cancelled")
        return font

    def _paint_icon(self, painter: QPainter, left: int, middle: int, item: Item) -> int:
        """Draw the icon; return how much room it took."""
        theme = self._theme
        side = theme.icon_px(_ICON)
        name = "done" if item.status == "done" else TYPE_ICONS[item.kind]
        spot = QPoint(left, middle - side // 2)
        painter.drawPixmap(spot, theme.pixmap(name, self._ink(item), _ICON))
        return side + theme.px(3)

    # -- Words ------------------------------------------------------------------------------------

    def _paint_line(self, painter: QPainter, room: QRect, item: Item, font: QFont) -> None:
        """Draw one line: title, then the time where there is room for all of it."""
        theme = self._theme
        left = room.left() + self._paint_icon(painter, room.left(), room.center().y() + 1, item)
        right = room.right()
        metrics = QFontMetrics(font)
        if item.person and right - left > metrics.averageCharWidth() * 5:
            right = self._paint_person(painter, right, room, item)
        width = right - left
        words = item.title
        timed = tr("{title}, {time}", title=item.title, time=item.time)
        if item.time and metrics.horizontalAdvance(timed) <= width:
            words = timed
        painter.setFont(font)
        painter.setPen(theme.colour(self._ink(item)))
        place = QRect(left, room.top(), width + 1, room.height())
        painter.drawText(place, _MIDDLE, metrics.elidedText(words, _CUT, width))

    def _paint_lines(
        self, painter: QPainter, room: QRect, item: Item, font: QFont, lines: int
    ) -> None:
        """Draw the title in as many lines as it needs, then the time, then what is to know."""
        theme = self._theme
        painter.setFont(font)
        metrics = painter.fontMetrics()
        painter.setPen(theme.colour(self._ink(item)))
        indent = self._paint_icon(painter, room.left(), room.center().y() + 1, item)
        first_word = item.title.split(" ", 1)[0]
        # Where not even a word goes beside the icon, the time does, and the title comes below.
        below = metrics.horizontalAdvance(first_word) > room.width() - indent
        if below:
            indent_of_title, indent_of_time, begin = 0, indent, 1
        else:
            indent_of_title, indent_of_time, begin = indent, 0, 0
        most = min(_MOST_TITLE_LINES, lines - 1)
        widths = room.width() - indent_of_title, room.width()
        titles = wrapped(metrics, item.title, widths, most)
        for n, words in enumerate(titles):
            aside = indent_of_title if n == 0 else 0
            place = room.translated(aside, (begin + n) * room.height())
            place.setWidth(room.width() - aside + 1)
            painter.drawText(place, _MIDDLE, words)
        font.setWeight(QFont.Weight.Normal)
        font.setStrikeOut(False)
        painter.setFont(font)
        row = room.translated(0, 0 if below else len(titles) * room.height())
        row.setLeft(row.left() + indent_of_time)
        right = row.right()
        if item.person:
            right = self._paint_person(painter, right, row, item)
            painter.setFont(font)
            painter.setPen(theme.colour(self._ink(item)))
        span, metrics = item.span_text(), painter.fontMetrics()
        if item.first != item.last or metrics.horizontalAdvance(span) > right - row.left():
            span = item.time
        row.setRight(right + 1)
        if metrics.horizontalAdvance(span) <= row.width():
            painter.drawText(row, _MIDDLE, span)
        outside = tr("Outside the approval") if item.outside else ""
        facts = [one for one in (outside, item.fact, item.place) if one]
        for n, words in enumerate(facts[: max(0, lines - len(titles) - 1)]):
            place = room.translated(0, (len(titles) + 1 + n) * room.height())
            painter.drawText(place, _MIDDLE, metrics.elidedText(words, _CUT, place.width()))

    def _paint_person(self, painter: QPainter, right: int, row: QRect, item: Item) -> int:
        """Draw the person's disc at the right end; return what is left."""
        side = min(row.height() + 1, self._theme.px(16))
        disc = QRect(right - side + 2, row.center().y() - side // 2 + 1, side, side)
        paint_badge(painter, self._theme, disc, item.person, item.colour, item.letters)
        return right - side - self._theme.px(2)


def _look(item: Item) -> tuple[str, str, bool]:
    """Return ground and outline of a block, and whether that is dashed."""
    open_yet = item.status in ("planned", "delayed")
    if item.status == "cancelled":
        return ("sunk" if item.is_bar else "card"), "edge", True
    if item.is_bar:
        return ("tint", "primary", True) if open_yet else ("primary", "primary", False)
    return ("card" if item.status == "done" else f"{item.kind}-tint"), item.kind, open_yet


def wrapped(metrics: QFontMetrics, text: str, widths: tuple[int, int], most: int) -> list[str]:
    """Return `text` in at most so many lines, cut with "…"; the first line has a width of its own.

    A word that is longer than a line breaks within.
    """
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < max(1, most):
        width = widths[0] if not lines else widths[1]
        if len(lines) == max(1, most) - 1 or metrics.horizontalAdvance(rest) <= width:
            lines.append(metrics.elidedText(rest, _CUT, width))
            break
        cut = _fitting(metrics, rest, width)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return lines


def _fitting(metrics: QFontMetrics, text: str, width: int) -> int:
    """Return how many letters go into a line, whole words where one does."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    space = text.rfind(" ", 0, low + 1)
    return space + 1 if space > 0 else low
