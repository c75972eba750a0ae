"""Getting ready: the moments around a visit as a time line, the next one open with its ticks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.bag.model import Phase, Step
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import count_text, tr


class StepsCard(Card):
    """The time line. `ticked(reminder)` marks a step done, `unticked(reminder)` takes it back."""

    ticked = Signal(str)
    unticked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Getting ready"))
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.body.addLayout(self._column)
        self.phases: dict[str, PhaseBlock] = {}
        self._visit = ""

    def show_phases(self, visit_id: str, phases: Sequence[Phase]) -> None:
        """Show a visit's phases; those that stand open stay open."""
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
        for phase in phases:
            self.phases[phase.key].show_phase(phase)


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
        self.fold = IconButton(theme, "open-list", "", quiet=True)
        self.fold.clicked.connect(self._turn)
        head.addWidget(self.fold)
        column.addLayout(head)
        self._count = Text("", "second", "soft")
        column.addWidget(self._count)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        column.addLayout(self._steps)
        row.addLayout(column, 1)
        self.rows: dict[str, TickRow] = {}
        self.is_open = phase.next

    def show_phase(self, phase: Phase) -> None:
        """Show what became of the steps."""
        self._phase = phase
        self._mark.set_look("done" if phase.done else "next" if phase.next else "open")
        self._when.setText(phase.when)
        self._count.setText(_count_words(phase))
        self._show_open()

    def _turn(self) -> None:
        self.is_open = not self.is_open
        self._show_open()

    def _show_open(self) -> None:
        said = tr("Close the steps: {phase}") if self.is_open else tr("Show the steps: {phase}")
        self.fold.set_words("", name=said.format(phase=self._phase.title))
        self.fold.setToolTip(self.fold.accessibleName())
        self._count.setVisible(not self.is_open)
        if not self.is_open:
            clear_layout(self._steps)
            self.rows = {}
            return
        if not self.rows and not self._steps.count():
            for step in self._phase.steps:
                self._steps.addWidget(self._row(step))
        for step in self._phase.steps:
            if step.key in self.rows:
                self.rows[step.key].set_state("done" if step.done else "open")

    def _row(self, step: Step) -> QWidget:
        if not step.can_tick:
            text = Text(f"•  {step.text}", "second", "soft")
            text.setContentsMargins(0, 4, 0, 4)
            return text
        row = TickRow(self._theme, step.text, strong=False)
        row.setToolTip(step.why)

        def stated(state: str) -> None:
            (self.ticked if state == "done" else self.unticked).emit(step.reminder)

        row.state_changed.connect(stated)
        self.rows[step.key] = row
        return row


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
    ticks = [step for step in phase.steps if step.can_tick]
    if not ticks:
        return count_text(len(phase.steps), "{count} thing", "{count} things")
    done = sum(step.done for step in ticks)
    return tr("{done} of {count} done", done=done, count=len(ticks))
