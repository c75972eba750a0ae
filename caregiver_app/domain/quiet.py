"""Which reminders quiet hours hold back, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.reminders import Reminder
from caregiver_app.domain.ringing import QuietHours
from caregiver_app.domain.times import lead_instant

MEDICINE: Final = "medication"
"""The type of appointment that no quiet hours hold back."""
_NEVER_HELD: Final = ("c2", "leave")
_JUST_BEGUN: Final = timedelta(hours=1)


def held_until(
    reminder: Reminder, at: datetime, quiet: QuietHours | None, home: str
) -> datetime | None:
    """Return the UTC instant until which a reminder that would be said at `at` is held back.

    None where it is said at once: outside the quiet hours, and in them a medicine, the check-in
    after two hours, setting off, and what belongs to something that begins by the time they end
    and is not over.
    """
    ends = None if quiet is None else quiet.until(at, home)
    if ends is None or reminder.type == MEDICINE or reminder.what in _NEVER_HELD:
        return None
    if reminder.ends is not None:
        begins = lead_instant(reminder.start, 0, home)
        if begins <= ends and at < max(reminder.ends, begins + _JUST_BEGUN):
            return None
    return ends
