"""A calendar file as its components and content lines (RFC 5545 3.1, 3.4, RFC 6868), within caps.

Reading is our own and not the icalendar library's, which refuses a whole file for one bad line,
counts nothing while it reads and does not keep a line as it was written
(docs/decisions/0016-own-calendar-reader.md). What is wrong with one line is that line's matter
only; what breaks a cap refuses the file at the line where it shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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

_NAME: Final = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER: Final = re.compile(
    r';\s*([A-Za-z0-9-]+)\s*=\s*((?:"[^"]*"|[^",;:])*(?:,(?:"[^"]*"|[^",;:])*)*)'
)
_QUOTED: Final = re.compile(r'"([^"]*)"|([^",]+)')
_CARET: Final = re.compile(r"\^([n'^])")
_CARETS: Final = {"n": "\n", "'": '"', "^": "^"}
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_STEP: Final = 2000
_FRAMES: Final = frozenset(("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT"))


@value
class Line:
    """One content line: its NAME, parameters by NAME, its value as written, and where it stands.

    `number` is the line of the file at which it begins, counted from 1.
    """

    name: str
    params: dict[str, tuple[str, ...]]
    value: str
    number: int
    text: str

    def param(self, name: str) -> str:
        """Return a parameter's first value, "" where it has none."""
        found = self.params.get(name)
        return found[0] if found else ""


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
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.removeprefix(b"\xef\xbb\xbf").decode("cp1252", "replace")


def unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield each content line with the number of the file's line at which it begins.

    Raises:
        InputRefused: a line is longer than 100 kB.
    """
    begins, size = 0, 0
    parts: list[str] = []
    # Not splitlines(): a form feed or U+2028 within a text is no end of a line.
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if raw[:1] in (" ", "\t") and parts:
            raw = raw[1:]
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


def parsed(text: str, number: int) -> Line | None:
    """Return a content line, None where it is none."""
    found = _NAME.match(text.lstrip())
    if found is None:
        return None
    text = text.strip()
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
    return Line(name, params, rest[1:], number, text)


def _loosely(text: str, name: str, place: int, number: int) -> Line | None:
    """Return a line whose parameters nobody can read, for the sake of its value."""
    colon = text.find(":", place)
    return None if colon < 0 else Line(name, {}, text[colon + 1 :], number, text)


def _values(text: str) -> tuple[str, ...]:
    plain = [(quoted or bare).strip() for quoted, bare in _QUOTED.findall(text)]
    return tuple(_CARET.sub(lambda found: _CARETS[found[1]], one) for one in plain)


def components(
    text: str, progress: Callable[[int], None] = lambda _line: None
) -> tuple[list[Component], list[BadLine]]:
    """Return the outermost components of a file, and the lines that are none.

    A block that is never closed ends with the file or with the block around it; an END without its
    BEGIN is passed over.

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
        if line is None:
            bad.append(BadLine(number, whole[:80]))
        elif line.name == "BEGIN":
            made = Component(line.value.strip().upper(), number)
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
