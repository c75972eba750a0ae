"""Rows about this computer: what was found, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.rehearse.advice import Advice, Found
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip, ChipKind
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr

_GAP: Final = 14


class FoundRow(QWidget):
    """One fact: icon, name, what was found, perhaps a button, and a word at the right."""

    def __init__(self, theme: Theme, icon: str, name: str, button: str = "") -> None:
        super().__init__()
        self._theme, self._icon, self._name = theme, icon, name
        self._sign = QLabel()
        self._sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._second = Text("", "second", "soft")
        self.chip = Chip(theme, "")
        self.chip.hide()
        self.button: PlainButton | None = None
        middle = Qt.AlignmentFlag.AlignVCenter
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(Text(name, "strong"))
        said.addWidget(self._second)
        said.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(_GAP)
        head.addWidget(self._sign, 0, middle)
        head.addLayout(said, 1)
        self._ways = ways = QHBoxLayout()
        ways.setSpacing(_GAP)
        if button:
            self.button = PlainButton(theme, button)
            ways.addWidget(self.button, 0, middle)
        ways.addWidget(self.chip, 0, middle | Qt.AlignmentFlag.AlignLeft)
        ways.addStretch(0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 4, 0, 4)
        self._row.setSpacing(8)
        self._row.addLayout(head, 1)
        self._row.addLayout(ways)
        theme.changed.connect(self._retint)
        self._retint()

    def tell(self, second: str, word: str = "", kind: ChipKind = "plain", icon: str = "") -> None:
        """Say what was found."""
        self._second.setText(second)
        self.chip.setVisible(bool(word))
        self.chip.set_chip(word, kind, icon)
        self.setAccessibleName(f"{self._name}: {word}. {second}" if word else self._name)

    def second(self) -> str:
        """Return what was found, in words."""
        return self._second.text()

    def _retint(self) -> None:
        self._sign.setPixmap(self._theme.pixmap(self._icon, "soft", 20))
        below = self.button is not None and self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._ways.setContentsMargins(self._theme.icon_px(20) + _GAP if below else 0, 0, 0, 0)


class FoundHere(Card):
    """What was found out about this computer."""

    start_asked = Signal()
    """The program shall start with the computer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What we found on this computer"))
        self.window_row = FoundRow(theme, "reminder", tr("Reminder window"))
        self.notices = FoundRow(theme, "paper-note", tr("Desktop notices"))
        self.sleeps = FoundRow(theme, "time", tr("When the computer sleeps"))
        self.starts = FoundRow(theme, "today", tr("Start with the computer"), tr("Turn on"))
        self._check(self.sleeps, tr("it can’t ring then. You get one list as soon as it wakes"))
        for row in (self.window_row, self.notices, self.sleeps, self.starts):
            self.add(Rule())
            self.add(row)
        if self.starts.button is not None:
            self.starts.button.setAccessibleName(tr("Turn on: start with the computer"))
            self.starts.button.clicked.connect(self.start_asked)

    def tell(self, found: Found, *, tried: bool, unseen: bool = False) -> None:
        """Say what was found; before anything was `tried` the window and notices are open."""
        self._tell_window(found, tried=tried, unseen=unseen)
        self._tell_notices(found, tried=tried)
        self._tell_start(found)

    def _tell_window(self, found: Found, *, tried: bool, unseen: bool) -> None:
        row = self.window_row
        if not tried:
            row.tell(tr("opens when a reminder comes"), tr("Not tried yet"))
        elif not found.window_up:
            self._check(row, tr("did not open"))
        elif unseen:
            self._check(row, tr("opened, and yet you did not see it"))
        elif not found.rings_here:
            self._check(
                row, tr("opened for the try; for now another program with the same data rings")
            )
        elif found.stays_on_top is False:
            self._check(row, tr("opened, but this desktop does not keep it on top of the others"))
        else:
            self._works(row, tr("opened on top of the others"))

    def _tell_notices(self, found: Found, *, tried: bool) -> None:
        row = self.notices
        if not tried:
            row.tell(tr("sent when a reminder comes"), tr("Not tried yet"))
        elif found.notice_taken is None:
            row.tell(tr("being sent just now"), tr("A moment"))
        elif found.notice_taken:
            self._works(row, tr("sent; shown as “Care reminder”, no health words"))
        else:
            self._check(row, found.notice_said)

    def _tell_start(self, found: Found) -> None:
        row = self.starts
        off = tr("off. Without it, reminders ring only while the app is open")
        if row.button is not None:
            row.button.setVisible(found.may_start and not found.starts)
        if found.starts:
            self._works(row, tr("on. Reminders ring as soon as the computer is on"))
        elif found.may_start:
            self._check(row, off)
        else:
            self._check(row, tr("not possible here. Open the app yourself, and leave it open"))

    @staticmethod
    def _works(row: FoundRow, second: str) -> None:
        row.tell(second, tr("Works"), "booked", "done")

    @staticmethod
    def _check(row: FoundRow, second: str) -> None:
        row.tell(second, tr("Check"), "ask", "attention")


class WhatToDo(Card):
    """What to look at on this computer, one line each, with a button where we can do it."""

    start_asked = Signal()
    """The program shall start with the computer."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("What to look at"), tone="warn")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self._shown: Sequence[Advice] = ()
        self.body.addLayout(self._lines)

    def show_advice(self, lines: Sequence[Advice]) -> None:
        """Show these; nothing hides the card."""
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        clear_layout(self._lines)
        for one in lines:
            button = tr("Start with the computer") if one.key == "start" else ""
            row = FoundRow(self._theme, one.icon, one.title, button)
            row.tell(one.what)
            if row.button is not None:
                row.button.clicked.connect(self.start_asked)
            self._lines.addWidget(row)
            row.show()
