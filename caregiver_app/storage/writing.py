"""The wrapped connection through which everything is written; `sqlite_utils` comes in only here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Writer(Protocol):
    """What the program uses of a `sqlite_utils.Database`."""

    def execute(self, sql: str, parameters: Sequence[object] | None = None) -> sqlite3.Cursor:
        """Run one statement, which is durable at once outside of `atomic`."""
        ...

    def atomic(self) -> AbstractContextManager[object]:
        """Begin a transaction, or within one a part that fails by itself."""
        ...


def writer(connection: sqlite3.Connection) -> Writer:
    """Wrap a connection for writing.

    The import takes longer than opening the file and reading a month, so it happens only when
    something is written.
    """
    from sqlite_utils import Database

    return Database(connection, recursive_triggers=False, execute_plugins=False)
