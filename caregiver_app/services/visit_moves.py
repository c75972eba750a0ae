"""The visits of a plan, one by one: moved, done, cancelled, deleted with the clinic's word only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, InfusionRecord, Plan
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.plans import (
    Choice,
    DateChange,
    anchored,
    horizon,
    is_start_visit,
    moves,
    same_day,
    visit_start,
)
from caregiver_app.domain.times import AllDay, Moment, instant, local_day, refuse_gap, wall
from caregiver_app.errors import AsksFirst, InputRefused
from caregiver_app.services.care import Care
from caregiver_app.services.home_doses import is_at_home, unmark
from caregiver_app.services.plan_layout import PlanLayout
from caregiver_app.services.plan_proposals import goes_on_otherwise
from caregiver_app.services.records import check_record, put_record

_OPEN: Final = ("planned", "booked", "delayed")
_ASK: Final = "visit.ask_first"


class VisitMoves:
    """What can be done with one visit of a plan."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._layout = PlanLayout(care)

    def get(self, plan_id: str) -> Plan | None:
        """Return a plan by id."""
        return self._care.store.get(Plan, plan_id)

    def visits(self, plan_id: str) -> list[Appointment]:
        """Return every visit of a plan in its order, injections at home among them."""
        return self._care.store.visits(plan_id)

    def is_starting(self, visit: Appointment) -> bool:
        """Tell whether a visit is a starting visit or the first one after them."""
        plan = None if visit.plan is None else self.get(visit.plan)
        if plan is None or visit.dose is None:
            return False
        return is_start_visit(plan, visit.dose) or goes_on_otherwise(self._care, plan)

    def preview_move(self, visit_id: str, target: Moment, choice: Choice) -> list[DateChange]:
        """Return every date that would change if this visit moved; nothing moves by asking."""
        plan, visit, visits = self._of(visit_id)
        return self._moves(plan, visits, visit.dose or 0, target, choice)

    def move(self, visit_id: str, target: Moment, choice: Choice, *, agreed: bool) -> int:
        """Move a visit to another date and, as chosen, the later ones; return how many changed.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
            InputRefused: that hour does not exist on that day.
        """
        if not agreed:
            raise AsksFirst(_ASK, "agreed")
        _refuse_no_hour(target)
        plan, visit, visits = self._of(visit_id)
        day = wall(target).date().isoformat()
        with self._care.change("done.moved", title=visit.title, day=day):
            return self._move(plan, visit, visits, target, choice)

    def done(
        self,
        visit_id: str,
        *,
        start: Moment | None = None,
        choice: Choice | None = None,
        agreed: bool = False,
        record: InfusionRecord | None = None,
    ) -> int:
        """Mark a visit as done, as one change; return how many dates changed.

        Args:
            visit_id: the visit.
            start: when it really was, None: as it stands in the calendar.
            choice: what another day means for the later visits.
            agreed: the clinic gave the dates that change.
            record: what the nurse wrote down, if anything.

        Raises:
            AsksFirst: it was on another day, and `choice` or `agreed` is missing.
            InputRefused: it is still to come, or that hour does not exist on that day.
            FormRefused: a field of the record cannot be taken.
        """
        care = self._care
        plan, visit, visits = self._of(visit_id)
        there = visit.start if start is None else start
        _refuse_no_hour(there)
        if local_day(instant(there, care.home), care.home) > care.today:
            raise InputRefused("visit.not_yet", "start", day=wall(there).date().isoformat())
        if not same_day(visit.start, there):
            if choice is None:
                raise AsksFirst("visit.choose_later", "choice")
            if not agreed:
                raise AsksFirst(_ASK, "agreed")
        if record is not None:
            check_record(record)
        day = wall(there).date().isoformat()
        with care.change("done.visit_done", title=visit.title, day=day):
            changed = 0
            if there != visit.start:
                only = Choice.ONLY_THIS if choice is None else choice
                only = Choice.ONLY_THIS if same_day(visit.start, there) else only
                changed = self._move(plan, visit, visits, there, only)
            self._mark(self._of(visit_id)[1], "done")
            if record is not None:
                put_record(care, visit, record)
        return changed

    def set_status(self, visit_id: str, status: str) -> None:
        """Mark a visit planned, booked, or delayed with no new date yet; also back from done.

        "done" is the same as `done` without anything else.

        Raises:
            AsksFirst: cancelling has a door of its own.
            InputRefused: it is no such word, or the visit is not there.
        """
        if status == "cancelled":
            raise AsksFirst("visit.cancel_first", "status")
        if status == "done":
            self.done(visit_id)
            return
        texts.one_of(status, (*_OPEN, "done"), "status")
        visit = self._of(visit_id)[1]
        if visit.status == status:
            return
        day = wall(visit.start).date().isoformat()
        with self._care.change(f"done.visit_{status}", title=visit.title, day=day):
            if visit.status == "done" and is_at_home(visit):
                unmark(self._care, Occurrence(visit, visit.start))
            self._mark(visit, status)

    def cancel(self, visit_id: str, *, agreed: bool) -> None:
        """Cancel one visit; it stays, struck through, and the later ones keep their dates.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
        """
        visit = self._agreed(visit_id, agreed=agreed)
        day = wall(visit.start).date().isoformat()
        with self._care.change("done.cancelled", title=visit.title, day=day):
            self._mark(visit, "cancelled")

    def delete(self, visit_id: str, *, agreed: bool) -> None:
        """Delete one visit with its record; the later ones keep their dates.

        Raises:
            AsksFirst: the tick "The clinic gave us this date" is missing.
        """
        visit = self._agreed(visit_id, agreed=agreed)
        day = wall(visit.start).date().isoformat()
        with self._care.change("done.removed", title=visit.title, day=day):
            self._layout.take_away(visit, with_number=True)

    # -- Underneath -------------------------------------------------------------------------------

    def _agreed(self, visit_id: str, *, agreed: bool) -> Appointment:
        if not agreed:
            raise AsksFirst(_ASK, "agreed")
        return self._of(visit_id)[1]

    def _moves(
        self,
        plan: Plan,
        visits: Sequence[Appointment],
        dose: int,
        target: Moment,
        choice: Choice,
    ) -> list[DateChange]:
        return moves(
            plan,
            visits,
            dose,
            target,
            choice,
            until=horizon(self._care.today),
            deleted=self._layout.deleted(plan),
        )

    def _move(
        self,
        plan: Plan,
        visit: Appointment,
        visits: Sequence[Appointment],
        target: Moment,
        choice: Choice,
    ) -> int:
        care, dose = self._care, visit.dose or 0
        changes = self._moves(plan, visits, dose, target, choice)
        later = anchored(plan, dose, wall(target).date(), choice)
        if later != plan:
            later = replace(later, changed=care.now)
            care.store.put(later)
        self._rewrite(plan, later, visits, changes, moved=visit.id)
        return len(changes)

    def _rewrite(
        self,
        old: Plan,
        new: Plan,
        visits: Sequence[Appointment],
        changes: Sequence[DateChange],
        *,
        moved: str = "",
    ) -> None:
        """Bring the visits to where another version of their plan has them."""
        care, layout = self._care, self._layout
        told = {change.visit: change for change in changes if not change.added}
        for visit in visits:
            change = told.get(visit.id)
            if change is not None and change.after is None:
                layout.take_away(visit, with_number=self._proposes(new, visit))
                continue
            if change is None and visit.status in ("done", "cancelled"):
                continue
            changed = visit
            if change is not None and change.after is not None:
                changed = self._dated(visit, change.after, is_moved=visit.id == moved)
            if old != new and visit.id != moved:
                changed = layout.as_planned(changed, old, new)
            if changed != visit:
                care.store.put(replace(changed, sequence=visit.sequence + 1, changed=care.now))
        if old != new:
            layout.lay_out(new)

    def _proposes(self, plan: Plan, visit: Appointment) -> bool:
        """Tell whether laying out would bring a visit again that goes."""
        start = visit_start(plan, visit.dose or 0)
        return start is not None and wall(start).date() <= horizon(self._care.today)

    def _dated(self, visit: Appointment, start: Moment, *, is_moved: bool) -> Appointment:
        waits = is_moved and visit.status == "planned" and not same_day(visit.start, start)
        return replace(
            visit,
            start=start,
            leave_at=_moved_leave(visit, start),
            status="delayed" if waits else visit.status,
            entered=self._care.now,
        )

    def _mark(self, visit: Appointment, status: str) -> None:
        if visit.status != status:
            marked = replace(visit, status=status, sequence=visit.sequence + 1)
            self._care.store.put(replace(marked, changed=self._care.now))

    def _of(self, visit_id: str) -> tuple[Plan, Appointment, Sequence[Appointment]]:
        visit = self._care.store.get(Appointment, visit_id)
        plan = None if visit is None or visit.plan is None else self.get(visit.plan)
        if visit is None or plan is None:
            raise InputRefused("visit.gone", "id", id=visit_id)
        return plan, visit, self._care.store.visits(plan.id)


def _refuse_no_hour(target: Moment) -> None:
    if isinstance(target, AllDay):
        raise InputRefused("plan.no_hour", "start")
    refuse_gap(target, "start")


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
