"""What an import is going to do, line by line, for the command line; and reading a file's bytes."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from caregiver_app.domain.entities import Person
from caregiver_app.errors import DiskTrouble, InputRefused
from caregiver_app.integrations.incoming import Remark
from caregiver_app.integrations.lines import LARGEST_FILE
from caregiver_app.messages import words
from caregiver_app.services.import_doubles import when_text
from caregiver_app.services.import_rows import SKIPPED, UNCHANGED, Preview, Row

OLDER = "import.older"
_LONGEST = 120
_HEAD = 1024
_OTHERS = {
    "import.a_pdf": (b"%pdf-",),
    "import.a_zip": (b"pk\x03\x04", b"pk\x05\x06"),
    "import.a_web_page": (b"<!doctype html", b"<html"),
    "import.a_picture": (b"\x89png\r\n", b"\xff\xd8\xff", b"gif87a", b"gif89a"),
}
"""What people save instead of the calendar file, by how it begins (in small letters)."""
_DISK_FAILS = (errno.EIO, errno.ENOSPC, errno.EROFS)
_STATES = {"new": "added", "updated": "updated", "unchanged": "unchanged", "skipped": "skipped"}


def calendar_bytes(path: Path) -> bytes:
    """Return the bytes of a calendar file.

    Raises:
        InputRefused: there is no such file, it may not be read, it is empty or too large.
        DiskTrouble: the disk that it lies on fails.
    """
    try:
        with path.open("rb") as stream:
            return stream_bytes(stream)
    except FileNotFoundError:
        raise InputRefused("import.no_file", None, path=path) from None
    except (IsADirectoryError, NotADirectoryError):
        raise InputRefused("import.no_plain_file", None, path=path) from None
    except PermissionError:
        key = "import.no_plain_file" if path.is_dir() else "import.not_allowed"
        raise InputRefused(key, None, path=path) from None
    except OSError as error:
        if error.errno in _DISK_FAILS:
            raise DiskTrouble("import.unreadable", path=path) from None
        raise InputRefused("import.unreadable", None, path=path) from None


def stream_bytes(stream: BinaryIO) -> bytes:
    """Return the bytes of a calendar file that somebody pipes in.

    Raises:
        InputRefused: there are none, or too many.
    """
    data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise InputRefused("import.large", None, megabytes=LARGEST_FILE // 1024**2)
    if not data.strip():
        raise InputRefused("import.empty")
    other = _other_file(data[:_HEAD].lstrip())
    if other:
        raise InputRefused(other)
    return data


def _other_file(head: bytes) -> str:
    """Return the message about a file that begins like something else, "" for none."""
    if head[8:12] == b"WEBP" and head.startswith(b"RIFF"):
        return "import.a_picture"
    low = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((key for key, begins in _OTHERS.items() if low.startswith(begins)), "")


def all_of(preview: Preview) -> range:
    """Return the places of the rows that the command line takes: all, whatever is ticked."""
    return range(len(preview.rows))


def whose(refused: InputRefused, people: Sequence[Person]) -> InputRefused:
    """Return a refusal; the one that asks whose the appointments are names the people's ids."""
    if refused.key != "person.which":
        return refused
    named = ", ".join(f"{_short(one.name)} ({one.id})" for one in people)
    return InputRefused("import.whose", "--person", count=len(people), people=named)


def report(preview: Preview, *, taken: bool = False) -> Iterator[str]:
    """Give the lines that tell what becomes of a file: counts, then what there is to say.

    Args:
        preview: what becomes of it.
        taken: it was taken, so that not every row has to be told.
    """
    counts = dict.fromkeys(_STATES.values(), 0)
    for row in preview.rows:
        # What only moves a treatment visit cannot be taken at all.
        left = row.moves_visit and not row.can_be_taken
        counts["skipped" if left else _STATES[row.state]] += 1
    for name, count in counts.items():
        yield f"{name} {count}"
    if not taken:
        yield from (_listed(row) for row in preview.rows if row.state != UNCHANGED)
    for name, count in sorted(preview.dropped.items()):
        yield words("import.dropped", name=name, count=count)
    for row in preview.rows:
        yield from _lines(row)


def _listed(row: Row) -> str:
    """Return "new: Tue 8 Dec 2026 09:00, Blood test (lab)"."""
    left = row.moves_visit and not row.can_be_taken
    state = words(f"import.listed.{SKIPPED if left else row.state}")
    title = _short(row.title) or words("import.no_title")
    what = words("import.listed_kind", title=title, kind=row.kind) if row.kind else title
    if row.start is not None:
        what = words("import.listed_when", when=when_text(row.start), what=what)
    return words("import.listed", state=state, what=what)


def _lines(row: Row) -> Iterator[str]:
    for change in row.changes:
        before, after = _short(change.before), _short(change.after)
        yield _about(row, words("import.change", name=change.name, before=before, after=after))
    if row.moves_visit:
        yield moved_visit(row)
    for remark in (*([] if row.reason is None else [row.reason]), *row.remarks):
        yield _about(row, _said(remark))


def moved_visit(row: Row) -> str:
    """Return the sentence about a row that would move or cancel a treatment visit."""
    return _about(row, words("import.moves_visit"))


def nothing_readable(preview: Preview) -> str:
    """Return why nothing of a file can be read, naming a line; "" where something can."""
    for row in preview.rows:
        if row.state != SKIPPED or (row.reason is not None and row.reason.key == OLDER):
            return ""
    for row in preview.rows:
        if row.reason is not None:
            return _about(row, _said(row.reason))
    named = sorted((name, count) for name, count in preview.dropped.items() if name != "line")
    others = ", ".join(f"{name} {count}" for name, count in named)
    return words("import.only_others" if others else "import.nothing", others=others)


def _short(text: str) -> str:
    """Return a text as one line that a terminal can show."""
    plain = "".join(one if one.isprintable() else " " for one in text)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _about(row: Row, told: str) -> str:
    key = "import.row" if row.title else "import.row_untitled"
    return words(key, line=row.line, title=_short(row.title), told=told)


def _said(remark: Remark) -> str:
    return words(remark.key, **remark.values)
