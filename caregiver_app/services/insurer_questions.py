"""Questions that a family may ask an insurer, read from a data file that anybody can edit."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from caregiver_app.assets import read_text
from caregiver_app.values import value

FILE = "care/insurer_questions.en.json"


@value
class InsurerQuestion:
    """One question: where it was read (`sources`, none for general knowledge) and how far."""

    id: str
    text: str
    status: str
    sources: tuple[str, ...]


@value
class QuestionGroup:
    """Questions about one thing."""

    id: str
    title: str
    questions: tuple[InsurerQuestion, ...]


@value
class InsurerQuestions:
    """All of them; `foot` stands below, `generated` is when they were checked ("2026-11-21")."""

    groups: tuple[QuestionGroup, ...]
    foot: str
    generated: str

    def sources_of(self, chosen: frozenset[str]) -> tuple[str, ...]:
        """Return the names of the sources of some questions, each once, in their order."""
        names = (
            name
            for group in self.groups
            for question in group.questions
            if question.id in chosen
            for name in question.sources
        )
        return tuple(dict.fromkeys(names))


@cache
def load() -> InsurerQuestions:
    """Return the questions; the file is read once."""
    data: dict[str, Any] = json.loads(read_text(FILE))
    names = {id_: one["name"] for id_, one in data["sources"].items()}
    groups = tuple(
        QuestionGroup(
            group["id"],
            group["title"],
            tuple(
                InsurerQuestion(
                    one["id"],
                    one["text"],
                    one["status"],
                    tuple(names[source] for source in one["sources"]),
                )
                for one in group["questions"]
            ),
        )
        for group in data["groups"]
    )
    return InsurerQuestions(groups, data["foot"], data["generated"])
