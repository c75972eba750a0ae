"""The left column: find a sign, tap it, say how strong, read what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.advice import Evidence
from caregiver_app.domain.entities import OwnSign, SideEffect
from caregiver_app.domain.times import Moment
from caregiver_app.domain.watch import Tier
from caregiver_app.errors import UserError
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.watchlist.entry_sheet import EntrySheet
from caregiver_app.gui.watchlist.found_card import FEWEST_LETTERS, FoundCard
from caregiver_app.gui.watchlist.model import WatchModel
from caregiver_app.gui.watchlist.own_sign_sheet import OwnSignSheet
from caregiver_app.gui.watchlist.row_place import RowPlace, raise_up
from caregiver_app.gui.watchlist.sign_cards import HiddenLine, OwnCard, SignCard, UsualCard
from caregiver_app.gui.watchlist.sign_model import source_words
from caregiver_app.gui.watchlist.signs import YESTERDAY, OutcomeRow, SeverityRow
from caregiver_app.gui.widgets.buttons import PrimaryButton, QuietButton
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import explain, words
from caregiver_app.services.signs import SignRows

_OTHER_TIERS: Final = (Tier.CALL_TODAY, Tier.NOTE, Tier.COMFORT)
_ASKS_READING: Final = ("fever", "chills")
_HERE: Final = Qt.FocusReason.OtherFocusReason


class LogColumn(QWidget):
    """Everything that leads to a written sign.

    `emergency(sign, written)` asks for the emergency page; `written` says that and when the sign
    was written down already ("" when it was not). `page(sign)` asks for the page of a sign,
    `call_sheet` for what to tell the clinic.
    """

    emergency = Signal(str, object)
    page = Signal(str)
    call_sheet = Signal()

    def __init__(self, theme: Theme, model: WatchModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._asked: tuple[str, Moment | None] = ("", None)
        self._rows = RowPlace()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self._add_head(column)
        self.finder = LineField(theme, tr("Find a sign"), icon="search")
        self.finder.changed.connect(self._typed)
        self.finder.line.returnPressed.connect(self._take_first)
        column.addWidget(self.finder)
        self._add_found(column)
        self.cards: dict[Tier, SignCard] = {}
        self._add_card(column, Tier.EMERGENCY)
        self.usual = UsualCard(theme, model)
        self.usual.chosen.connect(self._taker(self.usual.place))
        column.addWidget(self.usual)
        for tier in _OTHER_TIERS:
            self._add_card(column, tier)
        self.own = OwnCard(theme, model)
        self.own.chosen.connect(self._taker(self.own.place))
        self.own.add_asked.connect(lambda: self.add_own(""))
        column.addWidget(self.own)
        self.hidden = HiddenLine(theme)
        self.hidden.shown_again.connect(self._show_again)
        column.addWidget(self.hidden)
        self._add_foot(column)
        theme.changed.connect(self._turn)
        self._turn()

    def _add_head(self, column: QVBoxLayout) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(12)
        self.title = Text("", "page_title")
        self.subtitle = Text("", "body", "soft")
        self._head.addWidget(self.title, 1)
        self.nothing_before = QuietButton(self._theme, tr("Nothing yesterday"))
        self.nothing_before.clicked.connect(lambda: self._nothing(1))
        self.nothing = PrimaryButton(self._theme, tr("Nothing today"), "done")
        self.nothing.clicked.connect(lambda: self._nothing(0))
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.nothing_before)
        buttons.addWidget(self.nothing)
        buttons.addStretch(1)
        self._head.addLayout(buttons)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addLayout(self._head)
        titles.addWidget(self.subtitle)
        self.against = Text("", "second", "soft")
        self.against.hide()
        titles.addWidget(self.against)
        column.addLayout(titles)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        column.addWidget(self.wrong)

    def _add_found(self, column: QVBoxLayout) -> None:
        self.matches = FoundCard(self._theme, self._model)
        self.matches.chosen.connect(self._taker(self.matches.place))
        self.matches.own_words.connect(self._ask_own)
        self.matches.own_sign.connect(self.add_own)
        column.addWidget(self.matches)

    def _add_card(self, column: QVBoxLayout, tier: Tier) -> None:
        group = self._model.group(tier, ())
        card = SignCard(self._theme, self._model, group, folded=tier != Tier.EMERGENCY)
        card.chosen.connect(self._taker(card.place))
        self.cards[tier] = card
        column.addWidget(card)

    def _add_foot(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        said = words("safety.sign_unsure")
        if not self._model.house.reference.is_reviewed:
            reviewed = tr("This list is {state}.", state=words("safety.not_reviewed"))
            said = f"{said} {reviewed}"
        row.addWidget(Text(said, "second", "soft"), 1)
        sources = QuietButton(self._theme, tr("Sources"))
        sources.clicked.connect(self._turn_sources)
        row.addWidget(sources, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        self.sources = Text("", "second", "soft")
        self.sources.hide()
        column.addWidget(self.sources)

    def _taker(self, place: QVBoxLayout) -> Callable[[str], None]:
        """Return what takes a sign that is tapped beside `place`."""
        return lambda sign_id: self.choose(sign_id, place)

    def _turn(self) -> None:
        large = self._theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if large else way.LeftToRight)

    # -- Shown anew -------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read title, day, numbers and signs anew; a half-answered question stays."""
        self.title.setText(self._model.title())
        self.subtitle.setText(self._model.subtitle())
        noted = self._model.anything_on(self._model.today)
        against = "" if noted else self._model.nothing_against(self._model.today)
        self.against.setText(against)
        self.against.setVisible(bool(against))
        self.nothing.setEnabled(not noted and not against)
        self.nothing.set_words(tr("Noted for today") if noted else tr("Nothing today"))
        before = self._model.yesterday
        noted_before = self._model.anything_on(before) or self._model.nothing_against(before)
        self.nothing_before.setVisible(not noted_before)
        self._show_rows(self._model.rows())
        self._search()
        self._check_outcome()

    def _show_rows(self, rows: SignRows) -> None:
        for tier, card in self.cards.items():
            card.show_group(self._model.group(tier, rows.of(tier), rows.risen))
            card.setVisible(bool(rows.of(tier)))
        self.usual.show_signs(rows.usual)
        self.own.show_signs(rows.own)
        self.hidden.show_signs(rows.hidden)

    def _check_outcome(self) -> None:
        """Follow an undo or a correction of the entry that is still shown."""
        row = self._rows.row
        if isinstance(row, OutcomeRow):
            entry = self._model.house.watch.get(row.entry.id)
            if entry is None:
                self.close_row()
            elif entry != row.entry:
                self._show_outcome(entry)

    def _typed(self) -> None:
        self._search()
        if self.finder.line.hasFocus():
            # What fits is seen also by somebody who had scrolled away.
            raise_up(self.finder)

    def _search(self) -> None:
        self._model.house.care.show(partial(self.matches.show_for, self.finder.text()))

    def _take_first(self) -> None:
        if len(self.finder.value()) < FEWEST_LETTERS:
            return
        if self.matches.found:
            self.choose(self.matches.found[0].id, self.matches.place)
        else:
            self._ask_own(self.finder.value())

    # -- Choosing ---------------------------------------------------------------------------------

    def choose(self, sign_id: str, place: QVBoxLayout | None = None) -> None:
        """Take a tapped sign: an emergency shows what to do, any other asks how strong it is."""
        if self._model.sign(sign_id).is_emergency:
            self.close_row()
            self.emergency.emit(sign_id, None)
            return
        self._ask(sign_id, None, place or self.usual.place)

    def write_down(self, sign_id: str, at: Moment) -> None:
        """Ask how strong a sign was after its page; `at` is when that was opened."""
        self._ask(sign_id, at, self.cards[Tier.EMERGENCY].place, answered=True)

    def _ask_own(self, typed: str) -> None:
        self.choose(typed, self.matches.place)

    def _ask(
        self, sign_id: str, at: Moment | None, place: QVBoxLayout, *, answered: bool = False
    ) -> None:
        self._asked = (sign_id, at)
        advice = self._model.advice(self._model.sign(sign_id))
        severities = self._model.house.reference.severities
        row = SeverityRow(self._theme, advice, severities, answered=answered)
        row.graded.connect(self._graded)
        row.another_day.connect(self._another_day)
        row.read_more.connect(lambda: self.page.emit(sign_id))
        row.closed.connect(self._leave_row)
        self._rows.put(row, place)
        row.focus_first()

    def _graded(self, grade: int, day: str) -> None:
        sign_id, at = self._asked
        now = at or self._model.now()
        try:
            entry = self._model.log(
                sign_id, grade, self._model.day_before(now) if day == YESTERDAY else now
            )
        except UserError as error:
            self._refuse(error)
            return
        self._refuse(None)
        self._saved(entry, seen_page=at is not None)

    def _saved(self, entry: SideEffect, *, seen_page: bool) -> None:
        self.finder.set_text("")
        # Heard as a whole, and a second Enter finds nothing to press.
        self._show_outcome(entry).setFocus(_HERE)
        if entry.urgency == Tier.EMERGENCY and not seen_page:
            self._show_emergency(entry)
        elif entry.sign in _ASKS_READING and entry.temperature_c is None:
            self._open_details()

    def _another_day(self) -> None:
        """Open the whole sheet for a sign that was seen on another day."""
        sign_id, at = self._asked
        draft = self._model.draft(sign_id, 0, at or self._model.now())
        sheet = EntrySheet(self._theme, self._model, draft, self.window())
        sheet.finished.connect(lambda: self._other_day_closed(sheet, seen_page=at is not None))
        sheet.open()

    def _other_day_closed(self, sheet: EntrySheet, *, seen_page: bool) -> None:
        if sheet.kept is not None:
            self.finder.set_text("")
            self._show_outcome(sheet.kept).setFocus(_HERE)
            if sheet.kept.urgency == Tier.EMERGENCY and not seen_page:
                self._show_emergency(sheet.kept)
        sheet.deleteLater()

    def _show_emergency(self, entry: SideEffect) -> None:
        self.emergency.emit(entry.sign, entry)

    # -- After saving -----------------------------------------------------------------------------

    def _show_outcome(self, entry: SideEffect) -> OutcomeRow:
        row = OutcomeRow(self._theme, entry, self._model.outcome(entry))
        row.details.connect(self._open_details)
        row.call_sheet.connect(self.call_sheet)
        row.read_more.connect(lambda: self.page.emit(entry.sign))
        row.keep_own.connect(lambda: self.add_own(entry.sign))
        row.closed.connect(self._leave_row)
        self._rows.put(row, self._rows.place or self.usual.place, saved=True)
        self.matches.show_for(self.finder.text())
        return row

    def _open_details(self) -> None:
        row = self._rows.row
        if not isinstance(row, OutcomeRow):
            return
        sheet = EntrySheet(self._theme, self._model, row.entry, self.window())
        before = row.entry.urgency
        sheet.finished.connect(lambda: self._details_closed(sheet, before))
        sheet.open()
        if row.entry.sign in _ASKS_READING:
            sheet.reading.control.setFocus(_HERE)

    def _details_closed(self, sheet: EntrySheet, before: str) -> None:
        if sheet.kept is not None:
            self._show_outcome(sheet.kept)
            if sheet.kept.urgency == Tier.EMERGENCY != before:
                self._show_emergency(sheet.kept)
        elif sheet.deleted:
            self.close_row()
        sheet.deleteLater()

    def _nothing(self, days_back: int) -> None:
        day = self._model.yesterday if days_back else self._model.today
        try:
            self._model.nothing_on(day)
        except UserError as error:
            self._refuse(error)
            return
        self._refuse(None)

    # -- The family's own signs -------------------------------------------------------------------

    def add_own(self, name: str) -> None:
        """Open the sheet for a new sign of the family's own."""
        own = OwnSign(id="", person=self._model.person_id, name=name)
        sheet = OwnSignSheet(self._theme, self._model, own, self.window())
        sheet.finished.connect(lambda: self._own_closed(sheet))
        sheet.open()

    def _own_closed(self, sheet: OwnSignSheet) -> None:
        row = self._rows.row
        kept = sheet.kept
        if kept is not None and isinstance(row, OutcomeRow) and row.entry.sign == kept.name:
            # Only the answer about this very sign says anything else now.
            self._show_outcome(row.entry)
        sheet.deleteLater()

    def _show_again(self, sign_id: str) -> None:
        try:
            self._model.house.signs.hide(self._model.person_id, sign_id, on=False)
        except UserError as error:
            self._refuse(error)

    # -- The row that is open ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes away what is open, else what was typed."""
        if event.key() == Qt.Key.Key_Escape and self._rows.row is not None:
            self._leave_row()
        elif event.key() == Qt.Key.Key_Escape and self.finder.text():
            self.finder.set_text("")
            self._search()
            self.finder.line.setFocus(_HERE)
        else:
            super().keyPressEvent(event)

    def _leave_row(self) -> None:
        """Take the question or the answer away, and be ready for the next sign."""
        self.close_row()
        self.finder.line.setFocus(_HERE)

    def start_over(self) -> None:
        """Take away what was typed and what is open below the signs."""
        self.finder.set_text("")
        self._refuse(None)
        self.close_row()

    def close_row(self) -> None:
        """Take the question or the answer away."""
        self._rows.close()
        self._search()

    def _refuse(self, error: UserError | None) -> None:
        self.wrong.setText("" if error is None else explain(error))
        self.wrong.setVisible(error is not None)

    def _turn_sources(self) -> None:
        if self.sources.isHidden():
            reference = self._model.house.reference
            found = [source for sign in reference.signs for source in sign.evidence.sources]
            sources = tuple(dict.fromkeys(found))
            evidence = Evidence("verified here", sources, reference.is_reviewed)
            self.sources.setText(source_words(evidence, plain_date(reference.generated)))
        self.sources.setVisible(self.sources.isHidden())
