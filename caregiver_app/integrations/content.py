r"""Content lines of a calendar file: text made safe, dates spelled, properties added as they are.

The icalendar library builds and folds; the values are spelled here, because its own escaping turns
a typed `\N` into a line break and its own durations and UNTIL are not what RFC 5545 asks for.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icalendar import Component

_LINE_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def plain(text: str) -> str:
    r"""Return `text` with line breaks as `\n` and without what cannot stand in a file.

    Control characters but tabs are left out, and so are lone halves of characters and the byte
    order mark, which readers drop.
    """
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
    return f"{date_text(local)}T{local:%H%M%S}"


def utc_text(at: datetime) -> str:
    """Return an aware instant as a DATE-TIME value in UTC, form 2 (RFC 5545 3.3.5)."""
    return f"{local_text(at.astimezone(UTC))}Z"


def put(component: Component, name: str, value: str, **params: str) -> None:
    """Add the property `name` to `component`; `value` is written exactly as given.

    Nothing is added when the value is empty.
    """
    from icalendar.prop import vInline

    if value:
        inline = vInline(value, params=dict(params))
        component.add(name, inline, encode=False)  # pyright: ignore[reportUnknownMemberType]
