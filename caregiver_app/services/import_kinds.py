"""Guessing by its words what kind of appointment an event of another program is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from caregiver_app.assets import read_text
from caregiver_app.domain.entities import APPOINTMENT_TYPES
from caregiver_app.domain.times import AllDay, whole_days
from caregiver_app.integrations.incoming import Incoming

_CATEGORIES: Final = re.compile(r"^CATEGORIES[^:\n]*:(.*)$", re.IGNORECASE | re.MULTILINE)
_OTHERWISE: Final = "other"


class KindGuess:
    """Tells the kind of appointment that an event speaks of."""

    def __init__(self, kinds: Mapping[str, Sequence[str]]) -> None:
        """`kinds` are each kind's words, "infus*" for a beginning; the first kind wins."""
        self._kinds = [(kind, _any_of(words)) for kind, words in kinds.items()]

    def of(self, one: Incoming) -> str:
        """Return the kind that the file names, else the one of its title, else of its categories.

        "other" where no word is known, and for an infusion of several whole days: that is rather a
        stay at the infusion centre, and Today would say that it is under way.
        """
        if one.kind in APPOINTMENT_TYPES:
            return one.kind
        found = self._of_text(one.title) or self._of_text(_categories(one.extra)) or _OTHERWISE
        return _OTHERWISE if found == "infusion" and _is_for_days(one) else found

    def _of_text(self, text: str) -> str:
        plain = text.casefold()
        return next((kind for kind, words in self._kinds if words.search(plain)), "")


def kind_words() -> dict[str, list[str]]:
    """Return the words by which the kind of an appointment is guessed, in the order of trying."""
    kinds: dict[str, list[str]] = json.loads(read_text("import/words.en.json"))["kinds"]
    return kinds


def _is_for_days(one: Incoming) -> bool:
    return isinstance(one.moment, AllDay) and whole_days(one.minutes) > 1


def _categories(extra: str) -> str:
    if "CATEGORIES" not in extra.upper():
        return ""
    return ", ".join(_CATEGORIES.findall(extra.replace("\\,", ",")))


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, words))})")


def _pattern(word: str) -> str:
    plain = word.casefold()
    parts = re.split(r"[ -]", plain.removesuffix("*"))
    escaped = r"[\s-]*".join(map(re.escape, parts))
    return escaped if plain.endswith("*") else rf"{escaped}(?!\w)"
