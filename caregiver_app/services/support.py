"""Emotional support: private notes in four rooms, questions for the doctor, and finding them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.domain.entities import Appointment, Note, Question
from caregiver_app.domain.times import wall
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse
from caregiver_app.services.entry_history import remove_parts
from caregiver_app.services.note_history import NoteHistory
from caregiver_app.services.note_writing import NoteVisit
from caregiver_app.services.support_checks import check_note
from caregiver_app.storage.note_finding import NoteWish, find_notes, has_words, note_tags
from caregiver_app.storage.typed import Typed
from caregiver_app.values import value

QUESTION_TAKES: Final = 2_000
"""So many characters of a note become a question at most."""
_SHOWN: Final = 600
_VISITS_BACK, _VISITS_AHEAD = 6, 3


@value
class Found:
    """One search result; the found words stand between the two marks in `snippet`."""

    kind: str
    id: str
    title: str
    snippet: str


class NotesFound:
    """Notes of a person for the words typed so far; `more` tells that there are others."""

    def __init__(self, notes: list[Note], words: str, *, more: bool) -> None:
        self.notes, self.more = notes, more
        self._signs = "" if has_words(words) else words.strip()
        self._typed = Typed(words) if has_words(words) else None

    def shown(self, text: str) -> str:
        """Return a text as a list shows it: a long one as the part around the first found word."""
        if len(text) <= _SHOWN:
            return text
        if self._typed is not None:
            return self._typed.around(text, _SHOWN)
        at = max(0, text.find(self._signs) - _SHOWN // 2) if self._signs else 0
        return f"{'…' if at else ''}{text[at : at + _SHOWN]}…"

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return (start, length) in characters of each place where something typed stands."""
        if self._typed is not None:
            return self._typed.marks(text)
        size, found = len(self._signs), list[tuple[int, int]]()
        at = text.find(self._signs) if size else -1
        while at >= 0:
            found.append((at, size))
            at = text.find(self._signs, at + size)
        return tuple(found)


class SupportService:
    """Notes and questions."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self.history = NoteHistory(care)

    def find(self, wish: NoteWish, limit: int) -> NotesFound:
        """Return the newest of the notes that are wanted."""
        found = find_notes(self._care.store, wish, limit + 1)
        return NotesFound(found[:limit], wish.words, more=len(found) > limit)

    def tags(self, person: str) -> list[str]:
        """Return the tags of a person's notes, those of most notes first."""
        return note_tags(self._care.store, person)

    def visits_around(
        self, person: str, chosen: str | None = None, *, near: date | None = None
    ) -> list[Appointment]:
        """Return the visits that a note may belong to, with the chosen one.

        Those nearest to the day `near` (None: today) come first.
        """
        care = self._care
        past: list[Appointment] = []
        before = f"{care.today.isoformat()}T00:00"
        while len(past) < _VISITS_BACK:
            one = care.store.last_visit_before(person, before)
            if one is None:
                break
            past.append(one)
            before = _moment_before(one)
        ahead = care.store.next_visits(person, care.today, _VISITS_AHEAD)
        found = [*reversed(ahead), *past]
        if chosen is not None and all(one.id != chosen for one in found):
            kept = care.store.get(Appointment, chosen)
            found += [] if kept is None else [kept]
        day = near or care.today
        return sorted(found, key=lambda one: abs((wall(one.start).date() - day).days))

    def visit(self, note: Note) -> NoteVisit:
        """Begin to write in a note; one without an id is new."""
        return NoteVisit(self._care, note)

    def notes(self, person: str | None = None, limit: int | None = 200) -> list[Note]:
        """Return notes, the newest first."""
        return self._care.store.notes(limit=limit, person=person)

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
        return self.visit(note).keep(note, quiet=False)

    @staticmethod
    def _some_words(text: str, field: str) -> None:
        if not texts.paragraphs(text, field):
            raise InputRefused("text.empty", field)

    def remove_note(self, note_id: str) -> None:
        """Delete a note; undo brings it back."""
        if self.note(note_id) is None:
            raise InputRefused("entry.gone", "id", id=note_id)
        with self._care.change("done.note_removed"):
            remove_parts(self._care, note_id)
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

    def questions_of(self, note_id: str) -> list[Question]:
        """Return the questions that began with a note, oldest first."""
        return self._care.store.all(Question, note=note_id)

    @staticmethod
    def question_from(text: str) -> str:
        """Return what of a note becomes the beginning of a question, for somebody to change.

        Signs that no line can show are left out, and what is too long for a question.
        """
        plain = "".join(
            one for one in text if one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs")
        )
        return plain.strip()[:QUESTION_TAKES].rstrip()

    def search(self, query: str, kinds: tuple[str, ...] | None = None) -> list[Found]:
        """Return what holds the words of `query`, best first; accents and case do not matter."""
        return [
            Found(hit.kind, hit.id, hit.title, hit.snippet)
            for hit in self._care.store.search(query, kinds=kinds)
        ]


def _moment_before(visit: Appointment) -> str:
    """Return the wall time just before a visit starts, to look further back from."""
    return (wall(visit.start) - timedelta(minutes=1)).isoformat(timespec="minutes")
