"""The crisis panel: whom to call now, and what to do until somebody is there.

It is read in a quarter of a minute and asks for nothing first. A second page says more about each
step; the number to call stays above both.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from caregiver_app.gui.crisis.parts import StepsColumn, WhomColumn
from caregiver_app.gui.emergency.band import AlarmBand
from caregiver_app.gui.emergency.band_page import BandPage
from caregiver_app.gui.emergency.parts import large
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.banners import FOOT
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.words import plain_date, tr
from caregiver_app.messages import words as sentence
from caregiver_app.services.crisis import CrisisService
from caregiver_app.services.household import Household

_LEFT, _RIGHT = 54, 46


class CrisisPage(BandPage):
    """Shows the family's own numbers and the first steps; `back` leaves."""

    back = Signal()
    emergency_asked = Signal()
    """Somebody wants the emergency page instead."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._service = CrisisService(house)
        self._person: str | None = None
        self._whole = False
        self.setAccessibleName(tr("Crisis panel"))
        self.band = AlarmBand(theme, self._service.words.yourself)
        self.whom = WhomColumn(house, theme, self._service)
        self.whom.number_saved.connect(self._number_saved)
        self.steps = StepsColumn(theme, self._service.words.steps)
        self.steps.turn.clicked.connect(self._turn)
        self.lay_out(theme, self.band, self.whom, self.steps, gap=40)
        self.add_foot(self._make_foot())
        theme.changed.connect(self._settle)

    def _make_foot(self) -> QWidget:
        """Make the ways out, always in sight: the page above them may scroll."""
        foot = QWidget()
        foot.setObjectName(FOOT)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self.emergency = large(QuietButton(self._theme, tr("Emergency page"), "emergency"))
        self.emergency.setAccessibleDescription("F2")
        self.emergency.clicked.connect(self.emergency_asked)
        self.leave = large(PlainButton(self._theme, tr("Back")))
        self.leave.clicked.connect(self.back)
        self._foot.addWidget(self.emergency)
        self._foot.addStretch(1)
        self._foot.addWidget(self.leave)
        return foot

    # -- What is shown ----------------------------------------------------------------------------

    def show_for(self, person_id: str | None) -> None:
        """Begin with the numbers; the clinic is that of this person, where one is shown."""
        self._person, self._whole = person_id, False
        self.whom.form.hide()
        self._show_page()
        self.enter()

    def enter(self) -> None:
        """Come to it as it was left; a screen reader begins with whom to call."""
        self.refresh()
        self.band.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the numbers that are kept now."""
        facts = self._service.facts(self._person)
        self.band.show_call(facts.name, facts.call, facts.number)
        self.whom.show_facts(facts)
        self._settle()

    def _show_page(self) -> None:
        self.whom.setVisible(not self._whole)
        self.steps.show_steps(whole=self._whole, told=self._told())
        self.area.verticalScrollBar().setValue(0)
        self._settle()

    def _told(self) -> str:
        """Return whether somebody has read the words; on the second page what they rest on."""
        steps = self._service.words.steps
        read = all(one.reviewed for one in self._service.evidence)
        if not self._whole:
            review = "" if read else sentence("safety.not_reviewed")
            return f"{review[:1].upper()}{review[1:]}." if review else ""
        names = dict.fromkeys(source.name for step in steps for source in step.evidence.sources)
        checked = plain_date(self._service.checked)
        key = "safety.source_line_reviewed" if read else "safety.source_line"
        told = [sentence(key, sources="; ".join(names), date=checked)]
        if self._service.words.evidence.is_unverified:
            told.append(tr("The lines with the numbers are our own words, without a source."))
        return "\n".join(told)

    def _turn(self) -> None:
        self._whole = not self._whole
        self._show_page()
        self.steps.turn.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.verticalScrollBar().setValue(0)

    def _number_saved(self) -> None:
        self.enter()

    # -- Room -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where there is little room."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Put the columns, the head and the foot as the width asks."""
        shares = (0, 0) if self._whole else (_LEFT, _RIGHT)
        down, _side = self.settle(shares, self._foot)
        self.steps.settle(beside=self._whole and not down)

    # -- Hands ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the field for the number, then the second page, else goes back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.whom.close_form():
            return
        elif self._whole:
            self._turn()
        else:
            self.back.emit()
