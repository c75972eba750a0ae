"""Finding notes while somebody types: by words, and by what was chosen beside them."""

from __future__ import annotations

from typing import Final, cast

from caregiver_app.domain.entities import Note
from caregiver_app.storage.reading import Reader
from caregiver_app.storage.search import typed_words
from caregiver_app.values import value

_MOST_WORDS: Final = 32
_HOLDS_WORDS: Final = (
    # A cross join keeps the words first: the other way round each note would ask the index anew.
    "id IN (SELECT entry FROM search CROSS JOIN search_entry ON number = search.rowid"
    " WHERE kind = 'note' AND search MATCH ?)"
)
_HOLDS_SIGNS: Final = "instr(text, ?) > 0"
_HAS_TAG: Final = "tags <> '[]' AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)"
_TAGS: Final = (
    "SELECT json_each.value FROM note, json_each(note.tags)"
    " WHERE note.deleted IS NULL AND note.tags <> '[]' AND note.person = ?"
    " GROUP BY json_each.value ORDER BY count(*) DESC, json_each.value"
)


@value
class NoteWish:
    """Which notes of a person are wanted; "" and False ask for nothing.

    `words` are as somebody types them: each may be the beginning of a word, and all have to occur.
    `but` is the id of one that is not wanted.
    """

    person: str
    words: str = ""
    room: str = ""
    tag: str = ""
    about: str = ""
    pinned: bool = False
    but: str = ""


def find_notes(reader: Reader, wish: NoteWish, limit: int) -> list[Note]:
    """Return at most so many of the notes that are wanted, the newest first.

    Raises:
        DataDamaged, DataBusy, DiskTrouble: the data file cannot be read.
    """
    conditions, given = ["deleted IS NULL", "person = ?"], [wish.person]
    for column, wanted in (("room = ?", wish.room), ("about = ?", wish.about)):
        if wanted:
            conditions.append(column)
            given.append(wanted)
    if wish.tag:
        conditions.append(_HAS_TAG)
        given.append(wish.tag)
    if wish.pinned:
        conditions.append("pinned = 1")
    if wish.but:
        conditions.append("id <> ?")
        given.append(wish.but)
    typed = wish.words.strip()
    if typed:
        expression = _expression(typed)
        # Signs that are no words, such as an emoji, stand in no list of words.
        conditions.append(_HOLDS_WORDS if expression else _HOLDS_SIGNS)
        given.append(expression or typed)
    # What is not shown is not read: the words of thousands of notes are long.
    which = (
        f"id IN (SELECT id FROM note WHERE {' AND '.join(conditions)}"  # noqa: S608
        f" ORDER BY at DESC, id LIMIT {limit:d}) ORDER BY at DESC, id"
    )
    return cast("list[Note]", reader.entities("note", which, given))


def note_tags(reader: Reader, person: str) -> list[str]:
    """Return the tags of a person's notes, those of most notes first.

    Raises:
        DataBusy, DiskTrouble: the data file cannot be read.
    """
    return [str(tag) for (tag,) in reader.rows(_TAGS, (person,))]


def has_words(typed: str) -> bool:
    """Tell whether something typed has a word in it that can be looked for."""
    return bool(_expression(typed))


def _expression(typed: str) -> str:
    words = [tokens for word in typed.split()[:_MOST_WORDS] for tokens in typed_words(word)]
    return " AND ".join(f'"{" ".join(tokens)}" *' for tokens in words)
