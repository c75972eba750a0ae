"""The carer's own lane: their check, an hour to rest, what others could take, whom to call.

What was answered in the check is kept only where that was asked for, and leaves with no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.deadlines import goes_on
from caregiver_app.domain.entities import Appointment, Authorisation, Contact
from caregiver_app.domain.rest import (
    LONG_VISIT,
    REST,
    hour_to_rest,
    lies_in,
    rest_id,
    visit_of_rest,
)
from caregiver_app.domain.rides import needs_driver
from caregiver_app.domain.self_check import Lead, again_on, leads_to
from caregiver_app.domain.support import QUESTIONS, HelpTask, SelfCheck
from caregiver_app.domain.times import Moment, in_zone, instant, wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.agenda import AgendaService
from caregiver_app.services.care import Care
from caregiver_app.services.people import PeopleService
from caregiver_app.services.settings import Settings
from caregiver_app.services.support_cards import SupportCards
from caregiver_app.services.support_checks import check_help
from caregiver_app.values import value

CHECK_WANTED: Final = "carer.check"
CHECKED_ON: Final = "carer.checked"
TO_CALL: Final = "carer.contact"
CALL_NAME: Final = "carer.call_name"
CALL_NUMBER: Final = "carer.call_number"
NO_REST: Final = "carer.no_rest"
_ON: Final = "on"
_SOON: Final = timedelta(days=21)
"""So far ahead an hour to rest is proposed."""
_DRIVES: Final = timedelta(days=28)
"""So far ahead a drive without a driver is something that another could take."""
_ENDING: Final = timedelta(days=30)
"""So far ahead an approval that ends is something that another could see to."""
_MOST: Final = 20
_ONE_DAY: Final = timedelta(days=1)


@value
class Rest:
    """An hour to rest beside a long visit.

    `state` is "offered", "held" (it stands in the calendar), "moved" (it stands there, but the
    visit has moved away from it) or "left" (no visit goes with it any more; `visit` is then the
    hour itself). `start` is when it begins, or would begin beside the visit now; `kept` the
    appointment that holds it.
    """

    visit: Appointment
    state: str
    start: Moment
    minutes: int
    kept: Appointment | None = None


@value
class Takeable:
    """Something that another could take.

    `kind` is "drive" (`id` is the visit or drive), "approval" (`id` is the approval) or "own"
    (`id` is the task's, `task` the task itself). `person` is whose care it is about.
    """

    kind: str
    id: str
    person: str
    day: date | None
    visit: Appointment | None = None
    approval: Authorisation | None = None
    task: HelpTask | None = None


class CarerService:
    """What is the carer's own."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._settings, self._agenda = Settings(care), AgendaService(care)
        self._people = PeopleService(care)

    # -- The check --------------------------------------------------------------------------------

    @property
    def wants_check(self) -> bool:
        """Whether the carer asked to be offered the check."""
        return self._settings.text(CHECK_WANTED, "") == _ON

    def want_check(self, *, wanted: bool) -> None:
        """Offer the check from now on, or no longer."""
        if wanted == self.wants_check:
            return
        with self._care.change("done.check_wanted" if wanted else "done.check_unwanted"):
            self._settings.put(CHECK_WANTED, _ON if wanted else "")

    @property
    def checked_on(self) -> date | None:
        """The day of the last check, None before the first."""
        try:
            return date.fromisoformat(self._settings.text(CHECKED_ON, ""))
        except ValueError:
            return None

    @property
    def check_from(self) -> date:
        """The day from which the check is offered: today, or a week after the last one."""
        return again_on(self.checked_on, self._care.today)

    def finish_check(self, answers: Mapping[str, int], *, keep: bool) -> Lead:
        """Take the answers by the ids of their questions and return where they lead.

        They are kept only with `keep`; else only the day is, so that a week goes by. They take the
        place of what was kept on the same day: somebody corrects an answer.

        Raises:
            ValueError: there is no such answer.
            InputRefused: they are to be kept and not all questions were answered.
        """
        care, questions = self._care, SupportCards(self._care.reference).self_check.questions
        lead = leads_to(questions, answers)
        told = tuple(answers[one.id] for one in questions if one.id in answers)
        today, before = care.today.isoformat(), self.checks_today()
        if not keep:
            if told:
                if before:
                    self.remove_checks(*(one.id for one in before))
                self._settings.remember(carer__checked=today)
            return lead
        if len(told) < QUESTIONS:
            raise InputRefused("self_check.open", "answers", count=QUESTIONS - len(told))
        with care.change("done.self_check"):
            for one in before:
                care.store.remove(SelfCheck, one.id, care.now)
            made = SelfCheck(id="", at=care.now, answers=told)
            care.store.put(care.stamped(made, None))
            self._settings.put(CHECKED_ON, today)
        return lead

    def checks(self) -> list[SelfCheck]:
        """Return the kept answers, the newest first."""
        return sorted(self._care.store.all(SelfCheck), key=lambda one: one.at, reverse=True)

    def checks_today(self) -> list[SelfCheck]:
        """Return the answers that were kept today: one set, unless a clock was set back."""
        care = self._care
        return [one for one in self.checks() if in_zone(one.at, care.home).date() == care.today]

    def remove_checks(self, *ids: str) -> None:
        """Delete kept answers; undo brings them back.

        Raises:
            InputRefused: one of them is not there any more.
        """
        care = self._care
        for id_ in ids:
            if care.store.get(SelfCheck, id_) is None:
                raise InputRefused("entry.gone", "id", id=id_)
        with care.change("done.self_check_removed"):
            for id_ in ids:
                care.store.remove(SelfCheck, id_, care.now)

    # -- Rest -------------------------------------------------------------------------------------

    def rest(self, person: str) -> Rest | None:
        """Return the hour to rest beside a person's next long visit, None where there is none.

        One that was declined is not offered again for that visit. An hour whose visit has moved
        away or is gone comes first: it would stand in the calendar for nothing.
        """
        behind = self._left_behind(person)
        if behind is not None:
            return behind
        visit = self._long_visit(person)
        if visit is None:
            return None
        begins = hour_to_rest(visit.start, visit.minutes)
        kept = self._care.store.get(Appointment, rest_id(visit.id))
        if begins is None:
            return None
        if kept is not None and kept.status != "cancelled" and lies_in(kept, visit):
            return Rest(visit, "held", kept.start, kept.minutes, kept)
        if visit.id in self._declined():
            return None
        return Rest(visit, "offered", begins, REST)

    def _left_behind(self, person: str) -> Rest | None:
        """Return an hour to come that its visit has left, unless somebody wants it there."""
        care, declined = self._care, self._declined()
        last = care.today + _SOON
        for kept in care.store.appointments_between(care.today, last, person=person):
            id_ = visit_of_rest(kept)
            to_come = instant(kept.start, care.home) > care.now and kept.status != "cancelled"
            if id_ is None or id_ in declined or not to_come:
                continue
            visit = care.store.get(Appointment, id_)
            if visit is None or visit.status == "cancelled":
                return Rest(kept, "left", kept.start, kept.minutes, kept)
            if lies_in(kept, visit):
                continue
            begins = hour_to_rest(visit.start, visit.minutes)
            if begins is None or instant(begins, care.home) <= care.now:
                return Rest(kept, "left", kept.start, kept.minutes, kept)
            return Rest(visit, "moved", begins, kept.minutes, kept)
        return None

    def _long_visit(self, person: str) -> Appointment | None:
        care = self._care
        last = care.today + _SOON
        for one in care.store.next_visits(person, care.today - _ONE_DAY, _MOST, last_day=last):
            begun = instant(one.start, care.home) <= care.now
            if one.minutes >= LONG_VISIT and one.status != "done" and not begun:
                return one
        return None

    def hold_rest(self, visit_id: str, title: str) -> Appointment:
        """Put the hour to rest into the calendar, under `title`; where it is already, move it.

        Raises:
            InputRefused: the visit is gone or too short by now.
            FormRefused: the title cannot be one.
        """
        visit = self._care.store.get(Appointment, visit_id)
        begins = None if visit is None else hour_to_rest(visit.start, visit.minutes)
        if visit is None or begins is None:
            raise InputRefused("visit.gone", "id", id=visit_id)
        old = self._care.store.get(Appointment, rest_id(visit_id))
        if old is not None:
            return self._agenda.save(replace(old, start=begins, status="booked"))
        held = Appointment(
            id=rest_id(visit_id),
            uid="",
            person=visit.person,
            type="other",
            title=title,
            start=begins,
            minutes=REST,
            # Beside the visit's own reminders another one would only be noise.
            reminders=(),
        )
        return self._agenda.save(held)

    def decline_rest(self, visit_id: str) -> None:
        """Offer no hour to rest beside this visit; undo offers it again."""
        named = [one for one in self._declined() if one != visit_id]
        with self._care.change("done.rest_declined"):
            self._settings.put(NO_REST, " ".join((*named, visit_id)[-_MOST:]))

    def leave_rest(self, rest: Rest) -> None:
        """Leave an hour to rest where it is though its visit is elsewhere or gone.

        Undo asks about it again.
        """
        visit = None if rest.kept is None else visit_of_rest(rest.kept)
        if visit is not None:
            with self._care.change("done.rest_left"):
                self.decline_rest(visit)

    def _declined(self) -> list[str]:
        return self._settings.text(NO_REST, "").split()

    # -- What others could take -------------------------------------------------------------------

    def takeable(self, person: str | None = None) -> list[Takeable]:
        """Return what another could take: what the calendar asks for first, then own tasks.

        With `person` None it is about everybody who is cared for: there is one carer. Own tasks
        that somebody took stay until they are done.
        """
        found = [*self._drives(person), *self._approvals(person)]
        found.sort(key=lambda one: (one.day or date.max, one.id))
        own = self.tasks(person)
        return [*found, *(Takeable("own", one.id, one.person, one.day, task=one) for one in own)]

    def _drives(self, person: str | None) -> list[Takeable]:
        care = self._care
        last = care.today + _DRIVES
        found = care.store.appointments_between(care.today, last, person=person)
        return [
            Takeable("drive", one.id, one.person, wall(one.start).date(), visit=one)
            for one in found
            if not one.rrule and needs_driver(one) and instant(one.start, care.home) > care.now
        ]

    def _approvals(self, person: str | None) -> list[Takeable]:
        every, today = self._people.authorisations(person), self._care.today
        return [
            Takeable("approval", one.id, one.person, one.last, approval=one)
            for one in every
            if today <= one.last <= today + _ENDING and not goes_on(one, every)
        ]

    def tasks(self, person: str | None = None, *, done: bool = False) -> list[HelpTask]:
        """Return own tasks that are open, or those that are `done`, by their day."""
        whose = {} if person is None else {"person": person}
        found = self._care.store.all(HelpTask, done=done, **whose)
        return sorted(found, key=lambda one: (one.day or date.max, one.created, one.id))

    def task(self, task_id: str) -> HelpTask | None:
        """Return one task by id."""
        return self._care.store.get(HelpTask, task_id)

    def save_task(self, task: HelpTask) -> HelpTask:
        """Keep a new or changed task.

        Raises:
            FormRefused: it has no words, or a line cannot be taken.
        """
        check_help(task)
        care = self._care
        old = self.task(task.id) if task.id else None
        done = task.done and not (old is not None and old.done)
        with care.change("done.help_done" if done else "done.help", text=task.text.strip()):
            person = care.whose(task.person, old)
            kept = replace(
                care.stamped(task, old),
                person=person.id,
                text=task.text.strip(),
                who=task.who.strip(),
            )
            care.store.put(kept)
        return kept

    def remove_task(self, task_id: str) -> None:
        """Delete a task; undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self.task(task_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=task_id)
        with self._care.change("done.help_removed", text=found.text):
            self._care.store.remove(HelpTask, task_id, self._care.now)

    # -- Whom to call -----------------------------------------------------------------------------

    @property
    def to_call(self) -> Contact | None:
        """Whom the carer chose to call, None while nobody was chosen.

        One of the contacts, or somebody of the carer's own, who is no contact and has no id.
        """
        name = self._settings.text(CALL_NAME, "")
        if name:
            number = self._settings.text(CALL_NUMBER, "")
            return Contact(id="", person="", name=name, phone=number, role="family")
        return self._people.contact(self._settings.text(TO_CALL, ""))

    def call(self, contact_id: str) -> None:
        """Choose one of the contacts to call, or nobody with "".

        Raises:
            InputRefused: the contact is not there any more.
        """
        found = self._people.contact(contact_id)
        if contact_id and found is None:
            raise InputRefused("entry.gone", "id", id=contact_id)
        with self._care.change("done.to_call", name="" if found is None else found.name):
            self._choose(contact_id, "", "")

    def call_new(self, name: str, number: str) -> Contact:
        """Choose somebody of the carer's own: their name and number stand on no one's papers.

        Raises:
            FormRefused: the name is empty, or a line cannot be taken.
        """
        made = Contact(id="", person="", name=name, phone=number, role="family")
        self._people.check_contact(made)
        kept = replace(
            made, name=texts.title(name, "name"), phone=texts.line(number, "phone").strip()
        )
        # Without the name: what was changed may be shown to whoever looks over a shoulder.
        with self._care.change("done.to_call", name=""):
            self._choose("", kept.name, kept.phone)
        return kept

    def _choose(self, contact: str, name: str, number: str) -> None:
        for setting, text in ((TO_CALL, contact), (CALL_NAME, name), (CALL_NUMBER, number)):
            if text != self._settings.text(setting, ""):
                self._settings.put(setting, text)
