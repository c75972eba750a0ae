"""One line of what was found, as plain values: what is painted, said and opened."""

from __future__ import annotations

from typing import Final, Literal

from caregiver_app.values import value

Shape = Literal["result", "heading", "more"]
Marks = tuple[tuple[int, int], ...]
"""Where found words stand in a text: (start, length)."""

MORE: Final = "more:"
"""What the key of a line begins with that shows more of its group."""


@value(kw_only=True)
class Target:
    """What a line opens: a place of the window and one thing there; `person` is whose it is."""

    place: str
    kind: str = ""
    item: str = ""
    person: str = ""


@value(kw_only=True)
class ResultLine:
    """A heading of a group (without key), a result, or what shows more of a group.

    `spoken` is the kind in words, `role` and `ground` are the colour roles of icon and disc.
    `owner` is the person's name where several are cared for.
    """

    key: str = ""
    shape: Shape = "result"
    title: str
    title_marks: Marks = ()
    second: str = ""
    second_marks: Marks = ()
    fact: str = ""
    icon: str = ""
    role: str = "soft"
    ground: str = "sunk"
    spoken: str = ""
    owner: str = ""
    owner_colour: int = 1
    target: Target | None = None

    def sentence(self) -> str:
        """Return the line as a screen reader says it."""
        parts = (self.spoken, self.title, self.owner, self.second, self.fact)
        return ", ".join(part for part in parts if part)
