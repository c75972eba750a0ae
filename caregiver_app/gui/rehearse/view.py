"""The buttons and words of a rehearsal; they stand in the first steps and in Settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caregiver_app.gui.rehearse.advice import Found, advice
from caregiver_app.gui.rehearse.found import WhatToDo
from caregiver_app.gui.rehearse.model import Rehearsal, Stage, last_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import (
    Button,
    PlainButton,
    PrimaryButton,
    QuietButton,
    TonalButton,
)
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

_HALF: Final = 5
"""Seconds: the countdown is told twice and not more, so that nobody is hurried."""


class RehearsalView(QWidget):
    """Shows where a `Rehearsal` is, asks what was seen, and says what to look at if little was."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        rehearsal: Rehearsal,
        found: Callable[[], Found],
        *,
        main: bool = False,
    ) -> None:
        """`found` tells what is known of this computer; `main` makes it what the page is for."""
        super().__init__()
        self._house, self._rehearsal, self._found = house, rehearsal, found
        self._stage: Stage = ""
        self._main = main
        self.sentence = Text("", "body", "soft" if main else "ink")
        likely = PrimaryButton if main else TonalButton
        start = PrimaryButton if main else PlainButton
        words = tr("Ring in 10 seconds")
        self.ring: Button = start(theme, words, "reminder")
        self.again = PlainButton(theme, tr("Ring again in 10 seconds"), "reminder")
        self.cancel = PlainButton(theme, tr("Cancel"), name=tr("Cancel the test reminder"))
        self.yes: Button = likely(theme, tr("Yes, I saw it"), "done")
        self.only_notice = PlainButton(theme, tr("Only the desktop’s small notice"))
        self.no = QuietButton(theme, tr("No, nothing came"))
        buttons = QWidget()
        flow = FlowLayout(buttons, across=12, down=8)
        self._buttons: tuple[Button, ...] = (
            self.ring, self.cancel, self.yes, self.only_notice, self.no, self.again,
        )  # fmt: skip
        for button in self._buttons:
            flow.addWidget(button)
        self.last = Text("", "second", "soft")
        self.what_to_do = WhatToDo(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.sentence, buttons, self.last, self.what_to_do):
            column.addWidget(part)
        self.setAccessibleName(tr("A test reminder"))
        self.ring.clicked.connect(rehearsal.begin)
        self.again.clicked.connect(rehearsal.begin)
        self.cancel.clicked.connect(rehearsal.cancel)
        self.yes.clicked.connect(lambda: rehearsal.answer("seen"))
        self.only_notice.clicked.connect(lambda: rehearsal.answer("notice"))
        self.no.clicked.connect(lambda: rehearsal.answer("nothing"))
        rehearsal.changed.connect(self.show_now)
        rehearsal.countdown.connect(self._count)
        self.show_now()

    def first_stop(self) -> QWidget:
        """Return the button that comes first now."""
        return next((one for one in self._buttons if one.isVisibleTo(self)), self)

    def show_now(self) -> None:
        """Show where it is."""
        stage, held = self._rehearsal.stage, self._holds_keyboard()
        moved = stage != self._stage
        self._stage = stage
        shown = {
            "coming": (self.cancel,),
            "rung": (self.yes, self.only_notice, self.no),
            "seen": (self.again,),
            "notice": (self.again,),
            "nothing": (self.again,),
        }.get(stage, (self.ring,))
        wanted = [one for one in self._buttons if one in shown]
        for button in wanted:
            button.show()
        if moved and held:
            # Before what held it goes: the keyboard stays in this question.
            wanted[0].setFocus(Qt.FocusReason.OtherFocusReason)
        for button in self._buttons:
            button.setVisible(button in shown)
        said = self._said()
        self.sentence.setText(said)
        self._show_last()
        self._show_advice()
        if moved and stage and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _holds_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _count(self) -> None:
        said = self._said()
        if said != self.sentence.text():
            self.sentence.setText(said)

    def _show_last(self) -> None:
        words = "" if self._stage in ("coming", "rung") else last_words(self._house)
        self.last.setText(words)
        self.last.setVisible(bool(words))

    def _show_advice(self) -> None:
        stage = self._stage
        lines = advice(stage, self._found()) if stage in ("notice", "nothing") else []
        self.what_to_do.show_advice(lines)

    def _said(self) -> str:
        stage = self._rehearsal.stage
        if stage == "coming":
            return self._coming()
        said = self._words(stage)
        if self._main and stage in ("", "rung"):
            return f"{tr('A reminder that stays silent is no help.')} {said}"
        return said

    @staticmethod
    def _words(stage: Stage) -> str:
        return {
            "": tr(
                "Let a reminder come, to see that it reaches you: a small window on top of the"
                " others, and a notice of the desktop."
            ),
            "asleep": tr(
                "This window does not ring yet. Wait a moment and ring again. If it stays so, this"
                " program is open a second time with the same data: the other window rings."
            ),
            "rung": tr("It rang just now. Did you see a small window on top of the others?"),
            "seen": tr(
                "Good. Every reminder comes like that: a small window on top of the others."
            ),
            "notice": tr("Then the small window is missing. This may be why:"),
            "nothing": tr("Then let us look why. Ring again whenever you like."),
        }[stage]

    def _coming(self) -> str:
        left = self._rehearsal.seconds_left()
        if left > _HALF:
            return tr(
                "It comes in 10 seconds. Look at another window meanwhile, or make this one small."
            )
        if left > 1:
            return tr("It comes in a few seconds.")
        return tr("It comes now.")
