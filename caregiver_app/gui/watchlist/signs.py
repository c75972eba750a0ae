"""Signs to tap: one card for each tier, and the row that asks how strong it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence, SeverityInfo, SignInfo
from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.watch import Tier
from caregiver_app.gui.emergency.parts import PhoneRow
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.model import Group, Outcome, WatchModel
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card, Tone
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import words

SHOWN_AT_FIRST: Final = 6
_LONGEST_ON_BUTTON: Final = 24
_MOST_SHOWN: Final = 8
_TONES: Final[dict[Tier, Tone]] = {Tier.EMERGENCY: "alarm"}


class SignCard(Card):
    """The signs of one tier. Folded, it shows only its name; the emergency card never is.

    `place` is where the row that asks for the strength is put.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, group: Group, *, folded: bool) -> None:
        super().__init__(theme, tone=_TONES.get(group.tier, "card"))
        self.group = group
        self.setAccessibleName(group.title)
        self._picture = QLabel()
        self._quiet = Text(group.quiet, "second", "soft")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._picture)
        head.addWidget(Text(group.title, "card_title", group.ink, wrap=False))
        head.addWidget(self._quiet, 1)
        self.fold = QuietButton(theme, "")
        self.fold.clicked.connect(self._turn)
        head.addWidget(self.fold)
        self.body.addLayout(head)
        self._signs = QWidget()
        self._flow = FlowLayout(self._signs, across=8, down=8)
        self.add(self._signs)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)
        self._folds = folded
        self._open = not folded
        self._all = False
        self.fold.setVisible(folded)
        theme.changed.connect(self._dress)
        self._dress()
        self._show()

    def set_quiet(self, quiet: str) -> None:
        """Change the line beside the title."""
        self._quiet.setText(quiet)

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        self._flow.clear()
        self._signs.setVisible(self._open)
        count = len(self.group.signs)
        said = tr("Close") if self._open else tr("Show {count}", count=count)
        self.fold.set_words(said, name=f"{said}: {self.group.title}")
        if not self._open:
            return
        shown = self.group.signs if self._all else self.group.signs[:SHOWN_AT_FIRST]
        for sign in shown:
            self._flow.addWidget(sign_button(self._theme, sign, self.chosen.emit))
        if len(shown) < count:
            more = QuietButton(self._theme, tr("{count} more", count=count - len(shown)))
            more.clicked.connect(self._show_all)
            self._flow.addWidget(more)
        self.updateGeometry()

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _dress(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self.group.icon, self.group.ink, 20))


def sign_button(theme: Theme, sign: SignInfo, chosen: Callable[[str], object]) -> PlainButton:
    """Return the button of a sign; what it looks like stands in the tooltip."""
    button = PlainButton(theme, sign.name, tooltip=sign.full)
    button.setAccessibleDescription(sign.full)
    button.clicked.connect(lambda: chosen(sign.id))
    return button


class MatchCard(Card):
    """Under the emergency group: up to eight signs, or what was found for the typed words."""

    chosen = Signal(str)
    own_words = Signal(str)

    def __init__(self, theme: Theme, model: WatchModel) -> None:
        super().__init__(theme, tr("What do you see?"))
        self._model = model
        self._first = Text("", "strong")
        self._do = Text("", "second", "soft")
        self._apart = Text("", "second", "soft")
        self._row = QWidget()
        self._flow = FlowLayout(self._row, across=8, down=8)
        self._own = PlainButton(theme, "", "note-it")
        self._own.clicked.connect(lambda: self.own_words.emit(self._typed))
        self._typed = ""
        self.add(self._row)
        self.add(self._first)
        self.add(self._do)
        self.add(self._apart)
        self.body.addWidget(self._own, 0, Qt.AlignmentFlag.AlignLeft)
        self.place = QVBoxLayout()
        self.body.addLayout(self.place)

    def show_for(self, typed: str) -> list[SignInfo]:
        """Show what fits the typed words, or the usual signs; return the signs shown."""
        self._typed = " ".join(typed.split())
        asking = len(self._typed) > 1
        signs = self._model.house.reference.find_signs(typed) if asking else self._model.frequent()
        self._flow.clear()
        for sign in signs[:_MOST_SHOWN]:
            self._flow.addWidget(sign_button(self._theme, sign, self.chosen.emit))
        self.set_title(tr("What fits “{words}”", words=self._typed) if asking else
                       tr("What do you see?"))  # fmt: skip
        self._row.setVisible(bool(signs))
        first = signs[0] if asking and signs else None
        self._first.setVisible(asking)
        self._do.setVisible(first is not None)
        if first is not None:
            line = self._model.call_line(first.tier)
            self._first.setText(f"{first.name}: {line}")
            self._first.set_ink("alarm" if first.tier == Tier.EMERGENCY else "ink")
            self._do.setText(first.steps[0].do if first.steps else first.full)
        elif asking:
            self._first.set_ink("soft")
            self._first.setText(tr("No sign of the list fits. Your own words can be kept."))
        apart = _tell_apart(signs) if asking else ""
        self._apart.setVisible(bool(apart))
        self._apart.setText(apart)
        self._own.setVisible(asking)
        self._own.set_words(
            tr("Write down “{words}”", words=_shortened(self._typed)),
            name=tr("Write down “{words}”", words=self._typed),
        )
        return list(signs[:_MOST_SHOWN])


def _tell_apart(signs: Sequence[SignInfo]) -> str:
    """Return how to tell the first sign, an emergency, from a milder one that fits as well."""
    tiers = {sign.tier for sign in signs[:_MOST_SHOWN]}
    return signs[0].tell_apart if Tier.EMERGENCY in tiers and len(tiers) > 1 else ""


def _shortened(typed: str) -> str:
    """Return as much of the typed words as a button in a narrow window can show."""
    if len(typed) <= _LONGEST_ON_BUTTON:
        return typed
    return f"{typed[:_LONGEST_ON_BUTTON].rstrip()}…"


class SeverityRow(QWidget):
    """The second tap: how strong. Nothing is chosen at the start; choosing saves at once."""

    graded = Signal(int)
    closed = Signal()

    def __init__(
        self, theme: Theme, name: str, full: str, severities: Sequence[SeverityInfo]
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(Rule())
        head = QHBoxLayout()
        head.addWidget(Text(tr("{sign}: how strong is it?", sign=name), "strong"), 1)
        close = IconButton(theme, "close", tr("Close without writing it down"), quiet=True)
        close.clicked.connect(self.closed)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if full:
            column.addWidget(Text(full, "second", "soft"))
        self.segments = Segmented(
            theme,
            [(str(severity.grade), severity.label) for severity in severities],
            name=tr("How strong is it?"),
            arrows_choose=False,
        )
        self.segments.changed.connect(self._chosen)
        column.addWidget(self.segments)
        meanings = " ".join(f"{one.label}: {one.meaning}" for one in severities)
        column.addWidget(Text(meanings, "second", "soft"))

    def focus_first(self) -> None:
        """Put the keyboard on the first strength; that chooses nothing."""
        self.segments.segments[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, key: object) -> None:
        if isinstance(key, str):
            self.graded.emit(int(key))


class OutcomeRow(QWidget):
    """After saving: what was written, how urgent it is in words, what to do, whom to call."""

    details = Signal()
    taken_back = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        entry: SideEffect,
        outcome: Outcome,
        sign: SignInfo | None,
        *,
        ink: str,
        checked: str,
    ) -> None:
        """`checked` is the day on which the reference was checked, in words."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        said = (outcome.title, tr("Written down: {when}", when=outcome.when), outcome.label)
        self.setAccessibleName(". ".join((*said, outcome.action)))
        self.entry = entry
        self._checked = checked
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
        column.addWidget(Text(tr("Written down: {when}", when=outcome.when), "second", "soft"))
        column.addWidget(Text(outcome.label, "card_title", ink))
        column.addWidget(Text(outcome.action))
        for phone in outcome.phones:
            column.addWidget(PhoneRow(theme, phone))
        if sign is not None:
            self._add_steps(column, sign)
        column.addWidget(Text(words("safety.sign_unsure"), "second_strong"))
        self._add_buttons(column)

    def _add_steps(self, column: QVBoxLayout, sign: SignInfo) -> None:
        for step in sign.steps:
            column.addWidget(Text(f"•  {step.do} {step.more}".rstrip(), "body"))
        for line in sign.avoid:
            column.addWidget(Text(f"\u00d7  {line}", "body"))
        for one in sign.escalate:
            worst = one.tier == Tier.EMERGENCY
            call = tr("Emergency") if worst else tr("Call the clinic the same day")
            condition = tr("{call} if {condition}.", call=call, condition=one.condition)
            column.addWidget(Text(condition, "second", "alarm" if worst else "warn"))
        column.addWidget(SourceLine(self._theme, sign.evidence, self._checked))

    def _add_buttons(self, column: QVBoxLayout) -> None:
        row = QWidget()
        flow = FlowLayout(row)
        details = PlainButton(self._theme, tr("Add details"), "note-it")
        details.clicked.connect(self.details)
        undo = QuietButton(self._theme, tr("Undo"), "undo")
        undo.clicked.connect(self.taken_back)
        flow.addWidget(details)
        flow.addWidget(undo)
        column.addWidget(row)


class SourceLine(QWidget):
    """One quiet button; the line with the sources opens on demand."""

    def __init__(self, theme: Theme, evidence: Evidence, checked: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._line = Text(source_words(evidence, checked), "second", "soft")
        self._line.hide()
        self.button = QuietButton(theme, tr("Sources"))
        self.button.clicked.connect(lambda: self._line.setVisible(self._line.isHidden()))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._line)


def source_words(evidence: Evidence, checked: str) -> str:
    """Return "From: ... · checked ... · not reviewed by a clinician"."""
    names = "; ".join(dict.fromkeys(source.name for source in evidence.sources))
    line = words("safety.source_line", sources=names, date=checked)
    if evidence.is_unverified:
        return f"{words('safety.unverified')} {line}"
    return f"{line} · {words('safety.not_checked')}" if evidence.is_weak else line
