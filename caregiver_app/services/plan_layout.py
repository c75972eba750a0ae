"""The visits of a plan as entries: laying them out, keeping them as their plan says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from caregiver_app.domain.entities import Appointment, Contact, InfusionRecord, Plan
from caregiver_app.domain.phases import has_end
from caregiver_app.domain.plans import (
    horizon,
    minutes_of,
    phase_at,
    proposals,
    visit_id,
    visit_uid,
)
from caregiver_app.domain.times import Moment, instant
from caregiver_app.services.care import Care
from caregiver_app.services.records import record_id


def visit_title(dose: int, *, at_home: bool) -> str:
    """Return what a visit is called when it is laid out."""
    return f"Injection {dose}" if at_home else f"Infusion {dose}"


class PlanLayout:
    """Writes a plan's visits; only inside a change."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def missing(self, plan: Plan, *, anew: bool = False) -> list[tuple[int, Moment]]:
        """Return number and start of the visits that are not there yet, up to 24 months ahead.

        A visit that somebody deleted is not missed, unless everything comes `anew`.
        """
        known = {visit.dose for visit in self._care.store.visits(plan.id, deleted=not anew)}
        found = proposals(plan, horizon(self._care.today))
        return [(dose, start) for dose, start in found if dose not in known]

    def deleted(self, plan: Plan) -> set[int]:
        """Return the numbers of visits that somebody deleted, of a plan that has an end."""
        if not has_end(plan):
            return set()
        store = self._care.store
        every = {visit.dose for visit in store.visits(plan.id, deleted=True)}
        alive = {visit.dose for visit in store.visits(plan.id)}
        return {dose for dose in every - alive if dose is not None}

    def lay_out(self, plan: Plan, *, past_happened: bool = False, anew: bool = False) -> int:
        """Write the visits that are missing; return how many came.

        `past_happened` marks those that are over by now as done; see `missing` for the rest.
        """
        care, clinic = self._care, self._name_of(plan.clinic)
        missing = self.missing(plan, anew=anew)
        for dose, start in missing:
            at_home, minutes = phase_at(plan, dose)[1].at_home, minutes_of(plan, dose)
            done = past_happened and self.is_over(start, minutes)
            care.store.put(
                Appointment(
                    id=visit_id(plan.id, dose),
                    uid=visit_uid(plan, dose),
                    person=plan.person,
                    type="medication" if at_home else "infusion",
                    title=visit_title(dose, at_home=at_home),
                    start=start,
                    minutes=minutes,
                    status="done" if done else "planned",
                    place="" if at_home else clinic,
                    contact=plan.clinic,
                    plan=plan.id,
                    dose=dose,
                    created=care.now,
                    changed=care.now,
                    entered=care.now,
                )
            )
        return len(missing)

    def is_over(self, start: Moment, minutes: int) -> bool:
        """Tell whether something of that length that starts then is over by now."""
        return instant(start, self._care.home) + timedelta(minutes=minutes) <= self._care.now

    def carry_over(self, old: Plan, plan: Plan) -> None:
        """Bring a changed length or clinic to the visits that are still to come."""
        store, now = self._care.store, self._care.now
        for visit in store.visits(plan.id):
            if visit.status in ("done", "cancelled") or instant(visit.start, self._care.home) < now:
                continue
            changed = self.as_planned(visit, old, plan)
            if changed != visit:
                store.put(replace(changed, changed=now, sequence=visit.sequence + 1))

    def as_planned(self, visit: Appointment, old: Plan, new: Plan) -> Appointment:
        """Return a visit with what another version of its plan says of it, beside its date.

        What the family changed on the visit itself stays: a length or a name of its own. One that
        becomes an injection at home has no ride any more.
        """
        dose = visit.dose or 0
        if visit.minutes == minutes_of(old, dose):
            visit = replace(visit, minutes=minutes_of(new, dose))
        before, after = phase_at(old, dose)[1].at_home, phase_at(new, dose)[1].at_home
        if before != after:
            visit = self._of_other_kind(visit, new, at_home=after)
        if visit.contact == old.clinic and old.clinic != new.clinic:
            kept = visit.place if visit.type == "medication" else self._name_of(new.clinic)
            visit = replace(visit, contact=new.clinic, place=kept)
        return visit

    def _of_other_kind(self, visit: Appointment, plan: Plan, *, at_home: bool) -> Appointment:
        dose = visit.dose or 0
        if visit.title == visit_title(dose, at_home=not at_home):
            visit = replace(visit, title=visit_title(dose, at_home=at_home))
        if not at_home:
            return replace(visit, type="infusion", place=visit.place or self._name_of(plan.clinic))
        return replace(
            visit,
            type="medication",
            place="",
            driver="",
            driver_phone="",
            leave_at="",
            pick_up="",
            travel_minutes=None,
            parking_minutes=None,
            early_minutes=None,
            ride_home="",
            ride_home_phone="",
        )

    def take_away(self, visit: Appointment, *, with_number: bool) -> None:
        """Remove a visit with what was written down about it.

        One that the plan has no more goes without its number, so that it can come back with the
        plan; with its number it stays deleted.
        """
        care = self._care
        if not with_number:
            care.store.put(replace(visit, dose=None))
        care.store.remove(Appointment, visit.id, care.now)
        care.store.remove(InfusionRecord, record_id(visit.id), care.now)

    def _name_of(self, clinic: str | None) -> str:
        found = None if clinic is None else self._care.store.get(Contact, clinic)
        return "" if found is None else found.name
