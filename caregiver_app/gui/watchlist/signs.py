"""After a sign was tapped: what to do where that comes first, how strong it is, what was saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import SeverityInfo
from caregiver_app.domain.entities import SideEffect
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.watchlist.advice_block import AdviceBlock, ClinicWords
from caregiver_app.gui.watchlist.model import Outcome
from caregiver_app.gui.watchlist.sign_model import ACTS_FIRST, Advice
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, QuietButton
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr

TODAY: Final = "today"
YESTERDAY: Final = "yesterday"


class SeverityRow(QWidget):
    """The second tap: how strong, now or yesterday. Choosing saves at once, nothing is preset.

    What asks for a call shows what to do and whom to call above the question; any other sign only
    what the clinic said.
    """

    graded = Signal(int, str)
    """The strength, and "today" or "yesterday"."""
    another_day = Signal()
    read_more = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        advice: Advice,
        severities: Sequence[SeverityInfo],
        *,
        answered: bool = False,
    ) -> None:
        """`answered`: what to do was on the screen already, so it is only asked how strong."""
        super().__init__()
        self._theme = theme
        self.advice = advice
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(Rule())
        self._acts = acts = advice.tier in ACTS_FIRST and not answered
        if acts:
            # Heard as a whole: what to do comes before the question.
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAccessibleName(heard(advice))
        asks = tr("{sign}: how strong is it?", sign=advice.sign.name)
        column.addLayout(self._head(advice.sign.name if acts else asks))
        if advice.sign.full:
            column.addWidget(Text(advice.sign.full, "second", "soft"))
        if acts:
            column.addWidget(AdviceBlock(theme, advice))
            column.addWidget(Rule())
            column.addWidget(Text(asks, "strong"))
        elif advice.clinic:
            column.addWidget(ClinicWords(theme, advice.clinic))
        self._rows: list[tuple[QBoxLayout, Text]] = []
        self.segments = self._line(column, tr("Now"), severities, TODAY)
        self.yesterday = self._line(column, tr("Yesterday"), severities, YESTERDAY)
        meanings = " ".join(f"{one.label}: {one.meaning}" for one in severities)
        column.addWidget(Text(meanings, "second", "soft"))
        column.addWidget(self._ways(advice))
        theme.changed.connect(self._turn)
        self._turn()

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Text(title, "strong"), 1)
        close = IconButton(self._theme, "close", tr("Close without writing it down"), quiet=True)
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _line(
        self, column: QVBoxLayout, label: str, severities: Sequence[SeverityInfo], day: str
    ) -> Segmented:
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(6)
        words = Text(label, "second_strong", wrap=False)
        segments = Segmented(
            self._theme,
            [(str(severity.grade), severity.label) for severity in severities],
            name=tr("How strong is it? {day}", day=label),
            arrows_choose=False,
        )
        for segment, severity in zip(segments.segments, severities, strict=True):
            segment.setAccessibleName(f"{severity.label}, {label}")
            segment.setAccessibleDescription(severity.meaning)

        def chosen(key: object) -> None:
            if isinstance(key, str):
                self.graded.emit(int(key), day)

        segments.changed.connect(chosen)
        line.addWidget(words)
        line.addWidget(segments, 1)
        column.addLayout(line)
        self._rows.append((line, words))
        return segments

    def _ways(self, advice: Advice) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row)
        self.other_day = QuietButton(self._theme, tr("Another day\u2026"), "calendar")
        self.other_day.clicked.connect(self.another_day)
        flow.addWidget(self.other_day)
        self.more = QuietButton(self._theme, tr("Read more"))
        self.more.setAccessibleName(tr("Read more: {sign}", sign=advice.sign.name))
        self.more.clicked.connect(self.read_more)
        self.more.setVisible(advice.sign.is_kept)
        flow.addWidget(self.more)
        return row

    def _turn(self) -> None:
        """Put the day above its words where the letters are large."""
        down = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction
        for line, label in self._rows:
            line.setDirection(way.TopToBottom if down else way.LeftToRight)
            label.setMinimumWidth(0 if down else self._theme.px(80))

    def focus_first(self) -> None:
        """Put the keyboard on what comes first: what to do, else the first strength.

        That chooses nothing.
        """
        if self._acts:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.segments.segments[0].setFocus(Qt.FocusReason.OtherFocusReason)


class OutcomeRow(QWidget):
    """After saving: what was written, how urgent it is in words, what to do, whom to call."""

    details = Signal()
    call_sheet = Signal()
    read_more = Signal()
    keep_own = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, entry: SideEffect, outcome: Outcome) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        advice = outcome.advice
        saved = tr("Written down: {when}", when=outcome.when)
        self.setAccessibleName(". ".join((outcome.title, saved, heard(advice, named=False))))
        self.entry = entry
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(Rule())
        head = QHBoxLayout()
        head.addWidget(Text(outcome.title, "strong"), 1)
        close = IconButton(theme, "close", tr("Close"), quiet=True)
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(Text(saved, "second", "soft"))
        column.addWidget(AdviceBlock(theme, advice))
        self._add_buttons(column, advice)

    def _add_buttons(self, column: QVBoxLayout, advice: Advice) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        details = PlainButton(self._theme, tr("Add details"), "note-it")
        details.clicked.connect(self.details)
        flow.addWidget(details)
        if advice.tier in ACTS_FIRST:
            call = PlainButton(self._theme, tr("Call sheet"), "call")
            call.setAccessibleDescription(tr("What to tell the clinic on the phone"))
            call.clicked.connect(self.call_sheet)
            flow.addWidget(call)
        if advice.sign.is_kept:
            more = QuietButton(self._theme, tr("Read more"))
            more.setAccessibleName(tr("Read more: {sign}", sign=advice.sign.name))
            more.clicked.connect(self.read_more)
        else:
            more = QuietButton(self._theme, tr("Keep it as a sign of your own"), "add")
            more.clicked.connect(self.keep_own)
        flow.addWidget(more)
        column.addWidget(row)


def heard(advice: Advice, *, named: bool = True) -> str:
    """Return what to do as one text: how urgent, the clinic's words, ours, whom to call."""
    clinic = tr("Your clinic says: {words}", words=advice.clinic) if advice.clinic else ""
    phones = [f"{one.whose}: {one.number}" for one in advice.phones]
    name = advice.sign.name if named else ""
    said = (name, advice.label, advice.call, *advice.reasons, clinic, advice.action, *phones)
    return ". ".join(part.rstrip(".") for part in said if part) + "."
