"""The smaller parts of the Today tab: a section's head, the line at the top, the next days."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.model import Notice, Thing
from caregiver_app.gui.today.painted import Grid, PaintedButton, paint_ground
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import BannerButton, Button, QuietButton
from caregiver_app.gui.widgets.chips import paint_disc
from caregiver_app.gui.widgets.spans import Block, Span, Spans
from caregiver_app.gui.widgets.text import Text, repolish

_DISC = 40


class SectionHead(QWidget):
    """A title at the left, a quiet fact or a link at the right."""

    def __init__(self, theme: Theme, title: str, *, link: str = "") -> None:
        super().__init__()
        self.heading = Text(title, "card_title")
        self.fact = Text("", "second", "soft", wrap=False)
        self.link = QuietButton(theme, link) if link else None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.heading, 1)
        row.addWidget(self.fact)
        if self.link is not None:
            row.addWidget(self.link)

    def show_words(self, title: str, fact: str) -> None:
        """Change the words."""
        self.heading.setText(title)
        self.fact.setText(fact)
        self.fact.setVisible(bool(fact))


class TopLine(QFrame):
    """One line at the top: quiet, or amber where an answer is needed."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._notice: Notice | None = None
        self.setProperty("card", True)
        self._sign = QLabel()
        self.words = Spans(theme)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._sign)
        self._row.addWidget(self.words, 1)
        self.button: Button = QuietButton(theme, "")
        self._row.addWidget(self.button)
        theme.changed.connect(self._retint)

    def show_notice(self, notice: Notice) -> None:
        """Say this one."""
        self._notice = notice
        warns = notice.tone == "warn"
        if self.property("tone") != notice.tone:
            self.setProperty("tone", notice.tone)
            if self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                repolish(self)
        first = Span(
            notice.fact, "second_strong" if warns else "second", "ink" if warns else "soft"
        )
        more = Span(f" {notice.consequence}" if notice.consequence else "", "second")
        self.words.set_paragraphs([[first, more]])
        self.setAccessibleName(notice.fact)
        self._row.removeWidget(self.button)
        self.button.deleteLater()
        kind = BannerButton if warns else QuietButton
        self.button = kind(self._theme, notice.button, name=f"{notice.button}: {notice.fact}")
        self.button.clicked.connect(lambda: self.asked.emit(*notice.asked))
        self._row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._retint()

    def _retint(self) -> None:
        theme = self._theme
        self._row.setContentsMargins(theme.px(16), theme.px(5), theme.px(8), theme.px(5))
        self._row.setSpacing(theme.px(12))
        if self._notice is not None:
            role = "warn" if self._notice.tone == "warn" else "soft"
            self._sign.setPixmap(theme.pixmap(self._notice.icon, role, 18))


class Cell(PaintedButton):
    """One thing that comes: a disc, when, what."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setProperty("focusRing", "inside")
        self.thing: Thing | None = None
        self._block = Block(theme, ())

    def show_thing(self, thing: Thing) -> None:
        """Show another thing."""
        self.thing = thing
        when, what = [Span(thing.when, "second", "soft")], [Span(thing.title, "strong")]
        self._block = Block(self._theme, (when, what), gap=0)
        self.setAccessibleName(f"{thing.when}: {thing.title}")
        self._resettle()

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def _left(self) -> int:
        return self._theme.px(14 + _DISC + 12)

    def heightForWidth(self, width: int) -> int:
        """Disc and words."""
        words = self._block.height(width - self._left() - self._theme.px(10))
        return max(self._theme.px(_DISC), words) + self._theme.px(36)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        theme, thing = self._theme, self.thing
        if thing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            inner = self.rect().adjusted(4, 4, -4, -4)
            paint_ground(painter, theme, inner, self.ground_role("card"), outline="")
        side = theme.px(_DISC)
        disc = QRect(theme.px(14), (self.height() - side) // 2, side, side)
        paint_disc(painter, theme, disc, thing.icon, thing.kind, f"{thing.kind}-tint", 20)
        room = self.width() - self._left() - theme.px(10)
        top = (self.height() - self._block.height(room)) / 2
        self._block.paint(painter, QPointF(self._left(), top), room)


class NextStrip(Grid):
    """The next things beside each other, or below each other where there is little room."""

    asked = Signal(str, str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, least=190, columns=(3, 1), gap=1)
        self._kept: list[Cell] = []

    def show_things(self, things: Sequence[Thing]) -> None:
        """Show these."""
        while len(self._kept) < len(things):
            self._kept.append(self._make())
        for cell, thing in zip(self._kept, things, strict=False):
            cell.show_thing(thing)
        for cell in self._kept[len(things) :]:
            cell.deleteLater()
        self._kept = self._kept[: len(things)]
        self.set_cells(self._kept)

    def _make(self) -> Cell:
        cell = Cell(self._theme)
        cell.clicked.connect(lambda: self.asked.emit(*cell.thing.asked) if cell.thing else None)
        return cell

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return list(self.cells)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the card, and hairlines between the cells."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, theme, self.rect(), "card", radius=RADIUS_CARD)
        for cell in self.cells[1:]:
            box = cell.geometry()
            if box.left() > 0:
                theme.fill(painter, QRect(box.left() - 1, 0, 1, self.height()), "line")
            else:
                theme.fill(painter, QRect(0, box.top() - 1, self.width(), 1), "line")
