"""What saving a plan would bring: its dates for two years, told before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.times import wall
from caregiver_app.errors import FormRefused
from caregiver_app.gui.calendar.plan.date_lines import DateLine, DateList
from caregiver_app.gui.calendar.plan.schedule_fields import UNITS
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import count_text, short_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.household import Household
from caregiver_app.services.plans import Proposal


class PlanPreview(Card):
    """The next dates, the question about past ones, and what each visit brings."""

    answered = Signal()

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("The next dates"), fact=" ", parent=parent)
        self._house = house
        self._proposals: list[Proposal] = []
        self._waiting = Text(
            tr("Dates show here once the first date and time are typed."), "body", "soft"
        )
        self.dates = DateList(theme, tr("The next dates"))
        self.all = QuietButton(theme, tr("Show all"))
        self.past = PastQuestion(theme)
        brings = tr(
            "Each visit brings its bag, its preparation steps, a ride to arrange, reminders and"
            " check-ins. These are proposals: you book each date with the clinic."
        )
        self.add(self._waiting)
        self.add(self.dates)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self.past)
        self.add(Rule())
        self.add(Text(brings, "second", "soft"))
        self.all.clicked.connect(self._show_all)
        self.past.choice.changed.connect(self.answered)
        self.show_plan(None)

    @property
    def proposals(self) -> Sequence[Proposal]:
        """The visits that are shown."""
        return self._proposals

    def show_plan(self, plan: Plan | None) -> None:
        """Show what saving `plan` would lay out; None while it cannot be read yet."""
        self._proposals, trouble = [], ""
        if plan is not None:
            try:
                self._proposals = self._house.plans.preview(plan)
            except FormRefused as error:
                # Beside the fields these stand only after Save; here they say why no date shows.
                trouble = " ".join(explain(one) for one in error.errors if one.field != "medicine")
                if not trouble:
                    self._proposals = self._without_medicine(plan)
        lines = [] if plan is None else [self._line(plan, one) for one in self._proposals]
        self.dates.set_lines(lines)
        self.dates.setVisible(bool(lines))
        self._waiting.setText(
            trouble or tr("Dates show here once the first date and time are typed.")
        )
        self._waiting.setVisible(not lines)
        self.set_fact(
            count_text(len(lines), "{count} visit in two years", "{count} visits in two years")
            if lines else ""
        )  # fmt: skip
        self.all.setVisible(self.dates.has_more())
        self.all.set_words(tr("Show all {count}", count=len(lines)))
        self.past.show_past([one for one in self._proposals if one.past])

    def _without_medicine(self, plan: Plan) -> list[Proposal]:
        return self._house.plans.preview(replace(plan, medicine="-"))

    def _line(self, plan: Plan, one: Proposal) -> DateLine:
        day = wall(one.start).date()
        today = self._house.care.today
        unit = dict(UNITS)[plan.unit]
        note = tr("start, {unit} {number}", unit=tr(unit[:-1]), number=one.units)
        if not one.starting:
            note = tr("{unit} {number}", unit=tr(unit[:-1]), number=one.units)
        if one.past:
            note = tr("{note}, past", note=note)
        return DateLine(
            one.dose,
            short_date(day, year=day.year != today.year),
            note,
            starting=one.starting,
            warn=one.past,
        )

    def _show_all(self) -> None:
        self.dates.show_all()
        self.all.hide()
        self.dates.setFocus()


class PastQuestion(QWidget):
    """Asks once whether visits that are over by now did happen; nothing is preselected."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Text("", "strong")
        self.choice = Segmented(
            theme,
            [("yes", tr("Yes, they happened")), ("no", tr("No"))],
            name=tr("Did the past visits happen?"),
        )
        self._trouble = Text("", "second", "alarm")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(6)
        column.addWidget(self._words)
        column.addWidget(self.choice)
        column.addWidget(self._trouble)
        self.choice.changed.connect(lambda: self.complain(""))
        self.complain("")

    def show_past(self, past: Sequence[Proposal]) -> None:
        """Ask about these visits, or about none."""
        if not past:
            self.hide()
            self.choice.set_value(None)
            return
        days = [short_date(wall(one.start).date()) for one in past[:3]]
        if len(past) > 3:
            days.append(tr("and {count} more", count=len(past) - 3))
        self._words.setText(
            tr("These dates are past: did they happen? {days}", days=", ".join(days))
        )
        self.show()

    def is_open(self) -> bool:
        """Tell whether an answer is still missing."""
        return not self.isHidden() and self.choice.value() is None

    def complain(self, sentence: str) -> None:
        """Say that an answer is missing."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
