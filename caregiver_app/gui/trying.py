"""What "Try again" does when something could not be kept, where a button alone does not tell it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget

_acts: list[tuple[Callable[[], object], QWidget]] = []


@contextmanager
def trying(act: Callable[[], object], over: QWidget) -> Generator[None]:
    """Let `act` be what is done again, should something in the block not be kept.

    `over` is where the person is told.
    """
    _acts.append((act, over))
    try:
        yield
    finally:
        _acts.pop()


def tried() -> tuple[Callable[[], object], QWidget] | None:
    """Return what is being tried just now and where, None where nobody said."""
    return _acts[-1] if _acts else None
