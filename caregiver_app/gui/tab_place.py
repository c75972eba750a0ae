"""What the window asks of a tab, and how each tab is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from caregiver_app.services.care import Change
from caregiver_app.values import value

TabClass = Callable[..., Any]
"""What makes a tab: (household, theme), and for some what makes the calendar's desk of forms.

Other parts of the window that are imported by themselves are made with what is theirs.
"""


class Tab(Protocol):
    """What the window asks of every tab, besides being a widget.

    A page may have a signal `asked(place, kind, item)`: go to another place, and to one thing
    there; and a method `enter()`: its tab was chosen, so it shows where it begins.
    """

    def set_person(self, person_id: str | None) -> None:
        """Show one person, or everybody."""
        ...

    def refresh(self, change: Change | None = None) -> None:
        """Look again; None means at everything."""
        ...

    def open_item(self, kind: str, item: str) -> None:
        """Bring one thing to the front."""
        ...


@value
class TabPlace:
    """One tab: its key, word and icon, and how its page is made."""

    key: str
    text: str
    icon: str
    make: Callable[[], QWidget]


def enter(page: QWidget | None) -> None:
    """Tell a page that its tab was chosen, where it wants to know."""
    entered = getattr(page, "enter", None)
    if entered is not None:
        entered()
