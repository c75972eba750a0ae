"""What is looked at before something around emotional support is kept, whatever door it came by."""

from __future__ import annotations

from caregiver_app.domain import texts
from caregiver_app.domain.entities import MOODS, ROOMS, Appointment, Note
from caregiver_app.domain.support import (
    ABOUT_WHOM,
    OUTLET_STATES,
    CardChoice,
    Company,
    HelpTask,
    Outlet,
)
from caregiver_app.errors import InputRefused
from caregiver_app.services.care import Care, refuse

NOTE_LIMIT = 2_000_000
"""Characters of one note: a pasted megabyte and what is written around it."""
_MOST_TAGS = 20
_MOST_MINUTES = 24 * 60


def check_note(care: Care, note: Note, old: Note | None) -> None:
    """Look whether a note can be kept so.

    Raises:
        FormRefused: one error for each field that is wrong.
    """
    known = None if old is None else old.visit
    refuse(
        lambda: _written(note.text),
        lambda: texts.one_of(note.room, ROOMS, "room"),
        lambda: texts.one_of(note.mood, MOODS, "mood"),
        lambda: texts.one_of(note.about, ABOUT_WHOM, "about"),
        lambda: _tags(note.tags),
        lambda: None if note.visit in (None, known) else _visit(care, note.visit),
    )


def check_choice(choice: CardChoice) -> None:
    """Look whether a decision about a card can be kept so.

    Raises:
        FormRefused: one error for each field that is wrong.
    """
    refuse(lambda: texts.title(choice.card, "card"))


def check_outlet(outlet: Outlet) -> None:
    """Look whether something on the loved one's list can be kept so.

    Raises:
        FormRefused: one error for each field that is wrong.
    """
    refuse(
        lambda: texts.title(outlet.text, "text"),
        lambda: texts.line(outlet.card, "card"),
        lambda: texts.one_of(outlet.state, OUTLET_STATES, "state"),
    )


def check_company(care: Care, company: Company, old: Company | None) -> None:
    """Look whether somebody's company at a visit can be kept so.

    Raises:
        FormRefused: one error for each field that is wrong.
    """
    known = None if old is None else old.visit
    refuse(
        lambda: texts.title(company.who, "who"),
        lambda: texts.line(company.phone, "phone"),
        lambda: texts.line(company.what, "what"),
        lambda: texts.whole(company.after, 0, _MOST_MINUTES, "after"),
        lambda: texts.whole(company.minutes, 1, _MOST_MINUTES, "minutes"),
        lambda: None if company.visit == known else _visit(care, company.visit),
    )


def check_help(task: HelpTask) -> None:
    """Look whether something that another could take can be kept so.

    Raises:
        FormRefused: one error for each field that is wrong.
    """
    refuse(lambda: texts.title(task.text, "text"), lambda: texts.line(task.who, "who"))


def kept_text(text: str) -> str:
    """Return the text of a note as it is kept: what was typed, with plain line feeds.

    What no data file can hold, a zero character or half a character, is kept as the sign that
    stands for it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\u2400")
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _written(text: str) -> None:
    if not text.strip():
        raise InputRefused("text.empty", "text")
    if len(text) > NOTE_LIMIT:
        raise InputRefused("text.long", "text", length=len(text), limit=NOTE_LIMIT)


def _tags(tags: tuple[str, ...]) -> None:
    if len(tags) > _MOST_TAGS:
        raise InputRefused("note.many_tags", "tags", count=len(tags), limit=_MOST_TAGS)
    for tag in tags:
        texts.title(tag, "tags")


def _visit(care: Care, visit: str) -> None:
    if not texts.is_whole(visit) or care.store.get(Appointment, visit) is None:
        raise InputRefused("entry.no_such", "visit", id=visit)
