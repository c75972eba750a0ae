"""The last step: ring once for a try, and say what was found on this computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.first_run.step import StepPage
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip, ChipKind
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr

if TYPE_CHECKING:
    from caregiver_app.gui.ringer import Ringer

Outcome = Literal["", "asleep", "rung", "seen", "nothing"]


class RingStep(StepPage):
    """Rings once when it opens, asks whether it was seen, and helps when it was not."""

    key: ClassVar[str] = "test"

    def __init__(self, theme: Theme, ringer: Callable[[], Ringer | None]) -> None:
        super().__init__(theme, tr("Let’s ring once, to be sure"), "")
        self._find_ringer = ringer
        self._ringer: Ringer | None = None
        self._outcome: Outcome = ""
        self.yes = PrimaryButton(theme, tr("Yes, I saw it"), "done")
        self.ring = PlainButton(theme, tr("Ring again"), "reminder")
        self.ring_now = PrimaryButton(theme, tr("Ring now"), "reminder")
        self.no = QuietButton(theme, tr("No, nothing came"))
        answers = QWidget()
        flow = FlowLayout(answers, across=12, down=8)
        for button in (self.ring_now, self.yes, self.ring, self.no):
            flow.addWidget(button)
        self.add(answers)
        self.note = Text(tr("Answer to finish, or skip this for now."), "second", "soft")
        self.add(self.note)
        self.help = NothingCame(theme)
        self.add(self.help)
        self.column.addSpacing(6)
        self.found = FoundHere(theme)
        self.add(self.found)
        self.ring_now.clicked.connect(self.rehearse)
        self.ring.clicked.connect(self.rehearse)
        self.yes.clicked.connect(self._seen)
        self.no.clicked.connect(self._nothing)
        self._show("")

    @property
    def outcome(self) -> Outcome:
        """What came of the last try."""
        return self._outcome

    def first_stop(self) -> QWidget:
        """Return the likely answer."""
        return next(one for one in (self.yes, self.ring_now, self.ring) if one.isVisibleTo(self))

    def is_ready(self) -> bool:
        """Tell whether the question was answered, one way or the other."""
        return self._outcome in ("seen", "nothing")

    def begin(self) -> None:
        """Ring, unless the question was answered already or nothing is at work yet."""
        if not self.is_ready() and self._find_ringer() is not None:
            self.rehearse()

    def leave(self) -> None:
        """Take the test away with the step."""
        if self._ringer is not None:
            self._ringer.end_rehearsal()

    def rehearse(self) -> None:
        """Ring once."""
        ringer = self._find_ringer()
        if ringer is None:
            self._show("asleep")
            return
        if ringer is not self._ringer:
            self._ringer = ringer
            ringer.rehearsed.connect(self._told)
            ringer.rehearsal_answered.connect(self._seen)
        self.found.notices.tell(tr("being sent just now"), tr("A moment"), "plain")
        up = ringer.rehearse()
        self.found.tell_window(up=up, here=ringer.rings_here)
        self._show("rung")

    # -- Answers ----------------------------------------------------------------------------------

    def _seen(self) -> None:
        self.leave()
        self._show("seen")

    def _nothing(self) -> None:
        self.leave()
        self.found.tell_unseen()
        self._show("nothing")

    def _told(self, ok: bool, sentence: str) -> None:
        self.found.tell_notice(sentence, ok=ok)

    def _show(self, outcome: Outcome) -> None:
        self._outcome = outcome
        said = {
            "": tr(
                "A reminder that stays silent is no help. A small window will come up on top of"
                " the others."
            ),
            "asleep": tr(
                "This window does not ring yet. Wait a moment and ring again. If it stays so, this"
                " program is open a second time with the same data: the other window rings."
            ),
            "rung": tr(
                "A reminder that stays silent is no help. We rang a moment ago. Did you see a"
                " small window on top of the others?"
            ),
            "seen": tr(
                "Good. Every reminder comes like that: a small window on top of the others."
            ),
            "nothing": tr("Then let us look why. Ring again whenever you like."),
        }[outcome]
        self.sentence.setText(said)
        self.yes.setVisible(outcome == "rung")
        self.no.setVisible(outcome == "rung")
        self.ring_now.setVisible(outcome in ("", "asleep"))
        self.ring.setVisible(outcome not in ("", "asleep"))
        self.note.setVisible(not self.is_ready())
        self.help.setVisible(outcome == "nothing")
        if outcome:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.settled.emit()


class NothingCame(Card):
    """What to look at when no window was seen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What to look at"), tone="warn")
        for line in (
            tr("The window comes at the bottom right. Is it behind another one?"),
            tr("With two screens, look at the other one too."),
            tr("“Do not disturb”, or a focus mode, hides desktop notices: switch it off."),
            tr("This program must stay open. Make its window small instead of closing it."),
            tr("While the computer sleeps, nothing rings."),
        ):
            self.add(Text(f"•  {line}"))


class FoundHere(Card):
    """What was found out about this computer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What we found on this computer"))
        not_yet = tr("Not tried yet")
        self.window_row = FoundRow(theme, "reminder", tr("Reminder window"))
        self.notices = FoundRow(theme, "paper-note", tr("Desktop notices"))
        sleeps = FoundRow(theme, "time", tr("When the computer sleeps"))
        starts = FoundRow(theme, "today", tr("Start with the computer"))
        for row in (self.window_row, self.notices):
            row.tell(tr("not tried yet"), not_yet, "plain")
        self._check(sleeps, tr("it can’t ring then. You get one list as soon as it wakes"))
        self._check(
            starts,
            tr("off. Without it, reminders ring only while the app is open. Leave it open by day"),
        )
        for row in (self.window_row, self.notices, sleeps, starts):
            self.add(Rule())
            self.add(row)

    def tell_window(self, *, up: bool, here: bool) -> None:
        """Say whether the reminder window opened, and whether this program is the one to ring."""
        if up and here:
            self._works(self.window_row, tr("opened on top of the others"))
        elif up:
            self._check(
                self.window_row,
                tr("opened for the try; for now another program with the same data rings"),
            )
        else:
            self._check(self.window_row, tr("did not open"))

    def tell_unseen(self) -> None:
        """Say that the window opened and yet nobody saw it."""
        self._check(self.window_row, tr("opened, and yet you did not see it"))

    def tell_notice(self, sentence: str, *, ok: bool) -> None:
        """Say what became of the desktop notice."""
        if ok:
            self._works(self.notices, tr("sent; shown as “Care reminder”, no health words"))
        else:
            self._check(self.notices, sentence)

    @staticmethod
    def _works(row: FoundRow, second: str) -> None:
        row.tell(second, tr("Works"), "booked", "done")

    @staticmethod
    def _check(row: FoundRow, second: str) -> None:
        row.tell(second, tr("Check"), "ask", "attention")


class FoundRow(QWidget):
    """One fact: icon, name, what was found, and a word at the right."""

    def __init__(self, theme: Theme, icon: str, name: str) -> None:
        super().__init__()
        self._theme, self._icon, self._name = theme, icon, name
        self._sign = QLabel()
        self._sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._second = Text("", "second", "soft")
        self.chip = Chip(theme, "")
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(Text(name, "strong"))
        said.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._sign, 0, middle)
        row.addLayout(said, 1)
        row.addWidget(self.chip, 0, middle)
        theme.changed.connect(self._retint)
        self._retint()

    def tell(self, second: str, word: str, kind: ChipKind, icon: str = "") -> None:
        """Say what was found."""
        self._second.setText(second)
        self.chip.set_chip(word, kind, icon)
        self.setAccessibleName(f"{self._name}: {word}. {second}")

    def second(self) -> str:
        """Return what was found, in words."""
        return self._second.text()

    def _retint(self) -> None:
        self._sign.setPixmap(self._theme.pixmap(self._icon, "soft", 20))
