r"""Content lines of a calendar file (RFC 5545 3.1): text made safe, dates spelled.

The icalendar library folds and encodes the lines. Their values are spelled here, because it turns a
typed `\N` into a line break and spells durations and UNTIL otherwise than the RFC asks for, and
building its objects takes several times as long as writing their lines
(docs/decisions/0017-how-calendar-files-are-written.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime

_LINE_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def plain(text: str) -> str:
    r"""Return `text` with line breaks as `\n` and without what cannot stand in a file.

    Control characters but tabs are left out, and so are lone halves of characters and the byte
    order mark, which readers drop.
    """
    if text.isprintable():
        return text
    broken = _LINE_BREAKS.sub("\n", text)
    return "".join(c for c in broken if c in "\n\t" or not _is_unwanted(c))


def _is_unwanted(character: str) -> bool:
    return character == "\ufeff" or unicodedata.category(character) in ("Cc", "Cs")


def one_line(text: str) -> str:
    """Return `text` on one line, trimmed and without control characters."""
    return " ".join(plain(text).replace("\t", " ").split("\n")).strip()


def escaped(text: str) -> str:
    """Return `text` as a TEXT value (RFC 5545 3.3.11)."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\n", "\\n")


def date_text(day: date) -> str:
    """Return `day` as a DATE value (RFC 5545 3.3.4)."""
    return f"{day.year:04}{day.month:02}{day.day:02}"


def local_text(local: datetime) -> str:
    """Return a naive wall time as a DATE-TIME value, form 1 (RFC 5545 3.3.5)."""
    return f"{date_text(local)}T{local.hour:02}{local.minute:02}{local.second:02}"


def utc_text(at: datetime) -> str:
    """Return an aware instant as a DATE-TIME value in UTC, form 2 (RFC 5545 3.3.5)."""
    return f"{local_text(at.astimezone(UTC))}Z"


def file_bytes(lines: Iterable[str]) -> bytes:
    """Return the bytes of a file of these content lines, folded, each ended by CR LF."""
    from icalendar.parser import Contentline, Contentlines

    return Contentlines(map(Contentline, lines)).to_ical()
