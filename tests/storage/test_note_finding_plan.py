"""How SQLite looks for notes: the index of words is asked once, never once for each note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from caregiver_app.storage.note_finding import NoteWish, find_notes
from caregiver_app.storage.reading import Reader
from tests.factories import line
from tests.fakes import FakeClock, Home
from tests.programs import NOW

WISHES = (
    NoteWish("rosa", "walked"),
    NoteWish("rosa", "walk 散步"),
    NoteWish("rosa", "w", room="listening"),
    NoteWish("rosa", "w", tag="walk", about="carer", pinned=True, but="n1"),
)


class Asked:
    """Stands before a reader and keeps what it was asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.questions: list[tuple[str, Sequence[object]]] = []

    def entities(self, kind: str, where: str, given: Sequence[object]) -> list[object]:
        self.questions.append((where, given))
        return list(self._reader.entities(kind, where, given))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    clock = FakeClock(datetime(2026, 1, 1, tzinfo=UTC), "Europe/London")
    clock.at(NOW)
    made = Home(tmp_path_factory.mktemp("notes") / "data", clock)
    made.add(line("person", id="rosa", name="Rosa"))
    made.add(
        *(line("note", id=f"n{number}", text=f"walked {number}, 散步") for number in range(60))
    )
    yield made
    made.close()


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_the_words_are_looked_up_first(home: Home, wish: NoteWish):
    reader = home.house.care.store
    asked = Asked(reader)
    find_notes(asked, wish, 10)  # type: ignore[arg-type]
    ((where, given),) = asked.questions
    question = f"EXPLAIN QUERY PLAN SELECT * FROM note WHERE {where}"  # noqa: S608
    plan = reader.rows(question, tuple(given))
    steps = [str(step[3]) for step in plan]
    (words,) = (at for at, step in enumerate(steps) if "SCAN search VIRTUAL TABLE" in step)
    (entries,) = (at for at, step in enumerate(steps) if step.startswith("SEARCH search_entry"))
    assert words < entries, "the index of words would be asked for each note"
    assert "INTEGER PRIMARY KEY" in steps[entries]
    assert not [step for step in steps if step.startswith("SCAN note")]
