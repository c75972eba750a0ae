"""Parts of the therapy step: the next dates, and a plan that is kept already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.times import wall
from caregiver_app.gui.calendar.form.forms import needed
from caregiver_app.gui.plan_words import every_text, schedule_words
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.chips import Chip
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.flow_layout import FlowLayout
from caregiver_app.gui.widgets.segmented import Segmented
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

    def tell(self, plan: Plan, coming: date | None, *, fresh: bool) -> None:
        """Say what the plan says, with its next day where there is one.

        `fresh`: nothing else was changed since, it can be taken back.
        """
        first = wall(plan.first)
        self._medicine.setText(plan.medicine)
        self.setAccessibleName(plan.medicine)
        self._says.setText(
            tr(
                "Kept: {day}, {time}; {rhythm}",
                day=short_date(coming or first.date(), year=True),
                time=time_text(first),
                rhythm=rhythm_words(plan),
            )
        )
        self.again.setVisible(fresh)


class EarlierOnes(QWidget):
    """Asks whether there were infusions before the next one, and when the last of them was."""

    def __init__(
        self, theme: Theme, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choice = Segmented(
            theme,
            [("no", tr("No, it is the first")), ("yes", tr("Yes"))],
            name=tr("Were there infusions before?"),
        )
        self.last = DateField(theme, tr("When was the last one?"), today=today, past=True)
        self.last.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        column.addWidget(Text(tr("Were there infusions before?"), "second_strong"))
        column.addWidget(self.choice)
        column.addSpacing(5)
        column.addWidget(self.last)
        self.choice.changed.connect(self._settle)

    def day(self) -> date | None:
        """Return the day of the last one, None where there was none or nobody says."""
        return self.last.value() if self.choice.value() == "yes" else None

    def complain(self) -> bool:
        """Say what is missing; return whether all is well."""
        if self.choice.value() != "yes":
            return True
        return needed(self.last, tr("Give the day of the last one, or choose No."))

    def _settle(self) -> None:
        self.last.setVisible(self.choice.value() == "yes")


def rhythm_words(plan: Plan) -> str:
    """Return "then every 8 weeks"."""
    if len(plan.offsets) > 1 and plan.every is not None:
        return schedule_words(plan)
    if plan.every is None:
        return tr("nothing follows")
    return tr("then {gap}", gap=every_text(plan.every, plan.every_unit or plan.unit))
