"""The visit report to look at, print and save: whose, which days, which parts."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.errors import UserError
from caregiver_app.gui.calendar.form.forms import needed, person_choices
from caregiver_app.gui.preview_sheet import PreviewSheet
from caregiver_app.gui.printing import paper_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import whom
from caregiver_app.gui.widgets.buttons import QuietButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import long_date, tr
from caregiver_app.pages.paper import PAPERS
from caregiver_app.pages.printed import Printed
from caregiver_app.pages.visit_report_of import SECTIONS, page_for
from caregiver_app.pages.visit_report_page import visit_report
from caregiver_app.services.household import Household
from caregiver_app.services.visit_report import Period, VisitReports

_WIDTH: Final = 330
_LONGEST: Final = timedelta(days=3660)
_WORDS: Final = {
    "signs": ("Signs, temperatures, calls", ""),
    "days": ("How the days were", "numbers and flares"),
    "medicines": ("Medicines given", ""),
    "infusions": ("Infusions", "product and lot"),
    "chart": ("Chart by day since infusion", ""),
    "questions": ("Questions for the doctor", ""),
}


class ReportChoices(QWidget):
    """Whose report, from when to when, which parts, which paper; parts and paper are remembered."""

    changed = Signal()

    def __init__(
        self, house: Household, theme: Theme, person: str | None, visit: str | None
    ) -> None:
        """`visit` is the one that the report is for, None the next one."""
        super().__init__()
        self._house, self._theme, self._visit = house, theme, visit
        self._service = VisitReports(house)
        self._usual: Period | None = None
        self._setting = False
        someone = whom(house, person)
        people = person_choices(house)
        self.whose = ChoiceField(
            theme, tr("Who"), people, chosen=None if someone is None else someone.id
        )
        if len(people) <= 1:
            self.whose.hide()
        today = lambda: house.care.today  # noqa: E731 - handed to both fields
        self.first = DateField(theme, tr("From"), today=today, past=True)
        self.last = DateField(theme, tr("To"), today=today, past=True)
        self.since = Text("", "second", "soft")
        self.usual = QuietButton(theme, tr("Since the last visit"), "back")
        self.parts = {
            name: TickRow(
                theme, tr(_WORDS[name][0]), note=tr(_WORDS[name][1]) if _WORDS[name][1] else "",
                state="done", strong=False, fades=False,
            )
            for name in SECTIONS
        }  # fmt: skip
        self.papers = Segmented(
            theme, [(name, name) for name in PAPERS], name=tr("Paper"), chosen=paper_name()
        )
        self._lay_out()
        self._recall()
        self._propose()
        self._listen()

    # -- What is chosen ---------------------------------------------------------------------------

    @property
    def person(self) -> str | None:
        """Whose report it is, None while nobody is entered."""
        return self.whose.value()

    @property
    def paper(self) -> str:
        """The paper: "A4" or "Letter"."""
        return self.papers.value() or paper_name()

    def printed(self) -> Printed | None:
        """Return the page as it is chosen now; what is wrong is said beside its field."""
        person, days = self.person, self._days()
        if person is None or days is None:
            return None
        visit = self._visit if self._is_of_visit(person) else None
        report = self._service.report(person, *days, visit, self._usual)
        without = [name for name, tick in self.parts.items() if tick.state != "done"]
        return visit_report(page_for(self._house, report, self._house.care.now, without))

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        day = self.last.value() or self._house.care.today
        return tr("visit report {day}.pdf", day=day.isoformat())

    def remember(self) -> None:
        """Keep parts and paper for the next time.

        Raises:
            UserError: they could not be kept.
        """
        without = [name for name, tick in self.parts.items() if tick.state != "done"]
        self._house.settings.remember(
            report__without=",".join(without),
            report__paper="" if self.paper == paper_name() else self.paper,
        )

    def _days(self) -> tuple[date, date] | None:
        # What was wrong between two days may have been mended in the other field.
        for field in (self.first, self.last):
            field.set_error(None)
        if not needed(self.first, tr("Give the first day.")):
            return None
        if not needed(self.last, tr("Give the last day.")):
            return None
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            return None
        if last > self._house.care.today:
            self.last.set_error(tr("This day is still to come. Today is the last one."))
            return None
        if last < first:
            self.last.set_error(tr("The last day is before the first one."))
            return None
        if last - first > _LONGEST:
            self.first.set_error(tr("That is more than ten years. Choose fewer days."))
            return None
        return first, last

    def _is_of_visit(self, person: str) -> bool:
        found = None if self._visit is None else self._house.agenda.get(self._visit)
        return found is not None and found.person == person

    # -- Making and following ---------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.whose, self.first, self.last, self.since):
            column.addWidget(widget)
        column.addWidget(self.usual, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Text(tr("What stands on it"), "second_strong"))
        ticks = QVBoxLayout()
        ticks.setSpacing(0)
        for tick in self.parts.values():
            ticks.addWidget(tick)
        column.addLayout(ticks)
        column.addWidget(Text(tr("Paper"), "second_strong"))
        column.addWidget(self.papers)
        private = tr("Your own notes in Support never stand on it.")
        column.addWidget(Text(private, "second", "soft"))
        column.addStretch(1)

    def _recall(self) -> None:
        settings = self._house.settings
        for name in settings.shown("report.without", "").split(","):
            if name in self.parts:
                self.parts[name].set_state("open")
        kept = settings.shown("report.paper", "")
        if kept in PAPERS:
            self.papers.set_value(kept)

    def _listen(self) -> None:
        self.whose.changed.connect(self._propose)
        self.usual.clicked.connect(self._propose_and_stay)
        for one in (self.first, self.last, self.papers):
            one.changed.connect(self._settle)
        for tick in self.parts.values():
            tick.state_changed.connect(self._settle)

    def _propose_and_stay(self) -> None:
        # The button goes away with what it did.
        self.first.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._propose()

    def _propose(self) -> None:
        """Fill in the usual days of the person."""
        person = self.person
        if person is not None:
            visit = self._visit if self._is_of_visit(person) else None
            self._usual = self._service.period(person, visit)
            self._setting = True
            self.first.set_value(self._usual.first)
            self.last.set_value(self._usual.last)
            self._setting = False
        self._settle()

    def _settle(self) -> None:
        if self._setting:
            return
        usual = self._usual
        same = usual is not None and (self.first.value(), self.last.value()) == (
            usual.first, usual.last,
        )  # fmt: skip
        visit = None if usual is None else usual.since
        if same and visit is not None:
            day = long_date(visit.day, year=visit.day.year != self._house.care.today.year)
            title = visit.appointment.title
            self.since.setText(tr("Since {visit}, {day}", visit=title, day=day))
        elif same:
            self.since.setText(tr("The last thirty days; no visit is known before."))
        self.since.setVisible(same)
        self.usual.setVisible(usual is not None and not same)
        self.changed.emit()


class ReportSheet(PreviewSheet):
    """The visit report to a printer or a PDF file; the preview is the page itself."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        person: str | None = None,
        visit: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`person` None is the first one; `visit` is the one it is for, None the next one."""
        super().__init__(
            theme,
            tr("Visit report"),
            subtitle=tr("One page for the doctor, from what you wrote down."),
            parent=parent,
        )
        # The days that are proposed and the report of them ask for much the same.
        with house.care.one_look():
            self.choices = ReportChoices(house, theme, person, visit)
            self.choices.changed.connect(self.look_again)
            self.show_choices(self.choices, _WIDTH)

    def done(self, result: int) -> None:
        """Remember the choices and close."""
        # Where nothing can be written, the next time begins with the usual choices.
        with contextlib.suppress(UserError):
            self.choices.remember()
        super().done(result)

    def printed(self) -> Printed | None:
        """Return the report as it is chosen now."""
        return self.choices.printed()

    @property
    def paper(self) -> str:
        """The paper that is chosen."""
        return self.choices.paper

    def file_name(self) -> str:
        """Return what a PDF file is called at first."""
        return self.choices.file_name()

    def nothing(self) -> str:
        """Return what is said while there is no page."""
        if self.choices.person is None:
            return tr("Enter the person you care for first.")
        return tr("Choose the days first.")
