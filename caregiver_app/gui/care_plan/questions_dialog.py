"""Prints the questions for the insurer: what to ask at the left, the page at the right."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.domain.times import day_of, in_zone
from caregiver_app.errors import UserError
from caregiver_app.gui import printing
from caregiver_app.gui.calendar.form.forms import Trouble
from caregiver_app.gui.calendar.paper.preview import PrintPreview
from caregiver_app.gui.care_plan.coverage import masked
from caregiver_app.gui.theme import LARGE_TEXT, Theme
from caregiver_app.gui.widgets.buttons import PlainButton, QuietButton
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.sheet import Sheet
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import plain_date, time_text, tr
from caregiver_app.messages import explain
from caregiver_app.pages.dates import full_date
from caregiver_app.pages.insurer_questions import QuestionsPage, insurer_questions
from caregiver_app.pages.printed import Printed, Proof, write_printed
from caregiver_app.services.coverage import OUTSIDE
from caregiver_app.services.household import Household
from caregiver_app.services.insurer_questions import load

_WIDTH: Final = 1120
_TWO_COLUMNS: Final = 860
_CHOICES: Final = 420
_LEAST_SEEN: Final = 440
_AROUND: Final = 22
_ABOVE: Final = 12
_MOST: Final = 16_777_215
"""Qt's own "as large as you like"."""
_LEFT_OUT: Final = "questions.left_out"


class QuestionsDialog(Sheet):
    """Which questions, and the page; what is left out is remembered for the next time."""

    def __init__(
        self, house: Household, theme: Theme, person: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            tr("Questions for the insurer"),
            icon="print",
            primary=tr("Print…"),
            subtitle=tr("Room to write the answers stands below each."),
            cancel=tr("Close"),
            width=_WIDTH,
            parent=parent,
        )
        self._house, self._person = house, person
        # A call is about one approval: with several plans it is chosen which.
        self._coverages = {one.plan.id: one for one in house.coverage.coverage(person)}
        self._printed: Printed | None = None
        self._asks: QDialog | None = None
        self.rows: dict[str, TickRow] = {}
        self.trouble = Trouble(theme)
        self.preview = PrintPreview(theme)
        self.save = PlainButton(theme, tr("Save as PDF…"))
        self.choices = self._make_choices()
        self._lay_out()
        self.confirmed.connect(self._print)
        self.save.clicked.connect(self._save)
        theme.changed.connect(self._turn)
        self._turn()
        self.look_again()

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

    def _lay_out(self) -> None:
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        self._columns.addWidget(self.choices)
        beside = QVBoxLayout()
        beside.addWidget(self.preview, 1)
        beside.addStretch()
        self._columns.addLayout(beside, 1)
        self.add(self.trouble)
        self.body.addLayout(self._columns, 1)
        foot = self.primary.parentWidget()
        row = None if foot is None else foot.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.indexOf(self.primary), self.save)

    def is_changed(self) -> bool:
        """Nothing is lost by closing: what is left out is remembered."""
        return False

    def done(self, result: int) -> None:
        """Remember what is left out and close."""
        left_out = [id_ for id_, row in self.rows.items() if row.state != "done"]
        # Where nothing can be written, the next time begins with all of them.
        with contextlib.suppress(UserError):
            self._house.settings.remember(questions__left_out=",".join(left_out))
        super().done(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the preview below the choices where there is no room beside them."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self.theme.px(_TWO_COLUMNS) and self.theme.scale < LARGE_TEXT
        way = QBoxLayout.Direction
        self._columns.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self.choices.setMaximumWidth(self.theme.px(_CHOICES) if beside else _MOST)
        seen = max(self.theme.px(_LEAST_SEEN), self.area.viewport().height() - _AROUND)
        self.preview.setMaximumHeight(seen if beside else _MOST)

    # -- The page ---------------------------------------------------------------------------------

    def _tick_none(self) -> None:
        for row in self.rows.values():
            row.set_state("open")
        self.look_again()

    def chosen(self) -> frozenset[str]:
        """Return the ids of the questions that are ticked."""
        return frozenset(id_ for id_, row in self.rows.items() if row.state == "done")

    def look_again(self) -> None:
        """Lay out what is chosen now and show it."""
        page = self.page()
        self._printed = insurer_questions(page) if page.groups else None
        proof = None if self._printed is None else Proof(self._printed, printing.paper_name())
        self.preview.show_proof(proof)
        self.primary.setEnabled(proof is not None)
        self.save.setEnabled(proof is not None)
        self.note.setText("" if proof is not None else tr("Tick at least one question."))
        self.trouble.say("")

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

    # -- Ways out ---------------------------------------------------------------------------------

    def _print(self) -> None:
        if self._printed is None:
            return
        if not printing.has_printer():
            self._tell(
                tr(
                    "No printer is set up on this computer. "
                    "Save the pages as a PDF file and print that elsewhere."
                )
            )
            return
        self._asks = printing.open_print_dialog(
            self._printed, printing.paper_name(), self, self._printed_well
        )

    def _printed_well(self, well: bool) -> None:
        if well:
            self.note.setText(tr("Sent to the printer."))
        else:
            self._tell(
                tr(
                    "The printer did not take the pages. Look whether it is switched on, "
                    "or save them as a PDF file."
                )
            )

    def _save(self) -> None:
        if self._printed is None:
            return
        path = printing.ask_pdf_path(self, tr("questions for the insurer.pdf"))
        if path is None:
            return
        try:
            write_printed(self._printed, path, printing.paper_name())
        except UserError as error:
            self._tell(explain(error))
            return
        self.trouble.say("")
        self.note.setText(tr("Saved: {path}", path=path))

    def _tell(self, sentence: str) -> None:
        """Say what did not work, at the head, where it is seen."""
        self.trouble.say(sentence)
        self.area.verticalScrollBar().setValue(0)
