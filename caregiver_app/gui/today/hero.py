"""The hero: whose infusion comes next, when, and the four things that belong to it."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.today.hero_words import Fragment, Hero, Other
from caregiver_app.gui.today.painted import Grid, PaintedButton, paint_ground
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.chips import paint_badge
from caregiver_app.gui.widgets.spans import Block, Span, Spans
from caregiver_app.gui.widgets.text import plain_tooltip
from caregiver_app.gui.words import tr

_RING = 94
_RING_WIDTH = 5
_RING_ROOM = 620
_LAID = Qt.WidgetAttribute.WA_Resized
_FRAGMENT = 54
_TARGET = 44


class Ring(QWidget):
    """The days gone of the gap between two infusions; the sentence beside it says the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share, self._number, self._unit = theme, 0.0, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_days(self, share: float, number: str, unit: str) -> None:
        """Show how much is gone, and how many days are left."""
        self._share, self._number, self._unit = share, number, unit
        self.update()

    def sizeHint(self) -> QSize:
        """Round."""
        side = self._theme.px(_RING)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw track, arc and number."""
        theme, width = self._theme, self._theme.px(_RING_WIDTH)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(theme.colour("line"), width))
        painter.drawEllipse(box)
        pen = QPen(theme.colour("primary"), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._share > 0:
            painter.drawArc(box, 90 * 16, -round(360 * 16 * self._share))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignCenter
        painter.setPen(theme.colour("ink"))
        if not self._number:
            painter.setFont(theme.font("card_title"))
            painter.drawText(self.rect(), middle, self._unit)
            return
        big, small = theme.font("prompt"), theme.font("second")
        first, second = QFontMetrics(big).height(), QFontMetrics(small).height()
        overlap = round(first * 0.14)
        top = (self.height() - first - second + overlap) // 2
        painter.setFont(big)
        painter.drawText(QRect(0, top, self.width(), first), middle, self._number)
        painter.setFont(small)
        below = QRect(0, top + first - overlap, self.width(), second)
        painter.drawText(below, middle, self._unit)


class FragmentButton(PaintedButton):
    """Icon, label, value and an arrow: one of the four things."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._fragment = Fragment("bag", "", "", "ink", ("", "", ""))
        self._block = Block(theme, ())

    @property
    def fragment(self) -> Fragment:
        """What it shows."""
        return self._fragment

    def show_fragment(self, fragment: Fragment) -> None:
        """Show another thing, or its new state."""
        self._fragment = fragment
        label = Span(fragment.label, "second", "soft")
        value = Span(fragment.value, "strong", fragment.ink)
        self._block = Block(self._theme, ([label], [value]), gap=0)
        self.setAccessibleName(f"{fragment.label}: {fragment.value}")
        self.setAccessibleDescription(fragment.whole)
        self.setToolTip(plain_tooltip(fragment.whole))
        self._resettle()

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def _left(self) -> int:
        return self._theme.px(13) + self._theme.icon_px(20) + self._theme.px(9)

    def _room(self, width: int) -> int:
        return width - self._left() - self._theme.icon_px(16) - self._theme.px(18)

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, never below 54 px."""
        theme = self._theme
        return max(theme.px(_FRAGMENT), self._block.height(self._room(width)) + theme.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        theme, fragment = self._theme, self._fragment
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, theme, self.rect(), self.ground_role("page"))
        role = "warn" if fragment.ink == "warn" else "primary"
        side = theme.icon_px(20)
        spot = QPoint(theme.px(13), (self.height() - side) // 2)
        painter.drawPixmap(spot, theme.pixmap(fragment.icon, role, 20))
        room = self._room(self.width())
        top = (self.height() - self._block.height(room)) / 2
        self._block.paint(painter, QPointF(self._left(), top), room)
        arrow = theme.icon_px(16)
        place = QPoint(self.width() - arrow - theme.px(10), (self.height() - arrow) // 2)
        painter.drawPixmap(place, theme.pixmap("forward", "soft", 16))


class HeroCard(QFrame):
    """`asked(place, kind, item)`: somebody wants to see or change something of the visit."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hero: Hero | None = None
        self._today = ""
        self.setProperty("card", True)
        self.setProperty("tone", "card")
        self._row = QHBoxLayout(self)
        self._ring = Ring(theme)
        self._row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.setSpacing(12)
        self.words = Spans(theme, gap=3)
        self._head.addWidget(self.words, 1)
        self.open_visit = QuietButton(theme, tr("Open visit"))
        self.open_visit.clicked.connect(self._open_visit)
        self._head.addWidget(self.open_visit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(self._head)
        self.line = Spans(theme)
        column.addSpacing(3)
        column.addWidget(self.line)
        self.fragments = [FragmentButton(theme) for _ in range(4)]
        self._grid = Grid(theme, least=190, columns=(4, 2, 1), gap=10)
        self._grid.set_cells(self.fragments)
        for button in self.fragments:
            button.clicked.connect(lambda _=False, one=button: self.asked.emit(*one.fragment.asked))
        column.addSpacing(14)
        column.addWidget(self._grid)
        self._row.addLayout(column, 1)
        theme.changed.connect(self._settle)
        self._settle()

    def show_hero(self, hero: Hero, today: str) -> None:
        """Show whose infusion comes, `today` being the day in words."""
        self._hero, self._today = hero, today
        self._ring.show_days(hero.share, hero.number, hero.unit)
        self.open_visit.setAccessibleName(tr("Open visit: {visit}", visit=hero.title))
        for button, fragment in zip_longest(self.fragments, hero.fragments):
            button.setVisible(fragment is not None)
            if fragment is not None:
                button.show_fragment(fragment)
        self._grid.settle()
        self._settle()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [self.open_visit, *(one for one in self.fragments if not one.isHidden())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the words need it more than the ring."""
        super().resizeEvent(event)
        self._show_ring()

    def _show_ring(self) -> None:
        room = self.width() >= _RING_ROOM or not self.testAttribute(_LAID)
        self._ring.setVisible(room and self._theme.scale < LARGE_TEXT)

    def _open_visit(self) -> None:
        if self._hero is not None:
            self.asked.emit("visit", "visit", self._hero.visit)

    def _settle(self) -> None:
        theme, large = self._theme, self._theme.scale >= LARGE_TEXT
        self._show_ring()
        side = theme.px(16 if large else 24)
        right = side if large else theme.px(20)
        self._row.setContentsMargins(side, theme.px(18), right, theme.px(18))
        self._row.setSpacing(theme.px(26))
        hero = self._hero
        if hero is None:
            return
        words = [[Span(hero.sentence, "page_title")]]
        rest = f"  ·  {hero.rest}" if hero.rest else ""
        self.line.set_paragraphs([[Span(hero.when, "strong"), Span(rest, "body")]])
        self.words.set_paragraphs(
            words if large else [[Span(self._today, "second", "soft")], *words]
        )


class OtherRow(PaintedButton):
    """The next infusion of somebody else, in one line; pressed, it comes first."""

    def __init__(self, theme: Theme, other: Other) -> None:
        super().__init__(theme)
        self.other = other
        self._block = Block(theme, ())
        self.show_other(other)

    def show_other(self, other: Other) -> None:
        """Show what is so now."""
        self.other = other
        first = [Span(f"{other.name}: ", "strong"), Span(other.first, "strong")]
        self._block = Block(self._theme, (first, [Span(other.second, "second", "soft")]))
        self.setAccessibleName(f"{other.name}: {other.first}")
        self.setAccessibleDescription(other.second)
        self._resettle()

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def _left(self) -> int:
        return self._theme.px(24 + 32 + 14)

    def _room(self, width: int) -> int:
        return width - self._left() - self._theme.px(44)

    def heightForWidth(self, width: int) -> int:
        """The wrapped words."""
        tall = self._block.height(self._room(width)) + self._theme.px(22)
        return max(self._theme.px(_TARGET), tall)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        theme, other = self._theme, self.other
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, theme, self.rect(), self.ground_role("card"), radius=RADIUS_CARD)
        side = theme.px(32)
        badge = QRect(theme.px(24), (self.height() - side) // 2, side, side)
        paint_badge(painter, theme, badge, other.name, other.colour)
        room = self._room(self.width())
        top = (self.height() - self._block.height(room)) / 2
        self._block.paint(painter, QPointF(self._left(), top), room)
        arrow = theme.icon_px(16)
        place = QPoint(self.width() - arrow - theme.px(20), (self.height() - arrow) // 2)
        painter.drawPixmap(place, theme.pixmap("forward", "soft", 16))
