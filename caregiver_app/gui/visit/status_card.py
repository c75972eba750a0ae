"""How far a visit is, in words, with what can be done next; a past one asks "Did it happen?"."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.times import wall
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.visit.call_box import CallBox
from caregiver_app.gui.visit.words import asks_how_it_went, is_at_home, look_of
from caregiver_app.gui.widgets.buttons import Button, PlainButton, PrimaryButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import long_date, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household

BOOKED: Final = "booked"
NOT_BOOKED: Final = "planned"
DONE: Final = "done"
THAT_DAY: Final = "that_day"
OTHER_DAY: Final = "other_day"
MOVE: Final = "move"
CANCEL: Final = "cancel"
DELAYED: Final = "delayed"
NOT_DONE: Final = "not_done"
TAKE_UP: Final = "take_up"


class StatusCard(Card):
    """The chip, a sentence, and the buttons; it changes nothing by itself."""

    wanted = Signal(str)
    """What somebody wants to do."""
    said_no = Signal()
    """Somebody said that it did not take place."""
    asked = Signal(str, str, str)
    """Somebody asked for another place: place, kind, item."""

    def __init__(self, house: Household, theme: Theme) -> None:
        super().__init__(theme)
        self._house = house
        head = QHBoxLayout()
        head.setSpacing(12)
        self.chip = Chip(theme, "")
        self.sentence = Text("", "body")
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.sentence, 1)
        self.body.addLayout(head)
        self.question = QWidget()
        self._make_question()
        self.add(self.question)
        self._row = QWidget()
        flow = FlowLayout(self._row, across=8, down=8)
        self.buttons: dict[str, Button] = {}
        kinds: tuple[tuple[str, type[Button], str, str | None], ...] = (
            (BOOKED, PrimaryButton, tr("Mark as booked"), "done"),
            (MOVE, PlainButton, tr("Move…"), None),
            (DONE, PlainButton, tr("It happened…"), None),
            (DELAYED, QuietButton, tr("Delayed, no date yet"), None),
            (CANCEL, QuietButton, tr("Cancel this visit…"), None),
            (NOT_BOOKED, QuietButton, tr("Not booked after all"), None),
            (NOT_DONE, QuietButton, tr("Not done after all"), None),
            (TAKE_UP, PlainButton, tr("Take it up again"), None),
        )
        for key, kind, said, icon in kinds:
            self.buttons[key] = button = kind(theme, said, icon)
            button.clicked.connect(lambda _on=False, one=key: self.wanted.emit(one))
            flow.addWidget(button)
        self.add(self._row)

    def _make_question(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self.question)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(10)
        self.ask = Text(tr("Did it happen?"), "card_title")
        row = QWidget()
        flow = FlowLayout(row, across=8, down=8)
        self.yes = PrimaryButton(theme, "", "done")
        self.other = PlainButton(theme, tr("Yes, on another day…"))
        self.no = PlainButton(theme, tr("No"))
        self.no.setAccessibleName(tr("No, it did not happen"))
        self.yes.clicked.connect(lambda: self.wanted.emit(THAT_DAY))
        self.other.clicked.connect(lambda: self.wanted.emit(OTHER_DAY))
        self.no.clicked.connect(self._say_no)
        for button in (self.yes, self.other, self.no):
            flow.addWidget(button)
        self.call = CallBox(theme)
        self.call.asked.connect(self.asked)
        self.after_no = Text(
            tr(
                "Nothing is changed here. When the clinic has said how it goes on, choose “Move…”"
                " or “Cancel this visit…”."
            ),
            "second",
            "soft",
        )
        self.after_no.hide()
        for widget in (self.ask, row, self.call, self.after_no):
            column.addWidget(widget)

    def show_visit(self, visit: Appointment) -> None:
        """Show how far a visit is now."""
        asks = asks_how_it_went(self._house, visit)
        look = look_of(self._house, visit)
        self._visit = visit
        self.chip.set_chip(look.word, look.kind, look.icon)
        self.chip.setAccessibleName(tr("How far it is: {status}", status=look.word))
        self.sentence.setText(tr("Nobody has marked yet how it went.") if asks else look.sentence)
        day = wall(visit.start).date()
        self.yes.set_words(tr("Yes, on {day}", day=long_date(day)))
        self.question.setVisible(asks)
        if not asks:
            self.call.say("", None)
            self.after_no.hide()
        self._show_buttons(asks=asks)

    def _show_buttons(self, *, asks: bool) -> None:
        status = self._visit.status
        shown = {
            "planned": (BOOKED, MOVE, DONE, DELAYED, CANCEL),
            "delayed": (BOOKED, MOVE, DONE, CANCEL),
            "booked": (MOVE, DONE, DELAYED, CANCEL, NOT_BOOKED),
            "done": (NOT_DONE,),
            "cancelled": (TAKE_UP,),
        }.get(status, ())
        if asks:
            # How it goes on is asked only once somebody has said that it did not take place.
            delayed = () if status == DELAYED else (DELAYED,)
            shown = () if self.after_no.isHidden() else (MOVE, *delayed, CANCEL)
        if is_at_home(self._visit):
            # At home nobody books anything.
            shown = tuple(key for key in shown if key not in (BOOKED, NOT_BOOKED, DELAYED))
        for key, button in self.buttons.items():
            button.setVisible(key in shown)
        self._row.setVisible(bool(shown))

    def _say_no(self) -> None:
        contact = self._house.agenda.contact_of(self._visit)
        self.call.say(words("safety.missed"), contact)
        self.after_no.show()
        self._show_buttons(asks=True)
        self.said_no.emit()
