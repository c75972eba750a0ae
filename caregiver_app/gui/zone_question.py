"""One question when the computer came to another time zone: go with it, or keep the old time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.tokens import PAGE_MARGIN
from caregiver_app.gui.widgets.buttons import BannerButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import time_text, tr
from caregiver_app.gui.zone_words import city
from caregiver_app.messages import explain
from caregiver_app.services.home_zone import ZoneAsked
from caregiver_app.services.household import Household


class ZoneQuestion(QWidget):
    """Stands below the head of the window until it is answered; it takes no key from anybody."""

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._house, self._asked = house, ""
        self._before = ""
        self.fact = Text("", "strong")
        self.consequence = Text("", "second")
        self.trouble = Text("", "second", "alarm")
        self.go = BannerButton(theme, "")
        self.keep = BannerButton(theme, "")
        card = Card(theme, tone="warn")
        card.body.setSpacing(8)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.go)
        flow.addWidget(self.keep)
        for part in (self.fact, self.consequence, self.trouble, buttons):
            card.add(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 12, PAGE_MARGIN, 4)
        column.addWidget(card)
        self.go.clicked.connect(lambda: self._answer(house.home_zone.go_along))
        self.keep.clicked.connect(lambda: self._answer(self._keep))
        self.hide()

    def show_asked(self, asked: ZoneAsked | None) -> None:
        """Show a question; None takes it away."""
        if asked is None:
            self._asked = ""
            self.hide()
            return
        now, before = city(asked.now), city(asked.before)
        fact = tr("This computer is on {now} time now. It was on {before} time.",
                  now=now, before=before)  # fmt: skip
        self._before = asked.before
        self.fact.setText(fact)
        self.consequence.setText(
            tr(
                "Medicines and other things “wherever we are” go with the computer until you "
                "choose: {here} means {here} in {now}, which is {there} in {before}. Appointments "
                "at a place keep that place’s time.",
                here=time_text(asked.here),
                there=time_text(asked.there),
                now=now,
                before=before,
            )
        )
        self.go.set_words(tr("Go with {now} time", now=now))
        self.keep.set_words(tr("Keep {before} time", before=before))
        self.trouble.hide()
        self.setAccessibleName(fact)
        self.show()
        if fact != self._asked:
            self._asked = fact
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, fact))

    def _keep(self) -> None:
        self._house.home_zone.keep(self._before)

    def _answer(self, answer: Callable[[], None]) -> None:
        try:
            answer()
        except UserError as error:
            self.trouble.setText(explain(error))
            self.trouble.show()
            return
        self.show_asked(None)
