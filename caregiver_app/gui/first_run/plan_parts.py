"""Parts of the therapy step: the next dates, and a plan that is kept already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.times import wall
from caregiver_app.gui.calendar.plan.schedule_fields import UNITS, schedule_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.text import ElidedText, Text
from caregiver_app.gui.words import count_text, short_date, time_text, tr

_SHOWN: Final = 5


class NextDates(Card):
    """The next five dates; hidden while there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("The next dates"), fact=" ", parent=parent)
        self._theme = theme
        row = QWidget()
        self._flow = FlowLayout(row)
        self.add(row)
        note = tr("They are for planning: you book each date with the clinic.")
        self.add(Text(note, "second", "soft"))
        self.shown: list[str] = []
        """The dates as they are written."""
        self.hide()

    def show_days(self, days: Sequence[date], today: date) -> None:
        """Show the first five of these days."""
        self.shown = [short_date(day, year=day.year != today.year) for day in days[:_SHOWN]]
        self._flow.clear()
        for words in self.shown:
            chip = Chip(self._theme, words, "booked")
            self._flow.addWidget(chip)
            chip.show()
        self.set_fact(
            count_text(len(days), "{count} visit in two years", "{count} visits in two years")
        )
        self.setAccessibleName(f"{self.title.text()}: {', '.join(self.shown)}")
        self.setVisible(bool(days))


class KeptPlan(Card):
    """A plan that was kept: what it says, and the ways to change it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tone="tint", parent=parent)
        # One long word has no place to wrap.
        self._medicine = ElidedText("", "card_title")
        self._says = Text("")
        self.again = PlainButton(theme, tr("Type it again"), "undo")
        self.change = QuietButton(theme, tr("Change this plan…"))
        ways = QWidget()
        flow = FlowLayout(ways)
        for button in (self.again, self.change):
            flow.addWidget(button)
        self.add(self._medicine)
        self.add(self._says)
        self.add(ways)
        self.hide()

    def tell(self, plan: Plan, *, fresh: bool) -> None:
        """Say what the plan says; `fresh`: nothing else was changed since, it can be taken back."""
        first = wall(plan.first)
        self._medicine.setText(plan.medicine)
        self.setAccessibleName(plan.medicine)
        self._says.setText(
            tr(
                "Kept: {day}, {time}; {rhythm}",
                day=short_date(first.date(), year=True),
                time=time_text(first),
                rhythm=rhythm_words(plan),
            )
        )
        self.again.setVisible(fresh)


def rhythm_words(plan: Plan) -> str:
    """Return "then every 8 weeks"."""
    if plan.offsets != (0,):
        return schedule_words(plan)
    if plan.every is None:
        return tr("nothing follows")
    if plan.every == 1:
        return tr("then every {unit}", unit=tr(plan.unit))
    return tr("then every {every} {unit}", every=plan.every, unit=tr(dict(UNITS)[plan.unit]))
