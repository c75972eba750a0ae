"""Two lists of the tab: medicines, and people to reach. Models and painting."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QStyle,
    QStyleOptionViewItem,
)

from caregiver_app.gui.care_plan.model import Line, Reach
from caregiver_app.gui.care_plan.phrase import Run, draw, height_of, laid_out
from caregiver_app.gui.focus_ring import AWAY, WIDTH
from caregiver_app.gui.growing_list import (
    LINE_ROLE,
    AnyIndex,
    Cutting,
    GrowingList,
    LinesModel,
    row_width,
)
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.by_ear import offer
from caregiver_app.gui.widgets.chips import chip_size, paint_chip, paint_disc
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import tr

_DISC: Final = 36
_PAD: Final = 9
_MOST_LINES: Final = 6
_CUT: Final = Qt.TextElideMode.ElideRight
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


class LineModel(LinesModel[Line]):
    """Medicines."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.title, Line.spoken)


class ReachModel(LinesModel[Reach]):
    """Contacts, a row a number; the whole of a row is its tooltip."""

    def __init__(self) -> None:
        super().__init__(lambda line: line.name, Reach.spoken)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer the tooltip as well."""
        line = super().data(index, LINE_ROLE)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(line, Reach):
            whole = (line.name, line.second, line.shown_number())
            return plain_tooltip("\n".join(whole))
        return super().data(index, role)


class Delegate(Cutting):
    """What both lists share: the ground below the mouse."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paint_ground(self, painter: QPainter, box: QRect, option: QStyleOptionViewItem) -> None:
        """Draw the hover."""
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self.theme.colour("sunk"))


class LineDelegate(Delegate):
    """Paints a medicine as a row between hairlines."""

    def cuts(self, index: AnyIndex, width: int) -> bool:
        """Tell whether the directions of a medicine are longer than its lines."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return False
        return self._medicine_words(line, width)[1].text().endswith("…")

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As tall as the wrapped words, at least the target."""
        line = index.data(LINE_ROLE)
        width = row_width(option)
        if not isinstance(line, Line):
            return QSize(width, 0)
        return QSize(width, self._medicine_height(line, width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        self.paint_ground(painter, box, option)
        self._paint_medicine(painter, box, line, last=_is_last(index))
        painter.restore()

    def _left(self) -> int:
        return self.theme.px(_DISC) + self.theme.px(12)

    def _chip_beside(self, line: Line, width: int) -> int:
        """Return the room that the chip takes at the right, 0 where it stands below."""
        if not line.chip:
            return 0
        wide = chip_size(self.theme, line.chip, "ask").width() + self.theme.px(10)
        return wide if width - self._left() - wide >= self.theme.px(130) else 0

    def _medicine_words(self, line: Line, width: int) -> tuple[QTextLayout, QTextLayout]:
        room = max(60, width - self._left() - self._chip_beside(line, width))
        head = laid_out(self.theme, [Run(line.title, "strong")], room)
        below = [Run(line.second, "second", "soft")]
        return head, laid_out(self.theme, below, room, most_lines=_MOST_LINES)

    def _medicine_height(self, line: Line, width: int) -> int:
        px = self.theme.px
        tall = sum(height_of(one) for one in self._medicine_words(line, width))
        if line.chip and not self._chip_beside(line, width):
            tall += chip_size(self.theme, line.chip, "ask").height() + px(4)
        return max(px(_DISC), tall) + 2 * px(_PAD) + 2

    def _paint_medicine(self, painter: QPainter, box: QRect, line: Line, *, last: bool) -> None:
        theme, px = self.theme, self.theme.px
        if not last:
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        side = px(_DISC)
        head, below = self._medicine_words(line, box.width())
        words = height_of(head) + height_of(below)
        beside = self._chip_beside(line, box.width())
        size = chip_size(theme, line.chip, "ask")
        under = bool(line.chip) and not beside
        tall = words + (size.height() + px(4) if under else 0)
        top = box.top() + (box.height() - tall) // 2
        short = tall <= side + px(8)
        disc_top = box.center().y() - side // 2 if short else box.top() + px(_PAD)
        disc = QRect(box.left(), disc_top, side, side)
        paint_disc(painter, theme, disc, "medicine", "medicine", "medicine-tint")
        left = box.left() + self._left()
        draw(painter, head, left, top)
        draw(painter, below, left, top + height_of(head))
        if not line.chip:
            return
        room = box.width() - self._left()
        size.setWidth(min(size.width(), room))
        spot = QRect(left, top + words + px(4), size.width(), size.height())
        if beside:
            spot.moveTo(box.right() + 1 - size.width(), box.center().y() - size.height() // 2)
        paint_chip(painter, theme, spot, line.chip, "ask")


class ReachDelegate(Delegate):
    """Paints a contact: role, name, second line, number; a long number stands below."""

    def cuts(self, index: AnyIndex, width: int) -> bool:
        """A row is always told whole: its number is worth a second look."""
        return index.isValid() and width > 0

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Two lines of words, three where the number is long."""
        line = index.data(LINE_ROLE)
        width = row_width(option)
        if not isinstance(line, Reach):
            return QSize(width, 0)
        strong, second = self._metrics()
        words = strong.height() + second.height()
        if not self._beside(line, width):
            words += strong.height()
        px = self.theme.px
        return QSize(width, max(px(_DISC), words) + 2 * px(_PAD) + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Reach):
            return
        theme, px = self.theme, self.theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        self.paint_ground(painter, box, option)
        painter.fillRect(QRect(box.left(), box.top(), box.width(), 1), theme.colour("line"))
        side = px(_DISC)
        disc = QRect(box.left(), box.center().y() - side // 2 + 1, side, side)
        paint_disc(painter, theme, disc, line.icon, "soft", "sunk")
        self._paint_words(painter, box, line)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRect, line: Reach) -> None:
        theme = self.theme
        strong, second = self._metrics()
        left = box.left() + theme.px(_DISC) + theme.px(12)
        room = box.right() + 1 - left
        beside = self._beside(line, box.width())
        words = strong.height() + second.height() + (0 if beside else strong.height())
        top = box.top() + (box.height() - words) // 2
        number = QRect(left, top + strong.height() + second.height(), room, strong.height())
        where = _MIDDLE | Qt.AlignmentFlag.AlignLeft
        if beside:
            number = QRect(box.right() + 1 - beside, box.top(), beside, box.height())
            where = _MIDDLE | Qt.AlignmentFlag.AlignRight
            room -= beside + theme.px(10)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("ink"))
        name = strong.elidedText(line.name, _CUT, room)
        painter.drawText(QRect(left, top, room, strong.height()), _MIDDLE, name)
        painter.setFont(theme.font("second"))
        painter.setPen(theme.colour("soft"))
        below = second.elidedText(line.second, _CUT, room)
        place = QRect(left, top + strong.height(), room, second.height())
        painter.drawText(place, _MIDDLE, below)
        painter.setFont(theme.font("second_strong" if line.number else "second", tabular=True))
        painter.setPen(theme.colour("ink" if line.number else "soft"))
        shown = painter.fontMetrics().elidedText(line.shown_number(), _CUT, number.width())
        painter.drawText(number, where, shown)

    def _beside(self, line: Reach, width: int) -> int:
        """Return the room that the number takes at the right, 0 where it stands below."""
        font = self.theme.font("second_strong", tabular=True)
        wide = QFontMetrics(font).horizontalAdvance(line.shown_number()) + 2
        rest = width - self.theme.px(_DISC) - self.theme.px(22) - wide
        return wide if rest >= self.theme.px(90) else 0

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self.theme.font("strong")), QFontMetrics(self.theme.font("second"))


class CardList(GrowingList):
    """A list whose rows reach to its edges: the focus ring goes around the chosen row, outside."""

    def __init__(
        self, theme: Theme, name: str, model: QAbstractItemModel, delegate: Delegate
    ) -> None:
        super().__init__(name, model, delegate)
        self._theme = theme
        self.setProperty("focusRing", "outside")
        self.selectionModel().currentChanged.connect(self._ring_moves)

    def focus_ring_rect(self) -> QRect:
        """Return what the ring goes around: a row but for its hairlines."""
        box = self.visualRect(self.currentIndex())
        inside = WIDTH + AWAY
        return box.adjusted(0, inside, 0, -inside)

    def _ring_moves(self) -> None:
        # The ring looks again when something is laid out.
        self.updateGeometry()


class ReachList(CardList):
    """Contacts whose numbers can be copied: Ctrl+C, or from the menu of a row."""

    copied = Signal(str)
    """A number lies on the clipboard now."""
    _copy_number: QAction | None = None

    def __init__(
        self, theme: Theme, name: str, model: QAbstractItemModel, delegate: Delegate
    ) -> None:
        super().__init__(theme, name, model, delegate)
        self._copy_number = offer(
            self, tr("Copy number"), lambda: self._copy(_number(self.currentIndex()))
        )
        self.settle_menu()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the number of the chosen row."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(_number(self.currentIndex()))
        else:
            super().keyPressEvent(event)

    def settle_menu(self) -> None:
        """Offer a number only where there is one."""
        super().settle_menu()
        if self._copy_number is not None:
            self._copy_number.setEnabled(bool(_number(self.currentIndex())))

    def _copy(self, number: str) -> None:
        if number:
            QGuiApplication.clipboard().setText(number)
            self.copied.emit(number)


def _number(index: AnyIndex) -> str:
    line = index.data(LINE_ROLE)
    return line.number if isinstance(line, Reach) else ""


def _is_last(index: AnyIndex) -> bool:
    return index.row() == index.model().rowCount() - 1
