"""An injection at home is a medication time and a visit at once: both say the same of it."""

from __future__ import annotations

from dataclasses import replace

from caregiver_app.domain.dose_marks import earlier_ids, mark_ids
from caregiver_app.domain.entities import Answer, Appointment
from caregiver_app.domain.occurrences import Occurrence
from caregiver_app.domain.reminders import Reminder, lead_times
from caregiver_app.domain.times import wall
from caregiver_app.services.care import Care
from caregiver_app.services.reminder_settings import usual_leads


def is_at_home(appointment: Appointment) -> bool:
    """Tell whether an appointment is a plan's injection at home."""
    return appointment.plan is not None and appointment.type == "medication"


def mark_visit(care: Care, visit: Appointment, *, taken: bool) -> None:
    """Let an injection at home be done once it was given, and no more where that is taken back.

    Only inside a change; of anything else nothing is written.
    """
    if not is_at_home(visit) or visit.status == "cancelled" or taken == (visit.status == "done"):
        return
    status = "done" if taken else "planned"
    marked = replace(visit, status=status, sequence=visit.sequence + 1, changed=care.now)
    care.store.put(marked)


def tells_of_taking(reminder: Reminder, visit: Appointment, care: Care) -> bool:
    """Tell whether "done" for a reminder says that an injection at home was given.

    That is the last one before it, on its day: one of the day before was only heard.
    """
    if reminder.what != "lead" or not is_at_home(visit):
        return False
    own = mark_ids(Occurrence(visit, visit.start), care.home, usual_leads(care))
    last = reminder.minutes == min(lead_times(visit), default=0)
    return last and reminder.id in own and wall(visit.start).date() <= care.today


def unmark(care: Care, occurrence: Occurrence) -> None:
    """Take back that a medication time was taken or skipped; only inside a change."""
    usual = usual_leads(care)
    ids = {*mark_ids(occurrence, care.home, usual), *earlier_ids(occurrence, usual)}
    for id_, answer in care.store.answers_by_ids(ids).items():
        if answer.shown is None:
            care.store.remove(Answer, id_, care.now)
        else:
            # It was said already and waits for an answer again; it is not said anew.
            care.store.put(
                replace(answer, state="shown", answered=None, reason="", changed=care.now)
            )
