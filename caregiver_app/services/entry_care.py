"""Lines about a person and what the care plan holds: whom to call, medicines, approvals, money."""

from __future__ import annotations

from collections.abc import Callable

from caregiver_app.domain.entities import (
    BlockedDays,
    Contact,
    Dose,
    InfusionRecord,
    Medicine,
    Person,
)
from caregiver_app.domain.insurance import Assistance, Authorisation, Call, Cost
from caregiver_app.domain.times import parse_day, parse_moment
from caregiver_app.errors import InputRefused
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.household import Household
from caregiver_app.services.records import is_empty, record_id


class CareEntries:
    """Takes lines of the care plan's kinds; `takers` says by kind how."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self.takers: dict[str, Callable[[Line], str]] = {
            "person": self._person,
            "contact": self._contact,
            "medicine": self._medicine,
            "dose": self._dose,
            "blocked_days": self._blocked_days,
            "authorisation": self._authorisation,
            "call": self._call,
            "cost": self._cost,
            "assistance": self._assistance,
            "infusion_record": self._record,
        }

    def _person(self, line: Line) -> str:
        person = Person(
            id=line.text("id"),
            name=line.text("name"),
            born=line.day("born"),
            conditions=line.text("conditions"),
            allergies=line.text("allergies"),
            address=line.text("address"),
            good_to_know=line.text("good_to_know"),
            papers=line.text("papers"),
            fever_c=line.decimal("fever_c"),
            fever_set_by=line.text("fever_set_by"),
            details_in_notices=line.truth("details_in_notices"),
            deductible=line.text("deductible"),
            deductible_year=line.whole("deductible_year"),
            copay=line.text("copay"),
            copay_year=line.whole("copay_year"),
        )
        return self._house.people.save_person(person).id

    def _contact(self, line: Line) -> str:
        contact = Contact(
            id=line.text("id"),
            person=line.text("person"),
            name=line.text("name"),
            role=line.text("role", "other"),
            address=line.text("address"),
            phone=line.text("phone"),
            phone_after_hours=line.text("phone_after_hours"),
            note=line.text("note"),
        )
        return self._house.people.save_contact(contact).id

    def _medicine(self, line: Line) -> str:
        medicine = Medicine(
            id=line.text("id"),
            person=line.text("person"),
            name=line.text("name"),
            directions=line.text("directions"),
            what_for=line.text("what_for"),
            as_needed=line.truth("as_needed"),
            past=line.truth("past"),
            began=line.text("began"),
            ended=line.text("ended"),
            why_ended=line.text("why_ended"),
        )
        return self._house.people.save_medicine(medicine).id

    def _dose(self, line: Line) -> str:
        zone = line.optional("zone") or self._house.care.home
        dose = Dose(
            id=line.text("id"),
            person=line.text("person"),
            name=line.text("name"),
            at=parse_moment(line.text("at"), zone, "at"),
            medicine=line.optional("medicine"),
            what_for=line.text("what_for"),
            amount=line.text("amount"),
            note=line.text("note"),
        )
        return self._house.doses.save(dose).id

    def _blocked_days(self, line: Line) -> str:
        blocked = BlockedDays(
            id=line.text("id"),
            person=line.optional("person"),
            clinic=line.optional("clinic"),
            first=parse_day(line.text("first"), "first"),
            last=line.day("last"),
            weekdays=line.listed("weekdays", int, "whole numbers") or (),
            reason=line.text("reason"),
        )
        return self._house.blocked.save(blocked).id

    def _authorisation(self, line: Line) -> str:
        authorisation = Authorisation(
            id=line.text("id"),
            person=line.text("person"),
            last=parse_day(line.text("last"), "last"),
            first=line.day("first"),
            plan=line.optional("plan"),
            benefit=line.text("benefit"),
            site=line.text("site"),
            appeal=line.day("appeal"),
            insurer=line.text("insurer"),
            member=line.text("member"),
            number=line.text("number"),
            visits=line.whole("visits"),
            note=line.text("note"),
        )
        return self._house.people.save_authorisation(authorisation).id

    def _call(self, line: Line) -> str:
        call = Call(
            id=line.text("id"),
            person=line.text("person"),
            date=parse_day(line.text("date"), "date"),
            with_whom=line.text("with_whom"),
            number=line.text("number"),
            text=line.text("text"),
            authorisation=line.optional("authorisation"),
            again=line.day("again"),
        )
        return self._house.insurance.save_call(call).id

    def _cost(self, line: Line) -> str:
        cost = Cost(
            id=line.text("id"),
            person=line.text("person"),
            date=parse_day(line.text("date"), "date"),
            what=line.text("what"),
            amount=line.text("amount"),
            currency=line.text("currency"),
            paid_by=line.text("paid_by"),
            note=line.text("note"),
        )
        return self._house.insurance.save_cost(cost).id

    def _assistance(self, line: Line) -> str:
        assistance = Assistance(
            id=line.text("id"),
            person=line.text("person"),
            name=line.text("name"),
            last=line.day("last"),
            number=line.text("number"),
            phone=line.text("phone"),
            note=line.text("note"),
        )
        return self._house.insurance.save_assistance(assistance).id

    def _record(self, line: Line) -> str:
        visit = line.text("visit")
        if line.text("id") not in ("", record_id(visit)):
            raise InputRefused("entry.visit_id", "id", id=record_id(visit))
        record = InfusionRecord(
            id=record_id(visit),
            person=line.text("person"),
            visit=visit,
            product=line.text("product"),
            maker=line.text("maker"),
            lot=line.text("lot"),
            expiry=line.text("expiry"),
            amount=line.text("amount"),
            started=line.text("started"),
            stopped=line.text("stopped"),
            site=line.text("site"),
            premedication=line.text("premedication"),
            readings=line.text("readings"),
            watched=line.text("watched"),
            reaction=line.text("reaction"),
            tip=line.text("tip"),
        )
        kept = self._house.agenda.get(visit)
        if kept is not None and record.person not in ("", kept.person):
            raise InputRefused("visit.of_other", "person")
        # A line never deletes, and an empty record is none.
        if is_empty(record):
            raise InputRefused("record.empty", "visit")
        self._house.records.save(record)
        return record.id
