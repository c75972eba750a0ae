"""Prints the questions for the insurer: what to ask at the left, the page at the right."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.times import day_of, in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui.care_plan.coverage import masked
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import plain_date, time_text, tr
from caregiver_app.pages.dates import full_date
from caregiver_app.pages.insurer_questions import QuestionsPage, insurer_questions
from caregiver_app.pages.printed import Printed
from caregiver_app.services.coverage import OUTSIDE
from caregiver_app.services.household import Household
from caregiver_app.services.insurer_questions import load

_CHOICES: Final = 420
_ABOVE: Final = 12
_LEFT_OUT: Final = "questions.left_out"


class QuestionsDialog(PreviewSheet):
    """Which questions, and the page; what is left out is remembered for the next time."""

    def __init__(
        self, house: Household, theme: Theme, person: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Questions for the insurer"),
            subtitle=tr("Room to write the answers stands below each."),
            parent=parent,
        )
        self._house, self._person = house, person
        # A call is about one approval: with several plans it is chosen which.
        self._coverages = {one.plan.id: one for one in house.coverage.coverage(person)}
        self.rows: dict[str, TickRow] = {}
        self.choices = self._make_choices()
        self.show_choices(self.choices, _CHOICES)

    # -- Building ---------------------------------------------------------------------------------

    def _make_choices(self) -> QWidget:
        choices = QWidget()
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.about = self._make_about()
        column.addWidget(self.about)
        left_out = self._house.settings.text(_LEFT_OUT, "").split(",")
        for place, group in enumerate(load().groups):
            column.addSpacing(_ABOVE if place or len(self._coverages) > 1 else 0)
            column.addWidget(Text(group.title, "second_strong", "soft"))
            for one in group.questions:
                state = "open" if one.id in left_out else "done"
                row = TickRow(self.theme, one.text, state=state, strong=False, fades=False)
                row.state_changed.connect(self.look_again)
                self.rows[one.id] = row
                column.addWidget(row)
        self.none = QuietButton(self.theme, tr("Untick all"))
        self.none.clicked.connect(self._tick_none)
        column.addWidget(self.none)
        self.numbers = TickRow(
            self.theme, tr("Print member and approval number in full"), strong=False, fades=False
        )
        self.numbers.state_changed.connect(self.look_again)
        column.addSpacing(_ABOVE)
        column.addWidget(Text(tr("On the page"), "second_strong", "soft"))
        column.addWidget(self.numbers)
        column.addStretch(1)
        return choices

    def _make_about(self) -> ChoiceField:
        """Return the choice of the plan; it begins with one whose next visit is not approved."""
        outside = (key for key, one in self._coverages.items() if one.state == OUTSIDE)
        first = next(outside, next(iter(self._coverages), None))
        plans = [(key, one.plan.medicine) for key, one in self._coverages.items()]
        about = ChoiceField(self.theme, tr("About the plan"), plans, chosen=first)
        about.setVisible(len(plans) > 1)
        about.changed.connect(self.look_again)
        return about

    def done(self, result: int) -> None:
        """Remember what is left out and close."""
        left_out = [id_ for id_, row in self.rows.items() if row.state != "done"]
        # Where nothing can be written, the next time begins with all of them.
        with contextlib.suppress(UserError):
            self._house.settings.remember(questions__left_out=",".join(left_out))
        super().done(result)

    # -- The page ---------------------------------------------------------------------------------

    def _tick_none(self) -> None:
        for row in self.rows.values():
            row.set_state("open")
        self.look_again()

    def chosen(self) -> frozenset[str]:
        """Return the ids of the questions that are ticked."""
        return frozenset(id_ for id_, row in self.rows.items() if row.state == "done")

    def printed(self) -> Printed | None:
        """Return the page as it is chosen now; None while no question is ticked."""
        page = self.page()
        return insurer_questions(page) if page.groups else None

    def nothing(self) -> str:
        """Return what is said while no question is ticked."""
        return tr("Tick at least one question.")

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        return tr("questions for the insurer.pdf")

    def page(self) -> QuestionsPage:
        """Return the page as it is chosen now."""
        data, chosen, house = load(), self.chosen(), self._house
        groups = tuple(
            (group.title, tuple(one.text for one in group.questions if one.id in chosen))
            for group in data.groups
        )
        now = in_zone(house.care.now, house.care.home)
        person = house.people.person(self._person)
        sources = "; ".join(data.sources_of(chosen))
        told = tr(
            "From: {names}. Checked {day}.",
            names=sources,
            day=plain_date(date.fromisoformat(data.generated)),
        )
        return QuestionsPage(
            "" if person is None else person.name,
            self._facts(),
            tuple(one for one in groups if one[1]),
            data.foot,
            told if sources else "",
            f"{full_date(now.date())}, {time_text(now)}",
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        """Return what is known, and what is written down during the call."""
        house = self._house
        whole = self.numbers.state == "done"
        about = self._coverages.get(self.about.value() or "")
        approval = about.authorisation if about else house.people.approved_to(self._person)
        known: list[tuple[str, str]] = []
        if approval is not None:
            known += [
                (label, number if whole else masked(number))
                for label, number in (
                    (tr("Member number"), approval.member),
                    (tr("Approval number"), approval.number),
                )
                if number
            ]
            if approval.insurer:
                known.insert(0, (tr("Insurer"), approval.insurer))
            known.append((tr("Approved to"), plain_date(approval.last)))
        if about is not None and about.visit is not None:
            day = full_date(day_of(about.visit.start, house.care.home))
            known.append((tr("Next infusion, {medicine}", medicine=about.plan.medicine), day))
        written = (tr("Day and with whom"), tr("Number of this call"))
        return (*known, *((label, "") for label in written))
