"""The medicines of today: hour, tick, name, and what the family wrote about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.model import Pill
from caregiver_app.gui.widgets.buttons import IconButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import chip_size, paint_badge, paint_chip
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.spans import Block, Span
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import BOX, TickState, paint_tick
from caregiver_app.gui.words import tr

_MOST: Final = 8
_ROW: Final = 51
_NARROW: Final = 170
"""Less room than this for the words beside the fact, and the fact stands below them."""


class PillRow(QCheckBox):
    """One medicine; the whole row ticks it. `wanted(on)` says what the person wants."""

    wanted = Signal(bool)

    def __init__(self, theme: Theme, pill: Pill, *, first: bool) -> None:
        super().__init__()
        self._theme, self._pill, self._first = theme, pill, first
        self._time_width = 0
        self._block = Block(theme, ())
        self._heights: dict[int, int] = {}
        follow_width(self)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("focusRing", "inside")
        # Not `clicked`: a screen reader's "toggle" turns the box without a click.
        self.toggled.connect(self._turned)
        theme.changed.connect(self._settle)
        self.show_pill(pill, first=first, time_width=0)

    @property
    def pill(self) -> Pill:
        """What it shows."""
        return self._pill

    def show_pill(self, pill: Pill, *, first: bool, time_width: int) -> None:
        """Show what is so now; hours of all rows share one width."""
        self._pill, self._first, self._time_width = pill, first, time_width
        self._show_state()
        self.setAccessibleName(f"{pill.time} {pill.title}")
        said = (pill.badge, pill.chip, pill.fact)
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self._settle()

    @property
    def is_first(self) -> bool:
        """Whether no row stands above it."""
        return self._first

    def time_width(self) -> int:
        """Return how wide its hour is."""
        metrics = QFontMetrics(self._theme.font("strong", tabular=True))
        return metrics.horizontalAdvance(self._pill.time)

    def _show_state(self) -> None:
        blocked = self.blockSignals(True)
        self.setChecked(self._pill.state == "done")
        self.blockSignals(blocked)

    def _turned(self) -> None:
        wanted = self._pill.state != "done"
        self._show_state()  # it stays as it is until the data says so
        self.wanted.emit(wanted)

    def _settle(self) -> None:
        pill, over = self._pill, self._pill.state != "open"
        title = Span(pill.title, "body" if over else "strong", "soft" if over else "ink")
        self._block = Block(self._theme, ([title],))
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole row can be clicked."""
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    # -- Size and paint ---------------------------------------------------------------------------

    def _left(self) -> int:
        theme = self._theme
        return self._time_width + theme.px(16) + theme.icon_px(BOX) + theme.px(12)

    def _badge(self) -> int:
        return self._theme.px(20) if self._pill.badge else 0

    def _extras(self) -> list[QSize]:
        """Return the sizes of chip and fact."""
        sizes: list[QSize] = []
        if self._pill.chip:
            sizes.append(chip_size(self._theme, self._pill.chip, "ask"))
        if self._pill.fact:
            metrics = QFontMetrics(self._theme.font("second"))
            fact = QSize(metrics.horizontalAdvance(self._pill.fact) + 2, metrics.height())
            sizes.append(fact)
        return sizes

    def _is_beside(self, width: int) -> bool:
        extras = self._extras()
        if len(extras) > 1:
            return False
        taken = sum(size.width() for size in extras)
        badge = self._badge()
        words = self._left() + min(self._block.natural_width(), round(_NARROW * self._theme.scale))
        return words + badge + taken + self._theme.px(20) <= width

    def _room(self, width: int) -> int:
        """Return how much room the title has."""
        room = width - self._left() - (self._badge() + self._theme.px(8) if self._badge() else 0)
        if self._is_beside(width):
            room -= sum(size.width() for size in self._extras()) + self._theme.px(12)
        return max(40, room)

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Title, and below it what has no room beside it; a layout asks many times."""
        if width not in self._heights:
            self._heights[width] = self._height_at(width)
        return self._heights[width]

    def _height_at(self, width: int) -> int:
        theme, tall = self._theme, self._block.height(self._room(width))
        if not self._is_beside(width):
            tall += sum(box.height() + theme.px(3) for box in self._below(width))
        return max(theme.px(_ROW), tall + theme.px(20))

    def _below(self, width: int) -> list[QRect]:
        """Return the boxes of chip and fact below the title, as sizes at their own places."""
        room = max(40, width - self._left())
        boxes: list[QRect] = []
        if self._pill.chip:
            size = chip_size(self._theme, self._pill.chip, "ask")
            boxes.append(QRect(0, 0, min(size.width(), room), size.height()))
        if self._pill.fact:
            boxes.append(QRect(0, 0, room, self._fact().height(room)))
        return boxes

    def _fact(self) -> Block:
        return Block(self._theme, ([Span(self._pill.fact, "second", "soft")],))

    def sizeHint(self) -> QSize:
        """As tall as it must be at the width it has."""
        width = self._theme.px(300)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """It gives way."""
        return QSize(self._left() + self._theme.px(60), self._theme.px(44))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths wrap the words otherwise."""
        super().resizeEvent(event)
        width_changed(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw hour, tick, title, and chip or fact."""
        theme, pill = self._theme, self._pill
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            theme.fill(painter, self.rect(), "sunk")
        if not self._first:
            theme.fill(painter, QRect(0, 0, self.width(), 1), "line")
        over, middle = pill.state != "open", Qt.AlignmentFlag.AlignVCenter
        room = self._room(self.width())
        inside, beside = (
            self.heightForWidth(self.width()) - theme.px(20),
            self._is_beside(self.width()),
        )
        title = self._block.height(room)
        top = (self.height() - (title if beside else inside)) // 2
        line = QRect(0, top, self._time_width, QFontMetrics(theme.font("strong")).height())
        painter.setFont(theme.font("body" if over else "strong", tabular=True))
        painter.setPen(theme.colour("soft" if over else "ink"))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, pill.time)
        side = theme.icon_px(BOX)
        box = QRect(self._time_width + theme.px(16), line.center().y() - side // 2, side, side)
        states: dict[str, TickState] = {"done": "done", "skipped": "not_needed"}
        paint_tick(painter, theme, box, states.get(pill.state, "open"))
        self._block.paint(painter, QPointF(self._left(), top), room)
        self._paint_badge(painter, top, room)
        if beside:
            self._paint_beside(painter)
        else:
            self._paint_below(painter, top + title)

    def _paint_badge(self, painter: QPainter, top: int, room: int) -> None:
        if side := self._badge():
            end = self._block.end_of_first(room)
            spot = QPointF(self._left(), top) + end + QPointF(self._theme.px(8), -side / 2)
            place = QRect(spot.toPoint(), QSize(side, side))
            paint_badge(painter, self._theme, place, self._pill.badge, self._pill.colour)

    def _paint_beside(self, painter: QPainter) -> None:
        theme, pill = self._theme, self._pill
        for size in self._extras():
            box = QRect(self.width() - size.width(), (self.height() - size.height()) // 2,
                        size.width(), size.height())  # fmt: skip
            if pill.chip:
                paint_chip(painter, theme, box, pill.chip, "ask")
            else:
                painter.setFont(theme.font("second"))
                painter.setPen(theme.colour("soft"))
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, pill.fact)

    def _paint_below(self, painter: QPainter, top: int) -> None:
        theme, pill, left = self._theme, self._pill, self._left()
        boxes = self._below(self.width())
        if pill.chip:
            box = boxes.pop(0)
            top += theme.px(3)
            paint_chip(painter, theme, box.translated(left, top), pill.chip, "ask")
            top += box.height()
        if boxes:
            self._fact().paint(painter, QPointF(left, top + theme.px(3)), boxes[0].width())


class PillHolder(QWidget):
    """A medicine, and beside it the button for all that can be said of it."""

    def __init__(self, theme: Theme, row: PillRow) -> None:
        super().__init__()
        self.row = row
        self.more = IconButton(theme, "open-list", tr("Taken, skipped, and before"), quiet=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(row, 1)
        line.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Carry the hairline above the row on to the edge."""
        if not self.row.is_first:
            self._theme.fill(QPainter(self), QRect(0, 0, self.width(), 1), "line")


class PillsCard(Card):
    """`wanted(pill, on)`: somebody ticks a medicine, or takes the tick back.

    `more(pill, button)`: somebody wants to say more of it, at that button.
    """

    wanted = Signal(object, bool)
    more = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Medicines today"), fact=" ")
        self.body.setSpacing(2)
        self._pills: Sequence[Pill] = ()
        self._all = False
        self.rows: dict[str, PillRow] = {}
        self.holders: dict[str, PillHolder] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self.words = Text("", "second", "soft")
        self.words.hide()
        self.add(self.words)
        self.fold = QuietButton(theme, "")
        self.fold.clicked.connect(self._turn)
        self.body.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)

    def show_pills(self, pills: Sequence[Pill], taken: int) -> None:
        """Show these; more than a few are folded around those that are still open."""
        self._pills = pills
        self.set_fact(tr("{taken} of {count} taken", taken=taken, count=len(pills)))
        self._fill()

    def say(self, words: str, ink: str = "soft") -> None:
        """Say something below the rows, "" to say nothing."""
        self.words.set_ink(ink)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def start_over(self) -> None:
        """Fold again, for another person."""
        self._all = False
        self.say("")

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        held = [(one.row, one.more) for one in self.holders.values()]
        return [*(stop for pair in held for stop in pair), self.fold]

    def _shown(self) -> Sequence[Pill]:
        if self._all or len(self._pills) <= _MOST:
            return self._pills
        first = next((n for n, one in enumerate(self._pills) if one.state == "open"), 0)
        first = min(first, len(self._pills) - _MOST)
        return self._pills[first : first + _MOST]

    def _fill(self) -> None:
        shown = self._shown()
        keys = [one.key for one in shown]
        for key in [key for key in self.rows if key not in keys]:
            self.rows.pop(key)
            holder = self.holders.pop(key)
            self._column.removeWidget(holder)
            holder.hide()
            holder.deleteLater()
        found: dict[str, PillRow] = {}
        for place, pill in enumerate(shown):
            row = self.rows.get(pill.key)
            if row is None:
                row = self._make(pill, first=place == 0)
                self._column.insertWidget(place, self.holders[pill.key])
            found[pill.key] = row
        self.rows = found
        self.holders = {key: self.holders[key] for key in found}
        for row, pill in zip(found.values(), shown, strict=True):
            row.show_pill(pill, first=pill is shown[0], time_width=0)
        width = max((row.time_width() for row in found.values()), default=0)
        for row, pill in zip(found.values(), shown, strict=True):
            row.show_pill(pill, first=pill is shown[0], time_width=width)
            said = tr("{medicine}, {time}: taken, skipped, and before",
                      medicine=pill.title, time=pill.time)  # fmt: skip
            self.holders[pill.key].more.setAccessibleName(said)
        self.fold.setVisible(len(self._pills) > _MOST)
        count = len(self._pills)
        self.fold.set_words(tr("Show fewer") if self._all else tr("Show all {count}", count=count))

    def _make(self, pill: Pill, *, first: bool) -> PillRow:
        row = PillRow(self._theme, pill, first=first)
        row.wanted.connect(partial(self._row_wanted, row))
        holder = self.holders[pill.key] = PillHolder(self._theme, row)
        holder.more.clicked.connect(partial(self._more_wanted, row, holder.more))
        return row

    def _more_wanted(self, row: PillRow, button: QWidget) -> None:
        self.more.emit(row.pill, button)

    def _row_wanted(self, row: PillRow, on: bool) -> None:
        self.wanted.emit(row.pill, on)

    def _turn(self) -> None:
        self._all = not self._all
        self._fill()
