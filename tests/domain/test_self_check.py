"""Where the carer's own answers lead."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caregiver_app.domain.self_check import again_on, asks_for_crisis, leads_to
from caregiver_app.domain.support_cards import CheckQuestion
from caregiver_app.services.reference import load
from caregiver_app.services.support_cards import SupportCards

QUESTIONS = SupportCards(load()).self_check.questions
BEST = {one.id: 3 if one.reverse else 0 for one in QUESTIONS}
"""The lightest answer to each."""
TODAY = date(2026, 3, 20)


def answered(**changed: int) -> dict[str, int]:
    return {**BEST, **changed}


def test_the_questions_are_those_that_the_rule_speaks_of() -> None:
    assert [one.id for one in QUESTIONS] == [f"q{n}" for n in range(1, 9)]
    assert [one.id for one in QUESTIONS if one.reverse] == ["q1", "q2", "q6"]
    assert [one.id for one in QUESTIONS if one.area == "safety"] == ["q8"]


@pytest.mark.parametrize(
    ("answers", "lead"),
    [
        ({}, ""),
        (answered(), ""),
        # Any answer but "not at all" about danger, whatever else was said.
        (answered(q8=1), "crisis"),
        (answered(q8=2), "crisis"),
        (answered(q8=3), "crisis"),
        ({"q8": 1}, "crisis"),
        (answered(q8=3, q3=3, q4=3, q5=3), "crisis"),
        # One hard thing alone leads nowhere, two do.
        (answered(q3=3), ""),
        (answered(q3=2, q5=2), "people"),
        (answered(q3=2, q5=1), ""),
        (answered(q3=1, q4=1, q5=1, q7=1), ""),
        # The frequent answers to these are the good ones.
        (answered(q1=1, q2=1), "people"),
        (answered(q1=2, q2=2, q6=2), ""),
        (answered(q1=0), ""),
        (answered(q1=0, q7=2), "people"),
        (answered(q6=1, q4=3), "people"),
        ({"q1": 0, "q2": 1}, "people"),
        ({"q4": 2, "q7": 3}, "people"),
    ],
)
def test_where_answers_lead(answers: dict[str, int], lead: str) -> None:
    assert leads_to(QUESTIONS, answers) == lead


@pytest.mark.parametrize("pair", list(combinations([q.id for q in QUESTIONS[:-1]], 2)))
def test_any_two_of_the_first_seven_on_most_days_lead_to_people(pair: tuple[str, str]) -> None:
    reverse = {one.id: one.reverse for one in QUESTIONS}
    hard = {id_: 1 if reverse[id_] else 2 for id_ in pair}
    assert leads_to(QUESTIONS, answered(**hard)) == "people"


ANY_ANSWERS = st.dictionaries(st.sampled_from([q.id for q in QUESTIONS]), st.integers(0, 3))


@given(ANY_ANSWERS)
def test_danger_always_leads_to_the_crisis_panel_and_nothing_else_does(
    answers: dict[str, int],
) -> None:
    assert (leads_to(QUESTIONS, answers) == "crisis") == (answers.get("q8", 0) > 0)


@given(ANY_ANSWERS, st.permutations(QUESTIONS))
def test_the_order_of_questions_plays_no_part(
    answers: dict[str, int], mixed: list[CheckQuestion]
) -> None:
    assert leads_to(mixed, answers) == leads_to(QUESTIONS, answers)


@given(ANY_ANSWERS, st.sampled_from(QUESTIONS))
def test_a_harder_answer_never_leads_to_less(answers: dict[str, int], one: CheckQuestion) -> None:
    rank = ("", "people", "crisis")
    now = answers.get(one.id, BEST[one.id])
    harder = max(0, now - 1) if one.reverse else min(3, now + 1)
    before = rank.index(leads_to(QUESTIONS, {**answers, one.id: now}))
    assert rank.index(leads_to(QUESTIONS, {**answers, one.id: harder})) >= before


@pytest.mark.parametrize("answer", [-1, 4, 99])
def test_there_is_no_other_answer(answer: int) -> None:
    with pytest.raises(ValueError, match="no answer"):
        leads_to(QUESTIONS, {"q1": answer})


def test_only_the_question_about_danger_asks_for_the_panel() -> None:
    asking = [(q.id, a) for q in QUESTIONS for a in range(4) if asks_for_crisis(q, a)]
    assert asking == [("q8", 1), ("q8", 2), ("q8", 3)]


@pytest.mark.parametrize(
    ("last", "again"),
    [
        (None, TODAY),
        (TODAY, date(2026, 3, 27)),
        (date(2026, 3, 14), date(2026, 3, 21)),
        (date(2026, 3, 13), TODAY),
        (date(2025, 1, 1), TODAY),
        # Somebody who has travelled west since: their calendar is a day behind, or nearly two.
        (date(2026, 3, 21), date(2026, 3, 28)),
        (date(2026, 3, 22), date(2026, 3, 29)),
        (date(2026, 3, 23), TODAY),  # by a clock that was wrong
    ],
)
def test_it_is_offered_weekly_at_most(last: date | None, again: date) -> None:
    assert again_on(last, TODAY) == again


@given(st.integers(0, 400))
def test_never_twice_within_a_week(days: int) -> None:
    last = TODAY - timedelta(days=days)
    assert (again_on(last, TODAY) == TODAY) == (days >= 7)
