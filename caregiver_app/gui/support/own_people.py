"""People to call: the one whom the carer chose, the others, a message, and signs to take help."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Contact
from caregiver_app.errors import UserError
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.refusal import show_refusal
from caregiver_app.gui.support.own_parts import AskingText, LineRow
from caregiver_app.gui.support.own_words import asking_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.watchlist.sign_model import source_words
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton, TonalButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.services.household import Household
from caregiver_app.services.support_cards import SupportCards

_NEW = "new"
_MOST = 8


class PeopleSheet(Sheet):
    """Whom the carer can call. `lead` tells what a check led to, "" where it was opened by hand."""

    crisis_asked = Signal()

    def __init__(
        self, theme: Theme, house: Household, person: str, lead: str, parent: QWidget | None
    ) -> None:
        super().__init__(
            theme, tr("People to call"), icon="call", primary=tr("Close"),
            cancel=tr("Close"), subtitle=_said(lead), parent=parent,
        )  # fmt: skip
        self._house, self._person = house, person
        self.primary.setEnabled(False)
        self.primary.hide()
        self.danger = PlainButton(theme, tr("In danger now? Open the crisis panel"), "call")
        self.danger.clicked.connect(self.crisis_asked)
        self._make_chosen()
        self._make_others()
        self.message = AskingText(theme, asking_text(None, ""))
        self.add(self.message)
        self.signs = SignsFold(theme, house)
        self.signs.turned.connect(self.fit)
        self.add(self.signs)
        # It stays in sight, however far down somebody reads.
        self.add_to_foot(self.danger)
        self._look()

    def is_changed(self) -> bool:
        """What is chosen here is kept at once."""
        return False

    # -- Building ---------------------------------------------------------------------------------

    def _make_chosen(self) -> None:
        theme = self.theme
        self.card = Card(theme)
        self.card.setAccessibleName(tr("Whom you call"))
        self.name = Text("", "card_title")
        self.number = Text("", "large_strong")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = TonalButton(theme, tr("Copy the number"), "call")
        self.copy_button.clicked.connect(self._copy_chosen)
        self.change_button = QuietButton(theme, tr("Choose somebody else"))
        self.change_button.clicked.connect(lambda: self._show_choice(shown=True))
        self.card.add(self.name)
        self.card.add(self.number)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.copy_button)
        row.addWidget(self.change_button)
        row.addStretch(1)
        self.card.body.addLayout(row)
        self.said = Text("", "second", "soft")
        self.said.hide()
        self.card.add(self.said)
        self._make_choice()
        self.add(self.card)

    def _make_choice(self) -> None:
        theme = self.theme
        self.choice = ChoiceField(theme, tr("Who is there for you?"), ())
        self.choice.changed.connect(self._turn_choice)
        self.new_name = LineField(theme, tr("Name"))
        self.new_phone = LineField(theme, tr("Phone"), icon="call")
        self.save = TonalButton(theme, tr("Keep this person"))
        self.save.clicked.connect(self._keep_chosen)
        self.wrong = Text("", "second", "alarm")
        for widget in (self.choice, self.new_name, self.new_phone):
            self.card.add(widget)
        self.card.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.card.add(self.wrong)
        for widget in (self.choice, self.new_name, self.new_phone, self.save, self.wrong):
            widget.hide()

    def _make_others(self) -> None:
        self.others = QWidget()
        self._reach = QVBoxLayout(self.others)
        self._reach.setContentsMargins(0, 0, 0, 0)
        self._reach.setSpacing(0)
        self.add(self.others)

    # -- Living -----------------------------------------------------------------------------------

    def _look(self) -> None:
        chosen = self._house.carer.to_call
        self.card.setVisible(True)
        self.name.setText(tr("Nobody chosen yet") if chosen is None else chosen.name)
        numbers = () if chosen is None else _numbers(chosen)
        self.number.setText("\n".join(numbers))
        self.number.setVisible(bool(numbers))
        self.copy_button.setVisible(bool(numbers))
        self.change_button.setVisible(chosen is not None)
        self._show_choice(shown=chosen is None)
        self._show_others(chosen)

    def _show_choice(self, *, shown: bool) -> None:
        self.choice.setVisible(shown)
        self.save.setVisible(shown)
        self._show_new(shown=False)
        if not shown:
            return
        people = [(one.id, one.name) for one in self._contacts()]
        self.choice.set_choices([*people, (_NEW, tr("Somebody new"))])
        if not people:
            self.choice.hide()
            self._show_new(shown=True)
        self.change_button.hide()
        if self.isVisible():
            hand = self.choice if people else self.new_name
            hand.setFocus(Qt.FocusReason.OtherFocusReason)
            self.fit()

    def _show_new(self, *, shown: bool) -> None:
        for widget in (self.new_name, self.new_phone):
            widget.setVisible(shown)
        self.wrong.hide()

    def _contacts(self) -> list[Contact]:
        every = self._house.people.contacts(self._person or None)
        found = [one for one in every if one.role in _WHO]
        return sorted(found, key=lambda one: (one.role not in _NEAR, one.name.casefold()))

    def _show_others(self, chosen: Contact | None) -> None:
        clear_layout(self._reach)
        known = None if chosen is None else chosen.id
        reach = [one for one in self._contacts() if _numbers(one) and one.id != known]
        for one in reach[:_MOST]:
            number = _numbers(one)[0]
            text = tr("{name}: {number}", name=one.name, number=number)
            name = tr("Copy the number of {name}", name=one.name)
            row = LineRow(self.theme, "call", text, tr("Copy"), name=name)
            row.pressed.connect(partial(self._copy, number))
            self._reach.addWidget(row)
            self._reach.addWidget(Rule())
        self.others.setVisible(bool(reach))

    def _turn_choice(self) -> None:
        """Ask for name and number where it is somebody new; nothing is kept by choosing alone."""
        self._show_new(shown=self.choice.value() == _NEW)
        self.fit()

    def _keep_chosen(self) -> None:
        key, carer = self.choice.value(), self._house.carer
        fields: dict[str, Field] = {"name": self.new_name, "phone": self.new_phone}
        new = key == _NEW or self.choice.isHidden()
        if key is None and not new:
            self.choice.set_error(tr("Choose somebody first."))
            self.focus_first_error()
            return
        try:
            if new:
                carer.call_new(self.new_name.text(), self.new_phone.text())
            else:
                carer.call(key or "")
        except UserError as error:
            show_refusal(error, fields, self.wrong)
            self.focus_first_error()
            return
        self._settle()

    def _settle(self) -> None:
        self._look()
        hand = self.copy_button if self.copy_button.isVisible() else self.change_button
        hand.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _copy_chosen(self) -> None:
        chosen = self._house.carer.to_call
        if chosen is not None and _numbers(chosen):
            self._copy(_numbers(chosen)[0])

    def _copy(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.said.setText(tr("Copied: {number}", number=number))
        self.said.show()
        told = QAccessibleAnnouncementEvent(self.said, self.said.text())
        QAccessible.updateAccessibility(told)


class SignsFold(Fold):
    """Signs that it is time for help, in the carer and in the loved one, and what to do then."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme, tr("Signs that it is time to get help"), role="strong")
        cards = SupportCards(house.reference)
        whose = {
            "caregiver": tr("In you"),
            "patient": tr("In whom you care for"),
            "either": tr("In either of you"),
        }
        checked = plain_date(cards.generated)
        for who, heading in whose.items():
            found = [one for one in cards.of("carer", "help_sign") if one.who == who]
            if found:
                self.add(Text(heading, "second_strong", "soft"))
            for one in found:
                self.add(Text(one.text, "strong"))
                self.add(Text(one.action, "body"))
                self.add(Text(source_words(one.evidence, checked), "hint", "soft"))


def _said(lead: str) -> str:
    if lead == "people":
        # True of every way there: what was good may have been rare, and nothing is counted.
        return tr("Some of this has been hard lately. Here is whom you could call.")
    return ""


def _numbers(contact: Contact) -> tuple[str, ...]:
    return tuple(one for one in (contact.phone, contact.phone_after_hours) if one)


_NEAR = ("family", "other", "driver")
_WHO = (*_NEAR, "doctor", "clinic")
"""Who may be called when it is too much; an insurer is not among them."""
