"""What a family keeps around emotional support, besides its notes and questions."""

from __future__ import annotations

from datetime import date, datetime

from caregiver_app.domain.entity import Entity
from caregiver_app.values import value

ABOUT_WHOM = ("person", "carer")
"""Whom a note is about: the person who is cared for, or the carer alone."""
OUTLET_STATES = ("", "tried", "liked")
"""What became of an outlet: nobody said, it was tried, it was liked."""
QUESTIONS = 8
"""How many questions the carer's own check has."""
ANSWERS = 4
"""How many answers each of them offers, 0 "not at all" to 3 "nearly always"."""


@value(kw_only=True)
class CardChoice(Entity):
    """What was decided about one card; its id is `<person>:<card>`.

    One that is `never` wanted is not shown again, a `kept` one stands among the kept ones.
    """

    person: str
    card: str
    never: bool = False
    kept: bool = False


@value(kw_only=True)
class Outlet(Entity):
    """One thing on the loved one's own list of what does them good.

    `card` is the idea that it came of ("": their own), `state` one of OUTLET_STATES, `not_today`
    the day on which it was not wanted.
    """

    person: str
    text: str
    card: str = ""
    state: str = ""
    not_today: date | None = None


@value(kw_only=True)
class Company(Entity):
    """Somebody who keeps company during a visit, from `after` minutes after its start.

    `minutes` is how long they stay, `what` what the two do, `powered` whether that needs a charged
    device. Since it hangs on the visit, it moves with it.
    """

    person: str
    visit: str
    who: str
    phone: str = ""
    after: int = 0
    minutes: int = 60
    what: str = ""
    powered: bool = False


@value(kw_only=True)
class HelpTask(Entity):
    """One thing that somebody else could take: `who` took it ("": nobody yet), `day` if any."""

    person: str
    text: str
    day: date | None = None
    who: str = ""
    done: bool = False


@value(kw_only=True)
class SelfCheck(Entity):
    """The carer's own answers `at` that instant, kept only where that was asked for.

    `answers` are 0 to 3 in the order of the questions. They belong to nobody who is cared for and
    leave the data folder with no export.
    """

    at: datetime
    answers: tuple[int, ...]
