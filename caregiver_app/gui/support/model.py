"""What the support tab says, as plain values, and where searched words stand in a text."""

from __future__ import annotations

import unicodedata
from typing import Final

from caregiver_app.domain.entities import MOODS, ROOMS, Note, Question
from caregiver_app.domain.times import in_zone
from caregiver_app.gui.whom import AboutSomebody
from caregiver_app.gui.words import day_text, tr
from caregiver_app.values import value

PAGE: Final = 30
"""How many notes are shown at first, and more with each press of "Older"."""
_SEARCHED: Final = ("note",)


@value
class NoteLine:
    """One note of the list. `marks` are (start, length) of the found words in `text`."""

    key: str
    mood: str
    head: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@value
class QuestionLine:
    """One question for the doctor."""

    key: str
    text: str
    answer: str


class SupportModel(AboutSomebody):
    """Notes and questions of one person, read when they are asked for."""

    # -- Notes ------------------------------------------------------------------------------------

    def new_note(self, text: str, room: str, mood: str) -> Note:
        """Return a note that is not kept yet."""
        person = self.person
        return Note(
            id="",
            person="" if person is None else person.id,
            text=text,
            at=self.house.care.now,
            room=room,
            mood=mood,
        )

    def counts(self) -> dict[str, int]:
        """Return how many of the newest notes each room holds."""
        counts: dict[str, int] = dict.fromkeys(ROOMS, 0)
        for note in self._notes(None):
            counts[note.room] += 1
        return counts

    def lines(self, room: str | None, query: str, limit: int) -> tuple[list[NoteLine], bool]:
        """Return the notes to show, and whether there are more.

        With a query, those that hold its words, the best first; else pinned ones, then the newest.
        """
        if query.strip():
            notes = self._found(query)
        else:
            notes = self._notes(limit + 1 if room is None else None)
        fitting = [note for note in notes if room is None or note.room == room]
        lines = [self._line(note, query) for note in fitting[:limit]]
        return lines, len(fitting) > limit

    def _notes(self, limit: int | None) -> list[Note]:
        person = self.person
        if person is None:
            return []
        return self.house.support.notes(person.id, limit)

    def _found(self, query: str) -> list[Note]:
        person = self.person
        hits = self.house.support.search(query, kinds=_SEARCHED)
        notes = [self.house.support.note(hit.id) for hit in hits]
        return [n for n in notes if n is not None and person is not None and n.person == person.id]

    def _line(self, note: Note, query: str) -> NoteLine:
        local = in_zone(note.at, self.house.care.home)
        parts = [day_text(local.date(), self.house.care.today), room_name(note.room)]
        if note.mood:
            parts.insert(0, mood_name(note.mood))
        if note.pinned:
            parts.append(tr("pinned"))
        return NoteLine(note.id, note.mood, " · ".join(parts), note.text, marks(note.text, query))

    # -- Questions --------------------------------------------------------------------------------

    def questions(self) -> list[QuestionLine]:
        """Return the questions, open ones first."""
        person = self.person
        if person is None:
            return []
        found = self.house.support.questions(person.id)
        return [QuestionLine(q.id, q.text, q.answer) for q in found]

    def question(self, question_id: str) -> Question | None:
        """Return one question by id."""
        found = (q for q in self.house.support.questions() if q.id == question_id)
        return next(found, None)

    def new_question(self, text: str) -> Question:
        """Return a question that is not kept yet."""
        person = self.person
        return Question(id="", person="" if person is None else person.id, text=text)


def room_name(room: str) -> str:
    """Return the name of a room."""
    return {
        "listening": tr("Listening"),
        "reassurance": tr("Reassurance"),
        "company": tr("Company"),
        "outlets": tr("Healthy outlets"),
    }[room]


def room_icon(room: str) -> str:
    """Return the icon of a room."""
    return {"listening": "listening", "reassurance": "support", "company": "company",
            "outlets": "for-you"}[room]  # fmt: skip


def mood_name(mood: str) -> str:
    """Return a mood in words, "" for none."""
    return {"": "", "calm": tr("Calm"), "so-so": tr("So-so"), "low": tr("Low")}[mood]


def moods() -> list[tuple[str, str]]:
    """Return the moods to choose from, as (key, words)."""
    return [(mood, mood_name(mood)) for mood in MOODS if mood]


def marks(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Return (start, length) of each place in `text` where a typed word begins a word.

    Case and accents do not matter, as in the search itself; Chinese, Japanese and Korean words
    are found inside any run.
    """
    folded, origin = _folded(text)
    found: list[tuple[int, int]] = []
    for word in _folded(query)[0].split():
        at = folded.find(word)
        while at >= 0:
            begins = at == 0 or not folded[at - 1].isalnum() or not folded[at].isascii()
            if begins:
                last = origin[at + len(word) - 1]
                found.append((origin[at], last - origin[at] + 1))
            at = folded.find(word, at + len(word))
    return tuple(sorted(set(found)))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text without case and accents, and where each of its letters came from."""
    letters: list[str] = []
    origin: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.casefold()):
            if not unicodedata.combining(part):
                letters.append(part)
                origin.append(place)
    return "".join(letters), origin
