"""Emotional support: private notes in four rooms, questions for the doctor, and finding them."""

from __future__ import annotations

from dataclasses import replace

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Note, Question
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.support_checks import check_note, kept_text
from caregiver_app.values import value


@value
class Found:
    """One search result; the found words stand between the two marks in `snippet`."""

    kind: str
    id: str
    title: str
    snippet: str


class SupportService:
    """Notes and questions."""

    def __init__(self, care: Care) -> None:
        self._care = care

    def notes(self, person: str | None = None, limit: int | None = 200) -> list[Note]:
        """Return notes, pinned ones first, then the newest."""
        store = self._care.store
        wanted = {} if person is None else {"person": person}
        pinned = sorted(store.all(Note, pinned=True, **wanted), key=lambda n: n.at, reverse=True)
        newest = store.notes(limit=limit, person=person)
        return [*pinned, *(note for note in newest if not note.pinned)]

    def note(self, note_id: str) -> Note | None:
        """Return one note by id."""
        return self._care.store.get(Note, note_id)

    def check_note(self, note: Note) -> None:
        """Look whether a note can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        old = self._care.store.get(Note, note.id) if note.id else None
        check_note(self._care, note, old)

    def save_note(self, note: Note) -> Note:
        """Keep a new or changed note.

        Raises:
            FormRefused: it is empty or too long, or room or mood are unknown.
        """
        self.check_note(note)
        care = self._care
        old = care.store.get(Note, note.id) if note.id else None
        with care.change("done.note_added" if old is None else "done.note_changed"):
            person = care.whose(note.person, old)
            kept = replace(
                care.stamped(note, old),
                person=person.id,
                text=kept_text(note.text),
                at=care.now if old is None else old.at,
            )
            care.store.put(kept)
        return kept

    @staticmethod
    def _some_words(text: str, field: str) -> None:
        if not texts.paragraphs(text, field):
            raise InputRefused("text.empty", field)

    def remove_note(self, note_id: str) -> None:
        """Delete a note; undo brings it back."""
        if self.note(note_id) is None:
            raise InputRefused("entry.gone", "id", id=note_id)
        with self._care.change("done.note_removed"):
            self._care.store.remove(Note, note_id, self._care.now)

    def questions(self, person: str | None = None) -> list[Question]:
        """Return the questions for the doctor, open ones first."""
        wanted = {} if person is None else {"person": person}
        return sorted(self._care.store.all(Question, **wanted), key=lambda q: bool(q.answer))

    def check_question(self, question: Question) -> None:
        """Look whether a question can be kept so.

        Raises:
            FormRefused: one error for each field that is wrong.
        """
        refuse(
            lambda: self._some_words(question.text, "text"),
            lambda: texts.paragraphs(question.answer, "answer"),
        )

    def save_question(self, question: Question) -> Question:
        """Keep a new or changed question.

        Raises:
            FormRefused: it is empty or too long.
        """
        self.check_question(question)
        care = self._care
        old = care.store.get(Question, question.id) if question.id else None
        with care.change("done.question"):
            person = care.whose(question.person, old)
            kept = replace(
                care.stamped(question, old),
                person=person.id,
                text=texts.paragraphs(question.text),
                answer=texts.paragraphs(question.answer, "answer"),
            )
            care.store.put(kept)
        return kept

    def remove_question(self, question_id: str) -> None:
        """Delete a question; undo brings it back."""
        if self._care.store.get(Question, question_id) is None:
            raise InputRefused("entry.gone", "id", id=question_id)
        with self._care.change("done.question_removed"):
            self._care.store.remove(Question, question_id, self._care.now)

    def search(self, query: str, kinds: tuple[str, ...] | None = None) -> list[Found]:
        """Return what holds the words of `query`, best first; accents and case do not matter."""
        return [
            Found(hit.kind, hit.id, hit.title, hit.snippet)
            for hit in self._care.store.search(query, kinds=kinds)
        ]
