"""Therapy plans and their visits: enter once, lay out, move only with the clinic's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Plan
from caregiver_app.domain.plan_changes import (
    carried,
    changed_dates,
    is_rescheduled,
    may_change,
    refuse_rewriting,
)
from caregiver_app.domain.plans import (
    MOST_AT_ONCE,
    DateChange,
    check_plan,
    horizon,
    proposals,
)
from caregiver_app.domain.times import wall
from caregiver_app.errors import AsksFirst, FormRefused, InputRefused
from caregiver_app.services.care import refuse
from caregiver_app.services.plan_layout import visit_title
from caregiver_app.services.plan_proposals import (
    Proposal,
    double_of,
    knows_before_anchor,
    preview,
)
from caregiver_app.services.visit_moves import VisitMoves
from caregiver_app.services.watch_length import WatchLength
from caregiver_app.services.weekly import refuse_plan

__all__ = ["PlanService", "Proposal", "visit_title"]


class PlanService(VisitMoves):
    """Everything that can be done with a therapy plan and its visits."""

    def all(self, person: str | None = None) -> list[Plan]:
        """Return the plans of everybody or of one person."""
        return self._care.store.all(Plan, **({} if person is None else {"person": person}))

    def check(self, plan: Plan) -> list[InputRefused]:
        """Return what is wrong with a plan's fields, one error a field."""
        return check_plan(plan, before_anchor=knows_before_anchor(self._care, plan))

    def preview(self, plan: Plan) -> list[Proposal]:
        """Return the visits of `plan`, 24 months from the later of today and its first day.

        Raises:
            FormRefused: fields are wrong.
        """
        self._refuse(self.check(plan))
        first = wall(plan.first).date()
        self._refuse_too_many(plan, max(first, self._care.today))
        return preview(self._care, plan)

    def preview_change(self, plan: Plan) -> list[DateChange]:
        """Return every date that would change if the plan with this id became `plan`.

        Raises:
            FormRefused: fields are wrong.
            AsksFirst: more of its schedule differs than a plan under way may change.
            InputRefused: it is not there, or visits that are over would become other ones.
        """
        old = self.get(plan.id)
        if old is None:
            raise InputRefused("entry.gone", "id", id=plan.id)
        self._refuse(self.check(plan))
        return self._changes(old, self._changed(old, plan))

    def set_watch_days(self, plan: Plan, days: int) -> Plan:
        """Keep for how many days after an infusion signs are watched for, 0 to 60 or so.

        Raises:
            FormRefused: it is no number of days that can be kept.
        """
        with self._care.change("done.watch_days", count=days):
            return self.save(replace(plan, watch_days=days))

    def save(
        self,
        plan: Plan,
        *,
        past_happened: bool = False,
        beside: bool = False,
        agreed: bool = False,
    ) -> Plan:
        """Keep a new plan and lay out its visits, or change an old one.

        Of an old one's schedule only the last day, the number of visits and parts at its end may
        change; `preview_change` tells beforehand which dates that changes.

        Args:
            plan: as it should be.
            past_happened: visits of a new plan that are over by now are marked as done.
            beside: a new plan may stand beside another one for the same medicine.
            agreed: the tick "The clinic gave us this date".

        Raises:
            FormRefused: fields are wrong.
            AsksFirst: another plan for this medicine is running, the tick is missing, or an old
                plan's dates would change in a way that only its visits can.
            InputRefused: visits that are over would become other ones.
        """
        self._refuse(self.check(plan))
        care = self._care
        with care.change("done.plan", medicine=plan.medicine.strip()):
            old = care.store.get(Plan, plan.id) if plan.id else None
            person = care.whose(plan.person, old)
            plan = replace(plan, medicine=texts.title(plan.medicine, "medicine"))
            if old is not None:
                return self._save_old(old, plan, agreed=agreed)
            plan = replace(
                plan,
                id=plan.id or care.new_id(),
                uid=plan.uid or care.new_id(),
                person=person.id,
                created=care.now,
                changed=care.now,
                entered=care.now,
            )
            self._refuse_too_many(plan, care.today)
            if not beside and double_of(care, plan) is not None:
                raise AsksFirst("plan.overlaps", "medicine", medicine=plan.medicine)
            care.store.put(plan)
            self._layout.lay_out(plan, past_happened=past_happened, anew=True)
            return plan

    def _save_old(self, old: Plan, plan: Plan, *, agreed: bool) -> Plan:
        care, visits = self._care, self._care.store.visits(plan.id)
        plan = self._changed(old, plan)
        rescheduled = is_rescheduled(old, plan)
        changes = self._changes(old, plan) if rescheduled else []
        if rescheduled and not agreed:
            raise AsksFirst("visit.ask_first", "agreed")
        length = WatchLength(care) if plan.watch_days > old.watch_days else None
        before = {} if length is None else length.check_ins(old)
        care.store.put(plan)
        if length is not None:
            length.settle(before, plan)
        between = old
        if rescheduled:
            between = replace(
                old, last=plan.last, count=plan.count, phases=plan.phases, anchors=plan.anchors
            )
            self._rewrite(old, between, visits, changes)
        self._layout.carry_over(between, plan)
        return plan

    def _changes(self, old: Plan, plan: Plan) -> list[DateChange]:
        if not is_rescheduled(old, plan):
            return []
        care, visits = self._care, self._care.store.visits(plan.id)
        self._refuse_too_many(plan, care.today)
        refuse_rewriting(old, plan, visits, care.today)
        deleted = self._layout.deleted(old)
        return changed_dates(old, plan, visits, horizon(care.today), deleted)

    def _refuse_too_many(self, plan: Plan, day: date) -> None:
        laid_out = proposals(plan, horizon(day))
        if len(laid_out) > MOST_AT_ONCE:
            self._refuse([InputRefused("plan.too_many", "first", high=MOST_AT_ONCE)])
        refuse(lambda: refuse_plan(plan.medicine, [start for _, start in laid_out]))

    def _changed(self, old: Plan, new: Plan) -> Plan:
        if is_rescheduled(old, new) and not may_change(old, new):
            raise AsksFirst("plan.dates_fixed", "first")
        return replace(
            carried(old, new),
            uid=old.uid,
            person=old.person,
            created=old.created,
            entered=old.entered,
            changed=self._care.now,
        )

    def lay_out_all(self) -> int:
        """Extend every plan to 24 months ahead; return how many visits came.

        Doing it twice adds nothing. A visit that somebody deleted does not come back.
        """
        due = [plan for plan in self.all() if self._layout.missing(plan)]
        if not due:
            return 0
        care = self._care
        with care.change("done.laid_out", undoable=False):
            # New visits stand where the plan is now: an earlier version cannot be brought back.
            care.store.put_all(replace(plan, changed=care.now) for plan in due)
            return sum(self._layout.lay_out(plan) for plan in due)

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
                    self._layout.take_away(visit, with_number=True)

    @staticmethod
    def _refuse(problems: list[InputRefused]) -> None:
        if problems:
            raise FormRefused(problems)
