"""The call sheet: a page to read out while the phone is at the ear, and to write on afterwards."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import ClinicCall, Question
from caregiver_app.errors import DataDamaged, UserError
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.columns import Columns, clear_layout, one_column
from caregiver_app.gui.late_tab import LateTab
from caregiver_app.gui.reading_order import follow_layout
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.watchlist.call_correct import CallCorrection
from caregiver_app.gui.watchlist.call_draft import DraftKeeper
from caregiver_app.gui.watchlist.call_form import CallForm
from caregiver_app.gui.watchlist.call_model import CallModel, KeptCall
from caregiver_app.gui.watchlist.call_parts import KeptCallView, NumbersCard, ReadOutCard
from caregiver_app.gui.watchlist.call_print import CallPrintSheet
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import FewLines, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.call_sheet import CallSheet
from caregiver_app.services.clinic_calls import Draft
from caregiver_app.services.household import Household

_STARTERS: Final = 4
_CALLS: Final = 5
"""So many kept calls are shown before somebody asks for the others."""


class CallPage(LateTab):
    """What to tell the clinic, what to ask, and what they said; each call is kept."""

    kinds = frozenset(
        (
            "side_effect", "checkin", "person", "contact", "plan", "appointment", "setting",
            "medicine", "dose", "answer", "infusion_record", "question", "clinic_call", "own_sign",
        )
    )  # fmt: skip

    only_whole = True
    """What is read out to the clinic may lack nothing unsaid."""

    back = Signal()
    asked = Signal(str, str, str)
    """Somebody wants to go to another place: place, kind, item."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        leads: bool = True,
    ) -> None:
        """`leads`: other pages can be gone to from here."""
        super().__init__(house.care, parent)
        self._house, self._theme, self._leads = house, theme, leads
        self._model = CallModel(house)
        self._named: str | None = None
        self._whose = ""
        self._sheet: CallSheet | None = None
        self._kept: tuple[str, Draft] | None = None
        self._all_calls = False
        self._shown_calls: list[KeptCall] | None = None
        self._offered: list[Question] = []
        self._choices: list[tuple[str, str]] = []
        self.people: Segmented | None = None
        """Where it is chosen whose sheet it is, with several people."""
        self.sheet: Sheet | None = None
        """The form that is open over the page now."""
        self.drafts = DraftKeeper(house.clinic_calls, self._draft, self)
        self.drafts.told.connect(self._show_trouble)

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person."""
        self.keep_draft()
        self._named = person_id
        self._model.set_person(person_id)
        self.look_again()

    def enter(self, key: str = "") -> None:
        """Put the keyboard on the numbers, or on the kept call with the id `key`."""
        self.ensure_built()
        self.form.show_time(self._model.now())
        self.page.verticalScrollBar().setValue(0)
        # A screen reader says at once whom to call.
        self.numbers.setFocus(Qt.FocusReason.OtherFocusReason)
        if key:
            self._all_calls = True
            self._show_calls()
            self._to_kept(key)

    # -- Building ---------------------------------------------------------------------------------

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.page = Columns(self._theme, stretches=(56, 44))
        self.numbers = NumbersCard(self._theme, leads=self._leads)
        self.numbers.asked.connect(self.asked)
        self.page.top.addWidget(self.numbers)
        self.page.top.addSpacing(14)
        self.read_out = ReadOutCard(self._theme)
        self.page.left.addWidget(self.read_out)
        self.page.left.addStretch(1)
        self._ask_card, self._after_card = self._question_card(), self._call_card()
        self._calls_card = Card(self._theme, tr("Calls that were kept"))
        self._calls = QVBoxLayout()
        self._calls.setSpacing(14)
        self._calls_card.body.addLayout(self._calls)
        for card in (self._ask_card, self._after_card, self._calls_card):
            self.page.right.addWidget(card)
        self.page.right.addStretch(1)
        column.addWidget(self.page, 1)
        self.setFocusProxy(self.numbers)
        self._theme.changed.connect(self._turn)

    def _head(self) -> QWidget:
        head = QWidget()
        self._head_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        self._head_row.setContentsMargins(PAGE_MARGIN, 18, PAGE_MARGIN, 8)
        self._head_row.setSpacing(12)
        self.leave = IconButton(self._theme, "back", tr("Back to the signs"), key_hint="Esc")
        self.leave.clicked.connect(self.back)
        self._title = FewLines("", "page_title")
        self._subtitle = FewLines("", "body", "soft")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        self._people = QVBoxLayout()
        words.addLayout(self._people)
        self.print = PlainButton(self._theme, tr("Print…"), "print")
        self.print.clicked.connect(self.open_print)
        top, left = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft
        self._head_row.addWidget(self.leave, 0, top | left)
        self._head_row.addLayout(words, 1)
        self._head_row.addWidget(self.print, 0, top | left)
        return head

    def _question_card(self) -> Card:
        card = Card(self._theme, tr("What we want to ask"))
        self.question = ShortText(self._theme, tr("Our question"), text="", rows=3)
        self.question.changed.connect(self.drafts.touched)
        card.add(self.question)
        self._starters = QVBoxLayout()
        self._starters.setSpacing(2)
        card.body.addLayout(self._starters)
        return card

    def _call_card(self) -> Card:
        card = Card(self._theme, tr("After the call"))
        card.add(
            Text(
                tr("What you type is kept at once."),
                "second",
                "soft",
            )
        )
        self.form = CallForm(self._theme, self._model)
        self.form.changed.connect(self.drafts.touched)
        card.add(self.form)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        card.add(self.wrong)
        self.keep = PrimaryButton(self._theme, tr("Keep this call"), "keep")
        self.keep.clicked.connect(self.keep_call)
        card.body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose between numbers side by side and below each other."""
        super().resizeEvent(event)
        if self._built:
            self._turn()

    def _turn(self) -> None:
        down = one_column(self._theme, self.width()) and self._theme.scale > 1
        way = QBoxLayout.Direction
        self._head_row.setDirection(way.TopToBottom if down else way.LeftToRight)

    # -- Showing ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        try:
            self._fill_whole()
        except DataDamaged:
            self._fill_unread()

    def _fill_unread(self) -> None:
        """Show whom to call and that the rest is not told; what is being typed stays."""
        self._sheet = None
        with self._care.in_parts():
            paper = self._model.unread()
        self._title.setText(tr("Call sheet for the clinic"))
        self._subtitle.setText(
            tr(
                "A part of it can’t be read, and a sheet that lacks something is not shown. Bring"
                " a backup back, or tell the clinic that your notes are not at hand."
            )
        )
        self.numbers.show_paper(paper)
        for part in (self.read_out, self.print):
            part.hide()
        for part in (self._ask_card, self._after_card):
            part.setVisible(bool(self._whose))
        self._calls_card.setVisible(bool(self._shown_calls))
        follow_layout(self)
        self._care.tell_unread()

    def _fill_whole(self) -> None:
        person = self._model.person
        whose = "" if person is None else person.id
        self._show_people(whose)
        self._sheet = sheet = self._model.sheet()
        if whose != self._whose or not whose:
            typed = self.drafts.begin(whose)
            self._whose, self._kept = whose, None
            self._show_draft(typed)
        elif self._kept is not None:
            self._bring_back()
        self._catch_draft()
        name = "" if person is None else person.name
        self._title.setText(tr("Call sheet for the clinic"))
        self._subtitle.setText(name or tr("The person I care for"))
        for part in (self.read_out, self._ask_card, self._after_card, self.print):
            part.setVisible(sheet is not None)
        if sheet is None:
            self.numbers.show_paper(self._model.nobody())
            self._subtitle.setText(tr("Nobody is entered yet."))
        else:
            paper = self._model.paper(sheet)
            self.numbers.show_paper(paper)
            self.read_out.show_parts(paper.parts)
            self.form.show_about(self._model.about(sheet, self.form.ticked))
            self._show_starters()
        self._show_calls()
        follow_layout(self)

    def _show_people(self, whose: str) -> None:
        """With several people and none of them chosen for the window, ask whose sheet it is."""
        people = self._house.people.people()
        choices = [(one.id, one.name or tr("No name yet")) for one in people]
        if self._named is not None or len(choices) < 2:
            choices = []
        if choices == self._choices:
            return
        self._choices = choices
        clear_layout(self._people)
        self.people = None
        if choices:
            self.people = Segmented(
                self._theme,
                choices,
                name=tr("Whose call sheet"),
                chosen=whose,
            )
            self.people.changed.connect(self._choose_person)
            self._people.addSpacing(8)
            self._people.addWidget(self.people, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose_person(self, person_id: object) -> None:
        if isinstance(person_id, str) and person_id != self._whose:
            self.keep_draft()
            self._model.set_person(person_id)
            self.look_again()

    def _catch_draft(self) -> None:
        """Show what was typed in another window meanwhile, unless something here is not kept."""
        typed = self.drafts.caught()
        if typed is not None:
            self._show_draft(typed)

    def _show_draft(self, draft: Draft) -> None:
        self.question.set_text(draft.question)
        self.form.begin(draft)
        self.wrong.hide()
        self.drafts.let_be()

    def _bring_back(self) -> None:
        """After an undo of the call just kept, show again what was typed, unless more is there."""
        call, draft = self._kept or ("", Draft())
        if self._house.clinic_calls.get(call) is not None:
            return
        self._kept = None
        if self._draft() == Draft():
            self._show_draft(draft)
            self.drafts.touched()

    def _show_starters(self) -> None:
        if self._sheet is None:
            return
        found = self._model.starters(self._sheet, self.question.text())[:_STARTERS]
        if found == self._offered:
            return
        self._offered = found
        clear_layout(self._starters)
        if found:
            self._starters.addWidget(Text(tr("From your open questions:"), "second", "soft"))
        for one in found:
            text = " ".join(one.text.split())
            button = QuietButton(
                self._theme, _short(text), "add", name=tr("Ask: {text}", text=text)
            )
            button.setToolTip("")
            button.clicked.connect(partial(self._ask_too, text))
            self._starters.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask_too(self, text: str) -> None:
        typed = self.question.text().rstrip()
        self.question.set_text(f"{typed}\n{text}" if typed else text)
        self._show_starters()
        self.question.area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_calls(self) -> None:
        calls = self._model.calls()
        shown = calls if self._all_calls else calls[:_CALLS]
        if shown == self._shown_calls:
            return
        self._shown_calls = shown
        clear_layout(self._calls)
        self._calls_card.setVisible(bool(calls))
        for call in shown:
            view = KeptCallView(self._theme, call, leads=self._leads)
            view.correct.connect(self._correct)
            view.delete.connect(self._delete)
            view.follow_up.connect(partial(self.asked.emit, "calendar", "appointment"))
            self._calls.addWidget(view)
        if not self._all_calls and len(calls) > _CALLS:
            words = tr("Show {count} more", count=len(calls) - _CALLS)
            more = QuietButton(self._theme, words)
            more.clicked.connect(self._show_all_calls)
            self._calls.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all_calls(self) -> None:
        self._all_calls = True
        self._show_calls()
        self._calls_card.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- Keeping ----------------------------------------------------------------------------------

    def _draft(self) -> Draft:
        return self.form.draft(self.question.text())

    def keep_draft(self) -> bool:
        """Keep what was typed so far, at once; tell whether nothing is left to keep."""
        return self.drafts.leave()

    def _show_trouble(self, error: UserError | None) -> None:
        if error is not None:
            self.wrong.setText(explain(error))
        self.wrong.setVisible(error is not None)

    def keep_call(self) -> None:
        """Keep the call and what comes next; what is refused stays with its sentence."""
        self.wrong.hide()
        blank = ClinicCall(id="", person=self._whose, at=self._model.moment())
        call = self.form.call(blank)
        if call is None:
            self._to_first_error()
            return
        typed = self._draft()
        call = replace(call, question=self.question.text())
        try:
            kept = self._house.clinic_calls.save(call, self.form.follow_up())
        except UserError as error:
            fields = {**self.form.fields(), "question": self.question}
            show_refusal(error, fields, self.wrong)
            self._to_first_error()
            return
        self._show_draft(Draft())
        # The call is kept: what is left of its draft troubles nobody.
        self.drafts.save(told=False)
        self._kept = (kept.id, typed)
        self.look_again()
        self._to_kept(kept.id)

    def _to_first_error(self) -> None:
        wrong = (one for one in self.form.fields().values() if one.error())
        first = next(wrong, None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.ensureWidgetVisible(first)

    def _to_kept(self, call_id: str) -> None:
        for view in self._calls_card.findChildren(KeptCallView):
            if view.call.id == call_id and not view.isHidden():
                view.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
                self.page.ensureWidgetVisible(view)

    # -- Kept calls -------------------------------------------------------------------------------

    def _correct(self, call_id: str) -> None:
        call = self._house.clinic_calls.get(call_id)
        if call is not None:
            self._open(CallCorrection(self._house, self._theme, call, self.window()))

    def _delete(self, call_id: str) -> None:
        try:
            self._house.clinic_calls.remove(call_id)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()
            return
        self.look_again()
        self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_print(self) -> None:
        """Open the sheet from which the page is printed."""
        if self._sheet is not None:
            paper = self._model.paper(self._sheet, self.question.text())
            self._open(CallPrintSheet(self._theme, paper, self.window()))

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.finished.connect(sheet.deleteLater)
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        self.sheet = None

    # -- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Look at what was typed in a window that lay over this one."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._built and self.isVisible():
            self._catch_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed before the page goes out of sight."""
        self.keep_draft()
        super().hideEvent(event)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
