"""What became of the last reminder that was said: read from the answers, so it outlives a start."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.entities import Answer
from caregiver_app.services.care import Care
from caregiver_app.values import value

DESKTOP: Final = "desktop"
TRAY: Final = "tray"
WINDOW: Final = "window"
"""What told the person: the desktop's notice, the tray's message, or the reminder window alone."""

_BACK: Final = timedelta(days=7)
_SENT: Final = "notify.sent"


@value
class Said:
    """One saying: its UTC instant, what told the person, and the message key of why."""

    at: datetime
    channel: str
    reason: str


def stored(channel: str, reason: str) -> str:
    """Return how an answer keeps the outcome of a saying."""
    return f"{channel} {reason}"


def last_said(care: Care) -> Said | None:
    """Return the last saying of the past week whose outcome was kept, None where there is none."""
    now = care.now
    told = [one for one in care.store.answers_between(now - _BACK, now) if one.delivery]
    kept = [(one.shown, one.id, one) for one in told if one.shown is not None]
    return _said(max(kept)[2]) if kept else None


def _said(answer: Answer) -> Said:
    channel, _, reason = answer.delivery.partition(" ")
    if not reason:
        # As it was kept at first: the reason alone.
        channel, reason = (DESKTOP if channel == _SENT else WINDOW), channel
    return Said(answer.shown or answer.due, channel, reason)
