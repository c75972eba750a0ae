"""The file of packing lists and steps, which a family may edit, and the last good copy of it.

A file that can't be used never keeps anybody from packing: the copy that was good last is used,
and what is wrong, with its line, is told. The copy lies in the data folder. A file that is the
same as its copy was looked through when that was kept; only another one is judged anew, by
something that is loaded for it alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, Protocol

from caregiver_app.assets import read_bytes
from caregiver_app.errors import InputRefused
from caregiver_app.storage.files import write_private
from caregiver_app.values import value

NAME: Final = "bag/templates.en.json"
COPY: Final = "packing-lists-1.json"
"""The copy's name; its number goes up when the program needs something new from the file."""

Lists = dict[str, Any]


class TemplateSpoiled(InputRefused):
    """The file can't be used as it is; `line` is where, counted from 1, 0 where nobody can tell."""

    def __init__(self, key: str, /, line: int, **values: object) -> None:
        super().__init__(key, None, line=line, **values)
        self.line = line


class Judge(Protocol):
    """What looks a file through and says what holds where none can be used."""

    def read(self, raw: bytes) -> Lists:
        """Return what the file says.

        Raises:
            TemplateSpoiled: it can't be used.
        """
        ...

    def nothing(self) -> Lists:
        """Return lists with nothing on them."""
        ...


@value
class _Found:
    lists: Lists
    trouble: TemplateSpoiled | None = None
    from_copy: bool = False
    good: bytes | None = None
    """The file itself, where it can be used."""


class TemplateFile:
    """The file, as far as it can be used; it is read when its lists are first asked for."""

    def __init__(self, read: Callable[[], bytes] | None = None) -> None:
        self._read = read or partial(read_bytes, NAME)
        self._copy: Path | None = None
        self._find_judge: Callable[[], Judge] | None = None

    def lies_beside(self, folder: Path, find_judge: Callable[[], Judge]) -> None:
        """Name the data folder, in which the copy lies, and what judges another file."""
        self._copy = folder / COPY
        if self._find_judge is None:
            # What was read without a judge is judged now, should anybody ask again.
            vars(self).pop("_found", None)
        self._find_judge = find_judge

    @property
    def lists(self) -> Lists:
        """The lists and steps, out of the copy where the file can't be used."""
        return self._found.lists

    @property
    def trouble(self) -> TemplateSpoiled | None:
        """What is wrong with the file; None when it is used as it is."""
        return self._found.trouble

    @property
    def has_copy(self) -> bool:
        """Whether the copy that was good last is what is used."""
        return self._found.from_copy

    def keep(self) -> None:
        """Keep a copy of a good file, where there is none yet: it takes a moment on the disk.

        Raises:
            OSError: it could not be written.
        """
        good = self._found.good
        if good is not None and self._copy is not None and self._kept() != good:
            write_private(self._copy, good.decode())

    @cached_property
    def _found(self) -> _Found:
        raw: bytes | None
        try:
            raw = self._read()
        except OSError:
            raw = None
        if self._find_judge is None:
            # A tool that reads the reference alone: nobody stands by to judge it.
            return _Found(json.loads(raw or b"{}"))
        kept = self._kept()
        if raw is not None and raw == kept:
            return _Found(json.loads(raw), good=raw)
        judge = self._find_judge()
        if raw is None:
            return self._instead(judge, kept, TemplateSpoiled("list_file.gone", 0))
        try:
            return _Found(judge.read(raw), good=raw)
        except TemplateSpoiled as wrong:
            return self._instead(judge, kept, wrong)

    def _kept(self) -> bytes | None:
        try:
            return None if self._copy is None else self._copy.read_bytes()
        except OSError:
            return None

    @staticmethod
    def _instead(judge: Judge, kept: bytes | None, wrong: TemplateSpoiled) -> _Found:
        try:
            if kept is not None:
                return _Found(judge.read(kept), wrong, from_copy=True)
        except TemplateSpoiled:
            pass
        return _Found(judge.nothing(), wrong)
