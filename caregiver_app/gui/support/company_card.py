"""The company planner: who sits in during the coming infusion, and what that needs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.sitting_in import stretches
from caregiver_app.domain.support import Company
from caregiver_app.domain.times import wall
from caregiver_app.errors import InputRefused, UserError
from caregiver_app.gui.columns import clear_layout
from caregiver_app.gui.support.company_hours import HoursBar
from caregiver_app.gui.support.company_sheet import CompanySheet
from caregiver_app.gui.support.own_parts import LineRow
from caregiver_app.gui.support.own_words import span_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.whom import AboutSomebody
from caregiver_app.gui.widgets.buttons import IconButton, PlainButton
from caregiver_app.gui.widgets.card import Card
from caregiver_app.gui.widgets.text import Rule, Text
from caregiver_app.gui.words import short_date, tr
from caregiver_app.messages import explain
from caregiver_app.services.company import Charger
from caregiver_app.services.household import Household

_Line = tuple[int, str, str, str, str]
"""Minutes after the start, text, words of the button, its whole name, id ("" for a gap)."""


class CompanyCard(Card):
    """Speaks of the next infusion, or of one of those after it."""

    asked = Signal(str, str, str)
    """Another place is wanted: place, kind, item."""

    def __init__(self, theme: Theme, house: Household) -> None:
        super().__init__(theme)
        self._house = house
        self._whom = AboutSomebody(house)
        self._visits: list[Appointment] = []
        self._visit_id = ""
        self._shown: list[_Line] | None = None
        self.sheet: CompanySheet | None = None
        """The form that lies open, if any."""
        self._make_head()
        self.hours = HoursBar(theme)
        self.add(self.hours)
        self._place = QVBoxLayout()
        self._place.setSpacing(0)
        self.body.addLayout(self._place)
        self.rows: dict[str, LineRow] = {}
        self.charger = LineRow(theme, "bag", "", tr("Open the bag"), name=tr("Open the bag"))
        self.charger.pressed.connect(self._charger_pressed)
        self.add(self.charger)
        self.plan = PlainButton(theme, tr("Plan company"), "add")
        self.plan.clicked.connect(lambda: self._open(""))
        self.body.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignLeft)
        self.wrong = Text("", "second", "alarm")
        self.wrong.hide()
        self.add(self.wrong)

    def _make_head(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.heading = Text(tr("Company during the infusion"), "card_title")
        self.when = Text("", "second", "soft")
        words.addWidget(self.heading)
        words.addWidget(self.when)
        head.addLayout(words, 1)
        self.earlier = IconButton(self._theme, "back", tr("The infusion before"), quiet=True)
        self.later = IconButton(self._theme, "forward", tr("The infusion after"), quiet=True)
        self.earlier.clicked.connect(partial(self._step, -1))
        self.later.clicked.connect(partial(self._step, 1))
        for button in (self.earlier, self.later):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.setAccessibleName(self.heading.text())

    # -- Living -----------------------------------------------------------------------------------

    def set_person(self, person_id: str | None) -> None:
        """Speak of one person's infusions, as they are now."""
        self._whom.set_person(person_id)
        self.refresh()

    @property
    def visit(self) -> Appointment | None:
        """The infusion that is shown, None while there is none to come."""
        found = (one for one in self._visits if one.id == self._visit_id)
        return next(found, self._visits[0] if self._visits else None)

    def refresh(self) -> None:
        """Read everything anew; the infusion that was chosen stays while it is to come."""
        person = self._whom.person
        self._visits = [] if person is None else self._house.company.visits(person.id)
        visit = self.visit
        for widget in (self.hours, self.plan):
            widget.setVisible(visit is not None)
        place = 0 if visit is None else self._visits.index(visit)
        for button, there in (
            (self.earlier, place > 0), (self.later, place < len(self._visits) - 1),
        ):  # fmt: skip
            button.setVisible(len(self._visits) > 1)
            button.setEnabled(there)
        if visit is None:
            self._shown = None
            clear_layout(self._place)
            self.rows = {}
            self.charger.hide()
            self.when.setText(
                tr(
                    "No infusion with an hour is in the calendar yet."
                    " Once there is one, plan here who sits in."
                )
            )
            return
        span = span_text(wall(visit.start), visit.minutes)
        self.when.setText(
            tr("{title}, {day}, {hours}", title=visit.title,
               day=short_date(wall(visit.start).date()), hours=span)
        )  # fmt: skip
        self._show_hours(visit)
        self._show_charger(visit)

    def _show_hours(self, visit: Appointment) -> None:
        company = self._house.company.of(visit.id)
        parts = stretches(company, visit.minutes)
        self.hours.show_parts(parts)
        lines = [self._line(visit, one) for one in company]
        if company:
            lines += [
                self._open_line(visit, part.after, part.until) for part in parts if not part.company
            ]
        lines.sort(key=lambda line: line[0])
        if lines == self._shown:
            return
        self._show_lines(lines)

    def _show_lines(self, lines: list[_Line]) -> None:
        key = next((key for key, row in self.rows.items() if row.button.hasFocus()), None)
        self._shown = lines
        clear_layout(self._place)
        self.rows = {}
        for after, text, words, name, id_ in lines:
            row = LineRow(self._theme, "company" if id_ else "time", text, words, name=name)
            row.pressed.connect(partial(self._open, id_, after))
            self._place.addWidget(row)
            self._place.addWidget(Rule())
            self.rows[id_ or f"open/{after}"] = row
        if key is not None:
            row = self.rows.get(key)
            (self.plan if row is None else row.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, visit: Appointment, one: Company) -> _Line:
        begins = wall(visit.start) + timedelta(minutes=one.after)
        hours = span_text(begins, one.minutes)
        parts = [hours, one.who]
        if one.what:
            parts.append(one.what)
        if one.phone:
            parts.append(one.phone)
        name = tr("Change: {who}, {hours}", who=one.who, hours=hours)
        return one.after, " · ".join(parts), tr("Change"), name, one.id

    def _open_line(self, visit: Appointment, after: int, until: int) -> _Line:
        hours = span_text(wall(visit.start) + timedelta(minutes=after), until - after)
        text = tr("{hours} · nobody planned", hours=hours)
        return after, text, tr("Plan"), tr("Plan company: {hours}", hours=hours), ""

    def _show_charger(self, visit: Appointment) -> None:
        try:
            charger = self._house.company.charger(visit.id)
        except InputRefused:
            charger = None
        self.charger.setVisible(charger is not None)
        if charger is not None:
            words, button = charger_words(charger)
            self.charger.words.setText(words)
            self.charger.button.set_words(button, name=tr("{act}: charger", act=button))
            self.charger.button.setVisible(bool(button))

    # -- Hands ------------------------------------------------------------------------------------

    def _step(self, way: int) -> None:
        visit = self.visit
        if visit is None:
            return
        place = self._visits.index(visit) + way
        if 0 <= place < len(self._visits):
            self._visit_id = self._visits[place].id
            self.refresh()

    def _to_bag(self) -> None:
        if self.visit is not None:
            self.asked.emit("bag", "visit", self.visit.id)

    def _charger_pressed(self) -> None:
        visit = self.visit
        if visit is None:
            return
        charger = self._house.company.charger(visit.id)
        if charger is None or charger.state not in ("out", "not_needed"):
            self._to_bag()
            return
        self._attempt(visit)

    def _attempt(self, visit: Appointment) -> None:
        self.wrong.hide()
        try:
            self._house.company.take_charger(visit.id)
        except UserError as error:
            self.wrong.setText(explain(error))
            self.wrong.show()

    def _open(self, company_id: str, after: int | None = None) -> None:
        visit = self.visit
        if visit is None:
            return
        found = self._house.company.get(company_id) if company_id else None
        self.sheet = CompanySheet(
            self._theme, self._house, visit, found, self.window(), after=after
        )
        self.sheet.finished.connect(self._closed)
        self.sheet.open()

    def _closed(self, _result: int = 0) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
            self.sheet = None


def charger_words(charger: Charger) -> tuple[str, str]:
    """Return what is said about the charger, and what the button beside it does ("": nothing)."""
    label = charger.label
    return {
        "packed": (tr("{label}: packed", label=label), ""),
        "to_pack": (tr("{label}: not packed yet", label=label), tr("Open the bag")),
        "not_needed": (
            tr("{label}: marked as not needed in the bag", label=label), tr("Pack it after all"),
        ),
        "out": (tr("{label}: not in the bag", label=label), tr("Put it in the bag")),
        "no_bag": (tr("Something needs power, and this visit brings no bag."), ""),
    }[charger.state]  # fmt: skip
