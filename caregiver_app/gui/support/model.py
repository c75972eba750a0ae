"""What the support tab says of notes and questions, as plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from caregiver_app.domain.entities import MOODS, Note, Person, Question
from caregiver_app.domain.times import in_zone
from caregiver_app.gui.support.note_words import visit_words
from caregiver_app.gui.whom import AboutSomebody, called, whom
from caregiver_app.gui.words import day_text, short_date, tr
from caregiver_app.pages.mood_shown import mood_word
from caregiver_app.services.household import Household
from caregiver_app.services.support import NotesFound, NoteWish
from caregiver_app.values import value

PAGE: Final = 8
"""How many notes are shown at first, and more with each press of "Older"."""


@value
class NoteLine:
    """One note of the list; `marks` are (start, length) of found words, in characters of `text`."""

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

    def __init__(self, house: Household) -> None:
        super().__init__(house)
        self._written_about: str | None = None

    def set_person(self, person_id: str | None) -> None:
        """Speak of somebody else, or of everybody."""
        if person_id != self._person_id:
            self._written_about = None
        super().set_person(person_id)

    @property
    def person(self) -> Person | None:
        """Whom the page speaks of; among everybody, whom somebody chose to write about."""
        return whom(self.house, self._person_id or self._written_about)

    @property
    def people(self) -> list[Person]:
        """Whom to choose from where everybody is shown, nobody where there is nothing to choose."""
        everybody = [] if self._person_id is not None else self.house.people.people()
        return everybody if len(everybody) > 1 else []

    def write_about(self, person_id: str) -> None:
        """Speak of one of everybody."""
        self._written_about = person_id

    # -- Notes ------------------------------------------------------------------------------------

    def new_note(self, room: str) -> Note:
        """Return an empty note that is not kept yet."""
        person = self.person
        now = self.house.care.now
        return Note(id="", person="" if person is None else person.id, text="", at=now, room=room)

    def wish(self, *, but: str = "") -> NoteWish:
        """Return a wish for all notes of the present person but the one with that id."""
        person = self.person
        return NoteWish(person="" if person is None else person.id, but=but)

    def has_notes(self, *, but: str) -> bool:
        """Tell whether there is a note beside the one with that id."""
        return bool(self.house.support.find(self.wish(but=but), 1).notes)

    def has_pinned(self) -> bool:
        """Tell whether a note is kept for a bad day."""
        wish = replace(self.wish(), pinned=True)
        return bool(self.house.support.find(wish, 1).notes)

    def lines(self, wish: NoteWish, limit: int) -> tuple[list[NoteLine], bool]:
        """Return the notes to show, the newest first, and whether there are more."""
        found = self.house.support.find(wish, limit)
        return [self._line(note, found) for note in found.notes], found.more

    def _line(self, note: Note, found: NotesFound) -> NoteLine:
        local = in_zone(note.at, self.house.care.home)
        parts = [self._day(local.date()), room_name(note.room)]
        if note.mood:
            parts.insert(0, mood_word(note.mood))
        if note.about == "carer":
            parts.append(tr("about you"))
        visit = None if note.visit is None else self.house.agenda.get(note.visit)
        if visit is not None:
            parts.append(visit_words(self.house, visit))
        if note.pinned:
            parts.append(tr("kept for a bad day"))
        parts += [tr("#{tag}", tag=tag) for tag in note.tags]
        shown = found.shown(note.text)
        return NoteLine(note.id, note.mood, " · ".join(parts), shown, found.marks(shown))

    def _day(self, day: date) -> str:
        today = self.house.care.today
        if (today - day).days in (0, 1):
            return day_text(day, today)
        return short_date(day, year=day.year != today.year)

    # -- Whom it is about, where everybody is shown -----------------------------------------------

    @property
    def whose(self) -> str:
        """The name that has to be said, "" where the switcher says it or there is nobody else."""
        if self._person_id is not None or len(self.house.people.people()) < 2:
            return ""
        return called(self.person)

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

    def new_question(self, text: str, note: Note | None = None) -> Question:
        """Return a question that is not kept yet; it may begin with a note."""
        if note is not None:
            return Question(id="", person=note.person, text=text, note=note.id)
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


def moods() -> list[tuple[str, str, str]]:
    """Return the moods to choose from, as (key, words, icon)."""
    return [(mood, mood_word(mood), f"mood-{mood}") for mood in MOODS if mood]
