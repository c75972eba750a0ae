"""Loads the toolkit before anything else of the window, without what it does to a start.

PySide6 carries a dozen Python modules as text inside a library and compiles them anew each time.
Here their compiled form is kept where Python keeps that of every other module; the one that writes
type stubs, which no program needs, stays empty, and huge patterns are compiled when they are first
asked. PySide6 also puts an `__import__` in the place of Python's that reads the source of all
modules imported from then on, in search of `from __feature__ import ...`; nothing here uses that.
"""

from __future__ import annotations

import builtins
import marshal
import os
import re
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from importlib import import_module
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any

_CARRIED = ("shibokensupport/", "signature_bootstrap")
_WRITES_STUBS = "shibokensupport/signature/lib/pyi_generator.py"
_HUGE = 1_000
"""Characters; compiling a pattern of so many takes milliseconds."""


@contextmanager
def _compiled_once(folder: Path) -> Generator[None]:
    """Let what is carried as text be compiled once for all starts, and kept in `folder`."""
    plain: Callable[..., Any] = builtins.compile

    def kept(source: object, filename: object, *more: Any, **named: Any) -> object:  # noqa: ANN401
        if not isinstance(source, bytes) or not str(filename).startswith(_CARRIED):
            return plain(source, filename, *more, **named)
        if filename == _WRITES_STUBS:
            return _nothing.__code__
        path = folder / f"{str(filename).replace('/', '.')}.{source_hash(source).hex()}"
        with suppress(OSError, ValueError, EOFError, TypeError):
            code = marshal.loads(path.read_bytes())  # noqa: S302 - trusted like any __pycache__
            if isinstance(code, CodeType):
                return code
        code = plain(source, filename, *more, **named)
        if not sys.dont_write_bytecode:
            _keep(path, marshal.dumps(code))
        return code

    builtins.compile = kept
    try:
        yield
    finally:
        builtins.compile = plain


def _nothing() -> None:
    """Stand in for a module that nobody needs."""


def _keep(path: Path, code: bytes) -> None:
    part = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(code)
        part.replace(path)


class _Later:
    """A pattern that is compiled when it is first asked."""

    def __init__(self, make: Callable[[], re.Pattern[str]]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def called(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the pattern's own
            return getattr(self._made, name)(*given, **named)

        # Whoever asks for a method keeps it for later: only calling it needs the pattern.
        return called

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return self._make()


@contextmanager
def _huge_patterns_later() -> Generator[None]:
    plain: Callable[..., Any] = re.compile

    def compiled(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401
        if isinstance(pattern, str) and len(pattern) > _HUGE:
            return _Later(partial(plain, pattern, flags))
        return plain(pattern, flags)

    re.compile = compiled
    try:
        yield
    finally:
        re.compile = plain


def _load() -> None:
    folder = Path(cache_from_source(__file__))
    with (
        _compiled_once(folder.with_name(f"pyside6.{sys.implementation.cache_tag}")),
        _huge_patterns_later(),
    ):
        import_module("PySide6.QtCore")
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


_load()
