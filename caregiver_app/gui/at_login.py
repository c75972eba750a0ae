"""What the screens know of starting at login: whether it is possible, whether it is on."""

from __future__ import annotations

from typing import Protocol


class AtLogin(Protocol):
    """Starts the program in the background when somebody logs in; off until somebody chose it."""

    @property
    def is_possible(self) -> bool:
        """Whether it can be switched on here."""
        ...

    @property
    def why_not(self) -> str:
        """The message key that says why it cannot be switched on here, "" where it can."""
        ...

    @property
    def is_on(self) -> bool:
        """Whether the desktop will start this program with this data."""
        ...

    def set_on(self, on: bool) -> None:
        """Switch it.

        Raises:
            DiskTrouble: the desktop's file could not be written or removed.
        """
        ...
