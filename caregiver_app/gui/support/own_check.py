"""The carer's own check: the card that offers it, the sheet that asks, and kept answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.self_check import Lead, asks_for_crisis
from caregiver_app.domain.support import SelfCheck
from caregiver_app.domain.support_cards import CheckQuestion
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.from_anywhere import CRISIS_KEY
from caregiver_app.gui.support.own_parts import LaneCard
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.sign_model import source_words
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import long_date, plain_date, short_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.support_cards import SupportCards


class CheckCard(LaneCard):
    """Offers the check once somebody wants that, and then once a week at most."""

    start_asked = Signal()
    kept_asked = Signal()

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme, tr("Two-minute check-in"))
        self._house = house
        self.words = Text(
            tr("Eight plain questions on sleep, patience, time of your own. Not a test."),
            "second", "soft",
        )  # fmt: skip
        self.add(self.words)
        self.want = PlainButton(theme, tr("Offer it to me, once a week"))
        self.want.clicked.connect(lambda: self._want(wanted=True))
        self.start = PlainButton(theme, tr("Start when you like"))
        self.start.setAccessibleDescription(tr("Two-minute check-in"))
        self.start.clicked.connect(self.start_asked)
        self.again = Text("", "second", "soft")
        self.redo = QuietButton(theme, tr("Correct today’s answers"))
        self.redo.clicked.connect(self.start_asked)
        self.kept = QuietButton(theme, tr("Your kept answers"))
        self.kept.clicked.connect(self.kept_asked)
        self.stop = QuietButton(theme, tr("No longer offer it"))
        self.stop.clicked.connect(lambda: self._want(wanted=False))
        for widget in (self.want, self.start, self.again):
            self.add(widget)
        for widget in (self.redo, self.kept, self.stop):
            self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.wrong)

    def refresh(self) -> None:
        """Look whether the check is wanted, and from when on it is offered."""
        carer, today = self._house.carer, self._house.care.today
        had, wanted = self.holds_focus(), carer.wants_check
        again = carer.check_from
        due = again <= today
        self.want.setVisible(not wanted)
        self.start.setVisible(wanted and due)
        self.again.setVisible(wanted and not due)
        self.again.setText(tr("Next time from {day} on.", day=short_date(again)))
        self.redo.setVisible(wanted and not due and carer.checked_on == today)
        # While it can be started, its own sheet offers to end it.
        self.stop.setVisible(wanted and not due)
        self.kept.setVisible(bool(carer.checks()))
        if had and not self.holds_seen_focus():
            self.hand().setFocus(Qt.FocusReason.OtherFocusReason)

    def hand(self) -> QWidget:
        """Return what takes the keyboard in this card."""
        shown = (self.want, self.start, self.redo, self.kept, self.stop)
        return next(one for one in shown if not one.isHidden())

    def holds_seen_focus(self) -> bool:
        """Tell whether the keyboard is on something of this card that is still seen."""
        buttons = (self.want, self.start, self.redo, self.kept, self.stop)
        return any(one.hasFocus() and not one.isHidden() for one in buttons)

    def _want(self, *, wanted: bool) -> None:
        self.attempt(lambda: self._house.carer.want_check(wanted=wanted))


class AskedRow(QWidget):
    """One question with its answers, of which none is chosen beforehand."""

    answered = Signal()

    def __init__(self, theme: Theme, question: CheckQuestion, answers: Sequence[str]) -> None:
        super().__init__()
        self.question = question
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(6)
        column.addWidget(Text(question.text, "strong"))
        choices = [(str(place), said) for place, said in enumerate(answers)]
        # An arrow key on its way past must answer nothing.
        self.choice = Segmented(theme, choices, name=question.text, arrows_choose=False)
        self.choice.changed.connect(self._tell)
        column.addWidget(self.choice)

    def _tell(self, _key: object = None) -> None:
        self.answered.emit()

    def answer(self) -> int | None:
        """Return which answer was chosen, 0 the rarest; None while none was."""
        key = self.choice.value()
        return None if key is None else int(key)


class CheckSheet(Sheet):
    """The eight questions. Whoever leaves it leaves nothing behind.

    The answer about danger opens the crisis panel at once, whatever else was answered.
    """

    crisis_asked = Signal()
    done_with = Signal(str)
    """The check is over: where its answers lead, as `Lead`."""

    def __init__(self, theme: Theme, house: Household, parent: QWidget | None = None) -> None:
        self._cards = SupportCards(house.reference)
        asked = self._cards.self_check
        super().__init__(
            theme, asked.name, icon="for-you", subtitle="", primary=tr("Done"),
            cancel=tr("Leave it"), parent=parent,
        )  # fmt: skip
        self._house, self._asked = house, asked
        self.add(Text(asked.intro, "body", "soft"))
        # The words above name it, so it stands beside them.
        self.panel = QuietButton(theme, tr("Crisis panel ({key})", key=CRISIS_KEY), "call")
        self.panel.clicked.connect(self.crisis_asked)
        self.body.addWidget(self.panel, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(Text(tr("{when}:", when=asked.looks_back), "card_title"))
        self.rows: dict[str, AskedRow] = {}
        self.danger = PlainButton(theme, tr("Open the crisis panel"), "call")
        self.danger.clicked.connect(self.crisis_asked)
        self.danger.hide()
        for question in asked.questions:
            row = self.rows[question.id] = AskedRow(theme, question, asked.answers)
            row.answered.connect(partial(self._answered, row))
            self.add(row)
        self.body.addWidget(self.danger, 0, Qt.AlignmentFlag.AlignLeft)
        self.keep = TickRow(
            theme, tr("Keep my answers"), note=tr("for me alone, in no export"), strong=False,
            fades=False, state="done" if house.carer.checks_today() else "open",
        )  # fmt: skip
        self.add(self.keep)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.stop = QuietButton(theme, tr("No longer offer it"))
        self.stop.clicked.connect(self._stop)
        self.body.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        checked = plain_date(self._cards.generated)
        self.add(Text(source_words(asked.evidence, checked), "hint", "soft"))
        self.note.setText(tr("Leave out what you like."))
        self.confirmed.connect(self._finish)

    def is_changed(self) -> bool:
        """Closing asks nothing: somebody may come into the room."""
        return False

    def answers(self) -> dict[str, int]:
        """Return what was answered, by the ids of the questions."""
        found = {id_: row.answer() for id_, row in self.rows.items()}
        return {id_: answer for id_, answer in found.items() if answer is not None}

    def _answered(self, row: AskedRow) -> None:
        answer = row.answer()
        if answer is None or not asks_for_crisis(row.question, answer):
            danger = any(
                asks_for_crisis(one.question, said)
                for one in self.rows.values()
                if (said := one.answer()) is not None
            )
            self.danger.setVisible(danger)
            return
        self.danger.show()
        self.crisis_asked.emit()

    def _stop(self) -> None:
        try:
            self._house.carer.want_check(wanted=False)
        except UserError as error:
            self._say_wrong(error)
            return
        self.reject()

    def _say_wrong(self, error: UserError) -> None:
        self.wrong.setText(explain(error))
        self.wrong.show()
        self.area.ensureWidgetVisible(self.wrong)

    def _finish(self) -> None:
        keep = self.keep.state == "done"
        try:
            lead: Lead = self._house.carer.finish_check(self.answers(), keep=keep)
        except UserError as error:
            self._say_wrong(error)
            return
        self.accept()
        self.done_with.emit(lead)


class KeptChecksSheet(Sheet):
    """The answers that the carer kept, each day behind a fold, and their deletion."""

    def __init__(self, theme: Theme, house: Household, parent: QWidget | None = None) -> None:
        super().__init__(
            theme, tr("Your kept answers"), icon="private", primary=tr("Close"),
            cancel=tr("Close"), subtitle=tr("They are in no export and no print."), parent=parent,
        )  # fmt: skip
        self._house = house
        self._words = SupportCards(house.reference).self_check
        self._place = QVBoxLayout()
        self._place.setSpacing(6)
        self.body.addLayout(self._place)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)
        self.folds: list[Fold] = []
        self.primary.setEnabled(False)
        self.primary.hide()
        self.all = QuietButton(theme, tr("Delete all of them"))
        self.all.clicked.connect(self._delete_all)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._show()

    def is_changed(self) -> bool:
        """Nothing is typed here."""
        return False

    def _show(self) -> None:
        clear_layout(self._place)
        self.folds = []
        every = self._house.carer.checks()
        self.all.setVisible(len(every) > 1)
        for kept in every:
            day = in_zone(kept.at, self._house.care.home).date()
            fold = Fold(self.theme, long_date(day, year=True), role="strong")
            for question, answer in zip(self._words.questions, kept.answers, strict=False):
                said = tr("{answer}: {question}", question=question.text,
                          answer=self._words.answers[answer])  # fmt: skip
                fold.add(Text(said, "body"))
            remove = QuietButton(self.theme, tr("Delete these answers"))
            remove.clicked.connect(partial(self._delete, kept))
            fold.body.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)
            fold.turned.connect(self.fit)
            self._place.addWidget(fold)
            self.folds.append(fold)

    def _delete(self, *kept: SelfCheck) -> None:
        try:
            self._house.carer.remove_checks(*(one.id for one in kept))
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        self._show()
        if not self.folds:
            self.accept()
            return
        self.folds[0].head.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _delete_all(self) -> None:
        self._delete(*self._house.carer.checks())
