"""Where a reminder leads to: the place, kind and item that the window opens."""

from __future__ import annotations

from typing import Final

from caregiver_app.domain.deadlines import DATED, DEADLINES
from caregiver_app.domain.prompts import PROMPT, read_prompt
from caregiver_app.domain.reminders import CHECK_INS, HAPPENED, SHEETS, Reminder

Asked = tuple[str, str, str]
"""Place, kind and item, as the window takes them."""

_KINDS: Final = {kind: name for name, kind in DATED.items()}


def place_of(reminder: Reminder, *, several: bool) -> Asked:
    """Return where to go for a reminder; of `several` people, a check-in names whose it is."""
    if reminder.what in CHECK_INS:
        return "watch", "checkin_asked", reminder.person if several else ""
    prompt = read_prompt(reminder.id) if reminder.what == PROMPT else None
    if prompt is not None:
        return "support", "card", prompt.card
    if reminder.what in DEADLINES:
        return "care", _KINDS[DEADLINES[reminder.what]], reminder.owner
    if reminder.what in SHEETS:
        return "visit", reminder.what, reminder.owner
    if reminder.what == HAPPENED:
        return "visit", "visit", reminder.owner
    if reminder.what in ("lead", "leave"):
        return "calendar", "appointment", reminder.owner
    return "bag", "visit", reminder.owner
