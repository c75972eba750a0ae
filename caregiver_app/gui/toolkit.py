"""Loads the toolkit before anything else of the window, without two things that it does to a start.

PySide6 carries a dozen Python modules as text inside a library and compiles them anew each time.
Here their compiled form is kept where Python keeps that of every other module. And it puts an
`__import__` in the place of Python's that reads the source of all modules imported from then on, in
search of `from __feature__ import ...`; nothing here uses that.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import cache_from_source, source_hash
from pathlib import Path
from types import CodeType
from typing import Any

_CARRIED = ("shibokensupport/", "signature_bootstrap")


@contextmanager
def _compiled_once(folder: Path) -> Generator[None]:
    """Let what is carried as text be compiled once for all starts, and kept in `folder`."""
    plain: Callable[..., Any] = builtins.compile

    def kept(source: object, filename: object, *more: Any, **named: Any) -> object:  # noqa: ANN401
        if not isinstance(source, bytes) or not str(filename).startswith(_CARRIED):
            return plain(source, filename, *more, **named)
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


def _keep(path: Path, code: bytes) -> None:
    part = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(code)
        part.replace(path)


def _load() -> None:
    folder = Path(cache_from_source(__file__))
    with _compiled_once(folder.with_name(f"pyside6.{sys.implementation.cache_tag}")):
        import_module("PySide6.QtCore")
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)


_load()
