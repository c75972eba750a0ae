"""How long a plan's infusions are watched after: another length changes only what is coming."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from caregiver_app.domain.entities import Answer, Plan
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.reminders import CHECK_INS, Reminder, reminders_of
from caregiver_app.domain.times import local_day, wall
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_sources import ReminderSources
from caregiver_app.services.settings import Settings

_LONGEST = timedelta(days=100)
"""More than a window can last."""


class WatchLength:
    """Looks at the check-ins of a plan before and after its length is changed."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def check_ins(self, plan: Plan) -> dict[str, Reminder]:
        """Return the check-ins of the plan's latest visits, as its kept length brings them."""
        care = self._care
        near = ReminderSources(care, Settings(care)).surroundings()
        first = care.today - _LONGEST
        return {
            one.id: one
            for visit in care.store.visits(plan.id)
            if first <= wall(visit.start).date() <= care.today
            for one in reminders_of(Occurrence(visit, visit.start), near)
            if one.what in CHECK_INS
        }

    def settle(self, before: Mapping[str, Reminder], plan: Plan) -> None:
        """Let check-ins of days before today that are new rest; called inside the change.

        Nobody could have answered them: they were not asked then.
        """
        care = self._care
        brought = self.check_ins(plan)
        new = {id_: one for id_, one in brought.items() if id_ not in before}
        known = care.store.answers_by_ids(list(new))
        for id_, one in new.items():
            if local_day(one.due, care.home) >= care.today or id_ in known:
                continue
            answer = Answer(id=id_, entry=one.owner, due=one.due, state="skipped", created=care.now)
            care.store.put(replace(answer, answered=care.now, changed=care.now))
