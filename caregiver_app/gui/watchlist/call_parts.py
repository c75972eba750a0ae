"""The parts of the call sheet on the screen: the numbers, what is read out, and the kept calls."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.watch import Tier
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.emergency.parts import FactText, Picture
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.watchlist.call_model import INFUSION, SIGNS, WHO, KeptCall
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.pages.call_sheet_page import CallLine, CallPaper, CallPart

_LOOKS: Final[dict[str, tuple[str, str]]] = {
    Tier.EMERGENCY.value: ("emergency", "alarm"),
    Tier.CALL_TODAY.value: ("call", "warn"),
    Tier.NOTE.value: ("note-it", "follow-up"),
    Tier.COMFORT.value: ("comfort", "primary"),
}
"""The picture and its ink for each level of urgency."""
_LABEL: Final = 176
_CALL_LABEL: Final = 116
_READ_ALOUD: Final = (WHO, INFUSION)
"""Parts that are read word by word stand in large letters."""
_AT_FIRST: Final = 12
"""So many lines of a part are shown before somebody asks for the others."""


class NumbersCard(Card):
    """Whom to call, in letters that can be read at arm's length.

    It has the keyboard first, so that a screen reader says whom to call.
    """

    asked = Signal(str, str, str)
    """Somebody wants to write a number down."""

    def __init__(self, theme: Theme, *, leads: bool = True) -> None:
        """`leads`: a number can be written down from here."""
        super().__init__(theme, tr("Call first"), tone="edge")
        self._leads = leads
        self._shown: tuple[tuple[str, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.emergency = EmergencyNow(theme)
        self.emergency.help.clicked.connect(lambda: self.asked.emit("emergency", "", ""))
        self.add(self.emergency)
        self._numbers = QWidget()
        self._flow = FlowLayout(self._numbers, across=28, down=8)
        self.add(self._numbers)
        self.none = Text("", "strong")
        self.add(self.none)
        self.add_number = PlainButton(theme, tr("Add the clinic’s number"), "add")
        self.add_number.clicked.connect(lambda: self.asked.emit("care", "contact", ""))
        self.body.addWidget(self.add_number, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(Rule())
        line = QHBoxLayout()
        line.setSpacing(10)
        sign = Picture(theme, "emergency", "alarm", 22, beside="strong")
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self.urgent = Text("", "strong", "alarm")
        line.addWidget(self.urgent, 1)
        self.body.addLayout(line)
        self.no_answer = Text("", "second", "soft")
        self.add(self.no_answer)

    def show_paper(self, paper: CallPaper) -> None:
        """Show the numbers, or that there are none."""
        if paper.numbers != self._shown:
            self._shown = paper.numbers
            self._flow.clear()
            for whose, number in paper.numbers:
                self._flow.addWidget(_NumberWords(whose, number))
        self._numbers.setVisible(bool(paper.numbers))
        self.emergency.say(paper.emergency, leads=self._leads)
        self.none.setText(paper.no_number)
        self.none.setVisible(not paper.numbers)
        self.add_number.setVisible(self._leads and not paper.numbers)
        self.urgent.setText(paper.urgent)
        self.no_answer.setText(paper.no_answer)
        said = [f"{whose}: {number}" for whose, number in paper.numbers] or [paper.no_number]
        self.setAccessibleName(f"{tr('Call first')}: {', '.join(said)}")
        more = (paper.emergency, paper.urgent, paper.no_answer)
        self.setAccessibleDescription(" ".join(words for words in more if words))


class EmergencyNow(Card):
    """Says, before any number of the clinic, that a sign of now is an emergency."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tone="alarm")
        line = QHBoxLayout()
        line.setSpacing(12)
        sign = Picture(theme, "emergency", "alarm", 26, beside="large_strong")
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self.words = Text("", "large_strong", "alarm")
        line.addWidget(self.words, 1)
        self.help = PlainButton(theme, tr("What to do now"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addLayout(line, 1)
        self._row.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._row)
        theme.changed.connect(self._turn)
        self._turn()
        self.hide()

    def _turn(self) -> None:
        way = QBoxLayout.Direction
        large = self._theme.scale >= LARGE_TEXT
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)

    def say(self, words: str, *, leads: bool) -> None:
        """Show what to do first, or nothing; `leads`: the emergency page can be opened."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.help.setVisible(leads)


class _NumberWords(QWidget):
    """A number in large digits, below it whose it is."""

    def __init__(self, whose: str, number: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_copied(Text(number, "prompt")))
        column.addWidget(Text(whose, "second_strong", "soft"))


class ReadOutCard(Card):
    """Everything to read out, part by part."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("Read this out"), tone="edge")
        self._parts = QVBoxLayout()
        self._parts.setSpacing(10)
        self.body.addLayout(self._parts)
        self._open: set[str] = set()
        self._shown: tuple[CallPart, ...] = ()

    def show_parts(self, parts: tuple[CallPart, ...]) -> None:
        """Show what is read out; the same again changes nothing."""
        if parts == self._shown:
            return
        self._shown = parts
        clear_layout(self._parts)
        for place, part in enumerate(parts):
            if place:
                self._parts.addWidget(Rule())
            view = PartView(self._theme, part, everything=part.key in self._open)
            view.all_asked.connect(self._show_all)
            self._parts.addWidget(view)

    def _show_all(self, key: str) -> None:
        self._open.add(key)
        parts, self._shown = self._shown, ()
        self.show_parts(parts)
        for view in self.findChildren(PartView):
            if view.part.key == key and not view.isHidden():
                view.setFocus(Qt.FocusReason.OtherFocusReason)


class PartView(QWidget):
    """One part: its heading, its lines, and what stands there without any."""

    all_asked = Signal(str)
    """Somebody wants to see all lines of the part with this key."""

    def __init__(self, theme: Theme, part: CallPart, *, everything: bool) -> None:
        super().__init__()
        self.part = part
        self.setAccessibleName(part.title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Text(part.title, "second_strong", "soft"))
        shown = part.lines if everything else part.lines[:_AT_FIRST]
        for line in shown:
            large = part.key in _READ_ALOUD
            column.addWidget(LineView(theme, line, large=large, marked=part.key == SIGNS))
        if not part.lines and part.none:
            column.addWidget(Text(part.none))
        if len(shown) < len(part.lines):
            words = tr("Show {count} more", count=len(part.lines) - len(shown))
            more = QuietButton(theme, words, name=f"{words}: {part.title}")
            more.clicked.connect(lambda: self.all_asked.emit(part.key))
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        if part.note:
            column.addWidget(Text(part.note, "second", "soft"))


class LineView(QWidget):
    """One line to read out: what or when at the left, the words at the right."""

    def __init__(
        self,
        theme: Theme,
        line: CallLine,
        *,
        large: bool = False,
        marked: bool = False,
        wide: int = _LABEL,
    ) -> None:
        """`marked`: its urgency has a picture; `wide` is how wide the label is."""
        super().__init__()
        self._theme, self._in_large, self._wide = theme, large, wide
        told = (line.label, line.mark, line.strong, line.text)
        self.setAccessibleName(", ".join(part for part in told if part))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._label = Text(line.label, "body" if large else "second", "soft")
        if line.label:
            self._row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        beside = QHBoxLayout()
        beside.setSpacing(10)
        icon, ink = _LOOKS.get(line.tier, ("", "ink"))
        if marked and icon:
            picture = Picture(theme, icon, ink, 18, beside="strong")
            beside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        for widget in self._words(line, ink):
            words.addWidget(widget)
        beside.addLayout(words, 1)
        self._row.addLayout(beside, 1)
        theme.changed.connect(self._turn)
        self._turn()

    def _words(self, line: CallLine, ink: str) -> list[QWidget]:
        if self._in_large:
            between = ", " if line.strong and line.text else ""
            return [FactText(self._theme, [(line.strong, True), (between + line.text, False)])]
        found: list[QWidget] = [Text(line.mark, "strong", ink)] if line.mark else []
        found += [_copied(Text(line.strong, "strong"))] if line.strong else []
        return [*found, *([_copied(Text(line.text))] if line.text else [])]

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if large else way.LeftToRight)
        self._row.setSpacing(0 if large else 10)
        wide = self._theme.px(self._wide)
        self._label.setMinimumWidth(0 if large else wide)
        self._label.setMaximumWidth(16_777_215 if large else wide)
        # The label's words stand on the line of the larger words beside it.
        lower = 0 if large else self._theme.px(3 if self._in_large else 2)
        self._label.setContentsMargins(0, lower, 0, 0)


class KeptCallView(QWidget):
    """A call that was kept, with what can be done about it."""

    correct = Signal(str)
    delete = Signal(str)
    follow_up = Signal(str)
    """The id of the appointment that somebody wants to see."""

    def __init__(self, theme: Theme, call: KeptCall, *, leads: bool = True) -> None:
        """`leads`: the calendar can be opened from here."""
        super().__init__()
        self.call = call
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Text(call.title, "strong"))
        for label, words in call.lines:
            column.addWidget(LineView(theme, CallLine(label, "", words), wide=_CALL_LABEL))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(8)
        self.buttons = [self._button(theme, tr("Correct"), self.correct, call.id)]
        if call.follow_up and leads:
            words = tr("See it in the calendar")
            self.buttons.append(self._button(theme, words, self.follow_up, call.follow_up))
        self.buttons.append(self._button(theme, tr("Delete"), self.delete, call.id))
        for button in self.buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        if theme.scale >= LARGE_TEXT:
            row.setDirection(QBoxLayout.Direction.TopToBottom)
        column.addLayout(row)

    def _button(self, theme: Theme, words: str, signal: object, key: str) -> QuietButton:
        button = QuietButton(theme, words, name=f"{words}: {self.call.title}")
        emit = getattr(signal, "emit")  # noqa: B009 - a bound signal has no type of its own here
        button.clicked.connect(lambda: emit(key))
        return button


def _copied(text: Text) -> Text:
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
