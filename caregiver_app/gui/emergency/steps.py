"""The left of the emergency page: what to do until help comes, or the signs to choose from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.advice import SignInfo
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.emergency.model import EmergencyModel
from caregiver_app.gui.emergency.number_form import NumberForm
from caregiver_app.gui.emergency.parts import (
    LARGE,
    STRONG,
    TITLE,
    AvoidLine,
    ClinicSays,
    NumberedStep,
    large,
)
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import Button, PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household
from caregiver_app.services.signs import Sign


class StepsColumn(QWidget):
    """Steps, what not to do, and the way to the steps of one sign.

    `sign_chosen` carries the `Sign` whose steps are wanted, None for those of any emergency.
    """

    sign_chosen = Signal(object)
    more_asked = Signal()
    """Somebody wants to read everything about the sign."""
    number_saved = Signal()

    def __init__(self, house: Household, theme: Theme, model: EmergencyModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        self._person: str | None = None
        self._sign: SignInfo | None = None
        self._say = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._title = Text("", TITLE)
        column.addWidget(self._title)
        self.clinic = ClinicSays(theme)
        column.addWidget(self.clinic)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(16)
        column.addLayout(self._steps)
        self._avoid = Card(theme, tone="alarm")
        column.addWidget(self._avoid)
        self._signs = QWidget()
        self._flow = FlowLayout(self._signs)
        column.addWidget(self._signs)
        self._ways = QWidget()
        ways = FlowLayout(self._ways)
        self.choose = large(PlainButton(theme, ""))
        self.choose.clicked.connect(self.show_signs)
        self.sources = large(QuietButton(theme, tr("Sources")))
        self.sources.clicked.connect(self._turn_sources)
        self.more = large(QuietButton(theme, tr("All about this sign")))
        self.more.clicked.connect(self.more_asked)
        self.more.hide()
        ways.addWidget(self.choose)
        ways.addWidget(self.more)
        ways.addWidget(self.sources)
        column.addWidget(self._ways)
        self._sources = self._review = ""
        self._told = Text("", LARGE, "soft")
        column.addWidget(self._told)
        self.add_number = large(QuietButton(theme, tr("Add the number")))
        self.add_number.clicked.connect(self._ask_number)
        column.addWidget(self.add_number, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = NumberForm(house, theme)
        self.form.saved.connect(self._number_saved)
        column.addWidget(self.form)
        column.addStretch(1)

    def show_steps(
        self, sign: SignInfo | None, say: str, *, may_choose: bool, named: bool = False
    ) -> None:
        """Show what to do for a sign, or in any emergency.

        Args:
            sign: whose steps are shown; None, and one that is no emergency, gets the general ones.
            say: what to say on the phone, "" for nothing of its own.
            may_choose: another sign may be chosen.
            named: they are those of a sign, also where it is not of the reference.
        """
        self._title.setText(tr("Until help comes"))
        self._sign = sign
        self._fill_steps(say)
        clear_layout(self._avoid.body)
        avoid = self._model.avoid(sign)
        if avoid:
            self._avoid.add(Text(tr("Please"), STRONG, "alarm"))
        for line in avoid:
            self._avoid.add(AvoidLine(self._theme, line))
        self._avoid.setVisible(bool(avoid))
        self._flow.clear()
        self._signs.hide()
        self.choose.set_words(tr("Another sign") if named or sign else tr("What do you see?"))
        self.choose.setVisible(may_choose)
        self._ways.show()
        self._sources = self._model.sources(sign)
        self._review = self._model.review(sign)
        self._tell(self._review)
        self.show_number_button()

    def _fill_steps(self, say: str) -> None:
        self._say = say
        clear_layout(self._steps)
        for number, step in enumerate(self._model.steps(self._sign, say), start=1):
            self._steps.addWidget(NumberedStep(self._theme, number, step))

    def show_say(self, say: str) -> None:
        """Say something else on the phone, as for somebody else."""
        if say != self._say and self._signs.isHidden():
            self._fill_steps(say)

    def set_person(self, person_id: str | None) -> None:
        """Offer the signs of somebody else; those on the screen follow."""
        self._person = person_id
        if not self._signs.isHidden():
            self._fill_signs()

    def show_signs(self) -> None:
        """Show every emergency sign in the place of the steps."""
        self._title.setText(tr("What do you see?"))
        self.clinic.show_words("")
        clear_layout(self._steps)
        self._avoid.hide()
        self._ways.hide()
        self._told.hide()
        self.add_number.hide()
        self.form.hide()
        self._fill_signs()
        self._signs.show()
        first = self._flow.itemAt(0)
        widget = None if first is None else first.widget()
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_signs(self) -> None:
        self._flow.clear()
        for sign in self._model.emergencies(self._person):
            self._offer(PlainButton(self._theme, sign.name, tooltip=sign.full), sign)
        self._offer(QuietButton(self._theme, tr("Not sure")), None)
        self._signs.updateGeometry()

    def _offer(self, button: Button, sign: Sign | None) -> None:
        button.clicked.connect(lambda: self.sign_chosen.emit(sign))
        self._flow.addWidget(large(button))

    def _turn_sources(self) -> None:
        is_open = not self._told.isHidden() and self._told.text() == self._sources
        self._tell(self._review if is_open else self._sources)

    def _tell(self, line: str) -> None:
        self._told.setText(line)
        self._told.setVisible(bool(line))

    # -- The number -------------------------------------------------------------------------------

    def show_number_button(self) -> None:
        """Offer to type a number where there is none."""
        self.form.hide()
        self.add_number.setVisible(not self._model.number())

    def _ask_number(self) -> None:
        self.add_number.hide()
        self.form.begin()

    def _number_saved(self) -> None:
        self.show_number_button()
        self.number_saved.emit()
