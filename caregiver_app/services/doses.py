"""What was given: as-needed medicines as somebody wrote them down, and the times of the others.

Amounts only as somebody typed them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from caregiver_app.domain import texts
from caregiver_app.domain.dose_marks import (
    OPEN,
    SKIPPED,
    TAKEN,
    Mark,
    earlier_ids,
    is_called,
    is_for,
    mark_ids,
    mark_of,
)
from caregiver_app.domain.entities import Answer, Appointment, Dose, Medicine
from caregiver_app.domain.occurrences import Occurrence, occurrences_on
from caregiver_app.domain.ringing import UsualLeads
from caregiver_app.domain.times import AllDay, Moment, instant, refuse_gap
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.home_doses import mark_visit, unmark
from caregiver_app.services.reminder_settings import usual_leads
from caregiver_app.values import value

_ANSWERS = {TAKEN: "done", SKIPPED: "skipped"}


@value
class Timed:
    """One medication time of the past or of a day to come, and what became of it.

    `appointment` and `key` (its wall time) name it. `day` is its calendar day here, `start` its
    wall time, `mark` says taken, skipped or open; open means "not marked yet", never more.
    """

    appointment: str
    key: str
    person: str
    title: str
    medicine: str | None
    start: Moment
    day: date
    mark: Mark


@value
class History:
    """What was given to one person, or of one medicine, on the days `first` to `last`.

    `timed` are the medication times in order, `given` the as-needed medicines in order.
    """

    first: date
    last: date
    timed: tuple[Timed, ...]
    given: tuple[Dose, ...]

    def with_mark(self, state: str) -> tuple[Timed, ...]:
        """Return the times that are "taken", "skipped" or "open" (not marked yet)."""
        return tuple(one for one in self.timed if one.mark.state == state)


class DoseService:
    """Keeps what was given outside any schedule, and marks what was given by it."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def get(self, dose_id: str) -> Dose | None:
        """Return one by id."""
        return self._care.store.get(Dose, dose_id)

    def between(self, first: date, last: date, person: str | None = None) -> list[Dose]:
        """Return what was given on the days `first` to `last`, by the wall clock, in order."""
        return self._care.store.doses_between(first, last, person=person)

    def history(
        self, person: str | None, first: date, last: date, medicine: Medicine | None = None
    ) -> History:
        """Return what was given on the days `first` to `last`, both included; reads, never writes.

        For the visit report and the call sheet: scheduled times with "taken", "skipped" (and the
        reason as typed) or "open", and as-needed medicines, as plain values. Days to come are in
        it when they are asked for. `medicine` narrows it to one of the list.
        """
        care, found = self._care, list[Occurrence]()
        for one in care.store.appointments_between(first, last, person=person):
            if one.type != "medication" or one.status == "cancelled":
                continue
            if medicine is not None and not is_for(one, medicine):
                continue
            found += [
                each
                for each in occurrences_on(one, first, last, care.home)
                if first <= each.day(care.home) <= last
            ]
        found.sort(key=lambda one: (one.begins(care.home), one.appointment.title))
        usual = usual_leads(care)
        ids = {id_ for one in found for id_ in _all_ids(one, care.home, usual)}
        answers = care.store.answers_by_ids(ids)
        timed = tuple(self._timed(one, mark_of(one, answers, care.home, usual)) for one in found)
        given = self.between(first, last, person)
        if medicine is not None:
            given = [one for one in given if _is_of(one, medicine)]
        return History(first, last, timed, tuple(given))

    def timed(self, occurrence: Occurrence) -> Timed:
        """Return one medication time with what became of it."""
        home, usual = self._care.home, usual_leads(self._care)
        answers = self._care.store.answers_by_ids(_all_ids(occurrence, home, usual))
        return self._timed(occurrence, mark_of(occurrence, answers, home, usual))

    def _timed(self, one: Occurrence, mark: Mark) -> Timed:
        owner = one.appointment
        day = one.day(self._care.home)
        return Timed(
            owner.id, one.key, owner.person, owner.title, owner.medicine, one.start, day, mark
        )

    def mark(self, timed: Timed, state: str, reason: str = "") -> None:
        """Mark a medication time as "taken" or "skipped", or take the mark back ("open").

        In advance it can be marked on its day; afterwards whenever somebody thinks of it.

        Raises:
            InputRefused: it is not there any more, lies on a day to come, or the reason is too
                long.
        """
        care = self._care
        owner = care.store.get(Appointment, timed.appointment)
        if owner is None:
            raise InputRefused("dose.mark_gone", "id")
        if timed.day > care.today:
            raise InputRefused("dose.mark_ahead", "at")
        reason = texts.line(reason, "reason")
        occurrence = Occurrence(owner, timed.start)
        labels = {TAKEN: "done.dose_taken", SKIPPED: "done.dose_skipped"}
        with care.change(labels.get(state, "done.dose_unmarked"), name=owner.title):
            if state == OPEN:
                unmark(care, occurrence)
            else:
                for id_ in mark_ids(occurrence, care.home, usual_leads(care)):
                    self._answer(occurrence, id_, _ANSWERS[state], care.now, reason)
            mark_visit(care, owner, taken=state == TAKEN)
            care.rearm({owner.id})

    def _answer(
        self, occurrence: Occurrence, id_: str, state: str, now: datetime, reason: str
    ) -> None:
        old = self._care.store.get(Answer, id_)
        blank = Answer(
            id=id_,
            entry=occurrence.appointment.id,
            due=occurrence.begins(self._care.home),
            state=state,
            created=now,
        )
        made = replace(
            old or blank, state=state, until=None, answered=now, reason=reason, changed=now
        )
        self._care.store.put(made)

    def check(self, dose: Dose) -> None:
        """Look whether a dose can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: texts.title(dose.name, "name"),
            lambda: self._check_time(dose),
            lambda: self._check_medicine(dose),
            lambda: texts.line(dose.what_for, "what_for"),
            lambda: texts.line(dose.amount, "amount"),
            lambda: texts.paragraphs(dose.note, "note"),
        )

    def save(self, dose: Dose) -> Dose:
        """Keep what was given, new or changed.

        Raises:
            FormRefused: there is no name or no hour, it lies ahead, the medicine is not on the
                list, or a field cannot be taken.
        """
        self.check(dose)
        care = self._care
        old = self.get(dose.id) if dose.id else None
        with care.change("done.dose", name=dose.name.strip()):
            person = care.whose(dose.person, old)
            kept = replace(
                care.stamped(dose, old),
                person=person.id,
                name=texts.title(dose.name, "name"),
                what_for=texts.line(dose.what_for, "what_for"),
                amount=texts.line(dose.amount, "amount"),
                note=texts.paragraphs(dose.note, "note"),
            )
            care.store.put(kept)
        return kept

    def remove(self, dose_id: str) -> None:
        """Delete one; undo brings it back.

        Raises:
            InputRefused: it is not there any more.
        """
        found = self.get(dose_id)
        if found is None:
            raise InputRefused("entry.gone", "id", id=dose_id)
        with self._care.change("done.entry_removed", name=found.name):
            self._care.store.remove(Dose, dose_id, self._care.now)

    def _check_time(self, dose: Dose) -> None:
        if isinstance(dose.at, AllDay):
            raise InputRefused("dose.no_hour", "at")
        refuse_gap(dose.at, "at")
        if instant(dose.at, self._care.home) > self._care.now:
            raise InputRefused("dose.ahead", "at")

    def _check_medicine(self, dose: Dose) -> None:
        if dose.medicine is not None and self._care.store.get(Medicine, dose.medicine) is None:
            raise InputRefused("medicine.unknown", "medicine", id=dose.medicine)


def _all_ids(occurrence: Occurrence, home: str, usual: UsualLeads) -> set[str]:
    return {*mark_ids(occurrence, home, usual), *earlier_ids(occurrence, usual)}


def _is_of(dose: Dose, medicine: Medicine) -> bool:
    """Tell whether what was given is a medicine of the list: by its id, else by its name."""
    if dose.person != medicine.person:
        return False
    if dose.medicine is not None:
        return dose.medicine == medicine.id
    return is_called(dose.name, medicine.name)
