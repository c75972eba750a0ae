"""What erasing and Recently deleted say: kinds, counts, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import counted, explain
from caregiver_app.services.erasing import Outcome

KINDS: Final[dict[str, tuple[str, str]]] = {
    "appointment": ("Appointment", "calendar"),
    "plan": ("Therapy plan", "infusion"),
    "medicine": ("Medicine", "medicine"),
    "dose": ("Medicine given", "medicine"),
    "contact": ("Contact", "call"),
    "infusion_record": ("What the nurse wrote down", "infusion"),
    "blocked_days": ("Days that don’t suit", "calendar"),
    "side_effect": ("Side effect", "watch"),
    "photo": ("Photo", "watch"),
    "checkin": ("Check-in", "watch"),
    "own_sign": ("Sign of your own", "watch"),
    "clinic_call": ("Call to the clinic", "call"),
    "note": ("Private note", "note-it"),
    "question": ("Question for the doctor", "follow-up"),
    "outlet": ("What does good", "for-you"),
    "company": ("Company", "company"),
    "help_task": ("Task for helpers", "people"),
    "authorisation": ("Approval", "coverage"),
    "assistance": ("Help to pay", "coverage"),
    "call": ("Call to an insurer", "call"),
    "cost": ("Cost", "coverage"),
    "bag_item": ("Thing in a bag", "bag"),
    "template_item": ("Line of a packing list", "bag"),
}
"""Each kind that is listed: what it is called, and its icon."""

_SMALL: Final = frozenset(
    ("answer", "version", "sign_choice", "card_choice", "visit_answer", "visit_bag", "bag_list")
)
"""What is named together: nobody thinks of it as something of its own."""


def kind_name(kind: str) -> str:
    """Return what a kind is called."""
    return tr(KINDS[kind][0])


def what_goes(counts: Mapping[str, int], *, people: bool) -> list[str]:
    """Return everything that goes, a few words each; `people` are counted only where that tells."""
    small = sum(count for kind, count in counts.items() if kind in _SMALL)
    said = [
        counted(kind, count)
        for kind, count in counts.items()
        if kind not in _SMALL and (people or kind != "person")
    ]
    if small:
        said.append(
            count_text(
                small, "{count} answer, choice or earlier wording that belongs to them",
                "{count} answers, choices and earlier wordings that belong to them",
            )
        )  # fmt: skip
    return said or [tr("nothing that is written down yet")]


def became(outcome: Outcome) -> str:
    """Return what became of an erasing."""
    if outcome.trouble is not None:
        return tr(
            "Erased here. Some of the program’s copies still hold it: {why} The program tries"
            " again by itself.",
            why=explain(outcome.trouble),
        )
    if outcome.removed and not outcome.cleaned:
        return tr("Erased for good. The backups that held it were removed.")
    if outcome.removed:
        return tr(
            "Erased for good, in the backups too. {count} could not be read and was removed.",
            count=outcome.removed,
        )
    return tr("Erased for good.")
