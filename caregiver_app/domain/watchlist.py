"""What the family keeps around its side effects: photos, own signs, choices, calls, versions."""

from __future__ import annotations

from datetime import datetime

from caregiver_app.domain.entity import Entity
from caregiver_app.domain.times import Moment
from caregiver_app.values import value


def photo_id(entry: str) -> str:
    """Return the id that the photo of a side effect has."""
    return f"{entry}:photo"


def choice_id(person: str, chosen: str) -> str:
    """Return the id of what was decided for a person about one sign, or about one card."""
    return f"{person}:{chosen}"


@value(kw_only=True)
class Photo(Entity):
    """The one photo of a side effect; its id is `<entry>:photo`.

    `data` is a JPEG as base64 text, `width` and `height` are in pixels. Where it was taken is
    not in it.
    """

    person: str
    entry: str
    data: str
    width: int
    height: int


@value(kw_only=True)
class OwnSign(Entity):
    """A sign that the family added to the watchlist: its name and other words to find it by.

    `tier` is the level of urgency that the family gave it, never less than what a strength or a
    temperature asks for; `note` what the clinic said to do. Side effects name it by its words.
    """

    person: str
    name: str
    also: tuple[str, ...] = ()
    tier: str = "note_and_mention"
    note: str = ""


@value(kw_only=True)
class SignChoice(Entity):
    """What a family decided about one sign of the reference; its id is `<person>:<sign>`.

    `hidden` takes it out of the rows, never out of search, and never an emergency; `clinic` is
    what the clinic said to do, as typed.
    """

    person: str
    sign: str
    hidden: bool = False
    clinic: str = ""


@value(kw_only=True)
class ClinicCall(Entity):
    """A call to the care team about signs: the question, who answered, and what they said.

    `about` are the ids of the side effects that it was about, `follow_up` the appointment that
    came of it, if any.
    """

    person: str
    at: Moment
    question: str = ""
    who: str = ""
    said: str = ""
    about: tuple[str, ...] = ()
    follow_up: str | None = None


@value(kw_only=True)
class Version(Entity):
    """How an entry was before it was corrected `at` that instant.

    `kind` and `entry` name it, `was` holds its fields as a JSON object.
    """

    person: str
    kind: str
    entry: str
    at: datetime
    was: str
