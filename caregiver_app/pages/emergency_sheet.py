"""What the printed emergency sheet says, as plain values ready to print."""

from __future__ import annotations

from caregiver_app.pages.paper import tr
from caregiver_app.values import value


@value
class EmergencySheet:
    """What the sheet says. Every text is ready to print; empty ones leave a line to write on.

    `number` is the family's emergency number. Pairs hold what stands bold and what follows it:
    `drips` (medicine, what it does), `allergies` (what, what it did), `tablets` (name, how it is
    taken), `numbers` (whose, number), `fever` (limit, the rest of the sentence). `at_once`,
    `same_day` are signs in short words, `more` is how many other calls the same day there are,
    `until` is what to do until help comes, `no_answer` what to do when the clinic can't be reached.
    `reviewed` tells that a clinician has read the words that are ours.
    """

    person: str = ""
    number: str = ""
    born: str = ""
    age: str = ""
    illness: str = ""
    drips: tuple[tuple[str, str], ...] = ()
    last: tuple[str, str] = ("", "")
    tablets: tuple[tuple[str, str], ...] = ()
    allergies: tuple[tuple[str, str], ...] = ()
    good_to_know: str = ""
    at_once: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    fever: tuple[str, str] = ("", "")
    same_day: tuple[str, ...] = ()
    more: int = 0
    no_answer: str = ""
    unsure: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    address: str = ""
    printed: str = ""
    anew_by: str = ""
    sources: str = ""
    reviewed: bool = False

    @property
    def title(self) -> str:
        """What the sheet is called."""
        if not self.person:
            return tr("Emergency sheet")
        return tr("{person}\u2019s emergency sheet", person=self.person)
