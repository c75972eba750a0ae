"""What the family answered, and what was said: both are kept under a reminder's id."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from caregiver_app.domain import texts
from caregiver_app.domain.deadlines import DEADLINES
from caregiver_app.domain.entities import Answer, Appointment, Assistance, Authorisation, Call
from caregiver_app.domain.prompts import NO_MORE, PROMPT
from caregiver_app.domain.reminders import HAPPENED, Reminder, owner_of, split_id
from caregiver_app.domain.times import in_zone
from caregiver_app.errors import InputRefused
from caregiver_app.messages import words
from caregiver_app.services.care import Care
from caregiver_app.services.home_doses import mark_visit, tells_of_taking
from caregiver_app.services.reminder_index import SETTLED, ReminderIndex
from caregiver_app.services.reminder_notices import Notice
from caregiver_app.services.reminder_saying import Sayings
from caregiver_app.services.reminder_sources import ReminderSources, Source, reminders_with


class Answering:
    """Keeps what became of reminders."""

    def __init__(
        self, care: Care, sources: ReminderSources, index: ReminderIndex, sayings: Sayings
    ) -> None:
        self._care, self._sources = care, sources
        self._index, self._sayings = index, sayings

    # What was said

    def record(self, notice: Notice, delivery: str) -> None:
        """Keep that a notice was said; what was answered or recorded meanwhile stays as it is.

        Nothing is kept of what is gone by now.
        """
        care, now, wishes = self._care, self._care.now, self._sayings.wishes()
        ids = [reminder.id for reminder in notice.reminders]
        # The clock may have been set back since it was said.
        moment = max(now, notice.at or now)
        with care.change("done.reminded", undoable=False, armed=ids):
            before, there = care.store.answers_by_ids(ids), self.with_ids(ids)
            for reminder in notice.reminders:
                if reminder.id not in there:
                    continue
                old = before.get(reminder.id)
                if old is not None:
                    again = self._sayings.rings_again(old, reminder, wishes)
                    again = old.until if old.state == "later" else again
                    if again is None or again > moment:
                        continue
                blank = old or _blank(reminder, now)
                care.store.put(
                    replace(
                        blank,
                        due=reminder.due,
                        state="shown",
                        shown=now,
                        said=blank.said + 1,
                        until=None,
                        answered=None,
                        reason="",
                        delivery=delivery,
                        changed=now,
                    )
                )
            prompting = self._sources.prompting()
            if prompting is not None and any(one.what == PROMPT for one in notice.reminders):
                prompting.let_go()
            self._index.reindex({reminder.owner for reminder in notice.reminders})

    # What was answered

    def answer(self, wanted: str, state: str, until: datetime | None, reason: str) -> list[str]:
        """Answer one reminder, or all due ones of an entry; return the ids answered."""
        self._check_until(state, until)
        return self._answer(self.chosen(wanted), state, until, texts.line(reason, "reason"))

    def answer_all(
        self, wanted: Collection[str], state: str, until: datetime | None, reason: str
    ) -> list[str]:
        """Answer all reminders with these ids as one change; return the ids answered."""
        self._check_until(state, until)
        found = self.with_ids(wanted)
        for id_ in wanted:
            if id_ not in found:
                raise InputRefused("reminder.unknown", "id", id=id_)
        chosen = [found[id_] for id_ in dict.fromkeys(wanted)]
        return self._answer(chosen, state, until, texts.line(reason, "reason"))

    def _check_until(self, state: str, until: datetime | None) -> None:
        if state == "later" and (until is None or until <= self._care.now):
            raise InputRefused("reminder.later_when", "until")

    def _answer(
        self, chosen: Sequence[Reminder], state: str, until: datetime | None, reason: str
    ) -> list[str]:
        care, now = self._care, self._care.now
        ids = [reminder.id for reminder in chosen]
        many = "" if len(chosen) == 1 else "_many"
        what = self.name_of(chosen[0]) if chosen else ""
        label = f"done.answered_{state}{many}"
        never = (state, reason) == ("skipped", NO_MORE) and all(
            one.what == PROMPT for one in chosen
        )
        if never:
            label, reason = "done.card_never", ""
        told: dict[str, Any] = (
            {} if until is None else {"until": in_zone(until, care.home).isoformat()}
        )
        with care.change(label, armed=ids, count=len(chosen), what=what, **told):
            before = care.store.answers_by_ids(ids)
            visits = care.store.by_ids(Appointment, {reminder.owner for reminder in chosen})
            homes = {one.id: one for one in visits if one.plan is not None}
            for reminder in chosen:
                old = before.get(reminder.id)
                if state == "later" and old is not None and old.state in SETTLED:
                    # Once answered, only undo makes it ring again.
                    raise InputRefused("reminder.answered", "id", id=reminder.id)
                blank = old or _blank(reminder, now)
                care.store.put(
                    replace(
                        blank,
                        due=reminder.due,
                        state=state,
                        # What rings later is said anew, and may be repeated as often again.
                        said=0 if state == "later" else blank.said,
                        until=until if state == "later" else None,
                        answered=now,
                        reason=reason,
                        changed=now,
                    )
                )
                prompting = self._sources.prompting() if never else None
                if prompting is not None:
                    prompting.put_away(reminder)
                visit = homes.get(reminder.owner)
                if visit is not None and state == "done" and tells_of_taking(reminder, visit, care):
                    mark_visit(care, visit, taken=True)
            self._index.reindex({reminder.owner for reminder in chosen})
        return ids

    def name_of(self, reminder: Reminder) -> str:
        """Return what a reminder is about, in a few words: its step, else its appointment."""
        reference = self._care.reference
        if reminder.what in ("well_enough", "anything_new"):
            asked = reminder.what == "well_enough"
            return (reference.well_enough if asked else reference.anything_new).name
        if reminder.what == HAPPENED:
            return words("reminder.happened")
        if reminder.what == PROMPT:
            return words("reminder.prompt")
        step = reference.step(reminder.what)
        if step is not None:
            return step.text.split(":")[0].rstrip(".")
        match self.source_of(reminder):
            case Appointment(title=title):
                return title
            case Assistance(name=name) | Call(with_whom=name):
                return name
            case Authorisation(insurer=insurer):
                return insurer or words("reminder.approval")
            case _:
                return ""

    def source_of(self, reminder: Reminder) -> Source | None:
        """Return what a reminder belongs to: an appointment, an approval, help to pay or a call."""
        kind = DEADLINES.get(reminder.what, Appointment)
        return self._care.store.get(kind, reminder.owner)

    # Which are meant

    def chosen(self, wanted: str) -> list[Reminder]:
        """Return the reminder with that id, or all due ones of the entry with that id."""
        if not texts.is_whole(wanted):
            raise InputRefused("reminder.unknown", "id", id=wanted)
        found = self.with_ids((wanted,))
        if found:
            return list(found.values())
        if not self._sources.called(wanted):
            raise InputRefused("reminder.unknown", "id", id=wanted)
        # In this order: what another program says between the two looks is then in the second.
        due = [one for one in self._sayings.due(held=True) if one.owner == wanted]
        shown = [one.id for one in self._care.store.open_answers("shown", wanted)]
        found = {one.id: one for one in (*due, *self.brought({wanted: shown}).values())}
        return sorted(found.values(), key=lambda reminder: (reminder.due, reminder.id))

    def with_ids(self, ids: Collection[str]) -> dict[str, Reminder]:
        """Return the reminders with these ids that anything still brings."""
        whole: dict[str, list[str]] = {}
        hung: dict[str, list[str]] = {}
        for id_ in ids:
            parts = split_id(id_) if texts.is_whole(id_) else None
            if parts is not None:
                whole.setdefault(parts[0], []).append(id_)
                hung.setdefault(owner_of(parts[0]), []).append(id_)
        return self.brought(hung) | self.brought(whole)

    def brought(self, ids: dict[str, list[str]]) -> dict[str, Reminder]:
        """Return those of the reminders, told by what may have them, that are still brought."""
        near, found = self._sources.surroundings(), dict[str, Reminder]()
        for owner, sources in self._sources.all_called(ids).items():
            for source in sources:
                found |= reminders_with(ids[owner], source, near)
        return found


def _blank(reminder: Reminder, now: datetime) -> Answer:
    return Answer(
        id=reminder.id, entry=reminder.owner, due=reminder.due, state="shown", created=now
    )
