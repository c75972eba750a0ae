"""Therapy plans and their visits: enter once, lay out, move only with the clinic's word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, Contact, Plan
from caregiver_app.domain.plans import (
    MOST_AT_ONCE,
    Choice,
    DateChange,
    anchored,
    check_plan,
    horizon,
    is_start_visit,
    moves,
    proposals,
    same_day,
    units_at,
    visit_id,
    visit_step,
    visit_uid,
)
from caregiver_app.domain.times import AllDay, Moment, instant, refuse_gap, wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.weekly import refuse_plan
from caregiver_app.values import value

_SCHEDULE = ("first", "offsets", "every", "unit", "then")


@value
class Proposal:
    """One line of a plan's preview: `units` after the first visit (weeks, say)."""

    dose: int
    start: Moment
    units: int
    starting: bool
    past: bool


class PlanService:
    """Everything that can be done with a therapy plan."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def all(self, person: str | None = None) -> list[Plan]:
        """Return the plans of everybody or of one person."""
        return self._care.store.all(Plan, **({} if person is None else {"person": person}))

    def get(self, plan_id: str) -> Plan | None:
        """Return a plan by id."""
        return self._care.store.get(Plan, plan_id)

    def check(self, plan: Plan) -> list[InputRefused]:
        """Return what is wrong with a plan's fields, one error a field."""
        return check_plan(plan)

    def preview(self, plan: Plan) -> list[Proposal]:
        """Return the visits that saving `plan` would lay out.

        Raises:
            FormRefused: fields are wrong.
        """
        self._refuse(check_plan(plan))
        care = self._care
        self._refuse_too_many(plan)
        return [
            Proposal(
                dose,
                start,
                units_at(plan, visit_step(plan, dose)) or 0,
                visit_step(plan, dose) < len(plan.offsets),
                instant(start, care.home) + timedelta(minutes=plan.minutes) <= care.now,
            )
            for dose, start in proposals(plan, horizon(care.today))
        ]

    def save(self, plan: Plan, *, past_happened: bool = False) -> Plan:
        """Keep a new plan and lay out its visits, or change what an old one says beside dates.

        `past_happened` marks visits that are over by now as done.

        Raises:
            FormRefused: fields are wrong.
            AsksFirst: an old plan's dates would change, which only its visits can.
        """
        self._refuse(check_plan(plan))
        care = self._care
        with care.change("done.plan", medicine=plan.medicine):
            old = care.store.get(Plan, plan.id) if plan.id else None
            person = care.whose(plan.person, old)
            now = care.now
            if old is None:
                self._refuse_too_many(plan)
                plan = replace(
                    plan,
                    id=plan.id or care.new_id(),
                    uid=plan.uid or care.new_id(),
                    person=person.id,
                    medicine=texts.title(plan.medicine, "medicine"),
                    created=now,
                    changed=now,
                    entered=now,
                )
                care.store.put(plan)
                self._lay_out(plan, past_happened=past_happened, anew=True)
                return plan
            plan = self._changed(old, plan)
            care.store.put(plan)
            self._carry_over(old, plan)
            return plan

    def _refuse_too_many(self, plan: Plan) -> None:
        laid_out = proposals(plan, horizon(self._care.today))
        if len(laid_out) > MOST_AT_ONCE:
            self._refuse([InputRefused("plan.too_many", "first", high=MOST_AT_ONCE)])
        refuse(lambda: refuse_plan(plan.medicine, [start for _, start in laid_out]))

    def _changed(self, old: Plan, new: Plan) -> Plan:
        if any(getattr(old, name) != getattr(new, name) for name in _SCHEDULE):
            raise AsksFirst("plan.dates_fixed", "first")
        return replace(
            new,
            uid=old.uid,
            person=old.person,
            anchors=old.anchors,
            created=old.created,
            entered=old.entered,
            changed=self._care.now,
        )

    def _carry_over(self, old: Plan, plan: Plan) -> None:
        """Bring a changed length or clinic to the visits that are still to come."""
        store, now = self._care.store, self._care.now
        clinic = None if plan.clinic is None else store.get(Contact, plan.clinic)
        for visit in store.visits(plan.id):
            if visit.status in ("done", "cancelled") or instant(visit.start, self._care.home) < now:
                continue
            changed = replace(
                visit,
                minutes=plan.minutes if visit.minutes == old.minutes else visit.minutes,
                contact=plan.clinic if visit.contact == old.clinic else visit.contact,
                place=clinic.name if clinic and visit.contact == old.clinic else visit.place,
            )
            if changed != visit:
                store.put(replace(changed, changed=now, sequence=visit.sequence + 1))

    def lay_out_all(self) -> int:
        """Extend every plan to 24 months ahead; return how many visits came.

        Doing it twice adds nothing. A visit that somebody deleted does not come back.
        """
        due = [plan for plan in self.all() if self._missing(plan)]
        if not due:
            return 0
        with self._care.change("done.laid_out", undoable=False):
            return sum(self._lay_out(plan) for plan in due)

    def _missing(
        self, plan: Plan, *, anew: bool = False, back: Collection[int] = ()
    ) -> list[tuple[int, Moment]]:
        """Return the visits that are not there yet.

        `anew` brings deleted ones along as well, `back` those of them with these numbers.
        """
        store = self._care.store
        known = {visit.dose for visit in store.visits(plan.id)}
        return [
            (dose, start)
            for dose, start in proposals(plan, horizon(self._care.today))
            if dose not in known
            and (
                anew
                or dose in back
                or store.get(Appointment, visit_id(plan.id, dose), deleted=True) is None
            )
        ]

    def _lay_out(
        self,
        plan: Plan,
        *,
        past_happened: bool = False,
        anew: bool = False,
        back: Collection[int] = (),
    ) -> int:
        care = self._care
        clinic = None if plan.clinic is None else care.store.get(Contact, plan.clinic)
        missing = self._missing(plan, anew=anew, back=back)
        for dose, start in missing:
            over = instant(start, care.home) + timedelta(minutes=plan.minutes) <= care.now
            care.store.put(
                Appointment(
                    id=visit_id(plan.id, dose),
                    uid=visit_uid(plan, dose),
                    person=plan.person,
                    type="infusion",
                    title=_visit_title(dose),
                    start=start,
                    minutes=plan.minutes,
                    status="done" if over and past_happened else "planned",
                    place="" if clinic is None else clinic.name,
                    contact=plan.clinic,
                    plan=plan.id,
                    dose=dose,
                    created=care.now,
                    changed=care.now,
                    entered=care.now,
                )
            )
        return len(missing)

    def remove(self, plan_id: str, *, agreed: bool) -> None:
        """Delete a plan and its visits that are not done yet.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
        """
        if not agreed:
            raise AsksFirst("visit.ask_first", "agreed")
        care, plan = self._care, self.get(plan_id)
        if plan is None:
            return
        with care.change("done.plan_removed", medicine=plan.medicine):
            care.store.remove(Plan, plan_id, care.now)
            for visit in care.store.visits(plan_id):
                if visit.status != "done":
                    care.store.remove(Appointment, visit.id, care.now)

    def preview_move(self, visit_id: str, target: Moment, choice: Choice) -> list[DateChange]:
        """Return every date that would change if this visit moved; nothing moves by asking."""
        plan, visit, visits = self._of(visit_id)
        return moves(plan, visits, visit.dose or 0, target, choice)

    def is_starting(self, visit: Appointment) -> bool:
        """Tell whether a visit is a starting visit or the first one after them."""
        plan = None if visit.plan is None else self.get(visit.plan)
        return plan is not None and visit.dose is not None and is_start_visit(plan, visit.dose)

    def move(self, visit_id: str, target: Moment, choice: Choice, *, agreed: bool) -> int:
        """Move a visit to another date and, as chosen, the later ones; return how many changed.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
            InputRefused: that hour does not exist on that day.
        """
        if not agreed:
            raise AsksFirst("visit.ask_first", "agreed")
        if isinstance(target, AllDay):
            raise InputRefused("plan.no_hour", "start")
        refuse_gap(target, "start")
        plan, visit, visits = self._of(visit_id)
        dose, care = visit.dose or 0, self._care
        changes = moves(plan, visits, dose, target, choice)
        by_id = {one.id: one for one in visits}
        with care.change("done.moved", title=visit.title, day=wall(target).date().isoformat()):
            if choice is not Choice.ONLY_THIS:
                later = anchored(plan, dose, wall(target).date(), choice)
                care.store.put(replace(later, changed=care.now))
            for change in changes:
                if not change.added:
                    self._apply(by_id[change.visit], change, visit.id)
            if choice is not Choice.ONLY_THIS:
                # A visit that an earlier move had taken away comes back if this one brings it.
                back = {change.dose for change in changes if change.added}
                self._lay_out(self.get(plan.id) or plan, back=back)
        return len(changes)

    def _apply(self, visit: Appointment, change: DateChange, moved: str) -> None:
        care = self._care
        if change.after is None:
            care.store.remove(Appointment, visit.id, care.now)
            return
        status = visit.status
        if visit.id == moved and not same_day(visit.start, change.after):
            status = "delayed" if status == "planned" else status
        care.store.put(
            replace(
                visit,
                start=change.after,
                leave_at=_moved_leave(visit, change.after),
                status=status,
                sequence=visit.sequence + 1,
                changed=care.now,
                entered=care.now,
            )
        )

    def cancel(self, visit_id: str, *, agreed: bool) -> None:
        """Cancel one visit; it stays, struck through, and the later ones keep their dates.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
        """
        self._end(visit_id, agreed=agreed, keep=True)

    def delete(self, visit_id: str, *, agreed: bool) -> None:
        """Delete one visit; the later ones keep their dates.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
        """
        self._end(visit_id, agreed=agreed, keep=False)

    def _end(self, visit_id: str, *, agreed: bool, keep: bool) -> None:
        if not agreed:
            raise AsksFirst("visit.ask_first", "agreed")
        care = self._care
        _, visit, _ = self._of(visit_id)
        day = wall(visit.start).date().isoformat()
        with care.change("done.cancelled" if keep else "done.removed", title=visit.title, day=day):
            if keep:
                cancelled = replace(visit, status="cancelled", sequence=visit.sequence + 1)
                care.store.put(replace(cancelled, changed=care.now))
            else:
                care.store.remove(Appointment, visit.id, care.now)

    def _of(self, visit_id: str) -> tuple[Plan, Appointment, Sequence[Appointment]]:
        visit = self._care.store.get(Appointment, visit_id)
        plan = None if visit is None or visit.plan is None else self.get(visit.plan)
        if visit is None or plan is None:
            raise InputRefused("visit.gone", "id", id=visit_id)
        return plan, visit, self._care.store.visits(plan.id)

    @staticmethod
    def _refuse(problems: list[InputRefused]) -> None:
        if problems:
            raise FormRefused(problems)


def _moved_leave(visit: Appointment, start: Moment) -> str:
    """Return when to set off for a visit at its new hour: as long before it as until now."""
    if not visit.leave_at:
        return ""
    on_the_way = wall(visit.start) - datetime.combine(
        wall(visit.start).date(), time.fromisoformat(visit.leave_at)
    )
    leave = wall(start) - on_the_way
    # Before midnight there is no hour of the same day left to name.
    return f"{leave:%H:%M}" if leave.date() == wall(start).date() else ""


def _visit_title(dose: int) -> str:
    return f"Infusion {dose}"
