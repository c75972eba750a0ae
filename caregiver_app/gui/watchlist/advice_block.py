"""What to do about a sign, in words: the clinic's own first, then ours, then whom to call."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence, Step
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.parts import PhoneRow, Picture
from caregiver_app.gui.theme import FontRole, Theme
from caregiver_app.gui.watchlist.sign_model import ACTS_FIRST, Advice, source_words
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import words


class ClinicWords(Card):
    """What the clinic said to do, as the family typed it."""

    def __init__(self, theme: Theme, text: str, *, role: FontRole = "body") -> None:
        super().__init__(theme, tone="tint")
        self.setAccessibleName(tr("Your clinic says:"))
        strong: FontRole = "large_strong" if role == "large" else "second_strong"
        self.add(Text(tr("Your clinic says:"), strong, "primary"))
        self.words = Text(text, role)
        self.add(self.words)

    def show_words(self, text: str) -> None:
        """Show other words; without any, the card is not there."""
        self.words.setText(text)
        self.setVisible(bool(text))


class TierHead(QWidget):
    """How urgent it is: its shape, its words, its colour."""

    def __init__(self, theme: Theme, advice: Advice) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Picture(theme, advice.icon, advice.ink, 20, beside="card_title"))
        row.addWidget(Text(advice.label, "card_title", advice.ink), 1)


class AdviceBlock(QWidget):
    """Level, why, the clinic's words, what to do, whom to call, what not to do, when it is more.

    Where nobody has to be called now, the numbers stand below what to do. `with_sources` puts the
    line with the sources below, folded; `opens` stands right under the call.
    """

    def __init__(
        self,
        theme: Theme,
        advice: Advice,
        *,
        with_sources: bool = True,
        opens: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(TierHead(theme, advice))
        if advice.call:
            column.addWidget(Text(advice.call, "strong", "alarm"))
        for reason in advice.reasons:
            column.addWidget(Text(reason, "strong"))
        if opens is not None:
            column.addWidget(opens, 0, Qt.AlignmentFlag.AlignLeft)
        if advice.clinic:
            column.addWidget(ClinicWords(theme, advice.clinic))
        column.addWidget(Text(advice.action))
        acts = advice.tier in ACTS_FIRST
        self._add_phones(column, advice if acts else None)
        for step in advice.steps:
            column.addWidget(_line(theme, "done", "primary", _whole(step)))
        for avoid in advice.avoid:
            column.addWidget(_line(theme, "attention", "alarm", avoid))
        for condition, tier in advice.escalations:
            column.addWidget(_escalation(theme, condition, tier))
        self._add_phones(column, None if acts else advice)
        column.addWidget(Text(words("safety.sign_unsure"), "second_strong"))
        if with_sources and advice.sources:
            column.addWidget(SourceFold(theme, advice.sources))

    def _add_phones(self, column: QVBoxLayout, advice: Advice | None) -> None:
        for phone in () if advice is None else advice.phones:
            column.addWidget(PhoneRow(self._theme, phone))


def _whole(step: Step) -> str:
    return f"{step.do} {step.more}".rstrip()


def _line(theme: Theme, icon: str, ink: str, text: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    mark = Picture(theme, icon, ink, 16, beside="body")
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(text), 1)
    return line


def _escalation(theme: Theme, condition: str, tier: Tier) -> QWidget:
    worst = tier == Tier.EMERGENCY
    call = tr("Emergency") if worst else tr("Call the clinic the same day")
    said = tr("{call} if {condition}.", call=call, condition=condition)
    return _line(theme, "emergency" if worst else "call", "alarm" if worst else "warn", said)


class Fold(QWidget):
    """One quiet button; what it names opens on demand."""

    def __init__(self, theme: Theme, title: str, text: str, *, ink: str = "ink") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._line = Text(text, "second", ink)
        self._line.hide()
        self.button = QuietButton(theme, title)
        self.button.clicked.connect(lambda: self._line.setVisible(self._line.isHidden()))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._line)


class SourceFold(Fold):
    """The line with the sources, folded."""

    def __init__(self, theme: Theme, line: str) -> None:
        super().__init__(theme, tr("Sources"), line, ink="soft")

    def set_line(self, line: str) -> None:
        """Show other sources; without any, it is not there."""
        self._line.setText(line)
        self.setVisible(bool(line))


class SourceLine(SourceFold):
    """The folded line with the sources of an evidence."""

    def __init__(self, theme: Theme, evidence: Evidence, checked: str) -> None:
        super().__init__(theme, source_words(evidence, checked))
