"""The moods that notes carry, read plainly for a strip of days.

The words of a note are not read here, so a note of a megabyte costs what a short one does. Its
checksum is looked at where notes are listed, and once a day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from caregiver_app.storage.reading import Reader
from caregiver_app.storage.rows import from_micros, to_micros

_MOODY: Final = "FROM note WHERE deleted IS NULL AND mood <> '' AND person = ?"


class Felt(NamedTuple):
    """The mood of one note, and when that was written (UTC)."""

    at: datetime
    mood: str


def moods_between(
    reader: Reader, person: str, about: str, low: datetime, high: datetime
) -> list[Felt]:
    """Return the moods of a person's notes written from `low` until before `high`, in order.

    `about` is one of ABOUT_WHOM. It raises DataDamaged, DataBusy or DiskTrouble when the file
    cannot be read.
    """
    rows = reader.rows(
        f"SELECT at, mood {_MOODY} AND at >= ? AND at < ? AND about = ? ORDER BY at, id",
        (person, to_micros(low), to_micros(high), about),
    )
    return [Felt(from_micros(at), mood) for at, mood in rows]


def first_moods(reader: Reader, person: str) -> dict[str, datetime]:
    """Return for each of ABOUT_WHOM that has a mood when the first one was written.

    It raises DataDamaged, DataBusy or DiskTrouble when the file cannot be read.
    """
    rows = reader.rows(
        f"SELECT about, min(at) {_MOODY} GROUP BY about",
        (person,),
    )
    return {about: from_micros(at) for about, at in rows}
