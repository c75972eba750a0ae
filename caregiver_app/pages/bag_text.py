"""A visit's bag as plain text, to paste into a message to whoever packs along."""

from __future__ import annotations

from typing import Final

from caregiver_app.pages.bag_of_visit import page_for
from caregiver_app.pages.bag_values import BagLine, BagPage
from caregiver_app.pages.paper import tr
from caregiver_app.services.household import Household

_MARKS: Final = {"packed": "[x]", "to_pack": "[ ]"}


def bag_text(house: Household, visit_id: str) -> str:
    """Return the bag of a visit as text, one thing a line; "[x]" is packed.

    Raises:
        InputRefused: there is no such visit.
    """
    return text_of(page_for(house, visit_id, house.care.now))


def text_of(page: BagPage) -> str:
    """Return what the printed page says, without what is done before leaving."""
    head = [page.name, f"{page.when} · {page.title}" if page.title else page.when]
    where = ", ".join(part for part in (page.where, page.address) if part)
    driver = " ".join(part for part in (page.driver, page.driver_phone) if part)
    told = (
        (tr("Where"), where),
        (tr("Phone"), page.phone),
        (tr("Phone, out of hours"), page.phone_after_hours),
        (tr("Rules"), page.rules),
        (tr("Leave at"), page.leave_at),
        (tr("Driver"), driver),
    )
    facts = [f"{label}: {_flat(text)}" for label, text in told if text]
    parts = ["\n".join([*head, *facts])]
    for title, by, lines in (
        (tr("Papers"), page.papers_by, page.papers),
        (tr("Things to take"), page.things_by, page.things),
    ):
        rows = [_row(line) for line in lines if line.state != "not_needed"]
        heading = f"{title}, {by}" if by else title
        parts += ["\n".join([heading, *rows])] if rows else []
    if page.left_out:
        parts.append(tr("Not this time: {names}", names=", ".join(page.left_out)))
    return "\n\n".join(parts)


def _row(line: BagLine) -> str:
    words = f"{_MARKS[line.state]} {_flat(line.label)}"
    return f"{words} ({line.hint})" if line.hint else words


def _flat(text: str) -> str:
    return " ".join(text.split())
