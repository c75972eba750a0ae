"""Looking through what became of bags, without reading each of their items."""

from __future__ import annotations

from caregiver_app.storage.reading import Reader

_OFTEN = (
    "SELECT key FROM bag_item WHERE deleted IS NULL AND state = 'not_needed' AND label = ''"
    " GROUP BY key HAVING count(*) >= ? ORDER BY key"
)


def often_unneeded(store: Reader, times: int) -> list[str]:
    """Return the keys of items on lists that were not needed at so many visits or more."""
    return [key for (key,) in store.rows(_OFTEN, (times,))]
