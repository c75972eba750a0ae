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


class StepsColumn(QWidget):
    """Steps, what not to do, and the way to the steps of one sign.

    `sign_chosen` carries the sign whose steps are wanted, None for those of any emergency.
    """

    sign_chosen = Signal(object)
    number_saved = Signal()

    def __init__(self, house: Household, theme: Theme, model: EmergencyModel) -> None:
        super().__init__()
        self._theme, self._model = theme, model
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._title = Text("", TITLE)
        column.addWidget(self._title)
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
        ways.addWidget(self.choose)
        ways.addWidget(self.sources)
        column.addWidget(self._ways)
        self._told = Text("", LARGE, "soft")
        column.addWidget(self._told)
        self.add_number = large(QuietButton(theme, tr("Add the number")))
        self.add_number.clicked.connect(self._ask_number)
        column.addWidget(self.add_number, 0, Qt.AlignmentFlag.AlignLeft)
        self.form = NumberForm(house, theme)
        self.form.saved.connect(self._number_saved)
        column.addWidget(self.form)
        column.addStretch(1)

    def show_steps(self, sign: SignInfo | None, *, may_choose: bool) -> None:
        """Show what to do for a sign, or in any emergency.

        Args:
            sign: whose steps are shown; None, and one that is no emergency, gets the general ones.
            may_choose: another sign may be chosen.
        """
        self._title.setText(tr("Until help comes"))
        clear_layout(self._steps)
        for number, step in enumerate(self._model.steps(sign), start=1):
            self._steps.addWidget(NumberedStep(self._theme, number, step))
        clear_layout(self._avoid.body)
        avoid = self._model.avoid(sign)
        if avoid:
            self._avoid.add(Text(tr("Please"), STRONG, "alarm"))
        for line in avoid:
            self._avoid.add(AvoidLine(self._theme, line))
        self._avoid.setVisible(bool(avoid))
        self._flow.clear()
        self._signs.hide()
        self.choose.set_words(tr("What do you see?") if sign is None else tr("Another sign"))
        self.choose.setVisible(may_choose)
        self._ways.show()
        self._told.setText(self._model.sources(sign))
        self._told.hide()
        self.show_number_button()

    def show_signs(self) -> None:
        """Show every emergency sign in the place of the steps."""
        self._title.setText(tr("What do you see?"))
        clear_layout(self._steps)
        self._flow.clear()
        self._avoid.hide()
        self._ways.hide()
        self._told.hide()
        self.add_number.hide()
        self.form.hide()
        for sign in self._model.emergencies():
            self._offer(PlainButton(self._theme, sign.name, tooltip=sign.full), sign)
        self._offer(QuietButton(self._theme, tr("Not sure")), None)
        self._signs.show()
        first = self._flow.itemAt(0)
        widget = None if first is None else first.widget()
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, button: Button, sign: SignInfo | None) -> None:
        button.clicked.connect(lambda: self.sign_chosen.emit(sign))
        self._flow.addWidget(large(button))

    def _turn_sources(self) -> None:
        self._told.setVisible(self._told.isHidden())

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
