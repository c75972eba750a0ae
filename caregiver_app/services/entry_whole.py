"""Entries taken exactly as they were kept, so that a file of everything comes back without loss.

Such a line carries when the entry was made and changed. It is checked as strictly as any other
one, but nothing follows from it: no visit is laid out, nothing is counted up, no reminder is
answered. Only the date of a treatment visit that is there already stays closed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any, cast

from caregiver_app.domain import texts
from caregiver_app.domain.entities import (
    ANSWERS,
    LONG_AGO,
    UNITS,
    VISIT_ANSWERS,
    Answer,
    Appointment,
    BagItem,
    BlockedDays,
    CheckIn,
    Contact,
    Dose,
    InfusionRecord,
    Medicine,
    Person,
    Plan,
    Setting,
    SideEffect,
    SignChoice,
    VisitAnswer,
)
from caregiver_app.domain.entity import Entity
from caregiver_app.domain.insurance import Assistance, Authorisation, Call, Cost
from caregiver_app.domain.occurrences import check_appointment
from caregiver_app.domain.plans import needs_question, visit_id, visit_start, visit_uid
from caregiver_app.domain.reminders import split_id
from caregiver_app.domain.series import date_name, is_alone, replaced_by
from caregiver_app.domain.support import CardChoice
from caregiver_app.domain.times import parse_moment, to_text
from caregiver_app.domain.watch import Tier
from caregiver_app.domain.watchlist import choice_id
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.services.calendar_lines import check_extra
from caregiver_app.services.care import refuse
from caregiver_app.services.entry_fields import FORMAT, a_kind
from caregiver_app.services.entry_history import hand_over
from caregiver_app.services.entry_lines import Line
from caregiver_app.services.entry_packing import PackingEntries
from caregiver_app.services.entry_settings import check_setting
from caregiver_app.services.entry_support import SupportEntries
from caregiver_app.services.entry_values import entity_of, parts_off
from caregiver_app.services.entry_watching import WatchingEntries, refers
from caregiver_app.services.household import Household
from caregiver_app.services.records import record_id
from caregiver_app.services.reminder_settings import reminds_since
from caregiver_app.services.weekly import refuse_too_often

ALWAYS_WHOLE = (
    *("visit_bag", "bag_item", "bag_list", "template_item"),
    *("answer", "setting", "visit_answer"),
    *("photo", "version"),
    *("card_choice", "outlet", "company", "help_task"),
)
"""Kinds that no service makes from a line: each line is the entry."""
_DATES_OF_PLAN = (
    *("person", "first", "offsets", "every", "unit", "then", "every_unit", "run"),
    *("count", "last", "at_home", "phases", "anchors"),
)
"""What of a plan that is there its visits' dates follow from."""
_MOST_VISITS = 40_000
_LEADS_ARE_USUAL = 2
"""The first format in which appointments of every type remind without anybody choosing it."""
_OF_OTHERS: dict[str, tuple[str, type[Entity]]] = {
    "infusion_record": ("visit", Appointment),
    "visit_answer": ("visit", Appointment),
    "photo": ("entry", SideEffect),
    "company": ("visit", Appointment),
}
"""Kinds that are of the person of what this field names."""
_REMIND: tuple[type[Entity], ...] = (Appointment, Authorisation, Assistance, Call)
_OF_NOBODY = (
    *("visit_bag", "bag_item", "bag_list", "template_item"),
    *("answer", "setting", "person", "blocked_days"),
)


class WholeEntries:
    """Takes lines that tell a whole entry.

    `plans_of_this_run` are the plans that came new in this run: visits that follow them belong to
    entering them.
    """

    def __init__(self, house: Household, plans_of_this_run: set[str]) -> None:
        self._house = house
        self._new_plans = plans_of_this_run
        self.made_as = FORMAT
        """Which format of a file of everything the lines come from."""
        self._checks: dict[type[Entity], Callable[[Any, Any], Entity]] = {
            Appointment: self._appointment,
            Plan: self._plan,
            SideEffect: self._side_effect,
            Answer: self._answer,
            Setting: self._setting,
            Dose: self._dose,
            Authorisation: self._authorisation,
            Call: self._call,
            Cost: self._cost,
            InfusionRecord: self._record,
            VisitAnswer: self._visit_answer,
            **WatchingEntries(house).checks,
            **PackingEntries(house).checks,
            **SupportEntries(house).checks,
        }

    def take(self, kind: str, line: Line) -> str:
        """Keep the entry of one line exactly as it says and return its id.

        Raises:
            InputRefused: the line cannot be taken; nothing of it was kept.
        """
        care = self._house.care
        given = self._stamped(kind, line, entity_of(kind, line, care.home))
        with care.change("done.taken_in"):
            if kind not in _OF_NOBODY:
                named = line.optional("person") or self._whose_other(kind, line)
                whose = care.person(named)
                given = replace(given, **cast("dict[str, Any]", {"person": whose.id}))
            if isinstance(given, SignChoice | CardChoice) and line.optional("id") is None:
                chosen = given.sign if isinstance(given, SignChoice) else given.card
                given = replace(given, id=choice_id(given.person, chosen))
            if isinstance(given, Plan) and line.truth("gone"):
                return self._put_gone(given)
            old = care.store.get(type(given), given.id)
            check = self._checks.get(type(given), self._plain)
            kept = check(given, old)
            if isinstance(kept, Plan):
                self._leave_out(kept, line.listed("removed", int, "whole numbers") or ())
            if kept != old:
                care.store.put(kept)
            if isinstance(kept, SideEffect | CheckIn):
                hand_over(care, cast("SideEffect | CheckIn | None", old), kept)
            if isinstance(kept, Appointment) and kept.rrule and old is None:
                # What was open of a series where it comes from is open here too.
                care.rearm({kept.id}, anew=True)
            if isinstance(kept, Answer) and kept != old:
                # Its reminder may have to be said at another time now.
                care.rearm({kept.entry} if self._reminds(kept.entry) else set())
        return kept.id

    def _stamped(self, kind: str, line: Line, given: Entity) -> Entity:
        """Return the entry with an id and its times."""
        now = self._house.care.now
        changed = given.changed if "changed" in line else now
        created = given.created if "created" in line else changed
        values: dict[str, Any] = {"created": created, "changed": changed}
        if kind in ("appointment", "plan") and "entered" not in line:
            values["entered"] = changed
        if kind == "note" and "at" not in line:
            values["at"] = created
        if isinstance(given, BagItem | VisitAnswer):
            values["id"] = given.id or f"{given.visit}:{given.key}"
        if isinstance(given, InfusionRecord):
            values["id"] = given.id or record_id(given.visit)
        return replace(given, **{"id": given.id or self._house.care.new_id(), **values})

    def _whose_other(self, kind: str, line: Line) -> str | None:
        """Return whose visit or side effect a line of one is about, None for other lines."""
        name, of = _OF_OTHERS.get(kind, ("", Appointment))
        if not name or not texts.is_whole(line.text(name)):
            return None
        found = self._house.care.store.get(of, line.text(name))
        return None if found is None else str(getattr(found, "person", ""))

    def _reminds(self, entry: str) -> bool:
        store = self._house.care.store
        return any(store.get(kind, entry) is not None for kind in _REMIND)

    # -- Kinds that only have to be well formed -----------------------------------------------

    def _plain(self, given: Entity, old: Entity | None) -> Entity:
        """Check an entry by the service that keeps such ones; it is kept as the line says."""
        house = self._house
        match given:
            case Person():
                house.people.check_person(given)
            case Contact():
                house.people.check_contact(given)
            case Medicine():
                house.people.check_medicine(given)
            case Assistance():
                house.insurance.check_assistance(given)
            case CheckIn():
                house.watch.check_numbers(given)
            case BlockedDays():
                house.blocked.check(given)
                before = old.clinic if isinstance(old, BlockedDays) else None
                self._refers(Contact, given.clinic, "clinic", (before,))
            case _:
                raise TypeError(type(given).__name__)
        return given

    def _authorisation(self, given: Authorisation, _old: Authorisation | None) -> Authorisation:
        # The plan may have been deleted; then the approval reaches nothing.
        self._house.people.check_authorisation(given)
        return given

    def _call(self, given: Call, _old: Call | None) -> Call:
        self._house.insurance.check_call(given)
        return given

    def _cost(self, given: Cost, _old: Cost | None) -> Cost:
        self._house.insurance.check_cost(given)
        # Amounts are added up as they are kept, so that there is one way to write them.
        return self._house.insurance.readable(given)

    def _record(self, given: InfusionRecord, old: InfusionRecord | None) -> InfusionRecord:
        self._of_visit(given, record_id(given.visit), old)
        self._house.records.check(given)
        return given

    def _visit_answer(self, given: VisitAnswer, old: VisitAnswer | None) -> VisitAnswer:
        self._of_visit(given, f"{given.visit}:{given.key}", old)
        refuse(
            lambda: texts.title(given.key, "key"),
            lambda: texts.one_of(given.answer, VISIT_ANSWERS, "answer"),
            lambda: texts.paragraphs(given.text, "text"),
        )
        return given

    def _of_visit(
        self, given: InfusionRecord | VisitAnswer, entry: str, old: Entity | None
    ) -> None:
        """Refuse an entry of a visit that is not there, another person's, or with another id."""
        if given.id != entry:
            raise InputRefused("entry.visit_id", "id", id=entry)
        store = self._house.care.store
        visit = store.get(Appointment, given.visit) if texts.is_whole(given.visit) else None
        if visit is None and old is None:
            raise InputRefused("entry.no_such", "visit", id=given.visit)
        if visit is not None and visit.person != given.person:
            raise InputRefused("visit.of_other", "person")

    def _dose(self, given: Dose, _old: Dose | None) -> Dose:
        self._house.doses.check(given)
        return given

    def _side_effect(self, given: SideEffect, _old: SideEffect | None) -> SideEffect:
        self._house.watch.check(given)
        if not given.urgency:
            return replace(given, urgency=self._house.watch.urgency_of(given).value)
        texts.one_of(given.urgency, [tier.value for tier in Tier], "urgency")
        return given

    def _refers(
        self, kind: type[Entity], entry: str | None, field: str, known: Collection[str | None] = ()
    ) -> None:
        """Refuse an id under which nothing of that kind is kept."""
        refers(self._house.care.store, kind, entry, field, known)

    # -- The calendar -------------------------------------------------------------------------

    def _appointment(self, given: Appointment, old: Appointment | None) -> Appointment:
        made = f"{self._house.care.new_id()}@caregiver-companion"
        given = replace(given, uid=given.uid or (made if old is None else old.uid))
        problems = check_appointment(given)
        if problems:
            raise FormRefused(problems)
        refuse(
            lambda: self._check_uid(given),
            lambda: texts.whole(given.sequence, 0, 2**31, "sequence"),
            lambda: check_extra(given.extra),
            lambda: refuse_too_often(self._house.care, given, before=old),
            lambda: self._check_references(given, old),
        )
        if old is not None:
            self._refuse_other_visit(old, given)
        elif self.made_as < _LEADS_ARE_USUAL and reminds_since(given):
            # Nothing reminded of it where it comes from: so nothing does of what is past.
            given = replace(given, entered=self._house.care.now)
        # Dates are looked up by their text, so they are written in one way only.
        return replace(
            given,
            off=parts_off(given.off),
            original=_original(given),
            exdates=tuple(map(_same_text, given.exdates)),
            rdates=tuple(map(_same_text, given.rdates)),
        )

    def _check_uid(self, given: Appointment) -> None:
        """Refuse a UID of more than one line, and that of another entry.

        Other programs make them as long as they like, and dates of a series share one.
        """
        uid = given.uid
        texts.paragraphs(uid, "uid")
        if not uid or "\n" in uid:
            raise InputRefused("id.characters", "uid")
        if given.original:
            return
        named = self._house.care.store.with_uids([uid])
        if any(one.id != given.id and not one.original for one in named):
            raise InputRefused("entry.uid_taken", "uid", uid=uid)

    def _check_references(self, given: Appointment, old: Appointment | None) -> None:
        known = () if old is None else (old.contact, old.medicine)
        self._refers(Contact, given.contact, "contact", known)
        self._refers(Medicine, given.medicine, "medicine", known)
        self._check_plan_of(given)
        self._check_series_of(given)

    def _check_plan_of(self, given: Appointment) -> None:
        plan, dose = given.plan, given.dose
        if plan is None:
            _identifier(given.id)
            if dose is not None:
                raise InputRefused("entry.needs", "dose", name="dose", other="plan")
            return
        if dose is None:
            raise InputRefused("entry.needs", "plan", name="plan", other="dose")
        texts.whole(dose, 1, _MOST_VISITS, "dose")
        if given.id != visit_id(plan, dose):
            raise InputRefused("entry.visit_id", "id", id=visit_id(plan, dose))
        store = self._house.care.store
        if not texts.is_whole(plan) or store.get(Plan, plan, deleted=True) is None:
            raise InputRefused("entry.no_such", "plan", id=plan)
        if given.rrule:
            raise InputRefused("visit.no_repeat", "rrule")

    def _check_series_of(self, given: Appointment) -> None:
        if given.original and (given.rrule or given.rdates or given.exdates):
            raise InputRefused("series.no_repeat", "rrule")
        if given.series is None:
            if given.original:
                parse_moment(given.original, None, "original")
            return
        series = self._house.agenda.get(given.series) if texts.is_whole(given.series) else None
        if series is None or not series.rrule:
            raise InputRefused("series.unknown", "series", id=given.series)
        if to_text(parse_moment(given.original, None, "original")) not in series.exdates:
            raise InputRefused(
                "series.no_such_date", "original", title=series.title, value=given.original
            )

    def _refuse_other_visit(self, old: Appointment, new: Appointment) -> None:
        """Refuse what only the question about a treatment visit's date may change."""
        if old.uid != new.uid:
            raise InputRefused("entry.fixed", "uid", name="uid")
        if (old.series, old.original) != (new.series, new.original):
            raise InputRefused("series.fixed", "series")
        if (old.plan, old.dose) != (new.plan, new.dose):
            raise InputRefused("entry.fixed", "plan", name="plan")
        if old.plan is None or old.plan in self._new_plans:
            return
        if new.person != old.person:
            raise InputRefused("visit.plan_says", "person")
        if new.status == "cancelled" and old.status != "cancelled":
            raise AsksFirst("visit.cancel_first", "status")
        if needs_question(old, new.start):
            raise AsksFirst("visit.date_first", "start")

    def _plan(self, given: Plan, old: Plan | None) -> Plan:
        given = replace(given, uid=given.uid or (old.uid if old else self._house.care.new_id()))
        texts.line(given.uid, "uid")
        self._house.plans.preview(given)
        given = replace(given, off=parts_off(given.off) or ())
        for anchor in given.anchors:
            texts.whole(anchor.dose, 1, _MOST_VISITS, "anchors")
            texts.whole(anchor.step, 0, _MOST_VISITS, "anchors")
        if old is None or given.clinic != old.clinic:
            self._refers(Contact, given.clinic, "clinic")
        if old is None:
            self._new_plans.add(given.id)
            return given
        if old.uid != given.uid:
            raise InputRefused("entry.fixed", "uid", name="uid")
        if given.id not in self._new_plans and any(
            getattr(old, name) != getattr(given, name) for name in _DATES_OF_PLAN
        ):
            raise AsksFirst("plan.dates_fixed", "first")
        return given

    def _leave_out(self, plan: Plan, removed: Collection[int]) -> None:
        """Let visits that were deleted stay so: nothing lays them out again."""
        store = self._house.care.store
        for dose in sorted(set(removed)):
            texts.whole(dose, 1, _MOST_VISITS, "removed")
            entry = visit_id(plan.id, dose)
            if store.get(Appointment, entry) is not None:
                raise AsksFirst("visit.ask_first", "removed")
            if store.get(Appointment, entry, deleted=True) is not None:
                continue
            store.put(
                Appointment(
                    id=entry, uid=visit_uid(plan, dose), person=plan.person, type="infusion",
                    title="", start=visit_start(plan, dose) or plan.first, minutes=plan.minutes,
                    plan=plan.id, dose=dose,
                )
            )  # fmt: skip
            store.remove(Appointment, entry, LONG_AGO)

    def _put_gone(self, plan: Plan) -> str:
        """Keep of a deleted plan what its remaining visits need: that there was one."""
        store = self._house.care.store
        if store.get(Plan, plan.id) is not None:
            raise InputRefused("entry.never_deletes", "gone")
        texts.one_of(plan.unit, UNITS, "unit")
        texts.identifier(plan.uid, "uid")
        if store.get(Plan, plan.id, deleted=True) is None:
            self._new_plans.add(plan.id)
            store.put(without_words(plan))
            store.remove(Plan, plan.id, LONG_AGO)
        return plan.id

    # -- The bag, reminders, settings ---------------------------------------------------------

    def _answer(self, given: Answer, _old: Answer | None) -> Answer:
        if split_id(given.id) is None:
            raise InputRefused("entry.reminder_id", "id")
        refuse(
            lambda: texts.line(given.entry, "entry"),
            lambda: texts.one_of(given.state, ANSWERS, "state"),
            lambda: texts.line(given.reason, "reason"),
            lambda: texts.paragraphs(given.delivery, "delivery"),
        )
        if given.state == "later" and given.until is None:
            raise InputRefused("entry.missing", "until", name="until", a_kind=a_kind("answer"))
        return given

    def _setting(self, given: Setting, _old: Setting | None) -> Setting:
        check_setting(given)
        return given


def without_words(plan: Plan) -> Plan:
    """Return what is told of a deleted plan of which visits stay: not a word of the family's."""
    return replace(plan, medicine="", clinic=None, anchors=(), kit=(), phases=(), off=())


def _original(one: Appointment) -> str:
    if is_alone(one):
        return date_name(one.start, replaced_by(one))
    return _same_text(one.original) if one.original else ""


def _same_text(text: str) -> str:
    return to_text(parse_moment(text, None, "exdates"))


def _identifier(text: str) -> None:
    """Refuse what is no id; one date of a series has the series' id and its wall time."""
    series, slash, key = text.rpartition("/")
    if slash and len(text) > texts.ID_LIMIT:
        parse_moment(key.replace(".", ":"), None, "id")
        text = series
    texts.identifier(text)
