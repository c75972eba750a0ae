"""What one day holds: who is watched, medicines of the day, what comes next, what to do first.

Everything is read for a few days around today; nothing here keeps a copy of anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from caregiver_app.domain.entities import Answer, Appointment, Authorisation, Medicine, SideEffect
from caregiver_app.domain.entities import Dose as Given
from caregiver_app.domain.lasting import LONG_DAYS, lasting
from caregiver_app.domain.occurrences import Occurrence, occurrences, occurrences_on
from caregiver_app.domain.recurrence import Rule, parse_rule
from caregiver_app.domain.reminders import (
    CHECK_INS,
    PACKING,
    Reminder,
    Surroundings,
    is_infusion,
    reminder_id,
    reminders_of,
)
from caregiver_app.domain.times import MINUTES_A_DAY, AllDay, instant, local_day, wall
from caregiver_app.domain.watch import Tier
from caregiver_app.services.home_doses import mark_visit
from caregiver_app.services.household import Household
from caregiver_app.storage.watching import going_on
from caregiver_app.values import value

AHEAD: Final = timedelta(days=28)
"""So far ahead the next things are looked for."""
_SETTLED: Final = ("done", "skipped")
_ASKS_FOR_APPROVAL = "pa_check"
"""The step of the reference that is done once an approval covers the visit."""
_OVER: Final = ("done", "cancelled")
_NEARLY_DAILY: Final = 4
_DAY: Final = timedelta(days=1)
_LATELY: Final = timedelta(days=2)
"""So long after an urgent sign it is asked how it is now."""
_URGENT: Final = (Tier.EMERGENCY, Tier.CALL_TODAY)


@value
class Dose:
    """One medicine at one hour of today. `state` is "open", "done" or "skipped".

    `reminders` are what ticking it answers, `answered` the UTC instant at which that happened,
    `reason` why it was skipped, as typed.
    """

    appointment: Appointment
    occurrence: Occurrence
    reminders: tuple[str, ...]
    state: str
    answered: datetime | None
    reason: str = ""


@value
class Ahead:
    """Something that comes: an occurrence, or a check-in of a watched visit.

    `at` is its UTC instant, `step` the key of a check-in ("" for an appointment).
    """

    at: datetime
    appointment: Appointment
    occurrence: Occurrence
    step: str = ""


@value
class Watching:
    """A watch window that is open today: its days, those with an entry, its check-ins.

    `day` and `last` count from the visit's own day, which is 0. `check_ins` are those without an
    answer, the earliest first, `checked` is the id of today's entry ("" while there is none).
    """

    visit: Appointment
    day: int
    last: int
    ends: date
    written: frozenset[int]
    check_ins: tuple[Reminder, ...]
    checked: str

    @property
    def check_in(self) -> Reminder | None:
        """The earliest check-in without an answer."""
        return self.check_ins[0] if self.check_ins else None


@value
class Next:
    """What to do first before a visit: a preparation step, or a lab appointment."""

    day: date
    text: str
    appointment: Appointment
    step: str = ""


@value
class Approval:
    """What an insurer's approvals say of a visit; `authorisation` is the one that is shown.

    `reach` is "covers", "ends" or "starts" (before or after the visit's day), or "visits" (all
    that were approved are used up).
    """

    authorisation: Authorisation
    reach: str


class TodayService:
    """Reads today, and marks medicines as taken."""

    def __init__(self, house: Household) -> None:
        self._house, self._care = house, house.care
        self._last: tuple[frozenset[str], Mapping[str, object]] | None = None
        self._around: Surroundings | None = None

    def near(self, person: str | None) -> list[Appointment]:
        """Return the appointments of today and the weeks after it, repeating ones among them.

        A reading of the day begins with it: what was looked up for the last one is forgotten.
        """
        today, self._around = self._care.today, None
        return self._care.store.appointments_between(today, today + AHEAD, person=person)

    def _surroundings(self) -> Surroundings:
        """Return what reminders depend on, looked up once for each reading of the day."""
        if self._around is None:
            self._around = self._house.reminders.surroundings()
        return self._around

    # -- Medicines of today -----------------------------------------------------------------------

    def doses(self, near: Sequence[Appointment]) -> list[Dose]:
        """Return the medicines of today, in the order of their hours."""
        care, found = self._care, list[Occurrence]()
        for one in near:
            if one.type == "medication" and one.status != "cancelled":
                near_midnight = occurrences_on(one, care.today, care.today, care.home)
                # One that began yesterday and goes on past midnight is yesterday's.
                found += [each for each in near_midnight if each.day(care.home) == care.today]
        found.sort(key=lambda one: (one.begins(care.home), one.appointment.title))
        if not found:
            return []
        around = self._surroundings()
        ids = [self._reminders(one, reminders_of(one, around)) for one in found]
        answers = care.store.answers_by_ids([id_ for some in ids for id_ in some])
        if "answer" in care.left_out:
            # One that was taken would stand there as not taken.
            return []
        return [_dose(one, some, answers) for one, some in zip(found, ids, strict=True)]

    def _reminders(self, occurrence: Occurrence, brought: Sequence[Reminder]) -> tuple[str, ...]:
        """Return the ids under which a dose is marked; it needs no reminder to be marked.

        "Done" for what was said on a day before means that it was heard, not that it was taken.
        """
        home = self._care.home
        day = occurrence.day(home)
        leads = tuple(
            one.id
            for one in brought
            if one.what == "lead" and (one.minutes == 0 or local_day(one.due, home) == day)
        )
        return leads or (reminder_id(occurrence.appointment.id, occurrence.key, 0),)

    def as_needed(self, person: str | None, days: int) -> tuple[list[Medicine], list[Given]]:
        """Return the medicines that are given only when needed, and what was given of late.

        `days` is how many days back are looked through.
        """
        care = self._care
        found = [one for one in self._house.people.medicines(person) if one.as_needed]
        first = care.today - timedelta(days=days)
        given = care.store.doses_between(first, care.today, person=person)
        # The last one that can be read may not be the last one.
        return found, [] if "dose" in care.left_out else given

    def take(self, dose: Dose) -> None:
        """Mark a medicine of today as taken, whether or not its hour has come.

        Raises:
            InputRefused: the appointment is not there any more.
        """
        care = self._care
        around = self._house.reminders.surroundings()
        brought = reminders_of(dose.occurrence, around)
        leads = [one.id for one in brought if one.what == "lead"]
        answers = care.store.answers_by_ids(leads)
        settled = {id_ for id_, answer in answers.items() if answer.state in _SETTLED}
        ring = [id_ for id_ in leads if id_ in dose.reminders or id_ not in settled]
        plain = [id_ for id_ in dose.reminders if id_ not in leads]
        if not plain:
            self.answer(ring, "done")
        else:
            with care.change("done.answered_done", what=dose.appointment.title, count=1):
                for id_ in plain:
                    care.store.put(self._plain_answer(dose, id_))
                visit = care.store.get(Appointment, dose.appointment.id)
                if visit is not None:
                    mark_visit(care, visit, taken=True)
                for id_ in ring:
                    self._house.reminders.answer(id_, "done")
        self._remember(dose.reminders)

    def _plain_answer(self, dose: Dose, id_: str) -> Answer:
        """Return the answer of a dose that brings no reminder."""
        care = self._care
        return Answer(
            id=id_,
            entry=dose.appointment.id,
            due=dose.occurrence.begins(care.home),
            state="done",
            answered=care.now,
            created=care.now,
            changed=care.now,
        )

    def answer(
        self,
        ids: Sequence[str],
        state: str,
        *,
        until: datetime | None = None,
        reason: str = "",
    ) -> None:
        """Answer several reminders as one change, so that one undo takes it back.

        Raises:
            InputRefused: as `ReminderService.answer_all`; then none of them is answered.
        """
        self._house.reminders.answer_all(ids, state, until=until, reason=reason)
        self._remember(ids)

    def _remember(self, ids: Collection[str]) -> None:
        label = self._care.store.undo_label()
        self._last = None if label is None else (frozenset(ids), label[1])

    def can_take_back(self, dose: Dose) -> bool:
        """Tell whether marking this medicine was the last change of all."""
        label = self._care.store.undo_label()
        if self._last is None or label is None:
            return False
        ids, step = self._last
        # Each step keeps its own values: the same object is the same step.
        return step is label[1] and ids == frozenset(dose.reminders)

    def take_back(self, dose: Dose) -> bool:
        """Undo the mark if it was the last change of all; tell whether it was.

        Raises:
            InputRefused: something else has changed the same entries since.
        """
        if not self.can_take_back(dose):
            return False
        self._last = None
        self._care.undo()
        return True

    # -- What comes -------------------------------------------------------------------------------

    def next_things(
        self,
        near: Sequence[Appointment],
        watching: Sequence[Watching],
        limit: int,
        *,
        leave_out: Collection[str] = (),
    ) -> list[Ahead]:
        """Return the next appointments and check-ins, medicines that come (nearly) daily left out.

        Medicines of today stand elsewhere; of a series only its next date is returned. What lasts
        for days stands here until it is over, unless it is longer than a month.
        """
        found = [
            Ahead(next_one.begins(self._care.home), one, next_one)
            for one in near
            if one.id not in leave_out and one.status not in _OVER
            if (next_one := self._next_of(one)) is not None
        ]
        for one in watching:
            found += self._check_ins_ahead(one)
        found.sort(key=lambda one: (one.at, one.appointment.title, one.step))
        return found[:limit]

    def _next_of(self, one: Appointment) -> Occurrence | None:
        care = self._care
        if one.type == "medication" and _is_nearly_daily(one):
            return None
        first = care.today + _DAY if one.type == "medication" else care.today
        low = datetime.combine(first, time()) - 2 * _DAY
        back = timedelta(minutes=min(one.minutes, LONG_DAYS * MINUTES_A_DAY))
        for occurrence in occurrences(one, low - back, low + AHEAD):
            day = occurrence.day(care.home)
            if day < first and one.type == "medication":
                continue
            if day < first or occurrence.begins(care.home) <= care.now:
                # What lasts the whole day is still to come while it is that day.
                days = lasting(occurrence, care.home)
                goes_on = occurrence.ends(care.home) > care.now
                begun = day >= first and isinstance(occurrence.start, AllDay)
                if not begun and (days is None or days.is_long or not goes_on):
                    continue
            return occurrence
        return None

    def _check_ins_ahead(self, watching: Watching) -> list[Ahead]:
        care, visit = self._care, watching.visit
        occurrence = Occurrence(visit, visit.start)
        return [
            Ahead(one.due, visit, occurrence, one.what)
            for one in watching.check_ins
            if one.due > care.now and one.due <= care.now + AHEAD
        ]

    def _open_check_ins(self, visit: Appointment) -> list[Reminder]:
        """Return the check-ins of a visit that have no answer yet, the earliest first."""
        answers = self._care.store.answers_of(visit.id)
        settled = {id_ for id_, answer in answers.items() if answer.state in _SETTLED}
        around = self._surroundings()
        brought = reminders_of(Occurrence(visit, visit.start), around)
        return [one for one in brought if one.what in CHECK_INS and one.id not in settled]

    # -- The watch window -------------------------------------------------------------------------

    def watching(self, person: str | None) -> list[Watching]:
        """Return the watch windows that are open now, one for each person at most."""
        care = self._care
        latest: dict[str, Watching] = {}
        for window in self._house.agenda.watched(care.today, care.today, person):
            visit = window.visit
            if instant(visit.start, care.home) <= care.now < window.closes:
                latest[visit.person] = self._watching(visit, window.first, window.last)
        return list(latest.values())

    def _watching(self, visit: Appointment, first: date, last: date) -> Watching:
        store, today = self._care.store, self._care.today
        signs = store.side_effects_between(first, last, person=visit.person)
        checks = store.checkins_between(first, last, person=visit.person)
        days = [(wall(one.at).date() - first).days for one in signs]
        days += [(one.date - first).days for one in checks]
        checked = next((one.id for one in checks if one.date == today), "")
        return Watching(
            visit, (today - first).days, (last - first).days, last, frozenset(days),
            tuple(self._open_check_ins(visit)), checked,
        )  # fmt: skip

    def still(self, person: str) -> list[SideEffect]:
        """Return what was urgent these last two days and has no end, then what goes on.

        Of each sign only the newest entry counts, the newest first.
        """
        care = self._care
        going = going_on(care.store, person)
        known = {one.sign for one in going}
        found: list[SideEffect] = []
        recent = care.store.side_effects_between(care.today - _LATELY, care.today, person=person)
        for one in reversed(recent):
            if one.sign not in known and one.ended is None and one.urgency in _URGENT:
                found.append(one)
            known.add(one.sign)
        return [*found, *going]

    # -- Before a visit ---------------------------------------------------------------------------

    def next_step(
        self, visit: Appointment, near: Sequence[Appointment], *, covered: bool = False
    ) -> Next | None:
        """Return what to do first before a visit: its next open step, or a lab before it.

        `covered` by an approval, the step that asks for one is left out.
        """
        care = self._care
        begins = instant(visit.start, care.home)
        found: list[tuple[date, int, Next]] = []
        if is_infusion(visit):
            around = self._surroundings()
            brought = {one.id for one in reminders_of(Occurrence(visit, visit.start), around)}
            for line in self._house.bags.steps(visit.id):
                waits = line.reminder in brought and line.state not in _SETTLED
                if covered and line.key == _ASKS_FOR_APPROVAL:
                    continue
                if line.key == PACKING and not self._house.bags.missing(visit.id).lines:
                    continue
                if waits and line.phase == "before" and line.day >= care.today:
                    found.append((line.day, 1, Next(line.day, line.text, visit, line.key)))
                    break
        for one in near:
            is_lab = one.type == "lab" and one.person == visit.person and one.status not in _OVER
            next_one = self._next_of(one) if is_lab else None
            if next_one is not None and next_one.begins(care.home) < begins:
                day = max(next_one.day(care.home), care.today)
                found.append((day, 0, Next(day, one.title, one)))
        return min(found, key=lambda each: each[:2])[2] if found else None

    def approval(self, visit: Appointment) -> Approval | None:
        """Return what the approvals say of a visit, None while none is written down."""
        every = self._house.people.authorisations(visit.person)
        known = [one for one in every if one.plan in (None, visit.plan)]
        if not known:
            return None
        day = wall(visit.start).date()
        holding = [one for one in known if one.last >= day and (one.first or day) <= day]
        if holding:
            covers = self._house.coverage.reaches(visit)
            return Approval(holding[-1], "covers" if covers else "visits")
        coming = [one for one in known if one.last >= day]
        return Approval(coming[0], "starts") if coming else Approval(known[-1], "ends")


def _dose(one: Occurrence, ids: tuple[str, ...], answers: Mapping[str, Answer]) -> Dose:
    settled = [answers[id_] for id_ in ids if id_ in answers and answers[id_].state in _SETTLED]
    given = one.appointment.plan is not None and one.appointment.status == "done"
    if len(settled) < len(ids) and not given:
        return Dose(one.appointment, one, ids, "open", None)
    taken = given or any(answer.state == "done" for answer in settled)
    moments = [answer.answered for answer in settled if answer.answered is not None]
    state = "done" if taken else "skipped"
    reason = "" if taken else next((answer.reason for answer in settled if answer.reason), "")
    return Dose(one.appointment, one, ids, state, max(moments, default=None), reason)


def weekly_rule(one: Appointment) -> Rule | None:
    """Return the rule of a series that comes on one day of every week, else None."""
    rule = parse_rule(one.rrule, one.start) if one.rrule else None
    if rule is None or rule.frequency != "WEEKLY" or rule.interval != 1 or len(rule.weekdays) > 1:
        return None
    return rule


def _is_nearly_daily(one: Appointment) -> bool:
    if not one.rrule:
        return False
    rule = parse_rule(one.rrule, one.start)
    if rule.months or rule.month_days:
        return False
    if rule.frequency == "DAILY":
        many = not rule.weekdays or len(rule.weekdays) >= _NEARLY_DAILY
        return rule.interval == 1 and many
    return rule.interval == 1 and len(rule.weekdays) >= _NEARLY_DAILY
