"""Entries as JSON lines: the fields that scripts may count on, taken in and given out.

Each kind is a table of fields, so that reading, checking and `add --schema` cannot differ. A line
is taken whole or refused whole, with a sentence that names the field. A line with the id of an
entry that is there changes what it names; what it leaves out stays, null sets a field back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from caregiver_app.domain import texts
from caregiver_app.domain.entities import (
    KINDS,
    Appointment,
    Note,
    Person,
    Plan,
)
from caregiver_app.domain.packing import bag_id, list_id
from caregiver_app.domain.times import (
    MINUTES_A_DAY,
    AllDay,
    Moment,
    Zoned,
    instant,
    wall,
)
from caregiver_app.domain.watchlist import photo_id
from caregiver_app.errors import AsksFirst, InputRefused
from caregiver_app.services.calendar_lines import check_extra
from caregiver_app.services.entry_fields import (
    ABOUT,
    ABOUT_FIELDS,
    FIELDS,
    FORMAT,
    Field,
    a_kind,
)
from caregiver_app.services.entry_lines import Line, Values, read_line
from caregiver_app.services.entry_plain import PlainEntries
from caregiver_app.services.entry_support import whole_text
from caregiver_app.services.entry_values import parts_off, read_phases, values_of
from caregiver_app.services.entry_whole import ALWAYS_WHOLE, WholeEntries
from caregiver_app.services.household import Household
from caregiver_app.services.records import record_id

_LONGEST_ID = 400
_PARTS = (
    "visit_bag",
    "bag_list",
    "bag_item",
    "infusion_record",
    "visit_answer",
    "photo",
    "sign_choice",
    "card_choice",
)
"""Kinds whose id need not be told: there is one of it for a visit and its key, or for a sign."""
_LONG = ("appointment", "answer", *_PARTS)
"""Kinds whose ids are made of other ids: a plan's visits, what is in their bags, reminders."""


class NewerFile(InputRefused):
    """A file of everything that only a newer program understands: nothing of it can be taken."""


class EntryService:
    """Takes entries given as JSON lines."""

    def __init__(self, house: Household) -> None:
        self._house = house
        self._plans_of_this_run: set[str] = set()
        self._whole = WholeEntries(house, self._plans_of_this_run)
        self._takers: dict[str, Callable[[Line], str]] = {
            "note": self._note,
            "appointment": self._appointment,
            "plan": self._plan,
            **PlainEntries(house).takers,
        }

    def take(self, text: str) -> str:
        """Keep the entry of one line, new or changed, and return its id once it is durable.

        A line of kind "about" keeps nothing; its id is that word.

        Raises:
            InputRefused: the line cannot be taken; nothing of it was kept.
            DataBusy, DataReadOnly, DiskTrouble: it could not be written.
        """
        values = read_line(text)
        kind = values.get("kind")
        if kind == ABOUT:
            self._whole.made_as = self._about(values)
            return ABOUT
        if not isinstance(kind, str) or kind not in FIELDS:
            raise InputRefused("entry.kind", "kind", value=kind, choices=", ".join(FIELDS))
        _check_names(kind, values, FIELDS[kind])
        line = Line(values)
        whole = "changed" in line or kind in ALWAYS_WHOLE
        if not whole:
            _refuse_whole_only(values, FIELDS[kind])
        if line.optional("id") is None and kind in _PARTS:
            line = Line(values := {**values, "id": self._made_id(kind, line)})
        if line.optional("id") is not None:
            long = kind in _LONG and (whole or kind in _PARTS)
            kept = self._kept(kind, _identifier(line.text("id"), long=long))
            if kind in ALWAYS_WHOLE:
                # It is changed by this line, unless that says when.
                kept.pop("changed", None)
            if "end" in line:
                kept.pop("minutes", None)
            values = {**kept, **values}
            line = Line(values)
        _check_required(kind, values, FIELDS[kind])
        if not whole:
            return self._takers[kind](line)
        if kind == "appointment" and "end" in line:
            line = Line({**values, "minutes": self._minutes(line, line.moment("start"))})
        return self._whole.take(kind, line)

    @staticmethod
    def _about(values: Values) -> int:
        """Return the format of the file that a line tells about, if this program can read it."""
        line = Line(values)
        made_as = line.whole("format")
        if made_as is not None and made_as > FORMAT:
            raise NewerFile("about.newer", "format", version=line.text("version") or made_as)
        _check_names(ABOUT, values, ABOUT_FIELDS)
        _check_required(ABOUT, values, ABOUT_FIELDS)
        made_as = texts.whole(made_as or 0, 1, FORMAT, "format")
        line.text("program")
        line.text("version")
        line.instant("made", "UTC")
        line.counts("counts")
        line.listed("left_out", str, "texts")
        return made_as

    def _kept(self, kind: str, entry: str) -> dict[str, Any]:
        """Return the fields of the entry with this id, as a line would give them."""
        old = self._house.care.store.get(KINDS[kind], entry)
        if old is None:
            return {}
        kept = values_of(kind, old)
        return {name: value for name, value in kept.items() if name in FIELDS[kind]}

    def _note(self, line: Line) -> str:
        note = Note(
            id=line.text("id"),
            person=line.text("person"),
            text=whole_text(line.text("text")),
            at=self._house.care.now,
            room=line.text("room", "listening"),
            mood=line.text("mood"),
            pinned=line.truth("pinned"),
            tags=line.listed("tags", str, "texts") or (),
            about=line.text("about", "person"),
            visit=line.optional("visit"),
        )
        at = line.instant("at", self._house.care.home)
        with self._house.care.change("done.note_added"):
            kept = self._house.support.save_note(note)
            if at is not None and at != kept.at:
                self._house.care.store.put(replace(kept, at=at))
        return kept.id

    def _appointment(self, line: Line) -> str:
        start = line.moment("start")
        house = self._house
        old = house.agenda.get(line.text("id")) if "id" in line else None
        appointment = Appointment(
            id=line.text("id"),
            uid=self._uid(line, old),
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
            contact=self._contact_named(line, "contact", None if old is None else old.contact),
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
            extra=self._extra(line, old),
            off=parts_off(line.listed("off", str, "texts")),
        )
        if old is not None and old.plan in self._plans_of_this_run:
            # A visit's line whose plan came earlier in the same run is part of entering it.
            return house.agenda.save(appointment, agreed=True).id
        return house.agenda.save(appointment).id

    def _uid(self, line: Line, old: Appointment | None) -> str:
        uid = line.text("uid")
        if old is not None:
            if uid and uid != old.uid:
                raise InputRefused("entry.fixed", "uid", name="uid")
            return old.uid
        if uid and "series" in line:
            series = self._house.agenda.get(line.text("series"))
            if series is not None and series.uid != uid:
                raise InputRefused("entry.fixed", "uid", name="uid")
        elif uid:
            texts.identifier(uid, "uid")
            if self._house.care.store.with_uids([uid]):
                raise InputRefused("entry.uid_taken", "uid", uid=uid)
        return uid

    @staticmethod
    def _extra(line: Line, old: Appointment | None) -> str:
        extra = line.text("extra")
        if old is None or extra != old.extra:
            check_extra(extra)
        return extra

    def _contact_named(self, line: Line, name: str, known: str | None) -> str | None:
        """Return the id of a contact; one that is new here has to be there."""
        wanted = line.optional(name)
        new = wanted is not None and wanted != known
        if new and self._house.people.contact(wanted or "") is None:
            raise InputRefused("contact.unknown", name, id=wanted)
        return wanted

    @staticmethod
    def _minutes(line: Line, start: Moment) -> int:
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

    def _plan(self, line: Line) -> str:
        unit = line.text("unit", "week")
        old = self._house.plans.get(line.text("id")) if "id" in line else None
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
            every_unit=line.text("every_unit"),
            run=line.whole("run", 1) or 0,
            count=line.whole("count"),
            last=line.day("last"),
            at_home=line.truth("at_home"),
            phases=read_phases(line, "phases") or (),
            kit=line.listed("kit", str, "texts") or (),
            off=parts_off(line.listed("off", str, "texts")) or (),
            minutes_first=line.whole("minutes_first"),
            minutes=line.whole("minutes", 120) or 0,
            watch_days=14 if "watch_days" not in line else line.whole("watch_days", 14) or 0,
            clinic=self._contact_named(line, "clinic", None if old is None else old.clinic),
        )
        if old is not None and plan.person not in ("", old.person):
            raise InputRefused("entry.fixed", "person", name="person")
        beside = line.truth("beside")
        try:
            kept = self._house.plans.save(plan, beside=beside).id
        except AsksFirst as asked:
            if asked.key != "plan.overlaps":
                raise
            raise AsksFirst("plan.overlaps_line", asked.field, **asked.values) from None
        if old is None:
            self._plans_of_this_run.add(kept)
        return kept

    def _made_id(self, kind: str, line: Line) -> str | None:
        """Return the id that goes without saying of what there is once for something else."""
        if kind == "infusion_record":
            visit = line.text("visit")
            return record_id(visit) if visit else None
        if kind == "visit_bag":
            visit = line.text("visit")
            return bag_id(visit) if visit else None
        if kind == "bag_list":
            template = line.text("template")
            return list_id(template, line.optional("contact")) if template else None
        if kind == "photo":
            entry = line.text("entry")
            return photo_id(entry) if entry else None
        if kind == "sign_choice":
            known = self._house.reference.sign(line.text("sign")) is not None
            parts = line.text("person") or self._only_person(), line.text("sign") if known else ""
        elif kind == "card_choice":
            parts = line.text("person") or self._only_person(), line.text("card")
        else:
            parts = line.text("visit"), line.text("key")
        return ":".join(parts) if all(parts) else None

    def _only_person(self) -> str:
        people = self._house.care.store.all(Person)
        return people[0].id if len(people) == 1 else ""


def _check_names(kind: str, values: Values, fields: dict[str, Field]) -> None:
    for name in values:
        if name != "kind" and name not in fields:
            raise InputRefused("entry.unknown_field", name, name=name, a_kind=a_kind(kind))


def _check_required(kind: str, values: Values, fields: dict[str, Field]) -> None:
    for name, field in fields.items():
        if field.required and values.get(name) is None:
            raise InputRefused("entry.missing", name, name=name, a_kind=a_kind(kind))


def _identifier(text: str, *, long: bool) -> str:
    """Return an id; those that are made of others, as a reminder's is, are longer."""
    if long and texts.ID_LIMIT < len(text) <= _LONGEST_ID:
        for start in range(0, len(text), texts.ID_LIMIT):
            texts.identifier(text[start : start + texts.ID_LIMIT])
        return text
    return texts.identifier(text)


def _refuse_whole_only(values: Values, fields: dict[str, Field]) -> None:
    for name, value in values.items():
        if value is not None and name != "kind" and fields[name].whole_only:
            raise InputRefused("entry.whole_only", name, name=name)
