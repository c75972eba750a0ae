"""Unfinished copies: what they are called, and throwing away those that killed programs left."""

from __future__ import annotations

import glob
import os
import re
import sys
import zlib
from contextlib import suppress
from pathlib import Path

_OWN = re.compile(r"\..+\.[0-9a-f]{4}([0-9a-f]{4})-(\d+)\.part(-journal|-wal|-shm)?")
_HEX = "[0-9a-f]" * 8
_OLD_SECONDS = 86400


def part_beside(target: Path) -> Path:
    """Return where a copy is made before it gets the name `target`; it says who makes it."""
    who = f"{os.urandom(2).hex()}{_here()}-{os.getpid()}"
    return target.with_name(f".{target.name}.{who}.part")


def clear(place: Path, pattern: str, moment: float) -> None:
    """Remove the unfinished copies in a folder whose program has ended, or that are a day old.

    What cannot be looked at or removed now stays for the next time.

    Args:
        place: the folder.
        pattern: of their names.
        moment: the present, as files tell it.
    """
    with suppress(OSError):
        for part in place.glob(pattern):
            with suppress(OSError):
                if _has_ended(part.name) or moment - part.lstat().st_mtime > _OLD_SECONDS:
                    part.unlink()


def clear_beside(target: Path) -> None:
    """Remove what killed programs left of earlier copies to `target`, which was just made."""
    with suppress(OSError):
        moment = target.stat().st_mtime
        clear(target.parent, f".{glob.escape(target.name)}.{_HEX}*.part*", moment)


def _has_ended(name: str) -> bool:
    """Tell whether the process that made an unfinished copy is surely over."""
    made = _OWN.fullmatch(name)
    # On Windows the call that only asks elsewhere would end the process.
    if sys.platform == "win32" or made is None or made[1] != _here():
        return False
    try:
        os.kill(int(made[2]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False


def _here() -> str:
    """Return what tells the computers and containers apart that may share a folder.

    Only within one of them does a process have its number alone.
    """
    told = b""
    with suppress(OSError):
        told += Path("/etc/machine-id").read_bytes()
    with suppress(OSError):
        told += os.fsencode(os.readlink("/proc/self/ns/pid"))  # noqa: PTH115 - not a path
    return f"{zlib.crc32(told) & 0xFFFF:04x}"
