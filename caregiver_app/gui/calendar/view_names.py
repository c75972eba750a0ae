"""The three views of the calendar by name, and which of them is shown at first."""

from __future__ import annotations

from typing import Final

MONTH: Final = "month"
WEEK: Final = "week"
LIST: Final = "list"
"""The agenda; in a narrow window it is called the list."""
VIEWS: Final = (MONTH, WEEK, LIST)


def view_of(kept: str, *, narrow: bool) -> str:
    """Return the view that was left; before anybody chose the list where it is narrow."""
    if kept in VIEWS:
        return kept
    return LIST if narrow else MONTH
