"""Under which reminders a medication time is marked as taken or skipped, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from caregiver_app.domain.entities import Answer, Appointment, Medicine
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.reminders import lead_times, leads_in_force, reminder_id
from caregiver_app.domain.ringing import UsualLeads
from caregiver_app.domain.times import MINUTES_A_DAY, local_day
from caregiver_app.values import value

TAKEN, SKIPPED, OPEN = "taken", "skipped", "open"
_STATES = {"done": TAKEN, "skipped": SKIPPED}


@value
class Mark:
    """What became of one medication time: taken, skipped or open (not marked yet).

    `answered` is the UTC instant at which it was marked, `reason` why it was skipped, as typed.
    """

    state: str = OPEN
    answered: datetime | None = None
    reason: str = ""


def mark_ids(occurrence: Occurrence, home: str, usual: UsualLeads) -> tuple[str, ...]:
    """Return the ids of the answers that mark a medication time, for a computer in zone `home`.

    They are its reminders of its own day. "Done" for what was said on a day before means that it
    was heard, not that it was taken. Without such a reminder it is marked under its own hour.
    """
    owner = occurrence.appointment
    day = occurrence.day(home)
    coming = owner.status not in ("done", "cancelled")
    found = tuple(
        reminder_id(owner.id, occurrence.key, minutes)
        for minutes, at, _ in leads_in_force(occurrence, home, usual)
        if coming and occurrence.ends(home) > owner.entered
        if minutes == 0 or local_day(at, home) == day
    )
    return found or (reminder_id(owner.id, occurrence.key, 0),)


def earlier_ids(occurrence: Occurrence, usual: UsualLeads) -> tuple[str, ...]:
    """Return all ids under which a time may have been marked before its series was changed."""
    owner = occurrence.appointment
    leads = {0, *(one for one in lead_times(owner, usual.ever) if one < MINUTES_A_DAY)}
    return tuple(reminder_id(owner.id, occurrence.key, minutes) for minutes in sorted(leads))


def mark_of(
    occurrence: Occurrence, answers: Mapping[str, Answer], home: str, usual: UsualLeads
) -> Mark:
    """Return what became of a medication time, from the answers to its reminders.

    A plan's injection that is marked as done was taken, whatever was answered.
    """
    mark = _answered(occurrence, answers, home, usual)
    owner = occurrence.appointment
    if owner.plan is None or owner.status != "done" or mark.state == TAKEN:
        return mark
    return Mark(TAKEN)


def _answered(
    occurrence: Occurrence, answers: Mapping[str, Answer], home: str, usual: UsualLeads
) -> Mark:
    ids = mark_ids(occurrence, home, usual)
    settled = [answers[id_] for id_ in ids if id_ in answers and answers[id_].state in _STATES]
    if len(settled) < len(ids):
        over = occurrence.ends(home) <= occurrence.appointment.entered
        ids = earlier_ids(occurrence, usual) if over else ()
        settled = [answers[id_] for id_ in ids if id_ in answers and answers[id_].state in _STATES]
    if not settled:
        return Mark()
    taken = [answer for answer in settled if answer.state == "done"]
    last = max(taken or settled, key=lambda answer: (answer.answered is not None, answer.changed))
    return Mark(TAKEN if taken else SKIPPED, last.answered, last.reason)


def is_for(appointment: Appointment, medicine: Medicine) -> bool:
    """Tell whether a medication time is for a medicine of the list.

    It names it; one that was entered in the calendar without naming any is known by its title:
    "Methotrexate, Fridays only".
    """
    if appointment.type != "medication" or appointment.person != medicine.person:
        return False
    if appointment.medicine is not None:
        return appointment.medicine == medicine.id
    return is_called(appointment.title, medicine.name)


def is_called(title: str, name: str) -> bool:
    """Tell whether a title begins with a medicine's name, as a whole word."""
    plain, wanted = title.casefold().strip(), name.casefold().strip()
    after = plain[len(wanted) : len(wanted) + 1]
    return bool(wanted) and plain.startswith(wanted) and not after.isalnum()
