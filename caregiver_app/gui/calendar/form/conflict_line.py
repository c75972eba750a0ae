"""What an appointment gets into, in quiet words: never red, never in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from caregiver_app.domain.entities import Appointment
from caregiver_app.gui.theme import Theme
from caregiver_app.gui.widgets.height import AsTall
from caregiver_app.gui.widgets.sign_line import SignLine
from caregiver_app.gui.widgets.text import Text
from caregiver_app.gui.words import short_date, time_text, tr
from caregiver_app.messages import words
from caregiver_app.services.household import Household

if TYPE_CHECKING:
    from caregiver_app.services.conflicts import Conflict

_SHOWN: Final = 3


def conflict_text(conflict: Conflict) -> str:
    """Return a conflict as one sentence."""
    return words(conflict.message, **{name: _said(one) for name, one in conflict.values.items()})


def _said(one: object) -> str:
    if isinstance(one, time):
        return time_text(one)
    return short_date(one) if isinstance(one, date) else str(one)


class ConflictLine(AsTall):
    """What an appointment, or a day, gets into; hidden while that is nothing.

    A form shows it with `look(house, draft)` whenever the draft changes and saves all the same.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = [SignLine(theme, "attention", role="second") for _ in range(_SHOWN)]
        self._more = Text("", "second", "soft")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for line in self._lines:
            column.addWidget(line)
        column.addWidget(self._more)
        self.show_conflicts(())

    def look(self, house: Household, draft: Appointment | None) -> None:
        """Show what a draft would get into; nothing while it cannot be read."""
        self.show_conflicts(() if draft is None else house.conflicts.of(draft))

    def show_conflicts(self, conflicts: Sequence[Conflict]) -> None:
        """Show the first few of them, and how many more there are."""
        said = list(dict.fromkeys(map(conflict_text, conflicts)))
        for place, line in enumerate(self._lines):
            line.say(said[place] if place < len(said) else "")
        rest = len(said) - _SHOWN
        self._more.setText(tr("and {count} more", count=rest))
        self._more.setVisible(rest > 0)
        self.setVisible(bool(said))

    def sentences(self) -> list[str]:
        """Return the sentences that are shown."""
        return [line.words.text() for line in self._lines if line.words.text()]
