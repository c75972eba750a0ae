"""The first run: one sentence to accept, then four steps that can be skipped and gone on with."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from caregiver_app.errors import UserError
from caregiver_app.gui.at_login import AtLogin
from caregiver_app.gui.columns import one_column
from caregiver_app.gui.first_run.numbers_step import NumbersStep
from caregiver_app.gui.first_run.person_step import PersonStep
from caregiver_app.gui.first_run.plan_step import PlanStep
from caregiver_app.gui.first_run.ring_step import RingStep
from caregiver_app.gui.first_run.side import NameLine, Side, StepState
from caregiver_app.gui.first_run.step import StepPage
from caregiver_app.gui.first_run.welcome import Welcome
from caregiver_app.gui.reading_order import FocusHand
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import (
    EmergencyButton,
    PlainButton,
    PrimaryButton,
    QuietButton,
)
from caregiver_app.gui.widgets.text import Rule, ScrollArea, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain, words
from caregiver_app.services.care import Change
from caregiver_app.services.first_run import STEPS, FirstRunService
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer

_SIDE: Final = (300, 440)
_ROOMY: Final = 700
_WIDEST: Final = 712
"""A line is no longer than this: it could not be read with ease."""
_RING: Final = 5
"""The focus ring of what is scrolled needs so much room at the edge."""
_WELCOME: Final = ""


class FirstRun(FocusHand):
    """Lies over the whole window until it is ended, or left for later."""

    ended = Signal()
    emergency_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self,
        house: Household,
        theme: Theme,
        ringer: Callable[[], Ringer | None],
        at_login: Callable[[], AtLogin | None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        """`ringer` and `at_login` answer None while there is none."""
        super().__init__(parent)
        self._theme = theme
        self._first_run = FirstRunService(house)
        self.place = _WELCOME
        """The key of the step that is seen, "" while the sentence waits."""
        self._reached = 0
        self._keeping = False
        self.welcome = Welcome(theme, self._sentence())
        self.steps: dict[str, StepPage] = {
            "person": PersonStep(house, theme, self._first_run),
            "plan": PlanStep(house, theme, self._first_run),
            "numbers": NumbersStep(theme, self._first_run),
            "test": RingStep(house, theme, ringer, at_login),
        }
        self._build()
        self._connect()
        _listen(self, house)
        theme.changed.connect(self._settle)
        self.setAccessibleName(tr("First steps"))
        if self._first_run.is_accepted:
            self._go_on_where_left()
        else:
            self._show(_WELCOME)

    # -- Building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        names = [
            ("person", tr("Who you look after")),
            ("plan", tr("The therapy and the next date")),
            ("numbers", tr("The numbers to call")),
            ("test", tr("A test reminder")),
        ]
        self.side = Side(self._theme, names)
        self._right = QWidget()
        column = QVBoxLayout(self._right)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(8)
        self.area = ScrollArea(self._sheet())
        column.addWidget(self.area, 1)
        self._foot = self._make_foot()
        column.addWidget(self._foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        # What is read stays a page wide in the middle of a wide window.
        room = QWidget()
        middle = QHBoxLayout(room)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(self._right)
        row.addWidget(room, 1)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setSpacing(10)
        self.name = NameLine(self._theme)
        # Where the name stands the step is told below it, else in its place.
        self.where, self._where_below = Text("", "second", "soft"), Text("", "second", "soft")
        self.emergency = EmergencyButton(self._theme, tr("Emergency"), key_hint="F2")
        row = QHBoxLayout()
        row.setContentsMargins(_RING, 0, _RING, 0)
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        row.addWidget(self.where, 1)
        row.addWidget(self.emergency)
        head.addLayout(row)
        head.addWidget(self._where_below)
        self._where_below.setContentsMargins(_RING, 0, _RING, 0)
        return head

    def _sheet(self) -> QWidget:
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(_RING, _RING, _RING, 12)
        column.setSpacing(16)
        for part in (self.welcome, *self.steps.values()):
            column.addWidget(part)
            part.hide()
        column.addStretch(1)
        # The sentence stands at the foot; where there is little room it scrolls with the rest.
        self._small = (Text("", "second", "soft"), Text("", "second", "soft"))
        column.addWidget(self._small[0])
        return sheet

    def _make_foot(self) -> QWidget:
        theme = self._theme
        self.back = PlainButton(theme, tr("Back"), "back")
        self.rest = QuietButton(theme, tr("Do the rest later"))
        self.skip = QuietButton(theme, tr("Skip for now"))
        self.next = PrimaryButton(theme, tr("Next"))
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(_RING, 0, _RING, 0)
        column.setSpacing(0)
        column.addSpacing(12)
        column.addWidget(self._small[1])
        column.addSpacing(12)
        column.addWidget(Rule())
        column.addSpacing(16)
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._ways.setSpacing(8)
        self._groups: list[QWidget] = []
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for buttons, side in (((self.back, self.rest), left), ((self.skip, self.next), right)):
            group = QWidget()
            row = QHBoxLayout(group)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            for button in buttons:
                row.addWidget(button)
            self._groups.append(group)
            self._ways.addWidget(group, 0, side)
        column.addLayout(self._ways)
        return foot

    def _connect(self) -> None:
        self.welcome.accepted.connect(self._accept)
        self.welcome.restore_asked.connect(self.restore_asked)
        self.emergency.clicked.connect(self.emergency_asked)
        self.side.chosen.connect(self.go)
        self.back.clicked.connect(self._back)
        self.rest.clicked.connect(self._leave_rest)
        self.skip.clicked.connect(self._go_on)
        self.next.clicked.connect(self._next)
        for step in self.steps.values():
            step.settled.connect(self._answered)
            step.over.connect(self._go_on)

    # -- From step to step ------------------------------------------------------------------------

    def go(self, key: str) -> None:
        """Open a step."""
        if self.place in self.steps:
            self.steps[self.place].leave()
        self._reached = max(self._reached, STEPS.index(key))
        # What could not be noted costs nothing but a step more at the next start.
        with suppress(UserError):
            self._first_run.reach(key)
        self._show(key)
        self.steps[key].begin()

    def _go_on_where_left(self) -> None:
        """Open the step that is next; before the first paint nothing is written."""
        key = self._first_run.step
        self._reached = STEPS.index(key)
        self._show(key)

    def _accept(self) -> None:
        try:
            self._first_run.accept()
        except UserError as error:
            self.welcome.trouble.say(explain(error))
            return
        self.go(self._first_run.step)

    def _back(self) -> None:
        self.go(STEPS[STEPS.index(self.place) - 1])

    def _next(self) -> None:
        step = self.steps[self.place]
        step.trouble.say("")
        self._keeping = True
        try:
            kept = step.keep()
        except UserError as error:
            step.explain(error)
            kept = False
        finally:
            self._keeping = False
        if kept:
            self._go_on()
            return
        self._reveal()

    def _go_on(self) -> None:
        place = STEPS.index(self.place) + 1
        if place < len(STEPS):
            self.go(STEPS[place])
            return
        self.steps[self.place].leave()
        with suppress(UserError):
            self._first_run.end()
        self.ended.emit()

    def _leave_rest(self) -> None:
        self.steps[self.place].leave()
        with suppress(UserError):
            self._first_run.leave()
        self.ended.emit()

    # -- Showing ----------------------------------------------------------------------------------

    def _show(self, key: str) -> None:
        self.place = key
        self.welcome.setVisible(key == _WELCOME)
        for name, step in self.steps.items():
            if name == key:
                step.load()
            step.setVisible(name == key)
        self._foot.setVisible(key != _WELCOME)
        self.side.drawing.set_name(key or "welcome")
        self.area.verticalScrollBar().setValue(0)
        if key != _WELCOME:
            number = STEPS.index(key) + 1
            said = tr("Step {number} of {count}, {length}", number=number, count=len(STEPS),
                      length=_length(key))  # fmt: skip
            self.where.setText(said)
            self._where_below.setText(said)
            self.back.setVisible(number > 1)
            last = number == len(STEPS)
            self.next.set_words(tr("Finish") if last else tr("Next"))
            self.rest.setVisible(not last)
        self._settle()
        self._look_again()
        self._take_focus()

    def _take_focus(self) -> None:
        """Give the keyboard to where the step begins; whoever focuses the page lands there."""
        step = self.steps.get(self.place)
        stop = self.welcome.sentence if step is None else step.first_stop()
        self.setFocusProxy(stop)
        if self.isVisible():
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, self._reveal)
            said = self.welcome.sentence.text()
            if step is not None:
                said = f"{self.where.text()}. {step.title.text()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _reveal(self) -> None:
        """Scroll to what has the keyboard: in a low window it may lie below the edge."""
        focus = QApplication.focusWidget()
        if (
            focus is not None
            and self.area.isAncestorOf(focus)
            and focus is not self.welcome.sentence
        ):
            self.area.ensureWidgetVisible(focus, 0, 60)

    def _look_again(self) -> None:
        """Show what is kept: the number in the sentence, the ticks of the list."""
        # F2 works from the start, so the number may be there before the sentence is accepted.
        for sentence in (self.welcome.sentence, *self._small):
            sentence.setText(self._sentence())
        missing = self._first_run.missing()
        for number, (key, mark) in enumerate(self.side.marks.items()):
            behind = self.place != _WELCOME and number <= self._reached
            state: StepState = "open" if behind else "ahead"
            if key not in missing and (key != "test" or self.steps[key].is_ready()):
                state = "done"
            if key == self.place:
                state = "here"
            mark.set_state(state, reached=behind)
        self._settled()

    def _answered(self) -> None:
        """Go on with the keyboard from where the answered question was."""
        self._settled()
        step = self.steps.get(self.place)
        if step is not None and self.isVisible():
            stop = self.next if self.next.isEnabled() else step.first_stop()
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settled(self) -> None:
        step = self.steps.get(self.place)
        ready = step is not None and step.is_ready()
        self.next.setEnabled(ready)
        # With the question answered there is nothing left to skip.
        self.skip.setVisible(not (ready and self.place == STEPS[-1]))

    def look_again(self) -> None:
        """Something was changed, perhaps by undo: show what is kept now."""
        if self._keeping:
            return  # a change of several parts tells of each; the whole is looked at afterwards
        if self.place in self.steps:
            self.steps[self.place].load()
        self._look_again()

    def _sentence(self) -> str:
        number = self._first_run.number() or words("safety.no_emergency_number")
        return words("safety.first_run", emergency_number=number)

    # -- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return in a field goes on, as in every form."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        if enter and typing and self.place in self.steps and self.next.isEnabled():
            self._next()
            return
        super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """It gives way: it scrolls."""
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the left side out where there is little room."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        narrow = one_column(self._theme, self.width())
        roomy = self._theme.scale < LARGE_TEXT and self.height() >= _ROOMY
        self._small[0].setVisible(self.place != _WELCOME and not roomy)
        self._small[1].setVisible(roomy)
        self.side.setVisible(not narrow)
        named = narrow and self.height() >= self._theme.px(600)
        self.name.setVisible(named)
        self.where.setVisible(not named)
        self._where_below.setVisible(named and self.place != _WELCOME)
        self.welcome.set_roomy(roomy=roomy)
        least, most = _SIDE
        self.side.setFixedWidth(max(least, min(most, round(self.width() * 0.344))))
        across = (24 if narrow else 64) - _RING
        self._right.setMaximumWidth(self._theme.px(_WIDEST) + 2 * (across + _RING))
        column = self._right.layout()
        if column is not None:
            column.setContentsMargins(across, 20 if narrow else 36, across, 16 if narrow else 28)
        room = min(self.width() - (0 if narrow else self.side.width()), self._right.maximumWidth())
        needs = sum(group.sizeHint().width() for group in self._groups) + 40
        way = QBoxLayout.Direction
        fits = needs <= room - 2 * across
        self._ways.setDirection(way.LeftToRight if fits else way.TopToBottom)


def _length(key: str) -> str:
    return tr("about a minute") if key in ("plan", "numbers") else tr("about half a minute")


def _listen(page: FirstRun, house: Household) -> None:
    """Have `page` look again after each change, for as long as it lives."""
    there = weakref.ref(page)

    def changed(_change: Change) -> None:
        found = there()
        # Qt may have deleted its half already.
        if found is not None:
            with suppress(RuntimeError):
                found.look_again()

    house.care.changes.listen(changed)
