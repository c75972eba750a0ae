"""When something rings next: what somebody who quits is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from caregiver_app.domain.reminders import SLACK
from caregiver_app.services.household import Household

_FAR: Final = timedelta(days=60)


def next_ring(house: Household) -> datetime | None:
    """Return the UTC instant at which something rings next, None while nothing is to come.

    It lies in the past where something is due.

    Raises:
        UserError: the data cannot be read.
    """
    reminders, now = house.reminders, house.care.now
    first = reminders.next_due()
    if first is None or first < now + SLACK:
        return first
    coming = reminders.between(now, now + _FAR)
    return min((one.due for one in coming if one.state in ("waiting", "later")), default=None)
