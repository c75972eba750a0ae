"""What every kept thing has."""

from __future__ import annotations

from datetime import UTC, datetime

from caregiver_app.values import value

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@value(kw_only=True)
class Entity:
    """What every kept thing has: an id that never changes and when it was made and changed."""

    id: str
    created: datetime = LONG_AGO
    changed: datetime = LONG_AGO
