"""The card of an open watch window: its days as a strip, and the two ways to write down."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from caregiver_app.gui.columns import LARGE
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.today.model import Watched
from caregiver_app.gui.widgets.buttons import PlainButton, PrimaryButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.day_strip import DayStrip
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr


class WatchCard(Card):
    """`check_in_asked` and `sign_asked` carry the person's id."""

    check_in_asked = Signal(str)
    sign_asked = Signal(str)

    def __init__(self, theme: Theme, watched: Watched) -> None:
        super().__init__(theme, watched.title, fact=watched.fact)
        self._watched = watched
        self.body.setSpacing(4)
        self.line = Text("", "second", "soft")
        self.strip = DayStrip(theme)
        self.check_in = PrimaryButton(theme, tr("Check in for today"), "done")
        self.again = PlainButton(theme, tr("Check in for today"), "note-it")
        self.log = PlainButton(theme, tr("Log a sign"), "note-it")
        self.add(self.line)
        self.body.addSpacing(4)
        self.add(self.strip)
        self.body.addSpacing(6)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.check_in, 2)
        self._buttons.addWidget(self.again, 2)
        self._buttons.addWidget(self.log, 1)
        self.body.addLayout(self._buttons)
        for button in (self.check_in, self.again):
            button.clicked.connect(lambda: self.check_in_asked.emit(self._watched.person))
        self.log.clicked.connect(lambda: self.sign_asked.emit(self._watched.person))
        theme.changed.connect(self._turn)
        self._turn()

    @property
    def person(self) -> str:
        """Whose days they are."""
        return self._watched.person

    def show_watched(self, watched: Watched, *, primary: bool) -> None:
        """Show what is so now; `primary` lets checking in be the one thing of the screen."""
        self._watched = watched
        self.set_title(watched.title)
        self.set_fact(watched.fact)
        self.line.setText(watched.line)
        self.strip.show_strip(watched)
        first = primary and not watched.checked
        self.check_in.setVisible(first)
        self.again.setVisible(not first)
        self.again.set_words(
            tr("Today\u2019s check-in") if watched.checked else tr("Check in for today")
        )

    def stops(self) -> list[QWidget]:
        """Return what the keyboard stops at, in order."""
        return [self.check_in, self.again, self.log]

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE
        way = QBoxLayout.Direction
        self._buttons.setDirection(way.TopToBottom if large else way.LeftToRight)
