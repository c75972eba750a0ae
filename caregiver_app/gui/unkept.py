"""What is typed where it is kept by itself, and could not be kept yet: quitting names it."""

from __future__ import annotations

from typing import Protocol
from weakref import WeakSet

import shiboken6

from caregiver_app.errors import UserError


class Holder(Protocol):
    """Keeps by itself what is typed."""

    @property
    def unkept(self) -> bool:
        """Whether something was typed that is not kept yet."""
        ...

    def keep(self) -> bool:
        """Keep it now; tell whether there is nothing left to keep."""
        ...

    def unkept_words(self) -> str:
        """Return what is not kept yet, "" for nothing."""
        ...

    def trouble(self) -> UserError | None:
        """Return why it could not be kept."""
        ...


_holders: WeakSet[Holder] = WeakSet()


def hold(one: Holder) -> None:
    """Let `one` be asked when the program is about to end."""
    _holders.add(one)


def unkept() -> list[Holder]:
    """Return who holds words that cannot be kept; each tries once more."""
    there = [one for one in _holders if shiboken6.isValid(one) and one.unkept]
    return [one for one in there if not one.keep() and one.unkept_words()]
