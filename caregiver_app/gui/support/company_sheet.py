"""The form of one who keeps company: who, from when until when, what the two do."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.domain.sitting_in import stretches
from caregiver_app.domain.support import Company
from caregiver_app.domain.times import wall
from caregiver_app.gui.kept_sheet import KeptSheet
from caregiver_app.gui.support.own_words import hours_text
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import TimeField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import LineField
from caregiver_app.gui.widgets.ticks import TickRow
from caregiver_app.gui.words import tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household

_A_DAY: Final = 24 * 60


def ideas() -> dict[str, bool]:
    """Return what two can do, and whether it needs a charged device."""
    return {
        tr("A series"): True,
        tr("An audiobook"): True,
        tr("Music"): True,
        tr("A video call"): True,
        tr("Cards"): False,
        tr("A crossword"): False,
        tr("Reading aloud"): False,
        tr("Just being there"): False,
    }


class CompanySheet(KeptSheet):
    """Somebody's company at one visit, new or changed."""

    def __init__(
        self,
        theme: Theme,
        house: Household,
        visit: Appointment,
        company: Company | None,
        parent: QWidget | None,
        *,
        after: int | None = None,
    ) -> None:
        """`after` is where a new one begins, in minutes; None: where nobody sits in yet."""
        super().__init__(
            theme, tr("Company"), icon="company", subtitle=hours_text(visit.start, visit.minutes),
            parent=parent,
        )  # fmt: skip
        self._house, self._visit = house, visit
        self._company = company or self._blank(after)
        self._known = {one.name: one.phone for one in house.company.known(visit.person)}
        self._ideas = ideas()
        self._ticked = company is not None
        one = self._company
        self._tell_visitors()
        self.who = LineField(theme, tr("Who"), text=one.who, suggestions=list(self._known))
        self.phone = LineField(theme, tr("Phone"), text=one.phone, icon="call")
        begins = wall(visit.start)
        self.begin = TimeField(
            theme, tr("From"), value=(begins + timedelta(minutes=one.after)).time()
        )
        until = begins + timedelta(minutes=one.after + one.minutes)
        self.end = TimeField(theme, tr("Until"), value=until.time())
        self.what = LineField(
            theme, tr("What you do together, if you like"), text=one.what,
            suggestions=list(self._ideas),
        )  # fmt: skip
        self.powered = TickRow(
            theme, tr("It needs a charged device"), state="done" if one.powered else "open",
            strong=False, fades=False,
        )  # fmt: skip
        self.add_row(self.who, self.phone)
        self.add_row(self.begin, self.end)
        self.add(self.what)
        self.add(self.powered)
        self.add_delete(tr("Take off the plan"), lambda: house.company.remove(one.id))
        self.delete.setVisible(bool(one.id))
        self.who.changed.connect(self._propose_phone)
        self.what.changed.connect(self._propose_power)
        self.powered.state_changed.connect(self._turned)
        self.confirmed.connect(self._save)

    def _tell_visitors(self) -> None:
        """Say above the buttons what the clinic told about visitors."""
        clinic = self._house.agenda.contact_of(self._visit)
        if clinic is None:
            return
        rule = clinic.rules_visitors or tr("not asked yet")
        self.note.setText(tr("{clinic} on visitors: {rule}", clinic=clinic.name, rule=rule))

    def _blank(self, after: int | None) -> Company:
        visit = self._visit
        parts = stretches(self._house.company.of(visit.id), visit.minutes)
        open_ = [(one.after, one.until) for one in parts if not one.company]
        whole = (0, visit.minutes)
        free = next((one for one in open_ if after in (None, one[0])), whole)
        return Company(
            id="", person=visit.person, visit=visit.id, who="", after=free[0],
            minutes=free[1] - free[0],
        )  # fmt: skip

    def _propose_phone(self) -> None:
        known = self._known.get(self.who.value(), "")
        if known and not self.phone.value():
            self.phone.set_text(known)

    def _propose_power(self) -> None:
        needs = self._ideas.get(self.what.value())
        if needs is not None and not self._ticked:
            self.powered.set_state("done" if needs else "open")

    def _turned(self, _state: str) -> None:
        # What somebody ticked themselves is not turned by what they write.
        self._ticked = True

    def _save(self) -> None:
        after, until = self._minutes(self.begin), self._minutes(self.end)
        for field, minutes in ((self.begin, after), (self.end, until)):
            if minutes is None:
                field.set_error(field.complaint() or words("company.no_hour"))
        if after is None or until is None:
            self.focus_first_error()
            return
        if until <= after:
            self.end.set_error(words("company.no_end"))
            self.focus_first_error()
            return
        company = replace(
            self._company,
            who=self.who.text(),
            phone=self.phone.text(),
            after=after,
            minutes=until - after,
            what=self.what.text(),
            powered=self.powered.state == "done",
        )
        fields: dict[str, Field] = {
            "who": self.who, "phone": self.phone, "after": self.begin, "minutes": self.end,
            "what": self.what,
        }  # fmt: skip
        self.attempt(lambda: self._house.company.save(company), fields)

    def _minutes(self, field: TimeField) -> int | None:
        """Return how long after the visit's start a typed hour is, None where there is none."""
        hour = field.value()
        return None if hour is None else minutes_after(wall(self._visit.start), hour)


def minutes_after(begins: datetime, hour: time) -> int:
    """Return how many minutes after `begins` the hour comes.

    One before the start of a visit that ends after midnight is one of the next day, where it comes
    within half a day; else it is before the visit, and less than nothing.
    """
    day = datetime.combine(begins.date(), hour)
    minutes = round((day - begins).total_seconds() / 60)
    late = minutes + _A_DAY
    return late if minutes < 0 and late <= _A_DAY // 2 else minutes
