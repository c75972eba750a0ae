"""What is said of one field of a line, and the fields that most kinds have in common."""

from __future__ import annotations

from caregiver_app.values import value


@value
class Field:
    """One field of a kind: `accepts` says in words what it takes, `required` whether it must be.

    `whole_only` fields are taken only from a line that tells the whole entry as it was kept.
    """

    accepts: str
    required: bool = False
    whole_only: bool = False


TEXT = Field("text")
ID = Field(
    "text of 1 to 100 characters without white space; made when left out; one that is there is"
    " changed: what the line leaves out stays, null sets a field back"
)
PERSON = Field("the id of a person; the only one when left out")
COUNT = Field("whole number")
INSTANT = "2026-11-27T20:15:00Z"
WHOLE = "; only in a line with “changed”"
KEPT: dict[str, Field] = {
    "created": Field(f"{INSTANT}: when the entry was made{WHOLE}", whole_only=True),
    "changed": Field(
        f"{INSTANT}: when it was last changed; a line with it tells the whole entry as it was"
        " kept and is taken exactly so: nothing is laid out, counted up or answered by it"
    ),
}
