"""Getting ready: the moments around a visit as a time line, the next one open with its ticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.bag.phases import Phase, Step
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import TARGET
from caregiver_app.gui.watchlist.advice_block import SourceFold
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.height import AsTall
from caregiver_app.gui.widgets.spans import Block, Span
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import BOX, TickRow, TickState, paint_tick
from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import words


class StepsCard(Card):
    """The time line. `ticked(reminder)` marks a step done, `unticked(reminder)` takes it back."""

    ticked = Signal(str)
    unticked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Getting ready"))
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self._usual = Text(words("safety.everywhere"), "second", "soft")
        self.add(self._usual)
        self.sources = SourceFold(theme, "")
        self.add(self.sources)
        self.phases: dict[str, PhaseBlock] = {}
        self._visit = ""

    def show_phases(self, visit_id: str, phases: Sequence[Phase], sources: str = "") -> None:
        """Show a visit's phases; those that stand open stay open. `sources` opens on demand."""
        self.sources.set_line(sources)
        wanted = [phase.key for phase in phases]
        if visit_id != self._visit or wanted != list(self.phases):
            self._visit = visit_id
            clear_layout(self._column)
            self.phases = {}
            for place, phase in enumerate(phases):
                block = PhaseBlock(self._theme, phase, last=place == len(phases) - 1)
                block.ticked.connect(self.ticked)
                block.unticked.connect(self.unticked)
                self.phases[phase.key] = block
                self._column.addWidget(block)
            # A screen reader goes through what a card holds in this order.
            self._usual.raise_()
            self.sources.raise_()
        for phase in phases:
            self.phases[phase.key].show_phase(phase)

    def say(self, reminder: str, words: str, ink: str = "alarm") -> bool:
        """Say something below the step that `reminder` belongs to; False where none is shown."""
        said = [block.say(reminder, words, ink) for block in self.phases.values()]
        return any(said)


class PhaseBlock(QWidget):
    """One moment: its mark on the rail, its day, and its steps while it is open."""

    ticked = Signal(str)
    unticked = Signal(str)

    def __init__(self, theme: Theme, phase: Phase, *, last: bool) -> None:
        super().__init__()
        self._theme, self._phase, self._last = theme, phase, last
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._mark = PhaseMark(theme, last=last)
        row.addWidget(self._mark)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, theme.px(6))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Text(phase.title, "strong"), 1)
        self._when = Text("", "second", "soft", wrap=False)
        head.addWidget(self._when)
        self._arrow = "open-list" if phase.next else "forward"
        self.fold = IconButton(theme, self._arrow, "", quiet=True)
        self.fold.clicked.connect(self._turn)
        head.addWidget(self.fold)
        column.addLayout(head)
        self._count = Text("", "second", "soft")
        column.addWidget(self._count)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        column.addLayout(self._steps)
        row.addLayout(column, 1)
        self.rows: dict[str, StepTick] = {}
        self.read: dict[str, StepWords] = {}
        self.said: Text | None = None
        """What was said below a step, until the steps are shown anew."""
        self._kinds: list[tuple[str, bool]] = []
        self.is_open = phase.next

    def show_phase(self, phase: Phase) -> None:
        """Show what became of the steps."""
        self._phase = phase
        self._say_nothing()
        self._mark.set_look("done" if phase.done else "next" if phase.next else "open")
        self._when.setText(phase.when)
        self._count.setText(_count_words(phase))
        self._show_open()

    def say(self, reminder: str, words: str, ink: str) -> bool:
        """Say something below the step of a reminder; take away what was said below another."""
        self._say_nothing()
        row = next((one for one in self.rows.values() if one.reminder == reminder), None)
        if row is None:
            return False
        self.said = Text(words, "second", ink)
        self.said.setContentsMargins(row.words_left, 0, 0, 6)
        self._steps.insertWidget(self._steps.indexOf(row) + 1, self.said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(row, words))
        return True

    def _say_nothing(self) -> None:
        if self.said is not None:
            self._steps.removeWidget(self.said)
            self.said.hide()
            self.said.deleteLater()
            self.said = None

    def _turn(self) -> None:
        self.is_open = not self.is_open
        self._show_open()

    def _show_open(self) -> None:
        said = tr("Close the steps: {phase}") if self.is_open else tr("Show the steps: {phase}")
        self.fold.set_words("", name=said.format(phase=self._phase.title))
        arrow = "open-list" if self.is_open else "forward"
        if arrow != self._arrow:
            self._arrow = arrow
            self.fold.set_icon(arrow)
        self.fold.setToolTip(self.fold.accessibleName())
        self._count.setVisible(not self.is_open)
        kinds = [(step.key, step.can_tick) for step in self._phase.steps] if self.is_open else []
        if kinds != self._kinds:
            self._kinds = kinds
            self._say_nothing()
            clear_layout(self._steps)
            self.rows = {}
            self.read = {}
            for key, can_tick in kinds:
                self._steps.addWidget(self._row(key) if can_tick else self._read_row(key))
        for step in self._phase.steps if self.is_open else ():
            if step.can_tick:
                self.rows[step.key].show_step(step)
            else:
                self.read[step.key].show_step(step)

    def _row(self, key: str) -> QWidget:
        row = self.rows[key] = StepTick(self._theme)

        def stated(state: str) -> None:
            (self.ticked if state == "done" else self.unticked).emit(row.reminder)

        row.state_changed.connect(stated)
        return row

    def _read_row(self, key: str) -> QWidget:
        self.read[key] = StepWords(self._theme)
        return self.read[key]


class StepTick(TickRow):
    """A step that can be ticked, its reason below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", strong=False)
        self._block = Block(theme, ())
        self._step: Step | None = None

    @property
    def reminder(self) -> str:
        """The id of the reminder that a tick answers."""
        return "" if self._step is None else self._step.reminder

    @property
    def words_left(self) -> int:
        """How far from the left its words begin, in pixels."""
        return self._text_left()

    def show_step(self, step: Step) -> None:
        """Show the step and what became of it."""
        state: TickState = "done" if step.done else "open"
        if (step, state) == (self._step, self.state):
            return
        self._step = step
        self.set_words(step.text, note=_below(step))
        self.set_state(state)

    def set_state(self, state: TickState) -> None:
        """Show another state; no signal."""
        super().set_state(state)
        step = self._step
        if step is not None:
            first = Span(step.text, "body", "soft" if state == "done" else "ink")
            self._block = Block(self._theme, ([first], *_reasons(step)), gap=0)

    def heightForWidth(self, width: int) -> int:
        """The wrapped words, never below the target."""
        needed = self._block.height(self._room(width)) + self._theme.px(12)
        return max(self._theme.px(TARGET), needed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the box beside the step's first line, and the words."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, line = theme.icon_px(BOX), QFontMetrics(theme.font("body")).height()
        room = self._room(self.width())
        top = (self.height() - self._block.height(room)) / 2
        box = QRect(0, max(0, round(top + (line - side) / 2)), side, side)
        paint_tick(painter, theme, box, self.state, usable=self.isEnabled())
        self._block.paint(painter, QPointF(self._text_left(), top), room)

    def _room(self, width: int) -> int:
        return max(40, width - self._text_left())

    def _resettle(self) -> None:
        self._block.forget()
        super()._resettle()


class StepWords(AsTall):
    """A step that is only read, or that the program knows to be done by itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, "open"
        self._sign = QLabel()
        self.first = Text("", "body")
        self.why = Text("", "second", "soft")
        self.note = Text("", "second")
        column = QVBoxLayout()
        column.setSpacing(0)
        for text in (self.first, self.why, self.note):
            column.addWidget(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(theme.px(13))
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        theme.changed.connect(self._retint)

    def show_step(self, step: Step) -> None:
        """Show the step and what became of it."""
        self.first.setText(step.text)
        self.first.set_ink("soft" if step.done else "ink")
        self.first.setAccessibleName(tr("{step}: done", step=step.text) if step.done else "")
        self.why.setText(step.why)
        self.note.setText(step.note)
        self.note.setVisible(bool(step.note))
        icon = "done" if step.done else ""
        if icon != self._icon:
            self._icon = icon
            self._retint()

    def _retint(self) -> None:
        side = self._theme.icon_px(BOX)
        self._sign.setFixedWidth(side)
        self._sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if self._icon:
            self._sign.setPixmap(self._theme.pixmap(self._icon, "primary", 18))
        else:
            self._sign.setPixmap(_dot(self._theme, side))


def _below(step: Step) -> str:
    return ". ".join(part.rstrip(".") for part in (step.why, step.note) if part)


def _reasons(step: Step) -> list[list[Span]]:
    found = [[Span(step.why, "second", "soft")]] if step.why else []
    return [*found, [Span(step.note, "second")]] if step.note else found


def _dot(theme: Theme, side: int) -> QPixmap:
    """Return a small dot in the middle of where a tick would stand."""
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("edge"))
    painter.drawEllipse(QPointF(side / 2, side / 2), theme.px(3), theme.px(3))
    painter.end()
    return picture


class PhaseMark(QWidget):
    """A circle on the rail: done, next, or open."""

    def __init__(self, theme: Theme, *, last: bool) -> None:
        super().__init__()
        self._theme, self._last, self._look = theme, last, "open"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def set_look(self, look: str) -> None:
        """Show "done", "next" or "open"."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        """A rail as wide as its circle."""
        return QSize(self._theme.px(22), self._theme.px(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw circle and rail."""
        theme, side = self._theme, self._theme.px(20)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (theme.px(44) - side) / 2
        middle = self.width() / 2
        if not self._last:
            painter.setPen(QPen(theme.colour("line"), 2))
            painter.drawLine(round(middle), round(top + side), round(middle), self.height())
        painter.setPen(QPen(theme.colour("line"), 2))
        dot = QRectF(middle - side / 2 + 1, top + 1, side - 2, side - 2)
        done, coming = self._look == "done", self._look == "next"
        pen = QPen(theme.colour("primary" if done or coming else "edge"), 2.5 if coming else 1.5)
        painter.setPen(pen)
        painter.setBrush(theme.colour("primary" if done else "tint" if coming else "card"))
        painter.drawEllipse(dot)
        if done:
            spot = QRect(0, 0, theme.icon_px(13), theme.icon_px(13))
            spot.moveCenter(dot.center().toPoint())
            painter.drawPixmap(spot, theme.pixmap("done", "on_primary", 13))


def _count_words(phase: Phase) -> str:
    if not any(step.can_tick for step in phase.steps):
        return count_text(len(phase.steps), "{count} thing", "{count} things")
    known = [step.done for step in phase.steps if step.can_tick or step.done]
    return tr("{done} of {count} done", done=sum(known), count=len(known))
