"""What a family types: length, emptiness, control characters, ids, choices, and initials."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from caregiver_app.errors import InputRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

TITLE_LIMIT = 200
TEXT_LIMIT = 100_000
ID_LIMIT = 100


_CONTROLS = ("Cc", "Cs")
_LINE_ENDS = ("Zl", "Zp")
_UNSEEN = ("Cf", "Zs")


def _refuse_controls(text: str, field: str, allowed: str, others: tuple[str, ...]) -> None:
    if text.isprintable():
        return
    refused = _CONTROLS + others
    for character in text:
        if unicodedata.category(character) in refused and character not in allowed:
            raise InputRefused("text.control", field, code=f"U+{ord(character):04X}")


def title(text: str, field: str = "title") -> str:
    """Return one line of text, trimmed.

    Raises:
        InputRefused: it is empty, longer than 200 characters, or holds control characters.
    """
    trimmed = line(text, field)
    # A title of nothing but joiners and marks of direction would be an empty line on the screen.
    if all(unicodedata.category(character) in _UNSEEN for character in trimmed):
        raise InputRefused("text.empty", field)
    return trimmed


def line(text: str, field: str) -> str:
    """Return one optional line of text, trimmed.

    Raises:
        InputRefused: it is longer than 200 characters or holds control characters.
    """
    trimmed = text.strip()
    if len(trimmed) > TITLE_LIMIT:
        raise InputRefused("text.long", field, length=len(trimmed), limit=TITLE_LIMIT)
    _refuse_controls(text, field, "", _LINE_ENDS)
    return trimmed


def paragraphs(text: str, field: str = "text", limit: int = TEXT_LIMIT) -> str:
    """Return optional text of several lines, with plain line feeds.

    Raises:
        InputRefused: it is longer than `limit` characters or holds control characters.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(plain) > limit:
        raise InputRefused("text.long", field, length=len(plain), limit=limit)
    _refuse_controls(plain, field, "\n\t", ())
    return plain.strip()


def identifier(text: str, field: str = "id") -> str:
    """Return an id unchanged.

    Raises:
        InputRefused: it is not 1 to 100 characters, or has white space or control characters.
    """
    if not 1 <= len(text) <= ID_LIMIT:
        raise InputRefused("id.length", field, length=len(text), limit=ID_LIMIT)
    if any(c.isspace() or unicodedata.category(c) in _CONTROLS for c in text):
        raise InputRefused("id.characters", field)
    return text


def is_whole(text: str) -> bool:
    """Tell whether a text holds no half characters, which no data file can look for."""
    return not any(unicodedata.category(character) == "Cs" for character in text)


def one_of(value: str, allowed: Collection[str], field: str) -> str:
    """Return `value` when it is one of `allowed`.

    Raises:
        InputRefused: it is something else; the sentence lists the choices.
    """
    if value not in allowed:
        raise InputRefused(
            "choice.unknown", field, value=value, choices=", ".join(filter(None, allowed))
        )
    return value


def whole(value: int, low: int, high: int, field: str) -> int:
    """Return `value` when it lies between `low` and `high`, both included.

    Raises:
        InputRefused: it lies outside.
    """
    if not low <= value <= high:
        raise InputRefused("number.range", field, value=value, low=low, high=high)
    return value


def problems_of(checks: Iterable[Callable[[], object]]) -> list[InputRefused]:
    """Run every check and return what they refused, so that a form shows all at once."""
    problems: list[InputRefused] = []
    for check in checks:
        try:
            check()
        except InputRefused as problem:
            problems.append(problem)
    return problems


def first_name(name: str) -> str:
    """Return what somebody is called by, "" where there is no name.

    A name without spaces, as Chinese ones are, stays whole.
    """
    return next(iter(name.split()), "")


def badge_letters(names: Mapping[str, str]) -> dict[str, str]:
    """Return by a person's id what stands for the name: one letter, two where two share it.

    Where both letters are shared as well, it is the first and the number in the family.
    """
    initials = {person: name_letters(name).upper() or "?" for person, name in names.items()}
    found: dict[str, str] = {}
    for number, (person, name) in enumerate(names.items(), start=1):
        letters = initials[person]
        if list(initials.values()).count(letters) > 1:
            letters = name_letters(name, 2) or letters
            letters = f"{letters[:1].upper()}{letters[1:].lower()}"
        found[person] = letters if letters not in found.values() else f"{letters[:1]}{number}"
    return found


def name_letters(name: str, count: int = 1) -> str:
    """Return the first letters of a person's first name, "" where there is no name.

    A Chinese, Japanese or Korean name begins with the family's: its last characters are the given
    one's.
    """
    first = first_name(name)
    whole = len(first) > 1 and all("\u3400" <= letter <= "\u9fff" for letter in first)
    return first[-count:] if whole else first[:count]
