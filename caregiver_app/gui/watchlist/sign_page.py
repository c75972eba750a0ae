"""The page of one sign: everything that is known of it, and what the family decided about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.columns import Columns, clear_layout
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.watchlist.advice_block import AdviceBlock, Fold
from caregiver_app.gui.watchlist.own_sign_sheet import ClinicWordsSheet, OwnSignSheet
from caregiver_app.gui.watchlist.sign_model import Advice, SignModel, is_raised
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import FewLines, Text
from caregiver_app.gui.words import tr
from caregiver_app.messages import explain
from caregiver_app.services.signs import Sign

_LEFT: Final = Qt.AlignmentFlag.AlignLeft


class SignPage(QWidget):
    """Everything about one sign. `back` leaves, `write_down(sign)` asks how strong it is.

    `emergency(sign)` asks for the page with what to do now.
    """

    back = Signal()
    write_down = Signal(str)
    emergency = Signal(str)

    def __init__(self, theme: Theme, model: SignModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._shown = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self._page = Columns(theme, stretches=(58, 42))
        column.addWidget(self._page, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(PAGE_MARGIN, 18, PAGE_MARGIN, 8)
        row.setSpacing(12)
        self.leave = IconButton(self._theme, "back", tr("Back to the signs"), key_hint="Esc")
        self.leave.clicked.connect(self.back)
        self.title = FewLines("", "page_title")
        self._full = Text("", "body", "soft")
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self._full)
        row.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(titles, 1)
        self.write = PrimaryButton(self._theme, tr("Write it down"), "note-it")
        # Beside an emergency nothing stands out but the call.
        self.write_later = PlainButton(self._theme, tr("Write it down"), "note-it")
        for one in (self.write, self.write_later):
            one.clicked.connect(lambda: self.write_down.emit(self._shown))
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def show_sign(self, sign_id: str) -> None:
        """Show the page of a sign, and take the keyboard."""
        self._shown = sign_id
        self.look_again()
        self._page.verticalScrollBar().setValue(0)
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_again(self) -> None:
        """Show what is kept now."""
        if self._shown:
            self._model.house.care.show(self._show)

    def _show(self) -> None:
        sign = self._model.sign(self._shown)
        advice = self._model.advice(sign)
        self.title.setText(sign.name)
        self._full.setText(sign.full)
        self._full.setVisible(bool(sign.full))
        self.write.setVisible(not sign.is_emergency)
        self.write_later.setVisible(sign.is_emergency)
        clear_layout(self._page.left)
        clear_layout(self._page.right)
        self._page.left.addWidget(self._do(advice))
        self._page.left.addStretch(1)
        self._page.right.addWidget(self._about(advice))
        self._page.right.addWidget(self._clinic(sign))
        ways = self._ways(sign)
        if ways is not None:
            self._page.right.addWidget(ways)
        self._wrong = Text("", "second", "alarm")
        self._wrong.hide()
        self._page.right.addWidget(self._wrong)
        self._page.right.addStretch(1)

    def _do(self, advice: Advice) -> QWidget:
        card = Card(self._theme, tone="alarm" if advice.sign.is_emergency else "card")
        card.setAccessibleName(tr("What to do"))
        opens = None
        if advice.sign.is_emergency:
            opens = PlainButton(self._theme, tr("What to do now"), "emergency")
            opens.setAccessibleName(tr("What to do now: {sign}", sign=advice.sign.name))
            opens.clicked.connect(lambda: self.emergency.emit(self._shown))
        card.add(AdviceBlock(self._theme, advice, with_sources=False, opens=opens))
        return card

    def _about(self, advice: Advice) -> QWidget:
        sign = advice.sign
        card = Card(self._theme, tr("About this sign"))
        told = [
            (tr("When it can show"), self._model.times(sign)),
            (tr("Also called"), ", ".join(sign.also)),
            (tr("How to tell it apart"), self._model.acting(sign, advice.tier).tell_apart),
        ]
        by_itself = ""
        if is_raised(sign, advice.tier):
            own = [f"{step.do} {step.more}".rstrip() for step in sign.steps]
            by_itself = "\n".join([*own, sign.tell_apart]).strip()
        for label, text in told:
            if text:
                card.add(Text(label, "second_strong"))
                card.add(Text(text))
        if by_itself:
            card.add(Fold(self._theme, tr("For this sign by itself"), by_itself))
        if sign.own is not None:
            card.add(Text(tr("Added by your family."), "second", "soft"))
        if advice.sources:
            card.add(Text(advice.sources, "second", "soft"))
        return card

    def _clinic(self, sign: Sign) -> QWidget:
        card = Card(self._theme, tr("What your clinic says"))
        none = tr("Nothing yet. What they told you stands above our words.")
        card.add(Text(sign.clinic or none, "body", "ink" if sign.clinic else "soft"))
        change = PlainButton(
            self._theme, tr("Change it") if sign.clinic else tr("Write it here"), "note-it"
        )
        change.setAccessibleDescription(tr("What your clinic says"))
        change.clicked.connect(self._change_clinic)
        card.body.addWidget(change, 0, _LEFT)
        return card

    def _ways(self, sign: Sign) -> QWidget | None:
        row = QWidget()
        flow = FlowLayout(row)
        if sign.own is not None:
            change = PlainButton(self._theme, tr("Change this sign"), "note-it")
            change.clicked.connect(self._change_own)
            flow.addWidget(change)
        elif sign.info is None or sign.is_emergency:
            return None
        elif self._model.is_hidden(sign):
            show = QuietButton(self._theme, tr("Show it among the signs again"))
            show.clicked.connect(lambda: self._hide(False))
            flow.addWidget(show)
        else:
            hide = QuietButton(self._theme, tr("Leave it out of the signs to tap"))
            hide.setAccessibleDescription(tr("Search still finds it."))
            hide.clicked.connect(lambda: self._hide(True))
            flow.addWidget(hide)
        return row

    def _hide(self, on: bool) -> None:
        try:
            self._model.house.signs.hide(self._model.person_id, self._shown, on)
        except UserError as error:
            self._wrong.setText(explain(error))
            self._wrong.show()

    def _change_clinic(self) -> None:
        sheet = ClinicWordsSheet(
            self._theme, self._model, self._model.sign(self._shown), self.window()
        )
        self._open(sheet)

    def _change_own(self) -> None:
        own = self._model.sign(self._shown).own
        if own is None:
            return
        sheet = OwnSignSheet(self._theme, self._model, own, self.window())
        sheet.finished.connect(lambda: self._own_closed(sheet))
        sheet.open()

    def _own_closed(self, sheet: OwnSignSheet) -> None:
        if sheet.removed:
            self._shown = ""
            self.back.emit()
        elif sheet.kept is not None:
            self._shown = sheet.kept.name
            self.look_again()
        sheet.deleteLater()

    def _open(self, sheet: Sheet) -> None:
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
            return
        super().keyPressEvent(event)
