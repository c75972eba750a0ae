"""What erasing and Recently deleted say: kinds, counts, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caregiver_app.gui.words import count_text, tr
from caregiver_app.messages import counted, explain
from caregiver_app.services.erasing import Outcome, Scope

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

_SMALL: Final[dict[str, tuple[str, str]]] = {
    "answer": ("{count} answer to a reminder", "{count} answers to reminders"),
    "version": ("{count} earlier wording", "{count} earlier wordings"),
    "sign_choice": ("{count} choice about a sign", "{count} choices about signs"),
    "card_choice": ("{count} choice about an idea", "{count} choices about ideas"),
    "visit_answer": ("{count} answer about a visit", "{count} answers about visits"),
    "visit_bag": ("{count} packed bag", "{count} packed bags"),
    "bag_list": ("{count} packing list", "{count} packing lists"),
}
"""What belongs to something else: nobody thinks of it as something of its own."""


def kind_name(kind: str) -> str:
    """Return what a kind is called."""
    return tr(KINDS[kind][0])


def what_goes(counts: Mapping[str, int], *, people: bool) -> list[str]:
    """Return everything that goes, a few words each; `people` are counted only where that tells."""
    said = [
        counted(kind, count)
        for kind, count in counts.items()
        if kind not in _SMALL and (people or kind != "person")
    ]
    said += [count_text(count, *_SMALL[kind]) for kind, count in counts.items() if kind in _SMALL]
    return said or [tr("nothing that is written down yet")]


def where_it_is(scope: Scope) -> str:
    """Return in how many of the program's backups it is, and where they are."""
    if not scope.copies:
        return tr("None of the backups that the program keeps holds it.")
    told = count_text(
        scope.copies,
        "It is also in one of the backups that the program keeps",
        "It is also in {count} of the backups that the program keeps",
    )
    if scope.elsewhere == scope.copies:
        return tr("{told}, in {path}.", told=told, path=scope.second)
    if scope.elsewhere:
        return tr(
            "{told}, {count} of them in {path}.",
            told=told,
            count=scope.elsewhere,
            path=scope.second,
        )
    return f"{told}."


def what_stays(scope: Scope) -> str:
    """Return what the program cannot reach, and that it does reach the second folder."""
    stays = tr(
        "What you saved, copied or printed yourself stays where you put it: a backup or file on a"
        " memory stick or in another folder, a backup with a passphrase, a page that you handed on."
    )
    if scope.second and not scope.away:
        cleaned = tr("The second place for backups, {path}, is cleaned too.", path=scope.second)
        return f"{cleaned} {stays}"
    return stays


def became(outcome: Outcome, what: str = "") -> str:
    """Return what became of an erasing of `what`."""
    return f"{_became(outcome)} {what}".rstrip()


def _became(outcome: Outcome) -> str:
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
