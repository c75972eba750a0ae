"""One row of what waits: the rail, what it is about, and Done, Later, Skip."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from caregiver_app.domain.prompts import NO_MORE
from caregiver_app.gui.reminder_answers import MEDICINE_REASONS, ReasonRow
from caregiver_app.gui.reminder_ideas import no_more_words
from caregiver_app.gui.reminder_sure import SureRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.painted import PaintedButton, paint_ground
from caregiver_app.gui.today.waiting_words import Line, Waiting
from caregiver_app.gui.tokens import RADIUS_CARD
from caregiver_app.gui.widgets.buttons import (
    Button,
    IconButton,
    PlainButton,
    QuietButton,
    TonalButton,
)
from caregiver_app.gui.widgets.chips import ChipKind, chip_size, paint_badge, paint_chip, paint_disc
from caregiver_app.gui.widgets.height import follow_width, width_changed, width_now
from caregiver_app.gui.widgets.spans import Block, Span
from caregiver_app.gui.words import tr

_Places = tuple[list[tuple[QWidget, QRect]], int]
_RAIL: Final = 5
_MOST_WIDTHS: Final = 6
_DISC: Final = 40
_WORDS: Final = 240
"""Less room than this for the words, and the buttons stand below them."""


class About(PaintedButton):
    """Disc, title, whose it is, second line and chip; pressed, it opens what it is about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setProperty("focusRing", "inside")
        self._waiting: Waiting | None = None
        self._title, self._more = Block(theme, ()), Block(theme, ())

    def show_waiting(self, waiting: Waiting) -> None:
        """Show other words."""
        self._waiting = waiting
        theme = self._theme
        self._title = Block(theme, ([Span(waiting.title, "strong")],))
        more = [[Span(words, "second", "soft")] for words in waiting.more]
        self._more = Block(theme, more, gap=2)
        self.setAccessibleName(waiting.title)
        said = (waiting.name, *waiting.more, waiting.chip)
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self._resettle()

    def _resettle(self) -> None:
        self._title.forget()
        self._more.forget()
        super()._resettle()

    def text_left(self) -> int:
        """Return where the words begin."""
        return self._theme.px(14 + _DISC + 12)

    def _room(self, width: int) -> int:
        return max(40, width - self.text_left() - self._theme.px(12))

    def _badge(self) -> int:
        """Return the side of the badge, 0 without one."""
        return self._theme.px(18) if self._waiting is not None and self._waiting.name else 0

    def _title_room(self, width: int) -> int:
        badge = self._badge()
        return self._room(width) - (badge + self._theme.px(8) if badge else 0)

    def least_width(self) -> int:
        """Return how much room it needs so that no time is cut."""
        theme, chip = self._theme, self._chip()
        time = 0 if chip is None else chip_size(theme, *chip).width()
        return self.text_left() + max(time, round(_WORDS * theme.scale)) + theme.px(12)

    def _chip(self) -> tuple[str, ChipKind, str] | None:
        waiting = self._waiting
        if waiting is None or not waiting.chip:
            return None
        return waiting.chip, "overdue" if waiting.overdue else "plain", "time"

    def heightForWidth(self, width: int) -> int:
        """Title, second line and chip."""
        theme, tall = self._theme, self._title.height(self._title_room(width))
        if self._more.text:
            tall += theme.px(1) + self._more.height(self._room(width))
        if (chip := self._chip()) is not None:
            tall += theme.px(6) + chip_size(theme, *chip).height()
        return max(theme.px(_DISC), tall) + theme.px(24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        theme, waiting = self._theme, self._waiting
        if waiting is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            inner = self.rect().adjusted(4, 4, -2, -4)
            paint_ground(painter, theme, inner, self.ground_role("card"), outline="")
        side = theme.px(_DISC)
        inside = self.heightForWidth(self.width()) - theme.px(24)
        middle = (self.height() - inside) // 2
        lone = not waiting.lines
        top = (self.height() - side) // 2 if lone and inside < theme.px(90) else middle
        disc = QRect(theme.px(14), top, side, side)
        paint_disc(painter, theme, disc, waiting.icon, waiting.kind, f"{waiting.kind}-tint", 20)
        self._paint_words(painter, waiting, middle)

    def _paint_words(self, painter: QPainter, waiting: Waiting, top: int) -> None:
        theme, left, room = self._theme, self.text_left(), self._room(self.width())
        narrow = self._title_room(self.width())
        self._title.paint(painter, QPointF(left, top), narrow)
        if side := self._badge():
            end = self._title.end_of_first(narrow)
            spot = QPointF(left, top) + end + QPointF(theme.px(8), -side / 2)
            badge = QRect(spot.toPoint(), QSize(side, side))
            paint_badge(painter, theme, badge, waiting.name, waiting.colour)
        top += self._title.height(narrow)
        if self._more.text:
            top += theme.px(1)
            self._more.paint(painter, QPointF(left, top), room)
            top += self._more.height(room)
        if (chip := self._chip()) is not None:
            size = chip_size(theme, *chip)
            box = QRect(left, top + theme.px(6), min(size.width(), room), size.height())
            paint_chip(painter, theme, box, *chip)


class LineButton(PaintedButton):
    """One line of a day's notice; pressed, it opens what it is about."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setProperty("focusRing", "inside")
        self._line: Line | None = None
        self._block = Block(theme, ())

    def show_line(self, line: Line) -> None:
        """Show other words."""
        if line == self._line:
            return
        self._line = line
        self._block = Block(self._theme, ([Span(line.title, "second")],))
        self.setAccessibleName(line.name)
        self._resettle()

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, at least the target."""
        room = width - self._theme.px(8)
        return max(self._theme.px(44), self._block.height(room) + self._theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            ground = self.ground_role("card")
            paint_ground(painter, self._theme, self.rect(), ground, outline="")
        room = self.width() - self._theme.px(8)
        top = (self.height() - self._block.height(room)) / 2
        self._block.paint(painter, QPointF(0, top), room)


class WaitingRow(QWidget):
    """One row; it says what was asked for and changes nothing by itself."""

    done = Signal(tuple)
    """The ids that are done."""
    later = Signal()
    """A moment is to be chosen."""
    skipped = Signal(tuple, str)
    """The ids, and the reason."""
    asked = Signal(str, str, str)
    """Somebody wants to see what it is about."""
    unfolded = Signal()
    """More of its lines are wanted."""
    more = Signal(object, QWidget)
    """A line is to be put off or skipped: the `Line`, and the button that was pressed."""
    sure_asked = Signal()
    """Several doses would be marked: say which ones first, with `ask_sure`."""
    opened = Signal(QWidget)
    """What was asked just now, to be scrolled to."""

    def __init__(self, theme: Theme, waiting: Waiting) -> None:
        super().__init__()
        self._theme, self._waiting = theme, waiting
        self.reason: ReasonRow | None = None
        self.sure: SureRow | None = None
        self._skips: tuple[str, ...] = ()
        self._asker: QWidget | None = None
        self._known: dict[int, _Places] = {}
        follow_width(self)
        self.about = About(theme)
        self.about.setParent(self)
        self.about.clicked.connect(lambda: self.asked.emit(*self._waiting.asked))
        about = waiting.title
        words = waiting.done
        self.done_button = TonalButton(theme, words, "done", name=f"{words}: {about}", parent=self)
        self.later_button = PlainButton(
            theme, tr("Later"), name=tr("Later: {what}", what=about), parent=self
        )
        self.skip_button = QuietButton(
            theme, tr("Skip"), name=tr("Skip: {what}", what=about), parent=self
        )
        self.buttons: tuple[Button, ...] = (self.done_button, self.later_button, self.skip_button)
        if waiting.idea:
            self.later_button.hide()
            self.buttons = (self.done_button, self.skip_button)
            words = no_more_words()
            self.skip_button.set_words(words, name=f"{words}: {about}")
        self.lines = [self._make_line(place) for place in range(len(waiting.lines))]
        self.fold: QuietButton | None = None
        if waiting.hidden:
            self.fold = QuietButton(theme, "", parent=self)
            self.fold.clicked.connect(self.unfolded)
        self.done_button.clicked.connect(self._say_done)
        self.later_button.clicked.connect(self.later)
        self.skip_button.clicked.connect(self._ask_or_not)
        theme.changed.connect(self._changed)
        self.show_waiting(waiting)

    @property
    def waiting(self) -> Waiting:
        """What it shows."""
        return self._waiting

    def show_waiting(self, waiting: Waiting) -> None:
        """Show the same reminders, in as many lines, in the words of now."""
        self._waiting = waiting
        self.about.show_waiting(waiting)
        for (words, button, more), line in zip(self.lines, waiting.lines, strict=True):
            words.show_line(line)
            button.setAccessibleName(tr("Done: {what}", what=line.name))
            rest = no_more_words() if line.idea else tr("Later or skip")
            more.setAccessibleName(f"{rest}: {line.name}")
        if self.fold is not None:
            hidden = tr("Show {count} more", count=waiting.hidden)
            self.fold.set_words(hidden, name=f"{hidden}: {waiting.title}")
        self._changed()

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        stops: list[QWidget] = [self.about, *self.buttons]
        for parts in self.lines:
            stops += parts
        if self.fold is not None:
            stops.append(self.fold)
        for one in (self.sure, self.reason):
            if one is not None:
                stops += one.stops()
        return stops

    def _make_line(self, place: int) -> tuple[LineButton, QuietButton, IconButton]:
        def line() -> Line:
            return self._waiting.lines[place]

        words = LineButton(self._theme)
        words.setParent(self)
        words.clicked.connect(lambda: self.asked.emit(*line().asked))
        button = QuietButton(self._theme, tr("Done"), parent=self)
        button.clicked.connect(lambda: self.done.emit(line().ids))
        more = IconButton(self._theme, "open-list", tr("Later or skip"), quiet=True)
        more.setParent(self)
        more.clicked.connect(lambda: self.more.emit(line(), more))
        return words, button, more

    def _say_done(self) -> None:
        if self._waiting.asks:
            self.sure_asked.emit()
        else:
            self.done.emit(self._waiting.ids)

    def ask_sure(self, lines: Sequence[str], yes: str) -> None:
        """Say what would be marked, and mark it when that is agreed to."""
        self._note_asker()
        self._stop_asking()
        if self.sure is not None:
            self.sure.deleteLater()
        self.sure = sure = SureRow(self._theme, lines, yes)
        sure.agreed.connect(lambda: self.done.emit(self._waiting.ids))
        sure.refused.connect(self._close_question)
        self._put_below(sure)
        sure.begin()
        self.opened.emit(sure)

    def _ask_or_not(self) -> None:
        """A second press on Skip takes the question away; an idea is put away at once."""
        if self._waiting.idea:
            self.skipped.emit(self._waiting.ids, NO_MORE)
        elif self.reason is not None and not self.reason.isHidden():
            self._close_question()
        else:
            self.ask_reason(self._waiting.ids, self._waiting.title)

    def ask_reason(self, ids: tuple[str, ...], about: str) -> None:
        """Ask why these are skipped."""
        self._note_asker()
        self._stop_asking()
        if self.reason is None or self._skips != ids:
            if self.reason is not None:
                self.reason.deleteLater()
            medicine = self._waiting.kind == "medication"
            choices = MEDICINE_REASONS if medicine else ()
            self.reason = ReasonRow(self._theme, about, choices, count=self._count(ids))
            self.reason.given.connect(self._skip)
            self._skips = ids
        self._put_below(self.reason)
        self.reason.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(self.reason)

    def _put_below(self, asking: QWidget) -> None:
        """Show what has to be asked, and let the keyboard go on to it."""
        stops = self.stops()
        asking.setParent(self)
        asking.show()
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self._changed()

    def _count(self, ids: tuple[str, ...]) -> int:
        """Return how many things are answered with these: one line, or the whole row."""
        whole = bool(self.lines) and ids == self._waiting.ids
        return len(self._waiting.lines) + self._waiting.hidden if whole else 1

    def _asked(self) -> list[QWidget]:
        """Return what is asked just now."""
        return [one for one in (self.sure, self.reason) if one is not None and not one.isHidden()]

    def _note_asker(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and not any(one.isAncestorOf(focus) for one in self._asked()):
            self._asker = focus

    def _close_question(self) -> None:
        """Take away what was asked, and give the keyboard to the button that led to it."""
        asker, self._asker = self._asker, None
        if asker is None or not self.isAncestorOf(asker):
            asker = self.about
        asker.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stop_asking()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes away what was asked; nothing is answered by that."""
        if event.key() == Qt.Key.Key_Escape and self._asked():
            self._close_question()
        else:
            super().keyPressEvent(event)

    def _stop_asking(self) -> None:
        for one in (self.sure, self.reason):
            if one is not None:
                one.hide()
        self._changed()

    def _skip(self, why: str) -> None:
        self.skipped.emit(self._skips, why)

    # -- Size and paint ---------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Words wrap, and buttons go below them."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Everything."""
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        """As tall as it must be at the width it has."""
        width = self._theme.px(600)
        return QSize(width, self.heightForWidth(width_now(self, width)))

    def minimumSizeHint(self) -> QSize:
        """Room for the three buttons."""
        return QSize(self._buttons_width() + self._theme.px(40), self._theme.px(44))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        super().resizeEvent(event)
        self._put()
        width_changed(self, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Place what changed while nobody saw it; before that its width is a guess."""
        self._put()
        super().showEvent(event)

    def _changed(self) -> None:
        self._known.clear()
        if self.isVisible():
            self._put()
        self.updateGeometry()
        self.update()

    def _put(self) -> None:
        for widget, box in self._places(self.width())[0]:
            widget.setGeometry(box)

    def _buttons_width(self) -> int:
        gap = self._theme.px(7)
        return sum(button.sizeHint().width() + gap for button in self.buttons)

    def _places(self, width: int) -> _Places:
        """Return where everything goes at that width, and how tall that is."""
        if width not in self._known:
            if len(self._known) > _MOST_WIDTHS:
                self._known.clear()
            self._known[width] = self._work_out(width)
        return self._known[width]

    def _work_out(self, width: int) -> _Places:
        theme, hint = self._theme, self.done_button.sizeHint().height()
        taken, pad = self._buttons_width(), theme.px(12)
        words = width - _RAIL - taken - pad
        beside = words >= self.about.least_width()
        side = words if beside else width - _RAIL - pad
        tall = self.about.heightForWidth(side)
        places: list[tuple[QWidget, QRect]] = [(self.about, QRect(_RAIL, 0, side, tall))]
        left, bottom = _RAIL + self.about.text_left(), tall
        if beside:
            start, top = width - taken - theme.px(5), (tall - hint) // 2
        else:
            start, top = left if left + taken <= width else _RAIL + theme.px(12), tall
            bottom = top + hint + theme.px(12)
        for button in self.buttons:
            wide = button.sizeHint().width()
            places.append((button, QRect(start, top, wide, hint)))
            start += wide + theme.px(7)
        bottom = self._place_lines(places, left, bottom, width)
        for asking in (self.sure, self.reason):
            if asking is not None and not asking.isHidden():
                room = min(width - left - pad, theme.px(520))
                height = asking.heightForWidth(room)
                places.append((asking, QRect(left, bottom, room, height)))
                bottom += height + theme.px(14)
        return places, bottom

    def _place_lines(
        self, places: list[tuple[QWidget, QRect]], left: int, bottom: int, width: int
    ) -> int:
        theme, edge = self._theme, width - self._theme.px(12)
        for words, button, more in self.lines:
            hint, side = button.sizeHint(), more.sizeHint()
            room = edge - side.width() - hint.width() - left - theme.px(10)
            tall = max(words.heightForWidth(room), hint.height())
            places.append((words, QRect(left, bottom, room, tall)))
            middle = bottom + tall // 2
            spot = QPoint(edge - side.width(), middle - side.height() // 2)
            places.append((more, QRect(spot, side)))
            spot = QPoint(spot.x() - theme.px(2) - hint.width(), middle - hint.height() // 2)
            places.append((button, QRect(spot, hint)))
            bottom += tall
        if self.fold is not None:
            hint = self.fold.sizeHint()
            places.append(
                (self.fold, QRect(left - theme.px(12), bottom, hint.width(), hint.height()))
            )
            bottom += hint.height()
        return bottom + (theme.px(10) if self.lines else 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the card and its rail."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, theme, self.rect(), "card", radius=RADIUS_CARD)
        shape = QPainterPath()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape.addRoundedRect(box, RADIUS_CARD, RADIUS_CARD)
        painter.setClipPath(shape)
        rail = "alarm" if self._waiting.overdue else self._waiting.kind
        theme.fill(painter, QRect(0, 0, _RAIL, self.height()), rail)
