"""The sheets of the insurance: an approval as its letter says, and a call as it went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from caregiver_app.domain.entities import Authorisation
from caregiver_app.domain.insurance import BENEFITS, Call
from caregiver_app.gui.care_plan.coverage import choice_words
from caregiver_app.gui.care_plan.entries import BENEFIT_WORDS
from caregiver_app.gui.care_plan.secret_field import SecretField
from caregiver_app.gui.care_plan.sheets import EntrySheet
from caregiver_app.gui.care_plan.short_text import ShortText
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.date_fields import DateField
from caregiver_app.gui.widgets.field import Field
from caregiver_app.gui.widgets.fields import ChoiceField, LineField, NumberField
from caregiver_app.gui.words import tr
from caregiver_app.services.household import Household

ALL_PLANS: Final = ""


def plan_choices(house: Household, person: str) -> list[tuple[str, str]]:
    """Return the plans that an approval may be for; "" stands for all of them."""
    plans = [(one.id, one.medicine) for one in house.plans.all(person)]
    return [(ALL_PLANS, tr("All therapy plans")), *plans]


def known_insurers(house: Household, person: str) -> list[str]:
    """Return the names of insurers that were written down, to be offered while typing."""
    names = [one.name for one in house.people.contacts(person) if one.role == "insurer"]
    names += [one.insurer for one in house.people.authorisations(person)]
    return list(dict.fromkeys(name for name in names if name))


class ApprovalSheet(EntrySheet):
    """What an insurer approved, as its letter says."""

    def __init__(
        self,
        house: Household,
        theme: Theme,
        approval: Authorisation | None,
        person: str,
        parent: QWidget | None,
    ) -> None:
        """`approval` None begins a new one, with the insurer of the last."""
        super().__init__(
            house,
            theme,
            person,
            title=tr("Approval"),
            icon="coverage",
            subtitle=tr("As the letter says; the rest stays empty."),
            parent=parent,
        )
        self._approval, self._person = approval, person
        self._blank = Authorisation(id="", person=person, last=house.care.today)
        self._make_who(house.people.approved_to(person))
        self._make_what()
        self._lay_out()
        self.close_form(approval or self._blank, tr("Delete this approval"))

    def _make_who(self, last: Authorisation | None) -> None:
        theme, known = self.theme, self._approval
        before = known or last
        self.insurer = LineField(
            theme,
            tr("Insurer"),
            text="" if before is None else before.insurer,
            suggestions=known_insurers(self.house, self._person),
        )
        member = "" if before is None else before.member
        self.member = SecretField(theme, tr("Member number"), text=member)
        number = "" if known is None else known.number
        self.number = SecretField(theme, tr("Approval number"), text=number)
        self.watch_secrets(self.member, self.number)
        plans = plan_choices(self.house, self._person)
        chosen = ALL_PLANS if known is None else known.plan or ALL_PLANS
        self.plan = ChoiceField(theme, tr("For"), plans, chosen=chosen)
        self.plan.setVisible(len(plans) > 2 or chosen != ALL_PLANS)

    def _make_what(self) -> None:
        theme, known = self.theme, self._approval or self._blank
        new = self._approval is None
        self.visits = NumberField(
            theme,
            tr("Visits approved"),
            value=known.visits,
            least=1,
        )
        self.first = self._day(tr("From"), None if new else known.first)
        self.last = self._day(tr("To"), None if new else known.last)
        self.appeal = self._day(
            tr("Last day for an appeal"),
            known.appeal,
            tr("The letter’s own date. The app reminds you."),
        )
        self.benefit = ChoiceField(
            theme,
            tr("Paid by which benefit"),
            [(key, tr(BENEFIT_WORDS[key])) for key in BENEFITS],
            chosen=known.benefit,
        )
        self.site = LineField(
            theme,
            tr("Where it may be given"),
            text=known.site,
            suggestions=[
                one.name for one in self.house.people.contacts(self._person) if one.role == "clinic"
            ],
        )
        self.words = ShortText(theme, tr("Note"), text=known.note)

    def _day(self, label: str, value: date | None, hint: str = "") -> DateField:
        today = self.house.care.today
        return DateField(self.theme, label, today=lambda: today, value=value, hint=hint)

    def _lay_out(self) -> None:
        self.add_row(self.insurer, self.member)
        self.add(self.plan)
        self.add_row(self.first, self.last)
        self.add_row(self.number, self.visits)
        self.add_row(self.benefit, self.appeal)
        self.add(self.site)
        self.add(self.words)

    def complain(self) -> bool:
        """Say which day or number cannot be read; the last day is needed."""
        missing = tr("Give the last day: it is the one that counts.")
        for field in (self.first, self.appeal):
            field.set_error(field.complaint())
        empty = self.last.value() is None
        self.last.set_error((self.last.complaint() or missing) if empty else None)
        visits = self.visits.value()
        unread = bool(self.visits.text().strip()) and (visits is None or visits < 1)
        sentence = tr("A whole number from 1 on, or leave it empty.")
        self.visits.set_error(sentence if unread else None)
        return not any(one.error() for one in (self.first, self.last, self.visits, self.appeal))

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the approval."""
        told = replace(
            self._approval or self._blank,
            last=self.last.value() or self.house.care.today,
            first=self.first.value(),
            plan=self.plan.value() or None,
            benefit=self.benefit.value() or "",
            site=self.site.text(),
            appeal=self.appeal.value(),
            insurer=self.insurer.text(),
            member=self.member.text(),
            number=self.number.text(),
            visits=self.visits.value(),
            note=self.words.text(),
        )
        fields: dict[str, Field] = {
            "insurer": self.insurer,
            "member": self.member,
            "number": self.number,
            "plan": self.plan,
            "first": self.first,
            "last": self.last,
            "visits": self.visits,
            "benefit": self.benefit,
            "site": self.site,
            "appeal": self.appeal,
            "note": self.words,
        }
        return lambda: self.house.people.save_authorisation(told), fields


class CallSheet(EntrySheet):
    """A call with an insurer, a programme or the clinic: who, what was promised, when again."""

    def __init__(self, house: Household, theme: Theme, call: Call, parent: QWidget | None) -> None:
        super().__init__(
            house,
            theme,
            call.person,
            title=tr("A call"),
            icon="call",
            subtitle=tr("So that nobody has to remember it."),
            parent=parent,
        )
        self._call = call
        today = house.care.today
        contacts = [one.name for one in house.people.contacts(call.person)]
        names = [*known_insurers(house, call.person), *contacts]
        self.date = DateField(theme, tr("Day"), today=lambda: today, value=call.date, past=True)
        self.with_whom = LineField(
            theme,
            tr("With whom"),
            text=call.with_whom,
            icon="person",
            suggestions=list(dict.fromkeys(names)),
        )
        self.number = LineField(
            theme, tr("Their reference number"), text=call.number,
            hint=tr("Ask for one: it helps when you call again."),
        )  # fmt: skip
        self.text_field = ShortText(theme, tr("What was said or promised"), text=call.text, rows=3)
        approvals = house.people.authorisations(call.person)
        self.about = ChoiceField(
            theme,
            tr("About"),
            [("", tr("No approval in particular"))]
            + [(one.id, choice_words(one, today)) for one in reversed(approvals)],
            chosen=call.authorisation or "",
        )
        self.about.setVisible(bool(approvals))
        self.again = DateField(
            theme, tr("Call again on"), today=lambda: today, value=call.again,
            hint=tr("Empty: no need. The app reminds you on that day."),
        )  # fmt: skip
        self.add_row(self.date, self.with_whom, stretches=(2, 3))
        self.add(self.text_field)
        self.add_row(self.number, self.again)
        self.add(self.about)
        self.close_form(call, tr("Delete this call"))
        if not call.id:
            # The day stands there already, and often who it was.
            first = self.text_field if call.with_whom else self.with_whom
            first.control.setFocus()

    def complain(self) -> bool:
        """Say which day cannot be read; the day of the call is needed."""
        missing = tr("Give the day of the call.")
        empty = self.date.value() is None
        self.date.set_error((self.date.complaint() or missing) if empty else None)
        self.again.set_error(self.again.complaint())
        return not (self.date.error() or self.again.error())

    def keep(self) -> tuple[Callable[[], object], dict[str, Field]]:
        """Return what saves the call."""
        told = replace(
            self._call,
            date=self.date.value() or self._call.date,
            with_whom=self.with_whom.text(),
            number=self.number.text(),
            text=self.text_field.text(),
            authorisation=self.about.value() or None,
            again=self.again.value(),
        )
        fields: dict[str, Field] = {
            "date": self.date,
            "with_whom": self.with_whom,
            "number": self.number,
            "text": self.text_field,
            "authorisation": self.about,
            "again": self.again,
        }
        return lambda: self.house.insurance.save_call(told), fields
