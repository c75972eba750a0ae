"""A calendar file as its components and content lines (RFC 5545 3.1, 3.4, RFC 6868), within caps.

Reading is our own and not the icalendar library's, which refuses a whole file for one bad line,
counts nothing while it reads and does not keep a line as it was written
(docs/decisions/0016-own-calendar-reader.md). What is wrong with one line is that line's matter
only; what breaks a cap refuses the file at the line where it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from caregiver_app.errors import InputRefused
from caregiver_app.values import value

LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_COMPONENTS: Final = 20_000
MOST_FRAMES: Final = 2_000
DEEPEST: Final = 6
LONGEST_LINE: Final = 100_000
"""Caps on a file in bytes, its components, their depth, and an unfolded line in bytes.

The calendar around the components and the parts of its time zones are counted by themselves.
"""

_NAME: Final = re.compile(r"[A-Za-z0-9_.-]+")
_PARAMETER: Final = re.compile(
    r';\s*([A-Za-z0-9-]+)\s*=\s*((?:"[^"]*"|[^",;:])*(?:,(?:"[^"]*"|[^",;:])*)*)'
)
_QUOTED: Final = re.compile(r'"([^"]*)"|([^",]+)')
_CARET: Final = re.compile(r"\^([n'^])")
_CARETS: Final = {"n": "\n", "'": '"', "^": "^"}
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_MARK: Final = "\ufeff"
_LONE_RETURN: Final = re.compile(r"\r(?=[ \t]|[A-Za-z][A-Za-z0-9-]*[:;]|\Z)")
_CUT_CHARACTER: Final = re.compile(rb"([\x80-\xff])(\r?\n[ \t])([\x80-\xbf]+)")
_TIMES: Final = frozenset(("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"))
_DATE: Final = re.compile(r"\s*\d{4}-?\d")
_STEP: Final = 2000
_FRAMES: Final = frozenset(("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT"))
_BESIDE: Final = frozenset(("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"))
"""Parts of a calendar that never stand within each other (RFC 5545 3.6)."""


@value
class Line:
    """One content line: its NAME, parameters by NAME, its value as written, and where it stands.

    `number` is the line of the file at which it begins, counted from 1. A line within a component
    that nobody can read has no name.
    """

    name: str
    params: dict[str, tuple[str, ...]]
    value: str
    number: int
    text: str

    def param(self, name: str) -> str:
        """Return a parameter's value, several with commas between them, "" where it has none."""
        found = self.params.get(name)
        return ",".join(found) if found else ""


@dataclass
class Component:
    """A BEGIN … END block: its NAME, lines and parts, and the line at which it begins."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list[Line])
    parts: list[Component] = field(default_factory=lambda: list[Component]())  # noqa: PLW0108

    def first(self, name: str) -> Line | None:
        """Return the first line of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def all(self, name: str) -> list[Line]:
        """Return every line of that name."""
        return [line for line in self.lines if line.name == name]


@value
class BadLine:
    """A line that says nothing we can read."""

    number: int
    text: str


def decoded(data: bytes) -> str:
    """Return a file's text: UTF-8, with or without a mark, UTF-16 with one, else Windows' own.

    Raises:
        InputRefused: it is larger than 10 MB.
    """
    if len(data) > LARGEST_FILE:
        raise InputRefused("import.large", "file", megabytes=LARGEST_FILE // 1024**2)
    if data.startswith(_UTF_16):
        text = data.decode("utf-16", "replace")
    elif b"\0" in data[:2]:
        text = data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    else:
        text = _of_bytes(data)
    # Files that were put one after another each bring their mark.
    return text.replace(_MARK, "") if _MARK in text else text


def _of_bytes(data: bytes) -> str:
    """Return text in UTF-8; what is none, line by line in Windows' own."""
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8")
    # RFC 5545 3.1: some programs fold a line in the middle of a character.
    whole = _CUT_CHARACTER.sub(rb"\1\3\2", data)
    with suppress(UnicodeDecodeError):
        return whole.decode("utf-8")
    return "\n".join(map(_one_line, whole.split(b"\n")))


def _one_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield each content line with the number of the file's line at which it begins.

    Raises:
        InputRefused: a line is longer than 100 kB.
    """
    begins, size = 0, 0
    parts: list[str] = []
    # Not splitlines(): a form feed or U+2028 within a text is no end of a line.
    for number, raw in enumerate(_with_line_feeds(text).split("\n"), 1):
        if raw[:1] in (" ", "\t") and parts:
            raw = raw[1:]
        elif not raw:
            continue  # some programs leave a line empty before they go on with a folded one
        else:
            if parts:
                yield begins, "".join(parts)
            begins, parts, size = number, [], 0
        size += len(raw) if raw.isascii() else len(raw.encode("utf-8", "replace"))
        if size > LONGEST_LINE:
            raise InputRefused("import.long_line", "file", line=begins, kilobytes=100)
        parts.append(raw)
    if parts:
        yield begins, "".join(parts)


def _with_line_feeds(text: str) -> str:
    """Return text whose lines end in a line feed: after CR LF, CR CR LF and lone CR as well."""
    if "\r" not in text:
        return text
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n")
    return _LONE_RETURN.sub("\n", text) if "\r" in text else text


def parsed(text: str, number: int) -> Line | None:
    """Return a content line, None where it is none."""
    text = text.strip()
    found = _NAME.match(text)
    if found is None:
        return None
    name, place = found[0].upper(), found.end()
    params: dict[str, tuple[str, ...]] = {}
    while text[place : place + 1] == ";":
        given = _PARAMETER.match(text, place)
        if given is None:
            return _loosely(text, name, place, number)
        params[given[1].upper()] = _values(given[2])
        place = given.end()
    rest = text[place:].lstrip()
    if not rest.startswith(":"):
        return None
    if name in _TIMES and rest.count(":") > 1 and not _DATE.match(rest, 1):
        return _zone_unquoted(name, params, rest[1:], number, text)
    return Line(name, params, rest[1:], number, text)


def _zone_unquoted(
    name: str, params: dict[str, tuple[str, ...]], rest: str, number: int, text: str
) -> Line:
    """Return a line like DTSTART;TZID=(GMT+01:00) Home:20261124T093000, its zone without quotes."""
    more, _, told = rest.rpartition(":")
    zone = ",".join(params.get("TZID", ()))
    return Line(name, {**params, "TZID": (f"{zone}:{more}",)}, told, number, text)


def _loosely(text: str, name: str, place: int, number: int) -> Line | None:
    """Return a line whose parameters nobody can read, for the sake of its value."""
    colon = text.find(":", place)
    if colon < 0 and "=" in text[place:]:
        return None
    return Line(name, {}, text[max(colon, place) + 1 :], number, text)


def _values(text: str) -> tuple[str, ...]:
    if not any(mark in text for mark in '",^'):
        return (text.strip(),)
    plain = [(quoted or bare).strip() for quoted, bare in _QUOTED.findall(text)]
    return tuple(_CARET.sub(lambda found: _CARETS[found[1]], one) for one in plain)


def components(
    text: str, progress: Callable[[int], None] = lambda _line: None
) -> tuple[list[Component], list[BadLine]]:
    """Return the outermost components of a file, and the lines outside of them that are none.

    A block that is never closed ends with the file, with the block around it or where another one
    begins that never stands in it; an END without its BEGIN is passed over.

    Args:
        text: the decoded file.
        progress: is told now and then which line was reached.

    Raises:
        InputRefused: the file breaks a cap; the error names the line.
    """
    outermost: list[Component] = []
    bad: list[BadLine] = []
    opened: list[Component] = []
    count = frames = 0
    for step, (number, whole) in enumerate(unfolded(text)):
        if step % _STEP == 0:
            progress(number)
        if not whole.strip():
            continue
        line = parsed(whole, number)
        if line is None and opened:
            opened[-1].lines.append(Line("", {}, "", number, whole))
        elif line is None:
            bad.append(BadLine(number, whole[:80]))
        elif line.name == "BEGIN":
            made = Component(line.value.strip().upper(), number)
            _end_others(opened, made.name)
            frames += made.name in _FRAMES
            count += made.name not in _FRAMES
            if count > MOST_COMPONENTS or frames > MOST_FRAMES:
                raise InputRefused("import.many", "file", line=number, most=MOST_COMPONENTS)
            if len(opened) >= DEEPEST:
                raise InputRefused("import.deep", "file", line=number, most=DEEPEST)
            (opened[-1].parts if opened else outermost).append(made)
            opened.append(made)
        elif line.name == "END":
            _close(opened, line.value.strip().upper())
        elif opened:
            opened[-1].lines.append(line)
        else:
            bad.append(BadLine(number, whole[:80]))
    return outermost, bad


def _end_others(opened: list[Component], name: str) -> None:
    """Close what never holds a component of this name: its own END was forgotten."""
    if name == "VCALENDAR":
        opened.clear()
    elif name in _BESIDE:
        for place, one in enumerate(opened):
            if one.name in _BESIDE:
                del opened[place:]
                return


def _close(opened: list[Component], name: str) -> None:
    for place in range(len(opened) - 1, -1, -1):
        if opened[place].name == name:
            del opened[place:]
            return


def unescaped(text: str) -> str:
    r"""Return a TEXT value as it is meant: `\n`, `\,`, `\;` and `\\` (RFC 5545 3.3.11)."""
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
