"""The left column: find a sign, tap it, say how strong, read what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence, SignInfo
from caregiver_app.domain.entities import SideEffect
from caregiver_app.domain.times import Moment, wall
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.forms import EntrySheet
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.signs import (
    MatchCard,
    OutcomeRow,
    SeverityRow,
    SignCard,
    source_words,
)
from caregiver_app.gui.widgets.buttons import PrimaryButton, QuietButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, time_text, tr
from caregiver_app.messages import explain, words

_OTHER_TIERS: Final = (Tier.CALL_TODAY, Tier.NOTE, Tier.COMFORT)
_ASKS_READING: Final = ("fever", "chills")
_HERE: Final = Qt.FocusReason.OtherFocusReason


class LogColumn(QWidget):
    """Everything that leads to a written sign.

    `emergency(sign, written)` asks for the emergency page; `written` says that and when the sign
    was written down already ("" when it was not).
    """

    emergency = Signal(str, str)

    def __init__(self, theme: Theme, model: WatchModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._row: QWidget | None = None
        self._place: QVBoxLayout | None = None
        self._asked: tuple[str, Moment | None] = ("", None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._add_head(column)
        self.finder = LineField(theme, tr("Find a sign"), icon="search")
        self.finder.changed.connect(self._search)
        self.finder.line.returnPressed.connect(self._take_first)
        column.addWidget(self.finder)
        self.cards: dict[Tier, SignCard] = {}
        self._add_card(column, Tier.EMERGENCY)
        self.matches = MatchCard(theme, model)
        self.matches.chosen.connect(self.choose)
        self.matches.own_words.connect(self._ask_own)
        column.addWidget(self.matches)
        self._found: list[SignInfo] = []
        for tier in _OTHER_TIERS:
            if model.group(tier).signs:
                self._add_card(column, tier)
        self._add_foot(column)

    def _add_head(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        head.setSpacing(16)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        self.title = Text("", "page_title")
        self.subtitle = Text("", "body", "soft")
        titles.addWidget(self.title)
        titles.addWidget(self.subtitle)
        head.addLayout(titles, 1)
        self.nothing = PrimaryButton(self._theme, tr("Nothing today"), "done")
        self.nothing.clicked.connect(self._nothing_today)
        head.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        column.addWidget(self.wrong)

    def _add_card(self, column: QVBoxLayout, tier: Tier) -> None:
        group = self._model.group(tier)
        card = SignCard(self._theme, group, folded=tier != Tier.EMERGENCY)

        def chosen(sign_id: str) -> None:
            self.choose(sign_id, card.place)

        card.chosen.connect(chosen)
        self.cards[tier] = card
        column.addWidget(card)

    def _add_foot(self, column: QVBoxLayout) -> None:
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        reviewed = tr("This list is {state}.", state=words("safety.not_reviewed"))
        row.addWidget(Text(f"{words('safety.sign_unsure')} {reviewed}", "second", "soft"), 1)
        sources = QuietButton(self._theme, tr("Sources"))
        sources.clicked.connect(self._turn_sources)
        row.addWidget(sources, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.sources = Text("", "second", "soft")
        self.sources.hide()
        column.addWidget(self.sources)

    # -- Shown anew -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read title, day, numbers and signs anew; a half-answered question stays."""
        self.title.setText(self._model.title())
        self.subtitle.setText(self._model.subtitle())
        noted = self._model.todays_check_in()
        self.nothing.setEnabled(noted is None)
        self.nothing.set_words(tr("Nothing today") if noted is None else tr("Noted for today"))
        for tier, card in self.cards.items():
            card.set_quiet(self._model.group(tier).quiet)
        self._search()
        self._check_outcome()

    def _check_outcome(self) -> None:
        """Follow an undo or a correction of the entry that is still shown."""
        if isinstance(self._row, OutcomeRow):
            entry = self._model.house.watch.get(self._row.entry.id)
            if entry is None:
                self.close_row()
            elif entry != self._row.entry:
                self._show_outcome(entry)

    def _search(self) -> None:
        typed = self.finder.text()
        self._found = self.matches.show_for(typed)

    def _take_first(self) -> None:
        if len(self.finder.value()) < 2:
            return
        if self._found:
            self.choose(self._found[0].id, self.matches.place)
        else:
            self._ask_own(self.finder.value())

    # -- Choosing ---------------------------------------------------------------------------------

    def choose(self, sign_id: str, place: QVBoxLayout | None = None) -> None:
        """Take a tapped sign: an emergency shows what to do, any other asks how strong it is."""
        sign = self._model.house.reference.sign(sign_id)
        if sign is not None and sign.tier == Tier.EMERGENCY:
            self.close_row()
            self.emergency.emit(sign_id, "")
            return
        self._ask(sign_id, None, place or self.matches.place)

    def write_down(self, sign_id: str, at: Moment) -> None:
        """Ask how strong an emergency sign was, after its page; `at` is when it was opened."""
        self._ask(sign_id, at, self.cards[Tier.EMERGENCY].place)

    def _ask_own(self, typed: str) -> None:
        self._ask(typed, None, self.matches.place)

    def _ask(self, sign_id: str, at: Moment | None, place: QVBoxLayout) -> None:
        self._asked = (sign_id, at)
        sign = self._model.house.reference.sign(sign_id)
        row = SeverityRow(
            self._theme,
            self._model.house.watch.sign_name(sign_id),
            "" if sign is None else sign.full,
            self._model.house.reference.severities,
        )
        row.graded.connect(self._graded)
        row.closed.connect(self._leave_row)
        self._put(row, place)
        row.focus_first()

    def _graded(self, grade: int) -> None:
        sign_id, at = self._asked
        seen_page = at is not None
        try:
            entry = self._model.log(sign_id, grade, at or self._model.now())
        except UserError as error:
            self._refuse(error)
            return
        self._refuse(None)
        self.finder.set_text("")
        # Heard as a whole, and a second Enter finds nothing to press.
        self._show_outcome(entry).setFocus(_HERE)
        if entry.urgency == Tier.EMERGENCY and not seen_page:
            self._show_emergency(entry)
        elif sign_id in _ASKS_READING:
            self._open_details()

    def _show_emergency(self, entry: SideEffect) -> None:
        when = time_text(wall(entry.at))
        self.emergency.emit(entry.sign, tr("Written down, {time}.", time=when))

    # -- After saving -----------------------------------------------------------------------------

    def _show_outcome(self, entry: SideEffect) -> OutcomeRow:
        outcome = self._model.outcome(entry)
        row = OutcomeRow(
            self._theme,
            entry,
            outcome,
            self._model.house.reference.sign(entry.sign),
            ink=self._model.group(outcome.tier).ink,
            checked=plain_date(self._model.house.reference.generated),
        )
        row.details.connect(self._open_details)
        row.taken_back.connect(self._take_back)
        row.closed.connect(self._leave_row)
        self._put(row, self._place or self.matches.place)
        return row

    def _open_details(self) -> None:
        if not isinstance(self._row, OutcomeRow):
            return
        sheet = EntrySheet(self._theme, self._model, self._row.entry, self.window())
        sheet.finished.connect(lambda: self._details_closed(sheet))
        sheet.open()
        if self._row.entry.sign in _ASKS_READING:
            sheet.reading.control.setFocus(_HERE)

    def _details_closed(self, sheet: EntrySheet) -> None:
        if sheet.kept is not None:
            before = self._row.entry.urgency if isinstance(self._row, OutcomeRow) else ""
            self._show_outcome(sheet.kept)
            if sheet.kept.urgency == Tier.EMERGENCY != before:
                self._show_emergency(sheet.kept)
        elif sheet.deleted:
            self.close_row()
        sheet.deleteLater()

    def _take_back(self) -> None:
        if not isinstance(self._row, OutcomeRow):
            return
        entry = self._row.entry
        try:
            self._model.house.watch.remove(entry.id)
        except UserError as error:
            self._refuse(error)
            return
        self._leave_row()

    def _nothing_today(self) -> None:
        try:
            self._model.nothing_today()
        except UserError as error:
            self._refuse(error)
            return
        self._refuse(None)

    def _leave_row(self) -> None:
        """Take the question or the answer away, and be ready for the next sign."""
        self.close_row()
        self.finder.line.setFocus(_HERE)

    def close_row(self) -> None:
        """Take the question or the answer away."""
        if self._row is not None:
            self._row.hide()
            self._row.deleteLater()
            self._row = None

    def _put(self, row: QWidget, place: QVBoxLayout) -> None:
        self.close_row()
        self._row, self._place = row, place
        place.addWidget(row)
        row.show()

    def _refuse(self, error: UserError | None) -> None:
        self.wrong.setText("" if error is None else explain(error))
        self.wrong.setVisible(error is not None)

    def _turn_sources(self) -> None:
        if self.sources.isHidden():
            reference = self._model.house.reference
            found = [source for sign in reference.signs for source in sign.evidence.sources]
            evidence = Evidence("verified here", tuple(dict.fromkeys(found)))
            self.sources.setText(source_words(evidence, plain_date(reference.generated)))
        self.sources.setVisible(self.sources.isHidden())
