"""What of the calendar is printed and how: the choices beside the preview."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from caregiver_app.gui.calendar.form.forms import needed, person_choices
from caregiver_app.gui.printing import paper_name
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.buttons import IconButton
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.fields import ChoiceField
from caregiver_app.gui.widgets.segmented import Segmented
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import month_text, tr
from caregiver_app.pages.agenda_page import agenda
from caregiver_app.pages.calendar_of import KINDS, Wish, agenda_page, month_of, month_page
from caregiver_app.pages.month_page import month
from caregiver_app.pages.paper import PAPERS
from caregiver_app.pages.printed import Printed
from caregiver_app.services.household import Household

MONTH: Final = "month"
AGENDA: Final = "agenda"
EVERYBODY: Final = "everybody"
_UNTIL: Final = "until"
_WEEKS: Final = "weeks"
_SPANS: Final = {_WEEKS: 0, "1": 1, "3": 3}
_LONGEST: Final = timedelta(days=366)


class PrintChoices(QWidget):
    """Which page, which days, whose, which kinds, which paper; remembered for the next time."""

    changed = Signal()

    def __init__(
        self,
        house: Household,
        theme: Theme,
        day: date,
        person: str | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._house, self._theme = house, theme
        self._month = day.replace(day=1)
        self._make_days(day)
        self._make_whose(person)
        self._make_looks()
        self._lay_out()
        self._recall()
        self._propose_last()
        self._listen()
        self._settle()

    # -- What is chosen ---------------------------------------------------------------------------

    @property
    def is_month(self) -> bool:
        """Whether the month is printed, and not the agenda."""
        return self.what.value() == MONTH

    @property
    def paper(self) -> str:
        """The paper: "A4" or "Letter"."""
        return self.papers.value() or paper_name()

    @property
    def person(self) -> str | None:
        """Who is on the page; None is everybody."""
        chosen = self.whose.value()
        return None if chosen in (None, EVERYBODY) else chosen

    def printed(self) -> Printed | None:
        """Return what would be printed, None while days are missing or cannot be."""
        wish = self._wish()
        if wish is None:
            return None
        now = self._house.care.now
        if self.is_month:
            return month(month_page(self._house, wish, now))
        return agenda(agenda_page(self._house, wish, now))

    def file_name(self) -> str:
        """Return what a file of it is called at first."""
        first = self._month if self.is_month else self.first.value() or self._month
        if self.is_month:
            return tr("calendar {month}.pdf", month=f"{first:%Y-%m}")
        return tr("agenda {day}.pdf", day=first.isoformat())

    def remember(self) -> None:
        """Keep the choices for the next time.

        Raises:
            UserError: they could not be kept.
        """
        kinds = [kind for kind, tick in self.kinds.items() if tick.state != "done"]
        self._house.settings.remember(
            print__what=self.what.value() or MONTH,
            print__span=self.span.value() or _WEEKS,
            print__without=",".join(kinds),
            print__everyday=_yes(self.everyday),
            print__paper="" if self.paper == paper_name() else self.paper,
            print__big=_yes(self.big),
            print__discreet=_yes(self.discreet),
        )

    def _wish(self) -> Wish | None:
        days = month_of(self._month) if self.is_month else self._days()
        if days is None:
            return None
        return Wish(
            *days,
            self.person,
            frozenset(kind for kind, tick in self.kinds.items() if tick.state == "done"),
            everyday=self.everyday.state == "done",
            big=self.big.state == "done",
            discreet=self.discreet.state == "done",
        )

    def _days(self) -> tuple[date, date] | None:
        """Return the days of the agenda; what is wrong is said beside its field."""
        if not needed(self.first, tr("Give the first day.")):
            return None
        first = self.first.value()
        if first is None:
            return None
        span = self.span.value()
        if span != _UNTIL:
            months = _SPANS.get(span or _WEEKS, 0)
            last = _months_later(first, months) if months else first + timedelta(days=14)
            return first, last - timedelta(days=1)
        if not needed(self.last, tr("Give the last day.")):
            return None
        last = self.last.value()
        if last is None:
            return None
        if last < first:
            self.last.set_error(tr("The last day is before the first one."))
            return None
        if last - first > _LONGEST:
            self.last.set_error(tr("That is more than a year. Choose fewer days."))
            return None
        return first, last

    # -- Making -----------------------------------------------------------------------------------

    def _make_days(self, day: date) -> None:
        house, theme = self._house, self._theme
        self.what = Segmented(
            theme,
            [(MONTH, tr("Month")), (AGENDA, tr("Agenda"))],
            name=tr("What to print"),
            chosen=MONTH,
        )
        self.back = IconButton(theme, "back", tr("Month before"), quiet=True)
        self.forward = IconButton(theme, "forward", tr("Next month"), quiet=True)
        self.month_name = Text("", "strong", wrap=False)
        self.month_name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        today = lambda: house.care.today  # noqa: E731 - handed to both fields
        self.first = DateField(theme, tr("From"), today=today, value=day)
        self.last = DateField(theme, tr("Last day"), today=today)
        self.span = ChoiceField(
            theme,
            tr("How long"),
            [
                (_WEEKS, tr("Two weeks")),
                ("1", tr("A month")),
                ("3", tr("Three months")),
                (_UNTIL, tr("Until a day")),
            ],
            chosen=_WEEKS,
        )

    def _make_whose(self, person: str | None) -> None:
        people = person_choices(self._house)
        self.whose = ChoiceField(
            self._theme,
            tr("Who"),
            [(EVERYBODY, tr("Everybody")), *people],
            chosen=person or EVERYBODY,
        )
        self.whose.setVisible(len(people) > 1)
        self._several = len(people) > 1

    def _make_looks(self) -> None:
        theme = self._theme
        words = {
            "infusion": tr("Infusions"),
            "follow-up": tr("Follow-ups"),
            "lab": tr("Lab tests"),
            "medication": tr("Medicines"),
            "drive": tr("Drives"),
            "other": tr("Other"),
        }
        self.kinds = {
            kind: TickRow(theme, said, state="done", strong=False, fades=False)
            for kind, said in words.items()
        }
        self.everyday = TickRow(
            theme,
            tr("Everyday medicines on each day"),
            strong=False,
            fades=False,
        )
        self.papers = Segmented(
            theme,
            [(name, name) for name in PAPERS],
            name=tr("Paper"),
            chosen=paper_name(),
        )
        self.big = TickRow(theme, tr("Large letters, for a wall"), strong=False, fades=False)
        self.discreet = TickRow(
            theme,
            tr("Neutral titles"),
            note=tr("they say nothing of health"),
            strong=False,
            fades=False,
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.stepper = QWidget()
        row = QHBoxLayout(self.stepper)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.back)
        row.addWidget(self.month_name, 1)
        row.addWidget(self.forward)
        for widget in (self.what, self.stepper, self.first, self.span, self.last, self.whose):
            column.addWidget(widget)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setHorizontalSpacing(12)
        for number, tick in enumerate(self.kinds.values()):
            grid.addWidget(tick, number // 2, number % 2)
        column.addWidget(Text(tr("Which kinds"), "second_strong"))
        column.addLayout(grid)
        column.addWidget(self.everyday)
        column.addWidget(Text(tr("Paper"), "second_strong"))
        column.addWidget(self.papers)
        column.addWidget(self.big)
        column.addWidget(self.discreet)
        column.addStretch(1)

    # -- Keeping and following --------------------------------------------------------------------

    def _recall(self) -> None:
        def kept(name: str) -> str:
            return self._house.settings.shown(f"print.{name}", "")

        if kept("what") == AGENDA:
            self.what.set_value(AGENDA)
        if kept("span") in (*_SPANS, _UNTIL):
            self.span.set_value(kept("span"))
        without = kept("without").split(",")
        for kind in KINDS.intersection(without):
            self.kinds[kind].set_state("open")
        if kept("paper") in PAPERS:
            self.papers.set_value(kept("paper"))
        for name, tick in (
            ("everyday", self.everyday),
            ("big", self.big),
            ("discreet", self.discreet),
        ):
            tick.set_state("done" if kept(name) == "yes" else "open")

    def _listen(self) -> None:
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.span.changed.connect(self._propose_last)
        for one in (self.what, self.papers, self.first, self.last, self.span, self.whose):
            one.changed.connect(self._settle)
        for tick in (*self.kinds.values(), self.everyday, self.big, self.discreet):
            tick.state_changed.connect(self._settle)

    def _propose_last(self) -> None:
        first = self.first.value()
        if self.span.value() == _UNTIL and first is not None and not self.last.text().strip():
            self.last.set_value(first + timedelta(days=27))

    def _step(self, months: int) -> None:
        self._month = _months_later(self._month, months)
        self._settle()

    def _settle(self) -> None:
        """Show what belongs to the choices, and tell that they changed."""
        self.stepper.setVisible(self.is_month)
        self.month_name.setText(month_text(self._month))
        self.first.setVisible(not self.is_month)
        self.span.setVisible(not self.is_month)
        self.last.setVisible(not self.is_month and self.span.value() == _UNTIL)
        medicines = self.kinds["medication"].state == "done"
        self.everyday.setVisible(medicines and self._house.agenda.has_everyday(self.person))
        self.changed.emit()


def _yes(tick: TickRow) -> str:
    return "yes" if tick.state == "done" else ""


def _months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last one of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), month_of(first)[1])
