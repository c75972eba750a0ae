"""What saving a plan would bring: its dates for two years, told before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Plan
from caregiver_app.domain.phases import parts_of
from caregiver_app.domain.texts import TITLE_LIMIT
from caregiver_app.domain.times import wall
from caregiver_app.errors import FormRefused
from caregiver_app.gui.calendar.plan.date_lines import DateLine, DateList
from caregiver_app.gui.plan_words import part_title
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
    """The next dates, the question about past ones, and which fall on closed days."""

    answered = Signal()

    def __init__(self, house: Household, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("The next dates"), fact=" ", parent=parent)
        self._house = house
        self._proposals: list[Proposal] = []
        self._waiting = Text("", "body", "soft")
        self.dates = DateList(theme, tr("The next dates"))
        self.all = QuietButton(theme, tr("Show all"))
        self.closed = Text("", "second", "warn")
        self.past = PastQuestion(theme)
        self._brings = Text("", "second", "soft")
        self.add(self._waiting)
        self.add(self.dates)
        self.body.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.add(self.closed)
        self.add(self.past)
        self.add(Rule())
        self.add(self._brings)
        self.all.clicked.connect(self._show_all)
        self.past.choice.changed.connect(self.answered)
        self.show_at_home(at_home=False)
        self.show_plan(None)

    @property
    def proposals(self) -> Sequence[Proposal]:
        """The visits that are shown."""
        return self._proposals

    def show_at_home(self, *, at_home: bool) -> None:
        """Say what the dates are: nobody books injections at home alone."""
        self._brings.setText(
            tr("These are proposals: the clinic’s word counts.") if at_home
            else tr("These are proposals: you book each date with the clinic.")
        )  # fmt: skip

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
                    self._proposals = self._with_a_name(plan)
        lines = [] if plan is None else self._lines(plan)
        at_home = bool(self._proposals) and all(one.at_home for one in self._proposals)
        self.dates.set_lines(lines)
        self.dates.setVisible(bool(lines))
        self._waiting.setText(
            trouble or tr("Dates show here once the first date and time are typed.")
        )
        self._waiting.setVisible(not lines)
        self.set_fact(_count_words(len(lines), at_home=at_home) if lines else "")
        self.all.setVisible(self.dates.has_more())
        self.all.set_words(tr("Show all {count}", count=len(lines)))
        self._tell_closed()
        self.past.show_past([one for one in self._proposals if one.past])

    def _tell_closed(self) -> None:
        count = sum(bool(line.flag) for line in self.dates.lines)
        self.closed.setText(
            count_text(
                count,
                "{count} date falls on a day that does not suit. Nothing is moved: ask the clinic.",
                "{count} dates fall on days that do not suit. Nothing is moved: ask the clinic.",
            )
        )
        self.closed.setVisible(count > 0)

    def _with_a_name(self, plan: Plan) -> list[Proposal]:
        """Return the dates while the name is missing, or is too long to be kept."""
        typed = "".join(letter for letter in plan.medicine if letter.isprintable()).strip()
        return self._house.plans.preview(replace(plan, medicine=typed[:TITLE_LIMIT].strip() or "-"))

    def _lines(self, plan: Plan) -> list[DateLine]:
        found: list[DateLine] = []
        parts, part = parts_of(plan), -1
        for one in self._proposals:
            heading = part_title(plan, one.phase) if plan.phases and one.phase != part else ""
            part = one.phase
            found.append(self._line(one, heading, one.place % parts[one.phase].run + 1))
        return found

    def _line(self, one: Proposal, heading: str, in_a_row: int) -> DateLine:
        day = wall(one.start).date()
        today = self._house.care.today
        note = tr("{unit} {number}", unit=tr(one.unit), number=one.units)
        if in_a_row > 1:
            note = tr("{note}, day {number}", note=note, number=in_a_row)
        if one.phase:
            first = tr("first of this part")
            note = tr("{note} of this part", note=note) if one.place else first
        if one.at_home:
            note = tr("at home, {note}", note=note)
        elif one.starting and not one.phase:
            note = tr("start, {note}", note=note)
        if one.past:
            note = tr("{note}, past", note=note)
        return DateLine(
            one.dose,
            short_date(day, year=day.year != today.year),
            note,
            starting=one.starting and not one.at_home,
            warn=one.past,
            heading=heading,
            flag=one.closed,
        )

    def _show_all(self) -> None:
        self.dates.show_all()
        self.all.hide()
        # All of them may use the room below.
        self.body.setStretchFactor(self.dates, 100)
        self.dates.setFocus()


def _count_words(count: int, *, at_home: bool) -> str:
    if at_home:
        return count_text(
            count, "{count} injection in two years", "{count} injections in two years"
        )
    return count_text(count, "{count} visit in two years", "{count} visits in two years")


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
