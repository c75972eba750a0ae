"""Two people with plans that insurers approve: what tests of approvals, calls and costs share."""

from __future__ import annotations

from datetime import date

from caregiver_app.domain.insurance import Authorisation
from caregiver_app.errors import FormRefused, InputRefused
from caregiver_app.messages import explain
from tests.factories import NEW_YORK, line, plan_line
from tests.fakes import Home


def insured(home: Home) -> Home:
    """Rosa with two plans, and Mei with one; it is Saturday 21 November 2026."""
    home.add(
        line("person", id="rosa", name="Rosa"),
        line("person", id="mei", name="王梅"),
        plan_line(person="rosa"),
        line("plan", id="iron", person="rosa", medicine="iron", zone=NEW_YORK, offsets=[0],
             first="2026-12-10T09:30", every=4, unit="week"),
        line("plan", id="bel", person="mei", medicine="belimumab", zone=NEW_YORK, offsets=[0],
             first="2026-12-01T09:30", every=4, unit="week"),
    )  # fmt: skip
    return home


def approve(home: Home, last: str, first: str | None = None, **fields: object) -> Authorisation:
    told = {"id": "", "person": "rosa", "last": date.fromisoformat(last), **fields}
    begins = None if first is None else date.fromisoformat(first)
    return home.house.people.save_authorisation(Authorisation(first=begins, **told))


def fields_of(refused: InputRefused) -> list[str | None]:
    errors = refused.errors if isinstance(refused, FormRefused) else [refused]
    for error in errors:
        assert " " in explain(error)
    return [error.field for error in errors]
