"""Entries as JSON lines: the fields that scripts may count on, taken in and given out.

Each kind is a table of fields, so that reading, checking and `add --schema` cannot differ. A line
is taken whole or refused whole, with a sentence that names the field. A line with the id of an
entry that is there changes what it names; what it leaves out stays, null sets a field back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, cast

from caregiver_app.domain import texts
from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    Authorisation,
    BlockedDays,
    CheckIn,
    Contact,
    Dose,
    Medicine,
    Note,
    Person,
    Plan,
    Question,
    SideEffect,
)
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Floating,
    Moment,
    Zoned,
    instant,
    parse_day,
    parse_moment,
    to_text,
    wall,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.entry_fields import FIELDS
from caregiver_app.services.household import Household

Values = Mapping[str, Any]
T = TypeVar("T")
_HUGE = 10**9


class _Line:
    """One JSON object, read field by field with its types checked."""

    def __init__(self, values: Values) -> None:
        self._values = values

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def _typed(self, name: str, made: type[T], words: str) -> T | None:
        value = self._values.get(name)
        if value is None:
            return None
        if not isinstance(value, made) or (isinstance(value, bool) and made is not bool):
            raise InputRefused("entry.type", name, wanted=words, field_name=name)
        return value

    def text(self, name: str, default: str = "") -> str:
        """Return a text field."""
        found = self._typed(name, str, "text")
        return default if found is None else found

    def optional(self, name: str) -> str | None:
        """Return a text field, None when it is left out."""
        return self._typed(name, str, "text")

    def whole(self, name: str, default: int | None = None) -> int | None:
        """Return a whole number."""
        found = self._typed(name, int, "a whole number")
        return default if found is None else found

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return true or false."""
        found = self._typed(name, bool, "true or false")
        return default if found is None else found

    def decimal(self, name: str) -> float | None:
        """Return a number."""
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return float(max(-_HUGE, min(value, _HUGE)))
        return self._typed(name, float, "a number")

    def listed(self, name: str, made: type[T], words: str) -> tuple[T, ...] | None:
        """Return a list of one type, None when it is left out."""
        values = cast("list[object] | None", self._typed(name, list, f"a list of {words}"))
        if values is None:
            return None
        found: list[T] = []
        for value in values:
            if not isinstance(value, made) or isinstance(value, bool):
                raise InputRefused("entry.type", name, wanted=f"a list of {words}", field_name=name)
            found.append(value)
        return tuple(found)

    def day(self, name: str) -> date | None:
        """Return a date, None when it is left out."""
        text = self.optional(name)
        return None if text is None else parse_day(text, name)

    def moment(self, name: str) -> Moment:
        """Return a moment in the line's zone."""
        return parse_moment(self.text(name), self.optional("zone"), name)


class EntryService:
    """Takes entries given as JSON lines."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._plans_of_this_run: set[str] = set()
        self._takers: dict[str, Callable[[_Line], str]] = {
            "note": self._note,
            "appointment": self._appointment,
            "plan": self._plan,
            "side_effect": self._side_effect,
            "checkin": self._check_in,
            "person": self._person,
            "contact": self._contact,
            "medicine": self._medicine,
            "dose": self._dose,
            "blocked_days": self._blocked_days,
            "authorisation": self._authorisation,
            "question": self._question,
        }

    def take(self, text: str) -> str:
        """Keep the entry of one line, new or changed, and return its id once it is durable.

        Raises:
            InputRefused: the line cannot be taken; nothing of it was kept.
            DataBusy, DataReadOnly, DiskTrouble: it could not be written.
        """
        values = _read(text)
        kind = values.get("kind")
        if not isinstance(kind, str) or kind not in FIELDS:
            raise InputRefused("entry.kind", "kind", value=kind, choices=", ".join(FIELDS))
        for name in values:
            if name != "kind" and name not in FIELDS[kind]:
                raise InputRefused("entry.unknown_field", name, name=name, kind=kind)
        for name, field in FIELDS[kind].items():
            if field.required and values.get(name) is None:
                raise InputRefused("entry.missing", name, name=name, kind=kind)
        line = _Line(values)
        if line.optional("id") is not None:
            kept = self._kept(kind, texts.identifier(line.text("id")))
            if "end" in line:
                kept.pop("minutes", None)
            line = _Line({**kept, **values})
        return self._takers[kind](line)

    def _kept(self, kind: str, entry: str) -> dict[str, Any]:
        """Return the fields of the entry with this id, as a line would give them."""
        old = self._house.care.store.get(KINDS[kind], entry)
        if old is None:
            return {}
        kept = {name: _given(getattr(old, name)) for name in FIELDS[kind] if hasattr(old, name)}
        moments = (getattr(old, name, None) for name in ("start", "first", "at"))
        if "zone" in FIELDS[kind]:
            kept["zone"] = next((m.zone for m in moments if isinstance(m, Zoned)), None)
        return kept

    def _note(self, line: _Line) -> str:
        note = Note(
            id=line.text("id"),
            person=line.text("person"),
            text=line.text("text"),
            at=self._house.care.now,
            room=line.text("room", "listening"),
            mood=line.text("mood"),
            pinned=line.truth("pinned"),
        )
        return self._house.support.save_note(note).id

    def _appointment(self, line: _Line) -> str:
        start = line.moment("start")
        house = self._house
        old = house.agenda.get(line.text("id")) if "id" in line else None
        appointment = Appointment(
            id=line.text("id"),
            uid="",
            person=line.text("person"),
            type=line.text("type"),
            title=line.text("title"),
            start=start,
            minutes=self._minutes(line, start),
            status=line.text("status", "booked"),
            rrule=line.text("rrule"),
            exdates=line.listed("exdates", str, "texts") or (),
            rdates=line.listed("rdates", str, "texts") or (),
            series=line.optional("series"),
            original=line.text("original"),
            reminders=line.listed("reminders", int, "whole numbers"),
            place=line.text("place"),
            contact=None if old is None else old.contact,
            note=line.text("note"),
            driver=line.text("driver"),
            driver_phone=line.text("driver_phone"),
            leave_at=line.text("leave_at"),
            pick_up=line.text("pick_up"),
            travel_minutes=line.whole("travel_minutes"),
            parking_minutes=line.whole("parking_minutes"),
            early_minutes=line.whole("early_minutes"),
            ride_home=line.text("ride_home"),
            ride_home_phone=line.text("ride_home_phone"),
            medicine=line.optional("medicine"),
        )
        if old is not None and old.plan in self._plans_of_this_run:
            # A visit's line whose plan came earlier in the same run is part of entering it.
            return house.agenda.save(appointment, agreed=True).id
        return house.agenda.save(appointment).id

    @staticmethod
    def _minutes(line: _Line, start: Moment) -> int:
        given = line.whole("minutes")
        if "end" not in line:
            return 60 if given is None else given
        if given is not None:
            raise InputRefused("entry.two_ends", "end")
        end = line.moment("end")
        if type(end) is not type(start):
            raise InputRefused("appointment.end_kind", "end")
        if isinstance(start, AllDay):
            return EntryService._whole_day(start, end)
        home = start.zone if isinstance(start, Zoned) else "UTC"
        return int((instant(end, home) - instant(start, home)).total_seconds() // 60)

    @staticmethod
    def _whole_day(start: AllDay, end: Moment) -> int:
        """Return the length of an all-day entry up to its end, the day after as calendars say it.

        Its own first day as the end means that day.
        """
        days = (wall(end).date() - start.day).days
        if days < 0:
            raise InputRefused("appointment.end_before_start", "end")
        return max(1, days) * MINUTES_A_DAY

    def _plan(self, line: _Line) -> str:
        unit = line.text("unit", "week")
        plan = Plan(
            id=line.text("id"),
            uid="",
            person=line.text("person"),
            medicine=line.text("medicine"),
            first=line.moment("first"),
            offsets=line.listed("offsets", int, "whole numbers") or (),
            every=line.whole("every"),
            unit=unit,
            then=line.whole("then"),
            minutes=line.whole("minutes", 120) or 0,
            watch_days=14 if "watch_days" not in line else line.whole("watch_days", 14) or 0,
            clinic=line.optional("clinic"),
        )
        old = None if "id" not in line else self._house.plans.get(plan.id)
        named = plan.clinic is not None and (old is None or plan.clinic != old.clinic)
        if named and self._house.people.contact(plan.clinic or "") is None:
            raise InputRefused("contact.unknown", "clinic", id=plan.clinic)
        kept = self._house.plans.save(plan).id
        if old is None:
            self._plans_of_this_run.add(kept)
        return kept

    def _side_effect(self, line: _Line) -> str:
        zone = line.optional("zone") or self._house.care.home
        entry = SideEffect(
            id=line.text("id"),
            person=line.text("person"),
            sign=line.text("sign"),
            severity=line.whole("severity") or 0,
            at=parse_moment(line.text("at"), zone, "at"),
            urgency="",
            temperature_c=line.decimal("temperature_c"),
            text=line.text("text"),
        )
        return self._house.watch.save(entry).id

    def _check_in(self, line: _Line) -> str:
        entry = CheckIn(
            id=line.text("id"),
            person=line.text("person"),
            date=parse_day(line.text("date"), "date"),
            pain=line.whole("pain"),
            fatigue=line.whole("fatigue"),
            stiffness=line.whole("stiffness"),
            sleep=line.whole("sleep"),
            mood=line.whole("mood"),
            text=line.text("text"),
        )
        return self._house.watch.check_in(entry).id

    def _person(self, line: _Line) -> str:
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
        )
        return self._house.people.save_person(person).id

    def _contact(self, line: _Line) -> str:
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

    def _medicine(self, line: _Line) -> str:
        medicine = Medicine(
            id=line.text("id"),
            person=line.text("person"),
            name=line.text("name"),
            directions=line.text("directions"),
            what_for=line.text("what_for"),
            as_needed=line.truth("as_needed"),
        )
        return self._house.people.save_medicine(medicine).id

    def _dose(self, line: _Line) -> str:
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

    def _blocked_days(self, line: _Line) -> str:
        blocked = BlockedDays(
            id=line.text("id"),
            person=line.optional("person"),
            first=parse_day(line.text("first"), "first"),
            last=line.day("last"),
            weekdays=line.listed("weekdays", int, "whole numbers") or (),
            reason=line.text("reason"),
        )
        return self._house.blocked.save(blocked).id

    def _authorisation(self, line: _Line) -> str:
        authorisation = Authorisation(
            id=line.text("id"),
            person=line.text("person"),
            last=parse_day(line.text("last"), "last"),
            first=line.day("first"),
            insurer=line.text("insurer"),
            member=line.text("member"),
            number=line.text("number"),
            visits=line.whole("visits"),
            note=line.text("note"),
        )
        return self._house.people.save_authorisation(authorisation).id

    def _question(self, line: _Line) -> str:
        question = Question(
            id=line.text("id"),
            person=line.text("person"),
            text=line.text("text"),
            answer=line.text("answer"),
            note=line.optional("note"),
        )
        return self._house.support.save_question(question).id


def _given(value: object) -> object:
    """Return a field's value as a line would give it."""
    if isinstance(value, Zoned | Floating | AllDay):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value


def _read(text: str) -> Values:
    try:
        values: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise InputRefused("entry.not_json") from None
    if not isinstance(values, dict):
        raise InputRefused("entry.not_json")
    return cast("Values", values)
