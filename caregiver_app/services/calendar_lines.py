"""Lines of other programs' calendar files that an appointment carries along."""

from __future__ import annotations

import re
from typing import Final

from caregiver_app.domain import texts
from caregiver_app.errors import InputRefused

_LINE: Final = re.compile(r"[^\s:;][^:;]*[:;].*")


def check_extra(extra: str, field: str = "extra") -> None:
    """Look whether lines may stand inside an event: well formed, and none ends the event itself.

    Raises:
        InputRefused: they may not.
    """
    texts.paragraphs(extra, field)
    open_parts: list[str] = []
    for line in extra.split("\n") if extra else ():
        if not _LINE.fullmatch(line):
            raise InputRefused("entry.extra", field, text=line[:60])
        name, _, value = line.partition(":")
        part = value.strip().upper()
        if name.upper() == "BEGIN":
            open_parts.append(part)
        elif name.upper() == "END" and (not open_parts or open_parts.pop() != part):
            raise InputRefused("entry.extra", field, text=line[:60])
    if open_parts:
        raise InputRefused("entry.extra", field, text=f"BEGIN:{open_parts[-1]}")
