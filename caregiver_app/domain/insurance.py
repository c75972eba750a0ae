"""What the family keeps about approvals and money: nothing is matched, checked or estimated."""

from __future__ import annotations

from datetime import date

from caregiver_app.domain.entity import Entity
from caregiver_app.values import value

BENEFITS = ("", "medical", "pharmacy", "medicare_part_b", "medicare_part_d", "medicare_advantage")


@value(kw_only=True)
class Authorisation(Entity):
    """What an insurer approved: visits from `first` (None: not told) to `last`, both included.

    `plan` is the therapy plan it is for (None: all of them). `visits` is how many were approved,
    None when the letter names no number. `member` and `number` are the insurer's, as typed; screens
    show only their end. `benefit` is one of BENEFITS, `site` where it may be given, `appeal` the
    last day for an appeal as the letter says.
    """

    person: str
    last: date
    plan: str | None = None
    benefit: str = ""
    site: str = ""
    appeal: date | None = None
    insurer: str = ""
    member: str = ""
    number: str = ""
    first: date | None = None
    visits: int | None = None
    note: str = ""


@value(kw_only=True)
class Call(Entity):
    """A call with an insurer, a programme or the clinic: whom, about what, what was promised.

    `authorisation` is what it was about, if any; `number` their reference number as typed,
    `again` the day on which to call again.
    """

    person: str
    date: date
    with_whom: str
    number: str = ""
    text: str = ""
    authorisation: str | None = None
    again: date | None = None


@value(kw_only=True)
class Cost(Entity):
    """Money that was asked for or paid. `amount` is a decimal text such as "120.50".

    `currency` and `paid_by` are as typed.
    """

    person: str
    date: date
    what: str
    amount: str
    currency: str = ""
    paid_by: str = ""
    note: str = ""


@value(kw_only=True)
class Assistance(Entity):
    """A programme that helps to pay. `last` is its last day (None: not told).

    `number` is the card's or member's, as typed; screens show only its end.
    """

    person: str
    name: str
    last: date | None = None
    number: str = ""
    phone: str = ""
    note: str = ""
