"""What the support tab offers as plain values: cards, the carer's own check, the crisis panel."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Final

from caregiver_app.domain.advice import Evidence
from caregiver_app.values import value

CARD_ROOMS: Final = ("listening", "reassurance", "company", "outlets", "carer")
"""Where a card stands: the four rooms of the notes, and the carer's own."""
CARD_KINDS: Final = (
    "opener", "habit", "avoid", "promise_free", "company", "outlet", "self_care", "help_sign",
)  # fmt: skip
"""What a card is; an `avoid` one is what not to say."""
CRISIS_PLACEHOLDERS: Final = (
    "emergency_number", "crisis_line_name", "crisis_line_number", "crisis_text_option",
    "clinic_after_hours", "poison_line",
)  # fmt: skip
"""What the family types for the crisis panel."""


@value
class Card:
    """One idea: something to say, to do together, to do for oneself, or a sign to get help.

    `room` is one of CARD_ROOMS, `kind` one of CARD_KINDS. What does not belong to its kind is ""
    (`minutes`: 0, which for company means that it takes no time). `why` tells why not to say it,
    `instead_of` is what it stands in for, `technique` names what an opener does. `who` of a sign
    is "caregiver", "patient" or "either". `action` is what to do about a sign; an opener may have
    one too, for what may come up. `needs_power` tells that it needs a charged device.
    """

    id: str
    room: str
    kind: str
    text: str
    why: str
    instead_of: str
    minutes: int
    who: str
    action: str
    technique: str
    needs_power: bool
    evidence: Evidence


@value
class CheckQuestion:
    """One question of the carer's own check, and the part of life that it is about.

    `reverse` tells that the frequent answers are the good ones.
    """

    id: str
    text: str
    area: str
    reverse: bool


@value
class SelfCheckWords:
    """The carer's own check. `answers` stand from the rarest to the most frequent.

    `looks_back` begins every question. Nothing here says what an answer leads to.
    """

    name: str
    intro: str
    looks_back: str
    answers: tuple[str, ...]
    questions: tuple[CheckQuestion, ...]
    evidence: Evidence


@value
class CrisisLine:
    """A line of the crisis panel: `says`, the fullest first, or `missing` without the numbers.

    In `says` stand names of CRISIS_PLACEHOLDERS in braces; `missing` has none and may be "".
    """

    id: str
    says: tuple[str, ...]
    missing: str

    def told(self, numbers: Mapping[str, str]) -> str:
        """Return the first of `says` of which all placeholders have words, else `missing`.

        `numbers` are what the family typed, by placeholder; blank counts as missing.
        """
        return self._fullest(numbers) or self.missing

    def is_missing(self, numbers: Mapping[str, str]) -> bool:
        """Tell whether no number is there for it."""
        return not self._fullest(numbers)

    def _fullest(self, numbers: Mapping[str, str]) -> str:
        known = {name: words.strip() for name, words in numbers.items() if words.strip()}
        for line in self.says:
            if all(name is None or name in known for _, name, _, _ in Formatter().parse(line)):
                return line.format_map(known)
        return ""


@value
class CrisisStep:
    """What to do in a crisis: short enough to read at a glance, and more below it."""

    id: str
    do: str
    more: str
    evidence: Evidence


@value
class CrisisWords:
    """The crisis panel, the same for the carer and for the loved one.

    `yourself` is for a carer who is in danger. `add` asks quietly for the number that is missing.
    `evidence` is that of everything but the steps.
    """

    name: str
    lines: tuple[CrisisLine, ...]
    yourself: str
    add: str
    steps: tuple[CrisisStep, ...]
    evidence: Evidence

    def line(self, id_: str) -> CrisisLine:
        """Return the line with this id; KeyError when there is none."""
        for line in self.lines:
            if line.id == id_:
                return line
        raise KeyError(id_)
