"""What the panel and Today ask about an idea of the support tab: Done, or never again."""

from __future__ import annotations

from collections.abc import Sequence

from caregiver_app.domain.prompts import PROMPT
from caregiver_app.domain.reminders import Reminder
from caregiver_app.gui.words import tr


def is_idea(reminders: Sequence[Reminder]) -> bool:
    """Tell whether all of these are ideas of the support tab."""
    return bool(reminders) and all(one.what == PROMPT for one in reminders)


def no_more_words() -> str:
    """Return the words of the button that puts an idea away."""
    return tr("No more like this")
