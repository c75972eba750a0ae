"""When appointments of each kind remind while nobody chose otherwise for one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.plans import DEFAULT_LEADS
from caregiver_app.domain.ringing import USUAL_LEADS
from caregiver_app.domain.times import MINUTES_A_DAY
from caregiver_app.gui.lead_chips import LeadChips
from caregiver_app.gui.lead_words import leads_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.fold import Fold
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

NAMES: Final = {
    "follow-up": "Follow-up visit",
    "lab": "Blood test or lab",
    "medication": "Medicine time",
    "drive": "Drive",
    "other": "Something else",
    "infusion": "Infusion (without a plan)",
}
"""The kinds in the order of the form, those of a plan left out."""


class UsualPart(QWidget):
    """The chips of the form for each kind; what a plan brings is told."""

    def __init__(
        self, house: Household, theme: Theme, attempt: Callable[[Callable[[], object]], None]
    ) -> None:
        super().__init__()
        self._house, self._theme, self._attempt = house, theme, attempt
        self.fold = Fold(theme, tr("Usual reminders"), role="strong")
        self.chips: dict[str, LeadChips] = {}
        """One row a kind, once the fold was opened."""
        self.fold.fill_when_opened(self._fill)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)

    def _fill(self) -> None:
        lead = tr(
            "This long before an appointment a reminder comes. Whole days come with the day’s"
            " notice, shorter times ring by themselves. One appointment can still have its own, in"
            " its form."
        )
        self.fold.add(Text(lead, "second", "soft"))
        for kind, name in NAMES.items():
            chips = LeadChips(self._theme, USUAL_LEADS[kind], None, title=tr(name), told=False)
            self.chips[kind] = chips
            self.fold.add(Rule())
            self.fold.add(chips)
            chips.changed.connect(partial(self._keep, kind))
        self.fold.add(Rule())
        self.plan = Text(_of_a_plan(), "second", "soft")
        self.fold.add(self.plan)
        self.show_kept()

    def show_kept(self) -> None:
        """Show what is usual in this family."""
        kept = self._house.ringing.leads()
        own = [kind for kind in NAMES if kept[kind] != USUAL_LEADS[kind]]
        for kind, chips in self.chips.items():
            chips.set_value(kept[kind] if kind in own else None)
        if own:
            names = ", ".join(tr(NAMES[kind]).lower() for kind in own)
            self.fold.head.set_summary(tr("Your own for: {kinds}", kinds=names))
        else:
            self.fold.head.set_summary(tr("As they come with the program"))

    def _keep(self, kind: str) -> None:
        leads = self.chips[kind].leads()
        self._attempt(lambda: self._house.ringing.set_leads(kind, leads))


def _of_a_plan() -> str:
    days = [lead for lead in DEFAULT_LEADS if lead % MINUTES_A_DAY == 0]
    hours = [lead for lead in DEFAULT_LEADS if lead not in days]
    return tr(
        "The infusions of a plan bring their own: {days} with the day’s notice, {hours} by itself."
        " One visit can have others, in its form.",
        days=leads_words(days),
        hours=leads_words(hours),
    )
