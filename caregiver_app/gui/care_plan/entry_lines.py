"""Rows of what was written down: approvals, calls, costs, help to pay, what was tried before.

One kind of row for all of them: a title, some words below it, a fact at the right, a chip that
asks for something. A list that grows long scrolls inside itself.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QWheelEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem

from caregiver_app.gui.care_plan.entries import EntryLine
from caregiver_app.gui.care_plan.lists import CardList, Delegate
from caregiver_app.gui.care_plan.phrase import Run, draw, height_of, laid_out
from caregiver_app.gui.growing_list import LINE_ROLE, AnyIndex, LinesModel, row_width
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.chips import chip_size, paint_chip

_PAD: Final = 9
_MOST_LINES: Final = 5
_SHOWN: Final = 7
"""So many rows are seen at once; the others are scrolled to."""


class EntryModel(LinesModel[EntryLine]):
    """Entries, and the headings between them."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.title, EntryLine.spoken)


class EntryDelegate(Delegate):
    """Paints title and words at the left, the fact at the right, a chip below them."""

    def cuts(self, index: AnyIndex, width: int) -> bool:
        """Tell whether the words are longer than their lines."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, EntryLine):
            return False
        return self._second(line, width).text().endswith("…")

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as the wrapped words, at least the target."""
        line = index.data(LINE_ROLE)
        width = row_width(option)
        if not isinstance(line, EntryLine):
            return QSize(width, 0)
        px = self.theme.px
        tall = height_of(self._title(line, width))
        if not line.key:
            return QSize(width, max(px(44), tall + px(16)))
        tall += height_of(self._second(line, width)) if line.second else 0
        if line.chip:
            tall += self._chip(line, width).height() + px(4)
        return QSize(width, max(px(46), tall + 2 * px(_PAD)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, EntryLine):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if line.key:
            self.paint_ground(painter, box, option)
        theme = self.theme
        painter.fillRect(QRect(box.left(), box.top(), box.width(), 1), theme.colour("line"))
        self._paint_words(painter, box, line)
        painter.restore()

    # -- Where things are -------------------------------------------------------------------------

    def _title(self, line: EntryLine, width: int) -> QTextLayout:
        return laid_out(self.theme, [Run(line.title, "strong")], self._room(line, width))

    def _second(self, line: EntryLine, width: int) -> QTextLayout:
        runs = [Run(line.second, "second", "soft")]
        return laid_out(self.theme, runs, max(60, width), most_lines=_MOST_LINES)

    def _room(self, line: EntryLine, width: int) -> int:
        """Return how wide the title may be beside the fact."""
        return max(60, width - self._fact_width(line, width))

    def _fact_width(self, line: EntryLine, width: int) -> int:
        if not line.fact:
            return 0
        metrics = QFontMetrics(self.theme.font("strong", tabular=True))
        wanted = metrics.horizontalAdvance(line.fact) + self.theme.px(12)
        return min(wanted, width // 2 if line.key else width * 4 // 5)

    def _chip(self, line: EntryLine, width: int) -> QSize:
        size = chip_size(self.theme, line.chip, "ask", "attention")
        return QSize(min(size.width(), width), size.height())

    def _paint_words(self, painter: QPainter, box: QRect, line: EntryLine) -> None:
        theme, width = self.theme, box.width()
        title = self._title(line, width)
        second = self._second(line, width) if line.second else None
        chip = self._chip(line, width) if line.chip else QSize(0, 0)
        tall = height_of(title) + (0 if second is None else height_of(second))
        tall += chip.height() + theme.px(4) if line.chip else 0
        top = box.top() + (box.height() - tall) // 2
        draw(painter, title, box.left(), top)
        if line.fact:
            room = self._fact_width(line, width)
            painter.setFont(theme.font("strong", tabular=True))
            painter.setPen(theme.colour("ink"))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            spot = QRect(box.right() + 1 - room, top, room, painter.fontMetrics().height())
            shown = painter.fontMetrics().elidedText(line.fact, Qt.TextElideMode.ElideRight, room)
            painter.drawText(spot, right, shown)
        top += height_of(title)
        if second is not None:
            draw(painter, second, box.left(), top)
            top += height_of(second)
        if line.chip:
            spot = QRect(box.left(), top + theme.px(4), chip.width(), chip.height())
            paint_chip(painter, theme, spot, line.chip, "ask", "attention")


class EntryList(CardList):
    """As tall as its rows up to some of them, then it scrolls; at its ends the page scrolls on."""

    def __init__(
        self,
        theme: Theme,
        name: str,
        model: QAbstractItemModel,
        *,
        most: int = _SHOWN,
    ) -> None:
        self._most = most
        super().__init__(theme, name, model, EntryDelegate(theme))
        self.setProperty("focusRing", "inside")

    def grow(self) -> None:
        """Take the height of the first rows at the present width."""
        self.scheduleDelayedItemsLayout()
        model = self.model()
        count = model.rowCount()
        height = sum(self.sizeHintForRow(row) for row in range(min(count, self._most)))
        scrolls = count > self._most
        policy = Qt.ScrollBarPolicy
        bar = policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != bar:
            self.setVerticalScrollBarPolicy(bar)
        # A piece of the next row tells that there are more.
        height += self.sizeHintForRow(self._most) // 2 if scrolls else 0
        if height != self.minimumHeight() or self.maximumHeight() != height:
            self.setFixedHeight(height)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; at an end, or where all is seen, the page does."""
        bar, down = self.verticalScrollBar(), event.angleDelta().y() < 0
        at_end = bar.value() == (bar.maximum() if down else bar.minimum())
        if bar.maximum() == 0 or at_end:
            event.ignore()
        else:
            # Past the growing list's habit of leaving every wheel to the page.
            QListView.wheelEvent(self, event)
