"""Where the carer's own answers lead: to the crisis panel, to people to call, or nowhere.

Nothing is added up and nothing is weighed: it only matters which answers were given. The answers
stand from the rarest, 0, to the most frequent; a question that nobody answered says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from caregiver_app.domain.support import ANSWERS
from caregiver_app.domain.support_cards import CheckQuestion

Lead = Literal["crisis", "people", ""]
"""The crisis panel, people to call, or nowhere in particular."""

EVERY: Final = timedelta(days=7)
"""So long after one check the next one is offered."""
_ZONES_APART: Final = timedelta(days=2)
"""So far ahead a day may lie that was today in another zone."""
SAFETY: Final = "safety"
"""The area of the question that is about danger."""
_OFTEN: Final = 2
"""From this answer on, "most days", something is so on most days."""
_SEVERAL: Final = 2
"""So many things that are so on most days lead to people."""


def asks_for_crisis(question: CheckQuestion, answer: int) -> bool:
    """Tell whether one answer alone opens the crisis panel: any but the rarest about danger.

    Raises:
        ValueError: there is no such answer.
    """
    return question.area == SAFETY and _turned(question, answer) > 0


def leads_to(questions: Sequence[CheckQuestion], answers: Mapping[str, int]) -> Lead:
    """Return where the answers lead; they stand by the ids of their questions.

    Of all but the one about danger, two that are hard on most days or more often lead to people.

    Raises:
        ValueError: there is no such answer.
    """
    told = [(one, answers[one.id]) for one in questions if one.id in answers]
    if any(asks_for_crisis(one, answer) for one, answer in told):
        return "crisis"
    hard = [one for one, answer in told if one.area != SAFETY and _turned(one, answer) >= _OFTEN]
    return "people" if len(hard) >= _SEVERAL else ""


def again_on(last: date | None, today: date) -> date:
    """Return the day from which the check is offered again: today, or a week after the `last` one.

    A last one may lie a little ahead for somebody who has travelled west since; further ahead it
    was made by a clock that was wrong.
    """
    if last is None or last > today + _ZONES_APART:
        return today
    return max(today, last + EVERY)


def _turned(question: CheckQuestion, answer: int) -> int:
    """Return how often it is hard, where frequent answers may be the good ones."""
    if not 0 <= answer < ANSWERS:
        raise ValueError(f"no answer {answer}")
    return ANSWERS - 1 - answer if question.reverse else answer
